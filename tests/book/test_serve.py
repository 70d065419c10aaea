"""The live preview: a real process, real pages, and never an old number that passes for fresh.

In the small book of the choir, with a package of its own to damage. No test
waits for time to pass: each is told by the preview itself.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from child import PATIENCE
from conftest import ROOT, Run, edit, run
from csto import files, preview
from csto.book import previewed
from csto.book.trail import trail_of

OPENING = "book/index.md"
EDITIONS = ("html/index.html", "pdf/csto.pdf", "receipt.json")
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, build: Run) -> Path:
    """The choir's book and the package, with something in the place of editions.

    It takes `build` to be marked so: pages are built of it.
    """
    made = tmp_path_factory.mktemp("preview") / "choir"
    shutil.copytree(ROOT / "tests/corpus/choir", made)
    shutil.copytree(ROOT / "src", made / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in EDITIONS:
        files.write(made / "_build" / name, "made before")
    return made


@pytest.fixture(scope="module")
def view(folder: Path) -> Iterator[Preview]:
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
    try:
        first = process.stdout.readline()
        address = re.fullmatch(r"preview: (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends it\)\n", first)
        assert address, first
        served = Preview(folder, process, address[1])
        served.until("book/index", "fresh")
        yield served
    finally:
        process.kill()


def test_every_page_is_stamped_and_nothing_is_made_for_editions(view: Preview) -> None:
    made = view.folder / "_build/preview/html"
    pages = [p.relative_to(made).as_posix() for p in made.rglob("*.html") if p.parent != made]
    assert {"book/evidence.html", "notebooks/quarrel.html"} <= set(pages)
    for page in (*pages, "search.html"):
        text = view.page(page)
        assert stamp(text) == "fresh" and NO_PAGE not in text, page
    unserved = (made / "book/index.html").read_text(encoding="utf-8")
    assert "Draft preview: this page may be out of date. It is no edition." in unserved
    assert not (made / "_downloads").exists() and not (made / "annotations.jsonld").exists()


def test_a_saved_sentence_is_on_the_page(view: Preview) -> None:
    edit(view.folder / OPENING, "\n\n", f"\n\n{SENTENCE}\n\n")
    now = view.page("book/index.html")
    assert SENTENCE in now or stamp(now) == "stale"
    view.until("book/index", "fresh")
    assert SENTENCE in view.page("book/index.html")


def test_a_saved_style_is_in_the_browser(view: Preview) -> None:
    made = view.until("book/index", "fresh")["made"]
    sheet = f"{view.address}_static/marks.css"
    with urlopen(sheet) as kept:
        known = {"If-None-Match": kept.headers["ETag"], "If-Modified-Since": kept.headers["Date"]}
    with (view.folder / "src/csto/book/web/marks.css").open("a", encoding="utf-8") as style:
        style.write(".csto-tried { color: red; }\n")
    assert view.until("book/index", "fresh")["made"] != made, "the page is to be loaded again"
    with urlopen(Request(sheet, headers=known)) as answer:
        assert ".csto-tried" in answer.read().decode()


def test_a_changed_date_changes_the_numbers(view: Preview) -> None:
    """At once no page that it could reach passes for fresh; then each is."""
    assert 'class="csto-n">one<' in view.page("book/index.html")
    edit(view.folder / "data/extracts/ferry.yml", '"2001-03-05"', '"2001-03-06"')
    for name in ("notebooks/quarrel", "book/evidence", "book/index"):
        assert stamp(view.page(f"{name}.html")) == "stale"
    view.until("book/index", "fresh")
    page = view.page("book/index.html")
    assert 'class="csto-n">two<' in page and 'class="csto-n">one<' not in page
    view.until("book/evidence", "fresh")
    assert "6 March 2001 (stated)" in view.page("book/evidence.html")


def test_what_stops_the_book_is_said_on_every_page(view: Preview) -> None:
    opening = view.folder / OPENING
    edit(opening, SENTENCE, f"{SENTENCE} There are 7 of it.")
    line = opening.read_text(encoding="utf-8").split(SENTENCE)[0].count("\n") + 1
    problem = f"{OPENING}:{line}:1: prose: “7” is typed, compute it as a finding"
    assert problem in view.until("book/index", "stopped")["words"]
    page = view.page("book/evidence.html")
    assert stamp(page) == "stopped" and problem in page
    edit(opening, " There are 7 of it.", "")
    view.until("book/index", "fresh")


def test_what_sphinx_warns_of_is_said_until_it_is_mended(view: Preview) -> None:
    edit(view.folder / OPENING, SENTENCE, f"{SENTENCE} [Where?](nowhere.md)")
    warning = "cross-reference target not found: 'nowhere.md'"
    assert warning in view.until("book/index", "warned")["words"].replace("&#x27;", "'")
    edit(view.folder / "book/people.md", "\n\n", f"\n\n{SENTENCE}\n\n")
    assert warning in view.until("book/people", "warned")["words"].replace("&#x27;", "'")
    edit(view.folder / OPENING, " [Where?](nowhere.md)", "")
    view.until("book/index", "fresh")


def test_code_that_fails_is_named_by_its_place(view: Preview) -> None:
    code = view.folder / "src/csto/book/wording.py"
    right = code.read_text(encoding="utf-8")
    code.write_text("surely not Python\n", encoding="utf-8")
    said = view.until("book/index", "stopped")["words"]
    code.write_text(right, encoding="utf-8")
    view.until("book/index", "fresh")
    assert "src/csto/book/wording.py:1: SyntaxError: invalid syntax" in said


def test_a_deleted_page_leaves(view: Preview) -> None:
    assert NO_PAGE not in view.page("book/people.html")
    (view.folder / "book/people.md").unlink()
    edit(view.folder / "_toc.yml", "      - file: book/people\n", "")
    view.until("book/index", "fresh")
    assert NO_PAGE in view.page("book/people.html")
    assert not (view.folder / "_build/preview/html/book/people.html").exists()


def test_only_this_machine_is_answered(view: Preview) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{view.address}book/index.html", headers={"Host": "elsewhere.example"}))
    assert refused.value.code == 404


def test_a_second_one_refuses(view: Preview) -> None:
    second = run(view.folder, "csto.cli", "serve", "--port", "0")
    said = f"the preview of this project is served at {view.address} already, end that first"
    assert (second.returncode, second.stderr) == (1, f"csto serve: {said}\n")
    port = re.search(r":(\d+)/", view.address)[1]
    taken = run(view.folder, "csto.cli", "serve", "--port", port)
    said = f"port {port} cannot be used (Address already in use), choose another: --port"
    assert (taken.returncode, taken.stderr) == (1, f"csto serve: {said}\n")


def test_it_ends_cleanly_and_leaves_the_editions_alone(view: Preview) -> None:
    """Its output ends when the last of its processes has let go of it."""
    view.process.send_signal(signal.SIGINT)
    said = view.process.communicate(timeout=PATIENCE)[0]
    assert view.process.returncode == 0 and said.endswith("preview: ended\n")
    assert "Traceback" not in said and "“7” is typed" in said
    made = view.folder / "_build"
    left = {path.relative_to(made).as_posix(): path for path in made.rglob("*") if path.is_file()}
    assert {name for name in left if name.startswith(("html", "pdf", "receipt"))} == set(EDITIONS)
    assert {left[name].read_text(encoding="utf-8") for name in EDITIONS} == {"made before"}


def test_it_can_be_built_without_being_served(folder: Path, view: Preview) -> None:
    """After the other has ended."""
    assert view.process.poll() == 0
    edit(folder / OPENING, SENTENCE, "There are 7 of it.")
    built = run(folder, "csto.cli", "serve", "--once")
    assert built.returncode == 1 and "“7” is typed" in built.stdout
    edit(folder / OPENING, "There are 7 of it.", SENTENCE)
    built = run(folder, "csto.cli", "serve", "--once")
    assert built.returncode == 0, built.stdout


@pytest.mark.parametrize(
    ("name", "serves"),
    [
        ("book/index.md", True),
        ("book/documents/ferry.md", True),
        ("src/csto/book/web/marks.css", True),
        ("notebooks/quarrel.ipynb", False),
        ("data/extracts/ferry.yml", False),
        ("seeds/ferry.md", False),
        ("src/csto/book/wording.py", False),
        ("_toc.yml", False),
    ],
)
def test_who_has_read_ahead_builds_only_what_it_has_not_read(name: str, serves: bool) -> None:
    before = {name: (1,), "book/people.md": (1,)}
    assert preview.serves(before, {**before, name: (2,)}) is serves
    assert preview.serves(before, {"book/people.md": (1,)}) is serves, "deleted"
    assert preview.serves(before, before)


def test_what_is_saved_of_a_draft_changes_the_pages_that_tell_of_it(choir: Path) -> None:
    def held() -> dict[str, str]:
        made = previewed.Made(trail_of(choir))
        pages = {path.stem: path for path in (choir / "book").rglob("*.md")}
        return {name: made.held(path.read_text("utf-8")) for name, path in pages.items()}

    first = held()
    files.write(choir / "data/drafts/mill.yml", "sources: []\n")
    second = held()
    files.write(choir / "book/documents/mill.md", "# The mill\n")
    third = held()
    for before, after in ((first, second), (second, third)):
        assert {name for name in before if before[name] != after[name]} == {
            *("documents", "bell", "ferry"),
            "edition",  # which lists all files
        }
