"""Graphs of states on the places of a circle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from csto.analysis.charts.parts import domain, on_circle
from csto.analysis.charts.words import sentences
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described

UNSURE = " (unsure)"
BESIDE, ABOVE = 0.5, 1.18  # how far names stand off at the sides, above and below


def graphs(pairs: pd.DataFrame, names: Mapping[str, str]) -> alt.HConcatChart:
    """Two graphs on the same places of a circle: cooperative ties and adverse ones.

    `names` maps states to names, in the order of the circle. Columns of
    `pairs`: `one_id`, `other_id`, `panel` (the heading), `direction`
    (cooperative or adverse), `act_count`, `is_firm` (False when every act is
    hedged or contested).
    """
    columns = {
        "direction": "Ties",
        "one": "State",
        "other": "State ",
        "act_count": "Acts",
        "is_firm": "Firm",
    }
    places = on_circle(len(names)).set_index(pd.Index(names))
    edges = _edges(pairs, places, names)[[*columns, "x", "y", "x2", "y2", "panel"]]
    drawn = alt.Chart(edges.drop(columns="panel"))
    dots, labels = _states(places, names)
    panels = []
    for direction, panel in edges[["direction", "panel"]].drop_duplicates().to_numpy():
        one = _lines(drawn, direction) + dots + labels
        panels.append(one.properties(width=290, height=240, title=panel))
    told = edges["one"] + " and " + edges["other"] + edges["is_firm"].map({True: "", False: UNSURE})
    ties = told.groupby(edges["panel"], sort=False).agg(", ".join)
    text = sentences("Graphs of states", *(f"{panel}: {pairs}" for panel, pairs in ties.items()))
    return described(alt.hconcat(*panels), text, columns)


def _edges(pairs: pd.DataFrame, places: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    ends = {"x": "one_id", "y": "one_id", "x2": "other_id", "y2": "other_id"}
    at = {new: pairs[end].map(places[new[0]]) for new, end in ends.items()}
    return pairs.assign(one=pairs["one_id"].map(names), other=pairs["other_id"].map(names), **at)


def _states(places: pd.DataFrame, names: Mapping[str, str]) -> tuple[alt.Chart, alt.Chart]:
    """Dots, and names that stand clear of them and of the lines."""
    aside = np.where(places["x"].abs() < BESIDE, 0, np.copysign(BESIDE, places["x"]))
    labelled = places.assign(
        name=pd.Series(names),
        label_x=places["x"] + aside,
        label_y=places["y"].where(aside != 0, ABOVE * places["y"]),
    )
    base = alt.Chart(labelled[["name", "x", "y", "label_x", "label_y"]])
    dots = base.mark_point(filled=True, size=130, opacity=1, color=INK).encode(**_place("x", "y"))
    return dots, base.mark_text().encode(**_place("label_x", "label_y"), text="name:N")


def _lines(edges: alt.Chart, direction: str) -> alt.Chart:
    """Ties of one direction, the thicker the more acts, dashed where none is firm."""
    widths = alt.Scale(domain=[1, 5], range=[1.5, 6])
    some = edges.transform_filter(f"datum.direction == '{direction}'")
    return some.mark_rule().encode(
        **_place("x", "y"),
        x2="x2:Q",
        y2="y2:Q",
        color=alt.value(PALETTE[direction]),
        strokeWidth=alt.StrokeWidth("act_count:Q", scale=widths, legend=None),
        strokeDash=alt.condition("datum.is_firm", alt.value([1, 0]), alt.value([5, 4])),
    )


def _place(x: str, y: str) -> dict[str, Any]:
    return {"x": domain(x, -1.75, 1.75), "y": domain(y, -1.35, 1.35, alt.Y)}
