"""One build of the live preview: in a process of its own, in rounds, into a folder of its own.

The process starts with libraries loaded and reads the project's code and data
while it waits for its build, which it gets where only words or styles changed since.
It executes what is stale, once the data and the code are in order, and runs Sphinx
until no page waits any more or a file changes again. Everything is checked beside
Sphinx, and no page counts before that ends. Nothing of it knows of browsers.
"""

from __future__ import annotations

import functools
import gc
import importlib
import io
import json
import multiprocessing
import re
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from csto import files, identity

FOLDER = "_build/preview"
PAGES = f"{FOLDER}/html"
#: Stands in every page of the preview; whoever serves them puts there what is known of the page.
STAMP = '<div id="csto-draft">Draft preview: this page may be out of date. It is no edition.</div>'
STYLES = (".css", ".js")
PAGE = re.compile(r"book/.+\.md")
#: What a build imports besides the project's own code and Sphinx's extensions; one that is
#: missing here costs each build a moment.
LIBRARIES = (
    "altair",
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "nbclient",
    "pandas",
    "pydantic",
    "sphinx.builders.html",
    "sphinx_book_theme",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_external_toc",
    "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering",
    "sphinx_thebe",
    "sphinx_togglebutton",
    "sphinxcontrib.bibtex",
    "typst",
    "vl_convert",
)
Seen = dict[str, tuple[int, ...]]
BESIDE = multiprocessing.get_context("fork")  # with the code and the data that are there


@dataclass
class Told:
    """What a round of a build says when it is over."""

    seen: Seen  # the files as they were when it began
    problems: list[str] = field(default_factory=list)
    stopped: bool = False  # no page of it counts
    read: list[str] = field(default_factory=list)  # pages read in this round
    late: list[str] = field(default_factory=list)  # pages that wait for the next one
    executed: list[str] = field(default_factory=list)


def look(root: Path) -> Seen:
    """When each file of the project was last written and how long it is."""
    while True:
        with suppress(FileNotFoundError):  # gone while we look
            return files.touched(root, identity.PARTS)


def serves(before: Seen, now: Seen) -> bool:
    """Whether a child that began to wait at `before` can build `now`: it has read all the rest."""
    return all(name.endswith(STYLES) or PAGE.fullmatch(name) for name in _changed(before, now))


def _changed(before: Seen, now: Seen) -> set[str]:
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


