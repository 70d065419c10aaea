"""`make mutate`: damages one thing at a time and asks whether any gate notices.

Every mutant (`mutants.py`) goes through the gates that a change of its kind
passes in `make test`, the cheapest first, until one notices: the data checks,
the prose check, the comparison of notebooks with their stored outputs, the unit
tests, a build of the pages, the record of what was read. Each runs in a process
forked from a warm one; notebooks run as plain scripts, cell by cell, and are
compared as nbval compares them. What no gate notices survives; the goal is that
nothing does.
Controls, which change nothing, must survive: a gate that always objects would
be no gate. Writes `_build/mutants.json`; ends with status 1 when a mutant
survives that is not listed with a reason in EQUIVALENT.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import importlib.machinery
import importlib.util
import json
import os
import pkgutil
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from campaign import mutants
from campaign.equivalent import EQUIVALENT
from campaign.mutants import ROOT, Mutant
from conftest import PARTS

TIMEOUT = 240  # seconds for a gate; a loop without end counts as noticed
NO_TESTS = 5  # how pytest ends that finds none to run
SKIPPED = ("image/png", "image/jpeg", "text/latex")  # what nbval does not compare
#: Of the tests, those that run in this process.
HERE = "not book and not browser and not notebooks"
#: The kinds of which CI tries one each, and what the name of the damaged file holds.
QUICK = {
    "a word of a passage": "",
    "a date": "",
    "a sign": "",
    "a mention": "",
    "an actor": "",
    "a codebook term": "",
    "a character of a document": "",
    "another reading": "",
    "a name, label or match": "",
    "a date of the outside record": "",
    "a stored output": "rotation",
    "a chart's data": "rotation",
    "a typed number": "",
    "a mark of a number": "",
    "an evidence mark": "",
    "a claim that loses its mark": "",
    "a mark of another passage": "",
    "code of analysis": "agreement",
    "code of corpus": "dates",
}
DATA, STORED, RENEWED, CELL = "data", "stored", "renewed", "cell"
PROSE, LINK, CODE = "prose", "link", "code"
CONTROL = "control"
#: The notebook that notices a damaged folder of data soonest; "corpus" has the rest.
FIRST = {"data/outside": "aftermath", "data/codings": "codings"}
#: The families of kinds that their files do not tell.
FAMILIES = {
    "a stored output": STORED,
    "a chart's data": STORED,
    "a renewed output": RENEWED,
    "code of a cell": CELL,
    "a link": LINK,
}


def family(mutant: Mutant) -> str:
    """Which gates a mutant passes."""
    if mutant.file.startswith(("data/", "seeds/")):
        return DATA
    if mutant.kind == CONTROL and mutant.file.startswith("notebooks/"):
        return STORED
    of_file = CODE if mutant.file.startswith("src/") else PROSE
    return FAMILIES.get(mutant.kind, of_file)


# ---- gates: what each says, or None ----------------------------------------------------


def checks(folder: Path, mutant: Mutant) -> str | None:
    """The data checks."""
    from csto.corpus import checks as rules
    from csto.corpus import reading

    found, problems = reading.read(folder)
    problems += rules.run(found)
    return str(min(problems)) if problems else None


def prose(folder: Path, mutant: Mutant) -> str | None:
    """The check of marks, claims and typed numbers."""
    from csto.book import gate

    problems = gate.problems(folder)
    return str(min(problems)) if problems else None


def read(folder: Path, mutant: Mutant) -> str | None:
    """The record of what was read: nothing has changed, and nothing is gone."""
    from campaign import read as record

    kept, there = record.KEPT.read_text(encoding="utf-8").splitlines(), record.pieces(folder)
    other = [*(there.keys() - kept), *(set(kept) - there.keys())]
    return f"{min(other)}: not as it was read" if other else None


def notebooks(folder: Path, mutant: Mutant) -> str | None:
    """Notebooks executed and compared with their stored outputs."""
    names = [path.stem for path in (folder / "notebooks").glob("*.ipynb")]
    first = FIRST.get("/".join(mutant.file.split("/")[:2]), "corpus")
    for name in sorted(names, key=lambda name: (name != first, name)):
        try:
            fresh = execute(folder / f"notebooks/{name}.ipynb")
        except Exception as error:
            return f"{name}: {type(error).__name__}: {error}"
        if differs := difference(stored(folder, name), fresh):
            return f"{name}: cell {differs}"
    return None


def outputs(folder: Path, mutant: Mutant) -> str | None:
    """The damaged stored outputs, against what the undamaged sources give."""
    name = Path(mutant.file).stem
    fresh = json.loads(Path(os.environ["CSTO_FRESH"]).read_text(encoding="utf-8"))[name]
    differs = difference(stored(folder, name), fresh)
    return f"{name}: cell {differs}" if differs else None


def cells(folder: Path, mutant: Mutant) -> str | None:
    """The notebook whose code is damaged, executed and compared with its stored outputs."""
    name = Path(mutant.file).stem
    differs = difference(stored(folder, name), execute(folder / mutant.file))
    return f"{name}: cell {differs}" if differs else None


def tests(folder: Path, mutant: Mutant) -> str | None:
    """The tests of a module, of its wing and of the project, in turn, until one notices."""
    import pytest

    class Seen:
        failed = ""

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            self.failed = self.failed or (report.nodeid if report.failed else "")

    seen = Seen()
    os.chdir(ROOT)
    # What a test starts in a process of its own runs the damaged package, too.
    os.environ["PYTHONPATH"] = str(folder / "src")
    quiet = ["-xq", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--no-header", "-m", HERE]
    for some in filter(None, _judges(mutant)):
        status = pytest.main([*quiet, *some], plugins=[seen])
        if seen.failed or status not in (0, NO_TESTS):
            break
    os.chdir(folder)
    return seen.failed or (f"pytest ends with {status}" if status not in (0, NO_TESTS) else None)


def _judges(mutant: Mutant) -> list[list[str]]:
    """The tests that judge a module, nearest first; each list in an order of its own."""
    wing = sorted((ROOT / _wing(mutant)).glob("test_*.py"))
    own = [file for file in wing if file.stem == f"test_{Path(mutant.file).stem}"]
    rest = [file for file in wing if file not in own]
    project = [file for file in sorted(ROOT.glob("tests/test_*.py")) if file not in wing]
    return [_nearest(mutant), *([str(file) for file in some] for some in (own, rest, project))]


def _wing(mutant: Mutant) -> Path:
    """The folder of the tests of a module's wing; that of all tests for one beside the wings."""
    wing = Path(mutant.file).relative_to("src/csto").parts[0]
    return Path("tests") if wing.endswith(".py") else Path("tests", wing)


