"""Sentences for a reader to check, each beside its passages.

A set of them is drawn by its number, which stands in the address, so that two readers can check
the same ones. What they answer comes back as records of `data/checks/` and stands at the sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx

from csto import identity
from csto.analysis.certainty import PREFIX
from csto.analysis.printed import in_prose
from csto.book import contents, scripts, style, wording
from csto.book.prose import Block, Mark
from csto.book.trail import Trail, cite_anchor, trail_of
from csto.corpus.report import Check
from csto.corpus.schema import Extract
from csto.exhibits import findings
from csto.work import work

#: What a reader answers, and how it is asked.
VERDICTS = {"bears": "bears it out", "partly": "partly", "not": "not", "unsure": "cannot tell"}
MANY = 10  # sentences of a set
SEED, MOST = 1, 99_999  # number of the set that is printed, and the highest
CONTAINER = "csto-check"
_CLOSES = re.compile(r"[\s.!?”’()]*")  # with the place of a reference to an exhibit
#: What says something: a whole sentence, and not a quotation alone.
_SAYS = re.compile(r"(?!“[^“”]*”$).*[.!?][”’)]*")


class Claim(NamedTuple):
    """A sentence of a chapter and the passages that its marks name."""

    id: str  # of its words and marks: another where one of them changes
    page: str
    anchor: str  # of its last mark
    text: str
    passages: tuple[tuple[str, str], ...]  # stance and extract
    before: str  # what stands before it in its section
    alone: bool  # whether its passages can bear it without anything else


class _Line(NamedTuple):
    """A line of a block, which is a sentence as prose is written here, and what it cites."""

    text: str
    cited: list[Mark]
    alone: bool


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    scripts.on_pages(app, _give)
    app.connect("doctree-read", lambda app, tree: _say(app, tree))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


# ---- sentences -----------------------------------------------------------------------


def checkable(trail: Trail) -> list[Claim]:
    """The sentences that a reader can judge by their passages and by nothing else.

    None of a page that grades the report: it weighs what is known and what would change that, and
    no passage says so.
    """
    grades = (one for key, one in trail.findings.items() if key.startswith(PREFIX))
    weighs = {f"notebooks/{one['notebook']}" for one in grades}
    return [one for one in claims(trail) if one.alone and one.page not in weighs]


def claims(trail: Trail) -> list[Claim]:
    """Every sentence of the chapters that names passages, in the order of reading."""
    return list(_claims(trail))


def _claims(trail: Trail) -> Iterator[Claim]:
    told, seen, before = contents.contents(trail.root), Counter[str](), ""
    chapters = {told.pages[0], *told.chapters}
    for block in trail.blocks:
        anchors = {
            (mark.line, mark.offset, key): cite_anchor(block.page, key, seen)
            for mark in block.marks
            if mark.role == "ev"
            for key in mark.ids
        }
        if block.kind == "heading":
            before = ""
        elif block.page in chapters and block.kind == "paragraph":
            for line in _lines(trail, block):
                if line.cited:
                    yield _claim(block.page, line, before, anchors)
                before = line.text


def _claim(page: str, line: _Line, before: str, anchors: dict[tuple[int, int, str], str]) -> Claim:
    passages = tuple((mark.stance, key) for mark in line.cited for key in mark.ids)
    id = hashlib.sha256(repr((page, line.text, passages)).encode()).hexdigest()[:8]
    last = line.cited[-1]
    anchor = anchors[last.line, last.offset, last.ids[-1]]
    return Claim(id, page, anchor, line.text, passages, before, line.alone)


def _lines(trail: Trail, block: Block) -> Iterator[_Line]:
    start, begun = 0, Counter(one.line for one in style.sentences(block))
    for number, line in enumerate(block.text.split("\n"), start=block.line):
        end = start + len(line)
        marks, notes = (
            [one for one in some if start <= one.offset <= end]
            for some in (block.marks, block.notes)
        )
        text = _with_numbers(trail, line, start, marks)
        cited = [mark for mark in marks if mark.role == "ev"]
        after = line[cited[-1].offset - start :] if cited else line
        is_one = begun[number] == 1 and bool(_SAYS.fullmatch(text))
        alone = is_one and bool(_CLOSES.fullmatch(after)) and _is_borne(marks, notes)
        yield _Line(text, cited, alone)
        start = end + 1


def _is_borne(marks: list[Mark], notes: list[Mark]) -> bool:
    """Whether passages bear all of a line.

    They do not where it has a number, a public page or a passage that has it otherwise, nor where
    a word of quantity in it rests on a count or a reason and not on words of a passage.
    """
    supports = all(mark.role == "ev" and mark.stance == "supports" for mark in marks)
    return supports and all(note.content.startswith("“") for note in notes)


def _with_numbers(trail: Trail, line: str, start: int, marks: list[Mark]) -> str:
    """A sentence with its numbers, as the page prints them."""
    for mark in reversed(marks):
        if mark.role == "n" and (data := trail.findings.get(mark.content)):
            found = findings.read(data)
            at = mark.offset - start
            whole = in_prose(found.value, opens=not line[:at].strip(), counts=True)
            said = whole if found.value is not None and found.unit != "%" else found.shown
            line = line[:at] + said + line[at:]
    line = " ".join(line.split()).replace(" ()", "")  # where a reference to an exhibit stood
    return line.replace(" .", ".").replace(" ,", ",").replace(" ;", ";")


def drawn(many: int, seed: int, of: int) -> list[int]:
    """Places of sentences by the number of a set; `check.js` draws the same.

    One of each of as many equal stretches of the report, so that a set is of all its chapters.
    """
    state, found = seed * 2654435761 % 2**32, list[int]()
    for start, end in pairwise(of * at // many for at in range(many + 1)):
        state = (state * 1664525 + 1013904223) % 2**32
        found += [start + state * (end - start) // 2**32] * (start < end)
    return found


# ---- the page ------------------------------------------------------------------------


def _give(app: Sphinx, page: str, context: dict[str, Any], doctree: nodes.document) -> None:
    if any(CONTAINER in node["classes"] for node in doctree.findall(nodes.container)):
        trail = trail_of(Path(app.srcdir))
        scripts.give(app, context, "check", _data(trail, app, page))


def _data(trail: Trail, app: Sphinx, page: str) -> dict[str, Any]:
    def address(claim: Claim) -> str:
        return f"{app.builder.get_relative_uri(page, claim.page)}#{nodes.make_id(claim.anchor)}"

    found = {claim: [key for _, key in claim.passages] for claim in checkable(trail)}
    repository = work(trail.root).repository
    return {
        "edition": identity.fingerprint(trail.root),
        "issues": repository and f"{repository}/issues",
        "many": MANY,
        "seed": SEED,
        "most": MOST,
        "verdicts": VERDICTS,
        "claims": [
            {"i": one.id, "c": one.before, "t": one.text, "u": address(one), "p": keys}
            for one, keys in found.items()
        ],
        "passages": {key: shown(trail, key) for keys in found.values() for key in keys},
    }


def shown(trail: Trail, key: str) -> dict[str, str]:
    """A passage in its surroundings, and who says it, in which document, of when."""
    extract = trail.corpus.extract[key]
    before, after = trail.printed.around(extract)
    if not re.search(r"\w", after):  # a stop or comma of the article's own, that ends nothing here
        after = re.sub(r"[\s,.;:]+", "", after)
    document = wording.document(trail.corpus, trail.source(key))
    said = f"{document}; {wording.who(trail.corpus, extract)}{_office(trail, extract)}"
    return {"b": before, "q": extract.quote, "a": after, "s": said}


def _office(trail: Trail, extract: Extract) -> str:
    """What a speaker is, where the report says so of him."""
    for one in trail.corpus.cast:
        if one.actor == extract.voice.speaker:
            return f" (for {one.side}: {one.office})"
    return ""


# ---- what came back ------------------------------------------------------------------


def _say(app: Sphinx, tree: nodes.document) -> None:
    """Say at each sentence of a page who checked it."""
    trail = trail_of(Path(app.srcdir))
    told = {
        one.anchor: verdicts
        for one in (claims(trail) if trail.corpus.checks else ())
        if one.page == app.env.docname and (verdicts := checks_of(trail, one))
    }
    for key in list(tree.findall(nodes.inline)) if told else ():
        for name in set(key["names"]) & told.keys():
            mark: nodes.Element = key
            while "csto-ev" not in mark["classes"]:
                mark = mark.parent
            said = nodes.inline("", f" ({in_words(told[name])})", classes=["csto-looked-at"])
            mark.parent.insert(mark.parent.index(mark) + 1, said)


def checks_of(trail: Trail, claim: Claim) -> list[Check]:
    """The verdicts on a sentence as it stands now."""
    return [check for check in trail.corpus.checks if check.claim == claim.id]


def in_words(verdicts: list[Check]) -> str:
    """How many readers checked a sentence, and what they did not find borne out."""
    people = len({one.reader for one in verdicts})
    counts = Counter(one.verdict for one in verdicts)
    less = [f"{counts[one]} {one}" for one in VERDICTS if one != "bears" and counts[one]]
    return ", ".join([f"checked by {people} reader{'' if people == 1 else 's'}", *less])
