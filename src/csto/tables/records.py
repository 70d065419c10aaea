"""Tidy tables of the checked data: the only door to it for notebooks.

One public function a table, each returning a fresh `pandas.DataFrame` with a
unique key. Every function takes ``without``, the id of a document to leave
out, and ``root``, another project folder than the one it is called in. Dates
are the first and last possible day (`earliest_date`, `latest_date`,
datetime64, NaT where there is no bound) with a precision class (1 to 7, after
UCDP GED) and a basis. Terms are ordered categories in the codebook's order.
Columns that hold several ids hold tuples.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from csto import files
from csto.corpus.checks import checked_corpus, event_interval
from csto.corpus.reading import Corpus
from csto.corpus.dates import Interval, interval
from csto.corpus.schema import Disagreement, Event, Extract, Forecast, LeftOut, source_of

Rows = list[dict[str, Any]]

_TERM_COLUMNS = (
    "date_basis",
    "status",
    "attribution",
    "mode",
    "rung",
    "distancing",
    "attribute",
    "verdict",
    "genre",
    "fault",
    "disagreement",
    "actor_kind",
    "left_out_reason",
)

#: Every table by name, in the order in which they are exported.
TABLES: dict[str, Callable[..., pd.DataFrame]] = {}


def table(*key: str) -> Callable:
    """Make a row function a table: frame, typed columns, unique key asserted."""

    def wrap(rows: Callable[[Corpus], Rows]) -> Callable[..., pd.DataFrame]:
        @functools.cache
        def made(root: Path, without: str | None) -> pd.DataFrame:
            corpus = _corpus(root, without)
            return framed(rows(corpus), key, _orders(corpus))

        @functools.wraps(rows)
        def build(without: str | None = None, *, root: Path | None = None) -> pd.DataFrame:
            return made(root or files.root(), without).copy()

        build.__annotations__ = {
            "without": "str | None",
            "root": "Path | None",
            "return": "pd.DataFrame",
        }
        build.key = key
        TABLES[rows.__name__] = build
        return build

    return wrap


@table("source_id")
def sources(corpus: Corpus) -> Rows:
    """The documents, in the register's order: one row each."""
    return [
        {
            "source_id": source.id,
            "label": source.label,
            "title": source.title,
            "author": corpus.actor[source.author].name,
            "publisher": source.publisher,
            "genre": source.genre,
            "file": source.file,
            "sha256": source.sha256,
            "character_count": len(corpus.documents[source.id].text),
            "extract_count": sum(e.source == source.id for e in corpus.extracts),
            **_dates(interval(source.date.date), source.date.basis),
            "relays": source.relays,
        }
        for source in corpus.sources
    ]


@table("actor_id")
def actors(corpus: Corpus) -> Rows:
    """States, people, organisations, outlets and groups: one row each, `is_…` for each group."""
    return [
        {
            "actor_id": actor.id,
            "name": actor.name,
            "actor_kind": actor.kind,
            "affiliation_id": actor.affiliation,
            "state_id": _state(corpus, actor.id),
            **{f"is_{group}": group in actor.groups for group in corpus.terms("group")},
            "iso3": actor.iso3,
            "spellings": tuple(actor.spellings),
        }
        for actor in corpus.actors
    ]


@table("extract_id")
def extracts(corpus: Corpus) -> Rows:
    """The passages: one row each, offsets in code points, end exclusive."""
    return [
        {
            **_origin(extract),
            "file": corpus.source[extract.source].file,
            "start": corpus.span(extract)[0],
            "end": corpus.span(extract)[1],
            "quote": extract.quote,
            "themes": tuple(extract.themes),
            **_told(extract),
            **_voice(extract),
        }
        for extract in corpus.extracts
    ]


@table("source_id", "start")
def sentences(corpus: Corpus) -> Rows:
    """The coverage ledger: one row a sentence of every document, with what was taken from it.

    `covered_share` is the share of its characters that lie in extracts;
    `left_out_reason` says why there are none.
    """
    rows = []
    reasons = {_sentence_of(corpus, left): left.reason for left in corpus.left_out}
    for source in corpus.sources:
        document = corpus.documents[source.id]
        spans = [corpus.span(extract) for extract in corpus.extracts if extract.source == source.id]
        for start, end in document.sentences:
            inside = [(low, high) for low, high in spans if start <= low < end]
            rows.append(
                {
                    "source_id": source.id,
                    "start": start,
                    "end": end,
                    "paragraph": document.paragraph(start),
                    "extract_count": len(inside),
                    "covered_share": sum(high - low for low, high in inside) / (end - start),
                    "left_out_reason": reasons.get((source.id, start)),
                }
            )
    return rows


