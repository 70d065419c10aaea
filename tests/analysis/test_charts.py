"""Charts: what their alternative texts say follows from what they are drawn from."""

from __future__ import annotations

import inspect
from typing import Any

import altair as alt
import pandas as pd
import pytest

import csto.analysis.measures  # noqa: F401  # it registers them
from csto.analysis import charts
from csto.analysis.charts import words
from csto.analysis.charts.parts import BESIDE, LEFT, LETTER, LINE, MARK, Rows, Years, lanes
from csto.analysis.charts.spans import ABOUT, DAYS, EMPTY, LATER, ONE_DAY, SPOKEN, WRITTEN, YEAR
from csto.analysis.charts.steps import ASKED, NOBODY, OTHERWISE, TIGHT
from csto.analysis.days import KNOWN
from csto.analysis.subject import QUARREL
from csto.analysis.theme import PAGE, PHONE, described
from csto.exhibits.charts import rows as data_rows


def days(*pairs: tuple[str, str | None], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["earliest_date", "latest_date"])
    return frame.astype("datetime64[s]").assign(**more)


def drawn(chart: Any, column: str, value: object = None) -> list[dict[str, Any]]:
    """The rows of a chart that have a column, with a value if one is given."""
    spec = chart if isinstance(chart, dict) else chart.to_dict()
    every = [row for rows in spec["datasets"].values() for row in rows if column in row]
    return [row for row in every if value is None or row[column] == value]


GAPS = pd.DataFrame({"start": [pd.Timestamp("2020-01-01")], "end": [pd.Timestamp("2021-01-01")]})


@pytest.mark.parametrize("name", [name for name in charts.__all__ if name.islower()])
def test_no_chart_takes_its_alternative_text(name: str) -> None:
    assert "text" not in inspect.signature(getattr(charts, name)).parameters


def test_steps_are_told_with_their_days_and_how_they_are_known() -> None:
    spans = [("2018-11-02", "2018-11-02"), ("2019-02-14", "2019-02-14")]
    frame = days(*spans, label=["A step", "B"], days=["day 0", "day 104"], known=KNOWN[0])
    frame = frame.assign(is_hedged=[False, True], extract_ids=[("x.1",)] * 2)
    chart = charts.day_bars(frame, "A message", "Long")
    assert chart.description == (
        "Time line of steps, each with its days from the first. A step: day 0 (to the day). "
        "B: day 104, hedged (to the day). Long."
    )
    spans = {row["said"]: (row["begun"][:10], row["ended"][:10]) for row in drawn(chart, "begun")}
    assert EMPTY.format(104) in [" ".join(row["lines"]) for row in drawn(chart, "lines")]
    assert spans[""] == ("2018-11-03", "2019-02-14")
    assert spans["Long"] == ("2018-11-02", "2019-02-15")
    months = ["2 Nov", "1 Dec", "1 Jan", "1 Feb", "14 Feb"]
    assert all(day in chart.to_json() for day in months)


def test_bars_of_two_kinds_have_colours_and_a_line_at_the_first_day_of_the_red() -> None:
    spans = [("2018-11-08", "2018-11-08"), ("2018-11-12", "2018-11-20")] * 2
    about = [QUARREL[False], QUARREL[True], QUARREL[True], QUARREL[False]]
    frame = days(*spans, label=[*"ABCD"], days="day 0", known=KNOWN[2], about=about)
    frame = frame.assign(is_hedged=False, extract_ids=[("x.1",)] * 4)
    chart = charts.day_bars(frame, "A message", reached="Public")
    assert [row["day"][:10] for row in drawn(chart, "day")] == ["2018-11-09"]
    scales = [one["encoding"]["color"]["scale"] for one in chart.to_dict()["layer"]
              if "color" in one["encoding"]]  # fmt: skip
    assert scales == [{"domain": list(ABOUT), "range": list(ABOUT.values())}]
    assert chart.description.endswith("Public.")


