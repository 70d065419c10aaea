"""The story in order: the articles, the steps of its time line, the years without any."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import acts, days, frames, subject
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
    """The steps of the story (`acts.drawn`), with `matter`: one of `subject.MATTERS`."""
    steps = acts.drawn(frames.events().loc[list(subject.STORY)])
    matter = steps["themes"].map(
        lambda themes: next(m for t, m in subject.MATTERS.items() if t in themes)
    )
    order = ["drawn_date", "last_date"]
    return steps.assign(matter=matter).sort_values(order, kind="stable").reset_index()


def silences() -> pd.DataFrame:
    """The years without a dated act, as stretches to shade."""
    return days.stretches(empty_years())
