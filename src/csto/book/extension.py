"""The Sphinx extension: marks, cards, tables and findings in pages, pages from data.

Before anything is read, the data is checked, stale notebooks are executed and
the prose is checked, so that no build, whoever starts it, prints an old number
or a claim without evidence.
"""

from __future__ import annotations

import gc
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger
from sphinx.util.nodes import make_refnode

from csto.book import pages, prose, references, trail, web_annotations
from csto import files
from csto.exhibits import findings, notebooks
from csto.exhibits import tables as shown
from csto.book import outside_marks as outside_publish
from csto.corpus.problems import DataError
from csto.book.trail import Trail

log = getLogger(__name__)
WEB = Path(__file__).with_name("web")  # style and scripts of marks, cards and the index's filter
FEW = 8  # marks that a finding's line shows; the findings index shows all


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    gc.disable()  # a build makes trees of nodes and ends: to search them for waste over and over took half of its time
    references.register()
    app.add_config_value("csto_inputs", "", "env")  # any changed input re-reads every page
    app.add_role("ev", EvidenceRole())
    app.add_role("n", NumberRole())
    app.connect("config-inited", _bring_up_to_date)
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(WEB)))
    app.connect("source-read", _fill_page)
    app.connect("missing-reference", _resolve)
    app.connect("html-page-context", _add_cards)
    app.connect("build-finished", _offer_annotations)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _bring_up_to_date(app: Sphinx, config: Any) -> None:
    root = Path(app.srcdir)
    (root / "_build/receipt.json").unlink(
        missing_ok=True
    )  # whoever builds, `make book` must look again
    try:
        for name in notebooks.refresh(root):
            log.info(f"executed notebooks/{name}")
        _judge(trail.read(root))
    except (DataError, OSError, RuntimeError, ValueError) as error:
        raise ExtensionError(f"the book stops here:\n{error}") from None
    config.csto_inputs = files.digest(
        root, (*notebooks.INPUTS, "notebooks/*.ipynb", "book/**/*.md")
    )


def _judge(made: Trail) -> None:
    """Raises DataError or ValueError when the book may not be built."""
    known, outside = made.corpus.extract, made.corpus.outside
    for key, data in made.findings.items():
        if wrong := sorted({*data["evidence"], *data["outside"]} - known.keys() - outside.keys()):
            raise ValueError(
                f"notebooks/{data['notebook']}.ipynb: finding {key}: {wrong} are no extracts or rows, correct the cell"
            )
    if problems := prose.check(made.root, known, made.findings, outside):
        raise DataError(problems)
    for source in made.corpus.source:
        if not (made.root / f"book/documents/{source}.md").is_file():
            raise ValueError(f"book/documents/{source}.md is missing, write it: see book/extend.md")
    if said := list(made.too_much()):
        raise ValueError("\n".join(said))


def _fill_page(app: Sphinx, docname: str, source: list[str]) -> None:
    if not docname.startswith("book/"):
        return
    made = trail.read(Path(app.srcdir))

    def fill(call: re.Match[str]) -> str:
        name, _, argument = call[1].partition(" ")
        if name not in pages.PARTS or (argument and argument not in made.corpus.source):
            parts, keys = ", ".join(pages.PARTS), ", ".join(made.corpus.source)
            log.warning(
                f"{call[0]} names no part ({parts}) or no document ({keys}), correct it",
                location=docname,
            )
            return ""
        return pages.PARTS[name](made, argument)

    source[0] = re.sub(r"^<!-- csto: (.*?) ?-->$", fill, source[0], flags=re.MULTILINE)


def _trail(app: Sphinx) -> Trail:
    return trail.read(Path(app.srcdir))


# ---- marks ---------------------------------------------------------------------------


class EvidenceRole(SphinxRole):
    """`` {ev}`stance: id, id` ``: short keys that lead to the passages."""

    def run(self) -> tuple[list[nodes.Node], list]:
        mark, known = prose.Mark("ev", self.text, 0), _trail(self.env.app).corpus.extract
        wrong = [key for key in mark.ids if key not in known]
        if (
            mark.stance not in prose.STANCES or wrong or not mark.ids
        ):  # in a generated page; others were checked before
            what = (
                f"'{', '.join(wrong)}' is no extract"
                if wrong
                else f"'{self.text}' names no stance or extract"
            )
            log.warning(f"{{ev}}: {what}, correct the mark", location=self.get_location())
            return [], []
        node = evidence_mark(mark.ids, mark.stance, self.env.docname, self.env.app)
        seen = self.env.temp_data.setdefault("csto_cites", Counter())
        for key, text in zip(
            mark.ids,
            node.findall(lambda n: "csto-key" in getattr(n, "attributes", {}).get("classes", ())),
            strict=True,
        ):
            text["names"].append(trail.cite_anchor(self.env.docname, key, seen))
            self.inliner.document.note_explicit_target(text)
        return [node], []


