"""Rows → a frame: columns in order and explained, terms as ordered categories, the key unique.

Knows no record: what a table says stands in `csto.tables.records` and `csto.tables.outside`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from csto.corpus.reading import Corpus
from csto.tables.columns import Column, Columns

Row = dict[str, Any]
Rows = list[Row]
_TYPES = (
    ("datetime", "day"),
    ("bool", "true or false"),
    ("int", "whole number"),
    ("float", "number"),
)


class Table(NamedTuple):
    """A table: the function that builds it, its key, and its columns.

    A name with a `*` stands for the columns that match it.
    """

    build: Callable[..., pd.DataFrame]
    key: tuple[str, ...]
    columns: Columns

    def __call__(self, without: str | None = None, *, root: Path | None = None) -> pd.DataFrame:
        """The frame, where it is of the corpus without one document."""
        return self.build(without, root=root) if without else self.build(root=root)

    def framed(self, rows: Rows, corpus: Corpus) -> pd.DataFrame:
        """Rows as a frame: terms as ordered categories, days as datetime64, the key unique."""
        columns = self.resolved(rows[0] if rows else {})
        assert all(row.keys() == columns.keys() for row in rows), f"columns of {self.key}"
        frame = pd.DataFrame(rows, columns=list(columns))
        assert not frame.duplicated(list(self.key)).any(), f"{self.key} is no key"
        for name, column in columns.items():
            terms = corpus.terms(column.vocabulary) if column.vocabulary else []
            if terms and not pd.api.types.is_numeric_dtype(frame[name]):
                frame[name] = pd.Categorical(frame[name], categories=terms, ordered=True)
            if name.endswith("_date"):
                frame[name] = frame[name].astype("datetime64[s]")
        return frame

    def resolved(self, row: Row) -> Columns:
        """The columns by name, in order, each pattern as the names in `row` that match it."""
        found: Columns = {}
        for pattern, column in self.columns.items():
            matching = [name for name in row if fnmatchcase(name, pattern)]
            found |= dict.fromkeys(matching if "*" in pattern else [pattern], column)
        return found

    def described(self) -> pd.DataFrame:
        """Its columns, one row each: `column`, `type` in words, `meaning`."""
        frame = self()
        columns = self.resolved(dict.fromkeys(map(str, frame.columns)))
        rows = [(name, _type(frame[name], one), one.meaning) for name, one in columns.items()]
        return pd.DataFrame(rows, columns=["column", "type", "meaning"])


def explained(
    build: Callable[..., pd.DataFrame], rows: Callable[[Corpus], Any], columns: Columns
) -> Callable[..., pd.DataFrame]:
    """`build` with the name of `rows` and, for `help`, its docstring and what columns mean."""
    parts = ("__module__", "__name__", "__qualname__")
    vars(functools.update_wrapper(build, rows, assigned=parts)).pop("__wrapped__")
    listed = "\n".join(f"    {name}: {column.meaning}" for name, column in columns.items())
    build.__doc__ = f"{(rows.__doc__ or '').rstrip()}\n\nColumns:\n{listed}\n"
    return build


def _type(values: pd.Series, column: Column) -> str:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return f"term of {column.vocabulary}"
    if found := next((word for start, word in _TYPES if str(values.dtype).startswith(start)), ""):
        return found
    held = next(_present(values), None)
    return "list" if isinstance(held, tuple) else "text"


def _present(values: pd.Series) -> Iterator[Any]:
    return (value for value in values if isinstance(value, tuple) or pd.notna(value))
