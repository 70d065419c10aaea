"""Numbers in running prose, as English prints them: up to nine in words.

A mark knows neither what stands around it nor whether it stands in a table; so
the words are put in when the page is read.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto.analysis.printed import in_prose

OPENS = re.compile(r"(?:^|[.!?][”’)]*\s+)[“‘(]*$")  # what ends where a sentence begins


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("doctree-read", lambda app, tree: spell(tree))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def spell(tree: nodes.document) -> None:
    """Print the numbers of a page in words where it is prose; tables keep their figures."""
    for number in list(tree.findall(nodes.inline)):
        if "csto_value" in number and not _keeps_figures(number):
            before, after = _around(number)
            unit, value = (number["csto_unit"] or "").split(" ")[0], number["csto_value"]
            counts = bool(unit) and after.lstrip().startswith(unit)
            said = in_prose(value, opens=bool(OPENS.search(before)), counts=counts)
            number.clear()
            number += nodes.Text(said)


def _keeps_figures(number: nodes.Node) -> bool:
    """Whether a number stands in a table, or by itself and large."""
    around = number.parent
    while around is not None and "csto-figures" not in getattr(around, "attributes", {}).get(
        "classes", ()
    ):
        around = around.parent
    return around is not None or _is_in(number, nodes.entry)


def _is_in(node: nodes.Node, kind: type[nodes.Element]) -> bool:
    return node is not None and (isinstance(node, kind) or _is_in(node.parent, kind))


def _around(node: nodes.Node) -> tuple[str, str]:
    """The words before and after a node in its paragraph, without the keys of marks."""
    block = node
    while isinstance(block, nodes.Inline | nodes.Text):
        block = block.parent
    words, at = "", 0
    for part in block.findall():
        if part is node:
            at = len(words)
        elif isinstance(part, nodes.Text) and not _is_key(part, block) and part.parent is not node:
            words += part
    return words[:at], words[at:]


def _is_key(node: nodes.Node, within: nodes.Node) -> bool:
    """Whether a text is of a mark inside a block."""
    around = node.parent
    while around is not within:
        if "csto-ev" in around["classes"]:
            return True
        around = around.parent
    return False
