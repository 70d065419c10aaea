"""Text on paper: sections, paragraphs, marks, references, notes, lists, boxes."""

from __future__ import annotations

import re
from itertools import groupby, islice, takewhile

from docutils import nodes

from csto.book.cards import INDEX
from csto.book.closing import CLOSING
from csto.book.sure import SIGN, WHY
from csto.paper.page import FORMS, SCREEN_ONLY, SILENT, Page, elements, form, wrapped
from csto.paper.syntax import block, call, string, text

NUMBER = "finding-"  # what the anchors of numbers begin with; their uses are listed in an index
COUNTED = "ev-"  # targets whose uses are listed where they lead to
CODE = 68  # letters of code that a line of the text holds
SHORT = 700  # letters of a list up to which it is not broken between pages, nor by what floats
FIGURES = "csto-figures"  # the class of a list of numbers that are printed large
SET = "csto-set"  # the class of the head of a check sheet
CLAIM = "csto-claim"  # the class of a sentence that is checked, with its passages
ENTRIES = (COUNTED, "out-")  # what the anchors of a list's entries begin with, in two columns
ACROSS = 55  # letters of a line there
WHOLE, ENDS = 14, 2  # lines of an entry that is not broken; items that stay where one is
#: What is left to a pen: a box, a line.
BY_HAND = {"csto-box": "tick", "csto-blank": "blank"}
#: Paragraphs with a form of their own, by class: what a chart shows, how to read it.
SET_APART = {
    "csto-title": "chart-title",
    "csto-note": "chart-note",
    "csto-source": "chart-source",
}
LEDE = (nodes.section, nodes.container, nodes.table, nodes.figure)  # what a lede ends before
WRAPPED = {
    nodes.emphasis: "emph",
    nodes.strong: "strong",
    nodes.superscript: "super",
    nodes.subscript: "sub",
    nodes.literal: "code",
    nodes.title_reference: "emph",
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
FORMS.update({kind: wrapped(function) for kind, function in WRAPPED.items()})


# ---- sections and paragraphs ---------------------------------------------------------


@form(nodes.document)
def document(page: Page, node: nodes.Element) -> str:
    """A page; its footnotes are kept for where they are called."""
    page.notes = {key: note for note in node.findall(nodes.footnote) for key in note["ids"]}
    return page.inside(node)


@form(nodes.section)
def section(page: Page, node: nodes.Element) -> str:
    """A heading, the first paragraph, which leads in, and the rest."""
    page.depth += 1
    title = next(iter(node.findall(nodes.title)))
    entries = next((at for at, part in enumerate(node) if _is_entry(part)), len(node))
    start, end = (min(at, entries) for at in (_after_lede(node), _first_of(LEDE, node)))
    figures = [part for part in elements(node) if FIGURES in part["classes"] and page.heading]
    head = _head(page, node, title) + page.inside(figures)  # beside what leads in
    before = [child for child in node.children[:start] if child is not title]
    if CLOSING in node["classes"]:
        page.depth -= 1
        return _closing(page, head, before + node.children[start:])
    lede = page.inside(before)  # before the rest: footnotes stand where they are first called
    more = page.inside(node.children[start:end])
    rest = with_entries(page, [part for part in node.children[end:] if part not in figures])
    if page.depth == 1:
        lede = call("lede", lede) if lede else ""
        columned = "#entry-of(" in rest
        if page.is_index or columned:
            rest = f"#index(columned: {str(columned).lower()})[{rest}]"
    page.depth -= 1
    return head + lede + more + rest


def _closing(page: Page, head: str, parts: list[nodes.Node]) -> str:
    """The last section of a chapter as a panel, from its list or its paragraphs."""
    shown = [
        part
        for part in parts
        if isinstance(part, nodes.Element) and SCREEN_ONLY not in part["classes"]
        if isinstance(part, nodes.Body) and not isinstance(part, SILENT)
    ]
    listed = len(shown) == 1 and isinstance(shown[0], nodes.bullet_list)
    items = _items(page, shown[0]) if listed else [f"[{page.write(one).strip()}]" for one in shown]
    return block(f"#closing([{head}], {str(listed).lower()}, {', '.join(items)})")


def _is_entry(node: nodes.Node) -> bool:
    """Whether an entry of a list begins here."""
    return isinstance(node, nodes.paragraph) and any(
        key.startswith(ENTRIES) for key in node["ids"][:1]
    )


def with_entries(page: Page, parts: list[nodes.Node]) -> str:
    """Parts of a section, what belongs to an entry of a list with it."""
    groups: list[list[nodes.Node]] = [[]]
    for part in parts:
        if _is_entry(part) or isinstance(part, nodes.section):
            groups.append([])
        groups[-1].append(part)
    return "".join(
        _entry(page, some) if some and _is_entry(some[0]) else page.inside(some) for some in groups
    )


def _entry(page: Page, parts: list[nodes.Node]) -> str:
    """An entry of a list: whole, or if it is long, where it begins and where it ends."""
    *above, last = [part for part in parts if page.write(part)]
    if not isinstance(last, nodes.bullet_list):
        return call("whole", page.inside(parts))
    said, items = page.inside(above), _items(page, last)
    lines = sum(-(-len(part.astext()) // ACROSS) for part in [*above, *_shown(page, last)])
    if lines <= WHOLE or len(items) <= 2 * ENDS:
        return call("whole", f"{said}{_list(items)}")
    first, middle, end = items[:ENDS], items[ENDS:-ENDS], items[-ENDS:]
    begun, rest = call("whole", f"{said}{_list(first)}"), _list(middle) if middle else ""
    return f"{begun}{rest}{call('rest', _list(end))}"


def _first_of(kinds: tuple[type[nodes.Element], ...], node: nodes.Element) -> int:
    """Where the first child of some kinds stands, or the end."""
    return next((at for at, part in enumerate(node.children) if isinstance(part, kinds)), len(node))


def _after_lede(node: nodes.Element) -> int:
    """Where a section goes on after its first paragraph and what stands beside that."""
    end = _first_of(LEDE, node)
    body = (
        at
        for at, part in enumerate(node.children[:end])
        if isinstance(part, nodes.paragraph)
        if not _is_beside(part) and SCREEN_ONLY not in part["classes"]
    )
    return next(islice(body, 1, None), end)


def _head(page: Page, node: nodes.Element, title: nodes.Element) -> str:
    """The heading of a section, and the places that links to it lead to.

    What floats may pass it: its number and its title say what it belongs to, and a page that waits
    for it would stay white.
    """
    first, *more = node["ids"]
    number = string(page.heading) if page.depth == 1 and page.heading else "none"
    what = f"{page.depth}, {page.label(first)}, [{page.inside(title)}], number: {number}"
    anchors = "".join(f"#anchor({page.label(key)})" for key in [*more, *title["ids"]])
    page.headed = True
    if page.depth == page.under + 1:  # a link may name the page itself
        anchors += f"#anchor({string(page.name)})"
    return f"\n\n#section({what})\n{anchors}"


@form(nodes.paragraph)
def paragraph(page: Page, node: nodes.Element) -> str:
    """A paragraph; an entry of the evidence index and heads of charts have forms of their own."""
    body = page.anchors(node) + page.inside(node) + _uses(page, node)
    if _is_beside(node):
        return f"#aside[{body}]"
    for function in (SET_APART[kind] for kind in node["classes"] if kind in SET_APART):
        return call(function, body)
    if _is_entry(node):
        key = "".join(strong.astext() for strong in [*node.findall(nodes.strong)][:1])
        says = str(not node["ids"][0].startswith(COUNTED)).lower()
        return block(f"#entry-of({string(key)}, says: {says}, [{body}])")
    if isinstance(node.parent, (nodes.entry, nodes.caption)):
        return body
    parted = "#parted" if _has_head(node) else ""
    return block(parted) + block(_leading_in(node, body) if _leads_in(node) else body)


def _has_head(node: nodes.Element) -> bool:
    """Whether a paragraph of a section begins with a head of its own."""
    first = next((child for child in node.children if child.astext()), None)
    return isinstance(node.parent, nodes.section) and isinstance(first, nodes.strong)


def _leads_in(node: nodes.Element) -> bool:
    """Whether a paragraph of a section stands right above a list."""
    after = node.next_node(descend=False, siblings=True)
    lists = (nodes.bullet_list, nodes.enumerated_list)
    return isinstance(node.parent, nodes.section) and isinstance(after, lists)


def _leading_in(node: nodes.Element, body: str) -> str:
    above = node.parent.children[: node.parent.index(node)]
    said = [part for part in elements(node.parent) if part in above and not _is_beside(part)]
    goes_on = str(isinstance(said[-1], nodes.paragraph)).lower()
    return f"#leads-in([{body}], goes-on: {goes_on})"


def _is_beside(node: nodes.Element) -> bool:
    """Whether a paragraph is nothing but how sure a claim is."""
    return len(node) == 1 and "csto-sure" in getattr(node[0], "attributes", {}).get("classes", ())


def _uses(page: Page, node: nodes.Element) -> str:
    """Where the book uses what this paragraph is the place of."""
    counted = (key for key in node["ids"] if key.startswith(COUNTED))
    return "".join(f"#used({page.label(key)})" for key in counted)


@form(nodes.literal_block, nodes.doctest_block)
def listing(page: Page, node: nodes.Element) -> str:
    """Code, letter by letter; with lines that are longer than those of the text, over the page."""
    said = node.astext()
    hangs = str(max(map(len, said.split("\n"))) > CODE).lower()
    return block(f"#listing({string(said)}, hangs: {hangs})")


@form(nodes.block_quote)
def quotation(page: Page, node: nodes.Element) -> str:
    """A passage; one with who said it is set apart."""
    if CLAIM in node.parent["classes"]:
        return call("borne-by", page.anchors(node) + page.inside(node))
    if "csto-quotation" not in node["classes"]:
        return call("passage", page.anchors(node) + page.inside(node))
    by = [child for child in node if isinstance(child, nodes.attribution)]
    said = page.inside([child for child in node if child not in by])
    return f"#quotation[{page.anchors(node)}{said}][{page.inside(by)}]"


# ---- marks and references ------------------------------------------------------------


@form(nodes.inline)
def inline(page: Page, node: nodes.Element) -> str:
    """Words in a line; a number, a mark, and the keys of a table."""
    if "csto-n" in node["classes"]:
        return call("number", page.anchors(node) + page.inside(node))
    if "csto-sure" in node["classes"]:
        return call("sure", page.anchors(node) + page.inside(node))
    if WHY in node["classes"] and not page.heading:  # in brief; a chapter says it
        return ""
    if SIGN in node["classes"]:
        return f"#sign({string(node['classes'][-1].removeprefix(f'{SIGN}-'))});"
    for kind in BY_HAND.keys() & set(node["classes"]):
        return f"#{BY_HAND[kind]};"
    if "csto-ev" not in node["classes"]:
        return page.anchors(node) + page.inside(node)
    in_table = isinstance(node.parent.parent, nodes.entry)
    drawn = _keys(page, node) if in_table else page.anchors(node) + _tied(page, node)
    if "csto-out" in node["classes"]:
        drawn = call("from-public", drawn)
    return call("keys" if in_table else "mark", drawn)


def _tied(page: Page, mark: nodes.Element) -> str:
    """The keys of a mark, of which none stands on a line alone: the last three go together."""
    parts = [page.write(child) for child in mark.children]
    spaces = [at for at, part in enumerate(parts) if part == " "]
    for at in spaces[-2:]:
        parts[at] = "~"
    return "".join(parts)


def _keys(page: Page, mark: nodes.Element) -> str:
    """A list of keys with three and more in a row drawn together, as in "A3–A9"."""
    keys = elements(mark)
    named = [_key(key).astext() for key in keys]
    if mark.astext().split() != "".join(key.astext() + " " for key in keys).split():
        return page.anchors(mark) + page.inside(mark)
    drawn = (_run(page, [keys[i] for i in run]) for run in runs(named))
    return page.anchors(mark) + " ".join(drawn)


def _key(unit: nodes.Element) -> nodes.Element:
    """The link to a passage or row; that of a row stands before one to its page."""
    return next(iter(unit.findall(nodes.reference)), unit)


def _run(page: Page, keys: list[nodes.Element]) -> str:
    if len(keys) < 3:
        return " ".join(map(page.write, keys))
    places = [page.place(_key(key)) or "" for key in keys[1:-1]]
    counted = "" if page.is_index else "".join(f"#used-here({string(at)})" for at in places)
    return f"{page.write(_key(keys[0]))}–{counted}{page.write(_key(keys[-1]))}"


def runs(keys: list[str]) -> list[list[int]]:
    """The places in a list of keys, those of keys that follow each other together."""
    parts = [re.fullmatch(r"(\D*)(\d+)", key) for key in keys]

    def run_of(at: int) -> object:
        part = parts[at]
        return (part[1], int(part[2]) - at) if part else at

    return [list(run) for _, run in groupby(range(len(keys)), key=run_of)]


@form(nodes.reference)
def reference(page: Page, node: nodes.Element) -> str:
    """A link; one inside the book says on which page it leads there, or is counted there."""
    body, place = page.anchors(node) + page.inside(node), page.place(node)
    if place is None:
        return f"#link({string(node['refuri'])}, [{body}])"
    target, _, key = place.partition("#")
    if key.startswith(NUMBER):  # the chapter has it on the screen only
        counted = "" if page.is_index else f"#used-here({string(place)})"
        return (
            f"{counted}#to-number({string(f'{INDEX}#number-{key.removeprefix(NUMBER)}')}, [{body}])"
        )
    if key.startswith(COUNTED):
        how = "to" if page.is_index else "use"
    else:
        is_key = isinstance(node.parent, nodes.inline) and "csto-out-row" in node.parent["classes"]
        how = "to" if is_key or target == page.name or page.is_index else "see"
    return f"#{how}({string(place)}, [{body}])"


@form(nodes.footnote_reference)
def footnote_reference(page: Page, node: nodes.Element) -> str:
    """A footnote where it is first called; its number alone, later."""
    key = node["refid"]
    if key in page.noted:
        return f"#footnote(label({page.label(key)}))"
    page.noted.add(key)
    _, *body = page.notes[key].children
    return f"#[#footnote[{page.inside(body).strip()}]#label({page.label(key)})]"


@form(nodes.citation)
def citation(page: Page, node: nodes.Element) -> str:
    """A work.

    The bibliography's transform fills its nodes again for each builder, so
    only the first filling counts.
    """
    _, *body = node.children
    once = takewhile(lambda child: not isinstance(child, nodes.label), body)
    return f"#entry[{page.anchors(node)}{page.inside(list(once)).strip()}]"


# ---- lists and boxes -----------------------------------------------------------------


@form(nodes.bullet_list)
def bullet_list(page: Page, node: nodes.Element) -> str:
    """A list with bullets."""
    return _listed(node, _list(_items(page, node)).strip())


@form(nodes.enumerated_list)
def enumerated_list(page: Page, node: nodes.Element) -> str:
    """A list with numbers."""
    items = ", ".join(_items(page, node))
    return _listed(node, f"#enum(start: {node.get('start', 1)}, {items})")


def _listed(node: nodes.Element, markup: str) -> str:
    """A list; a short one stays on a page, lest its last item stand on the next alone."""
    is_short = isinstance(node.parent, nodes.section) and len(node.astext()) <= SHORT
    return block(call("kept", markup) if is_short else markup)


def _list(items: list[str]) -> str:
    return block(f"#list({', '.join(items)})")


def _items(page: Page, node: nodes.Element) -> list[str]:
    return [
        f"[{page.anchors(item)}{page.inside(_beside_first(item)).strip()}]"
        for item in _shown(page, node)
    ]


def _beside_first(item: nodes.Element) -> list[nodes.Element]:
    """What an item holds, its notes in the margin first, so that they begin where it begins."""
    return sorted(elements(item), key=lambda part: not _is_beside(part))


def _shown(page: Page, node: nodes.Element) -> list[nodes.Element]:
    """The items; an index gives uses by page, so what links to them there is left out."""
    return [
        item
        for item in elements(node)
        if not (page.is_index and any(map(page.place, item.findall(nodes.reference))))
    ]


@form(nodes.Admonition, nodes.topic, nodes.sidebar)
def box(page: Page, node: nodes.Element) -> str:
    """A box with a head."""
    title = node.next_node(nodes.title)
    head = page.inside(title) if title else text(type(node).__name__.capitalize())
    body = page.inside([child for child in node.children if child is not title])
    if "csto-outside" in node["classes"]:
        head = call("from-public", head)
    return block(f"#box-of([{head}], [{page.anchors(node)}{body}])")
