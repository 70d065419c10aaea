"""Typst markup set as PDF: with fonts from packages alone, so that every machine gives the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

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
    compiler = typst.Compiler(
        folder / MARKUP, root=folder, font_paths=[fonts], ignore_system_fonts=True
    )
    how: dict[str, Any] = {"pdf_standards": "ua-1", "timestamp": identity.moment(root) or 0}
    try:
        pdf, warnings = compiler.compile_with_warnings(**how)
        if (
            warnings
        ):  # perhaps only that it takes too long until nothing moves: it goes on from there
            pdf, warnings = compiler.compile_with_warnings(
                sys_inputs={"known": _known(compiler)}, **how
            )
    except typst.TypstError as problem:
        said = problem.diagnostic or problem.message
        raise ExtensionError(f"the PDF was not made: {said}") from None
    if warnings:
        said = "\n".join(warning.diagnostic or warning.message for warning in warnings)
        raise ExtensionError(f"the PDF was not made:\n{said}")
    assert isinstance(pdf, bytes)  # as it is of one file
    files.write(folder / PDF, pdf)
    return folder / PDF


def _known(compiler: typst.Compiler) -> str:
    """What an attempt came to, as `known` of the template takes it."""
    kinds = ("floats", "used")
    said = {kind: json.loads(compiler.query(f"<{kind}>", field="value")) for kind in kinds}
    return json.dumps({kind: dict(pairs) for kind, pairs in said.items()})


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
