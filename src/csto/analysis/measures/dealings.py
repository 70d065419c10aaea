"""Dealings with Azerbaijan: who acts with it, the arms, the leak, how it is treated."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import acts, days, frames, subject
from csto.analysis.measures.parts import allowed, counted, duration, states, told
from csto.analysis.printed import number
from csto.analysis.registry import Measured, measure

# ---- acts ------------------------------------------------------------------------------------


@measure(
    "azerbaijan.members-cooperating",
    "Members other than Armenia with a cooperative act with Azerbaijan",
    "members",
    headline=True,
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
    cells = allowed(cooperative(without), hedged=hedged, contested=contested, words=words)
    arming = cells["event_kind"].isin(subject.ARMING)
    return states(cells[arms | ~arming], "member_id", one_document)


@tables.remembered
def cooperative(without: str | None) -> pd.DataFrame:
    """Cooperative acts between Azerbaijan and members other than Armenia.

    One row an act, member and document.
    """
    others = [name for name in frames.members() if name != subject.LEAVER]
    cells = acts.act_cells(tables.dyads(without), tables.mentions(without), others, [subject.RIVAL])
    known = tables.events(without)[["event_id", "is_hedged", "is_contested"]]
    return cells[cells["direction"] == "cooperative"].merge(known, on="event_id", validate="m:1")


@measure(
    "azerbaijan.members-firm",
    "Members other than Armenia with a cooperative act with Azerbaijan "
    "that is neither hedged nor contested",
    "members",
    headline=True,
)
def members_firm(without: str | None = None) -> Measured:
    return members_cooperating(without, hedged=False, contested=False)


def grid() -> pd.DataFrame:
    """Acts of members with Azerbaijan and with Armenia, one row an act, pair and document.

    A cell without an act has one row, with `number` 0. Columns besides `acts.act_cells`:
    `label`, `member`, `document`, `counterpart`.
    """
    counterparts = [subject.RIVAL, subject.LEAVER]
    cells = acts.act_cells(tables.dyads(), tables.mentions(), frames.members(), counterparts)
    told_of = cells[cells["direction"] != "neutral"].merge(
        tables.events()[["event_id", "label"]], on="event_id", validate="m:1"
    )
    every = pd.MultiIndex.from_product(
        [frames.members(), counterparts, frames.documents()],
        names=["member_id", "counterpart_id", "source_id"],
    )
    drawn = every.to_frame(index=False).merge(told_of, how="left")
    drawn = drawn.fillna({"number": 0, "label": "no act told"}).astype({"number": int})
    return frames.named(
        drawn, member="member_id", document="source_id", counterpart="counterpart_id"
    )


# ---- arms ------------------------------------------------------------------------------------


def arming(without: str | None = None) -> pd.DataFrame:
    """Acts of arming, with `sort`: sold, or agreed."""
    events = tables.events(without)
    armed = events[events["event_kind"].isin(subject.ARMING)]
    return armed.assign(sort=armed["event_kind"].astype(str).map(subject.ARMING))


@measure("azerbaijan.russia-arms-acts", "Acts in which Russia arms Azerbaijan or Armenia", "acts")
def arms_acts(without: str | None = None) -> Measured:
    return counted(arming(without))


@measure(
    "azerbaijan.arms-billions",
    "Worth of Russian arms sold to Azerbaijan, at least, "
    "as the one document that gives a sum has it",
    "billion dollars",
)
def arms_billions(without: str | None = None) -> Measured | None:
    facts = tables.facts(without)
    sums = facts[facts["attribute"] == "amount"]
    if sums.empty:
        return None
    return Measured(int(sums["number"].iloc[0]), frames.passages(sums))


# ---- the leak --------------------------------------------------------------------------------


def leak_clock() -> pd.DataFrame:
    """The steps from the closed session on, with their days from it, in the order of answers."""
    events = frames.events()
    steps = days.clock(events.loc[list(subject.LEAK_CLOCK)], frames.row(events, subject.COUNCIL))
    return steps.loc[list(subject.LEAK_CLOCK)]


@measure(
    "azerbaijan.days-session-to-row",
    "Days from the closed session to the last words of the row, at most",
    "days",
)
def session_to_row(without: str | None = None) -> Measured | None:
    found = duration(subject.COUNCIL, subject.COLLUSION, without)
    return found and Measured(found.high, found.evidence, found.low, found.high)


def leak_title() -> str:
    """What the clock of the leak shows."""
    found = session_to_row()
    assert found
    return f"From a closed session to a public row within {number(found.value)} days"


@measure(
    "azerbaijan.days-session-to-leak",
    "Days from the closed session to its reported disclosure",
    "days",
    headline=True,
)
def session_to_leak(without: str | None = None) -> Measured | None:
    return duration(subject.COUNCIL, subject.LEAK, without)


@measure(
    "azerbaijan.days-leak-to-answer",
    "Most days from the reported disclosure to Pashinyan's demand",
    "days",
)
def leak_to_answer(without: str | None = None) -> Measured | None:
    found = duration(subject.LEAK, subject.ANSWER, without, also=[subject.ENVOY])
    return found and Measured(found.high, found.evidence, found.low, found.high)


@measure(
    "azerbaijan.days-leak-to-visit",
    "Days from the reported disclosure to Aliyev's visit to Belarus",
    "days",
)
def leak_to_visit(without: str | None = None) -> Measured | None:
    return duration(subject.LEAK, subject.VISIT, without, also=[subject.ENVOY])


# ---- the organisation, and views of the rival ------------------------------------------------


def acts_of_the_organisation() -> pd.DataFrame:
    """Acts of the organisation alone that bear on Azerbaijan, by their latest day, with `kind`."""
    events = frames.themed(tables.events(), subject.RIVAL)
    alone = events["actor_ids"].map(lambda ids: len(ids) == 1 and ids[0] in subject.ORGANISATION)
    return events[alone].assign(kind=frames.spaced(events["event_kind"])).sort_values("latest_date")


def views() -> pd.DataFrame:
    """What Azerbaijan is to the alliance, one row a position, with `view` in words."""
    held = tables.positions()
    asked = held[held["question"] == "Q8"]
    keys = asked["extract_id"].map(lambda key: (key,))
    return asked.assign(view=asked["stance"].map(subject.VIEWS), extract_ids=keys)


# ---- treatment -------------------------------------------------------------------------------


def treatment(without: str | None = None) -> pd.DataFrame:
    """How Azerbaijan and Armenia are treated (`acts.treatment`)."""
    return acts.treatment(
        tables.dyads(without),
        frames.members(),
        subject.ORGANISATION,
        subject.RIVAL,
        subject.LEAVER,
    )


@measure(
    "azerbaijan.influence-tests",
    "Comparisons in which Azerbaijan fares better than Armenia",
    "comparisons",
)
def better_treated(without: str | None = None) -> Measured:
    fared = treatment(without)
    return Measured(int(fared["is_better"].sum()), told(fared["event_ids"], without))


@measure("azerbaijan.influence-measures", "Comparisons made", "comparisons")
def comparisons(without: str | None = None) -> Measured:
    fared = treatment(without)
    return Measured(len(fared), told(fared["event_ids"], without))


@measure(
    "azerbaijan.influence-without-edm",
    "Comparisons in which Azerbaijan fares better when the document that makes the claim "
    "is left out",
    "comparisons",
)
def better_treated_without_the_claim() -> Measured:
    return better_treated(subject.CLAIMS_INFLUENCE)
