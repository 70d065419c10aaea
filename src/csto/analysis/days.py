"""Days: durations as intervals, clocks, and what falls into which period.

Days are counted as differences of calendar days; every duration is an interval, from the nearest
to the farthest possible days. Frames carry `earliest_date` and `latest_date`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from csto.corpus.dates import Interval, spoken

KNOWN = ("to the day", "within bounds", "no later than a press report")
BOUNDS = ["earliest_date", "latest_date"]


def days_between(start: pd.Series, end: pd.Series) -> tuple[int, int]:
    """Fewest and most days from one dated thing to another.

    Both carry `earliest_date` and `latest_date`. Raises ValueError when a
    bound that is needed is missing.
    """
    bounds = [
        start["earliest_date"],
        start["latest_date"],
        end["earliest_date"],
        end["latest_date"],
    ]
    if any(pd.isna(bound) for bound in bounds):
        raise ValueError("no duration without both bounds of both ends")
    return (bounds[2] - bounds[1]).days, (bounds[3] - bounds[0]).days


def in_words(one: pd.Series) -> str:
    """When a dated thing was, as prose says it."""
    ends = (one[bound] for bound in BOUNDS)
    return spoken(Interval(*(None if pd.isna(end) else end.date() for end in ends)))


def span(low: int, high: int) -> str:
    """An interval as prose prints it: "6" or "0–15"."""
    return f"{low}" if low == high else f"{low}–{high}"


def clock(steps: pd.DataFrame, origin: pd.Series) -> pd.DataFrame:
    """Steps with their distance in days from `origin`, in the order of their latest days.

    Adds `low_days`, `high_days` (int), `days` (text) and `known` (how the
    date is known). A step that answers to the origin is never before it, so
    the least distance is 0.
    """
    frame = steps.sort_values(["latest_date", "earliest_date"], kind="stable").copy()
    pairs = [days_between(origin, step) for _, step in frame.iterrows()]
    frame["low_days"] = [max(low, 0) for low, _ in pairs]
    frame["high_days"] = [high for _, high in pairs]
    ends = zip(frame["low_days"], frame["high_days"], strict=True)
    frame["days"] = [f"day {span(low, high)}" for low, high in ends]
    report = frame["date_basis"].astype(str) == "report_date"
    exact = frame["date_precision"] == 1
    frame["known"] = np.select([report, exact], [KNOWN[2], KNOWN[0]], KNOWN[1])
    return frame


def empty_years(events: pd.DataFrame, first: int, last: int) -> list[int]:
    """Calendar years from `first` to `last` on which no dated event can fall."""
    dated = events.dropna(subset=["earliest_date", "latest_date"])
    spans = zip(dated["earliest_date"].dt.year, dated["latest_date"].dt.year, strict=True)
    covered = {year for low, high in spans for year in range(low, high + 1)}
    return [year for year in range(first, last + 1) if year not in covered]


def silence(before: pd.DataFrame, after: pd.DataFrame) -> tuple[int, int]:
    """Fewest and most days from the last act of one set to the first of another.

    By the bounds of all; acts with a missing bound are left out of what that bound decides.
    """
    low = (after["earliest_date"].min() - before["latest_date"].max()).days
    return low, (after["latest_date"].min() - before["earliest_date"].max()).days


def stretches(years: list[int]) -> pd.DataFrame:
    """Calendar years as stretches to shade: columns `start`, `end` (exclusive)."""
    begun = [pd.Timestamp(year, 1, 1) for year in years]
    return pd.DataFrame({"start": begun, "end": [day + pd.DateOffset(years=1) for day in begun]})
