"""Dates: they fit their basis, their document and each other."""

from __future__ import annotations

from collections.abc import Iterator

from csto.corpus.dates import BOUND, interval
from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.schema import Event
from csto.corpus.timing import common, dating, event_interval, told_interval
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
def dating_passages_end_before_their_documents(corpus: Corpus) -> Iterator[Problem]:
    """What dates an act leaves no day for it after its document was written."""
    for event in corpus.events:
        relied_on = {extract.key for extract in dating(corpus, event) if extract.when}
        for index, key in enumerate(event.mentions):
            if key not in relied_on or corpus.extract[key].source not in corpus.source:
                continue
            source = corpus.source[corpus.extract[key].source]
            said, written = told_interval(corpus, corpus.extract[key]), interval(source.date.date)
            if said and said.latest and written.latest and said.latest > written.latest:
                yield event.problem(
                    ("mentions", index), f"ends after {source.id} was written, correct it"
                )


@rule
def tellings_of_one_document_are_dated_alike(corpus: Corpus) -> Iterator[Problem]:
    """An act told again without a date takes the date of the telling that has one."""
    for event in corpus.events:
        told = [corpus.extract[key] for key in event.mentions if key in corpus.extract]
        dated = {extract.source: extract for extract in reversed(told) if extract.when}
        for index, key in enumerate(event.mentions):
            extract = corpus.extract.get(key)
            if extract and not extract.when and extract.source in dated:
                sibling = dated[extract.source].key
                yield event.problem(
                    ("mentions", index),
                    f"is undated while {sibling} of the same document has a date, "
                    "give it that date or bound",
                )


@rule
def acts_follow_what_came_before(corpus: Corpus) -> Iterator[Problem]:
    """An act that is told as later can be later, and nothing follows itself."""
    events = {event.id: event for event in corpus.events}
    for event in corpus.events:
        for index, earlier in enumerate(event.follows):
            if earlier not in events:
                continue
            before, after = (event_interval(corpus, one) for one in (events[earlier], event))
            if before.earliest and after.latest and after.latest < before.earliest:
                yield event.problem(
                    ("follows", index), f"'{earlier}' is later by its dates, correct one"
                )
        if event.id in _followed(events, event):
            yield event.problem("follows", "leads back to the act itself, take one out")


def _followed(events: dict[str, Event], event: Event) -> set[str]:
    """The acts that one follows, and those that they follow."""
    found: set[str] = set()
    open_ = list(event.follows)
    while open_:
        if (key := open_.pop()) not in found and key in events:
            found.add(key)
            open_ += events[key].follows
    return found


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
