"""The post in the outside record: turns of the rule, times in office, vacancies."""

from __future__ import annotations

import pandas as pd

from csto.analysis import frames, outside, subject
from csto.analysis.printed import with_unit
from csto.analysis.registry import Measured, measure
from csto.tables import outside as record

MONTH, YEAR = 30.44, 365.25  # days, on average


def seen_on() -> pd.Timestamp:
    """The last day on which anybody is known to have been in the post."""
    last: pd.Timestamp = record.outside_holders()["until_earliest_date"].max()
    return last


# ---- turns -----------------------------------------------------------------------------------


def turns() -> pd.DataFrame:
    """The first turn of each member by the rule, with who held it and for how many days.

    Columns besides those of `outside.held_in_turn`: `state` (its name).
    """
    rule = outside.turns(record.outside_rules(), len(frames.members()))
    return frames.named(outside.held_in_turn(record.outside_holders(), rule), state="state_id")


def _begun(held: pd.DataFrame) -> pd.Series:
    return held["first_date"] <= seen_on()


@measure(
    "aftermath.turns-kept",
    "Turns of the rotation begun so far that went to the state whose turn it was",
    "turns",
)
def turns_kept() -> Measured:
    held = turns()
    kept, begun = held[_begun(held) & (held["held_days"] > 0)], int(_begun(held).sum())
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
    """Times in the post for drawing, as `charts.office` draws them."""
    timed = frames.named(outside.in_office(record.outside_holders()), state="state_id")
    since = timed["since_earliest_date"].dt.year.astype(str)
    acting = timed["state"] + ", acting from " + since
    inside = acting.where(timed["is_acting"], timed["state"])
    surname = timed["label"].str.rsplit(n=1).str[-1]
    own = turns().iloc[0]
    told = (timed["state_id"] == own["state_id"]) & ~timed["is_acting"]
    held, whole = _months(own)
    said = timed.apply(_length, axis=1).mask(told, f"{held} of {whole} months")
    return timed.assign(
        label=surname + " (" + inside + ")",
        row_ids=timed["row_id"].map(lambda key: (key,)),
        first_date=timed["since_earliest_date"],
        last_date=timed["until_earliest_date"],
        kind=timed["is_acting"].map({True: "acting", False: "in office"}),
        said=said,
        is_told=told,
    )


def _months(turn: pd.Series) -> tuple[int, int]:
    """Months of a turn in which somebody of the state held the post, and all of its months."""
    return round(turn["held_days"] / MONTH), round(turn["days"] / MONTH)


def _length(timed: pd.Series) -> str:
    """How long somebody held the post, in whole years or months; up to what is seen, if open."""
    low, high = timed["low_days"], timed["high_days"]
    unit, days = ("years", YEAR) if low >= 2 * YEAR else ("months", MONTH)
    ends = [round(end / days) for end in (low, high) if not pd.isna(end)]
    length = with_unit([min(ends), max(ends)], unit)
    return f"seen for {length}" if pd.isna(high) else length


def office_title() -> str:
    """What the picture of the times in office shows."""
    own = turns().iloc[0]
    held, whole = _months(own)
    return (
        f"{own['state']}’s man had the secretary general’s post for {held} of {own['state']}’s "
        f"{whole} months"
    )


def slots() -> pd.DataFrame:
    """The turns begun so far: `label` (as in `office`), `first_date`, `last_date`."""
    rule, spans = turns(), office()
    rule = rule[_begun(rule)]
    begun = spans["first_date"] >= rule["first_date"].min()
    heads = spans[begun & (spans["kind"] == "in office")].set_index("state_id")["label"]
    return rule.assign(label=rule["state_id"].map(heads).fillna(rule["state"]))


# ---- vacancies -------------------------------------------------------------------------------
