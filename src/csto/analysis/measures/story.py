"""The story in order: the articles, the steps of its time line, the years without any."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import days, frames, subject
from csto.analysis.measures.parts import by_documents
from csto.analysis.measures.passages import empty_years
from csto.analysis.registry import Measured, measure


@measure("story.articles", "Articles that the report is read from", "articles")
def articles_read(without: str | None = None) -> Measured:
    return by_documents(len(frames.documents(without)), without)


@measure("story.members", "Member states of the alliance", "members")
def members_of_the_alliance(without: str | None = None) -> Measured:
    """By the passage that lists them."""
    listed = frames.still([subject.LISTS_MEMBERS], without)
    return Measured(len(frames.members()), tuple(listed), documents=frames.documents(without))


@measure(
    "story.silent-years", "Calendar years in which no article dates an act of anybody", "years"
)
def silent_years(without: str | None = None) -> Measured:
    return by_documents(len(empty_years(without)), without)


def articles() -> pd.DataFrame:
    """The articles in order of their dates: `label`, `what`, `written`, `about`, `extract_ids`.

    `extract_ids` hold the title's passage.
    """
    sources = tables.sources()
    written = [days.in_words(row) for _, row in sources.iterrows()]
    what = [f"{row.genre}; {row.author}" for row in sources.itertuples()]
    return sources.assign(what=what, written=written, about=sources["title"])


def timeline() -> pd.DataFrame:
    """The steps of the story by their days, with `matter`: one of `subject.MATTERS`.

    Adds `first_date` and `last_date`, the bounds to be drawn, for a step with one bound that one.
    """
    steps = frames.events().loc[list(subject.STORY)]
    low = steps["earliest_date"].fillna(steps["latest_date"])
    matter = steps["themes"].map(
        lambda themes: next(m for t, m in subject.MATTERS.items() if t in themes)
    )
    drawn = steps.assign(first_date=low, last_date=steps["latest_date"].fillna(low), matter=matter)
    return drawn.sort_values(["last_date", "first_date"], kind="stable").reset_index()


def silences() -> pd.DataFrame:
    """The years without a dated act, as stretches to shade."""
    return days.stretches(empty_years())
