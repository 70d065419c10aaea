"""Witnesses: how many documents tell an act, and in which order acts fell."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from csto import tables
from csto.analysis import days, frames, subject
from csto.analysis.measures.parts import counted, percent
from csto.analysis.measures.passages import joined
from csto.analysis.registry import Measured, measure

# ---- documents -------------------------------------------------------------------------------


@measure("robustness.events", "Acts in the five documents", "acts")
def event_count(without: str | None = None) -> Measured:
    return counted(tables.events(without))


def told_twice(without: str | None = None) -> pd.DataFrame:
    """Acts told by more than one document."""
    events = tables.events(without)
    return events[events["source_count"] > 1]


@measure("robustness.events-twice", "Acts told by more than one document", "acts")
def events_twice(without: str | None = None) -> Measured:
    return counted(told_twice(without))


@measure(
    "robustness.events-independent",
    "Acts told by documents that name no source in common",
    "acts",
)
def events_independent(without: str | None = None) -> Measured:
    twice, groups = told_twice(without), joined(without)
    tellers = twice["source_ids"].map(lambda ids: sum(not g.isdisjoint(ids) for g in groups))
    return counted(twice[tellers > 1])


# ---- order -----------------------------------------------------------------------------------


def orders() -> pd.DataFrame:
    """Pairs of acts with the percent of pairs of days that are earlier, the same, or later.

    Columns: `first`, `second` (labels), `before`, `same`, `after`.
    """
    events, rows = frames.events(), []
    for first, second in subject.ORDERS:
        one, other = frames.row(events, first), frames.row(events, second)
        before, same = days.order_shares(one, other)
        shares = (percent(before), percent(same), percent(1 - before - same))
        rows.append((one["label"], other["label"], *shares))
    return pd.DataFrame(rows, columns=["first", "second", "before", "same", "after"])


def _earlier(pair: Sequence[str], without: str | None) -> Measured | None:
    events = frames.events(without)
    some = events[events.index.isin(pair)].dropna(subset=days.BOUNDS)
    if len(some) < len(pair):
        return None
    one, other = (frames.row(some, key) for key in pair)
    before, _ = days.order_shares(one, other)
    return Measured(percent(before), frames.passages(events.loc[list(pair)]))


@measure(
    "robustness.demand-first",
    "Share of possible days on which Pashinyan's demand is earlier than the ministry's rebuke",
    "%",
)
def demand_first(without: str | None = None) -> Measured | None:
    return _earlier(subject.DEMAND_FIRST, without)


@measure(
    "robustness.exercise-first",
    "Share of possible days on which the refused exercise is earlier than the renounced quota",
    "%",
)
def exercise_first(without: str | None = None) -> Measured | None:
    return _earlier(subject.EXERCISE_FIRST, without)
