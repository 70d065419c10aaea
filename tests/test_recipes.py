"""The recipes of CONTRIBUTING, done in a copy of the project."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from conftest import ROOT, Run, csto, edit, run

CLAIM = "Armenia left the alliance and everybody agrees."
CITED = "Russia leads the alliance {ev}`edm-2018.title-russia-led-alliance`."

CHART = '''"""How long the documents are."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.theme import described


def lengths(frame: pd.DataFrame) -> alt.Chart:
    """A bar a document. Columns: `label`, `character_count`."""
    columns = {"label": "Document", "character_count": "Characters"}
    bars = alt.Chart(frame[list(columns)]).mark_bar()
    chart = bars.encode(x=alt.X("character_count:Q"), y=alt.Y("label:N"))
    longest = frame.loc[frame["character_count"].idxmax(), "label"]
    return described(chart, f"Bars, one a document; the longest is {longest}.", columns)
'''

CELL = {
    "cell_type": "code",
    "execution_count": None,
    "id": "lengths",
    "metadata": {"mystnb": {"figure": {"caption": "A bar a document.", "name": "fig-lengths"}}},
    "outputs": [],
    "source": ["charts.lengths(tables.sources())"],
}


def recipe(name: str) -> str:
    """What CONTRIBUTING says to do."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.split(f"### {name}\n")[1].split("\n#")[0]


def check(project: Path) -> tuple[int, str]:
    """The status of `csto check`, and what it prints."""
    done = csto(project, "check")
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def own(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project whose commands run the package in it."""
    monkeypatch.setenv("PYTHONPATH", str(project / "src"))
    return project


@pytest.mark.parametrize("name", ["A chart", "A coded field", "A page"])
def test_what_a_recipe_names_is_there(name: str) -> None:
    steps = recipe(name)
    paths = re.findall(r"`((?:src|data|book|notebooks)/[\w/.-]*|_toc\.yml)`", steps)
    assert paths and all((ROOT / path).exists() for path in paths if "<" not in path)


# ---- a page --------------------------------------------------------------------------


def page(project: Path, text: str, after: str) -> None:
    """Write a page and name it in the table of contents."""
    (project / "book/neighbours.md").write_text(f"# Neighbours\n\n{text}\n", encoding="utf-8")
    edit(project / "_toc.yml", f"{after}\n", f"{after}\n      - file: book/neighbours\n")


@pytest.mark.parametrize("after", ["- file: notebooks/rotation", "- file: book/method"])
def test_a_page(project: Path, after: str) -> None:
    page(project, CITED, after)
    status, said = check(project)
    assert status == 0, said


def test_a_page_of_the_first_part_is_a_chapter(project: Path) -> None:
    page(project, CLAIM, "- file: notebooks/rotation")
    status, said = check(project)
    assert status == 1
    assert f"book/neighbours.md:3:1: prose: “{CLAIM}…” has no evidence, add a mark" in said


def test_a_page_that_is_named_and_not_there(project: Path) -> None:
    page(project, CITED, "- file: book/method")
    (project / "book/neighbours.md").unlink()
    status, said = check(project)
    assert status == 1 and re.search(r"_toc\.yml:\d+:\d+: .*book/neighbours", said)


# ---- a chart -------------------------------------------------------------------------


def test_a_chart(own: Path, execute: Run) -> None:
    charts, path = own / "src/csto/analysis/charts", own / "notebooks/corpus.ipynb"
    (charts / "lengths.py").write_text(CHART, encoding="utf-8")
    with (charts / "__init__.py").open("a", encoding="utf-8") as names:
        names.write("\nfrom csto.analysis.charts.lengths import lengths\n")
    for other in set((own / "notebooks").glob("*.ipynb")) - {path}:
        other.unlink()  # one chapter, so that one notebook is executed
    notebook = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(notebook | {"cells": [*notebook["cells"], CELL]}), encoding="utf-8")
    done = execute(own, "csto.cli", "notebooks")
    assert done.returncode == 0, done.stderr
    stored = json.loads(path.read_text(encoding="utf-8"))["cells"][-1]["outputs"][0]["data"]
    spec = stored["application/vnd.csto.chart+json"]
    assert re.fullmatch(r"Bars, one a document; the longest is \w[^.]+\.", spec["description"])
    assert dict(spec["usermeta"]["columns"]) == {
        "label": "Document",
        "character_count": "Characters",
    }
    assert "image/svg+xml" in stored


# ---- a coded field -------------------------------------------------------------------

FIELD = """\
    venue: Annotated[str, Coded("venue")] | None = Field(
        None, description="before whom the act is made"
    )
"""

VARIABLE = """\
  - id: venue
    definition: Before whom an act is made.
    terms:
      - id: in_public
        definition: Before anybody who listens.
        example: edm-2018.recalled-november-2
      - id: in_private
        definition: Behind closed doors.

"""

ASKED = """
import json
from csto import tables

acts = tables.events().set_index("event_id")["venue"]
meaning = tables.describe("events").set_index("column")["meaning"]["venue"]
both = tables.second_reading().set_index(["variable", "unit_id"])
print(json.dumps([acts["khachaturov-recalled"], list(acts.cat.categories), meaning,
                  list(both.loc[("venue", "khachaturov-recalled"), ["first", "second"]])]))
"""


@pytest.fixture
def field(own: Path) -> Path:
    """A copy with a field of what a reader codes of an act, its variable, and one act coded."""
    first = '    kind: Kind = Field(description="kind of act")\n'
    edit(own / "src/csto/corpus/schema.py", first, first + FIELD)
    edit(own / "data/codebook.yml", "variables:\n", f"variables:\n{VARIABLE}")
    act = "  - id: khachaturov-recalled\n"
    edit(own / "data/events/rotation.yml", act, f"{act}    venue: in_public\n")
    return own


def test_a_coded_field(field: Path) -> None:
    """It is tabulated with its terms in order, described, compared, and a field of the format."""
    given, second = field / "data/codings/second/given.yml", "{event: khachaturov-recalled, "
    before = hashlib.sha256(given.read_bytes()).hexdigest()
    edit(given, second, f"{second}venue: in_private, ")
    after = hashlib.sha256(given.read_bytes()).hexdigest()
    edit(given.with_name("reading.yml"), before, after)
    checked = run(field, "csto.cli", "check")
    assert checked.returncode == 0, checked.stdout
    (field / "asked.py").write_text(ASKED, encoding="utf-8")
    assert json.loads(run(field, "asked").stdout) == [
        "in_public",
        ["in_public", "in_private"],
        "before whom the act is made",
        ["in_public", "in_private"],
    ]
    assert run(field, "csto.corpus.contract").returncode == 0
    row = "| `venue` | term of venue |  | before whom the act is made |"
    assert row in (field / "data/FORMAT.md").read_text(encoding="utf-8")
