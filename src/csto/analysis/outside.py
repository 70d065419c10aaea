"""Turns, times in office, vacancies and later acts, from the outside record.

Pure functions, frames in, frames out. A span of days counts its first and
its last day; where only bounds are known it is an interval.
"""

from __future__ import annotations

import itertools

import pandas as pd

from csto.analysis.subject import AWAY, START_ROW

DAY = pd.Timedelta(days=1)


def turns(rules: pd.DataFrame, number: int) -> pd.DataFrame:
    """The first turns of the rotation by its rule alone: state, first and last day, days.

    `rules` is the table of that name, with one order, one length and the day
    of the start. The order begins anew when it is through.
    """
    rules = rules.set_index("row_id")
    order = next(order for order in rules["order"] if order)
    years = int(rules["term_years"].dropna().iloc[0])
    start = pd.Timestamp(str(rules.loc[START_ROW, "date"]))
    firsts = pd.Series([start + pd.DateOffset(years=years * turn) for turn in range(number + 1)])
    found = pd.DataFrame({"turn": range(1, number + 1), "first_date": firsts[:-1]})
    found.insert(1, "state_id", list(itertools.islice(itertools.cycle(order), number)))
    found["last_date"] = firsts[1:].to_numpy() - DAY
    return found.assign(days=_days(found["first_date"], found["last_date"]))


def in_office(holders: pd.DataFrame) -> pd.DataFrame:
    """Times in office with the fewest and most days; no most where the end is open."""
    fewest = _days(holders["since_latest_date"], holders["until_earliest_date"])
    most = _days(holders["since_earliest_date"], holders["until_latest_date"])
    return holders.assign(low_days=fewest, high_days=most.astype("Int64"))


def _days(first: pd.Series, last: pd.Series) -> pd.Series:
    """Days from the first to the last, both counted."""
    return pd.to_timedelta(last - first).dt.days + 1


def held_in_turn(holders: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """For each turn the days on which a full head of that state held the post.

    Up to the last day known. Adds `held_days`, `holder`, `row_ids`.
    """
    rows = []
    for turn in turns.to_dict("records"):
        heads = holders[~holders["is_acting"] & (holders["state_id"] == turn["state_id"])]
        first = heads["since_earliest_date"].clip(lower=turn["first_date"])
        last = heads["until_earliest_date"].clip(upper=turn["last_date"])
        spans = _days(first, last).clip(lower=0)
        mine = heads[spans > 0]
        names, ids = ", ".join(mine["label"]), tuple(mine["row_id"])
        rows.append({**turn, "held_days": int(spans.sum()), "holder": names, "row_ids": ids})
    return pd.DataFrame(rows)


def rungs_after(steps: pd.DataFrame, summits: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Acts towards the organisation after a day: steps with a rung, and summits missed.

    A missed summit is non-participation. Columns: row_id, label, earliest_date, latest_date,
    rung, or_rung, kind.
    """
    columns = ["row_id", "label", "earliest_date", "latest_date", "rung", "or_rung", "kind"]
    missed = summits[summits["attendance"] == "absent"]
    label = "Armenia stays away: " + missed["label"]
    missed = missed.assign(rung=AWAY, or_rung=None, label=label, kind="summit missed")
    told = steps[steps["rung"].notna()].assign(kind="step")[columns]
    told = told.astype({"rung": str, "or_rung": object})
    acts = pd.concat([told, missed[columns]], ignore_index=True)
    after = acts[acts["earliest_date"] > until]
    return after.sort_values("earliest_date", kind="stable").reset_index(drop=True)
