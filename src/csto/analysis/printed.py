"""How prose prints a value: thousands apart, an interval from end to end."""

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
    return f"{value:,}".replace(",", "\u202f").replace("-", "\u2212")


def spread(values: Iterable[Value]) -> str:
    """Least and most of several values and intervals; "" where there is none."""
    known = [value for value in values if value is not None]
    ends = [end for value in known for end in (value if isinstance(value, list) else [value])]
    return shown([min(ends), max(ends)]) if ends else ""


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(value: int) -> str:
    """A whole number as English prints it: up to nine in words."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else f"{value:,}"
