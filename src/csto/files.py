"""Where the project is, what its files hash to, and how one is written: whole or not at all."""

from __future__ import annotations

import csv
import functools
import hashlib
import importlib.metadata
import io
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LANDMARK = Path("data", "codebook.yml")


def root() -> Path:
    """The project folder: the nearest one at or above, that holds ``data/codebook.yml``.

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


def read_record(path: Path) -> dict[str, Any]:
    """A record of `_build/`; empty when there is none or it is damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def digest(root: Path, patterns: Iterable[str]) -> str:
    """One hash over the files that match, names and bytes, and over what is installed."""
    total = hashlib.sha256("\n".join(_installed()).encode())
    for path in sorted({p for pattern in patterns for p in root.glob(pattern) if p.is_file()}):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@functools.cache
def _installed() -> tuple[str, ...]:
    """Name and version of every installed package: what is run with, whatever the lock says."""
    return tuple(sorted(f"{d.name}=={d.version}" for d in importlib.metadata.distributions()))


def as_csv(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as CSV, a line each, ending as on Unix."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all. Raises OSError that names the file and says what to do."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as new:
            try:
                new.write(content.encode() if isinstance(content, str) else content)
                new.flush()
                Path(new.name).chmod(0o644)
                Path(new.name).replace(path)
            except BaseException:
                Path(new.name).unlink()
                raise
    except OSError as error:
        said = f"cannot be written ({error.strerror}), make room or correct its rights"
        raise OSError(error.errno, said, str(path)) from None
