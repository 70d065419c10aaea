"""Everything to rerun the report, in one archive to hand on.

It holds the documents whole, which belong to others: so it is made by a command, and never stands
among the downloads of the pages.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from csto import files, identity
from csto.work import work

ARCHIVE = "_build/csto-rerun.zip"
#: What is needed beside what the version is made of.
PARTS = (
    *identity.PARTS,
    "Makefile",
    "README.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "environment.yml",
    "requirements-book.lock",
    "tests",
)
EPOCH = (1980, 1, 1, 0, 0, 0)  # of files in an archive, so that it is the same bytes every time


def pack(root: Path) -> Path:
    """Write the archive; returns where it is."""
    path = root / ARCHIVE
    path.parent.mkdir(exist_ok=True)
    folder = f"csto-{work(root).version}"
    write(path, {f"{folder}/{name}": root / name for name in files.inputs(root, PARTS)})
    return path


def write(archive: Path, held: dict[str, Path]) -> None:
    """Files under their names in one archive, the same bytes every time."""
    with zipfile.ZipFile(archive, "w") as packed:
        for name, path in sorted(held.items()):
            packed.writestr(zipfile.ZipInfo(name, EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED)