def test_strips_tell_years_bounds_and_gaps() -> None:
    spans = [("2016-01-01", "2017-02-01"), ("2016-10-23", "2016-10-23"), ("2018-11-08", None)]
    frame = days(*spans, document=["A", "A", "B"], what=["speaks of", "written", "written"])
    frame = frame.assign(extract_ids=[("x.1",), (), ()])
    said = charts.strips(frame, GAPS, "A message").description
    assert "A: speaks of 2016, 2017; written 23 October 2016." in said
    assert "B: speaks of nothing dated; written 8 November 2018 to an unknown day." in said
    assert said.endswith("Shaded as having no act dated by an article: 2020.")


def test_a_year_of_which_no_day_is_named_is_drawn_apart_and_a_hidden_day_is_told() -> None:
    spans = [("2020-01-01", "2020-12-31"), ("2018-01-02", "2018-12-31"), ("2018-11-08", None)]
    spans += [("2018-11-08", "2018-11-08"), ("2018-11-08", None)]
    frame = days(*spans, document=[*"AAABB"], what=[SPOKEN, SPOKEN, "written", SPOKEN, "written"])
    frame = frame.assign(extract_ids=[()] * len(frame))
    rows = data_rows(charts.strips(frame, GAPS, "A message").to_dict())
    assert [row["look"] for row in rows] == [YEAR, DAYS, WRITTEN, DAYS, WRITTEN]
    assert [row["later"] for row in rows] == ["", "", LATER, "", LATER]
    assert [row["alone"] for row in rows] == ["", "", "", "", ONE_DAY]


def test_a_year_is_drawn_as_one_without_a_day_only_if_the_document_names_none() -> None:
    spans = [("2018-01-01", "2020-12-31"), ("2019-02-22", "2019-02-22"), ("2019-02-22", None)]
    frame = days(*spans * 2, document=[*"BBBAAA"], what=[SPOKEN, SPOKEN, "written"] * 2)
    frame = frame.assign(extract_ids=[()] * len(frame))
    frame.index = [3, 4, 5, 0, 1, 2]
    rows = data_rows(charts.strips(frame, GAPS, "A message").to_dict())
    whole = [(row["document"], row["earliest_date"][:4]) for row in rows if row["look"] == YEAR]
    assert whole == [("B", "2018"), ("B", "2020"), ("A", "2018"), ("A", "2020")]


def test_a_year_that_two_passages_name_is_drawn_once_with_both() -> None:
    spans = [("2018-01-01", "2020-12-31"), ("2020-01-01", "2020-12-31"), ("2021-02-22", None)]
    frame = days(*spans, document="A", what=[SPOKEN, SPOKEN, "written"])
    frame = frame.assign(extract_ids=[("x.1",), ("x.2",), ()])
    rows = data_rows(charts.strips(frame, GAPS, "A message").to_dict())
    told = {row["earliest_date"][:4]: row["extract_ids"] for row in rows}
    assert told == {"2018": ["x.1"], "2019": ["x.1"], "2020": ["x.1", "x.2"], "2021": []}
    assert len(rows) == len(told)


def test_boxes_tell_holder_and_how_known_once() -> None:
    none = "no holder named"
    frame = pd.DataFrame({"state": ["A", "B"], "holder": ["X", none], "seen": ["named", none]})
    frame = frame.assign(is_disputed=[False, True], extract_ids=[("x.1",), ("x.2",)])
    chart = charts.boxes(frame, "A message")
    assert chart.description == (
        f"States in the order of the rule. A: X, named. B: {none}. "
        "The turn in dispute is that of B."
    )


RING = pd.DataFrame({"state": [*"ABCDE"], "holder": "X", "seen": "named", "is_disputed": False})
RING = RING.assign(extract_ids=[("x.1",)] * len(RING))


def is_at(x: float, y: float, box: dict[str, Any]) -> bool:
    """Whether a point is in a box or right beside it."""
    return box["x"] - 8 <= x <= box["x2"] + 8 and box["y"] - 8 <= y <= box["y2"] + 8


