"""Every field of every record is a column that is explained, or says why it is none."""

from __future__ import annotations

import inspect
import pydoc
from pathlib import Path

import pandas as pd
import pytest

from corpus.test_schema import models, where
from csto import tables
from csto.corpus import codings
from csto.tables import columns, outside
from csto.tables.frames import Table

ALL: dict[str, Table] = tables.TABLES | outside.TABLES


def test_every_field_is_a_column_or_says_why_not() -> None:
    """The exceptions are all used: one that is stale fails here."""
    meanings = {
        (name, column.meaning) for table in ALL.values() for name, column in table.columns.items()
    }
    excepted = set()
    for model in models():
        if model in columns.NOT_TABLES:
            excepted.add(model)
            continue
        for field, hint in codings.hints(model).items():
            owners = [one for one in model.__mro__ if (one, field) in columns.NOT_COLUMNS]
            excepted |= {(one, field) for one in owners}
            if owners or codings.parts(hint):
                continue
            said = (columns.names(model)[field], model.model_fields[field].description)
            replaced = said[0] in REPLACED
            assert said in meanings or replaced, f"{where(model, field)} is in no table"
    assert excepted == columns.NOT_TABLES.keys() | columns.NOT_COLUMNS.keys()


#: Columns whose value a table works out from the field of the same name, and so explains anew.
REPLACED = {"period"}


def test_names_that_differ_from_the_conventions_are_those_of_fields() -> None:
    fields = {(one, f) for m in models() for one in m.__mro__ for f in codings.hints(m)}
    assert columns.CALLED.keys() <= fields
    assert columns.NOT_COLUMNS.keys() <= fields


@pytest.mark.parametrize("name", ALL)
def test_every_column_is_explained(name: str) -> None:
    frame, described = ALL[name](), tables.describe(name)
    assert list(described["column"]) == list(frame.columns)
    assert described["meaning"].str.len().gt(2).all()
    assert not described["meaning"].str.endswith(".").any()
    for column, type_ in zip(described["column"], described["type"], strict=True):
        assert type_.startswith("term of ") == isinstance(frame[column].dtype, pd.CategoricalDtype)


def test_types_are_said_in_words() -> None:
    said = tables.describe("events").set_index("column")["type"]
    assert said[
        ["event_id", "event_kind", "actor_ids", "sign", "earliest_date", "is_hedged"]
    ].to_list() == [
        "text",
        "term of event_kind",
        "list",
        "whole number",
        "day",
        "true or false",
    ]
    assert tables.describe("sentences").set_index("column").loc["covered_share", "type"] == "number"


def test_groups_are_explained_one_by_one() -> None:
    said = tables.describe("actors").set_index("column")
    assert said.loc["is_member", "meaning"] == "whether the actor belongs to the group of this name"


def test_no_such_table() -> None:
    with pytest.raises(KeyError, match="'event' is no table; there are sources, actors, "):
        tables.describe("event")


@pytest.mark.parametrize("name", ALL)
def test_help_shows_how_to_call_it_and_its_columns(name: str) -> None:
    build = ALL[name].build
    text = pydoc.render_doc(build, renderer=pydoc.plaintext)
    parameters = list(inspect.signature(build).parameters)
    assert parameters == (["without", "root"] if name in tables.TABLES else ["root"])
    assert all(f"    {column}: " in text for column in ALL[name].columns)


def test_another_corpus_goes_through_every_table(choir: Path) -> None:
    """Whatever stands in the first corpus and not in this one is asked of none."""
    shapes = {name: len(build()) for name, build in tables.TABLES.items()}
    assert shapes["events"] == 8 and shapes["actors"] == 9 and shapes["sentences"] == 23
    assert list(tables.actors().columns[-2:]) == ["is_singers", "is_leavers"]
    assert list(tables.events()["rung"].cat.categories) == ["murmur", "walk_out", "leave"]
    assert tables.events()["distancing"].isna().all()
    assert list(tables.events(without="ferry")["event_id"])[-1] == "reed-calls-it-a-punishment"
    assert set(tables.second_reading()["variable"]) == {
        *("attribution", "mode", "status", "stance"),
        *("kind", "sign", "intensity", "rung"),
    }
    with pytest.raises(LookupError, match="data/outside/ holds no record"):
        outside.outside_steps()


@pytest.mark.parametrize("without", ["bell", "ferry"])
def test_what_is_left_without_a_document_names_no_passage_of_it(without: str, choir: Path) -> None:
    for name in tables.TABLES.keys() - {"terms"}:  # the codebook is of no document
        frame = tables.TABLES[name](without=without)
        for column in frame.columns:
            held = frame[column].explode().dropna().astype(str)
            assert not held.str.startswith(f"{without}.").any(), (name, column)