def evidence_mark(ids: list[str], stance: str, docname: str, app: Sphinx) -> nodes.inline:
    """The inline mark for extracts: one reference each, told apart by stance."""
    made = _trail(app)
    mark = nodes.inline(classes=["csto-ev", f"csto-{stance}"])
    mark += nodes.Text("" if stance == "supports" else f"{stance} ")
    for number, key in enumerate(ids):
        extract = made.corpus.extract[key]
        label = made.corpus.source[extract.source].label
        text = nodes.inline("", made.corpus.short_key[key], classes=["csto-key"])
        mark += nodes.Text(" ") if number else nodes.Text("")
        mark += _reference(f"ev-{key}", text, label, docname)
    return mark


class NumberRole(SphinxRole):
    """`` {n}`finding` ``: the finding's value, leading to the cell that computed it."""

    def run(self) -> tuple[list[nodes.Node], list]:
        found = _trail(self.env.app).findings
        if self.text not in found:
            log.warning(
                f"{{n}}: '{self.text}' is no finding, correct the mark",
                location=self.get_location(),
            )
            return [], []
        finding = findings.read(found[self.text])
        title = f"{finding.text} ({finding.basis})"
        text = nodes.inline(
            "", finding.shown, classes=["csto-n", *outside_publish.classes(finding)]
        )
        return [_reference(f"finding-{finding.id}", text, title, self.env.docname)], []


def _reference(target: str, text: nodes.inline, title: str, docname: str) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "",
        text,
        refdomain="",
        reftype="csto-mark",
        reftarget=target.lower(),
        refdoc=docname,
        csto=target,
        said=title,
    )


def _resolve(
    app: Sphinx, env: Any, node: addnodes.pending_xref, text: nodes.inline
) -> nodes.reference | None:
    """The place a mark leads to; None (and so a warning) where there is none."""
    place = (
        env.get_domain("std").anonlabels.get(node["reftarget"])
        if node["reftype"] == "csto-mark"
        else None
    )
    if not place:
        return None
    reference = make_refnode(app.builder, node["refdoc"], *place, text, node["said"])
    reference["classes"].append("csto-mark")
    reference["csto"] = node["csto"]
    return reference


# ---- cards and filter ----------------------------------------------------------------


