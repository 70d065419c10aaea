"""A coding in lines: what a person fills in, and the records of a reading made of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from csto.corpus.problems import Problem
from csto.corpus.readers import Key, ReaderAct, ReaderForecast, ReaderPassage, translated
from csto.corpus.reading import SAY, Corpus
from csto.corpus.values import Record

#: What each column holds, by name, in the order of the sheet; `|` parts several names.
COLUMNS = {
    "document": "key of the document, as its file is called",
    "passage": "its words, character for character, at most a sentence; copy and paste them",
    "prefix": "the words just before, only where the passage stands twice",
    "attribution": "kind of speaker",
    "mode": "how the words reach the reader",
    "status": "how firmly, from the words",
    "speaker": "who says it, by a name of actors.csv; empty where the document itself speaks",
    "date": "when what it tells was: 2018-11-02, 2018-11, 2018-11-12/2018-11-17; empty if unsaid",
    "date_basis": "how the document lets you know the date",
    "question": "number of a question that the passage answers",
    "holder": "who holds the answer, by a name; author for the author of the document",
    "stance": "the answer: a stance of the question, or a year",
    "act": "an act that the passage tells, in a few words; the same words for the same act",
    "kind": "kind of act",
    "themes": "what the act bears on; several with a |",
    "actors": "who acts; several with a |",
    "recipients": "for or against whom; several with a |",
    "sign": "-1 adverse, 0 neither, 1 cooperative",
    "intensity": "1 to 4",
    "rung": "step on the ladder, where the codebook asks for it",
    "distancing": "as the codebook says, where it asks for it",
    "expectation": "what is expected, in a few words; the same words for the same expectation",
    "expected_by": "who expects it, by a name",
    "hedge": "the hedging words; empty where it is flat",
    "horizon": "by when; empty where no time is named",
    "doubt": "what you doubt",
}
PASSAGE = ("prefix", "attribution", "mode", "status", "speaker", "date", "date_basis", "doubt")
ACT = ("kind", "themes", "actors", "recipients", "sign", "intensity", "rung", "distancing")
FORECAST = ("expected_by", "hedge", "horizon")
LISTS = ("themes", "actors", "recipients")
NUMBERS = ("sign", "intensity")
#: What a column is called in the records of a reading.
_FIELDS = {"quote": "passage", "told_by": "passage", "document": "document"}
_LABELS: dict[type[Record], dict[str, str]] = {
    ReaderPassage: {},
    ReaderAct: {"label": "act"},
    ReaderForecast: {"label": "expectation", "holder": "expected_by"},
}
AUTHOR = "author"  # the name for the author of the document


class Row(NamedTuple):
    """One line of a coding, and how a problem in it is placed."""

    cells: Mapping[str, str]  # by column, without empty ones
    at: Callable[[str, str], Problem]  # column and message


class Coded(NamedTuple):
    """The records of a coding as `coding.yml` holds them, with the row each began in."""

    passages: dict[str, dict[str, Any]]
    acts: dict[str, dict[str, Any]]
    forecasts: dict[str, dict[str, Any]]
    rows: dict[str, Row]

    def plain(self) -> dict[str, list[dict[str, Any]]]:
        """The sections of the file."""
        return {
            "passages": list(self.passages.values()),
            "acts": list(self.acts.values()),
            "forecasts": list(self.forecasts.values()),
        }


def coded(corpus: Corpus, rows: list[Row]) -> tuple[Coded, list[Problem]]:
    """The records that lines make, and every problem with its row and column."""
    made, problems = Coded({}, {}, {}, {}), list[Problem]()
    ids: dict[tuple[str, ...], str] = {}
    for row in rows:
        problems += _take(made, ids, row)
    for act in made.acts.values():
        act.setdefault("recipients", [])  # an empty cell: some acts are for and against nobody
    for one in made.passages.values():
        problems += _quoted(corpus, one, made.rows[one["id"]])
    models = (
        (ReaderPassage, made.passages), (ReaderAct, made.acts), (ReaderForecast, made.forecasts)
    )  # fmt: skip
    for model, records in models:
        for one in records.values():
            problems += _judged(corpus, model, one, made)
    return made, sorted(set(problems))


def _take(made: Coded, ids: dict[tuple[str, ...], str], row: Row) -> Iterator[Problem]:
    """Add what one line says to the records."""
    cells = row.cells
    for column in ("document", "passage"):
        if column not in cells:
            yield row.at(column, "is missing, every row says of which words it is")
            return
    where = (cells["document"], cells["passage"], cells.get("prefix", ""))
    id = ids.setdefault(where, f"p{len(made.passages) + 1}")
    new = {"id": id, "document": where[0], "quote": where[1]}
    passage = made.passages.setdefault(id, new)
    made.rows.setdefault(id, row)
    yield from _fill(passage, row, PASSAGE)
    if any(name in cells for name in ("question", "holder", "stance")):
        held = {name: cells[name] for name in ("holder", "question", "stance") if name in cells}
        passage.setdefault("positions", []).append(held)
        made.rows[f"{id} position {len(passage['positions']) - 1}"] = row
    for column, fields, records in (("act", ACT, made.acts), ("expectation", FORECAST, None)):
        units = made.forecasts if records is None else records
        if column in cells:
            unit = ids.setdefault((column, cells[column]), f"{column[0]}{len(units) + 1}")
            one = units.setdefault(unit, {"id": unit, "label": cells[column], "passages": []})
            made.rows.setdefault(unit, row)
            if id not in one["passages"]:
                one["passages"].append(id)
            yield from _fill(one, row, fields)
        elif lost := next((name for name in fields if name in cells), ""):
            yield row.at(lost, f"stands without `{column}`, say there what it is of")


def _fill(record: dict[str, Any], row: Row, columns: tuple[str, ...]) -> Iterator[Problem]:
    for column in columns:
        if column not in row.cells:
            continue
        value: Any = row.cells[column]
        if column in LISTS:
            value = [one.strip() for one in value.split("|") if one.strip()]
        elif column in NUMBERS:
            try:
                value = int(value)
            except ValueError:
                yield row.at(column, f"“{value}” is no whole number, write one")
                continue
        name = "holder" if column == "expected_by" else column
        if record.setdefault(name, value) != value:
            yield row.at(column, f"“{row.cells[column]}” differs from a row above, keep one")


def _quoted(corpus: Corpus, one: dict[str, Any], row: Row) -> Iterator[Problem]:
    """A passage stands once in the document that it is of."""
    document = corpus.documents.get(one["document"])
    if document is None:
        there = ", ".join(corpus.documents)
        yield row.at("document", f"“{one['document']}” is no document, there are {there}")
        return
    places = document.find(one["quote"], one.get("prefix"))
    if not places:
        near = " ".join(document.nearest(one["quote"]).split())
        yield row.at("passage", f"not in {one['document']}; nearest is “{near}”, copy exactly")
    elif len(places) > 1:
        yield row.at("prefix", f"the passage stands {len(places)} times, give the words before it")


@functools.lru_cache(maxsize=4)
def _names(names: tuple[tuple[str, str], ...]) -> dict[str, str | None]:
    return {**dict(names), AUTHOR: None}


def _judged(
    corpus: Corpus, model: type[Record], one: dict[str, Any], made: Coded
) -> Iterator[Problem]:
    """What the schema says of one record, at the cells that it is of."""
    spoken = tuple((n, a.id) for a in corpus.actors for n in (a.name, *a.spellings))
    authors = {source.id: source.author for source in corpus.sources}
    first = made.passages[(one.get("passages") or [one["id"]])[0]]
    key = Key({}, {}, _names(spoken), authors)
    of = {str(one["id"]): authors[first["document"]]} if first["document"] in authors else {}
    of |= {str(first["id"]): author for author in of.values()}
    (row,) = translated([one], key, of)
    try:
        model.model_validate(row, context={"known": corpus.known})
    except ValidationError as error:
        for fault in error.errors():
            loc = [step for step in fault["loc"] if isinstance(step, (str, int))]
            at = made.rows[one["id"]]
            if loc[:1] == ["positions"] and len(loc) > 1:
                at = made.rows[f"{one['id']} position {loc[1]}"]
                loc = loc[2:]
            field = str(loc[0]) if loc else "passage"
            column = _LABELS[model].get(field) or _FIELDS.get(field, field)
            said = SAY.get(fault["type"], fault["msg"])
            if column in at.cells or fault["type"] == "missing":
                yield at.at(column if column in COLUMNS else "passage", said)
