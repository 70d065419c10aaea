"""The live preview: a real process, real pages, and never an old number that passes for fresh."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from conftest import copied, edit, run

PATIENCE = 240  # seconds for one event on a loaded machine; nothing waits for time to pass
NO_PAGE = "The preview has no such page, or not yet"
SENTENCE = "Whoever reads this sentence sees the preview."


@dataclass
class Preview:
    """A preview being served: where, of what, and what is on the terminal."""

    folder: Path
    process: subprocess.Popen[str]
    address: str

    def page(self, name: str) -> str:
        """A page as a browser gets it now, whatever its status."""
        try:
            with urlopen(self.address + name, timeout=PATIENCE) as answer:
                return answer.read().decode()
        except HTTPError as error:
            assert error.code == 404
            return error.read().decode()

    def until(self, page: str, kind: str) -> dict[str, str]:
        """The stamp of a page once it is no longer being rebuilt, as browsers are told."""
        with urlopen(f"{self.address}-/states?page={page}", timeout=PATIENCE) as events:
            for line in events:
                if line.startswith(b"data: "):
                    stamp = json.loads(line.removeprefix(b"data: "))
                    if stamp["kind"] != "stale":
                        assert stamp["kind"] == kind, stamp["words"]
                        return stamp
        raise AssertionError(f"the preview ended before {page} was {kind}")


def stamp(page: str) -> str:
    """The kind of stamp that a page came with."""
    return re.search(r'id="csto-draft" class="(\w+)"', page)[1]


def editions(folder: Path) -> dict[str, int]:
    """When each file of the editions and their records was written."""
    made = folder / "_build"
    found = (*made.glob("html/**/*"), *made.glob("pdf/**/*"), made / "receipt.json")
    return {str(path): path.stat().st_mtime_ns for path in found}


@pytest.fixture(scope="module")
def folder(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built book whose preview is served while the tests of this file run."""
    return copied(sources, tmp_path_factory.mktemp("preview"))


@pytest.fixture(scope="module")
def before(folder: Path) -> dict[str, int]:
    """The editions before anything was served."""
    return editions(folder)


