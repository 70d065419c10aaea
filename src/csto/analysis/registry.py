"""The register of measures: every number that a page prints, as a function of what it rests on.

A measure takes `without`, the id of a document to leave out, and the coding choices that bear on
it, by name; it gives a `Measured`, or None where nothing is left to compute it from.
"""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd

from csto import tables
from csto.analysis.choices import CHOICES, Choice
from csto.analysis.printed import Value


@dataclass(frozen=True)
class Measured:
    """A number, or the interval it lies in, and what is behind it.

    `evidence` are extract ids, `outside` rows of the outside record, `documents` those that a
    count over whole documents rests on; `words` fill the braces of the measure's text.
    """

    value: Any
    evidence: tuple[str, ...] = ()
    low: Any = None
    high: Any = None
    documents: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)

    @property
    def plain(self) -> Value:
        """The number, or its interval as a list."""
        value: Value = [self.low, self.high] if self.value is None else self.value
        return value


Function = TypeVar("Function", bound=Callable[..., "Measured | None"])


@dataclass(frozen=True)
class Measure:
    """A registered measure; call it with `without` and choices."""

    id: str
    text: str
    unit: str | None
    function: Callable[..., Measured | None]
    is_headline: bool = False

    def __call__(self, without: str | None = None, **chosen: Any) -> Measured | None:
        """Measure without a document, or from all. Raises ValueError for a choice it has not."""
        for name in chosen.keys() - {choice.id for choice in self.choices}:
            known = ", ".join(choice.id for choice in self.choices) or "none"
            raise ValueError(f"measure {self.id} has no choice '{name}', its choices: {known}")
        left = {} if without is None else {"without": without}
        return self.function(**left, **chosen)

    @property
    def choices(self) -> list[Choice]:
        """The coding choices that the measure takes."""
        return [CHOICES[name] for name in self._parameters if name != "without"]

    @property
    def can_leave_out(self) -> bool:
        """Whether the measure can be taken without a document."""
        return "without" in self._parameters

    @functools.cached_property
    def _parameters(self) -> Mapping[str, inspect.Parameter]:
        return inspect.signature(self.function).parameters


#: All measures by id, in the order of the chapters.
MEASURES: dict[str, Measure] = {}
#: Numbers that no page prints: a word of quantity is tested by them.
COUNTS: dict[str, Measure] = {}


def measure(
    id: str,
    text: str,
    unit: str | None = None,
    *,
    headline: bool = False,
    among: dict[str, Measure] | None = None,
) -> Callable[[Function], Function]:
    """Register a function as a measure, or with `among` as a number of another sort.

    Raises ValueError for an id that stands already and for a parameter that is no choice, or
    whose default is not the report's own.
    """

    def register(function: Function) -> Function:
        one = Measure(id, text, unit, function, headline)
        if id in MEASURES or id in COUNTS:
            raise ValueError(f"measure {id} stands twice, rename one")
        for name, parameter in inspect.signature(function).parameters.items():
            if name != "without" and (
                name not in CHOICES or parameter.default != CHOICES[name].own
            ):
                raise ValueError(
                    f"measure {id}: '{name}' is no choice with the report's own default"
                )
        (MEASURES if among is None else among)[id] = one
        function.__doc__ = f"{text}.\n\n{inspect.getdoc(function) or ''}".rstrip()
        return function

    return register


def find(id: str) -> Measure:
    """The measure or count of an id. Raises ValueError when there is none."""
    if id not in MEASURES and id not in COUNTS:
        raise ValueError(f"there is no measure '{id}', register it in csto.analysis.measures")
    return MEASURES[id] if id in MEASURES else COUNTS[id]


def headlines() -> Iterator[Measure]:
    """The measures that a reader is shown under every choice."""
    return (one for one in MEASURES.values() if one.is_headline)


def without_each(one: Measure, **chosen: Any) -> dict[str, Value]:
    """A measure with each document left out in turn; None where nothing is left to compute it from.

    Empty for a measure that no document can be left out of.
    """
    if not one.can_leave_out:
        return {}
    left = {source: one(source, **chosen) for source in tables.sources()["source_id"]}
    return {source: found.plain if found else None for source, found in left.items()}


def specifications(id: str) -> pd.DataFrame:
    """A measure under every combination of its choices, from the least value to the greatest.

    One row a combination: a column for each choice, `value`, `is_main` (the report's own
    choices), `rank` (from 1). After Simonsohn, Simmons and Nelson 2020; combinations that leave
    nothing to compute have no row.
    """
    one, rows = find(id), []
    names, own = [c.id for c in one.choices], {c.id: c.own for c in one.choices}
    for values in itertools.product(*(choice.options for choice in one.choices)):
        chosen = dict(zip(names, values, strict=True))
        if found := one(**chosen):
            rows.append({**chosen, "value": found.value, "is_main": chosen == own})
    frame = pd.DataFrame(rows).sort_values(["value", *names], kind="stable", ignore_index=True)
    return frame.assign(rank=frame.index + 1)
