"""Steps that most measures begin or end with: names, members, the passages behind rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from csto import tables
from csto.corpus.schema import source_of


def evidence(*columns: Iterable[Iterable[str]]) -> list[str]:
    """All extract ids in columns of tuples, each once, in order."""
    return list(dict.fromkeys(key for column in columns for ids in column for key in ids))


def passages(rows: pd.DataFrame) -> tuple[str, ...]:
    """The extracts behind rows, from their column `extract_ids` or `extract_id`."""
    if "extract_ids" in rows:
        return tuple(evidence(rows["extract_ids"]))
    return tuple(rows["extract_id"])


def still(keys: Iterable[str], without: str | None) -> list[str]:
    """Those extract ids that are not of the document left out."""
    return [key for key in keys if source_of(key) != without]


@tables.remembered
def documents(without: str | None = None) -> tuple[str, ...]:
    """The ids of the documents, in the register's order."""
    return tuple(tables.sources(without)["source_id"])


def labels() -> dict[str, str]:
    """What the documents are called, by id, in the register's order."""
    return dict(tables.sources()[["source_id", "label"]].to_numpy())


@tables.remembered
def members() -> dict[str, str]:
    """The members' names by id, in the register's order."""
    actors = tables.actors()
    return dict(actors.loc[actors["is_member"], ["actor_id", "name"]].to_numpy())


@tables.remembered
def events(without: str | None = None) -> pd.DataFrame:
    """The acts by their ids."""
    return tables.events(without).set_index("event_id")


def row(frame: pd.DataFrame, key: str) -> pd.Series:
    """The one row of a frame with this key."""
    return frame.loc[[key]].iloc[0]


def states_of(ids: pd.Series) -> pd.Series:
    """The state or organisation that each actor stands for."""
    return ids.map(tables.actors().set_index("actor_id")["state_id"])


def named(frame: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """A frame with names beside ids: `holder="holder_id"` adds `holder`, the names of that column.

    Ids are of actors or of documents; the names of several documents are joined by commas.
    """
    return frame.assign(**{new: _names(frame[ids]) for new, ids in columns.items()})


def _names(ids: pd.Series) -> pd.Series:
    actors = tables.actors()
    names = dict(zip(actors["actor_id"], actors["name"], strict=True)) | labels()
    if ids.map(lambda one: isinstance(one, tuple)).any():
        return ids.map(lambda several: ", ".join(names[one] for one in several))
    return ids.map(names)


def with_states(labels: pd.Series) -> pd.Series:
    """Labels with the state behind each surname: "Peskov (Russia) sees none".

    A state that the label names is not told again.
    """
    actors = tables.actors()
    people = named(
        actors[actors["actor_kind"] == "person"].dropna(subset=["state_id"]), state="state_id"
    )
    surnames = dict(zip(people["name"].str.rsplit(n=1).str[-1], people["state"], strict=True))
    return labels.map(lambda label: re.sub(r"\w+", lambda word: _placed(word, surnames), label))


def _placed(word: re.Match[str], surnames: dict[str, str]) -> str:
    state = surnames.get(word[0])
    known = state is None or re.search(rf"\b{state}\b", word.string)
    return word[0] if known else f"{word[0]} ({state})"


def spaced(terms: pd.Series) -> pd.Series:
    """Terms of the codebook as words."""
    return terms.astype(str).str.replace("_", " ")


def grouped(frame: pd.DataFrame, *by: str) -> pd.DataFrame:
    """One row a combination of columns, in order of appearance, with the passages behind it.

    Adds `count` (rows) and `extract_ids`.
    """
    groups = frame.groupby(list(by), sort=False, observed=True, dropna=False)
    found = groups["extract_id"].agg(
        count="size", extract_ids=lambda ids: tuple(dict.fromkeys(ids))
    )
    return found.reset_index()
