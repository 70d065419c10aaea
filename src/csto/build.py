"""`make book`: check, bring notebooks up to date, build, say where the editions lie.

Builds from the ground up whenever anything changed, because an incremental
build of a broken tree passes; does nothing when nothing changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from csto import files, identity

FOLDERS = ("html", "pdf", "data")  # of `_build/`, which one build makes together
EDITIONS = {"HTML": "_build/html/index.html", "PDF": "_build/pdf/csto.pdf"}
OUTPUTS = ("_build/html", EDITIONS["PDF"])
RECORD = "_build/receipt.json"  # what the editions were made of, and what they are
SET_TIME = "SOURCE_DATE_EPOCH"  # which Sphinx stumbles over when it is empty
NEW = "_build/new"  # where a book is built


class BuildError(RuntimeError):
    """The book was not built; its own output says why."""


def book(root: Path) -> dict[str, Path]:
    """Build the book if it is not the one of these files; returns where each edition is.

    What is wrong is said before anything is executed or built. Both editions come from one
    run of Sphinx, beside the last book, whose place they take when all of it is made.

    Raises DataError, NotebookError, BuildError, or ValueError for a date that is none.
    """
    identity.moment(root)  # what Sphinx would stumble over after a minute is said now
    with files.alone(root):
        files.put_back(root / "_build")
        now = _made_of(root) | {"outputs": files.digest(root, OUTPUTS)}
        if files.read_record(root / RECORD) == now:
            _say("notebooks: up to date\nbook: up to date")
        else:
            _make(root)
    return {name: root / path for name, path in EDITIONS.items()}


def _made_of(root: Path) -> dict[str, str]:
    """What a book would be made of now."""
    return {
        "inputs": files.digest(root, identity.PARTS),
        "version": identity.fingerprint(root),
        "moment": str(identity.moment(root)),
    }


def _make(root: Path) -> None:
    # not above: what is up to date is so without them
    from csto.book import ready, receipt

    _say(f"data: {ready.checked(root).counts()}")
    executed = ready.refreshed(root)
    _say(f"notebooks: {'executed ' + ', '.join(executed) if executed else 'up to date'}")
    before, made_of = files.touched(root, identity.PARTS), _made_of(root)
    _say("book: building")
    try:
        _jupyter_book(root, {ready.CHECKED: made_of["inputs"]})
        if changed := files.changed(root, identity.PARTS, before):
            raise BuildError(f"{changed} changed while the book was built, build it again")
        files.put_in_place(root / NEW / "_build", root / "_build", FOLDERS)
    finally:
        shutil.rmtree(root / NEW, ignore_errors=True)
    kept = made_of | {"outputs": files.digest(root, OUTPUTS)}
    files.write(root / RECORD, json.dumps(kept, indent=1) + "\n")
    receipt.keep(root)


def _jupyter_book(root: Path, told: dict[str, str]) -> None:
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    command = [str(tool), "build", str(root), "--all", "-n", "-W", "--keep-going", "-q"]
    command += ["--path-output", str(root / NEW)]
    around = {key: value for key, value in os.environ.items() if value or key != SET_TIME}
    done = subprocess.run(
        command,
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=around | told,
        text=True,
        errors="replace",
    )
    if said := _cause(done.stderr):
        print(said, file=sys.stderr)
    if done.returncode:
        raise BuildError("the book was not built, see above")


def _cause(said: str) -> str:
    """What a tool says went wrong, without the places in its own code where it noticed."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", said)
    warnings, crashed, crash = plain.partition("Exception occurred:")
    warnings = warnings.partition("Traceback (most recent call last)")[0]
    error = crash.partition("The full traceback")[0].strip().splitlines()[-1:] if crashed else []
    return "\n".join([warnings.strip(), *error]).strip()


def _say(line: str) -> None:
    print(line, flush=True)
