"""Years of a conflict."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts.parts import EDGE, LETTER, OUTSIDE, QUIET, Years, pixels
from csto.analysis.charts.words import listed, sentences
from csto.analysis.theme import INK, described, for_both_screens, titled

#: The states of a year from the heaviest, in the words of the picture.
WORDS = {"war": "war", "minor": "minor fighting", "not active": "none counted"}
TOLD = "articles"
ROW, BAR = 28, 0.7  # pixels of a level; of a year's width
NOTE = (
    "The higher the bar, the heavier the fighting of the year in the UCDP/PRIO data set. A square "
    "below: an article is of that year."
)


@for_both_screens
def fighting(
    frame: pd.DataFrame, written: pd.DataFrame, title: str, *, room: int
) -> alt.LayerChart:
    """Years of a conflict as bars, with the articles' years marked under them.

    Columns of `frame`: `year` (int), `state` (one of `WORDS`), `row_ids`. Columns of
    `written`: `year` (int), one row an article.
    """
    columns = {"year": "Year", "state": "In the data set", "row_ids": "Outside record"}
    left = round(max(map(len, WORDS.values())) * LETTER) + EDGE
    years = Years(frame["year"].min(), frame["year"].max(), room - EDGE - left)
    height = ROW * (len(WORDS) + 1)
    own = frame[list(columns)].assign(row_ids=frame["row_ids"].map(list))
    chart = alt.layer(*years.named(height), *_levels(height), *_bars(own, years, height),
        _told(written, years, height),
    ).properties(width=years.width, height=height)  # fmt: skip
    said = (f"{row.year}: {WORDS[row.state]}" for row in own.itertuples())
    articles = f"The articles are of {listed(sorted(set(written['year'])))}"
    text = sentences("Years of a conflict in a data set", *said, articles)
    return titled(described(chart, text, columns, by=["state"]), title, NOTE)


def _levels(height: float) -> list[alt.Chart]:
    """The words of the levels at the left, and of the row below them."""
    levels = pd.DataFrame({"name": [*WORDS.values(), TOLD]})
    levels["y"] = levels.index * ROW + ROW / 2
    names = alt.Chart(levels).mark_text(align="right", dx=-EDGE, color=INK)
    return [names.encode(x=alt.value(0), y=pixels("y", height, alt.Y), text="name:N")]


def _bars(own: pd.DataFrame, years: Years, height: float) -> list[alt.Chart]:
    """A bar a year from the lowest level up to its own; the lowest itself is a line."""
    level = own["state"].map(list(WORDS).index)
    floor = ROW * (len(WORDS) - 0.5)
    middle = pd.to_datetime(own["year"].astype(str) + "-07-02")
    half = pd.Timedelta(days=365 * BAR / 2)
    own = own.assign(
        left=middle - half, right=middle + half, top=ROW * (level + 0.5) - 2, floor=floor
    )
    drawn = alt.Chart(own).mark_rect(color=OUTSIDE)
    return [
        drawn.encode(x=years.x("left"), x2="right:T", y=pixels("top", height, alt.Y), y2="floor:Q")
    ]


def _told(written: pd.DataFrame, years: Years, height: float) -> alt.Chart:
    """A square a year of which an article is."""
    each = pd.DataFrame({"year": sorted(set(written["year"]))})
    each = each.assign(
        middle=pd.to_datetime(each["year"].astype(str) + "-07-02"), y=ROW * (len(WORDS) + 0.5)
    )
    drawn = alt.Chart(each).mark_point(shape="square", size=60, filled=True, opacity=1, color=QUIET)
    return drawn.encode(x=years.x("middle"), y=pixels("y", height, alt.Y))
