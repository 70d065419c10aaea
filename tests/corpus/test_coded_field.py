"""A coded field is added as CONTRIBUTING says it, in a copy of the package, and nothing else.

It is checked for its terms, needs its example, limits a kind, is tabulated, explained, described
in FORMAT.md and compared between two readings: no list had to be told of it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, edit, run

EVENTS, CODEBOOK = "data/events/quarrel.yml", "data/codebook.yml"
TERM = "      - {id: loud, definition: Everybody hears it.%s}\n"
VARIABLE = "  - id: loudness\n    definition: How loud an act is.\n    terms:\n"
SHOWN = """
import json
from csto import tables
from csto.corpus import contract
from csto.exhibits.tables import to_csv

events, again = tables.events(), tables.second_reading()
described = tables.describe("events").set_index("column").loc["loudness"]
print(json.dumps({
    "terms": list(events["loudness"].cat.categories),
    "values": list(events.set_index("event_id")["loudness"].dropna().items()),
    "described": list(described),
    "exported": "loudness" in to_csv(events).splitlines()[0].split(","),
    "compared": again[again["variable"] == "loudness"].values.tolist(),
    "contract": "| `loudness` | term of loudness |  | how loud it is |" in contract.field_tables(),
    "help": "loudness: how loud it is" in (tables.events.__doc__ or ""),
}))
"""


@pytest.fixture
def grown(choir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The choir's project under a package whose acts have one coded field more."""
    source = shutil.copytree(ROOT / "src", tmp_path / "src")
    schema = source / "csto/corpus/schema.py"
    edit(
        schema,
        "    intensity: Intensity = Field(",
        '    loudness: Annotated[str, Coded("loudness")] | None = Field(\n'
        '        None, description="how loud it is"\n    )\n'
        "    intensity: Intensity = Field(",
    )
    monkeypatch.setenv("PYTHONPATH", str(source))
    edit(choir / EVENTS, "    kind: walk_out\n", "    kind: walk_out\n    loudness: loud\n")
    return choir


def checked(folder: Path) -> str:
    return run(folder, "csto.cli", "check").stdout


def declare(folder: Path, example: str = "") -> None:
    edit(folder / CODEBOOK, "  - id: rung\n", f"{VARIABLE}{TERM % example}\n  - id: rung\n")


def test_it_needs_its_variable(grown: Path) -> None:
    said = "basses-walk-out: the codebook lacks the variable 'loudness', add it"
    assert f"{EVENTS}:23:5: {said}" in checked(grown)


def test_it_is_held_to_its_terms(grown: Path) -> None:
    declare(grown, ", example: bell.walked-out")
    edit(grown / EVENTS, "loudness: loud", "loudness: lowd")
    said = "basses-walk-out.loudness: 'lowd' is no known loudness, did you mean 'loud'?"
    assert f"{EVENTS}:26:5: {said}" in checked(grown)


def test_its_term_needs_an_example(grown: Path) -> None:
    declare(grown)
    said = "loudness.terms.0.example: 'loud' is used, name an extract coded with it"
    assert f"{CODEBOOK}:65:9: {said}" in checked(grown)


def test_its_example_is_coded_with_it(grown: Path) -> None:
    declare(grown, ", example: ferry.left-for-good")
    said = "'ferry.left-for-good' is not coded with 'loud', choose another"
    assert said in checked(grown)


def test_a_kind_can_limit_it(grown: Path) -> None:
    declare(grown, ", example: bell.walked-out")
    edit(grown / CODEBOOK, "allows: {sign: [-1], intensity: [3]}", "allows: {loudness: []}")
    said = "basses-walk-out.loudness: loud does not go with walk_out (allowed: []), correct one"
    assert said in checked(grown)


def test_it_is_tabulated_exported_described_and_compared(grown: Path) -> None:
    declare(grown, ", example: bell.walked-out")
    assert "data/" not in checked(grown)
    done = subprocess.run(
        [sys.executable, "-c", SHOWN], cwd=grown, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {
        "terms": ["loud"],
        "values": [["basses-walk-out", "loud"]],
        "described": ["term of loudness", "how loud it is"],
        "exported": True,
        "compared": [["basses-walk-out", "loudness", "loud", "–"]],
        "contract": True,
        "help": True,
    }
