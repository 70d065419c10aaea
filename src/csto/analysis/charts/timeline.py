"""The story as a time line: a step a row, its possible days, years without any in grey."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import Rows, Years, is_narrow
from csto.analysis.printed import either, number
from csto.analysis.theme import INK, described, for_both_screens, titled

NOTE = (
    "A mark is a step; a line through it spans the days within which it must fall. "
    "In the grey years no article dates an act of anybody."
)


@for_both_screens
def timeline(frame: pd.DataFrame, gaps: pd.DataFrame, *, room: int) -> alt.LayerChart:
    """Steps from the first to the last, in the frame's order.

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
    rows = Rows(list(frame["label"]), room, step=20)
    told = frame["drawn_date"].dt.year
    years = Years(told.min(), told.max(), rows.width)
    frame = frame[[*columns, "drawn_date"]].assign(
        extract_ids=frame["extract_ids"].map(list),
        y=rows.middle(frame["label"]),
    )
    acts = alt.Chart(frame)
    chart = alt.layer(
        years.shaded(gaps, rows.height), *years.named(rows.height), rows.named(),
        *(years.named(0, above=True) if is_narrow(room) else []),
        _possible(acts, years, rows), _marks(acts, years, rows),
    ).properties(width=rows.width, height=rows.height)  # fmt: skip
    said = (f"{row.label}: {_when(row)}" for row in frame.itertuples())
    text = words.sentences("Time line of the story", *said, words.shaded(gaps))
    return titled(described(chart, text, columns, by=["matter"]), _title(told, gaps), NOTE)


def _title(told: pd.Series, gaps: pd.DataFrame) -> str:
    """How many bursts there are between stretches of silence, and which years are silent."""
    silent = gaps["start"].dt.year.tolist()
    bursts = len({sum(year > gap for gap in silent) for year in told})
    return f"The articles date acts in {number(bursts)} bursts, and none in {either(silent)}"


def _when(row: object) -> str:
    low, high = row.first_date, row.last_date  # type: ignore[attr-defined]  # a row of the frame
    return words.from_to(words.day(low), words.day(high))


def _possible(acts: alt.Chart, years: Years, rows: Rows) -> alt.Chart:
    line = acts.mark_rule(strokeWidth=2, strokeOpacity=0.5, color=INK)
    return line.encode(x=years.x("first_date"), x2="last_date:T", y=rows.y())


def _marks(acts: alt.Chart, years: Years, rows: Rows) -> alt.Chart:
    marks = acts.mark_point(shape="circle", size=70, filled=True, opacity=1, color=INK)
    return marks.encode(x=years.x("drawn_date"), y=rows.y())
