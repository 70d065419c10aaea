"""What a reader can take away: the files, and the directive that lists them.

What of notebooks and tables may be published is `csto.book.published`.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from csto import files, identity, tables
from csto.book import contents, published, web_annotations
from csto.book.export import export
from csto.book.previewed import is_edition
from csto.exhibits import notebooks

FOLDER = "_downloads"
#: Files of other parts, where these are part of the book: module, file, name.
OTHERS = (
    ("csto.paper", f"{FOLDER}/csto.pdf", "The report as a PDF"),
    (
        web_annotations.__name__,
        web_annotations.NAME,
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
        for words, offered in _offers(Path(self.env.srcdir)):
            line = nodes.paragraph("", f"{words}: " if len(offered) > 1 else "")
            for number, (name, path) in enumerate(offered):
                line += nodes.Text(", " if number else "")
                line += nodes.reference("", name, refuri=up + path)
            items += nodes.list_item("", line)
        return [nodes.container("", items, classes=["csto-screen"])]


def _offers(root: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What is offered: in words, and the files with their names."""
    for module, path, name in OTHERS:
        if importlib.util.find_spec(module):
            yield name, [(name, path)]
    yield "The notebook of each chapter", [*_notebooks(root)]
    archive = "All tables and findings in one archive, as a data package"
    yield "The tables and findings", [(archive, f"{FOLDER}/csto-data.zip")]
    names = [*(f"{name}.csv" for name in tables.TABLES), "findings.json", "states.json"]
    names.append("datapackage.json")
    yield "Each by itself", [(name, f"{FOLDER}/data/{name}") for name in names]
    cite = [("CITATION.cff", f"{FOLDER}/CITATION.cff"), ("BibTeX", f"{FOLDER}/csto.bib")]
    yield "How to cite", cite


def _notebooks(root: Path) -> Iterator[tuple[str, str]]:
    """The notebooks in the order of the book, by their headings."""
    there = contents.files(root)
    for page in contents.contents(root).pages:
        if (path := there[page]).suffix == ".ipynb":
            yield _title(path), f"{FOLDER}/notebooks/{path.name}"


def _title(path: Path) -> str:
    """A notebook's own heading."""
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]
    return "".join(first).splitlines()[0].lstrip("# ")


# ---- the files -----------------------------------------------------------------------


def _write(app: Sphinx, error: Exception | None) -> None:
    if not is_edition(app, error):
        return
    root, folder = Path(app.srcdir), Path(app.outdir, FOLDER)
    exported = export(root, Path(app.outdir).parent / "data")
    for path in notebooks.all_notebooks(root):
        files.write(folder / "notebooks" / path.name, published.notebook(path))
    data = [folder / "data" / path.name for path in exported]
    for path, source in zip(data, exported, strict=True):
        files.write(path, published.table(source))
    _pack(data, folder / "csto-data.zip")
    shutil.copyfile(root / "CITATION.cff", folder / "CITATION.cff")
    files.write(folder / "csto.bib", _bibtex(root))


def _pack(paths: Iterable[Path], archive: Path) -> None:
    """Files in one archive, the same bytes every time."""
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(paths):
            entry = zipfile.ZipInfo(f"{archive.stem}/{path.name}", EPOCH)
            packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def _bibtex(root: Path) -> str:
    """How to cite the book, for BibTeX."""
    facts = identity.cited(root)
    fields = {
        "author": f"{{{facts['authors'][0]['name']}}}",
        "title": f"{{{facts['title']}}}",
        "year": identity.year(root),
        "note": f"Version {facts['version']}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@techreport{{csto,\n{lines}\n}}\n"
