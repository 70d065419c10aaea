"""Other readings of the documents beside the report's own: units, pairs, and codes of pairs.

A unit is an act, an answer (a document's holder, question and stance), a forecast, or a passage
that bears any of them. How far readings agree is `csto.analysis.agreement`; the numbers that
pages print are in `csto.analysis.measures.codings`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pandas as pd

from csto import tables
from csto.analysis.agreement import Span, matched

UNITS = ("event", "position", "forecast", "passage")
NONE = "–"  # the code of what a reader left uncoded
#: What is coded of a unit, in the order in which it is shown.
CODED = {
    "event": (
        "kind", "sign", "intensity", "rung", "distancing", "actors", "recipients", "days", "basis",
    ),
    "position": ("holder", "stance"),
    "forecast": ("holder", "hedged", "horizon"),
    "passage": ("attribution", "mode", "status"),
}  # fmt: skip


@contextmanager
def under(reading: str | None) -> Iterator[None]:
    """While it lasts, every table and measure is of a reading; None is the report's own.

    Acts and forecasts that are the report's too bear its ids.
    """
    called = {}
    if reading:
        both = pairs(reading, "event") | pairs(reading, "forecast")
        called = {theirs: ours for ours, theirs in both.items()}
    with tables.read_by(reading, called):
        yield


# ---- units -------------------------------------------------------------------------------


@functools.cache  # callers only read it
def units(reading: str | None, unit: str) -> pd.DataFrame:
    """The units of a reading by their ids, in the order of the tables.

    Columns: `label`, `extract_ids`, `source_ids`, `spans` (tuples), and what is coded of them
    (`CODED`), as text. Ids are a reader's own; those of answers are document, holder, question
    and stance.
    """
    with tables.read_by(reading):
        extracts = tables.extracts().set_index("extract_id")
        frame = {"event": _events, "position": _positions, "forecast": _forecasts}.get(
            unit, _passages
        )()
    where = {key: (row.source_id, row.start, row.end) for key, row in extracts.iterrows()}
    spans = [tuple(where[key] for key in keys) for keys in frame["extract_ids"]]
    return frame.assign(spans=spans)


def _events() -> pd.DataFrame:
    events = tables.events().set_index("event_id")
    written = tables.sources().set_index("source_id")["latest_date"]
    states = tables.actors().set_index("actor_id")["state_id"]
    latest = [
        min(filter(pd.notna, (day, *written[list(ids)])), default=pd.NaT)
        for day, ids in zip(events["latest_date"], events["source_ids"], strict=True)
    ]  # no document tells what came after it, whether a reader wrote that down or not
    ends = zip(events["earliest_date"], latest, strict=True)
    return events[["label", "extract_ids", "source_ids"]].assign(
        kind=_text(events["event_kind"]),
        sign=_text(events["sign"]),
        intensity=_text(events["intensity"]),
        rung=_text(events["rung"]),
        distancing=_text(events["distancing"]),
        actors=[_states(ids, states) for ids in events["actor_ids"]],
        recipients=[_states(ids, states) for ids in events["recipient_ids"]],
        days=[f"{_day(low)} to {_day(high)}" if low != high else _day(low) for low, high in ends],
        basis=_text(events["date_basis"]),
    )


def _positions() -> pd.DataFrame:
    positions = tables.positions()
    by = ["source_id", "holder_id", "question", "stance"]
    groups = positions.groupby(by, sort=False, observed=True)
    rows = []
    for (source, holder, question, stance), some in groups:
        said = {"holder": holder, "question": question, "stance": stance}
        named = {"id": f"{source} {holder} {question} {stance}", "source_ids": (source,)}
        label = f"{question} {stance}"
        rows.append({**named, "label": label, "extract_ids": tuple(some["extract_id"]), **said})
    return pd.DataFrame(rows).set_index("id")


def _forecasts() -> pd.DataFrame:
    forecasts = tables.forecasts().set_index("forecast_id")
    return forecasts[["label", "extract_ids", "source_ids"]].assign(
        holder=forecasts["holder_id"],
        hedged=["no" if pd.isna(hedge) else "yes" for hedge in forecasts["hedge"]],
        horizon=_text(forecasts["horizon"]),
    )


def _passages() -> pd.DataFrame:
    """The extracts that bear a unit: of the report's, not those that bear facts alone."""
    bearing = {
        *tables.positions()["extract_id"],
        *tables.events()["extract_ids"].explode(),
        *tables.forecasts()["extract_ids"].explode(),
    }
    extracts = tables.extracts().set_index("extract_id", drop=False)
    some = extracts[extracts["extract_id"].isin(bearing)]
    return pd.DataFrame(
        {
            "label": some["quote"],
            "extract_ids": [(key,) for key in some["extract_id"]],
            "source_ids": [(key,) for key in some["source_id"]],
            **{name: _text(some[name]) for name in CODED["passage"]},
        }
    )


