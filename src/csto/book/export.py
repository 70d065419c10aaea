"""The tables as CSV, the findings as JSON, the extracts as annotations, with a descriptor.

The descriptor is that of a Data Package. Computes nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from csto import __version__, tables
from csto.analysis import states
from csto.book import web_annotations
from csto.book.trail import trail_of
from csto.corpus.checks import checked_corpus
from csto.exhibits import findings
from csto.exhibits.notebooks import all_notebooks
from csto.exhibits.tables import to_csv
from csto.files import write
from csto.tables import outside as outside_tables
from csto.tables.frames import Table

TABLES = tables.TABLES | outside_tables.TABLES
_TYPES = (("datetime64", "date"), ("bool", "boolean"), ("int", "integer"), ("float", "number"))


def export(root: Path, folder: Path) -> list[Path]:
    """Write every table, the findings and the annotations; returns the files of the folder."""
    with tables.with_beside():  # whatever chapters rest on, all documents can be taken away
        frames = {name: build(root=root) for name, build in _tables(root).items()}
    found = list(findings.collect(all_notebooks(root)).values())
    files = {f"{name}.csv": to_csv(frame) for name, frame in frames.items()}
    files["findings.json"] = _json(found)
    files[web_annotations.NAME] = web_annotations.export(trail_of(root))
    if found:  # a project without numbers has no states of them
        files["states.json"] = json.dumps(states.exported(), ensure_ascii=False) + "\n"
    files["datapackage.json"] = _json(_descriptor(frames))
    for name, text in files.items():
        write(folder / name, text)
    for path in folder.iterdir():
        if path.name not in files and path.is_file():
            path.unlink()
    return [folder / name for name in files]


def _tables(root: Path) -> dict[str, Table]:
    """The tables that have something in them: those of the outside record where there is one."""
    return TABLES if checked_corpus(root).outside else tables.TABLES


def _descriptor(frames: dict[str, pd.DataFrame]) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "csto",
        "version": __version__,
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "resources": [_resource(name, frame) for name, frame in frames.items()],
    }


def _resource(name: str, frame: pd.DataFrame) -> dict[str, Any]:
    meanings = TABLES[name].resolved(dict.fromkeys(map(str, frame.columns)))
    fields = [_field(column, frame[column], meanings[column].meaning) for column in meanings]
    schema = {"fields": fields, "primaryKey": list(TABLES[name].key)}
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str, column: pd.Series, meaning: str) -> dict[str, Any]:
    said = {"name": name, "description": meaning}
    if isinstance(column.dtype, pd.CategoricalDtype):
        terms = list(column.cat.categories)
        return {**said, "type": "string", "categories": terms, "constraints": {"enum": terms}}
    kind = next((to for start, to in _TYPES if str(column.dtype).startswith(start)), "string")
    return {**said, "type": kind}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
