"""How sure a claim is, as pages say it: the claim, its grade, what public pages contradict."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from csto.analysis.certainty import RANKS
from csto.book import wording
from csto.book.sure import PREFIX, judged
from csto.book.trail import Trail, trail_of
from csto.exhibits import findings
from csto.exhibits.findings import finding


@pytest.fixture(scope="module")
def trail() -> Trail:
    return trail_of(ROOT)


def test_a_graded_claim_is_named_by_what_it_says(trail: Trail) -> None:
    for claim in trail.corpus.claims:
        found = findings.read(trail.findings[PREFIX + claim.id])
        assert found.text == claim.says and found.why.endswith("."), claim.id


def test_what_pages_say_to_the_passages_of_a_claim_is_found(trail: Trail) -> None:
    found = {
        claim.id: {
            verb: [row.id for row in rows] for verb, rows in judged(trail.corpus, claim).items()
        }
        for claim in trail.corpus.claims
    }
    assert found["cohesion.works"] == {"contradict": ["only-agreement-in-yerevan"]}
    assert found["azerbaijan.no-help"] == {"say more on": ["refused-to-intervene"]}
    assert found["withdrawal.loyal"]["dispute"] == ["alone-in-condemning"]
    assert len(found["azerbaijan.kazakhstan-leaned"]["say more on"]) > 1


def test_a_grade_has_its_sign_before_its_word_and_each_is_explained(built: dict[str, str]) -> None:
    drawn = (
        r'<span class="csto-shape csto-shape-(\w+)"></span>\s*'
        r"<(?:a|strong)[^>]*>(.*?)</(?:a|strong)>"
    )
    shown = [
        (shape, re.sub(r"<[^>]+>|:| \(\d+\)", "", word).lower())
        for page in built.values()
        for shape, word in re.findall(drawn, page)
    ]
    assert len(shown) > 40 and {shape for shape, _ in shown} <= {*RANKS}
    assert [pair for pair in shown if pair[0] != pair[1]] == []
    explained = re.findall(drawn, built["book/index.html"])
    used = {shape for shape, _ in shown}
    assert used - {"fair"} <= {shape for shape, _ in explained}


@pytest.mark.parametrize(
    ("value", "without", "said"),
    [
        ("firm", ["firm", "firm", "firm"], "firm"),
        ("firm", ["thin", "firm", "thin"], "thin without Asia-Plus 2019 or EDM 2018"),
        (3, [2, 3, 2], "2–3 (2 without Asia-Plus 2019 or EDM 2018)"),
        (3, [3, 3, None], "3; nothing to compute it from without EDM 2018"),
    ],
)
def test_what_one_document_decides(
    trail: Trail, value: findings.Value, without: list[findings.Value], said: str
) -> None:
    documents = ["asiaplus-2019", "avetisyan-2016", "edm-2018"]
    left = dict(zip(documents, without, strict=True))
    made = finding("a.b", "A", value, documents=documents, without=left)
    assert wording.without(trail.corpus, made) == said
