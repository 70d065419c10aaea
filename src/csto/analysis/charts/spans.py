"""Charts of spans of days: bars of possible days, strips of documents, times in office."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import (
    BESIDE,
    DAY,
    LETTER,
    OUTSIDE,
    QUIET,
    Rows,
    Years,
)  # fmt: skip
from csto.analysis.days import KNOWN
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described, for_both_screens, titled

# ---- days from a first one -------------------------------------------------------------------

#: How to read bars of days.
BARS = (
    "Days count from the first line. A bar covers the days on which a step may have fallen; "
    "where only a press report tells it, the bar ends on the day of the report. Hollow: the "
    "article hedges, as with “reportedly”."
)
HEDGED = ", hedged"
FEW = 31  # days of a clock that has ticks every few of them, and not one a month
#: How each way of knowing a day looks.
KNOWN_AS = {KNOWN[0]: "diamond", KNOWN[1]: "square", KNOWN[2]: "triangle-left"}


@for_both_screens
def day_bars(frame: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
    """Dated steps as bars of possible days, one row a step, in the frame's order.

    Columns: `label`, `earliest_date`, `latest_date` (both known), `days` (how
    the distance is printed), `known` (one of `days.KNOWN`), `is_hedged` (told with a hedge),
    `extract_ids`.
    """
    columns = {
        "label": "Step",
        "earliest_date": "Earliest",
        "latest_date": "Latest",
        "days": "Days",
        "known": "Known",
        "extract_ids": "Passages",
    }
    frame = frame.assign(days=frame["days"] + frame["is_hedged"].map({True: HEDGED, False: ""}))
    said = round(frame["days"].map(len).max() * LETTER) + BESIDE
    rows = Rows(list(frame["label"]), room, right=said)
    frame = frame[[*columns, "is_hedged"]].assign(
        until=frame["latest_date"] + DAY,
        mark=frame["latest_date"] + (1 + (frame["known"] == KNOWN[2])) * DAY / 2,
        y=rows.middle(frame["label"]),
        extract_ids=frame["extract_ids"].map(list),
    )
    chart = alt.layer(rows.named(), *_day_layers(frame, rows), _gap(frame, rows))
    chart = chart.properties(width=rows.width, height=rows.height)
    told = (f"{row.label}: {row.days} ({row.known})" for row in frame.itertuples())
    text = words.sentences("Time line of steps, each with its days from the first", *told)
    return titled(described(chart, text, columns, by=["known"]), title, BARS)


def _day_layers(frame: pd.DataFrame, rows: Rows) -> list[alt.Chart]:
    """Bars of days, a mark at the latest day, and the distance in words."""
    there = {one: look for one, look in KNOWN_AS.items() if one in set(frame["known"])}
    forms = alt.Scale(domain=list(there), range=list(there.values()))
    base = alt.Chart(frame).encode(y=rows.y())
    said = base.mark_text(align="left", dx=BESIDE, color=INK)
    return [
        base.mark_bar(height=7, color=QUIET, fillOpacity=0.45).encode(x=_days(frame), x2="until:T"),
        base.mark_point(size=65, strokeWidth=2, opacity=1, color=INK, fill=INK).encode(
            x=alt.X("mark:T"),
            shape=alt.Shape("known:N", scale=forms, title=None),
            fillOpacity=alt.condition("datum.is_hedged", alt.value(0), alt.value(1)),
        ),
        said.encode(x=alt.X("until:T"), text="days:N"),
    ]


def _gap(frame: pd.DataFrame, rows: Rows) -> alt.Chart:
    """The days between two steps in words, where they are more than half of all."""
    before = frame["latest_date"].cummax().shift()
    gap = (frame["earliest_date"] - before).dt.days
    whole = (frame["latest_date"].max() - frame["earliest_date"].min()).days
    told = gap.map(lambda days: f"{days:.0f} days without a dated step")
    long = frame[["earliest_date", "y"]].assign(gap=told)[gap > whole / 2]
    look: dict[str, Any] = {"fontSize": 11, "fontStyle": "italic", "color": INK}
    said = alt.Chart(long).mark_text(align="right", dx=-BESIDE, **look)
    return said.encode(x=alt.X("earliest_date:T"), y=rows.y(), text="gap:N")


def _days(frame: pd.DataFrame) -> alt.X:
    """Days from the first to the last, with ticks at both and at the first of months between."""
    first, last = frame["earliest_date"].iloc[0], frame["latest_date"].max()
    step = "MS" if (last - first).days > FEW else "4D"
    days = sorted({first, *pd.date_range(first, last, freq=step), last})
    years = [None, *(day.year for day in days)]
    said = {
        str(day.date()): [f"{day.day} {day:%b}", *[str(day.year)] * (day.year != before)]
        for day, before in zip(days, years, strict=False)
    }
    axis = alt.Axis(
        values=[_moment(day + DAY / 2) for day in days],
        labelExpr=f"{json.dumps(said)}[timeFormat(datum.value, '%Y-%m-%d')]",
        labelAlign=alt.condition("datum.index == 0", alt.value("left"), alt.value("center")),
        grid=False,
        labelOverlap=False,
    )
    ends = alt.Scale(domain=[_moment(first), _moment(last + DAY)], nice=False, padding=0)
    return alt.X("earliest_date:T", title=None, axis=axis, scale=ends)


def _moment(day: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day, hours=day.hour)


# ---- documents -------------------------------------------------------------------------------

STRIPS = (
    "A full bar is days that the article speaks of; a hollow one is a year of which it names no "
    "day. An upright frame holds the days on which it can have been written, with an arrow where "
    "nothing sets a last one. In the grey years no article dates an act."
)
SPOKEN = "speaks of"
ARROW, ONE_DAY = "→", "speaks of no other day"


@for_both_screens
def strips(frame: pd.DataFrame, gaps: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
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
    rows = Rows(list(frame["document"].unique()), room, step=38)
    shown = Years(frame["earliest_date"].dt.year.min(), until.max().year - 1, rows.width)
    frame = frame[list(columns)].assign(
        until=until,
        open=last.isna(),
        y=rows.middle(frame["document"]),
        is_year=frame["earliest_date"].dt.is_year_start & last.dt.is_year_end,
    )
    frame["beside"] = frame["open"].map({True: ARROW, False: ""})
    frame["beside"] += _alone(frame).map({True: f"  {ONE_DAY}", False: ""})
    chart = alt.layer(
        shown.shaded(gaps, rows.height), *shown.named(rows.height), rows.named(),
        *_strip_layers(frame, shown, rows),
    ).properties(width=rows.width, height=rows.height)  # fmt: skip
    said = (_strip_said(name, part) for name, part in frame.groupby("document", sort=False))
    text = words.sentences("Strips of time, one a document", *said, words.shaded(gaps))
    return titled(described(chart, text, columns, by=["document", "what"]), title, STRIPS)


def _strip_said(name: object, strip: pd.DataFrame) -> str:
    """The years of which a document speaks, and the days on which it can have been written."""
    spoken = strip[strip["what"] == SPOKEN]
    begun, ended = spoken["earliest_date"].dt.year, spoken["latest_date"].dt.year
    pairs = zip(begun, ended, strict=True)
    years = sorted({year for low, high in pairs for year in range(low, high + 1)})
    written = strip[strip["what"] == "written"].iloc[0]
    until = written["latest_date"]
    last = "an unknown day" if pd.isna(until) else words.day(until)
    when = words.from_to(words.day(written["earliest_date"]), last)
    return f"{name}: speaks of {words.listed(years) or 'nothing dated'}; written {when}"


def _alone(frame: pd.DataFrame) -> pd.Series:
    """Whether a row is the frame of a document that speaks of one day, which the frame hides."""
    spoken = frame[frame["what"] == SPOKEN]
    days = spoken.groupby("document")["earliest_date"].agg(["min", "size"])
    one = days.loc[days["size"] == 1, "min"]
    return (frame["what"] != SPOKEN) & (frame["document"].map(one) == frame["earliest_date"])


def _strip_layers(frame: pd.DataFrame, shown: Years, rows: Rows) -> list[alt.Chart]:
    """Bars of what is spoken of, frames of when it was written, arrows where that has no end."""
    base = alt.Chart(frame).encode(y=rows.y(), x=shown.x("earliest_date"), x2="until:T")
    spoken = base.transform_filter(f"datum.what == '{SPOKEN}'")
    written = base.transform_filter("datum.what == 'written'")
    blue = PALETTE["documents"]
    return [
        spoken.transform_filter("datum.is_year").mark_bar(
            height=8, fill="transparent", stroke=blue, strokeWidth=1.5
        ),
        spoken.transform_filter("!datum.is_year").mark_bar(height=12, color=blue),
        written.mark_bar(height=26, fill="transparent", strokeWidth=1.8, stroke=INK),
        alt.Chart(frame)
        .transform_filter("datum.beside")
        .mark_text(align="left", dx=5, color=INK)
        .encode(y=rows.y(), x=shown.x("earliest_date"), text="beside:N"),
    ]


# ---- times in office -------------------------------------------------------------------------

HELD_AS = {"in office": OUTSIDE, "acting": QUIET}
OFFICE = (
    "A bar is a time in office as public pages show it, grey where somebody only acted as head. A "
    "dashed frame is the turn that the rule gives a state; where it is empty, nobody of "
    "that state is known to have been in the post."
)


@for_both_screens
def office(frame: pd.DataFrame, turns: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
    """Times in the post on a time line, one row each, over the turns of the rule.

    Columns of `frame`: `label` (holder and state), `first_date`, `last_date`,
    `kind` (one of `HELD_AS`), `said` (how long, in words, or ""), `row_ids`. Columns of `turns`:
    `label` (the row it belongs to, one of its own where nobody holds it), `first_date`,
    `last_date`. Nothing is drawn of the time before the first year of a turn.
    """
    columns = {
        "label": "Holder",
        "first_date": "First day",
        "last_date": "Last day",
        "kind": "How",
        "said": "How long",
        "row_ids": "Outside record",
    }
    names = list(dict.fromkeys([*frame["label"], *turns["label"]]))
    rows = Rows(names, room, step=28, right=round(frame["said"].map(len).max() * LETTER))
    begin = turns["first_date"].min() - pd.DateOffset(years=1)
    years = Years(begin.year, turns["last_date"].max().year, rows.width)
    ends = turns.set_index("label")["last_date"]
    own = frame[list(columns)].assign(row_ids=frame["row_ids"].map(list))
    own = own.assign(until=own["last_date"] + DAY, y=rows.middle(own["label"]))
    own["from"] = own["first_date"].clip(lower=begin)
    own["beside"] = own["label"].map(ends).fillna(own["last_date"]) + DAY
    turns = turns.assign(until=turns["last_date"] + DAY, y=rows.middle(turns["label"]))
    chart = alt.layer(
        *years.named(rows.height), rows.named(), *_office_layers(own, turns, years, rows)
    ).properties(width=rows.width, height=rows.height)
    return titled(described(chart, _office_said(own), columns, by=["kind"]), title, OFFICE)


def _office_said(frame: pd.DataFrame) -> str:
    """A sentence a holder."""
    told = []
    for row in frame.to_dict("records"):
        span = words.from_to(row["first_date"].year, row["last_date"].year)
        told.append(", ".join(filter(None, [f"{row['label']}: {row['kind']}", span, row["said"]])))
    return words.sentences("Time line of the post, one row a holder", *told)


def _office_layers(
    own: pd.DataFrame, turns: pd.DataFrame, years: Years, rows: Rows
) -> list[alt.Chart]:
    colours = alt.Scale(domain=list(HELD_AS), range=list(HELD_AS.values()))
    frames = alt.Chart(turns[["label", "first_date", "until", "y"]])
    bars = alt.Chart(own).encode(y=rows.y())
    return [
        frames.mark_bar(height=18, fill="transparent", stroke=INK, strokeDash=[3, 3]).encode(
            x=years.x("first_date"), x2="until:T", y=rows.y()
        ),
        bars.mark_bar(height=10).encode(
            x=years.x("from"),
            x2="until:T",
            color=alt.Color("kind:N", scale=colours, legend=None),
        ),
        bars.transform_filter("datum.said")
        .mark_text(align="left", dx=8, fontSize=11, color=INK)
        .encode(x=years.x("beside"), text="said:N"),
    ]  # fmt: skip
