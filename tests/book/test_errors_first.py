"""What is wrong is said first, alone, and all at once: by the check, by the build, by any build.

In the small book of the choir, so that no edit of the report changes what is tried here.
"""

from __future__ import annotations

import json
import re
import sysconfig
from pathlib import Path

import pytest

from conftest import Run, csto, edit
from csto import files, identity
from csto.book import gate, ready

CLAIM = "The basses left and everybody agrees."
OPENING, FIRST = "book/index.md", "      - file: notebooks/quarrel\n"


@pytest.fixture
def plain_build(cold: Run) -> Run:
    """`jupyter-book build .`, as somebody who knows nothing of the project's commands."""
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    return lambda folder: cold([tool, "build", "."], cwd=folder)


#: File, old text, new text, and what must be said of it.
DAMAGE = [
    (
        "data/actors.yml",
        "kind: state",
        "kind: stat",
        "village.kind: 'stat' is no known actor_kind, did you mean 'state'?",
    ),
    (
        OPENING,
        "{n}`quarrel.days-apart`",
        "{n}`quarrel.days-between`",
        f"{OPENING}:4:1: prose: {{n}}: 'quarrel.days-between' is no finding, correct the mark",
    ),
    (
        OPENING,
        "bell.walked-out",
        "bell.walked-off",
        f"{OPENING}:3:1: prose: {{ev}}: 'bell.walked-off' is no extract, correct the mark",
    ),
    (
        OPENING,
        "a sum of money is named by neither",
        "573 pounds are named by neither",
        f"{OPENING}:4:1: prose: “573” is typed, compute it as a finding and write {{n}}`…`, "
        "or list it with a reason in csto.book.gate.NUMERALS",
    ),
    (
        "book/codebook.md",
        "<!-- csto: codebook -->",
        "{out}`vicar`\n\n<!-- csto: codebok -->",
        "book/codebook.md:3:1: prose: {out}: 'vicar' is no row of data/outside/, correct the mark",
    ),
    (
        "_toc.yml",
        "file: book/people",
        "file: book/peoples",
        "_toc.yml:13:1: book/peoples: is no page, write book/….md or notebooks/….ipynb "
        "or correct the name",
    ),
]


def damaged(choir: Path) -> list[str]:
    """A fault of every sort; what must be said of each."""
    for file, old, new, _ in DAMAGE:
        edit(choir / file, old, new)
    (choir / "book/documents/ferry.md").unlink()
    edit(choir / "notebooks/quarrel.ipynb", " <!-- no evidence: ", " <!-- ")
    return [
        *(said for *_, said in DAMAGE),
        "book/documents/ferry.md:1:1: file: is missing, write it: see book/extend.md",
        "“More is told by both than by either alone.…” has no evidence, add a mark or write why",
        "book/codebook.md:5:1: prose: {csto}: 'codebok' names no part (evidence, ",
    ]


@pytest.mark.commands
def test_the_check_says_all_of_it(choir: Path) -> None:
    wanted = damaged(choir)
    done = csto(choir, "check")
    assert done.returncode == 1 and done.stderr == f"{len(wanted)} problems\n", done.stdout
    assert [said for said in wanted if said not in done.stdout] == []


@pytest.mark.commands
def test_the_check_of_one_file_says_what_is_wrong_there(choir: Path) -> None:
    damaged(choir)
    done = csto(choir, "check", "book/documents.md", "book/codebook.md")
    assert re.fullmatch(r"(book/codebook\.md:.*\n){2}", done.stdout)
    assert "README.md is no file under data, book, notebooks, correct the name" in (
        csto(choir, "check", "README.md").stderr
    )


def test_neither_build_executes_or_makes_anything(choir: Path, plain_build: Run) -> None:
    damaged(choir)
    told = csto(choir, "check").stdout
    ours, theirs = csto(choir, "book"), plain_build(choir)
    assert (ours.returncode, ours.stdout) == (1, _settled(told))
    assert theirs.returncode == 1
    assert theirs.stderr == f"the book was not built:\n{_settled(told)}"
    assert "Traceback" not in ours.stderr + theirs.stdout
    assert [path for path in (choir / "_build").rglob("*") if path.is_file()] == []


def _settled(told: str) -> str:
    """What can be said before notebooks are executed, which may bring the finding that lacks."""
    lines = told.splitlines(keepends=True)
    return "".join(line for line in lines if "is no finding" not in line)


@pytest.mark.parametrize("command", ["check", "book"])
def test_a_book_that_would_print_half_of_a_document_stops(choir: Path, command: str) -> None:
    text = (choir / "data/extracts/bell.yml").read_text(encoding="utf-8").split("left_out:")[0]
    keys = re.findall(r"^  - id: (\S+)", text, re.MULTILINE)
    cited = "\n\n".join(f"So it stands {{ev}}`bell.{key}`." for key in keys)
    edit(choir / OPENING, "# Two choirs\n", f"# Two choirs\n\n{cited}\n")
    done = csto(choir, command)
    assert done.returncode == 1
    assert re.fullmatch(
        r"data/sources\.yml:2:5: bell: the book would print \d\d% of bell, "
        r"cite fewer of its passages\n",
        done.stdout,
    )


def test_a_finding_that_a_changed_cell_may_bring_stops_no_build(choir: Path) -> None:
    """The mark is there before the output: only executing tells whether it leads anywhere."""
    edit(choir / OPENING, "{n}`quarrel.days-apart`", "{n}`quarrel.days-between`")
    assert gate.problems(choir, is_settled=False) == []
    assert len(gate.problems(choir)) == 1


# ---- a chapter that is added -----------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "line", "where"),
    [("book/new.md", 3, "prose"), ("notebooks/new.ipynb", 10, "cell said")],
)
def test_a_new_chapter_is_judged_as_the_others_are(
    choir: Path, page: str, line: int, where: str
) -> None:
    text = f"# What everybody knows\n\n{CLAIM}\n"
    if page.endswith(".md"):
        (choir / page).write_text(text, encoding="utf-8")
    else:
        said = {"cell_type": "markdown", "id": "said", "metadata": {}}
        cells = [{**said, "source": text.splitlines(keepends=True)}]
        (choir / page).write_text(json.dumps({"cells": cells}, indent=1), encoding="utf-8")
    edit(choir / "_toc.yml", FIRST, f"{FIRST}      - file: {page.partition('.')[0]}\n")
    done = csto(choir, "check")
    assert done.returncode == 1
    assert done.stdout == (
        f"{page}:{line}:1: {where}: “{CLAIM}…” has no evidence, add a mark or write why it "
        "needs none: <!-- no evidence: because … -->\n"
    )


def test_a_plain_build_of_a_chapter_without_evidence_stops(
    choir: Path, plain_build: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ready.CHECKED, files.digest(choir, identity.PARTS))  # before the damage
    (choir / "book/new.md").write_text(f"# New\n\n{CLAIM}\n", encoding="utf-8")
    edit(choir / "_toc.yml", FIRST, f"{FIRST}      - file: book/new\n")
    done = plain_build(choir)
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert done.stderr.startswith(f"the book was not built:\nbook/new.md:3:1: prose: “{CLAIM}…”")
