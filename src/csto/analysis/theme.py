"""How charts look: one palette by meaning, one Altair theme.

How a notebook stores a chart is `csto.exhibits.charts`.
"""

from __future__ import annotations

import altair as alt

INK, GRID = "#1d2730", "#d4d9de"  # placeholders: the page's own colours replace them
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

#: The same actor, sign or reading has the same colour in every chart. Each
#: colour has a contrast of 3:1 or more on the light and on the dark page.
PALETTE = {
    "Armenia": "#c8553d",
    "Belarus": "#3b8a5a",
    "Kazakhstan": "#2f83b7",
    "Russia": "#8065b5",
    "Kyrgyzstan": "#a0722d",
    "Tajikistan": "#5d8089",
    "Azerbaijan": "#b5851b",
    "organisation": "#8065b5",
    "member or officer": "#3b8a5a",
    "other": "#7c8791",
    "cooperative": "#2f83b7",
    "adverse": "#c8553d",
    "neutral": "#7c8791",
    # how well a date or a reading is known; never without a shape beside it
    "known": "#2a8a96",
    "bounded": "#8c7f3a",
    "reported": "#b0578d",
    "silent": "#7c8791",
    "outside": "#b144bd",  # the outside record, in this colour alone
}


def scale(*names: str) -> alt.Scale:
    """A colour scale over names of the palette."""
    return alt.Scale(domain=list(names), range=[PALETTE[name] for name in names])


@alt.theme.register("csto", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    text = {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "config": {
            "background": "transparent",
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                **text,
                "domainColor": GRID,
                "tickColor": GRID,
                "gridColor": GRID,
                "labelLimit": 330,
            },
            "header": text,
            "legend": {**text, "orient": "top", "symbolStrokeWidth": 2, "labelLimit": 300},
            "text": {"color": INK, "fontSize": 12},
            "rule": {"color": INK},
        }
    }


def described(chart: alt.Chart | alt.LayerChart, text: str, columns: dict[str, str]) -> alt.Chart:
    """Give a chart its alternative text and the columns of its data table.

    `columns` maps columns of the chart's main data to their headings.
    """
    return chart.properties(
        description=text, usermeta={"columns": list(columns.items())}
    )  # a list: notebooks sort keys


alt.data_transformers.disable_max_rows()
