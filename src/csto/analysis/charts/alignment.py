"""Who leaned to whom: an arrow a pair of states, from the one that acted, and a mark an act."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import EDGE, LINE, MARK, QUIET, Years, is_narrow, lanes, pixels
from csto.analysis.printed import number
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described, for_both_screens, titled

FORCE = "force"
#: How each sort of leaning looks: words hollow, deeds filled; force is red, and the only mark
#: that is.
LOOKS = {
    "words or a wish": ("circle", "transparent", INK),
    "a meeting, or a secret told": ("diamond", "transparent", INK),
    "“similar actions”, no more told": ("triangle-down", "transparent", INK),
    "arms": ("square", INK, INK),
    "sappers and medics sent": ("triangle-up", INK, INK),
    FORCE: ("cross", PALETTE["adverse"], PALETTE["adverse"]),
}
UNDER = 10  # pixels from the lowest marks to their arrow
THICK = {1: 1.5, 2: 3.5, 3: 5.5}  # pixels of an arrow, by articles
ENDS = 100  # pixels of the names at either end of an arrow
NOTE = (
    "An arrow runs from the state that acted to the one that it helped or, in red, attacked; the "
    "more articles tell of it, the thicker. A mark is an act; where only its year is known, it "
    "stands at the latest day."
)


@for_both_screens
def alignment(frame: pd.DataFrame, *, room: int) -> alt.LayerChart:
    """Acts between pairs of states by their latest day, in the order of the frame.

    Columns: `giver`, `taker`, `pair` (giver → taker), `label`, `sort` (one of `LOOKS`), `date`,
    `articles` (how many tell of the pair, up to three), `extract_ids`.
    """
    columns = {
        "pair": "From → to",
        "label": "What",
        "sort": "Sort",
        "date": "At the latest",
        "articles": "Articles on the pair",
        "extract_ids": "Passages",
    }
    ends = 0 if is_narrow(room) else ENDS
    told = frame["date"].dt.year
    years = Years(told.min(), told.max(), room - EDGE - 2 * ends)
    acts = frame.assign(extract_ids=frame["extract_ids"].map(list))
    placed = _beside(acts, years)
    pairs = _pairs(placed, room)
    height = float(pairs["arrow"].max() + EDGE)
    placed["y"] = placed["pair"].map(pairs.set_index("pair")["arrow"])
    placed["y"] -= UNDER + placed["lane"] * MARK
    at = {"years": years, "y": pixels("y", height, alt.Y)}
    chart = alt.layer(
        *years.named(height), *_arrows(pairs, **at), *_names(pairs, room, **at),
        _marks(placed[[*columns, "drawn", "y"]], **at),
    ).properties(width=years.width, height=height)  # fmt: skip
    chart = chart.configure_legend(columns=1 if is_narrow(room) else 3)
    text = words.sentences("Arrows between pairs of states, acts by day", *_said(frame))
    return titled(described(chart, text, columns, by=["pair"]), _title(frame), NOTE)


def _beside(frame: pd.DataFrame, years: Years) -> pd.DataFrame:
    """Acts with `drawn`, the day to draw them at, and `lane`, so that none touches another."""
    ordered = frame.sort_values("date", kind="stable")
    lane = lanes(years.at(ordered["date"]), ordered["pair"])
    return frame.assign(drawn=frame["date"], lane=pd.Series(lane, ordered.index))


def _pairs(placed: pd.DataFrame, room: int) -> pd.DataFrame:
    """The pairs with `arrow`: how far their arrows are from the top, in pixels."""
    pairs = placed.drop_duplicates("pair").reset_index(drop=True)
    most = pairs["pair"].map(placed.groupby("pair")["lane"].max())
    tall = UNDER + (most + 1) * MARK + 14 + (LINE + 4 if is_narrow(room) else 0)
    return pairs.assign(arrow=tall.cumsum() - 6, tall=tall)


def _title(frame: pd.DataFrame) -> str:
    most = frame[frame["articles"] == frame["articles"].max()]
    leaders, takers = (most[end].drop_duplicates() for end in ("giver", "taker"))
    told = number(int(frame["articles"].max()))
    return f"{' and '.join(leaders)} leaned to {' and '.join(takers)}, {told} articles say"


def _said(frame: pd.DataFrame) -> list[str]:
    return [
        f"{pair}: "
        + "; ".join(f"{act['label']} ({act['date'].year})" for act in some.to_dict("records"))
        for pair, some in frame.groupby("pair", sort=False)
    ]


# ---- layers ----------------------------------------------------------------------------------


def _arrows(pairs: pd.DataFrame, years: Years, y: alt.Y) -> list[alt.Chart]:
    """A shaft a pair, as thick as articles are many, and its head; red where it is force."""
    red = alt.condition(f"datum.sort == '{FORCE}'", alt.value(PALETTE["adverse"]), alt.value(QUIET))
    shafts = pairs[["sort", "articles"]].assign(y=pairs["arrow"])
    sizes = alt.Scale(domain=list(THICK), range=list(THICK.values()))
    base = alt.Chart(shafts)
    return [
        base.mark_rule().encode(
            x=alt.value(0), x2=alt.value(years.width - 6), y=y, color=red,
            size=alt.Size("articles:O", scale=sizes, legend=None),
        ),
        base.mark_point(shape="triangle-right", size=130, filled=True, opacity=1)
        .encode(x=alt.value(years.width - 5), y=y, color=red),
    ]  # fmt: skip


def _names(pairs: pd.DataFrame, room: int, years: Years, y: alt.Y) -> list[alt.Chart]:
    """Who acts at the left, whom it meets and in how many articles at the right.

    On a phone all stand in a line above the marks.
    """
    told = pairs["articles"].map(lambda one: f"{number(one)} article{'' if one == 1 else 's'}")
    names = pairs.assign(told=told, y=pairs["arrow"])
    bold: dict[str, Any] = {"fontSize": 13, "fontWeight": "bold", "color": INK}
    small: dict[str, Any] = {"fontSize": 11, "color": INK}
    if is_narrow(room):
        above = names.assign(y=names["arrow"] - names["tall"] + 16)
        over = alt.Chart(above[["pair", "told", "y"]])
        return [
            over.mark_text(align="left", **bold).encode(x=alt.value(0), y=y, text="pair:N"),
            over.mark_text(align="right", **small).encode(
                x=alt.value(years.width), y=y, text="told:N"
            ),
        ]
    base = alt.Chart(names[["giver", "taker", "told", "y"]])
    end = alt.value(years.width)
    return [
        base.mark_text(align="right", dx=-8, **bold).encode(x=alt.value(0), y=y, text="giver:N"),
        base.mark_text(align="left", dx=8, dy=-6, **bold).encode(x=end, y=y, text="taker:N"),
        base.mark_text(align="left", dx=8, dy=8, **small).encode(x=end, y=y, text="told:N"),
    ]


def _marks(acts: pd.DataFrame, years: Years, y: alt.Y) -> alt.Chart:
    there = [sort for sort in LOOKS if sort in set(acts["sort"])]
    shapes, fills, strokes = (
        alt.Scale(domain=there, range=list(looks))
        for looks in zip(*(LOOKS[sort] for sort in there), strict=True)
    )
    marks = alt.Chart(acts).mark_point(size=58, strokeWidth=1.8, opacity=1)
    return marks.encode(
        x=years.x("drawn"),
        y=y,
        shape=alt.Shape("sort:N", scale=shapes, title=None),
        fill=alt.Fill("sort:N", scale=fills, title=None),
        stroke=alt.Stroke("sort:N", scale=strokes, title=None),
    )
