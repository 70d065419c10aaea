"""The PDF edition: the book's doctrees, written as Typst, set by Typst.

Runs at the end of an HTML build, on the pages that the build has just read,
so that both editions say the same, whoever starts the build. The result is
`_build/pdf/csto.pdf`, and a copy in `_build/html/_downloads/` to link to.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import ExtensionError

from csto import identity
from csto.paper.markup import PAGE, Page, Sheets, string

TEMPLATE = Path(__file__).with_name("paper.typ")
FACES = ("Regular", "It", "Semibold", "SemiboldIt")  # of Source Sans; the text face is Typst's own
OPENING = "In brief"  # the first page has the book's title, which stands on the title page already


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


def _choose_outputs(app: Sphinx, config: Any) -> None:
    """Of what a cell shows, paper takes the same as the HTML page."""
    kinds = ("text/html", "image/svg+xml", "text/markdown", "text/plain")
    config.nb_mime_priority_overrides = [
        *config.nb_mime_priority_overrides,
        *((PaperBuilder.name, kind, 20 + i) for i, kind in enumerate(kinds)),
    ]


def _make(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    root = Path(app.srcdir)
    folder = root / "_build/pdf"
    with _paper(app):
        sheets = Sheets()
        (folder / "sheets").mkdir(parents=True, exist_ok=True)
        (folder / "csto.typ").write_text(_book(app, root, sheets), encoding="utf-8")
    pdf = compile_(folder, sheets, root)
    download = Path(app.outdir, "_downloads")
    download.mkdir(exist_ok=True)
    shutil.copy(pdf, download)


@contextmanager
def _paper(app: Sphinx) -> Iterator[None]:
    """For a while, references are resolved for paper."""
    before, app.builder = app.builder, app.create_builder(PaperBuilder.name)
    try:
        yield
    finally:
        app.builder = before


def compile_(folder: Path, sheets: Sheets, root: Path) -> Path:
    """Set `csto.typ` in a folder as PDF/UA; raises ExtensionError with Typst's message.

    Fonts come from packages alone and pictures from the pages, so that the
    same input gives the same bytes on every machine.
    """
    shutil.copy(TEMPLATE, folder)
    for name, picture in sheets.pictures.items():
        (folder / "sheets" / name).write_bytes(picture)
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    for face in FACES:
        shutil.copy(Path(font_source_sans_pro.font_directory, f"SourceSansPro-{face}.otf"), fonts)
    try:
        pdf, warnings = typst.compile_with_warnings(
            folder / "csto.typ",
            root=folder,
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=identity.moment(root) or 0,
        )
    except typst.TypstError as problem:
        raise ExtensionError(
            f"the PDF was not made: {problem.diagnostic or problem.message}"
        ) from None
    if warnings:
        raise ExtensionError(
            "the PDF was not made:\n" + "\n".join(w.diagnostic or w.message for w in warnings)
        )
    out = folder / "csto.pdf"
    out.write_bytes(pdf)
    return out


# ---- the whole book ------------------------------------------------------------------


def _book(app: Sphinx, root: Path, sheets: Sheets) -> str:
    return (
        _front(app, root)
        + _page(app, app.config.root_doc, sheets, "")
        + "".join(_parts(app, sheets))
    )


def _parts(app: Sphinx, sheets: Sheets) -> Iterator[str]:
    """Parts as `_toc.yml` has them: the first one's chapters are numbered, later ones are appendices."""
    trees = app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree)
    for number, tree in enumerate(trees):
        yield f"\n#part({string(tree.get('caption') or '')}, new: {'true' if number < 2 else 'false'})\n"
        for docname in tree["includefiles"]:
            yield from _pages(app, docname, sheets, "A" if number else "1")


def _pages(
    app: Sphinx, docname: str, sheets: Sheets, heading: str, depth: int = 0
) -> Iterator[str]:
    """A page and the pages under it, which are its sections."""
    yield _page(app, docname, sheets, heading, depth)
    for under in app.env.toctree_includes.get(docname, ()):
        yield from _pages(app, under, sheets, heading, depth + 1)


def _page(app: Sphinx, docname: str, sheets: Sheets, heading: str, depth: int = 0) -> str:
    tree = app.env.get_doctree(docname)
    app.env.apply_post_transforms(tree, docname)
    if not heading:
        next(tree.findall(nodes.title)).children = [nodes.Text(OPENING)]
    entries = (
        node["ids"][0].startswith("ev-") for node in tree.findall(nodes.paragraph) if node["ids"]
    )
    is_index = "csto-index" in app.env.metadata[docname] or any(entries)
    markup = Page(
        docname, app.env.toc_fignumbers.get(docname, {}), sheets, heading, is_index, depth
    ).write(tree)
    return f"\n#appendix[{markup}]\n" if heading == "A" else markup


def _front(app: Sphinx, root: Path) -> str:
    """The call of the template, with what the title page and the imprint say."""
    cited = identity.cited(root)
    moment, mark = identity.moment(root), identity.fingerprint(root)
    facts = {
        "title": cited["title"],
        "abstract": " ".join(cited["abstract"].split()),
        "version": str(cited["version"]),
        "author": app.config.author,
        "year": app.config.copyright,
        "language": app.config.language,
        "fingerprint": mark,
        "date": moment and {"year": moment.year, "month": moment.month, "day": moment.day},
        "terms": app.config.html_theme_options.get("extra_footer", "").strip(),
    }
    return f'#import "paper.typ": *\n#show: book.with(json(bytes({string(json.dumps(facts))})))\n'
