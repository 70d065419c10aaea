"""Pages → Typst → PDF.

In come the resolved pages of an HTML build; out comes one tagged PDF that says
the same. It knows paragraphs, marks, charts and tables; it knows nothing of
data, tables or notebooks.
"""

from typing import Any

from sphinx.application import Sphinx

from csto.paper import exhibits, tables, words  # each registers the forms of what it sets

__all__ = ["exhibits", "setup", "tables", "words"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.setup_extension("csto.paper.edition")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
