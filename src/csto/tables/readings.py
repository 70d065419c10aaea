"""Which reading the tables are of, and of which documents.

They are of the report's own reading, unless another is taken up, and of the documents that the
argument rests on, unless others are taken in.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from csto import files
from csto.corpus.checks import checked_corpus
from csto.corpus.reading import Corpus
from csto.corpus.reread import reread
from csto.corpus.schema import Source
from csto.tables.less import flat, less

#: What no reader was asked for: its tables are of the report's own reading alone.
UNREAD = ("facts", "corrections", "disagreements", "second_reading")
Under = tuple[str | None, frozenset[tuple[str, str]], bool] | None
_UNDER: ContextVar[Under] = ContextVar("reading", default=None)


class View(NamedTuple):
    """Which documents tables are of."""

    beside: frozenset[str] | None = frozenset()  # those taken in that stand beside; None for all
    only: frozenset[str] | None = None  # None for no limit

    def leaves_out(self, source: Source) -> bool:
        """Whether a document is not looked at."""
        if self.only is not None and source.id not in self.only:
            return True
        return bool(source.beside) and self.beside is not None and source.id not in self.beside


_ALL = View()
_VIEW: ContextVar[View] = ContextVar("documents", default=_ALL)  # it cannot change


@contextmanager
def with_beside(*documents: str) -> Iterator[None]:
    """While it lasts, tables are of these documents too, or of all where none is named."""
    with _viewed(view()._replace(beside=frozenset(documents) or None)):
        yield


@contextmanager
def only(*documents: str) -> Iterator[None]:
    """While it lasts, tables are of these documents, and of all where none is named."""
    with _viewed(view()._replace(only=frozenset(documents) or None)):
        yield


@contextmanager
def _viewed(given: View) -> Iterator[None]:
    token = _VIEW.set(given)
    try:
        yield
    finally:
        _VIEW.reset(token)


@contextmanager
def read_by(
    reading: str | None, called: Mapping[str, str] | None = None, *, hedged: bool = True
) -> Iterator[None]:
    """While it lasts, tables of passages, acts, positions and forecasts are of another reading.

    None is the report's own. `called` gives acts and forecasts of the reading, by their own
    numbers, ids of the report's. Without `hedged` no passage is there that the reading calls
    hedged, and nothing that rests on such passages alone. A table of what no reader was asked for
    is a KeyError in another's reading, and so is the first table of a reading that there is none.
    """
    names = frozenset((called or {}).items())
    token = _UNDER.set((reading, names, hedged) if reading or not hedged else None)
    try:
        yield
    finally:
        _UNDER.reset(token)


def current() -> Under:
    """The reading taken up, the ids it is given, whether it has hedged passages; or None."""
    return _UNDER.get()


def view() -> View:
    """The documents that tables are of."""
    return _VIEW.get()


@functools.cache
def as_read(root: Path, under: Under, of: View = _ALL) -> Corpus:
    """The checked corpus of a project, or of a reading of it: as far as documents are in view."""
    full = checked_corpus(root)
    for source in full.sources:
        if of.leaves_out(source):
            full = less(full, source.id)
    if under is None:
        return full
    reading, called, hedged = under
    read = reread(full, reading, dict(called)) if reading else full
    return read if hedged else flat(read)


@functools.cache
def left(root: Path, without: str | None, under: Under, of: View = _ALL) -> Corpus:
    """That corpus without one document, or whole."""
    return less(as_read(root, under, of), without)


Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def remembered(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compute once, for each project and reading apart; callers only read what they are given."""

    @functools.cache
    def computed(
        of: tuple[Path, Under, View], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Result:
        return function(*args, **kwargs)

    @functools.wraps(function)
    def of_reading(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        of = (files.root(), current(), view())
        return computed(of, *args, **kwargs)  # type: ignore[arg-type]  # all hashable

    return of_reading
