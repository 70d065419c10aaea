"""`make book`: check, bring notebooks up to date, build, say where the editions lie.

Builds from the ground up whenever anything changed, because an incremental
build of a broken tree passes; does nothing when nothing changed.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path

from csto import files, identity
from csto.book import ready, receipt
from csto.exhibits import notebooks

INPUTS = (
    *notebooks.INPUTS,
    "src/csto/**/*.py",
    "src/csto/book/web/*",
    "src/csto/paper/*.typ",
    "notebooks/*.ipynb",
    "book/**/*",
    "_config.yml",
    "_toc.yml",
    "pyproject.toml",
    "CITATION.cff",
)
EDITIONS = {"HTML": "_build/html/index.html", "PDF": "_build/pdf/csto.pdf"}
RECORD = "_build/receipt.json"  # what the editions were made of


class BuildError(RuntimeError):
    """The book was not built; its own output says why."""


def book(root: Path) -> dict[str, Path]:
    """Build the book if anything changed or an edition is missing; returns where each edition is.

    What is wrong is said before anything is executed or built. Both editions
    come from one run of Sphinx; the PDF prints the version, so a new version
    of unchanged pages counts as a change.

    Raises DataError, NotebookError, BuildError, or ValueError for a date that is none.
    """
    identity.moment(root)  # what Sphinx would stumble over after a minute is said now
    _say(f"data: {ready.checked(root).counts()}")
    executed = ready.refreshed(root)
    _say(f"notebooks: {'executed ' + ', '.join(executed) if executed else 'up to date'}")
    editions = {name: root / path for name, path in EDITIONS.items()}
    made_of = {"inputs": files.digest(root, INPUTS), "version": identity.fingerprint(root)}
    is_there = all(path.is_file() for path in editions.values())
    if is_there and files.read_record(root / RECORD) == made_of:
        _say("book: up to date")
        return editions
    _say("book: building")
    _jupyter_book(root)
    files.write(root / RECORD, json.dumps(made_of, indent=1) + "\n")
    receipt.keep(root)
    return editions


def _jupyter_book(root: Path) -> None:
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    command = [str(tool), "build", str(root), "--all", "-n", "-W", "--keep-going", "-q"]
    if subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL).returncode:
        raise BuildError("the book was not built, see above")


def _say(line: str) -> None:
    print(line, flush=True)