def _sentence_of(corpus: Corpus, left: LeftOut) -> tuple[str, int]:
    """Source and start of the sentence that a record leaves out."""
    document = corpus.document(left)
    starts = {start for start, _ in document.sentences}
    return left.source, next(place for place in document.find(left.starts) if place in starts)


@table("event_id")
def events(corpus: Corpus) -> Rows:
    """The acts: one row each, however many documents tell it."""
    return [_event(corpus, event) for event in corpus.events]


@table("event_id", "source_id")
def mentions(corpus: Corpus) -> Rows:
    """Event × document: one row each, dated as that document dates the event."""
    rows = []
    for event in corpus.events:
        for source, told in _by_source(corpus, event).items():
            dated = [extract for extract in told if extract.when]
            one = event.model_copy(update={"mentions": [e.key for e in told], "dated_by": None})
            rows.append(
                {
                    "event_id": event.id,
                    "source_id": source,
                    "extract_ids": tuple(e.key for e in told),
                    **_dates(event_interval(corpus, one), basis(dated)),
                    "is_hedged": all(e.status == "hedged" for e in told),
                }
            )
    return rows


@table("event_id", "actor_id", "recipient_id")
def dyads(corpus: Corpus) -> Rows:
    """Event × actor × recipient: for graphs only, never to be counted as acts.

    `actor_state_id` and `recipient_state_id` are the states or organisations
    that persons and institutions stand for.
    """
    return [
        {
            "event_id": event.id,
            "actor_id": actor,
            "recipient_id": recipient,
            "actor_state_id": _state(corpus, actor),
            "recipient_state_id": _state(corpus, recipient),
            "event_kind": event.kind,
            "sign": event.sign,
            "intensity": event.intensity,
        }
        for event in corpus.events
        for actor in event.actors
        for recipient in event.recipients
    ]


@table("extract_id", "holder_id", "question", "stance")
def positions(corpus: Corpus) -> Rows:
    """Extract × holder × question × stance: who holds what, and who says so."""
    names = {question.id: question.name for question in corpus.questions}
    return [
        {
            **_origin(extract),
            "holder_id": position.holder,
            "state_id": _state(corpus, position.holder),
            "question": position.question,
            "question_name": names[position.question],
            "stance": position.stance,
            **_told(extract),
            **_voice(extract),
        }
        for extract in corpus.extracts
        for position in extract.positions
    ]


@table("extract_id", "fact_number")
def facts(corpus: Corpus) -> Rows:
    """Extract × fact: what is neither an act nor a stance."""
    return [
        {
            **_origin(extract),
            "fact_number": number,
            "subject_id": fact.subject,
            "attribute": fact.attribute,
            "value": str(fact.value),
            "number": fact.value if isinstance(fact.value, int | float) else None,
            "unit": fact.unit,
            "object_id": fact.object,
            **_told(extract),
            **_voice(extract),
        }
        for extract in corpus.extracts
        for number, fact in enumerate(extract.facts, start=1)
    ]


@table("forecast_id")
def forecasts(corpus: Corpus) -> Rows:
    """Who expected what, by when: one row each; no horizon means it cannot fail."""
    return [
        {
            "forecast_id": forecast.id,
            "label": forecast.label,
            "holder_id": forecast.holder,
            "source_ids": tuple(dict.fromkeys(source_of(key) for key in forecast.extracts)),
            "extract_ids": tuple(forecast.extracts),
            "hedge": forecast.hedge,
            "horizon": forecast.horizon,
            "has_horizon": forecast.horizon is not None,
            "verdict": forecast.verdict,
            "scored_by": tuple(forecast.scored_by),
            "because": forecast.because,
        }
        for forecast in corpus.forecasts
    ]


@table("correction_id")
def corrections(corpus: Corpus) -> Rows:
    """Known errors and oddities of the documents: one row each."""
    return [
        {
            "correction_id": correction.id,
            "source_id": correction.source,
            "fault": correction.fault,
            "printed": correction.printed,
            "should_be": correction.should_be,
            "because": correction.because,
            "extract_ids": tuple(correction.extracts),
        }
        for correction in corpus.corrections
    ]


