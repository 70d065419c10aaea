"""The register: the same number wherever it is shown, and every choice does what its name says."""

from __future__ import annotations

import pytest

import csto.analysis.measures  # noqa: F401  # it registers them
from conftest import ROOT
from csto import tables
from csto.analysis import certainty, registry
from csto.analysis.choices import CHOICES
from csto.analysis.registry import MEASURES, Measured
from csto.exhibits import findings, show
from csto.exhibits.notebooks import all_notebooks

STORED = findings.collect(all_notebooks(ROOT))
HEADLINES = [one.id for one in registry.headlines()]
WITH_CHOICES = [id for id in HEADLINES if MEASURES[id].choices]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register to add to."""
    monkeypatch.setattr(registry, "MEASURES", dict(MEASURES))


#: Numbers about all chapters, or of one that only the last of them discusses.
IN_THE_LAST = (
    "sure.",
    "corpus.kommersant-documents",
    "withdrawal.adverse-",
    "withdrawal.organisation-",
    "withdrawal.addressee-shift",
)


def test_every_number_of_the_book_is_a_measure_or_a_grade_and_every_measure_is_shown() -> None:
    grades = {found["id"] for found in certainty.findings()}
    assert STORED.keys() - grades == MEASURES.keys()


@pytest.mark.parametrize("id", MEASURES)
def test_every_measure_stands_in_its_chapter_as_it_is_measured(id: str) -> None:
    chapter = "robustness" if id.startswith(IN_THE_LAST) else id.split(".")[0]
    assert STORED[id]["notebook"] == chapter
    assert findings.read(STORED[id]) == show(id)


@pytest.mark.parametrize("id", [id for id, one in MEASURES.items() if one.can_leave_out])
def test_what_can_be_left_out_is(id: str) -> None:
    assert STORED[id]["without"].keys() == set(tables.sources()["source_id"])
    assert not STORED[id]["outside"]


def test_what_cannot_be_left_out_rests_on_the_outside_record_or_is_about_all_documents() -> None:
    """Measures of measures, of claims, and of readings."""
    fixed = {id for id, one in MEASURES.items() if not one.can_leave_out}
    inside = {id for id in fixed if not STORED[id]["outside"]}
    assert {id for id in inside if not id.startswith(("robustness.", "sure.", "codings."))} == set()


@pytest.mark.parametrize("id", [id for id, one in MEASURES.items() if one.can_leave_out])
def test_evidence_is_never_of_the_document_left_out(id: str) -> None:
    for source in tables.sources()["source_id"]:
        found = MEASURES[id](source)
        assert found is None or not [k for k in found.evidence if k.startswith(f"{source}.")]
        assert found is None or source not in found.documents


# ---- choices -------------------------------------------------------------------------------


@pytest.mark.parametrize("id", WITH_CHOICES)
def test_the_curve_holds_every_combination_and_the_books_own_once(id: str) -> None:
    curve = registry.specifications(id)
    choices = [choice.id for choice in MEASURES[id].choices]
    assert len(curve.drop_duplicates(choices)) == len(curve) == 2 ** len(choices)
    found = MEASURES[id]()
    assert found and curve.loc[curve["is_main"], "value"].tolist() == [found.value]
    assert curve["value"].is_monotonic_increasing
    assert list(curve["rank"]) == list(range(1, len(curve) + 1))


def test_leaving_more_out_never_counts_more() -> None:
    """It counts states: the first option of each choice lets more in."""
    curve = registry.specifications("rotation.backers-all")
    for choice in MEASURES["rotation.backers-all"].choices:
        means = curve.groupby(choice.id)["value"].mean()
        more, less = choice.options
        assert means[more] >= means[less], choice.id


def test_every_choice_has_words_and_a_use() -> None:
    used = {choice.id for one in MEASURES.values() for choice in one.choices}
    assert used == CHOICES.keys()
    for choice in CHOICES.values():
        assert choice.own in choice.options and choice.meaning.startswith("whether ")


def test_a_choice_that_is_not_the_reports_own_shows() -> None:
    own, other = (
        show("rotation.backers-all", hedged=True),
        show("rotation.backers-all", hedged=False),
    )
    assert own == show("rotation.backers-all")
    assert other.id == "rotation.backers-all[hedged=False]"
    assert other.text == f"{own.text} (hedged passages: out)"
    firm = show("rotation.backers-unhedged")
    assert (other.value, other.without, other.evidence) == (firm.value, firm.without, firm.evidence)


def test_a_choice_that_a_measure_has_not_is_named() -> None:
    said = "measure rotation.weeks-empty has no choice 'hedged', its choices: none"
    with pytest.raises(ValueError, match=f"^{said}$"):
        show("rotation.weeks-empty", hedged=False)
    with pytest.raises(ValueError, match=r"its choices: hedged, negative, unnamed, one_document$"):
        show("rotation.backers-all", words=False)


# ---- the register itself -------------------------------------------------------------------


def test_a_measure_that_cannot_be_computed_says_so(register: None) -> None:
    registry.measure("x", "X")(lambda without=None: None)
    with pytest.raises(ValueError, match=r"^measure x cannot be computed from the documents"):
        show("x")


def test_an_id_that_is_not_registered_says_so() -> None:
    with pytest.raises(ValueError, match=r"^there is no measure 'x', register it in"):
        show("x")


def test_what_may_be_registered(register: None) -> None:
    with pytest.raises(
        ValueError, match=r"^measure rotation\.weeks-empty stands twice, rename one$"
    ):
        registry.measure("rotation.weeks-empty", "X")(lambda: None)
    said = "^measure x: '{}' is no choice with the report's own default$"
    with pytest.raises(ValueError, match=said.format("other")):
        registry.measure("x", "X")(lambda without=None, *, other=True: None)
    with pytest.raises(ValueError, match=said.format("hedged")):
        registry.measure("x", "X")(lambda without=None, *, hedged=False: None)


def test_words_fill_the_text(register: None) -> None:
    registry.measure("x", "Days after {name}")(
        lambda: Measured(1, outside=("row",), words={"name": "A"})
    )
    assert show("x").text == "Days after A"
