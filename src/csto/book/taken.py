"""Charts and tables of the chapters as things to take away: where each stands, its files, its data.

What a chart's files hold is `csto.book.chart_files`; here is which there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils.nodes import make_id

from csto import files
from csto.book.charts import FOLDER as CHARTS
from csto.book.charts import charts
from csto.exhibits import charts as drawn
from csto.exhibits import notebooks
from csto.exhibits import tables as typeset
from csto.work import Work

TABLES = "_downloads/tables"
KINDS = ("csv", "svg", "png")  # files of a chart


@dataclass(frozen=True)
class Exhibit:
    """A chart or a table: what it shows, its place in the book, its files, its data as CSV."""

    title: str
    place: str
    files: tuple[str, ...]
    csv: str = ""

    def citation(self, work: Work) -> str:
        """How to cite it, in a line."""
        return work.citation_of(self.title, self.place)


def exhibits(root: Path) -> Iterator[Exhibit]:
    """The charts and the tables, in the order of the book's notebooks by name."""
    for chart in charts(root):
        title = drawn.title(chart.spec) or _sentence(chart.caption)
        offered = tuple(f"{CHARTS}/{chart.name}.{kind}" for kind in KINDS)
        yield Exhibit(title, f"{chart.page}.html#fig-{chart.name}", offered)
    yield from tables(root)


def tables(root: Path) -> Iterator[Exhibit]:
    """The tables that chapters show, with their words as CSV."""
    for path in notebooks.all_notebooks(root):
        for stored in typeset.stored(path):
            place = f"notebooks/{path.stem}.html#{make_id(stored['name'])}"
            file = f"{TABLES}/{stored['name'].removeprefix('tbl-')}.csv"
            heads = [heading for heading, _ in stored["columns"]]
            rows = ([typeset.plain(cell) for cell in row] for row in stored["rows"])
            yield Exhibit(
                _sentence(stored["caption"]), place, (file,), files.as_csv([heads, *rows])
            )


def _sentence(caption: str) -> str:
    """The first sentence of a caption, without marks and its stop."""
    words = re.sub(r"\{\w+\}`[^`]*`", "", caption)
    return " ".join(words.split()).split(". ")[0].rstrip(".")
