"""Charts: what their alternative texts say follows from what they are drawn from."""

from __future__ import annotations

import inspect

import pandas as pd
import pytest

import csto.analysis.measures  # noqa: F401  # it registers them
from csto.analysis import charts
from csto.analysis.charts import words
from csto.analysis.charts.steps import _placed
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
    frame["extract_ids"] = [("x.1",)]
    assert charts.day_bars(frame, "A message").description == (
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
    chart = charts.wheel(frame, charts.HELD, "A message", "A note")
    assert chart.description.endswith("clockwise from the top. A: X, held. B: later.")
    assert dict(chart.usermeta["columns"])["seen"] == "State of the turn"


def test_a_grid_counts_acts_and_not_empty_cells() -> None:
    rows = [("A", "with Z", "x", "adverse", 1), ("A", "with Z", "y", "adverse", 1)]
    rows += [("B", "with Z", "x", None, 0)]
    columns = ["member", "counterpart", "document", "direction", "number"]
    chart = charts.act_grid(pd.DataFrame(rows, columns=columns).assign(label="act"))
    assert chart.description == "Grid of acts, member by document. Acts with Z: A: adverse (2)."


def acts(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["rung_name", "drawn_date", "towards", "weight"])
    days = frame["drawn_date"].astype("datetime64[s]")
    frame = frame.assign(drawn_date=days, first_date=days, last_date=days, label="An act")
    return frame.assign(named="", side="", extract_ids=[("x.1",)] * len(frame))


STEPS = acts(
    ("speaks out", "2018-11-02", "to the alliance", "words"),
    ("speaks out", "2018-11-12", "to nobody by name", "words"),
    ("stays away", "2022-11-30", "to the alliance", "a deed"),
    ("stays away", "2023-11-30", "outside record", "a deed"),
    ("leaves", "2024-02-22", "outside record", "read otherwise"),
)
TOLD = STEPS[["drawn_date"]].assign(teller="An article")
END = pd.Timestamp("2022-12-01")


def test_steps_tell_what_is_taken_what_is_not_and_what_can_be_read_otherwise() -> None:
    chart = charts.steps(STEPS, GAPS, TOLD, "A message", END)
    assert chart.usermeta["title"] == "A message"
    said = chart.description
    assert "Speaks out: 2018, to nobody by name (1), to the alliance (1); words (2)." in said
    assert "Contests inside: no act." in said and "Leaves: no act. An act: read otherwise" in said
    assert said.endswith("dated act: 2020. The articles end on 1 December 2022.")


def test_marks_of_steps_touch_neither_each_other_nor_the_line() -> None:
    placed = _placed(STEPS, END)
    assert list(placed["lane"]) == [0, 1, 0, 0, 0]
    assert placed["x"].iloc[2] < END < placed["x"].iloc[3]
    assert list(_placed(STEPS, None)["x"]) == list(STEPS["drawn_date"])


def test_the_key_of_steps_names_the_marks_that_are_there() -> None:
    chart = charts.steps(STEPS[:3], GAPS, TOLD[:3], "A message").to_dict()
    keys = [
        part["encoding"]["shape"]["scale"]["domain"]
        for part in chart["layer"]
        if "shape" in part["encoding"]
    ]
    assert keys == [["to the alliance", "to nobody by name"]]


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
