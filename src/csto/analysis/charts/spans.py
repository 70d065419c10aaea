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
    LETTER_BOLD,
    LINE,
    OUTSIDE,
    QUIET,
    Rows,
    Years,
    is_narrow,
)  # fmt: skip
from csto.analysis.days import KNOWN
from csto.analysis.subject import PALETTE, QUARREL
from csto.analysis.theme import INK, LARGE, RIM, SMALL, described, for_both_screens, titled

# ---- days from a first one -------------------------------------------------------------------

#: How to read bars of days.
BARS = (
    "Days count from the first line. A bar covers the days on which a step may have fallen; "
    "where only a press report tells it, the bar ends on the day of the report. Hedged is what the "
    "article tells with a word like “reportedly”."
)
HEDGED = ", hedged"
FEW = 31  # days of a clock that has ticks every few of them, and not one a month
#: How each way of knowing a day looks, and what the legend calls it.
KNOWN_AS = {
    KNOWN[0]: ("diamond", KNOWN[0]),
    KNOWN[1]: ("square", KNOWN[1]),
    KNOWN[2]: ("triangle-left", "by a press report"),
}
#: The colours of bars, by what a step is about; of one colour where a frame does not say it.
ABOUT = dict(zip(QUARREL.values(), (PALETTE["adverse"], QUIET), strict=True))
DAY_COLUMNS = {
    "label": "Step",
    "earliest_date": "Earliest",
    "latest_date": "Latest",
    "days": "Days",
    "known": "Known",
    "extract_ids": "Passages",
}
EMPTY = "{:.0f} days without a dated step"  # names the row of them
ABOVE = 10  # pixels from the rows to what is drawn above them
NAMED = 32  # pixels from an end of the plot to the middle of the name of a day
SHORT = 7  # pixels above and below a mark of a line through it, on a phone
THIN = 4  # pixels of a bar, which needs no paler colour to be told from a mark


@for_both_screens
def day_bars(
    frame: pd.DataFrame, title: str, whole: str = "", reached: str = "", *, room: int
) -> alt.LayerChart:
    """Dated steps as bars of possible days, one row a step, in the frame's order.

    Columns: `label`, `earliest_date`, `latest_date` (both known), `days` (how
    the distance is printed), `known` (one of `days.KNOWN`), `is_hedged` (told with a hedge),
    `extract_ids` and, where steps are of two kinds, `about` (one of `ABOUT`). `whole` are words for
    the time from the first step to the last, `reached` those for the first day by which a step of
    the first kind is told.
    """
    frame, gaps = _day_looks(frame), _gaps(frame)
    frame["name"] = frame["label"]
    if is_narrow(room):  # beside a mark is no room
        frame["name"] += ": " + frame["days"]
    pairs = zip(frame["label"], frame["name"], strict=True)
    names = [name for label, own in pairs for name in (gaps.get(label, ""), own) if name]
    rows = Rows(names, room)
    frame = _beside(frame.assign(y=rows.middle(frame["name"])), rows)
    chart = alt.layer(
        *_reached(frame, reached, rows), *rows.named(), *_day_layers(frame, rows),
        *_gap(frame, gaps, rows), *_whole(frame, whole, rows),
    ).properties(width=rows.width, height=rows.height)  # fmt: skip
    chart = chart.configure_legend(offset=ABOVE + 2 * LINE if whole or reached else ABOVE)
    told = (f"{row.label}: {row.days} ({row.known})" for row in frame.itertuples())
    text = words.sentences(
        "Time line of steps, each with its days from the first", *told, whole, reached
    )
    return titled(described(chart, text, DAY_COLUMNS, by=["known"]), title, BARS)


def _day_looks(frame: pd.DataFrame) -> pd.DataFrame:
    """Steps with what is drawn of them: the `look` of the mark, and its moment."""
    hedge = frame["is_hedged"].map({True: HEDGED, False: ""})
    looks = frame.assign(
        days=frame["days"] + hedge,
        look=frame["known"].map(lambda known: KNOWN_AS[known][1]),
        about=frame.get("about", ""),
        until=frame["latest_date"] + DAY,
        mark=frame["latest_date"] + (1 + (frame["known"] == KNOWN[2])) * DAY / 2,
        extract_ids=frame["extract_ids"].map(list),
    )
    return looks[[*DAY_COLUMNS, "look", "about", "until", "mark"]]


