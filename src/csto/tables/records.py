"""Tidy tables of the checked data: the only door to it for notebooks.

One public function a table, each returning a fresh `pandas.DataFrame` with a unique key. Every
function takes ``without``, the id of a document to leave out. Dates are the first and last
possible day (`earliest_date`, `latest_date`, datetime64, NaT where there is no bound) with a
precision class (1 to 7, after UCDP GED) and a basis. Terms are ordered categories in the
codebook's order. Columns that hold several ids hold tuples.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from csto import files
from csto.corpus.codings import compared
from csto.corpus.dates import BOUND, Interval, interval
from csto.corpus.readers import Match, Reading, Ruling
from csto.corpus.reading import Corpus
from csto.corpus.schema import (
    Actor,
    Change,
    Correction,
    DatedBy,
    Disagreement,
    Event,
    EventKind,
    Extract,
    Fact,
    Forecast,
    LeftOut,
    Made,
    Position,
    Question,
    SecondPosition,
    Side,
    Source,
    Term,
    Voice,
    When,
    source_of,
)
from csto.corpus.timing import event_interval
from csto.corpus.values import CLASS, HEDGED, ORGANISATION, STATE, UNDATED, Part, Record
from csto.tables.columns import Columns, cells, computed, of
from csto.tables.frames import Row, Rows, Table, explained
from csto.tables.readings import UNREAD, Under, View, current, left, view

#: Every table by name, in the order in which they are exported.
TABLES: dict[str, Table] = {}

BOUNDS: Columns = {
    **computed(
        earliest_date="first possible day; none where there is no bound",
        latest_date="last possible day; none where there is no bound",
        date_precision="1 day, 2 two to six days, 3 week, 4 month, 5 year, 6 longer, 7 a bound",
    ),
    **of(When, "basis"),
}
SAID: Columns = {**of(When, "date"), **BOUNDS, **of(Voice), **of(Extract, "status")}
ORIGIN: Columns = {**of(Extract, "id"), **computed("source", source_id="the document")}
DOCUMENTS = computed(source_ids="the documents that tell it, in the order of the passages")


RowFunction = Callable[[Corpus], Rows]


def table(*key: str, columns: Columns) -> Callable[[RowFunction], Callable[..., pd.DataFrame]]:
    """Make a row function a table with this key and these columns."""

    def wrap(rows: RowFunction) -> Callable[..., pd.DataFrame]:
        @functools.cache
        def made(root: Path, without: str | None, under: Under, of: View) -> pd.DataFrame:
            corpus = left(root, without, under, of)
            return one.framed(rows(corpus), corpus)

        def build(without: str | None = None, *, root: Path | None = None) -> pd.DataFrame:
            under = current()
            if under and under[0] and rows.__name__ in UNREAD:
                raise KeyError(f"no reader but the report's own coded {rows.__name__}")
            frame: pd.DataFrame = made(root or files.root(), without, under, view())
            return frame.copy(deep=False)  # pandas copies what is written to

        one = TABLES[rows.__name__] = Table(explained(build, rows, columns), key, columns)
        return one.build

    return wrap


# ---- documents and actors ------------------------------------------------------------


@table(
    "source_id",
    columns={
        **of(Source),
        **computed(
            author="name of the author",
            character_count="length of the document in code points",
            extract_count="how many passages were taken from it",
        ),
        **BOUNDS,
    },
)
def sources(corpus: Corpus) -> Rows:
    """The documents, in the register's order: one row each."""
    return [
        {
            **cells(source),
            "author": corpus.actor[source.author].name,
            "character_count": len(corpus.documents[source.id].text),
            "extract_count": sum(e.source == source.id for e in corpus.extracts),
            **_dates(interval(source.date.date), source.date.basis),
        }
        for source in corpus.sources
    ]


@table(
    "actor_id",
    columns={
        **of(Actor),
        **computed(
            "actor",
            state_id="the state, organisation or group that the actor stands for, or itself",
        ),
        "is_*": computed(group="whether the actor belongs to the group of this name")["group"],
    },
)
def actors(corpus: Corpus) -> Rows:
    """States, people, organisations, outlets and groups: one row each, `is_…` for each group."""
    return [
        {
            **cells(actor),
            "state_id": _state(corpus, actor.id),
            **{f"is_{group}": group in actor.groups for group in corpus.terms("group")},
        }
        for actor in corpus.actors
    ]


# ---- passages ------------------------------------------------------------------------


