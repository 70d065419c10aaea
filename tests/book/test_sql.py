"""The headline numbers from the published tables alone, by the statements that the book prints.

Shares no code with the package: `sqlite3` and `csv`, and another database.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "book/headlines.sql").read_text(encoding="utf-8")
SET_UP = SCRIPT.split("\n\n")[0]  # before the first of them
ELSEWHERE = re.search(r"^-- (CREATE MACRO .*;)$", SCRIPT, re.MULTILINE)[1]
QUESTIONS = dict(re.findall(r"^-- ([\w.-]+)\n(SELECT.*?;)$", SCRIPT, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def folder(sources: Path) -> Path:
    """The tables as the book offers them."""
    return sources / "_build/html/_downloads/data"


@pytest.fixture(scope="module")
def tables(folder: Path) -> sqlite3.Connection:
    """Every table as it stands in its file, all of it text: what `.import --csv` makes."""
    base = sqlite3.connect(":memory:")
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        columns = ", ".join(f'"{name}" TEXT' for name in head)
        base.execute(f"CREATE TABLE {path.stem} ({columns})")
        base.executemany(f"INSERT INTO {path.stem} VALUES ({', '.join('?' * len(head))})", rows)
    base.executescript(SET_UP)
    return base


@pytest.fixture(scope="module")
def others(folder: Path) -> duckdb.DuckDBPyConnection:
    """The same in another database, told what the script's comment says it lacks."""
    base = duckdb.connect()
    for path in folder.glob("*.csv"):
        reading = "read_csv(?, header = true, all_varchar = true, nullstr = '~')"
        base.execute(f'CREATE TABLE "{path.stem}" AS SELECT * FROM {reading}', [str(path)])
    base.execute(ELSEWHERE)
    base.execute(SET_UP)
    return base


@pytest.fixture(scope="module")
def printed(folder: Path) -> dict[str, dict[str, Any]]:
    """The numbers of the report."""
    found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    return {one["id"]: one for one in found}


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_headline_number_from_the_tables_alone(
    id: str,
    tables: sqlite3.Connection,
    others: duckdb.DuckDBPyConnection,
    printed: dict[str, dict[str, Any]],
) -> None:
    one = printed[id]
    for found in (tables.execute(QUESTIONS[id]), others.execute(QUESTIONS[id])):
        rows = {gone: set(values) for gone, *values in found.fetchall()}
        for gone, value in {"": one["value"], **one["without"]}.items():
            expected = set(value) if isinstance(value, list) else {value}
            assert rows.get(gone, {None}) == expected, gone


def test_every_headline_number_is_asked_for(sources: Path) -> None:
    text = "".join(p.read_text("utf-8") for p in (ROOT / "src/csto/analysis/measures").glob("*.py"))
    headlines = re.findall(r'@measure\(\s*"([^"]+)",[^@]*?headline=True', text)
    assert len(headlines) > 8
    assert sorted(QUESTIONS) == sorted(headlines)
