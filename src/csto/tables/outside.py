"""Tidy tables of the outside record, apart from those of the corpus.

Only the chapter on what came after reads them; the analytical chapters rest on `csto.tables`
alone. Names begin with `outside_`, keys are the rows' ids, and columns follow the conventions of
`csto.tables.records`. `addresses`, `read_at`, `rests_on` and `extract_ids` hold tuples.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from csto import files
from csto.corpus.checks import checked_corpus
from csto.corpus.dates import interval, spoken
from csto.corpus.outside import (
    OutsideFighting,
    OutsideFigure,
    OutsideGap,
    OutsideHolder,
    OutsideRow,
    OutsideRule,
    OutsideScore,
    OutsideStatement,
    OutsideStep,
    OutsideSummit,
)
from csto.corpus.reading import Corpus
from csto.tables.columns import Columns, cells, computed, of
from csto.tables.frames import Row, Rows, Table, explained
from csto.tables.records import bounds

#: Every table by name, in the order in which they are exported.
TABLES: dict[str, Table] = {}


def _days(prefix: str, what: str) -> Columns:
    """The columns of a date, of which `what` says whose it is."""
    meanings = {
        f"{prefix}earliest_date": f"first possible {what}",
        f"{prefix}latest_date": f"last possible {what}; none where it is open",
        f"{prefix}date_words": f"the {what} in words",
    }
    return computed(**meanings)


def table(
    model: type[OutsideRow], more: Columns
) -> Callable[[Callable[[Corpus], Rows]], Callable[..., pd.DataFrame]]:
    """Make a row function a table of the columns of a model, and of more."""
    shared = computed(
        label="what it is, in words; none where the other columns say it",
        sure="sourced, inference or disputed; none where nothing is claimed",
    )
    columns = {**of(model, "id"), **shared, **of(model), **more}

    def wrap(rows: Callable[[Corpus], Rows]) -> Callable[..., pd.DataFrame]:
        @functools.cache
        def made(root: Path) -> pd.DataFrame:
            corpus = checked_corpus(root)
            if not corpus.outside:
                raise LookupError(
                    "data/outside/ holds no record, restore it: this chapter has no other source"
                )
            return one.framed(rows(corpus), corpus)

        def build(*, root: Path | None = None) -> pd.DataFrame:
            return made(root or files.root()).copy(deep=False)  # pandas copies what is written to

        one = TABLES[rows.__name__] = Table(explained(build, rows, columns), ("row_id",), columns)
        return one.build

    return wrap


@table(OutsideRule, {})
def outside_rules(corpus: Corpus) -> Rows:
    """What is known of the rule by which the post goes round."""
    return [_row(rule) for rule in corpus.outside_rules]


@table(
    OutsideHolder,
    {
        **_days("since_", "first day in office"),
        **_days("until_", "last day in office"),
        **computed(is_until_inferred="whether no page says the last day"),
    },
)
def outside_holders(corpus: Corpus) -> Rows:
    """Times in the post, in order: bounds of the first and the last day."""
    return [
        {
            **_row(holder),
            **_dated("since_", holder.since),
            **_dated("until_", holder.until),
            "is_until_inferred": holder.until_inferred is not None,
        }
        for holder in corpus.outside_holders
    ]


@table(OutsideSummit, _days("", "day"))
def outside_summits(corpus: Corpus) -> Rows:
    """Sessions and meetings of the members' leaders, in order."""
    return [{**_row(summit), **_dated("", summit.date)} for summit in corpus.outside_summits]


@table(OutsideStep, _days("", "day"))
def outside_steps(corpus: Corpus) -> Rows:
    """Acts and statements, by series and day."""
    return [{**_row(step), **_dated("", step.date)} for step in corpus.outside_steps]


@table(OutsideFigure, computed(period="the day it was given, or the years it covers, in words"))
def outside_figures(corpus: Corpus) -> Rows:
    """Figures, with whose they are."""
    return [
        {**_row(one), "period": spoken(interval(one.period)) if one.period else None}
        for one in corpus.outside_figures
    ]


@table(OutsideStatement, {})
def outside_statements(corpus: Corpus) -> Rows:
    """Statements of the documents, with what pages make of them."""
    return [_row(said) for said in corpus.outside_statements]


@table(OutsideScore, computed(label="what is expected, in a few words"))
def outside_scores(corpus: Corpus) -> Rows:
    """The second score of every forecast; `row_id` is the forecast's id."""
    labels = {forecast.id: forecast.label for forecast in corpus.forecasts}
    return [{**_row(score), "label": labels[score.id]} for score in corpus.outside_scores]


@table(OutsideFighting, {})
def outside_fighting(corpus: Corpus) -> Rows:
    """Years of a conflict in a data set."""
    return [
        {**_row(one), "label": one.year, "year": int(one.year)} for one in corpus.outside_fighting
    ]


@table(OutsideGap, {})
def outside_gaps(corpus: Corpus) -> Rows:
    """What was not found, not looked for, or left out."""
    return [_row(gap) for gap in corpus.outside_gaps]


def _row(row: OutsideRow) -> Row:
    """What all rows have, and what is a row's own; a gap claims nothing."""
    return {
        "label": getattr(row, "label", None),
        "sure": getattr(row, "sure", None),
        **cells(row),
        "looked_up_date": pd.Timestamp(row.looked_up),
    }


def _dated(prefix: str, date: str) -> Row:
    """Bounds of a date, and the date in words."""
    days = interval(date)
    return {**bounds(days, prefix), f"{prefix}date_words": spoken(days)}
