"""Other readings of the documents beside the report's own: units, pairs, and codes of pairs.

A unit is an act, an answer (a document's holder, question and stance), a forecast, or a passage
that bears any of them. How far readings agree is `csto.analysis.agreement`; the numbers that
pages print are in `csto.analysis.measures.codings`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

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

#: Other terms that readers were asked for, and why they are not compared.
NOT_COMPARED = {
    "themes": "says where an act is used and not what it is",
    "date_basis": "dates are compared act by act and not passage by passage",
}


@contextmanager
def under(reading: str | None, *, hedged: bool = True) -> Iterator[None]:
    """While it lasts, every table and measure is of a reading; None is the report's own.

    Acts and forecasts that are the report's too bear its ids. Without `hedged`, what a reading
    calls hedged is not there.
    """
    called = {}
    if reading:
        both = {**pairs(reading, "event"), **pairs(reading, "forecast")}
        called = {theirs: ours for ours, theirs in both.items()}
    with tables.read_by(reading, called, hedged=hedged):
        yield


# ---- units -------------------------------------------------------------------------------


@contextmanager
def as_shown(reading: str) -> Iterator[None]:
    """While it lasts, tables are of the documents that a reader was shown: of others he is silent.

    So a reading of some documents is compared on these alone.
    """
    found = tables.readings().set_index("reading_id")["source_ids"]
    with tables.only(*(found[reading] or ())):
        yield


@tables.remembered  # callers only read it
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
    return frame.assign(spans=pd.Series(spans, index=frame.index, dtype=object))


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
    columns = pd.Index(["id", "source_ids", "label", "extract_ids", "holder", "question", "stance"])
    return pd.DataFrame(rows, columns=columns).set_index("id")  # a reader may find none


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


def _day(day: object) -> str:
    return f"{day:%Y-%m-%d}" if isinstance(day, pd.Timestamp) and pd.notna(day) else NONE


# ---- pairs -------------------------------------------------------------------------------


def decided(reading: str, unit: str) -> dict[str, str | None]:
    """Which unit of a reading is which of the report's, as far as it was decided by hand."""
    found = tables.matches()
    some = found[(found["reading_id"] == reading) & (found["sort"] == unit)]
    theirs = [None if pd.isna(one) else one for one in some["theirs"]]
    return dict(zip(some["ours"], theirs, strict=True))


@tables.remembered
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

    Columns `unit`, `unit_id`, `variable`, `first`, `second`; where neither coded it, no row. What
    the report took over from another reading counts as it stood before: a coding that was mended
    by a comparison cannot be praised by it.
    """
    mine, theirs, was = units(None, unit), units(reading, unit), before(unit)
    rows = [
        (unit, one, variable, was.get((one, variable), mine.at[one, variable]),
         theirs.at[other, variable])
        for variable in CODED[unit]
        for one, other in pairs(reading, unit).items()
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["unit", "unit_id", "variable", "first", "second"])
    return frame[(frame["first"] != NONE) | (frame["second"] != NONE)]


def before(unit: str) -> dict[tuple[str, str], str]:
    """The report's codes that it has mended since they were compared, by unit and variable."""
    found = tables.rulings()
    some = found[found["mended"] & (found["sort"] == unit) & (found["variable"] != "unit")]
    return {(unit, variable): code for unit, variable, code in _rows(some, "unit variable first")}


def dropped(unit: str) -> dict[str, tuple[str, ...]]:
    """Units that the report has dropped since they were compared, with passages in view."""
    found, there = tables.rulings(), set(tables.extracts()["extract_id"])
    some = found[found["mended"] & (found["sort"] == unit) & (found["variable"] == "unit")]
    told = zip(some["unit"], some["extract_ids"], strict=True)
    seen = ((one, keys, tuple(key for key in keys if key in there)) for one, keys in told)
    return {one: still for one, keys, still in seen if still or not keys}


