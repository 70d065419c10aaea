"""Dealings with Azerbaijan: who acts with it, the arms, the leak, how it is treated."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import days, frames, subject
from csto.analysis.measures.parts import duration
from csto.analysis.printed import number
from csto.analysis.registry import Measured, measure

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


# ---- the leak --------------------------------------------------------------------------------


def leak_clock() -> pd.DataFrame:
    """The steps from the closed session on, with their days from it, in the order of answers."""
    events = frames.events()
    steps = days.clock(events.loc[list(subject.LEAK_CLOCK)], frames.row(events, subject.COUNCIL))
    steps = steps.loc[list(subject.LEAK_CLOCK)]
    return steps.assign(label=frames.with_states(steps["label"]))


@measure(
    "azerbaijan.days-session-to-row",
    "Days from the closed session to the last words of the row, at most",
    "days",
)
def session_to_row(without: str | None = None) -> Measured | None:
    found = duration(subject.COUNCIL, subject.COLLUSION, without)
    return found and Measured(found.high, found.evidence, found.low, found.high)


def leak_title() -> str:
    """What the clock of the leak shows: the day by which the row was public."""
    rebuke = frames.row(leak_clock(), subject.REBUKE)
    day = f"{rebuke['latest_date'].day} {rebuke['latest_date']:%B %Y}"
    return (
        f"By {day}, {number(int(rebuke['high_days']))} days after a closed session, Armenia’s row "
        "with Belarus was public"
    )


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