def book(folder: Path, mutant: Mutant) -> str | None:
    """A build with the damaged package, and the wing's tests of what it made."""
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pytest", "-xq", "-p", "no:cacheprovider", "--no-header"]
    done = subprocess.run(
        [*command, "-m", "book and not browser", _wing(mutant)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=5 * TIMEOUT,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
    )
    lines = done.stdout.splitlines() or [done.stderr]
    failed = next((line for line in lines if line.startswith(("FAILED", "ERROR"))), lines[-1])
    return failed if done.returncode not in (0, NO_TESTS) else None


def _nearest(mutant: Mutant) -> list[str]:
    """The cases of the checks whose message stands in the damaged function."""
    if not mutant.file.startswith("src/csto/corpus/rules/"):
        return []
    from corpus.test_checks import CASES

    text = mutants.read(mutant.file)
    low, high = text.rfind("\ndef ", 0, mutant.start), text.find("\ndef ", mutant.start)
    said = [part for part in re.findall(r"[a-z ,`]{9,}", text[low:high]) if part.strip()]
    return [
        f"{ROOT}/tests/corpus/test_checks.py::test_damage_is_named[{name}]"
        for name, case in CASES.items()
        if any(part in case[4] for part in said)
    ]


#: The gates of each family of mutants, cheapest first. Links are judged all at once, by one build.
GATES: dict[str, tuple[Callable[[Path, Mutant], str | None], ...]] = {
    DATA: (checks, notebooks, read),
    STORED: (outputs,),
    RENEWED: (read,),
    CELL: (cells, read),
    PROSE: (prose, read),
    CODE: (checks, tests, notebooks, book),
}


# ---- notebooks as plain scripts --------------------------------------------------------


def execute(path: Path) -> dict[str, list[dict]]:
    """Run the cells of a notebook in this process; what each shows, by cell."""
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.display_pub = CapturingDisplayPublisher()
    shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=shell.display_pub.outputs)
    os.chdir(path.parent)
    fresh = {}
    for cell in _code(path):
        shell.display_pub.outputs.clear()
        shell.run_cell("".join(cell["source"]), silent=False).raise_error()
        fresh[cell["id"]] = [_compared(output["data"]) for output in shell.display_pub.outputs]
    return fresh


