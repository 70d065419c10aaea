"""Agreement of two readings: against the library made for it, and on cases counted by hand."""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from csto.analysis import agreement

CODES = arrays(int, st.tuples(st.integers(2, 4), st.integers(2, 30)), elements=st.integers(-1, 3))


@given(codes=CODES, level=st.sampled_from(["nominal", "ordinal"]))
def test_alpha_is_that_of_the_library(codes: np.ndarray, level: str) -> None:
    found = agreement.alpha(codes, level)
    given_twice = codes[:, (codes >= 0).sum(axis=0) > 1]
    if found is None:
        assert len(set(given_twice[given_twice >= 0])) < 2
        return
    reliable = np.where(codes < 0, np.nan, codes)
    assert found == pytest.approx(krippendorff.alpha(reliable, level_of_measurement=level))


#: Krippendorff 2011, "Computing Krippendorff's alpha-reliability", p. 6: four observers, twelve
#: units, 0 for none.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]


@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_is_that_of_the_published_example(level: str, printed: float) -> None:
    assert round(agreement.alpha(np.array(PUBLISHED) - 1, level), 3) == printed


def test_another_level_is_refused() -> None:
    with pytest.raises(
        ValueError, match="'interval' is no level of measurement here, take nominal or ordinal"
    ):
        agreement.alpha(np.array([[0, 1], [1, 1]]), "interval")


def test_an_interval_holds_its_alpha_and_is_the_same_again() -> None:
    codes = np.array([[0, 1, 0, 1, 1, 0, 1, 0] * 5, [0, 1, 0, 1, 0, 0, 1, 1] * 5])
    low, high = agreement.interval(codes, "nominal") or (0, 0)
    assert low < (agreement.alpha(codes, "nominal") or 0) < high
    assert agreement.interval(codes, "nominal") == (low, high)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "nothing varies"),
        (0.8, "reliable"),
        (0.799, "tentative"),
        (0.667, "tentative"),
        (0.66, "too low"),
    ],
)
def test_thresholds(value: float | None, said: str) -> None:
    assert agreement.verdict(value) == said


SENTENCES = [("a", 0, 10), ("a", 10, 20), ("b", 0, 10)]


def test_sentences_and_characters_that_hold_a_unit() -> None:
    one, other = [("a", 2, 6), ("b", 9, 10)], [("a", 5, 11)]
    assert agreement.by_sentence(one, other, SENTENCES).tolist() == [[1, 0, 1], [1, 1, 0]]
    codes = agreement.by_character(one, other, {"a": 20, "b": 10})
    assert codes.shape == (2, 30) and codes.sum(axis=1).tolist() == [5, 6]
    assert codes[:, 5].tolist() == [1, 1] and codes[0, 29] == 1


def test_units_are_matched_by_what_they_share_unless_it_was_decided_by_hand() -> None:
    first = {"x": [("a", 0, 10)], "y": [("a", 8, 20)], "z": [("b", 0, 5)]}
    second = {"p": [("a", 0, 12)], "q": [("a", 12, 20)], "r": [("b", 6, 9)]}

    def anything(one: str, other: str) -> bool:
        return True

    assert agreement.matched(first, second, anything, {}) == {"x": "p", "y": "q"}
    assert agreement.matched(first, second, anything, {"z": "r", "x": None}) == {"z": "r", "y": "q"}
    assert agreement.matched(first, second, lambda one, other: one == "y", {}) == {"y": "q"}


def test_precision_recall_and_f1() -> None:
    assert agreement.found_again(65, 63, 57) == {
        "precision": pytest.approx(57 / 63),
        "recall": pytest.approx(57 / 65),
        "f1": pytest.approx(114 / 128),
    }


def test_codes_by_variable() -> None:
    pairs = pd.DataFrame(
        [("kind", "b", "b"), ("kind", "a", "b"), ("kind", "a", "a"), ("sign", "1", "1")],
        columns=["variable", "first", "second"],
    )
    kind, sign = agreement.coded(pairs, {"sign": ["-1", "0", "1"]}).to_dict("records")
    assert (kind["unit_count"], kind["agreeing_share"], kind["commonest_share"]) == (3, 67, 67)
    assert kind["level"] == "nominal" and kind["low"] <= kind["alpha"] <= kind["high"]
    assert (sign["level"], sign["verdict"]) == ("ordinal", "nothing varies")
    assert pd.isna(sign["alpha"])
    assert agreement.confusion(pairs).to_dict("records") == [
        {"variable": "kind", "first": "a", "second": "b", "unit_count": 1}
    ]
