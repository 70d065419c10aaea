"""Meetings over time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import (
    BESIDE,
    CROSS,
    EDGE,
    LETTER,
    OUTSIDE,
    Rows,
    Years,
    lanes,
    pixels,
    with_room,
)  # fmt: skip
from csto.analysis.theme import RIM, SIZE, SMALL, described, for_both_screens, titled

#: What is known of the part in a meeting, in order; the shape of its mark, and whether it is full.
PARTS = {
    "Armenia took part": ("circle", OUTSIDE),
    "Armenia stayed away": (CROSS, OUTSIDE),
    "whether it came is not said": ("circle", "transparent"),
    "called off": ("triangle-up", "transparent"),
    "announced": ("diamond", "transparent"),
}
LANE, AIR = 14, 10  # pixels from a mark to one above it; between rows
APART = 6  # pixels from words to the mark of another meeting
PLACE = r"^.*? (?:in|on|by) (?=the |video|[A-Z])"  # what a label says before the place or matter
NOTE = (
    "A mark is a session or meeting of the alliance’s heads of state; a row, what is known of it."
)


@for_both_screens
def summits(frame: pd.DataFrame, ends: pd.Timestamp, title: str, *, room: int) -> alt.LayerChart:
    """Sessions over time by what is known of the part of one state in them.

    Columns: `label`, `date`, `part` (one of `PARTS`), `row_ids`. `ends` is the day on
    which the articles end.
    """
    columns = {
        "label": "Meeting",
        "date": "Day",
        "part": "Armenia’s part",
        "row_ids": "Outside record",
    }
    there = [part for part in PARTS if part in set(frame["part"])]
    own = frame[list(columns)].assign(row_ids=frame["row_ids"].map(list)).sort_values("date")
    own["named"] = own["label"].str.replace(PLACE, "", regex=True)
    left = Rows(there, room).left
    later = own[own["date"] > ends]
    years = with_room(own["date"], room - EDGE - left, later["date"], _pixels(later))
    own = _beside(own, ends, years)
    most = own.groupby("part")["lane"].max()
    rows = Rows(there, room, steps=[LANE * (most[part] + 1) + AIR for part in there])
    middle = own["part"].map(most) / 2
    own["y"] = rows.middle(own["part"]) + (middle - own["lane"]) * LANE
    chart = alt.layer(
        *years.named(rows.height), *rows.named(), *years.ended(ends, rows.height),
        _points(own, there, years, rows), *_named(own, years, rows),
    ).properties(width=rows.width, height=rows.height)  # fmt: skip
    return titled(described(chart, _said(own, ends), columns, by=["part"]), title, NOTE)


def _said(own: pd.DataFrame, ends: pd.Timestamp) -> str:
    days = own.groupby("part")["date"]
    told = (f"{part}: {words.listed(map(words.day, some))}" for part, some in days)
    line = f"The articles end on {words.day(ends)}"
    return words.sentences("Meetings of the council by Armenia’s part", *told, line)


def _pixels(own: pd.DataFrame) -> pd.Series:
    """Pixels from the middle of marks to where words beside them end."""
    return BESIDE + own["named"].map(len) * LETTER * SMALL / SIZE


def _beside(own: pd.DataFrame, ends: pd.Timestamp, years: Years) -> pd.DataFrame:
    """Meetings with `lane`, `beside` and `is_before`: their words at the right of their mark.

    They stand at its left where they would else cross the last day.
    """
    at, said = years.at(own["date"]), _pixels(own)
    line = years.at(pd.Series([ends])).iloc[0]
    before = (own["date"] <= ends) & (at + said + APART > line) & (at > said)
    room = (said + APART).where(before, 0), (said + APART).mask(before, 0)
    beside = at + BESIDE * (1 - 2 * before)
    lane = lanes(at, own["part"], *room, apart=0)
    return own.assign(lane=lane, beside=beside, is_before=before)


def _points(own: pd.DataFrame, there: list[str], years: Years, rows: Rows) -> alt.Chart:
    """A mark a meeting, by what is known of it."""
    shapes, fills = zip(*(PARTS[part] for part in there), strict=True)
    points = alt.Chart(own).mark_point(size=60, strokeWidth=2, color=OUTSIDE, opacity=1)
    return points.encode(
        x=years.x("date"),
        y=rows.y(),
        shape=alt.Shape("part:N", scale=alt.Scale(domain=there, range=shapes), legend=None),
        fill=alt.Fill("part:N", scale=alt.Scale(domain=there, range=fills), legend=None),
    )


def _named(own: pd.DataFrame, years: Years, rows: Rows) -> list[alt.Chart]:
    """Where each meeting was, or what it was about."""
    drawn = alt.Chart(own)
    return [
        drawn.transform_filter(f"{no}datum.is_before")
        .mark_text(align=align, fontSize=SMALL, color=OUTSIDE, **RIM)
        .encode(x=pixels("beside", years.width), y=rows.y(), text="named:N")
        for no, align in (("!", "left"), ("", "right"))
    ]