def send(root: Path, parent: Connection) -> None:
    """Wait for the pages looked at, build, and send what each round says; the child's whole life.

    Reads the code, the data and the prose of before meanwhile; a failure is the build's to tell.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is asked, and ends its child
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt, BrokenPipeError, EOFError):
        with suppress(Exception):
            _read_ahead(root)
        for told in build(root, parent.recv()):
            parent.send(told)


def _read_ahead(root: Path) -> None:
    """Read what no page or style changes, and prose, of which each stretch is kept by its text."""
    from csto.book import prose
    from csto.corpus import checks

    for name in ("csto.book.ready", "csto.paper"):
        importlib.import_module(name)
    checks.checked_corpus(root)
    prose.blocks(root)


def build(root: Path, looked_at: list[str]) -> Iterator[Told]:
    """Build round by round, pages that somebody looks at first, as long as no file changes."""
    gc.disable()  # as every command that ends
    gc.freeze()  # an extension of Sphinx looks through all objects that are not
    seen = look(root)
    try:
        executed = _bring_up_to_date(root)
        now = look(root)
        if not _still(root, seen, now, executed):
            yield Told({}, executed=executed)  # of no state of the files: begin again
            return
        wrong = _checked_beside(root, now)
        while True:
            told = _round(root, looked_at, Told(now, executed=executed))
            if problems := wrong():
                told.problems, told.stopped = problems, True
            yield told
            if told.stopped or not told.late or look(root) != now:
                return
            executed = []
    except Exception as error:  # code that is being edited fails in every way
        yield Told(seen, _said(root, error), stopped=True)


def _bring_up_to_date(root: Path) -> list[str]:
    """Execute stale notebooks, once all is checked; returns which. Raises as `csto book` does."""
    from csto.book import ready
    from csto.exhibits import notebooks

    if not notebooks.stale(root):
        return []
    ready.checked(root)
    with files.alone(root):
        return [f"notebooks/{name}" for name in notebooks.refresh(root)]


def _checked_beside(root: Path, now: Seen) -> Callable[[], list[str]]:
    """Begin to check everything, beside whoever asks; gives what waits for what is wrong.

    What is to be read for it is read before, since the pages are made from it, too. Raises
    DataError where that is wrong already.
    """
    from csto.book import ready
    from csto.corpus import checks, problems

    record, seen = root / FOLDER / "checked.json", _but_styles(now)
    if files.read_record(record) == seen:
        return list
    try:
        checks.checked_corpus(root)
    except problems.DataError:
        ready.checked(root)  # says it with what else is wrong
        raise
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = BESIDE.Process(target=_check, args=(root, theirs), daemon=True)
    child.start()
    theirs.close()

    @functools.cache
    def said() -> list[str]:
        try:
            wrong: list[str] = ours.recv()
        except EOFError:
            return ["the check ended without a word, see the terminal"]
        if not wrong:
            files.write(record, json.dumps(seen) + "\n")
        return wrong

    return said


def _check(root: Path, to: Connection) -> None:
    """Send everything that is wrong, in lines; the life of the process beside."""
    from csto.book import ready

    wrong: list[str] = []
    try:
        ready.checked(root)
    except Exception as error:
        wrong = _said(root, error)
    to.send(wrong)


def _but_styles(seen: Seen) -> dict[str, list[int]]:
    """The files of which any can make something wrong: styles and scripts cannot."""
    kept = {name: list(when) for name, when in seen.items()}
    return {name: when for name, when in kept.items() if not name.endswith(STYLES)}


def _still(root: Path, seen: Seen, now: Seen, executed: list[str]) -> bool:
    """Whether nobody changed a file meanwhile; executed notebooks did, and are not stale again."""
    from csto.exhibits import notebooks

    return _changed(seen, now) <= set(executed) and not (executed and notebooks.refresh(root))


def _round(root: Path, looked_at: list[str], told: Told) -> Told:
    """Run Sphinx once and fill in what it says."""
    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import nocolor

    nocolor()
    folder, warnings = root / PAGES, io.StringIO()
    options = {
        "csto_preview": looked_at,
        "external_toc_path": "_toc.yml",
        "latex_individualpages": False,
        "nitpicky": True,
        "html_theme_options": {"announcement": STAMP},
    }
    with redirect_stderr(warnings):
        outcome = build_sphinx(
            root,
            folder,
            path_config=root / "_config.yml",
            noconfig=True,
            confoverrides=options,
            doctreedir=root / FOLDER / "doctrees",
            quiet=True,
        )
    if isinstance(outcome, Exception):
        told.problems, told.stopped = _said(root, outcome), True
        return told
    record = files.read_record(root / FOLDER / "pages.json")
    told.read, told.late = record["read"], record["late"]
    told.problems = _kept(root, told.read, warnings.getvalue())
    return told


def _kept(root: Path, read: list[str], warnings: str) -> list[str]:
    """Sphinx's warnings, and those of earlier rounds on pages that were not read again since."""
    path = root / FOLDER / "warnings.json"
    old = files.read_record(path)
    said: dict[str, list[str]] = {page: list(old[page]) for page in old.keys() - {"", *read}}
    for line in dict.fromkeys(warnings.replace(f"{root}/", "").splitlines()):
        page = re.match(r"(.*?)\.(?:md|ipynb)\b", line)
        said.setdefault(page[1] if page else "", []).append(line)
    files.write(path, json.dumps(said, indent=1, sort_keys=True) + "\n")
    return [line for _, lines in sorted(said.items()) for line in lines]


def _said(root: Path, error: Exception) -> list[str]:
    """An error in lines; one that is no message of ours with the place in our code."""
    from sphinx.errors import SphinxError

    from csto.corpus.problems import DataError

    if isinstance(error, DataError):
        return list(map(str, error.problems))
    cause = getattr(error, "orig_exc", None) or error
    if cause is error and isinstance(error, OSError | ValueError | RuntimeError | SphinxError):
        return [line for line in str(error).splitlines() if line.strip()]
    places = [(f.filename, f.lineno) for f in traceback.extract_tb(cause.__traceback__)]
    said = str(cause)
    if isinstance(cause, SyntaxError):  # which does not stand where it is met
        places, said = [(cause.filename or "", cause.lineno)], cause.msg
    ours = [(Path(file), line) for file, line in places if file.startswith(f"{root}/")]
    where = [f"{file.relative_to(root)}:{line}" for file, line in ours[-1:]]
    return [": ".join([*where, type(cause).__name__, said])]
