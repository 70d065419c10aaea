"""Verdicts of the outside record: on forecasts, on statements of the documents, on the fighting."""

from __future__ import annotations

import pandas as pd

from csto.analysis import frames, subject
from csto.analysis.measures import forecasts
from csto.analysis.measures.parts import checked
from csto.analysis.measures.passages import empty_years
from csto.analysis.registry import Measured, measure
from csto.corpus.schema import source_of
from csto.tables import outside as record

ARMS_UNITS = ["billion US dollars", "%"]

# ---- forecasts -------------------------------------------------------------------------------


def scores() -> pd.DataFrame:
    """Every forecast with both its scores (`forecasts.ledger`), `rescored` in the same words."""
    columns = ["row_id", "outside_verdict"]
    again = record.outside_scores()[columns].set_index("row_id", drop=False)
    both = forecasts.ledger().join(again, on="forecast_id", validate="1:1")
    return both.assign(rescored=both["outside_verdict"].map(subject.CAME))


def _scored(verdict: str) -> pd.DataFrame:
    both = scores()
    return both[both["outside_verdict"] == verdict]


@measure("aftermath.forecasts", "Forecasts scored a second time", "forecasts")
def scored_again() -> Measured:
    return checked(scores())


@measure("aftermath.scores-supported", "Forecasts that the outside record supports", "forecasts")
def supported() -> Measured:
    return checked(_scored("supported"))


@measure(
    "aftermath.scores-contradicted", "Forecasts that the outside record contradicts", "forecasts"
)
def contradicted() -> Measured:
    return checked(_scored("contradicted"))


@measure("aftermath.forecasts-dated", "Forecasts that name a time", "forecasts")
def dated() -> Measured:
    return checked(scores().query("has_horizon"))


# ---- statements ------------------------------------------------------------------------------


def statements(judgement: str | None = None) -> pd.DataFrame:
    """Statements of the documents that were checked, all or those judged alike."""
    told = record.outside_statements()
    told["source_ids"] = told["extract_ids"].map(_sources)
    return told[told["judgement"] == judgement] if judgement else told


def _sources(extract_ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source_of(key) for key in extract_ids))


@measure(
    "aftermath.statements",
    "Statements of the documents that were checked against public pages",
    "statements",
)
def statement_count() -> Measured:
    return checked(statements())


@measure("aftermath.agrees", "Statements with which pages agree", "statements")
def agreeing() -> Measured:
    return checked(statements("agrees"))


@measure("aftermath.incomplete", "Statements that pages complete or correct in part", "statements")
def incomplete() -> Measured:
    return checked(statements("incomplete"))


@measure("aftermath.disputed", "Statements that stay in dispute", "statements")
def disputed() -> Measured:
    return checked(statements("disputed"))


@measure("aftermath.contradicted", "Statements that pages contradict", "statements")
def denied() -> Measured:
    return checked(statements("contradicted"))


def arms() -> pd.DataFrame:
    """Figures on arms, `when` they were given, or for which time."""
    figures = record.outside_figures()
    figures = figures[figures["unit"].isin(ARMS_UNITS)]
    return figures.assign(when=figures["period"].fillna("undated"))


# ---- fighting --------------------------------------------------------------------------------


def fighting() -> pd.DataFrame:
    """Years of the conflict in a data set: `year`, its `state` in words, and `row_ids`."""
    years = record.outside_fighting()
    rows = years["row_id"].map(lambda key: (key,))
    return years.assign(state=frames.spaced(years["fighting"]), row_ids=rows)


def fighting_title() -> str:
    """What the picture of the fighting shows: the year of war, and whether any act is of it."""
    years = fighting()
    war = years.loc[years["state"] == "war", "year"].item()
    silent = ", a year in which no article dates an act" if war in empty_years() else ""
    return f"Azerbaijan and Armenians fought a war in {war}{silent}"
