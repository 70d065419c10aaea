"""Charts of the outside record: one function a chart, frame in, `alt.Chart` out.

What comes from outside has its own colour; what the documents say is grey
beside it. Otherwise as `csto.analysis.charts`.
"""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from csto.analysis.theme import GRID, INK, PALETTE, described

OUTSIDE, QUIET = PALETTE["outside"], PALETTE["other"]
YEARS = {
    "title": None,
    "axis": alt.Axis(format="%Y", tickCount="year", grid=False, labelOverlap=True),
}
ROWS = {"title": None, "axis": alt.Axis(domain=False, ticks=False, labelLimit=0, offset=6)}


def wheel(frame: pd.DataFrame, text: str) -> alt.LayerChart:
    """The members on the wheel of the rule, with who held each turn.

    Columns: `state` (in order), `holder`, `years` (the turn), `seen`
    ("held", "next by the rule", "later"), `named` (True where the documents
    name the holder).
    """
    columns = {
        "state": "State",
        "holder": "Holder",
        "years": "Turn",
        "seen": "State of the turn",
        "named": "Named in the documents",
    }
    angles = [2 * math.pi * number / len(frame) for number in range(len(frame))]
    frame = frame[list(columns)].assign(
        x=[round(math.sin(angle), 4) for angle in angles],
        y=[round(math.cos(angle), 4) for angle in angles],
        order=range(1, len(frame) + 1),
    )
    rim = pd.DataFrame(
        [
            {"x": math.sin(a / 50 * math.pi), "y": math.cos(a / 50 * math.pi), "step": a}
            for a in range(101)
        ]
    ).round(4)
    place = {
        "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.75, 1.75])),
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.5, 1.3])),
    }
    circle = alt.Chart(rim).mark_line(color=GRID).encode(order="step:Q", **place)
    base = alt.Chart(frame).encode(**place)
    seen = alt.Scale(domain=["held", "next by the rule", "later"], range=[[1, 0], [5, 4], [1, 4]])
    dots = base.mark_point(size=900, strokeWidth=2.2, filled=False).encode(
        stroke=alt.value(OUTSIDE),
        strokeDash=alt.StrokeDash("seen:N", scale=seen, title=None),
        fill=alt.condition("datum.seen == 'held'", alt.value(OUTSIDE), alt.value("transparent")),
        fillOpacity=alt.value(0.25),
    )
    named = base.transform_filter("datum.named").mark_point(
        size=1500, strokeWidth=1.6, filled=False, color=QUIET
    )
    numbers = base.mark_text(fontSize=13).encode(text="order:O")
    words = [
        base.mark_text(dy=dy, **style).encode(text=f"{column}:N")
        for column, dy, style in (
            ("state", 28, {"fontWeight": "bold"}),
            ("holder", 43, {"fontSize": 11}),
            ("years", 57, {"fontSize": 11}),
        )
    ]
    return described(
        alt.layer(circle, dots, named, numbers, *words).properties(width=480, height=370),
        text,
        columns,
    )


def office(frame: pd.DataFrame, turns: pd.DataFrame, text: str) -> alt.LayerChart:
    """Times in the post on a time line, one row each, over the turns of the rule.

    Columns of `frame`: `label` (holder and state), `first_date`, `last_date`,
    `kind` ("in office", "acting", "may still be in office"), `said` (days in
    words). Columns of `turns`: `label` (the row it belongs to), `first_date`,
    `last_date`.
    """
    columns = {
        "label": "Holder",
        "first_date": "First day",
        "last_date": "Last day",
        "kind": "How",
        "said": "Days",
    }
    frame = frame[list(columns)].assign(until=frame["last_date"] + pd.Timedelta(days=1))
    turns = turns.assign(until=turns["last_date"] + pd.Timedelta(days=1))
    frame["beside"] = (
        frame["label"].map(turns.set_index("label")["until"]).fillna(frame["until"])
    )  # words clear the turn's frame
    y = alt.Y("label:N", sort=list(frame["label"]), **ROWS)
    frames = (
        alt.Chart(turns)
        .mark_rect(stroke=INK, strokeDash=[3, 3], fill="transparent", strokeWidth=1, height=18)
        .encode(x=alt.X("first_date:T", **YEARS), x2="until:T", y=y)
    )
    kinds = alt.Scale(
        domain=["in office", "acting", "may still be in office"], range=[OUTSIDE, QUIET, OUTSIDE]
    )
    base = alt.Chart(frame).encode(y=y)
    bars = base.mark_bar(height=10).encode(
        x=alt.X("first_date:T", **YEARS),
        x2="until:T",
        color=alt.Color("kind:N", scale=kinds, title=None, legend=alt.Legend(symbolType="square")),
        opacity=alt.condition(
            "datum.kind == 'may still be in office'", alt.value(0.25), alt.value(0.9)
        ),
    )
    said = (
        base.transform_filter("datum.said")
        .mark_text(align="left", dx=8, fontSize=11)
        .encode(x="beside:T", text="said:N")
    )
    return described(
        (frames + bars + said).properties(width=400, height=alt.Step(30)), text, columns
    )


