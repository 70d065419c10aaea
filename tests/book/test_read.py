"""Nothing is printed that nobody read as it stands, and no reading renews itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from campaign import read
from conftest import ROOT, edit
from csto.corpus.problems import DataError

OPENING, ROTATION = "book/index.md", "notebooks/rotation.ipynb"
SWAPPED = ("acting-head-is-a-russian", "russias-main-bloc")  # which no rule tells apart
HOW = "read them beside what they rest on: python tests/campaign/read.py"


def test_everything_was_read_as_it_stands() -> None:
    there, kept = read.pieces(ROOT), read.KEPT.read_text(encoding="utf-8").splitlines()
    changed = [
        f"{line}: {' '.join(there[line].says.split())[:60]}…"
        for line in sorted(there.keys() - kept)
    ]
    assert not changed, "\n".join([f"changed since read, {HOW}", *changed])
    assert kept == list(there), "the record holds what is gone, or in another order"


DAMAGES = {
    "a swapped passage": (
        OPENING,
        "asiaplus-2019.acting-head-is-a-russian`",
        "asiaplus-2019.belarus-claims-the-post`",
    ),
    "a swapped number": (
        OPENING,
        "{n}`rotation.weeks-empty`",
        "{n}`azerbaijan.days-session-to-leak`",
    ),
    "a word": (OPENING, "No ally is named on", "An ally is named on"),
    "a heading": (OPENING, "## What happened", "## What surely happened"),
    "a role around a word": (OPENING, "No ally is named on", "No ally is {emphasis}`named` on"),
    "a class on a word": (OPENING, "No ally is named on", "[No]{.d-none} ally is named on"),
    "a citation": ("book/method.md", "{cite:p}`hirschman-1970`", "{cite:p}`guide-llm-2026`"),
    "a finding’s value": (ROTATION, '"value": 16', '"value": 17'),
    "a finding’s unit": (ROTATION, '"unit": "weeks"', '"unit": "days"'),
    "a table’s head": (ROTATION, '"Who says it"', '"Who denies it"'),
    "a chart’s alternative text": (ROTATION, '"description": "', '"description": "Not so: '),
    "a term’s definition": ("data/codebook.yml", "definition: ", "definition: not "),
    "a spelling": ("data/actors.yml", ", Armenian side]", "]"),
    "a row of the outside record": ("data/outside/gaps.yml", "label: The day", "label: The hour"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_changed_is_unread(project: Path, name: str) -> None:
    edit(project / DAMAGES[name][0], *DAMAGES[name][1:])
    assert read.unread(project)


def test_passages_that_change_their_places_are_unread(project: Path) -> None:
    """Each sentence has passages still, and they are those of its document."""
    file = project / "data/extracts/asiaplus-2019.yml"
    text, one, other = file.read_text(encoding="utf-8"), *SWAPPED
    text = text.replace(f"id: {one}\n", "id: kept\n").replace(f"id: {other}\n", f"id: {one}\n")
    file.write_text(text.replace("id: kept\n", f"id: {other}\n"), encoding="utf-8")
    where = {piece.where for piece in read.unread(project)}
    assert {"extracts", "book/index"} <= where


def test_only_what_is_named_is_taken_as_read(choir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "ROOT", choir)
    monkeypatch.setattr(read, "KEPT", choir / "read.txt")
    read.KEPT.write_text("\n".join(read.pieces(choir)) + "\n", encoding="utf-8")
    edit(choir / OPENING, "basses walked", "tenors walked")
    edit(choir / OPENING, "# Two", "# Three")
    first, second = read.unread(choir)
    with pytest.raises(ValueError, match="nothing that is unread has the name 123456789abc"):
        read.take([first.name, "123456789abc"])
    assert read.unread(choir) == [first, second]
    read.take([first.name])
    assert read.unread(choir) == [second]
    read.take([second.name])
    assert not read.unread(choir)


def test_what_was_moved_is_followed_and_what_is_new_is_not(
    choir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "ROOT", choir)
    monkeypatch.setattr(read, "KEPT", choir / "read.txt")
    there = list(read.pieces(choir))
    read.KEPT.write_text("\n".join(["a page 123456789abc", *there[::-1]]) + "\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["read.py"])
    assert read.main() == 1
    monkeypatch.setattr(sys, "argv", ["read.py", "--read"])
    assert read.main() == 0
    assert read.KEPT.read_text(encoding="utf-8").splitlines() == there
    edit(choir / OPENING, "# ", "# Not ")
    assert read.main() == 1 and len(read.unread(choir)) == 1


def test_no_project_at_all_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not exist, add it"):
        read.pieces(tmp_path)
