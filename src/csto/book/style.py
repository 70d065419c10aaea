"""How chapters are written: plain words, short sentences, few marks.

What a chapter may not say, and which offences stand for which reason, is data:
`book/style.yml`. A book without that file is held to the lengths alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from statistics import median
from typing import Any

from csto.book.prose import Block, Mark
from csto.corpus import strict_yaml
from csto.corpus.problems import Problem

FILE = "book/style.yml"
SENTENCE, USUAL = 35, 18  # words: the most in a sentence; below this is half of a chapter's
HEADING, PARAGRAPH, CITED = 9, 5, 2  # the most words; sentences; passages and rows in a sentence
TEXT = ("paragraph", "caption")
KEYS = {"page", "words", "because"}  # of an exception
_CITES = ("ev", "out")
_MARK, _NUMBER = "\ufffc", "N"  # stand in a text where marks and numbers do
_END = re.compile(rf"[.!?][”’)]*(?:\s*{_MARK})*(?=\s+[“‘(]?[A-Z])")
_WORD = re.compile(r"[\w’'–-]+")
_QUOTED = re.compile(r"“[^“”]*”")
_APART = re.compile(rf"{_MARK}\s+[.,]")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is read, the line on which it starts, and its marks of passages and rows."""

    text: str
    line: int
    marks: list[Mark]

    @property
    def length(self) -> int:
        """How many words it has; a computed number is one."""
        return len(_WORD.findall(self.text))


@dataclass(frozen=True)
class Offence:
    """A fault, the page, and the text in which an exception's words are looked for."""

    problem: Problem
    page: str
    text: str


@dataclass
class _Style:
    """What `book/style.yml` says."""

    words: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)  # words of quantity
    exceptions: list[tuple[str, str, int]] = field(default_factory=list)  # page, words, line
    problems: list[Problem] = field(default_factory=list)


def problems(root: Path, blocks: Iterable[Block]) -> Iterator[Problem]:
    """What is not plain in `blocks`, but for exceptions; and exceptions that excuse nothing."""
    style = _style(root)
    yield from style.problems
    used = set()
    for offence in _offences(list(blocks), style.words):
        excuses = {
            each for each in style.exceptions if each[0] == offence.page and each[1] in offence.text
        }
        used |= excuses
        if not excuses:
            yield offence.problem
    for page, words, line in style.exceptions:
        if (page, words, line) not in used:
            what = f"“{words}” offends on {page} against no rule, remove the exception"
            yield Problem(FILE, line, 1, "exceptions", what)


def counted(root: Path) -> list[str]:
    """The words of quantity that the book puts to the test; none where it does not say."""
    return _style(root).counted


def _style(root: Path) -> _Style:
    """The words and exceptions of a book; what is wrong with them."""
    style, path = _Style(), root / FILE
    if not path.exists():
        return style
    loaded = strict_yaml.load(path, FILE)
    style.problems += loaded.problems
    value: dict[str, Any] = loaded.value if isinstance(loaded.value, dict) else {}
    if not loaded.problems and not all(isinstance(each, list) for each in value.values()):
        style.problems.append(Problem(FILE, 1, 1, "file", "holds no lists, restore it"))
        return style
    style.words = [str(word) for word in value.get("words", [])]
    style.counted = [str(word) for word in value.get("counted", [])]
    for number, each in enumerate(value.get("exceptions", [])):
        line, _ = loaded.marks.get(("exceptions", number), (1, 1))
        if isinstance(each, dict) and set(each) == KEYS and all(each.values()):
            style.exceptions.append((str(each["page"]), str(each["words"]), line))
        else:
            what = "is no exception, write page, words and because"
            style.problems.append(Problem(FILE, line, 1, f"exceptions.{number}", what))
    return style


# ---- the rules -----------------------------------------------------------------------


def _offences(blocks: list[Block], words: list[str]) -> Iterator[Offence]:
    for block in blocks:
        yield from _words(block, words)
        yield from _lengths(block)
        yield from _marks(block)
    for page, of_page in groupby(blocks, key=lambda block: block.page):
        yield from _rhythm(page, list(of_page))


