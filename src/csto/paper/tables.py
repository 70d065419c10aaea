"""Tables on paper: their grid, their columns' widths, and where they may break."""

from __future__ import annotations

import re

from docutils import nodes

from csto.paper.exhibits import exhibit, float_at
from csto.paper.page import Page, elements, form
from csto.paper.syntax import string
from csto.paper.words import runs

KEPT = 24  # lines of a table up to which it is not broken between pages
TEXT, SHEET = 76, 112  # letters that fit the text, and the page
GAP = 3  # letters between columns
HEAD = 10  # letters of a head that are not broken


@form(nodes.table)
def table(page: Page, node: nodes.Element) -> str:
    """A table with its caption; its columns are as wide as its words need."""
    caption = next((c for c in node.children if isinstance(c, nodes.title)), None)
    group = next(node.findall(nodes.tgroup))
    rows = list(group.findall(nodes.row))
    whole = [row for row in rows if len(row) == group["cols"]]  # no cell of theirs is merged
    words = [[_words(cell) for cell in elements(row)] for row in whole]
    widths = columns(words) if whole else ["1fr"] * group["cols"]
    body = _grid(page, group, widths, whole[-1] if whole else nodes.row())
    hangs = len(widths) > 2 and "auto" not in widths
    keep = sum(_lines(row, widths) for row in rows) <= KEPT
    return exhibit(
        page, "table", node, caption, body, hangs=hangs, keep=keep, floats=float_at(page)
    )


def _grid(page: Page, group: nodes.Element, widths: list[str], like: nodes.Element) -> str:
    """The table itself; its columns align as the cells of the row `like` it."""
    head = _rows(group, nodes.thead)
    body = _rows(group, nodes.tbody)
    sides = ["right" if "text-right" in cell["classes"] else "left" for cell in elements(like)]
    cells = [f"table.header({', '.join(_cells(page, head))}),"] if head else []
    cells += [f"{', '.join(_cells(page, [row]))}," for row in body]
    across, aligned = ", ".join(widths), ", ".join(sides or ["left"] * len(widths))
    return f"#grid-of(({across},), ({aligned},),\n" + "\n".join(cells) + ")"


def _rows(group: nodes.Element, part: type[nodes.Element]) -> list[nodes.Element]:
    return [row for each in group.findall(part) for row in each.findall(nodes.row)]


def _cells(page: Page, rows: list[nodes.Element]) -> list[str]:
    return [
        _cell(page, cell, _listings(page, row) if cell is row[0] else "")
        for row in rows
        for cell in elements(row)
    ]


def _listings(page: Page, row: nodes.Element) -> str:
    """In an index, the pages of the findings that a row lists."""
    links = row.findall(nodes.reference) if page.is_index else ()
    places = [page.place(link) or "" for link in links]
    listed = (place for place in places if place.partition("#")[2].startswith("finding-"))
    return "".join(f"#used({string(place)})" for place in listed)


def _cell(page: Page, cell: nodes.Element, more: str) -> str:
    down, across = cell.get("morerows", 0) + 1, cell.get("morecols", 0) + 1
    inside = "\n\n".join(page.inside([line]).strip() for line in cell.children)
    body = f"[{page.anchors(cell)}{inside}{more}]"
    if down == across == 1:
        return "nothing" if cell.astext() == "0" else body
    return f"table.cell(rowspan: {down}, colspan: {across}, {body})"


# ---- how wide ------------------------------------------------------------------------


def columns(rows: list[list[str]], text: int = TEXT, page: int = SHEET) -> list[str]:
    """Widths of a table's columns: what they need if all fit the text, else shares of the page.

    Counted in letters. The first row is the head, whose words may break
    between lines; no column gets less than its longest word.
    """
    head, *body = rows
    needs = [_need(heading, cells) for heading, *cells in zip(head, *body, strict=True)]
    if sum(max(word, longest) + GAP for word, longest, _ in needs) <= text:
        widest = max(range(len(needs)), key=lambda at: needs[at][1])
        return ["1fr" if at == widest else "auto" for at in range(len(needs))]
    least = [word + GAP for word, _, _ in needs]
    wanted = [max(0, min(longest, 2 * mean) - word) for word, longest, mean in needs]
    share = min(1, max(0, page - sum(least)) / (sum(wanted) or 1))
    return [f"{low + more * share:.0f}fr" for low, more in zip(least, wanted, strict=True)]


def _need(heading: str, cells: list[str]) -> tuple[int, int, float]:
    """The letters of a column's longest word, of its longest cell, and of a cell on average."""
    word = max(map(len, re.split(r" |(?<=-)", " ".join([heading, *cells]))), default=1)
    word = max(word, min(len(heading), HEAD))
    mean = sum(map(len, cells)) / max(len(cells), 1)
    return word, max(map(len, cells), default=word), mean


def _words(cell: nodes.Element) -> str:
    """The words of a cell, lists of keys as long as they print."""
    words = re.sub(r"\s+", " ", cell.astext()).strip()
    if not any("csto-ev" in inline["classes"] for inline in cell.findall(nodes.inline)):
        return words
    keys = words.split(" ")
    return " ".join(keys[run[0]] if len(run) < 2 else "A1–A2" for run in runs(keys))


def _lines(row: nodes.Element, widths: list[str]) -> int:
    """How many lines a row of a table takes, about."""
    if "auto" in widths:
        return 1
    rooms = [int(width.removesuffix("fr")) for width in widths]
    cells = zip(elements(row), rooms, strict=False)
    return max((-(-len(_words(cell)) // room) for cell, room in cells), default=1)
