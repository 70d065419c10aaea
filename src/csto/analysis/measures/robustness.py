"""Measures of measures: how many numbers move, and under how many choices a claim holds."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import registry, subject
from csto.analysis.measures.parts import by_documents
from csto.analysis.registry import Measured, measure

specifications = tables.remembered(registry.specifications)


# ---- choices ---------------------------------------------------------------------------------


def answers() -> pd.DataFrame:
    """How many readings give each answer to the two numbers that move most.

    Columns: `number`, `answer`, `count`, `is_main` (the answer that the text gives).
    """
    parts = []
    for id, (asked, chosen) in subject.ASKED.items():
        counts = specifications(id)["value"].astype(int).value_counts().sort_index()
        rows = counts.rename_axis("answer").reset_index(name="count")
        own = registry.find(id)(**chosen)
        parts.append(rows.assign(number=asked, is_main=rows["answer"] == (own and own.value)))
    return pd.concat(parts, ignore_index=True)


@measure(
    "robustness.shift-least",
    "Least shift of addressee under any combination of coding choices",
    "points",
)
def least_shift() -> Measured:
    return by_documents(int(specifications("withdrawal.addressee-shift")["value"].min()))
