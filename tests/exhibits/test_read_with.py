"""A choice changed in a notebook holds for all its numbers, and what was changed says so."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from csto.book.edited import changed
from csto.exhibits import read_with, show


@pytest.fixture(autouse=True)
def the_reports_own() -> Iterator[None]:
    yield
    read_with()


@pytest.fixture(scope="module")
def measure() -> str:
    """A measure that a choice of two options changes."""
    from csto.analysis.registry import headlines

    show("rotation.weeks-empty")  # registers them
    for one in headlines():
        for choice in one.choices:
            other = next(value for value in choice.options if value != choice.own)
            found = one(**{choice.id: other})
            if found and found.plain != one().plain:
                return f"{one.id} {choice.id} {other}"
    raise AssertionError("no choice changes a headline")


def test_a_choice_holds_for_the_whole_notebook(measure: str) -> None:
    id, choice, other = measure.split()
    value = {"True": True, "False": False}.get(other, other)
    own, once = show(id), show(id, **{choice: value})
    assert once.id == f"{id}[{choice}={value}]"
    read_with(**{choice: value})
    here = show(id)
    assert here.id == id and here.value == once.value != own.value
    assert here.text == once.text != own.text
    assert show(id, **{choice: not value}).id == f"{id}[{choice}={not value}]"
    read_with()
    assert show(id) == own


def test_a_choice_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match="there is no choice hedge=False, the choices: hedged="):
        read_with(hedge=False)
    with pytest.raises(ValueError, match="there is no choice hedged=perhaps"):
        read_with(hedged="perhaps")


def notebook(**cells: str) -> str:
    made = [{"id": id, "cell_type": "code", "source": [source]} for id, source in cells.items()]
    prose = {"id": "said", "cell_type": "markdown", "source": [json.dumps(cells)]}
    return json.dumps({"cells": [*made, prose]})


def test_changed_added_and_removed_cells_are_named_and_prose_is_not() -> None:
    before = notebook(a="1", b="2", c="3")
    assert changed(before, before) == []
    assert changed(before, notebook(a="1", b="4", d="3")) == ["b", "c", "d"]
