"""Signed ties of the members and Azerbaijan: centralisation and balance."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from csto import tables
from csto.analysis import frames, networks, subject
from csto.analysis.measures.parts import allowed, percent, told
from csto.analysis.registry import Measured, measure


def ties(
    without: str | None = None,
    *,
    hedged: bool = True,
    contested: bool = True,
    words: bool = True,
    one_document: bool = True,
) -> pd.DataFrame:
    """The signed ties of the members and Azerbaijan (`networks.ties`)."""
    events = allowed(tables.events(without), hedged=hedged, contested=contested, words=words)
    events = events[one_document | (events["source_count"] > 1)]
    dyads = tables.dyads(without)
    return networks.ties(dyads[dyads["event_id"].isin(events["event_id"])], nodes())


def nodes() -> dict[str, str]:
    """The names of the members and of Azerbaijan, by id."""
    rival = tables.actors().set_index("actor_id").loc[subject.RIVAL, "name"]
    return {**frames.members(), subject.RIVAL: str(rival)}


def drawn() -> pd.DataFrame:
    """Ties for drawing (`networks.drawn`)."""
    return networks.drawn(ties(), ties(hedged=False, contested=False))


def graph(kind: str, without: str | None = None) -> nx.Graph[str]:
    """The ties of one kind over the members and Azerbaijan."""
    return networks.graph(ties(without), nodes(), kind)


def _centralised(one: nx.Graph[str], evidence: tuple[str, ...]) -> Measured:
    return Measured(round(networks.centralisation(one), 2), evidence)


def _told(kind: str, without: str | None = None) -> tuple[str, ...]:
    return told(ties(without)[f"{kind}_ids"], without)


@measure(
    "azerbaijan.centralisation-cooperative",
    "Freeman degree centralisation of the cooperative ties among the members and Azerbaijan "
    "(0 to 1)",
)
def centralisation_cooperative(without: str | None = None) -> Measured:
    return _centralised(graph("cooperative", without), _told("cooperative", without))


@measure(
    "azerbaijan.centralisation-adverse",
    "Freeman degree centralisation of the adverse ties among the members and Azerbaijan (0 to 1)",
)
def centralisation_adverse(without: str | None = None) -> Measured:
    return _centralised(graph("adverse", without), _told("adverse", without))


@measure(
    "azerbaijan.centralisation-without-asiaplus",
    "Freeman degree centralisation of the cooperative ties when Asia-Plus 2019 is left out",
)
def centralisation_without_the_hub() -> Measured:
    return centralisation_cooperative(subject.MAKES_THE_HUB)


@measure(
    "azerbaijan.null-cooperative",
    "Share of all graphs with as many states and ties as the cooperative one "
    "that are at least as centred",
    "%",
)
def null_cooperative() -> Measured:
    return Measured(percent(*networks.as_centralised(graph("cooperative"))), _told("cooperative"))


@measure(
    "azerbaijan.null-adverse",
    "Share of all graphs with as many states and ties as the adverse one "
    "that are at least as centred",
    "%",
)
def null_adverse() -> Measured:
    return Measured(percent(*networks.as_centralised(graph("adverse"))), _told("adverse"))


@measure(
    "azerbaijan.centralisation-members",
    "Freeman degree centralisation of the cooperative ties among the members alone (0 to 1)",
)
def centralisation_members(without: str | None = None) -> Measured:
    pairs = ties(without)
    one = networks.graph(pairs, frames.members(), "cooperative")
    among = pairs[pairs["other_id"] != subject.RIVAL]
    return _centralised(one, told(among["cooperative_ids"], without))


# ---- balance ---------------------------------------------------------------------------------


def _signed(without: str | None = None) -> dict[int, nx.Graph[str]]:
    """The signed graph with ties that are both read as cooperative (1) and as adverse (−1)."""
    return {mixed: networks.signed(ties(without), mixed) for mixed in (1, -1)}


def _both(without: str | None = None) -> tuple[str, ...]:
    return _told("cooperative", without) + _told("adverse", without)


@measure("azerbaijan.triads", "Closed triads among the members and Azerbaijan", "triads")
def triads(without: str | None = None) -> Measured:
    return Measured(len(networks.triads(_signed(without)[1])), _both(without))


@measure(
    "azerbaijan.triads-balanced",
    "Balanced triads, the tie of Armenia and Russia read as adverse",
    "triads",
)
def triads_balanced(without: str | None = None) -> Measured:
    found = networks.triads(_signed(without)[-1])
    return Measured(int(found["is_balanced"].sum()), _both(without))


@measure(
    "azerbaijan.triads-frustrated",
    "Unbalanced triads, the tie of Armenia and Russia read as cooperative",
    "triads",
)
def triads_frustrated(without: str | None = None) -> Measured:
    found = networks.triads(_signed(without)[1])
    return Measured(int((~found["is_balanced"].astype(bool)).sum()), _both(without))


@measure(
    "azerbaijan.frustration",
    "Frustration index, from the adverse to the cooperative reading "
    "of the tie of Armenia and Russia",
    "ties",
)
def frustration(without: str | None = None) -> Measured:
    low, high = sorted(networks.frustration(one) for one in _signed(without).values())
    return Measured(None, _both(without), low, high)


@measure(
    "azerbaijan.null-balance",
    "Share of all ways of signing the same ties that are no more frustrated "
    "than the cooperative reading of the tie of Armenia and Russia",
    "%",
)
def null_balance() -> Measured:
    return Measured(percent(*networks.as_balanced(_signed()[1])), _both())


@measure(
    "azerbaijan.null-balance-adverse",
    "Share of all ways of signing the same ties that are no more frustrated "
    "than the adverse reading of it",
    "%",
)
def null_balance_adverse() -> Measured:
    return Measured(percent(*networks.as_balanced(_signed()[-1])), _both())