def _beside(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Whether the distance stands before a bar, behind which there is no room for it."""
    first, last = _ends(frame, rows.width)
    after = (last - frame["until"]) / (last - first) * rows.width
    return frame.assign(is_before=BESIDE + frame["days"].map(len) * LETTER > after)


def _day_layers(frame: pd.DataFrame, rows: Rows) -> list[alt.Chart]:
    """Bars of days, a mark at the latest day, and the distance in words, on a page beside them."""
    there = [(said, shape) for shape, said in KNOWN_AS.values() if said in set(frame["look"])]
    looks, shapes = zip(*there, strict=True)
    key = alt.Legend(title=None)
    base = alt.Chart(frame).encode(y=rows.y())
    said = [
        base.transform_filter(f"{no}datum.is_before")
        .mark_text(align=align, dx=dx, color=INK, **RIM)
        .encode(x=alt.X(f"{end}:T"), text="days:N")
        for no, align, dx, end in (
            ("!", "left", BESIDE, "until"),
            ("", "right", -BESIDE, "earliest_date"),
        )
    ]
    return [
        base.mark_bar(height=THIN).encode(x=_days(frame, rows), x2="until:T", **_coloured(frame)),
        base.mark_point(size=65, strokeWidth=2, opacity=1, stroke=INK, fill=INK).encode(
            x=alt.X("mark:T"),
            shape=alt.Shape("look:N", scale=alt.Scale(domain=looks, range=shapes), legend=key),
        ),
        *([] if is_narrow(rows.room) else said),
    ]


def _coloured(frame: pd.DataFrame) -> dict[str, Any]:
    """The colours of bars: of two kinds, if there are; the words over their line name the first."""
    if not frame["about"].any():
        return {"color": alt.value(QUIET)}
    scale = alt.Scale(domain=list(ABOUT), range=list(ABOUT.values()))
    return {"color": alt.Color("about:N", scale=scale, legend=None)}


def _gaps(frame: pd.DataFrame) -> dict[str, str]:
    """The step before which more than half of all days pass without one, and a name for those.

    There is one at most.
    """
    days = (frame["earliest_date"] - frame["latest_date"].cummax().shift()).dt.days
    whole = (frame["latest_date"].max() - frame["earliest_date"].min()).days
    return {frame["label"][at]: EMPTY.format(days[at]) for at in days.index[days > whole / 2]}


def _gap(frame: pd.DataFrame, gaps: dict[str, str], rows: Rows) -> list[alt.Chart]:
    """A bracket over those days, in a row of its own."""
    after = frame[frame["label"].isin(list(gaps))]
    spans = after.assign(
        said="",
        begun=frame["latest_date"].cummax().shift() + DAY,
        ended=after["earliest_date"],
        y=rows.middle(after["label"].map(gaps)),
    )
    return _bracket(spans, rows, 0, {"color": INK}, strokeDash=[3, 3])


def _whole(frame: pd.DataFrame, said: str, rows: Rows) -> list[alt.Chart]:
    """A bracket above the rows, over the time from the first step to the last, with its words."""
    ends = {"begun": frame["earliest_date"].min(), "ended": frame["until"].max()}
    spans = pd.DataFrame([{**ends, "said": said, "y": -ABOVE}] if said else [])
    look = {"fontSize": LARGE, "fontWeight": "bold", "color": PALETTE["adverse"]}
    return _bracket(spans, rows, -ABOVE, look)


def _bracket(
    spans: pd.DataFrame, rows: Rows, dy: int, look: dict[str, Any], **stroke: Any
) -> list[alt.Chart]:
    """Lines from `begun` to `ended` at `y` with an upright end each, and `said` beside them."""
    if spans.empty:
        return []
    spans = spans[["begun", "ended", "said", "y"]].assign(
        middle=spans["begun"] + (spans["ended"] - spans["begun"]) / 2,
        top=spans["y"] - 4,
        bottom=spans["y"] + 4,
    )
    drawn, line = alt.Chart(spans), {"strokeWidth": 1.8, "color": look["color"]}
    ends = (
        drawn.mark_rule(**line).encode(x=alt.X(f"{end}:T"), y=rows.y("top"), y2="bottom:Q")
        for end in ("begun", "ended")
    )
    return [
        drawn.mark_rule(**line, **stroke).encode(x=alt.X("begun:T"), x2="ended:T", y=rows.y()),
        *ends,
        drawn.mark_text(dy=dy, **look).encode(x=alt.X("middle:T"), y=rows.y(), text="said:N"),
    ]


def _reached(frame: pd.DataFrame, said: str, rows: Rows) -> list[alt.Chart]:
    """An upright line at the first day by which a step of the first kind is told, with words.

    On a phone it leaves out the names, which stand above their rows.
    """
    if not said:
        return []
    first = frame.loc[frame["about"] == next(iter(ABOUT)), "mark"].min()
    red = PALETTE["adverse"]
    parts = pd.DataFrame({"day": first, "y": [-ABOVE / 2], "y2": [rows.height]})
    if is_narrow(rows.room):
        parts = pd.DataFrame({"day": first, "y": frame["y"] - SHORT, "y2": frame["y"] + SHORT})
    line = alt.Chart(parts).mark_rule(strokeWidth=1.5, strokeOpacity=0.45, color=red)
    start, end = _ends(frame, rows.width)
    at, half = (first - start) / (end - start) * rows.width, len(said) * LETTER_BOLD / 2
    look: dict[str, Any] = {"fontSize": LARGE, "fontWeight": "bold", "color": red}
    words_over = alt.Chart(parts[:1]).mark_text(
        align="right" if at + half > rows.width else "center", **look
    )
    over: dict[str, Any] = {"y": alt.value(-ABOVE - LINE / 2), "text": alt.value(said)}
    over["x"] = alt.value(rows.width) if at + half > rows.width else alt.X("day:T")
    return [line.encode(x=alt.X("day:T"), y=rows.y(), y2="y2:Q"), words_over.encode(**over)]


def _ends(frame: pd.DataFrame, width: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first moment of a plot and the last, so far out that names of days fit at both."""
    first, last = frame["earliest_date"].min(), frame["latest_date"].max() + DAY
    out = max((last - first) * NAMED / (width - 2 * NAMED) - DAY / 2, pd.Timedelta(0))
    return first - out, last + out


def _days(frame: pd.DataFrame, rows: Rows) -> alt.X:
    """Days from the first to the last, with ticks at both and at the first of months between."""
    first, last = frame["earliest_date"].min(), frame["latest_date"].max()
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
        labelAlign="center",
        labelFlush=False,
        grid=False,
        labelOverlap=False,
    )
    ends = [_moment(end) for end in _ends(frame, rows.width)]
    scale = alt.Scale(domain=ends, nice=False, padding=0)
    return alt.X("earliest_date:T", title=None, axis=axis, scale=scale)


