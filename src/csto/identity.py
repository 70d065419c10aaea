"""Which version of the project this is, in a form that a reader can recompute."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from csto import files

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
    if _is_clean(root):
        return f"swh:1:dir:{_git(root, 'rev-parse', 'HEAD^{tree}')}"
    return f"sha256:{hashed(root, PARTS)[1]}"


def _is_clean(root: Path) -> bool:
    """Whether the files are those of the last commit, byte for byte.

    Git itself is not asked for that: it can be told to look away.
    """
    listed = _git(root, "ls-tree", "-rz", "HEAD") if _is_checkout(root) else None
    if not listed:
        return False
    lines = (line.partition("\t")[::2] for line in listed.rstrip("\0").split("\0"))
    blobs = {name: what.split()[2] for what, name in lines}
    return files.inputs(root, PARTS).keys() <= blobs.keys() and all(
        _blob(root / name) == blob for name, blob in blobs.items()
    )


def _blob(path: Path) -> str | None:
    """What git calls a file with these bytes; None where none can be read."""
    try:
        content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    except OSError:
        return None
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def _is_checkout(root: Path) -> bool:
    return _git(root, "rev-parse", "--show-cdup") == ""


def hashed(root: Path, parts: Iterable[str]) -> tuple[int, str]:
    """How many files some parts of the project have, and one hash over all of them.

    The hash is that of the lines that `sha256sum` prints for the files.
    """
    found = files.inputs(root, parts)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in found.items()
    ]
    said = "".join(lines).encode("utf-8", "surrogateescape")
    return len(found), hashlib.sha256(said).hexdigest()


def moment(root: Path) -> datetime | None:
    """When this version was made: SOURCE_DATE_EPOCH, else the last commit, else None.

    Raises ValueError when the variable holds no time.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds and _is_checkout(root):
        seconds = _committed(root)
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        raise ValueError(
            f"SOURCE_DATE_EPOCH is '{seconds}', set it to whole seconds since 1970 or unset it"
        ) from None


def _committed(root: Path) -> str | None:
    """When the last commit was made, in seconds since 1970."""
    commit = _git(root, "cat-file", "commit", "HEAD") or ""
    said = re.search(r"^committer .*> (\d+) [+-]\d{4}$", commit, re.MULTILINE)
    return said[1] if said else None


def committed(root: Path, name: str) -> str | None:
    """The text of a file as it was committed last; None where there is none."""
    return _git(root, "cat-file", "blob", f"HEAD:{name}") if _is_checkout(root) else None


def _git(root: Path, *arguments: str) -> str | None:
    """What git says; None where there is no git, no checkout or no commit.

    Asked are commands for scripts alone, whose words no setting changes, and about this folder.
    """
    around = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    around["GIT_NO_REPLACE_OBJECTS"] = "1"
    command = ["git", *arguments]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, env=around)
    except OSError:
        return None
    return None if done.returncode else done.stdout.decode("utf-8", "surrogateescape").strip()
