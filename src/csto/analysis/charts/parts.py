"""Parts that charts share: axes of time and of rows, shaded stretches, a circle of places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.subject import PALETTE
from csto.analysis.theme import GRID, INK

OUTSIDE, QUIET = PALETTE["outside"], PALETTE["other"]
DAY = pd.Timedelta(days=1)


def years(field: str, *, sparse: bool = False) -> alt.X:
    """Time from left to right, a label a year; `sparse` where labels would overlap."""
    more: dict[str, Any] = {"labelOverlap": True} if sparse else {}
    axis = alt.Axis(format="%Y", tickCount="year", grid=False, **more)
    return alt.X(f"{field}:T", title=None, axis=axis)


def rows(field: str, sort: Sequence[str] | None = None, **axis: Any) -> alt.Y:
    """One row a name, in the order of `sort` or of the frame, without a line or ticks."""
    return alt.Y(
        f"{field}:N", sort=sort, title=None, axis=alt.Axis(domain=False, ticks=False, **axis)
    )


def shade(gaps: pd.DataFrame) -> alt.Chart:
    """Stretches from `start` to `end` in grey: no data there."""
    return alt.Chart(gaps).mark_rect(color=GRID, opacity=0.5).encode(x="start:T", x2="end:T")


def end_line(day: pd.Timestamp) -> alt.Chart:
    """A dashed line at the day on which the documents end."""
    at = alt.Chart(pd.DataFrame({"end": [day]}))
    return at.mark_rule(strokeDash=[4, 3], color=INK, strokeOpacity=0.6).encode(x="end:T")


def on_circle(number: int) -> pd.DataFrame:
    """Places on a circle of radius 1, clockwise from the top: columns `x`, `y`."""
    angles = [2 * math.pi * place / number for place in range(number)]
    places = [(round(math.sin(angle), 4), round(math.cos(angle), 4)) for angle in angles]
    return pd.DataFrame(places, columns=["x", "y"])


def domain(field: str, low: float, high: float, kind: Any = alt.X) -> Any:
    """A position without an axis, from `low` to `high`."""
    return kind(f"{field}:Q", axis=None, scale=alt.Scale(domain=[low, high]))
