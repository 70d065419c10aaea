"""The tables as CSV, the findings as JSON, the passages as annotations, described for tools.

Computes nothing.
"""

from __future__ import annotations

import json
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
    said, corpus = work(root), checked_corpus(root)
    with tables.with_beside():  # whatever chapters rest on, all documents can be taken away
        frames = {name: build(root=root) for name, build in exported(root).items()}
    files = {f"{name}.csv": to_csv(frame) for name, frame in frames.items()}
    found = list(findings.collect(all_notebooks(root)).values())
    files["findings.json"] = datapackage.as_json(found)
    if found:  # a project without numbers has no states of them
        files["states.json"] = json.dumps(states.exported(), ensure_ascii=False) + "\n"
    files |= web_annotations.export(trail_of(root), said.address)
    files[datapackage.NAME] = datapackage.of_tables(said, corpus, frames)
    files[datapackage.README] = datapackage.readme(said, frames)
    files[FILE] = (root / FILE).read_text(encoding="utf-8")
    files[forms.BIBTEX] = forms.bibtex(said)
    for name, text in files.items():
        write(folder / name, text)
    for path in folder.iterdir():
        if path.name not in files and path.is_file():
            path.unlink()
    return [folder / name for name in files]


def exported(root: Path) -> dict[str, Table]:
    """The tables that have something in them: those of the outside record where there is one."""
    return datapackage.TABLES if checked_corpus(root).outside else tables.TABLES
