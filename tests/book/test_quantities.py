"""Words of quantity: none is let through whose comparison is damaged, or that is another word."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document

from conftest import ROOT
from csto.analysis import certainty, comparisons, registry
from csto.analysis.measures import quantities as counts
from csto.book import contents, prose, quantities, style
from csto.book.prose import Block, Mark
from csto.book.quantities import FORMS, NO_COUNT, Said

#: Each word, and one of another meaning that a careless edit might put there.
SWAPPED = {
    "no": "every", "none": "all", "nobody": "everybody", "nothing": "everything",
    "never": "only", "only": "no", "alone": "never", "all": "most", "every": "no",
    "most": "all", "more than": "only", "fewer": "all", "half": "no", "nearly": "no",
    "neither": "most", "hardly": "all", "first": "only",
}  # fmt: skip
holds = functools.cache(comparisons.holds)


def compared() -> Iterator[Said]:
    """Every word of the chapters behind which a comparison stands."""
    told = contents.contents(ROOT)
    for block in prose.blocks(ROOT):
        if block.page in (told.pages[0], *told.chapters):
            for one in quantities.said(block):
                if isinstance(one, Said) and one.note and _compares(one.note.content):
                    yield one


def _compares(reason: str) -> bool:
    return not reason.startswith((NO_COUNT, "“"))


def damaged(reason: str) -> Iterator[str]:
    """A comparison with its sign, a number or its sides changed."""
    for sign in "=<>":
        changed = re.sub(r" [=<>] ", f" {sign} ", reason)
        if changed != reason:
            yield changed
    if match := re.search(r"= (\d)$", reason):
        yield reason.replace(match[0], f"= {int(match[1]) + 1}")
    yield f"{reason.split(' ')[0]}-x{reason[len(reason.split(' ')[0]) :]}"


def test_no_damage_survives() -> None:
    words = list(compared())
    tried = survived = 0
    for one in words:
        assert one.note and not quantities.wrong(one, [], holds)
        spoilt = [
            replace(one, note=replace(one.note, content=reason))
            for reason in damaged(one.note.content)
        ]
        spoilt.append(replace(one, note=None))
        other = SWAPPED[one.word]
        spoilt.append(replace(one, word=other))  # whatever the note says, its form is another
        for each in spoilt:
            tried += 1
            survived += not quantities.wrong(each, [], holds)
    assert len(words) > 30 and tried > 150 and not survived


def block(text: str, *notes: Mark, kind: str = "paragraph") -> Block:
    return Block("p", "p.md", 1, "prose", "", kind, text, notes=list(notes))


@pytest.mark.parametrize(
    ("word", "reason", "passages", "wrong"),
    [
        ("only", None, [], "is not tested"),
        ("only", None, ["the only one of them"], ""),
        ("only", None, ["lonely"], "is not tested"),
        ("most", "“the bulk”", ["the bulk of it"], ""),
        ("most", "“the bulk”", ["some of it"], "no passage of its sentence has “the bulk”"),
        ("first", "no count: an order of telling", [], ""),
        ("first", "no count: ", [], "gives no reason"),
        ("only", "story.articles = 5", [], "is no word for"),
        ("no", "story.articles = 0", [], "is false"),
        ("no", "story.pages = 0", [], "there is no measure 'story.pages'"),
        ("no", "because I say so", [], "is no comparison"),
    ],
)
def test_a_word_is_judged(word: str, reason: str | None, passages: list[str], wrong: str) -> None:
    note = None if reason is None else Mark(word, reason, 1)
    found = quantities.wrong(Said(word, 1, note, (), "A sentence"), passages, holds)
    assert wrong in found and bool(wrong) == bool(found)


def test_words_are_found_sentence_by_sentence() -> None:
    text = "No ally came. “Only” he said so, at all events.\nNobody did; none."
    note = Mark("no", "a.b = 0", 1, 13)
    stray = Mark("all", "a.b = 0", 1, 48)
    found = list(quantities.said(block(text, note, stray)))
    assert [one.word for one in found if isinstance(one, Said)] == ["no", "nobody", "none"]
    assert [one for one in found if isinstance(one, Mark)] == [stray]
    first = found[0]
    assert isinstance(first, Said) and first.note == note


def test_a_note_below_a_heading_is_its_own() -> None:
    source = (
        "# Most fall\n\n<!-- most: a.b > half of a.c -->\n\nA word. <!-- no evidence: none -->\n"
    )
    from csto.book.prose import _parse, _Source

    found = list(_parse(_Source("p", "p.md", "prose", 1, source)))
    assert [note.role for note in found[0].notes] == ["most"]
    assert not any(one.notes for one in found[1:])


def test_a_word_is_tied_in_the_page_and_the_note_is_gone() -> None:
    from csto.book.quantities import WORD

    tree = new_document("p")
    title = nodes.title("", "Most fall")
    below = nodes.raw("", "<!-- most: a.b > half of a.c -->", format="html")
    text = nodes.paragraph("", "No one said “no”, and no one did.")
    text += nodes.raw("", "<!-- no one: a.d = 0 -->", format="html")
    text += nodes.raw("", "<!-- no one: no count: because -->", format="html")
    tree += nodes.section("", title, below, text)
    quantities.note(tree)
    tied = [(node.astext(), node[WORD]) for node in tree.findall(nodes.inline)]
    assert tied == [("Most", "a.b > half of a.c"), ("No one", "a.d = 0")]
    assert not list(tree.findall(nodes.raw))
    assert [node["classes"][1] for node in tree.findall(nodes.inline)] == ["w0", "w1"]


def test_every_count_is_of_a_word_or_a_claim() -> None:
    claims = [claim.holds for claim in certainty.claims() if claim.holds]
    texts = [*claims, *(one.note.content for one in compared() if one.note)]
    named = {id for text in texts for id in comparisons.parse(text).ids}
    known = {
        id for id, one in registry.COUNTS.items() if one.function.__module__ == counts.__name__
    }
    assert known and known <= named


def test_every_word_has_another_to_swap() -> None:
    assert {one.word for one in compared()} <= SWAPPED.keys() <= FORMS.keys()
    assert set(style.counted(ROOT)) == FORMS.keys()


def test_the_gate_stops_for_a_word_that_is_not_tested(project: Path) -> None:
    from csto.book import gate

    index = project / "book/index.md"
    index.write_text(index.read_text("utf-8") + "\nOnly this. <!-- no evidence: a test -->\n")
    found = [str(problem) for problem in gate.problems(project)]
    assert [one for one in found if "“only” is not tested" in one]
