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

from conftest import ROOT, edit

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

CHECKED = """
import json, sys
from pathlib import Path
from csto.corpus import checks, reading

found = [reading.read(Path(folder)) for folder in sys.argv[1:]]
said = [map(str, problems + checks.run(corpus)) for corpus, problems in found]
print(json.dumps(["\\n".join(lines) for lines in said]))
"""


def python(program: str, *arguments: str) -> str:
    """What a program prints that runs in the working directory."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


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


def declare(folder: Path, example: str = "") -> None:
    edit(folder / CODEBOOK, "  - id: rung\n", f"{VARIABLE}{TERM % example}\n  - id: rung\n")


def needs_its_variable(folder: Path) -> str:
    said = "basses-walk-out: the codebook lacks the variable 'loudness', add it"
    return f"{EVENTS}:23:5: {said}"


def is_held_to_its_terms(folder: Path) -> str:
    declare(folder, ", example: bell.walked-out")
    edit(folder / EVENTS, "loudness: loud", "loudness: lowd")
    said = "basses-walk-out.loudness: 'lowd' is no known loudness, did you mean 'loud'?"
    return f"{EVENTS}:26:5: {said}"


def needs_an_example(folder: Path) -> str:
    declare(folder)
    said = "loudness.terms.0.example: 'loud' is used, name an extract coded with it"
    return f"{CODEBOOK}:65:9: {said}"


def has_an_example_coded_with_it(folder: Path) -> str:
    declare(folder, ", example: ferry.left-for-good")
    return "'ferry.left-for-good' is not coded with 'loud', choose another"


def is_limited_by_a_kind(folder: Path) -> str:
    declare(folder, ", example: bell.walked-out")
    edit(folder / CODEBOOK, "allows: {sign: [-1], intensity: [3]}", "allows: {loudness: []}")
    return "basses-walk-out.loudness: loud does not go with walk_out (allowed: []), correct one"


FAULTS = (
    needs_its_variable,
    is_held_to_its_terms,
    needs_an_example,
    has_an_example_coded_with_it,
    is_limited_by_a_kind,
)


@pytest.mark.commands
def test_what_is_wrong_with_it_is_said(grown: Path, tmp_path: Path) -> None:
    """One process with the changed package checks a copy for each fault."""
    folders = [shutil.copytree(grown, tmp_path / fault.__name__) for fault in FAULTS]
    wanted = [fault(folder) for fault, folder in zip(FAULTS, folders, strict=True)]
    said = json.loads(python(CHECKED, *map(str, folders)))
    assert [line for line, found in zip(wanted, said, strict=True) if line not in found] == []


@pytest.mark.commands
def test_it_is_tabulated_exported_described_and_compared(grown: Path) -> None:
    declare(grown, ", example: bell.walked-out")
    assert json.loads(python(CHECKED, str(grown))) == [""]
    assert json.loads(python(SHOWN)) == {
        "terms": ["loud"],
        "values": [["basses-walk-out", "loud"]],
        "described": ["term of loudness", "how loud it is"],
        "exported": True,
        "compared": [["basses-walk-out", "loudness", "loud", "–"]],
        "contract": True,
        "help": True,
    }
