"""A stored chart as a picture in a page, for wide and for narrow screens.

The SVG takes the page's colours, is one picture to a screen reader, and each
of its marks says its row of the data. It needs no script and no network.
"""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from csto.analysis.theme import GRID, INK
from csto.book.drawing import Spec, identity, size, svg
from csto.book.narrow import inner, scaled, stacked
from csto.exhibits.charts import columns, rows

NARROW = 328  # pixels: a phone's width without margins
ROOM = 8  # pixels by which a narrow chart may be wider than that
LEAST = 0.3  # of a chart's width; narrower, its marks run into each other
POINTED_AT = ("point", "circle", "square", "rect", "bar", "rule", "tick", "arc")  # one row each
TIP = "tip:"


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
    """The chart for a phone, panels below each other.

    None when it is narrow anyway, or cannot be that narrow.
    """
    below = stacked(_with_tips(spec))
    full, half = (_width(scaled(below, share), root) for share in (1.0, 0.5))
    if full <= NARROW:
        drawn = None if full == _width(spec, root) else svg(below, root)
    else:
        plot = (full - half) / 0.5  # what scales; the rest are labels
        drawn = _fitting(below, (NARROW - (full - plot)) / plot, plot, root) if plot else None
    return drawn and _inline(drawn, spec, "csto-narrow", f"{identity(spec)}n")


def _fitting(spec: Spec, share: float, plot: float, root: Path) -> str | None:
    """The chart with a share of its plot's width, or with less where words stick out of it."""
    if share < LEAST:
        return None
    drawn = svg(scaled(spec, share), root)
    over = size(drawn)[0] - NARROW
    return drawn if over <= ROOM else _fitting(spec, share - over / plot, plot, root)


def _width(spec: Spec, root: Path) -> float:
    return size(svg(spec, root))[0]


# ---- what a mark says ----------------------------------------------------------------


def _with_tips(spec: Spec) -> Spec:
    """A copy in which each mark that stands for a row of the data table says that row."""
    spec = copy.deepcopy(spec)
    data, headings = rows(spec), columns(spec)
    name = next(key for key, value in spec["datasets"].items() if value is data)
    for row in data:
        row["tip"] = TIP + "\n".join(_tip(row, headings))
    for unit, source in _units(spec, None):
        mark = unit["mark"] if isinstance(unit["mark"], str) else unit["mark"]["type"]
        if source == name and mark in POINTED_AT and '"aggregate"' not in json.dumps(unit):
            unit.setdefault("encoding", {})["description"] = {"field": "tip", "type": "nominal"}
    return spec


def _tip(row: dict[str, Any], headings: dict[str, str]) -> Iterator[str]:
    """A row of the data, line by line; lists of extracts are in the table below alone."""
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
    for part in inner(spec):
        yield from _units(part, data)


# ---- in the page ---------------------------------------------------------------------


def _inline(drawing: str, spec: Spec, kind: str, name: str) -> str:
    """An SVG that takes the page's colours, is one picture, and has ids of its own."""
    drawing = drawing.replace(INK, "currentColor").replace(GRID, f"var(--csto-grid, {GRID})")
    tip = rf'(<path\b[^>]*?) aria-label="{TIP}([^"]*)"([^>]*)>\s*(?:</path>)?'
    drawing = re.sub(tip, _titled, drawing)
    drawing = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", drawing)
    drawing = drawing.replace("/></path>", "></path>")
    drawing = re.sub(r'\b(id="|url\(#)(clip|gradient)', rf"\g<1>{name}-\2", drawing)
    picture = f'class="{kind}" role="img" aria-label="{html.escape(spec["description"])}"'
    return drawing.replace('class="marks"', picture, 1)


def _titled(match: re.Match[str]) -> str:
    """A mark with its tip as its title; one that is not to be seen, without."""
    before, words, after = match.groups()
    after = after.removesuffix("/")
    if ' opacity="0"' in before + after:
        return f"{before}{after}/>"
    return f"{before}{after}><title>{words}</title></path>"
