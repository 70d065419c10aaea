"""What the frame of a page says beside its text: which chapter it is, and of which day the edition.

And its title on the opening page, in two parts as on the cover.

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
    app.connect("doctree-read", _part_title)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _frame(
    app: Sphinx, page: str, _: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    moment = identity.moment(Path(app.srcdir))
    context["edition_date"] = f"{moment.day} {moment:%B %Y}" if moment else ""
    context["chapter"] = contents(Path(app.srcdir)).numbers.get(page)


def _part_title(app: Sphinx, tree: nodes.document) -> None:
    """Set what stands after the colon of the book's title apart; whoever hears it hears both."""
    title = next(iter(tree.findall(nodes.title)), None)
    if app.env.docname != app.config.root_doc or title is None:
        return
    main, colon, rest = title.astext().partition(": ")
    if rest:
        parted = nodes.inline(text=colon, classes=["csto-colon"])
        title.children = []
        title += [nodes.Text(main), parted, nodes.inline(text=rest, classes=["csto-subtitle"])]
