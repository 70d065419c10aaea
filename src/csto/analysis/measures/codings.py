"""How far other readings agree with the report's own, and what its headlines are under each.

What is weak comes first: finding the units before coding them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from csto import tables
from csto.analysis import agreement, registry
from csto.analysis.coded import difference
from csto.analysis.measures.parts import by_documents
from csto.analysis.printed import shown
from csto.analysis.readings import (
    NONE,
    UNITS,
    as_shown,
    codes,
    dropped,
    pairs,
    spans,
    under,
    units,
)
from csto.analysis.registry import Measured, measure

FOUND = ("event", "position", "forecast", "passage")


def free() -> dict[str, str]:
    """The readings that chose their units, by id, with what tables call them."""
    found = tables.readings()
    some = found[found["chooses_units"]]
    return dict(zip(some["reading_id"], some["label"], strict=True))


# ---- finding the units ---------------------------------------------------------------------


@tables.remembered
def found_units() -> pd.DataFrame:
    """How far each reading finds the report's units: one row a reading and sort of unit.

    Columns: `reading_id`, `reading`, `unit`, `ours`, `theirs`, `both` (numbers of units),
    `precision`, `recall`, `f1`, and for sentences and characters `by_…` (alpha of holding a unit
    or not), `by_…_low`, `by_…_high` (bootstrap over sentences). All two decimals.
    """
    rows = []
    for reading, label in free().items():
        with as_shown(reading):
            for unit in FOUND:
                named = {"reading_id": reading, "reading": label, "unit": unit}
                rows.append({**named, **_found(reading, unit), **_where(None, reading, unit)})
    return pd.DataFrame(rows)


def _found(reading: str, unit: str) -> dict[str, float]:
    """How many units of a sort a reading and the report have, and how many both."""
    ours, theirs = len(units(None, unit)) + len(dropped(unit)), len(units(reading, unit))
    both = same_units(reading, unit)
    again = agreement.found_again(ours, theirs, both)
    rounded = {name: round(value, 2) for name, value in again.items()}
    return {"ours": ours, "theirs": theirs, "both": both, **rounded}


def same_units(reading: str, unit: str) -> int:
    """Units that both have; an answer is another unit when its stance is another."""
    both = pairs(reading, unit)
    if unit != "position":
        return len(both)
    stances = units(None, unit)["stance"], units(reading, unit)["stance"]
    return sum(stances[0][one] == stances[1][other] for one, other in both.items())


def _where(one: str | None, other: str, unit: str) -> dict[str, float]:
    """Alpha of where two readings find units, with its interval over sentences."""
    marked = spans(one, unit), spans(other, unit)
    return _alphas("by_sentence", agreement.by_sentence(*marked, _sentences())) | _alphas(
        "by_character", *_characters(*marked)
    )


def _alphas(name: str, found: agreement.Codes, parts: list[int] | None = None) -> dict[str, float]:
    value = agreement.alpha(found, "nominal") or 0.0
    low, high = agreement.interval_over(found, parts)
    ends = {name: value, f"{name}_low": low, f"{name}_high": high}
    return {key: round(one, 2) for key, one in ends.items()}


def _characters(
    one: list[agreement.Span], other: list[agreement.Span]
) -> tuple[agreement.Codes, list[int]]:
    """Which characters of sentences lie in a unit, by two readings; the sentence of each."""
    lengths = dict(tables.sources()[["source_id", "character_count"]].to_numpy())
    found = agreement.by_character(one, other, lengths)
    starts = dict(zip(lengths, [0, *pd.Series(lengths).cumsum()], strict=False))
    where: list[int] = []
    parts: list[int] = []
    for number, (source, low, high) in enumerate(_sentences()):
        where += range(starts[source] + low, starts[source] + high)
        parts += [number] * (high - low)
    return found[:, np.array(where)], parts


@tables.remembered
def _sentences() -> list[agreement.Span]:
    found = tables.sentences()[["source_id", "start", "end"]]
    return [tuple(row) for row in found.to_numpy().tolist()]


# ---- codes of units that both have -----------------------------------------------------------


@tables.remembered
def coded_units() -> pd.DataFrame:
    """How far each reading codes the units it shares as the report does.

    One row a reading, sort of unit and variable: `reading_id`, `reading`, `unit`, and the columns
    of `agreement.coded`.
    """
    parts = []
    for reading, label in free().items():
        for unit in UNITS:
            with as_shown(reading):
                found = agreement.coded(codes(reading, unit), orders())
            parts.append(found.assign(reading_id=reading, reading=label, unit=unit))
    return pd.concat(parts, ignore_index=True)


def orders() -> dict[str, list[str]]:
    """The codes of ordinal variables in the codebook's order; no step is below the first."""
    terms = tables.terms()
    by = {name: list(some["term"]) for name, some in terms.groupby("vocabulary", sort=False)}
    return {"sign": by["sign"], "intensity": by["intensity"], "rung": [NONE, *by["rung"]]}