def _moment(day: pd.Timestamp) -> alt.DateTime:
    parts = {"year": day.year, "month": day.month, "date": day.day, "hours": day.hour}
    return alt.DateTime(**parts, minutes=day.minute)


# ---- documents -------------------------------------------------------------------------------

STRIPS = (
    "A frame, or a stroke where they are few, holds the days on which an article can have been "
    "written. In the grey years no article dates an act."
)
SPOKEN = "speaks of"
LATER, ONE_DAY, NO_DAY = "→ or later", "this day only", "no day"
#: How each kind of bar looks: height, fill, stroke and its dash.
STRIP_LOOKS: dict[str, tuple[int, str, str, list[int]]] = {
    "days it speaks of": (12, QUIET, QUIET, [1, 0]),
    "a year it names, but no day": (16, "transparent", QUIET, [2, 2]),
    "when it was written": (26, "transparent", INK, [1, 0]),
}
DAYS, YEAR, WRITTEN = STRIP_LOOKS


@for_both_screens
def strips(frame: pd.DataFrame, gaps: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
    """A strip a document: the days it speaks of, and those on which it can have been written.

    Columns of `frame`: `document`, `earliest_date`, `latest_date` (the latter
    NaT where nothing bounds it), `what` ("speaks of", "written"), `extract_ids`. Columns of
    `gaps`: `start`, `end` (stretches that no document covers).
    """
    columns = {
        "document": "Document",
        "what": "What",
        "earliest_date": "Earliest",
        "latest_date": "Latest",
        "extract_ids": "Passages",
    }
    frame = _year_by_year(frame[list(columns)].reset_index(drop=True))
    last = frame["latest_date"]
    until = last.fillna(frame["earliest_date"]) + DAY
    rows = Rows(list(frame["document"].unique()), room, step=38)
    shown = Years(frame["earliest_date"].dt.year.min(), until.max().year - 1, rows.width)
    frame = frame.assign(
        until=until,
        open=last.isna(),
        y=rows.middle(frame["document"]),
        look=_looks(frame),
    )
    frame["extract_ids"] = frame["extract_ids"].map(list)
    frame["later"] = frame["open"].map({True: LATER, False: ""})
    frame["alone"] = _alone(frame).map({True: ONE_DAY, False: ""})
    chart = alt.layer(
        shown.shaded(gaps, rows.height), *shown.named(rows.height), *rows.named(),
        *_strip_layers(frame, shown, rows),
    ).properties(width=rows.width, height=rows.height)  # fmt: skip
    chart = chart.configure_legend(columns=1 if is_narrow(room) else 0)
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


def _is_year(frame: pd.DataFrame) -> pd.Series:
    """Whether rows are of whole years of which a document speaks."""
    whole = frame["earliest_date"].dt.is_year_start & frame["latest_date"].dt.is_year_end
    return whole & (frame["what"] == SPOKEN)


def _looks(frame: pd.DataFrame) -> pd.Series:
    """How rows are drawn, as one of `STRIP_LOOKS`."""
    looks = frame["what"].map({SPOKEN: DAYS, "written": WRITTEN})
    return looks.mask(_is_year(frame), YEAR)


def _year_by_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows, of whole years one a year, without those of which the document names days."""
    starts, ends = frame["earliest_date"].dt.year, frame["latest_date"].dt.year
    year = [
        list(range(start, int(end) + 1)) if spoken else [start]
        for start, end, spoken in zip(starts, ends, frame["what"] == SPOKEN, strict=True)
    ]
    each = frame.assign(year=year, whole=_is_year(frame)).explode("year")
    with_days = each[(each["what"] == SPOKEN) & ~each["whole"]]
    told = set(zip(with_days["document"], with_days["year"], strict=True))
    hidden = [pair in told for pair in zip(each["document"], each["year"], strict=True)]
    years = each[each["whole"] & ~pd.Series(hidden, each.index)]
    for end, day in (("earliest_date", "-01-01"), ("latest_date", "-12-31")):
        years = years.assign(**{end: pd.to_datetime(years["year"].astype(str) + day)})
    both = pd.concat([frame[~_is_year(frame)], years[frame.columns]])
    return _merged(both.sort_index(kind="stable"))


def _merged(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows that differ in nothing but their passages as one row with all of these."""
    keys = [column for column in frame if column != "extract_ids"]
    same = frame.groupby(keys, sort=False, dropna=False).ngroup()
    ids = {group: tuple(dict.fromkeys(some.explode().dropna()))
           for group, some in frame["extract_ids"].groupby(same)}  # fmt: skip
    first = ~same.duplicated()
    return frame[first].assign(extract_ids=same[first].map(ids))


def _alone(frame: pd.DataFrame) -> pd.Series:
    """Whether a row is the frame of a document that speaks of one day, which the frame hides."""
    spoken = frame[frame["what"] == SPOKEN]
    days = spoken.groupby("document")["earliest_date"].agg(["min", "size"])
    one = set(days.loc[days["size"] == 1, "min"].items())
    begun = zip(frame["document"], frame["earliest_date"], strict=True)
    return (frame["what"] != SPOKEN) & pd.Series([pair in one for pair in begun], frame.index)


def _strip_layers(frame: pd.DataFrame, shown: Years, rows: Rows) -> list[alt.Chart]:
    """Bars of what is spoken of and frames of when it was written, with words beside some.

    They stand where a frame has no end and, in the colour of the bars, where it hides one.
    """
    base = alt.Chart(frame).encode(y=rows.y())
    there = [look for look in STRIP_LOOKS if look in set(frame["look"])]
    _, fills, strokes, dashes = zip(*(STRIP_LOOKS[look] for look in there), strict=True)

    def by(looks: Any) -> dict[str, Any]:
        scale = alt.Scale(domain=there, range=list(looks))
        return {"shorthand": "look:N", "scale": scale, "title": None}

    bars = [
        base.transform_filter(f"datum.look == '{look}'")
        .mark_bar(height=STRIP_LOOKS[look][0], strokeWidth=1.6)
        .encode(
            x=shown.x("earliest_date"),
            x2="until:T",
            fill=alt.Fill(**by(fills)),
            stroke=alt.Stroke(**by(strokes)),
            strokeDash=alt.StrokeDash(**by(dashes)),
        )
        for look in there
    ]
    years = base.transform_filter(f"datum.look == '{YEAR}'").transform_calculate(
        middle="(toNumber(toDate(datum.earliest_date)) + toNumber(toDate(datum.until))) / 2"
    )
    return [
        *bars,
        years.mark_text(fontSize=SMALL, color=INK).encode(
            x=shown.x("middle"), text=alt.value(NO_DAY)
        ),
        base.transform_filter("datum.later")
        .mark_text(align="left", dx=5, dy=-LINE / 2, color=INK)
        .encode(x=shown.x("earliest_date"), text="later:N"),
        base.transform_filter("datum.alone")
        .mark_text(align="left", dx=5, dy=LINE / 2, color=QUIET)
        .encode(x=shown.x("earliest_date"), text="alone:N"),
    ]


# ---- times in office -------------------------------------------------------------------------

CUT = "M-0.8,1.1L-0.1,-1.1M0.1,1.1L0.8,-1.1"  # two strokes through a bar that is cut
HELD_AS = {"in office": OUTSIDE, "acting": QUIET}
OFFICE = (
    "A bar is a time in office as public pages show it, grey where somebody only acted as head. A "
    "dashed frame is the turn that the rule gives a state; where it is empty, nobody of "
    "that state is known to have been in the post. Two strokes cut a bar that begins earlier."
)


@for_both_screens
def office(frame: pd.DataFrame, turns: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
    """Times in the post on a time line, one row each, over the turns of the rule.

    Columns of `frame`: `label` (holder and state), `first_date`, `last_date`,
    `kind` (one of `HELD_AS`), `said` (how long, in words, or ""), `is_told` (the title speaks of
    it), `row_ids`. Columns of `turns`:
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
    rows = Rows(names, room, step=28)
    begin = turns["first_date"].min() - pd.DateOffset(years=1)
    years = Years(begin.year, turns["last_date"].max().year, rows.width)
    ends = turns.set_index("label")["last_date"]
    own = frame[[*columns, "is_told"]].assign(row_ids=frame["row_ids"].map(list))
    own = own.assign(until=own["last_date"] + DAY, y=rows.middle(own["label"]))
    own["from"] = own["first_date"].clip(lower=begin)
    own["is_cut"] = own["first_date"] < begin
    own["beside"] = own["label"].map(ends).fillna(own["last_date"]) + DAY
    after = years.width - years.at(own["beside"])
    own["is_before"] = BESIDE + own["said"].map(len) * LETTER > after
    turns = turns.assign(until=turns["last_date"] + DAY, y=rows.middle(turns["label"]))
    chart = alt.layer(
        *years.named(rows.height), *rows.named(), *_office_layers(own, turns, years, rows)
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
        bars.transform_filter("datum.is_cut")
        .mark_point(shape=CUT, size=260, stroke=INK, strokeWidth=2, opacity=1, xOffset=8)
        .encode(x=years.x("from")),
        *(
            bars.transform_filter(f"datum.said && {no}datum.is_told && {side}datum.is_before")
            .mark_text(align=align, dx=dx, fontSize=size, fontWeight=weight, color=INK)
            .encode(x=years.x(at), text="said:N")
            for no, size, weight in (("!", SMALL, "normal"), ("", LARGE, "bold"))
            for side, align, dx, at in (("!", "left", 8, "beside"), ("", "right", -8, "from"))
        ),
    ]  # fmt: skip
