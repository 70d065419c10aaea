"""The codebook: its terms have examples that are coded with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from csto.corpus.codings import codings
from csto.corpus.problems import Path, Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.schema import EventKind, Term, source_of
from csto.corpus.values import Record


@rule
def terms_have_examples(corpus: Corpus) -> Iterator[Problem]:
    """A term that the argument uses has an example, and an example is coded with its term."""
    coded = _coded(corpus)
    beside = {source.id for source in corpus.sources if source.beside}
    for record, path, vocabulary, term in _terms(corpus):
        extracts, field = coded.get((vocabulary, term.id), set()), (*path, "example")
        if not term.example and any(source_of(key) not in beside for key in extracts):
            yield record.problem(field, f"'{term.id}' is used, name an extract coded with it")
        if term.example and term.example not in extracts:
            yield record.problem(
                field, f"'{term.example}' is not coded with '{term.id}', choose another"
            )


def _terms(corpus: Corpus) -> Iterator[tuple[Record, Path, str, Term | EventKind]]:
    for variable in corpus.variables:
        for index, term in enumerate(variable.terms):
            yield variable, ("terms", index), variable.id, term
    for question in corpus.questions:
        for index, term in enumerate(question.stances):
            yield question, ("stances", index), question.id, term
    for kind in corpus.event_kinds:
        yield kind, (), "event_kind", kind


def _coded(corpus: Corpus) -> dict[tuple[str, str], set[str]]:
    """The extracts coded with each term of each vocabulary."""
    coded: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in corpus.records():
        if passages := record.passages:
            for coding in codings(record):
                coded[coding.vocabulary, str(coding.term)].update(passages)
    return coded
