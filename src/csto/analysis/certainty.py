"""How sure each claim is: a grade by one written rule, and a line that says what decided it.

A claim has parts; any one of a part's passages tells that part. An article tells a part flatly
with a passage that is not hedged. Articles share a source in a part if their passages there came
through one named outlet, or one is or relays the outlet of the other. The grade is the first that
applies: *disputed* if a passage has it otherwise or another reading makes it false; *thin* if some
part is told by one article alone, or flatly by none; *fair* if some part is told flatly only by
articles that share a source, or flatly by one; else *firm*. A claim about all
articles has no grade: reading them settles it, and it is *checked*.

To leave an article out takes away its support and nothing else: objections stay, and so does who
shares a source with whom. So no grade rises by knowing less.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from csto import tables
from csto.analysis import frames
from csto.analysis.printed import number
from csto.analysis.subject import NO_OUTLET
from csto.analysis.witnesses import fed, groups
from csto.corpus.schema import source_of
from csto.corpus.values import HEDGED

PREFIX = "sure."  # of the findings that hold grades
GRADES = ("untold", "disputed", "thin", "fair", "firm")  # from the least to the most sure
CHECKED = "checked"  # instead of a grade, for what reading all articles settles
NEEDED = "†"  # at an article without which a claim falls
RANKS = (GRADES[0], CHECKED, *GRADES[1:])  # all of these, as they are ordered
Feeders = Mapping[str, Collection[str]]  # extract id → outlets that its words came through


@dataclass(frozen=True)
class Claim:
    """A claim as the rule sees it: parts as lists of extract ids, and what is said against it."""

    id: str
    says: str
    parts: tuple[tuple[str, ...], ...]
    against: tuple[str, ...]
    otherwise: str | None
    holds: str | None = None  # a comparison of numbers that it comes to
    read_through: bool = False  # whether it is about all articles


@dataclass(frozen=True)
class Witnesses:
    """What is known of passages: which are hedged, and through which outlets each came."""

    hedged: Collection[str]
    feeders: Feeders

    def groups(self, keys: Collection[str]) -> list[set[str]]:
        """The articles of some passages, those that share a source together."""
        pairs = {(source_of(key), outlet) for key in keys for outlet in self.feeders.get(key, ())}
        return groups(dict.fromkeys(map(source_of, keys)), sorted(pairs))


def witnesses() -> Witnesses:
    """What the data knows of all passages."""
    extracts = tables.extracts()
    hedged = frozenset(extracts.loc[extracts["status"] == HEDGED, "extract_id"])
    told = fed()
    named = told[told["feeder_id"] != NO_OUTLET].groupby("extract_id")["feeder_id"].agg(set)
    own = _own_outlets()
    keys = extracts["extract_id"]
    return Witnesses(hedged, {key: own[source_of(key)] | named.get(key, set()) for key in keys})


def _own_outlets() -> dict[str, set[str]]:
    """The outlets that an article is of, or whose report it relays."""
    actors = tables.actors().set_index("name")
    own = {}
    for source in tables.sources().itertuples():
        names = [name for name in (source.author, source.relays) if name in actors.index]
        outlets = actors.loc[names].query("actor_kind == 'outlet'")
        own[str(source.source_id)] = set(outlets["actor_id"])
    return own


def claims() -> list[Claim]:
    """The claims of the report, in the order of the file."""
    found = []
    for id, rows in tables.claims().groupby("claim_id", sort=False):
        first = rows.iloc[0]
        otherwise, holds = (
            None if pd.isna(first[name]) else str(first[name]) for name in ("otherwise", "holds")
        )
        parts = tuple(rows["extract_ids"])
        said = (str(id), first["says"], parts, first["against_ids"], otherwise, holds)
        found.append(Claim(*said, bool(first["read_through"])))
    return found


def grade(
    claim: Claim, known: Witnesses, without: Collection[str] = (), lost: Collection[str] = ()
) -> str:
    """The grade of a claim with some articles left out, and some passages lost."""
    if claim.read_through:
        return CHECKED
    left = [
        [key for key in part if source_of(key) not in without and key not in lost]
        for part in claim.parts
    ]
    if not all(left):
        return "untold"
    if claim.against or claim.otherwise:
        return "disputed"
    pairs = zip(claim.parts, left, strict=True)
    return min((_part(part, kept, known) for part, kept in pairs), key=GRADES.index)


def _part(part: tuple[str, ...], kept: list[str], known: Witnesses) -> str:
    flat = {source_of(key) for key in kept if key not in known.hedged}
    if not flat or len(set(map(source_of, kept))) < 2:
        return "thin"
    apart = [group for group in known.groups(part) if group & flat]
    return "firm" if len(apart) > 1 else "fair"


# ---- in words --------------------------------------------------------------------------------


def line(claim: Claim, known: Witnesses) -> str:
    """What decided the grade, in plain words: it stands first."""
    if claim.read_through:
        return f"Reading all {number(len(frames.labels()))} articles settles it."
    doubt = claim.otherwise
    doubts = [f"{doubt[0].upper()}{doubt[1:]}"] if doubt else []
    return " ".join(f"{part}." for part in (*doubts, _told(claim, known)))


def _told(claim: Claim, known: Witnesses) -> str:
    """How many articles support the part that the fewest do, and whether it holds without one."""
    labels = frames.labels()
    falls = [labels[one] for one in labels if grade(claim, known, {one}) == "untold"]
    part = min(claim.parts, key=lambda keys: len(set(map(source_of, keys))))
    articles = [labels[one] for one in dict.fromkeys(map(source_of, part))]
    hedged = ", with a hedge" if all(key in known.hedged for key in part) else ""
    if all({labels[source_of(key)] for key in each} == set(falls) for each in claim.parts):
        return f"Only {falls[0]} supports it{hedged}"
    if falls:
        parts = "A part of it rests" if len(falls) == 1 else "Parts of it rest"
        return f"{parts} on {' and on '.join(falls)} alone"
    count = number(len(articles)).capitalize()
    if len(known.groups(part)) == 1:
        return f"{count} articles support it{hedged}, and they share a source"
    if len({frozenset(map(source_of, each)) for each in claim.parts}) > 1:
        return f"At least {number(len(articles))} articles support each of its parts{hedged}"
    return f"{count} articles support it{hedged}, each by itself"


def findings() -> Iterator[dict[str, Any]]:
    """Each claim as a finding shows it: its grade, why, and the grade without each article."""
    known = witnesses()
    for claim in claims():
        yield {
            "id": f"{PREFIX}{claim.id}",
            "text": claim.says,
            "why": line(claim, known),
            "value": grade(claim, known),
            "evidence": [key for part in claim.parts for key in part] + list(claim.against),
            "without": {one: grade(claim, known, {one}) for one in frames.labels()},
        }


def ranked() -> pd.DataFrame:
    """The graded claims from the most to the least sure: `says`, `grade`, and what supports each.

    That is a column for each article, called by its id, of lists of pairs: a sign where the claim
    falls without that article, and the passages in it.
    """
    known = witnesses()
    rows = [
        {
            "says": claim.says,
            "grade": grade(claim, known),
        }
        | {one: [_support(claim, one, known)] for one in frames.labels()}
        for claim in claims()
        if not claim.read_through
    ]
    frame = pd.DataFrame(rows)
    order = frame["grade"].map(RANKS.index)
    return frame.loc[order.sort_values(ascending=False, kind="stable").index]


def _support(claim: Claim, article: str, known: Witnesses) -> tuple[str, tuple[str, ...]]:
    told = dict.fromkeys(key for part in claim.parts for key in part)
    falls = grade(claim, known, {article}) == GRADES[0]
    return NEEDED if falls else "", tuple(key for key in told if source_of(key) == article)
