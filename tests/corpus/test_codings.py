"""Other readings are whole and as they were written; one good case and one bad case a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT, assert_damage_is_named, edit, problems
from csto.corpus.checks import checked_corpus
from csto.corpus.codings import coded_fields
from csto.corpus.readers import ReaderAct, ReaderForecast, ReaderPassage
from csto.corpus.reread import reread

THIRD = "data/codings/third"


def test_the_readings_are_there() -> None:
    corpus = checked_corpus(ROOT)
    free = {one.id: one for one in corpus.readings if one.chooses_units}
    assert list(free) == ["fifth", "fourth", "third"]
    assert all(one.order and one.shown for one in free.values())
    assert len({tuple(sorted(one.order)) for one in free.values()}) == 1
    assert len({tuple(one.order) for one in free.values()}) == len(free)


def test_labels_and_names_are_understood() -> None:
    """What the fifth reader wrote as `by_writer` and as the author is the codebook's and an id."""
    corpus = checked_corpus(ROOT)
    passage = next(one for one in corpus.reader_passages if one.key == "fifth.p2")
    written = (ROOT / "data/codings/fifth/coding.yml").read_text(encoding="utf-8")
    assert "attribution: by_writer" in written and "attribution: author" not in written
    assert passage.attribution == "author" and passage.document == "asiaplus-2019"
    (held,) = passage.positions
    assert (held.holder, held.question, held.stance) == ("asiaplus", "Q5", "hegemon_glue")


def test_a_reading_becomes_a_corpus() -> None:
    corpus = checked_corpus(ROOT)
    third = reread(corpus, "third", {"a1": "khachaturov-recalled"})
    assert [event.id for event in third.events][:2] == ["khachaturov-recalled", "a2"]
    assert third.sources is corpus.sources and not third.corrections
    passages = [one for one in corpus.reader_passages if one.reading == "third"]
    assert len(third.extracts) == len(passages) and all(e.source for e in third.extracts)
    (recall, *_) = third.events
    assert recall.mentions[0] == "edm-2018.d1p2" and recall.recipients == ["khachaturov"]


def test_a_reading_without_units_of_its_own_is_no_corpus() -> None:
    with pytest.raises(KeyError, match="'second' is no reading with units of its own"):
        reread(checked_corpus(ROOT), "second")


def test_what_readers_code_is_compared_or_says_why_not() -> None:
    from csto.analysis.readings import CODED, NOT_COMPARED

    compared = {name for names in CODED.values() for name in names} | NOT_COMPARED.keys()
    coded = {
        name for model in (ReaderPassage, ReaderAct, ReaderForecast) for name in coded_fields(model)
    }
    assert coded <= compared, coded - compared
    assert NOT_COMPARED.keys() <= coded


CASES = {
    "a corrected reading": (
        f"{THIRD}/coding.yml",
        "kind: joint_decision",
        "kind: support_statement",
        "third.sha256: data/codings/third/coding.yml has the hash ",
    ),
    "another codebook": (
        "data/codings/shown/codebook.md",
        "# Codebook",
        "# The codebook",
        "third.shown.1: data/codings/shown/codebook.md has the hash ",
    ),
    "a passage that is none": (
        f"{THIRD}/coding.yml",
        "Russia – which dominates the group",
        "Russia – which dominates a group",
        "third.d5p2.quote: stands 0 times in asiaplus-2019, see what the reader was shown",
    ),
    "a mention that is none": (
        f"{THIRD}/coding.yml",
        "  - d1p7\n",
        "  - d1p77\n",
        "third.a1.passages.1: 'd1p77' is no passage of this reading, see what the reader wrote",
    ),
    "an unknown name": (
        f"{THIRD}/coding.yml",
        "- Yuri Khachaturov",
        "- Yury Khachaturov",
        "a1.recipients.0: 'Yury Khachaturov' is no known actor, ",
    ),
    "an unknown label": (
        "data/codings/fifth/labels.yml",
        "label: by_writer,",
        "label: by_writers,",
        "attribution: 'by_writer' is no known attribution, ",
    ),
    "a reading of another folder": (
        f"{THIRD}/reading.yml",
        "id: third",
        "id: thirds",
        "thirds.id: stands in the folder 'third', name it so",
    ),
    "two readings of one number": (
        f"{THIRD}/reading.yml",
        "number: 3",
        "number: 4",
        "third.number: 4 is another reading's, choose another",
    ),
    "a match of nothing": (
        f"{THIRD}/matches.yml",
        "theirs: a18",
        "theirs: a81",
        "theirs: 'a81' is no event of the reading third, correct it",
    ),
    "a match of no act": (
        f"{THIRD}/matches.yml",
        "ours: russia-inaction-2022",
        "ours: russia-inaction-2021",
        "ours: 'russia-inaction-2021' is no event of the report, correct it",
    ),
    "a match of a sort that no reading has": (
        f"{THIRD}/matches.yml",
        "sort: event",
        "sort: passage",
        "is no passage of the report, correct it",
    ),
    "a mending that is not listed": (
        "data/changes.yml",
        "rule: date_basis.inferred_year",
        "rule: date_basis.relative",
        "mended: no change rests on date_basis.inferred_year, list it in data/changes.yml",
    ),
    "a change without a rule": (
        "data/changes.yml",
        "rule: unit.forecast",
        "rule: unit.forecasts",
        "rule: 'unit.forecasts' is no known rule, did you mean 'unit.forecast'?",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_damage_is_named(case: str, corpus: Path) -> None:
    file, old, new, said = CASES[case]
    assert_damage_is_named(corpus, file, old, new, "", said)


@pytest.mark.parametrize(
    ("gone", "what"), [("shown/codebook.md", "shown.1"), ("third/coding.yml", "sha256")]
)
def test_what_a_reader_was_shown_and_wrote_is_there(gone: str, what: str, corpus: Path) -> None:
    (corpus / "data/codings" / gone).unlink()
    said = f"{THIRD}/reading.yml:"
    ends = f"third.{what}: data/codings/{gone} does not exist, restore it"
    found = problems(corpus)
    assert any(one.startswith(said) and one.endswith(ends) for one in found), found[:5]


def test_what_is_taken_over_is_borne_out(corpus: Path) -> None:
    edit(corpus / "data/codings/rulings.yml", "ruling: other\n", "ruling: first\n")
    said = "ruling: what was taken over is borne out, write other"
    assert any(said in problem for problem in problems(corpus))


def test_a_reading_that_nobody_tells_about(corpus: Path) -> None:
    (corpus / THIRD / "reading.yml").unlink()
    said = "no reading 'third' is told about, add its reading.yml"
    found = problems(corpus)
    assert any(said in problem or "is no known" in problem for problem in found)


def test_every_item_of_the_checklist_is_answered() -> None:
    """After GUIDE-LLM: its core items are all there, and none is without an answer."""
    items = {one.id: one for one in checked_corpus(ROOT).making}
    core = ["a1", "a2", "b1", "b2", "b3", "b4", "b5", "c1", "c2", "d1", "e1", "e2", "f1", "g1"]
    assert [id for id in core if not any(one.startswith(f"{id}-") for one in items)] == []
    assert {"shown", "order", "masking", "stability", "leakage", "bias"} <= items.keys()
    assert all(one.answer.strip() for one in items.values())
