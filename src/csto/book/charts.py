"""Charts in pages: the picture, its data as a table and as a list, its files to download.

The picture itself is `csto.book.pictures`, the files are `csto.book.chart_files`.
A small script, loaded only by pages with a chart, shows what a mark stands for
to a finger as to a mouse.
"""

from __future__ import annotations

import functools
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from csto.analysis import frames
from csto.book import drawing, pictures, scripts
from csto.book.drawing import Spec
from csto.book.folding import ROW, details
from csto.book.prose import NOTE
from csto.book.tables import Cell, content, table_body
from csto.corpus.schema import source_of
from csto.exhibits import charts as stored
from csto.exhibits import notebooks
from csto.work import work

log = getLogger(__name__)

FOLDER = "_downloads/charts"
PUBLIC = "public pages"
OUTSIDE_IDS = "row_ids"  # the column of rows of the outside record
GLUED = "application/papermill.record/"
SCROLLS = ' csto-scrolls" tabindex="0" role="group" aria-label="Chart, wider than a small screen'


@dataclass(frozen=True)
class Chart:
    """A chart of a notebook, under the name of its files."""

    name: str
    page: str
    caption: str
    spec: Spec


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_directive("csto-chart", KeyPicture)
    scripts.on_pages(app, _load_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


@functools.cache
def charts(root: Path) -> tuple[Chart, ...]:
    """The charts that cells show, each once.

    One that is only glued elsewhere is shown by its cell.
    """
    shown: dict[str, Chart] = {}
    for path in notebooks.all_notebooks(root):
        for cell, spec in _shown(path):
            figure = cell["metadata"].get("mystnb", {}).get("figure", {})
            name = figure.get("name", "").removeprefix("fig-") or f"{path.stem}-{cell['id']}"
            caption = NOTE.sub("", figure.get("caption", spec["description"])).strip()
            page = path.relative_to(root).with_suffix("").as_posix()
            shown.setdefault(drawing.identity(spec), Chart(name, page, caption, spec))
    return tuple(shown.values())


def _shown(path: Path) -> Iterator[tuple[dict[str, Any], Spec]]:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            if stored.MIME in output.get("data", {}):
                yield cell, output["data"][stored.MIME]


class ChartRenderer(MimeRenderPlugin):
    """A stored chart as an inline picture with what is behind it."""

    mime_priority_overrides: ClassVar = [("*", stored.MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """The picture and what is behind it, or None for another kind of output."""
        if inline or data.mime_type.removeprefix(GLUED) != stored.MIME:
            return None
        env = renderer.renderer.sphinx_env
        root, spec = Path(env.srcdir), data.content
        chart = next(chart for chart in charts(root) if chart.spec == spec)
        below = nodes.container("", *_about(renderer, data), *_behind(chart, env), classes=ROW)
        parts = [*_head(spec), _raw(_picture(spec, root)), _source(spec), below]
        return [nodes.container("", *parts, classes=["csto-exhibit"])]


def _head(spec: Spec) -> Iterator[nodes.Node]:
    """What the chart shows and how to read it, above the picture."""
    for words, kind in ((stored.title(spec), "csto-title"), (stored.note(spec), "csto-note")):
        if words:
            yield nodes.paragraph(text=words, classes=[kind])


def source_line(spec: Spec) -> str:
    """What a chart rests on: the articles that its rows cite, in their order, and public pages."""
    cited: set[str] = set()
    public = False
    for row in stored.rows(spec):
        for key, value in row.items():
            if isinstance(value, list) and key == OUTSIDE_IDS:
                public |= bool(value)
            elif isinstance(value, list):
                cited |= set(map(source_of, value))
    named = [label for key, label in frames.labels().items() if key in cited]
    named += [f"{PUBLIC} (in the outside record)"] if public else []
    return f"Source: {', '.join(named) or 'this report'}."


def _source(spec: Spec) -> nodes.paragraph:
    return nodes.paragraph(text=source_line(spec), classes=["csto-source"])


def _about(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Element]:
    """What there is to know of a figure beyond its caption, folded away."""
    said = data.cell_metadata.get("mystnb", {}).get("figure", {}).get("about")
    if not said:
        return []
    words, page = nodes.container(), renderer.renderer
    with page.current_node_context(words):
        page.nested_render_text(said, data.line or 0)
    return details("About this figure", words)


def _picture(spec: Spec, root: Path) -> str:
    wide, narrow = pictures.wide(spec, root), pictures.narrow(spec, root)
    return f'<div class="csto-chart{"" if narrow else SCROLLS}">\n{wide}\n{narrow or ""}\n</div>'


def _behind(chart: Chart, env: BuildEnvironment) -> Iterator[nodes.Node]:
    """The data as a table and as a list, how to cite it, a link, and the files."""
    of = stored.title(chart.spec) or chart.name
    yield from details("Data", _data_table(chart.spec, env), of=of)
    yield from details("As a list", told(chart.spec, env), of=of)
    yield from details("Cite", _citation(chart, env), of=of)
    yield _links(chart, env, of)


def _links(chart: Chart, env: BuildEnvironment, of: str) -> nodes.Node:
    """The chart's own address and its files; who hears them is told of which chart they are."""
    up = "../" * env.docname.count("/")
    targets = {"Link": f"{up}{chart.page}.html#fig-{chart.name}"}
    targets |= {kind: f"{up}{FOLDER}/{chart.name}.{kind.lower()}" for kind in ("CSV", "SVG", "PNG")}
    links = (
        f'<a href="{address}" aria-label="{html.escape(f"{kind}: {of}")}"'
        f"{'' if kind == 'Link' else ' download'}>{kind}</a>"
        for kind, address in targets.items()
    )
    files = _raw(f"<span>{' '.join(links)}</span>")
    files["classes"] = ["files"]
    return files


def _citation(chart: Chart, env: BuildEnvironment) -> nodes.paragraph:
    of, place = stored.title(chart.spec) or chart.caption, f"{chart.page}.html#fig-{chart.name}"
    return nodes.paragraph(text=work(Path(env.srcdir)).citation_of(of, place))


def _data_table(spec: Spec, env: BuildEnvironment) -> nodes.table:
    columns = stored.columns(spec)
    rows = [[_cell(key, row[key]) for key in columns] for row in stored.rows(spec)]
    heads = [(heading, "left") for heading in columns.values()]
    return nodes.table("", table_body(heads, rows, env), classes=["csto-data"])


def _cell(key: str, value: Any) -> Cell:
    """Lists are ids of extracts or, in their column, of rows of the outside record: marks."""
    if not isinstance(value, list):
        return pictures.cell(value)
    return {"evidence": [], "outside": value} if key == OUTSIDE_IDS else {"evidence": value}


# ---- as a list -----------------------------------------------------------------------


def told(spec: Spec, env: BuildEnvironment) -> nodes.bullet_list:
    """A chart's rows as a list: by its axes, then each with what it says, its passages last."""
    return _grouped(stored.rows(spec), stored.axes(spec), stored.columns(spec), env)


def _grouped(
    rows: list[dict[str, Any]], by: list[str], columns: dict[str, str], env: BuildEnvironment
) -> nodes.bullet_list:
    if not by:
        return nodes.bullet_list("", *(_leaf(row, columns, env) for row in rows))
    first, *others = by
    left = {key: heading for key, heading in columns.items() if key != first}
    found = nodes.bullet_list()
    for value in dict.fromkeys(row[first] for row in rows):
        some = [row for row in rows if row[first] == value]
        head = nodes.paragraph(text=f"{columns[first]}: {pictures.cell(value)} ({len(some)})")
        found += nodes.list_item("", head, _grouped(some, others, left, env))
    return found


def _leaf(row: dict[str, Any], columns: dict[str, str], env: BuildEnvironment) -> nodes.list_item:
    """What a row says, and its marks."""
    words, marks = [], []
    for number, (key, heading) in enumerate(columns.items()):
        cell = _cell(key, row[key])
        if isinstance(cell, dict):
            marks += content(cell, env)
        elif row[key] not in (None, ""):
            words.append(cell if number == 0 else f"{heading}: {cell}")
    said = nodes.Text("; ".join(words) + (" " if marks else ""))
    return nodes.list_item("", nodes.paragraph("", "", said, *marks))


def _raw(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


class KeyPicture(SphinxDirective):
    """`{csto-chart} fig-name`: a chart of a chapter on another page, words of its own below."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Element]:
        """The picture and the words; a warning where no chapter shows such a chart."""
        root, name = Path(self.env.srcdir), self.arguments[0].removeprefix("fig-")
        chart = next((chart for chart in charts(root) if chart.name == name), None)
        if chart is None:
            what = f"no chapter shows '{self.arguments[0]}', correct the name"
            log.warning(f"{{csto-chart}}: {what}", location=self.get_location())
            return []
        picture, words = _raw(_picture(chart.spec, root)), self.parse_content_to_nodes()
        below = nodes.container("", *_behind(chart, self.env), classes=ROW)
        parts = [*_head(chart.spec), picture, _source(chart.spec), *words, below]
        return [nodes.container("", *parts, classes=["csto-opening"])]


def _load_script(app: Sphinx, page: str, context: dict[str, Any], doctree: nodes.document) -> None:
    if "csto-chart" in context.get("body", ""):
        app.add_js_file("charts.js", defer="defer")
