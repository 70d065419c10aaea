"""Records → tidy frames, the only door for everything after it.

In comes the checked corpus; out come frames with unique keys, terms as ordered categories and
days as bounds, and what each of their columns means. It knows records and their fields; it knows
no number that a chapter rests on, and no page.
"""

import pandas as pd

from csto.tables import outside
from csto.tables.readings import only, read_by, remembered, with_beside
from csto.tables.records import (
    TABLES,
    actors,
    chains,
    changes,
    corrections,
    disagreements,
    dyads,
    events,
    extracts,
    facts,
    forecasts,
    making,
    matches,
    mentions,
    positions,
    questions,
    readings,
    rulings,
    second_reading,
    sentences,
    sources,
    terms,
)
from csto.tables.report import cast, claims, words

__all__ = [
    "TABLES",
    "actors",
    "cast",
    "chains",
    "changes",
    "claims",
    "corrections",
    "describe",
    "disagreements",
    "dyads",
    "events",
    "extracts",
    "facts",
    "forecasts",
    "making",
    "matches",
    "mentions",
    "only",
    "positions",
    "questions",
    "read_by",
    "readings",
    "remembered",
    "rulings",
    "second_reading",
    "sentences",
    "sources",
    "terms",
    "with_beside",
    "words",
]


def describe(name: str) -> pd.DataFrame:
    """The columns of a table, one row each: `column`, `type` in words, `meaning`.

    Raises KeyError when there is no such table.
    """
    tables = TABLES | outside.TABLES
    if name not in tables:
        raise KeyError(f"'{name}' is no table; there are {', '.join(tables)}")
    return tables[name].described()
