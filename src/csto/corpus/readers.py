"""Other readings of the same documents: what a reader wrote, and how it is understood.

A reading is kept as its reader wrote it and never corrected. What it names by words of its own -
documents by the order in which they were shown, actors by name, terms by the labels of another
codebook - is translated when it is read, by decisions that stand in files beside it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from csto.corpus.schema import Act, Manner, Stance
from csto.corpus.values import (
    ActorId,
    Basis,
    Day,
    Edtf,
    ExtractId,
    Part,
    ReadingId,
    Record,
    RuleId,
    Slug,
    SourceId,
    Status,
    TermId,
    Text,
    Theme,
    WithFullId,
    WithId,
)

# ---- a reading -------------------------------------------------------------------


class Shown(Part):
    """A file that a reader was shown."""

    file: Annotated[str, Field(pattern=r"^[\w.-]+$")] = Field(description="name in codings/shown/")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="hash of the file's bytes"
    )


class Reading(WithId):
    """A reading of the documents by somebody else than the one whose coding the report uses."""

    named = "reading"
    id: Slug = Field(description="key, and the folder it stands in")
    number: int = Field(description="its place among the readings; the report's own is the first")
    label: Text = Field(description="short name for tables")
    by_people: bool = Field(description="whether people read")
    chooses_units: bool = Field(description="whether the reader chose passages and units")
    read_on: Day = Field(description="the day")
    reader: Text = Field(description="who read")
    version: Text = Field(description="of a model, which; or that it was not recorded")
    task: Text = Field(description="what the reader was asked to do")
    masked: Text = Field(description="what the reader was kept from seeing")
    order: list[SourceId] = Field(
        default_factory=list, description="the documents in the order in which they were shown"
    )
    shown: list[Shown] = Field(default_factory=list, description="what the reader was shown")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="hash of what the reader wrote, which nobody corrects"
    )
    note: Text | None = Field(None, description="what else is to be known of it")


class ReaderName(Record):
    """Whom a reader means by a name that is not the register's."""

    name: Text = Field(description="as the reader wrote it")
    actor: ActorId | None = Field(
        None, description="who is meant; absent for the author of the document it stands under"
    )
    because: Text = Field(description="why that one")

    @property
    def key(self) -> str:
        """The name."""
        return f"{self.stem} {self.name}"


class Label(Record):
    """A label of a reworded codebook, and the term that it stands for."""

    variable: TermId = Field(description="variable or question")
    label: TermId = Field(description="as the reader was shown it")
    term: TermId = Field(description="the codebook's term")

    @property
    def key(self) -> str:
        """Variable and label."""
        return f"{self.stem} {self.variable} {self.label}"


# ---- what the reader wrote -----------------------------------------------------------


class OfReading(Record):
    """A record of one reading."""

    @property
    def reading(self) -> str:
        """The reading that it belongs to."""
        return self.stem


class ReaderRecord(WithFullId, OfReading):
    """What a reader wrote down under a running number."""

    id: Slug = Field(description="the reader's own running number")
    doubt: Text | None = Field(None, description="the reader's doubt")


class ReaderPassage(Manner, ReaderRecord):
    """A passage that a reader chose."""

    document: SourceId = Field(description="the document; written as doc- and its place in `order`")
    quote: Annotated[str, Field(min_length=3)] = Field(
        description="the passage, character for character"
    )
    prefix: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="the words just before, where the passage stands twice"
    )
    date: Edtf | None = Field(None, description="when what it tells was")
    date_basis: Basis | None = Field(None, description="how the document lets the reader know it")
    speaker: ActorId | None = Field(None, description="who says it, by a name")
    status: Status = Field(description="how firmly, from the words")
    positions: list[Stance] = Field(default_factory=list, description="stances it bears out")


class ReaderAct(Act, ReaderRecord):
    """An act that a reader found told."""

    label: Text = Field(description="the act in a few words")
    themes: list[Theme] = Field(min_length=1, description="what it bears on")
    actors: list[ActorId] = Field(min_length=1, description="who acts, by names")
    recipients: list[ActorId] = Field(description="for or against whom, by names")
    told_by: list[Slug] = Field(
        min_length=1, description="the reader's passages that tell it; written as `passages`"
    )


class ReaderForecast(ReaderRecord):
    """An expectation that a reader found told."""

    label: Text = Field(description="what is expected, in a few words")
    holder: ActorId = Field(description="who expects it, by a name")
    told_by: list[Slug] = Field(
        min_length=1, description="the reader's passages; written as `passages`"
    )
    hedge: Text | None = Field(None, description="the hedging words; absent when flat")
    horizon: Edtf | None = Field(None, description="by when, where a time is named")


# ---- what is held against the report's coding ----------------------------------------


Sort = Annotated[str, Field(pattern=r"^(event|position|forecast|passage)$")]


class Match(OfReading):
    """Which unit of a reading is which of the report's, where words shared do not decide it."""

    sort: Sort = Field(description="event, position or forecast")
    ours: Text = Field(
        description="id of the report's unit; of a position: document holder question stance"
    )
    theirs: Text | None = Field(
        None, description="the reader's unit, written alike; absent where there is none"
    )
    because: Text = Field(description="why these two are one, or why there is none")

    @property
    def key(self) -> str:
        """The reading and the report's unit."""
        return f"{self.stem} {self.ours}"


