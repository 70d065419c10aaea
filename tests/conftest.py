"""What the tests share: the project, copies of it to damage, one built book, one browser.

The book is built once for the whole run, whichever worker comes first; nobody
writes into it. A test that changes something takes `project` or a copy.
"""

from __future__ import annotations

import collections
import fcntl
import functools
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

import child

# Tests keep a corpus alive here and there: to look through it for garbage again and again takes a
# quarter of their time.
gc.set_threshold(50_000, 20, 100)

settings.register_profile("csto", deadline=None)  # how fast an example runs is no property
settings.load_profile("csto")

ROOT = Path(__file__).resolve().parents[1]
PARTS = (
    "data",
    "seeds",
    "notebooks",
    "book",
    "src",
    "_config.yml",
    "_toc.yml",
    "requirements.lock",
    "pyproject.toml",
    "CITATION.cff",
)


def copy_project(folder: Path) -> Path:
    """A copy of the project's sources, without what can be made again."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    return folder


def tracked() -> list[str]:
    """The files of the project, as git knows them, new ones too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project to damage; commands run inside it."""
    copy_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the data and the documents to damage, for a test that runs no command."""
    for part in ("data", "seeds"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


@pytest.fixture
def choir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another project, of two made-up reports on a choir, to damage; commands run inside it.

    It has data and documents only, and nothing of the subject of the report.
    """
    folder = shutil.copytree(ROOT / "tests/corpus/choir", tmp_path / "choir")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[..., str]:
    """What a function writes for the folder it is given, kept there for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def made(name: str, make: Callable[[Path], str]) -> str:
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / name).exists():
                (shared / name).write_text(make(shared), encoding="utf-8")
        return (shared / name).read_text(encoding="utf-8")

    return made


@pytest.fixture(scope="session")
def sources(once: Callable[..., str]) -> Path:
    """A copy of the project in which `csto book` has succeeded without a warning.

    To read and never to write.
    """

    def make(shared: Path) -> str:
        (folder := shared / "the-book").mkdir()
        built = run(copy_project(folder), "csto.cli", "book")
        return f"{folder}\n{built.returncode}\n{built.stdout}{built.stderr}"

    folder, status, said = once("the-book.log", make).split("\n", 2)
    assert status == "0" and "WARNING" not in said, said[-4000:]
    return Path(folder)


@pytest.fixture(scope="session")
def on_paper(sources: Path, once: Callable[..., str]) -> list[str]:
    """The text of every page of the PDF, as it is copied from there."""

    def make(_: Path) -> str:
        pages = PdfReader(sources / "_build/pdf/csto.pdf").pages
        return json.dumps([page.extract_text() for page in pages])

    return json.loads(once("the-book.json", make))


def copied(sources: Path, to: Path) -> Path:
    """A copy of the built book to damage, records and all."""
    return shutil.copytree(sources, to / "copy")


@pytest.fixture(scope="session")
def site_folder(sources: Path) -> Path:
    """The folder of the built pages."""
    return sources / "_build/html"


@pytest.fixture(scope="session")
def built(site_folder: Path) -> dict[str, str]:
    """The text of every page, by its path in the book."""
    found = (path for path in sorted(site_folder.rglob("*.html")) if "_static" not in path.parts)
    return {
        path.relative_to(site_folder).as_posix(): path.read_text(encoding="utf-8") for path in found
    }


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a test reads the browser, not the server."""


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address at which the book is served, without a slash at its end."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=site_folder)
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def program(*names: str) -> str:
    """Where a program that `make test` installs lies, under the first of its names that is there.

    Without it a test is skipped and says what to run; in CI, where nothing may be, it fails.
    """
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    packages = "chromium fonts-liberation default-jre-headless"
    missing = f"{names[0]} is missing, run as root: apt-get install {packages}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; one for each worker, a fresh context for each test."""
    quiet = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-color-profile=srgb",
    ]
    chromium = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield started
        started.close()


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module in a folder, with the code that lies there if any does.

    Returns status and what it printed.
    """
    code = [f"{folder}/src"] if (folder / "src").is_dir() else []
    code += filter(None, [os.environ.get("PYTHONPATH")])
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": ":".join(code)}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment,
    )


def csto(
    folder: Path, *arguments: str, before: Callable[[], object] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in a folder, as a child that has the libraries loaded already.

    `before` is a function of a module, called in the child.
    """
    with tempfile.TemporaryDirectory() as beside:
        out, err = Path(beside, "out"), Path(beside, "err")
        around = {**os.environ, **environment}
        status = child.run(child.Call(folder, arguments, before, around, out, err))
        return subprocess.CompletedProcess(arguments, status, out.read_text(), err.read_text())


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def build() -> Run:
    """`csto book` in a folder, for a test that needs a book of its own."""
    return lambda folder: run(folder, "csto.cli", "book")


@pytest.fixture(scope="session")
def execute() -> Run:
    """`run`, for a test whose command executes notebooks."""
    return run


@pytest.fixture(scope="session")
def cold() -> Run:
    """`subprocess.run`, for a test that starts a program from cold; what it says is kept."""
    return functools.partial(subprocess.run, capture_output=True, text=True)


@pytest.fixture(scope="session")
def java() -> str:
    """Where the program lies that runs the HTML checker."""
    return program("java")


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old`, which must stand in the file, by `new`, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    """Every problem of a folder's data, as `csto check` prints it."""
    from csto.corpus import (
        checks,
        reading,
    )  # not above: the mutation campaign damages the package after it read this file

    gc.disable()  # as the commands do
    try:
        found, faults = reading.read(folder)
        return [str(problem) for problem in faults + checks.run(found)]
    finally:
        gc.enable()


def assert_damage_is_named(
    folder: Path, file: str, old: str, new: str, named: str, message: str
) -> None:
    """Edit one place; some problem of the file `named`, if one is, must hold the message."""
    edit(folder / file, old, new)
    found, start = problems(folder), f"{named}:" if named else ""
    said = [problem for problem in found if message in problem and problem.startswith(start)]
    assert said, f"nothing says {message!r} of {named or 'any file'}, but {found[:5]}"


#: A test that uses one of these fixtures gets the mark; `make quick` leaves marked tests out.
NEEDS = {
    "sources": "book",
    "build": "book",
    "execute": "notebooks",
    "browser": "browser",
    "java": "browser",
    "project": "commands",
    "cold": "commands",
}

LONG = ("build", "execute")  # a file with a test that uses one of these takes long


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks that fixtures set."""
    for fixture, mark in NEEDS.items():
        config.addinivalue_line("markers", f"{mark}: set on every test that uses `{fixture}`")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what each test needs, and put the files in order.

    The longest comes first: its worker builds the book. Until there is one, the other does the
    files that need none, then those that build or execute, and at the end what only reads it.
    """
    uses = collections.defaultdict[Path, set[str]](set)
    for item in items:
        for fixture in NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(NEEDS[fixture])
            uses[item.path].add(fixture)

    def place(item: pytest.Item) -> tuple[bool, bool, bool]:
        used = uses[item.path]
        return item.path.stem != "test_accessible", "sources" in used, not used & {*LONG}

    items.sort(key=place)
