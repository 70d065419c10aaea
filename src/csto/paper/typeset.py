"""Typst markup set as PDF: with fonts from packages alone, so that every machine gives the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import font_source_sans_pro
import fontpkg_source_serif_4
import typst
from sphinx.errors import ExtensionError

from csto import files, identity, palette
from csto.paper.page import Sheets

TEMPLATE = Path(__file__).with_name("paper.typ")  # how the edition looks
FACES = {  # as on the web: where they lie, and which files of theirs
    fontpkg_source_serif_4.ROOT / "files": "*.ttf",
    Path(font_source_sans_pro.font_directory): "*Pro-[RIS]*[rtd].otf",
}
MARKUP, PDF = "csto.typ", "csto.pdf"


def set_pdf(folder: Path, sheets: Sheets, root: Path) -> Path:
    """Set the markup of a folder as PDF/UA, dated as the version of the project at `root`.

    Raises ExtensionError with Typst's message, a warning too.
    """
    fonts = _furnish(folder, sheets)
    try:
        pdf, warnings = typst.compile_with_warnings(
            folder / MARKUP,
            root=folder,
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=identity.moment(root) or 0,
        )
    except typst.TypstError as problem:
        said = problem.diagnostic or problem.message
        raise ExtensionError(f"the PDF was not made: {said}") from None
    if warnings:
        said = "\n".join(warning.diagnostic or warning.message for warning in warnings)
        raise ExtensionError(f"the PDF was not made:\n{said}")
    files.write(folder / PDF, pdf)
    return folder / PDF


def _furnish(folder: Path, sheets: Sheets) -> Path:
    """Put template, pictures and fonts beside the markup; returns where the fonts are."""
    shutil.copy(TEMPLATE, folder)
    shutil.copy(palette.SOURCE, folder)
    for name, picture in sheets.pictures.items():
        files.write(folder / "sheets" / name, picture)
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    for face in (path for root, files_ in FACES.items() for path in root.glob(files_)):
        shutil.copy(face, fonts)
    return fonts
