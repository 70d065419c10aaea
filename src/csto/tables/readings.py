"""Which reading the tables are of: the report's own, unless another is taken up."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import ParamSpec, TypeVar

from csto.corpus.checks import checked_corpus
from csto.corpus.reading import Corpus
from csto.corpus.reread import reread

#: What no reader was asked for: its tables are of the report's own reading alone.
UNREAD = ("facts", "corrections", "disagreements", "second_reading")
Under = tuple[str, frozenset[tuple[str, str]]] | None
_UNDER: ContextVar[Under] = ContextVar("reading", default=None)


@contextmanager
def read_by(reading: str | None, called: Mapping[str, str] | None = None) -> Iterator[None]:
    """While it lasts, tables of passages, acts, positions and forecasts are of another reading.

    None is the report's own. `called` gives acts and forecasts of the reading, by their own
    numbers, ids of the report's. A table of what no reader was asked for is a KeyError then, and
    so is the first table of a reading that there is none.
    """
    names = frozenset((called or {}).items())
    token = _UNDER.set((reading, names) if reading else None)
    try:
        yield
    finally:
        _UNDER.reset(token)


def current() -> Under:
    """The reading taken up, with the ids it is given; None for the report's own."""
    return _UNDER.get()


@functools.cache
def as_read(root: Path, under: Under) -> Corpus:
    """The checked corpus of a project, or of a reading of it."""
    full = checked_corpus(root)
    return reread(full, under[0], dict(under[1])) if under else full


Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def remembered(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compute once and for each reading apart; callers only read what they are given."""

    @functools.cache
    def computed(under: Under, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        return function(*args, **kwargs)

    @functools.wraps(function)
    def of_reading(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        return computed(current(), *args, **kwargs)  # type: ignore[arg-type]  # all hashable

    return of_reading
