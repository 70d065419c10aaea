"""The book's charts: one function a chart, frame in, `alt.Chart` out.

Charts know no YAML and no tables; the notebook prepares the frame whose
columns each function names. Captions stand outside, in the notebook.
"""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from csto.analysis.measures import KNOWN
from csto.analysis.theme import GRID, INK, PALETTE, described, scale


def day_bars(frame: pd.DataFrame, text: str) -> alt.LayerChart:
    """Dated steps as bars of possible days, one row a step, in the frame's order.

    Columns: `label`, `earliest_date`, `latest_date` (both known), `days` (how
    the distance is printed), `known` (one of `measures.KNOWN`).
    """
    columns = {
        "label": "Step",
        "earliest_date": "Earliest",
        "latest_date": "Latest",
        "days": "Days",
        "known": "Known",
    }
    latest = frame["latest_date"]
    frame = frame[list(columns)].assign(
        until=latest + pd.Timedelta(days=1), mark=latest + pd.Timedelta(hours=12)
    )
    colours = [PALETTE[name] for name in ("known", "bounded", "reported")]
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "label:N",
            sort=None,
            title=None,
            axis=alt.Axis(domain=False, ticks=False, offset=8, labelLimit=0),
        )
    )
    when = alt.X(
        "earliest_date:T",
        title=None,
        axis=alt.Axis(format="%-d %b %y", labelOverlap=True, tickCount=4),
    )
    colour = alt.Color("known:N", scale=alt.Scale(domain=list(KNOWN), range=colours), title=None)
    shape = alt.Shape(
        "known:N",
        scale=alt.Scale(domain=list(KNOWN), range=["diamond", "square", "triangle-left"]),
        title=None,
    )
    bars = base.mark_bar(height=7, fillOpacity=0.35).encode(x=when, x2="until:T", color=colour)
    ends = base.mark_point(filled=True, size=75, opacity=1).encode(
        x="mark:T", color=colour, shape=shape
    )
    said = base.mark_text(align="left", dx=12, color=INK).encode(x="until:T", text="days:N")
    return described((bars + ends + said).properties(width=250, height=alt.Step(25)), text, columns)


def matrix(frame: pd.DataFrame, text: str, *, row: str, column: str) -> alt.LayerChart:
    """A matrix of readings: row × column, the reading as colour and as words.

    Columns: `row_name`, `column_name`, `reading` (lines of words), `side`,
    `hedged` (True where every passage is hedged). `row` and `column` are the
    headings of the data table.
    """
    columns = {"row_name": row, "column_name": column, "reading": "Reading", "hedged": "Hedged"}
    sides = {
        "Armenia's side": PALETTE["Armenia"],
        "Belarus's side": PALETTE["Belarus"],
        "acting head": PALETTE["Russia"],
        "several": PALETTE["Azerbaijan"],
        "silent": PALETTE["silent"],
        "no wish told": GRID,
    }
    colour = alt.Scale(domain=list(sides), range=list(sides.values()))
    base = alt.Chart(frame[[*columns, "side"]]).encode(
        x=alt.X(
            "column_name:N",
            sort=None,
            title=None,
            scale=alt.Scale(paddingInner=0.04),
            axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False),
        ),
        y=alt.Y(
            "row_name:N",
            sort=None,
            title=None,
            scale=alt.Scale(paddingInner=0.1),
            axis=alt.Axis(domain=False, ticks=False),
        ),
    )
    colours = {
        "fill": alt.Fill("side:N", scale=colour, legend=None),
        "stroke": alt.Stroke("side:N", scale=colour, legend=None),
        "fillOpacity": alt.condition(
            "datum.hedged || datum.side == 'no wish told'", alt.value(0.04), alt.value(0.2)
        ),
    }
    frame_style = {"strokeWidth": 1.5, "cornerRadius": 4}
    firm = base.transform_filter("!datum.hedged").mark_rect(**frame_style).encode(**colours)
    hedged = (
        base.transform_filter("datum.hedged")
        .mark_rect(strokeDash=[4, 3], **frame_style)
        .encode(**colours)
    )
    middle = alt.ExprRef(
        "-6.5 * (length(split(datum.reading, '\\n')) - 1)"
    )  # lines hang from the first one
    words = base.mark_text(fontSize=11, lineBreak="\n", lineHeight=13, dy=middle).encode(
        text="reading:N"
    )
    return described(
        (firm + hedged + words).properties(width=alt.Step(164), height=alt.Step(50)), text, columns
    )


