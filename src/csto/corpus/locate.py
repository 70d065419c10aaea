"""Find a passage in the documents from remembered words.

Forgives case, spaces and characters that look alike in what is looked for; what it
prints is the document's own wording, ready to paste into an extracts file, or
the extract that holds those words already.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from csto.corpus import alike
from csto.corpus.documents import Document
from csto.corpus.reading import Corpus
from csto.corpus.schema import Extract

_TEMPLATE = """\
# {source}: seeds/{file}, paragraph {paragraph}
  - id: {slug}
    quote: {quote}
{prefix}    themes: []
    voice: {{attribution: , mode: }}
    status:
"""


def locate(corpus: Corpus, words: str) -> Iterator[str]:
    """For every place in any document where `words` stand: a record to paste, or who holds them."""
    for source, document in corpus.documents.items():
        for start, end in alike.places(document.text, words):
            held = [
                one
                for one in corpus.standing
                if one.document is document and one.start < end and start < one.end
            ]
            if held:
                yield from (_held(one.extract, document.text[start:end]) for one in held)
            else:
                yield _record(source, document, start, end)


def _held(extract: Extract, words: str) -> str:
    """Where words stand that an extract holds: each word belongs to one."""
    at = extract.problem((), "")
    return f"# {extract.key} ({at.file}:{at.line}) holds “{words}”\n    quote: {extract.quote}\n"


def slug(words: str) -> str:
    """A key from the first words of a passage."""
    return "-".join(re.findall(r"[a-z0-9]+", words.lower())[:5]) or "passage"


def _record(source: str, document: Document, start: int, end: int) -> str:
    quote = document.text[start:end]
    before = prefix(document, start, quote)
    return _TEMPLATE.format(
        source=source,
        file=document.file,
        paragraph=document.paragraph(start),
        slug=slug(quote),
        quote=json.dumps(quote, ensure_ascii=False),
        prefix=f"    prefix: {json.dumps(before, ensure_ascii=False)}\n" if before else "",
    )


def prefix(document: Document, start: int, quote: str) -> str:
    """The fewest words before the passage that tell it from its repetitions; none may do."""
    if len(document.find(quote)) == 1:
        return ""
    words = [word.start() for word in re.finditer(r"\S+", document.text[:start])]
    befores = (document.text[begin:start] for begin in reversed(words))
    return next((before for before in befores if len(document.find(quote, before)) == 1), "")
