"""Tables on paper: their grid, their columns' widths, and where they may break."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docutils import nodes

from csto.paper.exhibits import exhibit
from csto.paper.page import Page, elements, form
from csto.paper.syntax import string, text
from csto.paper.words import runs

KEPT = 12  # lines of a table up to which it is not broken between pages
TEXT, SHEET = 76, 112  # letters that fit the text, and the page
GAP, CLOSE = 3, 2  # letters between columns, and between those of a table of many
MANY = 7  # columns
TOGETHER = 5  # rows of a group up to which it stays on a page
STAY = 3  # rows that stay together where a table begins and ends, or one fewer if they are high
NARROWED, HIGHEST = 6, 12  # columns, and lines of a cell, from which the last goes below its row
LONG = 60  # letters of a cell that goes there too
STEEP = 4  # how nearly a row is as high as its highest cell alone
BREAK = "\u200b"  # where a name of a record may break, as in `code` of `paper.typ`
ROOMY = 0.8  # of the page: what a table may need across with each day in one line
NARROW = "\\1\u202f\\2\u202f\\3"  # the same as counted: one word
DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")  # stays on a line
HEAD = 10  # letters of a head that are not broken


class Grid(NamedTuple):
    """How a table is set."""

    widths: list[str]  # of its columns
    sides: list[str]  # how these align
    runs_on: bool  # whether it may go on overleaf
    hangs: bool  # whether it reaches into the margin
    below: list[str]  # all heads, where the last column's and long cells stand below their rows
    kept: int  # rows that stay together where it begins and ends

    @property
    def across(self) -> int:
        """The places of a row, one for what keeps rows together too."""
        return len(self.widths) + self.runs_on


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
    below = _below(words, whole)
    words = [[_shown(cell) for cell in row[:-1]] for row in words] if below else words
    widths = columns(words) if whole else ["1fr"] * group["cols"]
    hangs = len(widths) > 2 and "auto" not in widths
    lines = [_lines(row, widths) + bool(below) for row in rows]
    keep = sum(lines) <= KEPT
    sides = _sides(whole[-1]) if whole else ["left"] * len(widths)
    kept = STAY if sum(sorted(lines)[-STAY:]) <= KEPT else STAY - 1
    grid = Grid(widths, sides[: len(widths)], not keep, hangs, below, kept)
    body = _grid(page, group, grid)
    body = DAY.sub(r"\1~\2~\3", body) if in_one else body
    page.runs_on = not keep
    return exhibit(page, "table", node, caption, body, hangs=hangs, keep=keep)


def _sides(row: nodes.Element) -> list[str]:
    return ["right" if "text-right" in cell["classes"] else "left" for cell in elements(row)]


def _below(words: list[list[str]], whole: Sequence[nodes.Element]) -> list[str]:
    """The heads of many columns, where these would be too narrow to be read; else none."""
    if not words or len(words[0]) < NARROWED:
        return []
    widths = columns(words)
    return words[0] if max(_lines(row, widths) for row in whole) > HIGHEST else []


def _shown(words: str) -> str:
    """What of a cell stands in its column: nothing of a long one, which goes below."""
    return words if len(words) <= LONG else ""


# ---- rows ----------------------------------------------------------------------------


def _grid(page: Page, group: nodes.Element, grid: Grid) -> str:
    """The table itself: its head, and its rows, those under a head of theirs together."""
    lines = _head(page, _rows(group, nodes.thead), grid)
    for head, rows in _stretches(_rows(group, nodes.tbody), group["cols"]):
        if head is not None:
            said = f"table.cell(colspan: {len(grid.widths)}, {_cells(page, [head])[0]})"
            lines.append(f"table.header(level: 2, {said}{', []' * grid.runs_on}),")
        cells = [line for some in groups(rows) for line in _group(page, some, grid)]
        per = 2 if grid.below else 1
        lines += _kept(cells, grid.kept * per, (STAY - 1) * per) if grid.runs_on else cells
    across = ", ".join([*grid.widths, *["0pt"] * grid.runs_on])
    aligned = ", ".join(grid.sides)
    runs_on = str(grid.runs_on).lower()
    return f"#grid-of(({across},), ({aligned},), runs-on: {runs_on},\n" + "\n".join(lines) + ")"


def _head(page: Page, rows: list[nodes.Element], grid: Grid) -> list[str]:
    """The head, which is repeated overleaf; there it begins by saying that the table goes on."""
    cells = [cell for row in rows for cell in _cells(page, [row])[: len(grid.widths)]]
    if grid.runs_on:
        said = f"continued({str(grid.hangs).lower()})"
        more = f"table.cell(colspan: {grid.across}, {said})"
        cells = [more, *cells, *["[]"] * bool(cells)]
    return [f"table.header({', '.join(cells)}),"] if cells else []


def _rows(group: nodes.Element, part: type[nodes.Element]) -> list[nodes.Element]:
    return [row for each in group.findall(part) for row in each.findall(nodes.row)]


def _stretches(
    rows: list[nodes.Element], columns: int
) -> Iterator[tuple[nodes.Element | None, list[nodes.Element]]]:
    """Rows under a row that is the head of those below it; None where there is no such row."""
    head: nodes.Element | None = None
    some: list[nodes.Element] = []
    for row in rows:
        if len(row) == 1 < columns:
            yield from [(head, some)] if some or head is not None else []
            head, some = row, []
        else:
            some.append(row)
    yield head, some


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


def _group(page: Page, rows: list[nodes.Element], grid: Grid) -> list[str]:
    """The rows of a group: what only the first of them says stands beside all of them.

    Where they are too many to stay on a page, their first cell is said again overleaf.
    """
    cells = [_cells(page, [row]) for row in rows]
    if len(rows) == 1 and not grid.below:
        return [f"{', '.join(cells[0])},"]
    shared = _shared(rows, grid)
    under = [_under(row, some, grid) for row, some in zip(rows, cells, strict=True)]
    span = f"rowspan: {len(rows) + sum(map(len, under))}, breakable: false"
    lines = []
    for number, (row, more) in enumerate(zip(cells, under, strict=True)):
        place = "begins" if grid.below else _place(number, len(rows))
        said = [cell if _stands(grid, rows[number], at) else "[]" for at, cell in enumerate(row)]
        repeated = f"again({cells[0][0]})" if number else f"first-of({row[0]})"
        parts = [
            (f"table.cell({span}, {cell})" if not number else "")
            if at in shared
            else (f"{place}({cell})" if at else repeated)
            for at, cell in enumerate(said[: len(grid.widths)])
        ]
        lines.append("".join(f"{part}, " for part in parts if part))
        own = "" if shared else f"again({cells[0][0]}), "
        lines += [own + line for line in more]
    return lines


def _stands(grid: Grid, row: nodes.Element, at: int) -> bool:
    """Whether a cell stands in its column."""
    return not (grid.below and at) or bool(_shown(_words(elements(row)[at])))


def _under(row: nodes.Element, cells: list[str], grid: Grid) -> list[str]:
    """What stands below a row across the table: its long cells, and its last."""
    if not grid.below:
        return []
    last = len(cells) - 1
    places = [at for at in range(1, last) if not _stands(grid, row, at)]
    across = last - 1
    return [
        f"{'ends' if at == last else 'within'}(colspan: {across}, "
        f"[#small[{text(grid.below[at])}]#h(0.6em)#{cells[at]}]), "
        for at in [*places, last]
    ]


def _place(number: int, many: int) -> str:
    """Which cells a row of a group has."""
    return "within" if 0 < number < many - 1 else "ends" if number else "begins"


def _shared(rows: list[nodes.Element], grid: Grid) -> list[int]:
    """The columns in which only the first row of a group says something; none of a long group."""
    if len(rows) > TOGETHER or sum(_lines(row, grid.widths) for row in rows) > 2 * KEPT:
        return []
    empty = [not any(row[at].astext().strip() for row in rows[1:]) for at in range(len(rows[0]))]
    return [0, *(at for at in range(1, len(grid.widths)) if empty[at] and len(rows) > 1)]


def _cells(page: Page, rows: list[nodes.Element]) -> list[str]:
    return [
        _cell(page, cell, _listings(page, row) if cell is row[0] else "")
        for row in rows
        for cell in elements(row)
    ]


def _kept(rows: list[str], kept: int, least: int) -> list[str]:
    """Rows of which the first and the last few stay on a page, by a cell beside them."""
    half = len(rows) // 2
    few = min(kept, half) if half >= least else len(rows)
    last = len(rows) - few
    beside = [
        f"together({few})," if at in (0, last) else "" if at < few or at > last else "[],"
        for at in range(len(rows))
    ]
    return [row + more for row, more in zip(rows, beside, strict=True)]


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
