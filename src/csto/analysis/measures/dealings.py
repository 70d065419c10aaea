"""Dealings with Azerbaijan: who acts with it, the arms, the leak, how it is treated."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import days, frames, subject
from csto.analysis.measures.parts import duration
from csto.analysis.positions import worded
from csto.analysis.printed import number
from csto.analysis.registry import Measured, measure
from csto.corpus.values import HEDGED

# ---- acts ------------------------------------------------------------------------------------


# ---- arms ------------------------------------------------------------------------------------


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


# ---- what it is ------------------------------------------------------------------------------


def called() -> pd.DataFrame:
    """What each holder says that the country is to the alliance: one row an answer, by article."""
    held = tables.positions()
    held = held[held["question"] == subject.WHAT_IT_IS].assign(
        place=lambda one: one["source_id"].map(list(frames.documents()).index),
        said=lambda one: worded(one).where(one["status"] != HEDGED, worded(one) + ", hedged"),
        extract_ids=lambda one: one["extract_id"].map(lambda key: (key,)),
    )
    told = held.sort_values("place", kind="stable")
    return frames.named(told, holder="holder_id", article="source_id")


# ---- the leak --------------------------------------------------------------------------------


def leak_clock() -> pd.DataFrame:
    """The steps from the closed session on, with their days from it, in the order of answers.

    `about` says which are between Armenia and Belarus.
    """
    events = frames.events()
    steps = days.clock(events.loc[list(subject.LEAK_CLOCK)], frames.row(events, subject.COUNCIL))
    steps = steps.loc[list(subject.LEAK_CLOCK)]
    pairs = tables.dyads()
    two = [subject.LEAVER, subject.CONTENDER]
    between = pairs["actor_state_id"].isin(two) & pairs["recipient_state_id"].isin(two)
    quarrel = steps.index.isin(pairs.loc[between, "event_id"])
    steps.loc[subject.COUNCIL, "label"] = subject.SESSION
    return steps.assign(
        label=frames.with_states(steps["label"]),
        about=[subject.QUARREL[one] for one in quarrel.tolist()],
    )


@measure(
    "azerbaijan.days-session-to-row",
    "Days from the closed session to the last words of the row, at most",
    "days",
)
def session_to_row(without: str | None = None) -> Measured | None:
    found = duration(subject.COUNCIL, subject.COLLUSION, without)
    return found and Measured(found.high, found.evidence, found.low, found.high)


def _public() -> pd.Series:
    """The step of the row that is told by the earliest day."""
    steps = leak_clock()
    row = steps[steps["about"] == subject.QUARREL[True]]
    first: pd.Series = row.sort_values("latest_date", kind="stable").iloc[0]
    return first


def leak_title() -> str:
    """What the clock of the leak shows: the day by which the row was public."""
    step = _public()
    day = f"{step['latest_date'].day} {step['latest_date']:%B %Y}"
    return (
        f"By {day}, {number(int(step['high_days']))} days after talks behind closed doors, "
        "Armenia’s quarrel with Belarus was public"
    )


def leak_reached() -> str:
    """What is written at that day in the clock."""
    step = _public()
    day = f"{step['latest_date'].day} {step['latest_date']:%b}"
    return f"{day}, day {step['high_days']}: the quarrel is public"


@measure(
    "azerbaijan.days-session-to-leak",
    "Days from the closed session to its reported disclosure",
    "days",
    headline=True,
)
def session_to_leak(without: str | None = None) -> Measured | None:
    return duration(subject.COUNCIL, subject.LEAK, without)


# ---- the organisation, and views of the rival ------------------------------------------------


# ---- treatment -------------------------------------------------------------------------------
