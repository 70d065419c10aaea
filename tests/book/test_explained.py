"""Words that are explained: each where it first stands in prose, whichever form it has."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from csto.book import explained
from csto.corpus.report import Word

WORDS = [
    Word(term="verger", also=["keeper"], meaning="Who keeps the church."),
    Word(term="acting verger", meaning="Who does it meanwhile."),
    Word(term="Great Book", meaning="The hymnal."),
]


def marked(*parts: nodes.Node, kind: type[nodes.Element] = nodes.paragraph) -> list[str]:
    """What is marked of a page; its words stay what they are."""
    tree = new_document("page")
    tree += [kind("", "", nodes.Text(part)) if isinstance(part, str) else part for part in parts]
    before = tree.astext()
    explained.mark(tree, WORDS)
    assert tree.astext() == before
    return [n.astext() for n in tree.findall(nodes.inline) if explained.TERM in n["classes"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The verger, the keeper and the verger.", ["verger"]),
        ("The keeper came, then the verger.", ["keeper"]),
        ("An acting verger, and again the acting verger.", ["acting verger"]),
        ("Keeper of all. It was so.", ["Keeper"]),
        ("It was so. Keeper of all.", ["Keeper"]),
        ("Mary Keeper sang from the great book.", []),
        ("The vergers, a non-verger, and vergership.", []),
        ("“The verger”, he said.", []),
        ("“So it was”, the verger said of the Great Book.", ["verger", "Great Book"]),
    ],
)
def test_a_word_is_marked_where_it_first_stands(text: str, found: list[str]) -> None:
    assert marked(text) == found


def test_what_is_no_prose_is_left_alone() -> None:
    link = nodes.paragraph("", "", nodes.reference("", "verger", refuri="x"))
    code = nodes.paragraph("", "", nodes.literal("", "verger"))
    key = nodes.paragraph("", "", nodes.inline("", "verger", classes=["csto-ev"]))
    cell = nodes.table("", nodes.entry("", nodes.paragraph(text="verger")))
    line = nodes.paragraph(text="verger", classes=["csto-reading"])
    title = nodes.title(text="verger")
    assert marked(title, link, code, key, cell, line, "A verger.") == ["verger"]
    assert marked(title, link, code, key, cell, line) == []


def test_words_in_bold_and_in_lists_are_prose() -> None:
    bold = nodes.paragraph("", "", nodes.strong(text="The verger"))
    item = nodes.bullet_list("", nodes.list_item("", nodes.paragraph(text="Great Book")))
    assert marked(bold, item) == ["verger", "Great Book"]


def test_each_form_has_its_meaning_with_a_capital_too() -> None:
    said = explained.meanings(WORDS)
    assert said["Keeper"] == said["keeper"] == said["verger"] == "Who keeps the church."


def test_no_word_nothing_marked() -> None:
    tree = new_document("page")
    tree += nodes.paragraph(text="verger")
    explained.mark(tree, [])
    assert not list(tree.findall(nodes.inline))
