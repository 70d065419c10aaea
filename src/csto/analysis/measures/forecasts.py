"""Forecasts: how many, which of them name a time, and what later documents make of those."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames, subject
from csto.analysis.measures.parts import counted
from csto.analysis.registry import Measured, measure
from csto.corpus.dates import interval, spoken


def ledger() -> pd.DataFrame:
    """The forecasts for reading, those with a time first: `holder`, `hedges`, `by`, `scored`.

    `holder` has the office that the articles give, where the cast has one.
    """
    told = frames.named(tables.forecasts(), who="holder_id")
    offices = tables.cast().set_index("actor_id")["office"]
    beside = told["forecast_id"].map(subject.TOLD_BY).fillna(told["holder_id"].map(offices))
    told = told.assign(
        holder=told["who"] + (", " + beside.str[0].str.lower() + beside.str[1:]).fillna(""),
        hedges=told["hedge"].fillna("none"),
        by=[spoken(interval(by)) if isinstance(by, str) else "no time" for by in told["horizon"]],
        scored=told["verdict"].astype(str).map(subject.CAME),
    )
    return told.sort_values("has_horizon", ascending=False, kind="stable")


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
