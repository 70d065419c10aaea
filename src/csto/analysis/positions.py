"""Positions: who wants whom for the post, as each document has it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from csto.analysis.subject import STANCES, SUCCESSOR, WORDED

Said = list[tuple[str, tuple[str, ...]]]  # words, and the passages that bear them out


def worded(held: pd.DataFrame) -> pd.Series:
    """The answers of positions in plain words: those of the passage, where it has its own."""
    return held["extract_id"].map(WORDED).fillna(held["stance"].astype(str).map(STANCES))


def backing(
    held: pd.DataFrame,
    states: Mapping[str, str],
    sources: Mapping[str, str],
    named: set[tuple[str, str]],
) -> pd.DataFrame:
    """State × document: what a state wants for the post, as words with their passages.

    `held` are positions on who should hold it. `states` and `sources` map ids to names, in the
    order of rows and columns; `named` are the pairs of state and document in which the document
    names the state. A stance whose passages all are hedged says so in its words.
    """
    rows = {
        row_name: {
            column_name: _said(
                held[(held["state_id"] == state) & (held["source_id"] == source)],
                (state, source) in named,
            )
            for source, column_name in sources.items()
        }
        for state, row_name in states.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def _said(held: pd.DataFrame, is_named: bool) -> Said:
    said = []
    for stance, answers in held.groupby("stance", sort=False, observed=True):
        doubt = " (hedged)" if (answers["status"] == "hedged").all() else ""
        said.append((SUCCESSOR[str(stance)] + doubt, tuple(dict.fromkeys(answers["extract_id"]))))
    return said or [("named, no wish told" if is_named else "not named", ())]
