"""States on a wheel in the order of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts.parts import OUTSIDE, QUIET, domain, on_circle
from csto.analysis.charts.words import sentences
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described, titled


@dataclass(frozen=True)
class Rings:
    """What the ring of a state stands for: whole and filled, dashed, or dotted."""

    heading: str
    terms: tuple[str, str, str]
    stroke: str
    fill: str


SEEN = Rings("How we know", ("named as holder", "inferred", "not seen"), INK, PALETTE["Kazakhstan"])
HELD = Rings("State of the turn", ("held", "next by the rule", "later"), OUTSIDE, OUTSIDE)


def wheel(frame: pd.DataFrame, rings: Rings, title: str, note: str) -> alt.LayerChart:
    """States on a wheel in the order of a rule, with who is in the post.

    Columns: `state` (in order), `holder`, `seen` (one of the terms of
    `rings`); where there are any: `years` (of the turn), `named` (True where
    the documents name the holder, who has a second ring).
    """
    every = {"state": "State", "holder": "Holder", "years": "Turn", "seen": rings.heading}
    every["named"] = "Named in the documents"
    columns = {column: heading for column, heading in every.items() if column in frame}
    places = on_circle(len(frame)).assign(order=range(1, len(frame) + 1))
    frame = frame[list(columns)].reset_index(drop=True).join(places)
    base = alt.Chart(frame).encode(**_place())
    layers = [_dots(base, rings)]
    if "named" in frame:
        named = base.transform_filter("datum.named")
        layers.append(named.mark_point(size=1500, strokeWidth=1.6, filled=False, color=QUIET))
    chart = alt.layer(*layers, *_words(base, [c for c in columns if c in LINES]))
    told = frame.apply(_state_said, axis=1)
    text = sentences("Wheel of states in the order of the rule, clockwise from the top", *told)
    drawn = described(chart.properties(width=480, height=370), text, columns)
    return titled(drawn, title, note)


def _state_said(state: pd.Series) -> str:
    """A state, its holder where there is one, how that is known, and the years."""
    said = [state[one] for one in ("holder", "seen", "years") if one in state and state[one] != "–"]
    return f"{state['state']}: {', '.join(dict.fromkeys(said))}"


LINES: dict[str, dict[str, Any]] = {
    "state": {"dy": 28, "fontWeight": "bold"},
    "holder": {"dy": 43, "fontSize": 11},
    "years": {"dy": 57, "fontSize": 11},
}


def _place() -> dict[str, Any]:
    return {"x": domain("x", -1.75, 1.75), "y": domain("y", -1.5, 1.3, alt.Y)}


def _dots(base: alt.Chart, rings: Rings) -> alt.Chart:
    """Rings, whole and filled for the first of the terms."""
    dashes = alt.Scale(domain=list(rings.terms), range=[[1, 0], [5, 4], [1, 4]])
    first = f"datum.seen == '{rings.terms[0]}'"
    return base.mark_point(size=900, strokeWidth=2.2, filled=False).encode(
        stroke=alt.value(rings.stroke),
        strokeDash=alt.StrokeDash("seen:N", scale=dashes, title=None),
        fill=alt.condition(first, alt.value(rings.fill), alt.value("transparent")),
        fillOpacity=alt.value(0.25),
    )


def _words(base: alt.Chart, lines: list[str]) -> list[alt.Chart]:
    """The number of a place, and under it the lines of words."""
    number = base.mark_text(fontSize=13).encode(text="order:O")
    return [number, *(base.mark_text(**LINES[one]).encode(text=f"{one}:N") for one in lines)]
