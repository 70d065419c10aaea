"""Words of charts: what a picture shows, computed from what it is drawn from."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def day(one: pd.Timestamp) -> str:
    """A day as prose prints it."""
    return f"{one.day} {one:%B %Y}"


def sentences(*parts: str) -> str:
    """Parts as sentences, empty ones left out."""
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def listed(parts: Iterable[object]) -> str:
    """Parts joined by commas."""
    return ", ".join(map(str, parts))


def from_to(low: object, high: object) -> str:
    """A span in words, or its one end."""
    return f"{low}" if low == high else f"{low} to {high}"


def tally(terms: pd.Series) -> str:
    """How many rows hold each term, in order of the terms: "adverse (2), cooperative (1)"."""
    counts = terms.astype(str).value_counts().sort_index()
    return listed(f"{term} ({count})" for term, count in counts.items())


def shaded(gaps: pd.DataFrame) -> str:
    """The years that are shaded."""
    years = listed(gaps["start"].dt.year)
    return years and f"Shaded as having no act dated by an article: {years}"
