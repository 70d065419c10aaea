"""A notebook whose code is not the committed one says so at its top, in both editions.

So nobody takes what somebody tried for what the report found.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto import identity
from csto.book import contents


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("doctree-read", _say)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _say(app: Sphinx, tree: nodes.document) -> None:
    root = Path(app.srcdir)
    path = contents.files(root).get(app.env.docname)
    title = next(iter(tree.findall(nodes.title)), None)
    if path is None or path.suffix != ".ipynb" or title is None or title.parent is None:
        return
    before = identity.committed(root, path.relative_to(root).as_posix())
    if before and (cells := changed(before, path.read_text(encoding="utf-8"))):
        words = (
            "The code of this page is not that of the report: somebody changed, added or removed "
            f"{'the cell' if len(cells) == 1 else 'the cells'} {', '.join(cells)}. What it shows "
            "may differ from what the report found, and from what the sentences around it say."
        )
        note = nodes.paragraph("", "", nodes.strong("", words), classes=["csto-edited"])
        title.parent.insert(title.parent.index(title) + 1, note)


def changed(before: str, now: str) -> list[str]:
    """The ids of the cells of code that two states of a notebook do not have in common."""
    first, second = _code(before), _code(now)
    return [id for id in {**first, **second} if first.get(id) != second.get(id)]


def _code(notebook: str) -> dict[str, str]:
    cells = json.loads(notebook)["cells"]
    return {c["id"]: "".join(c["source"]) for c in cells if c["cell_type"] == "code"}
