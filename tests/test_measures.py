"""Measures on made-up frames whose answers are known."""

from __future__ import annotations

import pandas as pd
import pytest

from csto import measures


def dated(low: str | None, high: str | None, **more: object) -> pd.Series:
    return pd.Series({"earliest_date": pd.Timestamp(low), "latest_date": pd.Timestamp(high), **more})


def test_days_between_days_are_exact() -> None:
    assert measures.days_between(dated("2018-11-02", "2018-11-02"), dated("2018-11-08", "2018-11-08")) == (6, 6)


def test_days_between_intervals_take_nearest_and_farthest_ends() -> None:
    assert measures.days_between(dated("2018-11-01", "2018-11-30"), dated("2018-11-15", "2018-12-10")) == (-15, 39)


def test_no_duration_without_a_bound() -> None:
    with pytest.raises(ValueError, match="no duration without both bounds"):
        measures.days_between(dated(None, "2018-11-02"), dated("2018-11-08", "2018-11-08"))


def test_span_prints_one_number_or_two() -> None:
    assert (measures.span(6, 6), measures.span(0, 15)) == ("6", "0–15")


def test_clock_orders_by_latest_day_and_says_how_days_are_known() -> None:
    origin = dated("2018-11-02", "2018-11-02")
    steps = pd.DataFrame([
        dated("2018-11-02", "2018-11-17", date_precision=4, date_basis="report_date"),
        dated("2018-11-08", "2018-11-08", date_precision=1, date_basis="stated"),
        dated("2018-11-01", "2018-11-30", date_precision=4, date_basis="stated"),
    ])
    found = measures.clock(steps, origin)
    assert list(found["days"]) == ["day 6", "day 0–15", "day 0–28"]
    assert list(found["known"]) == [measures.KNOWN[0], measures.KNOWN[2], measures.KNOWN[1]]


def test_backing_tells_silence_from_no_mention() -> None:
    held = pd.DataFrame([
        {"question": "Q1", "state_id": "a", "source_id": "x", "stance": "declines", "status": "asserted", "extract_id": "x.1"},
        {"question": "Q1", "state_id": "b", "source_id": "x", "stance": "belarusian", "status": "hedged", "extract_id": "x.2"},
        {"question": "Q1", "state_id": "b", "source_id": "y", "stance": "belarusian", "status": "hedged", "extract_id": "y.1"},
        {"question": "Q1", "state_id": "b", "source_id": "y", "stance": "acting_until_2020", "status": "asserted", "extract_id": "y.2"},
        {"question": "Q2", "state_id": "a", "source_id": "y", "stance": "state_term", "status": "asserted", "extract_id": "y.3"},
    ])
    cells = measures.backing(held, {"a": "A", "b": "B"}, {"x": "X", "y": "Y"}).set_index(["state_id", "source_id"])
    assert cells.loc[("a", "x"), "side"] == "silent" and cells.loc[("a", "y"), "side"] == "not mentioned"
    assert cells.loc[("b", "x"), "hedged"] and not cells.loc[("b", "y"), "hedged"]
    assert cells.loc[("b", "y"), "side"] == "several"


def test_every_stance_on_the_post_has_words_and_a_side() -> None:
    from csto.checks import checked_corpus

    stances = {s.id for q in checked_corpus().questions if q.id == "Q1" for s in q.stances}
    assert stances == set(measures.SUCCESSOR)


def test_acts_between_count_an_act_once_and_either_way() -> None:
    dyads = pd.DataFrame([
        {"event_id": "e", "actor_state_id": "a", "recipient_state_id": "z", "sign": 1},
        {"event_id": "e", "actor_state_id": "a", "recipient_state_id": "z", "sign": 1},
        {"event_id": "f", "actor_state_id": "z", "recipient_state_id": "a", "sign": -1},
        {"event_id": "g", "actor_state_id": "a", "recipient_state_id": "a", "sign": 1},
        {"event_id": "h", "actor_state_id": "b", "recipient_state_id": "z", "sign": 1},
    ])
    mentions = pd.DataFrame([{"event_id": e, "source_id": "x", "extract_ids": ("x.1",)} for e in "efgh"])
    found = measures.acts_between(dyads, mentions, "a", "z")
    assert list(found["event_id"]) == ["e", "f"]
    assert list(found["direction"]) == ["cooperative", "adverse"]


def test_empty_years_are_those_no_dated_act_can_fall_in() -> None:
    events = pd.DataFrame([dated("2016-10-14", "2016-10-14"), dated("2018-06-01", "2019-02-22"), dated(None, "2020-01-01")])
    assert measures.empty_years(events, 2016, 2021) == [2017, 2020, 2021]


def test_merged_count() -> None:
    events = pd.DataFrame({"merge": ["m", "m", None, None]}, index=["a", "b", "c", "d"])
    assert measures.merged_count(events) == 3


def test_evidence_keeps_order_and_drops_repetitions() -> None:
    assert measures.evidence([("a", "b"), ("b",)], [("c", "a")]) == ["a", "b", "c"]