@table(
    "extract_id",
    columns={
        **ORIGIN,
        **computed(
            file="file of the document in seeds/",
            start="where the passage begins, in code points of the document",
            end="where it ends, exclusive",
        ),
        **of(Extract),
        **of(When, "date"),
        **BOUNDS,
        **of(When, "note"),
        **of(Voice),
    },
)
def extracts(corpus: Corpus) -> Rows:
    """The passages: one row each, offsets in code points, end exclusive."""
    return [
        {
            **_origin(extract),
            "file": corpus.source[extract.source].file,
            "start": corpus.span(extract)[0],
            "end": corpus.span(extract)[1],
            **cells(extract),
            **_said(corpus, extract),
            "date_note": extract.when.note if extract.when else None,
        }
        for extract in corpus.extracts
    ]


@table(
    "source_id",
    "start",
    columns={
        **computed(
            source_id="the document",
            start="where the sentence begins, in code points of the document",
            end="where it ends, exclusive",
            paragraph="number of the paragraph, from 1",
            extract_count="how many passages begin in it",
            covered_share="share of its characters that lie in passages",
        ),
        **of(LeftOut),
    },
)
def sentences(corpus: Corpus) -> Rows:
    """The coverage ledger: one row a sentence of every document, with what was taken from it."""
    left_out = {_sentence_of(corpus, left): left for left in corpus.left_out}
    lengths: dict[tuple[str, int], list[int]] = defaultdict(list)
    for passage in corpus.standing:
        beginning = (passage.extract.source, passage.sentence[0])
        lengths[beginning].append(passage.end - passage.start)
    return [
        {
            "source_id": source.id,
            "start": start,
            "end": end,
            "paragraph": corpus.documents[source.id].paragraph(start),
            "extract_count": len(lengths[source.id, start]),
            "covered_share": sum(lengths[source.id, start]) / (end - start),
            **cells(left_out.get((source.id, start)), LeftOut),
        }
        for source in corpus.sources
        for start, end in corpus.documents[source.id].sentences
    ]


def _sentence_of(corpus: Corpus, left: LeftOut) -> tuple[str, int]:
    """Source and start of the sentence that a record leaves out."""
    return left.source, corpus.documents[left.source].opening(left.starts)[0]


@table(
    "extract_id",
    "holder_id",
    "question",
    "stance",
    columns={
        **ORIGIN,
        **of(Position),
        **computed(
            "actor",
            state_id="the state, organisation or group that the holder stands for, or itself",
        ),
        **computed(question_name="short name of the question"),
        **SAID,
    },
)
def positions(corpus: Corpus) -> Rows:
    """Extract × holder × question × stance: who holds what, and who says so."""
    names = {question.id: question.name for question in corpus.questions}
    return [
        {
            **_origin(extract),
            **cells(position),
            "state_id": _state(corpus, position.holder),
            "question_name": names[position.question],
            **_said(corpus, extract),
            "status": extract.status,
        }
        for extract in corpus.extracts
        for position in extract.positions
    ]


@table(
    "extract_id",
    "fact_number",
    columns={
        **ORIGIN,
        **computed(fact_number="number of the fact in its passage, from 1"),
        **of(Fact),
        **computed(number="the value, where it is a number"),
        **SAID,
    },
)
def facts(corpus: Corpus) -> Rows:
    """Extract × fact: what is neither an act nor a stance."""
    return [
        {
            **_origin(extract),
            "fact_number": number,
            **cells(fact),
            "value": str(fact.value),
            "number": fact.value if isinstance(fact.value, int | float) else None,
            **_said(corpus, extract),
            "status": extract.status,
        }
        for extract in corpus.extracts
        for number, fact in enumerate(extract.facts, start=1)
    ]


@table(
    "extract_id",
    columns={
        **ORIGIN,
        **computed(
            "actor", publisher_id="the actor who speaks where the document speaks for itself"
        ),
        **of(Voice),
        **of(Extract, "status"),
    },
)
def chains(corpus: Corpus) -> Rows:
    """Claim → speaker → outlet → document: one row an extract."""
    return [
        {
            **_origin(extract),
            "publisher_id": corpus.source[extract.source].author,
            **cells(extract.voice),
            "status": extract.status,
        }
        for extract in corpus.extracts
    ]


# ---- acts ----------------------------------------------------------------------------


@table(
    "event_id",
    columns={
        **of(Event),
        **BOUNDS,
        **of(DatedBy),
        **DOCUMENTS,
        **computed(
            source_count="how many documents tell it",
            is_hedged="whether every passage that tells it is hedged",
            is_contested="whether it may be no act of this kind at all",
        ),
    },
)
def events(corpus: Corpus) -> Rows:
    """The acts: one row each, however many documents tell it."""
    return [_event(corpus, event) for event in corpus.events]


