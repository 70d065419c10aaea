"""Charts of spans of days: bars of possible days, strips of documents, times in office."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import DAY, OUTSIDE, QUIET, rows, shade, years
from csto.analysis.days import KNOWN
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described, titled


def day_bars(frame: pd.DataFrame, title: str) -> alt.LayerChart:
    """Dated steps as bars of possible days, one row a step, in the frame's order.

    Columns: `label`, `earliest_date`, `latest_date` (both known), `days` (how
    the distance is printed), `known` (one of `days.KNOWN`), `extract_ids`.
    """
    columns = {
        "label": "Step",
        "earliest_date": "Earliest",
        "latest_date": "Latest",
        "days": "Days",
        "known": "Known",
        "extract_ids": "Passages",
    }
    latest = frame["latest_date"]
    lists = frame["extract_ids"].map(list)
    frame = frame[list(columns)].assign(
        until=latest + DAY, mark=latest + DAY / 2, extract_ids=lists
    )
    bars, ends, said = _day_layers(frame)
    chart = (bars + ends + said).properties(width=250, height=alt.Step(25))
    told = (f"{row.label}: {row.days} ({row.known})" for row in frame.itertuples())
    text = words.sentences("Time line of steps, each with its days from the first", *told)
    return titled(described(chart, text, columns), title, BARS)


#: How to read bars of days.
BARS = (
    "A bar is the days on which a step can have fallen; where only a press report tells it, "
    "the day of the report ends the bar."
)

#: How each way of knowing a day looks.
KNOWN_AS = {
    KNOWN[0]: (PALETTE["known"], "diamond"),
    KNOWN[1]: (PALETTE["bounded"], "square"),
    KNOWN[2]: (PALETTE["reported"], "triangle-left"),
}


def _day_layers(frame: pd.DataFrame) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Bars of days, a mark at the latest day, and the distance in words."""
    there = {one: look for one, look in KNOWN_AS.items() if one in set(frame["known"])}
    colours, shapes = (list(looks) for looks in zip(*there.values(), strict=True))
    axis = alt.Axis(format="%-d %b %y", labelOverlap=True, tickCount=4, grid=False)
    when = alt.X("earliest_date:T", title=None, axis=axis)
    palette = alt.Scale(domain=list(there), range=colours)
    colour = alt.Color("known:N", scale=palette, title=None)
    forms = alt.Scale(domain=list(there), range=shapes)
    shape = alt.Shape("known:N", scale=forms, title=None)
    base = alt.Chart(frame).encode(y=rows("label", offset=8, labelLimit=0))
    bars = base.mark_bar(height=7, fillOpacity=0.35)
    points = base.mark_point(filled=True, size=75, opacity=1)
    said = base.mark_text(align="left", dx=12, color=INK)
    return (
        bars.encode(x=when, x2="until:T", color=colour),
        points.encode(x="mark:T", color=colour, shape=shape),
        said.encode(x="until:T", text="days:N"),
    )


def strips(frame: pd.DataFrame, gaps: pd.DataFrame) -> alt.LayerChart:
    """A strip a document: the days it speaks of, and those on which it can have been written.

    Columns of `frame`: `document`, `earliest_date`, `latest_date` (the latter
    NaT where nothing bounds it), `what` ("speaks of", "written"). Columns of
    `gaps`: `start`, `end` (stretches that no document covers).
    """
    columns = {
        "document": "Document",
        "what": "What",
        "earliest_date": "Earliest",
        "latest_date": "Latest",
    }
    last = frame["latest_date"]
    until = last.fillna(frame["earliest_date"]) + DAY
    frame = frame[list(columns)].assign(until=until, open=last.isna())
    told, written, unbounded = _strip_layers(frame)
    chart = (shade(gaps) + told + written + unbounded).properties(width=480, height=alt.Step(38))
    said = (_strip_said(name, part) for name, part in frame.groupby("document", sort=False))
    text = words.sentences("Strips of time, one a document", *said, words.shaded(gaps))
    return described(chart, text, columns)


