"""What pages say and whether it is borne out: good and bad cases, with place and message."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT, edit
from csto.book import contents, gate, prose
from csto.corpus.problems import DataError
from csto.corpus.reading import Corpus
from csto.corpus.values import Known

KNOWN = Known({"extract": {"one.a", "one.b"}, "outside row": {"row-a"}}, {})
#: Findings as stored: the days rest on a passage, the turns on the outside record.
FINDINGS = {
    "orchard.days": {"notebook": "orchard", "cell": "said", "evidence": ["one.a"], "outside": []},
    "later.turns": {"notebook": "later", "cell": "said", "evidence": [], "outside": ["row-a"]},
}
NO_EVIDENCE = (
    "has no evidence, add a mark or write why it needs none: <!-- no evidence: because … -->"
)
TYPED = (
    "is typed, compute it as a finding and write {n}`…`, "
    "or list it with a reason in csto.book.gate.NUMERALS"
)


def draft(folder: Path, text: str, page: str, first: str) -> gate.Draft:
    """A book of one page that holds `text`; `first` is what the first part lists."""
    file = folder / (page if page.endswith(".md") else f"{page}.ipynb")
    for path in (file, folder / "book/index.md", folder / "book/first.md"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Opening\n", encoding="utf-8")
    if file.suffix == ".md":
        file.write_text(text, encoding="utf-8")
    else:
        source = text.splitlines(keepends=True)
        cell = {"cell_type": "markdown", "id": "said", "metadata": {}, "source": source}
        file.write_text(json.dumps({"cells": [cell]}, ensure_ascii=False, indent=1), "utf-8")
    parts = [{"chapters": [{"file": each}]} for each in dict.fromkeys((first, page))]
    toc = {"format": "jb-book", "root": "book/index", "parts": parts}
    (folder / "_toc.yml").write_text(json.dumps(toc), encoding="utf-8")  # JSON is YAML
    chapters = contents.contents(folder).chapters
    corpus = Corpus(known=KNOWN)
    return gate.Draft(folder, corpus, prose.blocks(folder), chapters, FINDINGS, is_sound=False)


def problems(
    folder: Path, text: str, page: str = "notebooks/orchard", first: str | None = None
) -> list[str]:
    """What is wrong with a page that holds `text`, a chapter unless another is `first`."""
    return [str(problem) for problem in gate.judge(draft(folder, text, page, first or page))]


GOOD = [
    "They claim it {ev}`one.a`.",
    "It lasted {n}`orchard.days` days.",
    "- They say so {ev}`contradicts: one.a, one.b`.\n- So it is. <!-- no evidence: it follows -->",
    "<!-- no evidence: said above -->\nSo it is.",
    "On 2 November 2018, in 2016–2023, from 2018-11-02 on, “all 27 of them”, Q1, TOS1 {ev}`one.a`.",
    "A licence CC BY 4.0 {ev}`one.a`, <https://example.org/27> and `27`.",
    "```{glue:any} picture-27\n```",
    ":::{note}\nSaid {ev}`one.a`.\n:::",
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
    ("<p>So it is.</p>", 8, "raw HTML is read by no rule, write Markdown"),
    ("```{raw} html\nSo it is.\n```", 8, "raw HTML is read by no rule, write Markdown"),
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
    ("Said {n}`orchard.day`.", 8, "{n}: 'orchard.day' is no finding, correct the mark"),
    ("Said {ev}`one.a`\nby 27 of them.", 9, f"“27” {TYPED}"),
    ("See <https://example.org/27> 28 times {ev}`one.a`.", 8, f"“28” {TYPED}"),
    ("# All 27\n\nSaid {ev}`one.a`.", 8, f"“27” {TYPED}"),
    ("Said {ev}`one.a`.\n\n| a |\n| --- |\n| 3.5 |", 12, f"“3.5” {TYPED}"),
]


def test_a_block_knows_the_heading_above_it(tmp_path: Path) -> None:
    text = "# One\n\nSaid.\n\n## Two\n\nAgain.\n\nAnd again.\n"
    blocks = draft(tmp_path, text, "book/page.md", "book/page.md").blocks
    assert [(each.text, each.section) for each in blocks if each.page == "book/page"] == [
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
    assert problems(tmp_path, text) == [f"notebooks/orchard.ipynb:{line}:1: cell said: {message}"]


# ---- which pages are chapters ----------------------------------------------------------


def test_a_page_of_another_part_needs_no_evidence(tmp_path: Path) -> None:
    assert problems(tmp_path, "So it is.", first="book/first") == []


def test_whatever_the_first_part_lists_is_a_chapter(tmp_path: Path) -> None:
    said = problems(tmp_path, "# New\n\nAll agree.\n", page="book/new.md")
    assert said == [f"book/new.md:3:1: prose: “All agree.…” {NO_EVIDENCE}"]


def test_pages_below_a_chapter_and_those_of_a_pattern_are_chapters(tmp_path: Path) -> None:
    for name in ("index", "trees", "trees/elm", "trees/oak"):
        path = tmp_path / f"book/{name}.md"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("# Head\n", encoding="utf-8")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nparts:\n  - chapters:\n      - file: book/trees.md\n"
        "        sections:\n          - glob: book/trees/*\n",
        encoding="utf-8",
    )
    below = ["book/trees", "book/trees/elm", "book/trees/oak"]
    assert contents.contents(tmp_path) == contents.Contents(
        ["book/index", *below], below, {"book/trees": "1"}
    )


@pytest.mark.parametrize(
    ("toc", "said"),
    [
        (None, "_toc.yml:1:1: file: cannot be read"),
        ("format: [", "_toc.yml:1:1: file: cannot be read"),
        ("format: jb-buch\nroot: book/index\n", "_toc.yml:1:1: file: cannot be read"),
        (
            "format: jb-book\nroot: book/index\nchapters:\n  - file: essays/new\n",
            "_toc.yml:4:1: essays/new: is no page, write book/….md or notebooks/….ipynb "
            "or correct the name",
        ),
        (
            "format: jb-book\nroot: book/index\n",
            "_toc.yml:1:1: file: lacks notebooks/stray, list it or remove the notebook",
        ),
    ],
)
def test_a_table_of_contents_that_is_wrong_is_named(
    tmp_path: Path, toc: str | None, said: str
) -> None:
    for name in ("book/index.md", "notebooks/stray.ipynb", "essays/new.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("{}", encoding="utf-8")
    if toc is not None:
        (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")
    try:
        found = [str(problem) for problem in contents.problems(tmp_path)]
    except DataError as error:
        found = [str(problem) for problem in error.problems]
    assert any(problem.startswith(said) for problem in found), found


# ---- the outside record stays apart ----------------------------------------------------

APART = (
    "is of the outside record, on which no finding of this chapter rests, "
    "say it in a chapter that does"
)


@pytest.mark.parametrize("mark", ["{out}`row-a`", "{n}`later.turns`"])
def test_a_chapter_speaks_of_the_outside_record_only_if_it_computes_from_it(
    tmp_path: Path, mark: str
) -> None:
    role, key = mark.rstrip("`").split("`")
    text = f"Then {mark}."
    assert problems(tmp_path, text) == [
        f"notebooks/orchard.ipynb:8:1: cell said: {role}: '{key}' {APART}"
    ]
    assert problems(tmp_path / "that does", text, page="notebooks/later") == []
    assert problems(tmp_path / "no chapter", text, first="book/first") == []


def test_a_row_that_is_none(tmp_path: Path) -> None:
    assert problems(tmp_path, "Then\n{out}`row-a, row-b`.", page="notebooks/later") == [
        "notebooks/later.ipynb:9:1: cell said: {out}: 'row-b' is no row of data/outside/, "
        "correct the mark"
    ]


# ---- findings and pages ----------------------------------------------------------------


def test_a_finding_on_what_is_gone_is_named(tmp_path: Path) -> None:
    sound = draft(tmp_path, "Said {ev}`one.a`.", "notebooks/orchard", "notebooks/orchard")
    gone = {"notebook": "orchard", "cell": "said", "evidence": ["one.z"], "outside": ["row-z"]}
    broken = replace(sound, findings={"orchard.days": gone})
    assert [str(problem) for problem in gate.judge(broken)] == [
        "notebooks/orchard.ipynb:8:1: cell said: finding orchard.days: one.z, row-z are no "
        "extracts or rows, run make notebooks or correct the cell"
    ]
    assert gate.judge(replace(broken, is_settled=False)) == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("codebok", "'codebok' names no part (evidence, findings, "),
        ("evidence bell", "evidence takes no 'bell' (nothing), correct it"),
        ("outside trees", "outside takes no 'trees' (rules, "),
    ],
)
def test_a_call_of_a_part_that_is_none_is_named(tmp_path: Path, call: str, said: str) -> None:
    text = f"# Page\n\n<!-- csto: {call} -->\n"
    found = problems(tmp_path, text, page="book/page.md", first="book/first")
    assert len(found) == 1 and found[0].startswith(f"book/page.md:3:1: prose: {{csto}}: {said}")


def test_what_is_no_whole_file_is_said_alone(choir: Path) -> None:
    (choir / "notebooks/quarrel.ipynb").write_bytes(b'{"cells": [')
    (choir / "book/people.md").write_bytes(b"\xff\xfe")
    assert [str(problem) for problem in gate.problems(choir)] == [
        f"{file}:1:1: file: is no whole {what}, restore it: git checkout {file}"
        for file, what in (
            ("book/people.md", "page in UTF-8"),
            ("notebooks/quarrel.ipynb", "notebook"),
        )
    ]


def test_a_finding_that_stands_twice_is_named(choir: Path) -> None:
    notebook = choir / "notebooks/quarrel.ipynb"
    (choir / "notebooks/repeat.ipynb").write_bytes(notebook.read_bytes())
    first = "      - file: notebooks/quarrel\n"
    edit(choir / "_toc.yml", first, f"{first}      - file: notebooks/repeat\n")
    [problem] = gate.problems(choir)
    assert re.fullmatch(
        r"notebooks/repeat\.ipynb:\d+:1: cell days: finding 'quarrel\.days-apart' stands already "
        r"in notebooks/quarrel\.ipynb, rename one",
        str(problem),
    )


@pytest.mark.parametrize(
    ("caption", "many"),
    [
        ("What acts there are. Not all are told.", 0),
        ("It lasts 1.5 days, e.g. here. “Not all,” they say", 0),
        ("What acts. Not all. Ask!", 3),
        ("What acts. “Not all.” Ask", 3),
        ("Shown in May. 12 are left out. Ask whom? Nobody.", 4),
    ],
)
def test_a_caption_has_two_sentences(choir: Path, caption: str, many: int) -> None:
    """Of a figure, at the line of its cell, and of a table, as it is stored."""
    text = (choir / "notebooks/quarrel.ipynb").read_text(encoding="utf-8")
    there = "How often each act is told."
    plain = caption.replace("12", "Twelve").replace("1.5", "many")
    for old in (f'"caption": "{there}"', '"caption": "Acts"'):
        assert text.count(old) == 1
        text = text.replace(old, f'"caption": {json.dumps(plain, ensure_ascii=False)}')
    (choir / "notebooks/quarrel.ipynb").write_text(text, encoding="utf-8")
    said = (
        f"caption “{plain[:50]}…” has {many} sentences, keep 2: what to see, and what to beware "
        "of; say the rest in the text or in the chart’s note"
    )
    lines = prose.cell_lines(text)
    assert [str(each) for each in gate.problems(choir)] == [
        f"notebooks/quarrel.ipynb:{lines[cell] + more}:1: cell {cell}: {said}"
        for cell, more in (("drawn", 1), ("acts", 0))
        if many
    ]


LONG = "What each of the choirs sang that year, and what it did not sing"


def test_a_title_of_a_table_has_twelve_words(choir: Path) -> None:
    """In a notebook, and on a page, where it stands behind the name of the directive."""
    edit(choir / "notebooks/quarrel.ipynb", '"caption": "Acts"', f'"caption": "{LONG}. More."')
    page = choir / "book/index.md"
    before = page.read_text(encoding="utf-8")
    table = f"\n```{{table}} **{LONG}.**\n:name: tbl-x-1\n\n| a |\n| --- |\n| b |\n```\n"
    page.write_text(before + table, encoding="utf-8")
    line = before.count("\n") + 2
    found = [str(each) for each in gate.problems(choir)]
    assert [each.partition("“")[2].partition("…")[2] for each in found] == [
        "” has 14 words, keep 12: what it comes to; say the rest in a second sentence"
    ] * 2
    assert any(each.startswith(f"book/index.md:{line}:") for each in found)


# ---- the project -----------------------------------------------------------------------


def test_captions_are_prose_too(choir: Path) -> None:
    caption = '"caption": "How often'
    edit(choir / "notebooks/quarrel.ipynb", caption, caption.replace("How", "Of 27, how"))
    [problem] = gate.problems(choir)
    assert str(problem).endswith(f"“27” {TYPED}")


@pytest.mark.commands
def test_the_book_passes_and_was_looked_at() -> None:
    assert gate.problems(ROOT) == []
    found = prose.blocks(ROOT)
    assert sum(len(block.marks) for block in found) > 100
    assert sum(bool(block.excuse) and block.kind == "paragraph" for block in found) < 40


def test_the_line_is_that_of_the_file(choir: Path) -> None:
    path = choir / "notebooks/quarrel.ipynb"
    edit(path, " <!-- no evidence: ", " <!-- ")
    [problem] = gate.problems(choir)
    assert " <!-- " in path.read_text(encoding="utf-8").splitlines()[problem.line - 1]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Armenia {emphasis}`never` recalled {ev}`one.a`.", "the role {emphasis}"),
        ("[No]{.d-none} document says {ev}`one.a`.", "an attribute"),
        ("It <del>never</del> recalled {ev}`one.a`.", "raw HTML"),
        (":::{div} d-none\nIt recalled {ev}`one.a`.\n:::", "a class that is not ours"),
        (":::{note}\n:class: d-none\nIt did {ev}`one.a`.\n:::", "a class that is not ours"),
    ],
)
def test_words_that_are_shown_as_others_are_named(text: str, what: str, tmp_path: Path) -> None:
    said = f"{what} is read by no rule, write plain Markdown"
    assert any(one.endswith(said) for one in problems(tmp_path, text))
