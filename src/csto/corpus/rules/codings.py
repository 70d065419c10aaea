"""Other readings: whole, as they were written, and of the same documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from csto.corpus.problems import Problem
from csto.corpus.readers import ReaderAct, ReaderForecast, ReaderRecord
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.schema import Stance


@rule
def readings_are_unchanged(corpus: Corpus) -> Iterator[Problem]:
    """What a reader was shown and what he wrote have the hashes that were written down."""
    for one in corpus.readings:
        files = [(("shown", i), f"shown/{x.file}", x.sha256) for i, x in enumerate(one.shown)]
        written = "coding.yml" if one.chooses_units else "given.yml"
        for field, name, sha256 in [*files, (("sha256",), f"{one.id}/{written}", one.sha256)]:
            file = f"data/codings/{name}"
            found = corpus.hashes.get(file)
            if found is None:
                yield one.problem(field, f"{file} does not exist, restore it")
            elif found != sha256:
                said = f"{file} has the hash {found[:12]}…, restore it: no reading is corrected"
                yield one.problem(field, said)


@rule
def readings_stand_in_their_folders(corpus: Corpus) -> Iterator[Problem]:
    """A reading has the name of its folder and a number of its own, and is told about once."""
    numbers = Counter(one.number for one in corpus.readings)
    known = {one.id for one in corpus.readings}
    for one in corpus.readings:
        if one.id != one.stem:
            yield one.problem("id", f"stands in the folder '{one.stem}', name it so")
        if numbers[one.number] > 1 or one.number < 2:
            yield one.problem("number", f"{one.number} is another reading's, choose another")
    strangers = {one.stem: one for one in _written(corpus) if one.stem not in known}
    for stem, stranger in strangers.items():
        yield stranger.problem("id", f"no reading '{stem}' is told about, add its reading.yml")


def _written(corpus: Corpus) -> list[ReaderRecord]:
    return [*corpus.reader_passages, *corpus.reader_acts, *corpus.reader_forecasts]


@rule
def readers_quote_their_documents(corpus: Corpus) -> Iterator[Problem]:
    """A reader's passage stands once in the document that it is of."""
    for one in corpus.reader_passages:
        document = corpus.documents.get(one.document)
        if document and len(places := document.find(one.quote, one.prefix)) != 1:
            said = f"stands {len(places)} times in {one.document}, see what the reader was shown"
            yield one.problem("quote", said)


@rule
def readers_point_at_their_passages(corpus: Corpus) -> Iterator[Problem]:
    """An act or forecast of a reader is told by passages of that reader."""
    known = {one.key for one in corpus.reader_passages}
    units: list[ReaderAct | ReaderForecast] = [*corpus.reader_acts, *corpus.reader_forecasts]
    for one in units:
        for index, passage in enumerate(one.told_by):
            if f"{one.reading}.{passage}" not in known:
                said = f"'{passage}' is no passage of this reading, see what the reader wrote"
                yield one.problem(("passages", index), said)


@rule
def matches_are_of_units(corpus: Corpus) -> Iterator[Problem]:
    """A match by hand is of a unit of the report, and of one of its reading where there is one."""
    ours, theirs = _ours(corpus), _theirs(corpus)
    for one in corpus.matches:
        if (one.sort, one.ours) not in ours:
            yield one.problem("ours", f"'{one.ours}' is no {one.sort} of the report, correct it")
        if one.theirs and (one.reading, one.sort, one.theirs) not in theirs:
            said = f"'{one.theirs}' is no {one.sort} of the reading {one.reading}, correct it"
            yield one.problem("theirs", said)


def _ours(corpus: Corpus) -> set[tuple[str, str]]:
    """The sort and the name of each unit of the report."""
    return {
        *(("event", one.id) for one in corpus.events),
        *(("forecast", one.id) for one in corpus.forecasts),
        *(
            ("position", _answer(extract.source, one))
            for extract in corpus.extracts
            for one in extract.positions
        ),
    }


def _theirs(corpus: Corpus) -> set[tuple[str, str, str]]:
    """The reading, the sort and the name of each unit of the other readings."""
    return {
        *((one.reading, "event", one.id) for one in corpus.reader_acts),
        *((one.reading, "forecast", one.id) for one in corpus.reader_forecasts),
        *(
            (passage.reading, "position", _answer(passage.document, one))
            for passage in corpus.reader_passages
            for one in passage.positions
        ),
    }


def _answer(document: str, one: Stance) -> str:
    return f"{document} {one.holder} {one.question} {one.stance}"


@rule
def what_was_mended_is_listed(corpus: Corpus) -> Iterator[Problem]:
    """A ruling by which the report was mended rests on a rule that the list of changes names."""
    rules = {one.rule for one in corpus.changes}
    for one in corpus.rulings:
        if one.mended and one.rule not in rules:
            said = f"no change rests on {one.rule}, list it in data/changes.yml"
            yield one.problem("mended", said)
        if one.mended and one.ruling != "other":
            yield one.problem("ruling", "what was taken over is borne out, write other")
