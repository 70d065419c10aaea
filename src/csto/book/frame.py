"""What the frame of a page says beside its text: which chapter it is, and of which day the edition.

How it is set stands in `book/_templates/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto import identity
from csto.book.contents import contents


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("html-page-context", _frame)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _frame(
    app: Sphinx, page: str, _: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    moment = identity.moment(Path(app.srcdir))
    context["edition_date"] = f"{moment.day} {moment:%B %Y}" if moment else ""
    context["chapter"] = contents(Path(app.srcdir)).numbers.get(page)