def test_a_way_leads_on_a_phone_from_the_last_box_back_to_the_first() -> None:
    spec = charts.boxes(RING, "A message").to_dict()["usermeta"]["narrow"]
    first, *_, last = data_rows({**spec, "usermeta": {"columns": [["holder", ""]]}})
    way = next(rows for rows in spec["datasets"].values() if rows and "order" in rows[0])
    assert is_at(way[0]["x"], way[0]["y"], last) and is_at(way[-1]["x"], way[-1]["y"], first)


def test_boxes_stand_in_a_ring_with_an_arrow_from_each_to_the_next() -> None:
    spec = charts.boxes(RING, "A message").to_dict()
    boxes, arrows = data_rows(spec), drawn(spec, "angle")
    assert len(arrows) == len(boxes)
    for arrow, box, after in zip(arrows, boxes, [*boxes[1:], boxes[0]], strict=True):
        assert is_at(arrow["x"], arrow["y"], box) and is_at(arrow["x2"], arrow["y2"], after)
    assert [arrow["angle"] for arrow in arrows] == [90, 90, 180, 270, 0]


def test_answers_are_counted_out_of_all_readings_and_ours_is_marked() -> None:
    frame = pd.DataFrame({"answer": [0, 1], "count": [2, 6], "is_main": [False, True]})
    chart = charts.answers(frame, "Allies", "A message")
    assert [row["answer"] for row in data_rows(chart.to_dict())] == [0, 1]
    assert chart.description.endswith(
        "Allies: none under 2 of 8, one under 6 of 8, this report’s among them."
    )
    halves = [alt.Chart(half).mark_bar() for half in (frame[:1], frame[1:])]
    apart = described(alt.hconcat(*halves), "Two", {"answer": "Answer"})
    with pytest.raises(ValueError, match=r"\['answer'\] are in more than one data of it"):
        data_rows(apart.to_dict())


def acts(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["rung_name", "drawn_date", "towards", "weight"])
    days = frame["drawn_date"].astype("datetime64[s]")
    frame = frame.assign(drawn_date=days, first_date=days, last_date=days, label="An act")
    return frame.assign(named="", extract_ids=[("x.1",)] * len(frame))


STEPS = acts(
    ("speaks out", "2018-11-02", "to the alliance", "words"),
    ("speaks out", "2018-11-12", "to nobody by name", "words"),
    ("refuses, stays away", "2022-11-30", "to the alliance", "a deed"),
    ("refuses, stays away", "2023-11-30", "to the alliance, by public pages", "a deed"),
    ("leaves", "2024-02-22", "to the alliance, by public pages", "by another reading"),
)
TOLD = STEPS[["drawn_date"]].assign(teller="An article")
END = pd.Timestamp("2022-12-01")


def test_steps_tell_what_is_taken_what_is_not_and_what_can_be_read_otherwise() -> None:
    chart = charts.steps(STEPS, GAPS, "A message", told_by=TOLD, ends=END)
    assert chart.usermeta["title"] == "A message"
    said = chart.description
    assert "Speaks out: 2018, to nobody by name (1), to the alliance (1); words (2)." in said
    assert (
        "Contests inside: no act." in said and "Leaves: no act. An act: by another reading" in said
    )
    assert said.endswith("act dated by an article: 2020. The articles end on 1 December 2022.")


def test_marks_that_would_touch_stand_in_lanes() -> None:
    assert lanes([0, MARK - 1, MARK, 3 * MARK], "aaaa") == [0, 1, 0, 0]
    assert lanes([0, 1], "ab") == [0, 0]
    words = 2 * MARK
    assert lanes([0, 2 * MARK], "aa", right=[words, 0]) == [0, 1]
    assert lanes([0, 2 * MARK], "aa", left=[0, words]) == [0, 1]


