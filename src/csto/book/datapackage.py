"""The tables described for tools: a Data Package (version 2), and a readme that says the same.

What a column means, which terms it holds and which record it names is known to `csto.tables`;
who made the work and under which licence, to `csto.work`.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd

from csto import tables
from csto.book import published, wording
from csto.corpus.reading import Corpus
from csto.tables import outside
from csto.tables.columns import Column
from csto.tables.frames import Table
from csto.work import Author, Work, licence_address

NAME, README = "datapackage.json", "README.md"
TABLES = tables.TABLES | outside.TABLES
Node = dict[str, Any]
Frames = Mapping[str, pd.DataFrame]
_TYPES = (("datetime64", "date"), ("bool", "boolean"), ("int", "integer"), ("float", "number"))
SEVERAL = "; several are joined by semicolons"
#: What a reader of the tables has to know before the first of them is opened.
NOTES = (
    "Text is UTF-8, a missing value is an empty cell, several values are joined by semicolons.",
    "Days are YYYY-MM-DD. A column `date` has dates as they were written down, in EDTF: `2018-11` "
    "is a month and `2018-11-20/2018-12-05` an interval. A spreadsheet makes a day of the first: "
    "import such columns as text.",
    "`earliest_date` and `latest_date` are the first and the last possible day: compute with them.",
)


def descriptor(work: Work, name: str, what: str, resources: list[Node], **more: Any) -> Node:
    """A package of resources: what it is, who made it, under which licence."""
    licence = work.licence
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": f"{work.title}: {what}",
        "description": work.abstract,
        "version": work.version,
        "created": f"{work.date.isoformat()}T00:00:00Z",
        **({"homepage": work.address} if work.address else {}),
        **({"keywords": list(work.keywords)} if work.keywords else {}),
        "licenses": [{"name": licence, "path": licence_address(licence), "title": work.terms}],
        "contributors": [_contributor(author) for author in work.authors],
        **more,
        "resources": resources,
    }


def _contributor(author: Author) -> Node:
    names = {"givenName": author.given, "familyName": author.family} if author.family else {}
    return {"title": author.name, **names, "roles": ["creator"]}


def of_tables(work: Work, corpus: Corpus, frames: Frames) -> str:
    """The package of the tables, with the documents they were taken from."""
    resources = [_resource(name, frame, corpus, frames) for name, frame in frames.items()]
    sources = [_source(corpus, one.id) for one in corpus.sources]
    what = "tables and findings"
    return as_json(descriptor(work, "csto", what, resources, sources=sources))


def _source(corpus: Corpus, key: str) -> Node:
    source = corpus.source[key]
    place = source.published_outside and source.published_outside.address
    return {"title": wording.citation(corpus, source)} | ({"path": place} if place else {})


def csv_file(name: str, path: str, title: str, description: str, schema: Node) -> Node:
    """A file of comma-separated values, as a resource."""
    return {
        "name": name,
        "title": title,
        "description": description,
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _resource(name: str, frame: pd.DataFrame, corpus: Corpus, frames: Frames) -> Node:
    table = TABLES[name]
    columns = table.resolved(dict.fromkeys(map(str, frame.columns)))
    fields = [_field(key, frame[key], column, corpus) for key, column in columns.items()]
    homes = {key: _home(table, key, column) for key, column in columns.items()}
    foreign = [_foreign(name, key, home) for key, home in homes.items() if home in frames]
    schema = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    said = says(name)
    return csv_file(
        name,
        f"{name}.csv",
        said.split(":")[0].rstrip("."),
        said,
        schema | ({"foreignKeys": foreign} if foreign else {}),
    )


def says(name: str) -> str:
    """What a table holds, in a sentence."""
    return (TABLES[name].build.__doc__ or "").strip().splitlines()[0]


def _field(name: str, column: pd.Series, of: Column, corpus: Corpus) -> Node:
    is_list = any(isinstance(value, tuple) for value in column)
    said = {"name": name, "description": of.meaning + (SEVERAL if is_list else "")}
    if isinstance(column.dtype, pd.CategoricalDtype):
        terms = list(column.cat.categories)
        return {**said, "type": "string", "categories": terms, "constraints": {"enum": terms}}
    kind = next((to for start, to in _TYPES if str(column.dtype).startswith(start)), "string")
    terms = corpus.terms(of.vocabulary) if of.vocabulary else []
    limits = {"constraints": {"enum": sorted(map(int, terms))}} if kind == "integer" else {}
    return {**said, "type": kind, **(limits if terms else {})}


def _home(table: Table, name: str, column: Column) -> str:
    """The table that has what a column names as its key: a kind of record, or what it is called."""
    by_key = {one.key: home for home, one in reversed(TABLES.items()) if len(one.key) == 1}
    kind = column.names or ""
    named = (f"{kind}_id", kind) if kind else (name,) if name.endswith("_id") else ()
    found = next((by_key[key,] for key in named if (key,) in by_key), "")
    return "" if table.key == (name,) and not kind else found


def _foreign(table: str, column: str, home: str) -> Node:
    (key,) = TABLES[home].key
    resource = "" if home == table else home
    return {"fields": [column], "reference": {"resource": resource, "fields": [key]}}


#: Files beside the tables, and what is in them.
OTHERS = (
    "- `findings.json`: the numbers of the report, each with its passages.",
    "- `states.json`: every number and claim under every combination of a reader’s choices.",
)


def readme(work: Work, frames: Frames) -> str:
    """What is in the folder, how to cite it, what to know before opening it."""
    rows = [f"- `{name}.csv`: {says(name)}" for name in frames]
    kept = " and ".join(f"`{column}` of `{name}.csv`" for name, column in published.WORDS.items())
    parts = [
        f"# {work.title}: tables and findings",
        work.abstract,
        f"Cite as: {work.citation}",
        f"Licence: {work.terms}, {licence_address(work.licence)}. Passages quoted from the "
        "documents belong to their authors and publishers.",
        "## Files",
        "\n".join([*rows, *OTHERS]),
        f"`{NAME}` says what each column means, which terms it holds and which record it names.",
        f"As the report offers this folder, it lacks {kept}, which hold words of the documents.",
        "## Before opening them",
        *NOTES,
    ]
    return "\n\n".join(textwrap.fill(p, 99) if p[0] not in "#-" else p for p in parts) + "\n"


def as_json(value: Any) -> str:
    """JSON for people to read, too."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
