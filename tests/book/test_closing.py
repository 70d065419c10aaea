"""The closing of a chapter: its last section, where that is words alone."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from csto.book.closing import CLOSING, close


def closed(*sections: nodes.section) -> list[bool]:
    """Which sections of a chapter are marked."""
    tree = new_document("page")
    tree += nodes.section("", nodes.title(text="Chapter"), *sections)
    close(tree)
    return [CLOSING in section["classes"] for section in tree.findall(nodes.section)]


def section(*parts: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title(text="Head"), *parts)


def test_the_last_section_closes_a_chapter_and_no_other() -> None:
    words = [section(nodes.paragraph(text="words")) for _ in range(3)]
    assert closed(*words) == [False, False, False, True]
    assert closed() == [False]


@pytest.mark.parametrize("kind", [nodes.table, nodes.figure, nodes.image, nodes.section])
def test_a_last_section_with_an_exhibit_is_no_closing(kind: type[nodes.Element]) -> None:
    assert not any(closed(section(), section(kind(""))))