def _words(block: Block, words: list[str]) -> Iterator[Offence]:
    """Words of the method; a quotation may have them."""
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    for sentence in sentences(block) if words else ():
        said = _QUOTED.sub(" ", sentence.text)
        for match in re.finditer(rf"\b(?:{pattern})\b", said, re.IGNORECASE):
            what = f"“{match[0]}” is a word of the method, say it in plain words"
            yield _offence(block, sentence.line, what, sentence.text)


def _lengths(block: Block) -> Iterator[Offence]:
    """Sentences, headings and paragraphs that are too long."""
    said = sentences(block)
    for sentence in said:
        if block.kind == "heading":
            continue
        if sentence.length > SENTENCE:
            what = f"sentence of {sentence.length} words, at most {SENTENCE}, cut it"
            yield _offence(block, sentence.line, _begins(sentence.text, what), sentence.text)
    whole = " ".join(sentence.text for sentence in said)
    if block.kind == "heading" and (length := sum(each.length for each in said)) > HEADING:
        what = f"heading of {length} words, at most {HEADING}, shorten it"
        yield _offence(block, block.line, _begins(whole, what), whole)
    if block.kind == "paragraph" and len(said) > PARAGRAPH:
        what = f"paragraph of {len(said)} sentences, at most {PARAGRAPH}, divide it"
        yield _offence(block, block.line, _begins(whole, what), whole)


def _marks(block: Block) -> Iterator[Offence]:
    """Sentences with many marks, and marks that stand apart from the comma or stop after them."""
    for sentence in sentences(block):
        cited = sum(len(mark.ids) for mark in sentence.marks)
        if cited > CITED:
            what = f"{cited} passages or rows in a sentence, at most {CITED}, leave some out"
            yield _offence(block, sentence.line, _begins(sentence.text, what), sentence.text)
    text = _marked(block)
    for match in _APART.finditer(text):
        line = block.line + text[: match.start()].count("\n")
        what = f"a blank between a mark and “{match[0][-1]}”, remove it"
        yield _offence(block, line, what, _plain(text))


def _rhythm(page: str, blocks: list[Block]) -> Iterator[Offence]:
    """A page whose sentences are long on the whole."""
    lengths = [each.length for b in blocks if b.kind in TEXT for each in sentences(b)]
    if lengths and (middle := median(lengths)) >= USUAL:
        what = f"half of its sentences have {middle:g} words or more, keep that under {USUAL}"
        yield _offence(blocks[0], 1, what, "")


def _offence(block: Block, line: int, what: str, text: str) -> Offence:
    return Offence(block.problem(line, f"style: {what}"), block.page, text)


def _begins(text: str, what: str) -> str:
    return f"“{text[:40].rstrip()}…”: {what}"


# ---- sentences -----------------------------------------------------------------------


def sentences(block: Block) -> list[Sentence]:
    """The sentences of a block, each with the marks that stand in it or right behind its stop."""
    text, start, said = _marked(block), 0, []
    cites = iter([mark for mark in block.marks if mark.role in _CITES])
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        part = text[start:end]
        line = block.line + text[: start + len(part) - len(part.lstrip())].count("\n")
        marks = list(islice(cites, part.count(_MARK)))
        if _plain(part):
            said.append(Sentence(_plain(part), line, marks))
        start = end
    return said


def _marked(block: Block) -> str:
    """The text of a block with a sign where each number, passage or row is marked."""
    parts, start = [], 0
    for mark in block.marks:
        sign = _MARK if mark.role in _CITES else _NUMBER if mark.role == "n" else ""
        parts += [block.text[start : mark.offset], sign]
        start = mark.offset
    return "".join([*parts, block.text[start:]])


def _plain(text: str) -> str:
    """A marked text as it is read, in one line."""
    return " ".join(re.sub(rf"\s*{_MARK}", "", text).split())
