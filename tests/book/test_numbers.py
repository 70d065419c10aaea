"""Numbers in prose: up to nine in words, big where a sentence begins, figures in tables."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document

from csto.book.numbers import spell


def mark(value: Any, unit: str | None = "acts") -> nodes.reference:
    number = nodes.inline("", f"{value}", csto_value=value, csto_unit=unit, classes=["csto-n"])
    return nodes.reference("", "", number, refid="x")


def key() -> nodes.inline:
    return nodes.inline("", "A12.", classes=["csto-ev"])


def said(*parts: nodes.Node | str, kind: type[nodes.Element] = nodes.paragraph) -> str:
    tree = new_document("page")
    block = kind("", "", *(nodes.Text(p) if isinstance(p, str) else p for p in parts))
    tree += block
    spell(tree)
    return block.astext()


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (["There were ", mark(9), " acts."], "There were nine acts."),
        (["There were ", mark(10), " acts."], "There were 10 acts."),
        (["There were ", mark(1503), " acts."], "There were 1,503 acts."),
        ([mark(4), " acts are told."], "Four acts are told."),
        (["So it was. ", mark(4), " are told."], "So it was. Four are told."),
        (["“So it was.” ", mark(4), " are told."], "“So it was.” Four are told."),
        (["Up to 2019, ", mark(4), " are told."], "Up to 2019, four are told."),
        (["So it was ", key(), " ", mark(4), " times."], "So it was A12. four times."),
        (["Of ten, ", mark(0), " were told."], "Of ten, none were told."),
        (["Of those ", mark(0), " acts are left."], "Of those no acts are left."),
        (["It fell by ", mark(-2), " points."], "It fell by -2 points."),
        (["It is ", mark(0.5), "."], "It is 0.5."),
        (["It is ", mark("firm"), "."], "It is firm."),
    ],
)
def test_prose(parts: list[Any], printed: str) -> None:
    assert said(*parts).replace("−", "-") == printed


def test_words_in_bold_may_end_a_sentence() -> None:
    bold = nodes.strong("", "All of it.")
    assert said(bold, " ", mark(2), " articles.") == "All of it. Two articles."


def test_a_table_keeps_its_figures() -> None:
    entry = nodes.entry("", nodes.paragraph("", "", mark(4), nodes.Text(" acts")))
    tree = new_document("page")
    tree += entry
    spell(tree)
    assert entry.astext() == "4 acts"


def test_a_heading_and_a_caption_are_prose() -> None:
    assert said(mark(2), " years of silence", kind=nodes.title) == "Two years of silence"
    assert said(mark(2), " years of silence.", kind=nodes.caption) == "Two years of silence."


def test_two_numbers_of_a_sentence() -> None:
    assert said("Of ", mark(9), " acts, ", mark(4), " are told.") == "Of nine acts, four are told."
