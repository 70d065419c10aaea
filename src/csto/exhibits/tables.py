"""Tables for notebooks: a frame in, a captioned table or its whole text out.

The book turns the stored JSON into a numbered table of its own
(`csto.book.tables`); a plain JupyterLab shows the HTML.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from csto import files

MIME = "application/vnd.csto.table+json"


@dataclass(frozen=True)
class Table:
    """A captioned table: `columns` are (heading, alignment), cells text or lists of extract ids."""

    name: str
    caption: str
    columns: list[tuple[str, str]]
    rows: list[list[str | dict[str, list[str]]]]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": f"table {self.name}: {self.caption} ({len(self.rows)} rows)",
            "text/html": self._html(),
            MIME: self.__dict__,
        }

    def _html(self) -> str:
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name, _ in self.columns)
        body = "\n".join(
            "<tr>" + "".join(f"<td>{html.escape(plain(cell))}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        caption = f"<caption>{html.escape(self.caption)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


@dataclass(frozen=True)
class Cell:
    """Words of a table with marks: extracts, and rows of the outside record.

    `findings_on` are extracts too; the book fills in the findings that rest
    on any of them, which no notebook can know while others are still running.
    A cell of `parts` has a line for each, with its own marks.
    """

    words: str = ""
    evidence: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    findings_on: tuple[str, ...] = ()
    parts: tuple[Cell, ...] = ()


def cells(pairs: pd.DataFrame) -> pd.DataFrame:
    """A frame of cells from one of lists of pairs: words, and the extracts that bear them out."""
    return pairs.map(lambda found: lines(Cell(*pair) for pair in found))


def lines(parts: Iterable[Cell]) -> Cell:
    """A cell with a line for each of some."""
    each = tuple(parts)
    keys = dict.fromkeys(key for part in each for key in part.evidence)
    return Cell(evidence=tuple(keys), parts=each)


def table(frame: pd.DataFrame, name: str, caption: str, /, **headings: str) -> Table:
    """Typeset `frame`: the columns named in `headings`, in that order, with those headings.

    Dates print as days, numbers align right, tuples of extract ids become
    evidence marks. `name` is the target for references in prose.
    """
    columns = [(heading, _alignment(frame[column])) for column, heading in headings.items()]
    rows = [
        [_cell(value) for value in row] for row in frame[list(headings)].itertuples(index=False)
    ]
    return Table(name, caption, columns, rows)


def to_csv(frame: pd.DataFrame) -> str:
    """A frame as CSV: days as YYYY-MM-DD, several ids joined by semicolons."""
    rows = ([_csv_cell(value) for value in row] for row in frame.itertuples(index=False))
    return files.as_csv([frame.columns, *rows])


def _csv_cell(value: Any) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


@dataclass(frozen=True)
class Whole:
    """A whole frame as CSV text: not for reading, but for the comparison of stored outputs."""

    text: str

    def __repr__(self) -> str:
        """The text itself: what a cell stores."""
        return self.text


def csv(frame: pd.DataFrame) -> Whole:
    """Show a frame in full, so that a change anywhere in it changes a stored output."""
    return Whole(to_csv(frame))


def stored(path: Path) -> Iterator[dict[str, Any]]:
    """The tables stored in a notebook, each with its notebook and cell, in their order."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            if data := output.get("data", {}).get(MIME):
                yield {**data, "notebook": path.stem, "cell": cell["id"]}


def _alignment(column: pd.Series) -> str:
    """Right for numbers, also where they are printed as intervals or are missing."""
    printed = column.map(
        lambda value: isinstance(value, str) and re.fullmatch(r"[−\d.,–]+|lost", value) is not None
    )
    return "right" if pd.api.types.is_numeric_dtype(column) or printed.all() else "left"


def _cell(value: Any) -> str | dict[str, Any]:
    if isinstance(value, Cell):
        plain = {key: each for key, each in value.__dict__.items() if key != "parts"}
        plain = {
            key: list(each) if isinstance(each, tuple) else each for key, each in plain.items()
        }
        return plain | ({"parts": [_cell(part) for part in value.parts]} if value.parts else {})
    if isinstance(value, tuple):
        return {"evidence": list(value)}
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value.day} {value:%B %Y}"
    return str(value)


def plain(cell: str | dict[str, Any]) -> str:
    """A stored cell as text: its words, and the ids of its marks."""
    if isinstance(cell, str):
        return cell
    if cell.get("parts"):
        return "; ".join(map(plain, cell["parts"]))
    words = [cell["words"]] if cell.get("words") else []
    return " ".join([*words, ", ".join([*cell["evidence"], *cell.get("outside", ())])]).strip()
