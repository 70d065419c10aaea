"""How prose prints a value: thousands with a comma, an interval from end to end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Value = int | float | str | list[Any] | None  # a list is an interval: its low and its high end


def shown(value: Value) -> str:
    """A value as prose prints it."""
    if isinstance(value, list):
        low, high = value
        return shown(low) if low == high else f"{shown(low)}–{shown(high)}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}".replace("-", "\u2212")


def spread(values: Iterable[Value]) -> str:
    """Least and most of several values and intervals; "" where there is none, as of words."""
    known = [value for value in values if value is not None and not isinstance(value, str)]
    ends = [end for value in known for end in (value if isinstance(value, list) else [value])]
    return shown([min(ends), max(ends)]) if ends else ""


#: Whole numbers that prose prints in words, before what they count.
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(value: int) -> str:
    """A whole number as English prints it: up to nine in words."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else f"{value:,}"


def either(values: Iterable[object]) -> str:
    """Values as English lists them after "no": "2017, 2020 or 2021"."""
    *some, last = map(str, values)
    return f"{', '.join(some)} or {last}" if some else last


def in_prose(value: Value, *, opens: bool = False, counts: bool = False) -> str:
    """A value as running prose prints it: whole numbers up to nine in words.

    One that opens a sentence begins with a capital; nought is "no" before what it counts, and
    "none" by itself. Intervals, shares and what is less than nought stand in figures.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < len(NUMBERS):
        return shown(value)
    word = number(value) if value or counts else "none"
    return word.capitalize() if opens else word


def with_unit(value: Value, unit: str | None) -> str:
    """A value and its unit, which is given in the plural: "1 day", "3 days", "73%"."""
    if unit == "%":
        return f"{shown(value)}%"
    agreeing = (unit or "").removesuffix("s") if value in (1, [1, 1]) else unit or ""
    return f"{shown(value)} {agreeing}".strip()
