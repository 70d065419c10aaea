"""The chronology: every act by year, the years without one, the acts without a date."""

from __future__ import annotations

from datetime import date
from typing import cast

from csto.book.pages.markdown import marks, row, table, text, titled
from csto.book.trail import Trail
from csto.book.wording import plain
from csto.corpus.dates import spoken
from csto.corpus.schema import Event
from csto.corpus.timing import event_interval
from csto.tables import records

HEADS = ["when", "known from", "act", "documents and passages"]
SILENT = "No document dates an act to this time: missing data, not calm."
BOUNDED = "Only the document that tells them bounds them."
UNDATED = "Acts that no document dates, by what bounds them."


def chronology(trail: Trail, _: str) -> str:
    """All acts by year, then those that no document dates; years without an act are named."""
    by_year: dict[int, list[Event]] = {}
    undated = []
    for event in in_time(trail):
        if _basis(trail, event) == "undated":
            undated.append(event)
        else:
            by_year.setdefault(_bounds(trail, event)[0].year, []).append(event)
    parts, after = [], min(by_year, default=0)
    for year, events in sorted(by_year.items()):
        if after < year:
            parts.append(f"## {_years(after, year - 1)}: no dated act\n\n{SILENT}")
        parts.append(f"## {year}\n\n{table(HEADS, [_act(trail, event) for event in events])}")
        after = max(after, year + 1, *(_last_year(trail, event) + 1 for event in events))
    rows = [_act(trail, event) for event in undated]
    listed = titled("undated", UNDATED, table(HEADS, rows)) or "None."
    parts.append(f"## Acts without a date\n\n{BOUNDED}\n\n{listed}")
    return "\n\n".join(parts) + "\n"


def in_time(trail: Trail) -> list[Event]:
    """Acts by their earliest days, one with only an upper bound at it; none before what it follows.

    Days that two acts may share do not say which was first; where a document does, it decides.
    """
    events = {event.id: event for event in trail.corpus.events}
    placed: dict[str, Event] = {}

    def place(event: Event) -> None:
        for earlier in event.follows:
            if earlier not in placed:
                place(events[earlier])
        placed.setdefault(event.id, event)

    for event in sorted(events.values(), key=lambda event: _bounds(trail, event)):
        place(event)
    return list(placed.values())


def _bounds(trail: Trail, event: Event) -> tuple[date, date]:
    """The first and last day of an act; a bound that is missing is the other one."""
    days = event_interval(trail.corpus, event)
    low, high = days.earliest or days.latest, days.latest or days.earliest
    return cast(date, low), cast(date, high)  # checked data has one of the two


def _years(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


def _last_year(trail: Trail, event: Event) -> int:
    """The year into which an act may reach; 0 where nothing bounds it."""
    latest = event_interval(trail.corpus, event).latest
    return latest.year if latest else 0


def _act(trail: Trail, event: Event) -> str:
    labels = dict.fromkeys(trail.source(key).label for key in event.mentions)
    doubt = " (contested)" if event.contested else ""
    return row(
        text(spoken(event_interval(trail.corpus, event))),
        plain(_basis(trail, event)),
        f"{text(event.label)}{doubt}",
        f"{text(', '.join(labels))} {marks(trail, event.mentions)}",
    )


def _basis(trail: Trail, event: Event) -> str:
    keys = event.dated_by.extracts if event.dated_by else event.mentions
    return records.basis(
        trail.corpus, [e for e in map(trail.corpus.extract.__getitem__, keys) if e.when]
    )
