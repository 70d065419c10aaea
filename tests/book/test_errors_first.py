"""What is wrong is said first, alone, and all at once: by the check, by the build, by any build."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from conftest import edit, run
from csto.book import gate

CLAIM = "Armenia left the alliance and everybody agrees."


def plain_build(folder: Path) -> subprocess.CompletedProcess[str]:
    """`jupyter-book build .`, as somebody who knows nothing of the project's commands."""
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    return subprocess.run([tool, "build", "."], cwd=folder, capture_output=True, text=True)


#: File, old text, new text, and what must be said of it, as a pattern.
DAMAGE = [
    (
        "data/actors.yml",
        "kind: person",
        "kind: persn",
        r"data/actors\.yml:\d+:\d+: \S+\.kind: 'persn' is no known actor_kind, did you mean",
    ),
    (
        "book/index.md",
        "{n}`rotation.backers-all`",
        "{n}`rotation.backers-some`",
        r"book/index\.md:\d+:1: prose: \{n\}: 'rotation.backers-some' is no finding, correct",
    ),
    (
        "book/index.md",
        "asiaplus-2019.the-rest-reportedly-support-belarus",
        "asiaplus-2019.the-rest",
        r"book/index\.md:\d+:1: prose: \{ev\}: 'asiaplus-2019.the-rest' is no extract, correct",
    ),
    (
        "book/index.md",
        "{out}`note-of-withdrawal`",
        "{out}`note-of-exit`",
        r"book/index\.md:\d+:1: prose: \{out\}: 'note-of-exit' is no row of data/outside/, correct",
    ),
    (
        "book/index.md",
        "{n}`withdrawal.days-claim-to-renunciation` days",
        "573 days",
        r"book/index\.md:\d+:1: prose: “573” is typed, compute it as a finding and write \{n\}`…`",
    ),
    (
        "notebooks/rotation.ipynb",
        " <!-- no evidence: ",
        " <!-- ",
        r"notebooks/rotation\.ipynb:\d+:1: cell \S+: “.*” has no evidence, add a mark or write why",
    ),
    (
        "book/codebook.md",
        "<!-- csto: codebook -->",
        "<!-- csto: codebok -->",
        r"book/codebook\.md:\d+:1: prose: \{csto\}: 'codebok' names no part \(",
    ),
    (
        "_toc.yml",
        "file: book/limits",
        "file: book/limit",
        r"_toc\.yml:\d+:1: book/limit: is no page, write book/….md or notebooks/….ipynb",
    ),
]


def damaged(project: Path) -> list[str]:
    """A fault of every sort; what must be said."""
    for file, old, new, _ in DAMAGE:
        edit(project / file, old, new)
    (project / "book/documents/edm-2018.md").unlink()
    missing = r"book/documents/edm-2018\.md:1:1: file: is missing, write it: see book/extend\.md"
    return [missing, *(said for *_, said in DAMAGE)]


def test_the_check_says_all_of_it(project: Path) -> None:
    wanted = damaged(project)
    done = run(project, "csto.cli", "check")
    assert done.returncode == 1
    assert [said for said in wanted if not re.search(f"^{said}", done.stdout, re.MULTILINE)] == []


def test_the_check_of_one_file_says_what_is_wrong_there(project: Path) -> None:
    damaged(project)
    done = run(project, "csto.cli", "check", "book/codebook.md")
    assert done.stdout.startswith("book/codebook.md:") and done.stdout.count("\n") == 1


def test_neither_build_executes_or_makes_anything(project: Path) -> None:
    damaged(project)
    edit(project / "data/actors.yml", "kind: persn", "kind: person")  # which stops every command
    told = run(project, "csto.cli", "check").stdout
    ours = run(project, "csto.cli", "book")
    assert (ours.returncode, ours.stdout) == (1, _settled(told))
    theirs = plain_build(project)
    assert theirs.returncode == 1
    assert theirs.stderr == f"the book was not built:\n{_settled(told)}"
    assert "Traceback" not in ours.stdout + ours.stderr + theirs.stdout
    made = [path.name for path in (project / "_build").rglob("*") if path.is_file()]
    assert made == []


def _settled(told: str) -> str:
    """What can be said before notebooks are executed, which may bring the finding that lacks."""
    return "".join(line for line in told.splitlines(keepends=True) if "is no finding" not in line)


@pytest.mark.parametrize("command", ["check", "book"])
def test_a_book_that_would_print_half_of_a_document_stops(project: Path, command: str) -> None:
    file = "data/extracts/asiaplus-2019.yml"
    text = (project / file).read_text(encoding="utf-8").split("left_out:")[0]
    keys = re.findall(r"^  - id: (\S+)", text, re.MULTILINE)
    cited = ", ".join(f"asiaplus-2019.{key}" for key in keys)
    edit(
        project / "book/method.md", "## What was read", f"All {{ev}}`{cited}`.\n\n## What was read"
    )
    done = run(project, "csto.cli", command)
    assert done.returncode == 1
    assert re.fullmatch(
        r"data/sources\.yml:\d+:\d+: asiaplus-2019: the book would print \d\d% of asiaplus-2019, "
        r"cite fewer of its passages\n",
        done.stdout,
    )


def test_a_finding_that_a_changed_cell_may_bring_stops_no_build(project: Path) -> None:
    """The mark is there before the output: only executing tells whether it leads anywhere."""
    edit(project / "book/index.md", "{n}`rotation.backers-all`", "{n}`rotation.backers-each`")
    assert gate.problems(project, is_settled=False) == []
    assert len(gate.problems(project)) == 1


# ---- a chapter that is added -----------------------------------------------------------


@pytest.mark.parametrize("page", ["book/new.md", "notebooks/new.ipynb"])
def test_a_new_chapter_is_judged_as_the_others_are(project: Path, page: str) -> None:
    text = f"# What everybody knows\n\n{CLAIM}\n"
    if page.endswith(".md"):
        (project / page).write_text(text, encoding="utf-8")
    else:
        said = {"cell_type": "markdown", "id": "said", "metadata": {}}
        cells = [{**said, "source": text.splitlines(keepends=True)}]
        (project / page).write_text(json.dumps({"cells": cells}, indent=1), encoding="utf-8")
    first = "      - file: notebooks/corpus\n"
    edit(project / "_toc.yml", first, f"{first}      - file: {page.partition('.')[0]}\n")
    done = run(project, "csto.cli", "check")
    line, where = (3, "prose") if page.endswith(".md") else (10, "cell said")
    assert done.returncode == 1
    assert done.stdout == (
        f"{page}:{line}:1: {where}: “{CLAIM[:50]}…” has no evidence, add a mark or write why it "
        "needs none: <!-- no evidence: because … -->\n"
    )


def test_a_plain_build_of_a_chapter_without_evidence_stops(project: Path) -> None:
    (project / "book/new.md").write_text(f"# New\n\n{CLAIM}\n", encoding="utf-8")
    first = "      - file: notebooks/corpus\n"
    edit(project / "_toc.yml", first, f"{first}      - file: book/new\n")
    done = plain_build(project)
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert done.stderr.startswith("the book was not built:\nbook/new.md:3:1: prose: “Armenia left")
