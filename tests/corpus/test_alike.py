"""What looks alike is found and told apart; what nobody means to be an input is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import problems
from csto.corpus import alike, strangers
from csto.corpus.checks import checked_corpus
from csto.corpus.documents import Document

TEXT = "He said: “It’s the Président’s of\u00adﬁce — not ours … yet”."
SAID = "“It’s the Président’s of\u00adﬁce — not ours … yet”"


@pytest.mark.parametrize(
    "copied",
    [
        SAID,
        "\"it's the president's office - not ours ... yet\"",
        "“It’s the Pre\u0301sident’s of\ufb01ce – not ours … yet”",
        "“It’s the\u00a0Prési\u200bdent’s office\u2014not ours . . . yet”",
        "“It’s the Prési-\ndent’s office —\nnot ours … yet”",
    ],
)
def test_a_copy_is_found_at_its_place(copied: str) -> None:
    start = TEXT.index(SAID)
    assert alike.places(TEXT, copied) == [(start, start + len(SAID))]


def test_an_accent_of_its_own_belongs_to_its_letter() -> None:
    assert alike.places("a cafe\u0301 there", "café") == [(2, 7)]
    assert alike.places("any", " \u200b") == [] and alike.places("any", "-") == []


def test_every_passage_copied_from_our_own_pdf_is_found(sources: Path, on_paper: list[str]) -> None:
    printed = "\n".join(on_paper)
    inside, found = alike.fold(printed).close(), 0
    for extract, document, start, end in checked_corpus(sources).standing:
        words = alike.fold(extract.quote).close().text
        if (at := inside.text.find(words)) >= 0:
            low, high = inside.span(at, at + len(words), printed)
            assert (start, end) in alike.places(document.text, printed[low:high]), extract.key
            found += 1
    assert found > 100


def test_what_differs_is_named_with_its_place() -> None:
    assert alike.difference("It's", "It’s") == (
        "character 3 is U+0027 APOSTROPHE, the document has U+2019 RIGHT SINGLE QUOTATION MARK"
    )
    assert alike.difference("offi", "of\u00adfi").endswith("the document has U+00AD SOFT HYPHEN")
    assert (
        alike.difference("ab", "a")
        == "character 2 is U+0062 LATIN SMALL LETTER B, the document has none"
    )
    assert alike.difference("ab", "ab") is None


def test_the_nearest_words_are_found_in_no_time() -> None:
    text = "the cat sat. " * 3000 + "A dog was officially recalled today. " + "the cat. " * 3000
    document = Document("a", "", text)
    assert "was officially recalled" in document.nearest("was formally recalled today")
    assert document.nearest("“" * 20_000)
    assert document.nearest("the " * 5000)


LEFT = {
    "Untitled.ipynb": "notebooks/Untitled.ipynb",
    "a copy of Jupyter": "notebooks/rotation-Copy1.ipynb",
    "a copy of a file manager": "data/extracts/edm-2018 (1).yml",
    "a conflicted copy": "data/extracts/edm-2018 (x's conflicted copy 2026-11-22).yml",
    "another of these": "book/index.sync-conflict-20261122.md",
    "half of a merge": "src/csto/build.py.orig",
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_behind_is_named_alone(name: str, corpus: Path) -> None:
    path = corpus / LEFT[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    message = "has a name as programs give to copies, rename or remove it"
    assert problems(corpus) == [f"{LEFT[name]}:1:1: file: {message}"]


MERGED = "holds a mark of an unsettled merge, settle it"
UNSEEN = "holds the character U+{}, which nobody sees, remove it"
INSIDE: dict[str, tuple[Callable[[str], str], str]] = {
    "a merge": (lambda text: f"\n<<<<<<< HEAD\n{text}", f"2:1: file: {MERGED}"),
    "a merge in a cell": (
        lambda text: ' "cells": [\n   "<<<<<<< HEAD\\n", ',
        f"2:1: file: {MERGED}",
    ),
    "another line": (lambda text: f"# a\n#\u2028 b\n{text}", f"2:2: file: {UNSEEN.format('2028')}"),
    "another direction": (lambda text: f"#\u202e a\n{text}", f"1:2: file: {UNSEEN.format('202E')}"),
}


@pytest.mark.parametrize("name", INSIDE)
def test_what_is_left_inside_is_named_with_its_line(name: str, corpus: Path) -> None:
    change, message = INSIDE[name]
    path = corpus / "data/forecasts.yml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert problems(corpus) == [f"data/forecasts.yml:{message}"]


def test_nothing_of_ours_is_a_stranger() -> None:
    assert list(strangers.problems(Path(__file__).parents[2])) == []
