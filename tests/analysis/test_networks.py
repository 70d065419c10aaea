"""Signed graphs: known cases of the literature, bounds, and an independent count."""

from __future__ import annotations

import itertools

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto.analysis import networks


def signed(edges: dict[str, int]) -> nx.Graph:
    one = nx.Graph()
    one.add_edges_from((pair[0], pair[1], {"sign": sign}) for pair, sign in edges.items())
    return one


def dyads(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["event_id", "actor_state_id", "recipient_state_id", "sign"])


def test_a_star_has_centralisation_one_and_a_circle_none() -> None:
    assert networks.centralisation(nx.star_graph(5)) == 1
    assert (
        networks.centralisation(nx.cycle_graph(6))
        == networks.centralisation(nx.complete_graph(4))
        == 0
    )


def test_freemans_own_value_for_a_line_of_five() -> None:
    """Freeman 1979 ranks the five-node graphs; the line has degrees 1, 2, 2, 2, 1."""
    assert networks.centralisation(nx.path_graph(5)) == pytest.approx(2 / 12)


def test_centralisation_needs_three_nodes() -> None:
    with pytest.raises(ValueError, match="three nodes or more"):
        networks.centralisation(nx.path_graph(2))


@given(st.integers(3, 8), st.floats(0, 1), st.integers(0, 10_000))
def test_centralisation_is_between_naught_and_one(nodes: int, density: float, seed: int) -> None:
    assert 0 <= networks.centralisation(nx.gnp_random_graph(nodes, density, seed=seed)) <= 1


def test_null_counts_every_graph() -> None:
    """Of the 20 graphs of four nodes with three ties, 4 are stars."""
    assert networks.as_centralised(nx.star_graph(3)) == (4, 20)


@pytest.mark.parametrize(
    ("signs", "balanced"),
    [((1, 1, 1), True), ((1, 1, -1), False), ((1, -1, -1), True), ((-1, -1, -1), False)],
)
def test_the_four_triads_of_cartwright_and_harary(signs: tuple[int, ...], balanced: bool) -> None:
    one = signed(dict(zip(("ab", "bc", "ac"), signs, strict=True)))
    assert list(networks.triads(one)["is_balanced"]) == [balanced]
    assert networks.frustration(one) == (0 if balanced else 1)


def test_frustration_of_a_complete_negative_graph() -> None:
    """All foes: the best division of four into two camps leaves two ties inside camps."""
    assert (
        networks.frustration(
            signed({"".join(pair): -1 for pair in itertools.combinations("abcd", 2)})
        )
        == 2
    )


@given(
    st.dictionaries(
        st.sampled_from(["ab", "ac", "ad", "bc", "bd", "cd"]), st.sampled_from([1, -1]), min_size=1
    ),
    st.sampled_from("abcd"),
)
def test_turning_one_nodes_signs_keeps_balance(edges: dict[str, int], turned: str) -> None:
    """Switching: the signs of all ties of one node turned at once leave frustration as it is."""
    other = {pair: -sign if turned in pair else sign for pair, sign in edges.items()}
    assert networks.frustration(signed(edges)) == networks.frustration(signed(other))


def test_balance_null_of_a_triad() -> None:
    """Half of the eight ways of signing a triad are balanced."""
    assert networks.as_balanced(signed({"ab": 1, "bc": 1, "ac": 1})) == (4, 8)


def test_ties_pool_acts_and_tell_both_signs_from_one() -> None:
    pairs = networks.ties(
        dyads(
            ("e1", "a", "b", 1),
            ("e2", "b", "a", -1),
            ("e3", "b", "c", 1),
            ("e3", "b", "c", 1),
            ("e4", "a", "a", 1),
            ("e5", "a", "x", 1),
            ("e6", "a", "c", 0),
        ),
        "abc",
    )
    assert list(zip(pairs["one_id"], pairs["other_id"], pairs["tie"], strict=True)) == [
        ("a", "b", "both"),
        ("b", "c", "cooperative"),
    ]
    assert list(pairs["cooperative_count"]) == [1, 1] and list(pairs["adverse_count"]) == [1, 0]
    assert sorted(networks.graph(pairs, "ab", "cooperative").edges) == [("a", "b")]
    assert networks.signed(pairs, 0).number_of_edges() == 1


def test_star_test_counts_links_of_the_centre_and_between_the_rest() -> None:
    pairs = networks.ties(
        dyads(("e1", "r", "a", 1), ("e2", "a", "b", 1), ("e3", "r", "b", -1)), "rab"
    )
    assert networks.star_test(pairs, "rab", "r") == {
        "links": 1,
        "possible_links": 2,
        "side_links": 1,
        "possible_side_links": 1,
    }


def test_drawn_ties_say_whether_any_firm_act_is_left() -> None:
    pairs = networks.ties(dyads(("e1", "a", "b", 1), ("e2", "b", "c", 1)), "abc")
    firm = networks.ties(dyads(("e2", "b", "c", 1)), "abc")
    assert list(networks.drawn(pairs, firm)["is_firm"]) == [False, True]
