"""The records of the report: each way of damaging them, and what is left without a document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT, assert_damage_is_named
from csto import tables
from csto.corpus.checks import checked_corpus
from csto.corpus.schema import source_of

CLAIMS, WORDS, CAST = (f"data/{name}.yml" for name in ("claims", "words", "cast"))

#: name: (file, old text, new text, part of the message); the file itself is named.
CASES = {
    "a passage that is none": (
        CLAIMS,
        "[eurasianet-2023.body-january-refused-exercise]",
        "[eurasianet-2023.body-january-refused-exercises]",
        "withdrawal.refusals.told_by.1.0: 'eurasianet-2023.body-january-refused-exercises' is no "
        "known extract, did you mean 'eurasianet-2023.body-january-refused-exercise'?",
    ),
    "a part that nothing tells": (
        CLAIMS,
        "[eurasianet-2023.body-january-refused-exercise]",
        "[]",
        "withdrawal.refusals.told_by.1: is empty, give at least one",
    ),
    "a passage for and against": (
        CLAIMS,
        "against: [eurasianet-2023.no-political-message]",
        "against: [eurasianet-2023.to-enlist-western-support]",
        "withdrawal.courting-the-west.against.0: 'eurasianet-2023.to-enlist-western-support' tells "
        "the claim too, remove it in one place",
    ),
    "a passage against a claim that says nothing for it": (
        CLAIMS,
        "    otherwise: months before, EDM 2018 put it down to the allies’ disunity\n",
        "",
        "rotation.blame.against: say in `otherwise` what these passages have instead",
    ),
    "a word twice": (
        WORDS,
        "also: [INF Treaty]",
        "also: [Quota]",
        "nuclear treaty.also.0: 'Quota' stands for 'quota' already, remove one",
    ),
    "an institution among people": (
        CAST,
        "actor: pashinyan",
        "actor: kommersant",
        "kommersant.actor: 'kommersant' is of the kind outlet, name a person",
    ),
    "somebody twice": (
        CAST,
        "actor: khachaturov",
        "actor: pashinyan",
        "pashinyan.id: 'pashinyan' stands already at data/cast.yml:4, rename one",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_damage_is_named(name: str, corpus: Path) -> None:
    file, old, new, message = CASES[name]
    assert_damage_is_named(corpus, file, old, new, file, message)


def test_without_a_document_its_passages_tell_nothing() -> None:
    """What speaks against a claim stays: to know less makes nothing surer."""
    gone = "edm-2018"
    less = {name: tables.TABLES[name](gone) for name in ("claims", "words", "cast")}
    for name, frame in less.items():
        assert not [key for ids in frame["extract_ids"] for key in ids if key.startswith(gone)], (
            name
        )
    assert list(less["claims"]["against_ids"]) == list(tables.claims()["against_ids"])
    assert len(less["claims"]) == len(tables.claims()) and len(less["words"]) == len(tables.words())


def test_hedging_words_are_quoted_from_the_document() -> None:
    corpus = checked_corpus(ROOT)
    for forecast in corpus.forecasts:
        said = corpus.documents[source_of(forecast.extracts[0])].text
        hedge = forecast.hedge or ""
        assert not re.sub("“[^”]*”(, )?", "", hedge), (forecast.id, hedge)
        assert all(words in said for words in _quoted(hedge)), (forecast.id, hedge)


def _quoted(hedge: str) -> list[str]:
    """The words of a hedge as a document has them, what is left out between them not."""
    return [part for words in re.findall("“([^”]*)”", hedge) for part in words.split(" … ")]
