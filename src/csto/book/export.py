"""The tables as CSV, the findings as JSON, the passages as annotations, described for tools.

Computes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from csto import tables
from csto.analysis import states
from csto.book import datapackage, forms, web_annotations
from csto.book.trail import trail_of
from csto.corpus.checks import checked_corpus
from csto.exhibits import findings
from csto.exhibits.notebooks import all_notebooks
from csto.exhibits.tables import to_csv
from csto.files import write
from csto.tables.frames import Table
from csto.work import FILE, work


def export(root: Path, folder: Path) -> list[Path]:
    """Write every table, the findings and the annotations; returns the files of the folder."""
    written = []
    for name, text in _files(root):
        write(folder / name, text)
        written.append(folder / name)
    for path in folder.iterdir():
        if path not in written and path.is_file():
            path.unlink()
    return written


def _files(root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file; what is quick to make comes first, in case it cannot be kept."""
    said, corpus = work(root), checked_corpus(root)
    with tables.with_beside():  # whatever chapters rest on, all documents can be taken away
        frames = {name: build(root=root) for name, build in exported(root).items()}
    yield from ((f"{name}.csv", to_csv(frame)) for name, frame in frames.items())
    found = list(findings.collect(all_notebooks(root)).values())
    yield "findings.json", datapackage.as_json(found)
    yield from web_annotations.export(trail_of(root), said.address).items()
    yield datapackage.NAME, datapackage.of_tables(said, corpus, frames)
    yield datapackage.README, datapackage.readme(said, frames)
    yield FILE, forms.cff(said, (root / FILE).read_text(encoding="utf-8"))
    yield forms.BIBTEX, forms.bibtex(said)
    if found:  # a project without numbers has no states of them
        yield "states.json", json.dumps(states.exported(), ensure_ascii=False) + "\n"


def exported(root: Path) -> dict[str, Table]:
    """The tables that have something in them: those of the outside record where there is one."""
    return datapackage.TABLES if checked_corpus(root).outside else tables.TABLES
