"""States in the order of a rule: a box each, from one to the next."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts.parts import EDGE, LETTER, is_narrow, pixels
from csto.analysis.charts.words import sentences
from csto.analysis.theme import GRID, INK, described, for_both_screens, titled

#: How sure it is that a state held the post, and the frame that says so.
SEEN: dict[str, tuple[list[int], str]] = {
    "named": ([1, 0], GRID),
    "by the order alone": ([5, 4], "transparent"),
    "no holder named": ([1, 4], "transparent"),
}
NOTE = (
    "After the last state the first is next again. Filled: an article names the holder. Dashed: "
    "what follows from the order alone. Dotted: no article names a holder."
)
BETWEEN = 20  # pixels from a box to the next


@for_both_screens
def boxes(frame: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
    """States as boxes in the order of a rule.

    Columns: `state` (in order), `holder` (a name, or how it is known), `seen` (one of `SEEN`).
    """
    columns = {"state": "State", "holder": "Holder", "seen": "How we know"}
    places = _row(len(frame), room) if not is_narrow(room) else _column(len(frame), room)
    letters = int(places.loc[0, "wide"] / LETTER)
    own = frame[list(columns)].reset_index(drop=True).join(places)
    own["lines"] = own["holder"].map(lambda said: textwrap.wrap(said, letters))
    width, height = room - EDGE, float(own["y2"].max())
    at = {"x": pixels("x", width), "y": pixels("y", height, alt.Y)}
    chart = alt.layer(*_frames(own, at), *_words(own, at, room), _arrows(own, room, at))
    each = zip(own["state"], own["holder"], own["seen"], strict=True)
    told = (
        f"{state}: {holder if seen in holder else f'{holder}, {seen}'}"
        for state, holder, seen in each
    )
    text = sentences("States in the order of the rule", *told)
    chart = chart.properties(width=width, height=height)
    return titled(described(chart, text, columns), title, NOTE)


def _row(number: int, room: int) -> pd.DataFrame:
    """Boxes beside each other."""
    wide = (room - EDGE - BETWEEN * (number - 1)) / number
    left = [(wide + BETWEEN) * place for place in range(number)]
    return pd.DataFrame({"x": left, "y": 0.0, "wide": wide, "y2": 76.0}).assign(
        x2=lambda own: own["x"] + wide
    )


def _column(number: int, room: int) -> pd.DataFrame:
    """Boxes below each other."""
    wide, tall = room - EDGE, 30
    top = [(tall + BETWEEN) * place for place in range(number)]
    own = pd.DataFrame({"x": 0.0, "y": top, "wide": wide, "x2": wide})
    return own.assign(y2=own["y"] + tall)


def _frames(own: pd.DataFrame, at: dict[str, Any]) -> list[alt.Chart]:
    """The boxes, in the look of how each holder is known."""
    return [
        alt.Chart(own)
        .transform_filter(alt.datum.seen == seen)
        .mark_rect(stroke=INK, strokeWidth=1.5, strokeDash=dash, fill=fill)
        .encode(**at, x2="x2:Q", y2="y2:Q")
        for seen, (dash, fill) in SEEN.items()
    ]


def _words(own: pd.DataFrame, at: dict[str, Any], room: int) -> list[alt.Chart]:
    """The state in bold and its holder: below it, or on a phone beside it."""
    bold: dict[str, Any] = {"fontWeight": "bold", "color": INK}
    plain: dict[str, Any] = {"fontSize": 11, "lineHeight": 13, "color": INK}
    if is_narrow(room):
        middle = alt.Chart(own.assign(y=(own["y"] + own["y2"]) / 2)[["x", "y", "state", "lines"]])
        name, holder = {"align": "left", "dx": 10}, {"align": "left", "dx": 100}
        return [
            middle.mark_text(**name, **bold).encode(**at, text="state:N"),
            middle.mark_text(**holder, **plain).encode(**at, text="lines:N"),
        ]
    middle = alt.Chart(own.assign(x=(own["x"] + own["x2"]) / 2)[["x", "y", "state", "lines"]])
    return [
        middle.mark_text(dy=16, **bold).encode(**at, text="state:N"),
        middle.mark_text(dy=35, **plain).encode(**at, text="lines:N"),
    ]


def _arrows(own: pd.DataFrame, room: int, at: dict[str, Any]) -> alt.Chart:
    """From each box to the next."""
    before = own.iloc[:-1]
    if is_narrow(room):
        between = pd.DataFrame({"x": (own["x"] + own["x2"]) / 2, "y": before["y2"] + BETWEEN / 2})
    else:
        between = pd.DataFrame({"x": before["x2"] + BETWEEN / 2, "y": (own["y"] + own["y2"]) / 2})
    shape = "triangle-down" if is_narrow(room) else "triangle-right"
    drawn = alt.Chart(between.dropna()).mark_point(shape=shape, size=40, filled=True, color=INK)
    return drawn.encode(**at)
