"""Passages: they stand in their document, once, whole, and in no other extract."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from csto.corpus import alike
from csto.corpus.documents import Document
from csto.corpus.problems import Problem
from csto.corpus.reading import DRAFTS, Corpus, Passage
from csto.corpus.rules.registry import rule

LIMITING = "but|unless|except|however|although|though|albeit|provided|only if|if"
_LIMITED = re.compile(rf"[\s,;:—–-]*({LIMITING})\b", re.IGNORECASE)
Run = tuple[str, ...]  # of words


@rule
def documents_are_unchanged(corpus: Corpus) -> Iterator[Problem]:
    """A document has the hash that the register gives."""
    for source in corpus.sources:
        document = corpus.documents.get(source.id)
        if document and document.sha256 != source.sha256:
            where = Path(source._place.file)
            own = where.match(f"data/{DRAFTS}")  # nobody else rests on it
            what = f"give it here: {document.sha256}" if own else "restore the file"
            said = f"{document.sha256[:12]}…, {what}"
            folder = where.parent.as_posix() if own else "seeds"
            yield source.problem("sha256", f"{folder}/{source.file} has the hash {said}")


@rule
def passages_stand_once(corpus: Corpus) -> Iterator[Problem]:
    """A passage stands in its document once, and needs no prefix where it does without."""
    for extract in corpus.extracts:
        document = corpus.document(extract)
        if document is None:
            continue
        places, file = corpus.places[extract.key], f"seeds/{document.file}"
        if not places:
            sought = (extract.prefix or "") + extract.quote
            yield extract.problem("quote", f"not in {file}; {_instead(document, sought)}")
        elif len(places) > 1:
            said = f"stands {len(places)} times in {file}, add a `prefix`"
            yield extract.problem("quote", said)
        elif extract.prefix and len(document.find(extract.quote)) == 1:
            yield extract.problem("prefix", "is not needed, the passage stands once, remove it")


def _instead(document: Document, words: str) -> str:
    """What stands in a document instead of words: what looks like them, or what is nearest."""
    for start, end in alike.places(document.text, words):
        if differs := alike.difference(words, document.text[start:end]):
            return f"{differs}, quote exactly"
    return f"nearest is “{' '.join(document.nearest(words).split())}”, quote exactly"


@rule
def passages_belong_to_their_document(corpus: Corpus) -> Iterator[Problem]:
    """No other document has the same words, or `also_in` says why."""
    holding = _documents_by_words(corpus)
    for extract in corpus.extracts:
        candidates = set(corpus.documents)
        for run in _runs(extract.quote):
            candidates &= holding.get(run, set())
        others = {
            source
            for source in candidates - {extract.source}
            if extract.quote in corpus.documents[source].text
        }
        for source in sorted(others - extract.also_in.keys()):
            yield extract.problem(
                "quote", f"stands in {source} too, quote more or say why in `also_in`"
            )
        for source in sorted(extract.also_in.keys() - others):
            yield extract.problem(("also_in", source), "does not hold these words, remove it")


def _documents_by_words(corpus: Corpus) -> dict[Run, set[str]]:
    """The documents with each run of three words, so that a passage is looked for in few."""
    index: dict[Run, set[str]] = defaultdict(set)
    for source, document in corpus.documents.items():
        for run in _runs(document.text):
            index[run].add(source)
    return index


def _runs(text: str) -> list[Run]:
    words = re.findall(r"\w+", text)
    return list(zip(words, words[1:], words[2:], strict=False))


@rule
def passages_are_one_sentence(corpus: Corpus) -> Iterator[Problem]:
    """A passage ends in the sentence in which it begins."""
    for passage in corpus.standing:
        extract = passage.extract
        if passage.end > passage.sentence[1]:
            yield extract.problem("quote", "goes over the end of a sentence, split it")
        if extract.quote != extract.quote.strip():
            yield extract.problem("quote", "has blanks at an end, trim it")


@rule
def passages_begin_and_end_with_words(corpus: Corpus) -> Iterator[Problem]:
    """No word is cut in two."""
    for extract, document, start, end in corpus.standing:
        text = document.text
        inside = (text[start - 1 : start + 1], text[end - 1 : end + 1])
        if any(len(pair) == 2 and pair.isalnum() for pair in inside):
            yield extract.problem("quote", "begins or ends inside a word, take the whole word")


@rule
def passages_are_not_cut_off(corpus: Corpus) -> Iterator[Problem]:
    """A passage does not stop before a word that limits it, or `cut` says why."""
    for passage in corpus.standing:
        extract = passage.extract
        limited = _LIMITED.match(passage.document.text, passage.end, passage.sentence[1])
        if limited and not extract.cut:
            yield extract.problem(
                "quote", f"stops just before “{limited[1]}”, include it or say why in `cut`"
            )
        if extract.cut and not limited:
            yield extract.problem("cut", "no limiting word follows, remove it")


@rule
def passages_do_not_overlap(corpus: Corpus) -> Iterator[Problem]:
    """Each word belongs to one extract."""
    by_source: dict[str, list[Passage]] = defaultdict(list)
    for passage in corpus.standing:
        by_source[passage.extract.source].append(passage)
    for passages in by_source.values():
        passages.sort(key=lambda passage: (passage.start, passage.end))
        for first, second in pairwise(passages):
            if second.start < first.end:
                said = f"overlaps {first.extract.key}, give each word to one extract"
                yield second.extract.problem("quote", said)
