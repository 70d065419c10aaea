"""The specification curve: a number under every combination of choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts.words import sentences
from csto.analysis.choices import Choice
from csto.analysis.printed import shown
from csto.analysis.registry import Measure
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described

WIDEST, STEP, NARROWEST = 560, 9, 260  # pixels: the curve, a combination, the least of a curve


def curve(frame: pd.DataFrame, one: Measure, *, value: str) -> alt.VConcatChart:
    """The value under every combination of choices, and the choices below it.

    Columns of `frame`: `rank`, `value`, `is_main` (this report's own
    combination) and one for each choice of the measure `one`. `value` is the
    heading of the value. After Simonsohn, Simmons and Nelson 2020.
    """
    choices = one.choices
    labels = {choice.id: choice.label for choice in choices}
    worded = {choice.id: frame[choice.id].map(choice.options) for choice in choices}
    wide = frame[["rank", "value", "is_main", *labels]].assign(**worded)
    step = min(STEP, WIDEST / len(frame))
    width = max(NARROWEST, step * len(frame))
    ends = alt.Scale(domain=[0.5, len(frame) + 0.5])
    across = alt.X("rank:Q", title=None, axis=None, scale=ends)
    parts: list[Any] = [
        _points(wide, across, value).properties(width=width, height=150),
        _ticks(wide, choices, across, step).properties(width=width, height=alt.Step(17)),
    ]
    columns = {"rank": "Rank", "value": value, "is_main": "This report’s own", **labels}
    return described(alt.vconcat(*parts, spacing=6), _said(frame, one.text), columns)


def _said(frame: pd.DataFrame, text: str) -> str:
    """The spread of the values, where the report's own lies, and how the others are shared out."""
    values = frame["value"]
    own = values[frame["is_main"]].iloc[0]
    low, lower, upper, high = (shown(int(values.quantile(at))) for at in (0, 0.25, 0.75, 1))
    return sentences(
        f"{text}, under each of {len(frame)} combinations of choices",
        f"From {low} to {high}, the middle half from {lower} to {upper}",
        f"This report’s own combination gives {shown(int(own))}",
    )


def _points(wide: pd.DataFrame, across: alt.X, value: str) -> alt.LayerChart:
    """The values from the least to the greatest, this report's own told apart, over a line at 0."""
    own, others = alt.value(PALETTE["Armenia"]), alt.value(PALETTE["Kazakhstan"])
    axis = alt.Axis(tickMinStep=1, format="d", tickCount=6)
    points = alt.Chart(wide).mark_point(filled=True, opacity=1)
    points = points.encode(
        x=across,
        y=alt.Y("value:Q", title=value, axis=axis),
        color=alt.condition("datum.is_main", own, others),
        shape=alt.condition("datum.is_main", alt.value("diamond"), alt.value("circle")),
        size=alt.condition("datum.is_main", alt.value(130), alt.value(40)),
    )
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=INK, strokeOpacity=0.4)
    return zero.encode(y="zero:Q") + points


def _ticks(wide: pd.DataFrame, choices: Sequence[Choice], across: alt.X, step: float) -> alt.Chart:
    """A row an option, a tick where the combination takes it."""
    labels = {choice.id: choice.label for choice in choices}
    long = wide.melt(["rank", "value"], list(labels), "choice", "chosen")
    long = long.replace({"choice": labels})
    long["row"] = long["choice"] + ": " + long["chosen"]
    rows = [f"{one.label}: {option}" for one in choices for option in one.options.values()]
    axis = alt.Axis(domain=False, ticks=False, grid=True)
    ticks = alt.Chart(long).mark_tick(thickness=0.55 * step, bandSize=9, color=INK)
    return ticks.encode(x=across, y=alt.Y("row:N", sort=rows, title=None, axis=axis))