@pytest.mark.parametrize("room", [PAGE, PHONE])
def test_names_stand_beside_rows_or_on_a_phone_above_them(room: int) -> None:
    rows = Rows(
        ["A", "A name that is far too long for one line of a phone, whoever reads it"], room
    )
    own = rows.frame
    assert own["tall"].sum() == rows.height and rows.width <= room
    assert (own["y"] > own["top"]).all() and (own["y"] < own["top"] + own["tall"]).all()
    above = own["y"] - own["top"] > own["lines"].map(len) * LINE
    assert list(above) == [room == PHONE] * 2


@pytest.mark.parametrize("narrow", [False, True])
def test_a_chart_for_a_phone_has_the_rows_of_the_one_for_a_page(narrow: bool) -> None:
    spec = charts.steps(STEPS, GAPS, "A message", told_by=TOLD, ends=END).to_dict()
    phone = spec["usermeta"]["narrow"]
    shown = phone if narrow else spec
    columns = [*dict(spec["usermeta"]["columns"])]
    rows = [[row[key] for key in columns] for row in data_rows(shown)]
    assert rows == [[row[key] for key in columns] for row in data_rows(spec)]
    assert (shown["width"] < PHONE) == narrow


def test_the_key_of_steps_tells_deeds_from_words_and_names_only_what_is_there() -> None:
    chart = charts.steps(STEPS[:3], GAPS, "A message", told_by=TOLD[:3]).to_dict()
    keys = [
        part["encoding"]["fill"]["scale"] for part in chart["layer"] if "fill" in part["encoding"]
    ]
    named = ["deed to the alliance", "words to the alliance", "words to nobody by name"]
    assert [key["domain"] for key in keys] == [named]
    assert [fill == "transparent" for fill in keys[0]["range"]] == [False, True, True]


def test_a_step_that_nobody_took_says_so_and_an_act_drawn_twice_is_a_question_there() -> None:
    chart = charts.steps(STEPS, GAPS, "A message", told_by=TOLD, ends=END)
    assert len(drawn(chart, "said", NOBODY)) == 4, "contests, gives up, stays loyal, leaves"
    rules = {
        layer["transform"][0]["filter"]: layer["mark"].get("shape")
        for layer in chart.to_dict()["layer"]
        if layer["mark"]["type"] == "point"
    }
    assert rules == {
        f"datum.weight != '{OTHERWISE}'": None,
        f"datum.weight == '{OTHERWISE}'": ASKED,
    }


def test_where_all_acts_are_deeds_the_step_of_words_and_who_tells_are_left_out() -> None:
    deeds = STEPS[STEPS["weight"] != "words"]
    inside = pd.DataFrame({"start": ["2023-01-01"], "end": ["2024-01-01"]}).astype("datetime64[s]")
    chart = charts.steps(deeds, pd.concat([GAPS, inside]), "A message", ends=END)
    assert chart.usermeta["note"].startswith("A mark is a deed of Armenia; ")
    assert "peaks out" not in chart.description and "Contests inside: no act." in chart.description
    assert not drawn(chart, "teller") and not drawn(chart, "step", "speaks out")
    assert drawn(chart, "step", "leaves")
    starts = {row["start"][:4] for row in drawn(chart, "start")}
    assert starts == {"2023"}, "no grey before the first year"
    [key] = [part["encoding"]["shape"]["scale"] for part in chart.to_dict()["layer"]
             if "shape" in part["encoding"]]  # fmt: skip
    assert not [look for look in key["domain"] if "words" in look], "a question is no mark"


