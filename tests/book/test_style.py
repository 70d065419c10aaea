"""How chapters are written: each rule with its message, and exceptions that a rule reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto.book import prose, style

LONG = " ".join(["Word", *["word"] * 34])
TITLE = "# One two three four five six seven eight nine"
STYLE = """words:
  - rung
  - told of
exceptions:
  - page: book/tale
    words: the last rung
    because: it is the title of a picture
"""


def problems(folder: Path, text: str, data: str | None = None) -> list[str]:
    """What is wrong with a page of the text, under the style of `data`."""
    (folder / "book").mkdir()
    (folder / "book/tale.md").write_text(text, encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: book/tale\n", encoding="utf-8")
    if data is not None:
        (folder / style.FILE).write_text(data, encoding="utf-8")
    return [str(each) for each in style.problems(folder, prose.blocks(folder))]


@pytest.mark.parametrize(
    "text",
    [
        f"Short. Short. Said. {LONG}.",
        f"Yes. No. Yes. {LONG[:-5]} {{n}}`x.y` {{ev}}`a.b`.",
        TITLE,
        "It came {ev}`a.b, a.c`, and went. It {ev}`a.d`.\nSo it is.” {ev}`a.e, a.f` They {n}`x.y`.",
        "It holds {sure}`x.y` {ev}`a.b` {out}`row`, so it is.",
        "One. Two. Three. Four. Five {n}`x.y`.",
        "They said “a rung, told of”. It was told officially, and wrung.",
    ],
)
def test_what_is_plain_passes(tmp_path: Path, text: str) -> None:
    words = "words:\n  - rung\n  - told of\n"
    assert problems(tmp_path, f"{text}\n", words) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "It stood\non the Rung {ev}`a.b`.",
            1,
            "“Rung” is a word of the method, say it in plain words",
        ),
        (
            f"Yes. No. Yes.\nThe {LONG}.",
            2,
            "“The Word word word word word word word w…”: sentence of 36 words, at most 35, cut it",
        ),
        (
            f"{TITLE} {{n}}`x.y`",
            1,
            "“One two three four five six seven eight…”: heading of 10 words, at most 9, "
            "shorten it",
        ),
        (
            "One. Two. Three. Four. Five {ev}`a.b`. Six.",
            1,
            "“One. Two. Three. Four. Five. Six.…”: paragraph of 6 sentences, at most 5, divide it",
        ),
        (
            "It came.\nIt went {ev}`a.b, a.c` by night. {out}`row`\nIt was.",
            2,
            "“It went by night.…”: 3 passages or rows in a sentence, at most 2, leave some out",
        ),
        (
            "It came\nat last {out}`row` , and went {n}`x.y` .",
            2,
            "a blank between a mark and “,”, remove it",
        ),
        (
            "They came to him and to her and to all of the others at once and then again.",
            1,
            "half of its sentences have 18 words or more, keep that under 18",
        ),
    ],
)
def test_what_is_not_plain_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    found = problems(tmp_path, f"{text}\n", "words:\n  - rung\n")
    assert found == [f"book/tale.md:{line}:1: prose: style: {said}"]


# ---- exceptions ------------------------------------------------------------------------


def test_an_exception_excuses_what_holds_its_words(tmp_path: Path) -> None:
    assert problems(tmp_path, "It stands on the last rung.\n", STYLE) == []


def test_an_exception_excuses_nothing_else_and_is_named_when_stale(tmp_path: Path) -> None:
    assert problems(tmp_path, "It stands on a rung.\n", STYLE) == [
        "book/tale.md:1:1: prose: style: “rung” is a word of the method, say it in plain words",
        "book/style.yml:5:1: exceptions: “the last rung” offends on book/tale against no rule, "
        "remove the exception",
    ]


@pytest.mark.parametrize("reason", ["", "    why: it is the title of a picture\n"])
def test_an_exception_has_a_reason(tmp_path: Path, reason: str) -> None:
    data = STYLE.replace("    because: it is the title of a picture\n", reason)
    assert problems(tmp_path, "It stands.\n", data) == [
        "book/style.yml:5:1: exceptions.0: is no exception, write page, words and because"
    ]


def test_a_style_that_is_no_lists_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path, "It stands.\n", "words: rung\n") == [
        "book/style.yml:1:1: file: holds no lists, restore it"
    ]
