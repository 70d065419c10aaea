"""A stored chart to take away: its data, its drawing, its pixels, each with caption and source."""

from __future__ import annotations

import html
import re
import textwrap
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from csto import files
from csto.analysis.theme import FONT, INK
from csto.book import datapackage, drawing
from csto.book.charts import FOLDER, Chart, charts, source_line
from csto.book.drawing import Spec
from csto.book.pictures import without_time
from csto.book.previewed import is_edition
from csto.exhibits.charts import columns, headed, rows, title
from csto.work import work

LETTER = 5.4  # pixels, about, of the letters below a drawing
LEADING = 14  # pixels between their lines
LEAST = 40  # letters in a line


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _write(app: Sphinx, error: Exception | None) -> None:
    if not is_edition(app, error):
        return
    folder, root = Path(app.outdir) / FOLDER, Path(app.srcdir)
    said = work(root)
    source, resources = said.citation, [_resource(chart) for chart in charts(root)]
    package = datapackage.descriptor(said, "csto-charts", "data of the charts", resources)
    files.write(folder / datapackage.NAME, datapackage.as_json(package))
    for chart in charts(root):
        svg = svg_file(chart.spec, chart.caption, source, root)
        files.write(folder / f"{chart.name}.svg", svg)
        files.write(folder / f"{chart.name}.png", png_file(svg, chart.caption, source, root))
        files.write(folder / f"{chart.name}.csv", csv_file(chart.spec))


def _resource(chart: Chart) -> datapackage.Node:
    """A chart's data for tools: a column is called in it as the page calls it."""
    heads, held = columns(chart.spec), rows(chart.spec)
    fields = [
        {
            "name": key,
            "title": heading or key,
            "description": heading or key,
            "type": _type(held, key),
        }
        for key, heading in heads.items()
    ]
    named, what = title(chart.spec) or chart.caption, chart.spec["description"]
    schema = {"fields": fields, "missingValues": [""]}
    return datapackage.csv_file(chart.name, f"{chart.name}.csv", named, what, schema)


def _type(held: list[dict[str, Any]], key: str) -> str:
    values = [row[key] for row in held if row[key] is not None]
    if values and all(type(value) in (int, float) for value in values):
        return "number"
    return "string"


def csv_file(spec: Spec) -> str:
    """The chart's data; headings are the columns' names in the data."""
    keys = list(columns(spec))
    return files.as_csv([keys, *([_csv_cell(row[key]) for key in keys] for row in rows(spec))])


def _csv_cell(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else without_time(str(value))


def svg_file(spec: Spec, caption: str, source: str, root: Path) -> str:
    """The chart on white, its title above, sources and citation below, and all in its metadata."""
    svg = drawing.svg(headed(spec), root)
    width, height = drawing.size(svg)
    letters = max(int(width / LETTER), LEAST)
    said = (caption, source_line(spec), source)
    lines = [line for words in said for line in textwrap.wrap(words, letters)]
    across, down = max(width, LEAST * LETTER) + 20, height + LEADING * len(lines) + 22
    below = "".join(_line(line, height + 24 + LEADING * n) for n, line in enumerate(lines))
    inside = re.sub(r"^<svg\b[^>]*>|</svg>$", "", svg)
    words = {"title": title(spec) or caption, "desc": spec["description"], "metadata": source}
    meta = "".join(f"<{tag}>{_escaped(text)}</{tag}>" for tag, text in words.items())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{across:g}" height="{down:g}" viewBox="0 0 {across:g} {down:g}">\n{meta}\n'
        '<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<g transform="translate(10,8)">{inside}</g>\n{below}\n</svg>\n'
    )


def _line(words: str, y: float) -> str:
    look = f'font-family="{FONT}" font-size="11" fill="{INK}"'
    return f'<text x="10" y="{y:g}" {look}>{_escaped(words)}</text>'


def _escaped(words: str) -> str:
    return html.escape(words, quote=False)


def png_file(svg: str, caption: str, source: str, root: Path) -> bytes:
    """The picture of `svg_file` in pixels, with title and source in it."""
    return drawing.png(svg, {"Title": caption, "Source": source}, root)
