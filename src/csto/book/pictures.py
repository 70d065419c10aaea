"""A stored chart as pictures and files: for wide and narrow screens, and to take away.

Works on Vega-Lite specifications of any shape (layers, facets, concatenations)
as `csto.exhibits.charts` stores them; the same specification gives the same bytes, so
what was drawn once is kept in `_build/pictures/`.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import html
import io
import json
import re
import struct
import textwrap
import zlib
from collections.abc import Callable, Iterator
from csv import writer as csv_writer
from pathlib import Path
from typing import Any

import vl_convert

from csto import files
from csto.files import write
from csto.analysis.theme import FONT, GRID, INK
from csto.exhibits.charts import columns, rows

Spec = dict[str, Any]
NARROW = 328  # pixels: a phone's width without margins
LABEL = 22  # letters of a name beside a narrow plot
LEAST = 0.3  # of a chart's width; narrower, its marks run into each other
CONCATENATED = ("hconcat", "vconcat", "concat")
POINTED_AT = (
    "point",
    "circle",
    "square",
    "rect",
    "bar",
    "rule",
    "tick",
    "arc",
)  # marks that stand for one row each
TIP = "tip:"
PNG_SCALE = 2


def identity(spec: Spec) -> str:
    """A short name that is the same for the same chart."""
    return hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()[:12]


def cell(value: Any) -> str:
    """A value of a chart's data as people read it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return re.sub(r"T00:00:00(\.000)?$", "", str(value)).replace("\n", "; ")


# ---- in a page -----------------------------------------------------------------------


def wide(spec: Spec) -> str:
    """The chart as inline SVG; each mark has its row of the data as its title, so pointing at it tells."""
    return _inline(_svg(_told(spec)), spec, "csto-wide", identity(spec))


def narrow(spec: Spec) -> str | None:
    """The chart for a phone, panels below each other; None when it cannot be that narrow."""
    stacked = _stacked(_told(spec))
    full, half = (_width(_svg(_scaled(stacked, share))) for share in (1.0, 0.5))
    if full <= NARROW:
        return (
            None
            if full == _width(_svg(spec))
            else _inline(_svg(stacked), spec, "csto-narrow", f"{identity(spec)}n")
        )
    plot = (full - half) / 0.5  # what scales; the rest are labels
    share = (NARROW - (full - plot)) / plot if plot else 0
    if share < LEAST or _width(drawn := _svg(_scaled(stacked, share))) > NARROW + 8:
        return None
    return _inline(drawn, spec, "csto-narrow", f"{identity(spec)}n")


def _told(spec: Spec) -> Spec:
    """A copy in which each mark that stands for a row of the data table says that row."""
    spec = copy.deepcopy(spec)
    data = rows(spec)
    name = next(key for key, value in spec["datasets"].items() if value is data)
    first, *others = columns(spec).items()
    for row in data:
        lines = [
            cell(row[first[0]]),
            *(
                f"{heading}: {cell(row[key])}"
                for key, heading in others
                if row[key] and not isinstance(row[key], list)
            ),
        ]
        row["tip"] = TIP + "\n".join(lines)
    for unit, source in _units(spec, None):
        mark = unit["mark"] if isinstance(unit["mark"], str) else unit["mark"]["type"]
        if source == name and mark in POINTED_AT and '"aggregate"' not in json.dumps(unit):
            unit.setdefault("encoding", {})["description"] = {"field": "tip", "type": "nominal"}
    return spec


def _units(spec: Spec, data: str | None) -> Iterator[tuple[Spec, str | None]]:
    """The parts that draw, each with the name of its data."""
    data = spec.get("data", {}).get("name", data)
    if "mark" in spec:
        yield spec, data
    for part in [
        *(p for key in ("layer", *CONCATENATED) for p in spec.get(key, ())),
        *([spec["spec"]] if "spec" in spec else ()),
    ]:
        yield from _units(part, data)


def _stacked(spec: Spec) -> Spec:
    """A copy whose panels and legends stand below each other."""
    spec = copy.deepcopy(spec)
    for part in _parts(spec):
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
        _wrap_labels(part, spec)
    config = spec.setdefault("config", {})
    config["axisX"] = {"labelOverlap": True, "labelSeparation": 6} | config.get("axisX", {})
    legend = config.setdefault("legend", {})
    legend |= {"columns": 1, "layout": {"top": {"direction": "vertical", "anchor": "start"}}}
    return spec


