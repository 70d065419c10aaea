"""Charts: what their alternative texts say follows from what they are drawn from."""

from __future__ import annotations

import inspect

import pandas as pd
import pytest

import csto.analysis.measures  # noqa: F401  # it registers them
from csto.analysis import charts
from csto.analysis.charts import words
from csto.analysis.days import KNOWN
from csto.analysis.registry import find


def days(*pairs: tuple[str, str | None], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["earliest_date", "latest_date"])
    return frame.astype("datetime64[s]").assign(**more)


GAPS = pd.DataFrame({"start": [pd.Timestamp("2020-01-01")], "end": [pd.Timestamp("2021-01-01")]})


@pytest.mark.parametrize("name", [name for name in charts.__all__ if name.islower()])
def test_no_chart_takes_its_alternative_text(name: str) -> None:
    assert "text" not in inspect.signature(getattr(charts, name)).parameters


def test_steps_are_told_with_their_days_and_how_they_are_known() -> None:
    frame = days(("2018-11-02", "2018-11-02"), label="A step", days="day 0", known=KNOWN[0])
    assert charts.day_bars(frame).description == (
        "Time line of steps, each with its days from the first. A step: day 0 (to the day)."
    )


def test_strips_tell_years_bounds_and_gaps() -> None:
    spans = [("2016-01-01", "2017-02-01"), ("2016-10-23", "2016-10-23"), ("2018-11-08", None)]
    frame = days(*spans, document=["A", "A", "B"], what=["speaks of", "written", "written"])
    said = charts.strips(frame, GAPS).description
    assert "A: speaks of 2016, 2017; written 23 October 2016." in said
    assert "B: speaks of nothing dated; written 8 November 2018 to an unknown day." in said
    assert said.endswith("Shaded as having no dated act: 2020.")


def test_a_matrix_tells_each_reading_with_its_columns() -> None:
    rows = [("A", "one", "this\nthat"), ("A", "two", "none"), ("A", "three", "none")]
    frame = pd.DataFrame(rows, columns=["row_name", "column_name", "reading"])
    chart = charts.matrix(frame.assign(side="silent", hedged=False), row="State", column="Text")
    assert chart.description == "Matrix: State by Text. A: this and that (one); none (two, three)."


def test_a_wheel_tells_holder_and_how_known_once() -> None:
    frame = pd.DataFrame({"state": ["A", "B"], "holder": ["X", "later"], "seen": ["held", "later"]})
    chart = charts.wheel(frame, charts.HELD)
    assert chart.description.endswith("clockwise from the top. A: X, held. B: later.")
    assert dict(chart.usermeta["columns"])["seen"] == "State of the turn"


def test_a_grid_counts_acts_and_not_empty_cells() -> None:
    rows = [("A", "with Z", "x", "adverse", 1), ("A", "with Z", "y", "adverse", 1)]
    rows += [("B", "with Z", "x", None, 0)]
    columns = ["member", "counterpart", "document", "direction", "number"]
    chart = charts.act_grid(pd.DataFrame(rows, columns=columns).assign(label="act"))
    assert chart.description == "Grid of acts, member by document. Acts with Z: A: adverse (2)."


def test_a_ladder_tells_empty_rungs() -> None:
    frame = days(("2018-11-02", "2018-11-02"), label="A", rung_name="voice", lane=0)
    frame = frame.assign(
        addressee="organisation", distancing="strict", drawn_date=frame["latest_date"]
    )
    said = charts.ladder(frame, GAPS).description
    assert "Voice: 2018, addressed to organisation (1). Contestation inside: no act." in said


def test_graphs_tell_ties_and_which_are_unsure() -> None:
    rows = [("a", "b", "adverse", 2, False)]
    columns = ["one_id", "other_id", "direction", "act_count", "is_firm"]
    pairs = pd.DataFrame(rows, columns=columns).assign(panel="adverse ties")
    chart = charts.graphs(pairs, {"a": "A", "b": "B"})
    assert chart.description == "Graphs of states. Adverse ties: A and B (unsure)."


def test_a_curve_tells_the_spread_and_the_reports_own() -> None:
    one = find("rotation.backers-all")
    frame = pd.DataFrame({"rank": [1, 2], "value": [0, 4], "is_main": [False, True]})
    frame = frame.assign(**{choice.id: True for choice in one.choices})
    said = charts.curve(frame, one, value="States").description
    assert said.startswith(one.text) and "under each of 2 combinations of choices." in said
    assert said.endswith("From 0 to 4, the middle half from 1 to 3. " + OWN)


OWN = "This report’s own combination gives 4."


def test_words() -> None:
    assert words.sentences("a", "", "b.") == "A. B."
    assert words.from_to(1, 1) == "1" and words.from_to(1, 2) == "1 to 2"
    assert words.shaded(GAPS.iloc[:0]) == ""
