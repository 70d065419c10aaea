"""EDTF dates (ISO 8601-2, level 1) as closed intervals of days.

Only the part with plain bounds is read, which takes a dozen lines and no
parser; a test compares the bounds with those of the `edtf` library. An
unknown interval end ("2022-09-13/") is refused, because it has no bound to
give; an open end ("../2018-11-17") is kept as no bound at all.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass

# UCDP GED manner: the smallest class that contains the interval (days -> class).
_CLASSES = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
LONGER, BOUND = 6, 7

# The part of EDTF in use: year, month, day, or spring to autumn (winter falls in two years),
# and intervals of them.
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}  # code -> first and last month


@dataclass(frozen=True)
class Interval:
    """Earliest and latest day, both included; None where there is no bound."""

    earliest: dt.date | None
    latest: dt.date | None

    @property
    def precision(self) -> int:
        """1 day, 2 two to six days, 3 week, 4 month, 5 year, 6 longer, 7 only a bound."""
        if self.earliest is None or self.latest is None:
            return BOUND
        days = (self.latest - self.earliest).days + 1
        return next((cls for limit, cls in _CLASSES if days <= limit), LONGER)

    def __and__(self, other: Interval) -> Interval | None:
        """The days in both, or None when there are none."""
        lows = [d for d in (self.earliest, other.earliest) if d]
        highs = [d for d in (self.latest, other.latest) if d]
        low, high = max(lows, default=None), min(highs, default=None)
        return None if low and high and low > high else Interval(low, high)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval around both."""
        lows = [d for d in (self.earliest, other.earliest) if d]
        highs = [d for d in (self.latest, other.latest) if d]
        return Interval(
            min(lows) if len(lows) == 2 else None, max(highs) if len(highs) == 2 else None
        )


def spoken(days: Interval) -> str:
    """An interval as prose says it: "2 November 2018", "on or before 17 November 2018"."""
    low, high = days.earliest, days.latest
    if low is None or high is None:
        if high:
            return f"on or before {_said(high)}"
        return f"on or after {_said(low)}" if low else "undated"
    if low == _month(low)[0] and high == _month(low)[1]:
        return f"{low:%B %Y}"
    if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31):
        return str(low.year) if low.year == high.year else f"{low.year} to {high.year}"
    if low == high:
        return _said(low)
    shared = ""
    if low.year == high.year:
        shared = " %B %Y" if low.month == high.month else " %Y"
    return f"{_said(low).removesuffix(format(low, shared) if shared else '')} to {_said(high)}"


def _month(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


@functools.cache
def interval(text: str) -> Interval:
    """The days that an EDTF string covers. Raises ValueError with what to do."""
    if text.startswith("/") or text.endswith("/"):
        raise ValueError(f"'{text}' has an unknown end, write '..' for an open one")
    low, slash, high = text.partition("/")
    try:
        result = Interval(_bounds(low)[0], _bounds(high if slash else low)[1])
    except (KeyError, ValueError):
        raise ValueError(
            f"'{text}' is no EDTF date, write e.g. 2018-11-02, 2018-11 or a/b"
        ) from None
    if result.earliest is None and result.latest is None:
        raise ValueError(f"'{text}' has no bound, leave the date out")
    if result.earliest and result.latest and result.earliest > result.latest:
        raise ValueError(f"'{text}' ends before it begins, swap the ends")
    return result


def _bounds(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of one date; none of an open end. Raises ValueError or KeyError."""
    if text == "..":
        return None, None
    if not (match := _DATE.fullmatch(text)):
        raise ValueError(text)
    year, *rest = (int(part) for part in match.groups() if part)
    if not rest:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    month, *days = rest
    if days:
        return dt.date(year, month, days[0]), dt.date(year, month, days[0])
    first, last = (month, month) if month <= 12 else _SEASONS[month]
    return dt.date(year, first, 1), _month(dt.date(year, last, 1))[1]