def test_small_words_stand_between_the_lines_of_steps_and_a_mark_clear_of_other_words() -> None:
    two = acts(
        ("contests inside", "2018-11-02", "by the articles", "a deed"),
        ("contests inside", "2018-11-02", "by the articles", "a deed"),
        ("stays loyal", "2019-01-01", "by the articles", "a deed"),
        ("stays loyal", "2019-07-01", "by the articles", "a deed"),
        ("leaves", "2022-11-30", "by the articles", "a deed"),
    )
    silence = GAPS.assign(end=GAPS["end"] + pd.DateOffset(years=1))
    spec = charts.steps(two.assign(named=["", "", "aid", "", ""]), silence, "A message").to_dict()
    [small] = [row for row in drawn(spec, "said") if row["said"] != NOBODY]
    lines = sorted(row["y"] for row in drawn(spec, "y") if set(row) == {"y"})
    assert len(small["said"]) == 2
    assert not [y for y in lines if small["y"] - TIGHT / 2 < y < small["y"] + 3 * TIGHT / 2]
    named, other = (row for row in data_rows(spec) if row["rung_name"] == "stays loyal")
    ends = named["beside"] + len(named["named"]) * LETTER
    x = Years(2018, 2022, spec["width"]).at(pd.to_datetime(pd.Series([other["drawn_date"]])))
    assert named["y"] == other["y"] and x.iloc[0] - ends > BESIDE


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("end", [END, STEPS["drawn_date"][2]])  # the day of an act, too
def test_words_of_acts_stand_on_their_side_of_the_last_day_and_inside_the_picture(
    narrow: bool, end: pd.Timestamp
) -> None:
    later = acts(("speaks out", "2026-06-30", "to the alliance, by public pages", "words"))
    named = STEPS.assign(named=["", "", "a refusal of texts", "", "“freeze”?"])
    named = pd.concat([named, later], ignore_index=True)
    spec = charts.steps(named, GAPS, "A message", told_by=TOLD, ends=end).to_dict()
    spec = spec["usermeta"]["narrow"] if narrow else spec
    told = named["drawn_date"].dt.year
    years = Years(told.min(), told.max(), spec["width"])
    line = years.at(pd.Series([end])).iloc[0]
    rows = [row for row in drawn(spec, "beside") if row["named"]]
    refusal, freeze = sorted(rows, key=lambda row: row["drawn_date"])
    assert refusal["is_before"] and refusal["beside"] - len(refusal["named"]) * LETTER >= 0
    assert refusal["beside"] < line < freeze["beside"] and not freeze["is_before"]
    room = PHONE if narrow else PAGE - LEFT
    assert freeze["beside"] + len(freeze["named"]) * LETTER <= room + 1


def test_a_row_is_headed_by_the_state_that_acts_and_its_acts_stand_in_their_year() -> None:
    rows = [
        ("A", "B", "Arms", "arms", "2016-04-30", 2),
        ("A", "B", "Words, reportedly", WISH, "2017-10-01", 2),
    ]
    rows += [("B", "A", "War", "force", "2022-09-30", 1)]
    columns = ["giver", "taker", "label", "sort", "date", "articles"]
    frame = pd.DataFrame(rows, columns=columns).astype({"date": "datetime64[s]"})
    frame = frame.assign(pair=frame["giver"] + " → " + frame["taker"], extract_ids=[("x.1",)] * 3)
    chart = charts.alignment(frame, "C → A")
    assert chart.usermeta["title"] == "A is said to lean to B, in two articles"
    assert chart.description.endswith(
        "A → B: Arms (2016); Words, reportedly (2017). B against A: War (2022). C → A: none told."
    )
    names = [row["said"] for row in drawn(chart, "weight")]
    assert names == ["A → B", "C → A", "B against A"]
    marks = data_rows(chart.to_dict())
    assert [row["drawn"][:10] for row in marks] == ["2016-04-30", "2017-10-01", "2022-09-30"]
    assert [row["words"] for row in marks] == ["arms", f"{WISH}, reportedly", "force"]
    assert marks[0]["y"] == marks[1]["y"] < marks[2]["y"]


WISH = "a wish to invite"


def test_words() -> None:
    assert words.sentences("a", "", "b.") == "A. B."
    assert words.from_to(1, 1) == "1" and words.from_to(1, 2) == "1 to 2"
    assert words.shaded(GAPS.iloc[:0]) == ""
