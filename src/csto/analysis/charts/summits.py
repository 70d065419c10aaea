"""Meetings over time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import OUTSIDE, end_line, rows, years
from csto.analysis.theme import described

PARTS = {
    "Armenia took part": "circle",
    "not said": "circle",
    "Armenia stayed away": "cross",
    "cancelled or announced": "triangle-up",
}
KNOWN_PART = "datum.part == 'Armenia took part' || datum.part == 'Armenia stayed away'"


def summits(frame: pd.DataFrame, ends: pd.Timestamp) -> alt.LayerChart:
    """Sessions over time by what is known of Armenia's part in them.

    Columns: `label`, `date`, `part` (one of `PARTS`). `ends` is the day on
    which the documents end.
    """
    columns = {"label": "Meeting", "date": "Day", "part": "Armenia’s part"}
    y = rows("part", list(PARTS), labelLimit=0, offset=6).scale(alt.Scale(domain=list(PARTS)))
    shapes = alt.Scale(domain=list(PARTS), range=list(PARTS.values()))
    points = alt.Chart(frame[list(columns)]).mark_point(size=85, strokeWidth=2, color=OUTSIDE)
    points = points.encode(
        x=years("date", sparse=True),
        y=y,
        shape=alt.Shape("part:N", scale=shapes, legend=None),
        fill=alt.condition(KNOWN_PART, alt.value(OUTSIDE), alt.value("transparent")),
    )
    chart = (points + end_line(ends)).properties(width=400, height=alt.Step(32))
    days = frame.groupby("part")["date"]
    told = (f"{part}: {words.listed(map(words.day, some))}" for part, some in days)
    line = f"The documents end on {words.day(ends)}"
    return described(
        chart, words.sentences("Meetings of the council by Armenia’s part", *told, line), columns
    )
