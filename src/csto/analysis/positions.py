"""Positions: who wants whom for the post, as each document has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from csto.analysis.subject import SUCCESSOR


def backing(
    held: pd.DataFrame,
    states: Mapping[str, str],
    sources: Mapping[str, str],
    named: set[tuple[str, str]],
) -> pd.DataFrame:
    """State × document: what a state wants for the post, one row a cell.

    `held` are positions on who should hold it. `states` and `sources` map ids to names, in the
    order of rows and columns; `named` are the pairs of state and document in which the document
    names the state. `side` is the side all its stances are on, "several" when they are on more
    than one; `hedged` is True when every passage is hedged, and a stance whose passages all are
    says so in its words.
    """
    rows = []
    for state, row_name in states.items():
        for source, column_name in sources.items():
            ids = {"state_id": state, "source_id": source}
            names = {"row_name": row_name, "column_name": column_name}
            here = held[(held["state_id"] == state) & (held["source_id"] == source)]
            rows.append({**ids, **names, **_cell(here, (state, source) in named)})
    return pd.DataFrame(rows)


def _cell(held: pd.DataFrame, is_named: bool) -> dict[str, Any]:
    hedged = held["status"] == "hedged"
    only_hedged = hedged.groupby(held["stance"], sort=False).all()
    said = {str(stance): " (hedged)" if only else "" for stance, only in only_hedged.items()}
    words = [SUCCESSOR[stance][0] + doubt for stance, doubt in said.items()]
    sides = list(dict.fromkeys(SUCCESSOR[stance][1] for stance in held["stance"]))
    silent = "named, no wish told" if is_named else "not named"
    return {
        "reading": "\n".join(words) or silent,
        "side": sides[0] if len(sides) == 1 else "several" if sides else "no wish told",
        "hedged": bool(len(held)) and bool(hedged.all()),
        "extract_ids": tuple(dict.fromkeys(held["extract_id"])),
    }
