"""How charts look: one Altair theme, and what every chart is given.

Colours by meaning stand in `csto.analysis.subject`; how a notebook stores a chart is
`csto.exhibits.charts`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt

from csto.palette import LIGHT

INK, GRID, GROUND = (
    LIGHT["ink"],
    LIGHT["line"],
    LIGHT["page"],
)  # a page puts the shades of its own theme in
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
PAGE, PHONE = 681, 356  # pixels: what a drawing has in a page, and on a phone
LARGE, SIZE, SMALL = 14, 13, 12  # pixels: the sizes of letters
#: A rim in the colour of the ground around words that stand on lines or bands;
#: `csto.exhibits.charts.drawn` puts it behind their letters.
RIM: dict[str, Any] = {"stroke": GROUND, "strokeWidth": 3, "strokeJoin": "round"}

TEXT: dict[str, Any] = {
    "labelColor": INK,
    "titleColor": INK,
    "labelFontSize": SIZE,
    "titleFontSize": SIZE,
    "titleFontWeight": "normal",
}
LINES = {"domainColor": GRID, "tickColor": GRID, "gridColor": GRID}
CONFIG: dict[str, Any] = {
    "background": "transparent",
    "padding": {"left": 5, "top": 5, "right": 0, "bottom": 0},  # its right end is that of the text
    "font": FONT,
    "view": {"stroke": None},
    "axis": {**TEXT, **LINES, "labelLimit": 330},
    "header": TEXT,
    "legend": {**TEXT, "orient": "top", "symbolStrokeWidth": 2, "labelLimit": 300},
    "text": {"color": INK, "fontSize": SIZE},
    "rule": {"color": INK},
}


@alt.theme.register("csto", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return {"config": CONFIG}  # type: ignore[typeddict-item]  # a plain dictionary of its keys


def described(chart: Any, text: str, columns: Mapping[str, str], by: Sequence[str] = ()) -> Any:
    """Give a chart its alternative text and the columns of its data table.

    `columns` maps columns of the chart's main data to their headings; by those in `by` its rows
    are grouped where they are told as a list.
    """
    listed = list(columns.items())  # a list: notebooks sort keys
    return chart.properties(description=text, usermeta={"columns": listed, "by": list(by)})


def titled(chart: Any, title: str, note: str = "") -> Any:
    """Give a chart its message in a sentence without a stop, and how to read it.

    Both are printed above the picture and stand with it in its files.
    """
    kept = chart.usermeta if isinstance(chart.usermeta, dict) else {}
    return chart.properties(usermeta={**kept, "title": title, "note": note})


def for_both_screens(draw: Callable[..., Any]) -> Callable[..., Any]:
    """A chart that is drawn twice, in the `room` of a page and of a phone.

    The drawing for the page is the chart; the one for the phone goes with it.
    """

    @functools.wraps(draw)
    def drawn(*data: Any, **more: Any) -> Any:
        wide, narrow = (draw(*data, **more, room=room) for room in (PAGE, PHONE))
        return wide.properties(usermeta={**wide.usermeta, "narrow": narrow.to_dict()})

    return drawn


alt.data_transformers.disable_max_rows()
