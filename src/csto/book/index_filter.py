"""The filter of the evidence index: the page that lists passages gets what to choose by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto.book import scripts
from csto.book.pages import facets
from csto.book.trail import trail_of


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    scripts.on_pages(app, _give_filter)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _give_filter(app: Sphinx, page: str, context: dict[str, Any], doctree: nodes.document) -> None:
    containers = doctree.findall(nodes.container)
    if any("csto-entry" in node["classes"] for node in containers):
        scripts.give(app, context, "filter", facets.choices(trail_of(Path(app.srcdir))))
