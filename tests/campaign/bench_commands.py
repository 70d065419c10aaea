"""How long whole commands take, against a floor or the stock tool on the same machine.

Medians and ratios, no absolute promises: other work on the machine moves all
of them alike. Each figure stands beside the goal it is held against.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import yaml
from nbclient import NotebookClient

from conftest import ROOT, copy_project, edit
from csto.exhibits.notebooks import QUIET

TIMES = 3
GATE = ("pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q")
LIBRARIES = "import altair, networkx, pandas, vl_convert"
FLOOR = "the kernels started and the libraries imported"
EDITED = (
    "data/extracts/edm-2018.yml",
    'date: "2018-11-02", basis: inferred_year',
    'date: "2018-11-01", basis: inferred_year',
)


def timed(what: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def run(folder: Path, *command: str) -> None:
    """A command that must succeed. Raises CalledProcessError."""
    subprocess.run([sys.executable, "-m", *command], cwd=folder, check=True, capture_output=True)


def floor(folder: Path) -> None:
    """As many kernels as there are notebooks, each importing the libraries once.

    As many run at a time as there are processors.
    """

    def start(_: Path) -> None:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LIBRARIES)])
        NotebookClient(
            notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        ).execute(**QUIET)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(start, sorted((ROOT / "notebooks").glob("*.ipynb"))))


def stock(folder: Path) -> None:
    """What `jupyter-book build` makes of the same sources without this project.

    By its defaults, executing all notebooks.
    """
    for path in (*folder.glob("book/**/*.md"), *folder.glob("notebooks/*.ipynb")):
        text = re.sub(r"\{(?:ev|n)\}`([^`]*)`", r"`\1`", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    ours = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    config = {
        key: ours[key] for key in ("title", "author", "only_build_toc_files", "exclude_patterns")
    }
    config["execute"] = {"execute_notebooks": "force", "timeout": 300}
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    subprocess.run([tool, "build", ".", "--all", "-q"], cwd=folder, capture_output=True)


class Watch(dict[str, float]):
    """Seconds by what was done, told as they come."""

    def time(self, name: str, what: Callable[[], object], times: int = 1) -> None:
        """The median of doing it some times."""
        self.note(name, statistics.median(timed(what) for _ in range(times)))

    def note(self, name: str, seconds: float) -> None:
        """Seconds that were measured elsewhere."""
        self[name] = round(seconds, 2)
        print(f"{name}: {self[name]} s", flush=True)


def measure() -> dict[str, float]:
    """Seconds of every command, each in a copy of the project."""
    watch = Watch()
    with tempfile.TemporaryDirectory() as base:
        book, plain = (copy_project(Path(base, name)) for name in ("book", "plain"))
        _unedited(watch, book)
        _edited(watch, book)
        watch.time("the stock book", lambda: stock(plain))
        report(watch, book)
    return watch


def _unedited(watch: Watch, book: Path) -> None:
    several = ("-n", str(os.cpu_count()), "--dist", "loadfile")
    watch.time(FLOOR, lambda: floor(book), TIMES)
    watch.time("the notebooks executed", lambda: run(book, "csto.cli", "notebooks"))
    watch.time("the notebooks compared", lambda: run(book, *GATE, *several, "notebooks"), TIMES)
    watch.time("the book built", lambda: run(book, "csto.cli", "book"))
    watch.time("the book unchanged", lambda: run(book, "csto.cli", "book"), TIMES)
    watch.time("the data checked", lambda: run(book, "csto.cli", "check"), TIMES)


def _edited(watch: Watch, book: Path) -> None:
    edit(book / EDITED[0], *EDITED[1:])
    watch.time("an edit, its notebooks", lambda: run(book, "csto.cli", "notebooks"))
    begun = time.time()
    watch.time("an edit, its pages and its PDF", lambda: run(book, "csto.cli", "book"))
    written = max(page.stat().st_mtime for page in (book / "_build/html").rglob("*.html"))
    watch.note("an edit, its pages", written - begun)


def report(seconds: dict[str, float], folder: Path) -> None:
    """Each goal, what is measured of it, whether it is met; if not, where the time goes."""
    gate = seconds["the notebooks compared"] / seconds[FLOOR]
    ours = seconds["the notebooks executed"] + seconds["the book built"]
    pages = profile("jupyter_book.cli.main", "build . --all -q")
    cells = (sys.executable, "-m", *GATE, "--durations=15", "notebooks")
    unchanged = profile("csto.cli", "book")
    edited = "an edited extract to the finished page, seconds beyond executing"
    goals = (
        ("a book that needs no change, seconds", seconds["the book unchanged"], 2, unchanged),
        (edited, seconds["an edit, its pages"], 8, pages),
        ("notebooks compared, times the floor", gate, 1.5, cells),
        ("executed and built, times the stock book", ours / seconds["the stock book"], 1, pages),
    )
    for what, value, goal, shows in goals:
        met = value <= goal
        print(f"{what}: {value:.2f} (goal {goal}): {'met' if met else 'missed'}", flush=True)
        if not met:
            print(subprocess.run(shows, cwd=folder, capture_output=True, text=True).stdout[-4000:])


def profile(module: str, arguments: str) -> tuple[str, ...]:
    """The command that runs a module's `main` and prints where its time goes, by function."""
    code = (
        f"import cProfile, pstats; from {module} import main; p = cProfile.Profile()\n"
        f"try: p.runcall(main, {arguments.split()})\nexcept SystemExit: pass\n"
        "found = pstats.Stats(p).strip_dirs().sort_stats('cumulative')\n"
        "found.print_stats(r'sphinx|paper|book|pictures|exhibits|typst|checks|nodes', 25)"
    )
    return (sys.executable, "-c", code)
