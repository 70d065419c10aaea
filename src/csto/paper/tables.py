"""Tables on paper: their grid, their columns' widths, and where they may break."""

from __future__ import annotations

import math
import re

from docutils import nodes

from csto.paper.exhibits import exhibit, float_at
from csto.paper.page import Page, elements, form
from csto.paper.syntax import string
from csto.paper.words import runs

KEPT = 24  # lines of a table up to which it is not broken between pages
TEXT, SHEET = 76, 112  # letters that fit the text, and the page
GAP, CLOSE = 3, 2  # letters between columns, and between those of a table of many
MANY = 7  # columns
TOGETHER = 5  # rows of a group up to which it stays on a page
STEEP = 4  # how nearly a row is as high as its highest cell alone
BREAK = "\u200b"  # where a name of a record may break, as in `code` of `paper.typ`
ROOMY = 0.8  # of the page: what a table may need across with each day in one line
NARROW = "\\1\u202f\\2\u202f\\3"  # the same as counted: one word
DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")  # stays on a line
HEAD = 10  # letters of a head that are not broken


@form(nodes.table)
def table(page: Page, node: nodes.Element) -> str:
    """A table with its caption; its columns are as wide as its words need."""
    caption = next((c for c in node.children if isinstance(c, nodes.title)), None)
    group = next(node.findall(nodes.tgroup))
    rows = list(group.findall(nodes.row))
    whole = [row for row in rows if len(row) == group["cols"]]  # no cell of theirs is merged
    words = [[_words(cell) for cell in elements(row)] for row in whole]
    bound = [[DAY.sub(NARROW, cell) for cell in row] for row in words]
    in_one = bool(words) and _least(bound) <= ROOMY * SHEET
    words = bound if in_one else words
    widths = columns(words) if whole else ["1fr"] * group["cols"]
    hangs = len(widths) > 2 and "auto" not in widths
    keep = sum(_lines(row, widths) for row in rows) <= KEPT
    body = _grid(page, group, widths, whole[-1] if whole else nodes.row())
    body = DAY.sub(r"\1~\2~\3", body) if in_one else body
    body = body if keep else body.replace("table.header([", "table.header([#continued;", 1)
    floats = float_at(page)
    page.runs_on = not keep
    return exhibit(page, "table", node, caption, body, hangs=hangs, keep=keep, floats=floats)


def _grid(page: Page, group: nodes.Element, widths: list[str], like: nodes.Element) -> str:
    """The table itself; its columns align as the cells of the row `like` it."""
    head = _rows(group, nodes.thead)
    body = groups(_rows(group, nodes.tbody))
    sides = ["right" if "text-right" in cell["classes"] else "left" for cell in elements(like)]
    cells = [f"table.header({', '.join(_cells(page, head))}),"] if head else []
    cells += [_group(page, rows) for rows in body]
    across, aligned = ", ".join(widths), ", ".join(sides or ["left"] * len(widths))
    return f"#grid-of(({across},), ({aligned},),\n" + "\n".join(cells) + ")"


def _rows(group: nodes.Element, part: type[nodes.Element]) -> list[nodes.Element]:
    return [row for each in group.findall(part) for row in each.findall(nodes.row)]


def groups(rows: list[nodes.Element]) -> list[list[nodes.Element]]:
    """Rows that are about the same: their first cell is empty, or says what the one before says."""
    found: list[list[nodes.Element]] = []
    for row in rows:
        more = bool(found) and _goes_on(found[-1][0], row)
        found = [*found[:-1], [*found[-1], row]] if more else [*found, [row]]
    return found


def _goes_on(first: nodes.Element, row: nodes.Element) -> bool:
    """Whether the first cell of a row says nothing new below the first of its group."""
    if len(row) != len(first) or any(
        cell.get("morerows") or cell.get("morecols") for cell in elements(first) + elements(row)
    ):
        return False
    words, before = row[0].astext().strip(), first[0].astext().strip()
    is_named = bool(words[1:]) and not any(row[0].findall(nodes.reference))
    return bool(before) and (not words or (words == before and is_named))


def _group(page: Page, rows: list[nodes.Element]) -> str:
    """The cells of rows that share their first, which keeps them on a page if they are few."""
    if len(rows) == 1:
        return f"{', '.join(_cells(page, rows))},"
    breaks = str(len(rows) > TOGETHER).lower()
    shared, *_ = _cells(page, rows[:1])
    lines = [f"table.cell(rowspan: {len(rows)}, breakable: {breaks}, {shared}),"]
    places = ["begins", *["within"] * (len(rows) - 2), "ends"]
    for place, row in zip(places, rows, strict=True):
        lines += [f"{place}({cell})," for cell in _cells(page, [row])[1:]]
    return "\n".join(lines)


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
    between lines; no column gets less than its longest word, and the rest goes
    where it makes the table shortest.
    """
    head, *body = rows
    needs = [_need(heading, cells) for heading, *cells in zip(head, *body, strict=True)]
    if sum(max(need) + GAP for need in needs) <= text:
        widest = max(range(len(needs)), key=lambda at: needs[at][1])
        return ["1fr" if at == widest else "auto" for at in range(len(needs))]
    gap = _gap(len(needs))
    widths = [word for word, _ in needs]
    lengths = [[len(cell) for cell in row] for row in rows]
    for _ in range(page - sum(widths) - gap * len(widths)):
        widths[_shortening(lengths, widths)] += 1
    return [f"{width + gap}fr" for width in widths]


def _least(rows: list[list[str]]) -> int:
    """The letters that a table needs across, so that no word is cut."""
    words = [_need(heading, cells)[0] for heading, *cells in zip(*rows, strict=True)]
    return sum(words) + _gap(len(words)) * len(words)


def _gap(columns: int) -> int:
    return CLOSE if columns >= MANY else GAP


def _shortening(lengths: list[list[int]], widths: list[int]) -> int:
    """The column that makes a table shortest if it becomes a letter wider."""

    def height(at: int) -> float:
        wider = [width + (place == at) for place, width in enumerate(widths)]
        shares = ([n / width for n, width in zip(row, wider, strict=True)] for row in lengths)
        return sum(math.pow(sum(math.pow(n, STEEP) for n in row), 1 / STEEP) for row in shares)

    return min(range(len(widths)), key=height)


def _need(heading: str, cells: list[str]) -> tuple[int, int]:
    """The letters of a column's longest word, and of its longest cell."""
    parts = re.split(rf" |{BREAK}|(?<=-)", " ".join([heading, *cells]))
    word = max(map(len, parts), default=1)
    word = max(word, min(len(heading), HEAD))
    return word, max(map(len, cells), default=word)


def _words(cell: nodes.Element) -> str:
    """The words of a cell, lists of keys as long as they print."""
    words = " ".join(cell.astext().split())
    for name in {literal.astext() for literal in cell.findall(nodes.literal)}:
        words = words.replace(name, re.sub(r"(?<=[._/])", BREAK, name))
    words = re.sub(r"(?<=\d-\d\d/)(?=\d)|(?<=[a-z0-9][._])(?=[a-z])", BREAK, words)
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
