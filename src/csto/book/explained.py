"""Words that the report explains, marked where each first stands in a chapter.

What a mark shows when it is pointed at is `csto.book.cards`; on paper, and
without a script, a word is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto.book import contents
from csto.book.marks import trail_in
from csto.book.numbers import OPENS
from csto.corpus.report import Word

TERM = "csto-term"
#: Where a word is not marked: it is a name there, or leads elsewhere, or is no prose.
ELSEWHERE: tuple[type, ...] = (
    nodes.title,
    nodes.rubric,
    nodes.figure,
    nodes.table,
    nodes.container,
    nodes.Admonition,
    nodes.attribution,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("doctree-read", _mark)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _mark(app: Sphinx, tree: nodes.document) -> None:
    """Mark words in a chapter, and on the opening page."""
    pages = [app.config.root_doc, *contents.contents(Path(app.srcdir)).chapters]
    if app.env.docname in pages:
        mark(tree, trail_in(app.env).corpus.words)


def mark(tree: nodes.Element, words: list[Word]) -> None:
    """Mark the first place of each word, whichever of its forms stands there."""
    forms = {form: word.term for word in words for form in (word.term, *word.also)}
    seen: set[str] = set()
    for paragraph in tree.findall(nodes.paragraph) if forms else ():
        if not paragraph["classes"] and not _is_in(paragraph, ELSEWHERE):
            said = ""
            for text in list(_plain(paragraph)):
                parts = list(_parts(text.astext(), said, forms, seen))
                said += text.astext()
                if len(parts) > 1:
                    text.parent.replace(text, parts)


def _plain(node: nodes.Element) -> Iterator[nodes.Text]:
    """The text of a paragraph that is prose: no link, mark or code."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child
        elif isinstance(child, nodes.emphasis | nodes.strong):
            yield from _plain(child)


def _is_in(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    return node is not None and (isinstance(node, kinds) or _is_in(node.parent, kinds))


def _parts(text: str, said: str, forms: dict[str, str], seen: set[str]) -> Iterator[nodes.Node]:
    """A text with the words in it that are new; `said` stands before it in its paragraph."""
    at = 0
    for match in _pattern(forms).finditer(text):
        before = said + text[: match.start()]
        form = match[0] if match[0] in forms else match[0][0].lower() + match[0][1:]
        is_small = form == match[0] or bool(OPENS.search(before))  # else it is part of a name
        if is_small and before.count("“") <= before.count("”") and forms[form] not in seen:
            seen.add(forms[form])
            yield nodes.Text(text[at : match.start()])
            yield nodes.inline("", match[0], classes=[TERM])
            at = match.end()
    yield nodes.Text(text[at:])


def _pattern(forms: dict[str, str]) -> re.Pattern[str]:
    """Any form by itself, the longest first; one in small letters may have a capital."""
    either = [
        f"[{form[0].upper()}{form[0]}]{re.escape(form[1:])}"
        if form[0].islower()
        else re.escape(form)
        for form in sorted(forms, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(either)})(?![\w-])")


def meanings(words: list[Word]) -> dict[str, str]:
    """What each form means, by the form as it may be printed."""
    found = {form: word.meaning for word in words for form in (word.term, *word.also)}
    return found | {f"{form[0].upper()}{form[1:]}": said for form, said in found.items()}
