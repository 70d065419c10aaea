"""A book is made beside the last one, of files that stay as they are, and takes its place whole."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from child import PATIENCE
from conftest import ROOT
from csto import build, files, identity
from csto.exhibits import notebooks

PAGE, PDF = "_build/html/index.html", "_build/pdf/csto.pdf"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# ---- files ------------------------------------------------------------------------------


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A project part of which lies elsewhere, with a link that leads back and an editor's files."""
    write(tmp_path / "elsewhere/one.yml", "one")
    root = write(tmp_path / "project/data/codebook.yml", "").parents[1]
    (root / "data/extracts").symlink_to(tmp_path / "elsewhere")
    (root / "data/back").symlink_to(root / "data")
    for name in (".hidden", "#open#", "old~", "__pycache__/a.pyc"):
        write(root / "data" / name, "")
    return root


def test_inputs_lead_through_links_and_end(linked: Path) -> None:
    assert list(files.inputs(linked, ["data"])) == ["data/codebook.yml", "data/extracts/one.yml"]


def test_what_lies_behind_a_link_counts(linked: Path) -> None:
    before = files.digest(linked, ["data"]), identity.fingerprint(linked)
    write(linked / "data/extracts/one.yml", "two")
    after = files.digest(linked, ["data"]), identity.fingerprint(linked)
    assert not set(before) & set(after)


def test_a_file_that_was_changed_and_changed_back_was_changed(linked: Path) -> None:
    path = linked / "data/codebook.yml"
    before, status = files.touched(linked, ["data"]), path.stat()
    assert files.changed(linked, ["data"], before) == ""
    write(path, "other")
    write(path, "")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert files.changed(linked, ["data"], before) == "data/codebook.yml"


def test_other_code_than_the_projects_is_refused(tmp_path: Path) -> None:
    files.own_code(ROOT)
    files.own_code(tmp_path)  # which has none
    write(tmp_path / "src/csto/__init__.py", "")
    with pytest.raises(RuntimeError, match=r"the code that runs lies in .* and not in "):
        files.own_code(tmp_path)


def test_who_comes_second_waits_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, told = threading.Event(), queue.Queue()
    stderr = SimpleNamespace(write=told.put, flush=lambda: None)
    monkeypatch.setattr(sys, "stderr", stderr)  # what is captured is lost while it is read

    def second() -> None:
        with files.alone(tmp_path):
            done.set()

    with files.alone(tmp_path):
        waiting = threading.Thread(target=second)
        waiting.start()
        said = told.get(timeout=PATIENCE)
        assert said == "waiting: this project is being built already" and not done.is_set()
    waiting.join()
    assert done.is_set()


# ---- the last book stays until the next one is whole ------------------------------------------


def two(folder: Path) -> tuple[Path, Path]:
    """A place with an old book, and a new one, which has a page fewer and a part more."""
    for name in (
        "old/html/a",
        "old/html/gone",
        "old/pdf/a",
        "new/html/a",
        "new/pdf/a",
        "new/data/a",
    ):
        write(folder / name, name.split("/")[0])
    return folder / "new", folder / "old"


