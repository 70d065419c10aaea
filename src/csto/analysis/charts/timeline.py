"""The story as a time line: a step a row, its possible days, years without any in grey."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import (
    BESIDE,
    EDGE,
    LETTER,
    PRINTED,
    Years,
    balanced,
    is_narrow,
    pixels,
)  # fmt: skip
from csto.analysis.printed import either, number
from csto.analysis.theme import INK, RIM, described, for_both_screens, titled

NOTE = (
    "A mark is a step; a line through it spans the days within which it must fall. "
    "In the grey years no article dates an act of anybody."
)
STEP, MORE = 22, 17  # pixels of a row of one line, and of each line more


@for_both_screens
def timeline(frame: pd.DataFrame, gaps: pd.DataFrame, *, room: int) -> alt.LayerChart:
    """Steps from the first to the last, in the frame's order, each with its words beside it.

    Columns of `frame`: `label`, `first_date`, `last_date`, `drawn_date`, `matter` (one of
    `MATTERS`), `extract_ids`. Columns of `gaps`: `start`, `end` (years without any dated act).
    """
    columns = {
        "label": "Step",
        "first_date": "Earliest",
        "last_date": "Latest",
        "matter": "About",
        "extract_ids": "Passages",
    }
    told = frame["drawn_date"].dt.year
    years = Years(told.min(), told.max(), room - EDGE)
    frame = frame[[*columns, "drawn_date"]].assign(extract_ids=frame["extract_ids"].map(list))
    frame = frame.join(_beside(frame, years, room))
    height = float(frame["bottom"].max())
    acts, y = alt.Chart(frame), pixels("y", height, alt.Y)
    chart = alt.layer(
        years.shaded(gaps, height), *years.named(height),
        *(years.named(0, above=True) if is_narrow(room) else []),
        _possible(acts, years, y), _marks(acts, years, y), *_words(acts, years, y),
    ).properties(width=years.width, height=height)  # fmt: skip
    said = (f"{row.label}: {_when(row)}" for row in frame.itertuples())
    text = words.sentences("Time line of the story", *said, words.shaded(gaps))
    return titled(described(chart, text, columns, by=["matter"]), _title(told, gaps), NOTE)


def _beside(frame: pd.DataFrame, years: Years, room: int) -> pd.DataFrame:
    """Where the words of steps stand: on that side of their mark where there is more room.

    Columns: `lines`, `is_before`, `beside` (pixels from the left), and `y` and `bottom` of rows.
    """
    before = years.at(frame["first_date"]).clip(upper=years.at(frame["drawn_date"])) - BESIDE
    after = years.at(frame["last_date"]).clip(lower=years.at(frame["drawn_date"])) + BESIDE
    is_before = before > years.width - after
    letter = LETTER * (1 if is_narrow(room) else PRINTED)
    letters = (before.where(is_before, years.width - after) / letter).astype(int)
    lines = [balanced(*pair) for pair in zip(frame["label"], letters, strict=True)]
    tall = pd.Series([STEP + (len(some) - 1) * MORE for some in lines], frame.index)
    bottom = tall.cumsum()
    return pd.DataFrame(
        {
            "lines": lines,
            "is_before": is_before,
            "beside": before.where(is_before, after),
            "y": bottom - tall / 2,
            "bottom": bottom,
        }
    )


def _title(told: pd.Series, gaps: pd.DataFrame) -> str:
    """How many bursts there are between stretches of silence, and which years are silent."""
    silent = gaps["start"].dt.year.tolist()
    bursts = len({sum(year > gap for gap in silent) for year in told})
    return f"The articles date acts in {number(bursts)} bursts, and none in {either(silent)}"


def _when(row: object) -> str:
    low, high = row.first_date, row.last_date  # type: ignore[attr-defined]  # a row of the frame
    return words.from_to(words.day(low), words.day(high))


def _possible(acts: alt.Chart, years: Years, y: alt.Y) -> alt.Chart:
    line = acts.mark_rule(strokeWidth=2, strokeOpacity=0.5, color=INK)
    return line.encode(x=years.x("first_date"), x2="last_date:T", y=y)


def _marks(acts: alt.Chart, years: Years, y: alt.Y) -> alt.Chart:
    marks = acts.mark_point(shape="circle", size=70, filled=True, opacity=1, color=INK)
    return marks.encode(x=years.x("drawn_date"), y=y)


def _words(acts: alt.Chart, years: Years, y: alt.Y) -> list[alt.Chart]:
    """The words of steps, in lines around the height of their mark."""
    drawn = acts.transform_calculate(top=f"datum.y - (length(datum.lines) - 1) * {MORE / 2}")
    top = y.copy()
    top.shorthand = "top:Q"
    return [
        drawn.transform_filter(f"{no}datum.is_before")
        .mark_text(align=align, baseline="middle", lineHeight=MORE, color=INK, **RIM)
        .encode(x=pixels("beside", years.width), y=top, text="lines:N")
        for no, align in (("!", "left"), ("", "right"))
    ]
