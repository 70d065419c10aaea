"""The rule of the post: which theory of it anybody states, and whether anybody quotes it."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames, subject
from csto.analysis.measures.parts import by_documents
from csto.analysis.registry import Measured, measure


def theories(without: str | None = None) -> pd.DataFrame:
    """Statements of either theory of the post, with `theory` in words."""
    held = tables.positions(without)
    stated = held[(held["question"] == "Q2") & held["stance"].isin(subject.THEORIES)]
    return stated.assign(theory=stated["stance"].map(subject.THEORIES))


def grounds() -> pd.DataFrame:
    """Who argues from which ground, one row a ground, holder and document."""
    extracts = tables.extracts().set_index("extract_id")
    claim = extracts.loc[[subject.CLAIMANT]].reset_index()
    claim = claim.assign(theory=subject.GIVEN_UP, holder_id=claim["speaker_id"])
    every = pd.concat([theories(), claim])
    return frames.grouped(every, "theory", "holder_id", "source_id")


@measure(
    "rotation.rule-quoted",
    "Passages in which the organisation or its regulations are the speaker",
    "passages",
)
def rule_quoted(without: str | None = None) -> Measured:
    extracts = tables.extracts(without)
    spoken = extracts[extracts["speaker_id"].isin(subject.ORGANISATION)]
    return by_documents(len(spoken), without)
