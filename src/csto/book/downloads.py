"""What a reader can take away: the files, and the directive that lists them.

What of notebooks and tables may be published is `csto.book.published`.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from csto import files
from csto.book import contents, datapackage, forms, published, rerun, taken, web_annotations
from csto.book.export import export, exported
from csto.book.folding import details
from csto.book.previewed import is_edition
from csto.exhibits import notebooks
from csto.work import FILE, Work, work

FOLDER = "_downloads"
PDF, DATA = f"{FOLDER}/csto.pdf", f"{FOLDER}/data"
ARCHIVE, NAMED = f"{FOLDER}/csto-data.zip", "csto-data"
PAPER = "csto.paper"  # which makes the PDF, where it is part of the book
CITED = {
    FILE: "CITATION.cff",
    forms.BIBTEX: "BibTeX",
    forms.RIS: "RIS",
    forms.CODEMETA: "CodeMeta",
}
#: What files are, by suffix; no list of the machine, so that it is the same everywhere.
KINDS = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".inv": "application/octet-stream",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


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
        root, up = Path(self.env.srcdir), "../" * self.env.docname.count("/")
        items = nodes.bullet_list()
        for words, offered in _offers(root):
            line = nodes.paragraph("", f"{words}: " if len(offered) > 1 else "")
            for number, (name, path) in enumerate(offered):
                line += nodes.Text(", " if number else "")
                line += nodes.reference("", name, refuri=up + path)
            items += nodes.list_item("", line)
        single = nodes.bullet_list(
            "", *(_exhibit(one, work(root), up) for one in taken.exhibits(root))
        )
        behind = details("Each figure and table by itself, with its citation", single)
        return [nodes.container("", items, *behind, classes=["csto-screen", "csto-downloads"])]


def _exhibit(one: taken.Exhibit, cited: Work, up: str) -> nodes.list_item:
    """A chart or table: its place, its files, how to cite it."""
    line = nodes.paragraph("", "", nodes.reference("", one.title, refuri=up + one.place))
    for path in one.files:
        kind = Path(path).suffix[1:].upper()
        line += [nodes.Text(", "), nodes.reference("", kind, refuri=up + path)]
    words = nodes.paragraph("", one.citation(cited))
    return nodes.list_item("", line, words)


def _offers(root: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What is offered: in words, and the files with their names."""
    if importlib.util.find_spec(PAPER):
        yield "PDF", [("The report as a PDF", PDF)]
    yield (
        "Passages with their coding as web annotations (JSON-LD)",
        [
            ("those that are cited, with their words", web_annotations.CITED),
            ("the others, by their places", web_annotations.PLACED),
        ],
    )
    yield "The notebook of each chapter", [*_notebooks(root)]
    archive = "All tables and findings in one archive, as a data package"
    yield "The tables and findings", [(archive, ARCHIVE)]
    names = [*(f"{name}.csv" for name in exported(root)), "findings.json", "states.json"]
    names.append(datapackage.NAME)
    yield "Each by itself", [(name, f"{DATA}/{name}") for name in names]
    yield "How to cite", [(words, f"{FOLDER}/{name}") for name, words in CITED.items()]


def offered_files(root: Path) -> Iterator[tuple[str, str]]:
    """The files that the book offers, with the kind of each."""
    offered = (path for _, some in _offers(root) for _, path in some)
    return ((path, KINDS[Path(path).suffix]) for path in offered)


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
    root, site = Path(app.srcdir), Path(app.outdir)
    folder, said = site / FOLDER, work(root)
    for path in notebooks.all_notebooks(root):
        files.write(folder / "notebooks" / path.name, published.notebook(path, said))
    given = export(root, site.parent / "data")
    data = [one for one in given if one.name not in web_annotations.FILES]  # beside the pages
    for path in data:
        files.write(site / DATA / path.name, published.table(path))
    for one in taken.tables(root):
        files.write(site / one.files[0], one.csv)
    rerun.write(site / ARCHIVE, {f"{NAMED}/{p.name}": site / DATA / p.name for p in data})
    files.write(folder / FILE, forms.cff(said, (root / FILE).read_text(encoding="utf-8")))
    for name, form in forms.FORMS.items():
        files.write(folder / name, form(said))
