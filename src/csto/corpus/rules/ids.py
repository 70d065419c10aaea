"""Ids, terms, marks and files: each there, and each once."""

from __future__ import annotations

from collections.abc import Iterator

from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.schema import LeftOut, Unbroken
from csto.corpus.values import NEEDED, Record


@rule
def ids_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """A record has an id of its own among those of its kind."""
    seen: dict[tuple[str, str], Record] = {}
    for record in corpus.records():
        if isinstance(record, LeftOut | Unbroken):
            continue
        first = seen.setdefault((record.plural, key := record.key), record)
        if first is not record:
            at = first.problem("id", "")
            yield record.problem("id", f"'{key}' stands already at {at.file}:{at.line}, rename one")


@rule
def terms_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """A vocabulary has each term once."""
    lists = [(variable, "terms", variable.terms) for variable in corpus.variables]
    for record, field, terms in [*lists, *((q, "stances", q.stances) for q in corpus.questions)]:
        ids = [term.id for term in terms]
        for index, term in enumerate(ids):
            if term in ids[:index]:
                yield record.problem((field, index, "id"), f"'{term}' stands twice, keep one")


@rule
def needed_terms_are_there(corpus: Corpus) -> Iterator[Problem]:
    """What rules and tables rest on is in the codebook."""
    for variable in corpus.variables:
        for term in NEEDED.get(variable.id, ()):
            if term not in corpus.terms(variable.id):
                yield variable.problem("terms", f"lacks '{term}', on which the checks rest, add it")


@rule
def marks_and_files_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """No two documents share a mark or a file."""
    for index, source in enumerate(corpus.sources):
        for other in corpus.sources[:index]:
            if source.mark == other.mark:
                yield source.problem(
                    "mark", f"'{source.mark}' marks another document already, choose another"
                )
            if source.file == other.file:
                yield source.problem(
                    "file", f"'{source.file}' is the file of {other.id} already, correct one"
                )


@rule
def sources_have_extracts(corpus: Corpus) -> Iterator[Problem]:
    """Documents and files of extracts belong together."""
    coded = {extract.source for extract in corpus.extracts} | {stem for stem, _ in corpus.faulty}
    for source in corpus.sources:
        if source.id not in coded:
            yield source.problem("id", f"has no valid extract, add data/extracts/{source.id}.yml")
    for extract in corpus.extracts:
        if extract.source not in corpus.source:
            yield extract.problem(
                "id", f"'{extract.source}' is no source, register it in data/sources.yml"
            )


@rule
def spellings_are_used(corpus: Corpus) -> Iterator[Problem]:
    """What the register gives as a spelling stands in a document, be it one that is being added."""
    texts = [*(document.text for document in corpus.documents.values()), *corpus.added]
    if len(corpus.documents) < len(corpus.sources):
        return
    for actor in corpus.actors:
        for index, spelling in enumerate(actor.spellings):
            if not any(spelling in text for text in texts):
                yield actor.problem(
                    ("spellings", index),
                    f"“{spelling}” stands in no document, correct or remove it",
                )
