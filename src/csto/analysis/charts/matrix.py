"""A matrix of readings: rows by columns, each reading as colour and as words."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts.words import sentences
from csto.analysis.subject import SIDES
from csto.analysis.theme import GRID, described

NO_WISH = "no wish told"


def matrix(frame: pd.DataFrame, *, row: str, column: str) -> alt.LayerChart:
    """A matrix of readings: row × column, the reading as colour and as words.

    Columns: `row_name`, `column_name`, `reading` (lines of words), `side`,
    `hedged` (True where every passage is hedged). `row` and `column` are the
    headings of the data table.
    """
    columns = {"row_name": row, "column_name": column, "reading": "Reading", "hedged": "Hedged"}
    base = alt.Chart(frame[[*columns, "side"]]).encode(x=_across(), y=_down())
    firm, hedged = _cells(base)
    # lines hang from the first one
    middle = alt.ExprRef("-6.5 * (length(split(datum.reading, '\\n')) - 1)")
    words = base.mark_text(fontSize=11, lineBreak="\n", lineHeight=13, dy=middle)
    chart = firm + hedged + words.encode(text="reading:N")
    told = (_row_said(name, cells) for name, cells in frame.groupby("row_name", sort=False))
    text = sentences(f"Matrix: {row} by {column}", *told)
    return described(chart.properties(width=alt.Step(164), height=alt.Step(50)), text, columns)


def _row_said(name: object, cells: pd.DataFrame) -> str:
    """Each reading of a row with the columns that have it."""
    where = cells.groupby("reading", sort=False)["column_name"].agg(", ".join)
    readings = (f"{reading} ({columns})" for reading, columns in where.items())
    return f"{name}: " + "; ".join(readings).replace("\n", " and ")


def _across() -> alt.X:
    axis = alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)
    padding = alt.Scale(paddingInner=0.04)
    return alt.X("column_name:N", sort=None, title=None, scale=padding, axis=axis)


def _down() -> alt.Y:
    axis, padding = alt.Axis(domain=False, ticks=False), alt.Scale(paddingInner=0.1)
    return alt.Y("row_name:N", sort=None, title=None, scale=padding, axis=axis)


def _cells(base: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Frames of the cells, whole ones and dashed ones where all is hedged."""
    sides = {**SIDES, NO_WISH: GRID}
    colour = alt.Scale(domain=list(sides), range=list(sides.values()))
    pale = f"datum.hedged || datum.side == '{NO_WISH}'"
    colours: dict[str, Any] = {
        "fill": alt.Fill("side:N", scale=colour, legend=None),
        "stroke": alt.Stroke("side:N", scale=colour, legend=None),
        "fillOpacity": alt.condition(pale, alt.value(0.04), alt.value(0.2)),
    }
    look: dict[str, Any] = {"strokeWidth": 1.5, "cornerRadius": 4}
    firm = base.transform_filter("!datum.hedged").mark_rect(**look)
    hedged = base.transform_filter("datum.hedged").mark_rect(strokeDash=[4, 3], **look)
    return firm.encode(**colours), hedged.encode(**colours)