def _add_cards(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a page the cards of its marks, and the index its filter: data in the page, one small script each."""
    if app.builder.name not in ("html", "dirhtml") or doctree is None:
        return
    made, parts = _trail(app), {}
    if marks := dict.fromkeys(
        node["csto"] for node in doctree.findall(nodes.reference) if node.get("csto")
    ):
        parts["cards"] = _cards(
            made, list(marks), app.builder.get_relative_uri(pagename, "book/findings")
        )
    if next(
        doctree.findall(
            lambda node: isinstance(node, nodes.container) and "csto-entry" in node["classes"]
        ),
        None,
    ):
        parts["filter"] = pages.choices(made)
    if parts:
        app.add_css_file("trail.css")
    for name, data in parts.items():
        app.add_js_file(f"{name}.js", loading_method="defer")
        # Nothing in a document's words can end the element or start another.
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        context["body"] += f'<script type="application/json" id="csto-{name}">{text}</script>\n'


def _cards(made: Trail, marks: list[str], index: str) -> dict[str, Any]:
    """What the marks of a page show, by the anchor they lead to."""
    passages = [mark.removeprefix("ev-") for mark in marks if mark.startswith("ev-")]
    numbers = [mark.removeprefix("finding-") for mark in marks if mark.startswith("finding-")]
    sources = dict.fromkeys(key.split(".")[0] for key in passages)
    near = dict.fromkeys(near for key in passages for near in made.neighbours(key) if near)
    cards = {make_id(f"ev-{key}"): made.passage_card(key) for key in passages}
    lines = {
        line: at
        for at, line in enumerate(
            dict.fromkeys(line for card in cards.values() for line in card["c"])
        )
    }
    return {
        "sources": {key: made.source_card(key) for key in sources},
        "passages": {
            key: {**card, "c": [lines[line] for line in card["c"]]} for key, card in cards.items()
        },
        "lines": list(lines),  # many passages share their coding
        "numbers": {
            make_id(f"finding-{key}"): {**made.number_card(key), "n": make_id(f"number-{key}")}
            for key in numbers
        },
        "near": {made.corpus.short_key[key]: make_id(f"ev-{key}") for key in near},
        "index": index,
    }


def _offer_annotations(app: Sphinx, error: Exception | None) -> None:
    """The extracts as web annotations, beside the pages that offer them."""
    if error is None and app.builder.name in ("html", "dirhtml"):
        files.write(Path(app.outdir) / web_annotations.NAME, web_annotations.export(_trail(app)))


# ---- what notebooks show -------------------------------------------------------------


class FindingRenderer(MimeRenderPlugin):
    """A stored finding as a line with an anchor."""

    mime_priority_overrides = [("*", findings.MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        if inline or data.mime_type != findings.MIME:
            return None
        finding = findings.read(data.content)
        document = renderer.renderer.document
        line = nodes.paragraph(
            classes=["csto-finding", *outside_publish.classes(finding)],
            names=[f"finding-{finding.id}"],
        )
        document.note_explicit_target(line)
        line += nodes.Text(f"{finding.text}: ")
        line += nodes.strong(text=finding.with_unit)
        if finding.value is not None and finding.low is not None and finding.low != finding.high:
            line += nodes.Text(
                f" (between {findings.shown(finding.low)} and {findings.shown(finding.high)})"
            )
        if finding.without:
            line += nodes.Text(
                f"; with any one document left out: {_trail(renderer.renderer.sphinx_env.app).without(finding)}"
            )
        if finding.evidence:
            line += nodes.Text(" ")
            line += _mark_in_output(renderer, list(finding.evidence), FEW)
        if finding.outside:
            line += nodes.Text(" ")
            line += outside_publish.mark(list(finding.outside[:FEW]), renderer.renderer.sphinx_env)
        if hidden := len(finding.evidence[FEW:]) + len(finding.outside[FEW:]):
            line += nodes.Text(" ")
            docname = renderer.renderer.sphinx_env.docname
            more = nodes.inline("", f"and {hidden} more", classes=["csto-more"])
            line += _reference(
                f"number-{make_id(finding.id)}", more, "all of them in the findings index", docname
            )
        return [line]


class TableRenderer(MimeRenderPlugin):
    """A stored table as a numbered table whose evidence cells are marks."""

    mime_priority_overrides = [("*", shown.MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        if inline or data.mime_type != shown.MIME:
            return None
        content = data.content
        table = nodes.table(classes=["csto-table"], names=[content["name"]])
        renderer.renderer.document.note_explicit_target(table)
        table += nodes.title(text=content["caption"])
        table += table_body(content["columns"], content["rows"], renderer)
        return [table]


def table_body(columns: list, rows: list, renderer: NbElementRenderer) -> nodes.tgroup:
    """Heads and rows of a table; `columns` are (heading, alignment), cells text or evidence."""
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=1) for _ in columns]
    group += nodes.thead("", _row([name for name, _ in columns], columns, renderer))
    group += nodes.tbody("", *(_row(row, columns, renderer) for row in rows))
    return group


def _row(cells: list, columns: list, renderer: NbElementRenderer) -> nodes.row:
    row = nodes.row()
    for cell, (_, side) in zip(cells, columns, strict=True):
        content = [nodes.Text(cell)] if isinstance(cell, str) else _marked(cell, renderer)
        row += nodes.entry("", nodes.paragraph("", "", *content), classes=[f"text-{side}"])
    return row


def _marked(cell: dict[str, Any], renderer: NbElementRenderer) -> list[nodes.Node]:
    """A cell with marks: its words, then passages, rows of the outside record, findings."""
    env = renderer.renderer.sphinx_env
    parts = [nodes.Text(cell["words"])] if cell.get("words") else []
    parts += [_mark_in_output(renderer, cell["evidence"])] if cell["evidence"] else []
    parts += [outside_publish.mark(cell["outside"], env)] if cell.get("outside") else []
    parts += (
        outside_publish.findings_on(cell["findings_on"], env) if cell.get("findings_on") else []
    )
    return [node for part in parts for node in (nodes.Text(" "), part)][1:]


def _mark_in_output(
    renderer: NbElementRenderer, ids: list[str], few: int | None = None
) -> nodes.inline:
    env = renderer.renderer.sphinx_env
    return evidence_mark(
        sorted(ids, key=_trail(env.app).place.get)[:few], "supports", env.docname, env.app
    )
