"""What holds of the measures whatever the data: symmetry, sums, bounds, and independent counts."""

from __future__ import annotations

import datetime as dt
import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto.analysis import days, networks, rise

some_day = st.dates(dt.date(2016, 1, 1), dt.date(2019, 12, 31))
bounds = st.tuples(some_day, st.integers(0, 60)).map(
    lambda pair: (pair[0], pair[0] + dt.timedelta(days=pair[1]))
)
many = st.lists(bounds, min_size=1, max_size=6)


def act(pair: tuple[dt.date, dt.date]) -> pd.Series:
    return pd.Series({"earliest_date": pd.Timestamp(pair[0]), "latest_date": pd.Timestamp(pair[1])})


def acts(pairs: list[tuple[dt.date, dt.date]], **more: object) -> pd.DataFrame:
    return pd.DataFrame([act(pair) for pair in pairs]).assign(**more)


def every(pair: tuple[dt.date, dt.date]) -> list[dt.date]:
    return [pair[0] + dt.timedelta(days=n) for n in range((pair[1] - pair[0]).days + 1)]


# ---- days ----------------------------------------------------------------------------


@given(bounds, bounds, st.data())
def test_a_duration_holds_every_possible_distance(
    one: tuple, other: tuple, data: st.DataObject
) -> None:
    low, high = days.days_between(act(one), act(other))
    start, end = data.draw(st.sampled_from(every(one))), data.draw(st.sampled_from(every(other)))
    assert low <= (end - start).days <= high
    assert (low, high) == ((other[0] - one[1]).days, (other[1] - one[0]).days)


@given(bounds, bounds)
def test_a_duration_backwards_is_its_negative(one: tuple, other: tuple) -> None:
    low, high = days.days_between(act(one), act(other))
    assert days.days_between(act(other), act(one)) == (-high, -low)


@given(bounds, bounds)
def test_shares_of_orders_sum_to_one(one: tuple, other: tuple) -> None:
    (before, same), (after, same_again) = (
        days.order_shares(act(one), act(other)),
        days.order_shares(act(other), act(one)),
    )
    assert before + same + after == pytest.approx(1) and same == pytest.approx(same_again)
    pairs = list(itertools.product(every(one), every(other)))
    assert before == pytest.approx(sum(a < b for a, b in pairs) / len(pairs))


@given(many, bounds)
def test_a_clock_never_runs_backwards(steps: list, origin: tuple) -> None:
    frame = acts(steps, date_basis="stated", date_precision=1)
    found = days.clock(frame, act(origin))
    assert found["latest_date"].is_monotonic_increasing and len(found) == len(frame)
    assert (found["low_days"] >= 0).all() and (
        (found["low_days"] <= found["high_days"]) | (found["high_days"] < 0)
    ).all()


# ---- periods --------------------------------------------------------------------------


@given(many, st.sampled_from(["M", "Y"]))
def test_every_act_is_in_one_certain_period_or_several_possible_ones(
    pairs: list, freq: str
) -> None:
    found = days.per_period(acts(pairs, extract_ids=[(f"x.{n}",) for n in range(len(pairs))]), freq)
    size = 7 if freq == "M" else 4
    certain = [
        low.isoformat()[:size]
        for low, high in pairs
        if low.isoformat()[:size] == high.isoformat()[:size]
    ]
    assert found["certain_count"].sum() == len(certain)
    for row in found.itertuples():
        touching = [
            n
            for n, pair in enumerate(pairs)
            if pair[0].isoformat()[:size] <= row.period <= pair[1].isoformat()[:size]
        ]
        assert row.certain_count == certain.count(row.period)
        assert row.certain_count + row.possible_count == len(touching)
        assert row.extract_ids == tuple(f"x.{n}" for n in touching)


@given(many)
def test_years_are_empty_or_touched(pairs: list) -> None:
    empty = days.empty_years(acts(pairs), 2015, 2021)
    touched = {year for low, high in pairs for year in range(low.year, high.year + 1)}
    assert empty == [year for year in range(2015, 2022) if year not in touched]


# ---- orders ---------------------------------------------------------------------------

climbs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=2, max_size=9).filter(
    lambda pairs: (
        len({day for day, _ in pairs}) > 1
        and len({step for _, step in pairs}) > 1
        and any(a[0] != b[0] and a[1] != b[1] for a, b in itertools.combinations(pairs, 2))
    )
)


