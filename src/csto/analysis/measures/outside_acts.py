"""Acts and meetings of the outside record: the ladder after the documents end, and the summits."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames, outside, subject
from csto.analysis.measures import drift, parts
from csto.analysis.registry import Measured, measure
from csto.tables import outside as record


def ends() -> pd.Timestamp:
    """The day on which the documents end."""
    last: pd.Timestamp = tables.sources()["earliest_date"].max()
    return last


# ---- the ladder ------------------------------------------------------------------------------


def after() -> pd.DataFrame:
    """Armenian acts towards the organisation after the documents end (`outside.rungs_after`)."""
    found = outside.rungs_after(record.outside_steps(), record.outside_summits(), ends())
    return found.assign(rung_name=found["rung"].map(subject.RUNGS))


def read_otherwise() -> pd.DataFrame:
    """Those of them that another reading puts on another rung."""
    found = after()
    return found[found["or_rung"].notna()]


def steps() -> pd.DataFrame:
    """Acts of the articles and of the outside record, as `charts.steps` draws them.

    An act that another reading puts on another step stands there, too.
    """
    new = _as_steps(after(), subject.WEIGHTS[True])
    said = (new["rung"] == subject.SPEAKS) | (new["row_id"] == subject.FREEZE)
    new["weight"] = new["weight"].mask(said, subject.WEIGHTS[False])
    twice = read_otherwise()
    twice = _as_steps(twice.assign(rung=twice["or_rung"]), subject.WEIGHTS[None])
    twice = twice.assign(named=subject.FREEZE_NOTE, side="right")
    return pd.concat([drift.steps(), new, twice], ignore_index=True)


def _as_steps(found: pd.DataFrame, weight: str) -> pd.DataFrame:
    """Acts of the outside record with the columns that the picture of the steps needs."""
    return found.assign(
        rung_name=found["rung"].map(subject.RUNGS),
        first_date=found["earliest_date"],
        last_date=found["latest_date"],
        drawn_date=found["earliest_date"],
        towards=subject.TOWARDS["outside"],
        weight=weight,
        named="",
        side="",
        extract_ids=[()] * len(found),
    )


def tellers() -> pd.DataFrame:
    """Who tells those acts (`drift.tellers`), the outside record last."""
    new = _as_steps(after(), "").rename(columns={"towards": "teller"})
    return pd.concat([drift.tellers(), new[["teller", "drawn_date"]]], ignore_index=True)


def _on(rung: str) -> pd.DataFrame:
    found = after()
    return found[found["rung"] == rung]


@measure(
    "aftermath.acts-after",
    "Armenian acts and statements towards the organisation found after the documents end",
    "acts",
)
def acts_after() -> Measured:
    return parts.outside(after())


@measure(
    "aftermath.non-participation",
    "Armenian acts of non-participation found after the documents end",
    "acts",
)
def non_participation() -> Measured:
    return parts.outside(_on(subject.AWAY))


@measure(
    "aftermath.renunciations",
    "Armenian renunciations of a right found after the documents end",
    "acts",
)
def renunciations() -> Measured:
    """Rests on all acts that were found."""
    return Measured(len(_on(subject.GIVEN_UP)), outside=tuple(after()["row_id"]))


@measure(
    "aftermath.withdrawals",
    "Armenian acts of withdrawal found after the documents end; "
    "the higher bound reads the freeze as a suspension",
    "acts",
)
def withdrawals() -> Measured:
    left, twice = len(_on(subject.LEFT)), read_otherwise()
    rows = (*twice["row_id"], subject.NOTE, subject.NO_NOTICE, subject.NO_FREEZE)
    return Measured(left, low=left, high=left + len(twice), outside=rows)


@measure(
    "aftermath.withdrawals-at-most",
    "Armenian acts of withdrawal at most, if the freeze is read as a suspension",
    "acts",
)
def withdrawals_at_most() -> Measured:
    rows = (*read_otherwise()["row_id"], subject.NO_FREEZE)
    return Measured(withdrawals().high, outside=rows)


def told_after() -> pd.DataFrame:
    """What happened after the documents end, summits missed included, by day.

    Columns besides those of the record: `by` and `rung_name`.
    """
    steps = record.outside_steps()
    series = frames.named(steps[steps["series"] == "after"], state="state_id")
    series = series.assign(by=series["who"].fillna(series["state"]))
    missed = record.outside_summits().query("attendance == 'absent'")
    leaver = frames.members()[subject.LEAVER]
    missed = missed.assign(by=leaver, label="Stays away: " + missed["label"], rung=subject.AWAY)
    told = pd.concat([series.astype({"rung": object}), missed])
    told = told.sort_values("latest_date", kind="stable")
    return told.assign(rung_name=told["rung"].map(subject.RUNGS))


# ---- summits ---------------------------------------------------------------------------------


def summits() -> pd.DataFrame:
    """Meetings of the council with `date` to draw them at and Armenia's `part`."""
    found = record.outside_summits()
    attended = found["attendance"].astype(str).map(subject.PARTS)
    part = attended.where(found["meeting_state"] == "held", "cancelled or announced")
    return found.assign(date=found["earliest_date"], part=part)


def _held() -> pd.DataFrame:
    return record.outside_summits().query("meeting_state == 'held'")


def _held_after() -> pd.DataFrame:
    return _held()[_held()["earliest_date"] > ends()]


@measure(
    "aftermath.summits-held",
    "Summits found to have been held after the documents end",
    "summits",
)
def summits_held() -> Measured:
    return parts.outside(_held_after())


@measure(
    "aftermath.summits-missed",
    "Summits from which Armenia stayed away after the documents end",
    "summits",
)
def summits_missed() -> Measured:
    return parts.outside(_held_after().query("attendance == 'absent'"))


@measure(
    "aftermath.summits-unsaid",
    "Earlier meetings of which no excerpt says whether Armenia took part",
    "meetings",
)
def summits_unsaid() -> Measured:
    unsaid = _held().query("attendance == 'not_said'")
    return parts.outside(unsaid[unsaid["earliest_date"] <= ends()])


@measure("aftermath.sessions-2022", "Sessions of 2022 in the outside record", "sessions")
def sessions_of_a_year() -> Measured:
    held = _held()
    of_the_year = held[held["earliest_date"].dt.year == subject.SESSIONS_YEAR]
    return parts.outside(of_the_year, also=[subject.SESSIONS_ROW])