def wheel(frame: pd.DataFrame, text: str) -> alt.LayerChart:
    """States on a wheel in the order of a rule, with who is seen in the post.

    Columns: `state` (in order), `holder` (text under the state), `seen`
    ("named as holder", "inferred", "not seen").
    """
    columns = {"state": "State", "holder": "Holder", "seen": "How we know"}
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
    axis = {"axis": None, "scale": alt.Scale(domain=[-1.75, 1.75])}
    place = {
        "x": alt.X("x:Q", **axis),
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.4, 1.3])),
    }
    seen = alt.Scale(
        domain=["named as holder", "inferred", "not seen"], range=[[1, 0], [5, 4], [1, 4]]
    )
    circle = alt.Chart(rim).mark_line(color=GRID).encode(order="step:Q", **place)
    base = alt.Chart(frame).encode(**place)
    dots = base.mark_point(size=900, strokeWidth=2.2, filled=False, color=INK).encode(
        strokeDash=alt.StrokeDash("seen:N", scale=seen, title=None),
        fill=alt.condition(
            "datum.seen == 'named as holder'",
            alt.value(PALETTE["Kazakhstan"]),
            alt.value("transparent"),
        ),
        fillOpacity=alt.value(0.3),
    )
    numbers = base.mark_text(fontSize=13).encode(text="order:O")
    names = base.mark_text(fontWeight="bold", dy=26).encode(text="state:N")
    holders = base.mark_text(fontSize=11, dy=41).encode(text="holder:N")
    return described(
        (circle + dots + numbers + names + holders).properties(width=480, height=340), text, columns
    )


def act_grid(frame: pd.DataFrame, text: str) -> alt.FacetChart:
    """Acts as symbols: member × document, one panel a counterpart.

    Columns: `member`, `document`, `counterpart`, `direction` (cooperative or
    adverse), `number` (1, 2, … among the acts of one cell, 0 for an empty
    cell that keeps its place), `label`.
    """
    directions = ["cooperative", "adverse"]
    columns = {
        "member": "Member",
        "counterpart": "Act with",
        "document": "Document",
        "direction": "Direction",
        "label": "Act",
    }
    offsets = alt.Scale(domain=list(range(1, max(frame["number"].max(), 3) + 1)))
    chart = (
        alt.Chart(frame[[*columns, "number"]])
        .mark_point(filled=True, size=85, opacity=0.95)
        .encode(
            x=alt.X(
                "document:N",
                sort=None,
                title=None,
                axis=alt.Axis(labelAngle=-35, grid=True, bandPosition=0, tickBand="extent"),
            ),
            xOffset=alt.XOffset("number:O", scale=offsets),
            y=alt.Y("member:N", sort=None, title=None, axis=alt.Axis(grid=True, bandPosition=0.5)),
            color=alt.Color("direction:N", scale=scale(*directions), title=None),
            shape=alt.Shape(
                "direction:N",
                scale=alt.Scale(domain=directions, range=["circle", "triangle-down"]),
                title=None,
            ),
            opacity=alt.condition("datum.number > 0", alt.value(0.95), alt.value(0)),
            column=alt.Column(
                "counterpart:N",
                sort=list(frame["counterpart"].unique()),
                title=None,
                header=alt.Header(labelFontSize=13, labelFontWeight="bold"),
            ),
        )
    )
    return described(chart.properties(width=250, height=alt.Step(30)), text, columns)


