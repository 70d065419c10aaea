"""Folding: the numbers of a section behind one line, the code of an exhibit in its row."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from csto.book.folding import fold
from csto.exhibits import findings, tables


def bundle(kind: str, words: str) -> nodes.container:
    inside = nodes.container("", nodes.paragraph(text=words), mime_type=kind)
    return nodes.container("", inside, nb_element="mime_bundle")


def cell(code: str, *outputs: nodes.Node) -> nodes.container:
    source = nodes.container("", nodes.literal_block(text=code), nb_element="cell_code_source")
    parts = [source]
    if outputs:
        parts.append(nodes.container("", *outputs, nb_element="cell_code_output"))
    return nodes.container("", *parts, nb_element="cell_code", hide_mode="input")


def number(words: str) -> nodes.container:
    return bundle(findings.MIME, words)


def table(words: str) -> nodes.container:
    return bundle(tables.MIME, words)


def page(*parts: nodes.Node) -> list[str]:
    """What stands in a page after folding, in order: its words, and what opens and closes."""
    tree = new_document("page")
    tree += nodes.section("", *parts)
    fold(tree)
    kinds = (nodes.raw, nodes.paragraph, nodes.literal_block, nodes.title)
    said = [node for node in tree.findall() if isinstance(node, kinds)]
    return [node.astext().removeprefix("<details>") for node in said]


OPEN, CODE, END = (
    "<summary>Numbers in this section</summary>",
    "<summary>Code</summary>",
    "</details>",
)


def test_numbers_of_a_section_stand_behind_one_line_before_its_sections() -> None:
    below = nodes.section("", nodes.title(text="Below"), cell("show(3)", number("three")))
    assert page(
        nodes.title(text="Above"),
        cell("show(1)", number("one")),
        nodes.paragraph(text="prose"),
        cell("show(2)", number("two")),
        below,
    ) == [
        *("Above", "prose", OPEN, "one", "two", CODE, "show(1)", "show(2)", END, END),
        *("Below", OPEN, "three", CODE, "show(3)", END, END),
    ]


def test_code_that_shows_nothing_stands_before_the_next_that_does() -> None:
    assert page(cell("import"), nodes.paragraph(text="prose"), cell("table()", table("rows"))) == [
        *("prose", "rows", CODE, "import", "table()", END),
    ]
    assert page(cell("import"), nodes.paragraph(text="prose")) == ["prose", CODE, "import", END]


def test_a_number_shown_beside_an_exhibit_goes_among_the_numbers() -> None:
    assert page(cell("both()", table("rows"), number("one"))) == [
        *("rows", CODE, "both()", END, OPEN, "one", END),
    ]


def test_the_code_of_a_chart_stands_before_its_files() -> None:
    files = nodes.raw("", "files", format="html", classes=["files"])
    row = nodes.container("", nodes.raw("", "data", format="html"), files, classes=["csto-behind"])
    chart = nodes.container("", row, mime_type="chart")
    shown = nodes.container("", chart, nb_element="mime_bundle")
    assert page(cell("chart()", shown)) == ["data", CODE, "chart()", END, "files"]


def test_a_page_without_cells_stays_as_it_is() -> None:
    assert page(nodes.title(text="Above"), nodes.paragraph(text="prose")) == ["Above", "prose"]
