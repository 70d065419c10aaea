"""Steps away from the alliance over time: of the articles, and of what came after."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import OUTSIDE, QUIET, end_line, shade
from csto.analysis.subject import PALETTE, RUNGS, TOWARDS, WEIGHTS
from csto.analysis.theme import GRID, INK, described, titled

#: How to read it, whatever it says.
NOTE = (
    "Higher is farther from the alliance. Filled marks are deeds, hollow ones words; a pale line "
    "is the days on which an act can have been. The strip below shows who tells each act."
)
WIDTH, LANE, ROOM, STRIP = 500, 13, 9, 14  # pixels: of the plot, between marks, about rows, tellers
APART = 26  # pixels between marks beside each other, so that a phone's do not touch either
SHORT = pd.Timedelta(days=100)  # a stretch of days that its mark covers
LOOKS = {
    TOWARDS["organisation"]: (PALETTE["adverse"], "circle"),
    TOWARDS["member or officer"]: (INK, "square"),
    TOWARDS["nobody named"]: (QUIET, "diamond"),
    TOWARDS["outside"]: (OUTSIDE, "triangle-up"),
}
DEED, SAID, OTHERWISE = WEIGHTS.values()


def steps(
    frame: pd.DataFrame,
    gaps: pd.DataFrame,
    told_by: pd.DataFrame,
    title: str,
    ends: pd.Timestamp | None = None,
) -> alt.LayerChart:
    """Acts by how far they lead away from the alliance; steps that nobody took are drawn, too.

    Columns of `frame`: `label`, `rung_name`, `first_date`, `last_date`, `drawn_date`, `towards`
    (one of `LOOKS`), `weight` (a deed, words, or another reading of an act that stands twice),
    `named` (its words in the picture, or "") and `side` ("left", "right"), `extract_ids`. Columns
    of `gaps`: `start`, `end` (years without any dated act); of `told_by`: `teller`, `drawn_date`.
    `ends` is the day on which the articles end, where the frame goes on.
    """
    columns = {
        "label": "Act",
        "rung_name": "Step",
        "first_date": "Earliest",
        "last_date": "Latest",
        "towards": "Done",
        "weight": "Deed or words",
        "extract_ids": "Passages",
    }
    frame = frame.assign(extract_ids=frame["extract_ids"].map(list))
    placed = _placed(frame)
    bands = _bands(placed)
    placed["y"] = placed["rung_name"].map(bands["low"]) + placed["lane"] * LANE
    placed["is_long"] = placed["last_date"] - placed["first_date"] > SHORT
    acts = alt.Chart(placed[[*columns, "x", "y", "named", "side", "is_long"]])
    layers = [shade(gaps), *_rows(bands), *_silent(gaps, bands), *_end(ends)]
    layers += _strip(told_by.assign(x=told_by["drawn_date"]))
    chart = alt.layer(*layers, *_acts(acts, placed), *_named(acts), _frame(placed, bands, told_by))
    height = bands["high"].max() + STRIP * (told_by["teller"].nunique() + 1)
    chart = chart.properties(width=WIDTH, height=int(height))
    return titled(described(chart, _said(placed, gaps, ends), columns), title, NOTE)


# ---- where things stand ----------------------------------------------------------------------


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Acts with `x`, and `lane`: the lowest place of their step where they touch no other."""
    near = (frame["drawn_date"].max() - frame["drawn_date"].min()) / WIDTH * APART
    frame = frame.sort_values("drawn_date", kind="stable")
    frame["x"] = frame["drawn_date"]
    lanes: list[int] = []
    taken: dict[tuple[str, int], pd.Timestamp] = {}
    for step, x in zip(frame["rung_name"], frame["x"], strict=True):
        lane = 0
        while (step, lane) in taken and x - taken[step, lane] < near:
            lane += 1
        taken[step, lane] = x
        lanes.append(lane)
    return frame.assign(lane=lanes)


def _bands(placed: pd.DataFrame) -> pd.DataFrame:
    """By step, from the lowest: `low`, where its marks begin, and `high`, where it ends."""
    lanes = placed.groupby("rung_name")["lane"].max().reindex(RUNGS.values(), fill_value=0)
    sizes = lanes * LANE + 2 * ROOM + LANE
    high = sizes.cumsum()
    return pd.DataFrame({"low": high - sizes + ROOM + LANE / 2, "high": high, "lanes": lanes})


def _frame(placed: pd.DataFrame, bands: pd.DataFrame, told_by: pd.DataFrame) -> alt.Chart:
    """Nothing to see: the corners of the picture, so that no mark is cut off."""
    first, last = placed["first_date"].min(), placed["drawn_date"].max()
    edge = (last - first) / WIDTH * LANE
    bottom = -STRIP * (told_by["teller"].nunique() + 1)
    corners = pd.DataFrame({"x": [first - edge, last + edge], "y": [bottom, bands["high"].max()]})
    return alt.Chart(corners).mark_point(opacity=0).encode(x=_x(), y=_y())


def _y(field: str = "y") -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=0))


def _x(field: str = "x") -> alt.X:
    axis = alt.Axis(
        format="%Y", tickCount="year", grid=False, ticks=False, domain=False, labelOverlap=True
    )
    return alt.X(f"{field}:T", title=None, axis=axis, scale=alt.Scale(nice=False))


# ---- layers ----------------------------------------------------------------------------------


