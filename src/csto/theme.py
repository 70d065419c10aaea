"""How charts look and how they get into a page: one palette by meaning, one
Altair theme, one renderer whose output is the same bytes every time.

A chart becomes a `<figure>` with an inline SVG picture (no script, no
network), its alternative text, and its data as a table one click away.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from typing import Any

import altair as alt
import vl_convert

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
}


def scale(*names: str) -> alt.Scale:
    """A colour scale over names of the palette."""
    return alt.Scale(domain=list(names), range=[PALETTE[name] for name in names])


@alt.theme.register("csto", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12,
            "titleFontWeight": "normal"}
    return {
        "config": {
            "background": "transparent",
            "font": FONT,
            "view": {"stroke": None},
            "axis": {**text, "domainColor": GRID, "tickColor": GRID, "gridColor": GRID, "labelLimit": 330},
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
    return chart.properties(description=text, usermeta={"columns": columns})


def _render(spec: dict[str, Any], **_: Any) -> dict[str, str]:
    identity = hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()[:12]
    description = spec.get("description") or ""
    if not description:
        raise ValueError("a chart needs an alternative text: pass it through theme.described")
    picture = _svg(spec, identity, description)
    figure = f'<figure class="csto-chart" id="chart-{identity}">\n{picture}\n{_data_table(spec)}\n</figure>'
    return {"text/html": figure, "text/plain": f"chart: {description}"}


def _svg(spec: dict[str, Any], identity: str, description: str) -> str:
    svg = vl_convert.vegalite_to_svg(spec).strip()
    svg = svg.replace(INK, "currentColor").replace(GRID, f"var(--csto-grid, {GRID})")
    svg = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", svg)
    svg = re.sub(r'\b(id="|url\(#)(clip|gradient)', rf"\g<1>{identity}-\2", svg)
    head = f'<svg role="img" aria-label="{html.escape(description)}"'
    return svg.replace("<svg", head, 1)


def _data_table(spec: dict[str, Any]) -> str:
    columns = spec.get("usermeta", {}).get("columns", {})
    rows = next((r for r in spec["datasets"].values() if columns.keys() <= r[0].keys()), None)
    if not columns or rows is None:
        raise ValueError(f"a chart needs the columns of its data table; {sorted(columns)} are in no data of it")
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in columns.values())
    body = "\n".join(
        "<tr>" + "".join(f"<td>{_cell(row[column])}</td>" for column in columns) + "</tr>" for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    return f"<details><summary>The data of this chart</summary>\n{table}\n</details>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = re.sub(r"T00:00:00(\.000)?$", "", str(value))
    return html.escape(text)


alt.renderers.register("csto", _render)
alt.renderers.enable("csto")
alt.data_transformers.disable_max_rows()
