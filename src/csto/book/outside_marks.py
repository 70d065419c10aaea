"""The outside record in the book: its marks, its page, its look.

`` {out}`row, row` `` leads to the row on the page of the outside record and,
by the arrow beside it, to the address itself. Set up by `csto.book`.
"""

from __future__ import annotations

import functools
from itertools import groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from csto.exhibits import findings, notebooks
from csto.book import outside_pages
from csto.corpus.checks import checked_corpus

log = getLogger(__name__)
WIDE = 0.25  # of all passages


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_role("out", OutsideRole())
    app.add_css_file("outside.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class OutsideRole(SphinxRole):
    """`` {out}`id, id` ``: short keys that lead to rows of the outside record and to their pages."""

    def run(self) -> tuple[list[nodes.Node], list]:
        ids = [key.strip() for key in self.text.split(",") if key.strip()]
        known = checked_corpus(Path(self.env.srcdir)).outside
        if wrong := [key for key in ids if key not in known]:
            log.warning(
                f"{{out}}: '{', '.join(wrong)}' is no row of data/outside/, correct the mark",
                location=self.get_location(),
            )
            return [], []
        return [mark(ids, self.env)], []


def mark(ids: list[str], env: BuildEnvironment) -> nodes.inline:
    """The inline mark for rows: each a key that leads to the row, and an arrow to its first page."""
    corpus = checked_corpus(Path(env.srcdir))
    keys = corpus.outside_key
    inline = nodes.inline(classes=["csto-ev", "csto-out"])
    for number, key in enumerate(ids):
        row = corpus.outside[key]
        day = outside_pages.day(row.looked_up)
        inline += nodes.Text(" ") if number else nodes.Text("")
        both = nodes.inline(classes=["csto-out-row"])
        words = nodes.inline("", keys[key], classes=["csto-key"])
        both += _reference(
            f"out-{key}", words, f"Outside record: {outside_pages.label(corpus, row)}", env.docname
        )
        for address in corpus.addresses(row)[:1]:
            title = f"{outside_pages.host(address)}, looked up {day}"
            both += nodes.reference(
                "", "↗", refuri=address, reftitle=title, classes=["csto-out-page"]
            )
        inline += both
    return inline


def findings_on(extracts: list[str], env: BuildEnvironment) -> list[nodes.Node]:
    """The report's findings whose evidence holds any of the extracts, by chapter, each leading to its cell.

    Left out are findings that rest on more than `WIDE` of all passages: they
    count what documents tell, and rest on everything.
    """
    root = Path(env.srcdir)
    wide = WIDE * len(checked_corpus(root).extracts)
    held = [
        d
        for d in _analytical(root).values()
        if len(d["evidence"]) <= wide and set(extracts) & set(d["evidence"])
    ]
    parts: list[nodes.Node] = []
    for chapter, group in groupby(held, key=lambda data: data["notebook"]):
        parts.append(nodes.inline("", f"{chapter}:", classes=["csto-out-finding"]))
        for data in group:
            words = nodes.inline(
                "", data["id"].removeprefix(f"{chapter}."), classes=["csto-out-finding"]
            )
            parts.append(
                _reference(f"finding-{data['id']}", words, data["text"], env.docname, card=False)
            )
    return parts or [nodes.Text("none")]


@functools.cache
def _analytical(root: Path) -> dict[str, dict[str, Any]]:
    """Findings that rest on the documents alone."""
    return {
        key: data
        for key, data in findings.collect(notebooks.all_notebooks(root)).items()
        if not data["outside"]
    }


def classes(finding: findings.Finding) -> list[str]:
    """The class by which a number from the outside record is told apart."""
    return ["csto-outside"] if finding.outside else []


def _reference(
    target: str, text: nodes.inline, title: str, docname: str, card: bool = True
) -> addnodes.pending_xref:
    """A reference as `csto.book.extension` resolves it; one that is a mere link needs no card."""
    card_of = target if card else ""
    return addnodes.pending_xref(
        "",
        text,
        refdomain="",
        reftype="csto-mark",
        reftarget=target.lower(),
        refdoc=docname,
        csto=card_of,
        said=title,
    )