def _rows(bands: pd.DataFrame) -> list[alt.Chart]:
    """A line over each step and its name at the left."""
    rows = bands.assign(middle=bands["low"] + bands["lanes"] * LANE / 2)
    base = alt.Chart(rows.rename_axis("step").reset_index())
    floor = alt.Chart(pd.DataFrame({"high": [0.0, *bands["high"]]}))
    names = base.mark_text(align="right", fontSize=12, fontWeight="bold", color=INK)
    return [
        floor.mark_rule(color=GRID).encode(y=_y("high")),
        names.encode(x=alt.value(-10), y=_y("middle"), text="step:N"),
    ]


def _acts(acts: alt.Chart, placed: pd.DataFrame) -> list[alt.Chart]:
    """A mark an act by whom it is done to, hollow where it is words, over its possible days."""
    there = [name for name in LOOKS if name in set(placed["towards"])]
    colours, shapes = zip(*(LOOKS[name] for name in there), strict=True)
    shown: dict[str, Any] = {"scale": alt.Scale(domain=there, range=list(colours)), "title": None}
    fills = alt.Scale(domain=[DEED, SAID], range=[1, 0])
    acts = acts.transform_filter(f"datum.weight != '{OTHERWISE}'")
    marks = acts.mark_point(size=80, strokeWidth=2, opacity=1).encode(
        x=_x(),
        y=_y(),
        stroke=alt.Stroke("towards:N", **shown),
        fill=alt.Fill("towards:N", **shown),
        shape=alt.Shape("towards:N", scale=alt.Scale(domain=there, range=list(shapes)), title=None),
        fillOpacity=alt.FillOpacity("weight:N", scale=fills, legend=None),
    )
    spans = acts.transform_filter("datum.is_long").mark_rule(
        strokeWidth=3, strokeOpacity=0.3, color=QUIET
    )
    return [spans.encode(x="first_date:T", x2="last_date:T", y=_y()), marks]


def _named(acts: alt.Chart) -> list[alt.Chart]:
    """The words of acts that are named, beside their marks; a question mark for a doubtful one."""
    sides = [("left", "right", -10), ("right", "left", 10)]
    unsure = acts.transform_filter(f"datum.weight == '{OTHERWISE}'")
    return [
        *(
            acts.transform_filter(f"datum.side == '{side}'")
            .mark_text(align=align, dx=dx, color=INK)
            .encode(x=_x(), y=_y(), text="named:N")
            for side, align, dx in sides
        ),
        unsure.mark_text(fontSize=15, fontWeight="bold", color=OUTSIDE)
        .encode(x=_x(), y=_y(), text=alt.value("?")),
    ]  # fmt: skip


def _silent(gaps: pd.DataFrame, bands: pd.DataFrame) -> list[alt.Chart]:
    """What the grey years are, written once on each run of them."""
    run = (gaps["start"] != gaps["end"].shift()).cumsum()
    runs = gaps.groupby(run).agg(start=("start", "min"), end=("end", "max"))
    second = bands.iloc[1]
    low = second["low"] + second["lanes"] * LANE / 2
    words = alt.Chart(runs.assign(x=runs["start"] + (runs["end"] - runs["start"]) / 2, y=low))
    drawn = words.mark_text(angle=270, fontSize=11, fontStyle="italic", color=QUIET)
    return [drawn.encode(x=_x(), y=_y(), text=alt.value("no act dated in an article"))]


def _strip(told_by: pd.DataFrame) -> list[alt.Chart]:
    """A tick an act for each that tells it, under the steps."""
    order = {teller: place for place, teller in enumerate(told_by["teller"].unique())}
    ticks = told_by.assign(y=[-STRIP * (order[teller] + 1) for teller in told_by["teller"]])
    outside = alt.condition(
        f"datum.teller == '{TOWARDS['outside']}'", alt.value(OUTSIDE), alt.value(QUIET)
    )
    names = alt.Chart(ticks.drop_duplicates("teller")[["teller", "y"]])
    named = names.mark_text(align="right", fontSize=11, color=INK)
    marks = alt.Chart(ticks).mark_tick(thickness=2.5, size=9, orient="vertical", opacity=1)
    return [
        named.encode(x=alt.value(-10), y=_y(), text="teller:N"),
        marks.encode(x=_x(), y=_y(), color=outside),
    ]


def _end(ends: pd.Timestamp | None) -> list[alt.Chart]:
    """A dashed line where the articles end, with its words."""
    if ends is None:
        return []
    at = alt.Chart(pd.DataFrame({"end": [ends]})).mark_text(fontSize=11, color=INK)
    said = at.encode(x="end:T", y=alt.value(-9), text=alt.value("the articles end"))
    return [end_line(ends), said]


# ---- in words --------------------------------------------------------------------------------


def _said(placed: pd.DataFrame, gaps: pd.DataFrame, ends: pd.Timestamp | None) -> str:
    acts = placed[placed["weight"] != OTHERWISE]
    told = (f"{step}: {_tally(acts[acts['rung_name'] == step])}" for step in RUNGS.values())
    twice = placed[placed["weight"] == OTHERWISE]
    doubt = (f"{row.label}: read otherwise, {row.rung_name}" for row in twice.itertuples())
    line = f"The articles end on {words.day(ends)}" if ends is not None else ""
    head = "Acts of one member over time, by step, from the nearest to the farthest"
    return words.sentences(head, *told, *doubt, words.shaded(gaps), line)


def _tally(acts: pd.DataFrame) -> str:
    """The years of acts on one step, to whom they are done, and how many are deeds."""
    if acts.empty:
        return "no act"
    years = acts["drawn_date"].dt.year
    span = words.from_to(years.min(), years.max())
    return f"{span}, {words.tally(acts['towards'])}; {words.tally(acts['weight'])}"
