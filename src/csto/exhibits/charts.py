"""How notebooks store charts: one renderer whose output is the same bytes every time.

How a stored chart gets into a page is `csto.book.pictures`.
"""

from __future__ import annotations

import re
from textwrap import wrap
from typing import Any

import altair as alt
import vl_convert

from csto.exhibits import faces

MIME = "application/vnd.csto.chart+json"
TITLE_LETTERS, NOTE_LETTERS = 68, 92  # in a line above a drawing
HEAD = {
    "anchor": "start",
    "frame": "bounds",
    "fontSize": 15,
    "fontWeight": "bold",
    "subtitleFontSize": 12,
    "subtitlePadding": 5,
    "offset": 14,
}


def axes(spec: dict[str, Any]) -> list[str]:
    """The columns by which a chart's rows are grouped in a list."""
    return list(spec.get("usermeta", {}).get("by", ()))


def columns(spec: dict[str, Any]) -> dict[str, str]:
    """Columns of a chart's data table, in order, with their headings."""
    return dict(spec.get("usermeta", {}).get("columns", ()))


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a chart's data table.

    Raises ValueError when it has no columns, and unless one data set has them.
    """
    wanted = columns(spec).keys()
    found: list[list[dict[str, Any]]] = [
        data for data in spec["datasets"].values() if data and wanted <= data[0].keys()
    ]
    if not wanted or len(found) != 1:
        where = "more than one" if wanted and found else "no"
        raise ValueError(
            f"a chart needs the columns of its data table; {sorted(wanted)} are in {where} data "
            "of it"
        )
    return found[0]


def for_a_phone(spec: dict[str, Any]) -> dict[str, Any] | None:
    """The same chart as it is drawn for a phone, if anybody did."""
    drawn: dict[str, Any] | None = spec.get("usermeta", {}).get("narrow")
    return drawn


def title(spec: dict[str, Any]) -> str:
    """What a chart shows, in a sentence without its stop; "" where nobody gave it one."""
    return str(spec.get("usermeta", {}).get("title", ""))


def note(spec: dict[str, Any]) -> str:
    """How to read a chart; "" where nobody said."""
    return str(spec.get("usermeta", {}).get("note", ""))


def headed(spec: dict[str, Any]) -> dict[str, Any]:
    """A copy that draws its title and note, for whoever shows the picture alone."""
    if not title(spec):
        return spec
    said = {"text": wrap(title(spec), TITLE_LETTERS), "subtitle": wrap(note(spec), NOTE_LETTERS)}
    return {**spec, "title": {**said, **HEAD}}


def drawn(spec: dict[str, Any]) -> str:
    """A chart as SVG; the rim of words stands behind their letters, and not over them."""
    faces.close()
    svg: str = vl_convert.vegalite_to_svg(spec)
    return re.sub(r'<text\b(?=[^>]*\sstroke="#)', '<text style="paint-order: stroke"', svg)


def _render(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    """What a notebook stores: the specification, and a picture for viewers that do not draw it."""
    description = spec.get("description") or ""
    if not description:
        raise ValueError(
            "a chart needs an alternative text: pass it through csto.analysis.theme.described"
        )
    rows(spec)
    return {
        "image/svg+xml": drawn(headed(spec)),
        MIME: spec,
        "text/plain": f"chart: {description}",
    }


alt.renderers.register("csto", _render)
alt.renderers.enable("csto")
