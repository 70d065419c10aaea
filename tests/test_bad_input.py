"""Bad input that has nothing to do with coding: damaged files, a full disk, an interrupted build.

Each kind gets a message that says where and what to do; none ends in a
traceback, a half-written file or a silently wrong book. What is wrong with
codings stands in `test_checks.py`, with YAML in `test_strict_yaml.py`, with
dates in `test_dates.py`, with marks in `test_prose.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from child import PATIENCE, no_room, nobody_special
from conftest import ROOT, Run, csto, edit, problems
from csto import files
from csto.exhibits import notebooks

EDM, PLUS, NET = (
    f"data/extracts/{s}.yml" for s in ("edm-2018", "asiaplus-2019", "eurasianet-2023")
)
FORECASTS, ROTATION, SOURCES = "data/forecasts.yml", "data/events/rotation.yml", "data/sources.yml"
SEED = "seeds/001_3733f00fa8e32d94.txt"
FACT = "    facts:\n      - {subject: csto, attribute: background, value: %s}\n"


def raw(file: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda root: (root / file).write_bytes(change((root / file).read_bytes())) and None


def text(file: str, content: str) -> Callable[[Path], None]:
    return lambda root: (root / file).write_text(content, encoding="utf-8") and None


def swap(file: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: edit(root / file, old, new)


def instead(file: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        (root / file).unlink()
        make(root / file)

    return damage


def value(of: str) -> Callable[[Path], None]:
    return swap(NET, "    facts:\n", FACT % of)


def nested(root: Path) -> None:
    (root / "data/extracts/more").mkdir()
    shutil.copy(root / EDM, root / "data/extracts/more/edm-2018.yml")


#: name: (how it is damaged, the message)
DATA: dict[str, tuple[Callable[[Path], None], str]] = {
    "another encoding": (
        raw(EDM, lambda b: b.replace("’".encode(), "’".encode("cp1252"))),
        f"{EDM}:1:1: file: not UTF-8 (byte ",
    ),
    "UTF-16": (
        raw(EDM, lambda b: b.decode().encode("utf-16")),
        f"{EDM}:1:1: file: not UTF-8 (byte 0), save it as UTF-8",
    ),
    "a byte order mark": (
        raw(EDM, lambda b: b"\xef\xbb\xbf" + b),
        f"{EDM}:1:1: file: holds a byte order mark, save it as UTF-8 with plain line ends",
    ),
    "CRLF": (
        raw(EDM, lambda b: b.replace(b"\n", b"\r\n")),
        f"{EDM}:1:1: file: holds Windows line ends, save it as UTF-8 with plain line ends",
    ),
    "old Macintosh line ends": (
        raw(EDM, lambda b: b.replace(b"\n", b"\r")),
        f"{EDM}:1:1: file: holds Windows line ends, save it as UTF-8 with plain line ends",
    ),
    "a NUL byte": (
        raw(EDM, lambda b: b"extracts:\n\x00" + b),
        f"{EDM}:1:1: file: holds the control character U+0000 in line 2, remove it",
    ),
    "a bell": (
        swap(EDM, "themes", "the\x07mes"),
        f"{EDM}:1:1: file: holds the control character U+0007 in line ",
    ),
    "aliases that explode": (
        text(FORECASTS, "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nforecasts: [*c, *c]\n"),
        f"{FORECASTS}:1:4: file: anchors and aliases are not used here, write it out",
    ),
    "a merge key": (
        text(FORECASTS, "forecasts:\n  - &one {id: a}\n  - {<<: *one}\n"),
        f"{FORECASTS}:2:5: file: anchors and aliases are not used here, write it out",
    ),
    "a huge file": (
        raw(FORECASTS, lambda b: b + b"#" * 20_000_000),
        f"{FORECASTS}:1:1: file: larger than 20,000,000 bytes, split it",
    ),
    "an empty file": (
        text(FORECASTS, ""),
        f"{FORECASTS}:1:1: file: is empty, add its records or delete the file",
    ),
    "nothing but comments": (
        text(FORECASTS, "# to do\n"),
        f"{FORECASTS}:1:1: file: is empty, add its records or delete the file",
    ),
    "no record": (
        text(FORECASTS, "forecasts: []\n"),
        f"{FORECASTS}:1:1: file.forecasts: holds no record, add one",
    ),
    "a list for a file": (
        text(FORECASTS, "- a\n"),
        f"{FORECASTS}:1:1: file.forecasts: is missing, add it",
    ),
    "words for a file": (
        text(FORECASTS, "just words\n"),
        f"{FORECASTS}:1:1: file.forecasts: is missing, add it",
    ),
    "a file cut off": (
        raw(FORECASTS, lambda b: b[: b.index(b"because:") + 8] + b' "and'),
        f"{FORECASTS}:",
    ),
    "a quotation mark left open": (
        swap(EDM, "quote: was officially", 'quote: "was officially'),
        "file: not valid YAML (did not find expected key), correct the line",
    ),
    "a directory for a file": (
        instead(EDM, Path.mkdir),
        f"{EDM}:1:1: file: cannot be read (Is a directory), make it a readable file",
    ),
    "a pipe for a file": (
        instead(EDM, os.mkfifo),
        f"{EDM}:1:1: file: is a pipe or device, make it a readable file",
    ),
    "a link to nowhere": (
        instead(EDM, lambda path: path.symlink_to("nowhere")),
        f"{EDM}:1:1: file: cannot be read (No such file or directory), make it a readable file",
    ),
    "a link to itself": (
        instead(EDM, lambda path: path.symlink_to(path)),
        f"{EDM}:1:1: file: cannot be read (Too many levels of symbolic links), "
        "make it a readable file",
    ),
    "a folder in a folder": (
        nested,
        "data/extracts/more/edm-2018.yml:1:1: file: is read by nothing, rename or remove it",
    ),
    "an unknown section": (
        swap(FORECASTS, "forecasts:\n", "forecast: []\nforecasts:\n"),
        f"{FORECASTS}:",
    ),
    "a list as a key": (
        swap(EDM, "extracts:\n", "? [a, b]\n: 1\nextracts:\n"),
        f"{EDM}:1:3: file: a key must be a plain word, quote or rename it",
    ),
    "a list for a record": (
        swap(EDM, "extracts:\n", "extracts:\n  - [a]\n"),
        f"{EDM}:2:5: extracts: is no record, write its keys",
    ),
    "not a number": (
        value(".nan"),
        "facts.0.value: '.nan' unquoted is not a plain decimal number, put it in quotes",
    ),
    "infinity": (
        value("-.inf"),
        "facts.0.value: '-.inf' unquoted is not a plain decimal number, put it in quotes",
    ),
    "a number with an exponent": (
        value("1.0e+5"),
        "facts.0.value: '1.0e+5' unquoted is not a plain decimal number, put it in quotes",
    ),
    "a list for a value": (value("[1]"), ".facts.0.value: is no number, write one without quotes"),
    "true for a number": (
        swap(ROTATION, "sign: -1", "sign: true"),
        "khachaturov-charged.sign: is no whole number, write one without quotes",
    ),
    "a fraction for a whole number": (
        swap(ROTATION, "sign: -1", "sign: -1.0"),
        "khachaturov-charged.sign: is no whole number, write one without quotes",
    ),
    "text for a number": (
        swap(ROTATION, "sign: -1", 'sign: "-1"'),
        "khachaturov-charged.sign: is no whole number, write one without quotes",
    ),
    "text for a list": (
        swap(ROTATION, "recipients: [khachaturov]", "recipients: khachaturov"),
        "khachaturov-charged.recipients: is no list, write it as [a, b]",
    ),
    "a list for text": (
        swap(EDM, "quote: was officially", "quote: [was]\n    note: was officially"),
        "recalled-november-2.quote: is no text, put it in quotes",
    ),
    "a number for a date": (
        swap(EDM, 'date: "2018-11-12", basis', "date: 2018, basis"),
        ".when.date: is no text, put it in quotes",
    ),
    "29 February of no leap year": (
        swap(EDM, 'date: "2018-11-12", basis', 'date: "2018-02-29", basis'),
        "'2018-02-29' is no EDTF date, write e.g. 2018-11-02, 2018-11 or a/b",
    ),
    "a time of day": (
        swap(EDM, 'date: "2018-11-12", basis', 'date: "2018-11-12T10:00", basis'),
        "'2018-11-12T10:00' is no EDTF date, write e.g. 2018-11-02, 2018-11 or a/b",
    ),
    "an unseen character in an id": (
        swap(EDM, "- id: recalled-november-2", "- id: recalled\u200b-november-2"),
        "must be small letters, digits and single hyphens",
    ),
    "blanks in an id": (
        swap(EDM, "- id: recalled-november-2", "- id: Recalled in November"),
        "'Recalled in November' must be small letters, digits and single hyphens",
    ),
    "a hash that is none": (
        swap(SOURCES, "sha256: ", "sha256: x"),
        ".sha256: has not the form it needs, see data/FORMAT.md",
    ),
    "a document that is gone": (
        lambda root: (root / SEED).unlink(),
        f"edm-2018.file: {SEED} cannot be read (No such file or directory), restore it",
    ),
    "a directory for a document": (
        instead(SEED, Path.mkdir),
        f"edm-2018.file: {SEED} cannot be read (Is a directory), restore it",
    ),
    "a document in another encoding": (
        raw(SEED, lambda b: b.replace("’".encode(), b"\x92")),
        f"edm-2018.file: {SEED} is not UTF-8, restore it",
    ),
    "a document with other line ends": (
        raw(SEED, lambda b: b.replace(b"\n", b"\r\n")),
        f"edm-2018.sha256: {SEED} has the hash ",
    ),
    "an empty document": (
        raw(SEED, lambda b: b""),
        f"edm-2018.sha256: {SEED} has the hash e3b0c44298fc…, restore the file",
    ),
    "a document with a blank more": (
        raw(SEED, lambda b: b + b" "),
        f"edm-2018.sha256: {SEED} has the hash ",
    ),
}


@pytest.mark.parametrize("name", DATA)
def test_damage_is_named(name: str, corpus: Path) -> None:
    damage, message = DATA[name]
    damage(corpus)
    said = problems(corpus)
    assert any(message in line for line in said), said[:5]
    assert not any("\n" in line for line in said), "a message is one line"


def test_what_an_editor_leaves_beside_a_file_is_no_data(corpus: Path) -> None:
    (corpus / "data/extracts/.#edm-2018.yml").symlink_to("me@here.123")
    (corpus / "data/extracts/.edm-2018.yml.swp").write_bytes(b"\x00")
    assert problems(corpus) == []


def test_there_are_more_than_forty_kinds() -> None:
    assert len(DATA) + len(COMMANDS) + len(NOTEBOOKS) > 40


# ---- commands --------------------------------------------------------------------------


@pytest.fixture
def ready(project: Path) -> Path:
    """A copy of the project whose notebooks count as up to date."""
    common = files.digest(project, notebooks.INPUTS)
    marks = {path.name: notebooks._mark(path, common) for path in notebooks.all_notebooks(project)}
    files.write(project / "_build/notebooks.json", json.dumps(marks))
    return project


def leave(root: Path) -> None:
    """The landmark of the project folder is gone."""
    (root / "data/codebook.yml").unlink()


def closed(root: Path) -> None:
    (root / "_build/data").mkdir()
    (root / "_build/data").chmod(0o555)


#: name: (damage, command, what is done to the process, its environment, the message)
COMMANDS: dict[str, tuple] = {
    "no project": (leave, ["check"], None, {}, "above it: run this inside the project folder"),
    "an unknown command": (None, ["chek"], None, {}, "invalid choice: 'chek'"),
    "an unreadable file": (
        lambda root: (root / EDM).chmod(0),
        ["check"],
        nobody_special,
        {},
        f"{EDM}:1:1: file: cannot be read (Permission denied), make it a readable file",
    ),
    "an unreadable document": (
        lambda root: (root / SEED).chmod(0),
        ["check"],
        nobody_special,
        {},
        f"{SEED} cannot be read (Permission denied), restore it",
    ),
    "a full disk": (
        None,
        ["data"],
        no_room,
        {},
        ": cannot be written (File too large), make room or correct its rights",
    ),
    "a read-only folder": (
        closed,
        ["data"],
        nobody_special,
        {},
        "_build/data/sources.csv: cannot be written (Permission denied), "
        "make room or correct its rights",
    ),
    "a file for a folder": (
        lambda root: (root / "_build/data").touch(),
        ["data"],
        None,
        {},
        "sources.csv: cannot be written (",
    ),
    "a terminal that knows ASCII alone": (
        swap(EDM, "officially recalled", "formally recalled"),
        ["check"],
        None,
        {"PYTHONIOENCODING": "ascii"},
        "nearest is \\u201c",
    ),
    "a time that is none": (
        None,
        ["book"],
        None,
        {"SOURCE_DATE_EPOCH": "yesterday"},
        "SOURCE_DATE_EPOCH is 'yesterday', set it to whole seconds since 1970 or unset it",
    ),
    "words of nowhere": (
        None,
        ["locate", "(*)"],
        None,
        {},
        "“(*)” stands in no document; try fewer words",
    ),
    "no words": (None, ["locate", " "], None, {}, "stands in no document; try fewer words"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_is_wrong(name: str, ready: Path) -> None:
    damage, command, before, environment, message = COMMANDS[name]
    if damage:
        damage(ready)
    done = csto(ready, *command, before=before, **environment)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode != 0 and message in done.stdout + done.stderr, (
        done.stdout[-500:] + done.stderr
    )
    (ready / EDM).chmod(0o644)
    half = [path.name for path in (ready / "_build").rglob("tmp*")]
    assert not half, f"half-written: {half}"


def test_nobody_reads_on(ready: Path) -> None:
    edit(ready / EDM, "officially recalled", "formally recalled")
    done = subprocess.run(
        f"{sys.executable} -m csto.cli check | true",
        shell=True,
        cwd=ready,
        capture_output=True,
        text=True,
    )
    assert done.stderr in ("", "2 problems\n", "1 problem\n")


@pytest.mark.parametrize("record", ["notebooks.json", "receipt.json"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"inputs": 1}'])
def test_a_damaged_record_counts_as_none(record: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / record).write_bytes(content)
    assert files.read_record(tmp_path / record).get("inputs") != "the digest"


# ---- notebooks ---------------------------------------------------------------------------

ROTATION_BOOK = "notebooks/rotation.ipynb"
WHOLE = f"{ROTATION_BOOK}: is no whole notebook, restore it: git checkout {ROTATION_BOOK}"


def cells(*some: dict) -> bytes:
    return json.dumps({"cells": some, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


NOTEBOOKS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a notebook cut off": (lambda b: b[:5000], WHOLE),
    "an empty file for a notebook": (lambda b: b"", WHOLE),
    "a notebook that is a list": (lambda b: b"[]", WHOLE),
    "a notebook in another encoding": (lambda b: b.replace("’".encode(), b"\x92"), WHOLE),
    "an output without its cell": (
        lambda b: cells({"output_type": "display_data", "data": {}, "metadata": {}}),
        WHOLE,
    ),
    "a conflict left in a notebook": (
        lambda b: b.replace(b' "cells"', b'<<<<<<< HEAD\n "cells"', 1),
        WHOLE,
    ),
    "a notebook without cells": (
        lambda b: cells(),
        f"{ROTATION_BOOK}: has no code cell, add one or take it out of the book",
    ),
    "a notebook of words alone": (
        lambda b: cells({"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["words"]}),
        f"{ROTATION_BOOK}: has no code cell, add one or take it out of the book",
    ),
}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_damaged_notebook_is_named_and_left_as_it_is(name: str, tmp_path: Path) -> None:
    damage, message = NOTEBOOKS[name]
    path = tmp_path / ROTATION_BOOK
    path.parent.mkdir()
    path.write_bytes(damage((ROOT / ROTATION_BOOK).read_bytes()))
    before = path.read_bytes()
    assert notebooks.execute(path) == message
    assert path.read_bytes() == before


def heeding() -> None:
    """Whoever starts a run at a terminal: a run in the background is told to ignore interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def has_children(pid: int) -> bool:
    """Whether a process has started another: it executes notebooks."""
    return any(file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children"))


@pytest.mark.usefixtures("execute")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_whole_files(how: signal.Signals, choir: Path) -> None:
    before = {path.name: path.read_bytes() for path in (choir / "notebooks").iterdir()}
    started = subprocess.Popen(
        [sys.executable, "-m", "csto.cli", "book"],
        cwd=choir,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert started.stdout.readline().startswith("data: ")  # the notebooks are next
    while not has_children(started.pid) and started.poll() is None:
        time.sleep(0.05)
    started.send_signal(how)
    _, said = started.communicate(timeout=PATIENCE)
    assert started.returncode == 130
    assert (
        said.endswith("csto book: stopped; no file is half written\n") and "Traceback" not in said
    ), said
    assert {path.name: path.read_bytes() for path in (choir / "notebooks").iterdir()} == before
    assert not (choir / "_build/receipt.json").exists()


# ---- setting up ----------------------------------------------------------------------------


OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES"}


@pytest.fixture
def make(cold: Run) -> Run:
    """Run make in a folder as from a shell, and not as part of the make that may run the tests."""

    def check(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        alone = {name: value for name, value in os.environ.items() if name not in OF_MAKE}
        for name in ("Makefile", "requirements.lock", "requirements-book.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, folder / name)
        given = (f"{key}={value}" for key, value in variables.items())
        return cold(["make", "check", *given], cwd=folder, timeout=PATIENCE, env=alone)

    return check


def stand_in(folder: Path, setup: str) -> str:
    """A Python that is not what it should be."""
    path = folder / "python"
    path.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "import sys; {setup}; exec(sys.argv.pop(1))" "$2"\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return str(path)


def test_an_older_python(make: Run, tmp_path: Path) -> None:
    done = make(
        tmp_path,
        PYTHON=stand_in(tmp_path, "sys.version_info = (3, 9, 2); sys.version = '3.9.2 (old)'"),
    )
    assert (
        done.returncode
        and "needs Python 3.11 or newer, this is 3.9.2; run: make PYTHON=python3.11 …"
        in done.stderr
    )
    assert not (tmp_path / ".venv").exists()


def test_a_python_without_venv(make: Run, tmp_path: Path) -> None:
    done = make(tmp_path, PYTHON=stand_in(tmp_path, "sys.modules['venv'] = None"))
    assert (
        done.returncode
        and "needs Python's venv; on Debian: apt-get install python3-venv" in done.stdout
    )


def test_a_folder_in_which_no_environment_runs(make: Run, tmp_path: Path) -> None:
    folder = tmp_path / 'a "new" one'
    folder.mkdir()
    done = make(folder, PYTHON=sys.executable)
    assert done.returncode and "has a quotation mark, a backtick or a dollar sign" in done.stdout
    assert not (folder / ".venv").exists()


def test_an_environment_is_made_again_for_what_it_is_made_of_and_no_clock(
    make: Run, tmp_path: Path
) -> None:
    def asked() -> str:
        done = make(tmp_path, PYTHON=str(tmp_path / "no-python"))
        return "ready" if done.stdout == "checked\n" else "made again"

    assert asked() == "made again"
    bin_ = tmp_path / ".venv/bin"
    bin_.mkdir(parents=True)
    (bin_ / "csto").write_text("#!/bin/sh\necho checked\n", encoding="utf-8")
    (bin_ / "csto").chmod(0o755)
    (bin_ / "python").symlink_to(sys.executable)
    made_of = "{ cat requirements-book.lock pyproject.toml; pwd; } | cksum > .venv/.ready"
    subprocess.run(made_of, shell=True, cwd=tmp_path, check=True)
    kept = (tmp_path / ".venv/.ready").read_bytes()
    assert asked() == "ready"
    os.utime(tmp_path / ".venv/.ready", (1, 1))  # the lock is newer, as after a checkout
    assert asked() == "ready"
    (bin_ / "python").unlink()
    (bin_ / "python").symlink_to("/nowhere/python3")
    assert asked() == "made again"
    (bin_ / "python").unlink()
    (bin_ / "python").symlink_to(sys.executable)
    (tmp_path / ".venv/.ready").write_bytes(kept + b" ")
    assert asked() == "made again"


def test_no_network(make: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    done = make(tmp_path, PYTHON=sys.executable)
    assert (
        done.returncode
        and "the packages could not be installed, see above; with a network, run make again"
        in done.stdout
    )
    assert not (tmp_path / ".venv/.ready").exists()
