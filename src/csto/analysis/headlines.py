"""The headline numbers: each a function of the documents that are left and of the coding choices.

A chapter shows a headline through `show`, which adds what becomes of it with
each document left out; the robustness chapter runs the same functions over
every document and every choice. Choices have the meaning that their names
have in `CHOICES`; a measure takes those that bear on it.
"""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from csto import tables
from csto.analysis import measures, networks
from csto.exhibits.findings import Finding, Value, finding

AFTER_GAP = 2022  # the first year after the last stretch that no document covers

#: The coding choices of the specification curves: what each is called, and what True and False stand for.
CHOICES = {
    "hedged": ("hedged passages", "in", "out"),
    "contested": ("contested acts", "in", "out"),
    "words": ("acts of mere words", "in", "out"),
    "merged": ("acts told in one sentence", "one act", "several"),
    "broad": ("distancing", "broad", "strict"),
    "arms": ("arming", "in", "out"),
    "negative": ("“not an Armenian”", "counts as backing", "does not"),
    "unnamed": ("wishes nobody is named for", "in", "out"),
    "officers": ("recall and charges of the organisation’s head", "aimed at it", "at a person"),
    "claims": ("claims to its highest post", "aimed at it", "at nobody"),
    "one_document": ("told by", "one document or more", "two or more"),
}


@dataclass(frozen=True)
class Measured:
    """A number, or the interval it lies in, with the extracts behind it."""

    value: int | float | None
    evidence: tuple[str, ...]
    low: int | float | None = None
    high: int | float | None = None

    @property
    def plain(self) -> Value:
        """The number, or its interval as a list."""
        return [self.low, self.high] if self.value is None else self.value


@dataclass(frozen=True)
class Headline:
    """One headline number: what it is called and how it is measured."""

    id: str
    text: str
    unit: str
    measure: Callable[..., Measured | None]

    @property
    def choices(self) -> list[str]:
        """The coding choices that the measure takes."""
        return [name for name in inspect.signature(self.measure).parameters if name in CHOICES]


#: All headlines by id, in the order of the chapters.
HEADLINES: dict[str, Headline] = {}


def headline(id: str, text: str, unit: str) -> Callable:
    """Register a measure as a headline; it takes `without`, the id of a document, and coding choices."""

    def wrap(measure: Callable[..., Measured | None]) -> Callable[..., Measured | None]:
        HEADLINES[id] = Headline(id, text, unit, measure)
        return measure

    return wrap


def show(id: str) -> Finding:
    """A headline as a finding, with its value for each document left out."""
    one = HEADLINES[id]
    found = one.measure()
    if found is None:
        raise ValueError(f"headline {id} cannot be computed from the documents there are")
    return finding(
        id,
        one.text,
        found.value,
        low=found.low,
        high=found.high,
        unit=one.unit,
        evidence=found.evidence,
        without=without_each(id),
    )


def days_without(start: str, end: str) -> dict[str, Value]:
    """Days from one act to another with each document left out; None where one of the acts is lost or unbounded."""
    left = {source: _days(start, end, source) for source in tables.sources()["source_id"]}
    return {source: found and found.plain for source, found in left.items()}


def without_each(id: str) -> dict[str, Value]:
    """A headline with each document left out in turn; None where nothing is left to compute it from."""
    left = {
        source: HEADLINES[id].measure(without=source) for source in tables.sources()["source_id"]
    }
    return {source: found and found.plain for source, found in left.items()}


def leave_one_out() -> pd.DataFrame:
    """Every headline with every document left out, one row a headline, by id.

    Columns: `text`, `unit`, `main` (its value), one a document (its value
    without it), each a number, an interval as a list, or None; and
    `moves_without`, `lost_without` (tuples of documents).
    """
    rows = []
    for one in HEADLINES.values():
        main, without = one.measure().plain, without_each(one.id)
        moves = tuple(
            source for source, value in without.items() if value is not None and value != main
        )
        lost = tuple(source for source, value in without.items() if value is None)
        rows.append(
            {
                "id": one.id,
                "text": one.text,
                "unit": one.unit,
                "main": main,
                **without,
                "moves_without": moves,
                "lost_without": lost,
            }
        )
    return pd.DataFrame(rows).set_index("id")


