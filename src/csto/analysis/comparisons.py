"""Comparisons of numbers, as the data and the prose write them: `a = 0`, `a > half of b and …`.

A side is the id of a measure or of a count (`csto.analysis.registry`), half of one, or a whole
number. A comparison is true, false, or None where a number cannot be computed.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from csto.analysis import registry
from csto.analysis.printed import Value

SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_SIDE = r"(?:half of )?[a-z]+\.[a-z0-9-]+|\d+"
_ONE = re.compile(rf"({_SIDE}) ([{''.join(SIGNS)}]) ({_SIDE})")


@dataclass(frozen=True)
class Side:
    """A number by its id, or a whole number, times a factor."""

    id: str | None
    factor: float

    def value(self, numbers: Callable[[str], Value]) -> Any:
        """What it comes to; None where its number cannot be computed."""
        found = 1 if self.id is None else numbers(self.id)
        return found * self.factor if isinstance(found, int | float) else None


@dataclass(frozen=True)
class Comparison:
    """One or several comparisons, all of which must hold."""

    text: str
    parts: tuple[tuple[Side, str, Side], ...]

    @property
    def ids(self) -> Iterator[str]:
        """The numbers that it names."""
        return (side.id for left, _, right in self.parts for side in (left, right) if side.id)

    def holds(self, numbers: Callable[[str], Value]) -> bool | None:
        """Whether it holds; None where one of its numbers cannot be computed."""
        held = []
        for left, sign, right in self.parts:
            ends = left.value(numbers), right.value(numbers)
            if None in ends:
                return None
            held.append(SIGNS[sign](*ends))
        return all(held)


def parse(text: str) -> Comparison:
    """The comparison that a text writes. Raises ValueError with what is wrong with it."""
    parts = []
    for one in text.split(" and "):
        match = _ONE.fullmatch(one.strip())
        if match is None:
            raise ValueError(f"'{one.strip()}' is no comparison, write as `a.number = 0`")
        parts.append((_side(match[1]), match[2], _side(match[3])))
    return Comparison(text, tuple(parts))


def _side(text: str) -> Side:
    if text.isdigit():
        return Side(None, int(text))
    half = text.startswith("half of ")
    return Side(text.removeprefix("half of "), 0.5 if half else 1)


def holds(text: str) -> bool | None:
    """Whether a comparison holds in the report's own reading. Raises ValueError where it is none.

    None where a number cannot be computed.
    """
    return parse(text).holds(_own)


def _own(id: str) -> Value:
    import csto.analysis.measures  # noqa: F401  # registers them; nothing else waits for it

    found = registry.find(id)()
    return found.plain if found else None
