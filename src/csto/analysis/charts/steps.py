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
    LEFT,
    LETTER,
    LINE,
    OUTSIDE,
    QUIET,
    Years,
    as_broad,
    is_narrow,
    lanes,
    pixels,
    with_room,
)  # fmt: skip
from csto.analysis.subject import OUTSIDE as TELLER
from csto.analysis.subject import RUNGS, SPEAKS, TOWARDS, WEIGHTS
from csto.analysis.theme import GRID, INK, RIM, SMALL, described, for_both_screens, titled

#: How to read it, whatever it says.
NOTE = "A mark is {act} of Armenia; a higher row is farther from the alliance, not weightier."
WINDOW = "Public pages are drawn from where the articles end."
DOUBT = "A question mark stands for words that another reading ranks there."
AIR = 5  # pixels between the marks of a step and its lines
APART = 8  # pixels more from words to the mark of another act than to their own
LANE = 13  # pixels from the middle of a mark to that of one above it, so that words clear
STRIP = 13  # pixels of a teller
TIGHT = 13  # pixels of a line of small words
SIDES = ("the articles", "public pages")  # what tells of the time before the last day and after it
SILENT, BROAD = "no article dates an act", 12  # letters in a line of it
NOBODY = "none told"  # in the row of a step that no act is on
SHORT = pd.Timedelta(days=100)  # a stretch of days that its mark covers
#: To whom an act is done, or who tells of it: colour and shape of its mark, and its words in the
#: legend. What public pages tell has a colour of its own in every picture of steps.
LOOKS = {
    TOWARDS["organisation"]: (INK, "circle", "to the alliance"),
    TOWARDS["member or officer"]: (INK, "square", "to member or officer"),
    TOWARDS["nobody named"]: (QUIET, "diamond", "to nobody by name"),
    TOWARDS["articles"]: (INK, "circle", "told in the articles"),
    TOWARDS["outside"]: (OUTSIDE, "triangle-up", "told on public pages"),
}
DEED, SAID, OTHERWISE = WEIGHTS.values()
#: How the legend calls each weight; an act that stands twice is one of words.
WEIGHED = {DEED: "deed", SAID: "words", OTHERWISE: "words"}
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

#: A question mark, in strokes; its dot is as long as a stroke is wide.
ASKED = "M-0.5,-0.5A0.5,0.5,0,1,1,0.2,-0.05Q0,0.1,0,0.4M-0.2,0.95L0.2,0.95"
PLACED = ["drawn_date", "y", "named", "beside", "is_before", "look", "is_long"]


@for_both_screens
def steps(
    frame: pd.DataFrame,
    gaps: pd.DataFrame,
    title: str,
    *,
    told_by: pd.DataFrame | None = None,
    ends: pd.Timestamp | None = None,
    room: int,
) -> alt.LayerChart:
    """Acts by how far they lead away from the alliance; steps that nobody took are drawn, too.

    Where all acts are deeds, the step of words is left out.

    Columns of `frame`: `label`, `rung_name`, `first_date`, `last_date`, `drawn_date`, `towards`
    (one of `LOOKS`), `weight` (a deed, words, or another reading of an act that stands twice),
    `named` (its words in the picture, or ""), `extract_ids` and, where any act is of the outside
    record, `row_ids`. Of `gaps`, years without any dated act: `start`, `end`. Of `told_by`, whose
    rows stand under the steps: `teller`, `drawn_date`. The articles end on the day `ends`.
    """
    columns = {column: head for column, head in COLUMNS.items() if column in frame}
    years = _years(frame, room, ends)
    gaps = gaps[gaps["end"].dt.year > years.first]
    placed = _placed(frame, years, ends)
    bands = _bands(placed, room)
    tellers = _tellers(told_by, float(bands["bottom"].max()), room)
    height = float(max([bands["bottom"].max(), *(tellers["y"] + STRIP / 2)]))
    placed["y"] = placed["rung_name"].map(bands["floor"]) - placed["lane"] * LANE
    acts = alt.Chart(placed[[*columns, *PLACED]])
    at = {"years": years, "y": pixels("y", height, alt.Y)}
    chart = alt.layer(
        as_broad(_left(room), years.width), years.shaded(gaps, height), *_lines(bands, height),
        *years.named(height), *_silent(gaps, _quiet(bands, tellers), **at),
        *([] if ends is None else years.ended(ends, height, SIDES)),
        *_names(bands, tellers, room, **at), _nobody(bands, placed, **at), *_ticks(tellers, **at),
        *_acts(acts, _key(placed, room), is_keyed=ends is None, **at), *_named(acts, placed, **at),
    ).properties(width=years.width, height=height)  # fmt: skip
    said = _said(placed, gaps, ends)
    chart = described(_with_legend(chart, placed, room), said, columns, by=["rung_name"])
    return titled(chart, title, _note(placed, ends))


