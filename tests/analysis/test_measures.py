"""Measures on made-up frames whose answers are known."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto.analysis import acts, days, frames, positions, rise, subject, witnesses


def dated(low: str | None, high: str | None, **more: object) -> pd.Series:
    return pd.Series(
        {"earliest_date": pd.Timestamp(low), "latest_date": pd.Timestamp(high), **more}
    )


def test_days_between_days_are_exact() -> None:
    assert days.days_between(
        dated("2018-11-02", "2018-11-02"), dated("2018-11-08", "2018-11-08")
    ) == (6, 6)


def test_days_between_intervals_take_nearest_and_farthest_ends() -> None:
    assert days.days_between(
        dated("2018-11-01", "2018-11-30"), dated("2018-11-15", "2018-12-10")
    ) == (-15, 39)


def test_no_duration_without_a_bound() -> None:
    with pytest.raises(ValueError, match="no duration without both bounds"):
        days.days_between(dated(None, "2018-11-02"), dated("2018-11-08", "2018-11-08"))


def test_span_prints_one_number_or_two() -> None:
    assert (days.span(6, 6), days.span(0, 15)) == ("6", "0–15")


def test_clock_orders_by_latest_day_and_says_how_days_are_known() -> None:
    origin = dated("2018-11-02", "2018-11-02")
    steps = pd.DataFrame(
        [
            dated("2018-11-02", "2018-11-17", date_precision=4, date_basis="report_date"),
            dated("2018-11-08", "2018-11-08", date_precision=1, date_basis="stated"),
            dated("2018-11-01", "2018-11-30", date_precision=4, date_basis="stated"),
        ]
    )
    found = days.clock(steps, origin)
    assert list(found["days"]) == ["day 6", "day 0–15", "day 0–28"]
    assert list(found["known"]) == [days.KNOWN[0], days.KNOWN[2], days.KNOWN[1]]


def test_backing_tells_silence_from_no_mention() -> None:
    rows = [
        ("a", "x", "declines", "asserted", "x.1"),
        ("b", "x", "belarusian", "hedged", "x.2"),
        ("b", "y", "belarusian", "hedged", "y.1"),
        ("b", "y", "acting_until_2020", "asserted", "y.2"),
    ]
    held = pd.DataFrame(rows, columns=["state_id", "source_id", "stance", "status", "extract_id"])
    names, documents = {"a": "A", "b": "B"}, {"x": "X", "y": "Y"}
    cells = positions.backing(held, names, documents, {("a", "y")})
    cells = cells.set_index(["state_id", "source_id"])
    sides = {("a", "x"): "silent", ("a", "y"): "no wish told", ("b", "y"): "several"}
    assert {key: cells.loc[key, "side"] for key in sides} == sides
    assert cells.loc[("a", "y"), "reading"] == "named, no wish told"
    assert cells.loc[("b", "y"), "reading"] == "a Belarusian (hedged)\nacting head to 2020"
    assert cells.loc[("b", "x"), "hedged"] and not cells.loc[("b", "y"), "hedged"]


def test_every_stance_on_the_post_has_words_and_a_side() -> None:
    from csto.corpus.checks import checked_corpus

    stances = {s.id for q in checked_corpus().questions if q.id == "Q1" for s in q.stances}
    assert stances == set(subject.SUCCESSOR)


def test_acts_between_count_an_act_once_and_either_way() -> None:
    dyads = pd.DataFrame(
        [
            {"event_id": "e", "actor_state_id": "a", "recipient_state_id": "z", "sign": 1},
            {"event_id": "e", "actor_state_id": "a", "recipient_state_id": "z", "sign": 1},
            {"event_id": "f", "actor_state_id": "z", "recipient_state_id": "a", "sign": -1},
            {"event_id": "g", "actor_state_id": "a", "recipient_state_id": "a", "sign": 1},
            {"event_id": "h", "actor_state_id": "b", "recipient_state_id": "z", "sign": 1},
        ]
    )
    mentions = pd.DataFrame(
        [{"event_id": e, "source_id": "x", "extract_ids": ("x.1",)} for e in "efgh"]
    )
    found = acts.acts_between(dyads, mentions, "a", "z")
    assert list(found["event_id"]) == ["e", "f"]
    assert list(found["direction"]) == ["cooperative", "adverse"]


def test_empty_years_are_those_no_dated_act_can_fall_in() -> None:
    events = pd.DataFrame(
        [
            dated("2016-10-14", "2016-10-14"),
            dated("2018-06-01", "2019-02-22"),
            dated(None, "2020-01-01"),
        ]
    )
    assert days.empty_years(events, 2016, 2021) == [2017, 2020, 2021]


def test_merged_keeps_one_act_a_sentence() -> None:
    events = pd.DataFrame({"merge": ["x", "x", None, None]}, index=list("abcd"))
    assert list(acts.merged(events).index) == ["a", "c", "d"]


def test_per_period_tells_certain_from_possible() -> None:
    acts = pd.DataFrame(
        [
            dated("2018-11-02", "2018-11-02", extract_ids=("x.1",)),
            dated("2018-11-20", "2019-01-05", extract_ids=("x.2",)),
            dated(None, "2018-11-30", extract_ids=("x.3",)),
        ]
    )
    found = days.per_period(acts, "M")
    assert list(
        zip(found["period"], found["certain_count"], found["possible_count"], strict=True)
    ) == [("2018-11", 1, 1), ("2018-12", 0, 1), ("2019-01", 0, 1)]
    assert found["extract_ids"].iloc[0] == ("x.1", "x.2")


@given(st.dates(dt.date(2018, 1, 1), dt.date(2019, 1, 1)), st.integers(0, 400), st.integers(0, 99))
def test_draws_lie_within_their_bounds(low: dt.date, width: int, seed: int) -> None:
    high = low + dt.timedelta(days=width)
    days = rise.day_draws(pd.DataFrame([dated(str(low), str(high))]), 50, seed)
    assert days.shape == (50, 1)
    epoch = dt.date(1970, 1, 1)
    assert (days >= (low - epoch).days).all() and (days <= (high - epoch).days).all()


def test_no_draw_without_a_bound() -> None:
    with pytest.raises(ValueError, match="no draw for an act without both bounds"):
        rise.day_draws(pd.DataFrame([dated(None, "2018-11-02")]), 1, 0)


def test_silence_takes_the_last_and_the_first_possible_days() -> None:
    before = pd.DataFrame([dated("2019-02-22", "2019-02-22"), dated("2019-02-01", "2019-02-28")])
    assert days.silence(
        before, pd.DataFrame([dated("2019-04-01", "2019-04-30"), dated("2019-05-01", None)])
    ) == (32, 67)


def test_rises_is_one_for_a_climb_and_minus_one_for_a_fall() -> None:
    days = np.array([[1, 2, 3], [3, 2, 1], [1, 1, 2]])
    assert list(rise.rises(days, np.array([0, 1, 2]))) == [1, -1, 1]


def test_rises_agrees_with_pairs_counted_one_by_one() -> None:
    rng = np.random.default_rng(7)
    days, steps = rng.integers(0, 9, (5, 8)), rng.integers(0, 4, 8)
    for row, found in zip(days, rise.rises(days, steps), strict=True):
        signs = [
            np.sign(row[a] - row[b]) * np.sign(steps[a] - steps[b])
            for a, b in itertools.combinations(range(8), 2)
        ]
        assert found == pytest.approx(sum(signs) / sum(map(abs, signs)))


def test_shuffles_keep_the_steps() -> None:
    found = rise.shuffles(np.array([0, 1, 1, 3]), 20, 3)
    assert found.shape == (20, 4) and all(sorted(row) == [0, 1, 1, 3] for row in found)


def test_order_shares_count_pairs_of_days() -> None:
    one, other = dated("2018-11-01", "2018-11-02"), dated("2018-11-02", "2018-11-03")
    assert days.order_shares(one, other) == (3 / 4, 1 / 4)


def test_groups_join_documents_by_their_feeders() -> None:
    found = witnesses.groups(["a", "b", "c"], [("a", "tass"), ("b", "tass"), ("gone", "tass")])
    assert sorted(map(sorted, found)) == [["a", "b"], ["c"]]


def test_treatment_counts_members_once_and_not_towards_themselves() -> None:
    rows = [
        ("e1", "a", "z", 1),
        ("e2", "a", "z", 1),
        ("e3", "b", "a", -1),
        ("e4", "a", "a", -1),
        ("e5", "org", "a", -1),
    ]
    told = pd.DataFrame(rows, columns=["event_id", "actor_state_id", "recipient_state_id", "sign"])
    found = acts.treatment(told, ["a", "b"], ["org"], "z", "a")
    assert list(found["z"]) == [1, 0, 0] and list(found["a"]) == [0, 1, 1]
    assert found["is_better"].all()


def test_evidence_keeps_order_and_drops_repetitions() -> None:
    assert frames.evidence([("a", "b"), ("b",)], [("c", "a")]) == ["a", "b", "c"]
