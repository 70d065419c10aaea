"""Lines `<!-- csto: evidence -->` in pages, filled with what `csto.book.pages` makes of data."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from csto.book.pages import PARTS
from csto.book.trail import trail_of

CALL = re.compile(r"^<!-- csto: (\S*) ?(.*?) ?-->$", re.MULTILINE)


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("source-read", _fill)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _fill(app: Sphinx, docname: str, source: list[str]) -> None:
    if docname.startswith("book/"):
        trail = trail_of(Path(app.srcdir))
        source[0] = CALL.sub(lambda call: PARTS[call[1]](trail, call[2]), source[0])
