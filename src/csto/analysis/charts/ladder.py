"""Acts on the ladder from loyalty to exit, over time: of the documents, and of what came after."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.acts import LANES
from csto.analysis.charts import words
from csto.analysis.charts.parts import OUTSIDE, QUIET, end_line, shade, years
from csto.analysis.subject import ADDRESSEES, RUNGS
from csto.analysis.theme import described

TOLD = {
    "the documents": (QUIET, QUIET, "circle"),
    "outside record": (OUTSIDE, OUTSIDE, "diamond"),
    "outside record, read otherwise": (OUTSIDE, "transparent", "diamond"),
}


def ladder(frame: pd.DataFrame, gaps: pd.DataFrame) -> alt.LayerChart:
    """Acts on the rungs, over time; empty rungs are drawn all the same.

    Columns of `frame`: `rung_name`, `earliest_date`, `latest_date`,
    `drawn_date`, `lane`, `addressee`, `distancing`, `label`. Columns of
    `gaps`: `start`, `end` (stretches without any dated act).
    """
    columns = {
        "label": "Act",
        "rung_name": "Rung",
        "earliest_date": "Earliest",
        "latest_date": "Latest",
        "addressee": "Addressee",
        "distancing": "Distancing",
    }
    base = alt.Chart(frame[[*columns, "drawn_date", "lane"]])
    base = base.encode(y=_rungs(), yOffset=_lanes(LANES))
    palette = alt.Scale(domain=list(ADDRESSEES), range=list(ADDRESSEES.values()))
    spans = base.transform_filter("isValid(datum.earliest_date)")
    spans = spans.mark_rule(strokeWidth=3, strokeOpacity=0.45).encode(
        x="earliest_date:T",
        x2="latest_date:T",
        stroke=alt.Stroke("addressee:N", scale=palette, title="addressed to"),
    )
    points = _addressed(base, palette)
    chart = (shade(gaps) + spans + points).properties(width=470, height=alt.Step(13))
    told = (f"{rung}: {_addressees(frame[frame['rung_name'] == rung])}" for rung in RUNGS.values())
    text = words.sentences("Ladder of Armenian acts over time", *told, words.shaded(gaps))
    return described(chart, text, columns)


def _addressees(acts: pd.DataFrame) -> str:
    """The years of acts on one rung, and to whom they are addressed."""
    if acts.empty:
        return "no act"
    years = acts["drawn_date"].dt.year
    return (
        f"{words.from_to(years.min(), years.max())}, addressed to {words.tally(acts['addressee'])}"
    )


def _addressed(base: alt.Chart, palette: alt.Scale) -> alt.Chart:
    """Symbols by addressee, filled by how far the act distances."""
    shapes = alt.Scale(domain=list(ADDRESSEES), range=["circle", "square", "diamond"])
    said: dict[str, Any] = {"scale": palette, "title": "addressed to"}
    filled = alt.when("datum.distancing == 'strict'").then(alt.value(1))
    filled = filled.when("datum.distancing == 'broad'").then(alt.value(0.35))
    return base.mark_point(size=80, strokeWidth=2, opacity=1).encode(
        x=years("drawn_date"),
        stroke=alt.Stroke("addressee:N", **said),
        fill=alt.Fill("addressee:N", **said),
        shape=alt.Shape("addressee:N", title="addressed to", scale=shapes),
        fillOpacity=filled.otherwise(alt.value(0)),
    )


def ladder_after(frame: pd.DataFrame, ends: pd.Timestamp) -> alt.LayerChart:
    """Acts on the rungs: of the documents in grey, of the outside record in its colour.

    Columns: `rung_name`, `drawn_date`, `lane`, `label`, `told` (one of
    `TOLD`). `ends` is the day on which the documents end.
    """
    columns = {"label": "Act", "rung_name": "Rung", "drawn_date": "Drawn at", "told": "Told by"}
    strokes, fills, shapes = (
        alt.Scale(domain=list(TOLD), range=list(looks))
        for looks in zip(*TOLD.values(), strict=True)
    )
    points = alt.Chart(frame[[*columns, "lane"]]).mark_point(size=75, strokeWidth=2)
    points = points.encode(
        x=years("drawn_date", sparse=True),
        y=_rungs(),
        yOffset=_lanes(int(frame["lane"].max()) + 1),
        stroke=alt.Stroke("told:N", scale=strokes, title=None),
        fill=alt.Fill("told:N", scale=fills, title=None),
        shape=alt.Shape("told:N", scale=shapes, title=None),
        fillOpacity=alt.value(0.75),
    )
    chart = (points + end_line(ends)).properties(width=470, height=alt.Step(11))
    told = (said for teller in TOLD for said in _told_by(teller, frame[frame["told"] == teller]))
    line = f"The documents end on {words.day(ends)}"
    text = words.sentences("Ladder of Armenian acts over time", *told, line)
    return described(chart, text, columns)


def _told_by(teller: str, acts: pd.DataFrame) -> list[str]:
    """The acts that one record tells: those of the documents counted, others by name."""
    if teller == next(iter(TOLD)):
        return [f"Told by {teller}: {words.tally(acts['rung_name'])}"]
    rungs = acts.groupby("rung_name", sort=False)["label"]
    return [f"{teller}, {rung}: {'; '.join(labels)}" for rung, labels in rungs]


def _rungs() -> alt.Y:
    """The rungs from the lowest at the bottom."""
    order = list(reversed(RUNGS.values()))
    axis = alt.Axis(grid=True, tickBand="extent", ticks=False, domain=False, labelLimit=210)
    levels = alt.Scale(domain=order, padding=0.18)
    return alt.Y("rung_name:N", sort=order, title=None, scale=levels, axis=axis)


def _lanes(number: int) -> alt.YOffset:
    return alt.YOffset("lane:O", scale=alt.Scale(domain=list(range(number))))
