"""The years between the articles, from the outside record: figures, durations, what was asked."""

from __future__ import annotations

import pandas as pd

from csto.analysis import days, frames, subject
from csto.analysis.registry import Measured, measure
from csto.tables import outside as record


def _figure(row_id: str) -> Measured:
    """A figure of the record, as its page gives it."""
    figures = record.outside_figures().set_index("row_id")
    number = float(frames.row(figures, row_id)["number"])
    return Measured(int(number) if number.is_integer() else number, outside=(row_id,))


def _register(row_id: str, text: str, unit: str) -> None:
    measure(f"aftermath.{row_id}", text, unit)(lambda: _figure(row_id))


for row_id, (text, unit) in subject.FIGURES.items():
    _register(row_id, text, unit)


def _duration(start: str, end: str) -> Measured:
    steps = record.outside_steps().set_index("row_id")
    low, high = days.days_between(frames.row(steps, start), frames.row(steps, end))
    return Measured(low if low == high else None, low=low, high=high, outside=(start, end))


@measure(
    "aftermath.days-appeal-to-incident",
    "Days from Armenia’s appeal of 2021 to the answer that called it a border incident",
    "days",
)
def appeal_to_incident() -> Measured:
    return _duration(*subject.INCIDENT)


@measure(
    "aftermath.days-in-kazakhstan",
    "Days from the sending of Armenian soldiers to Kazakhstan to their flight home",
    "days",
)
def in_kazakhstan() -> Measured:
    return _duration(*subject.KAZAKHSTAN)


@measure(
    "aftermath.days-appeal-to-mission",
    "Days from Armenia’s appeal of 2022 to the setting out of the mission",
    "days",
)
def appeal_to_mission() -> Measured:
    return _duration(*subject.MISSION)


def appeals() -> pd.DataFrame:
    """What was asked, and what came back, one row an appeal.

    Columns: `when`, `asked`, `asked_rows`, `answers` (of each its words with its day, no extract,
    and its row), `answered_rows`.
    """
    columns = ["row_id", "label", "date_words"]
    both = pd.concat([record.outside_steps()[columns], record.outside_summits()[columns]])
    acts = both.set_index("row_id")
    dated = acts["label"] + ", " + acts["date_words"]
    rows = [
        (acts.loc[asked, "date_words"], acts.loc[asked, "label"], (asked,), answers)
        for asked, answers in subject.APPEALS.items()
    ]
    told = pd.DataFrame(rows, columns=["when", "asked", "asked_rows", "answered_rows"])
    return told.assign(
        answers=[[(dated[row], (), (row,)) for row in some] for some in told["answered_rows"]]
    )
