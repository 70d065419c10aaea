"""The field tables of `data/FORMAT.md`, rendered from the schema.

`python -m csto.corpus.contract` rewrites them; a test compares.
"""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from csto import files
from csto.corpus.codings import hints, parts
from csto.corpus.reading import FILES
from csto.corpus.values import Called, Coded, Names, Part

START, END = "<!-- fields: start -->", "<!-- fields: end -->"
_SCALARS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def field_tables() -> str:
    """One Markdown table a model: key, type, needed, meaning."""
    tables: list[str] = []
    for pattern, sections in FILES.items():
        for section, (model, _) in sections.items():
            tables.append(_table(f"`data/{pattern}`: `{section}`", model))
            tables += [_table(f"part of it: {one.__name__.lower()}", one) for one in _below(model)]
    return "\n\n".join(dict.fromkeys(tables))


def render(text: str) -> str:
    """`text` (a FORMAT.md) with its field tables renewed."""
    head, rest = text.split(START)
    return f"{head}{START}\n\n{field_tables()}\n\n{END}{rest.split(END)[1]}"


def _below(model: type[Part]) -> list[type[Part]]:
    """The parts of a model and theirs, each once."""
    found: list[type[Part]] = []
    for hint in hints(model).values():
        for part in parts(hint):
            found += [part, *_below(part)]
    return list(dict.fromkeys(found))


def _table(title: str, model: type[Part]) -> str:
    rows = [
        f"### {title}",
        "",
        (model.__doc__ or "").strip(),
        "",
        "| key | type | needed | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for name, field in model.model_fields.items():
        needed = "yes" if field.is_required() else ""
        rows.append(f"| `{name}` | {_type(hints(model)[name])} | {needed} | {field.description} |")
    return "\n".join(rows)


def _type(hint: Any) -> str:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return next(filter(None, map(_called, args[1:])), None) or _type(args[0])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_type(one) for one in args if one is not type(None)))
    if origin is Literal:
        return ", ".join(map(str, args))
    if origin is list:
        return f"list of {_type(args[0])}"
    if origin is dict:
        return f"{_type(args[0])} → {_type(args[1])}"
    return _SCALARS.get(hint) or f"{hint.__name__.lower()} (below)"


def _called(mark: Any) -> str | None:
    """What a type is called that bears a mark."""
    if isinstance(mark, Coded):
        return f"term of {mark.kind}"
    if isinstance(mark, Names):
        return f"{mark.kind} id"
    return mark.words if isinstance(mark, Called) else None


if __name__ == "__main__":
    contract = files.root() / "data" / "FORMAT.md"
    files.write(contract, render(contract.read_text(encoding="utf-8")))