def _with_legend(chart: alt.LayerChart, placed: pd.DataFrame, room: int) -> alt.LayerChart:
    """In a row, or on a phone in two columns."""
    columns = 2 if is_narrow(room) else placed["towards"].nunique()
    return chart.configure_legend(columns=columns, columnPadding=8)


def _note(placed: pd.DataFrame, ends: pd.Timestamp | None) -> str:
    """How to read the picture, as far as it has what is to be read."""
    doubt = (placed["weight"] == OTHERWISE).any()
    note = NOTE.format(act="an act" if (placed["weight"] == SAID).any() else "a deed")
    return " ".join([note, *([] if ends is None else [WINDOW]), *([DOUBT] if doubt else [])])


# ---- where things stand ----------------------------------------------------------------------


def _left(room: int) -> int:
    """Pixels of the names at the left."""
    return 0 if is_narrow(room) else LEFT


def _years(frame: pd.DataFrame, room: int, ends: pd.Timestamp | None) -> Years:
    """The years of the acts, over all the room that names leave at the left and words at the right.

    Words at the left of their mark, before the last day, take none.
    """
    some = frame if ends is None else frame[frame["drawn_date"] > ends]
    letters = some["named"].map(len)
    said = (letters * LETTER + 2 * BESIDE).where(letters > 0, BESIDE)  # words clear of the edge
    return with_room(frame["drawn_date"], room - EDGE - _left(room), some["drawn_date"], said)


def _placed(frame: pd.DataFrame, years: Years, ends: pd.Timestamp | None) -> pd.DataFrame:
    """Acts with their `look` and where they and their words stand.

    Words stand at the right of their mark, or at its left where the line of the last day or the
    edge is in their way: `beside` is where they begin or, `is_before`, where they end, in pixels;
    `lane` is the lowest place of their step where they touch no other.
    """
    lists = {key: frame[key].map(list) for key in ("extract_ids", "row_ids") if key in frame}
    frame = frame.assign(**lists).sort_values("drawn_date", kind="stable")
    at = years.at(frame["drawn_date"])
    letters = frame["named"].map(len)
    said = (BESIDE + letters * LETTER + APART).where(letters > 0, 0)
    edge = pd.Series(years.width + EDGE, at.index)
    if ends is not None:
        edge = edge.mask(frame["drawn_date"] <= ends, years.at(pd.Series([ends])).iloc[0])
    before = at + said - APART > edge
    return frame.assign(
        look=frame["weight"].map(WEIGHED) + " " + frame["towards"].map(lambda to: LOOKS[to][2]),
        is_before=before,
        beside=at + BESIDE * (1 - 2 * before),
        lane=lanes(at, frame["rung_name"], left=said.where(before, 0), right=said.mask(before, 0)),
        is_long=frame["last_date"] - frame["first_date"] > SHORT,
    )


