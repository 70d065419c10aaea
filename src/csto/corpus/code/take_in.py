"""A reading made of what a human coder sends: its records, checked, in a folder of their own."""

from __future__ import annotations

import datetime
import hashlib
import re
from pathlib import Path

import yaml

from csto import files
from csto.corpus import checks
from csto.corpus.code import refi, sheet
from csto.corpus.code.rows import AUTHOR, Row, coded
from csto.corpus.problems import DataError, Problem
from csto.corpus.reading import Corpus

FOLDER = Path("data/codings")


def take_in(root: Path, path: Path, reader: str) -> str:
    """Write the reading that a sheet, a `coding.yml` or a `.qdpx` holds; returns its key.

    Raises DataError with every problem at its row and column, and ValueError for a file that
    holds no coding or a name that is none.
    """
    corpus = checks.checked_now(root)
    rows, problems = _read(corpus, path)
    if not rows and not problems:
        raise ValueError(f"{path} holds no coding, fill it in")
    made, found = coded(corpus, rows)
    if problems := problems + found:
        raise DataError(problems)
    key = "-".join(re.findall(r"[a-z0-9]+", reader.lower()))
    if not key or key in {one.id for one in corpus.readings}:
        raise ValueError(f"'{reader}' names no new reader, choose another: --reader")
    plain = made.plain()
    text = yaml.safe_dump(
        {name: some for name, some in plain.items() if some},
        allow_unicode=True,
        sort_keys=False,
        width=1000,
    )
    seen = {one["document"] for one in plain["passages"]}
    shown = [source for source in corpus.source if source in seen]
    contents = {
        "coding.yml": text,
        "reading.yml": _told(corpus, key, reader, path, shown, text),
        "names.yml": _NAMES.format(author=AUTHOR),
    }
    for name, content in contents.items():
        files.write(root / FOLDER / key / name, content)
    try:
        checks.checked_now(root)
    except DataError:
        for name in contents:
            (root / FOLDER / key / name).unlink()
        (root / FOLDER / key).rmdir()
        raise
    return key


_NAMES = """\
names:
  - {{name: {author}, because: So the sheet calls the author of a document.}}
"""
_TASK = (
    "Chose the passages; coded acts, answers and forecasts with all that belongs to them; named "
    "actors by name."
)
_TOLD = """\
readings:
  - id: {id}
    number: {number}
    label: {label}
    by_people: true
    chooses_units: true
    read_on: "{day}"
    reader: {reader}
    version: No model.
    task: "{task}"
    masked: "This report’s data, ids, notes and examples; the other readings."
    order: [{order}]
    sha256: {sha256}
    note: {note}
"""


def _told(corpus: Corpus, key: str, reader: str, path: Path, shown: list[str], text: str) -> str:
    raw = hashlib.sha256(path.read_bytes()).hexdigest()
    return _TOLD.format(
        id=key,
        number=max([1, *(one.number for one in corpus.readings)]) + 1,
        label=files.quoted(reader),
        task=_TASK,
        day=datetime.date.today(),
        reader=files.quoted(f"{reader}."),
        order=", ".join(shown),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        note=files.quoted(f"Taken in from {path.name}, sha256 {raw}."),
    )


def _read(corpus: Corpus, path: Path) -> tuple[list[Row], list[Problem]]:
    readers = {
        ".qdpx": lambda: refi.read(corpus, path),
        ".yml": lambda: sheet.read_yaml(path),
        ".csv": lambda: sheet.read(path),
    }
    if path.suffix not in readers:
        raise ValueError(f"{path} is none of {', '.join(readers)}, save it as one of them")
    return readers[path.suffix]()
