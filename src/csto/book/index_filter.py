"""The filter of an index: the pages that list passages, or rows, get what to choose by."""

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
    entries = [node for node in doctree.findall(nodes.container) if "csto-entry" in node["classes"]]
    if entries:
        first = next(iter(entries[0].findall(nodes.paragraph)))
        are_passages = any(key.startswith("ev-") for key in first["ids"])
        offered = facets.choices if are_passages else facets.choices_of_rows
        scripts.give(app, context, "filter", offered(trail_of(Path(app.srcdir))))
