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

    Columns: `number`, `answer`, `count`, `is_main`.
    """
    parts = []
    for id, asked in subject.ASKED.items():
        curve = specifications(id).assign(answer=lambda found: found["value"].astype(int))
        counts = curve.groupby("answer").agg(count=("answer", "size"), is_main=("is_main", "any"))
        parts.append(counts.reset_index().assign(number=asked))
    return pd.concat(parts, ignore_index=True)


@measure(
    "robustness.shift-least",
    "Least shift of addressee under any combination of coding choices",
    "points",
)
def least_shift() -> Measured:
    return by_documents(int(specifications("withdrawal.addressee-shift")["value"].min()))
