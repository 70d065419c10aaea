"""What a copy of the book was made of: inputs by hash, packages by version, cells by notebook.

All of it is the same wherever the book is built. How long cells took is not,
so that stands beside the book (`_build/made-of.json`) and never inside.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import json
import re
import sys
from pathlib import Path
from typing import Any

from csto import identity
from csto.exhibits.notebooks import all_notebooks
from csto.files import read_record, write

#: What the book is made of, by the folders or files that hold it.
PARTS = {
    "the documents": ("seeds",),
    "what was observed in them": ("data",),
    "the package": ("src",),
    "the notebooks": ("notebooks",),
    "the pages": ("book", "_config.yml", "_toc.yml"),
    "the lock": ("requirements.lock",),
}
RECIPE = (
    "find -L {} -type f ! -name '*.pyc' ! -path '*/.*' "
    "| LC_ALL=C sort | xargs sha256sum | sha256sum"
)


def made_of(root: Path) -> dict[str, Any]:
    """Inputs, packages and cells, as plain JSON."""
    return {
        "inputs": {what: _hashed(root, parts) for what, parts in PARTS.items()},
        "python": ".".join(map(str, sys.version_info[:2])),
        "packages": _packages(),
        "cells": {path.stem: _cells(path) for path in all_notebooks(root)},
    }


def keep(root: Path) -> None:
    """Write the receipt beside the book, with the seconds that cells last took here."""
    times = {
        path.stem: read_record(path) for path in sorted((root / "_build/times").glob("*.json"))
    }
    write(
        root / "_build/made-of.json",
        json.dumps(made_of(root) | {"seconds": times}, indent=1) + "\n",
    )


def _hashed(root: Path, parts: tuple[str, ...]) -> dict[str, Any]:
    count, found = identity.hashed(root, parts)
    return {"files": count, "sha256": found}


@functools.cache
def _packages() -> dict[str, str]:
    """The packages that the project names itself, with what is installed."""
    required = importlib.metadata.requires("csto") or ()
    named = [re.split(r"[^\w.-]", line)[0] for line in required if "extra ==" not in line]
    there = {}
    for name in sorted(named):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            there[name] = importlib.metadata.version(name)
    return there


def _cells(path: Path) -> list[str]:
    """The ids of a notebook's code cells, in order."""
    return [
        cell["id"]
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
