"""Acts as symbols in a grid."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts.words import sentences, tally
from csto.analysis.theme import described, scale

DIRECTIONS = {"cooperative": "circle", "adverse": "triangle-down"}
LEAST_PLACES = 3  # beside each other in a cell


def act_grid(frame: pd.DataFrame) -> alt.FacetChart:
    """Acts as symbols: member × document, one panel a counterpart.

    Columns: `member`, `document`, `counterpart`, `direction` (cooperative or
    adverse), `number` (1, 2, … among the acts of one cell, 0 for an empty
    cell that keeps its place), `label`.
    """
    columns = {
        "member": "Member",
        "counterpart": "Act with",
        "document": "Document",
        "direction": "Direction",
        "label": "Act",
    }
    places = list(range(1, max(frame["number"].max(), LEAST_PLACES) + 1))
    heading = alt.Header(labelFontSize=13, labelFontWeight="bold")
    panels = alt.Column(
        "counterpart:N", sort=list(frame["counterpart"].unique()), title=None, header=heading
    )
    chart = alt.Chart(frame[[*columns, "number"]]).mark_point(filled=True, size=85, opacity=0.95)
    chart = chart.encode(
        xOffset=alt.XOffset("number:O", scale=alt.Scale(domain=places)),
        column=panels,
        **_position(),
        **_look(),
    )
    return described(chart.properties(width=250, height=alt.Step(30)), _said(frame), columns)


def _said(frame: pd.DataFrame) -> str:
    """The acts of each member in each panel, by direction."""
    acts = frame[frame["number"] > 0]
    panels = []
    for counterpart, some in acts.groupby("counterpart", sort=False):
        members = some.groupby("member", sort=False)["direction"].agg(tally)
        told = "; ".join(f"{member}: {count}" for member, count in members.items())
        panels.append(f"Acts {counterpart}: {told}")
    return sentences("Grid of acts, member by document", *panels)


def _position() -> dict[str, Any]:
    across = alt.Axis(labelAngle=-35, grid=True, bandPosition=0, tickBand="extent")
    return {
        "x": alt.X("document:N", sort=None, title=None, axis=across),
        "y": alt.Y("member:N", sort=None, title=None, axis=alt.Axis(grid=True, bandPosition=0.5)),
    }


def _look() -> dict[str, Any]:
    shapes = alt.Scale(domain=list(DIRECTIONS), range=list(DIRECTIONS.values()))
    return {
        "color": alt.Color("direction:N", scale=scale(*DIRECTIONS), title=None),
        "shape": alt.Shape("direction:N", scale=shapes, title=None),
        "opacity": alt.condition("datum.number > 0", alt.value(0.95), alt.value(0)),
    }
