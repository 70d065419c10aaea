"""Acts and meetings of the outside record: the ladder after the documents end, and the summits."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import outside, subject
from csto.analysis.measures import drift, parts
from csto.analysis.printed import number
from csto.analysis.registry import Measured, measure
from csto.tables import outside as record


@tables.remembered
def ends() -> pd.Timestamp:
    """The day on which the documents end."""
    last: pd.Timestamp = tables.sources()["earliest_date"].max()
    return last


# ---- the ladder ------------------------------------------------------------------------------


@tables.remembered
def after() -> pd.DataFrame:
    """Armenian acts towards the organisation after the documents end (`outside.rungs_after`)."""
    found = outside.rungs_after(record.outside_steps(), record.outside_summits(), ends())
    return found.assign(rung_name=found["rung"].map(subject.RUNGS))


def read_otherwise() -> pd.DataFrame:
    """Those of them that another reading puts on another rung."""
    found = after()
    return found[found["or_rung"].notna()]


def steps() -> pd.DataFrame:
    """Acts of the articles and of the outside record, with the columns of `charts.steps`.

    An act that another reading puts on another step stands there, too.
    """
    new = _as_steps(after(), subject.WEIGHTS[True])
    said = (new["rung"] == subject.SPEAKS) | (new["row_id"] == subject.FREEZE)
    new["weight"] = new["weight"].mask(said, subject.WEIGHTS[False])
    twice = read_otherwise()
    twice = _as_steps(twice.assign(rung=twice["or_rung"]), subject.WEIGHTS[None])
    told = drift.steps()
    told["row_ids"] = [()] * len(told)
    return pd.concat([told, new, twice], ignore_index=True)


def deeds() -> pd.DataFrame:
    """Those of them that are deeds or a question, told apart by what tells of them."""
    told = steps()
    is_outside = told["towards"] == subject.TOWARDS["outside"]
    told["towards"] = told["towards"].where(is_outside, subject.TOWARDS["articles"])
    return told[told["weight"] != subject.WEIGHTS[False]].reset_index(drop=True)


def _as_steps(found: pd.DataFrame, weight: str) -> pd.DataFrame:
    """Acts of the outside record with the columns that the picture of the steps needs."""
    names = found["row_id"].map(subject.NAMED_OUTSIDE).fillna("")
    is_summit = found["row_id"].isin(record.outside_summits()["row_id"])
    return found.assign(
        extract_ids=found["row_id"].map(lambda _: ()),
        row_ids=found["row_id"].map(lambda key: (key,)),
        rung_name=found["rung"].map(subject.RUNGS),
        first_date=found["earliest_date"],
        last_date=found["latest_date"],
        drawn_date=found["earliest_date"],
        towards=subject.TOWARDS["outside"],
        weight=weight,
        named=names.mask(is_summit, subject.NAMED_SUMMIT),
    )


def title() -> str:
    """What the picture of the steps shows, up to its last act."""
    left = (after()["rung"] == subject.LEFT).any()
    last = deeds()["last_date"].max()
    away = (
        "had left its alliance" if left else "was staying away from its alliance, but had not left"
    )
    return f"By {last:%B %Y} Armenia {away}"


def _on(rung: str) -> pd.DataFrame:
    found = after()
    return found[found["rung"] == rung]


@measure(
    "aftermath.not-drawn",
    "Armenian acts towards the organisation on pages, before the documents end, in no picture",
    "acts",
)
def not_drawn() -> Measured:
    steps = record.outside_steps()
    return parts.outside(steps[steps["rung"].notna() & (steps["earliest_date"] <= ends())])


@measure(
    "aftermath.withdrawals-at-most",
    "Armenian acts of withdrawal at most, if the freeze is read as a suspension",
    "acts",
)
def withdrawals_at_most() -> Measured:
    left = pd.concat([_on(subject.LEFT), read_otherwise()])
    return parts.outside(left, also=[subject.NO_FREEZE])


# ---- summits ---------------------------------------------------------------------------------


def summits() -> pd.DataFrame:
    """Meetings of the council with `date` to draw them at, Armenia's `part`, and `row_ids`."""
    found = record.outside_summits()
    attended = found["attendance"].astype(str).map(subject.PARTS)
    state = found["meeting_state"].astype(str)
    part = attended.where(state == "held", state.map(subject.NOT_HELD))
    rows = found["row_id"].map(lambda key: (key,))
    return found.assign(date=found["earliest_date"], part=part, row_ids=rows)


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


@measure("aftermath.sessions-2022", "Sessions of 2022 in the outside record", "sessions")
def sessions_of_a_year() -> Measured:
    held = _held()
    of_the_year = held[held["earliest_date"].dt.year == subject.SESSIONS_YEAR]
    return parts.outside(of_the_year, also=[subject.SESSIONS_ROW])


def summits_title() -> str:
    """What the picture of the summits shows."""
    held = _held_after()
    since = held.loc[held["attendance"] == "absent", "earliest_date"].min()
    held = held[held["earliest_date"] >= since]
    came = int((held["attendance"] == "attended").sum())
    return (
        f"From {since:%B %Y} to {held['earliest_date'].max():%B %Y} Armenia was at "
        f"{number(came) if came else 'none'} of {number(len(held))} summits of the alliance"
    )
