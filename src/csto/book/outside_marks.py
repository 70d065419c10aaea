"""Marks of the outside record: `{out}`, and what of the report rests on a passage.

`` {out}`row, row` `` leads to the row on the page of the outside record. The screen sets an arrow
after each key: what it leads to leads on to public pages, and so does its card. Paper has the key
alone: the row prints the address.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from csto.book import prose
from csto.book.marks import PAIR, TIED, trail_in, waiting
from csto.book.pages import outside as outside_page
from csto.corpus.outside import OutsideRow
from csto.corpus.reading import Corpus

log = getLogger(__name__)
WIDE = 0.25  # of all passages


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_role("out", OutsideRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class OutsideRole(SphinxRole):
    """`` {out}`id, id` ``: short keys that lead to rows of the outside record and their pages."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The mark; a warning for one in a generated page that names nothing."""
        ids, known = prose.Mark("out", self.text, 0).ids, trail_in(self.env).corpus.outside
        if wrong := ", ".join(key for key in ids if key not in known):
            what = f"{{out}}: '{wrong}' is no row of data/outside/, correct the mark"
            log.warning(what, location=self.get_location())
            return [], []
        return [outside_mark(ids, self.env)], []


def outside_mark(ids: list[str], env: BuildEnvironment) -> nodes.inline:
    """The inline mark for rows: each a key that leads to the row."""
    corpus = trail_in(env).corpus
    keys, between = corpus.outside_key, TIED if len(ids) <= PAIR else " "
    mark = nodes.inline(classes=["csto-ev", "csto-out"])
    for number, key in enumerate(ids):
        mark += nodes.Text(between) if number else nodes.Text("")
        mark += _row(corpus, corpus.outside[key], keys[key], env.docname)
    return mark


def _row(corpus: Corpus, row: OutsideRow, short: str, docname: str) -> nodes.inline:
    """A row's key, which leads to the row; its style adds the arrow."""
    words = nodes.inline("", short, classes=["csto-key"])
    title = f"Outside record: {outside_page.label(corpus, row)}"
    mark = waiting(f"out-{row.key}", words, title, docname)
    return nodes.inline("", "", mark, classes=["csto-out-row"])


def findings_on(extracts: list[str], env: BuildEnvironment) -> list[nodes.Node]:
    """The report's findings whose evidence holds any of the extracts, by chapter, as links.

    Left out are findings from the outside record, and those that rest on more
    than `WIDE` of all passages: they count what documents tell, and rest on
    everything.
    """
    trail = trail_in(env)
    most = WIDE * len(trail.corpus.extracts)
    held = [
        data
        for data in trail.findings.values()
        if not data["outside"]
        and len(data["evidence"]) <= most
        and set(extracts) & set(data["evidence"])
    ]
    parts: list[nodes.Node] = []
    for chapter, group in groupby(held, key=lambda data: data["notebook"]):
        parts.append(nodes.inline("", f"{chapter}:", classes=["csto-out-finding"]))
        parts += [_link(data, env.docname) for data in group]
    return parts or [nodes.Text("none")]


def _link(data: dict[str, Any], docname: str) -> nodes.Node:
    """A finding by its name in its chapter, leading to its cell."""
    name = data["id"].removeprefix(f"{data['notebook']}.")
    words = nodes.inline("", name, classes=["csto-out-finding"])
    return waiting(f"finding-{data['id']}", words, data["text"], docname, card=False)
