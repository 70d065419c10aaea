"""How often each answer comes out, under all the readings of a number."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import QUIET
from csto.analysis.subject import PALETTE
from csto.analysis.theme import INK, described, titled


def answers(frame: pd.DataFrame) -> alt.HConcatChart:
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
    panels = [_panel(frame, str(name)) for name in frame["number"].unique()]
    told = (_said(str(name), some) for name, some in frame.groupby("number", sort=False))
    chart = alt.hconcat(*panels, spacing=44)
    text = words.sentences("Bars of how often each answer comes out", *told)
    note = (
        "A bar counts the ways of reading that give this answer; the red one is this report’s "
        "own. How many ways there are is this report’s list, and no likelihood."
    )
    return titled(described(chart, text, columns), "The answer depends on how one reads", note)


def _said(name: str, some: pd.DataFrame) -> str:
    bars = (
        f"{row.answer} under {row.count_}"
        for row in some.rename(columns={"count": "count_"}).itertuples()
    )
    own = some.loc[some["is_main"], "answer"].iloc[0]
    return f"{name}: {words.listed(bars)}; ours is {own}"


def _panel(frame: pd.DataFrame, name: str) -> alt.LayerChart:
    """The bars of one number; the data are those of all, so that their table is whole."""
    order = alt.EncodingSortField("answer", order="ascending")
    base = (
        alt.Chart(frame)
        .transform_filter(alt.datum.number == name)
        .encode(
            x=alt.X(
                "answer:O", sort=order, title=name, axis=alt.Axis(labelAngle=0, labelOverlap=True)
            ),
            y=alt.Y("count:Q", title=None, axis=None),
        )
    )
    bars = base.mark_bar().encode(
        color=alt.condition("datum.is_main", alt.value(PALETTE["adverse"]), alt.value(QUIET))
    )
    said = base.mark_text(dy=-7, fontSize=11, color=INK).encode(text="count:Q")
    return (bars + said).properties(width=220, height=150)