def ladder(
    frame: pd.DataFrame, gaps: pd.DataFrame, rungs: dict[str, str], text: str
) -> alt.LayerChart:
    """Acts on the ladder from loyalty to exit, over time.

    Columns of `frame`: `rung_name`, `earliest_date`, `latest_date`,
    `drawn_date`, `lane`, `addressee`, `distancing`, `label`. Columns of
    `gaps`: `start`, `end` (stretches without any dated act). `rungs` maps the
    rungs to their names, bottom first; empty ones are drawn all the same.
    """
    columns = {
        "label": "Act",
        "rung_name": "Rung",
        "earliest_date": "Earliest",
        "latest_date": "Latest",
        "addressee": "Addressee",
        "distancing": "Distancing",
    }
    addressees = {
        "organisation": PALETTE["Russia"],
        "member or officer": PALETTE["Belarus"],
        "nobody named": PALETTE["other"],
    }
    palette = alt.Scale(domain=list(addressees), range=list(addressees.values()))
    order = list(reversed(rungs.values()))
    frame = frame[[*columns, "drawn_date", "lane"]]
    y = alt.Y(
        "rung_name:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order, padding=0.18),
        axis=alt.Axis(grid=True, tickBand="extent", ticks=False, domain=False, labelLimit=210),
    )
    when = alt.X(
        "drawn_date:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False)
    )
    shade = alt.Chart(gaps).mark_rect(color=GRID, opacity=0.5).encode(x="start:T", x2="end:T")
    base = alt.Chart(frame).encode(
        y=y, yOffset=alt.YOffset("lane:O", scale=alt.Scale(domain=[0, 1, 2, 3, 4]))
    )
    spans = (
        base.transform_filter("isValid(datum.earliest_date)")
        .mark_rule(strokeWidth=3, strokeOpacity=0.45)
        .encode(
            x="earliest_date:T",
            x2="latest_date:T",
            stroke=alt.Stroke("addressee:N", scale=palette, title="addressed to"),
        )
    )
    said = {"scale": palette, "title": "addressed to"}
    points = base.mark_point(size=80, strokeWidth=2, opacity=1).encode(
        x=when,
        stroke=alt.Stroke("addressee:N", **said),
        fill=alt.Fill("addressee:N", **said),
        shape=alt.Shape(
            "addressee:N",
            title="addressed to",
            scale=alt.Scale(domain=list(addressees), range=["circle", "square", "diamond"]),
        ),
        fillOpacity=alt.when("datum.distancing == 'strict'")
        .then(alt.value(1))
        .when("datum.distancing == 'broad'")
        .then(alt.value(0.35))
        .otherwise(alt.value(0)),
    )
    return described(
        (shade + spans + points).properties(width=470, height=alt.Step(13)), text, columns
    )


def strips(frame: pd.DataFrame, gaps: pd.DataFrame, text: str) -> alt.LayerChart:
    """A strip a document: the days it speaks of, and the days on which it can have been written.

    Columns of `frame`: `document`, `earliest_date`, `latest_date` (the latter
    NaT where nothing bounds it), `what` ("speaks of", "written"). Columns of `gaps`: `start`, `end`
    (stretches that no document covers).
    """
    columns = {
        "document": "Document",
        "what": "What",
        "earliest_date": "Earliest",
        "latest_date": "Latest",
    }
    kinds = ["speaks of", "written"]
    frame = frame[list(columns)].assign(
        until=frame["latest_date"].fillna(frame["earliest_date"]) + pd.Timedelta(days=1),
        open=frame["latest_date"].isna(),
    )
    y = alt.Y(
        "document:N",
        sort=None,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, grid=True, tickBand="extent"),
    )
    when = alt.X(
        "earliest_date:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False)
    )
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=kinds, range=[PALETTE["Kazakhstan"], PALETTE["Armenia"]]),
        title=None,
    )
    shade = alt.Chart(gaps).mark_rect(color=GRID, opacity=0.5).encode(x="start:T", x2="end:T")
    base = alt.Chart(frame).encode(y=y, x=when, x2="until:T", color=colour)
    told = base.transform_filter("datum.what == 'speaks of'").mark_bar(
        height=12, opacity=0.35, strokeWidth=2, stroke=PALETTE["Kazakhstan"], strokeOpacity=0.5
    )
    written = base.transform_filter("datum.what == 'written'").mark_bar(
        height=26, fillOpacity=0.15, strokeWidth=1.5, stroke=PALETTE["Armenia"]
    )
    open_ended = (
        alt.Chart(frame)
        .transform_filter("datum.open")
        .mark_text(text="→", align="left", dx=5, fontSize=15, color=PALETTE["Armenia"])
        .encode(y=y, x=when)
    )
    return described(
        (shade + told + written + open_ended).properties(width=480, height=alt.Step(38)),
        text,
        columns,
    )


