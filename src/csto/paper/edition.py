"""The PDF edition: the book's doctrees, written as Typst, set by Typst.

Runs at the end of an HTML build, on the pages that the build has just read,
so that both editions say the same, whoever starts the build. The result is
`pdf/csto.pdf` beside the pages, and a copy in their `_downloads/` to link to.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config

from csto import files, identity
from csto.book.charts import PUBLIC
from csto.book.marks import TIED
from csto.book.previewed import is_edition
from csto.corpus.checks import checked_corpus
from csto.corpus.outside import MARK
from csto.paper.exhibits import APPENDIX
from csto.paper.page import PAGE, Page, Sheets
from csto.paper.record import ATTACHED, seal, seal_folder
from csto.paper.syntax import string
from csto.paper.typeset import MARKUP, set_pdf
from csto.work import work

OPENING = "In brief"  # the first page has the book's title, which stands on the title page already
KINDS = ("text/html", "image/svg+xml", "text/markdown", "text/plain")  # best first


class PaperBuilder(Builder):
    """Resolves references for paper: all pages are in one document."""

    name, format = "csto-paper", "typst"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """How a page is addressed."""
        return PAGE + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """The same from everywhere."""
        return PAGE + to


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_builder(PaperBuilder)
    app.connect("config-inited", _choose_outputs)
    app.connect("build-finished", _make)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _choose_outputs(app: Sphinx, config: Config) -> None:
    """Of what a cell shows, paper takes the same as the HTML page."""
    ranks = [(PaperBuilder.name, kind, 20 + rank) for rank, kind in enumerate(KINDS)]
    config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, *ranks]


def _make(app: Sphinx, error: Exception | None) -> None:
    if not is_edition(app, error):
        return
    folder, sheets = Path(app.outdir).parent / "pdf", Sheets()
    with _paper(app):
        files.write(folder / MARKUP, _book(app, sheets))
    pdf = set_pdf(folder, sheets, Path(app.srcdir))
    download = Path(app.outdir, "_downloads")
    download.mkdir(exist_ok=True)
    data = download / "data"  # as it may be published
    seal(pdf, {name: (data / name).read_bytes() for name in ATTACHED if (data / name).is_file()})
    shutil.copy(pdf, download)
    seal_folder(download)


@contextmanager
def _paper(app: Sphinx) -> Iterator[None]:
    """For a while, references are resolved for paper."""
    before, app.builder = app.builder, app.create_builder(PaperBuilder.name)
    try:
        yield
    finally:
        app.builder = before


# ---- the whole book ------------------------------------------------------------------


def _book(app: Sphinx, sheets: Sheets) -> str:
    opening = _page(app, app.config.root_doc, sheets, "")
    return _front(app) + opening + "".join(_parts(app, sheets))


def _front(app: Sphinx) -> str:
    """The call of the template, with what the title page and the imprint say."""
    root = Path(app.srcdir)
    cited, moment = work(root), identity.moment(root)
    facts = {
        "title": cited.title,
        "abstract": cited.abstract,
        "version": cited.version,
        "author": cited.names,
        "year": str(cited.date.year),
        "language": app.config.language,
        "fingerprint": identity.fingerprint(root),
        "date": moment and {"year": moment.year, "month": moment.month, "day": moment.day},
        "letters": _letters(root),
        "terms": app.config.html_theme_options.get("extra_footer", "").strip(),
    }
    return f'#import "paper.typ": *\n#show: book.with(json(bytes({string(json.dumps(facts))})))\n'


def _letters(root: Path) -> list[tuple[str, str]]:
    """What a key begins with, and of what it is a passage or a row then."""
    corpus = checked_corpus(root)
    letters = [(source.mark, source.label.replace(" ", TIED)) for source in corpus.sources]
    return [*letters, (MARK, PUBLIC.replace(" ", TIED))] if corpus.outside else letters


def _parts(app: Sphinx, sheets: Sheets) -> Iterator[str]:
    """Parts as `_toc.yml` has them.

    Chapters of the first are numbered, later ones are appendices.
    """
    trees = app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree)
    for number, tree in enumerate(trees):
        is_new = "true" if number < 2 else "false"
        yield f"\n#part({string(tree.get('caption') or '')}, new: {is_new})\n"
        for docname in tree["includefiles"]:
            yield from _pages(app, docname, sheets, APPENDIX if number else "1")


def _pages(
    app: Sphinx, docname: str, sheets: Sheets, heading: str, under: int = 0
) -> Iterator[str]:
    """A page and the pages under it, which are its sections."""
    yield _page(app, docname, sheets, heading, under)
    for below in app.env.toctree_includes.get(docname, ()):
        yield from _pages(app, below, sheets, heading, under + 1)
    yield "" if under else "\n#chapter-ends\n"


def _page(app: Sphinx, docname: str, sheets: Sheets, heading: str, under: int = 0) -> str:
    tree = app.env.get_doctree(docname)
    app.env.apply_post_transforms(tree, docname)
    if not heading:
        next(tree.findall(nodes.title)).children = [nodes.Text(OPENING)]
    numbers = app.env.toc_fignumbers.get(docname, {})
    is_index = "csto-index" in app.env.metadata[docname] or _has_entries(tree)
    return Page(docname, numbers, sheets, heading, is_index, under).write(tree)


def _has_entries(tree: nodes.document) -> bool:
    """Whether a page is the place of passages."""
    named = (node["ids"] for node in tree.findall(nodes.paragraph))
    return any(ids and ids[0].startswith("ev-") for ids in named)
