"""How often each answer to one question comes out, under all the readings of a number."""

from __future__ import annotations

import altair as alt
import pandas as pd

from csto.analysis.charts import words
from csto.analysis.charts.parts import BESIDE, LETTER, QUIET, Rows, pixels
from csto.analysis.printed import number
from csto.analysis.theme import INK, described, for_both_screens, titled

OURS = "this report’s among them"
NOTE = (
    "A bar counts the ways of reading that give its answer: hedged words, voices without a name, a "
    "refusal, a single article each count in them or do not. The counts are no likelihoods."
)


@for_both_screens
def answers(frame: pd.DataFrame, asked: str, title: str, *, room: int) -> alt.LayerChart:
    """Each answer as a bar of the readings that give it, ours marked.

    Columns: `answer`, `count` (of readings), `is_main` (this report's own answer), from the least
    answer to the most. `asked` is what the answers count.
    """
    columns = {
        "answer": asked,
        "count": "Ways of reading that give it",
        "is_main": "This report’s own",
    }
    every = int(frame["count"].sum())
    said = frame["count"].map(lambda count: f"{count} of {every}")
    said = said + frame["is_main"].map({True: f", {OURS}", False: ""})
    names = frame["answer"].map(lambda answer: number(answer) if answer else "none")
    rows = Rows(list(names), room, right=round(said.map(len).max() * LETTER) + BESIDE)
    own = frame[list(columns)].assign(said=said, y=rows.middle(names), none=0)
    own["end"] = own["count"] / own["count"].max() * rows.width
    bars = alt.Chart(own).encode(y=rows.y())
    chart = alt.layer(
        *rows.named(),
        bars.mark_bar(height=13).encode(
            x=pixels("none", rows.width),
            x2="end:Q",
            color=alt.condition("datum.is_main", alt.value(INK), alt.value(QUIET)),
        ),
        bars.mark_text(align="left", dx=6, color=INK).encode(
            x=pixels("end", rows.width), text="said:N"
        ),
    ).properties(width=rows.width, height=rows.height)
    told = words.listed(f"{name} under {one}" for name, one in zip(names, said, strict=True))
    text = words.sentences("Bars of how often each answer comes out", f"{asked}: {told}")
    return titled(described(chart, text, columns), title, NOTE)