def book_in(place: Path) -> dict[str, str]:
    return {
        path.relative_to(place).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


def test_a_new_book_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    new, place = two(tmp_path)
    files.put_in_place(new, place, ("html", "pdf", "data"))
    assert book_in(place) == {"data/a": "new", "html/a": "new", "pdf/a": "new"}


@pytest.mark.parametrize("failing", range(1, 6))
def test_a_book_that_cannot_be_put_in_place_leaves_the_old_one(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, place = two(tmp_path)
    before, rename, calls = book_in(place), Path.rename, []

    def fail_once(path: Path, to: Path) -> Path:
        calls.append(path)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(OSError, match="No space left"):
        files.put_in_place(new, place, ("html", "pdf", "data"))
    assert book_in(place) == before


@pytest.mark.parametrize("killed", range(1, 6))
def test_what_was_killed_half_way_is_put_back(
    killed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, place = two(tmp_path)
    before, rename, calls = book_in(place), Path.rename, []

    def die(path: Path, to: Path) -> Path:
        calls.append(path)
        if len(calls) == killed:
            os._exit(9)
        return rename(path, to)

    if not (pid := os.fork()):
        try:
            monkeypatch.setattr(Path, "rename", die)
            files.put_in_place(new, place, ("html", "pdf", "data"))
        finally:
            os._exit(0)  # whatever it raised: the child is no test run
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    files.put_back(place)
    now = book_in(place)
    assert {name: now.get(name) for name in before} == before and not (place / files.ASIDE).exists()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a book that counts as up to date; building one fails."""
    write(tmp_path / "data/codebook.yml", "")
    write(tmp_path / PAGE, "a page")
    write(tmp_path / "_build/html/other.html", "another")
    write(tmp_path / PDF, "a PDF")
    made = build._made_of(tmp_path) | {"outputs": files.digest(tmp_path, build.OUTPUTS)}
    write(tmp_path / build.RECORD, json.dumps(made))
    monkeypatch.setattr("csto.book.ready.checked", lambda _: pytest.fail("it is built"))
    return tmp_path


def test_what_is_as_it_was_is_up_to_date(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.book(kept) == {"HTML": kept / PAGE, "PDF": kept / PDF}
    assert capsys.readouterr().out == "notebooks: up to date\nbook: up to date\n"


DAMAGE: dict[str, Callable[[Path], object]] = {
    "an edited page": lambda root: write(root / PAGE, "a pace"),
    "a cut page": lambda root: write(root / PAGE, ""),
    "a deleted page": lambda root: (root / "_build/html/other.html").unlink(),
    "a page more": lambda root: write(root / "_build/html/more.html", ""),
    "a cut PDF": lambda root: write(root / PDF, "a"),
    "no PDF": lambda root: (root / PDF).unlink(),
    "other data": lambda root: write(root / "data/codebook.yml", "a"),
    "another input": lambda root: write(root / "book/_static/a.css", "a"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_what_is_not_as_it_was_is_built(name: str, kept: Path) -> None:
    DAMAGE[name](kept)
    with pytest.raises(pytest.fail.Exception, match="it is built"):
        build.book(kept)


def test_what_is_up_to_date_is_so_without_sphinx_or_pandas(kept: Path) -> None:
    code = (
        "import sys; from csto import cli; status = cli.main(['book']); "
        "sys.exit(status or bool({'sphinx', 'pandas', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=kept, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and "book: up to date\n" in done.stdout


def fail(root: Path) -> None:
    raise build.BuildError("the book was not built, see above")


def be_stopped(root: Path) -> None:
    raise KeyboardInterrupt


def see_a_change(root: Path) -> None:
    write(root / "data/codebook.yml", "a")
    write(root / "data/codebook.yml", "")


@pytest.mark.parametrize("what", [fail, be_stopped, see_a_change])
def test_a_build_that_ends_early_leaves_the_last_book(
    what: Callable[[Path], None], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin(root: Path, _: dict[str, str]) -> None:
        write(root / build.NEW / "_build/html/index.html", "half a page")
        what(root)

    before = book_in(kept / "_build")
    monkeypatch.setattr(build, "_jupyter_book", begin)
    monkeypatch.setattr("csto.book.ready.checked", lambda _: SimpleNamespace(counts=str))
    monkeypatch.setattr("csto.book.ready.refreshed", lambda _: [])
    (kept / build.RECORD).unlink()
    before.pop("receipt.json")
    with pytest.raises((build.BuildError, KeyboardInterrupt)):
        build.book(kept)
    assert book_in(kept / "_build") == before


def test_a_tool_that_crashes_says_the_cause_and_no_place_of_its_own() -> None:
    crash = (
        "\x1b[91ma.md:1: WARNING: odd\x1b[39;49;00m\n\x1b[91mException occurred:\x1b[39;49;00m\n"
        '  File "/x/sphinx/builders/__init__.py", line 567, in write_doctree\n    pickle.dump()\n'
        "OSError: [Errno 28] No space left on device\n\x1b[91mThe full traceback has been saved\n"
        "Traceback (most recent call last):\nRuntimeError: see above\n"
    )
    said = "a.md:1: WARNING: odd\nOSError: [Errno 28] No space left on device"
    assert build._cause(crash) == said
    assert build._cause("Extension error:\nno PDF\nTraceback (most recent call last):\n  File") == (
        "Extension error:\nno PDF"
    )


# ---- notebooks run in a closed kernel ------------------------------------------------------

SAYS = """\
import os, sys
print(os.environ.get("COLUMNS"), os.environ.get("LC_ALL"), sys.executable)
"a word"
"another"
"""


@pytest.mark.usefixtures("execute")
def test_nothing_of_whoever_runs_it_reaches_a_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = "get_ipython().ast_node_interactivity = 'all'; print('started')"
    settings = "c.InteractiveShell.ast_node_interactivity = 'all'"
    write(tmp_path / "profile_default/startup/00.py", startup)
    write(tmp_path / "profile_default/ipython_kernel_config.py", settings)
    spec = {"argv": ["/nowhere"], "display_name": "other", "language": "python"}
    write(tmp_path / "kernels/python3/kernel.json", json.dumps(spec))
    path = tmp_path / "notebooks/a.ipynb"
    path.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SAYS)]), path)
    around = {
        "IPYTHONDIR": str(tmp_path),
        "JUPYTER_PATH": str(tmp_path),
        "JUPYTER_RUNTIME_DIR": "/proc/nowhere",
        "PYTHONSTARTUP": str(tmp_path / "profile_default/startup/00.py"),
        "HOME": "/proc/nowhere",
        "COLUMNS": "7",
        "LC_ALL": "tr_TR.UTF-8",
    }
    for name, value in around.items():
        monkeypatch.setenv(name, value)
    assert notebooks.execute(path) is None
    outputs = nbformat.read(path, as_version=4).cells[0].outputs
    assert [output.get("text") or output.data["text/plain"] for output in outputs] == [
        f"None C.UTF-8 {sys.executable}\n",
        "'another'",
    ]


def test_outputs_of_data_that_changed_meanwhile_are_not_taken(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(project / "src")

    def execute(path: Path) -> None:
        actors = project / "data/actors.yml"
        actors.write_bytes(actors.read_bytes())

    monkeypatch.setattr(notebooks, "execute", execute)
    with pytest.raises(notebooks.NotebookError, match=r"^data/actors.yml changed while notebooks"):
        notebooks.refresh(project)
    assert len(notebooks.stale(project)) == len(notebooks.all_notebooks(project))
