"""The book's charts: one function a chart, frame in, `alt.Chart` out.

Charts know no YAML and no tables; the notebook prepares the frame whose
columns each function names. Captions stand outside, in the notebook.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.theme import GRID, INK, PALETTE, described, scale

DAY = "%-d %b %Y"


def day_bars(frame: pd.DataFrame, text: str) -> alt.LayerChart:
    """Dated steps as bars of possible days, one row a step, in the frame's order.

    Columns: `label`, `earliest_date`, `latest_date` (both known), `days` (how
    the distance is printed), `known` ("to the day", "within bounds" or "only
    by a report, at the latest").
    """
    frame = frame.assign(until=frame["latest_date"] + pd.Timedelta(days=1))
    known = ["to the day", "within bounds", "only by a report, at the latest"]
    colours = alt.Scale(domain=known, range=[PALETTE["Armenia"], PALETTE["Kazakhstan"], PALETTE["neutral"]])
    base = alt.Chart(frame).encode(
        y=alt.Y("label:N", sort=None, title=None),
        color=alt.Color("known:N", scale=colours, title=None),
    )
    when = alt.X("earliest_date:T", title=None, axis=alt.Axis(format="%-d %b %y", labelOverlap=True, tickCount=8))
    bars = base.mark_bar(height=9, opacity=0.55).encode(x=when, x2="until:T")
    exact = base.transform_filter("datum.known == 'to the day'").mark_point(filled=True, size=70).encode(x=when)
    bound = base.transform_filter(alt.datum.known == known[2]).mark_text(text="≤", align="left", dx=3, fontSize=15)
    said = base.mark_text(align="left", dx=18, color=INK).encode(x="until:T", text="days:N", color=alt.value(INK))
    chart = (bars + exact + bound.encode(x="until:T") + said).properties(width=430, height=alt.Step(24))
    columns = {"label": "Step", "earliest_date": "Earliest", "latest_date": "Latest", "days": "Days", "known": "Known"}
    return described(chart, text, columns)


def matrix(frame: pd.DataFrame, text: str, *, row: str, column: str) -> alt.LayerChart:
    """A matrix of readings: row × column, the reading as colour and as words.

    Columns: `row_name`, `column_name`, `reading` (the words in the cell, "not
    mentioned" where there are none), `side` (for, against, neither, silent),
    `hedged` (True where every passage is hedged). `row` and `column` are the
    headings of the data table.
    """
    sides = ["for", "against", "neither", "silent"]
    colours = [PALETTE["cooperative"], PALETTE["adverse"], PALETTE["other"], GRID]
    base = alt.Chart(frame).encode(
        x=alt.X("column_name:N", sort=None, title=None, axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)),
        y=alt.Y("row_name:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)),
    )
    cells = base.mark_rect(strokeWidth=1.5, cornerRadius=3).encode(
        fill=alt.Color("side:N", scale=alt.Scale(domain=sides, range=colours), legend=None),
        stroke=alt.Color("side:N", scale=alt.Scale(domain=sides, range=colours), legend=None),
        fillOpacity=alt.condition("datum.hedged || datum.side == 'silent'", alt.value(0.06), alt.value(0.22)),
        strokeDash=alt.condition("datum.hedged", alt.value([4, 3]), alt.value([1, 0])),
    )
    words = base.mark_text(fontSize=11, lineBreak="\n").encode(text="reading:N")
    chart = (cells + words).properties(width=alt.Step(136), height=alt.Step(42))
    columns = {"row_name": row, "column_name": column, "reading": "Reading", "hedged": "Hedged"}
    return described(chart, text, columns)


def act_grid(frame: pd.DataFrame, text: str) -> alt.FacetChart:
    """Acts as symbols: member × document, one panel a counterpart.

    Columns: `member`, `document`, `counterpart`, `direction` (cooperative or
    adverse), `number` (1, 2, … among the acts of one cell), `label`. Rows
    with `number` 0 draw no symbol and keep an empty cell in place.
    """
    directions = ["cooperative", "adverse"]
    chart = alt.Chart(frame).mark_point(filled=True, size=95, opacity=0.9).transform_filter("datum.number > 0").encode(
        x=alt.X("document:N", sort=None, title=None, scale=alt.Scale(domain=list(frame["document"].unique())),
                axis=alt.Axis(labelAngle=-35, grid=True)),
        xOffset=alt.XOffset("number:O", scale=alt.Scale(domain=list(range(1, max(frame["number"].max(), 3) + 1)))),
        y=alt.Y("member:N", sort=None, title=None, scale=alt.Scale(domain=list(frame["member"].unique())),
                axis=alt.Axis(grid=True)),
        color=alt.Color("direction:N", scale=scale(*directions), title=None),
        shape=alt.Shape("direction:N", scale=alt.Scale(domain=directions, range=["circle", "triangle-down"]), title=None),
        column=alt.Column("counterpart:N", sort=None, title=None, header=alt.Header(labelFontSize=13)),
    ).properties(width=215, height=alt.Step(30))
    columns = {"member": "Member", "document": "Document", "counterpart": "Towards", "direction": "Direction", "label": "Act"}
    return described(chart, text, columns)


def ladder(frame: pd.DataFrame, gaps: pd.DataFrame, text: str, rungs: dict[str, str]) -> alt.LayerChart:
    """Acts on the ladder from loyalty to exit, over time.

    Columns of `frame`: `rung_name`, `earliest_date`, `latest_date`,
    `addressee`, `reading` (strict, broad, none), `label`. Columns of `gaps`:
    `start`, `end` (stretches that no document covers). `rungs` maps the rungs
    to their names, bottom first; empty ones are drawn all the same.
    """
    addressees = ["organisation", "member or officer", "other"]
    order = list(reversed(rungs.values()))
    shade = alt.Chart(gaps).mark_rect(color=GRID, opacity=0.45).encode(x="start:T", x2="end:T")
    base = alt.Chart(frame).encode(
        y=alt.Y("rung_name:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(grid=True)),
        color=alt.Color("addressee:N", scale=scale(*addressees), title="addressee"),
    )
    when = alt.X("earliest_date:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"))
    spans = base.mark_bar(height=5, opacity=0.5).encode(x=when, x2="latest_date:T")
    points = base.mark_point(size=90, strokeWidth=2, opacity=1).encode(
        x="middle:T",
        yOffset=alt.YOffset("lane:O"),
        fill=alt.Color("addressee:N", scale=scale(*addressees), legend=None),
        fillOpacity=alt.condition("datum.reading == 'strict'", alt.value(1), alt.value(0)),
        shape=alt.Shape("reading:N", title="distancing",
                        scale=alt.Scale(domain=["strict", "broad", "none"], range=["circle", "circle", "diamond"])),
    )
    chart = (shade + spans + points).properties(width=520, height=alt.Step(46))
    columns = {"label": "Act", "rung_name": "Rung", "earliest_date": "Earliest", "latest_date": "Latest",
               "addressee": "Addressee", "reading": "Distancing"}
    return described(chart, text, columns)
