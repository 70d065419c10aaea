"""The coding choices of the report: what each is called, what it may be, and what the report takes.

A measure that bears on a choice takes it as a keyword of this name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """A choice of coding: `options` maps what a measure is given to what it is called."""

    id: str
    label: str
    options: Mapping[Any, str]
    own: Any
    meaning: str


def _choice(id: str, label: str, yes: str, no: str, *, own: bool, meaning: str) -> Choice:
    return Choice(id, label, {True: yes, False: no}, own, meaning)


#: Every choice by id; the first option of each is what lets more in, or counts more.
CHOICES = {
    one.id: one
    for one in (
        _choice(
            "hedged", "hedged passages", "in", "out", own=True,
            meaning="whether what is said with a hedge counts as said",
        ),
        _choice(
            "contested", "contested acts", "in", "out", own=True,
            meaning="whether acts whose coding the coder doubts count",
        ),
        _choice(
            "words", "acts of mere words", "in", "out", own=True,
            meaning="whether acts that stop at words count beside deeds",
        ),
        _choice(
            "merged", "acts told in one sentence", "one act", "several", own=False,
            meaning="whether acts that share a sentence are one",
        ),
        _choice(
            "negative", "“not an Armenian”", "counts as backing", "does not", own=False,
            meaning="whether wanting no Armenian is wanting a Belarusian",
        ),
        _choice(
            "unnamed", "wishes nobody is named for", "in", "out", own=True,
            meaning="whether words count that no named person or institution stands for",
        ),
        _choice(
            "officers", "recall and charges of the organisation’s head",
            "aimed at it", "at a person", own=False,
            meaning="whether acts against its secretary general are aimed at the organisation",
        ),
        _choice(
            "claims", "claims to its highest post", "aimed at it", "at nobody", own=False,
            meaning="whether claims to the post that name nobody are aimed at the organisation",
        ),
        _choice(
            "one_document", "told by", "one document or more", "two or more", own=True,
            meaning="whether one document is enough",
        ),
    )
}  # fmt: skip