@table("disagreement_id", "side_number")
def disagreements(corpus: Corpus) -> Rows:
    """Matters on which passages do not agree: one row a side."""
    return [
        {
            "disagreement_id": one.id,
            "side_number": number,
            "matter": one.matter,
            "disagreement": one.kind,
            "says": side.says,
            "source_ids": tuple(dict.fromkeys(source_of(key) for key in side.extracts)),
            "extract_ids": tuple(side.extracts),
            "note": one.note,
        }
        for one in corpus.disagreements
        for number, side in enumerate(one.sides, start=1)
    ]


@table("vocabulary", "term")
def terms(corpus: Corpus) -> Rows:
    """The codebook: one row a term, in its order; `vocabulary` is a variable, a question or `event_kind`.

    `allowed` says which signs, intensities and rungs a kind of act can have.
    """
    some = [(variable.id, term) for variable in corpus.variables for term in variable.terms]
    some += [(question.id, stance) for question in corpus.questions for stance in question.stances]
    some += [("event_kind", kind) for kind in corpus.event_kinds]
    return [
        {
            "vocabulary": vocabulary,
            "term": term.id,
            "definition": term.definition,
            "example": term.example,
            "counter_example": term.counter_example,
            "plover": getattr(term, "plover", None),
            "plover_note": getattr(term, "plover_note", None),
            "allowed": tuple(
                str(one)
                for name in ("sign", "intensity", "rungs")
                for one in getattr(term, name, ())
            ),
        }
        for vocabulary, term in some
    ]


@table("unit_id", "variable")
def second_reading(corpus: Corpus) -> Rows:
    """The first and the second coding of one variable of one unit: one row each.

    Rung and distancing are compared where either reader gave them; "–" stands for none.
    """
    return [
        {"unit_id": unit, "variable": variable, "first": one, "second": other}
        for unit, variable, one, other in _twice_coded(corpus)
    ]


def _twice_coded(corpus: Corpus) -> Iterator[tuple[str, str, Any, Any]]:
    for again in corpus.second_voices:
        first = corpus.extract[again.extract]
        yield again.key, "status", first.status, again.status
        for variable in ("attribution", "mode"):
            yield again.key, variable, getattr(first.voice, variable), getattr(again, variable)
    for again in corpus.second_positions:
        held = corpus.extract[again.extract].positions
        stance = next(
            p.stance for p in held if (p.holder, p.question) == (again.holder, again.question)
        )
        yield again.key, "stance", stance, again.stance
    events = {event.id: event for event in corpus.events}
    for again in corpus.second_events:
        for variable in ("kind", "sign", "intensity", "rung", "distancing"):
            codes = (getattr(events[again.event], variable), getattr(again, variable))
            if codes != (None, None):
                yield again.key, variable, *("–" if code is None else str(code) for code in codes)


@table("extract_id")
def chains(corpus: Corpus) -> Rows:
    """Claim → speaker → outlet → document: one row an extract."""
    return [
        {
            **_origin(extract),
            "publisher_id": corpus.source[extract.source].author,
            **_voice(extract),
        }
        for extract in corpus.extracts
    ]


# ---- parts of rows -------------------------------------------------------------------


def _origin(extract: Extract) -> dict[str, Any]:
    return {"extract_id": extract.key, "source_id": extract.source}


def _dates(days: Interval, basis: str) -> dict[str, Any]:
    return {**bounds(days), "date_precision": days.precision, "date_basis": basis}


def bounds(days: Interval, prefix: str = "") -> dict[str, pd.Timestamp]:
    """First and last possible day as columns `earliest_date` and `latest_date`; NaT where there is none."""
    ends = {"earliest": days.earliest, "latest": days.latest}
    return {
        f"{prefix}{end}_date": pd.Timestamp(day) if day else pd.NaT for end, day in ends.items()
    }


def _told(extract: Extract) -> dict[str, Any]:
    if not extract.when:
        return {"date": None, **_dates(Interval(None, None), "undated")}
    return {"date": extract.when.date, **_dates(interval(extract.when.date), extract.when.basis)}


def _voice(extract: Extract) -> dict[str, Any]:
    return {
        "speaker_id": extract.voice.speaker,
        "outlet_id": extract.voice.outlet,
        "attribution": extract.voice.attribution,
        "mode": extract.voice.mode,
        "status": extract.status,
    }