def _strip_said(name: object, strip: pd.DataFrame) -> str:
    """The years of which a document speaks, and the days on which it can have been written."""
    spoken = strip[strip["what"] == "speaks of"]
    begun, ended = spoken["earliest_date"].dt.year, spoken["latest_date"].dt.year
    pairs = zip(begun, ended, strict=True)
    years = sorted({year for low, high in pairs for year in range(low, high + 1)})
    written = strip[strip["what"] == "written"].iloc[0]
    until = written["latest_date"]
    last = "an unknown day" if pd.isna(until) else words.day(until)
    when = words.from_to(words.day(written["earliest_date"]), last)
    return f"{name}: speaks of {words.listed(years) or 'nothing dated'}; written {when}"


def _strip_layers(frame: pd.DataFrame) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Bars of what is spoken of, frames of when it was written, arrows where that has no end."""
    told, written = PALETTE["Kazakhstan"], PALETTE["Armenia"]
    palette = alt.Scale(domain=["speaks of", "written"], range=[told, written])
    colour = alt.Color("what:N", scale=palette, title=None)
    y, when = rows("document", grid=True, tickBand="extent"), years("earliest_date")
    base = alt.Chart(frame).encode(y=y, x=when, x2="until:T", color=colour)
    bars = base.transform_filter("datum.what == 'speaks of'").mark_bar(
        height=12, opacity=0.35, strokeWidth=2, stroke=told, strokeOpacity=0.5
    )
    boxes = base.transform_filter("datum.what == 'written'").mark_bar(
        height=26, fillOpacity=0.15, strokeWidth=1.5, stroke=written
    )
    arrows = alt.Chart(frame).transform_filter("datum.open")
    arrows = arrows.mark_text(text="→", align="left", dx=5, fontSize=15, color=written)
    return bars, boxes, arrows.encode(y=y, x=when)


HELD_AS = {"in office": OUTSIDE, "acting": QUIET, "may still be in office": "#dfb3e3"}


def office(frame: pd.DataFrame, turns: pd.DataFrame) -> alt.LayerChart:
    """Times in the post on a time line, one row each, over the turns of the rule.

    Columns of `frame`: `label` (holder and state), `first_date`, `last_date`,
    `kind` (one of `HELD_AS`), `said` (days in words). Columns of `turns`:
    `label` (the row it belongs to), `first_date`, `last_date`.
    """
    columns = {
        "label": "Holder",
        "first_date": "First day",
        "last_date": "Last day",
        "kind": "How",
        "said": "Days",
    }
    frame = frame[list(columns)].assign(until=frame["last_date"] + DAY)
    turns = turns.assign(until=turns["last_date"] + DAY)
    frame_ends = frame["label"].map(turns.set_index("label")["until"])
    frame["beside"] = frame_ends.fillna(frame["until"])  # words clear the turn's frame
    y = rows("label", list(frame["label"]), labelLimit=0, offset=6)
    bars, said = _office_layers(frame, y)
    chart = (_turn_frames(turns, y) + bars + said).properties(width=400, height=alt.Step(30))
    return described(chart, _office_said(frame), columns)


def _office_said(frame: pd.DataFrame) -> str:
    """A sentence a holder; the last row, who may still be there, adds no days."""
    told = []
    for row in frame.to_dict("records"):
        years = words.from_to(row["first_date"].year, row["last_date"].year)
        told.append(", ".join(filter(None, [f"{row['label']}: {row['kind']}", years, row["said"]])))
    return words.sentences("Time line of the post, one row a holder", *told)


def _turn_frames(turns: pd.DataFrame, y: alt.Y) -> alt.Chart:
    dashed: dict[str, Any] = {
        "stroke": INK,
        "strokeDash": [3, 3],
        "fill": "transparent",
        "strokeWidth": 1,
    }
    drawn = alt.Chart(turns).mark_rect(**dashed, height=18)
    return drawn.encode(x=years("first_date", sparse=True), x2="until:T", y=y)


def _office_layers(frame: pd.DataFrame, y: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    kinds = alt.Scale(domain=list(HELD_AS), range=list(HELD_AS.values()))
    squares = alt.Legend(symbolType="square")
    base = alt.Chart(frame).encode(y=y)
    bars = base.mark_bar(height=10).encode(
        x=years("first_date", sparse=True),
        x2="until:T",
        color=alt.Color("kind:N", scale=kinds, title=None, legend=squares),
    )
    said = base.transform_filter("datum.said").mark_text(align="left", dx=8, fontSize=11)
    return bars, said.encode(x="beside:T", text="said:N")
