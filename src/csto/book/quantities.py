"""Words of quantity: each that a chapter says is computed, cited, or says why it needs neither.

A note stands in a comment behind the word, in the same sentence, or below a heading:
`Nobody quotes the rule. <!-- nobody: a.number = 0 -->`. It gives a comparison of numbers
(`csto.analysis.comparisons`), the words of a passage that the sentence cites
(`<!-- most: “the bulk” -->`), or a reason (`<!-- first: no count: an order of telling -->`). A word
that stands in a passage of its sentence, or in a quotation, needs no note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto.book.prose import NOTE, Block, Mark

WORD = "csto_word"  # of a node: the comparison that its word comes to
NO_COUNT = "no count: "
_ZERO = (r".+ = 0", "write `a.number = 0`")
_ONE = (r".+ = 1", "write `a.number = 1`")
_ALL = (r".*[a-z]\.[a-z0-9-]+ = [a-z]+\.[a-z0-9-]+", "write `a.part = a.whole`")
_MOST = (r".+ > half of .+", "write `a.part > half of a.whole`")
_MORE = (r".+ > .+", "write `a.number > 1`")
_LESS = (r".+ < .+", "write `a.number < a.whole`")
_ANY = (r".+", "write a comparison")
#: Words of quantity by the form that a comparison for them has.
FORMS = {
    **dict.fromkeys(
        ("no", "none", "no one", "nobody", "nothing", "never", "neither", "hardly"), _ZERO
    ),
    **dict.fromkeys(("only", "alone"), _ONE),
    **dict.fromkeys(("all", "every", "everybody", "everything"), _ALL),
    **dict.fromkeys(("most", "majority"), _MOST),
    **dict.fromkeys(("more than", "at least"), _MORE),
    **dict.fromkeys(("fewer", "less than", "at most", "nearly", "almost"), _LESS),
    **dict.fromkeys(("first", "half"), _ANY),
}
_WORD = re.compile(r"\b(" + "|".join(sorted(FORMS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
#: Turns of phrase in which such a word counts nothing.
_IDIOMS = re.compile(r"\b(?:at all|all the same|at first|not only|no longer)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”")
_CITE, _NOTE = "\ufffc", "\ufffd"
_END = re.compile(rf"[.!?][”’)]*(?:\s*[{_CITE}{_NOTE}])*(?=\s+[“‘(]?[A-Z]|\s*$)")


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("doctree-read", lambda app, tree: note(tree), priority=400)
    app.connect("doctree-read", _plain_titles, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


# ---- what is said ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A word of quantity in a sentence, the note on it, and what the sentence cites."""

    word: str
    line: int
    note: Mark | None
    cites: tuple[Mark, ...]
    sentence: str


def said(block: Block) -> Iterator[Said | Mark]:
    """The words of quantity of a block; a note that speaks of no word comes by itself."""
    text, cites, notes = _marked(block), iter(_cites(block)), iter(block.notes)
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        part = text[start:end]
        mine = [next(notes) for _ in range(part.count(_NOTE))]
        cited = tuple(next(cites) for _ in range(part.count(_CITE)))
        for match in words(part):
            taken = next((one for one in mine if one.role == match[0].lower()), None)
            if taken:
                mine.remove(taken)
            line = block.line + text[: start + match.start()].count("\n")
            shown = " ".join(re.sub(f"[{_CITE}{_NOTE}]", "", part).split())
            yield Said(match[0].lower(), line, taken, cited, shown)
        yield from mine
        start = end


def words(text: str) -> list[re.Match[str]]:
    """The words of quantity in a text, those in quotations and idioms left aside."""
    quoted = [match.span() for match in (*_QUOTED.finditer(text), *_IDIOMS.finditer(text))]
    return [
        match
        for match in _WORD.finditer(text)
        if not any(low <= match.start() < high for low, high in quoted)
    ]


def _cites(block: Block) -> list[Mark]:
    return [mark for mark in block.marks if mark.role in ("ev", "out")]


def _marked(block: Block) -> str:
    """The text of a block with a sign for each mark and note."""
    signs = [(mark.offset, _CITE) for mark in _cites(block)]
    signs += [(note.offset, _NOTE) for note in block.notes]
    parts, start = [], 0
    for offset, sign in sorted(signs, key=lambda one: one[0]):
        parts += [block.text[start:offset], sign]
        start = offset
    return "".join([*parts, block.text[start:]])