def _text(codes: pd.Series) -> pd.Series:
    return codes.astype(object).map(lambda code: NONE if pd.isna(code) else str(code))


def _states(ids: tuple[str, ...], states: pd.Series) -> str:
    """Whom actors stand for, in one order; who stands for nobody, himself."""
    found = {id if pd.isna(states[id]) else states[id] for id in ids}
    return ", ".join(sorted(found)) or NONE


def _day(day: pd.Timestamp) -> str:
    return NONE if pd.isna(day) else f"{day:%Y-%m-%d}"


# ---- pairs -------------------------------------------------------------------------------


def decided(reading: str, unit: str) -> dict[str, str | None]:
    """Which unit of a reading is which of the report's, as far as it was decided by hand."""
    found = tables.matches()
    some = found[(found["reading_id"] == reading) & (found["unit"] == unit)]
    theirs = [None if pd.isna(one) else one for one in some["theirs"]]
    return dict(zip(some["ours"], theirs, strict=True))


@functools.cache
def _pairs(reading: str, unit: str) -> dict[str, str]:
    mine, theirs = units(None, unit), units(reading, unit)
    by_hand = decided(reading, unit)
    if unit == "position":  # the same answer is the same unit, whichever passages bear it out
        taken = set(by_hand.values())
        by_hand = {id: id for id in mine.index if id in theirs.index and id not in taken} | by_hand
    rows = dict(zip(mine.index, mine.itertuples(), strict=True))
    others = dict(zip(theirs.index, theirs.itertuples(), strict=True))

    def alike(one: str, other: str) -> bool:
        first, second = rows[one], others[other]
        if unit != "position":
            return True
        return (first.holder, first.question) == (second.holder, second.question)

    return matched(dict(mine["spans"]), dict(theirs["spans"]), alike, by_hand)


def pairs(reading: str, unit: str) -> Mapping[str, str]:
    """Units of the report and of a reading that are the same, ours → theirs, in our order."""
    found = _pairs(reading, unit)
    return {one: found[one] for one in units(None, unit).index if one in found}


def codes(reading: str, unit: str) -> pd.DataFrame:
    """What two readings gave for each unit that both have: one row a unit and variable.

    Columns `unit`, `unit_id`, `variable`, `first`, `second`; where neither coded it, no row.
    """
    mine, theirs = units(None, unit), units(reading, unit)
    rows = [
        (unit, one, variable, mine.at[one, variable], theirs.at[other, variable])
        for variable in CODED[unit]
        for one, other in pairs(reading, unit).items()
    ]
    frame = pd.DataFrame(rows, columns=["unit", "unit_id", "variable", "first", "second"])
    return frame[(frame["first"] != NONE) | (frame["second"] != NONE)]


def spans(reading: str | None, unit: str) -> list[Span]:
    """All stretches of the documents that bear units of a sort."""
    return list(dict.fromkeys(span for some in units(reading, unit)["spans"] for span in some))
