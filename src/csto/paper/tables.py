"""Tables on paper: their grid, their columns' widths, and where they may break."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise, permutations
from typing import NamedTuple

from docutils import nodes

from csto.paper.exhibits import exhibit, float_at, stands
from csto.paper.page import SCREEN_ONLY, SILENT, Page, elements, form, log
from csto.paper.syntax import DAY, string, text
from csto.paper.words import runs

KEPT = 12  # lines of a table up to which it is not broken
FEW, FLOATS = 15, 40  # rows, the head's too, and lines of one that is not broken either, and floats
PAGE = 50  # lines of one that takes more than a page
TEXT, SHEET = 76, 112  # letters that fit the text, and the page
SIDE = 4  # columns up to which a table may be as narrow as the text
GAP, CLOSE = 3, 2  # letters between columns, and between those of a table of many
MANY = 7  # columns
TOGETHER = 5  # rows of a group up to which it stays on a page
STAY = 3  # rows that stay together where a table begins and ends, or one fewer if they are high
NARROWED, HIGHEST = 6, 3  # columns, and lines of a cell, beyond which prose goes below its row
PROSE = 28  # letters that a cell of prose has on average
LONG = 60  # letters of any cell that goes there too
NAMED = 12  # letters on average from which the first cell of a row is set above it
IN_LINE = 0.75  # of the rows: how many stand in one line where enough has gone below
FEWEST = 2  # columns that remain
STEEP = 4  # how nearly a row is as high as its highest cell alone
BREAK = "\u200b"  # where a name of a record may break, as in `code` of `paper.typ`
ROOMY = 0.8  # of the page: what a table may need across with each day in one line
NARROW = "\u202f"  # what is counted as a part of one word
YEAR = re.compile(rf"(\d{{1,2}}[{NARROW}~][A-Z][a-z]+) (?=\d{{4}})")  # of a day in one line
HEAD = 8  # letters of a head that are not broken
MOVED = 6  # letters that a column gives at once
NAME = 24  # letters of a cell up to which it is a name: whole in the first column, or in two lines


class Lined(NamedTuple):
    """Which cells of a row stand above and below it, across the table."""

    heads: list[str]  # of all columns
    first: int  # the first column that stands beside others
    last: int  # the first that stands below, with all after it


class Grid(NamedTuple):
    """How a table is set."""

    widths: list[str]  # of its columns
    sides: list[str]  # how these align
    runs_on: bool  # whether it may go on overleaf
    hangs: bool  # whether it reaches into the margin
    lined: Lined | None  # where not all cells of a row stand side by side
    kept: int  # rows that stay together where it begins and ends

    @property
    def across(self) -> int:
        """The places of a row, one for what keeps rows together too."""
        return len(self.widths) + self.runs_on


@form(nodes.table)
def table(page: Page, node: nodes.Element) -> str:
    """A table with its caption; its columns are as wide as its words need."""
    caption = next((c for c in node.children if isinstance(c, nodes.title)), None)
    if caption is None and not _is_alone(node):
        log.warning("a table among other words of its section needs a title", location=node)
    group = next(node.findall(nodes.tgroup))
    rows, whole = list(group.findall(nodes.row)), _whole(node)
    widths, lined, in_one = _columns(_alike(node)) if whole else _equal(group["cols"])
    hangs = "auto" not in widths
    said = [_said(row) for row in rows]
    lines = [_lines(row, widths) for row in (_beside(said, lined) if lined else said)]
    high = sum(lines) * (1 + bool(lined))
    can_float = len(rows) <= FEW and high <= FLOATS and caption is not None and not page.headed
    floats = float_at(page) if can_float else "none"
    keep = high <= KEPT or floats != "none"
    sides = _sides(whole[-1]) if whole else ["left"] * len(widths)
    sides = sides[lined.first : lined.last] if lined else sides
    kept = STAY if sum(sorted(lines)[-STAY:]) <= KEPT else STAY - 1
    body = _grid(page, group, Grid(widths, sides, not keep, hangs, lined, kept))
    body = YEAR.sub(r"\1~", body) if in_one else body
    page.runs_on = not keep
    how = {"hangs": hangs, "keep": keep, "stays": stands(page, floats), "long": high > PAGE}
    return exhibit(page, "table", node, caption, body, **how, floats=floats)


def _is_alone(table: nodes.Element) -> bool:
    """Whether a table is all that its section has, whose heading then is its title."""
    section: nodes.Node | None = table
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    others = elements(section) if isinstance(section, nodes.section) else []
    return not any(
        isinstance(each, nodes.Body) and not isinstance(each, SILENT) and table not in _tables(each)
        for each in others
        if SCREEN_ONLY not in each["classes"]
    )


def _tables(node: nodes.Element) -> list[nodes.table]:
    return [*node.findall(nodes.table)]


def _whole(table: nodes.Element) -> list[nodes.Element]:
    """The rows of a table of which no cell is merged."""
    group = next(table.findall(nodes.tgroup))
    return [row for row in group.findall(nodes.row) if len(row) == group["cols"]]


def _alike(table: nodes.Element) -> list[list[str]]:
    """The words of a table and of all on its page with the same heads, which are set alike."""
    heads = _said(_whole(table)[0])
    others = table.document.findall(nodes.table) if table.document else [table]
    found = [[_said(row) for row in _whole(other)] for other in others]
    return [heads, *chain(*(rows[1:] for rows in found if rows[:1] == [heads]))]


def _equal(columns: int) -> tuple[list[str], None, bool]:
    return ["1fr"] * columns, None, False


def _columns(words: list[list[str]]) -> tuple[list[str], Lined | None, bool]:
    """The widths of columns, what stands above and below the rows, and if each day is in a line."""
    bound = [[YEAR.sub(rf"\1{NARROW}", cell) for cell in row] for row in words]
    in_one = _least(bound) <= ROOMY * SHEET
    words = bound if in_one else words
    lined = _lined(words)
    return columns(_beside(words, lined) if lined else words), lined, in_one


def _sides(row: nodes.Element) -> list[str]:
    return ["right" if "text-right" in cell["classes"] else "left" for cell in elements(row)]


def _lined(words: list[list[str]]) -> Lined | None:
    """What goes above and below the rows of many columns, were these too narrow to be read.

    The last columns go below, where they run on, until most rows stand in one line.
    """
    if not words or len(words[0]) < NARROWED:
        return None
    heads, *body = words
    widths = columns(words)
    if max(_lines(row, widths) for row in body) <= HIGHEST or _mean(body, -1) < PROSE:
        return None
    same = ((row, other) for row, other in pairwise(body) if row[0] == other[0])
    first = 1 + all(row[1] == other[1] for row, other in same) if _mean(body, 0) >= NAMED else 0
    for last in range(len(heads) - 1, first + FEWEST, -1):
        beside = _beside(words, lined := Lined(heads, first, last))
        widths = columns(beside)
        if sum(_lines(row, widths) == 1 for row in beside) >= IN_LINE * len(beside):
            return lined
    return Lined(heads, first, first + FEWEST)


def _mean(rows: list[list[str]], column: int) -> float:
    """How many letters a cell of a column has."""
    return sum(len(row[column]) for row in rows) / len(rows)


def _beside(words: list[list[str]], lined: Lined) -> list[list[str]]:
    """The cells that stand side by side: no long one."""
    return [
        [cell if len(cell) <= LONG else "" for cell in row[lined.first : lined.last]]
        for row in words
    ]


# ---- rows ----------------------------------------------------------------------------


def _grid(page: Page, group: nodes.Element, grid: Grid) -> str:
    """The table itself: its head, and its rows, those under a head of theirs together."""
    lines = _head(page, _rows(group, nodes.thead), grid)
    for head, rows in _stretches(_rows(group, nodes.tbody), group["cols"]):
        if head is not None:
            lines.append(_over(_cells(page, [head])[0], grid))
        lines += _lined_rows(page, rows, grid) if grid.lined else _plain_rows(page, rows, grid)
    across = ", ".join([*grid.widths, *["0pt"] * grid.runs_on])
    aligned = ", ".join(grid.sides)
    runs_on = str(grid.runs_on).lower()
    return f"#grid-of(({across},), ({aligned},), runs-on: {runs_on},\n" + "\n".join(lines) + ")"


def _head(page: Page, rows: list[nodes.Element], grid: Grid) -> list[str]:
    """The head, which is repeated overleaf; there it begins by saying that the table goes on."""
    cells = [cell for row in rows for cell in _heads(_cells(page, [row]), grid)]
    if grid.runs_on:
        more = f"table.cell(colspan: {grid.across}, continued)"
        cells = [more, *cells, *["[]"] * bool(cells)]
    return [f"table.header({', '.join(cells)}),"] if cells else []


def _heads(cells: list[str], grid: Grid) -> list[str]:
    """The heads of the columns, above the first what stands above each row."""
    if not grid.lined:
        return cells
    heads, first, last = grid.lined
    above = f"[#small[{text(' · '.join(heads[:first]))}] \\ ] + " if first else ""
    return [above + cells[first], *cells[first + 1 : last]]


def _over(cell: str, grid: Grid, *how: str, level: int = 2) -> str:
    """A head of some rows, which is repeated overleaf."""
    parts = ", ".join([f"colspan: {len(grid.widths)}", *how, cell])
    return f"table.header(level: {level}, table.cell({parts}){', []' * grid.runs_on}),"


def _plain_rows(page: Page, rows: list[nodes.Element], grid: Grid) -> list[str]:
    """Rows whose cells all stand side by side."""
    lines = [line for some in groups(rows) for line in _group(page, some, grid)]
    return _kept([[line] for line in lines], grid.kept) if grid.runs_on else lines


def _lined_rows(page: Page, rows: list[nodes.Element], grid: Grid) -> list[str]:
    """Rows with cells below them, those about the same under what they are about."""
    lined, lines = grid.lined, list[str]()
    if lined is None or not rows:
        return lines
    for some in groups(rows) if lined.first else [rows]:
        parts = [_with_below(row, _cells(page, [row]), lined) for row in some]
        if lined.first:
            key = string(f"about:{' '.join(_said(some[0]))}")  # of a row alone
            about = ", ".join([key, *_cells(page, some[:1])[: lined.first]])
            lines.append(_over(f"about({about})", grid, "stroke: about-rules", level=3))
            parts[0][0] = parts[0][0].replace("begins(", "within(")
        lines += _kept(parts, grid.kept) if grid.runs_on else list(chain(*parts))
    return lines


def _with_below(row: nodes.Element, cells: list[str], lined: Lined) -> list[str]:
    """A row, and below it in one line its long cells and those of its last columns."""
    words = _said(row)
    heads, first, last = lined
    long = [at for at in range(first, last) if len(words[at]) > LONG]
    below = [at for at in [*long, *range(last, len(cells))] if words[at]]
    beside = ["[]" if at in long else cells[at] for at in range(first, last)]
    said = "".join(f", said-of([{text(heads[at])}], {cells[at]})" for at in below)
    return [
        "".join(f"begins({cell}), " for cell in beside),
        f"under({last - first}{said}), ",
    ]


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
    if len(rows) == 1:
        return [f"{', '.join(cells[0])},"]
    shared, lines = _shared(rows, grid), []
    for number, row in enumerate(cells):
        place = _place(number, len(rows))
        repeated = f"again({cells[0][0]})" if number else f"first-of({row[0]})"
        parts = [
            (f"table.cell(rowspan: {len(rows)}, breakable: false, {cell})" if not number else "")
            if at in shared
            else (f"{place}({cell})" if at else repeated)
            for at, cell in enumerate(row)
        ]
        lines.append("".join(f"{part}, " for part in parts if part))
    return lines


def _place(number: int, many: int) -> str:
    """Which cells a row of a group has."""
    return "within" if 0 < number < many - 1 else "ends" if number else "begins"


def _shared(rows: list[nodes.Element], grid: Grid) -> list[int]:
    """The columns in which only the first row of a group says something; none of a long group."""
    if len(rows) > TOGETHER or sum(_lines(_said(row), grid.widths) for row in rows) > 2 * KEPT:
        return []
    empty = [not any(row[at].astext().strip() for row in rows[1:]) for at in range(len(rows[0]))]
    return [0, *(at for at in range(1, len(grid.widths)) if empty[at] and len(rows) > 1)]


def _cells(page: Page, rows: list[nodes.Element]) -> list[str]:
    return [
        _cell(page, cell, _listings(page, row) if cell is row[0] else "")
        for row in rows
        for cell in elements(row)
    ]


def _kept(rows: list[list[str]], kept: int) -> list[str]:
    """Lines of rows, of which the first and the last few stay on a page, by a cell beside them."""
    half = len(rows) // 2
    few = min(kept, half) if half >= STAY - 1 else len(rows)
    last = len(rows) - few
    ends = [list(chain(*some)) for some in (rows[:few], rows[max(few, last) :])]
    return [
        line + ("" if at else f"together({len(stays)}),")
        for stays in [ends[0], *rows[few:last], ends[1]]
        for at, line in enumerate(stays)
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
    """Widths of a table's columns: what they need, or shares of the page.

    The first for up to `SIDE` columns whose cells fit the text, each in a line; else the second.
    Counted in letters. The first row is the head, whose words may break
    between lines; no column gets less than its longest word, and the rest goes
    where it makes the table shortest.
    """
    head, *body = rows
    needs = [_need(heading, cells) for heading, *cells in zip(head, *body, strict=True)]
    if len(needs) <= SIDE and sum(max(need) + GAP for need in needs) <= text:
        widest = max(range(len(needs)), key=lambda at: needs[at][1])
        return ["1fr" if at == widest else "auto" for at in range(len(needs))]
    gap = _gap(len(needs))
    widths = [word for word, _ in needs]
    named = [_named(*column) for column in enumerate(zip(*body, strict=True))]
    named = [max(pair) for pair in zip(widths, named, strict=True)]
    if sum(named) + gap * len(named) <= ROOMY * page:
        widths = named
    least = [*widths]
    lengths = [[len(cell) for cell in row] for row in rows]
    for _ in range(page - sum(widths) - gap * len(widths)):
        widths[_shortening(lengths, widths)] += 1
    if len(body) <= FEW:
        widths = _evened(body, widths, least)
    return [f"{width + gap}fr" for width in widths]


def _evened(body: list[list[str]], widths: list[int], least: list[int]) -> list[int]:
    """Widths from which no column can give letters to another to make the table less high."""
    best, found = _wrapped(body, widths), True
    while found:
        found = False
        for giver, taker in permutations(range(len(widths)), 2):
            for letters in range(1, 1 + min(MOVED, widths[giver] - least[giver])):
                tried = [*widths]
                tried[giver], tried[taker] = tried[giver] - letters, tried[taker] + letters
                if (lines := _wrapped(body, tried)) < best:
                    widths, best, found = tried, lines, True
                    break
    return widths


def _wrapped(rows: list[list[str]], widths: list[int]) -> tuple[int, int]:
    """How many lines some rows take, and of what is equal in that, how high their cells are."""
    lines = [
        [len(_wrap(cell, width)) for cell, width in zip(row, widths, strict=True)] for row in rows
    ]
    return sum(map(max, lines)), sum(many**STEEP for row in lines for many in row)


@cache
def _wrap(cell: str, width: int) -> list[str]:
    return textwrap.wrap(cell.replace(BREAK, " "), width, break_on_hyphens=True)


def _named(at: int, cells: Sequence[str]) -> int:
    """The letters that a column of names needs, so that none takes more lines than it should."""
    lengths = [len(cell) if at == 0 else _halved(cell) for cell in cells if len(cell) <= NAME]
    return max(lengths, default=0) if len(lengths) == len(cells) else 0


def _halved(cell: str) -> int:
    """The letters of the longer of two lines, as even as the words of a cell allow."""
    spaces = [space.start() for space in re.finditer(" ", cell)]
    return min((max(at, len(cell) - at - 1) for at in spaces), default=len(cell))


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


def _said(row: nodes.Element) -> list[str]:
    """The words of a row's cells."""
    return [_words(cell) for cell in elements(row)]


