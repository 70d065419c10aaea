"""Claims for a reader to check: sentences of the chapters, each beside its passages.

A few are drawn by a seed that stands in the address, so that two readers can check the same ones.
What they answer comes back as records of `data/checks/` and stands at the claim.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx

from csto import identity
from csto.analysis.printed import in_prose
from csto.book import contents, scripts, wording
from csto.book.prose import Block, Mark
from csto.book.trail import Trail, cite_anchor, trail_of
from csto.corpus.report import Check
from csto.exhibits import findings

MANY = 10  # claims on a sheet
SEED = 1  # of the sheet that is printed
CONTAINER = "csto-check"


class Claim(NamedTuple):
    """A sentence of a chapter and the passages that its marks name."""

    id: str  # of its words and marks: another where one of them changes
    page: str
    anchor: str  # of its last mark
    text: str
    passages: tuple[tuple[str, str], ...]  # stance and extract
    before: str  # what stands before it in its paragraph


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    scripts.on_pages(app, _give)
    app.connect("doctree-read", lambda app, tree: _say(app, tree))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


# ---- claims --------------------------------------------------------------------------


def claims(trail: Trail) -> list[Claim]:
    """Every sentence of the chapters that names passages, in the order of reading."""
    return list(_claims(trail))


def _claims(trail: Trail) -> Iterator[Claim]:
    told, seen = contents.contents(trail.root), Counter[str]()
    chapters = {told.pages[0], *told.chapters}
    for block in trail.blocks:
        anchors = {
            (mark.line, mark.offset, key): cite_anchor(block.page, key, seen)
            for mark in block.marks
            if mark.role == "ev"
            for key in mark.ids
        }
        if block.page in chapters and block.kind == "paragraph":
            yield from _sentences(trail, block, anchors)


def _sentences(
    trail: Trail, block: Block, anchors: dict[tuple[int, int, str], str]
) -> Iterator[Claim]:
    """The sentences of a block: one a line, as prose is written here."""
    start, before = 0, ""
    for line in block.text.split("\n"):
        end = start + len(line)
        marks = [m for m in block.marks if start < m.offset <= end or (m.offset == start == 0)]
        cited = [mark for mark in marks if mark.role == "ev"]
        text = _with_numbers(trail, line, start, marks)
        if cited:
            passages = tuple((mark.stance, key) for mark in cited for key in mark.ids)
            named = repr((block.page, text, passages)).encode()
            last = cited[-1]
            anchor = anchors[last.line, last.offset, last.ids[-1]]
            id = hashlib.sha256(named).hexdigest()[:8]
            yield Claim(id, block.page, anchor, text, passages, before)
        start, before = end + 1, text


def _with_numbers(trail: Trail, line: str, start: int, marks: list[Mark]) -> str:
    """A sentence with its numbers, as the page prints them."""
    for mark in reversed(marks):
        if mark.role == "n" and (data := trail.findings.get(mark.content)):
            found = findings.read(data)
            at = mark.offset - start
            whole = in_prose(found.value, opens=not line[:at].strip(), counts=True)
            said = whole if found.value is not None and found.unit != "%" else found.shown
            line = line[:at] + said + line[at:]
    line = line.replace("()", "")  # a reference stood there, which leads nowhere from a sheet
    return " ".join(line.split()).replace(" .", ".").replace(" ,", ",").replace(" ;", ";")


def drawn(many: int, seed: int, of: int) -> list[int]:
    """Numbers of claims by a seed; `check.js` draws the same."""
    left, state, found = list(range(of)), seed % 2**32, list[int]()
    while left and len(found) < many:
        state = (state * 1664525 + 1013904223) % 2**32
        found.append(left.pop(state * len(left) // 2**32))
    return found


# ---- the page ------------------------------------------------------------------------


def _give(app: Sphinx, page: str, context: dict[str, Any], doctree: nodes.document) -> None:
    if any(CONTAINER in node["classes"] for node in doctree.findall(nodes.container)):
        trail = trail_of(Path(app.srcdir))
        scripts.give(app, context, "check", _data(trail, app, page))


def _data(trail: Trail, app: Sphinx, page: str) -> dict[str, Any]:
    def address(claim: Claim) -> str:
        return f"{app.builder.get_relative_uri(page, claim.page)}#{nodes.make_id(claim.anchor)}"

    found = claims(trail)
    keys = dict.fromkeys(key for claim in found for _, key in claim.passages)
    return {
        "edition": identity.fingerprint(trail.root),
        "many": MANY,
        "seed": SEED,
        "claims": [
            {"i": one.id, "c": one.before, "t": one.text, "u": address(one), "p": one.passages}
            for one in found
        ],
        "passages": {key: shown(trail, key) for key in keys},
    }


def shown(trail: Trail, key: str) -> dict[str, str]:
    """A passage in its surroundings, and who says it."""
    extract = trail.corpus.extract[key]
    before, after = trail.printed.around(extract)
    voice = extract.voice
    who = " through ".join(trail.corpus.actor[a].name for a in (voice.speaker, voice.outlet) if a)
    return {
        "k": trail.corpus.short_key[key],
        "b": before,
        "q": extract.quote,
        "a": after,
        "s": trail.source(key).label,
        "w": who or f"{wording.plain(voice.attribution)}, {wording.plain(voice.mode)}",
    }


# ---- what came back ------------------------------------------------------------------


def _say(app: Sphinx, tree: nodes.document) -> None:
    """Say at each claim of a page who checked it."""
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
    """The verdicts on a claim as it stands now."""
    return [check for check in trail.corpus.checks if check.claim == claim.id]


def in_words(verdicts: list[Check]) -> str:
    """How many readers checked a claim, and what they did not find borne out."""
    people = len({one.reader for one in verdicts})
    counts = Counter(one.verdict for one in verdicts)
    less = [f"{counts[one]} {one}" for one in ("partly", "not") if counts[one]]
    return ", ".join([f"checked by {people} reader{'' if people == 1 else 's'}", *less])
