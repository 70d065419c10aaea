"""The story as a time line: a step a row, its possible days, years without any in grey."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import rows, shade, years
from csto.analysis.printed import number
from csto.analysis.subject import MATTERS, PALETTE
from csto.analysis.theme import INK, described, titled

SHAPES = ["square", "diamond", "circle"]  # a shape a matter, so that no colour is needed


def timeline(frame: pd.DataFrame, gaps: pd.DataFrame) -> alt.LayerChart:
    """Steps from the first to the last, in the frame's order.

    Columns of `frame`: `label`, `first_date`, `last_date`, `matter` (one of `MATTERS`),
    `extract_ids`. Columns of `gaps`: `start`, `end` (years without any dated act).
    """
    columns = {
        "label": "Step",
        "first_date": "Earliest",
        "last_date": "Latest",
        "matter": "About",
        "extract_ids": "Passages",
    }
    frame = frame[list(columns)].assign(extract_ids=frame["extract_ids"].map(list))
    base = alt.Chart(frame).encode(y=rows("label", list(frame["label"]), labelLimit=0, offset=6))
    chart = (shade(gaps) + _possible(base) + _marks(base)).properties(
        width=330, height=alt.Step(21)
    )
    told = (f"{row.label}: {_when(row)}" for row in frame.itertuples())
    text = words.sentences("Time line of the story", *told, words.shaded(gaps))
    drawn = described(chart, text, columns)
    return titled(
        drawn,
        f"Bursts of news, and {number(len(gaps))} whole years of silence",
        "A mark is a step, a line the days within which it must fall. "
        "In the grey years no article dates an act of anybody.",
    )


def _when(row: object) -> str:
    low, high = row.first_date, row.last_date  # type: ignore[attr-defined]  # a row of the frame
    return words.from_to(words.day(low), words.day(high))


def _possible(base: alt.Chart) -> alt.Chart:
    return base.mark_rule(strokeWidth=2, strokeOpacity=0.5, color=INK).encode(
        x=years("first_date", sparse=True), x2="last_date:T"
    )


def _marks(base: alt.Chart) -> alt.Chart:
    forms = alt.Scale(domain=list(MATTERS.values()), range=SHAPES)
    return base.mark_point(size=70, filled=True, opacity=1, color=PALETTE["other"]).encode(
        x=years("last_date", sparse=True), shape=alt.Shape("matter:N", scale=forms, title=None)
    )
