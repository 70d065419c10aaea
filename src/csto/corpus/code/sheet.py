"""A blind sheet for half an hour of coding, and the filled-in sheet read back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from csto import files
from csto.corpus import strict_yaml
from csto.corpus.code.rows import COLUMNS, Row
from csto.corpus.problems import Place, Problem
from csto.corpus.reading import Corpus
from csto.corpus.schema import Boundary, Term

HOW = Path(__file__).with_name("how-to-code.md")
YAML = """\
# The sheet as YAML: every key as in how-to-code.md; what stands here is only the form.
passages:
  - id: p1
    document: {document}
    quote: "words of the document, character for character"
    date: "2018-11"
    date_basis: stated
    attribution: named_person
    mode: indirect
    speaker: "Name"
    status: attributed
    positions:
      - {{holder: "Name", question: Q1, stance: some_stance}}
acts:
  - id: a1
    label: "the act in a few words"
    kind: some_kind
    themes: [some_theme]
    actors: ["Name"]
    recipients: ["Name"]
    sign: -1
    intensity: 2
    passages: [p1]
forecasts:
  - id: f1
    label: "what is expected"
    holder: "Name"
    passages: [p1]
    hedge: “may”
    horizon: "2018-12"
"""
NAME = "sheet.csv"


def write(corpus: Corpus, documents: list[str], folder: Path) -> list[Path]:
    """Write documents, codebook without examples, names and an empty sheet; returns the files.

    Raises ValueError for a document that there is not.
    """
    for source in documents:
        if source not in corpus.source:
            there = ", ".join(corpus.source)
            raise ValueError(f"'{source}' is no document, there are {there}")
    columns = "\n".join(f"- **{name}**: {meaning}" for name, meaning in COLUMNS.items())
    named = ", ".join(f"`{source}.txt`" for source in documents)
    actors = [("name", "also called")]
    actors += [(one.name, " | ".join(one.spellings)) for one in corpus.actors]
    contents = {
        "how-to-code.md": HOW.read_text(encoding="utf-8").format(documents=named, columns=columns),
        "codebook.md": codebook(corpus),
        "actors.csv": "\ufeff" + files.as_csv(actors),
        NAME: "\ufeff" + files.as_csv([list(COLUMNS), [documents[0]]]),
        "coding.yml": YAML.format(document=documents[0]),
        **{f"{source}.txt": corpus.documents[source].text for source in documents},
    }
    for name, content in contents.items():
        files.write(folder / name, content)
    return [folder / name for name in contents]


def codebook(corpus: Corpus) -> str:
    """The codebook for one who has not seen how it was used: definitions and limits, no example."""
    asked = ("theme", "date_basis", "status", "attribution", "mode", "rung", "distancing")
    parts = ["# Codebook\n"]
    for some in corpus.rules:
        parts += [f"## {some.id}\n\n{some.definition}\n", *map(_line, some.rules), ""]
    parts += ["## Kinds of act (`kind`)\n"]
    for kind in corpus.event_kinds:
        allowed = "; ".join(f"{v}: {', '.join(map(str, t))}" for v, t in kind.allows.items() if t)
        choice = f" {kind.choice}" if kind.choice else ""
        not_ = f" Not: {kind.counter_example}" if kind.counter_example else ""
        parts.append(f"- **{kind.id}** ({allowed}): {kind.definition}{choice}{not_}")
    parts += ["\n## Questions\n"]
    for question in corpus.questions:
        parts += [f"### {question.id}: {question.text}\n\n{question.definition}\n"]
        parts += [*(map(_line, question.stances) if question.stances else ["- a year"]), ""]
    for variable in corpus.variables:
        if variable.id in asked or variable.id in ("sign", "intensity"):
            parts += [f"## {variable.id}\n\n{variable.definition}\n", *map(_line, variable.terms)]
            parts.append("")
    return "\n".join(parts)


def _line(term: Term | Boundary) -> str:
    not_ = f" Not: {term.counter_example}" if term.counter_example else ""
    return f"- **{term.id}**: {term.definition}{not_}"


def read(path: Path) -> tuple[list[Row], list[Problem]]:
    """The lines of a filled-in sheet, whichever way a spreadsheet saved it.

    A line that only names its document is empty.
    """
    name = path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        said = "is not UTF-8, save it as “CSV UTF-8”"
        return [], [Problem(name, 1, 1, "file", said)]
    lines = text.splitlines()
    marks = max(",;\t", key=(lines[0] if lines else "").count)
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=marks))
    head = [cell.strip().lower() for cell in table[0]] if table else []
    problems = [
        Problem(name, 1, number, f"column {letter(number)}", f"“{cell}” is no column, remove it")
        for number, cell in enumerate(head, start=1)
        if cell and cell not in COLUMNS
    ]
    for column in ("document", "passage", "attribution", "mode", "status"):
        if column not in head:
            problems.append(Problem(name, 1, 1, "header", f"lacks the column '{column}', add it"))
    rows = [_row(name, number, head, line) for number, line in enumerate(table[1:], start=2)]
    return [row for row in rows if row.cells.keys() - {"document"}], problems


def _row(name: str, number: int, head: list[str], line: list[str]) -> Row:
    cells = {
        column: cell.strip()
        for column, cell in zip(head, line, strict=False)
        if column in COLUMNS and cell.strip()
    }

    def at(column: str, message: str) -> Problem:
        place = head.index(column) + 1 if column in head else 1
        return Problem(name, number, place, f"row {number}, {letter(place)} ({column})", message)

    return Row(cells, at)


def letter(column: int) -> str:
    """The letter of a column, counted from 1, as spreadsheets have it."""
    first, last = divmod(column - 1, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def read_yaml(path: Path) -> tuple[list[Row], list[Problem]]:
    """The lines of a coding written as YAML: a row for each thing that is said."""
    loaded = strict_yaml.load(path, path.name)
    if loaded.problems or not isinstance(loaded.value, dict):
        return [], loaded.problems
    place = Place(path.name, loaded.marks)
    rows: list[Row] = []
    quotes: dict[str, dict[str, str]] = {}
    for index, one in enumerate(loaded.value.get("passages", [])):
        here = {"document": str(one.get("document", "")), "passage": str(one.get("quote", ""))}
        here |= {"prefix": str(one["prefix"])} if "prefix" in one else {}
        quotes[str(one.get("id"))] = here
        said = {name: str(one[name]) for name in COLUMNS if name in one}
        rows.append(_placed(place, ("passages", index), here | said))
        for number, held in enumerate(one.get("positions", [])):
            cells = here | {name: str(value) for name, value in held.items()}
            rows.append(_placed(place, ("passages", index, "positions", number), cells))
    for section, column in (("acts", "act"), ("forecasts", "expectation")):
        for index, one in enumerate(loaded.value.get(section, [])):
            for id in one.get("passages", []):
                cells = {**quotes.get(str(id), {}), column: str(one.get("label", ""))}
                cells |= {name: _joined(one[name]) for name in COLUMNS if name in one}
                if section == "forecasts" and "holder" in cells:
                    cells["expected_by"] = cells.pop("holder")
                cells.pop("doubt", None)
                rows.append(_placed(place, (section, index), cells))
    return rows, []


def _joined(value: object) -> str:
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)


def _placed(place: Place, path: tuple[str | int, ...], cells: dict[str, str]) -> Row:
    called = {"passage": "quote", "act": "label", "expectation": "label", "expected_by": "holder"}

    def at(column: str, message: str) -> Problem:
        spot = place.problem("", (*path, called.get(column, column)), "")
        what = ".".join(map(str, (*path, column)))
        return Problem(spot.file, spot.line, spot.column, what, message)

    return Row({name: value for name, value in cells.items() if value}, at)
