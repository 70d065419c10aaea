"""The built book as a research object: an RO-Crate 1.2 of its files and of the run that made them.

The run is told as a Process Run Crate does: an action whose instruments are the notebooks with the
packages by version, whose objects are the inputs by hash (`csto.book.receipt`), and whose results
are both editions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils.nodes import make_id
from sphinx.application import Sphinx

from csto import files, identity
from csto.book import datapackage, downloads, forms, receipt
from csto.book.previewed import is_edition
from csto.work import Work, licence_address, work

NAME = "ro-crate-metadata.json"
VERSION = "https://w3id.org/ro/crate/1.2"
TERMS = f"{VERSION}/context"  # what words mean in it
PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
RUN, PYTHON, STATE = "#run", "#python", "#state"
CODE = ".ipynb"  # what was executed, among the files
#: What the files of a folder are.
FOLDERS = {
    "_downloads": "Something to take away",
    "_static": "A style, script or font of the pages",
    "book": "A page of the report",
    "notebooks": "A chapter of the report",
}
ANY = "application/octet-stream"  # a kind of file that nothing more is known of
Node = dict[str, Any]


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("build-finished", _write, priority=900)  # when all files are there
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _write(app: Sphinx, error: Exception | None) -> None:
    if is_edition(app, error):
        folder = Path(app.outdir)
        files.write(folder / NAME, crate(work(Path(app.srcdir)), Path(app.srcdir), folder))


def crate(work: Work, root: Path, folder: Path) -> str:
    """The description of a folder of pages and downloads, built from the project at `root`."""
    held, made_of = list(_files(folder)), receipt.made_of(root)
    nodes = [
        _descriptor(),
        _root(work, root, held),
        _state(root),
        *_people(work),
        *map(_licence, dict.fromkeys((work.licence, work.code_licence))),
        _profile(),
        _python(made_of),
        _run(work, made_of, held),
        *_inputs(made_of),
        *(_instrument(work, made_of, one) if one["@id"].endswith(CODE) else one for one in held),
    ]
    return datapackage.as_json({"@context": TERMS, "@graph": nodes})


def _descriptor() -> Node:
    about = {"conformsTo": {"@id": VERSION}, "about": {"@id": "./"}}
    return {"@id": NAME, "@type": "CreativeWork", **about}


def _root(work: Work, root: Path, held: list[Node]) -> Node:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": work.title,
        "description": work.abstract,
        "version": work.version,
        "datePublished": work.date.isoformat(),
        "license": {"@id": licence_address(work.licence)},
        "author": _refer(_people(work)),
        "publisher": _refer(_people(work)),
        "identifier": {"@id": STATE},
        "conformsTo": {"@id": PROCESS},
        "hasPart": _refer(held),
        "mentions": {"@id": RUN},
        **({"url": work.address, "cite-as": work.address} if work.address else {}),
    }


def _state(root: Path) -> Node:
    """Which state of the project it was built from, so that a reader can recompute it."""
    kind, value = "fingerprint of the project", identity.fingerprint(root)
    return {"@id": STATE, "@type": "PropertyValue", "name": kind, "value": value}


def _people(work: Work) -> list[Node]:
    return [{"@id": f"#{make_id(one.name)}", **forms.maker(one)} for one in work.authors]


def _licence(name: str) -> Node:
    what = f"The licence that the SPDX list calls {name}."
    return {
        "@id": licence_address(name),
        "@type": "CreativeWork",
        "name": name,
        "description": what,
    }


def _profile() -> Node:
    kinds = ["CreativeWork", "Profile"]
    return {"@id": PROCESS, "@type": kinds, "name": "Process Run Crate", "version": "0.5"}


def _python(made_of: Node) -> Node:
    return {
        "@id": PYTHON,
        "@type": "ComputerLanguage",
        "name": "Python",
        "version": made_of["python"],
        "url": "https://www.python.org/",
    }


def _run(work: Work, made_of: Node, held: list[Node]) -> Node:
    """What was done: every notebook was executed on the inputs, and both editions were built."""
    results = [one for one in held if one["@id"] in ("index.html", downloads.PDF)]
    return {
        "@id": RUN,
        "@type": "CreateAction",
        "name": "Build of the book",
        "description": "Notebooks were executed cell by cell, in order, and the pages were built.",
        "actionStatus": "http://schema.org/CompletedActionStatus",
        "agent": _refer(_people(work)),
        "instrument": _refer(one for one in held if one["@id"].endswith(CODE)),
        "object": _refer(_inputs(made_of)),
        "result": _refer(results),
    }


def _instrument(work: Work, made_of: Node, file: Node) -> Node:
    """A notebook, with the packages that it was executed with."""
    packages = [f"{name} {version}" for name, version in made_of["packages"].items()]
    cells = len(made_of["cells"].get(Path(file["@id"]).stem, ()))
    return file | {
        "@type": ["File", "SoftwareSourceCode"],
        "description": f"A chapter as a notebook, of which {cells} cells were executed.",
        "license": {"@id": licence_address(work.code_licence)},
        "programmingLanguage": {"@id": PYTHON},
        "version": work.version,
        "softwareRequirements": packages,
    }


def _inputs(made_of: Node) -> list[Node]:
    """What went in, by the hash over its files that the receipt's page explains."""
    return [
        {
            "@id": f"#input-{make_id(what)}",
            "@type": "CreativeWork",
            "name": what,
            "description": f"{part['files']} files; the hash is over the list of their hashes.",
            "sha256": part["sha256"],
        }
        for what, part in made_of["inputs"].items()
    ]


def _files(folder: Path) -> Iterator[Node]:
    """The files of the book in order, with kind, size and hash."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.name.startswith(".") and name != NAME:
            content = path.read_bytes()
            yield {
                "@id": name,
                "@type": "File",
                "name": path.name,
                "description": f"{FOLDERS.get(name.split('/')[0], 'A file of the report')}.",
                "encodingFormat": downloads.KINDS.get(path.suffix, ANY),
                "contentSize": str(len(content)),
                "sha256": hashlib.sha256(content).hexdigest(),
            }


def _refer(nodes: Iterable[Node]) -> Any:
    """References to nodes; a single one stands by itself, as the specification has it."""
    found = [{"@id": node["@id"]} for node in nodes]
    return found[0] if len(found) == 1 else found
