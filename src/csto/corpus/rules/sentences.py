"""What no extract holds: sentences are listed as left out, clauses say nothing that is coded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.schema import LeftOut

Span = tuple[int, int]

_TELLING = (
    "not|no|never|nor|neither|none|nobody|without|"
    "cannot|may|might|could|would|should|must|can|will|shall|more|most|less|least|than|only|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)


@rule
def left_out_sentences_are_found(corpus: Corpus) -> Iterator[Problem]:
    """What is listed as left out opens one sentence, from which nothing is taken."""
    taken = _taken(corpus)
    for left in corpus.left_out:
        places = _opening(corpus, left)
        if len(places) != 1:
            yield left.problem(
                "starts", f"opens {len(places)} sentences of the document, quote its first words"
            )
        elif places[0] in taken[left.source]:
            yield left.problem(
                "starts", "the sentence has an extract or is listed already, remove this"
            )
        else:
            taken[left.source].add(places[0])


@rule
def every_sentence_is_accounted_for(corpus: Corpus) -> Iterator[Problem]:
    """A sentence has an extract or is listed as left out."""
    begun = sentences_begun(corpus)
    for source, start, end in sentences_open(corpus):
        if start not in begun[source]:
            words = corpus.documents[source].text[start : min(end, start + 60)]
            said = f"“{words}…” has no extract, take one or list it in `left_out`"
            yield _where_it_belongs(corpus, source, start, said)


def sentences_open(corpus: Corpus) -> Iterator[tuple[str, int, int]]:
    """Document, start and end of every sentence that is neither extracted from nor left out."""
    taken = _taken(corpus)
    for left in corpus.left_out:
        taken[left.source].update(places if len(places := _opening(corpus, left)) == 1 else [])
    for source, document in corpus.documents.items():
        for start, end in document.sentences:
            if start not in taken[source]:
                yield source, start, end


def sentences_begun(corpus: Corpus) -> dict[str, set[int]]:
    """Where the sentences begin that have a faulty record, by document: its fault says enough."""
    begun: dict[str, set[int]] = defaultdict(set)
    for source, quote in corpus.faulty:
        if (document := corpus.documents.get(source)) and quote.strip():
            begun[source] |= {document.sentence(place)[0] for place in document.find(quote)}
    return begun


def _where_it_belongs(corpus: Corpus, source: str, start: int, said: str) -> Problem:
    """A problem of a stretch of text, after the extract before it: so they come in its order."""
    before = [one for one in corpus.standing if one.extract.source == source and one.start <= start]
    record = max(before, key=lambda one: one.start).extract if before else corpus.source[source]
    near = record.problem((), "")
    return Problem(near.file, near.line, near.column, source, said)


@rule
def unbroken_words_keep_a_sentence_whole(corpus: Corpus) -> Iterator[Problem]:
    """Without an entry of `unbroken` some sentence would end where none does."""
    for one in corpus.unbroken:
        if document := corpus.documents.get(one.stem):
            others = tuple(words for words in document.unbroken if words != one.words)
            if replace(document, unbroken=others).sentences == document.sentences:
                yield one.problem("words", "no sentence would end in them, remove this")


def _taken(corpus: Corpus) -> dict[str, set[int]]:
    """Where the sentences with an extract begin, by document."""
    taken: dict[str, set[int]] = defaultdict(set)
    for passage in corpus.standing:
        taken[passage.extract.source].add(passage.sentence[0])
    return taken


def _opening(corpus: Corpus, left: LeftOut) -> list[int]:
    document = corpus.document(left)
    return document.opening(left.starts) if document else []


@rule
def clauses_are_covered(corpus: Corpus) -> Iterator[Problem]:
    """In a sentence with an extract, what no extract holds may say nothing that could be coded."""
    telling, begun = _telling_words(corpus), sentences_begun(corpus)
    spans: dict[tuple[str, Span], list[Span]] = defaultdict(list)
    for passage in corpus.standing:
        where = (passage.extract.source, passage.sentence)
        spans[where].append((passage.start, passage.end))
    for (source, (low, high)), held in spans.items():
        if low in begun[source]:
            continue
        text = corpus.documents[source].text
        edges = [low, *(edge for span in sorted(held) for edge in span), high]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if found := telling.search(text[start:end]):
                clause = text[start:end].strip()
                said = f"“{clause}” lies in no extract but says “{found[0]}”, take it into one"
                yield _where_it_belongs(corpus, source, start, said)


def _telling_words(corpus: Corpus) -> re.Pattern[str]:
    """Digits, months, negations, modals, comparisons and the names of the register."""
    names = {name for actor in corpus.actors for name in (actor.name, *actor.spellings)}
    words = {word for name in names for word in name.split() if word[0].isupper() and len(word) > 3}
    listed = "|".join(map(re.escape, sorted(names | words)))
    return re.compile(rf"\b(?:\d+|{_TELLING}|{listed})\b|n[’']t\b")
