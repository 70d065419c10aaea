"""What is said of the documents as wholes, and what a second reader says of the first."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from csto.corpus.dates import interval
from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.schema import source_of
from csto.corpus.values import CONTRADICTED, INSIDE_ONE, SUPPORTED, UNRESOLVED


@rule
def forecasts_are_scored_by_later_documents(corpus: Corpus) -> Iterator[Problem]:
    """A verdict rests on documents later than those that make the forecast."""
    written = {source.id: interval(source.date.date).earliest for source in corpus.sources}
    for forecast in corpus.forecasts:
        if (forecast.verdict == UNRESOLVED) == bool(forecast.scored_by):
            yield forecast.problem(
                "scored_by", "goes with every verdict but unresolved, correct one"
            )
        if forecast.verdict in (SUPPORTED, CONTRADICTED) and not forecast.horizon:
            yield forecast.problem(
                "horizon",
                f"only what has a day can be {forecast.verdict}, give it or leave it unresolved",
            )
        expected = [written.get(source_of(key)) for key in forecast.extracts]
        for index, key in enumerate(forecast.scored_by):
            later = written.get(source_of(key))
            if later and any(day and later <= day for day in expected):
                yield forecast.problem(
                    ("scored_by", index), "is no later document, score by a later one"
                )


@rule
def corrections_are_still_true(corpus: Corpus) -> Iterator[Problem]:
    """What a correction quotes stands in its document."""
    for correction in corpus.corrections:
        document = corpus.documents.get(correction.source)
        if document and correction.printed not in document.text:
            yield correction.problem("printed", f"not in seeds/{document.file}, quote exactly")
        for index, key in enumerate(correction.extracts):
            if source_of(key) != correction.source:
                yield correction.problem(
                    ("extracts", index), f"is no extract of {correction.source}, correct it"
                )


@rule
def disagreements_are_between_documents_or_inside_one(corpus: Corpus) -> Iterator[Problem]:
    """The sort of a disagreement fits the number of documents that take part in it."""
    for one in corpus.disagreements:
        documents = {source_of(key) for key in one.passages}
        if (one.kind == INSIDE_ONE) != (len(documents) == 1):
            said = f"'{one.kind}' does not go with passages of {len(documents)} document(s)"
            yield one.problem("kind", f"{said}, correct one")


@rule
def second_readings_have_a_first(corpus: Corpus) -> Iterator[Problem]:
    """A second reader codes what the first found, or what a listed change took away."""
    for one in corpus.second_positions:
        first = corpus.extract.get(one.extract)
        answered = [(p.holder, p.question) for p in first.positions] if first else None
        gone = (one.extract, "positions") in changed(corpus)
        if answered is not None and (one.holder, one.question) not in answered and not gone:
            yield one.problem(
                "holder", f"has no position on {one.question} in {one.extract}, remove the record"
            )
    events = {event.id for event in corpus.events}
    for again in corpus.second_events:
        if again.event not in events and (again.event, "record") not in changed(corpus):
            near = difflib.get_close_matches(again.event, events, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "name the change that dropped it"
            yield again.problem("event", f"'{again.event}' is no known event, {hint}")


def changed(corpus: Corpus) -> set[tuple[str, str]]:
    """Records and what was mended in them."""
    return {(change.record, change.field) for change in corpus.changes}
