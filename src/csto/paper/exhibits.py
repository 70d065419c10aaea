"""Exhibits on paper: charts and figures, their captions and numbers; what has no form there."""

from __future__ import annotations

import re
import textwrap
from html import unescape
from pathlib import Path

from docutils import nodes

from csto.book.closing import CLOSING
from csto.palette import LIGHT
from csto.paper import drawing
from csto.paper.page import SCREEN_ONLY, SILENT, Page, elements, form, log
from csto.paper.syntax import block, call, string
from csto.paper.words import CLAIM, FIGURES, SET, with_entries

APPENDIX = "A"  # how the pages of appendices are numbered
FONT = "Source Sans Pro"  # a static face: in drawings Typst sets variable ones at their thinnest
KEY_PICTURE = "csto-opening"  # the class of a chart of a chapter on another page
CUT = 60  # letters of a caption that are said again where its table goes on
ASIDE = "csto-aside"  # the class of words that paper has in its margin
BOX = "csto-entries"  # the class of short entries on a tint
_UNSEEN = re.compile(
    r"\s*(</?(script|style|link|meta|details)\b.*|<[^>]*\bcsto-screen\b.*|<!--.*-->)?\s*", re.DOTALL
)


@form(nodes.container)
def container(page: Page, node: nodes.Element) -> str:
    """Whatever holds other nodes; the code of cells is left to the HTML."""
    if node.get("nb_element") == "cell_code_source":
        return ""
    if FIGURES in node["classes"]:
        items = (page.inside(item).strip() for item in node.findall(nodes.list_item))
        at_top = str(not page.heading).lower()  # above there is no numeral
        opens = str(page.depth <= page.under + 1).lower()
        told = ", ".join(f"[{item}]" for item in items)
        return f"#figures-of(at-top: {at_top}, opens: {opens}, {told})"
    if ASIDE in node["classes"]:
        return block(call("aside", page.inside(node)))
    for kind, function in ((BOX, "in-box"), (CLAIM, "claim"), (SET, "set-of")):
        if kind in node["classes"]:
            return block(call(function, page.anchors(node) + page.inside(node)))
    if KEY_PICTURE in node["classes"]:
        words = [part for part in elements(node) if type(part) is nodes.paragraph]
        words = [part for part in words if not part["classes"]]  # and no head of the picture
        drawn = [part for part in elements(node) if part not in words]
        return block(f"#key-picture([{page.inside(drawn)}], [{page.inside(words)}])")
    return page.anchors(node) + with_entries(page, node.children)


@form(nodes.raw)
def raw(page: Page, node: nodes.Element) -> str:
    """A chart, or the end of a line; other raw HTML is a warning, unless nobody sees it."""
    html = node.astext()
    if "html" not in node["format"].split():
        return ""
    if html.strip() == "<br />":
        return " \\ "
    if 'class="csto-chart' in html:
        return _picture(page, html)
    if not _UNSEEN.fullmatch(html):
        what = "raw HTML has no form on paper"
        log.warning(f"{what}, give it the class {SCREEN_ONLY}: {html[:80]!r}", location=node)
    return ""


def _picture(page: Page, html: str) -> str:
    """A chart's drawing as a file, its colours put in, with its alternative text."""
    found = re.search(r"<svg\b.*?</svg>", html, re.DOTALL)
    if found is None:
        raise ValueError(f"a chart without a drawing: {html[:80]!r}")
    svg = re.sub(r"var\(--[\w-]+,\s*([^()]*)\)", r"\1", found[0])
    svg = svg.replace("currentColor", LIGHT["ink"])
    svg = re.sub(r'font-family="[^"]*"', f'font-family="{FONT}"', svg)
    said = re.search(r'aria-label="([^"]*)"', svg)
    svg, hangs = drawing.on_grid(svg)
    return _chart(page.sheets.keep(svg.encode(), ".svg"), hangs, unescape(said[1]) if said else "")


