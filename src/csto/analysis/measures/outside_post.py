"""The post in the outside record: turns of the rule, times in office, vacancies."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames, outside, subject
from csto.analysis.printed import spread
from csto.analysis.registry import Measured, measure
from csto.tables import outside as record


def seen_on() -> pd.Timestamp:
    """The last day on which anybody is known to have been in the post."""
    last: pd.Timestamp = record.outside_holders()["until_earliest_date"].max()
    return last


# ---- turns -----------------------------------------------------------------------------------


def turns() -> pd.DataFrame:
    """The first turn of each member by the rule, with who held it and for how many days.

    Columns besides those of `outside.held_in_turn`: `state` (its name), `seen` ("held",
    "next by the rule", "later"), `named` (whether the documents name the holder), `years`.
    """
    rule = outside.turns(record.outside_rules(), len(frames.members()))
    held = frames.named(outside.held_in_turn(record.outside_holders(), rule), state="state_id")
    held["seen"] = "later"
    held.loc[next_turn(held).name, "seen"] = "next by the rule"
    held.loc[_begun(held) & (held["held_days"] > 0), "seen"] = "held"
    first, last = (held[end].dt.year.astype(str) for end in ("first_date", "last_date"))
    return held.assign(named=held["holder"].isin(tables.actors()["name"]), years=first + "–" + last)


def _begun(held: pd.DataFrame) -> pd.Series:
    return held["first_date"] <= seen_on()


def next_turn(held: pd.DataFrame) -> pd.Series:
    """The first of the turns that has not begun."""
    return held[~_begun(held)].iloc[0]


@measure(
    "aftermath.turns-kept",
    "Turns of the rotation begun so far that went to the state whose turn it was",
    "turns",
)
def turns_kept() -> Measured:
    held = turns()
    kept, begun = held[held["seen"] == "held"], int(_begun(held).sum())
    rows = (*frames.evidence(kept["row_ids"]), *subject.RULE_ROWS)
    return Measured(len(kept), low=len(kept), high=begun, outside=rows)


@measure(
    "aftermath.first-turn-held",
    "Days of Armenia’s turn on which an Armenian held the post",
    "days",
)
def first_turn_held() -> Measured:
    own = turns().iloc[0]
    rows = (*own["row_ids"], subject.START_ROW, subject.TERM_ROW)
    return Measured(own["held_days"], outside=rows)


@measure("aftermath.first-turn-days", "Days of Armenia’s turn by the rule", "days")
def first_turn_days() -> Measured:
    return Measured(turns().iloc[0]["days"], outside=(subject.START_ROW, subject.TERM_ROW))


# ---- times in office -------------------------------------------------------------------------


def office() -> pd.DataFrame:
    """Times in the post for drawing: `label`, `first_date`, `last_date`, `kind`, `said`."""
    timed = frames.named(outside.in_office(record.outside_holders()), state="state_id")
    since = timed["since_earliest_date"].dt.year.astype(str)
    inside = ("acting " + since).where(timed["is_acting"], timed["state"])
    surname = timed["label"].str.rsplit(n=1).str[-1]
    return timed.assign(
        label=surname + " (" + inside + ")",
        first_date=timed["since_earliest_date"],
        last_date=timed["until_earliest_date"],
        kind=timed["is_acting"].map({True: "acting", False: "in office"}),
        said=timed.apply(_days_said, axis=1),
    )


def _days_said(timed: pd.Series) -> str:
    low, high = timed["low_days"], timed["high_days"]
    return f"{low} days seen" if pd.isna(high) else f"{spread([low, high])} days"


def rest_of_the_turn() -> pd.DataFrame:
    """The days left of the turn for the one last seen in the post, as a row of `office`."""
    rule = outside.turns(record.outside_rules(), len(frames.members()))
    current = rule[_begun(rule) & (rule["last_date"] > seen_on())].iloc[0]
    return (
        office()
        .iloc[[-1]]
        .assign(
            first_date=seen_on() + outside.DAY,
            last_date=current["last_date"],
            kind="may still be in office",
            said="",
        )
    )


def slots() -> pd.DataFrame:
    """The turn by the rule of each full head since it began: `label`, `first_date`, `last_date`."""
    rule = outside.turns(record.outside_rules(), len(frames.members()))
    spans = office()
    begun = spans["first_date"] >= rule["first_date"].min()
    heads = spans.loc[begun & (spans["kind"] == "in office"), ["label", "state_id"]]
    ends = rule[["state_id", "first_date", "last_date"]]
    found: pd.DataFrame = heads.merge(ends, on="state_id", validate="1:1")
    return found


# ---- vacancies -------------------------------------------------------------------------------
