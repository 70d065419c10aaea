"""A block quotation whose last paragraph says who said it."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from csto.book.quotations import attribute


def quotation(*paragraphs: str) -> nodes.block_quote:
    tree = new_document("page")
    quote = nodes.block_quote("", *(nodes.paragraph(text=words) for words in paragraphs))
    tree += quote
    attribute(tree)
    return quote


def test_the_last_of_several_paragraphs_says_who() -> None:
    quote = quotation("“Words”", "Ada Finch, verger, 2001")
    assert [type(part) for part in quote.children] == [nodes.paragraph, nodes.attribution]
    assert quote["classes"] == ["csto-quotation"]
    assert quote.astext() == "“Words”\n\nAda Finch, verger, 2001"


def test_a_single_paragraph_stays_as_it_is() -> None:
    quote = quotation("“Words”")
    assert [type(part) for part in quote.children] == [nodes.paragraph]
    assert quote["classes"] == []
