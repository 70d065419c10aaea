"""Passages: how many there are, in whose voice, through which outlets, of which years."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import days, frames
from csto.analysis.measures.parts import by_documents, counted, percent
from csto.analysis.printed import either
from csto.analysis.registry import Measured, measure
from csto.analysis.subject import MUCH_USED, RIVAL
from csto.analysis.witnesses import fed


@measure(
    "corpus.authorial-share",
    "Share of the passages in a document’s own voice",
    "%",
    headline=True,
)
def authorial_share(without: str | None = None) -> Measured:
    return _mode_share("authorial", without)


@measure(
    "corpus.direct-share",
    "Share of the passages wholly inside quotation marks",
    "%",
    headline=True,
)
def direct_share(without: str | None = None) -> Measured:
    return _mode_share("direct", without)


@tables.remembered
def _mode_share(mode: str, without: str | None) -> Measured:
    extracts = tables.extracts(without)
    some = extracts[extracts["mode"] == mode]
    return Measured(percent(len(some), len(extracts)), frames.passages(some))


@measure(
    "corpus.empty-years",
    "Calendar years from 2016 to 2023 in which no dated act of anybody falls",
    "years",
)
def empty_year_count(without: str | None = None) -> Measured:
    return by_documents(len(empty_years(without)), without)


def years() -> range:
    """The calendar years from the first document to the last."""
    written = tables.sources()["earliest_date"].dt.year
    return range(written.min(), written.max() + 1)


@tables.remembered
def empty_years(without: str | None = None) -> list[int]:
    """Those of the years on which no dated act can fall."""
    return days.empty_years(tables.events(without), years()[0], years()[-1])


def strips() -> pd.DataFrame:
    """What each document speaks of from the year before the first on, and when it was written.

    One row a span of days: `document`, `what`, `earliest_date`, `latest_date`, `extract_ids` (that
    speak of it; of when it was written, none).
    """
    dated = tables.extracts().dropna(subset=days.BOUNDS)
    near = dated[dated["earliest_date"].dt.year >= years()[0] - 1]
    by_span = near.groupby(["source_id", *days.BOUNDS], sort=False)["extract_id"]
    spans = by_span.agg(tuple).rename("extract_ids").reset_index()
    written = tables.sources().assign(what="written")
    written["extract_ids"] = [()] * len(written)
    both = pd.concat([spans.assign(what="speaks of"), written], ignore_index=True)
    order = frames.documents().index
    both = both.sort_values("source_id", key=lambda ids: ids.map(order), kind="stable")
    return frames.named(both, document="source_id")


def strips_title() -> str:
    """What the strips show."""
    return f"No article dates an act in {either(empty_years())}"


def coverage() -> pd.DataFrame:
    """How much of each document is coded, one row a document.

    Columns: `document`, `sentences`, `extracts`, `length` (median, characters), `share` (percent
    of characters in extracts), `left_out` (sentences).
    """
    told, sources = tables.sentences(), tables.sources().set_index("source_id")
    told["held"] = told["covered_share"] * (told["end"] - told["start"])
    ledger = told.groupby("source_id", sort=False).agg(
        sentences=("start", "size"),
        extracts=("extract_count", "sum"),
        left_out=("left_out_reason", "count"),
        held=("held", "sum"),
    )
    share = (100 * ledger["held"] / sources["character_count"]).round().astype(int)
    lengths = tables.extracts()["quote"].str.len()
    medians = lengths.groupby(tables.extracts()["source_id"]).median().astype(int)
    ledger = ledger.assign(share=share, length=medians, document=sources["label"])
    return ledger.loc[sources.index].reset_index()


def speakers() -> pd.DataFrame:
    """Passages in which members and Azerbaijan, or their officials, are heard, one row a state.

    Columns: `name`, `direct` (quoted, wholly or partly), `indirect`.
    """
    extracts, actors = tables.extracts(), tables.actors().set_index("actor_id")
    states = frames.states_of(extracts["speaker_id"])
    modes = extracts["mode"].astype(str).replace("partial_direct", "direct")
    shown = actors[actors["is_member"] | (actors.index == RIVAL)]
    counts = pd.crosstab(states, modes).reindex(index=shown.index, fill_value=0)
    return counts[["direct", "indirect"]].assign(name=shown["name"]).reset_index()


@measure("corpus.extracts", "Passages taken from the documents", "passages")
def extract_count(without: str | None = None) -> Measured:
    return by_documents(len(tables.extracts(without)), without)


def feeders() -> pd.DataFrame:
    """Passages that came through each outlet, one row an outlet: `name`, a column a document."""
    told = fed()
    counts = pd.crosstab(told["feeder_id"], told["source_id"])
    counts = counts.reindex(columns=frames.documents(), fill_value=0).reset_index()
    return frames.named(counts, name="feeder_id")


@measure("corpus.kommersant-documents", "Documents that have Kommersant as a source", "documents")
def kommersant_documents(without: str | None = None) -> Measured:
    told = fed(without)
    return counted(told[told["feeder_id"] == MUCH_USED], "source_id")
