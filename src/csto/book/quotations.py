"""Quotations set apart: words with their mark, and below them who said so, in what office, when.

In Markdown the last paragraph of a block quotation says who; one of a single
paragraph stays as it is.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("doctree-read", lambda app, tree: attribute(tree), priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def attribute(tree: nodes.document) -> None:
    """Make the last paragraph of each quotation of several the line on who said it."""
    for quotation in list(tree.findall(nodes.block_quote)):
        words, last = quotation.children[:-1], next(reversed(quotation.children), None)
        if words and isinstance(last, nodes.paragraph):
            quotation["classes"].append("csto-quotation")
            quotation.replace(last, nodes.attribution("", "", *last.children))