def spans(reading: str | None, unit: str) -> list[Span]:
    """All stretches of the documents that bear units of a sort, or did when they were compared."""
    found = [span for some in units(reading, unit)["spans"] for span in some]
    if reading is None:
        extracts = tables.extracts().set_index("extract_id")
        keys = [key for some in dropped(unit).values() for key in some]
        rows = extracts.loc[keys, ["source_id", "start", "end"]].to_numpy().tolist()
        found += [tuple(row) for row in rows]
    return list(dict.fromkeys(found))


# ---- differences -------------------------------------------------------------------------

DIFFERENCES = ["sort", "unit", "variable", "first", "other", "reading"]


@tables.remembered
def differences(reading: str) -> pd.DataFrame:
    """All that a reading codes otherwise than the report did: one row a difference.

    Columns as in the table of rulings (`sort`, `unit`, `variable`, `first`, `other`), and
    `reading`. Of answers every passage counts, since the same answer may be borne out elsewhere.
    """
    rows = [*_answers_apart(reading)]
    for unit in ("event", "forecast", "passage"):
        found = codes(reading, unit)
        apart = found[found["first"] != found["second"]]
        columns = ["unit", "unit_id", "variable", "first", "second"]
        rows += apart[columns].itertuples(index=False, name=None)
        if unit != "passage":  # how a passage is cut is no coding
            rows += _units_apart(reading, unit)
    return pd.DataFrame([(*row, reading) for row in rows], columns=DIFFERENCES)


def _units_apart(reading: str, unit: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Acts or forecasts that only one of the two has."""
    mine, theirs, both = units(None, unit), units(reading, unit), pairs(reading, unit)
    code = "kind" if unit == "event" else None
    for one in mine.index:
        if one not in both:
            yield unit, one, "unit", str(mine.at[one, code]) if code else unit, NONE
    for one in dropped(unit):
        yield unit, one, "unit", unit, NONE
    for other in theirs.index:
        if other not in both.values():
            held: tuple[Span, ...] = theirs["spans"][other]
            said = str(theirs.at[other, code]) if code else unit
            yield unit, _nearest(held[0]), "unit", NONE, said


@tables.remembered
def labels_of_others(unit: str) -> dict[str, str]:
    """What other readings call acts or forecasts that the report has not, by what stands there."""
    found = tables.readings()
    return {
        _nearest(spans[0]): label
        for reading in found.loc[found["chooses_units"], "reading_id"]
        for other, label, spans in units(reading, unit)[["label", "spans"]].itertuples(name=None)
        if other not in pairs(reading, unit).values()
    }


Answer = tuple[Span, str]  # where it is borne out; holder, question, stance


def _answers_apart(reading: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Answers in a passage that the other does not find in the same words."""
    mine, theirs = _answers(None), _answers(reading)
    for span, said in mine:
        if not any(_shared(span, one) and said == other for one, other in theirs):
            yield "position", f"{_nearest(span)} {said}", "unit", "position", NONE
    for span, said in theirs:
        if not any(_shared(span, one) and said == other for one, other in mine):
            yield "position", f"{_nearest(span)} {said}", "unit", NONE, "position"


def _answers(reading: str | None) -> list[Answer]:
    with tables.read_by(reading):
        found = tables.positions().merge(
            tables.extracts()[["extract_id", "start", "end"]], on="extract_id"
        )
    columns = "source_id start end holder_id question stance"
    return [((row[0], row[1], row[2]), " ".join(row[3:])) for row in _rows(found, columns)]


def _rows(frame: pd.DataFrame, columns: str) -> Iterator[tuple[Any, ...]]:
    """Columns of a frame, row by row."""
    return frame[columns.split()].itertuples(index=False, name=None)


def _shared(one: Span, other: Span) -> int:
    """How many characters two stretches share."""
    return one[0] == other[0] and max(0, min(one[2], other[2]) - max(one[1], other[1]))


def _nearest(span: Span) -> str:
    """The report's passage that shares most with a stretch; else its document and beginning."""
    extracts = tables.extracts()
    ends = extracts[["source_id", "start", "end"]].itertuples(index=False, name=None)
    shared = [_shared(span, one) for one in ends]
    best = max(range(len(shared)), key=shared.__getitem__)
    return str(extracts["extract_id"][best]) if shared[best] else f"{span[0]}:{span[1]}"
