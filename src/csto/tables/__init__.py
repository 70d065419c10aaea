"""Records → tidy frames, the only door for everything after it.

In comes the checked corpus; out come frames with unique keys, terms as ordered categories and days as bounds.
It knows records and their fields; it knows no number that a chapter rests on, and no page.
"""

from csto.tables.records import (
    TABLES,
    actors,
    chains,
    corrections,
    disagreements,
    dyads,
    events,
    extracts,
    facts,
    forecasts,
    mentions,
    positions,
    second_reading,
    sentences,
    sources,
    terms,
)

__all__ = [
    "TABLES",
    "actors",
    "chains",
    "corrections",
    "disagreements",
    "dyads",
    "events",
    "extracts",
    "facts",
    "forecasts",
    "mentions",
    "positions",
    "second_reading",
    "sentences",
    "sources",
    "terms",
]
