"""Measures on made-up frames whose answers are known."""

from __future__ import annotations

import pandas as pd
import pytest

from csto.analysis import acts, days, frames, positions, subject, witnesses
from csto.analysis.measures import drift, forecasts, post, robustness


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
    assert cells.loc["A", "X"] == [("keeps silent", ("x.1",))]
    assert cells.loc["A", "Y"] == [("named, no wish told", ())]
    two = [("a Belarusian (hedged)", ("y.1",)), ("acting head to 2020", ("y.2",))]
    assert cells.loc["B", "Y"] == two


def test_every_stance_on_the_post_has_words() -> None:
    from csto.corpus.checks import checked_corpus

    stances = {s.id for q in checked_corpus().questions if q.id == "Q1" for s in q.stances}
    assert stances == set(subject.SUCCESSOR)


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


def test_silence_takes_the_last_and_the_first_possible_days() -> None:
    before = pd.DataFrame([dated("2019-02-22", "2019-02-22"), dated("2019-02-01", "2019-02-28")])
    assert days.silence(
        before, pd.DataFrame([dated("2019-04-01", "2019-04-30"), dated("2019-05-01", None)])
    ) == (32, 67)


def test_groups_join_documents_by_their_feeders() -> None:
    found = witnesses.groups(["a", "b", "c"], [("a", "tass"), ("b", "tass"), ("gone", "tass")])
    assert sorted(map(sorted, found)) == [["a", "b"], ["c"]]


def test_evidence_keeps_order_and_drops_repetitions() -> None:
    assert frames.evidence([("a", "b"), ("b",)], [("c", "a")]) == ["a", "b", "c"]


def test_falling_pairs_are_wholly_apart_and_go_down() -> None:
    acts = pd.DataFrame(
        [
            dated("2018-01-01", "2018-03-01", rung="R2", extract_ids=("x.1",)),
            dated("2018-02-01", "2018-04-01", rung="L0", extract_ids=("x.2",)),
            dated("2018-05-01", "2018-05-02", rung="L0", extract_ids=("x.3",)),
            dated("2018-06-01", "2018-06-02", rung="R3", extract_ids=("x.4",)),
        ]
    )
    assert drift._falling(acts).value == 1


def test_every_verdict_on_a_forecast_has_plain_words() -> None:
    assert forecasts.ledger()["scored"].notna().all()


def test_the_bar_that_is_marked_is_the_answer_that_the_text_gives() -> None:
    found = robustness.answers()
    assert found.loc[found["is_main"], "answer"].tolist() == [post.firm_backers().value]
