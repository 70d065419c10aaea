"""The codings side by side, as tables print them: what is weak first."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import agreement
from csto.analysis.measures import codings
from csto.analysis.measures.codings import free, orders
from csto.analysis.readings import NONE, units
from csto.analysis.subject import RULED, UNITS, VARIABLES

SPOKEN = {"–": "none"}


def found_printed() -> pd.DataFrame:
    """How far each reading finds the report's units, the least F1 first.

    Columns: `name` (of the unit), `reading`, `ours`, `theirs`, `both`, `precision`, `recall`,
    `f1`, `by_sentence` and `by_character` (alpha with its interval).
    """
    found: pd.DataFrame = codings.found_units().sort_values(["f1", "unit"], kind="stable")
    return found.assign(
        name=found["unit"].map(UNITS),
        **{name: _with_ends(found, name) for name in ("by_sentence", "by_character")},
    )


def between_printed() -> pd.DataFrame:
    """How far readings agree with each other, in the order of `found_printed`'s columns.

    Columns: `one`, `other`, `name`, `by_sentence`, `by_character`.
    """
    found: pd.DataFrame = codings.between_readers()
    return found.assign(
        name=found["unit"].map(UNITS),
        **{name: _with_ends(found, name) for name in ("by_sentence", "by_character")},
    )


def _with_ends(found: pd.DataFrame, name: str) -> list[str]:
    columns = [name, f"{name}_low", f"{name}_high"]
    return [_interval(*row) for row in found[columns].itertuples(index=False)]


def _interval(value: float, low: float, high: float) -> str:
    if pd.isna(value):
        return NONE
    return f"{value:.2f} ({low:.2f} to {high:.2f})".replace("-", "\u2212")


def coded_printed() -> pd.DataFrame:
    """How far each reading codes shared units alike, the least alpha first.

    Columns: `name`, `reading`, `unit_count`, `agreeing_share`, `commonest_share`, `level`,
    `alpha` (with its interval), `verdict`.
    """
    found: pd.DataFrame = codings.coded_units().sort_values(["alpha", "reading"], kind="stable")
    named = [VARIABLES[key] for key in zip(found["unit"], found["variable"], strict=True)]
    return found.assign(name=named, alpha=_alphas(found))


def _alphas(found: pd.DataFrame) -> list[str]:
    ends = found[["alpha", "low", "high"]]
    return [_interval(*row) for row in ends.itertuples(index=False)]


def given_printed() -> pd.DataFrame:
    """How far the reading that was given its units codes them alike, the least alpha first.

    Columns as in `coded_printed`, without the reading. A unit that the report has no longer
    counts as coded otherwise where its kind or stance is compared, and nowhere else.
    """
    pairs = tables.second_reading()
    ordered = pairs["variable"].isin(list(orders()))
    some = pairs[~ordered | (pairs["first"] != NONE) | (pairs["variable"] == "rung")]
    found = agreement.coded(some, orders()).sort_values("alpha", kind="stable")
    named = {variable: name for (_, variable), name in VARIABLES.items()}
    return found.assign(name=found["variable"].map(named), alpha=_alphas(found))


def left_open_printed() -> pd.DataFrame:
    """Sign, intensity and rung where the kind of act leaves a choice.

    Columns: `name`, `reading`, `unit_count`, `agreeing_count`.
    """
    found: pd.DataFrame = codings.left_open()
    return found.assign(name=[VARIABLES["event", variable] for variable in found["variable"]])


def confusions_printed() -> pd.DataFrame:
    """Codes that met others, over all readings, those that met most often first.

    Columns: `name`, `first`, `second`, `unit_count`.
    """
    found: pd.DataFrame = codings.confusions()
    named = [VARIABLES[key] for key in zip(found["unit"], found["variable"], strict=True)]
    return found.assign(name=named, first=_words(found["first"]), second=_words(found["second"]))


def _words(codes: pd.Series) -> pd.Series:
    return codes.replace(SPOKEN).str.replace("_", " ")


def headlines_printed() -> pd.DataFrame:
    """Every headline from each coding, those that move first.

    Columns: `text` (with its unit), `main`, and one a reading, by its id.
    """
    found: pd.DataFrame = codings.headlines_by_reading()
    moved = found["moved"].map(len).rsub(0)
    ordered = found.assign(moved=moved).sort_values("moved", kind="stable")
    return ordered.assign(text=ordered["text"] + " (" + ordered["unit"] + ")")


# ---- differences -------------------------------------------------------------------------


def ruled(sort: str) -> pd.DataFrame:
    """All differences on units of a sort with their rulings: undecidable, other, this report.

    Columns: `what` (the unit in words), `extract_ids`, `name` (of what differs), `first`,
    `second`, `readers`, `said` (the ruling), `rule`, `because`.
    """
    found = tables.rulings()
    some = found[found["sort"] == sort].copy()
    some["rank"] = some["ruling"].map({"undecidable": 0, "other": 1, "first": 2})
    some = some.sort_values("rank", kind="stable")
    names = free()
    mended = some["mended"].map({True: ", taken over", False: ""})
    return some.assign(
        what=[_what(sort, unit) for unit in some["unit"]],
        extract_ids=pd.Series(
            [_passages(sort, *row) for row in some[["unit", "extract_ids"]].to_numpy().tolist()],
            index=some.index,
            dtype=object,
        ),
        name=[VARIABLES.get((sort, variable), "the unit itself") for variable in some["variable"]],
        first=_words(some["first"]),
        second=_words(some["other"]),
        readers=[", ".join(names[one] for one in ids) for ids in some["reading_ids"]],
        said=some["ruling"].map(RULED) + mended,
    )


def _what(sort: str, unit: str) -> str:
    """A unit in words: its label, or what an answer says."""
    known = units(None, sort)
    if unit in known.index and sort != "passage":
        return str(known.at[unit, "label"])
    if sort != "position":
        return ""
    _, holder, question, stance = unit.split()
    return f"{_actors()[holder]}, {question}: {stance.replace('_', ' ')}"


@tables.remembered
def _actors() -> dict[str, str]:
    actors = tables.actors()
    return dict(zip(actors["actor_id"], actors["name"], strict=True))


def _passages(sort: str, unit: str, dropped: tuple[str, ...]) -> tuple[str, ...]:
    """The report's passages of a unit, or the one that shares words with it."""
    known = units(None, sort)["extract_ids"]
    if unit in known.index:
        return tuple(known[unit])
    key = unit.split()[0]
    return dropped or ((key,) if "." in key else ())
