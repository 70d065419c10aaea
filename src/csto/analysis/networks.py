"""Signed graphs of states: who acts well or ill towards whom, and how centred that is.

An undirected tie joins two states when any document tells an act of the one
towards the other; persons and institutions stand for their state, the
organisation is never spread over its members. Graphs have a fixed set of
nodes, so a state without a tie counts as one. Every index comes with a null:
all graphs of the same size, counted one by one and not drawn.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from math import comb

import networkx as nx
import pandas as pd

COOPERATIVE, ADVERSE, MIXED = "cooperative", "adverse", "both"


def ties(dyads: pd.DataFrame, states: Iterable[str]) -> pd.DataFrame:
    """Pairs of states with any act that has a sign, one row a pair.

    Columns: `one_id`, `other_id` (in the order of `states`), `tie`
    (cooperative, adverse, both), `cooperative_count`, `adverse_count` (acts)
    and `event_ids` of each (tuples).
    """
    order = list(states)
    ends = dyads[["actor_state_id", "recipient_state_id"]]
    kept = dyads[
        ends.isin(order).all(axis=1)
        & (ends["actor_state_id"] != ends["recipient_state_id"])
        & (dyads["sign"] != 0)
    ]
    told: dict[tuple[str, str], dict[int, dict[str, None]]] = {}
    for one, other, sign, event in kept[[*ends, "sign", "event_id"]].to_numpy():
        first, second = sorted((one, other), key=order.index)
        told.setdefault((first, second), {1: {}, -1: {}})[sign][event] = None
    rows = []
    for pair in itertools.combinations(order, 2):
        if pair in told:
            well, ill = (tuple(told[pair][sign]) for sign in (1, -1))
            tie = MIXED if well and ill else COOPERATIVE if well else ADVERSE
            rows.append((*pair, tie, len(well), len(ill), well, ill))
    counts, ids = ("cooperative_count", "adverse_count"), ("cooperative_ids", "adverse_ids")
    return pd.DataFrame(rows, columns=["one_id", "other_id", "tie", *counts, *ids])


def drawn(pairs: pd.DataFrame, firm: pd.DataFrame) -> pd.DataFrame:
    """Ties for drawing, one row a pair and direction, with `act_count` and `is_firm`.

    `firm` holds the ties that are left without hedged and contested acts.
    Columns: `one_id`, `other_id`, `direction`, `act_count`, `is_firm`.
    """
    rows = []
    for direction in (COOPERATIVE, ADVERSE):
        count = f"{direction}_count"
        held = set(
            firm.loc[firm[count] > 0, ["one_id", "other_id"]].itertuples(index=False, name=None)
        )
        for one, other, acts in pairs.loc[
            pairs[count] > 0, ["one_id", "other_id", count]
        ].to_numpy():
            rows.append((one, other, direction, acts, (one, other) in held))
    columns = ["one_id", "other_id", "direction", "act_count", "is_firm"]
    return pd.DataFrame(rows, columns=columns)


def graph(pairs: pd.DataFrame, states: Iterable[str], kind: str) -> nx.Graph[str]:
    """The graph of one kind of tie ("cooperative" or "adverse") over all `states`."""
    names = list(states)
    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(names)
    some = pairs[
        pairs["tie"].isin([kind, MIXED]) & pairs[["one_id", "other_id"]].isin(names).all(axis=1)
    ]
    found.add_edges_from(zip(some["one_id"], some["other_id"], strict=True))
    return found


def centralisation(one: nx.Graph[str]) -> float:
    """Freeman's degree centralisation: 0 when all degrees are equal, 1 for a star.

    Freeman 1979: the sum of the differences to the highest degree, over the
    most that a graph of as many nodes can have, (n − 1)(n − 2). Raises
    ValueError below three nodes.
    """
    size = len(one)
    if size < 3:
        raise ValueError("centralisation needs three nodes or more")
    degrees = [degree for _, degree in one.degree]
    return float((size * max(degrees) - sum(degrees)) / ((size - 1) * (size - 2)))


def as_centralised(one: nx.Graph[str]) -> tuple[int, int]:
    """How many graphs of as many nodes and ties are as centralised or more, and how many there are.

    All of them are looked at, tie by tie; with as many nodes and ties,
    centralisation depends on the highest degree alone.
    """
    nodes, edges = list(one), one.number_of_edges()
    highest = max(degree for _, degree in one.degree)
    count = 0
    for chosen in itertools.combinations(itertools.combinations(range(len(nodes)), 2), edges):
        degrees = [0] * len(nodes)
        for a, b in chosen:
            degrees[a] += 1
            degrees[b] += 1
        count += max(degrees) >= highest
    return count, comb(comb(len(nodes), 2), edges)


def signed(pairs: pd.DataFrame, mixed: int) -> nx.Graph[str]:
    """The signed graph of all ties; those that are both are read as `mixed`, or left out (0)."""
    found: nx.Graph[str] = nx.Graph()
    signs = {COOPERATIVE: 1, ADVERSE: -1, MIXED: mixed}
    for one, other, tie in pairs[["one_id", "other_id", "tie"]].to_numpy():
        if signs[tie]:
            found.add_edge(one, other, sign=signs[tie])
    return found


def triads(one: nx.Graph[str]) -> pd.DataFrame:
    """Closed triads of a signed graph, with `is_balanced`: the product of the signs is positive.

    Structural balance after Cartwright and Harary 1956. Columns: `state_ids`
    (tuple of three, in the order of the graph), `negative_count`, `is_balanced`.
    """
    rows = []
    for three in itertools.combinations(one, 3):
        pairs = list(itertools.combinations(three, 2))
        if all(one.has_edge(*pair) for pair in pairs):
            negative = sum(one.edges[pair]["sign"] < 0 for pair in pairs)
            rows.append(
                {"state_ids": three, "negative_count": negative, "is_balanced": negative % 2 == 0}
            )
    return pd.DataFrame(rows, columns=["state_ids", "negative_count", "is_balanced"])


def frustration(one: nx.Graph[str]) -> int:
    """Frustration index: the fewest ties that must change sign for a graph to split into two camps.

    Exhaustive: every division of the nodes into two camps is tried (2 to the
    power n − 1 of them). A positive tie between camps and a negative one
    inside a camp are frustrated. 0 for a balanced graph (Cartwright and
    Harary 1956) and for one without ties.
    """
    nodes = list(one)
    edges = [(nodes.index(a), nodes.index(b), one.edges[a, b]["sign"]) for a, b in one.edges]
    divisions = range(2 ** max(len(nodes) - 1, 0))
    least: int = min(
        sum(((camp >> a ^ camp >> b) & 1) == (sign > 0) for a, b, sign in edges)
        for camp in divisions
    )
    return least


def as_balanced(one: nx.Graph[str]) -> tuple[int, int]:
    """How many ways of signing the same ties are no more frustrated, and how many there are."""
    edges, found = list(one.edges), frustration(one)
    count = 0
    for signs in itertools.product((1, -1), repeat=len(edges)):
        other: nx.Graph[str] = nx.Graph()
        other.add_edges_from(
            (*edge, {"sign": sign}) for edge, sign in zip(edges, signs, strict=True)
        )
        count += frustration(other) <= found
    return count, 2 ** len(edges)


def star_test(pairs: pd.DataFrame, members: Iterable[str], centre: str) -> dict[str, int]:
    """What a star-shaped alliance would show in acts between members, and what is seen.

    `links` of `possible_links`: members that the centre has a cooperative tie
    with. `side_links` of `possible_side_links`: cooperative ties between
    members other than the centre, of which a star has none.
    """
    names = list(members)
    cooperative = graph(pairs, names, COOPERATIVE)
    others = [name for name in names if name != centre]
    return {
        "links": cooperative.degree(centre),
        "possible_links": len(others),
        "side_links": cooperative.subgraph(others).number_of_edges(),
        "possible_side_links": comb(len(others), 2),
    }
