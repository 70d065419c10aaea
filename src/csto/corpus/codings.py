"""What a record is coded with, as the annotations of its fields say it.

Nothing here knows a field's name: a coded field that is added to a model is walked, checked
for its example, tabulated and compared between two readings like all others.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from csto.corpus.problems import Path
from csto.corpus.values import Coded, Otherwise, Part

Mark = TypeVar("Mark")


class Coding(NamedTuple):
    """One term that a record is coded with, and the way to it."""

    vocabulary: str
    term: str | int
    path: Path


@functools.cache
def hints(model: type[Part]) -> dict[str, Any]:
    """The annotations of a model's fields, in order."""
    found = get_type_hints(model, include_extras=True)
    return {name: found[name] for name in model.model_fields}


def mark(hint: Any, of: type[Mark]) -> Mark | None:
    """The mark of a kind that an annotation bears, however deep; of a mapping, what it maps to."""
    for own in getattr(hint, "__metadata__", ()) if get_origin(hint) is Annotated else ():
        if isinstance(own, of):
            return own
    inner = get_args(hint)[1:] if get_origin(hint) is dict else get_args(hint)
    return next((found for one in inner if (found := mark(one, of)) is not None), None)


def parts(hint: Any) -> list[type[Part]]:
    """The models of the parts that a field holds."""
    if isinstance(hint, type) and issubclass(hint, Part):
        return [hint]
    return [part for one in get_args(hint) for part in parts(one)]


def is_list(hint: Any) -> bool:
    """Whether a field holds several things."""
    return get_origin(hint) in (list, dict) or any(map(is_list, get_args(hint)))


def held(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """What a field holds, each with the way to it: the items of a list, itself, or nothing."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from held(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from held(item, (*path, key))
    elif value is not None:
        yield path, value


def codings(part: Part, path: Path = ()) -> Iterator[Coding]:
    """Every term that a record or part is coded with."""
    for name, coded, otherwise in _marks(type(part)):
        value = getattr(part, name)
        if value is None:
            if otherwise:
                yield Coding(*otherwise, (*path, name))
            continue
        for way, item in held(value, (*path, name)):
            if isinstance(item, Part):
                yield from codings(item, way)
            elif coded:
                yield Coding(coded.vocabulary(part), item, way)


@functools.cache
def _marks(model: type[Part]) -> list[tuple[str, Coded | None, Otherwise | None]]:
    """Each field of a model that is coded or has parts that may be, with its marks, found once."""
    found = hints(model).items()
    marks = [(name, mark(hint, Coded), mark(hint, Otherwise), parts(hint)) for name, hint in found]
    return [
        (name, coded, otherwise)
        for name, coded, otherwise, held in marks
        if coded or otherwise or held
    ]


class Field(NamedTuple):
    """A coded field: the way to it through single parts, and its vocabulary."""

    way: tuple[str, ...]
    vocabulary: str


@functools.cache
def coded_fields(model: type[Part]) -> dict[str, Field]:
    """The coded fields of a model and of its single parts, by name.

    What stands in a list of parts belongs to those parts, of which each is coded by itself.
    """
    found: dict[str, Field] = {}
    for name, hint in hints(model).items():
        if coded := mark(hint, Coded):
            found[name] = Field((name,), coded.kind)
        elif not is_list(hint):
            for part in parts(hint):
                inner = coded_fields(part).items()
                found |= {last: Field((name, *way), of) for last, (way, of) in inner}
    return found


def compared(first: Part, second: Part) -> Iterator[tuple[str, str, str]]:
    """Each coded field that two readings have in common, where either gave a code: name, codes.

    "–" stands for none. The readings may be of different models; several codes are joined.
    """
    theirs = coded_fields(type(second))
    for name, field in coded_fields(type(first)).items():
        if name in theirs:
            codes = _code(first, field.way), _code(second, theirs[name].way)
            if codes != ("–", "–"):
                yield name, *codes


def _code(part: Part, way: tuple[str, ...]) -> str:
    value: Any = part
    for name in way:
        value = getattr(value, name, None)
    return "; ".join(str(item) for _, item in held(value, ())) or "–"
