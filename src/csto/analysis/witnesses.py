"""Witnesses: which documents share a source, and how far two readers of them agree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import krippendorff
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


Level = Literal["nominal", "ordinal"]

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
    groups = readings.groupby("variable", sort=False)
    return pd.DataFrame([_agreement(str(name), pairs) for name, pairs in groups])


def _agreement(variable: str, pairs: pd.DataFrame) -> dict[str, object]:
    order = ORDERS.get(variable) or sorted({*pairs["first"], *pairs["second"]})
    codes = [[order.index(code) for code in pairs[reader]] for reader in ("first", "second")]
    level: Level = "ordinal" if variable in ORDERS else "nominal"
    alpha = None
    if len({*codes[0], *codes[1]}) > 1:
        alpha = round(float(krippendorff.alpha(codes, level_of_measurement=level)), 2)
    return {
        "variable": variable,
        "unit_count": len(pairs),
        "level": level,
        "agreeing_share": round(100 * (pairs["first"] == pairs["second"]).mean()),
        "commonest_share": round(100 * pairs["first"].value_counts(normalize=True).iloc[0]),
        "alpha": alpha,
    }


def fed(without: str | None = None) -> pd.DataFrame:
    """Passages whose words came through an outlet, with `feeder_id`.

    The outlet that the document names for them, or the speaker who is one.
    """
    kinds = tables.actors().set_index("actor_id")["actor_kind"]
    chains = tables.chains(without)
    speaking = chains["speaker_id"].where(chains["speaker_id"].map(kinds) == "outlet")
    feeders = chains.assign(feeder_id=chains["outlet_id"].fillna(speaking))
    return feeders.dropna(subset=["feeder_id"])
