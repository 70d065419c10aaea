"""Who leaned to whom: a row a pair of states, a mark an act, the direction in the row's name."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import rows, years
from csto.analysis.printed import number
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described, titled

#: How each sort of leaning looks; force is red, and the only mark that is.
LOOKS = {
    "words or a wish": ("circle", "transparent", INK),
    "a meeting, or a secret told": ("diamond", "transparent", INK),
    "soldiers sent to help": ("triangle-up", INK, INK),
    "arms": ("square", INK, INK),
    "“similar actions”, no more told": ("square", "transparent", INK),
    "force": ("cross", PALETTE["adverse"], PALETTE["adverse"]),
}


def alignment(frame: pd.DataFrame) -> alt.LayerChart:
    """Acts between pairs of states over time, in the order of the frame.

    Columns: `pair` (giver → taker), `label`, `sort` (one of `LOOKS`), `date`, `lane`,
    `articles` (how many tell of the pair), `extract_ids`.
    """
    columns = {
        "pair": "From → to",
        "label": "What",
        "sort": "Sort",
        "date": "At the latest",
        "articles": "Articles on the pair",
        "extract_ids": "Passages",
    }
    lists = frame["extract_ids"].map(list)
    frame = frame[[*columns, "lane"]].assign(extract_ids=lists)
    pairs = list(dict.fromkeys(frame["pair"]))
    y = rows("pair", pairs, labelLimit=0, grid=True, tickBand="extent", labelFontWeight="bold")
    chart = (_marks(frame, y) + _counts(frame, y)).properties(width=380, height=alt.Step(10))
    text = words.sentences("Acts between pairs of states over time", *_said(frame))
    note = (
        "Read a row from left to right: the first state did it for the second, or struck it "
        "(red). The number is of articles that tell of the pair."
    )
    return titled(described(chart, text, columns), _title(frame), note)


def _title(frame: pd.DataFrame) -> str:
    most = int(frame["articles"].max())
    leaders = list(
        dict.fromkeys(frame.loc[frame["articles"] == most, "pair"].str.split(" → ").str[0])
    )
    taker = frame.loc[frame["articles"] == most, "pair"].str.split(" → ").str[1].iloc[0]
    return f"{' and '.join(leaders)} leaned to {taker}, {number(most)} articles say"


def _said(frame: pd.DataFrame) -> list[str]:
    pairs = frame.groupby("pair", sort=False)
    return [
        f"{pair}: " + "; ".join(f"{row.label} ({row.date.year})" for row in some.itertuples())
        for pair, some in pairs
    ]


def _marks(frame: pd.DataFrame, y: alt.Y) -> alt.Chart:
    there = [sort for sort in LOOKS if sort in set(frame["sort"])]
    shapes, fills, strokes = zip(*(LOOKS[sort] for sort in there), strict=True)
    domain = {"domain": there}
    legend = alt.Legend(title=None, columns=3)
    first = int(frame["date"].min().year)
    lanes = alt.YOffset("lane:O", scale=alt.Scale(domain=list(range(int(frame["lane"].max()) + 1))))
    return (
        alt.Chart(frame)
        .mark_point(size=75, strokeWidth=1.8, opacity=1)
        .encode(
            x=years("date", sparse=True).scale(domainMin=alt.DateTime(year=first)),
            y=y,
            yOffset=lanes,
            shape=alt.Shape("sort:N", scale=alt.Scale(**domain, range=list(shapes)), legend=legend),
            fill=alt.Fill("sort:N", scale=alt.Scale(**domain, range=list(fills)), title=None),
            stroke=alt.Stroke("sort:N", scale=alt.Scale(**domain, range=list(strokes)), title=None),
        )
    )


def _counts(frame: pd.DataFrame, y: alt.Y) -> alt.Chart:
    """How many articles tell of each pair, at the right."""
    once = frame.drop_duplicates("pair")
    said = once["articles"].map(lambda one: f"{number(one)} article{'' if one == 1 else 's'}")
    return (
        alt.Chart(once.assign(said=said)[["pair", "said"]])
        .mark_text(align="left", fontSize=11, color=INK)
        .encode(x=alt.value(392), y=y, text="said:N")
    )