def stored(folder: Path, name: str) -> dict[str, list[dict]]:
    """What a notebook has stored, by cell."""
    cells = _code(folder / f"notebooks/{name}.ipynb")
    return {
        cell["id"]: [_compared(output.get("data", {})) for output in cell["outputs"]]
        for cell in cells
    }


def _code(path: Path) -> list[dict]:
    return [
        cell
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]


def _compared(data: dict) -> dict:
    plain = json.loads(
        json.dumps(
            {mime: value for mime, value in data.items() if mime not in SKIPPED}, default=str
        )
    )
    return {
        mime: "".join(value) if isinstance(value, list) and "json" not in mime else value
        for mime, value in plain.items()
    }


def difference(one: dict, other: dict) -> str | None:
    """The first cell whose outputs differ."""
    return next((cell for cell in one if one[cell] != other.get(cell)), None)


# ---- one mutant, in a process of its own -----------------------------------------------


class _Damaged(importlib.machinery.SourceFileLoader):
    """Loads a module from a text instead of its file."""

    text = ""

    def get_code(self, fullname: str) -> object:
        return compile(self.text, self.path, "exec", dont_inherit=True)


class _Finder:
    """Puts one damaged module in the place of the package's own."""

    def __init__(self, mutant: Mutant, text: str) -> None:
        self.name, self.path = (
            mutant.file.removeprefix("src/").removesuffix(".py").replace("/", "."),
            str(ROOT / mutant.file),
        )
        self.loader = _Damaged(self.name, self.path)
        self.loader.text = text

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        return (
            importlib.util.spec_from_file_location(name, self.path, loader=self.loader)
            if name == self.name
            else None
        )


def copy(folder: Path, damaged: dict[str, str]) -> Path:
    """The project as links, but for the damaged files."""
    for part in PARTS:
        top = ROOT / part
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            file = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in file:
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).symlink_to(path) if file not in damaged else (
                    folder / file
                ).write_text(damaged[file], encoding="utf-8", newline="")
    return folder


def judge(mutant: Mutant, folder: Path) -> tuple[str, str]:
    """The gate that notices and what it says; ("", "") when none does."""
    copy(folder, {mutant.file: mutant.apply(mutants.read(mutant.file))})
    os.chdir(folder)
    if family(mutant) == CODE:
        sys.meta_path.insert(0, _Finder(mutant, mutant.apply(mutants.read(mutant.file))))
    for gate in GATES[family(mutant)]:
        signal.alarm(0 if gate is book else TIMEOUT)  # a build has its own time
        try:
            said = gate(folder, mutant)
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            return ("crash" if family(mutant) == DATA else gate.__name__), said.strip()[:200]
        if said:
            return gate.__name__, said[:200]
    return "", ""


def _child(mutant: Mutant, report: Path) -> None:
    with (
        tempfile.TemporaryDirectory(dir=_memory()) as folder,
        Path(os.devnull).open("w") as nowhere,
    ):
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        found = judge(mutant, Path(folder))
        os.chdir(ROOT)
    report.write_text(json.dumps(found), encoding="utf-8")


