"""Tables in pages: a stored table as a numbered one whose evidence cells are marks.

How a cell stores one is `csto.exhibits.tables`.
"""

from __future__ import annotations

import html
from itertools import groupby
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.environment import BuildEnvironment

from csto.analysis.certainty import RANKS
from csto.book.folding import details
from csto.book.marks import supporting
from csto.book.outside_marks import findings_on, outside_mark
from csto.book.sure import sign
from csto.exhibits import tables

Cell = str | dict[str, Any]
Columns = list[tuple[str, str]]  # heading, alignment


class TableRenderer(MimeRenderPlugin):
    """A stored table as a numbered table whose evidence cells are marks."""

    mime_priority_overrides: ClassVar = [("*", tables.MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """The table, or None for another kind of output."""
        if inline or data.mime_type != tables.MIME:
            return None
        stored, env = data.content, renderer.renderer.sphinx_env
        table = nodes.table(classes=["csto-table"], names=[stored["name"]])
        renderer.renderer.document.note_explicit_target(table)
        table += _caption(stored["caption"])
        settings = data.cell_metadata.get("mystnb", {}).get("table", {})
        table += table_body(stored["columns"], stored["rows"], env, settings.get("by"))
        return details(_shows(stored), table) if settings.get("folded") else [table]


def _shows(stored: dict[str, Any]) -> str:
    """What a table shows and how long it is, where the table itself is folded away."""
    said = html.escape(stored["caption"].partition(". ")[0].rstrip("."))
    return f"{said} ({len(stored['rows'])} rows)"


def _caption(words: str) -> nodes.title:
    """A caption: what the table shows, in bold, and what to beware of."""
    shows, stop, beware = words.partition(". ")
    rest = [nodes.Text(f" {beware}")] if beware else []
    said = nodes.strong(text=shows + stop.rstrip(), classes=["csto-shows"] if rest else [])
    return nodes.title("", "", said, *rest)


def table_body(
    columns: Columns, rows: list[list[Cell]], env: BuildEnvironment, by: str | None = None
) -> nodes.tgroup:
    """Heads and rows of a table; cells are text, or words with marks.

    Rows with the same words in the column `by` stand below these, which it no longer repeats.
    Raises ValueError where there is no such column.
    """
    at = [name for name, _ in columns].index(by) if by else len(columns)
    left = columns[:at] + columns[at + 1 :]
    group = nodes.tgroup(cols=len(left))
    group += [nodes.colspec(colwidth=1) for _ in left]
    group += nodes.thead("", _row([name for name, _ in left], left, env))
    body = nodes.tbody()
    for words, some in groupby(rows, key=lambda row: row[at] if by else None):
        those = [_row(row[:at] + row[at + 1 :], left, env) for row in some]
        body += [_head(str(words), len(those), left)] if by else []
        body += those
    group += body
    return group


def _head(words: str, number: int, columns: Columns) -> nodes.row:
    """A row that is the head of so many below it, with the sign of a grade where it is one."""
    signs = [sign(words)] if words in RANKS else []
    said = nodes.paragraph("", "", *signs, nodes.strong(text=f"{words.capitalize()} ({number})"))
    return nodes.row("", nodes.entry("", said, morecols=len(columns) - 1, classes=["text-left"]))


def _row(cells: list[Cell] | list[str], columns: Columns, env: BuildEnvironment) -> nodes.row:
    row = nodes.row()
    for cell, (_, side) in zip(cells, columns, strict=True):
        parts = [cell] if isinstance(cell, str) else cell.get("parts") or [cell]
        lines = [nodes.paragraph("", "", *content(part, env)) for part in parts]
        row += nodes.entry("", *lines, classes=[f"text-{side}"])
    return row


def content(cell: Cell, env: BuildEnvironment) -> list[nodes.Node]:
    """What stands in a cell: its text, or its words and marks."""
    return [nodes.Text(cell)] if isinstance(cell, str) else _marked(cell, env)


def _marked(cell: dict[str, Any], env: BuildEnvironment) -> list[nodes.Node]:
    """A cell with marks: its words, then passages, rows of the outside record, findings."""
    parts: list[nodes.Node] = []
    if cell.get("words"):
        parts.append(nodes.Text(cell["words"]))
    if cell["evidence"]:
        parts.append(supporting(cell["evidence"], env))
    if cell.get("outside"):
        parts.append(outside_mark(cell["outside"], env))
    if cell.get("findings_on"):
        parts += findings_on(cell["findings_on"], env)
    return [node for part in parts for node in (nodes.Text(" "), part)][1:]
