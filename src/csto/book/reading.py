"""How long a page takes to read: `` {minutes}`page` ``, and a line under each chapter's lead."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from csto.book import contents
from csto.book.marks import trail_in
from csto.book.prose import Block

log = getLogger(__name__)
OTHERWISE = "book/try"  # the page on which a reader makes other choices
#: Where a chapter leads from the line under its lead, where the book has the page.
LEADS = {OTHERWISE: "Read it otherwise", "book/downloads": "Cite", "book/edition": "What changed"}
PACE = 220  # words a minute, of an adult who reads English prose


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_role("minutes", MinutesRole())
    app.connect("doctree-read", _head)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def minutes(blocks: list[Block], page: str) -> int:
    """Whole minutes that a page takes, at least one; 0 where there is no such page."""
    words = sum(len(block.text.split()) for block in blocks if block.page == page)
    return math.ceil(words / PACE)


class MinutesRole(SphinxRole):
    """`` {minutes}`page` ``: a whole number."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The number; a warning for a page that is none."""
        found = minutes(trail_in(self.env).blocks, self.text)
        if not found:
            what = f"{{minutes}}: '{self.text}' is no page, correct the name"
            log.warning(what, location=self.get_location())
        return [nodes.inline("", str(found), classes=["csto-minutes"])], []


def _head(app: Sphinx, tree: nodes.document) -> None:
    """Say under the first paragraph of a chapter how long it takes."""
    if app.env.docname not in contents.contents(Path(app.srcdir)).chapters:
        return
    title = next(iter(tree.findall(nodes.title)), None)
    if title is None or title.parent is None:
        return
    found = minutes(trail_in(app.env).blocks, app.env.docname)
    line = nodes.paragraph(
        "",
        f"{found} minute{'' if found == 1 else 's'} to read",
        classes=["csto-reading", "csto-screen"],  # on paper the pages say it
    )
    pages = contents.contents(Path(app.srcdir)).pages
    for page, words in LEADS.items():
        if page in pages:
            line += [nodes.Text(" · "), _link(app.env.docname, page, words)]
    told = (n for n in title.parent if isinstance(n, nodes.paragraph) and not n["classes"])
    lead = next(told, title)
    title.parent.insert(title.parent.index(lead) + 1, line)


def _link(here: str, page: str, words: str) -> addnodes.pending_xref:
    """A link to a page of the book."""
    text = nodes.inline("", words)
    target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}"}
    return addnodes.pending_xref("", text, refdoc=here, refexplicit=True, **target)
