"""Tables: keys, types, offsets, and what is left without a document."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

from conftest import ROOT
from csto import tables
from csto.corpus.checks import checked_corpus
from csto.exhibits import tables as shown
from csto.tables.less import less


@pytest.mark.parametrize("name", tables.TABLES)
def test_keys_are_unique_and_types_are_declared(name: str) -> None:
    frame = tables.TABLES[name]()
    assert not frame.duplicated(list(tables.TABLES[name].key)).any()
    for column in frame.columns:
        assert column == column.lower()
        if column.endswith("_date"):
            assert pd.api.types.is_datetime64_dtype(frame[column])
        if column.startswith(("is_", "has_")):
            assert frame[column].dtype == bool


def test_offsets_slice_the_documents() -> None:
    """Code points of the UTF-8 text, end exclusive, no newline translation."""
    for row in tables.extracts().itertuples():
        text = (ROOT / "seeds" / row.file).read_bytes().decode("utf-8")
        assert text[row.start : row.end] == row.quote, row.extract_id


def test_terms_are_ordered_as_the_codebook_has_them() -> None:
    frame = tables.events()
    assert list(frame["rung"].cat.categories) == ["L0", "R1", "R2", "R3", "R4", "R5"]
    assert frame["event_kind"].cat.ordered


def test_each_group_is_a_column_of_the_register() -> None:
    actors = tables.actors().set_index("actor_id")
    assert list(actors.index[actors["is_member"]]) == [
        "armenia",
        "belarus",
        "kazakhstan",
        "kyrgyzstan",
        "russia",
        "tajikistan",
    ]


def test_every_position_fact_and_mention_has_its_extract() -> None:
    known = set(tables.extracts()["extract_id"])
    for name in ("positions", "facts", "chains"):
        assert set(tables.TABLES[name]()["extract_id"]) <= known
    assert {key for ids in tables.mentions()["extract_ids"] for key in ids} <= known


@pytest.mark.parametrize("source", tables.sources()["source_id"])
def test_without_a_document_nothing_of_it_is_left(source: str) -> None:
    for name, build in tables.TABLES.items():
        frame = build(without=source)
        for column in {"source_id", "extract_id"} & set(frame.columns):
            assert not frame[column].astype(str).str.startswith(source).any(), name
    assert len(tables.events(without=source)) < len(tables.events())


@pytest.mark.parametrize("source", tables.sources()["source_id"])
def test_without_a_document_all_of_the_others_is_left(source: str) -> None:
    for name, build in tables.TABLES.items():
        full = build()
        if "source_id" in full.columns:
            assert shown.to_csv(build(without=source)) == shown.to_csv(
                full[full["source_id"] != source]
            ), name


def test_a_document_on_which_nothing_rests_takes_nothing_with_it() -> None:
    """Also what was coded of acts that the report no longer has: so it is with one beside."""
    full = checked_corpus(ROOT)
    other = full.sources[0].model_copy(update={"id": "other"})
    left = less(replace(full, sources=[*full.sources, other]), "other")
    for field in fields(full):
        held = getattr(full, field.name)
        if isinstance(held, list):
            assert len(getattr(left, field.name)) == len(held), field.name


def test_without_an_unknown_document() -> None:
    with pytest.raises(KeyError, match="'tass-2018' is no document"):
        tables.events(without="tass-2018")


def test_mentions_intersect_to_the_event() -> None:
    """One document gives the day of the recall, another the month; the event has the day."""
    told = tables.mentions().set_index(["event_id", "source_id"]).loc["khachaturov-recalled"]
    event = tables.events().set_index("event_id").loc["khachaturov-recalled"]
    assert told.loc["asiaplus-2019", "date_precision"] == 4
    assert event["earliest_date"] == event["latest_date"] == told.loc["edm-2018", "earliest_date"]


def test_csv_holds_days_and_joined_ids() -> None:
    frame = pd.DataFrame(
        {
            "day": [pd.Timestamp("2018-11-02"), pd.NaT],
            "ids": [("a", "b"), ()],
            "is_x": [True, False],
        }
    )
    assert shown.to_csv(frame) == "day,ids,is_x\n2018-11-02,a;b,true\n,,false\n"
