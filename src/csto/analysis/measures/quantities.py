"""Counts that no page prints: what a word of quantity, or a claim, comes to.

Each is of what a sentence says there is one, none or as many of; which sentence, the prose says.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from csto import tables
from csto.analysis import frames, registry, subject
from csto.analysis.measures import alignment, contrast, drift, outside_acts, passages, post
from csto.analysis.measures.cohesion import answered
from csto.analysis.measures.parts import WORDS_ONLY, by_documents, counted
from csto.analysis.registry import Function, Measured
from csto.analysis.witnesses import fed, groups

_measure = partial(registry.measure, among=registry.COUNTS)


def count(id: str, text: str) -> Callable[[Function], Function]:
    """Register a count."""
    return _measure(id, text)


# ---- the post ------------------------------------------------------------------------------


def _others_wanting(stances: list[str], without: str | None) -> pd.DataFrame:
    """Positions of members, besides the two at odds, that want one of some things for the post."""
    held = post.on_the_post(without)
    others = frames.members().keys() - {subject.CONTENDER, subject.LEAVER}
    return held[held["stance"].isin(stances) & held["state_id"].isin(others)]


@count("rotation.named-on-armenias-side", "Other members said to want an Armenian in the post")
def on_armenias_side(without: str | None = None) -> Measured:
    return counted(_others_wanting(["armenian", "not_belarusian"], without), "state_id")


@count("rotation.kazakhstan-backs", "Kazakhstan, if it is said to want a Belarusian in the post")
def kazakhstan_backs(without: str | None = None) -> Measured:
    held = _others_wanting(["belarusian"], without)
    return counted(held[held["state_id"] == "kazakhstan"], "state_id")


@count("rotation.other-members", "Members besides Armenia and Belarus")
def other_members(without: str | None = None) -> Measured:
    return by_documents(len(frames.members()) - 2, without)


@count("rotation.heard-of-the-quiet", "Passages in which Kyrgyzstan or Tajikistan speaks")
def heard_of_the_quiet(without: str | None = None) -> Measured:
    extracts = tables.extracts(without)
    states = frames.states_of(extracts["speaker_id"])
    return by_documents(int(states.isin(["kyrgyzstan", "tajikistan"]).sum()), without)


# ---- who leaned ----------------------------------------------------------------------------


def _leaning(without: str | None) -> pd.DataFrame:
    told = alignment.leanings(without)
    return told[told["from_id"].isin(subject.LEANING) & (told["to_id"] == subject.RIVAL)]


@count("azerbaijan.leaning-told-twice", "Acts of that leaning that two articles tell")
def leaning_told_twice(without: str | None = None) -> Measured:
    told = _leaning(without)
    articles = told["extract_ids"].map(lambda keys: len({key.split(".")[0] for key in keys}))
    return counted(told[articles > 1])


@count("azerbaijan.leaning-after-2018", "Acts of that leaning after 2018")
def leaning_after(without: str | None = None) -> Measured:
    told = _leaning(without)
    return counted(told[told["date"].dt.year > subject.LEANING_UNTIL])


@count("azerbaijan.leaning-of-others", "Acts by which another member leaned to Azerbaijan")
def leaning_of_others(without: str | None = None) -> Measured:
    pairs = tables.dyads(without)
    quiet = pairs["actor_state_id"].isin(["kyrgyzstan", "tajikistan"])
    to_it = pairs["recipient_state_id"] == subject.RIVAL
    return Measured(int((quiet & to_it).sum()), documents=frames.documents(without))


@count("azerbaijan.leak-articles", "Articles that tell the leak")
def leak_articles(without: str | None = None) -> Measured:
    return _articles([subject.LEAK], without)


def _articles(ids: list[str], without: str | None) -> Measured:
    events = frames.events(without)
    return counted(events.loc[events.index.intersection(ids)].explode("source_ids"), "source_ids")


# ---- what holds it together ----------------------------------------------------------------


@count("cohesion.strong-future", "Answers on the alliance’s future that see it strong")
def strong_future(without: str | None = None) -> Measured:
    held = answered("Q7", without)
    return by_documents(int((~held["stance"].isin(subject.DOUBTFUL)).sum()), without)


# ---- the drift -----------------------------------------------------------------------------


@count("withdrawal.exit-announced", "Answers of Armenians that it will leave")
def exit_announced(without: str | None = None) -> Measured:
    held = answered("Q6", without)
    theirs = frames.states_of(held["holder_id"]) == subject.LEAVER
    return by_documents(int((theirs & ~held["stance"].isin(subject.OPEN)).sum()), without)


def _most_in_one(acts: pd.DataFrame) -> int:
    """How many of the acts the article tells that tells most of them."""
    told = acts.explode("source_ids")["source_ids"].value_counts()
    return int(told.max()) if len(told) else 0


def _late(without: str | None) -> pd.DataFrame:
    acts = drift.on_the_ladder(without)
    return acts[acts["latest_date"].notna() & drift.is_late(acts)]


@count("withdrawal.late-acts", "Armenian acts from 2022 on")
def late_acts(without: str | None = None) -> Measured:
    return by_documents(len(_late(without)), without)


@count("withdrawal.late-acts-in-one", "Of them, those that the article with most of them tells")
def late_acts_in_one(without: str | None = None) -> Measured:
    return by_documents(_most_in_one(_late(without)), without)


@count("withdrawal.late-deeds", "Armenian deeds from 2022 on")
def late_deeds(without: str | None = None) -> Measured:
    acts = _late(without)
    return by_documents(int((acts["intensity"] > WORDS_ONLY).sum()), without)


@count("withdrawal.late-deeds-in-one", "Of them, those that the article with most of them tells")
def late_deeds_in_one(without: str | None = None) -> Measured:
    acts = _late(without)
    return by_documents(_most_in_one(acts[acts["intensity"] > WORDS_ONLY]), without)


# ---- silence -------------------------------------------------------------------------------


def _surely_between(first: str, last: str, without: str | None) -> pd.DataFrame:
    """Acts that can only have happened between two days, these included."""
    acts = frames.events(without)
    low, high = pd.Timestamp(first), pd.Timestamp(last)
    return acts[(acts["earliest_date"] >= low) & (acts["latest_date"] <= high)]


@count("story.acts-in-2017", "Acts dated in 2017")
def acts_of_2017(without: str | None = None) -> Measured:
    return by_documents(len(_surely_between("2017-01-01", "2017-12-31", without)), without)


@count("story.acts-in-silence", "Acts dated from March 2019 to August 2022")
def acts_in_silence(without: str | None = None) -> Measured:
    return by_documents(len(_surely_between("2019-03-01", "2022-08-31", without)), without)


@count("story.acts-in-shaded-years", "Acts dated in a year that charts shade")
def acts_in_shaded_years(without: str | None = None) -> Measured:
    years = passages.empty_years()
    some = [len(_surely_between(f"{y}-01-01", f"{y}-12-31", without)) for y in years]
    return by_documents(sum(some), without)


@count("rotation.steps-in-winter", "Steps of the quarrel dated from December 2018 to January 2019")
def steps_in_winter(without: str | None = None) -> Measured:
    steps = _surely_between("2018-12-01", "2019-01-31", without)
    return by_documents(len(steps.index.intersection(list(subject.CLOCK))), without)


@count("cohesion.members-leaving", "Acts from 2016 on by which a member left or froze its part")
def members_leaving(without: str | None = None) -> Measured:
    acts = frames.events(without)
    gone = (acts["event_kind"] == "suspend_membership") | (acts["rung"] == subject.LEFT)
    return by_documents(int((gone & (acts["latest_date"].dt.year >= 2016)).sum()), without)


@count("story.rival-a-member", "Azerbaijan, if it is a member")
def rival_a_member(without: str | None = None) -> Measured:
    return by_documents(int(subject.RIVAL in frames.members()), without)


@count("story.acts-between", "Armenian acts dated between the two periods")
def acts_between(without: str | None = None) -> Measured:
    silent = _surely_between("2019-03-01", "2022-08-31", without)
    return by_documents(int(silent["rung"].notna().sum()), without)


@count("withdrawal.words-in-order", "Whether no Armenian words come after ones of a higher rung")
def words_in_order(without: str | None = None) -> Measured:
    return by_documents(int(drift.words_falling(without).value == 0), without)


# ---- how sure ------------------------------------------------------------------------------


@count("azerbaijan.row-steps", "Steps of the row but the session")
def row_steps(without: str | None = None) -> Measured:
    return by_documents(len(_row(without)), without)


@count("azerbaijan.row-steps-in-one", "Of them, those that the article with most of them tells")
def row_steps_in_one(without: str | None = None) -> Measured:
    return by_documents(_most_in_one(_row(without)), without)


def _row(without: str | None) -> pd.DataFrame:
    events = frames.events(without)
    steps = [step for step in subject.LEAK_CLOCK if step != subject.COUNCIL]
    return events.loc[events.index.intersection(steps)]


@count("robustness.witnesses", "Articles, those that share a named outlet taken as one")
def apart(without: str | None = None) -> Measured:
    told = fed(without)
    named = told[told["feeder_id"] != subject.NO_OUTLET]
    pairs = sorted(set(zip(named["source_id"], named["feeder_id"], strict=True)))
    return by_documents(len(groups(frames.documents(without), pairs)), without)


@count("robustness.outlets-of-jorbenadze", "Passages of Jorbenadze’s that came through an outlet")
def outlets_of_jorbenadze(without: str | None = None) -> Measured:
    told = fed(without)
    return by_documents(int((told["source_id"] == "jorbenadze-2018").sum()), without)


@count("robustness.shift-among-deeds", "Shift of addressee among deeds, its officers being it")
def shift_among_deeds(without: str | None = None) -> Measured | None:
    return contrast.addressee_shift(without, officers=True, words=False)


@count("robustness.acts-without-eurasianet", "Acts after February 2019, without Eurasianet")
def acts_without_eurasianet() -> Measured:
    return by_documents(len(_surely_between("2019-03-01", "2023-12-31", "eurasianet-2023")))


@count("robustness.of-weight", "Matters on which articles differ in weight, firmness or by time")
def of_weight(without: str | None = None) -> Measured:
    return _matters(without, True)


@count("robustness.of-fact", "Matters on which they differ in names or numbers")
def of_fact(without: str | None = None) -> Measured:
    return _matters(without, False)


def _matters(without: str | None, of_weight: bool) -> Measured:
    told = tables.disagreements(without)
    weight = told["disagreement"] != "naming"
    return counted(told[weight == of_weight], "disagreement_id")


# ---- the outside record --------------------------------------------------------------------


def _drawn_late() -> pd.DataFrame:
    """The steps of the outside record that are drawn after the articles end."""
    steps = outside_acts.steps()
    return steps[steps["drawn_date"] > outside_acts.ends()]


@count("aftermath.late-steps", "Steps drawn after the articles end")
def late_steps() -> Measured:
    return by_documents(len(_drawn_late()))


@count("aftermath.above-the-quota", "Settled steps after the articles end above their last one")
def above_the_quota() -> Measured:
    last = frames.row(drift.on_the_ladder(), subject.RENUNCIATION)["rung"]
    return by_documents(int((outside_acts.after()["rung"].astype(str) > str(last)).sum()))


@count("aftermath.late-words", "Of them, those that are words")
def late_words() -> Measured:
    return by_documents(int((_drawn_late()["weight"] == subject.WEIGHTS[False]).sum()))


@count("aftermath.missions-told", "Missions of the alliance to Armenia that the articles tell of")
def missions_told(without: str | None = None) -> Measured:
    acts = frames.events(without)
    sent = acts[acts["event_kind"] == "deployment_or_mission"]
    own = sent["actor_ids"].map(lambda ids: bool(set(subject.ORGANISATION) & set(ids)))
    return by_documents(int(own.sum()), without)