@pytest.fixture(scope="module")
def view(folder: Path, before: dict[str, int]) -> Iterator[Preview]:
    """The preview, all of its pages made."""
    process = subprocess.Popen(
        [sys.executable, "-m", "csto.cli", "serve", "--port", "0"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    first = process.stdout.readline()
    address = re.fullmatch(r"preview: (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends it\)\n", first)
    assert address, first
    served = Preview(folder, process, address[1])
    try:
        served.until("book/index", "fresh")
        yield served
    finally:
        process.kill()


def test_every_page_is_stamped_and_nothing_is_made_for_editions(view: Preview) -> None:
    made = view.folder / "_build/preview/html"
    pages = [p.relative_to(made).as_posix() for p in made.rglob("*.html") if p.parent != made]
    assert "book/evidence.html" in pages and len(pages) > 20
    for page in (*pages, "search.html"):
        text = view.page(page)
        assert stamp(text) == "fresh" and NO_PAGE not in text, page
    unserved = (made / "book/index.html").read_text(encoding="utf-8")
    assert "Draft preview: this page may be out of date. It is no edition." in unserved
    assert not (made / "_downloads").exists() and not (made / "annotations.jsonld").exists()


def test_a_saved_sentence_is_on_the_page(view: Preview) -> None:
    edit(view.folder / "book/limits.md", "\n\n", f"\n\n{SENTENCE}\n\n")
    now = view.page("book/limits.html")
    assert SENTENCE in now or stamp(now) == "stale"
    view.until("book/limits", "fresh")
    assert SENTENCE in view.page("book/limits.html")


def test_a_saved_style_is_in_the_browser(view: Preview) -> None:
    made = view.until("book/limits", "fresh")["made"]
    with (view.folder / "book/_static/book.css").open("a", encoding="utf-8") as style:
        style.write(".csto-tried { color: red; }\n")
    assert view.until("book/limits", "fresh")["made"] != made, "the page is to be loaded again"
    assert ".csto-tried" in view.page("_static/book.css")


def test_a_changed_date_changes_the_numbers(view: Preview) -> None:
    """At once no page that it could reach passes for fresh; then each is."""
    date = 'date: "2018-11-02", basis: inferred_year'
    extracts = view.folder / "data/extracts/edm-2018.yml"
    assert ">112<" in view.page("notebooks/rotation.html")
    edit(extracts, date, date.replace("02", "01"))
    for name in ("notebooks/rotation", "book/evidence", "book/index"):
        assert stamp(view.page(f"{name}.html")) == "stale"
    view.until("notebooks/rotation", "fresh")
    page = view.page("notebooks/rotation.html")
    assert ">113<" in page and ">112<" not in page
    view.until("book/evidence", "fresh")
    assert "1 November 2018 (date inferred year)" in view.page("book/evidence.html")


def test_what_stops_the_book_is_said_on_every_page(view: Preview) -> None:
    limits = view.folder / "book/limits.md"
    edit(limits, SENTENCE, f"{SENTENCE} There are 7 of it.")
    line = limits.read_text(encoding="utf-8").split(SENTENCE)[0].count("\n") + 1
    problem = f"book/limits.md:{line}:1: prose: “7” is typed, compute it as a finding"
    assert problem in view.until("book/limits", "stopped")["words"]
    page = view.page("book/method.html")
    assert stamp(page) == "stopped" and problem in page
    assert "There are 7" not in view.page("book/limits.html")
    edit(limits, " There are 7 of it.", "")
    view.until("book/limits", "fresh")


def test_code_that_fails_is_named_by_its_place(view: Preview) -> None:
    code = view.folder / "src/csto/book/wording.py"
    right = code.read_text(encoding="utf-8")
    code.write_text("surely not Python\n", encoding="utf-8")
    said = view.until("book/limits", "stopped")["words"]
    code.write_text(right, encoding="utf-8")
    view.until("book/limits", "fresh")
    assert "src/csto/book/wording.py:1: SyntaxError: invalid syntax" in said


def test_a_deleted_page_leaves(view: Preview) -> None:
    assert stamp(view.page("book/edition.html")) in ("fresh", "stale")
    (view.folder / "book/edition.md").unlink()
    edit(view.folder / "_toc.yml", "      - file: book/edition\n", "")
    view.until("book/index", "fresh")
    assert NO_PAGE in view.page("book/edition.html")
    assert not (view.folder / "_build/preview/html/book/edition.html").exists()


def test_only_this_machine_is_answered(view: Preview) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{view.address}book/index.html", headers={"Host": "elsewhere.example"}))
    assert refused.value.code == 404


def test_a_second_one_refuses(view: Preview, tmp_path: Path) -> None:
    second = run(view.folder, "csto.cli", "serve", "--port", "0")
    assert (second.returncode, second.stderr) == (
        1,
        f"csto serve: the preview of this project is served at {view.address} already, "
        "end that first\n",
    )
    port = re.search(r":(\d+)/", view.address)[1]
    taken = run(view.folder, "csto.cli", "serve", "--port", port)
    assert (taken.returncode, taken.stderr) == (
        1,
        f"csto serve: port {port} cannot be used (Address already in use), "
        "choose another: --port\n",
    )


def test_it_ends_cleanly_and_leaves_the_editions_alone(
    view: Preview, before: dict[str, int]
) -> None:
    """Its output ends when the last of its processes has let go of it."""
    view.process.send_signal(signal.SIGINT)
    said = view.process.communicate(timeout=PATIENCE)[0]
    assert view.process.returncode == 0 and said.endswith("preview: ended\n")
    assert "Traceback" not in said and "“7” is typed" in said
    assert editions(view.folder) == before
    edit(view.folder / "book/limits.md", SENTENCE, "There are 7 of it.")
    built = run(view.folder, "csto.cli", "serve", "--once")
    assert built.returncode == 1 and "“7” is typed" in built.stdout