def _memory() -> str | None:
    """A folder in memory, where there is one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def judged(some: list[Mutant], jobs: int) -> Iterator[tuple[Mutant, str, str]]:
    """Every mutant with the gate that noticed it and what it said, as they end."""
    running: dict[int, tuple[Mutant, Path]] = {}
    waiting = list(reversed(some))
    with tempfile.TemporaryDirectory() as reports:
        while waiting or running:
            while waiting and len(running) < jobs:
                mutant, report = waiting.pop(), Path(reports, str(len(waiting)))
                with warnings.catch_warnings(
                    action="ignore"
                ):  # that a library has threads: none is at work
                    pid = os.fork()
                if not pid:
                    with contextlib.suppress(BaseException):
                        _child(mutant, report)
                    os._exit(0)
                running[pid] = mutant, report
            pid, _ = os.wait()
            mutant, report = running.pop(pid)
            yield (
                mutant,
                *(
                    json.loads(report.read_text(encoding="utf-8"))
                    if report.exists()
                    else ("time", "it does not end, or its process does")
                ),
            )


def linked(some: list[Mutant]) -> Iterator[tuple[Mutant, str, str]]:
    """Links, all at once: one build must name the broken target of each."""
    damaged: dict[str, str] = {}
    targets: dict[Mutant, str] = {}
    for mutant in sorted(some, key=lambda mutant: -mutant.start):
        text = damaged.get(mutant.file, mutants.read(mutant.file))
        damaged[mutant.file] = mutant.apply(text)
        targets[mutant] = _word(damaged[mutant.file], mutant.start)
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        copy(Path(folder), damaged)
        shutil.rmtree(Path(folder, "src"))  # links: a build takes no code that lies elsewhere
        shutil.copytree(ROOT / "src", Path(folder, "src"))
        tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
        command = [
            tool,
            "build",
            ".",
            "--all",
            "-n",
            "-W",
            "--keep-going",
            "--builder",
            "custom",
            "--custom-builder",
            "dummy",
        ]
        around = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": f"{folder}/src"}
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=around)
        said = [line for line in done.stderr.splitlines() if "WARNING" in line or "ERROR" in line]
    for mutant, target in targets.items():
        line = next((line for line in said if target in line), "")
        yield mutant, "build" if line and done.returncode else "", line[-200:]


def _word(text: str, offset: int) -> str:
    """The target around an offset."""
    return re.search(r"[\w/.-]*$", text[:offset])[0] + re.match(r"[\w/.-]*", text[offset:])[0]


# ---- the campaign ----------------------------------------------------------------------


def warm(*, package: bool) -> None:
    """Import what every child needs; the package only where it is not what is damaged."""
    for name in (
        "altair",
        "hypothesis",
        "IPython.core.interactiveshell",
        "krippendorff",
        "networkx",
        "pandas",
        "pydantic",
        "pytest",
        "yaml",
        "vl_convert",
        "myst_nb",
    ):
        importlib.import_module(name)
    if package:
        import csto

        for module in pkgutil.walk_packages(csto.__path__, "csto."):
            importlib.import_module(module.name)


def controls() -> list[Mutant]:
    """One mutant for each family of gates that changes nothing."""
    return [
        Mutant(CONTROL, file, 0, 0, "")
        for file in (
            "book/index.md",
            "notebooks/rotation.ipynb",
            "data/actors.yml",
            "src/csto/corpus/dates.py",
        )
    ]


def sample(seed: int) -> list[Mutant]:
    """A few seconds' worth: a mutant of each kind whose gates are quick, and quick controls."""
    drawn = {kind: mutants.draw(kind, 10**6, seed) for kind in QUICK}
    quick = [next(one for one in drawn[kind] if part in one.file) for kind, part in QUICK.items()]
    return quick + controls()[:2]


