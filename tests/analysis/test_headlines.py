"""The headlines: the same number wherever it is shown, and every choice does what its name says."""

from __future__ import annotations

import inspect

import pytest
from conftest import ROOT

from csto import tables
from csto.analysis import headlines
from csto.exhibits import findings

STORED = findings.collect((ROOT / "notebooks").glob("*.ipynb"))
WITH_CHOICES = [key for key, one in headlines.HEADLINES.items() if one.choices]


@pytest.mark.parametrize("id", headlines.HEADLINES)
def test_every_headline_stands_in_its_chapter_as_it_is_measured(id: str) -> None:
    assert STORED[id]["notebook"] == id.split(".")[0]
    assert findings.read(STORED[id]) == headlines.show(id)


@pytest.mark.parametrize("id", headlines.HEADLINES)
def test_every_headline_is_computed_without_each_document(id: str) -> None:
    assert STORED[id]["without"].keys() == set(tables.sources()["source_id"])


@pytest.mark.parametrize("id", WITH_CHOICES)
def test_the_curve_holds_every_combination_and_the_books_own_once(id: str) -> None:
    curve = headlines.specifications(id)
    choices = headlines.HEADLINES[id].choices
    assert len(curve.drop_duplicates(choices)) == len(curve) == 2 ** len(choices)
    assert curve[curve["is_main"]]["value"].tolist() == [headlines.HEADLINES[id].measure().value]
    assert curve["value"].is_monotonic_increasing and list(curve["rank"]) == list(
        range(1, len(curve) + 1)
    )


@pytest.mark.parametrize(
    "id", ["rotation.backers-all", "azerbaijan.members-cooperating", "azerbaijan.side-links"]
)
def test_leaving_more_out_never_counts_more(id: str) -> None:
    """These count states: each choice that is True lets more in."""
    curve = headlines.specifications(id)
    for name in headlines.HEADLINES[id].choices:
        assert curve[curve[name]]["value"].mean() >= curve[~curve[name]]["value"].mean(), name


def test_every_choice_has_words_and_a_use() -> None:
    used = {name for one in headlines.HEADLINES.values() for name in one.choices}
    assert used == headlines.CHOICES.keys()
    for one in headlines.HEADLINES.values():
        assert set(inspect.signature(one.measure).parameters) == {"without", *one.choices}


def test_leave_one_out_tells_moved_from_lost() -> None:
    frame = headlines.leave_one_out()
    assert frame.loc["rotation.backers-all", "moves_without"] == ("asiaplus-2019",)
    assert frame.loc["azerbaijan.days-session-to-leak", "lost_without"] == ("edm-2018",)
    assert (
        frame.loc["rotation.backers-unhedged", "moves_without"]
        == frame.loc["rotation.backers-unhedged", "lost_without"]
        == ()
    )


def test_a_headline_that_cannot_be_computed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        headlines.HEADLINES, "x", headlines.Headline("x", "x", "", lambda without=None: None)
    )
    with pytest.raises(ValueError, match="headline x cannot be computed"):
        headlines.show("x")
