"""Acts: between states, of one state, and those told in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

LANES = 5  # places beside each other for acts of one rung
DIRECTIONS = {1: "cooperative", -1: "adverse", 0: "neutral"}


def acts_between(
    dyads: pd.DataFrame, mentions: pd.DataFrame, member: str, other: str
) -> pd.DataFrame:
    """Acts between a member and another state, either way, one row an act and document.

    Adds `direction` (cooperative, adverse, neutral) from the sign.
    """
    ends = dyads[["actor_state_id", "recipient_state_id"]]
    both = ends.isin([member, other]).all(axis=1) & (
        ends["actor_state_id"] != ends["recipient_state_id"]
    )
    acts = dyads[both].drop_duplicates("event_id")
    told = acts.merge(
        mentions[["event_id", "source_id", "extract_ids"]], on="event_id", validate="1:m"
    )
    return told.assign(direction=told["sign"].map(DIRECTIONS))


def act_cells(
    dyads: pd.DataFrame, mentions: pd.DataFrame, members: Iterable[str], others: Iterable[str]
) -> pd.DataFrame:
    """`acts_between` for every member and counterpart.

    Adds `member_id`, `counterpart_id`, and `number`, which counts the acts of one cell.
    """
    parts = [
        acts_between(dyads, mentions, member, other).assign(member_id=member, counterpart_id=other)
        for member in members
        for other in others
        if member != other
    ]
    cells = pd.concat(parts, ignore_index=True)
    cells["number"] = (
        cells.groupby(["member_id", "counterpart_id", "source_id"], observed=True).cumcount() + 1
    )
    return cells


def treatment(
    dyads: pd.DataFrame, members: Iterable[str], organisation: Iterable[str], one: str, other: str
) -> pd.DataFrame:
    """How two states are treated: one row a comparison, counted in acts directed at each.

    Members that act well or ill towards a state, and the organisation's acts
    against it. Columns: `what`, a count for each of the two states (named by
    its id), `is_better` (the first fares better) and `event_ids`.
    """
    comparisons = (
        ("members acting well towards it", members, 1, "actor_state_id"),
        ("members acting ill towards it", members, -1, "actor_state_id"),
        ("acts of the organisation against it", organisation, -1, "event_id"),
    )
    rows = []
    for what, actors, sign, counted in comparisons:
        told = {state: _towards(dyads, state, set(actors), sign) for state in (one, other)}
        counts = {state: acts[counted].nunique() for state, acts in told.items()}
        better = (counts[one] - counts[other]) * sign > 0
        ids = tuple(key for acts in told.values() for key in acts["event_id"].unique())
        rows.append({"what": what, **counts, "is_better": better, "event_ids": ids})
    return pd.DataFrame(rows)


def _towards(dyads: pd.DataFrame, state: str, actors: set[str], sign: int) -> pd.DataFrame:
    """Acts of a sign by actors towards a state, none of them its own."""
    theirs = dyads["actor_state_id"].isin(actors - {state})
    return dyads[(dyads["recipient_state_id"] == state) & theirs & (dyads["sign"] == sign)]


def addressed(events: pd.DataFrame, organisation: Iterable[str]) -> pd.DataFrame:
    """Acts with a rung, with `addressee` and, where any bound is known, the day to draw them at.

    `addressee` is organisation, member or officer, or nobody named. `drawn_date`
    is the middle of the interval, or the only bound there is; `lane` tells
    acts on one rung apart.
    """
    acts = events[events["rung"].notna()].copy()
    bodies = set(organisation)
    acts["addressee"] = [
        "organisation" if bodies & set(ids) else "member or officer" if ids else "nobody named"
        for ids in acts["recipient_ids"]
    ]
    low = acts["earliest_date"].fillna(acts["latest_date"])
    high = acts["latest_date"].fillna(acts["earliest_date"])
    acts["drawn_date"] = (low + (high - low) / 2).dt.floor("D")
    return in_lanes(acts, "rung", LANES)


def in_lanes(acts: pd.DataFrame, row: str, lanes: int) -> pd.DataFrame:
    """Acts in the order of `drawn_date`, with `lane`: places beside each other in one row."""
    acts = acts.sort_values("drawn_date", kind="stable")
    return acts.assign(lane=acts.groupby(row, observed=True).cumcount() % lanes)


def merged(events: pd.DataFrame) -> pd.DataFrame:
    """Acts with those told in one sentence as one: the first of them is kept. Indexed by event."""
    return events[~events["merge"].where(events["merge"].notna(), events.index).duplicated()]
