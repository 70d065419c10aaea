"""The quarrel over the post: its steps, who backs whom, who is quoted on it."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import days, frames, positions, subject
from csto.analysis.measures.parts import duration, states
from csto.analysis.printed import number
from csto.analysis.registry import Measured, measure
from csto.corpus.values import AUTHOR


@tables.remembered
def on_the_post(without: str | None = None) -> pd.DataFrame:
    """Positions on who should hold the post."""
    held = tables.positions(without)
    return held[held["question"] == "Q1"]


def on_the_vacancy() -> set[str]:
    """The documents in which anybody has a position on the post."""
    return set(on_the_post()["source_id"])


# ---- days ----------------------------------------------------------------------------------


@measure(
    "rotation.weeks-empty",
    "Whole weeks from the recall to the last dated words on the empty post",
    "weeks",
    headline=True,
)
def weeks_empty(without: str | None = None) -> Measured | None:
    found = duration(subject.RECALL, subject.LAST_WORD, without)
    if found is None:
        return None
    low, high = found.low // 7, found.high // 7
    return Measured(low if low == high else None, found.evidence, low, high)


def clock() -> pd.DataFrame:
    """The steps of the quarrel with their days from the recall (`days.clock`).

    In the order in which one set off the other, which the days alone do not tell.
    """
    events = frames.events()
    steps = days.clock(events.loc[list(subject.CLOCK)], frames.row(events, subject.RECALL))
    steps = steps.loc[list(subject.CLOCK)]
    return steps.assign(label=frames.with_states(steps["label"]))


def clock_title() -> str:
    """What the clock shows."""
    found = weeks_empty()
    assert found
    weeks = number(found.value).capitalize()
    return f"{weeks} weeks after Armenia recalled him, the secretary general had no successor"


def clock_whole() -> str:
    """What is written over the time from the recall to the last words."""
    found = weeks_empty()
    assert found
    return f"{number(found.value)} weeks: still no successor"


# ---- months --------------------------------------------------------------------------------


# ---- backers -------------------------------------------------------------------------------


@measure(
    "rotation.backers-all",
    "Member states, besides Belarus, said to want a Belarusian in the post",
    "states",
    headline=True,
)
def backers(
    without: str | None = None,
    *,
    hedged: bool = True,
    negative: bool = False,
    unnamed: bool = True,
    one_document: bool = True,
) -> Measured:
    """`negative` counts those who want no Armenian; `unnamed` those for whom nobody speaks."""
    held = on_the_post(without)
    wanted = ["belarusian", "not_armenian"] if negative else ["belarusian"]
    others = frames.members().keys() - {subject.CONTENDER}
    speaking = held["attribution"].isin(["named_person", "named_institution"])
    held = held[
        held["stance"].isin(wanted)
        & held["state_id"].isin(others)
        & (hedged | (held["status"] != "hedged"))
        & (unnamed | speaking)
    ]
    return states(held, "state_id", one_document)


@measure(
    "rotation.backers-unhedged",
    "Member states, besides Belarus, said without a hedge to want a Belarusian in the post",
    "states",
    headline=True,
)
def firm_backers(without: str | None = None) -> Measured:
    return backers(without, hedged=False)


@measure(
    "rotation.backers-reported",
    "Member states, besides Belarus, said only with a hedge to want a Belarusian in the post",
    "states",
)
def reported_backers(without: str | None = None) -> Measured:
    every, firm = backers(without), firm_backers(without)
    only = [key for key in every.evidence if key not in firm.evidence]
    return Measured(every.value - firm.value, tuple(only))


def backing() -> pd.DataFrame:
    """What each member wants for the post, by article (`positions.backing`).

    Also what an author guesses that Russia wants.
    """
    shown = {id: label for id, label in frames.labels().items() if id in on_the_vacancy()}
    held = pd.concat([on_the_post(), _guesses()])
    return positions.backing(held, frames.members(), shown, _namings())


def _guesses() -> pd.DataFrame:
    """What authors guess that Russia wants, as positions of Russia."""
    held, (question, stance) = tables.positions(), subject.GUESS
    held = held[(held["question"] == question) & (held["stance"] == stance)]
    return held[held["attribution"] == AUTHOR].assign(state_id=subject.CENTRE, stance="belarusian")


def _namings() -> set[tuple[str, str]]:
    """Pairs of actor and document in which a fact or a position names the actor."""
    facts, held = tables.facts(), tables.positions()
    named = set(zip(held["state_id"], held["source_id"], strict=True))
    for end in ("subject_id", "object_id"):
        named |= set(zip(facts[end], facts["source_id"], strict=True))
    return named


# ---- voices --------------------------------------------------------------------------------
