"""The prose checks: one good and one bad case each, with place and message."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
from conftest import ROOT, edit, run

from csto.book import prose
from csto.exhibits import findings
from csto.corpus.checks import checked_corpus

EXTRACTS, FINDINGS, OUTSIDE = {"one.a", "one.b"}, {"rotation.days"}, {"holder-a"}
NO_EVIDENCE = (
    "has no evidence, add a mark or write why it needs none: <!-- no evidence: because … -->"
)
TYPED = "is typed, compute it as a finding and write {n}`…`, or list it with a reason in csto.book.prose.NUMERALS"


def problems(folder: Path, text: str, chapter: str = "rotation") -> list[str]:
    """What is wrong with a chapter of one Markdown cell that holds `text`."""
    cell = {
        "cell_type": "markdown",
        "id": "said",
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    (folder / "notebooks").mkdir()
    path = folder / f"notebooks/{chapter}.ipynb"
    path.write_text(json.dumps({"cells": [cell]}, ensure_ascii=False, indent=1), encoding="utf-8")
    return [str(problem) for problem in prose.check(folder, EXTRACTS, FINDINGS, OUTSIDE)]


GOOD = [
    "Armenia claims it {ev}`one.a`.",
    "It lasted {n}`rotation.days` days.",
    "- Armenia claims it {ev}`contradicts: one.a, one.b`.\n- So it is. <!-- no evidence: it follows -->",
    "<!-- no evidence: said above -->\nSo it is.",
    "On 2 November 2018 and in 2016–2023, from 2018-11-02 on, “all 27 of them”, Q1 and TOS1 {ev}`one.a`.",
    "A licence CC BY 4.0 {ev}`one.a`, <https://example.org/27> and `27`.",
    "```{glue:any} picture-27\n```",
    ":::{note}\nSaid {ev}`one.a`.\n:::",
    "He came in 2020 {out}`holder-a`.",
]
BAD = [
    ("So it is.", 8, f"“So it is.…” {NO_EVIDENCE}"),
    ("Said {ev}`one.a`.\n\n- Not\n  said.", 10, f"“Not said.…” {NO_EVIDENCE}"),
    (":::{note}\nSo it is.\n:::", 9, f"“So it is.…” {NO_EVIDENCE}"),
    (
        "So it is. <!-- no evidence: -->",
        8,
        "“no evidence” gives no reason, write <!-- no evidence: because … -->",
    ),
    (
        "So it is {ev}`one.a`. <!-- no evidence: because -->",
        8,
        "says “no evidence” and has a mark, remove one of them",
    ),
    (
        "<!-- no evidence: because -->\n# A heading",
        8,
        "“no evidence” stands before no paragraph, put it right before or into one",
    ),
    ("Said\n{ev}`one.c`.", 9, "{ev}: 'one.c' is no extract, correct the mark"),
    (
        "Said {ev}`denies: one.a`.",
        8,
        "{ev}: 'denies: one.a' names no stance or extract, correct the mark",
    ),
    ("Said {n}`rotation.day`.", 8, "{n}: 'rotation.day' is no finding, correct the mark"),
    (
        "Said\n{out}`holder-a, holder-b`.",
        9,
        "{out}: 'holder-b' is no row of data/outside/, correct the mark",
    ),
    ("Said {ev}`one.a`\nby 27 of them.", 9, f"“27” {TYPED}"),
    ("See <https://example.org/27> 28 times {ev}`one.a`.", 8, f"“28” {TYPED}"),
    ("# All 27\n\nSaid {ev}`one.a`.", 8, f"“27” {TYPED}"),
    ("Said {ev}`one.a`.\n\n| a |\n| --- |\n| 3.5 |", 12, f"“3.5” {TYPED}"),
]


def test_a_block_knows_the_heading_above_it(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book/page.md").write_text(
        "# One\n\nSaid.\n\n## Two\n\nAgain.\n\nAnd again.\n", encoding="utf-8"
    )
    assert [(block.text, block.section) for block in prose.blocks(tmp_path)] == [
        ("One", ""),
        ("Said.", "One"),
        ("Two", "One"),
        ("Again.", "Two"),
        ("And again.", "Two"),
    ]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_right_passes(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == []


@pytest.mark.parametrize(("text", "line", "message"), BAD)
def test_what_is_wrong_is_named_with_its_place(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    assert problems(tmp_path, text) == [f"notebooks/rotation.ipynb:{line}:1: cell said: {message}"]


def test_other_pages_need_no_evidence(tmp_path: Path) -> None:
    assert problems(tmp_path, "So it is.", chapter="appendix") == []


def test_captions_are_prose_too(project: Path) -> None:
    edit(project / "notebooks/rotation.ipynb", '"caption": "', '"caption": "All 27 of them. ')
    found = [str(problem) for problem in judged(project)]
    assert len(found) == 1 and found[0].endswith(f"“27” {TYPED}"), found


def judged(root: Path) -> list:
    made = checked_corpus(root)
    return prose.check(
        root,
        made.extract,
        findings.collect(sorted((root / "notebooks").glob("*.ipynb"))),
        made.outside,
    )


def test_the_book_passes_and_was_looked_at() -> None:
    assert judged(ROOT) == []
    found = prose.blocks(ROOT)
    assert sum(len(block.marks) for block in found) > 100
    assert sum(bool(block.excuse) and block.kind == "paragraph" for block in found) < 40


def test_every_fault_stops_a_plain_build_at_once(project: Path) -> None:
    edit(project / "book/index.md", "{n}`rotation.backers-all`", "{n}`rotation.backers-some`")
    edit(project / "book/index.md", "{n}`withdrawal.days-claim-to-renunciation` days", "573 days")
    edit(project / "notebooks/rotation.ipynb", " <!-- no evidence: ", " <!-- ")
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    done = subprocess.run([tool, "build", "."], cwd=project, capture_output=True, text=True)
    assert done.returncode != 0
    assert re.search(
        r"book/index\.md:\d+:1: prose: \{n\}: 'rotation.backers-some' is no finding", done.stderr
    )
    assert re.search(r"book/index\.md:\d+:1: prose: “573” is typed", done.stderr)
    assert re.search(
        r"notebooks/rotation\.ipynb:\d+:1: cell \S+: “.*” has no evidence", done.stderr
    )


def test_the_line_is_that_of_the_file(project: Path) -> None:
    path = project / "notebooks/rotation.ipynb"
    edit(path, " <!-- no evidence: ", " <!-- ")
    problem = judged(project)[0]
    assert " <!-- " in path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert run(project, "csto.cli", "check").returncode == 0  # the data is right
