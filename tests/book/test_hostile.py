"""Nothing that somebody writes makes a build hang, and nothing that is published is rewritten."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from csto import files
from csto.book import gate, prose, webpage

LONG = 20_000
PAGES = {
    "comments that are none": "<!-- a --> " * 200 + "<b>",
    "comments that do not end": "<!-- no evidence: " * 5000,
    "quotations that do not end": "“" * LONG,
}
HTML = {
    "parts that do not end": '<summary aria-label="x"><p class="collapsed">a</p>' * 5000,
    "blanks": " " * LONG,
    "settings that do not end": '<script type="text/x-thebe-config">' * LONG,
    "tables that do not end": "<table>" * LONG,
}


@pytest.fixture
def soon() -> Iterator[None]:
    """What takes a minute of this process alone hangs: a thousandth of it is enough."""

    def hang(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, hang)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("name", PAGES)
def test_no_page_hangs(name: str) -> None:
    blocks = list(prose._parse(prose._Source("page", "page.md", "prose", 1, PAGES[name])))
    assert blocks
    assert all(gate._QUOTED.sub("", block.text) is not None for block in blocks)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("name", HTML)
def test_no_finished_page_hangs(name: str) -> None:
    assert webpage.mend(HTML[name]) == HTML[name]


def test_a_line_that_the_parser_would_take_long_over_is_named(tmp_path: Path) -> None:
    shutil.copy(ROOT / "_toc.yml", tmp_path)
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["a\n", "*b " * 2000]}
    page, notebook = tmp_path / "book/index.md", tmp_path / "notebooks/story.ipynb"
    for path, text in (
        (page, "# a\n\n" + "[" * 5000),
        (notebook, json.dumps({"cells": [cell]}, indent=1)),
    ):
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    said = "file: has over 4,000 characters, break the line"
    assert list(map(str, gate._damaged(tmp_path))) == [
        f"book/index.md:3:1: {said}",
        f"notebooks/story.ipynb:9:1: {said}",
    ]


def test_published_words_are_not_translated(built: dict[str, str]) -> None:
    opened = [page.count("<blockquote") for page in built.values()]
    kept = [page.count('<blockquote translate="no"') for page in built.values()]
    assert opened == kept and sum(opened) > 100


def test_no_cell_is_a_formula() -> None:
    cells = ["=1+1", "+a", "-a", "@a", "-1", "+2.5", "'=1", "a=b", "", -3, "-1-1"]
    once = files.as_csv([cells])
    assert once == "'=1+1,'+a,'-a,'@a,-1,+2.5,'=1,a=b,,-3,'-1-1\n"
    assert files.as_csv(csv.reader(io.StringIO(once))) == once, "twice is once"
