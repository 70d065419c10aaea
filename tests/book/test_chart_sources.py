"""The line "Source: ..." under charts: it names what the rows come from that the chart shows.

What a row comes from is read off the page: the marks of the chart's data table lead to passages
of articles and to rows of the outside record.
"""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest

from conftest import ROOT
from csto import tables
from csto.book.charts import Chart, charts, source_line
from csto.exhibits.charts import rows, title

PUBLIC, OWN = "public pages (in the outside record)", "this report"
LABELS = dict(zip(*(tables.sources()[key] for key in ("source_id", "label")), strict=True))
LISTS = {"extract_ids", "row_ids"}  # columns of a chart's data that say what a row comes from
Edit = Callable[[list[str]], list[str]]
SAID = re.compile(r"^Source: (.+)\.$")


class Shown(NamedTuple):
    """A chart of a page: what its line names, and what the rows come from that it draws."""

    title: str
    named: list[str]
    cited: set[str]


def shown(page: str) -> list[Shown]:
    """The charts of a page."""
    return [_shown(part) for part in page.split('<p class="csto-title">')[1:]]


def _shown(part: str) -> Shown:
    head, drawing = part.split("</p>", 1)[0], part.split("</svg>", 1)[0]
    line = re.search(r'<p class="csto-source[^"]*">(.*?)</p>', part, re.DOTALL)
    table = re.search(r"<table[^>]*csto-data.*?</table>", part, re.DOTALL)
    assert line and table, head
    drawn = {int(row) for row in re.findall(r'data-row="(\d+)"', drawing)}
    every = re.findall(r"<tr\b.*?</tr>", table[0].split("<tbody>")[1], re.DOTALL)
    assert drawn == set(range(len(every))), f"{head}: rows without a mark, or marks without a row"
    said = SAID.match(line[1])
    assert said, line[1]
    return Shown(head, said[1].split(", "), _cited("".join(every)))


def _cited(rows_of_table: str) -> set[str]:
    """The articles and the outside record to which marks lead; this report, if there are none."""
    targets = re.findall(r'href="[^"]*#(ev|out)-([^"]*)"', rows_of_table)
    found = {PUBLIC for kind, _ in targets if kind == "out"}
    for _, key in (target for target in targets if target[0] == "ev"):
        found |= {label for source, label in LABELS.items() if key.startswith(f"{source}-")}
    return found or {OWN}


def wrong(pages: Iterable[str]) -> list[Shown]:
    """The charts whose line is not what it must be: each once, in the order of the articles."""
    order = [*LABELS.values(), PUBLIC, OWN]
    every = [one for page in pages for one in shown(page)]
    return [one for one in every if one.named != sorted(one.cited, key=order.index)]


def test_a_chart_names_exactly_what_its_rows_come_from(built: dict[str, str]) -> None:
    titles = {html.unescape(one.title) for page in built.values() for one in shown(page)}
    assert titles == {title(one.spec) for one in charts(ROOT)}
    assert not wrong(built.values())


@pytest.mark.parametrize("edit", [lambda names: names[1:], lambda names: [*names, OWN]])
def test_a_source_left_out_or_added_is_seen(built: dict[str, str], edit: Edit) -> None:
    name, page = next((name, page) for name, page in built.items() if len(shown(page)) == 1)
    one = shown(page)[0]
    assert len(one.named) > 1, name
    told = page.replace(
        f"Source: {', '.join(one.named)}.", f"Source: {', '.join(edit(one.named))}."
    )
    assert told != page and len(wrong([told])) == 1


@pytest.mark.parametrize("chart", charts(ROOT), ids=lambda chart: chart.name)
def test_a_source_whose_rows_go_or_come_leaves_or_enters_the_line(chart: Chart) -> None:
    said = source_line(chart.spec)
    for label, key in [*((label, f"{source}.x") for source, label in LABELS.items()), (PUBLIC, "")]:
        spec = copy.deepcopy(chart.spec)
        for row in rows(spec):
            for column in LISTS & row.keys():
                row[column] = [one for one in row[column] if not _is_of(key, column, one)]
        assert label not in source_line(spec)
        column = next(iter({"row_ids"} if label == PUBLIC else LISTS - {"row_ids"}))
        rows(spec)[0][column] = [key]
        assert label in source_line(spec)
        assert (label in said) == any(
            _is_of(key, column, one)
            for row in rows(chart.spec) for column in LISTS & row.keys() for one in row[column]
        )  # fmt: skip


def _is_of(key: str, column: str, one: str) -> bool:
    """Whether an entry of a list of a row is of the source of a key, "" for the outside record."""
    outside = column == "row_ids"
    return outside if not key else not outside and one.split(".")[0] == key.split(".")[0]


def test_paper_names_the_same_under_each_figure(built: dict[str, str], on_paper: list[str]) -> None:
    """A line stands between the title of a chart and its number."""
    pages = list(map(_squashed, on_paper))
    for one in {one.title: one for page in built.values() for one in shown(page)}.values():
        begins = re.escape(_squashed(html.unescape(one.title))) + "(.*?)(?:Fig\\.\\d|$)"
        between = [found[1] for page in pages for found in re.finditer(begins, page)]
        lines = {line for text in between for line in re.findall(r"Source:([^.]*)\.", text)}
        assert lines == {_squashed(", ".join(one.named))}, one.title


def _squashed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u202f-]", "", text)
