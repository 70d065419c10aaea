"""Exhibits on paper: charts and figures, their captions and numbers; what has no form there."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from docutils import nodes

from csto.analysis.theme import INK
from csto.paper.page import SCREEN_ONLY, Page, form, log
from csto.paper.syntax import block, string

TALL = 400  # pixels from which a drawing floats, so that the text fills the page before it
FONT = "Source Sans Pro"
_UNSEEN = re.compile(
    r"\s*(<(script|style|link|meta)\b.*|<[^>]*\bcsto-screen\b.*|<!--.*-->)?\s*", re.DOTALL
)


@form(nodes.container)
def container(page: Page, node: nodes.Element) -> str:
    """Whatever holds other nodes; the code of cells is left to the HTML."""
    if node.get("nb_element") == "cell_code_source":
        return ""
    return page.anchors(node) + page.inside(node)


@form(nodes.raw)
def raw(page: Page, node: nodes.Element) -> str:
    """A chart; other raw HTML is a warning, unless nobody sees it."""
    html = node.astext()
    if "html" not in node["format"].split():
        return ""
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
    svg = re.sub(r"var\(--[\w-]+,\s*([^()]*)\)", r"\1", found[0]).replace("currentColor", INK)
    svg = re.sub(r'font-family="[^"]*"', f'font-family="{FONT}"', svg)
    said = re.search(r'aria-label="([^"]*)"', svg)
    name = page.sheets.keep(svg.encode(), ".svg")
    size = f"({_side(svg, 'width')}, {_side(svg, 'height')})"
    return _chart(name, size, unescape(said[1]) if said else "")


def _side(svg: str, side: str) -> str:
    found = re.search(rf'<svg[^>]*?\s{side}="([\d.]+)', svg)
    if found is None:
        raise ValueError(f"a drawing without {side}: {svg[:80]!r}")
    return found[1]


@form(nodes.image)
def image(page: Page, node: nodes.Element) -> str:
    """A picture that is a file of the project."""
    if node.document is None:
        raise ValueError(f"a picture of no page: {node['uri']}")
    path = Path(node.document.settings.env.srcdir, node["uri"])
    return _chart(page.sheets.keep(path.read_bytes(), path.suffix), "none", node.get("alt", ""))


def _chart(name: str, size: str, said: str) -> str:
    return block(f"#chart({string(name)}, {size}, {string(said)})")


@form(nodes.figure)
def figure(page: Page, node: nodes.Element) -> str:
    """A figure; one with a tall drawing floats."""
    caption = next((c for c in node.children if isinstance(c, nodes.caption)), None)
    body = page.inside([c for c in node.children if c is not caption])
    drawn = re.findall(r'#chart\("[^"]*", \([\d.]+, ([\d.]+)\)', body)
    floats = any(float(height) > TALL for height in drawn)
    return exhibit(page, "figure", node, caption, body, floats=floats)


def exhibit(
    page: Page,
    kind: str,
    node: nodes.Element,
    caption: nodes.Element | None,
    body: str,
    **how: bool,
) -> str:
    """A figure or table with its caption and the number that the HTML prints too."""
    options = "".join(f", {name}: {str(value).lower()}" for name, value in how.items())
    if caption is None:
        return block(f"#bare([{page.anchors(node)}{body}]{options})")
    given = page.numbers.get(kind, {})
    number = next((str(given[key][0]) for key in node["ids"] if given.get(key)), "none")
    said = f"[{page.anchors(node)}{page.inside(caption)}]"
    return block(f"#exhibit({string(kind)}, {number}, {said}, [{body}]{options})")


@form(nodes.math, nodes.math_block)
def formula(page: Page, node: nodes.Element) -> str:
    """None: nobody has set one yet."""
    log.warning("a formula has no form on paper, say it in words", location=node)
    return ""
