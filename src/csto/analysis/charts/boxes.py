"""States in the order of a rule: a box each, from one to the next."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from csto.analysis.charts.parts import EDGE, LETTER, QUIET, is_narrow, pixels
from csto.analysis.charts.words import sentences
from csto.analysis.subject import PALETTE
from csto.analysis.theme import GRID, INK, described, for_both_screens, titled

#: How sure it is that a state held the post, and the frame that says so.
SEEN: dict[str, tuple[list[int], str]] = {
    "named": ([1, 0], GRID),
    "by the order alone": ([5, 4], "transparent"),
    "no holder named": ([1, 4], "transparent"),
}
NOTE = (
    "Red is the turn in dispute. Filled: an article names the holder. Dashed: what follows from "
    "the order alone. Dotted: no article names a holder."
)
BETWEEN = 20  # pixels from a box to the next
RETURN = 16  # pixels from the boxes to the way back from the last to the first
PALE = 0.45  # opacity of a fill
PRINTED = 1.25  # how much broader letters are on paper, beside the boxes, than on a screen
#: An arrow's colour, width and size of head, by whether it is the turn in dispute.
ARROWS = {True: (PALETTE["adverse"], 4.5, 190), False: (QUIET, 1.5, 45)}


@for_both_screens
def boxes(frame: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
    """States as boxes in the order of a rule.

    Columns: `state` (in order), `holder` (a name, or how it is known), `seen` (one of `SEEN`),
    `is_disputed` (the turn of this state is what the quarrel is about).
    """
    columns = {"state": "State", "holder": "Holder", "seen": "How we know"}
    places = _row(len(frame), room) if not is_narrow(room) else _column(len(frame), room)
    letters = int(places.loc[0, "wide"] / (LETTER * PRINTED))
    own = frame[[*columns, "is_disputed"]].reset_index(drop=True).join(places)
    own["lines"] = own["holder"].map(lambda said: textwrap.wrap(said, letters))
    back = _back(own, room)
    width, height = room - EDGE, float(max(own["y2"].max(), back["y"].max()))
    at = {"x": pixels("x", width), "y": pixels("y", height, alt.Y)}
    chart = alt.layer(*_frames(own, at), *_words(own, at, room), *_arrows(own, back, room, at))
    each = zip(own["state"], own["holder"], own["seen"], strict=True)
    told = (
        f"{state}: {holder if seen in holder else f'{holder}, {seen}'}"
        for state, holder, seen in each
    )
    turn = (f"The turn in dispute is that of {state}" for state in own["state"][own["is_disputed"]])
    text = sentences("States in the order of the rule", *told, *turn)
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
    wide, tall = room - EDGE - RETURN, 30
    top = [(tall + BETWEEN) * place for place in range(number)]
    own = pd.DataFrame({"x": 0.0, "y": top, "wide": wide, "x2": wide})
    return own.assign(y2=own["y"] + tall)


def _frames(own: pd.DataFrame, at: dict[str, Any]) -> list[alt.Chart]:
    """The boxes, in the look of how each holder is known."""
    return [
        alt.Chart(own)
        .transform_filter(alt.datum.seen == seen)
        .mark_rect(stroke=INK, strokeWidth=1.5, strokeDash=dash, fill=fill,
                   fillOpacity=PALE)
        .encode(**at, x2="x2:Q", y2="y2:Q")
        for seen, (dash, fill) in SEEN.items()
    ]  # fmt: skip


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


def _back(own: pd.DataFrame, room: int) -> pd.DataFrame:
    """The way back from the last box to the first: below them, or on a phone at their right."""
    ends = own.iloc[[-1, 0]]
    if is_narrow(room):
        edge, middle = ends["x2"].iloc[0], (ends["y"] + ends["y2"]) / 2
        far, near = edge + RETURN - 2, [edge, edge + 4]
        return pd.DataFrame({"x": [near[0], far, far, near[1]], "y": np.repeat(middle, 2)})
    edge, middle = ends["y2"].iloc[0], (ends["x"] + ends["x2"]) / 2
    far, near = edge + RETURN, [edge, edge + 4]
    return pd.DataFrame({"x": np.repeat(middle, 2), "y": [near[0], far, far, near[1]]})


def _arrows(
    own: pd.DataFrame, back: pd.DataFrame, room: int, at: dict[str, Any]
) -> list[alt.Chart]:
    """From each box to the next, the one in dispute heavy, and from the last to the first."""
    before, after = own.iloc[:-1].reset_index(), own.iloc[1:].reset_index()
    along, across, ahead, around = ("x", "y", "triangle-right", "triangle-up")
    if is_narrow(room):
        along, across, ahead, around = ("y", "x", "triangle-down", "triangle-left")
    steps = pd.DataFrame(
        {
            along: before[f"{along}2"] + 3,
            f"{along}2": after[along] - 7,
            across: (own[across] + own[f"{across}2"])[:-1] / 2,
            "is_disputed": after["is_disputed"],
        }
    )
    drawn = []
    for disputed, (colour, width, size) in ARROWS.items():
        some = alt.Chart(steps[steps["is_disputed"] == disputed])
        line = {"strokeWidth": width, "color": colour}
        head = {"shape": ahead, "size": size, "filled": True, "color": colour, "opacity": 1}
        drawn += [
            some.mark_rule(**line).encode(**at, **{f"{along}2": f"{along}2:Q"}),
            some.mark_point(**head).encode(**{**at, along: _end(at[along], along)}),
        ]
    colour, width, size = ARROWS[False]
    way, end = alt.Chart(back.assign(order=range(len(back)))), alt.Chart(back[-1:])
    return [
        *drawn,
        way.mark_line(strokeWidth=width, color=colour).encode(**at, order="order:Q"),
        end.mark_point(shape=around, size=size, filled=True, color=colour, opacity=1).encode(**at),
    ]


def _end(start: Any, along: str) -> Any:
    """The channel of where an arrow begins, for where it ends."""
    end = start.copy()
    end.shorthand = f"{along}2:Q"
    return end
