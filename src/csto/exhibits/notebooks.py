"""Bring notebooks up to date: execute the stale ones, in parallel, in place.

A notebook is stale when anything its outputs could depend on has changed since
it was last executed here: its own code and outputs, the data, the documents, the
package, the lock; not its prose. The record of that lies in `_build/`, so a fresh
clone executes everything once and finds the stored outputs reproduced.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from csto import files
from csto.exhibits import kernel

if TYPE_CHECKING:  # imported where notebooks are executed: nothing else waits a second for it
    import nbformat

#: What outputs could depend on; the wings above this one know notebooks, never the other way.
#: They depend neither on a document that is being added nor on who checked what they say.
INPUTS = (
    "data",
    "!data/drafts",
    "!data/checks",
    "seeds",
    "src/csto/*.py",
    "src/csto/palette.toml",
    "src/csto/corpus",
    "src/csto/tables",
    "src/csto/analysis",
    "src/csto/exhibits",
    "requirements.lock",
)
RECORD = "_build/notebooks.json"  # what each was executed with, by file name
TIMEOUT = 120  # seconds a cell
#: What a kernel says of itself when it starts and ends is nothing about the notebook; what cells
#: print comes another way.
QUIET = {"stderr": subprocess.DEVNULL}


class NotebookError(RuntimeError):
    """A notebook does not run; names notebook and cell."""


def all_notebooks(root: Path) -> list[Path]:
    """The book's notebooks, by name."""
    return sorted(files.inputs(root, ["notebooks/*.ipynb"]).values())


def stale(root: Path) -> list[Path]:
    """The notebooks that are to be executed again."""
    return _stale(root, files.digest(root, INPUTS))


def _stale(root: Path, common: str) -> list[Path]:
    known = files.read_record(root / RECORD)
    return [path for path in all_notebooks(root) if known.get(path.name) != _mark(path, common)]


def marks(root: Path) -> dict[str, str]:
    """By notebook, a hash of what it depends on and of what it shows, its prose left aside."""
    common = files.digest(root, INPUTS)
    return {path.name: _mark(path, common) for path in all_notebooks(root)}


def refresh(root: Path) -> list[str]:
    """Execute what is stale; returns the names of the notebooks executed.

    A notebook file is written whole or not at all, and only when something
    in it changed. Raises NotebookError with every failure, or when what they depend on
    changed meanwhile, even if it was changed back.
    """
    before, common = files.touched(root, INPUTS), files.digest(root, INPUTS)
    paths = _stale(root, common)
    if paths:
        files.own_code(root)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        failures = dict(zip(paths, pool.map(execute, paths), strict=True))
    if paths and (changed := files.changed(root, INPUTS, before)):
        raise NotebookError(f"{changed} changed while notebooks were executed, start again")
    done = [path for path, failure in failures.items() if not failure]
    if done:
        now = files.read_record(root / RECORD) | {path.name: _mark(path, common) for path in done}
        files.write(root / RECORD, json.dumps(now, indent=1) + "\n")
    if said := [failure for failure in failures.values() if failure]:
        raise NotebookError("\n".join(said))
    return [path.name for path in done]


def execute(path: Path) -> str | None:
    """Run one notebook and store its normalised outputs; returns what failed."""
    try:
        _execute(path)
    except NotebookError as error:
        return f"notebooks/{path.name}: {error}"
    except OSError as error:
        return f"notebooks/{path.name}: {error.strerror}"
    except Exception as error:  # whatever one notebook does, the others go on
        said = str(error).strip() or "no more is known"
        return f"notebooks/{path.name}: {type(error).__name__}: {said}, correct it"
    return None


def _execute(path: Path) -> None:
    import nbformat

    before = path.read_bytes()
    notebook = _whole(path, before)
    _run(path, notebook)
    _keep_times(path, notebook)
    normalise(notebook)
    write: Callable[..., str] = nbformat.writes
    after = write(notebook).rstrip("\n") + "\n"
    if path.read_bytes() != before:  # somebody's work, never to be written over
        raise NotebookError("was saved while it was executed, start again")
    if after.encode() != before:
        files.write(path, after)


def _run(path: Path, notebook: nbformat.NotebookNode) -> None:
    """Execute all cells. Raises NotebookError that names the one that fails."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    folder = {"metadata": {"path": str(path.parent)}}
    try:
        with kernel.closed() as (manager, around):
            client = NotebookClient(notebook, km=manager, timeout=TIMEOUT, resources=folder)
            client.execute(**QUIET, env=around)
    except CellExecutionError as error:
        failed = next(cell.id for cell in notebook.cells if _fails(cell))
        said = f"cell {failed}: {error.ename}: {error.evalue}, correct the cell"
        raise NotebookError(said) from None


def _fails(cell: nbformat.NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", ()))


def _whole(path: Path, raw: bytes) -> nbformat.NotebookNode:
    """The notebook in a file. Raises NotebookError when it is damaged or has nothing to run."""
    import nbformat

    try:
        read: Callable[..., nbformat.NotebookNode] = nbformat.reads
        notebook = read(raw.decode("utf-8"), as_version=4)
        nbformat.validate(notebook)
    except Exception:  # each way of being damaged has its own error
        raise NotebookError(
            f"is no whole notebook, restore it: git checkout notebooks/{path.name}"
        ) from None
    if not any(cell.cell_type == "code" for cell in notebook.cells):
        raise NotebookError("has no code cell, add one or take it out of the book")
    return notebook


def _keep_times(path: Path, notebook: nbformat.NotebookNode) -> None:
    """Write down how long each cell took, in seconds: beside the book, since no two runs agree."""
    seconds = {}
    for cell in notebook.cells:
        times = cell.metadata.get("execution", {})
        begun, ended = times.get("iopub.execute_input"), times.get("shell.execute_reply")
        if begun and ended:
            took = datetime.fromisoformat(ended) - datetime.fromisoformat(begun)
            seconds[cell.id] = round(took.total_seconds(), 2)
    record = path.parents[1] / "_build/times" / f"{path.stem}.json"
    files.write(record, json.dumps(seconds, indent=1) + "\n")


def normalise(notebook: nbformat.NotebookNode) -> None:
    """Keep only what is the same on every machine."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.metadata["tags"] = sorted({*cell.metadata.get("tags", ()), "hide-input"})


def _mark(path: Path, common: str) -> str:
    """A hash of what a notebook depends on and of what it shows: all of it but its prose."""
    raw = path.read_bytes()
    with contextlib.suppress(ValueError, KeyError, TypeError):  # a damaged one counts as it is
        notebook = json.loads(raw)
        notebook["cells"] = [c for c in notebook["cells"] if c["cell_type"] != "markdown"]
        raw = json.dumps(notebook, sort_keys=True).encode()
    return hashlib.sha256(common.encode() + raw).hexdigest()
