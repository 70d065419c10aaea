"""Who leaned to whom: a row a pair of states, from the one that acted, and a mark an act."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import (
    BESIDE,
    CROSS,
    EDGE,
    LETTER,
    LINE,
    QUIET,
    Years,
    as_broad,
    is_narrow,
    lanes,
    pixels,
)  # fmt: skip
from csto.analysis.printed import number
from csto.analysis.theme import GRID, INK, RIM, SIZE, SMALL, described, for_both_screens, titled

FORCE = "force"
#: How each sort of leaning looks, whose words stand beside it: deeds filled; force two strokes.
LOOKS = {
    "support": ("circle", "transparent"),
    "a wish to invite": ("circle", "transparent"),
    "a meeting": ("circle", "transparent"),
    "a secret told": ("circle", "transparent"),
    "“similar actions”": ("circle", "transparent"),
    "arms": ("square", INK),
    "sappers and medics": ("square", INK),
    FORCE: (CROSS, "transparent"),
}
HEDGE = "reportedly"  # a word of a label that stands beside its mark, too
LANE = 15  # pixels from a mark to one above it, so that their words clear
APART = 8  # pixels from words to the next mark
UNDER, ROOM = 10, 18  # pixels from the lowest marks to their line; over the marks of a pair
FAINT = 0.55  # opacity of marks of which the title does not speak
LETTER_BOLD = 7.2  # pixels, about, of a letter of a pair
NOTE = (
    "Before the arrow stands the state that helped, after it the one it helped; “against” is an "
    "attack. A mark is an act, at the latest day possible; without a day it may be years older. "
    "The title speaks of the pairs in bold."
)
NOTHING = "none told"


@for_both_screens
def alignment(frame: pd.DataFrame, nobody: str = "", *, room: int) -> alt.LayerChart:
    """Acts between pairs of states by their latest day, in the order of the frame.

    Columns: `giver`, `taker`, `pair` (giver → taker), `label`, `sort` (one of `LOOKS`), `date`,
    `articles` (how many tell of the pair, up to three), `extract_ids`. `nobody` names a pair of
    which no article tells, "" if there is none; it stands behind those of which most tell.
    """
    columns = {
        "said": "From → to",
        "label": "What",
        "sort": "Sort",
        "date": "At the latest",
        "articles": "Articles on the pair",
        "extract_ids": "Passages",
    }
    frame = frame.assign(said=_worded(frame))
    names = [*frame["said"], nobody]
    left = 0 if is_narrow(room) else round(max(map(len, names)) * LETTER_BOLD) + EDGE
    told = frame["date"].dt.year
    years = Years(told.min(), told.max(), room - EDGE - left)
    acts = frame.assign(extract_ids=frame["extract_ids"].map(list))
    placed = _beside(acts, years)
    placed["is_dark"] = _most(frame)
    pairs = _pairs(placed, nobody, room)
    height = float(pairs["line"].max() + EDGE)
    placed["y"] = placed["said"].map(pairs.set_index("said")["line"])
    placed["y"] -= UNDER + placed["lane"] * LANE
    acts = placed[[*columns, "drawn", "y", "is_dark", "beside", "words", "is_last"]]
    at = {"years": years, "y": pixels("y", height, alt.Y)}
    chart = alt.layer(
        as_broad(left, years.width), *years.named(height), _lines(pairs, **at),
        *_names(pairs, room, **at), _nothing(pairs, **at), _marks(acts, **at), *_told(acts, **at),
    ).properties(width=years.width, height=height)  # fmt: skip
    text = words.sentences("Rows of pairs of states, acts by day", *_said(frame, nobody))
    return titled(described(chart, text, columns, by=["said"]), _title(frame), NOTE)


def _beside(frame: pd.DataFrame, years: Years) -> pd.DataFrame:
    """Acts with `drawn`, the day to draw them at, and their `words` `beside`.

    They stand in the `lane` where they touch nothing.
    """
    is_hedged = frame["label"].str.contains(HEDGE)
    words_beside = frame["sort"] + is_hedged.map({True: f", {HEDGE}", False: ""})
    frame = frame.assign(drawn=frame["date"], words=words_beside)
    ordered = frame.sort_values("date", kind="stable")
    at, said = years.at(ordered["date"]), ordered["words"].map(len) * LETTER + BESIDE
    is_last = at + said > years.width
    room = (said + APART).where(is_last, 0), (said + APART).mask(is_last, 0)
    lane = lanes(at, ordered["pair"], *room, apart=0)
    beside = at + BESIDE * (1 - 2 * is_last)
    return frame.join(pd.DataFrame({"lane": lane, "beside": beside, "is_last": is_last}))


def _worded(frame: pd.DataFrame) -> pd.Series:
    """The pairs as the picture has them: by force, one is against the other."""
    force = (frame["sort"] == FORCE).groupby(frame["pair"]).transform("all")
    return frame["pair"].mask(force, frame["giver"] + " against " + frame["taker"])


def _pairs(placed: pd.DataFrame, nobody: str, room: int) -> pd.DataFrame:
    """The pairs with `line` and `top`, where their line and their marks begin, in pixels."""
    pairs = placed.drop_duplicates("said")[["said", "pair", "articles"]].assign(
        is_told=_most(placed), is_force=placed["said"] != placed["pair"]
    )
    if nobody:
        none = {"said": nobody, "articles": 0, "is_told": False, "is_force": False}
        most = pairs["is_told"]
        pairs = pd.concat([pairs[most], pd.DataFrame([none]), pairs[~most]])
    pairs = pairs.sort_values("is_force", kind="stable").reset_index(drop=True)
    most = pairs["said"].map(placed.groupby("said")["lane"].max()).fillna(0)
    high = UNDER + (most + 0.5) * LANE
    line = (high + ROOM + (LINE + 8 if is_narrow(room) else 0)).cumsum() - ROOM + EDGE
    return pairs.assign(line=line, top=line - high)


def _most(frame: pd.DataFrame) -> pd.Series:
    """Whether acts are of the pairs of which most articles tell."""
    return frame["articles"] == frame["articles"].max()


def _title(frame: pd.DataFrame) -> str:
    most = frame[_most(frame)]
    leaders, takers = (most[end].drop_duplicates() for end in ("giver", "taker"))
    told, verb = number(int(frame["articles"].max())), "is" if len(leaders) == 1 else "are"
    said = f"{' and '.join(leaders)} {verb} said to lean to {' and '.join(takers)}"
    return f"{said}, in {told} articles"


def _said(frame: pd.DataFrame, nobody: str) -> list[str]:
    told = [
        f"{pair}: "
        + "; ".join(f"{act['label']} ({act['date'].year})" for act in some.to_dict("records"))
        for pair, some in frame.groupby("said", sort=False)
    ]
    return [*told, f"{nobody}: {NOTHING}"] if nobody else told


# ---- layers ----------------------------------------------------------------------------------


def _lines(pairs: pd.DataFrame, years: Years, y: alt.Y) -> alt.Chart:
    """A thin line under the marks of each pair."""
    drawn = alt.Chart(pairs[["line"]].rename(columns={"line": "y"})).mark_rule(color=GRID)
    return drawn.encode(x=alt.value(0), x2=alt.value(years.width), y=y)


def _names(pairs: pd.DataFrame, room: int, years: Years, y: alt.Y) -> list[alt.Chart]:
    """Who acts and whom it meets, and in how many articles: at the left, or on a phone above."""
    told = pairs["articles"].map(lambda one: f"{number(one)} article{'' if one == 1 else 's'}")
    weight = pairs["is_told"].map({True: "bold", False: "normal"})
    names = pairs[["said"]].assign(told=told, weight=weight)
    at: dict[str, Any] = {"align": "right", "dx": -EDGE, "x": 0, "up": -6, "down": 8}
    names["y"] = pairs["line"] - UNDER
    if is_narrow(room):
        names["y"] = pairs["top"] - LINE / 2 - 3
        at = {"align": "right", "dx": 0, "x": years.width, "up": 0, "down": 0}
    base = alt.Chart(names).encode(y=y)
    pair: dict[str, Any] = {"align": "left", "x": 0} if is_narrow(room) else at
    heads = [
        base.transform_filter(f"datum.weight == '{weight}'")
        .mark_text(align=pair["align"], dx=at["dx"], dy=at["up"], fontSize=SIZE, fontWeight=weight,
                   color=INK)
        .encode(x=alt.value(pair["x"]), text="said:N")
        for weight in ("bold", "normal")
    ]  # fmt: skip
    counts = base.mark_text(align="right", dx=at["dx"], dy=at["down"], fontSize=SMALL, color=INK)
    return [*heads, counts.encode(x=alt.value(at["x"]), text="told:N")]


def _nothing(pairs: pd.DataFrame, years: Years, y: alt.Y) -> alt.Chart:
    """In the row of a pair of which no article tells, words that say so."""
    empty = pairs[pairs["articles"] == 0]
    drawn = alt.Chart(pd.DataFrame({"y": empty["line"] - UNDER}).assign(said=NOTHING))
    look: dict[str, Any] = {"align": "left", "dx": EDGE, "color": INK}
    return drawn.mark_text(**look).encode(x=alt.value(0), y=y, text="said:N")


def _marks(acts: pd.DataFrame, years: Years, y: alt.Y) -> alt.Chart:
    there = [sort for sort in LOOKS if sort in set(acts["sort"])]
    shapes, fills = (
        alt.Scale(domain=there, range=list(looks))
        for looks in zip(*(LOOKS[sort] for sort in there), strict=True)
    )
    marks = alt.Chart(acts).mark_point(size=58, strokeWidth=1.8, stroke=INK)
    return marks.encode(
        x=years.x("drawn"),
        y=y,
        shape=alt.Shape("sort:N", scale=shapes, legend=None),
        fill=alt.Fill("sort:N", scale=fills, legend=None),
        opacity=alt.condition("datum.is_dark", alt.value(1), alt.value(FAINT)),
    )


def _told(acts: pd.DataFrame, years: Years, y: alt.Y) -> list[alt.Chart]:
    """What each act was, beside its mark."""
    colour = alt.condition("datum.is_dark", alt.value(INK), alt.value(QUIET))
    return [
        alt.Chart(acts).transform_filter(f"{no}datum.is_last")
        .mark_text(align=align, fontSize=SMALL, **RIM)
        .encode(x=pixels("beside", years.width), y=y, text="words:N", color=colour)
        for no, align in (("!", "left"), ("", "right"))
    ]  # fmt: skip
