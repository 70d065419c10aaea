"""Steps away from the alliance over time: of the articles, and of what came after."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import (
    BESIDE,
    EDGE,
    LETTER,
    LINE,
    MARK,
    OUTSIDE,
    QUIET,
    Years,
    is_narrow,
    lanes,
    pixels,
)  # fmt: skip
from csto.analysis.subject import OUTSIDE as TELLER
from csto.analysis.subject import PALETTE, RUNGS, TOWARDS, WEIGHTS
from csto.analysis.theme import GRID, INK, described, for_both_screens, titled

#: How to read it, whatever it says.
NOTE = (
    "A mark is an act of Armenia: filled, a deed; hollow, words. Only its row counts: a higher "
    "one is a kind of act farther from the alliance, no weightier one. The strip says who reports "
    "it."
)
WINDOW = "Public pages are drawn only from where the articles end."
DOUBT = "“?” is a hollow act, read otherwise."
LEFT = 138  # pixels of the names at the left
AIR = 8  # pixels between the marks of a step and its lines
STRIP = 15  # pixels of a teller
SILENT = "no dated act"
SHORT = pd.Timedelta(days=100)  # a stretch of days that its mark covers
LOOKS = {
    TOWARDS["organisation"]: (PALETTE["adverse"], "circle"),
    TOWARDS["member or officer"]: (INK, "square"),
    TOWARDS["nobody named"]: (QUIET, "diamond"),
    TOWARDS["outside"]: (OUTSIDE, "triangle-up"),
}
DEED, SAID, OTHERWISE = WEIGHTS.values()
COLUMNS = {
    "label": "Act",
    "rung_name": "Step",
    "first_date": "Earliest",
    "last_date": "Latest",
    "towards": "Done",
    "weight": "Deed or words",
    "extract_ids": "Passages",
    "row_ids": "Outside record",
}


@for_both_screens
def steps(
    frame: pd.DataFrame,
    gaps: pd.DataFrame,
    told_by: pd.DataFrame,
    title: str,
    ends: pd.Timestamp | None = None,
    *,
    room: int,
) -> alt.LayerChart:
    """Acts by how far they lead away from the alliance; steps that nobody took are drawn, too.

    Columns of `frame`: `label`, `rung_name`, `first_date`, `last_date`, `drawn_date`, `towards`
    (one of `LOOKS`), `weight` (a deed, words, or another reading of an act that stands twice),
    `named` (its words in the picture, or "") and `side` ("left", "right"), `extract_ids` and,
    where any act is of the outside record, `row_ids`. Columns of `gaps`: `start`, `end` (years
    without any dated act); of `told_by`: `teller`, `drawn_date`. `ends` is the day on which the
    articles end, where the frame goes on.
    """
    columns = {column: head for column, head in COLUMNS.items() if column in frame}
    told = frame["drawn_date"].dt.year
    wide = room - EDGE - (0 if is_narrow(room) else LEFT)
    years = Years(told.min(), told.max(), wide)
    placed = _placed(frame, years)
    bands = _bands(placed, room)
    bottom = float(bands["bottom"].max())
    tellers = _tellers(told_by, bottom, room)
    height = float(tellers["y"].max() + STRIP / 2)
    placed["y"] = placed["rung_name"].map(bands["floor"]) - placed["lane"] * MARK
    acts = alt.Chart(placed[[*columns, "drawn_date", "y", "named", "side", "is_long"]])
    at = {"years": years, "y": pixels("y", height, alt.Y)}
    chart = alt.layer(
        years.shaded(gaps, bottom), *_lines(bands, height), *years.named(height),
        *_silent(gaps, **at), *([] if ends is None else years.ended(ends, height)),
        *_names(bands, tellers, room, **at), _ticks(tellers, **at),
        *_acts(acts, placed, **at), *_named(acts, **at),
    ).properties(width=years.width, height=height)  # fmt: skip
    apart = {} if ends is None else {"offset": 24}  # from the words above the last day
    chart = chart.configure_legend(columns=1 if is_narrow(room) else 0, **apart)
    chart = described(chart, _said(placed, gaps, ends), columns, by=["rung_name"])
    return titled(chart, title, _note(placed, ends))


def _note(placed: pd.DataFrame, ends: pd.Timestamp | None) -> str:
    """How to read the picture, as far as it has what is to be read."""
    doubt = (placed["weight"] == OTHERWISE).any()
    return " ".join([NOTE, *([] if ends is None else [WINDOW]), *([DOUBT] if doubt else [])])


# ---- where things stand ----------------------------------------------------------------------


def _placed(frame: pd.DataFrame, years: Years) -> pd.DataFrame:
    """Acts with `lane`: the lowest place of their step where they touch no other."""
    lists = {key: frame[key].map(list) for key in ("extract_ids", "row_ids") if key in frame}
    frame = frame.assign(**lists).sort_values("drawn_date", kind="stable")
    said = frame["named"].map(len) * LETTER + BESIDE
    over = years.at(frame["drawn_date"]) + said > years.width + EDGE
    frame["side"] = frame["side"].mask(over & (frame["named"] != ""), "left")
    beside = ((said.where(frame["side"] == side, 0)) for side in ("left", "right"))
    return frame.assign(
        lane=lanes(years.at(frame["drawn_date"]), frame["rung_name"], *beside),
        is_long=frame["last_date"] - frame["first_date"] > SHORT,
    )


def _bands(placed: pd.DataFrame, room: int) -> pd.DataFrame:
    """By step, from the farthest: `top`, `bottom` and `floor` of its lowest marks, in pixels."""
    far = list(RUNGS.values())[::-1]
    most = placed.groupby("rung_name")["lane"].max().reindex(far, fill_value=0)
    above = LINE if is_narrow(room) else 0  # for its name
    bottom = ((most + 1) * MARK + 2 * AIR + above).cumsum()
    top = bottom.shift(fill_value=0)
    return pd.DataFrame({"top": top, "bottom": bottom, "floor": bottom - AIR - MARK / 2})


def _tellers(told_by: pd.DataFrame, top: float, room: int) -> pd.DataFrame:
    """Who tells of each act, with `y` of a row each under the steps."""
    order = {teller: place for place, teller in enumerate(told_by["teller"].unique())}
    each = STRIP + (LINE + 3 if is_narrow(room) else 0)
    rows = told_by["teller"].map(order)
    return told_by.assign(y=top + AIR + (rows + 1) * each - STRIP / 2)


# ---- layers ----------------------------------------------------------------------------------


def _lines(bands: pd.DataFrame, height: float) -> list[alt.Chart]:
    """A line over each step, and under the last."""
    floor = alt.Chart(pd.DataFrame({"y": [0.0, *bands["bottom"]]}))
    return [floor.mark_rule(color=GRID).encode(y=pixels("y", height, alt.Y))]


def _names(
    bands: pd.DataFrame, tellers: pd.DataFrame, room: int, years: Years, y: alt.Y
) -> list[alt.Chart]:
    """The steps and who tells, at the left or, on a phone, above their marks."""
    rows = tellers.drop_duplicates("teller")[["teller", "y"]]
    look: dict[str, Any] = {"align": "right", "dx": -EDGE}
    middle = (bands["top"] + bands["bottom"]) / 2
    if is_narrow(room):
        look, middle = {"align": "left"}, bands["top"] + LINE - 4
        rows = rows.assign(y=rows["y"] - LINE + 1)
    far = pd.DataFrame({"step": bands.index, "y": middle.to_numpy()})
    return [
        alt.Chart(far)
        .mark_text(**look, fontWeight="bold", color=INK)
        .encode(x=alt.value(0), y=y, text="step:N"),
        alt.Chart(rows)
        .mark_text(**look, fontSize=11, color=INK)
        .encode(x=alt.value(0), y=y, text="teller:N"),
    ]


def _acts(acts: alt.Chart, placed: pd.DataFrame, years: Years, y: alt.Y) -> list[alt.Chart]:
    """A mark an act by whom it is done to, hollow where it is words, over its possible days."""
    there = [name for name in LOOKS if name in set(placed["towards"])]
    colours, shapes = zip(*(LOOKS[name] for name in there), strict=True)
    shown: dict[str, Any] = {"scale": alt.Scale(domain=there, range=list(colours)), "title": None}
    fills = alt.Scale(domain=[DEED, SAID], range=[1, 0])
    acts = acts.transform_filter(f"datum.weight != '{OTHERWISE}'")
    marks = acts.mark_point(size=70, strokeWidth=2, opacity=1).encode(
        x=years.x("drawn_date"),
        y=y,
        stroke=alt.Stroke("towards:N", **shown),
        fill=alt.Fill("towards:N", **shown),
        shape=alt.Shape("towards:N", scale=alt.Scale(domain=there, range=list(shapes)), title=None),
        fillOpacity=alt.FillOpacity("weight:N", scale=fills, legend=None),
    )
    spans = acts.transform_filter("datum.is_long").transform_calculate(
        begun=f"max(datum.first_date, datetime({years.first}, 0, 1))"
    )
    drawn = spans.mark_rule(strokeWidth=3, strokeOpacity=0.3, color=QUIET)
    return [drawn.encode(x=years.x("begun"), x2="last_date:T", y=y), marks]


def _named(acts: alt.Chart, years: Years, y: alt.Y) -> list[alt.Chart]:
    """The words of acts that are named, beside their marks; a question mark for a doubtful one."""
    sides = [("left", "right", -BESIDE), ("right", "left", BESIDE)]
    unsure = acts.transform_filter(f"datum.weight == '{OTHERWISE}'")
    at = {"x": years.x("drawn_date"), "y": y}
    return [
        *(
            acts.transform_filter(f"datum.side == '{side}'")
            .mark_text(align=align, dx=dx, color=INK)
            .encode(**at, text="named:N")
            for side, align, dx in sides
        ),
        unsure.mark_text(fontSize=15, fontWeight="bold", color=INK)
        .encode(**at, text=alt.value("?")),
    ]  # fmt: skip


def _silent(gaps: pd.DataFrame, years: Years, y: alt.Y) -> list[alt.Chart]:
    """What the grey years are, on the longest run of them, where it has the room."""
    run = (gaps["start"] != gaps["end"].shift()).cumsum()
    runs = gaps.groupby(run).agg(start=("start", "min"), end=("end", "max"))
    letters = (years.at(runs["end"]) - years.at(runs["start"])) / LETTER
    broad = runs[(letters == letters.max()) & (letters > max(map(len, SILENT.split())))]
    lines = letters[broad.index].map(lambda most: textwrap.wrap(SILENT, int(most)))
    drawn = broad.assign(x=broad["start"] + (broad["end"] - broad["start"]) / 2, y=LINE, said=lines)
    look: dict[str, Any] = {"fontSize": 11, "fontStyle": "italic", "lineHeight": 12, "color": INK}
    text = alt.Chart(drawn[["x", "y", "said"]]).mark_text(**look)
    return [text.encode(x=years.x("x"), y=y, text="said:N")]


def _ticks(tellers: pd.DataFrame, years: Years, y: alt.Y) -> alt.Chart:
    """A tick an act for each that tells it."""
    outside = alt.condition(f"datum.teller == '{TELLER}'", alt.value(OUTSIDE), alt.value(QUIET))
    marks = alt.Chart(tellers).mark_tick(thickness=2.5, size=9, orient="vertical", opacity=1)
    return marks.encode(x=years.x("drawn_date"), y=y, color=outside)


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
