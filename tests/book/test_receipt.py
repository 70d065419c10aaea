"""The receipt: anybody can make its hashes again, it follows what it names, it has no clock."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from conftest import edit
from csto.book import receipt


@pytest.mark.parametrize("what", [what for what, parts in receipt.PARTS.items() if len(parts) == 1])
def test_the_recipe_gives_the_hash(what: str, project: Path) -> None:
    (project / "data/.swp").touch()
    made = subprocess.run(
        receipt.RECIPE.format(receipt.PARTS[what][0]),
        shell=True,
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    )
    found = receipt.made_of(project)["inputs"][what]
    assert made.stdout.split()[0] == found["sha256"] and found["files"] > 0


def test_a_changed_input_changes_its_hash_alone(project: Path) -> None:
    before = receipt.made_of(project)["inputs"]
    edit(project / "data/actors.yml", "actors:", "actors: ")
    after = receipt.made_of(project)["inputs"]
    assert {what for what in before if before[what] != after[what]} == {"what was observed in them"}


def test_the_book_shows_the_receipt_and_seconds_stand_beside_it(
    sources: Path, built: dict[str, str]
) -> None:
    page = built["book/rerun.html"]
    assert all(
        found["sha256"][:16] in page for found in receipt.made_of(sources)["inputs"].values()
    )
    kept = (sources / "_build/made-of.json").read_text(encoding="utf-8")
    assert '"seconds"' in kept and '"seconds"' not in "".join(built.values())
