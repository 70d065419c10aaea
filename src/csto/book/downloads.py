"""What a reader can take away: the files, and the directive that lists them.

What is published holds no passage that the book does not print: the tables
leave the documents' words out, and notebooks the outputs that hold them.
`make data` writes the tables in full.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from csto import files, identity, tables
from csto.book import export
from csto.exhibits import notebooks

FOLDER = "_downloads"
WORDS = {"extracts": "quote", "facts": "value"}  # columns that repeat the documents' words
#: Files of other modules, where these are part of the book: module, file, name.
OTHERS = (
    ("csto.paper", f"{FOLDER}/csto.pdf", "The report as a PDF"),
    (
        "csto.book.web_annotations",
        "annotations.jsonld",
        "The passages with their coding as web annotations (JSON-LD)",
    ),
)
EPOCH = (1980, 1, 1, 0, 0, 0)  # of files in the archive, so that it is the same bytes every time


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_directive("csto-downloads", Downloads)
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


# ---- the list ------------------------------------------------------------------------


class Downloads(SphinxDirective):
    """A list of everything to take away; on the screen only."""

    def run(self) -> list[nodes.Node]:
        """The list, in a container that paper leaves out."""
        up = "../" * self.env.docname.count("/")
        items = nodes.bullet_list()
        for words, files in _offers(Path(self.env.srcdir)):
            line = nodes.paragraph("", f"{words}: " if len(files) > 1 else "")
            for number, (name, path) in enumerate(files):
                line += nodes.Text(", " if number else "")
                line += nodes.reference("", name, refuri=up + path)
            items += nodes.list_item("", line)
        return [nodes.container("", items, classes=["csto-screen"])]


def _offers(root: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What is offered: in words, and the files with their names."""
    for module, path, name in OTHERS:
        if importlib.util.find_spec(module):
            yield name, [(name, path)]
    order = (root / "_toc.yml").read_text(encoding="utf-8")
    chapters = sorted(
        notebooks.all_notebooks(root), key=lambda path: order.find(f"notebooks/{path.stem}")
    )
    yield (
        "The notebook of each chapter",
        [(_title(path), f"{FOLDER}/notebooks/{path.name}") for path in chapters],
    )
    yield (
        "The tables and findings",
        [("All tables and findings in one archive, as a data package", f"{FOLDER}/csto-data.zip")],
    )
    names = [*(f"{name}.csv" for name in tables.TABLES), "findings.json", "datapackage.json"]
    yield "Each by itself", [(name, f"{FOLDER}/data/{name}") for name in names]
    yield (
        "How to cite",
        [("CITATION.cff", f"{FOLDER}/CITATION.cff"), ("BibTeX", f"{FOLDER}/csto.bib")],
    )


def _title(path: Path) -> str:
    """A notebook's own heading."""
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]
    return "".join(first).splitlines()[0].lstrip("# ")


# ---- the files -----------------------------------------------------------------------


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    root, folder = Path(app.srcdir), Path(app.outdir, FOLDER)
    for path in notebooks.all_notebooks(root):
        files.write(folder / "notebooks" / path.name, _published_notebook(path))
    for path in export.export(root):
        files.write(folder / "data" / path.name, _published_table(path))
    with zipfile.ZipFile(folder / "csto-data.zip", "w") as archive:
        for path in sorted((folder / "data").iterdir()):
            archive.writestr(
                zipfile.ZipInfo(f"csto-data/{path.name}", EPOCH),
                path.read_bytes(),
                zipfile.ZIP_DEFLATED,
            )
    shutil.copyfile(root / "CITATION.cff", folder / "CITATION.cff")
    files.write(folder / "csto.bib", _bibtex(root))


def _published_notebook(path: Path) -> str:
    """A notebook without the outputs that the book does not show."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        hidden = {"remove-cell", "remove-output"} & set(cell["metadata"].get("tags", ()))
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                o
                for o in cell["outputs"]
                if not hidden and set(o.get("data", ())) != {"text/plain"}
            ]
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _published_table(path: Path) -> str:
    """A table, or the descriptor of all, without the columns that repeat the documents' words."""
    text = path.read_text(encoding="utf-8")
    if path.name == "datapackage.json":
        package = json.loads(text)
        for resource in package["resources"]:
            fields = resource.get("schema", {}).get("fields", [])
            fields[:] = [each for each in fields if each["name"] != WORDS.get(resource["name"])]
        return json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    if (column := WORDS.get(path.stem)) is None or path.suffix != ".csv":
        return text
    rows = list(csv.reader(io.StringIO(text)))
    at, out = rows[0].index(column), io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([*row[:at], *row[at + 1 :]] for row in rows)
    return out.getvalue()


def _bibtex(root: Path) -> str:
    facts = identity.cited(root)
    year = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["copyright"]
    return (
        f"@techreport{{csto,\n  author = {{{{{facts['authors'][0]['name']}}}}},\n  title = {{{{{facts['title']}}}}},\n"
        f"  year = {{{year}}},\n  note = {{Version {facts['version']}}}\n}}\n"
    )