@tables.remembered
def left_open() -> pd.DataFrame:
    """Sign, intensity and rung where both have the same kind and it leaves a choice.

    One row a reading and variable: `reading_id`, `reading`, `variable`, `unit_count`,
    `agreeing_count`; a variable that no kind left open for any act has no row.
    """
    rows = []
    for reading, label in free().items():
        found = codes(reading, "event").pivot(index="unit_id", columns="variable")
        first, second = found["first"], found["second"]
        same = first["kind"] == second["kind"]
        for variable in ("sign", "intensity", "rung"):
            some = same & first["kind"].map(lambda kind, v=variable: v in choices().get(kind, ()))
            alike = (first[variable] == second[variable])[some]
            named = {"reading_id": reading, "reading": label, "variable": variable}
            if some.any():
                counts = {"unit_count": int(some.sum()), "agreeing_count": int(alike.sum())}
                rows.append({**named, **counts})
    return pd.DataFrame(rows)


@tables.remembered
def choices() -> dict[str, set[str]]:
    """The variables of which each kind of act allows more than one term, by kind."""
    terms = tables.terms()
    kinds = terms[terms["vocabulary"] == "event_kind"]
    found = {}
    for kind, allowed in zip(kinds["term"], kinds["allowed"], strict=True):
        variables = [one.split()[0] for one in allowed]
        found[str(kind)] = {name for name in variables if variables.count(name) > 1}
    return found


def confusions() -> pd.DataFrame:
    """Which code of the report met which other, over all readings: what occurs twice or more.

    Columns `unit`, `variable`, `first`, `second`, `unit_count` (over the readings).
    """
    parts = [codes(reading, unit) for reading in free() for unit in UNITS]
    found = pd.concat(parts)
    some = found[found["variable"] != "days"]
    named = some.assign(variable=some["unit"] + " " + some["variable"])
    counts = agreement.confusion(named)
    counts[["unit", "variable"]] = counts["variable"].str.split(" ", expand=True)
    return counts[counts["unit_count"] > 1].reset_index(drop=True)


# ---- stability -------------------------------------------------------------------------------


@tables.remembered
def between_readers() -> pd.DataFrame:
    """How far readings agree with each other on where units are: one row a pair and sort of unit.

    Columns: `one_id`, `other_id`, `one`, `other`, `unit`, and the alphas of `found_units`. The
    last of the readings was given the codebook in other words and under other labels.
    """
    rows = []
    names = free()
    ids = list(names)
    for index, one in enumerate(ids):
        for other in ids[index + 1 :]:
            for unit in FOUND:
                named = {"one_id": one, "other_id": other, "unit": unit}
                labels = {"one": names[one], "other": names[other]}
                rows.append({**named, **labels, **_where(one, other, unit)})
    return pd.DataFrame(rows)


# ---- headlines -------------------------------------------------------------------------------


@tables.remembered
def headlines_by_reading() -> pd.DataFrame:
    """Every headline from each coding in full: one row a headline.

    Columns: `id`, `text`, `unit`, `main` (this report) and one a reading, as printed; “–” where a
    reading lacks what the number rests on (facts no other reader coded). `moved` lists the
    readings that give another value.
    """
    rows = []
    for one in registry.headlines():
        main = _under(None, one)
        found = {reading: _under(reading, one) for reading in free()}
        moved = tuple(r for r, value in found.items() if value not in (main, NONE))
        said = {"id": one.id, "text": one.text, "unit": one.unit, "main": main}
        rows.append({**said, **found, "moved": moved})
    return pd.DataFrame(rows)


def _under(reading: str | None, one: registry.Measure) -> str:
    with under(reading):
        try:
            found = one()
        except (KeyError, IndexError):  # a passage or an act that the reading has not
            found = None
    return NONE if found is None else shown(found.plain)


# ---- differences -----------------------------------------------------------------------------


def passages_of(rulings: pd.DataFrame) -> pd.Series:
    """The report's passages of each unit that was ruled on, or the one that shares its words."""
    rows = rulings[["sort", "unit", "extract_ids"]].itertuples(index=False)
    return pd.Series([_passages(*row) for row in rows], index=rulings.index, dtype=object)


def _passages(sort: str, unit: str, dropped: tuple[str, ...]) -> tuple[str, ...]:
    known = units(None, sort)["extract_ids"]
    if unit in known.index:
        return tuple(known[unit])
    key = unit.split()[0]
    return dropped or ((key,) if "." in key else ())


def named(rulings: pd.DataFrame) -> list[str]:
    """What differs in each of some rulings, in words."""
    rows = rulings[["sort", "unit", "variable"]].itertuples(index=False)
    return [difference(*row) for row in rows]


