"""Measures of measures: how many numbers move, and under how many choices a claim holds."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import registry, subject
from csto.analysis.measures import post
from csto.analysis.measures.parts import by_documents
from csto.analysis.printed import number
from csto.analysis.registry import Measured, measure

specifications = tables.remembered(registry.specifications)


# ---- choices ---------------------------------------------------------------------------------


def answers() -> pd.DataFrame:
    """How many readings give each answer to how many allies back Belarus.

    Columns: `answer` (from none to the most), `count`, `is_main` (the answer that the text gives).
    """
    counts = specifications(subject.ASKED)["value"].astype(int).value_counts()
    counts = counts.reindex(range(counts.index.max() + 1), fill_value=0)
    rows = counts.rename_axis("answer").reset_index(name="count")
    return rows.assign(is_main=rows["answer"] == post.firm_backers().value)


def answers_title() -> str:
    """What the picture of the answers shows."""
    rows = answers()
    (own,) = rows[rows["is_main"]].itertuples()
    others = rows.loc[~rows["is_main"] & (rows["count"] > 0), "answer"]
    ours, low, high = (
        number(int(one)) if one else "none" for one in (own.answer, others.min(), others.max())
    )
    return (
        f"How many allies back Belarus for the post? {ours.capitalize()} by this report’s reading, "
        f"{low} to {high} by others"
    )


@measure(
    "robustness.shift-least",
    "Least shift of addressee under any combination of coding choices",
    "points",
)
def least_shift() -> Measured:
    return by_documents(int(specifications("withdrawal.addressee-shift")["value"].min()))