def _event(corpus: Corpus, event: Event) -> Row:
    told = [corpus.extract[key] for key in event.mentions]
    dated = [corpus.extract[key] for key in event.dated_by.extracts] if event.dated_by else told
    documents = tuple(_by_source(corpus, event))
    return {
        **cells(event),
        **_dates(event_interval(corpus, event), basis(corpus, dated)),
        **cells(event.dated_by, DatedBy),
        "dated_by_ids": tuple(extract.key for extract in dated if extract.when),
        "source_ids": documents,
        "source_count": len(documents),
        "is_hedged": all(extract.status == HEDGED for extract in told),
        "is_contested": event.contested is not None,
    }


@table(
    "event_id",
    "source_id",
    columns={
        **of(Event, "id"),
        **computed("source", source_id="the document that tells it"),
        **of(Event, "mentions"),
        **BOUNDS,
        **computed(is_hedged="whether every passage of the document that tells it is hedged"),
    },
)
def mentions(corpus: Corpus) -> Rows:
    """Event × document: one row each, dated as that document dates the event."""
    rows = []
    for event in corpus.events:
        for source, told in _by_source(corpus, event).items():
            keys = [extract.key for extract in told]
            one = event.model_copy(update={"mentions": keys, "dated_by": None})
            rows.append(
                {
                    "event_id": event.id,
                    "source_id": source,
                    "extract_ids": tuple(keys),
                    **_dates(event_interval(corpus, one), basis(corpus, told)),
                    "is_hedged": all(extract.status == HEDGED for extract in told),
                }
            )
    return rows


@table(
    "event_id",
    "actor_id",
    "recipient_id",
    columns={
        **of(Event, "id"),
        **computed(
            "actor",
            actor_id="one that acts",
            recipient_id="one that is acted on",
            actor_state_id="the state, organisation or group that the one stands for",
            recipient_state_id="the state, organisation or group that the other stands for",
        ),
        **of(Event, "kind", "sign", "intensity"),
    },
)
def dyads(corpus: Corpus) -> Rows:
    """Event × actor × recipient: for graphs only, never to be counted as acts."""
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


# ---- what was assembled --------------------------------------------------------------


@table(
    "forecast_id",
    columns={
        **of(Forecast),
        **DOCUMENTS,
        **computed(has_horizon="whether it can fail"),
    },
)
def forecasts(corpus: Corpus) -> Rows:
    """Who expected what, by when: one row each; no horizon means it cannot fail."""
    return [
        {
            **cells(forecast),
            "source_ids": _documents(forecast.extracts),
            "has_horizon": forecast.horizon is not None,
        }
        for forecast in corpus.forecasts
    ]


@table("correction_id", columns=of(Correction))
def corrections(corpus: Corpus) -> Rows:
    """Known errors and oddities of the documents: one row each."""
    return [cells(correction) for correction in corpus.corrections]


@table(
    "disagreement_id",
    "side_number",
    columns={
        **of(Disagreement, "id"),
        **computed(side_number="number of the side, from 1"),
        **of(Disagreement),
        **of(Side),
        **DOCUMENTS,
    },
)
def disagreements(corpus: Corpus) -> Rows:
    """Matters on which passages do not agree: one row a side."""
    return [
        {
            **cells(one),
            "side_number": number,
            **cells(side),
            "source_ids": _documents(side.extracts),
        }
        for one in corpus.disagreements
        for number, side in enumerate(one.sides, start=1)
    ]


@table(
    "vocabulary",
    "term",
    columns={
        **computed(vocabulary="a variable, the number of a question, or event_kind"),
        **of(Term),
        **of(EventKind),
        **computed(allowed="what a kind of act can be coded with, variable by variable"),
    },
)
def terms(corpus: Corpus) -> Rows:
    """The codebook: one row a term, in its order."""
    some = [(variable.id, term) for variable in corpus.variables for term in variable.terms]
    some += [(question.id, stance) for question in corpus.questions for stance in question.stances]
    kinds = [
        {"vocabulary": "event_kind", **cells(kind), "allowed": _allowed(kind)}
        for kind in corpus.event_kinds
    ]
    none = {**cells(None, EventKind), "allowed": ()}
    return [*({**none, "vocabulary": name, **cells(term)} for name, term in some), *kinds]


@table("question", columns=of(Question))
def questions(corpus: Corpus) -> Rows:
    """What positions answer: one row a question; its stances are rows of `terms`."""
    return [cells(one) for one in corpus.questions]


def _allowed(kind: EventKind) -> tuple[str, ...]:
    return tuple(f"{name} {term}" for name, terms in kind.allows.items() for term in terms)


