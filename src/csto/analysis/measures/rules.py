"""The rule of the post: which theory of it anybody states, and whether anybody quotes it."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import subject
from csto.analysis.measures.parts import by_documents, counted
from csto.analysis.registry import Measured, measure


def theories(without: str | None = None) -> pd.DataFrame:
    """Statements of either theory of the post, with `theory` in words."""
    held = tables.positions(without)
    stated = held[(held["question"] == "Q2") & held["stance"].isin(subject.THEORIES)]
    return stated.assign(theory=stated["stance"].map(subject.THEORIES))


@measure(
    "rotation.rule-statements",
    "Statements of either theory of the post by a named person",
    "statements",
)
def rule_statements(without: str | None = None) -> Measured:
    return counted(theories(without))


@measure(
    "rotation.rule-quoted",
    "Passages in which the organisation or its regulations are the speaker",
    "passages",
)
def rule_quoted(without: str | None = None) -> Measured:
    extracts = tables.extracts(without)
    spoken = extracts[extracts["speaker_id"].isin(subject.ORGANISATION)]
    return by_documents(len(spoken), without)