@tables.remembered
def touched_claims() -> pd.DataFrame:
    """Graded claims with a passage on which readings differ and no rule decides.

    One row a claim: `says`, `name` (what differs there), `extract_ids` (of those passages).
    """
    found = tables.rulings()
    some = found[found["ruling"] == "undecidable"]
    differing = some.assign(name=named(some), extract_id=passages_of(some)).explode("extract_id")
    graded = tables.claims().query("not read_through")
    told = graded[["claim_id", "says", "extract_ids"]].explode("extract_ids")
    both = told.merge(differing, left_on="extract_ids", right_on="extract_id")
    return both.groupby("claim_id", sort=False).agg(
        says=("says", "first"),
        name=("name", lambda names: "; ".join(dict.fromkeys(names))),
        extract_ids=("extract_id", lambda keys: tuple(dict.fromkeys(keys))),
    )


# ---- numbers ---------------------------------------------------------------------------------


def _least(unit: str, column: str) -> Measured:
    found = found_units()
    return by_documents(float(found.loc[found["unit"] == unit, column].min()))


@measure("codings.readings", "Readings that chose their own units", "readings")
def reading_count() -> Measured:
    return by_documents(len(free()))


@measure("codings.events-f1", "Least F1 of the acts that another reading found")
def events_f1() -> Measured:
    return _least("event", "f1")


@measure("codings.positions-f1", "Least F1 of the answers that another reading found")
def positions_f1() -> Measured:
    return _least("position", "f1")


@measure("codings.forecasts-f1", "Least F1 of the forecasts that another reading found")
def forecasts_f1() -> Measured:
    return _least("forecast", "f1")


@measure("codings.headlines-moved", "Headline numbers that some reading gives otherwise", "numbers")
def headlines_moved() -> Measured:
    return by_documents(int(headlines_by_reading()["moved"].map(len).gt(0).sum()))


@measure("codings.headlines-alike", "Headline numbers that every reading gives alike", "numbers")
def headlines_alike() -> Measured:
    found = headlines_by_reading()
    given = (found[list(free())] != NONE).all(axis=1)
    return by_documents(int((given & found["moved"].map(len).eq(0)).sum()))


@measure("codings.dated-least", "Least forecasts that name a time in any reading", "forecasts")
def dated_least() -> Measured:
    return _least_headline("withdrawal.forecasts-with-horizon")


@measure("codings.own-voice-least", "Least share in a document’s own voice in any reading", "%")
def own_voice_least() -> Measured:
    return _least_headline("corpus.authorial-share")


def _least_headline(id: str) -> Measured:
    found = headlines_by_reading().set_index("id").loc[id, list(free())]
    return by_documents(int(found.astype(int).min()))


@measure("codings.claims-touched", "Claims with a passage on which no rule decides", "claims")
def claims_touched() -> Measured:
    return by_documents(len(touched_claims()))


@measure(
    "codings.forecasts-compared", "Forecasts of this report as they were compared", "forecasts"
)
def forecasts_compared() -> Measured:
    return by_documents(len(units(None, "forecast")) + len(dropped("forecast")))


@measure("codings.positions-character", "Least alpha of which characters bear answers")
def positions_by_character() -> Measured:
    return _least("position", "by_character")


@measure("codings.events-sentence", "Least alpha of which sentences tell acts")
def events_by_sentence() -> Measured:
    return _least("event", "by_sentence")


@measure("codings.positions-sentence", "Least alpha of which sentences bear answers")
def positions_by_sentence() -> Measured:
    return _least("position", "by_sentence")


@measure("codings.readers-apart", "Least alpha between two readings, of which sentences bear units")
def readers_apart() -> Measured:
    return by_documents(float(between_readers()["by_sentence"].min()))


@measure("codings.variables", "Variables compared", "variables")
def variable_count() -> Measured:
    return by_documents(len(coded_units().groupby(["unit", "variable"])))


@measure("codings.variables-reliable", "Variables on which every reading is reliable", "variables")
def reliable_count() -> Measured:
    least = coded_units().groupby(["unit", "variable"])["alpha"].min()
    return by_documents(int((least >= agreement.RELIABLE).sum()))


@measure("codings.differences", "Differences between this report and the readings", "differences")
def difference_count() -> Measured:
    return by_documents(len(tables.rulings()))


def _ruled(ruling: str) -> Measured:
    return by_documents(int((tables.rulings()["ruling"] == ruling).sum()))


@measure("codings.ruled-first", "Differences that the rules decide for this report", "differences")
def ruled_first() -> Measured:
    return _ruled("first")


@measure("codings.ruled-other", "Differences that the rules decide for the others", "differences")
def ruled_other() -> Measured:
    return _ruled("other")


@measure("codings.undecidable", "Differences that no rule decides", "differences")
def undecidable() -> Measured:
    return _ruled("undecidable")


@measure("codings.headlines", "Headline numbers that other readings give", "numbers")
def headlines_given() -> Measured:
    found = headlines_by_reading()
    return by_documents(int((found[list(free())] != NONE).all(axis=1).sum()))


@measure("codings.reliable", "Alpha from which Krippendorff calls a variable reliable")
def reliable() -> Measured:
    return by_documents(agreement.RELIABLE)


@measure("codings.tentative", "Alpha from which Krippendorff allows tentative conclusions")
def tentative() -> Measured:
    return by_documents(agreement.TENTATIVE)
