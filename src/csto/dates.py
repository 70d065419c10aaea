"""EDTF dates (ISO 8601-2, level 1) as closed intervals of days.

Parsing is the `edtf` library's. An unknown interval end ("2022-09-13/") is
refused, because the library invents a bound ten years away; an open end
("../2018-11-17") is kept as no bound at all.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
import time
from dataclasses import dataclass

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

# UCDP GED manner: the smallest class that contains the interval (days -> class).
_CLASSES = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
LONGER, BOUND = 6, 7

# The part of EDTF in use: year, month, day, or spring to autumn (winter falls in two years),
# and intervals of them. The library reads a mistyped 2018-31 as a southern spring.
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?|-2[1-3])?"
_PLAIN = re.compile(rf"(?:\.\.|{_DATE})(?:/(?:\.\.|{_DATE}))?")


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
        lows, highs = (self.earliest, other.earliest), (self.latest, other.latest)
        return Interval(
            None if None in lows else min(lows), None if None in highs else max(highs)
        )


def spoken(days: Interval) -> str:
    """An interval as prose says it: "2 November 2018", "on or before 17 November 2018"."""
    low, high = days.earliest, days.latest
    if low is None or high is None:
        return "undated" if low is high else f"on or before {_said(high)}" if high else f"on or after {_said(low)}"
    if (low.year, low.month, low.day) == (high.year, high.month, 1) and high.day == calendar.monthrange(high.year, high.month)[1]:
        return f"{low:%B %Y}"
    if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31):
        return str(low.year) if low.year == high.year else f"{low.year} to {high.year}"
    if low == high:
        return _said(low)
    shared = " %B %Y" if (low.year, low.month) == (high.year, high.month) else " %Y" if low.year == high.year else ""
    return f"{_said(low).removesuffix(format(low, shared)) if shared else _said(low)} to {_said(high)}"


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


@functools.cache
def interval(text: str) -> Interval:
    """The days that an EDTF string covers. Raises ValueError with what to do."""
    if text.startswith("/") or text.endswith("/"):
        raise ValueError(f"'{text}' has an unknown end, write '..' for an open one")
    wrong = ValueError(f"'{text}' is no EDTF date, write e.g. 2018-11-02, 2018-11 or a/b")
    if not _PLAIN.fullmatch(text):
        raise wrong
    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        raise wrong from None
    try:
        result = Interval(_day(parsed.lower_strict()), _day(parsed.upper_strict()))
    except (ValueError, OverflowError):
        raise ValueError(f"'{text}' lies outside the years 1 to 9999, correct it") from None
    if result.earliest is None and result.latest is None:
        raise ValueError(f"'{text}' has no bound, leave the date out")
    if result.earliest and result.latest and result.earliest > result.latest:
        raise ValueError(f"'{text}' ends before it begins, swap the ends")
    return result


def _day(value: time.struct_time | float) -> dt.date | None:
    return dt.date(*value[:3]) if isinstance(value, time.struct_time) else None