def graphs(pairs: pd.DataFrame, names: dict[str, str], text: str) -> alt.HConcatChart:
    """Two graphs on the same places of a circle: cooperative ties and adverse ones.

    `names` maps states to names, in the order of the circle. Columns of
    `pairs`: `one_id`, `other_id`, `panel` (the heading), `direction`
    (cooperative or adverse), `act_count`, `is_firm` (False when every act is
    hedged or contested).
    """
    columns = {
        "direction": "Ties",
        "one": "State",
        "other": "State ",
        "act_count": "Acts",
        "is_firm": "Firm",
    }
    angles = {state: 2 * math.pi * number / len(names) for number, state in enumerate(names)}
    x, y = (
        {state: round(turn(angle), 4) for state, angle in angles.items()}
        for turn in (math.sin, math.cos)
    )
    beside = {
        state: 0 if abs(x[state]) < 0.5 else math.copysign(0.5, x[state]) for state in names
    }  # at the sides, clear of the dot
    places = pd.DataFrame(
        [
            {
                "name": names[s],
                "x": x[s],
                "y": y[s],
                "label_x": x[s] + beside[s],
                "label_y": y[s] if beside[s] else 1.18 * y[s],
            }
            for s in names
        ]
    )
    edges = pairs.assign(
        one=pairs["one_id"].map(names),
        other=pairs["other_id"].map(names),
        x=pairs["one_id"].map(x),
        y=pairs["one_id"].map(y),
        x2=pairs["other_id"].map(x),
        y2=pairs["other_id"].map(y),
    )
    across = {"axis": None, "scale": alt.Scale(domain=[-1.75, 1.75])}
    upright = {"axis": None, "scale": alt.Scale(domain=[-1.35, 1.35])}
    dots = (
        alt.Chart(places)
        .mark_point(filled=True, size=130, opacity=1, color=INK)
        .encode(x=alt.X("x:Q", **across), y=alt.Y("y:Q", **upright))
    )
    labels = (
        alt.Chart(places)
        .mark_text()
        .encode(x=alt.X("label_x:Q", **across), y=alt.Y("label_y:Q", **upright), text="name:N")
    )
    panels = []
    for (direction, panel), some in edges.groupby(["direction", "panel"], sort=False):
        lines = (
            alt.Chart(edges[[*columns, "x", "y", "x2", "y2"]])
            .transform_filter(f"datum.direction == '{direction}'")
            .mark_rule()
            .encode(
                x=alt.X("x:Q", **across),
                y=alt.Y("y:Q", **upright),
                x2="x2:Q",
                y2="y2:Q",
                color=alt.value(PALETTE[direction]),
                strokeWidth=alt.StrokeWidth(
                    "act_count:Q", scale=alt.Scale(domain=[1, 5], range=[1.5, 6]), legend=None
                ),
                strokeDash=alt.condition("datum.is_firm", alt.value([1, 0]), alt.value([5, 4])),
            )
        )
        panels.append((lines + dots + labels).properties(width=290, height=240, title=panel))
    return described(alt.hconcat(*panels), text, columns)


def curve(
    frame: pd.DataFrame, choices: dict[str, tuple[str, str, str]], text: str, *, value: str
) -> alt.VConcatChart:
    """A specification curve: the value under every combination of choices, and the choices below it.

    Columns of `frame`: `rank`, `value`, `is_main` (this report's own
    combination) and one of bool for each of `choices`, which gives its name
    and what True and False stand for. `value` is the heading of the value. After Simonsohn, Simmons and Nelson 2020.
    """
    said = {name: label for name, (label, _, _) in choices.items()}
    wide = frame[["rank", "value", "is_main", *choices]].assign(
        **{n: frame[n].map({True: c[1], False: c[2]}) for n, c in choices.items()}
    )
    long = wide.melt(["rank", "value"], list(choices), "choice", "chosen").replace(
        {"choice": {n: c[0] for n, c in choices.items()}}
    )
    long["row"] = long["choice"] + ": " + long["chosen"]
    rows = [f"{label}: {option}" for label, *options in choices.values() for option in options]
    across = alt.X("rank:Q", title=None, axis=None, scale=alt.Scale(domain=[0.5, len(frame) + 0.5]))
    step = min(9, 560 / len(frame))
    width = max(260, step * len(frame))
    points = (
        alt.Chart(wide)
        .mark_point(filled=True, opacity=1)
        .encode(
            x=across,
            y=alt.Y("value:Q", title=value, axis=alt.Axis(tickMinStep=1, format="d", tickCount=6)),
            color=alt.condition(
                "datum.is_main", alt.value(PALETTE["Armenia"]), alt.value(PALETTE["Kazakhstan"])
            ),
            shape=alt.condition("datum.is_main", alt.value("diamond"), alt.value("circle")),
            size=alt.condition("datum.is_main", alt.value(130), alt.value(40)),
        )
    )
    zero = (
        alt.Chart(pd.DataFrame({"zero": [0]}))
        .mark_rule(color=INK, strokeOpacity=0.4)
        .encode(y="zero:Q")
    )
    ticks = (
        alt.Chart(long)
        .mark_tick(thickness=0.55 * step, bandSize=9, color=INK)
        .encode(
            x=across,
            y=alt.Y(
                "row:N", sort=rows, title=None, axis=alt.Axis(domain=False, ticks=False, grid=True)
            ),
        )
    )
    parts = [
        (zero + points).properties(width=width, height=150),
        ticks.properties(width=width, height=alt.Step(17)),
    ]
    return described(
        alt.vconcat(*parts, spacing=6),
        text,
        {"rank": "Rank", "value": value, "is_main": "This report’s own", **said},
    )
