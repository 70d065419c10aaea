"""The recipes of CONTRIBUTING, done in a copy of the project."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import ROOT, Run, edit, run

CLAIM = "Armenia left the alliance and everybody agrees."
CITED = f"{CLAIM[:-1]} {{ev}}`eurasianet-2023.formed-in-2002`."

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
    """The status of `csto check` with the copy's own package, and what it prints."""
    done = run(project, "csto.cli", "check")
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
def test_a_page(own: Path, after: str) -> None:
    page(own, CITED, after)
    assert check(own)[0] == 0


def test_a_page_of_the_first_part_is_a_chapter(own: Path) -> None:
    page(own, CLAIM, "- file: notebooks/rotation")
    status, said = check(own)
    assert status == 1
    assert f"book/neighbours.md:3:1: prose: “{CLAIM}…” has no evidence, add a mark" in said


def test_a_page_that_is_named_and_not_there(own: Path) -> None:
    page(own, CITED, "- file: book/method")
    (own / "book/neighbours.md").unlink()
    status, said = check(own)
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
