"""Witnesses: which documents share a source, and what came through an outlet."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import pandas as pd

from csto import tables


def groups(documents: Iterable[str], feeders: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Documents joined by a common feeder.

    `feeders` are (document, feeder); a feeder may be a document's own outlet.
    """
    joined: nx.Graph[tuple[str, str]] = nx.Graph()
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


@tables.remembered
def fed(without: str | None = None) -> pd.DataFrame:
    """Passages whose words came through an outlet, with `feeder_id`.

    The outlet that the document names for them, or the speaker who is one.
    """
    kinds = tables.actors().set_index("actor_id")["actor_kind"]
    chains = tables.chains(without)
    speaking = chains["speaker_id"].where(chains["speaker_id"].map(kinds) == "outlet")
    feeders = chains.assign(feeder_id=chains["outlet_id"].fillna(speaking))
    return feeders.dropna(subset=["feeder_id"])
