"""What the schema promises of every field of every model, whichever is added to it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from csto.corpus import codings, readers, schema
from csto.corpus.checks import checked_corpus
from csto.corpus.outside import OutsideRow
from csto.corpus.reading import FILES, MODELS
from csto.corpus.values import NEEDED, Coded, Known, Part, Record

CHOIR = Path(__file__).parent / "choir"


def models() -> list[type[Part]]:
    """Every model of a record, and of every part of one."""

    def below(model: type[Part]) -> Iterator[type[Part]]:
        yield model
        for hint in codings.hints(model).values():
            for part in codings.parts(hint):
                yield from below(part)

    return list(dict.fromkeys(part for model in MODELS.values() for part in below(model)))


def where(model: type[Part], field: str) -> str:
    """File and line of the class in which a field is declared."""
    own = next(one for one in model.__mro__ if field in vars(one).get("__annotations__", {}))
    lines, first = inspect.getsourcelines(own)
    at = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{field}:"))
    return f"{Path(inspect.getfile(own)).name}:{first + at}: {own.__name__}.{field}"


FIELDS = [(model, field) for model in models() for field in codings.hints(model)]
CODED = [
    (model, field, mark)
    for model, field in FIELDS
    if (mark := codings.mark(codings.hints(model)[field], Coded))
]


def test_fields_of_every_sort_were_found() -> None:
    """Else the tests below would pass on nothing."""
    assert {schema.Voice, schema.When, schema.Side, schema.Setting} <= set(models())
    assert {"status", "kind", "basis", "attribute", "groups", "or_rung"} <= {f for _, f, _ in CODED}


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=lambda x: getattr(x, "__name__", x))
def test_every_field_is_described(model: type[Part], field: str) -> None:
    assert model.model_fields[field].description, where(model, field)


def test_every_model_of_a_record_is_read_from_a_file() -> None:
    """A model that stands in no list of the corpus would be declared in vain."""

    def leaves(model: type[Record]) -> Iterator[type[Record]]:
        for sub in model.__subclasses__():
            yield from leaves(sub)
        if not model.__subclasses__():
            yield model

    ours = {model for model in leaves(Record) if model.__module__.startswith("csto.")}
    assert ours == set(MODELS.values())
    assert [s.model for some in FILES.values() for s in some.values()] == list(MODELS.values())


def test_every_vocabulary_that_fields_name_is_in_the_codebook() -> None:
    known = checked_corpus().vocabularies
    missing = [where(m, f) for m, f, mark in CODED if mark.kind not in {*known, "stance"}]
    assert not missing
    assert NEEDED.keys() <= known.keys()


def damaged(corpus: Any, model: type[Part], field: str) -> tuple[Record, tuple[Any, ...]] | None:
    """A record of the corpus that has the coded field, and the way to it."""
    for record in corpus.records():
        for path in ways(record, (), model, field):
            return record, path
    return None


def ways(part: Part, path: tuple[Any, ...], model: type[Part], field: str) -> Iterator[Any]:
    for name in codings.hints(type(part)):
        for way, item in codings.held(getattr(part, name), (*path, name)):
            if isinstance(item, Part):
                yield from ways(item, way, model, field)
            elif type(part) is model and name == field:
                yield way


@pytest.mark.parametrize(
    ("model", "field"), [one[:2] for one in CODED], ids=lambda x: getattr(x, "__name__", x)
)
def test_a_coded_field_is_held_to_its_terms(model: type[Part], field: str) -> None:
    """The record is written with a term that is none: the message names field and vocabulary."""
    corpus = checked_corpus()
    found = damaged(corpus, model, field)
    assert found, f"{where(model, field)} is used by no record, so that nothing tests it"
    record, path = found
    value = yaml_of(record)
    inside: Any = value
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = 99 if isinstance(inside[path[-1]], int) else "no_such_term"
    said = faults(record, value)
    (kind,) = (mark.kind for one, name, mark in CODED if (one, name) == (model, field))
    kind = f"stance of {inside['question']}" if kind == "stance" else kind
    assert any(f"is no known {kind}" in one for one in said), said


def yaml_of(record: Record) -> dict[str, Any]:
    """A record as its file has it."""
    place = record._place
    section, index = place.path
    root = Path(__file__).resolve().parents[2]
    rows = yaml.load((root / place.file).read_text(encoding="utf-8"), yaml.CSafeLoader)[section]
    row: dict[str, Any] = rows[index]
    return row


def faults(record: Record, value: dict[str, Any]) -> list[str]:
    """What validation says of a value in the place of a record."""
    corpus = checked_corpus()
    ids: dict[str, set[str]] = {}
    for one in corpus.records():
        ids.setdefault(one.named, set()).add(one.key)
    known = Known(ids, {name: set(terms) for name, terms in corpus.vocabularies.items()})
    try:
        type(record).model_validate(value, context={"known": known})
    except ValidationError as error:
        return [fault["msg"] for fault in error.errors()]
    return []


def test_codings_are_walked_to_the_last_part() -> None:
    corpus = checked_corpus(CHOIR)
    walked = {
        (coding.vocabulary, coding.term, coding.path)
        for coding in codings.codings(corpus.extract["bell.thirty-years"])
    }
    assert walked == {
        ("theme", "songs", ("themes", 0)),
        ("date_basis", "undated", ("when",)),
        ("attribution", "unattributed", ("voice", "attribution")),
        ("mode", "authorial", ("voice", "mode")),
        ("status", "asserted", ("status",)),
        ("Q2", "1971", ("positions", 0, "stance")),
        ("attribute", "length", ("facts", 0, "attribute")),
    }


def test_two_readings_are_compared_field_by_field() -> None:
    corpus = checked_corpus(CHOIR)
    event = next(one for one in corpus.events if one.id == "basses-walk-out")
    again = event.model_copy(update={"rung": None, "themes": ["songs", "quarrel"]})
    assert list(codings.compared(event, again)) == [
        ("kind", "walk_out", "walk_out"),
        ("sign", "-1", "-1"),
        ("intensity", "3", "3"),
        ("rung", "walk_out", "–"),
        ("themes", "quarrel", "songs; quarrel"),
    ]


#: What is coded beside the first reading: outside of the documents, or by readers who chose units.
APART = (OutsideRow, readers.ReaderRecord)
TWICE = [
    (schema.Extract, schema.SecondVoice),
    (schema.Position, schema.SecondPosition),
    (schema.Event, schema.SecondEvent),
]


def read_twice() -> Iterator[tuple[type[Part], str]]:
    """The fields that both readings code, with the model in which the first has each."""
    for first, second in TWICE:
        theirs = codings.coded_fields(second)
        for name, (way, _) in codings.coded_fields(first).items():
            model: type[Part] = first
            for step in way[:-1]:
                (model,) = codings.parts(codings.hints(model)[step])
            if name in theirs:
                yield model, name


def test_every_coded_field_is_compared_or_says_why_not() -> None:
    """A coded field belongs into the part that both readings share, or into READ_ONCE."""
    twice, seconds = set(read_twice()), [second for _, second in TWICE]
    assert len(twice) == 9
    found = set()
    for model, field, _ in CODED:
        apart = model is schema.Stance or issubclass(model, APART)
        if (model, field) in twice or model in seconds or apart:
            continue
        keys = {(model, field), (model, "*")} & schema.READ_ONCE.keys()
        assert keys, f"{where(model, field)} is coded and never compared; see schema.READ_ONCE"
        found |= keys
    assert found == schema.READ_ONCE.keys(), "something stale stands in schema.READ_ONCE"
