"""Which version of the project this is, in a form that a reader can recompute."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

PARTS = (
    "CITATION.cff",
    "_config.yml",
    "_toc.yml",
    "book",
    "data",
    "notebooks",
    "pyproject.toml",
    "requirements.lock",
    "seeds",
    "src",
)


def fingerprint(root: Path) -> str:
    """`swh:1:dir:…` of a clean checkout, `sha256:…` of any other folder.

    The first is the tree that `git rev-parse HEAD^{tree}` names; the second is
    over the lines that `sha256sum` prints for the files of PARTS, sorted by
    name in the C locale.
    """
    if _git(root, "rev-parse", "--show-cdup") == "" and _git(root, "status", "--porcelain") == "":
        return f"swh:1:dir:{_git(root, 'rev-parse', 'HEAD^{tree}')}"
    return f"sha256:{hashed(root, PARTS)[1]}"


def hashed(root: Path, parts: Iterable[str]) -> tuple[int, str]:
    """How many files some parts of the project have, and one hash over all of them.

    The hash is that of the lines that `sha256sum` prints for the files.
    """
    names = _files(root, parts)
    lines = [
        f"{hashlib.sha256((root / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    ]
    return len(names), hashlib.sha256("".join(lines).encode()).hexdigest()


def moment(root: Path) -> datetime | None:
    """When this version was made: SOURCE_DATE_EPOCH, else the last commit, else None.

    Raises ValueError when the variable holds no time.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds and _git(root, "rev-parse", "--show-cdup") == "":
        seconds = _git(root, "log", "-1", "--format=%ct")
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        raise ValueError(
            f"SOURCE_DATE_EPOCH is '{seconds}', set it to whole seconds since 1970 or unset it"
        ) from None


def cited(root: Path) -> dict[str, Any]:
    """What CITATION.cff says."""
    facts: dict[str, Any] = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return facts


def citation(root: Path) -> str:
    """How to cite the book, in a line."""
    facts = cited(root)
    author = facts["authors"][0]["name"]
    return (
        f"{author[0].upper()}{author[1:]}. {facts['title']}, version {facts['version']}. CC BY 4.0."
    )


def _files(root: Path, parts: Iterable[str]) -> list[str]:
    """The files of some parts, sorted by name in the C locale; none compiled, none hidden."""
    found = [
        path
        for part in parts
        for path in (root / part, *(root / part).rglob("*"))
        if path.is_file()
    ]
    names = (path.relative_to(root).as_posix() for path in found if path.suffix != ".pyc")
    return sorted((name for name in names if "/." not in name), key=str.encode)


def _git(root: Path, *arguments: str) -> str | None:
    """What git says; None where there is no git, no checkout or no commit."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
    except OSError:
        return None
    return None if done.returncode else done.stdout.strip()
