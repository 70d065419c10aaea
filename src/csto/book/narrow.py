"""A chart for a phone: panels and legends below each other, long names in lines, less wide.

Works on Vega-Lite specifications of any shape (layers, facets, concatenations).
"""

from __future__ import annotations

import copy
import json
import textwrap
from collections.abc import Iterator
from typing import Any

from csto.book.drawing import Spec

LABEL = 22  # letters of a name beside a narrow plot
LINE = 13  # pixels of a line of a name
CONCATENATED = ("hconcat", "vconcat", "concat")


def parts(spec: Spec) -> Iterator[Spec]:
    """A chart and all charts in it."""
    yield spec
    for part in inner(spec):
        yield from parts(part)


def inner(spec: Spec) -> list[Spec]:
    """The charts right inside a chart."""
    joined = [part for key in ("layer", *CONCATENATED) for part in spec.get(key, ())]
    return [*joined, *([spec["spec"]] if "spec" in spec else ())]


def stacked(spec: Spec) -> Spec:
    """A copy whose panels and legends stand below each other."""
    spec = copy.deepcopy(spec)
    for part in parts(spec):
        _stack(part)
        _wrap_names(part, spec)
    config = spec.setdefault("config", {})
    config["axisX"] = {"labelOverlap": True, "labelSeparation": 6} | config.get("axisX", {})
    legend = config.setdefault("legend", {})
    legend |= {"columns": 1, "layout": {"top": {"direction": "vertical", "anchor": "start"}}}
    return spec


def _stack(part: Spec) -> None:
    """Put what stands beside each other below each other."""
    if "hconcat" in part:
        part["vconcat"] = part.pop("hconcat")
    if "concat" in part:
        part["columns"] = 1
    encoding = part.get("encoding", {})
    if "column" in encoding and "row" not in encoding:
        encoding["facet"] = {**encoding.pop("column"), "columns": 1}
    facet = part.get("facet", {})
    if "column" in facet and "row" not in facet:
        part["facet"], part["columns"] = facet["column"], 1


def _wrap_names(part: Spec, whole: Spec) -> None:
    """Break the long names at the left of a plot into lines; each row gets the height for them."""
    y = part.get("encoding", {}).get("y", {})
    lines = {name: textwrap.wrap(name, LABEL) for name in _names(y, whole)}
    most = max(map(len, lines.values()), default=1)
    if most == 1:
        return
    y["axis"] = {**(y.get("axis") or {}), **_axis(lines, most)}
    for holder in (whole, part):
        if isinstance(height := holder.get("height"), dict) and "yOffset" not in part["encoding"]:
            holder["height"] = {"step": max(height["step"], LINE * most + 8)}


def _names(y: dict[str, Any], whole: Spec) -> set[str]:
    """The names that an axis shows."""
    rows = (row for data in whole["datasets"].values() for row in data)
    values = {row[y["field"]] for row in rows if y.get("field") in row}
    return {value for value in values if isinstance(value, str)}


def _axis(lines: dict[str, list[str]], most: int) -> dict[str, Any]:
    """An axis that shows names in lines, those with fewer about the middle."""
    centred = {name: [""] * ((most - len(some)) // 2) + some for name, some in lines.items()}
    table = json.dumps(centred, ensure_ascii=False, sort_keys=True)
    return {
        "labelExpr": f"{table}[datum.value] || datum.label",
        "labelLimit": 0,
        "labelLineHeight": LINE,
        "labelOffset": -LINE / 4 * (most - 1),
    }


def scaled(spec: Spec, share: float) -> Spec:
    """A copy whose plots have a share of their width."""
    spec = copy.deepcopy(spec)
    for part in parts(spec):
        if isinstance(part.get("width"), int | float):
            part["width"] = max(round(part["width"] * share), 1)
    return spec
