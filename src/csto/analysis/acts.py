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
    low = acts["earliest_date"].fillna(acts["latest_date"])
    high = acts["latest_date"].fillna(acts["earliest_date"])
    acts["drawn_date"] = (low + (high - low) / 2).dt.floor("D")
    return acts.sort_values("drawn_date", kind="stable")


def merged(events: pd.DataFrame) -> pd.DataFrame:
    """Acts with those told in one sentence as one: the first of them is kept. Indexed by event."""
    return events[~events["merge"].where(events["merge"].notna(), events.index).duplicated()]
