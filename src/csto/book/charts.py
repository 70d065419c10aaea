"""Charts in the book's pages: the picture, its data as a table, its files to download.

The picture needs no script and no network. A small script, loaded only by
pages with a chart, shows what a mark stands for to a finger as to a mouse.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from csto import identity
from csto.book import extension, pictures
from csto.exhibits import charts as stored
from csto.exhibits import notebooks

log = getLogger(__name__)

FOLDER = "_downloads/charts"
WEB = Path(__file__).with_name("web")
GLUED = "application/papermill.record/"


@dataclass(frozen=True)
class Chart:
    """A chart of a notebook, under the name of its files."""

    name: str
    caption: str
    spec: pictures.Spec


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(WEB)))
    app.add_directive("csto-chart", KeyPicture)
    app.connect("html-page-context", _load_script)
    app.connect("build-finished", _write_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def charts(root: Path) -> Iterator[Chart]:
    """The charts that cells show, each once; one that is only glued elsewhere is shown by its cell."""
    seen = set()
    for path in notebooks.all_notebooks(root):
        for cell, spec in _shown(path):
            if (key := pictures.identity(spec)) in seen:
                continue
            seen.add(key)
            figure = cell["metadata"].get("mystnb", {}).get("figure", {})
            name = figure.get("name", "").removeprefix("fig-") or f"{path.stem}-{cell['id']}"
            yield Chart(name, figure.get("caption", spec["description"]), spec)


def _shown(path: Path) -> Iterator[tuple[dict[str, Any], pictures.Spec]]:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            if stored.MIME in output.get("data", {}):
                yield cell, output["data"][stored.MIME]


# ---- in pages ------------------------------------------------------------------------


class ChartRenderer(MimeRenderPlugin):
    """A stored chart as an inline picture with what is behind it."""

    mime_priority_overrides = [("*", stored.MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        if inline or data.mime_type.removeprefix(GLUED) != stored.MIME:
            return None
        spec = data.content
        behind = nodes.container(classes=["csto-behind", "csto-screen"])
        behind += _raw("<details><summary>The data of this chart</summary>")
        behind += _data_table(spec, renderer)
        behind += _raw("</details>")
        name = _names(Path(renderer.renderer.sphinx_env.srcdir)).get(pictures.identity(spec))
        if name:
            up = "../" * renderer.renderer.sphinx_env.docname.count("/")
            links = (
                f'<a href="{up}{FOLDER}/{name}.{kind}" download>{kind.upper()}</a>'
                for kind in ("csv", "svg", "png")
            )
            behind += _raw(f"<span>Download: {' '.join(links)}</span>")
        return [nodes.container("", _raw(_picture(spec)), behind, classes=["csto-exhibit"])]


class KeyPicture(SphinxDirective):
    """`{csto-chart} fig-name`: a chart of a chapter on another page, with words of its own below."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The picture and the words; a warning where no chapter shows such a chart."""
        root, name = Path(self.env.srcdir), self.arguments[0].removeprefix("fig-")
        chart = next((chart for chart in charts(root) if chart.name == name), None)
        if chart is None:
            log.warning(
                f"{{csto-chart}}: no chapter shows '{self.arguments[0]}', correct the name",
                location=self.get_location(),
            )
            return []
        return [
            nodes.container(
                "",
                _raw(_picture(chart.spec)),
                *self.parse_content_to_nodes(),
                classes=["csto-opening"],
            )
        ]


def _picture(spec: pictures.Spec) -> str:
    wide, narrow = pictures.wide(spec), pictures.narrow(spec)
    scrolls = (
        ""
        if narrow
        else ' csto-scrolls" tabindex="0" role="group" aria-label="Chart, wider than a small screen'
    )
    return f'<div class="csto-chart{scrolls}">\n{wide}\n{narrow or ""}\n</div>'


def _raw(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


@functools.cache
def _names(root: Path) -> dict[str, str]:
    return {pictures.identity(chart.spec): chart.name for chart in charts(root)}


def _data_table(spec: pictures.Spec, renderer: NbElementRenderer) -> nodes.table:
    columns = stored.columns(spec)
    rows = [[_cell(row[key]) for key in columns] for row in stored.rows(spec)]
    return nodes.table(
        "",
        extension.table_body([(heading, "left") for heading in columns.values()], rows, renderer),
    )


def _cell(value: Any) -> str | dict[str, list[str]]:
    """Lists are extract ids, and become marks."""
    return {"evidence": value} if isinstance(value, list) else pictures.cell(value)


def _load_script(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if "csto-chart" in context.get("body", ""):
        app.add_js_file("charts.js", defer="defer")


# ---- files ---------------------------------------------------------------------------


def _write_files(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    folder, root = Path(app.outdir) / FOLDER, Path(app.srcdir)
    folder.mkdir(parents=True, exist_ok=True)
    cited = identity.citation(root)
    for chart in charts(root):
        svg = pictures.svg_file(chart.spec, chart.caption, cited)
        (folder / f"{chart.name}.svg").write_text(svg, encoding="utf-8")
        (folder / f"{chart.name}.png").write_bytes(pictures.png_file(svg, chart.caption, cited))
        (folder / f"{chart.name}.csv").write_text(pictures.csv(chart.spec), encoding="utf-8")
