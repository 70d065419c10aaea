"""Shapes that measures share: a count, a share, a duration, different states."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from csto.analysis import days, frames
from csto.analysis.registry import Measured

WORDS_ONLY = 2  # the highest intensity that stops at words


def counted(rows: pd.DataFrame, column: str | None = None) -> Measured:
    """How many rows, or different values of a column, with the passages behind them."""
    return Measured(rows[column].nunique() if column else len(rows), frames.passages(rows))


def by_documents(value: object, without: str | None = None) -> Measured:
    """A number that rests on whole documents."""
    return Measured(value, documents=frames.documents(without))


def percent(part: float, whole: float = 1) -> int:
    """A share in whole percent."""
    return round(100 * part / whole)


def between(start: pd.Series, end: pd.Series, evidence: Iterable[str]) -> Measured:
    """Days from one dated thing to another."""
    low, high = days.days_between(start, end)
    return Measured(low if low == high else None, tuple(evidence), low, high)


def duration(
    start: str, end: str, without: str | None, also: Iterable[str] = ()
) -> Measured | None:
    """Days from one act to another, by their ids; None where one is lost or lacks a bound.

    `also` are acts whose passages bear on it, too.
    """
    events = frames.events(without)
    if not {start, end} <= set(events.index):
        return None
    if events.loc[[start, end], days.BOUNDS].isna().any(axis=None):
        return None
    told = events.loc[[start, end, *also], "extract_ids"]
    ends = (frames.row(events, start), frames.row(events, end))
    return between(*ends, frames.evidence(told))


def states(rows: pd.DataFrame, column: str, one_document: bool) -> Measured:
    """How many different states rows name, told by one document or by two and more."""
    told_by = rows.groupby(column)["source_id"].nunique()
    kept = told_by.index[told_by >= (1 if one_document else 2)]
    return Measured(len(kept), frames.passages(rows[rows[column].isin(kept)]))


def allowed(
    acts: pd.DataFrame, *, hedged: bool = True, contested: bool = True, words: bool = True
) -> pd.DataFrame:
    """Acts that coding choices let in."""
    return acts[
        (hedged | ~acts["is_hedged"])
        & (contested | ~acts["is_contested"])
        & (words | (acts["intensity"] > WORDS_ONLY))
    ]


def told(event_ids: Iterable[Iterable[str]], without: str | None = None) -> tuple[str, ...]:
    """The passages that tell acts, given in columns of tuples."""
    keys = frames.evidence(event_ids)
    return tuple(frames.evidence(frames.events(without).loc[keys, "extract_ids"]))


def outside(rows: pd.DataFrame, also: Iterable[str] = ()) -> Measured:
    """How many rows of the outside record; `also` are rows that bear on it, too."""
    return Measured(len(rows), outside=(*rows["row_id"], *also))


def checked(rows: pd.DataFrame) -> Measured:
    """How many rows of the outside record, with the passages that they speak of."""
    return Measured(len(rows), frames.passages(rows), outside=tuple(rows["row_id"]))
