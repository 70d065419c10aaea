"""The Sphinx extension: marks, tables and findings in pages, pages from data.

Before anything is read, the data is checked and stale notebooks are executed,
so that no build, whoever starts it, prints an old number.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger
from sphinx.util.nodes import make_refnode

from csto import findings, notebooks, pages, prose, show
from csto.checks import checked_corpus
from csto.corpus import Corpus
from csto.problems import DataError

log = getLogger(__name__)
STANCES = ("supports", "contradicts", "qualifies")


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_config_value("csto_inputs", "", "env")  # any changed input re-reads every page
    app.add_role("ev", EvidenceRole())
    app.add_role("n", NumberRole())
    app.connect("config-inited", _bring_up_to_date)
    app.connect("source-read", _fill_page)
    app.connect("missing-reference", _resolve)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _bring_up_to_date(app: Sphinx, config: Any) -> None:
    root = Path(app.srcdir)
    (root / "_build/receipt.json").unlink(missing_ok=True)  # whoever builds, `make book` must look again
    try:
        known = checked_corpus(root).extract
        for name in notebooks.refresh(root):
            log.info(f"executed notebooks/{name}")
        for key, data in _findings(root).items():
            if wrong := sorted(set(data["evidence"]) - known.keys()):
                raise ValueError(f"notebooks/{data['notebook']}.ipynb: finding {key}: {wrong} are no extracts, correct the cell")
        if problems := prose.check(root, known, _findings(root)):
            raise DataError(problems)
    except (DataError, OSError, RuntimeError, ValueError) as error:
        raise ExtensionError(f"the book stops here:\n{error}") from None
    config.csto_inputs = notebooks.digest(root, (*notebooks.INPUTS, "notebooks/*.ipynb", "book/*.md"))


def _fill_page(app: Sphinx, docname: str, source: list[str]) -> None:
    if not docname.startswith("book/"):
        return
    for name, part in pages.PARTS.items():
        call = f"<!-- csto: {name} -->"
        if call in source[0]:
            source[0] = source[0].replace(call, part(_corpus(app), Path(app.srcdir)))
    if unknown := re.findall(r"<!-- csto: .*?-->", source[0]):
        log.warning(f"{unknown[0]} names no part; there are {', '.join(pages.PARTS)}", location=docname)


def _corpus(app: Sphinx) -> Corpus:
    return checked_corpus(Path(app.srcdir))


@functools.cache
def _cited(root: Path) -> frozenset[str]:
    return frozenset(pages.cited(root))


@functools.cache
def _findings(root: Path) -> dict[str, dict[str, Any]]:
    return findings.collect(notebooks.all_notebooks(root))


# ---- marks ---------------------------------------------------------------------------


class EvidenceRole(SphinxRole):
    """`` {ev}`stance: id, id` ``: short keys that lead to the passages."""

    def run(self) -> tuple[list[nodes.Node], list]:
        stance, ids = pages.mark_ids(self.text)
        known = _corpus(self.env.app).extract
        wrong = [key for key in ids if key not in known]
        if stance not in STANCES or wrong or not ids:
            what = f"'{', '.join(wrong)}' is no extract" if wrong else f"'{self.text}' names no stance or extract"
            log.warning(f"{{ev}}: {what}, correct the mark", location=self.get_location())
            return [], []
        return [evidence_mark(ids, stance, self.env.docname, self.env.app)], []


def evidence_mark(ids: list[str], stance: str, docname: str, app: Sphinx) -> nodes.inline:
    """The inline mark for extracts: one reference each, told apart by stance."""
    corpus = _corpus(app)
    mark = nodes.inline(classes=["csto-ev", f"csto-{stance}"])
    mark += nodes.Text("" if stance == "supports" else f"{stance} ")
    quoted = _cited(Path(app.srcdir))
    for number, key in enumerate(ids):
        extract = corpus.extract[key]
        label = corpus.source[extract.source].label
        words = f": “{extract.quote}”" if key in quoted else ", by place and coding"
        text = nodes.inline("", corpus.short_key[key], title=label + words)
        mark += nodes.Text(" ") if number else nodes.Text("")
        mark += _reference(f"ev-{key}", text, docname)
    return mark


class NumberRole(SphinxRole):
    """`` {n}`finding` ``: the finding's value, leading to the cell that computed it."""

    def run(self) -> tuple[list[nodes.Node], list]:
        found = _findings(Path(self.env.srcdir))
        if self.text not in found:
            log.warning(f"{{n}}: '{self.text}' is no finding, correct the mark", location=self.get_location())
            return [], []
        finding = findings.read(found[self.text])
        title = f"{finding.text} ({len(finding.documents)} of the documents)"
        text = nodes.inline("", finding.shown, title=title, classes=["csto-n"])
        return [_reference(f"finding-{finding.id}", text, self.env.docname)], []


