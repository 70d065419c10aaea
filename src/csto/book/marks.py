"""Marks in pages: what `{ev}` and `{n}` become, and where they lead.

A mark is a reference that waits for its place: `_resolve` finds the entry of
the evidence index or the cell that shows the finding. What a mark shows when
it is pointed at is `csto.book.cards`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger
from sphinx.util.nodes import make_refnode

from csto.book import prose
from csto.book.trail import Trail, cite_anchor, trail_of
from csto.exhibits import findings
from csto.exhibits.findings import Finding

log = getLogger(__name__)
SIGNS = {"contradicts": "≠", "qualifies": "≈"}  # before keys that do not simply support
HEARD = ["visually-hidden", "csto-screen"]  # words for those who hear a page
TIED = "\u00a0"  # a space that no line breaks at
PAIR = 2  # keys that stay together; longer rows of them may break


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_role("ev", EvidenceRole())
    app.add_role("n", NumberRole())
    app.connect("missing-reference", _resolve)
    app.connect("doctree-read", lambda app, tree: bind(tree))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def trail_in(env: BuildEnvironment) -> Trail:
    """The trail of the project that is built."""
    return trail_of(Path(env.srcdir))


# ---- passages ------------------------------------------------------------------------


class EvidenceRole(SphinxRole):
    """`` {ev}`stance: id, id` ``: short keys that lead to the passages."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The mark; a warning for one in a generated page that names nothing."""
        mark, known = prose.Mark("ev", self.text, 0), trail_in(self.env).corpus.extract
        if wrong := ", ".join(key for key in mark.ids if key not in known):
            return self._refused(f"'{wrong}' is no extract")
        if mark.stance not in prose.STANCES or not mark.ids:
            return self._refused(f"'{self.text}' names no stance or extract")
        node = evidence_mark(mark.ids, mark.stance, self.env)
        self._name_citations(node, mark.ids)
        return [node], []

    def _refused(self, why: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        log.warning(f"{{ev}}: {why}, correct the mark", location=self.get_location())
        return [], []

    def _name_citations(self, mark: nodes.inline, ids: list[str]) -> None:
        """Give each key of a mark an anchor, by which the evidence index leads back to it."""
        seen = self.env.temp_data.setdefault("csto_cites", Counter())
        keys = [node for node in mark.findall(nodes.inline) if "csto-key" in node["classes"]]
        for key, node in zip(ids, keys, strict=True):
            node["names"].append(cite_anchor(self.env.docname, key, seen))
            self.inliner.document.note_explicit_target(node)


def evidence_mark(ids: list[str], stance: str, env: BuildEnvironment) -> nodes.inline:
    """The inline mark for extracts: one reference each, told apart by stance."""
    trail = trail_in(env)
    mark = nodes.inline(classes=["csto-ev", f"csto-{stance}"])
    if stance in SIGNS:
        mark += nodes.inline("", SIGNS[stance], classes=["csto-sign"])
        mark += nodes.inline("", f" {stance} ", classes=HEARD)
    between = TIED if len(ids) <= PAIR else " "
    for number, key in enumerate(ids):
        text = nodes.inline("", trail.corpus.short_key[key], classes=["csto-key"])
        mark += nodes.Text(between) if number else nodes.Text("")
        mark += waiting(f"ev-{key}", text, trail.source(key).label, env.docname)
    return mark


def supporting(ids: list[str], env: BuildEnvironment, few: int | None = None) -> nodes.inline:
    """The mark for extracts behind a number or a cell, in the order of the texts."""
    ordered = sorted(ids, key=trail_in(env).place.__getitem__)
    return evidence_mark(ordered[:few], "supports", env)


def bind(tree: nodes.document) -> None:
    """Keep each mark in running text on the line of the word before it."""
    for mark in list(tree.findall(nodes.inline)):
        if "csto-ev" in mark["classes"]:
            place = mark.parent.index(mark)
            before = mark.parent[place - 1] if place else None
            if isinstance(before, nodes.Text) and before.strip() and before != before.rstrip():
                tie = nodes.inline("", TIED, classes=["csto-tie"])  # not copied with the words
                mark.parent.replace(before, [nodes.Text(before.rstrip()), tie])


# ---- numbers -------------------------------------------------------------------------


class NumberRole(SphinxRole):
    """`` {n}`finding` ``: the finding's value, leading to the cell that computed it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The mark; a warning for one in a generated page that names nothing."""
        known = trail_in(self.env).findings
        if self.text not in known:
            what = f"{{n}}: '{self.text}' is no finding, correct the mark"
            log.warning(what, location=self.get_location())
            return [], []
        finding = findings.read(known[self.text])
        text = nodes.inline("", finding.shown, classes=["csto-n", *origin(finding)])
        if finding.value is not None and finding.unit != "%":  # what `numbers` puts into words
            text["csto_value"], text["csto_unit"] = finding.value, finding.unit
        title = f"{finding.text} ({finding.basis})"
        return [waiting(f"finding-{finding.id}", text, title, self.env.docname)], []


def origin(finding: Finding) -> list[str]:
    """The class by which a number from the outside record is told apart."""
    return ["csto-outside"] if finding.outside else []


# ---- where they lead -----------------------------------------------------------------


def waiting(
    target: str, text: nodes.inline, title: str, docname: str, card: bool = True
) -> addnodes.pending_xref:
    """A reference that is resolved when all pages are known; a mere link has no card."""
    return addnodes.pending_xref(
        "",
        text,
        refdomain="",
        reftype="csto-mark",
        reftarget=target.lower(),
        refdoc=docname,
        csto=target if card else "",
        said=title,
    )


def _resolve(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, text: nodes.inline
) -> nodes.reference | None:
    """The place a mark leads to; None (and so a warning) where there is none."""
    if node["reftype"] != "csto-mark":
        return None
    place = cast(StandardDomain, env.get_domain("std")).anonlabels.get(node["reftarget"])
    if not place:
        return None
    page, anchor = place
    reference = make_refnode(app.builder, node["refdoc"], page, anchor, text, node["said"])
    reference["classes"].append("csto-mark")
    reference["csto"] = node["csto"]
    return reference
