"""The tables are described so that other programs take them: validated and loaded by some."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook

from csto.book import datapackage
from csto.corpus.checks import checked_corpus
from csto.corpus.reading import Corpus

FOLDERS = ("data", "charts")


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request: pytest.FixtureRequest, sources: Path) -> Path:
    """A folder of tables that the book offers."""
    return sources / "_build/html/_downloads" / request.param


@pytest.fixture(scope="module")
def package(sources: Path) -> dict[str, Any]:
    """The description of the tables."""
    path = sources / "_build/html/_downloads/data" / datapackage.NAME
    return json.loads(path.read_text(encoding="utf-8"))


def schemas(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one["schema"] for one in package["resources"]}


def test_every_row_is_as_it_is_described(folder: Path) -> None:
    from frictionless import Package  # half a second, here and not above

    report = Package(folder / datapackage.NAME).validate()
    assert report.valid, report.flatten(["name", "message"])[:5]
    assert report.stats["tasks"] > 6


def test_a_database_loads_every_table(folder: Path) -> None:
    package = json.loads((folder / datapackage.NAME).read_text(encoding="utf-8"))
    for one in package["resources"]:
        read = duckdb.read_csv(str(folder / one["path"]), header=True)
        assert read.columns == [field["name"] for field in one["schema"]["fields"]]
        lines = (folder / one["path"]).read_text(encoding="utf-8").count("\n")
        assert 0 < len(read) < lines


def test_a_spreadsheet_takes_every_cell_for_text(folder: Path) -> None:
    """None is a formula, which begins with an equals sign."""
    sheet = Workbook().active
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet.max_row > 100 and kinds == {"s", "n"}  # text, and cells that are empty


def test_every_column_says_what_it_means_and_is_called_as_in_a_program(
    package: dict[str, Any],
) -> None:
    fields = [field for one in package["resources"] for field in one["schema"]["fields"]]
    assert len(fields) > 300
    assert all(len(field["description"]) > 3 and field["name"].isidentifier() for field in fields)
    assert all(one["title"] and one["description"] for one in package["resources"])


def test_ids_lead_to_the_tables_that_have_them(package: dict[str, Any]) -> None:
    known = schemas(package)
    keys = {
        (name, key["fields"][0]): key["reference"]
        for name, schema in known.items()
        for key in schema.get("foreignKeys", ())
    }
    assert len(keys) > 30
    assert keys["mentions", "event_id"] == {"resource": "events", "fields": ["event_id"]}
    assert keys["positions", "state_id"] == {"resource": "actors", "fields": ["actor_id"]}
    assert keys["actors", "affiliation_id"]["resource"] == ""
    assert all(schema["primaryKey"] for schema in known.values())


def test_terms_are_those_of_the_codebook(package: dict[str, Any], sources: Path) -> None:
    corpus: Corpus = checked_corpus(sources)
    events = {field["name"]: field for field in schemas(package)["events"]["fields"]}
    for name in ("event_kind", "sign", "rung"):
        terms = events[name]["constraints"]["enum"]
        assert sorted(map(str, terms)) == sorted(corpus.terms(name)), name


def test_it_names_its_documents_makers_and_licence(package: dict[str, Any], sources: Path) -> None:
    corpus = checked_corpus(sources)
    assert len(package["sources"]) == len(corpus.sources)
    for said, source in zip(package["sources"], corpus.sources, strict=True):
        assert source.title in said["title"]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["contributors"] and package["description"]


def test_the_readme_names_every_file(sources: Path) -> None:
    folder = sources / "_build/html/_downloads/data"
    text = (folder / datapackage.README).read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in text for path in folder.glob("*.csv"))
    assert "CC BY 4.0" in text and "Cite as: " in text
