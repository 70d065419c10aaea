"""Meetings over time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import CROSS, OUTSIDE, Rows, Years, lanes
from csto.analysis.theme import described, for_both_screens, titled

#: What is known of the part in a meeting, in order; the shape of its mark, and whether it is full.
PARTS = {
    "Armenia took part": ("circle", OUTSIDE),
    "Armenia stayed away": (CROSS, OUTSIDE),
    "whether it came is not said": ("circle", "transparent"),
    "called off": ("triangle-up", "transparent"),
    "announced": ("diamond", "transparent"),
}
APART = 10  # pixels from the middle of a mark to that of the next
AIR = 8  # pixels between rows
NOTE = (
    "A mark is a session or meeting of the alliance’s heads of state; a row, what is known of it."
)


@for_both_screens
def summits(frame: pd.DataFrame, ends: pd.Timestamp, title: str, *, room: int) -> alt.LayerChart:
    """Sessions over time by what is known of the part of one state in them.

    Columns: `label`, `date`, `part` (one of `PARTS`), `row_ids`. `ends` is the day on
    which the articles end.
    """
    columns = {
        "label": "Meeting",
        "date": "Day",
        "part": "Armenia’s part",
        "row_ids": "Outside record",
    }
    there = [part for part in PARTS if part in set(frame["part"])]
    rows = Rows(there, room, step=2 * APART + AIR)
    years = Years(frame["date"].dt.year.min(), frame["date"].dt.year.max(), rows.width)
    own = frame[list(columns)].assign(row_ids=frame["row_ids"].map(list)).sort_values("date")
    lane = pd.Series(lanes(years.at(own["date"]), own["part"], apart=APART), own.index)
    middle = lane.groupby(own["part"]).transform("max") / 2
    own["y"] = rows.middle(own["part"]) + (middle - lane) * APART
    shapes, fills = zip(*(PARTS[part] for part in there), strict=True)
    points = alt.Chart(own).mark_point(size=60, strokeWidth=2, color=OUTSIDE, opacity=1)
    points = points.encode(
        x=years.x("date"),
        y=rows.y(),
        shape=alt.Shape("part:N", scale=alt.Scale(domain=there, range=shapes), legend=None),
        fill=alt.Fill("part:N", scale=alt.Scale(domain=there, range=fills), legend=None),
    )
    chart = alt.layer(
        *years.named(rows.height), rows.named(), *years.ended(ends, rows.height), points
    ).properties(width=rows.width, height=rows.height)
    days = own.groupby("part")["date"]
    told = (f"{part}: {words.listed(map(words.day, some))}" for part, some in days)
    line = f"The articles end on {words.day(ends)}"
    text = words.sentences("Meetings of the council by Armenia’s part", *told, line)
    return titled(described(chart, text, columns, by=["part"]), title, NOTE)