def specifications(id: str) -> pd.DataFrame:
    """A headline under every combination of its coding choices, from the least value to the greatest.

    One row a combination: a column for each choice (bool), `value`, `is_main`
    (the book's own choices), `rank` (from 1). After Simonsohn, Simmons and Nelson 2020; combinations that
    leave nothing to compute have no row.
    """
    one = HEADLINES[id]
    parameters = inspect.signature(one.measure).parameters
    main = {name: parameters[name].default for name in one.choices}
    rows = []
    for values in itertools.product((True, False), repeat=len(one.choices)):
        chosen = dict(zip(one.choices, values, strict=True))
        if found := one.measure(**chosen):
            rows.append({**chosen, "value": found.value, "is_main": chosen == main})
    frame = pd.DataFrame(rows).sort_values(
        ["value", *one.choices], kind="stable", ignore_index=True
    )
    return frame.assign(rank=frame.index + 1)


# ---- corpus --------------------------------------------------------------------------


@headline("corpus.authorial-share", "Share of the passages in a document’s own voice", "%")
def authorial_share(without: str | None = None) -> Measured:
    return _mode_share("authorial", without)


@headline("corpus.direct-share", "Share of the passages wholly inside quotation marks", "%")
def direct_share(without: str | None = None) -> Measured:
    return _mode_share("direct", without)


def _mode_share(mode: str, without: str | None) -> Measured:
    extracts = tables.extracts(without)
    some = extracts[extracts["mode"] == mode]
    return Measured(round(100 * len(some) / len(extracts)), tuple(some["extract_id"]))


# ---- rotation ------------------------------------------------------------------------


@headline(
    "rotation.days-recall-to-last-word",
    "Days from the recall to the Russian spokesman’s words on the vacancy, the last that are dated",
    "days",
)
def recall_to_last_word(without: str | None = None) -> Measured | None:
    return _days("khachaturov-recalled", "peskov-no-vacuum", without)


@headline(
    "rotation.days-left",
    "Days left of the term at the recall, from its ending as 2020 begins to its ending with the year",
    "days",
)
def days_left(without: str | None = None) -> Measured | None:
    term = ["edm-2018.khachaturov-term-would-have-ended-2020", "asiaplus-2019.term-was-to-end-2020"]
    extracts, events = (
        tables.extracts(without).set_index("extract_id"),
        tables.events(without).set_index("event_id"),
    )
    told = [key for key in term if key in extracts.index]
    if not told or "khachaturov-recalled" not in events.index:
        return None
    recall = events.loc["khachaturov-recalled"]
    low, high = measures.days_between(recall, extracts.loc[told[0]])
    return Measured(None, (*recall["extract_ids"], *told), low, high)


@headline(
    "rotation.backers-all",
    "Member states, besides Belarus, said to want a Belarusian in the post",
    "states",
)
def backers(
    without: str | None = None,
    *,
    hedged: bool = True,
    negative: bool = False,
    unnamed: bool = True,
    one_document: bool = True,
) -> Measured:
    """`negative` counts those who want no Armenian; `unnamed` those for whom no person or institution speaks."""
    positions = tables.positions(without)
    actors = tables.actors(without)
    members = set(actors[actors["is_member"]]["actor_id"]) - {"belarus"}
    wanted = ["belarusian", "not_armenian"] if negative else ["belarusian"]
    held = positions[
        (positions["question"] == "Q1")
        & positions["stance"].isin(wanted)
        & positions["state_id"].isin(members)
    ]
    held = held[
        (hedged | (held["status"] != "hedged"))
        & (unnamed | held["attribution"].isin(["named_person", "named_institution"]))
    ]
    return _states(held, "state_id", one_document)


@headline(
    "rotation.backers-unhedged",
    "Member states, besides Belarus, said without a hedge to want a Belarusian in the post",
    "states",
)
def firm_backers(without: str | None = None) -> Measured:
    return backers(without, hedged=False)


@headline("rotation.russia-roles", "Different stances on the post ascribed to Russia", "stances")
def russia_roles(without: str | None = None) -> Measured:
    positions = tables.positions(without)
    held = positions[(positions["state_id"] == "russia") & (positions["question"] == "Q1")]
    return Measured(held["stance"].nunique(), tuple(held["extract_id"]))


# ---- Azerbaijan ----------------------------------------------------------------------


