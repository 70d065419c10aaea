"""Forecasts: how many, which of them name a time, and what later documents make of those."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames
from csto.analysis.measures.parts import counted
from csto.analysis.registry import Measured, measure


def ledger(without: str | None = None) -> pd.DataFrame:
    """The forecasts for reading: `hedges`, `by` and `scored` in words."""
    told = tables.forecasts(without)
    return told.assign(
        hedges=told["hedge"].fillna("none"),
        by=told["horizon"].fillna("no time"),
        scored=frames.spaced(told["verdict"]),
    )


@measure("withdrawal.forecasts", "Forecasts in the five documents", "forecasts")
def forecast_count(without: str | None = None) -> Measured:
    return counted(tables.forecasts(without))


@measure(
    "withdrawal.forecasts-with-horizon", "Forecasts that name a time", "forecasts", headline=True
)
def with_horizon(without: str | None = None) -> Measured:
    return counted(tables.forecasts(without).query("has_horizon"))


@measure(
    "withdrawal.horizon-contradicted",
    "Forecasts that name a time and are contradicted by a later document",
    "forecasts",
)
def contradicted(without: str | None = None) -> Measured:
    failed = tables.forecasts(without).query("has_horizon and verdict == 'contradicted'")
    return Measured(len(failed), tuple(frames.evidence(failed["extract_ids"], failed["scored_by"])))