def _event(corpus: Corpus, event: Event) -> dict[str, Any]:
    told = [corpus.extract[key] for key in event.mentions]
    dated = [corpus.extract[key] for key in event.dated_by.extracts] if event.dated_by else told
    return {
        "event_id": event.id,
        "label": event.label,
        "event_kind": event.kind,
        "themes": tuple(event.themes),
        "actor_ids": tuple(event.actors),
        "recipient_ids": tuple(event.recipients),
        "sign": event.sign,
        "intensity": event.intensity,
        "rung": event.rung,
        "distancing": event.distancing,
        **_dates(event_interval(corpus, event), basis([e for e in dated if e.when])),
        "dated_by_ids": tuple(e.key for e in dated if e.when),
        "source_ids": tuple(_by_source(corpus, event)),
        "source_count": len(_by_source(corpus, event)),
        "extract_ids": tuple(event.mentions),
        "is_hedged": all(extract.status == "hedged" for extract in told),
        "is_contested": event.contested is not None,
        "merge": event.merge,
    }


def basis(dated: list[Extract]) -> str:
    """The basis of the narrowest date, which is the one that decides."""
    if not dated:
        return "undated"
    return min(dated, key=lambda e: interval(e.when.date).precision).when.basis


def _by_source(corpus: Corpus, event: Event) -> dict[str, list[Extract]]:
    told: dict[str, list[Extract]] = {}
    for key in event.mentions:
        told.setdefault(corpus.extract[key].source, []).append(corpus.extract[key])
    return told


def _state(corpus: Corpus, actor: str) -> str | None:
    """The state or organisation an actor stands for; a state stands for itself."""
    record = corpus.actor[actor]
    return record.affiliation or (
        actor if record.kind in ("state", "organisation", "group") else None
    )


# ---- frames --------------------------------------------------------------------------


def framed(rows: Rows, key: tuple[str, ...], orders: Mapping[str, list[str]]) -> pd.DataFrame:
    """Rows as a frame: terms in `orders` as ordered categories, days as datetime64, the key unique."""
    frame = pd.DataFrame(rows)
    assert len(frame), f"the table of {key} is empty"
    assert not frame.duplicated(list(key)).any(), f"{key} is no key"
    for column in frame:
        if column in orders:
            frame[column] = pd.Categorical(frame[column], categories=orders[column], ordered=True)
        if column.endswith("_date"):
            frame[column] = frame[column].astype("datetime64[s]")
    return frame


def _orders(corpus: Corpus) -> dict[str, list[str]]:
    """The terms of each column that holds terms, in the codebook's order."""
    return {column: corpus.terms(column) for column in _TERM_COLUMNS} | {
        "event_kind": [kind.id for kind in corpus.event_kinds],
        "question": [question.id for question in corpus.questions],
    }


@functools.cache
def _corpus(root: Path, without: str | None) -> Corpus:
    """The checked corpus, less one document and all that rests on it alone."""
    full = checked_corpus(root)
    if without is None:
        return full
    if without not in full.source:
        raise KeyError(f"'{without}' is no document; there are {', '.join(full.source)}")
    kept = {extract.key for extract in full.extracts if extract.source != without}
    events = {event.id: event.mentions for event in full.events}
    return replace(
        full,
        sources=[source for source in full.sources if source.id != without],
        extracts=[extract for extract in full.extracts if extract.key in kept],
        left_out=[left for left in full.left_out if left.source != without],
        events=[e for e in (_less(event, kept) for event in full.events) if e.mentions],
        forecasts=[_unscored(f, kept) for f in full.forecasts if kept.issuperset(f.extracts)],
        corrections=[c for c in full.corrections if c.source != without],
        second_voices=[s for s in full.second_voices if s.extract in kept],
        second_positions=[s for s in full.second_positions if s.extract in kept],
        second_events=[
            s for s in full.second_events if any(key in kept for key in events[s.event])
        ],
        disagreements=[
            d for d in (_agreed(d, kept) for d in full.disagreements) if len(d.sides) > 1
        ],
    )


def _unscored(forecast: Forecast, kept: set[str]) -> Forecast:
    """A forecast scored by what is left; unresolved when nothing is."""
    scored_by = [key for key in forecast.scored_by if key in kept]
    verdict = forecast.verdict if scored_by else "unresolved"
    return forecast.model_copy(update={"scored_by": scored_by, "verdict": verdict})


def _agreed(one: Disagreement, kept: set[str]) -> Disagreement:
    """A disagreement with the sides that are left."""
    sides = [
        side.model_copy(update={"extracts": [key for key in side.extracts if key in kept]})
        for side in one.sides
    ]
    return one.model_copy(update={"sides": [side for side in sides if side.extracts]})


def _less(event: Event, kept: set[str]) -> Event:
    mentions = [key for key in event.mentions if key in kept]
    by = event.dated_by
    still = by and kept.issuperset(by.extracts)
    return event.model_copy(update={"mentions": mentions, "dated_by": by if still else None})
