"""Witnesses: how many documents tell an act, and in which order acts fell."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis.measures.parts import counted
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