def _key(placed: pd.DataFrame, room: int) -> pd.DataFrame:
    """The looks that are there as `look`, `colour`, `fill` and `shape`, in the legend's order."""
    there = set(placed.loc[placed["weight"] != OTHERWISE, "look"])
    every = [
        (f"{weight} {said}", colour, colour if weight == WEIGHED[DEED] else "transparent", shape)
        for weight in dict.fromkeys(WEIGHED.values())
        for colour, shape, said in LOOKS.values()
    ]
    if is_narrow(room):
        half = len(LOOKS)
        every = [one for pair in zip(every[:half], every[half:], strict=True) for one in pair]
    return pd.DataFrame(
        [one for one in every if one[0] in there], columns=["look", "colour", "fill", "shape"]
    )


def _bands(placed: pd.DataFrame, room: int) -> pd.DataFrame:
    """By step, from the farthest: `top`, `bottom` and `floor` of its lowest marks, in pixels."""
    far = [step for step in reversed(RUNGS.values()) if step in _drawn(placed)]
    most = placed.groupby("rung_name")["lane"].max().reindex(far, fill_value=0)
    above = LINE if is_narrow(room) else 0  # for its name
    bottom = ((most + 1) * LANE + 2 * AIR + above).cumsum()
    top = bottom.shift(fill_value=0)
    return pd.DataFrame({"top": top, "bottom": bottom, "floor": bottom - AIR - LANE / 2})


def _quiet(bands: pd.DataFrame, tellers: pd.DataFrame) -> float:
    """Where two small lines begin so that no line of the steps meets them.

    Under the steps, beside who tells, or else low in a high step.
    """
    if not tellers.empty:
        return float(bands["bottom"].max() + LINE)
    high = bands[bands["bottom"] - bands["top"] >= bands.eval("bottom - top").min() + LANE]
    return float((bands if high.empty else high)["floor"].iloc[-1] - TIGHT)


def _drawn(placed: pd.DataFrame) -> list[str]:
    """The steps that have a row: without words, the step of words has none."""
    words_too = (placed["weight"] == SAID).any()
    return [step for key, step in RUNGS.items() if words_too or key != SPEAKS]


def _tellers(told_by: pd.DataFrame | None, top: float, room: int) -> pd.DataFrame:
    """Who tells of each act, with `y` of a row each under the steps; without rows, if nobody."""
    if told_by is None:
        return pd.DataFrame(columns=["teller", "drawn_date", "y"])
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
    names = [
        alt.Chart(far)
        .mark_text(**look, fontWeight="bold", color=INK)
        .encode(x=alt.value(0), y=y, text="step:N"),
        alt.Chart(rows)
        .mark_text(**look, fontSize=SMALL, color=INK)
        .encode(x=alt.value(0), y=y, text="teller:N"),
    ]
    return names[:1] if rows.empty else names


def _nobody(bands: pd.DataFrame, placed: pd.DataFrame, years: Years, y: alt.Y) -> alt.Chart:
    """In the row of a step that no act is on, words that say so."""
    told = placed[placed["weight"] != OTHERWISE]
    empty = bands[~bands.index.isin(told["rung_name"])]
    drawn = alt.Chart(pd.DataFrame({"y": empty["floor"]}).assign(said=NOBODY))
    look: dict[str, Any] = {"align": "left", "dx": BESIDE / 2, "color": INK}
    return drawn.mark_text(**look).encode(x=alt.value(0), y=y, text="said:N")


