"""Acts: between states, of one state, and those told in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

LANES = 5  # places beside each other for acts of one rung


def addressed(events: pd.DataFrame, organisation: Iterable[str]) -> pd.DataFrame:
    """Acts with a rung, with `addressee` and, where any bound is known, the day to draw them at.

    `addressee` is organisation, member or officer, or nobody named. `drawn_date`
    is the middle of the interval, or the only bound there is; `lane` tells
    acts on one rung apart.
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
    return in_lanes(acts, "rung", LANES)


def in_lanes(acts: pd.DataFrame, row: str, lanes: int) -> pd.DataFrame:
    """Acts in the order of `drawn_date`, with `lane`: places beside each other in one row."""
    acts = acts.sort_values("drawn_date", kind="stable")
    return acts.assign(lane=acts.groupby(row, observed=True).cumcount() % lanes)


def merged(events: pd.DataFrame) -> pd.DataFrame:
    """Acts with those told in one sentence as one: the first of them is kept. Indexed by event."""
    return events[~events["merge"].where(events["merge"].notna(), events.index).duplicated()]