class Ruling(Record):
    """A difference between the report and other readings, and which of them the rules bear out."""

    sort: Sort = Field(description="event, position (an answer in a passage), forecast or passage")
    unit: Text = Field(
        description="the report's unit; of an answer: passage holder question stance; of what only "
        "others have, what they share words with"
    )
    variable: Text = Field(description="what differs; `unit` where some readings have no such unit")
    first: Text = Field(description="the report's code when they were compared; – for none")
    other: Text = Field(description="the other code; – for none")
    readings: list[ReadingId] = Field(min_length=1, description="the readings that have it")
    ruling: Annotated[str, Field(pattern=r"^(first|other|undecidable)$")] = Field(
        description="first (this report's), other, or undecidable"
    )
    rule: RuleId = Field(description="the rule or term that decides, or that leaves it open")
    because: Text = Field(description="how it bears on the case")
    mended: bool = Field(False, description="true where the report took the other code over")
    extracts: list[ExtractId] = Field(
        default_factory=list, description="passages of a unit that was dropped for it"
    )

    @property
    def key(self) -> str:
        """Sort, unit, variable and the other code."""
        return f"{self.sort} {self.unit} {self.variable} {self.other}"


# ---- how names are understood ----------------------------------------------------------


class Key(NamedTuple):
    """How one reading names documents, terms and actors."""

    documents: Mapping[str, str]
    labels: Mapping[tuple[str, str], str]  # variable, label -> term
    names: Mapping[str, str | None]  # None for the author of the document
    authors: Mapping[str, str]  # by document


_CALLED = {"passages": "told_by"}  # what the record calls it, where a reader called it otherwise
#: The vocabulary of what readers code, where it is not called like the field.
_VOCABULARY = {"kind": "event_kind", "themes": "theme"}
_NAMED = ("speaker", "holder", "actors", "recipients")


def translated(rows: list[Any], key: Key, authors: Mapping[str, str]) -> Iterator[Any]:
    """Rows of a coding with documents, terms and actors by their ids, as far as they are known.

    `authors` maps the reader's passages to the authors of their documents.
    """
    for row in rows:
        if not isinstance(row, dict):
            yield row
            continue
        told_by = row.get("passages") or [row.get("id")]
        author = authors.get(str(told_by[0]))
        yield _translated(row, key, author)


def _translated(row: dict[str, Any], key: Key, author: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value in row.items():
        if field == "document":
            found[field] = key.documents.get(value, value)
        elif field == "positions" and isinstance(value, list):
            parts = (_translated(one, key, author) for one in value if isinstance(one, dict))
            found[field] = list(parts)
        else:
            known = functools.partial(_meant, field=field, row=row, key=key, author=author)
            found[_CALLED.get(field, field)] = _each(value, known)
    return found


def _each(value: Any, function: Callable[[Any], Any]) -> Any:
    return [function(one) for one in value] if isinstance(value, list) else function(value)


def _meant(value: Any, *, field: str, row: dict[str, Any], key: Key, author: str | None) -> Any:
    """An actor's id for a name, a term for a label; all else as it stands."""
    if field in _NAMED and value in key.names:
        return key.names[value] or author
    vocabulary = row.get("question") if field == "stance" else _VOCABULARY.get(field, field)
    return key.labels.get((str(vocabulary), str(value)), value)


Rows = list[Any]


def authors_of(passages: Rows, key: Key) -> dict[str, str]:
    """The authors of the documents that a reader's passages are of, by passage."""
    rows = [row for row in passages if isinstance(row, dict)]
    sources = {str(row.get("id")): key.documents.get(str(row.get("document")), "") for row in rows}
    return {id: key.authors[source] for id, source in sources.items() if source in key.authors}


def keys(raw: Mapping[tuple[str, str], Rows]) -> dict[str, Key]:
    """How each reading names things: `raw` are the rows of all files, by stem and section."""
    spoken = {
        name: str(row["id"])
        for row in _dicts(raw.get(("actors", "actors"), []))
        for name in (row.get("name"), *(row.get("spellings") or []))
        if "id" in row
    }
    authors = {
        str(row["id"]): str(row.get("author"))
        for row in _dicts(raw.get(("sources", "sources"), []))
        if "id" in row
    }
    found = {}
    for (stem, section), rows in raw.items():
        for row in _dicts(rows) if section == "readings" else ():
            order = enumerate(row.get("order") or [], start=1)
            names = _dicts(raw.get((stem, "names"), []))
            labels = _dicts(raw.get((stem, "labels"), []))
            found[stem] = Key(
                {f"doc-{number}": source for number, source in order},
                {(str(x.get("variable")), str(x.get("label"))): str(x.get("term")) for x in labels},
                spoken | {str(one.get("name")): one.get("actor") for one in names},
                authors,
            )
    return found


def _dicts(rows: Rows) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)]