@table(
    "unit_id",
    "variable",
    columns=computed(
        unit_id="the passage, position or act that was coded twice",
        variable="the field that was coded",
        first="the first reader's code; – for none",
        second="the second reader's code; – for none",
    ),
)
def second_reading(corpus: Corpus) -> Rows:
    """The first and the second coding of one field of one unit: one row each.

    What need not be coded is compared where either reader did; a unit that the first reading has
    no more is "–" there, and not left out.
    """
    events = {event.id: event for event in corpus.events}
    pairs: list[tuple[Part | None, Record]] = [
        *((corpus.extract[again.extract], again) for again in corpus.second_voices),
        *((_answered(corpus, again), again) for again in corpus.second_positions),
        *((events.get(again.event), again) for again in corpus.second_events),
    ]
    return [
        {
            "unit_id": again.key,
            "variable": field,
            "first": one if first else "–",
            "second": other,
        }
        for first, again in pairs
        for field, one, other in compared(first or again, again)
    ]


def _answered(corpus: Corpus, again: SecondPosition) -> Position | None:
    """The first reader's position on the question that the second answered, if it still stands."""
    held = corpus.extract[again.extract].positions
    asked = (again.holder, again.question)
    return next((one for one in held if (one.holder, one.question) == asked), None)


# ---- other readings ------------------------------------------------------------------


@table(
    "reading_id",
    columns={
        **of(Reading),
        **computed(
            passage_count="passages that the reader chose",
            event_count="acts that the reader found",
            forecast_count="forecasts that the reader found",
            source_ids="the documents that the reader was shown, in that order; empty for all",
        ),
    },
)
def readings(corpus: Corpus) -> Rows:
    """Readings of the documents beside the report's own: one row each."""
    return [
        {
            **cells(one),
            "passage_count": sum(x.reading == one.id for x in corpus.reader_passages),
            "event_count": sum(x.reading == one.id for x in corpus.reader_acts),
            "forecast_count": sum(x.reading == one.id for x in corpus.reader_forecasts),
            "source_ids": tuple(one.order),
        }
        for one in sorted(corpus.readings, key=lambda one: one.number)
    ]


@table(
    "reading_id",
    "sort",
    "ours",
    columns={**computed(reading_id="the other reading"), **of(Match)},
)
def matches(corpus: Corpus) -> Rows:
    """Units that were held to be the same, or to have no like, by hand: one row each."""
    return [{"reading_id": one.reading, **cells(one)} for one in corpus.matches]


@table("sort", "unit", "variable", "other", columns=of(Ruling))
def rulings(corpus: Corpus) -> Rows:
    """Which of two codings the rules bear out: one row a difference, whoever differs."""
    return [cells(one) for one in corpus.rulings]


@table("record", "field", "rule_id", columns=of(Change))
def changes(corpus: Corpus) -> Rows:
    """Records that were mended, by rule: one row each."""
    return [cells(one) for one in corpus.changes]


@table("made_id", columns=of(Made))
def making(corpus: Corpus) -> Rows:
    """How the coding was made: one row an item of the checklist."""
    return [cells(one) for one in corpus.making]


# ---- parts of rows -------------------------------------------------------------------


def _origin(extract: Extract) -> Row:
    return {"extract_id": extract.key, "source_id": extract.source}


def _dates(days: Interval, basis: str) -> Row:
    return {**bounds(days), "date_precision": days.precision, "date_basis": basis}


def bounds(days: Interval, prefix: str = "") -> Row:
    """First and last possible day: `earliest_date`, `latest_date`, NaT where there is none."""
    ends = {"earliest": days.earliest, "latest": days.latest}
    return {
        f"{prefix}{end}_date": pd.Timestamp(day) if day else pd.NaT for end, day in ends.items()
    }


def _said(corpus: Corpus, extract: Extract) -> Row:
    """When what a passage tells was, and who says it."""
    date = extract.when.date if extract.when else None
    days = interval(date) if date else Interval(None, None)
    return {"date": date, **_dates(days, basis(corpus, [extract])), **cells(extract.voice)}


def basis(corpus: Corpus, extracts: list[Extract]) -> str:
    """The basis of the narrowest date, which decides; of equals, the first in the codebook."""
    order = corpus.terms("date_basis")

    def rank(when: When) -> tuple[bool, int, int]:
        days = interval(when.date)
        length = (days.latest - days.earliest).days if days.latest and days.earliest else 0
        return days.precision == BOUND, length, order.index(when.basis)

    dated = [extract.when for extract in extracts if extract.when]
    return min(dated, key=rank).basis if dated else UNDATED


def _by_source(corpus: Corpus, event: Event) -> dict[str, list[Extract]]:
    told: dict[str, list[Extract]] = {}
    for key in event.mentions:
        told.setdefault(corpus.extract[key].source, []).append(corpus.extract[key])
    return told


def _documents(extracts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(source_of, extracts)))


def _state(corpus: Corpus, actor: str) -> str | None:
    """The state or organisation an actor stands for; a state stands for itself."""
    record = corpus.actor[actor]
    itself = record.kind in (STATE, ORGANISATION, CLASS)
    return record.affiliation or (actor if itself else None)
