"""Matters on which passages do not agree."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import subject
from csto.analysis.measures.parts import counted
from csto.analysis.registry import Measured, measure


def sides(of_weight: bool) -> pd.DataFrame:
    """The sides for reading, of matters of weight or of all others; one row a side.

    The matter and its sort stand at the first side only.
    """
    told = tables.disagreements()
    told = told[(told["disagreement"] == "weight") == of_weight]
    first = told["side_number"] == 1
    sort = told["disagreement"].astype(str).map(subject.DISAGREEMENTS)
    return told.assign(matter=told["matter"].where(first, ""), sort=sort.where(first, ""))


def _matters(kind: str | None, without: str | None) -> Measured:
    told = tables.disagreements(without)
    told = told[told["disagreement"] == kind] if kind else told
    return counted(told, "disagreement_id")


@measure("robustness.disagreements", "Matters on which passages of the documents differ", "matters")
def matter_count(without: str | None = None) -> Measured:
    return _matters(None, without)