@headline(
    "azerbaijan.members-cooperating",
    "Members other than Armenia with a cooperative act with Azerbaijan",
    "members",
)
def members_cooperating(
    without: str | None = None,
    *,
    hedged: bool = True,
    contested: bool = True,
    words: bool = True,
    arms: bool = True,
    one_document: bool = True,
) -> Measured:
    told = cooperative_with(without, "azerbaijan")
    kept = (
        (hedged | ~told["is_hedged"])
        & (contested | ~told["is_contested"])
        & (words | (told["intensity"] > 2))
    )
    arming = told["event_kind"].isin(["arms_transfer", "arms_deal"])
    return _states(told[kept & (arms | ~arming)], "member_id", one_document)


@functools.cache  # callers only filter it
def cooperative_with(without: str | None, other: str) -> pd.DataFrame:
    """Cooperative acts between a state and members other than Armenia, one row an act, member and document."""
    actors = tables.actors(without)
    members = [
        name
        for name in actors[actors["is_member"]]["actor_id"]
        if name not in ("armenia", other)
    ]
    cells = measures.act_cells(tables.dyads(without), tables.mentions(without), members, [other])
    events = tables.events(without)[["event_id", "is_hedged", "is_contested"]]
    return cells[cells["direction"] == "cooperative"].merge(events, on="event_id", validate="m:1")


@headline(
    "azerbaijan.members-firm",
    "Members other than Armenia with a cooperative act with Azerbaijan that is neither hedged nor contested",
    "members",
)
def members_firm(without: str | None = None) -> Measured:
    return members_cooperating(without, hedged=False, contested=False)


@headline(
    "azerbaijan.days-session-to-leak",
    "Days from the closed session to its reported disclosure",
    "days",
)
def session_to_leak(without: str | None = None) -> Measured | None:
    return _days("astana-no-secretary-general", "lukashenka-discloses-session", without)


@headline(
    "azerbaijan.side-links",
    "Pairs of members other than Russia with a cooperative act between them",
    "pairs",
)
def side_links(
    without: str | None = None,
    *,
    hedged: bool = True,
    contested: bool = True,
    words: bool = True,
    one_document: bool = True,
) -> Measured:
    """What a star-type alliance around Russia would have none of."""
    pairs, members = ties_of(
        without, hedged=hedged, contested=contested, words=words, one_document=one_document
    )
    test = networks.star_test(pairs, members, "russia")
    others = pairs[~pairs[["one_id", "other_id"]].isin(["russia", "azerbaijan"]).any(axis=1)]
    return Measured(test["side_links"], _told(others["cooperative_ids"], without))


def ties_of(
    without: str | None = None,
    *,
    hedged: bool = True,
    contested: bool = True,
    words: bool = True,
    one_document: bool = True,
) -> tuple[pd.DataFrame, list[str]]:
    """The signed ties of the members and Azerbaijan (`networks.ties`), and the members' ids."""
    actors, events = tables.actors(without), tables.events(without)
    kept = (
        (hedged | ~events["is_hedged"])
        & (contested | ~events["is_contested"])
        & (words | (events["intensity"] > 2))
    )
    kept &= one_document | (events["source_count"] > 1)
    dyads = tables.dyads(without)
    members = list(actors[actors["is_member"]]["actor_id"])
    return networks.ties(
        dyads[dyads["event_id"].isin(events[kept]["event_id"])], [*members, "azerbaijan"]
    ), members


# ---- withdrawal ----------------------------------------------------------------------


@headline(
    "withdrawal.strict-acts",
    "Armenian acts aimed at the organisation that lower participation or standing",
    "acts",
)
def strict_acts(without: str | None = None) -> Measured:
    return _counted(distancing(without, broad=False))


@headline("withdrawal.broad-acts", "Armenian acts that distance under the broad reading", "acts")
def broad_acts(without: str | None = None) -> Measured:
    return _counted(distancing(without, broad=True))


