"""A stored chart as a picture in a page, for wide and for narrow screens.

The SVG takes the page's colours, is one picture to a screen reader, and each of its marks says
its row of the data, and which row that is. It needs no script and no network.
"""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from csto.analysis.theme import PHONE
from csto.book.drawing import Spec, identity, size, svg
from csto.exhibits.charts import columns, for_a_phone, rows
from csto.palette import on_page

POINTED_AT = ("point", "circle", "square", "rect", "bar", "rule", "tick", "arc")  # one row each
JOINED = ("layer", "hconcat", "vconcat", "concat")  # what holds charts
TIP = "tip:"
AIR, ACROSS = 4, PHONE  # pixels: what a drawing has around it, and the frame on a phone


def cell(value: Any) -> str:
    """A value of a chart's data as people read it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return without_time(str(value)).replace("\n", "; ")


def without_time(value: str) -> str:
    """A moment of a chart's data as a day; any other text as it is."""
    return re.sub(r"T00:00:00(\.000)?$", "", value)


def wide(spec: Spec, root: Path) -> str:
    """The chart as inline SVG, drawn for the project at `root`."""
    return _inline(svg(_with_tips(spec), root), spec, "csto-wide", identity(spec))


def narrow(spec: Spec, root: Path) -> str | None:
    """The chart as it is drawn for a phone; None where it is not."""
    drawn = for_a_phone(spec)
    if drawn is None:
        return None
    drawing = _as_wide_as_a_phone(svg(_with_tips(drawn), root))
    return _inline(drawing, spec, "csto-narrow", f"{identity(spec)}n")


def _as_wide_as_a_phone(drawing: str) -> str:
    """A drawing without its air at the left, in a frame as wide as that of all others."""
    width, height = size(drawing)
    frame = max(width - AIR, ACROSS)
    sides = f'width="{frame:g}" height="{height:g}" viewBox="{AIR} 0 {frame:g} {height:g}"'
    return re.sub(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"', sides, drawing, count=1)


# ---- what a mark says ----------------------------------------------------------------


def _with_tips(spec: Spec) -> Spec:
    """A copy in which each mark that stands for a row of the data table says that row."""
    spec = copy.deepcopy(spec)
    data, headings = rows(spec), columns(spec)
    name = next(key for key, value in spec["datasets"].items() if value is data)
    for number, row in enumerate(data):
        row["tip"] = f"{TIP}{number}:" + "\n".join(_tip(row, headings))
    for unit, source in _units(spec, None):
        mark = unit["mark"] if isinstance(unit["mark"], str) else unit["mark"]["type"]
        if source == name and mark in POINTED_AT and '"aggregate"' not in json.dumps(unit):
            unit.setdefault("encoding", {})["description"] = {"field": "tip", "type": "nominal"}
    return spec


def _tip(row: dict[str, Any], headings: dict[str, str]) -> Iterator[str]:
    """A row of the data, line by line; lists of passages are in the table below alone."""
    first, *others = headings
    yield cell(row[first])
    for key in others:
        if row[key] and not isinstance(row[key], list):
            yield f"{headings[key]}: {cell(row[key])}"


def _units(spec: Spec, data: str | None) -> Iterator[tuple[Spec, str | None]]:
    """The parts that draw, each with the name of its data."""
    data = spec.get("data", {}).get("name", data)
    if "mark" in spec:
        yield spec, data
    for part in [*(part for key in JOINED for part in spec.get(key, ())), spec.get("spec")]:
        if part:
            yield from _units(part, data)


# ---- in the page ---------------------------------------------------------------------


def _inline(drawing: str, spec: Spec, kind: str, name: str) -> str:
    """An SVG that takes the page's colours, is one picture, and has ids of its own."""
    drawing = on_page(drawing)
    tip = rf'(<path\b[^>]*?) aria-label="{TIP}(\d+):([^"]*)"([^>]*)>\s*(?:</path>)?'
    drawing = re.sub(tip, _titled, drawing)
    drawing = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", drawing)
    drawing = drawing.replace("/></path>", "></path>")
    drawing = re.sub(r'\b(id="|url\(#)(clip|gradient)', rf"\g<1>{name}-\2", drawing)
    picture = f'class="{kind}" role="img" aria-label="{html.escape(spec["description"])}"'
    return drawing.replace('class="marks"', picture, 1)


def _titled(match: re.Match[str]) -> str:
    """A mark with its row, and its tip as its title."""
    before, row, words, after = match.groups()
    return f'{before} data-row="{row}"{after.removesuffix("/")}><title>{words}</title></path>'
