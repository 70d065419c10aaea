"""What holds of the measures whatever the data: symmetry, sums, bounds, and independent counts."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from csto.analysis import days

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


@given(many, bounds)
def test_a_clock_never_runs_backwards(steps: list, origin: tuple) -> None:
    frame = acts(steps, date_basis="stated", date_precision=1)
    found = days.clock(frame, act(origin))
    assert found["latest_date"].is_monotonic_increasing and len(found) == len(frame)
    assert (found["low_days"] >= 0).all() and (
        (found["low_days"] <= found["high_days"]) | (found["high_days"] < 0)
    ).all()


# ---- periods --------------------------------------------------------------------------


@given(many)
def test_years_are_empty_or_touched(pairs: list) -> None:
    empty = days.empty_years(acts(pairs), 2015, 2021)
    touched = {year for low, high in pairs for year in range(low.year, high.year + 1)}
    assert empty == [year for year in range(2015, 2022) if year not in touched]


# ---- orders ---------------------------------------------------------------------------

# ---- graphs ---------------------------------------------------------------------------