def _acts(
    acts: alt.Chart, key: pd.DataFrame, years: Years, y: alt.Y, *, is_keyed: bool
) -> list[alt.Chart]:
    """A mark an act by whom it is done to, hollow where it is words, over its possible days.

    What others rank otherwise is a question mark. No legend says what words above the picture do.
    """
    legend: dict[str, Any] = {"title": None} if is_keyed else {"legend": None}

    def by(column: str) -> dict[str, Any]:
        scale = alt.Scale(domain=list(key["look"]), range=list(key[column]))
        return {"shorthand": "look:N", "scale": scale, **legend}

    at = {"x": years.x("drawn_date"), "y": y}
    told = acts.transform_filter(f"datum.weight != '{OTHERWISE}'")
    doubts = acts.transform_filter(f"datum.weight == '{OTHERWISE}'")
    asked = doubts.mark_point(shape=ASKED, size=110, strokeWidth=2, opacity=1, stroke=OUTSIDE)
    marks = told.mark_point(size=70, strokeWidth=2, opacity=1).encode(
        **at,
        stroke=alt.Stroke(**by("colour")),
        fill=alt.Fill(**by("fill")),
        shape=alt.Shape(**by("shape")),
    )
    spans = acts.transform_filter("datum.is_long").transform_calculate(
        begun=f"max(datum.first_date, datetime({years.first}, 0, 1))"
    )
    drawn = spans.mark_rule(strokeWidth=3, strokeOpacity=0.3, color=QUIET)
    return [drawn.encode(x=years.x("begun"), x2="last_date:T", y=y), marks, asked.encode(**at)]


def _named(acts: alt.Chart, placed: pd.DataFrame, years: Years, y: alt.Y) -> list[alt.Chart]:
    """The words of acts that are named, beside their marks and in their colours."""
    named = placed[placed["named"] != ""].drop_duplicates(["towards", "is_before"])
    return [
        acts.transform_filter(
            f"datum.named && datum.towards == '{towards}' && {'' if before else '!'}datum.is_before"
        )
        .mark_text(align="right" if before else "left", color=LOOKS[towards][0], **RIM)
        .encode(x=pixels("beside", years.width), y=y, text="named:N")
        for towards, before in zip(named["towards"], named["is_before"], strict=True)
    ]


def _silent(gaps: pd.DataFrame, top: float, years: Years, y: alt.Y) -> list[alt.Chart]:
    """What the grey years are, on the longest run of them, in lines of which the first is there."""
    run = (gaps["start"] != gaps["end"].shift()).cumsum()
    runs = gaps.groupby(run).agg(start=("start", "min"), end=("end", "max"))
    letters = (years.at(runs["end"]) - years.at(runs["start"])) / LETTER
    broad = runs[(letters == letters.max()) & (letters > max(map(len, SILENT.split())))]
    lines = letters[broad.index].map(lambda most: textwrap.wrap(SILENT, min(int(most), BROAD)))
    drawn = broad.assign(x=broad["start"] + (broad["end"] - broad["start"]) / 2, said=lines)
    drawn["y"] = top
    look: dict[str, Any] = {"fontSize": SMALL, "fontStyle": "italic", "color": INK}
    text = alt.Chart(drawn[["x", "y", "said"]]).mark_text(lineHeight=TIGHT, **look)
    return [text.encode(x=years.x("x"), y=y, text="said:N")]


def _ticks(tellers: pd.DataFrame, years: Years, y: alt.Y) -> list[alt.Chart]:
    """A tick an act for each that tells it, if it is drawn who does."""
    if tellers.empty:
        return []
    outside = alt.condition(f"datum.teller == '{TELLER}'", alt.value(OUTSIDE), alt.value(QUIET))
    marks = alt.Chart(tellers).mark_tick(thickness=2.5, size=9, orient="vertical", opacity=1)
    return [marks.encode(x=years.x("drawn_date"), y=y, color=outside)]


# ---- in words --------------------------------------------------------------------------------


def _said(placed: pd.DataFrame, gaps: pd.DataFrame, ends: pd.Timestamp | None) -> str:
    acts = placed[placed["weight"] != OTHERWISE]
    told = (f"{step}: {_tally(acts[acts['rung_name'] == step])}" for step in _drawn(placed))
    twice = placed[placed["weight"] == OTHERWISE]
    doubt = (f"{row.label}: {OTHERWISE}, {row.rung_name}" for row in twice.itertuples())
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
