"""How many claims there are of each grade, and how many rest on one article."""

from __future__ import annotations

from csto.analysis import certainty, frames
from csto.analysis.measures.parts import by_documents
from csto.analysis.registry import Measured, measure


def _graded(grade: str) -> Measured:
    known = certainty.witnesses()
    return by_documents(sum(certainty.grade(c, known) == grade for c in certainty.claims()))


def _with_a_grade() -> list[certainty.Claim]:
    return [claim for claim in certainty.claims() if not claim.read_through]


@measure("sure.claims", "Claims with a grade, in headings and in the brief", "claims")
def claim_count() -> Measured:
    return by_documents(len(_with_a_grade()))


@measure("sure.one-article", "Claims that fall if some one article is taken away", "claims")
def fall_with_one() -> Measured:
    known = certainty.witnesses()
    falls = [
        claim
        for claim in _with_a_grade()
        if any(certainty.grade(claim, known, {one}) == "untold" for one in frames.labels())
    ]
    return by_documents(len(falls))


def _register(grade: str) -> None:
    measure(f"sure.{grade}", f"Claims that are {grade}", "claims")(lambda: _graded(grade))


for each in (*certainty.GRADES[1:], certainty.CHECKED):
    _register(each)
