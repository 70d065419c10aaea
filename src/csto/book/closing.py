"""How a chapter closes: its last section, where that is words alone, is one panel in both editions.

There a chapter weighs itself: what speaks against it, what to read with care, what would overturn
it. A last section with a table or a chart is part of the chapter like any other.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto.book.contents import contents

CLOSING = "csto-closing"  # the class of such a section
EXHIBITS = (nodes.table, nodes.figure, nodes.image, nodes.section)


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    # After what folds cells away, so that what is left is what is shown.
    app.connect("doctree-read", _mark, priority=650)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _mark(app: Sphinx, tree: nodes.document) -> None:
    if app.env.docname in contents(Path(app.srcdir)).chapters:
        close(tree)


def close(tree: nodes.document) -> None:
    """Mark the last section of a chapter as its closing, if it is words alone."""
    title = next(iter(tree.findall(nodes.section)), None)
    sections = [part for part in title or () if isinstance(part, nodes.section)]
    if not sections:
        return
    last = sections[-1]
    shows = any(node is not last for kind in EXHIBITS for node in last.findall(kind))
    if not shows:
        last["classes"].append(CLOSING)