# ---- whether it holds ------------------------------------------------------------------------


def wrong(one: Said, passages: Iterable[str], holds: Callable[[str], bool | None]) -> str:
    """What is wrong with a word of quantity; "" where nothing is.

    `passages` are the words of what its sentence cites; `holds` judges a comparison and raises
    ValueError where it is none.
    """
    cited = [" ".join(passage.lower().split()) for passage in passages]
    if one.note is None:
        if any(re.search(rf"\b{one.word}\b", passage) for passage in cited):
            return ""
        return (
            f"“{one.word}” is not tested in “{one.sentence[:60]}…”, write behind it "
            f"<!-- {one.word}: a comparison, or “words cited”, or {NO_COUNT}because … -->"
        )
    reason = one.note.content
    if reason.startswith(NO_COUNT):
        return "" if reason.removeprefix(NO_COUNT).strip() else f"“{one.word}” gives no reason"
    if match := re.fullmatch(r"“(.+)”", reason):
        there = any(match[1].lower() in passage for passage in cited)
        return "" if there else f"“{one.word}”: no passage of its sentence has “{match[1]}”"
    return _compared(one, reason, holds)


def _compared(one: Said, reason: str, holds: Callable[[str], bool | None]) -> str:
    form, how = FORMS[one.word]
    try:
        is_so = holds(reason)
    except ValueError as error:
        return f"“{one.word}”: {error}"
    if not re.fullmatch(form, reason):
        return f"“{one.word}” is no word for `{reason}`, {how}"
    return "" if is_so else f"“{one.word}” is false: `{reason}` does not hold"


# ---- in the page -----------------------------------------------------------------------------


def _plain_titles(app: Sphinx, tree: nodes.document) -> None:
    """Free titles that other pages print of words that are tied to numbers of their own page."""
    env = app.env
    for kept in (env.titles, env.longtitles, env.tocs):
        for word in list(kept[env.docname].findall(nodes.inline)):
            if "csto-w" in word["classes"]:
                word.parent.replace(word, nodes.Text(word.astext()))


def note(tree: nodes.document) -> None:
    """Tie each word of quantity to its comparison, and take the notes away."""
    notes = [raw for raw in tree.findall(nodes.raw) if NOTE.search(raw.astext())]
    for raw in reversed(notes):  # the last word first: a note speaks of the nearest before it
        block, index = raw.parent, raw.parent.index(raw)
        below = isinstance(block, nodes.section)  # a heading's note stands below it
        where = block[index - 1] if below else block
        for match in reversed(list(NOTE.finditer(raw.astext()))):
            _tie(where, None if below else raw, match[1], " ".join(match[2].split()))
        block.remove(raw)
    tied = [node for node in tree.findall(nodes.inline) if node.get(WORD)]
    compared = [node for node in tied if not node[WORD].startswith((NO_COUNT, "“"))]
    places = list(dict.fromkeys(node[WORD] for node in compared))
    for node in tied:
        if node in compared:
            node["classes"].append(f"w{places.index(node[WORD])}")
        else:
            node.parent.replace(node, nodes.Text(node.astext()))


def _tie(block: nodes.Node, before: nodes.Node | None, name: str, reason: str) -> None:
    """Put the nearest such word before a node into a node of its own, with its reason."""
    texts = []
    for node in block.findall():
        if node is before:
            break
        if isinstance(node, nodes.Text) and not _is_taken(node.parent):
            texts.append(node)
    whole = "".join(texts)
    for match in reversed(words(whole)):
        if match[0].lower() == name:
            _wrap(texts, match.start(), match.end(), reason)
            return


def _is_taken(node: nodes.Node) -> bool:
    """Whether a text here is none of the prose, or tied already."""
    return isinstance(node, nodes.raw) or (isinstance(node, nodes.inline) and bool(node.get(WORD)))


def _wrap(texts: list[nodes.Text], start: int, end: int, reason: str) -> None:
    at = 0
    for text in texts:
        if at <= start and end <= at + len(text):
            low, high = start - at, end - at
            tied = nodes.inline("", text[low:high], classes=["csto-w"])
            tied[WORD] = reason
            parts = [nodes.Text(text[:low]), tied, nodes.Text(text[high:])]
            text.parent.replace(text, [part for part in parts if part.astext()])
            return
        at += len(text)
