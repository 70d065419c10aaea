"""Years of a conflict."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts.parts import EDGE, LETTER, OUTSIDE, Years, as_broad, pixels
from csto.analysis.charts.words import sentences, shaded
from csto.analysis.theme import GROUND, INK, described, for_both_screens, titled

#: The states of a year from the heaviest, in the words of the picture.
WORDS = {"war": "war", "minor": "minor fighting", "not active": "none counted"}
NONE = "not active"
ROW, BAR = 28, 0.7  # pixels of a level; of a year's width
UNDER = 8  # pixels under the line that bars stand on
NOTE = (
    "The higher the bar, the heavier the fighting of the year in the UCDP/PRIO data set; where it "
    "counts none, an open circle. In the grey years no article dates an act."
)


@for_both_screens
def fighting(frame: pd.DataFrame, gaps: pd.DataFrame, title: str, *, room: int) -> alt.LayerChart:
    """Years of a conflict as bars.

    Columns of `frame`: `year` (int), `state` (one of `WORDS`), `row_ids`. Columns of `gaps`:
    `start`, `end` (years without any dated act).
    """
    columns = {"year": "Year", "state": "In the data set", "row_ids": "Outside record"}
    left = round(max(map(len, WORDS.values())) * LETTER) + EDGE
    years = Years(frame["year"].min(), frame["year"].max(), room - EDGE - left)
    height = ROW * (len(WORDS) - 0.5) + UNDER
    own = frame[list(columns)].assign(row_ids=frame["row_ids"].map(list))
    chart = alt.layer(
        as_broad(left, years.width), years.shaded(gaps, height), *years.named(height),
        *_levels(height), *_bars(own, years, height),
    ).properties(width=years.width, height=height)  # fmt: skip
    said = (f"{row.year}: {WORDS[row.state]}" for row in own.itertuples())
    text = sentences("Years of a conflict in a data set", *said, shaded(gaps))
    return titled(described(chart, text, columns, by=["state"]), title, NOTE)


def _levels(height: float) -> list[alt.Chart]:
    """The words of the levels at the left."""
    levels = pd.DataFrame({"name": [*WORDS.values()]})
    levels["y"] = levels.index * ROW + ROW / 2
    names = alt.Chart(levels).mark_text(align="right", dx=-EDGE, color=INK)
    return [names.encode(x=alt.value(0), y=pixels("y", height, alt.Y), text="name:N")]


def _bars(own: pd.DataFrame, years: Years, height: float) -> list[alt.Chart]:
    """A bar a year from the lowest level up to its own; on the lowest itself a circle."""
    level = own["state"].map(list(WORDS).index)
    floor = ROW * (len(WORDS) - 0.5)
    middle = pd.to_datetime(own["year"].astype(str) + "-07-02")
    half = pd.Timedelta(days=365 * BAR / 2)
    own = own.assign(
        left=middle - half, middle=middle, right=middle + half, top=ROW * (level + 0.5), floor=floor
    )
    drawn, y = alt.Chart(own), pixels("top", height, alt.Y)
    none = f"datum.state == '{NONE}'"
    line = alt.Chart(pd.DataFrame({"top": [floor]})).mark_rule(color=INK).encode(y=y)
    return [
        drawn.transform_filter(f"!({none})")
        .mark_rect(color=OUTSIDE)
        .encode(x=years.x("left"), x2="right:T", y=y, y2="floor:Q"),
        line,
        drawn.transform_filter(none)
        .mark_point(size=60, strokeWidth=2, fill=GROUND, stroke=OUTSIDE, opacity=1)
        .encode(x=years.x("middle"), y=y),
    ]
