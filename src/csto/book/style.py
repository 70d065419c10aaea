"""How chapters are written, as far as a machine can hold it.

One rule, one short generator: the blocks of the chapters in, problems out.
What may stay as it is, is listed in `EXCEPTIONS` with its reason.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Iterator

from csto.book.prose import Block
from csto.corpus.problems import Problem

#: Words of the codebook, which a reader of the report has not read.
CODEBOOK = re.compile(
    r"\b(mention(?:s|ed)?|extracts?|rungs?|strict(?:ly)?|broad(?:ly)?|contested|mere words|adverse|"
    r"cooperative acts?|coded|coding|told of|the gap|hedged passages?|specifications?|stances?)\b",
    re.IGNORECASE,
)
LONGEST, MEDIAN = 35, 18  # words of a sentence
HEADING, PARAGRAPH, MARKS, CAPTION = 9, 5, 2, 2  # words, sentences, marks a sentence, sentences
#: Text that may stay although a rule is against it, and why.
EXCEPTIONS: dict[str, str] = {}

_END = re.compile(r"[.!?]+[”’)]*(?=\s|$)")
_QUOTED = re.compile(r"“[^”]*”")
_BLANK = re.compile(r"\s+([,.;:!?])(?=\s|$)")
_SMALL = re.compile(r"(?<![\w.,–-])\d(?![\w.,–-]|\s*%)")
_DAY = re.compile(
    r"\b\d{1,2}(?=\s(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December))"
)
_WORD = re.compile(r"[\w’'–-]+")

Rule = Callable[[Block], Iterator[str]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule on a block."""
    RULES.append(function)
    return function


def problems(blocks: Iterable[Block], exceptions: dict[str, str] | None = None) -> list[Problem]:
    """What is wrong with the chapters, and the exceptions that nothing needs any more."""
    listed = EXCEPTIONS if exceptions is None else exceptions
    used, found, mine = set[str](), list[Problem](), list(blocks)
    for block in mine:
        for said in (said for each in RULES for said in each(block)):
            excused = {words for words in listed if words in block.text}
            used |= excused
            if not excused:
                found.append(block.problem(block.line, said))
    found += _too_long_on_the_whole(mine)
    stale = (words for words in listed if words not in used)
    return found + [
        Problem(
            "src/csto/book/style.py", 1, 1, "EXCEPTIONS", f"“{words}” excuses nothing, remove it"
        )
        for words in stale
    ]


def sentences(block: Block) -> list[str]:
    """The sentences of a block, each without its end."""
    flat = " ".join(block.text.split())
    return [part.strip() for part in _END.split(flat) if part.strip()]


def _length(sentence: str) -> int:
    return len(_WORD.findall(sentence))


def _short(words: str) -> str:
    return f"“{' '.join(words.split())[:50]}…”"


@rule
def the_codebook_stays_out(block: Block) -> Iterator[str]:
    """Words of the codebook are for the methods pages; what is quoted is somebody else's."""
    for match in CODEBOOK.finditer(_QUOTED.sub(" ", block.text)):
        yield f"“{match[0]}” is a word of the codebook, say it in plain words"


@rule
def sentences_are_short(block: Block) -> Iterator[str]:
    """A sentence of over thirty-five words is cut."""
    for one in sentences(block) if block.kind in ("paragraph", "caption") else ():
        if _length(one) > LONGEST:
            yield f"{_short(one)} has {_length(one)} words, cut it below {LONGEST + 1}"


@rule
def headings_are_short(block: Block) -> Iterator[str]:
    """A heading is taken in at a glance."""
    if block.kind == "heading" and _length(block.text) > HEADING:
        said = f"{_short(block.text)} has {_length(block.text)} words"
        yield f"{said}, a heading has {HEADING} at most"


@rule
def paragraphs_are_short(block: Block) -> Iterator[str]:
    """A paragraph holds one thought."""
    count = len(sentences(block))
    if block.kind == "paragraph" and count > PARAGRAPH:
        yield f"{_short(block.text)} has {count} sentences, a paragraph has {PARAGRAPH} at most"


@rule
def captions_are_short(block: Block) -> Iterator[str]:
    """A caption says what to see and what to beware of."""
    count = len(sentences(block))
    if block.kind == "caption" and count > CAPTION:
        yield f"{_short(block.text)} has {count} sentences, a caption has {CAPTION} at most"


@rule
def numbers_are_in_words(block: Block) -> Iterator[str]:
    """A typed number under ten stands in words; one that is computed is printed so."""
    text = _DAY.sub(" ", _QUOTED.sub(" ", block.text))
    for match in _SMALL.finditer(text) if block.kind == "paragraph" else ():
        yield f"“{match[0]}” is under ten, write it in words"


@rule
def no_blank_stands_before_a_stop(block: Block) -> Iterator[str]:
    """A mark belongs to its word; where one is taken away no blank is left."""
    if not block.marks:
        for match in _BLANK.finditer(block.text):
            yield f"a blank stands before “{match[1]}”, remove it"


@rule
def marks_are_few(block: Block) -> Iterator[str]:
    """At most two passages a sentence; a line of the source holds one sentence or more."""
    for number, text in enumerate(block.text.split("\n"), start=block.line):
        here = [mark for mark in block.marks if mark.line == number and mark.role in ("ev", "out")]
        keys, count = sum(len(mark.ids) for mark in here), max(1, len(_END.findall(text)))
        if keys > MARKS * count:
            yield f"{_short(text)} has {keys} marks, a sentence has {MARKS} at most"


def _too_long_on_the_whole(blocks: list[Block]) -> Iterator[Problem]:
    """Half of a chapter's sentences are under eighteen words."""
    pages: dict[str, list[Block]] = {}
    for block in blocks:
        if block.kind == "paragraph":
            pages.setdefault(block.page, []).append(block)
    for page, mine in pages.items():
        lengths = [_length(one) for block in mine for one in sentences(block)]
        if lengths and (median := statistics.median(lengths)) >= MEDIAN:
            said = f"the median sentence has {median:g} words, cut some: half have under {MEDIAN}"
            yield Problem(mine[0].file, mine[0].line, 1, page, said)
