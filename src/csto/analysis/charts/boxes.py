"""States in the order of a rule: a box each, in a ring."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from csto.analysis.charts.parts import EDGE, LETTER, PRINTED, QUIET, balanced, is_narrow, pixels
from csto.analysis.charts.words import sentences
from csto.analysis.subject import PALETTE
from csto.analysis.theme import GRID, INK, SMALL, described, for_both_screens, titled

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
BETWEEN = 34  # pixels from a box to the next
BELOW = 24  # the same from one to another below it
TALL = 68  # pixels of a box
RETURN = 16  # pixels from the boxes to the way back from the last to the first, on a phone
PALE = 0.45  # opacity of a fill
#: An arrow's colour, width and size of head, by whether it is the turn in dispute.
ARROWS = {True: (PALETTE["adverse"], 4.5, 190), False: (QUIET, 1.5, 45)}


@for_both_screens
def boxes(frame: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
    """States as boxes in the order of a rule.

    Columns: `state` (in order), `holder` (a name, or how it is known), `seen` (one of `SEEN`),
    `is_disputed` (the turn of this state is what the quarrel is about), `extract_ids`.
    """
    columns = {
        "state": "State",
        "holder": "Holder",
        "seen": "How we know",
        "extract_ids": "Passages",
    }
    places = _ring(len(frame), room) if not is_narrow(room) else _column(len(frame), room)
    letters = int(places.loc[0, "wide"] / (LETTER * PRINTED))
    own = frame[[*columns, "is_disputed"]].reset_index(drop=True).join(places)
    own["extract_ids"] = own["extract_ids"].map(list)
    own["lines"] = own["holder"].map(lambda said: balanced(said, letters))
    back = _back(own)
    width, height = room - EDGE, float(own["y2"].max())
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


def _ring(number: int, room: int) -> pd.DataFrame:
    """Boxes around: half of them from left to right, the others below and back."""
    above = -(-number // 2)
    wide = (room - EDGE - BETWEEN * (above - 1)) / above
    place = pd.Series(range(number))
    column = place.where(place < above, 2 * above - 1 - place)
    x = column.mask(place == number - 1, 0) * (wide + BETWEEN)  # the last below the first
    y = (place >= above) * float(TALL + BELOW)
    return pd.DataFrame({"x": x, "y": y, "wide": wide, "x2": x + wide, "y2": y + TALL})


def _column(number: int, room: int) -> pd.DataFrame:
    """Boxes below each other."""
    wide, tall = room - EDGE - RETURN, 32
    top = [(tall + BELOW) * place for place in range(number)]
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
    plain: dict[str, Any] = {"fontSize": SMALL, "lineHeight": 16, "color": INK}
    if is_narrow(room):
        middle = alt.Chart(own.assign(y=(own["y"] + own["y2"]) / 2)[["x", "y", "state", "lines"]])
        name, holder = {"align": "left", "dx": 10}, {"align": "left", "dx": 104}
        return [
            middle.mark_text(**name, **bold).encode(**at, text="state:N"),
            middle.mark_text(**holder, **plain).encode(**at, text="lines:N"),
        ]
    middle = alt.Chart(own.assign(x=(own["x"] + own["x2"]) / 2)[["x", "y", "state", "lines"]])
    return [
        middle.mark_text(dy=18, **bold).encode(**at, text="state:N"),
        middle.mark_text(dy=38, **plain).encode(**at, text="lines:N"),
    ]


def _back(own: pd.DataFrame) -> pd.DataFrame:
    """The way back on a phone from the last box to the first, at their right."""
    ends = own.iloc[[-1, 0]]
    edge, middle = ends["x2"].iloc[0], (ends["y"] + ends["y2"]) / 2
    far, near = edge + RETURN - 2, [edge, edge + 4]
    return pd.DataFrame({"x": [near[0], far, far, near[1]], "y": np.repeat(middle, 2)})


def _steps(own: pd.DataFrame, *, closes: bool) -> pd.DataFrame:
    """From the edge of each box to that of the next, and if it `closes`, of the last to the first.

    Columns: `x`, `y`, `x2`, `y2` in pixels, `angle` of the head, `is_disputed`.
    """
    order = [*range(1, len(own)), *([0] if closes else [])]
    before, after = own[: len(order)].reset_index(), own.iloc[order].reset_index()
    right, down = (np.sign(after[side] - before[side]) for side in ("x", "y"))
    steps = {"is_disputed": after["is_disputed"], "angle": (90 * right + 180 * (down > 0)) % 360}
    for along, sign in (("x", right), ("y", down)):
        wide = (before[f"{along}2"] - before[along]) / 2
        middle, gap = before[along] + wide, after[along] - before[along] - 2 * wide * sign
        steps[along] = middle + (wide + 3) * sign
        steps[f"{along}2"] = middle + (wide - 7) * sign + gap * (sign != 0)
    return pd.DataFrame(steps)


def _arrows(
    own: pd.DataFrame, back: pd.DataFrame, room: int, at: dict[str, Any]
) -> list[alt.Chart]:
    """From each box to the next, the one in dispute heavy, and from the last to the first."""
    steps = _steps(own, closes=not is_narrow(room))
    drawn = []
    for disputed, (colour, width, size) in ARROWS.items():
        some = alt.Chart(steps[steps["is_disputed"] == disputed])
        head = {"shape": "triangle-up", "size": size, "filled": True, "color": colour}
        ends = {"x": _end(at["x"], "x"), "y": _end(at["y"], "y")}
        turned = alt.Angle("angle:Q", scale=alt.Scale(domain=[0, 360], range=[0, 360]))
        drawn += [
            some.mark_rule(strokeWidth=width, color=colour).encode(**at, x2="x2:Q", y2="y2:Q"),
            some.mark_point(opacity=1, **head).encode(**ends, angle=turned),
        ]
    if not is_narrow(room):
        return drawn
    colour, width, size = ARROWS[False]
    way, end = alt.Chart(back.assign(order=range(len(back)))), alt.Chart(back[-1:])
    head = {"shape": "triangle-left", "size": size, "filled": True, "color": colour}
    return [
        *drawn,
        way.mark_line(strokeWidth=width, color=colour).encode(**at, order="order:Q"),
        end.mark_point(opacity=1, **head).encode(**at),
    ]


def _end(start: Any, along: str) -> Any:
    """The channel of where an arrow begins, for where it ends."""
    end = start.copy()
    end.shorthand = f"{along}2:Q"
    return end
