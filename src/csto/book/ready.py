"""Before any page: what may not be printed stops the build, and stale notebooks are executed.

Whoever starts a build, no old number gets into a page and no claim without
evidence; and what is wrong is said first, alone, and all at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.logging import getLogger

from csto import files, identity
from csto.book import gate
from csto.corpus.checks import checked_corpus
from csto.corpus.problems import DataError
from csto.corpus.reading import Corpus
from csto.exhibits import notebooks
from csto.work import work

log = getLogger(__name__)
#: Where `make book`, which has checked the files that have this hash, tells so.
CHECKED = "CSTO_CHECKED"


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_config_value("csto_inputs", "", "env")  # any changed input re-reads every page
    app.connect("config-inited", _make_ready)
    app.connect("config-inited", _keep_year, priority=900)  # after Sphinx has put in the clock's
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def checked(root: Path) -> Corpus:
    """The corpus of a project of which no page is wrong, as far as stored outputs tell.

    Raises DataError with everything that is.
    """
    if wrong := gate.problems(root, is_settled=not notebooks.stale(root)):
        raise DataError(wrong)
    return checked_corpus(root)


def refreshed(root: Path) -> list[str]:
    """Execute stale notebooks and check what they brought; returns their names.

    Raises NotebookError, or DataError with everything that is wrong now.
    """
    executed = notebooks.refresh(root)
    if executed and (wrong := gate.problems(root)):
        raise DataError(wrong)
    return executed


def _make_ready(app: Sphinx, config: Config) -> None:
    """Ends the process where the book may not be built: an exception would print its traceback."""
    if config.csto_preview is not None:  # whoever makes a preview has seen to all of this
        return
    root = Path(app.srcdir)
    try:
        if os.environ.get(CHECKED) != files.digest(root, identity.PARTS):
            checked(root)
            for name in refreshed(root):
                log.info(f"executed notebooks/{name}")
    except (DataError, OSError, RuntimeError, ValueError) as error:
        print(f"the book was not built:\n{str(error).strip()}", file=sys.stderr)
        raise SystemExit(1) from None
    config.csto_inputs = files.digest(root, identity.PARTS)


def _keep_year(app: Sphinx, config: Config) -> None:
    config.copyright = str(work(Path(app.srcdir)).date.year)
