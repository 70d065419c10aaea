"""Dates: they fit their basis, their document and each other."""

from __future__ import annotations

from collections.abc import Iterator

from csto.corpus.dates import BOUND, interval
from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.timing import common, dating, told_interval
from csto.corpus.values import REPORT_DATE, STATED, UNDATED


@rule
def dates_fit_their_basis(corpus: Corpus) -> Iterator[Problem]:
    """A date has the bounds that its basis allows."""
    for extract in corpus.extracts:
        if not extract.when:
            continue
        said, basis = interval(extract.when.date), extract.when.basis
        if basis == UNDATED:
            yield extract.problem(
                ("when", "basis"), "undated goes without a date, leave out `when`"
            )
        if basis == REPORT_DATE and said.precision == 1:
            yield extract.problem(
                ("when", "date"),
                f"a report date is an upper bound, write e.g. ../{extract.when.date}",
            )
        if basis == STATED and said.precision == BOUND:
            yield extract.problem(
                ("when", "date"), "a stated date has two bounds, correct date or basis"
            )


@rule
def events_precede_their_documents(corpus: Corpus) -> Iterator[Problem]:
    """No document tells what came after it."""
    for event in corpus.events:
        for index, key in enumerate(event.mentions):
            extract = corpus.extract.get(key)
            source = corpus.source.get(extract.source) if extract else None
            if extract is None or source is None:
                continue
            said, written = told_interval(corpus, extract), interval(source.date.date).latest
            if said and written and said.earliest and said.earliest > written:
                yield event.problem(
                    ("mentions", index), f"dates the act after {source.id} was written, correct it"
                )


@rule
def date_conflicts_are_named(corpus: Corpus) -> Iterator[Problem]:
    """Dates that share no day are explained, and only they."""
    for event in corpus.events:
        passages = [one for one in dating(corpus, event) if one.source in corpus.source]
        told = [said for one in passages if (said := told_interval(corpus, one))]
        clash = bool(told) and common(told) is None
        if clash and not event.conflict:
            yield event.problem(
                "mentions", "give dates that share no day, say how in `conflict` or set `dated_by`"
            )
        if event.conflict and not clash:
            yield event.problem("conflict", "the dates agree, remove it")


@rule
def dating_passages_are_mentions(corpus: Corpus) -> Iterator[Problem]:
    """What dates an act tells it."""
    for event in corpus.events:
        for index, key in enumerate(event.dated_by.extracts if event.dated_by else ()):
            if key not in event.mentions:
                yield event.problem(
                    ("dated_by", "extracts", index),
                    f"'{key}' is no mention of the event, add it there",
                )
