"""Find a passage in the documents from remembered words.

Forgives curly quotes, dashes, case and spaces in what is looked for; what it
prints is the document's own wording, ready to paste into an extracts file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from csto.corpus.documents import Document
from csto.corpus.reading import Corpus

_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_TEMPLATE = """\
# {source}: seeds/{file}, paragraph {paragraph}
  - id: {slug}
    quote: {quote}
{prefix}    themes: []
    voice: {{attribution: , mode: }}
    status:
"""


def locate(corpus: Corpus, words: str) -> Iterator[str]:
    """A record to paste for every place in any document where `words` stand."""
    tokens = [re.escape(token) for token in words.translate(_SAME).split()]
    pattern = re.compile(r"\s+".join(tokens), re.IGNORECASE)
    for source, document in corpus.documents.items():
        for match in pattern.finditer(document.text.translate(_SAME)) if tokens else ():
            yield _record(source, document, *match.span())


def _record(source: str, document: Document, start: int, end: int) -> str:
    quote = document.text[start:end]
    slug = "-".join(re.findall(r"[a-z0-9]+", quote.lower())[:5])
    prefix = _prefix(document, start, quote)
    return _TEMPLATE.format(
        source=source,
        file=document.file,
        paragraph=document.paragraph(start),
        slug=slug,
        quote=json.dumps(quote, ensure_ascii=False),
        prefix=f"    prefix: {json.dumps(prefix, ensure_ascii=False)}\n" if prefix else "",
    )


def _prefix(document: Document, start: int, quote: str) -> str:
    """The fewest words before the passage that tell it from its repetitions; none may do."""
    if len(document.find(quote)) == 1:
        return ""
    words = [word.start() for word in re.finditer(r"\S+", document.text[:start])]
    befores = (document.text[begin:start] for begin in reversed(words))
    return next((before for before in befores if len(document.find(quote, before)) == 1), "")
