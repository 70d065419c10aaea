"""Parts that charts share: time and its years, rows with names, places that do not touch."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.subject import PALETTE
from csto.analysis.theme import GRID, INK, PHONE, SMALL

CROSS = "M-1,-1L1,1M1,-1L-1,1"  # two strokes
OUTSIDE, QUIET = PALETTE["outside"], PALETTE["other"]
DAY = pd.Timedelta(days=1)
EDGE = 10  # pixels of a drawing that are no plot
LETTER, LINE = 6.4, 15  # pixels, about, of a letter and of a line of words
LETTER_BOLD = 7.8  # of one that is large and bold
PRINTED = 1.2  # how much broader letters are on paper where a drawing has no names at its left
LEFT, NAME = 150, 28  # of names at the left: pixels at least, and letters of a line at most
UNDER_NAME, AFTER = 3, 8  # pixels under a name that stands above its row, and after the row
MARK = 12  # pixels from the middle of a mark to that of the next, so that they do not touch
BESIDE = 12  # pixels from the middle of a mark to words beside it


def is_narrow(room: int) -> bool:
    """Whether a drawing is for a phone."""
    return room <= PHONE


# ---- time ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Years:
    """Whole years from left to right, in so many pixels, of which some at the right stay free."""

    first: int
    last: int
    width: int
    right: int = 0

    @property
    def each(self) -> float:
        """Pixels of a year."""
        return (self.width - self.right) / (self.last + 1 - self.first)

    def at(self, days: pd.Series) -> pd.Series:
        """How far days are from the left, in pixels."""
        return (days - pd.Timestamp(self.first, 1, 1)) / DAY / 365.25 * self.each

    def x(self, field: str) -> alt.X:
        """A day from left to right, without an axis."""
        free = pd.Timedelta(days=365.25 * self.right / self.each)
        days = pd.Timestamp(self.first, 1, 1), pd.Timestamp(self.last + 1, 1, 1) + free
        ends = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in days]
        return alt.X(f"{field}:T", axis=None, scale=alt.Scale(domain=ends, nice=False, padding=0))

    def named(self, height: float, *, above: bool = False) -> list[alt.Chart]:
        """The years' names below a plot or above it, each in its middle, between ticks."""
        out = -1 if above else 1
        years = range(self.first, self.last + 1)
        short = self.each < 5 * LETTER
        every = math.ceil(3.3 * LETTER / self.each)
        names = alt.Chart(
            pd.DataFrame(
                {
                    "middle": [pd.Timestamp(year, 7, 2) for year in years],
                    "name": [f"’{year % 100:02}" if short else str(year) for year in years],
                }
            )[::every]
        )
        edges = alt.Chart(
            pd.DataFrame({"edge": [pd.Timestamp(y, 1, 1) for y in [*years, self.last + 1]]})
        )
        below: dict[str, Any] = {"y": alt.value(height), "y2": alt.value(height + 5 * out)}
        return [
            edges.mark_rule(color=GRID).encode(x=self.x("edge"), **below),
            names.mark_text(color=INK).encode(
                x=self.x("middle"), y=alt.value(height + LINE * out), text="name:N"
            ),
        ]

    def shaded(self, gaps: pd.DataFrame, height: float) -> alt.Chart:
        """Stretches from `start` to `end` in grey: no data there."""
        drawn = alt.Chart(gaps).mark_rect(color=GRID, opacity=0.5)
        ends = {"y": alt.value(0), "y2": alt.value(height)}
        return drawn.encode(x=self.x("start"), x2="end:T", **ends)

    def ended(
        self, day: pd.Timestamp, height: float, sides: tuple[str, str] | None = None
    ) -> list[alt.Chart]:
        """A dashed line at the day on which the articles end, and words above.

        They name that day or, with `sides`, what tells of the time before it and after it.
        """
        at = alt.Chart(pd.DataFrame({"end": [day]}))
        line = at.mark_rule(strokeDash=[4, 3], color=INK, strokeOpacity=0.6)
        named = f"{day.day} {day:%b %Y}"
        words: list[tuple[str, dict[str, Any]]] = [
            (f"the articles end, {named}", {"fontSize": SMALL, "color": INK})
        ]
        if sides:
            before, after = sides
            words = [
                (f"{before}, to {named}", {"align": "right", "dx": -6, "color": INK}),
                (after, {"align": "left", "dx": 6, "color": OUTSIDE}),
            ]
        said = (
            at.mark_text(**look).encode(x=self.x("end"), y=alt.value(-10), text=alt.value(text))
            for text, look in words
        )
        return [line.encode(x=self.x("end"), y=alt.value(0), y2=alt.value(height)), *said]


