"""The codings side by side, as tables print them: what is weak first."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import agreement, coded
from csto.analysis.coded import in_words
from csto.analysis.measures import codings
from csto.analysis.measures.codings import free, orders
from csto.analysis.readings import NONE
from csto.analysis.subject import FIRST, RULED, UNITS, VARIABLES
from csto.corpus.dates import interval, spoken

#: The alphas of where units are, with what tables call them.
ALPHAS = {"by_sentence": "Alpha by sentence", "by_character": "Alpha by character"}


def readings_printed() -> pd.DataFrame:
    """Who read, the report's own reading first.

    Columns: `label`, `reader`, `task`, `masked` (from whom), `read_on`.
    """
    others = tables.readings()
    return pd.concat([pd.DataFrame([FIRST]), others[list(FIRST)]], ignore_index=True).assign(
        read_on=[FIRST["read_on"], *(spoken(interval(day)) for day in others["read_on"])]
    )


def found_printed() -> pd.DataFrame:
    """How far each reading finds the report's units, the least F1 first.

    Columns: `name` (of the unit), `reading`, `ours`, `theirs`, `both`, `precision`, `recall`,
    `f1`, `by_sentence` and `by_character` (alpha with its interval).
    """
    found: pd.DataFrame = codings.found_units().sort_values(["f1", "unit"], kind="stable")
    return found.assign(
        name=found["unit"].map(UNITS),
        **{name: found[name].map("{:.2f}".format) for name in ("precision", "recall", "f1")},
        **{name: _with_ends(found, name) for name in ALPHAS},
    )


def between_printed() -> pd.DataFrame:
    """How far readings agree with each other, in the order of `found_printed`'s columns.

    Columns: `one`, `other`, `name`, `by_sentence`, `by_character`.
    """
    found: pd.DataFrame = codings.between_readers()
    return found.assign(
        name=found["unit"].map(UNITS),
        **{name: _with_ends(found, name) for name in ALPHAS},
    )


def _with_ends(found: pd.DataFrame, name: str) -> list[str]:
    columns = [name, f"{name}_low", f"{name}_high"]
    return [_interval(*row) for row in found[columns].itertuples(index=False)]


def _interval(value: float, low: float, high: float) -> str:
    if pd.isna(value):
        return NONE
    return f"{value:.2f} ({low:.2f} to {high:.2f})".replace("-", "\u2212")


def coded_printed() -> pd.DataFrame:
    """How far the readings code shared units alike, one row a variable, the least alpha first.

    Columns: `name`, `unit_count` and `agreeing_share` (the least of the readings), `alpha` of each
    reading by its id, with its interval, and `verdict` on the least of them.
    """
    found: pd.DataFrame = codings.coded_units().sort_values("alpha", kind="stable")
    groups = found.assign(printed=_alphas(found)).groupby(["unit", "variable"], sort=False)
    rows = [
        {
            "name": VARIABLES[str(unit), str(variable)],
            **some[["unit_count", "agreeing_share"]].min(),
            **dict(zip(some["reading_id"], some["printed"], strict=True)),
            "verdict": some["verdict"].iloc[0],
        }
        for (unit, variable), some in groups
    ]
    return pd.DataFrame(rows)


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
    return found.assign(
        name=named,
        **{side: _words(found, "unit", side) for side in ("first", "second")},
    )


def _words(found: pd.DataFrame, sort: str, side: str) -> list[str]:
    return [in_words(*row) for row in found[[sort, "variable", side]].itertuples(index=False)]


def headlines_printed() -> pd.DataFrame:
    """Every headline from each coding, those that move first.

    Columns: `text` (with its unit, unless it says that itself), `main`, one a reading by its id.
    """
    found: pd.DataFrame = codings.headlines_by_reading()
    moved = found["moved"].map(len).rsub(0)
    ordered = found.assign(moved=moved).sort_values("moved", kind="stable")
    pairs = zip(ordered["text"], ordered["unit"], strict=True)
    return ordered.assign(
        text=[text if unit in text.lower() else f"{text} ({unit})" for text, unit in pairs]
    )


# ---- differences -------------------------------------------------------------------------


def ruled(sort: str) -> pd.DataFrame:
    """All differences on units of a sort with their rulings: neither, the other, this report.

    Columns: `what` (the unit in words; of an answer who says what, with `asked`), `extract_ids`,
    `name` (of what differs), `first`, `second`, `readers`, `said` (the ruling), `because`.
    """
    found = tables.rulings()
    some = found[found["sort"] == sort].copy()
    some["rank"] = some["ruling"].map({"undecidable": 0, "other": 1, "first": 2})
    some["place"] = some.groupby("unit", sort=False).ngroup()
    some = some.sort_values(["rank", "place"], kind="stable")
    names = free()
    mended = some["mended"].map({True: ", taken over", False: ""})
    return some.assign(
        **_what(sort, some["unit"]),
        extract_ids=codings.passages_of(some).map(lambda keys: keys or NONE),
        name=codings.named(some),
        first=_words(some, "sort", "first"),
        second=_words(some, "sort", "other"),
        readers=[", ".join(names[one] for one in ids) for ids in some["reading_ids"]],
        said=some["ruling"].map(RULED) + mended,
    )


def _what(sort: str, ids: pd.Series) -> dict[str, list[str]]:
    if sort == "position":
        said = [coded.answer(id) for id in ids]
        return {"asked": [asked for asked, _ in said], "what": [what for _, what in said]}
    return {} if sort == "passage" else {"what": [coded.unit(sort, id) for id in ids]}