def ladder(
    frame: pd.DataFrame, rungs: dict[str, str], ends: pd.Timestamp, text: str
) -> alt.LayerChart:
    """Armenian acts on the ladder: of the documents in grey, of the outside record in its colour.

    Columns: `rung_name`, `drawn_date`, `lane`, `label`, `told` ("the
    documents", "outside record", "outside record, read otherwise"). `ends`
    is the day on which the documents end.
    """
    columns = {"label": "Act", "rung_name": "Rung", "drawn_date": "Drawn at", "told": "Told by"}
    order = list(reversed(rungs.values()))
    told = alt.Scale(
        domain=["the documents", "outside record", "outside record, read otherwise"],
        range=[QUIET, OUTSIDE, OUTSIDE],
    )
    filled = alt.Scale(domain=told.domain, range=[QUIET, OUTSIDE, "transparent"])
    shapes = alt.Scale(domain=told.domain, range=["circle", "diamond", "diamond"])
    y = alt.Y(
        "rung_name:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order, padding=0.18),
        axis=alt.Axis(grid=True, tickBand="extent", ticks=False, domain=False, labelLimit=210),
    )
    line = (
        alt.Chart(pd.DataFrame({"end": [ends]}))
        .mark_rule(strokeDash=[4, 3], color=INK, strokeOpacity=0.6)
        .encode(x="end:T")
    )
    points = (
        alt.Chart(frame[[*columns, "lane"]])
        .mark_point(size=75, strokeWidth=2)
        .encode(
            x=alt.X("drawn_date:T", **YEARS),
            y=y,
            yOffset=alt.YOffset(
                "lane:O", scale=alt.Scale(domain=list(range(int(frame["lane"].max()) + 1)))
            ),
            stroke=alt.Stroke("told:N", scale=told, title=None),
            fill=alt.Fill("told:N", scale=filled, title=None),
            shape=alt.Shape("told:N", scale=shapes, title=None),
            fillOpacity=alt.value(0.75),
        )
    )
    return described((points + line).properties(width=470, height=alt.Step(11)), text, columns)


def summits(frame: pd.DataFrame, ends: pd.Timestamp, text: str) -> alt.LayerChart:
    """Sessions over time by what is known of Armenia's part in them.

    Columns: `label`, `date`, `part` ("Armenia took part", "not said",
    "Armenia stayed away", "cancelled or announced").
    """
    columns = {"label": "Meeting", "date": "Day", "part": "Armenia’s part"}
    parts = ["Armenia took part", "not said", "Armenia stayed away", "cancelled or announced"]
    y = alt.Y("part:N", sort=parts, scale=alt.Scale(domain=parts), **ROWS)
    line = (
        alt.Chart(pd.DataFrame({"end": [ends]}))
        .mark_rule(strokeDash=[4, 3], color=INK, strokeOpacity=0.6)
        .encode(x="end:T")
    )
    points = (
        alt.Chart(frame[list(columns)])
        .mark_point(size=85, strokeWidth=2, color=OUTSIDE)
        .encode(
            x=alt.X("date:T", **YEARS),
            y=y,
            shape=alt.Shape(
                "part:N",
                scale=alt.Scale(domain=parts, range=["circle", "circle", "cross", "triangle-up"]),
                legend=None,
            ),
            fill=alt.condition(
                "datum.part == 'Armenia took part' || datum.part == 'Armenia stayed away'",
                alt.value(OUTSIDE),
                alt.value("transparent"),
            ),
        )
    )
    return described((points + line).properties(width=400, height=alt.Step(32)), text, columns)


def fighting(frame: pd.DataFrame, written: pd.DataFrame, text: str) -> alt.LayerChart:
    """Years of a conflict as cells, with the documents' years marked under them.

    Columns of `frame`: `year` (text), `state` ("not active", "active",
    "minor", "war"). Columns of `written`: `year`, `label`.
    """
    columns = {"year": "Year", "state": "State in the data set"}
    states = ["not active", "active", "minor", "war"]
    x = alt.X(
        "year:O", title=None, axis=alt.Axis(labelAngle=0, domain=False, ticks=False, orient="top")
    )
    base = alt.Chart(frame[list(columns)]).encode(x=x, y=alt.value(22))
    cells = base.mark_rect(height=34, stroke=OUTSIDE, fill=OUTSIDE).encode(
        fillOpacity=alt.FillOpacity(
            "state:N", scale=alt.Scale(domain=states, range=[0, 0.25, 0.25, 0.6]), legend=None
        ),
        strokeOpacity=alt.value(0.6),
    )
    words = base.mark_text(fontSize=10.5).encode(text="state:N")
    marks = (
        alt.Chart(written)
        .mark_point(shape="triangle-up", size=60, filled=True, color=QUIET, opacity=1)
        .encode(x=x, y=alt.value(50))
    )
    names = (
        alt.Chart(written)
        .mark_text(fontSize=10.5, lineBreak="\n")
        .encode(x=x, y=alt.value(66), text="label:N")
    )
    return described(
        (cells + words + marks + names).properties(width=alt.Step(56), height=90), text, columns
    )