def campaign(some: list[Mutant], jobs: int) -> list[tuple[Mutant, str, str]]:
    """All results; the code first, while the package is not yet imported."""
    by: dict[str, list[Mutant]] = collections.defaultdict(list)
    for mutant in some:
        by[family(mutant)].append(mutant)
    warm(package=False)
    results = list(_told(judged(by[CODE], jobs)))
    warm(package=True)
    with tempfile.NamedTemporaryFile(suffix=".json") as fresh:
        os.environ["CSTO_FRESH"] = fresh.name
        if by[STORED]:
            _fresh(Path(fresh.name), {Path(mutant.file).stem for mutant in by[STORED]})
        others = by.keys() - {CODE, LINK}
        results += _told(judged([m for one in others for m in by[one]], jobs))
    return results + list(_told(linked(by[LINK]) if by[LINK] else ()))


def _fresh(target: Path, names: Iterable[str]) -> None:
    """What the undamaged notebooks show, executed in a process of its own."""
    if not (pid := os.fork()):
        with contextlib.suppress(BaseException):
            target.write_text(
                json.dumps({name: execute(ROOT / f"notebooks/{name}.ipynb") for name in names}),
                encoding="utf-8",
            )
        os._exit(0)
    os.waitpid(pid, 0)


def _told(results: Iterable[tuple[Mutant, str, str]]) -> Iterator[tuple[Mutant, str, str]]:
    for number, result in enumerate(results, start=1):
        if not result[1] or result[1] == "crash":
            print(
                f"{'survives' if not result[1] else 'crashes'}: {result[0].describe()} {result[2]}",
                flush=True,
            )
        elif number % 50 == 0:
            print(f"… {number}", flush=True)
        yield result


def report(results: list[tuple[Mutant, str, str]], seconds: float) -> int:
    """Print a line a kind and the survivors, keep all in a file; returns the exit status."""
    null = [result for result in results if result[0].kind == CONTROL]
    real = [result for result in results if result not in null]
    for kind in mutants.KINDS:
        if gates := collections.Counter(
            gate or "survived" for mutant, gate, _ in real if mutant.kind == kind
        ):
            print(
                f"{kind:34} {sum(gates.values()):4}  "
                + ", ".join(f"{name} {count}" for name, count in gates.most_common())
            )
    left = [mutant for mutant, gate, _ in real if not gate]
    known = [mutant for mutant in left if mutant.key in EQUIVALENT]
    bad = [mutant for mutant in left if mutant not in known]
    crashed = [mutant for mutant, gate, _ in real if gate == "crash"]
    objecting = [mutant for mutant, gate, _ in null if gate]
    for name, some in (
        ("survives", bad),
        ("crashes", crashed),
        ("is no change and is objected to", objecting),
    ):
        for mutant in some:
            print(f"{name}: {mutant.describe()}\n    {mutant.key[1]}")
    print(
        f"{len(real)} mutants, {len(left)} survive, of which {len(known)} change nothing that "
        f"counts; {len(crashed)} crash; {seconds:.0f} seconds"
    )
    target = ROOT / "_build/mutants.json"
    target.parent.mkdir(exist_ok=True)
    rows = [
        {"kind": mutant.kind, "mutant": mutant.describe(), "gate": gate, "said": said}
        for mutant, gate, said in real
    ]
    target.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if bad or crashed or objecting else 0


def main() -> int:
    """Run a campaign as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=2016)
    parser.add_argument("--count", type=int, default=9, help="mutants of each kind")
    parser.add_argument("--kinds", nargs="*", default=list(mutants.KINDS), help="only these kinds")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--controls", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--sample", action="store_true", help="a quick few")
    asked = parser.parse_args()
    start = time.monotonic()
    some = sample(asked.seed) if asked.sample else drawn(asked)
    return report(campaign(some, asked.jobs), time.monotonic() - start)


def drawn(asked: argparse.Namespace) -> list[Mutant]:
    """As many mutants of each kind as are asked for, and the controls."""
    some = [one for kind in asked.kinds for one in mutants.draw(kind, asked.count, asked.seed)]
    return some + (controls() if asked.controls else [])


if __name__ == "__main__":
    sys.exit(main())