def _reference(target: str, text: nodes.inline, docname: str) -> addnodes.pending_xref:
    return addnodes.pending_xref("", text, refdomain="", reftype="csto-mark", reftarget=target.lower(), refdoc=docname)


def _resolve(app: Sphinx, env: Any, node: addnodes.pending_xref, text: nodes.inline) -> nodes.reference | None:
    """The place a mark leads to; None (and so a warning) where there is none."""
    place = env.get_domain("std").anonlabels.get(node["reftarget"]) if node["reftype"] == "csto-mark" else None
    return place and make_refnode(app.builder, node["refdoc"], *place, text, text["title"])


# ---- what notebooks show -------------------------------------------------------------


class FindingRenderer(MimeRenderPlugin):
    """A stored finding as a line with an anchor."""

    mime_priority_overrides = [("*", findings.MIME, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if inline or data.mime_type != findings.MIME:
            return None
        finding = findings.read(data.content)
        document = renderer.renderer.document
        line = nodes.paragraph(classes=["csto-finding"], names=[f"finding-{finding.id}"])
        document.note_explicit_target(line)
        line += nodes.Text(f"{finding.text}: ")
        line += nodes.strong(text=finding.with_unit)
        if finding.value is not None and finding.low is not None and finding.low != finding.high:
            line += nodes.Text(f" (between {findings.shown(finding.low)} and {findings.shown(finding.high)})")
        if finding.without:
            line += nodes.Text(f"; with any one document left out: {findings.spread(finding.without.values())}")
        if finding.evidence:
            line += nodes.Text(" ")
            line += _mark_in_output(renderer, list(finding.evidence))
        return [line]


class TableRenderer(MimeRenderPlugin):
    """A stored table as a numbered table whose evidence cells are marks."""

    mime_priority_overrides = [("*", show.MIME, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if inline or data.mime_type != show.MIME:
            return None
        content = data.content
        table = nodes.table(classes=["csto-table"], names=[content["name"]])
        renderer.renderer.document.note_explicit_target(table)
        table += nodes.title(text=content["caption"])
        group = nodes.tgroup(cols=len(content["columns"]))
        group += [nodes.colspec(colwidth=1) for _ in content["columns"]]
        group += nodes.thead("", _row([name for name, _ in content["columns"]], content["columns"], renderer))
        group += nodes.tbody("", *(_row(row, content["columns"], renderer) for row in content["rows"]))
        table += group
        return [table]


def _row(cells: list, columns: list, renderer: NbElementRenderer) -> nodes.row:
    row = nodes.row()
    for cell, (_, side) in zip(cells, columns, strict=True):
        text = nodes.Text(cell) if isinstance(cell, str) else _mark_in_output(renderer, cell["evidence"])
        row += nodes.entry("", nodes.paragraph("", "", text), classes=[f"text-{side}"])
    return row


def _mark_in_output(renderer: NbElementRenderer, ids: list[str]) -> nodes.inline:
    env = renderer.renderer.sphinx_env
    order = list(_corpus(env.app).short_key)
    return evidence_mark(sorted(ids, key=order.index), "supports", env.docname, env.app)
