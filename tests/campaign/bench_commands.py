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
LIBRARIES = "import altair, krippendorff, networkx, pandas, vl_convert"
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


def measure() -> dict[str, float]:
    """Seconds of every command, each in a copy of the project; a line each as they come."""
    seconds: dict[str, float] = {}

    def told(name: str, *found: float) -> None:
        seconds[name] = round(statistics.median(found), 2)
        print(f"{name}: {seconds[name]} s", flush=True)

    with tempfile.TemporaryDirectory() as base:
        book, plain = (copy_project(Path(base, name)) for name in ("book", "plain"))
        told(
            "the kernels started and the libraries imported",
            *(timed(lambda: floor(book)) for _ in range(TIMES)),
        )
        told("the notebooks executed", timed(lambda: run(book, "csto.cli", "notebooks")))
        told(
            "the notebooks compared",
            *(
                timed(
                    lambda: run(
                        book, *GATE, "-n", str(os.cpu_count()), "--dist", "loadfile", "notebooks"
                    )
                )
                for _ in range(TIMES)
            ),
        )
        told("the book built", timed(lambda: run(book, "csto.cli", "book")))
        told(
            "the book unchanged",
            *(timed(lambda: run(book, "csto.cli", "book")) for _ in range(TIMES)),
        )
        edit(book / EDITED[0], *EDITED[1:])
        told("an edit, its notebooks", timed(lambda: run(book, "csto.cli", "notebooks")))
        begun = time.time()
        told("an edit, its pages and its PDF", timed(lambda: run(book, "csto.cli", "book")))
        told(
            "an edit, its pages",
            max(page.stat().st_mtime for page in (book / "_build/html").rglob("*.html")) - begun,
        )
        told(
            "the data checked",
            *(timed(lambda: run(book, "csto.cli", "check")) for _ in range(TIMES)),
        )
        told("the stock book", timed(lambda: stock(plain)))
        report(seconds, book)
    return seconds


def report(seconds: dict[str, float], folder: Path) -> None:
    """Each goal, what is measured of it, whether it is met; if not, where the time goes."""
    gate = (
        seconds["the notebooks compared"]
        / seconds["the kernels started and the libraries imported"]
    )
    built = (seconds["the notebooks executed"] + seconds["the book built"]) / seconds[
        "the stock book"
    ]
    goals = (
        (
            "a book that needs no change, seconds",
            seconds["the book unchanged"],
            2,
            profile("csto.cli", "book"),
        ),
        (
            "an edited extract to the finished page, seconds beyond executing",
            seconds["an edit, its pages"],
            8,
            profile("jupyter_book.cli.main", "build . --all -q"),
        ),
        (
            "notebooks compared, times the floor",
            gate,
            1.5,
            (sys.executable, "-m", *GATE, "--durations=15", "notebooks"),
        ),
        (
            "executed and built, times the stock book",
            built,
            1,
            profile("jupyter_book.cli.main", "build . --all -q"),
        ),
    )
    for what, value, goal, shows in goals:
        print(
            f"{what}: {value:.2f} (goal {goal}): {'met' if value <= goal else 'missed'}", flush=True
        )
        if value > goal:
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