def with_room(told: pd.Series, width: int, last: pd.Series, said: pd.Series) -> Years:
    """The years of days `told`, with so much room at the right that words `said` beside some fit.

    `said` are pixels from the middle of the marks of the days `last`.
    """
    first, end = told.dt.year.min(), told.dt.year.max()
    every = (Years(first, end, width, right) for right in range(width // 2))
    fit = (years for years in every if (years.at(last) + said <= width).all())
    return next(fit, Years(first, end, width))


# ---- rows ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rows:
    """Rows with names: at the left of a plot, or on a phone each above its row."""

    names: Sequence[str]
    room: int
    step: int = 24  # pixels of a row, its name not counted where that stands above
    right: int = 0  # pixels kept free at the right
    steps: Sequence[float] = ()  # pixels of each row, if they differ
    air: int = 8  # pixels between names of more than a line

    @property
    def frame(self) -> pd.DataFrame:
        """A row each: `name`, its `lines`, `top`, `tall` and `y`, the middle of what is drawn."""
        narrow = is_narrow(self.room)
        letters = int((self.room - EDGE) / LETTER) if narrow else NAME
        lines = [balanced(name, letters) for name in self.names]
        high = pd.Series([len(some) * LINE for some in lines], dtype=float)
        over = high + UNDER_NAME if narrow else 0 * high
        step = pd.Series(list(self.steps) or [self.step] * len(high), dtype=float)
        tall = over + step if narrow else (high + self.air).where(high + self.air > step, step)
        top = tall.cumsum() - tall
        y = top + over + (tall - over - (AFTER if narrow else 0)) / 2
        return pd.DataFrame(
            {"name": list(self.names), "lines": lines, "top": top, "tall": tall, "y": y}
        )

    @property
    def left(self) -> int:
        """Pixels of the names at the left."""
        longest = max(len(line) for lines in self.frame["lines"] for line in lines)
        return 0 if is_narrow(self.room) else max(round(longest * LETTER) + EDGE, LEFT)

    @property
    def width(self) -> int:
        """Pixels of the plot."""
        return self.room - EDGE - self.left - self.right

    @property
    def height(self) -> float:
        """Pixels of all rows."""
        return float(self.frame["tall"].sum())

    def middle(self, names: pd.Series) -> pd.Series:
        """How far the rows of names are from the top, in pixels, where their marks stand."""
        return names.map(self.frame.set_index("name")["y"])

    def y(self, field: str = "y") -> alt.Y:
        """Pixels from the top, without an axis."""
        return pixels(field, self.height, alt.Y)

    def named(self) -> list[alt.Chart]:
        """The names, and room for them."""
        own = self.frame
        extra = own["lines"].map(len) - 1
        at: dict[str, Any] = {"align": "right", "dx": -EDGE}
        own["y"] -= extra * LINE / 2
        if is_narrow(self.room):
            at = {"align": "left"}
            own["y"] = own["top"] + LINE / 2
        drawn = alt.Chart(own[["lines", "y"]])
        drawn = drawn.mark_text(color=INK, baseline="middle", lineHeight=LINE, **at)
        names = drawn.encode(x=alt.value(0), y=self.y(), text="lines:N")
        return [as_broad(self.left, self.width), names]


def balanced(words: str, letters: int) -> list[str]:
    """Words in as few lines of so many letters as they need, none much shorter than another."""
    lines = _lines(words, letters)
    fewer = (_lines(words, least) for least in range(len(words) // len(lines), letters))
    return next((some for some in fewer if len(some) == len(lines)), lines)


def _lines(words: str, letters: int) -> list[str]:
    return textwrap.wrap(words, max(letters, 1), break_on_hyphens=False) or [""]


def as_broad(left: int, width: int) -> alt.Chart:
    """Nothing, from where names begin to where a plot ends, so that all drawings are as broad."""
    ends = {"x": alt.value(-left), "x2": alt.value(width), "y": alt.value(0)}
    return alt.Chart(pd.DataFrame({"nothing": [0]})).mark_rule(opacity=0).encode(**ends)


def lanes(
    at: Iterable[float],
    rows: Iterable[object],
    left: Iterable[float] = (),
    right: Iterable[float] = (),
    apart: float = MARK,
) -> list[int]:
    """For marks from left to right the lowest lane of their row where each touches no other.

    `left` and `right` are the pixels that words beside each mark take, if any have words; `apart`
    those from the middle of a mark to that of the next.
    """
    ends: dict[tuple[object, int], float] = {}
    found: list[int] = []
    for x, row, before, after in zip_longest(at, rows, left, right, fillvalue=0.0):
        lane = 0
        while (row, lane) in ends and float(x) - float(before) - apart < ends[row, lane]:
            lane += 1
        ends[row, lane] = float(x) + float(after)
        found.append(lane)
    return found


def pixels(field: str, most: float, kind: Any = alt.X) -> Any:
    """Pixels from the left or, for `alt.Y`, from the top, without an axis."""
    ends = [0, most] if kind is alt.X else [most, 0]
    return kind(f"{field}:Q", axis=None, scale=alt.Scale(domain=ends, nice=False, padding=0))