@headline(
    "withdrawal.growth",
    "Distancing acts from 2022 on, less those up to 2019 (broad reading)",
    "acts",
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
    acts = distancing(without, broad=broad, words=words, contested=contested, hedged=hedged)
    acts = measures.merged(acts) if merged else acts
    late = is_late(acts)
    return Measured(int(late.sum() - (~late).sum()), _counted(acts).evidence)


@headline(
    "withdrawal.addressee-shift",
    "Share of adverse Armenian acts addressed to the organisation from 2022 on, less the share up to 2019",
    "points",
)
def addressee_shift(
    without: str | None = None,
    *,
    officers: bool = False,
    claims: bool = False,
    merged: bool = False,
    words: bool = True,
    contested: bool = True,
    hedged: bool = True,
    unnamed: bool = True,
) -> Measured | None:
    """In percentage points. None where a period has no act.

    `officers` reads acts against the organisation's secretary general as
    addressed to the organisation, `claims` claims to that post that name
    nobody; `unnamed` keeps acts that name no addressee.
    """
    acts = _some(armenian_acts(without), words=words, contested=contested, hedged=hedged)
    acts = acts[(acts["sign"] < 0) & acts["latest_date"].notna()]
    moved = (officers & acts["event_kind"].isin(["recall", "legal_action"])) | (
        claims & (acts["event_kind"] == "rival_claim")
    )
    addressee = acts["addressee"].mask(moved, "organisation")
    acts = acts.assign(addressee=addressee)[unnamed | (addressee != "nobody named")]
    acts = measures.merged(acts) if merged else acts
    late = is_late(acts)
    if not (late.any() and (~late).any()):
        return None
    after, before = ((acts[part]["addressee"] == "organisation").mean() for part in (late, ~late))
    return Measured(round(100 * (after - before)), _counted(acts).evidence)


@headline(
    "withdrawal.days-claim-to-renunciation",
    "Days from the acting foreign minister’s second claim to the post to the renunciation of the quota",
    "days",
)
def claim_to_renunciation(without: str | None = None) -> Measured | None:
    return _days("mnatsakanyan-armenia-eager", "armenia-renounces-deputy-quota-2023", without)


@headline("withdrawal.forecasts-with-horizon", "Forecasts that name a time", "forecasts")
def forecasts_with_horizon(without: str | None = None) -> Measured:
    dated = tables.forecasts(without).query("has_horizon")
    return Measured(len(dated), tuple(measures.evidence(dated["extract_ids"])))


@functools.cache  # callers only filter it
def armenian_acts(without: str | None = None) -> pd.DataFrame:
    """Acts with a rung (`measures.armenian_acts`), by event id."""
    return measures.armenian_acts(
        tables.events(without).set_index("event_id"), ["csto", "csto-council"]
    )


def distancing(
    without: str | None = None,
    *,
    broad: bool,
    words: bool = True,
    contested: bool = True,
    hedged: bool = True,
) -> pd.DataFrame:
    """The acts that distance, under the strict or the broad reading."""
    acts = _some(armenian_acts(without), words=words, contested=contested, hedged=hedged)
    return acts[acts["distancing"].isin(["strict", "broad"] if broad else ["strict"])]


def is_late(acts: pd.DataFrame) -> pd.Series:
    """Whether acts fall after the last stretch without data."""
    return acts["latest_date"].dt.year >= AFTER_GAP


# ---- parts ---------------------------------------------------------------------------


def _some(acts: pd.DataFrame, *, words: bool, contested: bool, hedged: bool) -> pd.DataFrame:
    return acts[
        (words | (acts["intensity"] > 2))
        & (contested | ~acts["is_contested"])
        & (hedged | ~acts["is_hedged"])
    ]


def _counted(acts: pd.DataFrame) -> Measured:
    return Measured(len(acts), tuple(measures.evidence(acts["extract_ids"])))


def _days(start: str, end: str, without: str | None) -> Measured | None:
    events = tables.events(without).set_index("event_id")
    if not {start, end} <= set(events.index):
        return None
    ends = events.loc[[start, end]]
    if ends[["earliest_date", "latest_date"]].isna().any(axis=None):
        return None
    low, high = measures.days_between(ends.loc[start], ends.loc[end])
    return Measured(
        low if low == high else None, tuple(measures.evidence(ends["extract_ids"])), low, high
    )


def _states(rows: pd.DataFrame, column: str, one_document: bool) -> Measured:
    """How many different states rows name, told by one document or by two and more."""
    documents = rows.groupby(column)["source_id"].nunique()
    named = documents.index[documents >= (1 if one_document else 2)]
    kept = rows[rows[column].isin(named)]
    keys: Sequence[str] | Iterable[Any] = (
        kept["extract_id"] if "extract_id" in kept else measures.evidence(kept["extract_ids"])
    )
    return Measured(len(named), tuple(keys))


def _told(event_ids: Iterable[tuple[str, ...]], without: str | None) -> tuple[str, ...]:
    events = tables.events(without).set_index("event_id")
    return tuple(
        measures.evidence(
            events.loc[list(dict.fromkeys(itertools.chain(*event_ids))), "extract_ids"]
        )
    )
