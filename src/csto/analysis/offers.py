"""The choices that a reader is offered: what each asks, why one might choose so, what is refused.

The first option of each is the report's own. How numbers and claims come out under them is
`csto.analysis.states`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csto import files, tables
from csto.analysis import frames

DOCUMENT, HEDGED, CODING = "without", "hedged", "coding"  # what whole tables hang on
OWN, OUT = "own", "out"


@dataclass(frozen=True)
class Option:
    """An answer to a choice; `when` ends “falls when …”, `given` is what measures are given."""

    id: str
    label: str
    when: str
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """A choice that a reader can make, and why one might make it."""

    id: str
    label: str
    why: str
    options: tuple[Option, ...]

    def any_of(self, some: list[Option]) -> str:
        """When some of the options are taken, one or the other, in words."""
        if len(some) == len(self.options) - 1 > 1 and self.id == CODING:
            return "another reading is taken"
        heads = [option.when.removesuffix(" is left out") for option in some]
        if len(some) == 1 or self.id != DOCUMENT:
            return ", or ".join(option.when for option in some)
        return f"{', '.join(heads[:-1])} or {heads[-1]} is left out"

    @property
    def own(self) -> str:
        """The report's option."""
        return self.options[0].id


#: The choices whose options are the same whatever the articles are.
FIXED = (
    Offer(
        HEDGED,
        "Passages with a hedge",
        "“Reportedly” and “may” are an author’s own warning; one can take it, and count only what "
        "is said without them.",
        (
            Option(OWN, "count", "hedged passages count"),
            Option(OUT, "do not count", "hedged passages do not count", {"hedged": False}),
        ),
    ),
    Offer(
        "acts",
        "Acts that are counted",
        "Words cost little: whoever asks what a state did, and not what it said, counts deeds "
        "alone.",
        (
            Option(OWN, "words and deeds", "words count as acts"),
            Option("deeds", "deeds alone", "deeds alone are counted", {"words": False}),
        ),
    ),
    Offer(
        "addressee",
        "Who is struck when the alliance’s head is",
        "Armenia charged and recalled a man of its own who was also the alliance’s head; whoever "
        "sees the office first counts this as aimed at the alliance.",
        (
            Option(OWN, "the man", "acts against the alliance’s head are not aimed at it"),
            Option(
                "head",
                "the alliance",
                "acts against the alliance’s head are aimed at it",
                {"officers": True},
            ),
            Option(
                "post",
                "the alliance; claims to his post are aimed at it too",
                "acts against the alliance’s head and claims to his post are aimed at it",
                {"officers": True, "claims": True},
            ),
        ),
    ),
    Offer(
        "backing",
        "Who backs Belarus’s man",
        "A state that will have no Armenian in the post has in effect taken the other side.",
        (
            Option(OWN, "who wants a Belarusian", "only who wants a Belarusian backs him"),
            Option(
                "against",
                "also who wants no Armenian",
                "who wants no Armenian backs him too",
                {"negative": True},
            ),
        ),
    ),
)


def offers() -> tuple[Offer, ...]:
    """The choices in the order in which a reader meets them."""
    return _offers(files.root())


@functools.cache
def _offers(_: Path) -> tuple[Offer, ...]:
    return (_document(), *FIXED, _coding())


def _document() -> Offer:
    left = (Option(id, label, f"{label} is left out") for id, label in frames.labels().items())
    return Offer(
        DOCUMENT,
        "Leave an article out",
        "Whoever thinks one of the articles unreliable, or hostile, will want to know what stands "
        "without it.",
        (Option(OWN, "none", "all articles are there"), *left),
    )


def _coding() -> Offer:
    """Whose coding: the readings that coded all that numbers are counted from."""
    readings = tables.readings()
    whole = readings[readings["chooses_units"]]
    named = {id: f"the {label.lower()} reading" for id, label in
             zip(whole["reading_id"], whole["label"], strict=True)}  # fmt: skip
    others = (Option(id, f"{name}’s", f"{name} is taken") for id, name in named.items())
    return Offer(
        CODING,
        "Whose coding",
        "Others sorted the same articles by the same rules without seeing this report’s work; what "
        "hangs on one reader’s judgment moves with it.",
        (Option(OWN, "this report’s", "this report’s coding is taken"), *others),
    )


#: Choices that are not offered, by what they would be, with the reason.
REFUSED = {
    "The second reading’s coding": "It was given passages, chose none, and left out days and "
    "forecasts: hardly a number can be counted from it.",
    "Acts whose coding was doubted, left out": "The doubt is the coder’s and was written down "
    "where it came up; to drop what he was careful about would reward the careless.",
    "Two acts told in one sentence, counted as one": "Two papers left unsigned are two refusals, "
    "whatever the sentence; the codebook counts them so.",
    "Only wishes that a named official utters": "It would silence the articles themselves, which "
    "are the only witnesses there are.",
    "Only what two articles tell": "With five articles on three moments hardly anything would be "
    "left; to leave them out one by one asks the same and shows more.",
}