@given(climbs)
def test_rises_turns_with_time_and_stays_in_its_bounds(pairs: list) -> None:
    when, steps = (np.array(column) for column in zip(*pairs, strict=True))
    found = rise.rises(when[None, :], steps)[0]
    assert -1 <= found <= 1
    assert rise.rises(-when[None, :], steps)[0] == pytest.approx(-found)
    assert rise.rises(when[None, :] * 3 + 1, steps)[0] == pytest.approx(
        found
    )  # an order, not a distance


@given(st.lists(st.integers(0, 6), min_size=1, max_size=9), st.integers(0, 99))
def test_shuffles_are_orders_of_the_same_steps_and_the_same_for_a_seed(
    steps: list, seed: int
) -> None:
    found = rise.shuffles(np.array(steps), 10, seed)
    assert all(sorted(row) == sorted(steps) for row in found)
    assert (found == rise.shuffles(np.array(steps), 10, seed)).all()


# ---- graphs ---------------------------------------------------------------------------

ends = st.sampled_from("abcdx")
told = st.lists(
    st.tuples(st.integers(0, 9).map("e{}".format), ends, ends, st.sampled_from([-1, 0, 1])),
    max_size=12,
)


def ties(rows: list) -> pd.DataFrame:
    return networks.ties(
        pd.DataFrame(rows, columns=["event_id", "actor_state_id", "recipient_state_id", "sign"]),
        "abcd",
    )


@given(told)
def test_ties_are_the_same_either_way_round(rows: list) -> None:
    turned = ties([(event, recipient, actor, sign) for event, actor, recipient, sign in rows])
    pd.testing.assert_frame_equal(ties(rows), turned)


@given(told)
def test_ties_counted_by_hand(rows: list) -> None:
    found = {(row.one_id, row.other_id): row for row in ties(rows).itertuples()}
    for one, other in itertools.combinations("abcd", 2):
        acts = {
            sign: {e for e, a, r, s in rows if {a, r} == {one, other} and s == sign}
            for sign in (1, -1)
        }
        row = found.get((one, other))
        assert (row is not None) == bool(acts[1] or acts[-1])
        if row:
            assert (row.cooperative_count, row.adverse_count) == (len(acts[1]), len(acts[-1]))
            assert row.tie == (
                "both" if acts[1] and acts[-1] else "cooperative" if acts[1] else "adverse"
            )


@given(told, st.sampled_from([1, -1, 0]))
def test_signs_are_one_or_minus_one(rows: list, mixed: int) -> None:
    pairs = ties(rows)
    one = networks.signed(pairs, mixed)
    both = int((pairs["tie"] == "both").sum())
    assert one.number_of_edges() == len(pairs) - (both if mixed == 0 else 0)
    assert {sign for _, _, sign in one.edges(data="sign")} <= {1, -1}


@given(st.integers(3, 6), st.floats(0, 1), st.integers(0, 999))
def test_centralisation_is_freemans_sum(nodes: int, density: float, seed: int) -> None:
    one = nx.gnp_random_graph(nodes, density, seed=seed)
    degrees = [degree for _, degree in one.degree]
    star = [degree for _, degree in nx.star_graph(nodes - 1).degree]
    most = sum(max(star) - degree for degree in star)
    assert networks.centralisation(one) == pytest.approx(
        sum(max(degrees) - degree for degree in degrees) / most
    )


@given(
    st.dictionaries(
        st.sampled_from(["ab", "ac", "ad", "bc", "bd", "cd"]), st.sampled_from([1, -1]), min_size=1
    )
)
def test_a_graph_is_balanced_when_two_camps_explain_it(edges: dict[str, int]) -> None:
    """Harary: frustration is naught just when contracting friends leaves a graph of two colours."""
    one = nx.Graph()
    one.add_edges_from((pair[0], pair[1], {"sign": sign}) for pair, sign in edges.items())
    friends = nx.Graph((a, b) for a, b, sign in one.edges(data="sign") if sign > 0)
    friends.add_nodes_from(one)
    camp = {
        node: number
        for number, part in enumerate(nx.connected_components(friends))
        for node in part
    }
    foes = nx.Graph((camp[a], camp[b]) for a, b, sign in one.edges(data="sign") if sign < 0)
    assert (networks.frustration(one) == 0) == (
        not list(nx.selfloop_edges(foes)) and nx.is_bipartite(foes)
    )
    assert all(
        row.is_balanced == (row.negative_count in (0, 2))
        for row in networks.triads(one).itertuples()
    )
