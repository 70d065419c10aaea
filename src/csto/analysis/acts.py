"""Acts: to whom they are addressed, and those told in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def addressed(events: pd.DataFrame, organisation: Iterable[str]) -> pd.DataFrame:
    """Acts with a rung, with `addressee` and, where any bound is known, the day to draw them at.

    `addressee` is organisation, member or officer, or nobody named. `drawn_date`, by which they
    are in order, is the middle of the interval, or the only bound there is.
    """
    acts = events[events["rung"].notna()].copy()
    bodies = set(organisation)
    acts["addressee"] = [
        "organisation" if bodies & set(ids) else "member or officer" if ids else "nobody named"
        for ids in acts["recipient_ids"]
    ]
    acts = drawn(acts)
    return acts.sort_values("drawn_date", kind="stable")


def drawn(acts: pd.DataFrame) -> pd.DataFrame:
    """Acts with `first_date` and `last_date`, the bounds to be drawn, and `drawn_date` in between.

    A missing bound is the other one.
    """
    low = acts["earliest_date"].fillna(acts["latest_date"])
    high = acts["latest_date"].fillna(acts["earliest_date"])
    middle = (low + (high - low) / 2).dt.floor("D")
    return acts.assign(first_date=low, last_date=high, drawn_date=middle)


def merged(events: pd.DataFrame) -> pd.DataFrame:
    """Acts with those told in one sentence as one: the first of them is kept. Indexed by event."""
    return events[~events["merge"].where(events["merge"].notna(), events.index).duplicated()]
