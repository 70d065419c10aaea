"""How often each answer comes out, under all the readings of a number."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import EDGE, QUIET, is_narrow
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described, for_both_screens, titled

OURS = "ours"
BETWEEN = 44  # pixels from one panel to the next
NOTE = (
    "A bar counts the ways of reading that give the answer below it; the red one is this report’s "
    "own. How many ways there are is this report’s list, and no likelihood."
)


@for_both_screens
def answers(frame: pd.DataFrame, title: str, *, room: int) -> alt.HConcatChart | alt.VConcatChart:
    """One panel a number: each answer as a bar of the readings that give it, ours marked.

    Columns: `number` (what is asked), `answer`, `count` (of readings), `is_main` (this report's
    own answer). Answers are in their order from the least.
    """
    columns = {
        "number": "Number",
        "answer": "Answer",
        "count": "Ways of reading that give it",
        "is_main": "This report’s own",
    }
    names = [str(name) for name in frame["number"].unique()]
    across = 1 if is_narrow(room) else len(names)
    width = (room - EDGE - BETWEEN * (across - 1)) / across
    frame = frame.assign(said=frame["count"].astype(str) + frame["is_main"].map(_own))
    panels = [_panel(frame, name, width) for name in names]
    joined = alt.vconcat if is_narrow(room) else alt.hconcat
    told = (_said(str(name), some) for name, some in frame.groupby("number", sort=False))
    text = words.sentences("Bars of how often each answer comes out", *told)
    chart = joined(*panels, spacing=BETWEEN)
    return titled(described(chart, text, columns, by=["number"]), title, NOTE)


def _own(is_main: bool) -> str:
    return f", {OURS}" if is_main else ""


def _said(name: str, some: pd.DataFrame) -> str:
    bars = (
        f"{row.answer} under {row.count_}"
        for row in some.rename(columns={"count": "count_"}).itertuples()
    )
    own = some.loc[some["is_main"], "answer"].iloc[0]
    return f"{name}: {words.listed(bars)}; ours is {own}"


def _panel(frame: pd.DataFrame, name: str, width: float) -> alt.LayerChart:
    """The bars of one number; the data are those of all, so that their table is whole."""
    order = alt.EncodingSortField("answer", order="ascending")
    axis = alt.Axis(labelAngle=0, ticks=False, domain=False)
    base = (
        alt.Chart(frame)
        .transform_filter(alt.datum.number == name)
        .encode(
            x=alt.X("answer:O", sort=order, title=name, axis=axis),
            y=alt.Y("count:Q", title=None, axis=None),
        )
    )
    bars = base.mark_bar().encode(
        color=alt.condition("datum.is_main", alt.value(PALETTE["adverse"]), alt.value(QUIET))
    )
    said = base.mark_text(dy=-8, fontSize=11, color=INK).encode(text="said:N")
    return (bars + said).properties(width=width, height=140)
