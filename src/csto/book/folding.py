"""What a chapter folds away: the numbers of a section in one line, the code of an exhibit in one.

Nothing is closed in a notebook itself; and on paper nothing of this stands in a
chapter, since an appendix lists all numbers.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto.exhibits import findings

NUMBERS = "Numbers in this section"
BEHIND = "csto-behind"  # the row below an exhibit
SCREEN = "csto-screen"  # what is not on paper
ROW = [BEHIND, SCREEN]


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    # After what puts words in the place of numbers, before a page is kept.
    app.connect("doctree-read", lambda app, tree: fold(tree), priority=600)
    app.connect("html-page-context", _open_for_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _open_for_links(app: Sphinx, page: str, template: str, context: dict[str, Any], _: Any) -> None:
    """A link to what is folded away opens it."""
    if "<details>" in context.get("body", ""):
        app.add_js_file("folded.js", loading_method="defer")


def details(summary: str, *inside: nodes.Element, of: str = "") -> list[nodes.Element]:
    """Something behind a word that shows it; `of` what it is, for those who hear the page."""
    label = f' aria-label="{html.escape(f"{summary}: {of}")}"' if of else ""
    begin = nodes.raw("", f"<details><summary{label}>{summary}</summary>", format="html")
    return [begin, *inside, nodes.raw("", "</details>", format="html")]


def fold(tree: nodes.document) -> None:
    """Fold the cells of a page, section by section.

    The code of a cell that shows nothing stands before that of the next one that shows something.
    """
    waiting: list[nodes.Element] = []  # code of which nothing is shown yet
    for section in list(tree.findall(nodes.section)):
        numbers: list[nodes.Element] = []
        behind: list[nodes.Element] = []  # their code
        for cell in _cells(section):
            waiting += _taken(cell, _source)
            found, shows = _taken(cell, _finding), _shows(cell)
            numbers += found
            if shows:
                _put_behind(cell, waiting)
            else:
                section.remove(cell)
                behind += waiting if found else []
            waiting = [] if found or shows else waiting
        if numbers:
            _put_numbers(section, numbers, behind)
    if waiting and (page := next(iter(tree.findall(nodes.section)), None)):
        page += nodes.container("", *details("Code", *waiting), classes=ROW)


def _is(node: nodes.Node, kind: str) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == kind


def _cells(section: nodes.Element) -> list[nodes.container]:
    """The cells right in a section, without those of sections in it."""
    containers = [child for child in section.children if isinstance(child, nodes.container)]
    return [child for child in containers if _is(child, "cell_code")]


def _source(node: nodes.Node) -> bool:
    """Whether a node is the code of a cell."""
    return _is(node, "cell_code_source")


def _finding(node: nodes.Node) -> bool:
    """Whether a node is the output of a cell that holds a finding."""
    kinds = (child.get("mime_type") for child in node.children if isinstance(child, nodes.Element))
    return _is(node, "mime_bundle") and findings.MIME in kinds


def _taken(cell: nodes.Element, wanted: Callable[[nodes.Node], bool]) -> list[nodes.Element]:
    """What is wanted of a cell, out of it."""
    found = [node for node in cell.findall(nodes.container) if wanted(node)]
    for node in found:
        node.parent.remove(node)
    return [*found]


def _shows(cell: nodes.Element) -> bool:
    """Whether a cell shows anything yet."""
    return any(_is(child, "cell_code_output") and child.children for child in cell.children)


def _has_class(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Element) and name in node["classes"]


def _row(cell: nodes.Node) -> nodes.container | None:
    """The row below an exhibit, where it has one."""
    rows = (node for node in cell.findall(nodes.container) if BEHIND in node["classes"])
    return next(rows, None)


def _put_behind(cell: nodes.Element, code: list[nodes.Element]) -> None:
    """Put code into the row below an exhibit, before the files to take away."""
    row = _row(cell)
    if row is None:
        row = nodes.container(classes=ROW)
        cell += row
    files = (row.index(each) for each in row.children if _has_class(each, "files"))
    at = next(files, len(row))
    row[at:at] = details("Code", *code)


def _put_numbers(
    section: nodes.Element, numbers: list[nodes.Element], code: list[nodes.Element]
) -> None:
    """Put the numbers of a section behind one line of their own, before the sections in it."""
    inside = [*numbers, *(details("Code", *code) if code else [])]
    at = next(
        (i for i, each in enumerate(section.children) if isinstance(each, nodes.section)),
        len(section),
    )
    row = nodes.container("", *details(NUMBERS, *inside), classes=[*ROW, "csto-numbers"])
    section.insert(at, row)
