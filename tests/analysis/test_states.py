"""States: what numbers and claims are under the choices that a reader is offered."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from csto.analysis import comparisons, readings, registry, states
from csto.analysis.choices import CHOICES
from csto.analysis.offers import OUT, OWN, offers


@pytest.fixture(autouse=True)
def _built(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in the built book, whose states are computed already."""
    monkeypatch.chdir(sources)


def test_every_option_gives_measures_what_they_take() -> None:
    for offer in offers():
        assert not offer.options[0].given
        for option in offer.options:
            for name, value in option.given.items():
                assert value in CHOICES[name].options and value != CHOICES[name].own


def test_the_own_state_is_the_report() -> None:
    for id, answers in states.numbers().items():
        found = registry.find(id)()
        assert answers.at(states.own()) == (found.plain if found else None), id
    for id in states.claims():
        assert states.outcome(id, states.own()) == states.STANDS, id


def test_a_state_is_what_the_measure_gives() -> None:
    """Any of them, taken by hand: the tables read so, the document left out, the choices given."""
    draw, known = random.Random(7), states.numbers()
    every = list(states.states())
    for id in draw.sample(sorted(known), 30):
        state = draw.choice(every)
        one, left = registry.find(id), state["without"]
        taken = {choice.id for choice in one.choices}
        given = {
            name: value
            for offer in offers()
            for option in offer.options
            if option.id == state[offer.id]
            for name, value in option.given.items()
            if name in taken
        }
        coding = None if state["coding"] == OWN else state["coding"]
        with readings.under(coding, hedged=state["hedged"] != OUT):
            try:
                found = one(None if left == OWN else left, **given)
            except (KeyError, IndexError):
                found = None
        assert known[id].at(state) == (found.plain if found else None), (id, state)
        assert (known[id].at(state) is None) == bool(known[id].why_at(state))


@pytest.mark.parametrize("id", ["rotation.backers-all", "withdrawal.addressee-shift"])
def test_to_leave_hedges_out_of_the_tables_is_to_leave_them_out_of_the_measure(id: str) -> None:
    for document in ("edm-2018", "jorbenadze-2018"):
        found = registry.find(id)(document, hedged=False)
        state = states.full({"hedged": OUT, "without": document})
        assert found and states.numbers()[id].at(state) == found.plain


def test_no_claim_gets_surer_by_leaving_out() -> None:
    for state in states.states(("without", "hedged")):
        for id, answers in states.claims().items():
            before, now = answers.at(states.own()), answers.at(state)
            assert states.RANKS.index(str(now)) <= states.RANKS.index(str(before)), (id, state)


def test_the_quarrel_moved_in_some_readings_and_not_in_others() -> None:
    def outcome(**chosen: str) -> str:
        return states.outcome("withdrawal.quarrel-moved", states.full(chosen))

    assert outcome(acts="deeds") == states.STANDS
    assert outcome(addressee="head") == states.STANDS
    assert outcome(addressee="head", acts="deeds") == states.FALLEN
    assert outcome(without="eurasianet-2023") == states.FALLEN


def test_a_notebook_reads_what_the_page_shows() -> None:
    found = states.read(hedged="out").set_index("id")
    assert found.at["rotation.backers-all", "own"] == 4
    assert found.at["rotation.backers-all", "value"] == 1
    assert found.at["sure.azerbaijan.leak", "value"] == "untold"
    with pytest.raises(ValueError, match="hedged='in' is no choice that is offered"):
        states.read(hedged="in")


def test_all_states_are_there_to_take_away() -> None:
    exported = states.exported()
    count = 1
    for choice in exported["choices"]:
        count *= len(choice["options"])
    assert len(exported["states"]) == count
    one = next(state for state in exported["states"] if state["without"] == "edm-2018")
    assert one["values"]["azerbaijan.days-session-to-leak"] is None
    assert one["why_not"]["azerbaijan.days-session-to-leak"] == "nothing is left to count it from"
    assert one["claims"]["azerbaijan.leak"] == states.FALLEN
    headlines = {measure.id for measure in registry.headlines()}
    assert all(headlines <= state["values"].keys() for state in exported["states"])


@pytest.mark.parametrize("text", ["", "a.b", "a.b = c", "a.b == 1", "a.b = 1 or a.c = 2", "1"])
def test_what_is_no_comparison_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no comparison"):
        comparisons.parse(text)


def test_a_comparison_is_told_or_not() -> None:
    numbers = {"a.one": 1, "a.four": 4, "a.none": None}.get
    judge = {
        "a.one = 1": True,
        "a.four > half of a.four": True,
        "a.one > half of a.four": False,
        "a.one < a.four and a.four = 4": True,
        "a.one = 1 and a.none = 0": None,
    }
    assert {text: comparisons.parse(text).holds(numbers) for text in judge} == judge
