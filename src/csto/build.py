"""`make book`: check, bring notebooks up to date, build, say where the book lies.

Builds from the ground up whenever anything changed, because an incremental
build of a broken tree passes; does nothing when nothing changed.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path

from csto import notebooks
from csto.checks import checked_corpus

INPUTS = (*notebooks.INPUTS, "src/csto/web/*", "notebooks/*.ipynb", "book/**/*", "_config.yml", "_toc.yml", "pyproject.toml", "CITATION.cff")


class BuildError(RuntimeError):
    """The book was not built; its own output says why."""


def book(root: Path) -> Path:
    """Build the HTML book if anything changed; returns its first page.

    Raises DataError, NotebookError or BuildError.
    """
    index, receipt = root / "_build/html/index.html", root / "_build/receipt.json"
    corpus = checked_corpus(root)
    _say(f"data: {corpus.counts()}")
    executed = notebooks.refresh(root)
    _say(f"notebooks: {'executed ' + ', '.join(executed) if executed else 'up to date'}")
    inputs = notebooks.digest(root, INPUTS)
    if index.is_file() and notebooks.read_record(receipt).get("inputs") == inputs:
        _say("book: up to date")
        return index
    _say("book: building")
    _jupyter_book(root)
    notebooks.write(receipt, json.dumps({"inputs": inputs}, indent=1) + "\n")
    return index


def _jupyter_book(root: Path) -> None:
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    command = [str(tool), "build", str(root), "--all", "-n", "-W", "--keep-going", "-q"]
    if subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL).returncode:
        raise BuildError("the book was not built, see above")


def _say(line: str) -> None:
    print(line, flush=True)
