"""Where sentences end: none is passed over, and what the record joins stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import edit, problems
from csto.corpus.documents import Document

EDM = "data/extracts/edm-2018.yml"
ONE = [
    "Mr. Pashinyan met Gen. Khachaturov on St. Stephen’s day.",
    "He called it “not ours … yet” and left.",
    "“What now?” he asked.",
]
TWO = [
    ("They met.", "Élysée said no."),
    ("They met.", "Ереван молчал."),
    ("They met.", "al-Assad did not."),
    ("They met.", "– No, he said."),
    ("They met.", "• A point."),
    ("They met…", "Nothing followed."),
    ("“They met.”", "It was late."),
    ("(They met.)", "It was late."),
    ("They met.", "2018 was over."),
    ("«They met!»", "“Late,” he said."),
]


@pytest.mark.parametrize("text", ONE)
def test_no_sentence_ends_there(text: str) -> None:
    assert Document("a", "", text).sentences == [(0, len(text))]


@pytest.mark.parametrize(("first", "second"), TWO)
def test_a_sentence_ends_there(first: str, second: str) -> None:
    document = Document("a", "", f"{first} {second}")
    assert [document.text[low:high] for low, high in document.sentences] == [first, second]


def test_what_the_record_joins_stays_whole() -> None:
    text = "He left the U.S. Embassy. It closed."
    assert len(Document("a", "", text).sentences) == 3
    assert len(Document("a", "", text, ("U.S. Embassy",)).sentences) == 2


def test_what_joins_nothing_is_named(corpus: Path) -> None:
    entry = "unbroken:\n  - words: Collective Security\n    because: a name\n\nleft_out:\n"
    edit(corpus / EDM, "left_out:\n", entry)
    said = problems(corpus)
    assert [one.partition(": ")[2] for one in said] == [
        "edm-2018.unbroken.words: no sentence would end in them, remove this"
    ]
