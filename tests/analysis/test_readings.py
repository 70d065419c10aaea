"""Other readings beside the report's own: taken up, paired, compared, ruled on."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from csto import tables
from csto.analysis import agreement, coded, readings, subject
from csto.analysis.measures import codings, compared
from csto.analysis.registry import find

FREE = ("third", "fourth", "fifth")


def test_tables_are_of_the_reading_that_is_taken_up() -> None:
    own = list(tables.events()["event_id"])
    with tables.read_by("third", {"a1": "khachaturov-recalled"}):
        assert list(tables.events()["event_id"])[:2] == ["khachaturov-recalled", "a2"]
        assert set(tables.events(without="edm-2018")["source_ids"].explode()).isdisjoint(
            {"edm-2018"}
        )
    assert list(tables.events()["event_id"]) == own


def test_what_no_reader_coded_cannot_be_asked() -> None:
    with (
        tables.read_by("third"),
        pytest.raises(KeyError, match="no reader but the report's own coded facts"),
    ):
        tables.facts()


def test_what_is_remembered_is_of_one_reading() -> None:
    """Else every headline would come out alike under every reading."""
    with readings.under("third"):
        other = find("withdrawal.refusals")()
    own = find("withdrawal.refusals")()
    assert own and other and own.evidence and set(own.evidence).isdisjoint(other.evidence)


@pytest.mark.parametrize("reading", FREE)
@pytest.mark.parametrize("unit", readings.UNITS)
def test_units_are_paired_one_with_one(reading: str, unit: str) -> None:
    both = readings.pairs(reading, unit)
    assert both and len(set(both.values())) == len(both)
    assert both.keys() <= set(readings.units(None, unit).index)
    assert set(both.values()) <= set(readings.units(reading, unit).index)
    for ours, theirs in readings.decided(reading, unit).items():
        assert both.get(ours) == theirs


@pytest.mark.parametrize("reading", FREE)
def test_every_difference_has_a_ruling_and_every_ruling_a_difference(reading: str) -> None:
    """What was taken over is a difference no more, and is marked as mended."""
    rulings = tables.rulings()
    key = ["sort", "unit", "variable", "first", "other"]
    mine = rulings[[reading in ids for ids in rulings["reading_ids"]]]
    ruled = set(mine[key].itertuples(index=False, name=None))
    found = set(readings.differences(reading)[key].itertuples(index=False, name=None))
    assert found == ruled, found ^ ruled


def test_what_was_mended_counts_as_it_stood() -> None:
    was = readings.before("passage")
    (unit, variable), code = next(iter(was.items()))
    assert readings.units(None, "passage").at[unit, variable] != code
    found = readings.codes("third", "passage").set_index(["unit_id", "variable"])
    assert found.at[(unit, variable), "first"] == code
    assert readings.dropped("forecast").keys().isdisjoint(tables.forecasts()["forecast_id"])


def test_an_interval_over_parts_draws_them_whole() -> None:
    """Ten characters that always go together are one observation and not ten."""
    codes = np.array([[0] * 10 + [1] * 10 + [0] * 10 + [1] * 10, [0] * 10 + [1] * 20 + [0] * 10])
    alone = agreement.interval_over(codes)
    parts = [number for number in range(4) for _ in range(10)]
    together = agreement.interval_over(codes, parts)
    assert together[1] - together[0] > alone[1] - alone[0]


def test_an_interval_over_units_is_that_of_alpha() -> None:
    draw = np.random.default_rng(1)
    first = draw.integers(0, 2, 60)
    codes = np.stack([first, np.where(draw.random(60) < 0.2, 1 - first, first)])
    assert agreement.interval_over(codes) == pytest.approx(
        agreement.interval(codes, "nominal"), abs=1e-9
    )


def test_headlines_stand_side_by_side() -> None:
    found = codings.headlines_by_reading().set_index("id")
    assert {"main", *FREE} <= set(found.columns)
    assert (found["main"] != readings.NONE).all()
    assert found.at["azerbaijan.documents-leaning", "third"] == readings.NONE  # it rests on facts
    assert found.at["withdrawal.forecasts-with-horizon", "moved"] == ("third", "fourth")


def test_what_is_weak_comes_first() -> None:
    assert compared.found_printed()["f1"].is_monotonic_increasing
    printed = compared.coded_printed()[list(FREE)]
    alphas = printed.map(lambda cell: float(cell.split()[0].replace("−", "-")))
    assert alphas.min(axis=1).is_monotonic_increasing
    assert compared.ruled("event")["said"].iloc[0] == "neither"


def test_numbers_that_the_page_calls_alike_are() -> None:
    found = codings.headlines_by_reading().set_index("id")["moved"]
    for name in ("weeks-empty", "backers-all", "backers-unhedged"):
        assert found[f"rotation.{name}"] == ()
    assert found["withdrawal.refusals"] == ()


def test_who_read_begins_with_the_report_itself() -> None:
    printed = compared.readings_printed()
    assert list(printed["label"]) == ["First", *tables.readings()["label"]]
    assert printed.notna().all(axis=None)


def test_claims_that_no_rule_decides_cite_the_passages() -> None:
    told = tables.claims().explode("extract_ids").groupby("claim_id")["extract_ids"].agg(set)
    found = codings.touched_claims()
    assert len(found) and all(set(row.extract_ids) <= told[row.Index] for row in found.itertuples())


@pytest.mark.parametrize(
    ("sort", "variable", "code", "words"),
    [
        ("event", "distancing", "none", "neither strict nor broad"),
        ("event", "distancing", "–", "not coded"),
        ("event", "recipients", "–", "nobody"),
        ("event", "actors", "csto-others, russia", "the other CSTO members, Russia"),
        ("event", "days", "– to 2018-11-17", "on or before 17 November 2018"),
        ("event", "kind", "refuse_meeting", "refuse meeting"),
        ("event", "unit", "accusation", "taken: accusation"),
        ("forecast", "unit", "forecast", "taken"),
        ("forecast", "unit", "–", "not taken"),
        ("forecast", "horizon", "–", "no time"),
        ("position", "stance", "arms_both", "arms both sides"),
        ("position", "stance", "2018", "2018"),
    ],
)
def test_a_code_in_words(sort: str, variable: str, code: str, words: str) -> None:
    assert coded.in_words(sort, variable, code) == words


def test_no_table_prints_a_code_as_it_is_stored() -> None:
    raw = re.compile(r"_|^[A-Z]\d$|^-1$|^none$|\d{4}-\d|^$")
    for sort in (*readings.UNITS, None):
        printed = compared.ruled(sort) if sort else compared.confusions_printed()
        shown = printed[
            [name for name in ("asked", "what", "name", "first", "second") if name in printed]
        ]
        assert not [cell for cell in shown.to_numpy().ravel() if raw.search(cell)]
        assert (printed["first"] != printed["second"]).all()


def test_every_stance_has_its_words() -> None:
    terms = tables.terms()
    stances = terms[terms["vocabulary"].isin(tables.questions()["question"])]["term"]
    assert set(stances) <= {*subject.STANCES, *subject.SUCCESSOR}


def test_what_others_alone_have_is_told_in_their_words() -> None:
    assert coded.unit("event", "khachaturov-recalled") != coded.DROPPED
    theirs = readings.labels_of_others("forecast")
    assert theirs and all(coded.unit("forecast", id) == label for id, label in theirs.items())
    assert {coded.unit("forecast", id) for id in readings.dropped("forecast")} == {coded.DROPPED}


def test_a_second_reading_that_lost_its_partner_counts_as_otherwise() -> None:
    given = compared.given_printed().set_index("variable")
    second = tables.second_reading()
    lost = second[(second["first"] == readings.NONE) & (second["variable"] == "stance")]
    assert len(lost) == 6
    alike = (second["variable"] == "stance") & (second["first"] == second["second"])
    count = int((second["variable"] == "stance").sum())
    assert given.at["stance", "unit_count"] == count
    assert given.at["stance", "agreeing_share"] == round(100 * alike.sum() / count)


def test_frames_are_whole() -> None:
    for frame in (codings.found_units(), codings.coded_units(), codings.between_readers()):
        assert isinstance(frame, pd.DataFrame) and len(frame) and frame.notna().all(axis=None)
