"""The grade of a claim: the rule case by case, and that no grade rises by knowing less."""

from __future__ import annotations

import dataclasses
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto.analysis import certainty
from csto.analysis.certainty import GRADES, RANKS, Claim, Witnesses

KEYS = [f"{article}.{key}" for article in "abcd" for key in ("x", "y")]
OUTLETS = ["one", "two"]


def claim(*parts: str, against: str = "", otherwise: str | None = None) -> Claim:
    return Claim(
        "c", "says", tuple(tuple(part.split()) for part in parts), tuple(against.split()), otherwise
    )


KNOWN = Witnesses({"a.y", "b.y"}, {"a.x": {"one"}, "b.x": {"one"}, "c.x": {"two"}})
CASES = {
    "two apart": (claim("a.x c.x"), "firm"),
    "two that share a source": (claim("a.x b.x"), "fair"),
    "one flat, one hedged": (claim("c.x a.y"), "fair"),
    "one alone": (claim("a.x a.y"), "thin"),
    "two hedged": (claim("a.y b.y"), "thin"),
    "the weakest part decides": (claim("a.x c.x", "a.x"), "thin"),
    "a passage has it otherwise": (claim("a.x c.x", against="b.x"), "disputed"),
    "another reading": (claim("a.x c.x", otherwise="read otherwise"), "disputed"),
    "shared through a third": (claim("a.x b.x c.x"), "firm"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule(name: str) -> None:
    one, expected = CASES[name]
    assert certainty.grade(one, KNOWN) == expected


def test_what_is_about_all_articles_has_no_grade() -> None:
    one = dataclasses.replace(claim("a.y"), read_through=True)
    assert certainty.grade(one, KNOWN) == certainty.grade(one, KNOWN, {"a"}) == certainty.CHECKED


def test_a_part_that_nobody_tells_any_more() -> None:
    assert certainty.grade(claim("a.x c.x", "a.y"), KNOWN, {"a"}) == "untold"
    assert certainty.grade(claim("a.x", against="c.x"), KNOWN, {"c"}) == "disputed"


PARTS = st.lists(
    st.lists(st.sampled_from(KEYS), min_size=1, unique=True).map(tuple), min_size=1, max_size=3
)
RANDOM = st.builds(
    Claim,
    st.just("c"),
    st.just("says"),
    PARTS.map(tuple),
    st.lists(st.sampled_from(KEYS), max_size=1).map(tuple),
    st.sampled_from([None, "otherwise"]),
)
SEEN = st.builds(
    Witnesses, st.sets(st.sampled_from(KEYS)),
    st.dictionaries(st.sampled_from(KEYS), st.sets(st.sampled_from(OUTLETS))),
)  # fmt: skip


@given(
    one=RANDOM,
    known=SEEN,
    less=st.sets(st.sampled_from("abcd")),
    more=st.sets(st.sampled_from("abcd")),
)
def test_no_grade_rises_by_knowing_less(
    one: Claim, known: Witnesses, less: set[str], more: set[str]
) -> None:
    rank = [GRADES.index(certainty.grade(one, known, left)) for left in (less, less | more)]
    assert rank[1] <= rank[0]


def test_no_claim_of_the_report_rises() -> None:
    known, articles = certainty.witnesses(), list(certainty.frames.labels())
    subsets = [
        set(some)
        for size in range(len(articles) + 1)
        for some in itertools.combinations(articles, size)
    ]
    for one in certainty.claims():
        rank = {frozenset(left): RANKS.index(certainty.grade(one, known, left)) for left in subsets}
        for left, more in itertools.product(subsets, articles):
            assert rank[frozenset(left | {more})] <= rank[frozenset(left)], one.id


def test_the_line_names_what_lowered_the_grade() -> None:
    for found in certainty.findings():
        assert found["value"] in (certainty.CHECKED, *GRADES[1:]), found["id"]
        assert found["why"].endswith(".") and not found["text"].endswith("."), found["id"]
        if found["value"] == "thin":
            lowered = ("Only ", " of it rest")
            assert any(words in found["why"] for words in lowered), found["id"]
        if found["value"] == "firm":
            assert re.search("each by itself|articles support each of its parts", found["why"])


def test_the_line_says_first_what_speaks_against_a_claim() -> None:
    told = "asiaplus-2019.open-post-may-be-a-compromise"
    line = certainty.line(claim(told, otherwise="it is a guess"), certainty.witnesses())
    assert line.startswith("It is a guess. Only "), line