@form(nodes.image)
def image(page: Page, node: nodes.Element) -> str:
    """A picture that is a file of the project."""
    if node.document is None:
        raise ValueError(f"a picture of no page: {node['uri']}")
    path = Path(node.document.settings.env.srcdir, node["uri"])
    return _chart(page.sheets.keep(path.read_bytes(), path.suffix), False, node.get("alt", ""))


def _chart(name: str, hangs: bool, said: str) -> str:
    return block(f"#chart({string(name)}, {str(hangs).lower()}, {string(said)})")


@form(nodes.figure)
def figure(page: Page, node: nodes.Element) -> str:
    """A figure: in its place, or where that has no room, afloat, so that the text goes on."""
    caption = next((c for c in node.children if isinstance(c, nodes.caption)), None)
    body = page.inside([c for c in node.children if c is not caption])
    floats = float_at(page)
    stays = stands(page, floats)
    return exhibit(page, "figure", node, caption, body, floats=floats, stays=stays)


def float_at(page: Page) -> str:
    """Where an exhibit floats.

    Before a chapter's first section nowhere, lest it top the title; after a
    table that may go on overleaf to the foot, lest it top the rest of that.
    """
    after, page.runs_on = page.runs_on, False
    if page.depth <= page.under + 1:
        return "none"
    return "bottom" if after else "auto"


def stands(page: Page, floats: str) -> bool:
    """Whether what may float stands in its place where that has room: in a chapter.

    There a float at the foot of a page leaves a hole above it. Appendices are long, and Typst
    gives up on a book in which too much waits for where something else will stand.
    """
    return floats != "none" and page.heading != APPENDIX


def exhibit(
    page: Page,
    kind: str,
    node: nodes.Element,
    caption: nodes.Element | None,
    body: str,
    **how: bool | str,
) -> str:
    """A figure or table with its caption and the number that the HTML prints too."""
    options = "".join(f", {name}: {str(value).lower()}" for name, value in how.items())
    if caption is None:
        headed = isinstance(_before(node), nodes.title)
        options += f", headed: {str(headed).lower()}"
        return block(f"#bare([{page.anchors(node)}{body}]{options})")
    given = page.numbers.get(kind, {})
    number = next((str(given[key][0]) for key in node["ids"] if given.get(key)), "none")
    said = f"[{page.anchors(node)}{page.inside(caption)}]"
    if _closes(node):
        options += ", closes: true"
    short = string(_short(caption.astext()))
    return block(f"#exhibit({string(kind)}, {number}, {said}, {short}, [{body}]{options})")


def _closes(node: nodes.Element) -> bool:
    """Whether the closing section of a chapter comes right after an exhibit."""
    inner: nodes.Node = node
    while isinstance(inner.parent, nodes.Element) and not isinstance(inner, nodes.section):
        after = inner.parent[inner.parent.index(inner) + 1 :]
        if any(isinstance(part, nodes.Body) and not _is_silent(part) for part in after):
            return False
        inner = inner.parent
    section = inner.next_node(descend=False, siblings=True) if inner.parent else None
    return isinstance(section, nodes.section) and CLOSING in section["classes"]


def _is_silent(node: nodes.Node) -> bool:
    return isinstance(node, SILENT) or SCREEN_ONLY in getattr(node, "attributes", {})["classes"]


def _short(caption: str) -> str:
    """What a caption says first, cut at a word if it is long."""
    said = re.split(r"[.,:;(]\s|\.$", " ".join(caption.split()))[0]
    return textwrap.shorten(said, CUT, placeholder="…")


def _before(node: nodes.Element) -> nodes.Node | None:
    """What stands right before a node in what holds it."""
    at = node.parent.index(node) if node.parent else 0
    return node.parent[at - 1] if at else None


@form(nodes.math, nodes.math_block)
def formula(page: Page, node: nodes.Element) -> str:
    """None: nobody has set one yet."""
    log.warning("a formula has no form on paper, say it in words", location=node)
    return ""
