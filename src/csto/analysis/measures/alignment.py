"""Who leaned to whom: acts between states with their direction, and how many articles say so."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames, subject
from csto.analysis.printed import number
from csto.analysis.registry import Measured, measure
from csto.corpus.schema import source_of


@tables.remembered
def leanings(without: str | None = None) -> pd.DataFrame:
    """What a state did for another, or told sums of it, and force: one row an act or sum.

    Columns: `from_id`, `to_id`, `label`, `sort` (one of `subject.SORTS`), `date` (the latest
    possible day), `extract_ids`.
    """
    told = _every(without)
    pairs = pd.MultiIndex.from_frame(told[["from_id", "to_id"]])
    return told[pairs.isin(subject.PAIRS)]


def _every(without: str | None) -> pd.DataFrame:
    sums = _sums(without)  # first: of a reader who was asked for none nothing can be told
    return pd.concat([_acts(without), sums], ignore_index=True)


def _acts(without: str | None) -> pd.DataFrame:
    pairs = tables.dyads(without).rename(
        columns={"actor_state_id": "from_id", "recipient_state_id": "to_id"}
    )
    pairs = pairs.drop_duplicates(["event_id", "from_id", "to_id"])
    columns = ["event_id", "label", "latest_date", "extract_ids"]
    told = pairs.merge(tables.events(without)[columns], on="event_id", validate="m:1")
    told = told.assign(sort=told["event_kind"].astype(str).map(subject.SORTS))
    return told.dropna(subset=["sort"]).rename(columns={"latest_date": "date"})


def _sums(without: str | None) -> pd.DataFrame:
    """Facts that sum up what a state did for another, dated by their article."""
    facts = tables.facts(without)
    told = facts[facts["extract_id"].isin(subject.SUMS) & (facts["attribute"] == "tie")]
    written = tables.sources(without).set_index("source_id")["latest_date"]
    return told.assign(
        from_id=told["subject_id"],
        to_id=told["object_id"],
        label=told["extract_id"].map(lambda key: subject.SUMS[key][0]),
        sort=told["extract_id"].map(lambda key: subject.SUMS[key][1]),
        date=told["source_id"].map(written),
        extract_ids=told["extract_id"].map(lambda key: (key,)),
    )


def drawn() -> pd.DataFrame:
    """The leanings for drawing: `giver`, `taker`, `pair`, `articles` (that tell of the pair)."""
    told = frames.named(leanings(), giver="from_id", taker="to_id")
    told = told.assign(pair=told["giver"] + " → " + told["taker"])
    counts = told.groupby("pair")["extract_ids"].agg(
        lambda some: len({source_of(key) for keys in some for key in keys})
    )
    order = {f"{a} → {b}": place for place, (a, b) in enumerate(_pairs())}
    told = told.assign(articles=told["pair"].map(counts), place=told["pair"].map(order))
    return told.sort_values(["place", "date"], kind="stable").reset_index(drop=True)


def nobody() -> str:
    """The allies of which no article tells that they leaned to Armenia, as a pair; or ""."""
    told, members = _every(None), frames.members()
    givers = set(told.loc[told["to_id"] == subject.LEAVER, "from_id"])
    others = members.keys() - givers - {subject.LEAVER}
    who = f"{number(len(others)).capitalize()} other allies"
    return f"{who} → {members[subject.LEAVER]}" if others else ""


def _pairs() -> list[tuple[str, str]]:
    names = dict(tables.actors()[["actor_id", "name"]].to_numpy())
    return [(names[a], names[b]) for a, b in subject.PAIRS]


# ---- how many articles ---------------------------------------------------------------------


def _documents(rows: pd.DataFrame) -> Measured:
    keys = frames.passages(rows)
    return Measured(len({source_of(key) for key in keys}), keys)


@tables.remembered
def _between(giver: str, taker: str, without: str | None) -> pd.DataFrame:
    told = leanings(without)
    return told[(told["from_id"] == giver) & (told["to_id"] == taker)]


@measure(
    "azerbaijan.documents-leaning",
    "Articles by which both Belarus and Kazakhstan leaned towards Azerbaijan",
    "articles",
    headline=True,
)
def documents_leaning(without: str | None = None) -> Measured:
    """Articles that tell something of each of the two."""
    parts = [_between(one, subject.RIVAL, without) for one in subject.LEANING]
    both = set.intersection(*({source_of(k) for k in frames.passages(part)} for part in parts))
    keys = [key for part in parts for key in frames.passages(part) if source_of(key) in both]
    return Measured(len(both), tuple(dict.fromkeys(keys)))


@measure(
    "azerbaijan.documents-russian-arms", "Articles by which Russia armed Azerbaijan", "articles"
)
def documents_arming(without: str | None = None) -> Measured:
    return _arming(subject.RIVAL, without)


@measure(
    "azerbaijan.documents-arms-for-armenia", "Articles by which Russia armed Armenia", "articles"
)
def documents_arming_the_ally(without: str | None = None) -> Measured:
    return _arming(subject.LEAVER, without)


def _arming(taker: str, without: str | None) -> Measured:
    told = _between(subject.CENTRE, taker, without)
    return _documents(told[told["sort"] == subject.SORTS["arms_transfer"]])
