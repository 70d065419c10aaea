"""What a star-type alliance around Russia would show, and what is seen."""

from __future__ import annotations

import pandas as pd

from csto.analysis import frames, networks, subject
from csto.analysis.measures.parts import by_documents, told
from csto.analysis.measures.ties import ties
from csto.analysis.registry import Measured, measure


def _test(pairs: pd.DataFrame) -> dict[str, int]:
    return networks.star_test(pairs, frames.members(), subject.CENTRE)


def _links_told(pairs: pd.DataFrame) -> list[str]:
    """Cooperative acts between Russia and members."""
    centre = (pairs[["one_id", "other_id"]] == subject.CENTRE).any(axis=1)
    linked = pairs[centre & (pairs["other_id"] != subject.RIVAL)]
    return frames.evidence(linked["cooperative_ids"])


@measure(
    "azerbaijan.star-links", "Members with a cooperative act between them and Russia", "members"
)
def links(without: str | None = None) -> Measured:
    pairs = ties(without)
    return Measured(_test(pairs)["links"], told([_links_told(pairs)], without))


@measure(
    "azerbaijan.side-links",
    "Pairs of members other than Russia with a cooperative act between them",
    "pairs",
    headline=True,
)
def side_links(
    without: str | None = None,
    *,
    hedged: bool = True,
    contested: bool = True,
    words: bool = True,
    one_document: bool = True,
) -> Measured:
    """What a star-type alliance would have none of."""
    pairs = ties(
        without, hedged=hedged, contested=contested, words=words, one_document=one_document
    )
    ends = pairs[["one_id", "other_id"]]
    others = pairs[~ends.isin([subject.CENTRE, subject.RIVAL]).any(axis=1)]
    return Measured(_test(pairs)["side_links"], told(others["cooperative_ids"], without))


@measure(
    "azerbaijan.star-links-material",
    "Members with a material cooperative act between them and Russia",
    "members",
)
def material_links(without: str | None = None) -> Measured:
    pairs = ties(without, words=False)
    return Measured(_test(pairs)["links"], told([_links_told(pairs)], without))


@measure(
    "azerbaijan.side-links-material",
    "Pairs of members other than Russia with a material cooperative act between them",
    "pairs",
)
def material_side_links(without: str | None = None) -> Measured:
    return by_documents(_test(ties(without, words=False))["side_links"], without)
