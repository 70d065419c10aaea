"""The drift: acts of Armenia on the ladder from loyalty to exit, and what explains them."""

from __future__ import annotations

import itertools

import pandas as pd

from csto import tables
from csto.analysis import acts, days, frames, subject
from csto.analysis.measures.parts import WORDS_ONLY, allowed, counted
from csto.analysis.registry import Measured, measure

YEAR = 365.25  # days


@tables.remembered
def on_the_ladder(without: str | None = None) -> pd.DataFrame:
    """Acts with a rung (`acts.addressed`), by event id."""
    return acts.addressed(frames.events(without), subject.ORGANISATION)


def is_late(told: pd.DataFrame) -> pd.Series:
    """Whether acts fall after the last stretch without data."""
    late: pd.Series = told["latest_date"].dt.year >= subject.AFTER_GAP
    return late


def steps() -> pd.DataFrame:
    """The acts that have a day to be drawn at, as `charts.steps` draws them."""
    acts = on_the_ladder().dropna(subset=["drawn_date"]).astype({"rung": str})
    drawn: pd.DataFrame = acts.assign(
        rung_name=acts["rung"].map(subject.RUNGS),
        towards=acts["addressee"].map(subject.TOWARDS),
        weight=(acts["intensity"] > WORDS_ONLY).map(subject.WEIGHTS),
        named=[subject.NAMED.get(key, "") for key in acts.index],
    )
    return drawn


def title() -> str:
    """What the picture of the steps shows, up to its last act."""
    acts = steps()
    short = "" if (acts["rung"] == subject.LEFT).any() else ", short of leaving"
    return (
        f"By {acts['last_date'].max():%B %Y} Armenia’s deeds had moved from recalling the "
        f"alliance’s head to refusing to take part{short}"
    )


def tellers() -> pd.DataFrame:
    """Who tells those acts, one row an act and article: `teller`, `drawn_date`."""
    told = steps().explode("source_ids")
    order = list(frames.labels())
    told = told.sort_values("source_ids", key=lambda ids: ids.map(order.index), kind="stable")
    return frames.named(told, teller="source_ids")[["teller", "drawn_date"]]


# ---- how many --------------------------------------------------------------------------------


def refused(without: str | None = None) -> pd.DataFrame:
    """The acts by which Armenia does less in the organisation, or is less in it."""
    acts = on_the_ladder(without)
    some: pd.DataFrame = acts[acts["distancing"] == "strict"]
    return some


@measure(
    "withdrawal.refusals",
    "Armenian acts aimed at the organisation that lower participation or standing",
    "acts",
    headline=True,
)
def refusals(without: str | None = None, *, words: bool = True) -> Measured:
    return counted(allowed(refused(without), words=words))


@measure("withdrawal.refusals-articles", "Articles that tell of these acts", "articles")
def refusals_articles(without: str | None = None) -> Measured:
    return counted(refused(without).explode("source_ids"), "source_ids")


@measure("withdrawal.acts-of-leaving", "Armenian acts of withdrawal", "acts")
def acts_of_leaving(without: str | None = None) -> Measured:
    """Rests on the passages that speak of leaving and do not tell it."""
    left = on_the_ladder(without)["rung"] == subject.LEFT
    return Measured(int(left.sum()), tuple(frames.still(subject.NO_EXIT, without)))


# ---- when ------------------------------------------------------------------------------------


@measure(
    "withdrawal.years-of-silence",
    "Whole years without a dated act of anybody, from the last before the gap to the first after",
    "years",
)
def years_of_silence(without: str | None = None) -> Measured | None:
    told = frames.events(without)
    told = told[told["latest_date"].notna()]
    late = is_late(told)
    if not late.any():
        return None
    fewest, _ = days.silence(told[~late], told[late])
    edges = told.index.intersection(list(subject.EDGES))
    return Measured(int(fewest // YEAR), frames.passages(told.loc[edges]))


# ---- whether they climb ----------------------------------------------------------------------


@measure(
    "withdrawal.deeds-falling",
    "Pairs of Armenian deeds of which the later is the nearer to the alliance",
    "pairs",
)
def deeds_falling(without: str | None = None) -> Measured:
    return _falling(_deeds(without))


@measure(
    "withdrawal.deeds-falling-but-one",
    "The same, the sappers and medics sent to Syria left aside",
    "pairs",
)
def deeds_falling_but_one(without: str | None = None) -> Measured:
    return _falling(_deeds(without).drop(subject.EXCEPTION, errors="ignore"))


@measure(
    "withdrawal.words-falling",
    "Pairs of Armenian acts of mere words of which the later is the nearer to the alliance",
    "pairs",
)
def words_falling(without: str | None = None) -> Measured:
    acts = on_the_ladder(without)
    return _falling(acts[acts["intensity"] <= WORDS_ONLY])


def _deeds(without: str | None) -> pd.DataFrame:
    return allowed(on_the_ladder(without), words=False)


def _falling(acts: pd.DataFrame) -> Measured:
    """Pairs, the one wholly before the other by their bounds, of which the later is lower."""
    falling = [
        one
        for one, other in itertools.permutations(acts.to_dict("records"), 2)
        if one["latest_date"] < other["earliest_date"] and one["rung"] > other["rung"]
    ]
    return Measured(len(falling), frames.passages(acts))


# ---- explanations ----------------------------------------------------------------------------


def explanations() -> pd.DataFrame:
    """Rival explanations of the refusals, one row each.

    Columns: `says`, `holders` (with their articles), `fits`, `leaves_open`, `begins`,
    `extract_ids`, `against_ids`.
    """
    claims = tables.claims().drop_duplicates("claim_id").set_index("claim_id")
    rows = []
    for claim, one in subject.EXPLANATIONS.items():
        told = _explained(one)
        voices = (told["holder"] + " (" + told["document"] + ")").drop_duplicates()
        found = {"holders": "; ".join(voices), "extract_ids": tuple(told["extract_id"])}
        against = (*claims.loc[claim, "against_ids"], *one.against)
        rows.append({**one._asdict(), **found, "against_ids": against})
    return pd.DataFrame(rows)


def _explained(one: subject.Explanation) -> pd.DataFrame:
    """Who gives an explanation, by positions and by passages in an article's own voice."""
    held, own = tables.positions(), tables.extracts()
    keys = zip(held["question"], held["stance"], strict=True)
    held = held[[key in one.stances for key in keys]]
    held = held[~held["extract_id"].isin(one.elsewhere)]
    authors = tables.sources().set_index("source_id")["author_id"]
    own = own[own["extract_id"].isin(one.passages)]
    own = own.assign(holder_id=own["source_id"].map(authors))
    both = pd.concat([own, held])[["extract_id", "holder_id", "source_id"]]
    order = list(frames.documents())
    both = both.sort_values("source_id", key=lambda ids: ids.map(order.index), kind="stable")
    return frames.named(both.drop_duplicates(), holder="holder_id", document="source_id")
