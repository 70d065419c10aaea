"""Tidy tables of the outside record, apart from those of the corpus.

Only the chapter on what came after reads them; the analytical chapters rest
on `csto.tables` alone. Names begin with `outside_`, keys are the rows' ids,
and columns follow the conventions of `csto.tables`. `addresses`,
`read_at`, `rests_on` and `extract_ids` hold tuples.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from csto import files
from csto.corpus.checks import checked_corpus
from csto.corpus.reading import Corpus
from csto.corpus.dates import interval, spoken
from csto.corpus.schema import OutsideRow
from csto.tables.records import Rows, bounds, framed

_TERM_COLUMNS = (
    "sure",
    "judgement",
    "rung",
    "or_rung",
    "meeting_state",
    "attendance",
    "fighting",
    "series",
    "gap",
    "outside_verdict",
)

#: Every table by name, in the order in which they are exported.
TABLES: dict[str, Callable[..., pd.DataFrame]] = {}


def table(*key: str) -> Callable:
    """Make a row function a table: frame, typed columns, unique key asserted."""

    def wrap(rows: Callable[[Corpus], Rows]) -> Callable[..., pd.DataFrame]:
        @functools.wraps(rows)
        def build(*, root: Path | None = None) -> pd.DataFrame:
            corpus = checked_corpus(root or files.root())
            if not corpus.outside:
                raise LookupError(
                    "data/outside/ holds no record, restore it: this chapter has no other source"
                )
            return framed(rows(corpus), key, _orders(corpus))

        build.__annotations__ = {"root": "Path | None", "return": "pd.DataFrame"}
        build.key = key
        TABLES[rows.__name__] = build
        return build

    return wrap


@table("row_id")
def outside_rules(corpus: Corpus) -> Rows:
    """What is known of the rule of rotation."""
    return [
        {**_row(rule), "date": rule.date, "term_years": rule.years, "order": tuple(rule.order)}
        for rule in corpus.outside_rules
    ]


@table("row_id")
def outside_holders(corpus: Corpus) -> Rows:
    """Times in the post of secretary general, in order: bounds of the first and the last day."""
    return [
        {
            **_row(holder),
            "actor_id": holder.actor,
            "state_id": holder.state,
            "is_acting": holder.is_acting,
            **_days("since_", holder.since),
            **_days("until_", holder.until),
            "is_until_inferred": holder.until_inferred is not None,
        }
        for holder in corpus.outside_holders
    ]


@table("row_id")
def outside_summits(corpus: Corpus) -> Rows:
    """Sessions and meetings of the council, in order."""
    return [
        {
            **_row(summit),
            **_days("", summit.date),
            "place": summit.place,
            "is_video": summit.is_video,
            "is_extraordinary": summit.is_extraordinary,
            "is_informal": summit.is_informal,
            "meeting_state": summit.state,
            "attendance": summit.armenia,
        }
        for summit in corpus.outside_summits
    ]


@table("row_id")
def outside_steps(corpus: Corpus) -> Rows:
    """Acts and statements, by series and day."""
    return [
        {
            **_row(step),
            "series": step.series,
            **_days("", step.date),
            "state_id": step.by,
            "who": step.who,
            "rung": step.rung,
            "or_rung": step.or_rung,
            "contested": step.contested,
        }
        for step in corpus.outside_steps
    ]


@table("row_id")
def outside_figures(corpus: Corpus) -> Rows:
    """Figures, with whose they are."""
    return [
        {
            **_row(figure),
            "number": figure.value,
            "unit": figure.unit,
            "period": spoken(interval(figure.period)) if figure.period else None,
            "said_by": figure.said_by,
        }
        for figure in corpus.outside_figures
    ]


@table("row_id")
def outside_statements(corpus: Corpus) -> Rows:
    """Statements of the documents, with what pages make of them."""
    return [
        {
            **_row(said),
            "extract_ids": tuple(said.extracts),
            "judgement": said.judgement,
            "found": said.found,
        }
        for said in corpus.outside_statements
    ]


@table("row_id")
def outside_scores(corpus: Corpus) -> Rows:
    """The second score of every forecast; `row_id` is the forecast's id."""
    labels = {forecast.id: forecast.label for forecast in corpus.forecasts}
    return [
        {
            **_row(score),
            "label": labels[score.id],
            "outside_verdict": score.verdict,
            "because": score.because,
        }
        for score in corpus.outside_scores
    ]


@table("row_id")
def outside_fighting(corpus: Corpus) -> Rows:
    """Years of the conflict over Karabakh in a data set."""
    return [
        {
            **_row(year),
            "label": year.year,
            "year": int(year.year),
            "fighting": year.fighting,
            "dataset": year.dataset,
        }
        for year in corpus.outside_fighting
    ]


@table("row_id")
def outside_gaps(corpus: Corpus) -> Rows:
    """What was not found, not looked for, or left out."""
    return [
        {**_row(gap), "gap": gap.gap, "because": gap.because, "extract_ids": tuple(gap.extracts)}
        for gap in corpus.outside_gaps
    ]


def _row(row: OutsideRow) -> dict[str, Any]:
    """What all rows have; a score has no label of its own and is always an inference, a gap claims nothing."""
    return {
        "row_id": row.key,
        "label": getattr(row, "label", None),
        "sure": getattr(row, "sure", "inference" if row.plural == "outside_scores" else None),
        "looked_up_date": pd.Timestamp(row.looked_up),
        "addresses": tuple(row.addresses),
        "read_at": tuple(row.read_at),
        "rests_on": tuple(row.rests_on),
        "note": row.note,
    }


def _days(prefix: str, date: str) -> dict[str, Any]:
    """Bounds of a date, and the date in words."""
    days = interval(date)
    return {**bounds(days, prefix), f"{prefix}date_words": spoken(days)}


def _orders(corpus: Corpus) -> dict[str, list[str]]:
    return {
        column: corpus.terms("rung" if column == "or_rung" else column) for column in _TERM_COLUMNS
    }
