"""The book's pages as Typst markup, for the PDF.

Says what each piece is (a chapter, a mark, a chart, a table); how it looks is
decided in `paper.typ`. Works on resolved doctrees, so that the PDF says what
the HTML says; what stands only on the screen carries the class `csto-screen`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby, takewhile

from docutils import nodes
from sphinx.util.logging import getLogger

from csto.analysis.theme import INK

log = getLogger(__name__)

SCREEN_ONLY = "csto-screen"
PAGE = "page:"  # how the builder addresses pages: "page:book/index#id"
TALL = 400  # pixels from which a drawing floats, so that the text fills the page before it
KEPT = 24  # lines of a table up to which it is not broken between pages
COUNTED = ("ev-", "finding-")  # targets whose uses are listed where they lead to
SILENT = (
    nodes.comment,
    nodes.target,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.footnote,
    nodes.colspec,
)
PLAIN = (
    nodes.document,
    nodes.container,
    nodes.inline,
    nodes.compound,
    nodes.abbreviation,
    nodes.generated,
    nodes.legend,
)
WRAPPED = {
    nodes.emphasis: "emph",
    nodes.strong: "strong",
    nodes.superscript: "super",
    nodes.subscript: "sub",
    nodes.literal: "code",
    nodes.title_reference: "emph",
    nodes.block_quote: "passage",
    nodes.attribution: "source",
    nodes.rubric: "rubric",
    nodes.term: "strong",
    nodes.definition: "definition",
    nodes.field_name: "strong",
    nodes.field_body: "definition",
    nodes.line_block: "lines",
    nodes.line: "verse",
    nodes.transition: "pause",
    nodes.definition_list: "terms-of",
    nodes.definition_list_item: "term-of",
    nodes.field_list: "terms-of",
    nodes.field: "term-of",
}


@dataclass
class Sheets:
    """The pictures that pages refer to, by the name of their file."""

    pictures: dict[str, bytes] = field(default_factory=dict)

    def keep(self, picture: bytes, suffix: str) -> str:
        """File a picture under a name that is its hash."""
        name = f"{hashlib.sha256(picture).hexdigest()[:16]}{suffix}"
        self.pictures[name] = picture
        return name


class Page:
    """Writes one page of the book.

    `numbers` are the figure and table numbers that Sphinx gave, by kind and
    id; `heading` numbers the page among its part ("1", "A" or nothing);
    `is_index` says that the page lists marks instead of using them; `depth`
    is how many pages this one stands under.
    """

    def __init__(
        self,
        name: str,
        numbers: dict[str, dict[str, tuple[int, ...]]],
        sheets: Sheets,
        heading: str,
        is_index: bool,
        depth: int = 0,
    ) -> None:
        self.name, self.numbers, self.sheets, self.heading, self.is_index = (
            name,
            numbers,
            sheets,
            heading,
            is_index,
        )
        self.top = self.depth = depth
        self.notes: dict[str, nodes.footnote] = {}
        self.noted: set[str] = set()

    def write(self, node: nodes.Node) -> str:
        """Typst markup for a node; a node without a form on paper is a warning."""
        if isinstance(node, nodes.Text):
            return text(node.astext())
        if SCREEN_ONLY in node["classes"] or isinstance(node, (*SILENT, nodes.Invisible)):
            return ""
        for kind in type(node).__mro__:
            if kind in WRAPPED:
                return call(WRAPPED[kind], self.anchors(node) + self.inside(node))
            if method := getattr(self, f"on_{kind.__name__}", None):
                return method(node)
        if isinstance(node, (*PLAIN, nodes.Inline)):
            return self.anchors(node) + self.inside(node)
        log.warning(
            f"no form on paper for {type(node).__name__}, add one to csto.paper.markup or give it the class {SCREEN_ONLY}",
            location=node,
        )
        return ""

    def inside(self, node: nodes.Element | Iterable[nodes.Node]) -> str:
        """Markup of all children."""
        markup = "".join(self.write(child) for child in getattr(node, "children", node))
        return markup.replace(" #mark[", "~#mark[")  # a key stays on the line of its claim

    def label(self, key: str) -> str:
        """A Typst string naming an anchor of this page."""
        return string(f"{self.name}#{key}")

    def anchors(self, node: nodes.Element) -> str:
        """Invisible places that links lead to."""
        return "".join(f"#anchor({self.label(key)})" for key in node["ids"])

    # ---- text ------------------------------------------------------------------------

    def on_document(self, node: nodes.document) -> str:
        self.notes = {key: note for note in node.findall(nodes.footnote) for key in note["ids"]}
        return self.inside(node)

    def on_section(self, node: nodes.Element) -> str:
        self.depth += 1
        title = next(iter(node.findall(nodes.title)))
        parts = (nodes.section, nodes.container, nodes.table, nodes.figure)
        start = next(
            (i for i, child in enumerate(node.children) if isinstance(child, parts)),
            len(node.children),
        )
        lede, rest = (
            [child for child in node.children[:start] if child is not title],
            node.children[start:],
        )
        first, *more = node["ids"]
        anchors = "".join(f"#anchor({self.label(key)})" for key in [*more, *title["ids"]])
        if self.depth == self.top + 1:  # a link may name the page itself
            anchors += f"#anchor({string(self.name)})"
        number = string(self.heading) if self.depth == 1 and self.heading else "none"
        markup = f"\n\n#section({self.depth}, {self.label(first)}, [{self.inside(title)}], number: {number})\n{anchors}"
        opening = self.inside(lede)  # before the rest: footnotes stand where they are first called
        body = self.inside(rest)
        if self.depth == 1 and self.is_index:
            body = f"#index(columned: {str('#entry-of(' in body).lower()})[{body}]"
        markup += (call("lede", opening) if self.depth == 1 and opening else opening) + body
        self.depth -= 1
        return markup

    def on_paragraph(self, node: nodes.Element) -> str:
        body = self.anchors(node) + self.inside(node) + self.uses(node)
        if "csto-finding" in node["classes"]:
            return call("finding", body)
        if node["ids"] and node["ids"][0].startswith("ev-"):
            return f"\n\n#entry-of({string(node.next_node(nodes.strong).astext())}, [{body}])\n\n"
        return body if isinstance(node.parent, (nodes.entry, nodes.caption)) else f"\n\n{body}\n\n"

    def uses(self, node: nodes.Element) -> str:
        """Where the book uses what this paragraph is the place of."""
        return "".join(
            f"#used({self.label(key)})" for key in node["ids"] if key.startswith(COUNTED)
        )

    def on_inline(self, node: nodes.Element) -> str:
        body = self.anchors(node) + self.inside(node)
        if "csto-n" in node["classes"]:
            return call("number", body)
        if "csto-ev" not in node["classes"]:
            return body
        listed = "csto-finding" in node.parent["classes"] or isinstance(
            node.parent.parent, nodes.entry
        )
        return call("keys", self.runs(node)) if listed else call("mark", body)

    def runs(self, mark: nodes.Element) -> str:
        """A list of keys with three and more in a row drawn together, as in "A3–A9"."""
        keys = [child for child in mark.children if isinstance(child, nodes.reference)]
        if any(child.astext().strip() for child in mark.children if child not in keys):
            return self.anchors(mark) + self.inside(mark)
        return self.anchors(mark) + " ".join(
            self.run([keys[i] for i in run]) for run in runs([key.astext() for key in keys])
        )

    def run(self, keys: list[nodes.Element]) -> str:
        if len(keys) < 3:
            return " ".join(map(self.write, keys))
        between = "".join(f"#used-here({string(self.place(key) or '')})" for key in keys[1:-1])
        return f"{self.write(keys[0])}–{between}{self.write(keys[-1])}"

    def on_literal_block(self, node: nodes.Element) -> str:
        return f"\n\n#listing({string(node.astext())})\n\n"

    def on_doctest_block(self, node: nodes.Element) -> str:
        return self.on_literal_block(node)

    def on_footnote_reference(self, node: nodes.Element) -> str:
        key = node["refid"]
        if key in self.noted:
            return f"#footnote(label({self.label(key)}))"
        self.noted.add(key)
        label, *body = self.notes[key].children
        return f"#[#footnote[{self.inside(body).strip()}]#label({self.label(key)})]"

    def on_citation(self, node: nodes.Element) -> str:
        """A work; the bibliography's transform fills its nodes again for each builder, so only the first filling counts."""
        label, *body = node.children
        body = takewhile(lambda child: not isinstance(child, nodes.label), body)
        return f"#entry[{self.anchors(node)}{self.inside(list(body)).strip()}]"

    # ---- references ------------------------------------------------------------------

    def on_reference(self, node: nodes.Element) -> str:
        body, place = self.anchors(node) + self.inside(node), self.place(node)
        if place is None:
            return f"#link({string(node['refuri'])}, [{body}])"
        page, _, key = place.partition("#")
        if key.startswith(COUNTED):
            return f"#{'to' if self.is_index and key.startswith('finding-') else 'use'}({string(place)}, [{body}])"
        return (
            f"#{'to' if page == self.name or self.is_index else 'see'}({string(place)}, [{body}])"
        )

    def place(self, node: nodes.Element) -> str | None:
        """The anchor that a reference leads to; None outside the book."""
        if "refid" in node:
            return f"{self.name}#{node['refid']}"
        uri = node["refuri"]
        return uri.removeprefix(PAGE) if uri.startswith(PAGE) else None

    # ---- lists, boxes ----------------------------------------------------------------

    def on_bullet_list(self, node: nodes.Element) -> str:
        return f"\n\n#list({self.items(node)})\n\n"

    def on_enumerated_list(self, node: nodes.Element) -> str:
        return f"\n\n#enum(start: {node.get('start', 1)}, {self.items(node)})\n\n"

    def items(self, node: nodes.Element) -> str:
        """The items; an index gives uses by page, so what links to them there is left out."""
        shown = (
            item
            for item in node.children
            if not (self.is_index and any(map(self.place, item.findall(nodes.reference))))
        )
        return ", ".join(f"[{self.anchors(item)}{self.inside(item).strip()}]" for item in shown)

    def on_Admonition(self, node: nodes.Element) -> str:  # noqa: N802, the class is docutils'
        title = node.next_node(nodes.title)
        head = self.inside(title) if title else text(type(node).__name__.capitalize())
        return f"\n\n#box-of([{head}], [{self.anchors(node)}{self.inside([c for c in node.children if c is not title])}])\n\n"

    def on_topic(self, node: nodes.Element) -> str:
        return self.on_Admonition(node)

    def on_sidebar(self, node: nodes.Element) -> str:
        return self.on_Admonition(node)

    # ---- exhibits --------------------------------------------------------------------

    def on_container(self, node: nodes.Element) -> str:
        """Whatever holds other nodes; the code of cells is left to the HTML."""
        return (
            ""
            if node.get("nb_element") == "cell_code_source"
            else self.anchors(node) + self.inside(node)
        )

    def on_toctree(self, node: nodes.Element) -> str:
        return ""

    def on_raw(self, node: nodes.Element) -> str:
        html = node.astext()
        if "html" not in node["format"].split():
            return ""
        if 'class="csto-chart' in html:
            return self.picture(html)
        if re.fullmatch(
            r"\s*(<(script|style|link|meta)\b.*|<[^>]*\bcsto-screen\b.*|<!--.*-->)?\s*",
            html,
            re.DOTALL,
        ):
            return ""
        log.warning(
            f"raw HTML has no form on paper, give it the class {SCREEN_ONLY}: {html[:80]!r}",
            location=node,
        )
        return ""

    def picture(self, html: str) -> str:
        """A chart's drawing as a file, its colours put in, with its alternative text."""
        svg = re.search(r"<svg\b.*?</svg>", html, re.DOTALL)[0]
        said = re.search(r'aria-label="([^"]*)"', svg)
        svg = re.sub(r"var\(--[\w-]+,\s*([^()]*)\)", r"\1", svg).replace("currentColor", INK)
        svg = re.sub(r'font-family="[^"]*"', 'font-family="Source Sans Pro"', svg)
        size = ", ".join(
            re.search(rf'<svg[^>]*?\s{side}="([\d.]+)', svg)[1] for side in ("width", "height")
        )
        name = self.sheets.keep(svg.encode(), ".svg")
        return (
            f"\n\n#chart({string(name)}, ({size}), {string(unescape(said[1]) if said else '')})\n\n"
        )

    def on_image(self, node: nodes.Element) -> str:
        path = node.document.settings.env.srcdir / node["uri"]
        name = self.sheets.keep(path.read_bytes(), path.suffix)
        return f"\n\n#chart({string(name)}, none, {string(node.get('alt', ''))})\n\n"

    def on_figure(self, node: nodes.Element) -> str:
        caption = next((c for c in node.children if isinstance(c, nodes.caption)), None)
        body = self.inside([c for c in node.children if c is not caption])
        drawn = re.findall(r'#chart\("[^"]*", \([\d.]+, ([\d.]+)\)', body)
        return self.exhibit(
            "figure", node, caption, body, floats=any(float(height) > TALL for height in drawn)
        )

    def on_table(self, node: nodes.Element) -> str:
        caption = next((c for c in node.children if isinstance(c, nodes.title)), None)
        group = next(node.findall(nodes.tgroup))
        whole = [
            row for row in group.findall(nodes.row) if len(row) == group["cols"]
        ]  # no cell of theirs is merged
        widths = (
            columns([[plain(cell) for cell in row.children] for row in whole])
            if whole
            else ["1fr"] * group["cols"]
        )
        hangs = len(widths) > 2 and widths[0] != "auto"
        keep = sum(lines(row, widths) for row in group.findall(nodes.row)) <= KEPT
        return self.exhibit(
            "table",
            node,
            caption,
            self.grid(group, widths, (whole or [nodes.row()])[-1]),
            hangs=hangs,
            keep=keep,
        )

    def exhibit(
        self, kind: str, node: nodes.Element, caption: nodes.Element | None, body: str, **how: bool
    ) -> str:
        """A figure or table with its caption and the number that the HTML prints too."""
        options = "".join(f", {name}: {str(value).lower()}" for name, value in how.items())
        if caption is None:
            return f"\n\n#bare([{self.anchors(node)}{body}]{options})\n\n"
        number = next(
            (n[0] for key in node["ids"] if (n := self.numbers.get(kind, {}).get(key))), "none"
        )
        said = f"[{self.anchors(node)}{self.inside(caption)}]"
        return f"\n\n#exhibit({string(kind)}, {number}, {said}, [{body}]{options})\n\n"

    def grid(self, group: nodes.Element, widths: list[str], like: nodes.Element) -> str:
        """The table itself; its columns align as the cells of the row `like` it."""
        head = [row for part in group.findall(nodes.thead) for row in part.findall(nodes.row)]
        body = [row for part in group.findall(nodes.tbody) for row in part.findall(nodes.row)]
        sides = [
            "right" if "text-right" in cell["classes"] else "left" for cell in like.children
        ] or ["left"] * len(widths)
        cells = [f"table.header({', '.join(self.cells(head))}),"] if head else []
        cells += [f"{', '.join(self.cells([row]))}," for row in body]
        return f"#grid-of(({', '.join(widths)},), ({', '.join(sides)},),\n" + "\n".join(cells) + ")"

    def cells(self, rows: list[nodes.Element]) -> list[str]:
        return [
            self.cell(cell, self.listings(row) if cell is row[0] else "")
            for row in rows
            for cell in row.children
        ]

    def listings(self, row: nodes.Element) -> str:
        """In an index, the pages of the findings that a row lists."""
        places = (
            [self.place(node) or "" for node in row.findall(nodes.reference)]
            if self.is_index
            else []
        )
        return "".join(
            f"#placed({string(place)})"
            for place in places
            if place.partition("#")[2].startswith("finding-")
        )

    def cell(self, cell: nodes.Element, more: str) -> str:
        down, across = cell.get("morerows", 0) + 1, cell.get("morecols", 0) + 1
        body = f"[{self.anchors(cell)}{self.inside(cell).strip()}{more}]"
        return (
            body
            if down == across == 1
            else f"table.cell(rowspan: {down}, colspan: {across}, {body})"
        )

    def on_math(self, node: nodes.Element) -> str:
        log.warning("a formula has no form on paper, say it in words", location=node)
        return ""

    def on_math_block(self, node: nodes.Element) -> str:
        return self.on_math(node)


