"""Where the project is, which files it is made of, and how one is written: whole or not at all."""

from __future__ import annotations

import csv
import fcntl
import functools
import hashlib
import io
import json
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LANDMARK = Path("data", "codebook.yml")
FORMULA = re.compile(r"[=+@\t\r-](?!\d+(\.\d+)?$)")
ASIDE = "replaced"  # in `_build/`, for a moment: folders that new ones take the place of


def root() -> Path:
    """The project folder: the nearest one at or above, that holds ``data/codebook.yml``.

    Notebooks run in ``notebooks/``, commands anywhere inside the project, and
    tests inside a copy of it; all of them find the folder they stand in.
    Raises FileNotFoundError outside of any project folder.
    """
    return _above(Path.cwd())


@functools.cache
def _above(here: Path) -> Path:
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


def inputs(root: Path, parts: Iterable[str]) -> dict[str, Path]:
    """The files of some parts of the project, by name, sorted as in the C locale.

    A part is a file, a folder or a pattern of them; one that begins with a `!` is left out of the
    others. Links are followed, to folders too. What is hidden, compiled or left by an editor is
    no input.
    """
    taken = list(parts)
    out = tuple(part[1:] for part in taken if part.startswith("!"))
    found = {}
    for path in {path for part in taken if part[0] != "!" for path in root.glob(part)}:
        for file in _walk(path, frozenset()) if path.is_dir() else [path]:
            if file.is_file() and not _is_left(file.name):
                found[file.relative_to(root).as_posix()] = file
    kept = (name for name in found if not any(name.startswith(f"{part}/") for part in out))
    return {name: found[name] for name in sorted(kept, key=os.fsencode)}


def _walk(folder: Path, above: frozenset[str]) -> Iterator[Path]:
    """The files under a folder; a link to a folder above itself is not followed."""
    here = os.path.realpath(folder)
    if here in above:
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)  # which says of a link to itself that it is no folder
            if path.is_dir() and not _is_left(entry.name):
                yield from _walk(path, above | {here})
            elif not path.is_dir():
                yield path


def _is_left(name: str) -> bool:
    """Whether a file or folder is hidden, compiled or an editor's own."""
    return name == "__pycache__" or name.startswith((".", "#")) or name.endswith(("~", ".pyc"))


def digest(root: Path, parts: Iterable[str]) -> str:
    """One hash over some parts, names and bytes, and over what is installed."""
    total = hashlib.sha256("\n".join(_installed()).encode())
    for name, path in inputs(root, parts).items():
        total.update(os.fsencode(f"{name}\0"))
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def touched(root: Path, parts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """When the files of some parts were last written, which their bytes do not tell."""
    states = ((name, path.stat()) for name, path in inputs(root, parts).items())
    return {name: (s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for name, s in states}


def changed(root: Path, parts: Iterable[str], before: dict[str, tuple[int, ...]]) -> str:
    """The names of the files that were written, made or removed since."""
    after = touched(root, parts)
    return ", ".join(
        name for name in sorted({*before, *after}) if before.get(name) != after.get(name)
    )


@functools.cache
def _installed() -> tuple[str, ...]:
    """Python, and name and version of every package: what is run with, whatever the lock says."""
    places = [Path(place) for place in sys.path if Path(place).is_dir()]
    packages = {path.stem for place in places for path in place.glob("*.dist-info")}
    return (".".join(map(str, sys.version_info[:2])), *sorted(packages))


def own_code(root: Path) -> None:
    """Raises RuntimeError when other code runs than that which lies in the project."""
    running, own = Path(__file__).resolve().parent, root / "src/csto"
    if own.is_dir() and running != own.resolve():
        raise RuntimeError(
            f"the code that runs lies in {running} and not in {own}, "
            "run make in the project's folder"
        )


def as_csv(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as CSV, a line each, ending as on Unix; no cell is a formula to a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_as_said(cell) for cell in row] for row in rows)
    return out.getvalue()


def _as_said(cell: Any) -> Any:
    """A cell with an apostrophe before what would begin a formula; a number begins none."""
    return f"'{cell}" if FORMULA.match(str(cell)) else cell


def quoted(value: str) -> str:
    """A text as YAML that reads back as the same, in quotes where it needs some."""
    plain = re.fullmatch(r"[a-z][a-z-]*\w", value)
    return value if plain else json.dumps(value, ensure_ascii=False)


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


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Nobody else builds this project meanwhile; who comes second says so and waits."""
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("waiting: this project is being built already", file=sys.stderr, flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def put_in_place(new: Path, place: Path, names: Iterable[str]) -> None:
    """Folders of `new` take the place of those in `place`, all of them or none.

    Whoever is killed between two of them leaves the old ones aside, for `put_back`.
    """
    aside, moved = place / ASIDE, list[tuple[Path, Path]]()
    aside.mkdir(parents=True)
    with _uninterrupted():
        try:
            for name in names:
                for old, there in ((place / name, aside / name), (new / name, place / name)):
                    if old.exists():
                        old.rename(there)
                        moved.append((old, there))
        except OSError:
            for old, there in reversed(moved):
                there.rename(old)
            raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def put_back(place: Path) -> None:
    """Undo what `put_in_place` was killed in."""
    for old in (place / ASIDE).glob("*"):
        shutil.rmtree(place / old.name, ignore_errors=True)
        old.rename(place / old.name)
    shutil.rmtree(place / ASIDE, ignore_errors=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A moment in which nobody ends this process by asking."""
    asked = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, asked)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, asked)