def _wrap_labels(part: Spec, whole: Spec) -> None:
    """Break the long names at the left of a plot into lines, and give each row the height for them."""
    y = part.get("encoding", {}).get("y", {})
    names = {
        row[y["field"]]
        for data in whole["datasets"].values()
        for row in data
        if y.get("field") in row
    }
    lines = {name: textwrap.wrap(name, LABEL) for name in names if isinstance(name, str)}
    most = max(map(len, lines.values()), default=1)
    if most == 1:
        return
    lines = {
        name: [""] * ((most - len(broken)) // 2) + broken for name, broken in lines.items()
    }  # about the middle
    table = json.dumps(lines, ensure_ascii=False, sort_keys=True)
    y["axis"] = {
        **(y.get("axis") or {}),
        "labelExpr": f"{table}[datum.value] || datum.label",
        "labelLimit": 0,
        "labelLineHeight": 13,
        "labelOffset": -6.5 * (most - 1) / 2,
    }
    for holder in (whole, part):
        if isinstance(height := holder.get("height"), dict) and "yOffset" not in part["encoding"]:
            holder["height"] = {"step": max(height["step"], 13 * most + 8)}


def _scaled(spec: Spec, share: float) -> Spec:
    """A copy whose plots have a share of their width."""
    spec = copy.deepcopy(spec)
    for part in _parts(spec):
        if isinstance(part.get("width"), int | float):
            part["width"] = max(round(part["width"] * share), 1)
    return spec


def _parts(spec: Spec) -> Iterator[Spec]:
    yield spec
    for part in [
        *(p for key in ("layer", *CONCATENATED) for p in spec.get(key, ())),
        *([spec["spec"]] if "spec" in spec else ()),
    ]:
        yield from _parts(part)


def _svg(spec: Spec) -> str:
    return _kept("svg", [spec], lambda: vl_convert.vegalite_to_svg(spec).strip().encode()).decode()


def _kept(kind: str, source: list[Any], make: Callable[[], bytes]) -> bytes:
    """What this file and the same version of the drawing library made of the same source before, or make now."""
    name = hashlib.sha256(
        json.dumps([vl_convert.__version__, _this_file(), source]).encode()
    ).hexdigest()
    path = files.root() / f"_build/pictures/{name[:32]}.{kind}"
    if not path.is_file():
        write(path, make())
    return path.read_bytes()


@functools.cache
def _this_file() -> str:
    return Path(__file__).read_text(encoding="utf-8")


def _width(svg: str) -> float:
    return float(re.search(r'\bwidth="([\d.]+)', svg)[1])


def _inline(svg: str, spec: Spec, kind: str, name: str) -> str:
    """An SVG that takes the page's colours, is one picture to a screen reader, and has ids of its own."""
    svg = svg.replace(INK, "currentColor").replace(GRID, f"var(--csto-grid, {GRID})")
    svg = re.sub(rf'(<path\b[^>]*?) aria-label="{TIP}([^"]*)"([^>]*)>\s*(?:</path>)?', _title, svg)
    svg = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", svg).replace("/></path>", "></path>")
    svg = re.sub(r'\b(id="|url\(#)(clip|gradient)', rf"\g<1>{name}-\2", svg)
    return svg.replace(
        'class="marks"',
        f'class="{kind}" role="img" aria-label="{html.escape(spec["description"])}"',
        1,
    )


def _title(match: re.Match[str]) -> str:
    before, words, after = match.groups()
    after = after.removesuffix("/")
    if ' opacity="0"' in before + after:
        return f"{before}{after}/>"
    return f"{before}{after}><title>{words}</title></path>"


# ---- to take away --------------------------------------------------------------------


def csv(spec: Spec) -> str:
    """The chart's data; headings are the columns' names in the data."""
    out = io.StringIO()
    writer = csv_writer(out, lineterminator="\n")
    keys = list(columns(spec))
    writer.writerow(keys)
    for row in rows(spec):
        values = [row[key] for key in keys]
        writer.writerow(
            [
                ";".join(v)
                if isinstance(v, list)
                else ""
                if v is None
                else re.sub(r"T00:00:00(\.000)?$", "", str(v))
                for v in values
            ]
        )
    return out.getvalue()


def svg_file(spec: Spec, caption: str, citation: str) -> str:
    """The chart on white with its caption and citation below, and both in its metadata."""
    svg = _svg(spec)
    width, height = (
        float(re.search(rf'\b{side}="([\d.]+)', svg)[1]) for side in ("width", "height")
    )
    lines = [
        line
        for paragraph in (caption, citation)
        for line in textwrap.wrap(paragraph, max(int(width / 5.4), 40))
    ]
    total, full = height + 14 * len(lines) + 22, max(width, 40 * 5.4) + 20
    below = "".join(
        f'<text x="10" y="{height + 24 + 14 * number:g}" font-family="{FONT}" font-size="11" fill="{INK}">{html.escape(line, quote=False)}</text>'
        for number, line in enumerate(lines)
    )
    drawing = re.sub(r"^<svg\b[^>]*>|</svg>$", "", svg)
    words = (("title", caption), ("desc", spec["description"]), ("metadata", citation))
    said = "".join(f"<{name}>{html.escape(text, quote=False)}</{name}>" for name, text in words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{full:g}" height="{total:g}" '
        f'viewBox="0 0 {full:g} {total:g}">\n{said}\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<g transform="translate(10,8)">{drawing}</g>\n{below}\n</svg>\n'
    )


def png_file(svg: str, caption: str, citation: str) -> bytes:
    """The picture of `svg_file` in pixels, packed tightly, with title and source in its text chunks."""
    return _kept("png", [svg, caption, citation], lambda: _png(svg, caption, citation))


def _png(svg: str, caption: str, citation: str) -> bytes:
    png = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    chunks = list(_chunks(png))
    pixels = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    header = next(body for kind, body in chunks if kind == b"IHDR")
    said = [
        (b"iTXt", key.encode() + b"\0\0\0\0\0" + words.encode())
        for key, words in (("Title", caption), ("Source", citation))
    ]
    parts = [(b"IHDR", header), *said, (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")]
    return png[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each chunk of a PNG file."""
    at = 8  # behind the signature
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12
