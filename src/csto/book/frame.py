"""What the frame of a page says beside its text: which chapter it is, and of which day the edition.

How it is set stands in `book/_templates/`.
"""

from __future__ import annotations

from pathlib import Path
from string import ascii_uppercase
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from csto import identity


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("html-page-context", _frame)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _frame(
    app: Sphinx, page: str, _: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    moment = identity.moment(Path(app.srcdir))
    context["edition_date"] = f"{moment.day} {moment:%B %Y}" if moment else ""
    context["chapter"] = _chapters(app).get(page)


def _chapters(app: Sphinx) -> dict[str, str]:
    """The numbers of chapters, the pages of the first part, and the letters of all after them.

    As the PDF prints them.
    """
    parts = app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree)
    first, *others = ([*part["includefiles"]] for part in parts)
    later = [name for part in others for name in part]
    return {name: str(n) for n, name in enumerate(first, 1)} | dict(
        zip(later, ascii_uppercase, strict=False)
    )
