"""Where the project's folders are. Knows no file's content."""

from __future__ import annotations

from pathlib import Path

LANDMARK = Path("data", "codebook.yml")


def root() -> Path:
    """The project folder: the nearest one at or above the working directory
    that holds ``data/codebook.yml``.

    Notebooks run in ``notebooks/``, commands anywhere inside the project, and
    tests inside a copy of it; all of them find the folder they stand in.
    Raises FileNotFoundError outside of any project folder.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / LANDMARK).is_file():
            return folder
    raise FileNotFoundError(
        f"no {LANDMARK} in {here} or above it: run this inside the project folder"
    )
