"""The drift: acts of Armenia on the ladder from loyalty to exit, and those that distance."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import acts, days, frames, rise, subject
from csto.analysis.measures.parts import allowed, counted, percent
from csto.analysis.measures.passages import empty_years, years
from csto.analysis.registry import Measured, measure

READINGS = {"strict": ["strict"], "broad": ["strict", "broad"]}


@tables.remembered
def on_the_ladder(without: str | None = None) -> pd.DataFrame:
    """Acts with a rung (`acts.addressed`), by event id."""
    return acts.addressed(frames.events(without), subject.ORGANISATION)


def distancing(
    without: str | None = None,
    *,
    broad: bool,
    words: bool = True,
    contested: bool = True,
    hedged: bool = True,
) -> pd.DataFrame:
    """The acts that distance, under the strict or the broad reading."""
    some = allowed(on_the_ladder(without), words=words, contested=contested, hedged=hedged)
    return some[some["distancing"].isin(READINGS["broad" if broad else "strict"])]


def is_late(told: pd.DataFrame) -> pd.Series:
    """Whether acts fall after the last stretch without data."""
    late: pd.Series = told["latest_date"].dt.year >= subject.AFTER_GAP
    return late


def drawn() -> pd.DataFrame:
    """The acts on the ladder that have a day to be drawn at, with `rung_name`."""
    placed = on_the_ladder().dropna(subset=["drawn_date"])
    return placed.assign(rung_name=placed["rung"].astype(str).map(subject.RUNGS))


# ---- how many --------------------------------------------------------------------------------


@measure(
    "withdrawal.strict-acts",
    "Armenian acts aimed at the organisation that lower participation or standing",
    "acts",
    headline=True,
)
def strict_acts(without: str | None = None) -> Measured:
    return counted(distancing(without, broad=False))


@measure(
    "withdrawal.strict-acts-merged",
    "Armenian acts aimed at the organisation, with acts told in one sentence counted as one",
    "acts",
)
def strict_acts_merged(without: str | None = None) -> Measured:
    strict = distancing(without, broad=False)
    return Measured(len(acts.merged(strict)), frames.passages(strict))


@measure(
    "withdrawal.broad-acts",
    "Armenian acts that distance under the broad reading",
    "acts",
    headline=True,
)
def broad_acts(without: str | None = None) -> Measured:
    return counted(distancing(without, broad=True))


@measure("withdrawal.acts-of-leaving", "Armenian acts of withdrawal", "acts")
def acts_of_leaving(without: str | None = None) -> Measured:
    """Rests on the passages that speak of leaving and do not tell it."""
    left = on_the_ladder(without)["rung"] == subject.LEFT
    return Measured(int(left.sum()), tuple(frames.still(subject.NO_EXIT, without)))


# ---- when ------------------------------------------------------------------------------------


def by_year() -> pd.DataFrame:
    """Distancing acts by year: for each reading those that fall in it for certain, and that may.

    Columns: `period`, `strict`, `strict_possible`, `broad`, `broad_possible`, `known`.
    """
    counts = {}
    for name, terms in READINGS.items():
        some = on_the_ladder()[on_the_ladder()["distancing"].isin(terms)]
        yearly = days.per_period(some, "Y").set_index("period")
        counts[name] = yearly["certain_count"]
        counts[f"{name}_possible"] = yearly["possible_count"]
    every = pd.Index(map(str, years()), name="period")
    found = pd.DataFrame(counts).reindex(every).fillna(0).astype(int)
    found["known"] = ""
    found.loc[[str(year) for year in empty_years()], "known"] = "no dated act of anybody"
    return found.reset_index()


@measure(
    "withdrawal.growth",
    "Distancing acts from 2022 on, less those up to 2019 (broad reading)",
    "acts",
    headline=True,
)
def growth(
    without: str | None = None,
    *,
    broad: bool = True,
    merged: bool = False,
    words: bool = True,
    contested: bool = True,
    hedged: bool = True,
) -> Measured:
    some = distancing(without, broad=broad, words=words, contested=contested, hedged=hedged)
    some = acts.merged(some) if merged else some
    late = is_late(some)
    return Measured(int(late.sum() - (~late).sum()), frames.passages(some))


@measure(
    "withdrawal.days-of-silence",
    "Days without a dated act of anybody, from the last one before the gap to the first after it",
    "days",
)
def days_of_silence(without: str | None = None) -> Measured | None:
    told = frames.events(without)
    told = told[told["latest_date"].notna()]
    late = is_late(told)
    if not late.any():
        return None
    low, high = days.silence(told[~late], told[late])
    edges = told.index.intersection(list(subject.EDGES))
    return Measured(None, frames.passages(told.loc[edges]), low, high)


# ---- whether they climb ----------------------------------------------------------------------

DRAWS, SEED = 10_000, 2016


def _bounded(without: str | None = None) -> pd.DataFrame:
    return on_the_ladder(without).dropna(subset=days.BOUNDS)


@measure(
    "withdrawal.rise",
    "Goodman and Kruskal's gamma of rung and day, over draws within the bounds of the acts "
    "(−1 to 1)",
)
def rising(without: str | None = None) -> Measured:
    some = _bounded(without)
    low, high = rise.rise_range(some, DRAWS, SEED)
    return Measured(None, frames.passages(some), low, high)


@measure("withdrawal.draws", "Draws of days within the bounds of Armenian acts", "draws")
def draws() -> Measured:
    return Measured(DRAWS, frames.passages(_bounded()))


@measure(
    "withdrawal.rise-null",
    "Share of random orders of the same rungs that rise at least as steeply as the acts do",
    "%",
)
def rising_by_chance() -> Measured:
    some = _bounded()
    steps, drawn_days = some["rung"].cat.codes.to_numpy(), rise.day_draws(some, DRAWS, SEED)
    seen = rise.rises(drawn_days, steps).round(2).mean()
    shuffled = rise.rises(drawn_days, rise.shuffles(steps, DRAWS, SEED))
    return Measured(percent((shuffled >= seen).mean()), frames.passages(some))


# ---- what is said of it -------------------------------------------------------------------------


def said_of_leaving() -> pd.DataFrame:
    """Stances on leaving, on when the drift began, on what the renunciation means.

    One row a question, holder, document, stance and status; `about` has the stance in words.
    """
    held = tables.positions()
    said = held[held["question"].isin(["Q6", "Q9", "Q10"])]
    began = "the drift began in " + said["stance"]
    about = frames.spaced(said["stance"]).where(said["question"] != "Q9", began)
    said = said.assign(about=about, status=said["status"].astype(str))
    return frames.grouped(said, "question", "holder_id", "source_id", "about", "status")
