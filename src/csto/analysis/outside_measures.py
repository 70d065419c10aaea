"""What the chapter on what came after computes: turns, times in office, vacancies.

Pure functions, frames in, frames out. A span of days counts its first and
its last day; where only bounds are known it is an interval.
"""

from __future__ import annotations

import pandas as pd

DAY = pd.Timedelta(days=1)


def turns(rules: pd.DataFrame, number: int) -> pd.DataFrame:
    """The first turns of the rotation by its rule alone: state, first and last day, days.

    `rules` is the table of that name, with one order, one length and the day
    of the start. The order begins anew when it is through.
    """
    rules = rules.set_index("row_id")
    order = next(order for order in rules["order"] if order)
    years, start = (
        int(rules["term_years"].dropna().iloc[0]),
        pd.Timestamp(rules.loc["rotation-start", "date"]),
    )
    firsts = [start + pd.DateOffset(years=years * turn) for turn in range(number + 1)]
    return pd.DataFrame(
        {
            "turn": range(1, number + 1),
            "state_id": [order[turn % len(order)] for turn in range(number)],
            "first_date": firsts[:-1],
            "last_date": [first - DAY for first in firsts[1:]],
            "days": [(end - begin).days for begin, end in zip(firsts, firsts[1:], strict=False)],
        }
    )


def in_office(holders: pd.DataFrame) -> pd.DataFrame:
    """Times in office with the fewest and most days; no most where the end is open."""
    fewest = holders["until_earliest_date"] - holders["since_latest_date"] + DAY
    most = holders["until_latest_date"] - holders["since_earliest_date"] + DAY
    return holders.assign(low_days=fewest.dt.days, high_days=most.dt.days.astype("Int64"))


def vacancies(holders: pd.DataFrame) -> pd.DataFrame:
    """Times without a secretary general between two of them, in order, where any day lies between.

    `row_ids` are the holder before, any acting head, and the holder after.
    """
    rows = []
    heads = holders.index[~holders["is_acting"]]
    for before, after in zip(heads, heads[1:], strict=False):
        left, came = holders.loc[before], holders.loc[after]
        low = (came["since_earliest_date"] - left["until_latest_date"]).days - 1
        high = (came["since_latest_date"] - left["until_earliest_date"]).days - 1
        if high > 0:
            rows.append(
                {
                    "after": left["label"],
                    "before": came["label"],
                    "low_days": low,
                    "high_days": high,
                    "first_date": left["until_latest_date"] + DAY,
                    "last_date": came["since_earliest_date"] - DAY,
                    "row_ids": tuple(holders.loc[before:after, "row_id"]),
                }
            )
    return pd.DataFrame(rows)


def held_in_turn(holders: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """For each turn the days on which a full head of that state held the post, up to the last day known."""
    rows = []
    for turn in turns.to_dict("records"):
        heads = holders[~holders["is_acting"] & (holders["state_id"] == turn["state_id"])]
        first = heads["since_earliest_date"].clip(lower=turn["first_date"])
        last = heads["until_earliest_date"].clip(upper=turn["last_date"])
        spans = (last - first + DAY).dt.days.clip(lower=0)
        mine = heads[spans > 0]
        rows.append(
            {
                **turn,
                "held_days": int(spans.sum()),
                "holder": ", ".join(mine["label"]),
                "row_ids": tuple(mine["row_id"]),
            }
        )
    return pd.DataFrame(rows)


def rungs_after(steps: pd.DataFrame, summits: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Armenian acts towards the organisation after a day: steps with a rung, and summits missed.

    A missed summit is non-participation (R3). Columns: row_id, label,
    earliest_date, latest_date, rung, or_rung, kind.
    """
    missed = summits[summits["attendance"] == "absent"]
    missed = missed.assign(
        rung="R3",
        or_rung=None,
        label="Armenia stays away: " + missed["label"],
        kind="summit missed",
    )
    told = steps[steps["rung"].notna()].assign(kind="step")
    columns = ["row_id", "label", "earliest_date", "latest_date", "rung", "or_rung", "kind"]
    acts = pd.concat(
        [told[columns].astype({"rung": str, "or_rung": object}), missed[columns]], ignore_index=True
    )
    return (
        acts[acts["earliest_date"] > until]
        .sort_values("earliest_date", kind="stable")
        .reset_index(drop=True)
    )
