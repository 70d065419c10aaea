"""Measures of measures: how many numbers move, and under how many choices a claim holds."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames, registry, subject
from csto.analysis.measures.parts import by_documents, percent
from csto.analysis.printed import shown
from csto.analysis.registry import Measured, find, measure
from csto.analysis.subject import CLAIMS

left_out = tables.remembered(registry.leave_one_out)  # callers only read them
specifications = tables.remembered(registry.specifications)


@measure("robustness.headlines", "Headline numbers", "numbers")
def headline_count() -> Measured:
    return by_documents(len(list(registry.headlines())))


@measure("robustness.untouched", "Headline numbers that no single document changes", "numbers")
def untouched() -> Measured:
    touched = left_out()["moves_without"] + left_out()["lost_without"]
    return by_documents(int(touched.map(len).eq(0).sum()))


@measure(
    "robustness.lost",
    "Headline numbers that cannot be computed without some one document",
    "numbers",
)
def lost() -> Measured:
    return by_documents(int(left_out()["lost_without"].map(len).gt(0).sum()))


def left_out_printed() -> pd.DataFrame:
    """Every headline as printed: `text` with its unit, `main`, and a column a document left out."""
    found = left_out()
    values = found[["main", *frames.documents()]]
    printed = values.map(lambda value: "lost" if value is None else shown(value))
    return printed.assign(text=found["text"] + " (" + found["unit"] + ")")


# ---- choices ---------------------------------------------------------------------------------


def support(id: str, least: float) -> int:
    """Percent of the combinations of choices under which a number is at least so great."""
    return percent(float((specifications(id)["value"] >= least).mean()))


def claims() -> pd.DataFrame:
    """The claims under every combination of choices, one row a claim.

    Columns: `id`, `text`, `chosen` (the choices), `count` (of combinations), `least`, `main`,
    `most` (as printed), `claim`, `support` (percent that bear it out).
    """
    rows = []
    for id, least in CLAIMS.items():
        curve = specifications(id)
        chosen = "; ".join(choice.label for choice in find(id).choices)
        values = (
            curve["value"].min(),
            curve.loc[curve["is_main"], "value"].iloc[0],
            curve["value"].max(),
        )
        ends = dict(zip(("least", "main", "most"), (shown(int(v)) for v in values), strict=True))
        said = {"claim": f"at least {least}", "support": support(id, least)}
        one = {"id": id, "text": find(id).text, "chosen": chosen, "count": len(curve)}
        rows.append({**one, **ends, **said})
    return pd.DataFrame(rows)


def answers() -> pd.DataFrame:
    """How many readings give each answer to the two numbers that move most.

    Columns: `number`, `answer`, `count`, `is_main`.
    """
    parts = []
    for id, asked in subject.ASKED.items():
        curve = specifications(id).assign(answer=lambda found: found["value"].astype(int))
        counts = curve.groupby("answer").agg(count=("answer", "size"), is_main=("is_main", "any"))
        parts.append(counts.reset_index().assign(number=asked))
    return pd.concat(parts, ignore_index=True)


@measure(
    "robustness.any-backer",
    "Share of the combinations of coding choices under which some member besides Belarus backs it",
    "%",
)
def any_backer() -> Measured:
    return by_documents(support("rotation.backers-all", 1))


@measure(
    "robustness.backers-support",
    "Share of the combinations of coding choices under which "
    "more than one member besides Belarus backs it",
    "%",
)
def backers_support() -> Measured:
    return _claim_support("rotation.backers-all")


@measure(
    "robustness.growth-support",
    "Share of the combinations of coding choices under which "
    "more distancing acts are told after the gap than before it",
    "%",
)
def growth_support() -> Measured:
    return _claim_support("withdrawal.growth")


def _claim_support(id: str) -> Measured:
    return by_documents(support(id, CLAIMS[id]))


@measure(
    "robustness.shift-least",
    "Least shift of addressee under any combination of coding choices",
    "points",
)
def least_shift() -> Measured:
    return by_documents(int(specifications("withdrawal.addressee-shift")["value"].min()))
