"""EDTF as intervals of days."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from csto.corpus.dates import Interval, interval, spoken

KNOWN = {
    "2018-11-02": (date(2018, 11, 2), date(2018, 11, 2), 1),
    "2018-11-12/2018-11-17": (date(2018, 11, 12), date(2018, 11, 17), 2),
    "2018-11-12/2018-11-18": (date(2018, 11, 12), date(2018, 11, 18), 3),
    "2018-11": (date(2018, 11, 1), date(2018, 11, 30), 4),
    "2018-22": (date(2018, 6, 1), date(2018, 8, 31), 5),
    "2016": (date(2016, 1, 1), date(2016, 12, 31), 5),
    "2018-11/2019-12": (date(2018, 11, 1), date(2019, 12, 31), 6),
    "../2018-11-17": (None, date(2018, 11, 17), 7),
    "2018-11-08/..": (date(2018, 11, 8), None, 7),
}
BAD = {
    "2018-13": "is no EDTF date",
    "2018-11-31": "is no EDTF date",
    "November 2": "is no EDTF date",
    "2018-31": "is no EDTF date",
    "2018-24": "is no EDTF date",
    "2018-11-02?": "is no EDTF date",
    "2022-09-13/": "has an unknown end",
    "/2022-09-13": "has an unknown end",
    "2018-11-17/2018-11-12": "ends before it begins",
    "../..": "has no bound",
    "-0044": "is no EDTF date",
    "0000": "is no EDTF date",
    "2018/2019/2020": "is no EDTF date",
    "2018-11-2": "is no EDTF date",
    "２０１８": "is no EDTF date",
    "": "is no EDTF date",
}


@pytest.mark.parametrize("text", KNOWN)
def test_bounds_and_precision(text: str) -> None:
    found = interval(text)
    assert (found.earliest, found.latest, found.precision) == KNOWN[text]


@pytest.mark.parametrize("text", BAD)
def test_what_cannot_be_a_date(text: str) -> None:
    with pytest.raises(ValueError, match=BAD[text]):
        interval(text)


days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
intervals = st.tuples(st.none() | days, st.none() | days).map(
    lambda ends: Interval(*sorted(ends)) if None not in ends else Interval(*ends)
)


@given(intervals, intervals, days)
def test_intersection_holds_what_both_hold(a: Interval, b: Interval, day: date) -> None:
    both = a & b
    assert (_holds(a, day) and _holds(b, day)) == (both is not None and _holds(both, day))


@given(intervals, intervals, days)
def test_hull_holds_what_either_holds(a: Interval, b: Interval, day: date) -> None:
    if _holds(a, day) or _holds(b, day):
        assert _holds(a.hull(b), day)


def _holds(days: Interval, day: date) -> bool:
    return (days.earliest or day) <= day <= (days.latest or day)


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2018-11-02", "2 November 2018"),
        ("2018-11", "November 2018"),
        ("2018", "2018"),
        ("2016/2018", "2016 to 2018"),
        ("2018-11-12/2018-11-17", "12 to 17 November 2018"),
        ("2018-11-12/2018-12-01", "12 November to 1 December 2018"),
        ("2018-12-30/2019-01-02", "30 December 2018 to 2 January 2019"),
        ("../2018-11-17", "on or before 17 November 2018"),
        ("2018-11-08/..", "on or after 8 November 2018"),
        ("2018-12", "December 2018"),
        ("2018-11/2018-12", "1 November to 31 December 2018"),
        ("9999-12", "December 9999"),
    ],
)
def test_intervals_are_said_in_words(date: str, said: str) -> None:
    assert spoken(interval(date)) == said


def written(day: date) -> list[str]:
    """A day, its month, its year and a season of it, as EDTF."""
    return [
        day.isoformat(),
        day.isoformat()[:7],
        day.isoformat()[:4],
        f"{day.isoformat()[:4]}-2{day.day % 3 + 1}",
    ]


parts = st.dates().flatmap(lambda day: st.sampled_from(written(day)))


@given(
    parts
    | st.tuples(parts | st.just(".."), parts).map("/".join)
    | st.tuples(parts, st.just("..")).map("/".join)
)
def test_bounds_are_those_of_an_independent_library(text: str) -> None:
    try:
        found = interval(text)
    except ValueError as error:
        assert "ends before it begins" in str(error)
        return
    theirs = parse_edtf(text)
    for ours, bound in (
        (found.earliest, theirs.lower_strict()),
        (found.latest, theirs.upper_strict()),
    ):
        assert (
            bound in (float("inf"), float("-inf"))
            if ours is None
            else ours.timetuple()[:3] == tuple(bound[:3])
        )
