"""How the fields of a record become columns: names, values and meanings, from the schema alone.

A field that is added to a model is a column of the table of that model. What is none stands in
`NOT_TABLES` or `NOT_COLUMNS`, with the reason.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from csto.corpus.codings import hints, is_list, mark, parts
from csto.corpus.outside import (
    OutsideFigure,
    OutsideRow,
    OutsideRule,
    OutsideScore,
    OutsideStep,
)
from csto.corpus.readers import (
    Label,
    ReaderAct,
    ReaderForecast,
    ReaderName,
    ReaderPassage,
    Shown,
)
from csto.corpus.report import Check, Claim
from csto.corpus.schema import (
    Actor,
    Boundary,
    DatedBy,
    Defined,
    Event,
    EventKind,
    Extract,
    Forecast,
    LeftOut,
    PublishedOutside,
    Question,
    RuleSet,
    SecondEvent,
    SecondPosition,
    SecondVoice,
    Setting,
    Stance,
    Told,
    Unbroken,
    Variable,
    When,
)
from csto.corpus.values import Coded, Names, Part, Record

#: Columns that are not called as `_name` would call them.
CALLED: dict[tuple[type[Part], str], str] = {
    (DatedBy, "extracts"): "dated_by_ids",
    (DatedBy, "because"): "dated_by_because",
    (Defined, "example"): "example",
    (Defined, "id"): "term",
    (Event, "mentions"): "extract_ids",
    (Forecast, "scored_by"): "scored_by",
    (LeftOut, "note"): "left_out_note",
    (OutsideFigure, "value"): "number",
    (OutsideRow, "looked_up"): "looked_up_date",
    (OutsideRow, "rests_on"): "rests_on",
    (OutsideRule, "order"): "order",
    (OutsideRule, "years"): "term_years",
    (OutsideScore, "id"): "row_id",
    (OutsideStep, "by"): "state_id",
    (Question, "id"): "question",
    (Question, "name"): "question_name",
    (Stance, "question"): "question",
    (When, "note"): "date_note",
}

_READ = "is how words of a reader are understood, and the tables of the reading show as what"
_OTHER = "is a row of the tables of extracts, events or forecasts while its reading is taken up"
_SECOND = "its codes stand beside the first reading's in the table second_reading"
#: Models that have no columns, and why.
NOT_TABLES: dict[type[Part], str] = {
    Variable: "its terms are the rows of the table terms; the codebook page prints the rest",
    RuleSet: "is read by coders and coded nowhere; the codebook page prints it",
    Boundary: "is read by coders and coded nowhere; the codebook page prints it",
    Setting: "a rule holds every act to it, so that it says nothing of a single one",
    PublishedOutside: "is for citation only, never for analysis",
    Check: "is of a sentence of the report, which no table knows; pages say it there",
    Told: "is of a draft, which no table knows; promotion makes a mention of it",
    Shown: "pins a file by its hash, which a rule checks",
    ReaderName: _READ,
    Label: _READ,
    ReaderPassage: _OTHER,
    ReaderAct: _OTHER,
    ReaderForecast: _OTHER,
    SecondVoice: _SECOND,
    SecondPosition: _SECOND,
    SecondEvent: _SECOND,
}
#: Other fields that are no columns, and why.
NOT_COLUMNS: dict[tuple[type[Part], str], str] = {
    (Actor, "groups"): "each group is a column",
    (Claim, "told_by"): "stands as `extract_ids`, one row a part",
    (EventKind, "allows"): "stands as `allowed`, a variable and a term each",
    (Extract, "also_in"): "says why the passage is not misattributed, which a rule checks",
    (Extract, "prefix"): "tells where the passage stands, as start and end do",
    (LeftOut, "starts"): "tells where the sentence stands, as start and end do",
    (Unbroken, "words"): "tells where sentences end, as start and end do",
    (Unbroken, "because"): "says why, which nobody counts",
}


class Column(NamedTuple):
    """What a column means, the vocabulary whose terms it holds, the kind of record it names."""

    meaning: str
    vocabulary: str | None = None
    names: str | None = None


Columns = dict[str, Column]


@functools.cache
def names(model: type[Part]) -> dict[str, str]:
    """The columns of a model's own fields, field by field; parts have columns of their own."""
    found: dict[str, str] = {}
    for field, hint in hints(model).items():
        if not parts(hint) and not _looked_up(NOT_COLUMNS, model, field):
            name = _looked_up(CALLED, model, field) or _name(model, field, hint)
            found[field] = field if name in found.values() else name
    return found


def of(model: type[Part], *only: str) -> Columns:
    """The columns of a model, or of some of its fields."""
    columns: Columns = {}
    for field, name in names(model).items():
        if field in only or not only:
            hint, meaning = hints(model)[field], model.model_fields[field].description or ""
            columns[name] = Column(meaning, *_holds(hint))
    return columns


def _holds(hint: Any) -> tuple[str | None, str | None]:
    """The vocabulary of a single term, or the kind of record that a single id names."""
    named = None if is_list(hint) else mark(hint, Names)
    if named is None:
        return None, None
    return (named.kind, None) if isinstance(named, Coded) else (None, named.kind)


def computed(kind: str | None = None, /, **meanings: str) -> Columns:
    """Columns that a table works out, with what they mean; each an id where a kind is named."""
    return {name: Column(meaning, None, kind) for name, meaning in meanings.items()}


def cells(part: Part | None, model: type[Part] | None = None) -> dict[str, Any]:
    """The columns of a record or part with their values; of an absent part of a model, None."""
    if part is None:
        return dict.fromkeys(names(model).values()) if model else {}
    found = {name: getattr(part, field) for field, name in names(type(part)).items()}
    if isinstance(part, Record) and "id" in names(type(part)):
        found[names(type(part))["id"]] = part.key
    return {name: tuple(v) if isinstance(v, list) else v for name, v in found.items()}


def _looked_up(table: dict[tuple[type[Part], str], str], model: type[Part], field: str) -> str:
    """What a table says of a field of a model or of one that it inherits from; else nothing."""
    return next((table[one, field] for one in model.__mro__ if (one, field) in table), "")


def _name(model: type[Part], field: str, hint: Any) -> str:
    """A term is called by its vocabulary, an id by what it is the id of, all else by the field."""
    names_ = mark(hint, Names)
    if field == "id" and issubclass(model, Record):
        return f"{(model.named or model.__name__.lower()).split()[-1]}_id"
    if names_ is None or names_.kind in ("stance", "outside row"):
        return field
    if isinstance(names_, Coded):
        return field if is_list(hint) else names_.kind
    return f"{field.removesuffix('s')}_ids" if is_list(hint) else f"{field}_id"
