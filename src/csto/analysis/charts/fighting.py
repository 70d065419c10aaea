"""Years of a conflict."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts.parts import OUTSIDE, QUIET
from csto.analysis.charts.words import listed, sentences
from csto.analysis.theme import described

STATES = {"not active": 0, "active": 0.25, "minor": 0.25, "war": 0.6}


def fighting(frame: pd.DataFrame, written: pd.DataFrame) -> alt.LayerChart:
    """Years of a conflict as cells, with the documents' years marked under them.

    Columns of `frame`: `year` (text), `state` (one of `STATES`). Columns of
    `written`: `year`, `label`.
    """
    columns = {"year": "Year", "state": "State in the data set"}
    axis = alt.Axis(labelAngle=0, domain=False, ticks=False, orient="top")
    x = alt.X("year:O", title=None, axis=axis)
    base = alt.Chart(frame[list(columns)]).encode(x=x, y=alt.value(22))
    shades = alt.Scale(domain=list(STATES), range=list(STATES.values()))
    cells = base.mark_rect(height=34, stroke=OUTSIDE, fill=OUTSIDE).encode(
        fillOpacity=alt.FillOpacity("state:N", scale=shades, legend=None),
        strokeOpacity=alt.value(0.6),
    )
    words = base.mark_text(fontSize=10.5).encode(text="state:N")
    under = alt.Chart(written).encode(x=x)
    marks = under.mark_point(shape="triangle-up", size=60, filled=True, color=QUIET, opacity=1)
    names = under.mark_text(fontSize=10.5, lineBreak="\n").encode(y=alt.value(66), text="label:N")
    chart = cells + words + marks.encode(y=alt.value(50)) + names
    told = (f"{row.year}: {row.state}" for row in frame.itertuples())
    documents = f"The documents are of {listed(written['year'])}"
    text = sentences("Years of a conflict in a data set", *told, documents)
    return described(chart.properties(width=alt.Step(56), height=90), text, columns)
