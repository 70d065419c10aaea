"""What the chapters compute from the tables: intervals, matrices, ladders.

Pure functions, frames in, frames or numbers out; they read no file. Days are
counted as differences of calendar days; every duration is an interval, from
the nearest to the farthest possible days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import krippendorff
import networkx as nx
import numpy as np
import pandas as pd

KNOWN = ("to the day", "within bounds", "only by a report, at the latest")

LANES = 5  # places beside each other for acts of one rung

#: What prose and cells call the stances on who should hold the post, and which side each is on.
SUCCESSOR = {
    "armenian": ("an Armenian", "Armenia's side"),
    "belarusian": ("a Belarusian", "Belarus's side"),
    "not_armenian": ("not an Armenian", "Belarus's side"),
    "not_belarusian": ("not a Belarusian", "Armenia's side"),
    "acting_until_2020": ("acting head to 2020", "acting head"),
    "acting_until_clarified": ("acting head for now", "acting head"),
    "declines": ("keeps silent", "silent"),
}


def days_between(start: pd.Series, end: pd.Series) -> tuple[int, int]:
    """Fewest and most days from one dated thing to another.

    Both carry `earliest_date` and `latest_date`. Raises ValueError when a
    bound that is needed is missing.
    """
    bounds = [
        start["earliest_date"],
        start["latest_date"],
        end["earliest_date"],
        end["latest_date"],
    ]
    if any(pd.isna(bound) for bound in bounds):
        raise ValueError("no duration without both bounds of both ends")
    return (bounds[2] - bounds[1]).days, (bounds[3] - bounds[0]).days


def span(low: int, high: int) -> str:
    """An interval as prose prints it: "6" or "0–15"."""
    return f"{low}" if low == high else f"{low}–{high}"


def clock(steps: pd.DataFrame, origin: pd.Series) -> pd.DataFrame:
    """Steps with their distance in days from `origin`, in the order of their latest days.

    Adds `low_days`, `high_days` (int), `days` (text) and `known` (how the
    date is known). A step that answers to the origin is never before it, so
    the least distance is 0.
    """
    frame = steps.sort_values(["latest_date", "earliest_date"], kind="stable").copy()
    pairs = [days_between(origin, step) for _, step in frame.iterrows()]
    frame["low_days"], frame["high_days"] = (
        [max(low, 0) for low, _ in pairs],
        [high for _, high in pairs],
    )
    frame["days"] = [
        f"day {span(low, high)}"
        for low, high in zip(frame["low_days"], frame["high_days"], strict=True)
    ]
    report = frame["date_basis"].astype(str) == "report_date"
    frame["known"] = np.select(
        [report, frame["date_precision"] == 1], [KNOWN[2], KNOWN[0]], KNOWN[1]
    )
    return frame


def backing(
    positions: pd.DataFrame,
    states: dict[str, str],
    sources: dict[str, str],
    named: set[tuple[str, str]],
) -> pd.DataFrame:
    """State × document: what a state wants for the post (question Q1), one row a cell.

    `states` and `sources` map ids to names, in the order of rows and columns;
    `named` are the pairs of state and document in which the document names the state.
    `side` is the side all its stances are on, "several" when they are on more
    than one; `hedged` is True when every passage is hedged, and a stance whose
    passages all are says so in its words.
    """
    asked = positions[positions["question"] == "Q1"]
    rows = []
    for state, row_name in states.items():
        for source, column_name in sources.items():
            held = asked[(asked["state_id"] == state) & (asked["source_id"] == source)]
            firm = held.groupby("stance", sort=False)["status"].agg(
                lambda status: (status != "hedged").any()
            )
            words = [
                SUCCESSOR[stance][0] + ("" if is_firm else " (hedged)")
                for stance, is_firm in firm.items()
            ]
            sides = list(dict.fromkeys(SUCCESSOR[stance][1] for stance in held["stance"]))
            rows.append(
                {
                    "state_id": state,
                    "source_id": source,
                    "row_name": row_name,
                    "column_name": column_name,
                    "reading": "\n".join(words)
                    or ("named, no wish told" if (state, source) in named else "not named"),
                    "side": sides[0] if len(sides) == 1 else "several" if sides else "no wish told",
                    "hedged": bool(len(held)) and bool((held["status"] == "hedged").all()),
                    "extract_ids": tuple(dict.fromkeys(held["extract_id"])),
                }
            )
    return pd.DataFrame(rows)


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
    return told.assign(direction=told["sign"].map({1: "cooperative", -1: "adverse", 0: "neutral"}))


def act_cells(
    dyads: pd.DataFrame, mentions: pd.DataFrame, members: Iterable[str], others: Iterable[str]
) -> pd.DataFrame:
    """`acts_between` for every member and counterpart; columns `member_id`, `counterpart_id`,
    and `number`, which counts the acts of one cell."""
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
    names, bodies = set(members), set(organisation)
    rows = []
    for what, actors, sign in (
        ("members acting well towards it", names, 1),
        ("members acting ill towards it", names, -1),
        ("acts of the organisation against it", bodies, -1),
    ):
        found = {}
        for state in (one, other):
            told = dyads[
                (dyads["recipient_state_id"] == state)
                & dyads["actor_state_id"].isin(actors - {state})
                & (dyads["sign"] == sign)
            ]
            found[state] = (
                told["event_id" if actors is bodies else "actor_state_id"].nunique(),
                tuple(told["event_id"].unique()),
            )
        better = (found[one][0] - found[other][0]) * sign > 0
        rows.append(
            {
                "what": what,
                one: found[one][0],
                other: found[other][0],
                "is_better": better,
                "event_ids": found[one][1] + found[other][1],
            }
        )
    return pd.DataFrame(rows)


def armenian_acts(events: pd.DataFrame, organisations: Iterable[str]) -> pd.DataFrame:
    """Acts with a rung, with `addressee` and, where any bound is known, the day to draw them at.

    `addressee` is organisation, member or officer, or nobody named. `drawn_date`
    is the middle of the interval, or the only bound there is; `lane` tells
    acts on one rung apart.
    """
    acts = events[events["rung"].notna()].copy()
    known = set(organisations)
    acts["addressee"] = [
        "organisation" if known & set(ids) else "member or officer" if ids else "nobody named"
        for ids in acts["recipient_ids"]
    ]
    low, high = (
        acts["earliest_date"].fillna(acts["latest_date"]),
        acts["latest_date"].fillna(acts["earliest_date"]),
    )
    acts["drawn_date"] = (low + (high - low) / 2).dt.floor("D")
    acts = acts.sort_values("drawn_date", kind="stable")
    acts["lane"] = acts.groupby("rung", observed=True).cumcount() % LANES
    return acts


def empty_years(events: pd.DataFrame, first: int, last: int) -> list[int]:
    """Calendar years from `first` to `last` on which no dated event can fall."""
    dated = events.dropna(subset=["earliest_date", "latest_date"])
    spans = zip(dated["earliest_date"].dt.year, dated["latest_date"].dt.year, strict=True)
    covered = {year for low, high in spans for year in range(low, high + 1)}
    return [year for year in range(first, last + 1) if year not in covered]


def silence(before: pd.DataFrame, after: pd.DataFrame) -> tuple[int, int]:
    """Fewest and most days from the last act of one set to the first of another, by the bounds of all.

    Acts with a missing bound are left out of what that bound decides.
    """
    low = (after["earliest_date"].min() - before["latest_date"].max()).days
    return low, (after["latest_date"].min() - before["earliest_date"].max()).days


def per_period(events: pd.DataFrame, freq: str) -> pd.DataFrame:
    """Acts by month ("M") or year ("Y"), empty ones included, from the first act to the last.

    `certain_count` counts the acts whose every possible day lies in the
    period, `possible_count` those that may or may not; acts with a single
    bound are in neither. Columns `period` (text), the counts, and
    `extract_ids` of both.
    """
    dated = events.dropna(subset=["earliest_date", "latest_date"])
    low, high = dated["earliest_date"].dt.to_period(freq), dated["latest_date"].dt.to_period(freq)
    rows = []
    for period in pd.period_range(low.min(), high.max(), freq=freq):
        inside, touching = (low == period) & (high == period), (low <= period) & (high >= period)
        rows.append(
            {
                "period": str(period),
                "certain_count": int(inside.sum()),
                "possible_count": int((touching & ~inside).sum()),
                "extract_ids": tuple(evidence(dated[touching]["extract_ids"])),
            }
        )
    return pd.DataFrame(rows)


def day_draws(acts: pd.DataFrame, count: int, seed: int) -> np.ndarray:
    """Random days within the bounds of each act: `count` × acts, as day numbers, every possible day alike.

    Raises ValueError for an act without both bounds.
    """
    if acts[["earliest_date", "latest_date"]].isna().any(axis=None):
        raise ValueError("no draw for an act without both bounds")
    low, high = (
        acts[column].to_numpy("datetime64[D]").astype(int)
        for column in ("earliest_date", "latest_date")
    )
    return np.random.default_rng(seed).integers(low, high + 1, size=(count, len(acts)))


def rises(days: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """How far steps rise with time, from −1 to 1, for each row of days (Goodman and Kruskal's gamma).

    Of all pairs of acts on different days and different steps: the share in
    which the later is the higher, less the share in which it is the lower. `steps` may have a row for each row of days.
    """
    later = np.sign(days[:, :, None] - days[:, None, :])
    higher = np.sign(steps[..., :, None] - steps[..., None, :])
    agreeing = later * higher
    return agreeing.sum(axis=(1, 2)) / np.abs(agreeing).sum(axis=(1, 2))


def order_shares(one: pd.Series, other: pd.Series) -> tuple[float, float]:
    """Of all pairs of possible days of two acts: the shares in which the first is earlier, and on the same day.

    Every possible day alike, and the two independent of each other. Raises
    ValueError for an act without both bounds.
    """
    days = []
    for act in (one, other):
        if act[["earliest_date", "latest_date"]].isna().any():
            raise ValueError("no order for an act without both bounds")
        days.append(pd.date_range(act["earliest_date"], act["latest_date"]).to_numpy())
    first, second = days[0][:, None], days[1][None, :]
    return float((first < second).mean()), float((first == second).mean())


def rise_range(acts: pd.DataFrame, count: int, seed: int) -> list[float]:
    """Least and most of `rises` over draws of the acts that have both bounds and a rung."""
    bounded = acts.dropna(subset=["earliest_date", "latest_date"])
    found = rises(day_draws(bounded, count, seed), bounded["rung"].cat.codes.to_numpy()).round(2)
    return [float(found.min()), float(found.max())]


def shuffles(steps: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Random orders of the same steps: `count` × steps."""
    return np.random.default_rng(seed).permuted(np.tile(steps, (count, 1)), axis=1)


def merged(events: pd.DataFrame) -> pd.DataFrame:
    """Acts with those told in one sentence as one: the first of them is kept. Indexed by event."""
    return events[~events["merge"].where(events["merge"].notna(), events.index).duplicated()]


def leave_one_out(measure: Callable[..., Any], sources: Iterable[str]) -> dict[str, Any]:
    """A measure with each document left out in turn; `measure` takes `without`."""
    return {source: measure(without=source) for source in sources}


def groups(documents: Iterable[str], feeders: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Documents joined by a common feeder; `feeders` are (document, feeder), a feeder may be a document's own outlet."""
    joined = nx.Graph()
    joined.add_nodes_from(("document", name) for name in documents)
    joined.add_edges_from(
        (("document", name), ("feeder", feeder))
        for name, feeder in feeders
        if ("document", name) in joined
    )
    parts = [
        {name for kind, name in part if kind == "document"}
        for part in nx.connected_components(joined)
    ]
    return [part for part in parts if part]


def evidence(*columns: Iterable[Iterable[str]]) -> list[str]:
    """All extract ids in columns of tuples, each once, in order."""
    return list(dict.fromkeys(key for column in columns for ids in column for key in ids))


#: Levels of measurement of what two readers coded; the rest is nominal.
ORDERS = {
    "sign": ["-1", "0", "1"],
    "intensity": ["1", "2", "3", "4"],
    "rung": ["–", "L0", "R1", "R2", "R3", "R4", "R5"],
}


def agreement(readings: pd.DataFrame) -> pd.DataFrame:
    """How far two readers agree, one row a variable, in the order of the frame.

    Columns of `readings`: `variable`, `first`, `second`. Adds `unit_count`,
    `agreeing_share` and `commonest_share` (percent; the latter of the
    commonest code of the first reader), `level` and `alpha` (Krippendorff
    2004; None for a variable that has one code only).
    """
    rows = []
    for variable, pairs in readings.groupby("variable", sort=False):
        order = ORDERS.get(variable) or sorted({*pairs["first"], *pairs["second"]})
        codes = [[order.index(code) for code in pairs[reader]] for reader in ("first", "second")]
        level = "ordinal" if variable in ORDERS else "nominal"
        constant = len({code for reader in codes for code in reader}) < 2
        rows.append(
            {
                "variable": variable,
                "unit_count": len(pairs),
                "level": level,
                "agreeing_share": round(100 * (pairs["first"] == pairs["second"]).mean()),
                "commonest_share": round(100 * pairs["first"].value_counts(normalize=True).iloc[0]),
                "alpha": None
                if constant
                else round(float(krippendorff.alpha(codes, level_of_measurement=level)), 2),
            }
        )
    return pd.DataFrame(rows)
