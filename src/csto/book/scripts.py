"""Scripts and styles of the book's own: where they lie, and how a page gets one with its data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto import files
from csto.palette import as_css

#: What is called for a page: with its name, what its template is filled with, and its nodes.
OnPage = Callable[[Sphinx, str, dict[str, Any], nodes.document], None]
WEB = Path(__file__).with_name("web")


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(WEB)))
    app.connect("build-finished", _write_colours)
    app.add_css_file("palette.css", priority=100)
    app.add_css_file("marks.css", priority=850)  # after the book's own, whose faces it uses
    app.add_js_file("here.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _write_colours(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        files.write(Path(app.outdir, "_static/palette.css"), as_css())


def on_pages(app: Sphinx, told: OnPage) -> None:
    """Have `told` called for each HTML page that is made of a source."""

    def tell(
        app: Sphinx, page: str, _: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        if app.builder.name in ("html", "dirhtml") and doctree is not None:
            told(app, page, context, doctree)

    app.connect("html-page-context", tell)


def give(app: Sphinx, context: dict[str, Any], name: str, data: Any) -> None:
    """Give a page the script `name`.js and its data, as JSON in the page."""
    app.add_js_file(f"{name}.js", loading_method="defer")
    # Nothing in a document's words can end the element or start another.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    context["body"] += f'<script type="application/json" id="csto-{name}">{text}</script>\n'
