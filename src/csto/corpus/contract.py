"""The field tables of `data/FORMAT.md`, rendered from the schema.

`python -m csto.corpus.contract` rewrites them; a test compares.
"""

from __future__ import annotations

import re
import typing
from types import UnionType
from typing import Annotated, Any

from pydantic import BaseModel

from csto import files
from csto.corpus import schema
from csto.files import write

START, END = "<!-- fields: start -->", "<!-- fields: end -->"
_SCALARS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def field_tables() -> str:
    """One Markdown table a model: key, type, needed, meaning."""
    parts = []
    for pattern, sections in schema.FILES.items():
        for section, model in sections.items():
            parts.append(_table(f"`data/{pattern}`: `{section}`", model))
            parts += [_table(f"part of it: {p.__name__.lower()}", p) for p in _parts(model)]
    return "\n\n".join(dict.fromkeys(parts))


def render(text: str) -> str:
    """`text` (a FORMAT.md) with its field tables renewed."""
    head, rest = text.split(START)
    return f"{head}{START}\n\n{field_tables()}\n\n{END}{rest.split(END)[1]}"


def _table(title: str, model: type[BaseModel]) -> str:
    rows = [
        f"### {title}",
        "",
        (model.__doc__ or "").strip(),
        "",
        "| key | type | needed | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for name, field in model.model_fields.items():
        hints = typing.get_type_hints(model, include_extras=True)
        needed = "yes" if field.is_required() else ""
        rows.append(f"| `{name}` | {_type(hints[name])} | {needed} | {field.description} |")
    return "\n".join(rows)


def _type(hint: Any) -> str:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        names = [a.kind for a in args[1:] if isinstance(a, schema.Names)]
        return f"{names[0].replace('_', ' ')} id" if names else _alias(hint) or _type(args[0])
    if origin in (typing.Union, UnionType):
        return " or ".join(dict.fromkeys(_type(a) for a in args if a is not type(None)))
    if origin is typing.Literal:
        return ", ".join(map(str, args))
    if origin is list:
        return f"list of {_type(args[0])}"
    if origin is dict:
        return f"{_type(args[0])} → {_type(args[1])}"
    return _SCALARS.get(hint) or f"{hint.__name__.lower()} (below)"


def _alias(hint: Any) -> str | None:
    names = {
        schema.Edtf: "EDTF date",
        schema.Slug: "slug",
        schema.Day: "day",
        schema.Address: "web address",
    }
    return names.get(hint)


def _parts(model: type[BaseModel]) -> list[type[BaseModel]]:
    found = []
    for hint in typing.get_type_hints(model).values():
        for name in re.findall(r"csto\.corpus\.schema\.(\w+)", str(hint)) + [
            getattr(hint, "__name__", "")
        ]:
            part = getattr(schema, name, None)
            if isinstance(part, type) and issubclass(part, schema.Part) and part not in found:
                found.append(part)
    return found


if __name__ == "__main__":
    contract = files.root() / "data" / "FORMAT.md"
    write(contract, render(contract.read_text(encoding="utf-8")))
