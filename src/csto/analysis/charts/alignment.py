"""Who leaned to whom: an arrow a pair of states, from the one that acted, and a mark an act."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.printed import number
from csto.analysis.subject import PALETTE
from csto.analysis.theme import GRID, INK, described, titled

FORCE = "force"
#: How each sort of leaning looks; force is red, and the only mark that is.
LOOKS = {
    "words or a wish": ("circle", "transparent", INK),
    "a meeting, or a secret told": ("diamond", "transparent", INK),
    "sappers and medics sent": ("triangle-up", INK, INK),
    "arms": ("square", INK, INK),
    "“similar actions”, no more told": ("square", "transparent", INK),
    FORCE: ("cross", PALETTE["adverse"], PALETTE["adverse"]),
}
WIDTH, ROW, ABOVE = 380, 44, 13  # pixels: of the arrows, between them, of a mark over its arrow
APART = 0.26  # of a column, between marks in it
NOTE = (
    "An arrow runs from the state that acted to the one that it helped or, in red, attacked; the "
    "more articles tell of it, the thicker. An act without a clear date stands in its last year."
)


def alignment(frame: pd.DataFrame) -> alt.LayerChart:
    """Acts between pairs of states by year, in the order of the frame; years without any left out.

    Columns: `giver`, `taker`, `pair` (giver → taker), `label`, `sort` (one of `LOOKS`), `date`,
    `articles` (how many tell of the pair), `extract_ids`.
    """
    columns = {
        "pair": "From → to",
        "label": "What",
        "sort": "Sort",
        "year": "Year, at the latest",
        "articles": "Articles on the pair",
        "extract_ids": "Passages",
    }
    lists = frame["extract_ids"].map(list)
    frame = frame.assign(year=frame["date"].dt.year, extract_ids=lists)
    years = sorted(frame["year"].unique())
    pairs = frame.drop_duplicates("pair").reset_index(drop=True)
    pairs = pairs.assign(y=pairs.index * ROW + ROW / 2)
    acts = _placed(frame, years, pairs)[[*columns, "x", "y"]]
    axes = {"years": years, "height": len(pairs) * ROW}
    chart = alt.layer(*_arrows(pairs, **axes), *_names(pairs, **axes), _marks(acts, **axes))
    chart = chart.properties(width=WIDTH, height=axes["height"]).configure_legend(columns=3)
    text = words.sentences("Arrows between pairs of states, acts by year", *_said(frame))
    return titled(described(chart, text, columns), _title(frame), NOTE)


def _placed(frame: pd.DataFrame, years: list[int], pairs: pd.DataFrame) -> pd.DataFrame:
    """Acts with `x` in columns of years, those of one pair and year beside each other, and `y`."""
    cell = frame.groupby(["pair", "year"])["label"]
    beside = cell.cumcount() - (cell.transform("size") - 1) / 2
    middle = frame["year"].map(years.index) + 0.5
    rows = frame["pair"].map(pairs.set_index("pair")["y"])
    return frame.assign(x=middle + beside * APART, y=rows - ABOVE)


def _title(frame: pd.DataFrame) -> str:
    most = frame[frame["articles"] == frame["articles"].max()]
    leaders, takers = (most[end].drop_duplicates() for end in ("giver", "taker"))
    told = number(int(frame["articles"].max()))
    return f"{' and '.join(leaders)} leaned to {' and '.join(takers)}, {told} articles say"


def _said(frame: pd.DataFrame) -> list[str]:
    return [
        f"{pair}: "
        + "; ".join(f"{act['label']} ({act['year']})" for act in some.to_dict("records"))
        for pair, some in frame.groupby("pair", sort=False)
    ]


# ---- layers ----------------------------------------------------------------------------------


def _at(years: list[int], height: int) -> dict[str, Any]:
    """Columns from the left and pixels from the top, without axes."""
    across, down = alt.Scale(domain=[0, len(years)]), alt.Scale(domain=[height, 0])
    return {"x": alt.X("x:Q", axis=None, scale=across), "y": alt.Y("y:Q", axis=None, scale=down)}


def _arrows(pairs: pd.DataFrame, years: list[int], height: int) -> list[alt.Chart]:
    """A shaft a pair, as thick as articles are many, and its head."""
    grey = alt.condition(f"datum.sort == '{FORCE}'", alt.value(PALETTE["adverse"]), alt.value(GRID))
    shafts = pairs[["sort", "y", "articles"]].assign(x=0.0, end=len(years) - 0.06)
    at = _at(years, height)
    thick = alt.Size("articles:Q", scale=alt.Scale(domain=[0, 3], range=[0, 6]), legend=None)
    heads = alt.Chart(shafts.assign(x=len(years) - 0.05))
    return [
        alt.Chart(shafts).mark_rule().encode(**at, x2="end:Q", color=grey, size=thick),
        heads.mark_point(shape="triangle-right", size=150, filled=True, opacity=1)
        .encode(**at, color=grey),
    ]  # fmt: skip


def _names(pairs: pd.DataFrame, years: list[int], height: int) -> list[alt.Chart]:
    """Who acts at the left, whom it meets and in how many articles at the right, years on top."""
    at = _at(years, height)
    articles = pairs["articles"].map(lambda one: f"{number(one)} article{'' if one == 1 else 's'}")
    names = pairs.assign(said=articles)[["giver", "taker", "said", "y"]]
    left, right = alt.Chart(names.assign(x=0.0)), alt.Chart(names.assign(x=len(years)))
    bold: dict[str, Any] = {"fontSize": 13, "fontWeight": "bold", "color": INK}
    heads = alt.Chart(pd.DataFrame({"x": [n + 0.5 for n in range(len(years))], "year": years}))
    told = right.mark_text(align="left", dx=8, dy=15, fontSize=11, color=INK)
    return [
        left.mark_text(align="right", dx=-8, **bold).encode(**at, text="giver:N"),
        right.mark_text(align="left", dx=8, **bold).encode(**at, text="taker:N"),
        told.encode(**at, text="said:N"),
        heads.mark_text(color=INK).encode(x=at["x"], y=alt.value(-8), text="year:N"),
    ]


def _marks(acts: pd.DataFrame, years: list[int], height: int) -> alt.Chart:
    there = [sort for sort in LOOKS if sort in set(acts["sort"])]
    shapes, fills, strokes = (
        alt.Scale(domain=there, range=list(looks))
        for looks in zip(*(LOOKS[sort] for sort in there), strict=True)
    )
    legend = alt.Legend(title=None, offset=26)
    marks = alt.Chart(acts).mark_point(size=58, strokeWidth=1.8, opacity=1)
    return marks.encode(
        **_at(years, height),
        shape=alt.Shape("sort:N", scale=shapes, legend=legend),
        fill=alt.Fill("sort:N", scale=fills, title=None),
        stroke=alt.Stroke("sort:N", scale=strokes, title=None),
    )