def printed(node: nodes.Element) -> str:
    """The words of a node that stand on paper too."""
    if not any(SCREEN_ONLY in part["classes"] for part in node.findall(nodes.Element)):
        return node.astext()
    whole = node.deepcopy()
    for part in [*whole.findall(nodes.Element)]:
        if SCREEN_ONLY in part["classes"]:
            part.parent.remove(part)
    return whole.astext()


def _words(cell: nodes.Element) -> str:
    """The words of a cell, lists of keys as long as they print."""
    words = DAY.sub(rf"\1{NARROW}", " ".join(printed(cell).split()))
    for name in {literal.astext() for literal in cell.findall(nodes.literal)}:
        words = words.replace(name, re.sub(r"(?<=[._/])", BREAK, name))
    words = re.sub(r"(?<=\d-\d\d/)(?=\d)|(?<=[a-z0-9][._])(?=[a-z])", BREAK, words)
    if not any("csto-ev" in inline["classes"] for inline in cell.findall(nodes.inline)):
        return words
    keys = words.split(" ")
    return " ".join(keys[run[0]] if len(run) < 2 else "A1–A2" for run in runs(keys))


def _lines(row: list[str], widths: list[str]) -> int:
    """How many lines a row of a table takes, about."""
    if "auto" in widths:
        return 1
    rooms = [int(width.removesuffix("fr")) for width in widths]
    return max((-(-len(cell) // room) for cell, room in zip(row, rooms, strict=False)), default=1)
