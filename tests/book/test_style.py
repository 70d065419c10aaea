"""How chapters are written: each rule with a case and its exact message."""

from __future__ import annotations

import pytest

from csto.book import style
from csto.book.prose import Block, Mark

LONG = " ".join(["word"] * 36)


def block(text: str, kind: str = "paragraph", *marks: Mark) -> Block:
    return Block("notebooks/a", "notebooks/a.ipynb", 7, "cell b", "", kind, text, list(marks))


def said(*blocks: Block, exceptions: dict[str, str] | None = None) -> list[str]:
    return [str(problem) for problem in style.problems(blocks, exceptions or {})]


GOOD = [
    block("Two of 11 acts on 2 November 2018, “the 3 of them”, 5% and 1–2 days."),
    block("One. Two. Three. Four. Five."),
    block("What to see. What to beware of.", "caption"),
    block("Nine words may stand in a heading of ours", "heading"),
    block("He said “it is contested”."),
    block("A.\nB.", "paragraph", Mark("ev", "a.b, a.c", 7), Mark("ev", "a.d", 8)),
]
BAD = [
    (block("It is contested."), "“contested” is a word of the codebook, say it in plain words"),
    (block(f"{LONG}."), f"“{LONG[:50]}…” has 36 words, cut it below 36"),
    (
        block("This heading of ours has rather more than nine words", "heading"),
        "“This heading of ours has rather more than nine wor…” has 10 words, "
        "a heading has 9 at most",
    ),
    (
        block("A. B. C. D. E. F."),
        "“A. B. C. D. E. F.…” has 6 sentences, a paragraph has 5 at most",
    ),
    (block("A. B. C.", "caption"), "“A. B. C.…” has 3 sentences, a caption has 2 at most"),
    (block("There are 4 of them."), "“4” is under ten, write it in words"),
    (block("So it is , they say."), "a blank stands before “,”, remove it"),
    (
        block("So it is.", "paragraph", Mark("ev", "a.b, a.c", 7), Mark("out", "row", 7)),
        "“So it is.…” has 3 marks, a sentence has 2 at most",
    ),
]


@pytest.mark.parametrize("one", GOOD, ids=lambda one: one.text[:20])
def test_what_is_well_written_passes(one: Block) -> None:
    assert said(one) == []


@pytest.mark.parametrize(("one", "message"), BAD, ids=lambda one: getattr(one, "text", one)[:20])
def test_what_is_not_is_named_with_its_place(one: Block, message: str) -> None:
    assert f"notebooks/a.ipynb:7:1: cell b: {message}" in said(one)


def test_every_rule_has_a_case() -> None:
    assert len(style.RULES) == len(BAD)


def test_half_of_the_sentences_of_a_chapter_are_short() -> None:
    long = " ".join(["word"] * 18)
    assert said(block(f"{long}. {long}. Short.")) == [
        "notebooks/a.ipynb:7:1: notebooks/a: the median sentence has 18 words, "
        "cut some: half have under 18"
    ]


def test_an_exception_excuses_and_a_stale_one_is_named() -> None:
    assert said(block("It is contested."), exceptions={"It is contested": "a title"}) == []
    assert said(block("It is so."), exceptions={"It is contested": "a title"}) == [
        "src/csto/book/style.py:1:1: EXCEPTIONS: “It is contested” excuses nothing, remove it"
    ]
