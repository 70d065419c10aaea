"""How long whole commands take, against a floor or the stock tool on the same machine.

Medians and ratios, no absolute promises: other work on the machine moves all
of them alike. Each figure stands beside the goal it is held against.
"""

from __future__ import annotations

import json
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
from conftest import copy_project, edit
from nbclient import NotebookClient

from csto.notebooks import QUIET

ROOT = Path(__file__).resolve().parents[1]
TIMES = 3
LIBRARIES = "import altair, krippendorff, networkx, pandas, vl_convert"
EDITED = ("data/extracts/edm-2018.yml", 'date: "2018-11-02", basis: inferred_year', 'date: "2018-11-01", basis: inferred_year')


def timed(what: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def run(folder: Path, *command: str) -> None:
    """A command that must succeed. Raises CalledProcessError."""
    subprocess.run([sys.executable, "-m", *command], cwd=folder, check=True, capture_output=True)


def floor(folder: Path) -> None:
    """As many kernels as there are notebooks, each importing the libraries once, as many at a time as there are processors."""
    def start(_: Path) -> None:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LIBRARIES)])
        NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute(**QUIET)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(start, sorted((ROOT / "notebooks").glob("*.ipynb"))))


def stock(folder: Path) -> None:
    """What `jupyter-book build` makes of the same sources without this project: its defaults, executing all notebooks."""
    for path in (*folder.glob("book/**/*.md"), *folder.glob("notebooks/*.ipynb")):
        text = re.sub(r"\{(?:ev|n)\}`([^`]*)`", r"`\1`", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    ours = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    config = {key: ours[key] for key in ("title", "author", "only_build_toc_files", "exclude_patterns")}
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
        told("the kernels started and the libraries imported", *(timed(lambda: floor(book)) for _ in range(TIMES)))
        told("the notebooks executed", timed(lambda: run(book, "csto.cli", "notebooks")))
        told("the notebooks compared", timed(lambda: run(book, "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q", "-n", str(os.cpu_count()), "--dist", "loadfile", "notebooks")))
        told("the book built", timed(lambda: run(book, "csto.cli", "book")))
        told("the book unchanged", *(timed(lambda: run(book, "csto.cli", "book")) for _ in range(TIMES)))
        edit(book / EDITED[0], *EDITED[1:])
        told("an edit, its notebooks", timed(lambda: run(book, "csto.cli", "notebooks")))
        told("an edit, its pages", timed(lambda: run(book, "csto.cli", "book")))
        told("the data checked", *(timed(lambda: run(book, "csto.cli", "check")) for _ in range(TIMES)))
        told("the stock book", timed(lambda: stock(plain)))
    return seconds


def report(seconds: dict[str, float]) -> None:
    """Each goal, what is measured of it, and whether it is met."""
    goals = (
        ("a book that needs no change, seconds", seconds["the book unchanged"], 2),
        ("an edited extract to the finished page, seconds beyond executing", seconds["an edit, its pages"], 8),
        ("notebooks compared, times the floor", seconds["the notebooks compared"] / seconds["the kernels started and the libraries imported"], 1.5),
        ("executed and built, times the stock book", (seconds["the notebooks executed"] + seconds["the book built"]) / seconds["the stock book"], 1),
    )
    for what, value, goal in goals:
        print(f"{what}: {value:.2f} (goal {goal}): {'met' if value <= goal else 'missed'}")


def profile(root: Path, most: int = 12) -> str:
    """Where the time of a build goes, by function; for a goal that is missed."""
    code = ("import cProfile, pstats, sys; from jupyter_book.cli.main import main; p = cProfile.Profile(); p.enable()\n"
            "try: main(['build', '.', '--all', '-q'])\nexcept SystemExit: pass\n"
            f"p.disable(); pstats.Stats(p, stream=sys.stderr).sort_stats('cumulative').print_stats(r'csto|sphinx|myst|nbclient', {most})")
    return subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True).stderr


def main() -> dict[str, float]:
    """Measure and report."""
    seconds = measure()
    report(seconds)
    return seconds


if __name__ == "__main__":
    main()