def text(words: str) -> str:
    """Words as markup in which nothing acts as markup."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"\s*\n\s*", " ", words))


def string(words: str) -> str:
    """A Typst string literal."""
    return json.dumps(words, ensure_ascii=False)


def call(function: str, body: str) -> str:
    """A call of a Typst function with one piece of content."""
    return f"#{function}[{body}]"


def runs(keys: list[str]) -> list[list[int]]:
    """The places in a list of keys, those of keys that follow each other together."""
    parts = [re.fullmatch(r"(\D*)(\d+)", key) for key in keys]
    together = groupby(
        range(len(keys)), key=lambda i: (parts[i][1], int(parts[i][2]) - i) if parts[i] else i
    )
    return [list(run) for _, run in together]


def plain(cell: nodes.Element) -> str:
    """The words of a cell, lists of keys as long as they print."""
    words = re.sub(r"\s+", " ", cell.astext()).strip()
    if not any("csto-ev" in inline["classes"] for inline in cell.findall(nodes.inline)):
        return words
    keys = words.split(" ")
    return " ".join(keys[run[0]] if len(run) < 2 else "A1–A2" for run in runs(keys))


def columns(rows: list[list[str]], text: int = 82, page: int = 112) -> list[str]:
    """Widths of a table's columns: what they need if all fit the text, else shares of the page.

    Counted in letters. The first row is the head, whose words may break
    between lines; no column gets less than its longest word.
    """
    head, *body = rows
    widths = []
    for heading, *cells in zip(head, *body, strict=True):
        word = max(map(len, " ".join([heading, *cells]).split(" ")), default=1)
        word = max(word, min(len(heading), 10))
        widths.append(
            (word, max(map(len, cells), default=word), sum(map(len, cells)) / max(len(cells), 1))
        )
    if sum(max(word, longest) + 3 for word, longest, _ in widths) <= text:
        return ["auto"] * len(widths)
    least = [word + 3 for word, _, _ in widths]
    wanted = [max(0, min(longest, 2 * mean) - word) for word, longest, mean in widths]
    share = min(1, max(0, page - sum(least)) / (sum(wanted) or 1))
    return [f"{low + more * share:.0f}fr" for low, more in zip(least, wanted, strict=True)]


def lines(row: nodes.Element, widths: list[str]) -> int:
    """How many lines a row of a table takes, about."""
    rooms = [int(width.removesuffix("fr")) if width.endswith("fr") else 99 for width in widths]
    return max(
        (-(-len(plain(cell)) // room) for cell, room in zip(row.children, rooms, strict=False)),
        default=1,
    )
