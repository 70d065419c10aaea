"""What the pages say, and whether all of it is borne out.

Reads the hand-written Markdown of pages and notebooks with the book's own
parser. Knows marks, claims and numerals; does not know how they look.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from csto.corpus.problems import Problem

#: Chapters in which every paragraph carries evidence or says why it needs none; the last rests on the outside record.
ANALYTICAL = ("corpus", "rotation", "azerbaijan", "withdrawal", "robustness")
MARKED = (*ANALYTICAL, "aftermath")
STANCES = ("supports", "contradicts", "qualifies")

#: Numerals that are part of a name and count nothing.
NUMERALS = {
    "CC BY 4.0": "name of a licence",
    "UTF-8": "name of an encoding",
    "Python 3.11": "version that the project needs",
    "Jupyter Book 1": "version that the project needs",
}

_EXTENSIONS = ("colon_fence", "dollarmath", "attrs_inline")
_NOT_PROSE = (
    "glue",
    "code",
    "code-block",
    "code-cell",
    "bibliography",
    "toctree",
    "tableofcontents",
    "math",
    "raw",
    "image",
    "literalinclude",
)
_EXCUSE = re.compile(r"<!--\s*no evidence:(.*?)-->", re.DOTALL)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}(?:–\d{{1,2}})? (?={_MONTH})|\b(?:1[5-9]|20)\d\d(?:s\b|\b)"
)
_QUOTED = re.compile(r"“[^”]*”")
_NUMERAL = re.compile(r"(?<![\w\d])\d[\d.,\u202f]*(?<![.,])")


@dataclass(frozen=True)
class Mark:
    """An inline role of the trail, where it stands."""

    role: str
    content: str
    line: int

    @property
    def stance(self) -> str:
        """What the passages do to the claim: the word before the colon."""
        head, colon, _ = self.content.rpartition(":")
        return head.strip() if colon else "supports"

    @property
    def ids(self) -> list[str]:
        """The extracts that it names."""
        return [part.strip() for part in self.content.rpartition(":")[2].split(",") if part.strip()]


@dataclass
class Block:
    """A paragraph, heading, table cell or caption of a page."""

    page: str  # as Sphinx names it
    file: str
    line: int
    where: str  # the cell of a notebook, or "prose"
    section: str
    kind: str = ""
    text: str = ""  # what is read: without marks, code and comments
    marks: list[Mark] = field(default_factory=list)
    excuse: str | None = None

    def problem(self, line: int, message: str) -> Problem:
        """A fault at a line of this block."""
        return Problem(self.file, line, 1, self.where, message)


@dataclass(frozen=True)
class _Source:
    """A stretch of Markdown and where it stands; `line` is that of its first line."""

    page: str
    file: str
    where: str
    line: int
    text: str


# ---- reading -------------------------------------------------------------------------


def blocks(root: Path) -> list[Block]:
    """Everything that the pages say, in the order of pages and of reading."""
    return [block for source in _sources(root) for block in _parse(source)]


def _sources(root: Path) -> Iterator[_Source]:
    for path in sorted((root / "book").rglob("*.md")):
        file = path.relative_to(root).as_posix()
        yield _Source(file.removesuffix(".md"), file, "prose", 1, path.read_text(encoding="utf-8"))
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        yield from _cells(path, path.relative_to(root).as_posix())


def _cells(path: Path, file: str) -> Iterator[_Source]:
    text = path.read_text(encoding="utf-8")
    lines = _cell_lines(text)
    for number, cell in enumerate(json.loads(text)["cells"]):
        name = cell.get("id", str(number))
        start = lines.get(name, 1)
        here = (file.removesuffix(".ipynb"), file, f"cell {name}", start)
        if cell["cell_type"] == "markdown":
            yield _Source(*here, "".join(cell["source"]))
        elif caption := cell["metadata"].get("mystnb", {}).get("figure", {}).get("caption"):
            yield _Source(*here, f":::{{caption}}\n{caption}\n:::")


def _cell_lines(text: str) -> dict[str, int]:
    """The line of the notebook's file on which each cell's source begins."""
    found, name = {}, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := re.match(r' {3}"id": "([^"]+)"', line):
            name = match[1]
        elif re.match(r' {3}"source": \[', line):
            found[name] = number + 1
    return found


@functools.cache
def _parser() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=_EXTENSIONS), RendererHTML)


def _parse(source: _Source, section: str = "") -> Iterator[Block]:
    tokens = _parser().parse(source.text)
    kind, line, excuse = "", source.line, None
    for token in tokens:
        if token.map:
            line = source.line + token.map[0]
        block = Block(source.page, source.file, line, source.where, section, kind)
        if token.type in ("fence", "colon_fence"):
            yield from _inside(token, block)
        elif token.type == "html_block" and (match := _EXCUSE.search(token.content)):
            block.kind, block.excuse = "comment", match[1].strip()
            excuse = block
            yield block
        elif token.type == "inline":
            _read(token, block)
            if excuse and kind == "paragraph":
                block.excuse, excuse.kind = excuse.excuse, "comment of a paragraph"
            excuse = None
            section = block.text.strip() if kind == "heading" else section
            yield block
        elif token.type.endswith("_open"):
            kind = token.type.removesuffix("_open")


def _inside(token: Token, block: Block) -> Iterator[Block]:
    """What a directive holds, where that is prose."""
    name = re.match(r"\{([\w:.-]+)\}", token.info.strip())
    if not name or name[1].split(":")[0] in _NOT_PROSE:
        return
    inner = _Source(block.page, block.file, block.where, block.line + 1, token.content)
    for each in _parse(inner, block.section):
        each.kind = "caption" if name[1] == "caption" else each.kind
        yield each


def _read(token: Token, block: Block) -> None:
    """Fill a block from an inline token: its text, its marks, its excuse."""
    line, in_address = block.line, False
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
            block.text += "\n"
        elif child.type == "link_open":
            in_address = child.markup in ("autolink", "linkify")
        elif child.type == "link_close":
            in_address = False
        elif child.type in ("text", "math_inline") and not in_address:
            block.text += child.content
        elif child.type == "myst_role" and child.meta["name"] in ("ev", "n", "out"):
            block.marks.append(Mark(child.meta["name"], child.content, line))
        elif child.type == "html_inline" and (match := _EXCUSE.search(child.content)):
            block.excuse = match[1].strip()


# ---- judging -------------------------------------------------------------------------


def check(
    root: Path, extracts: Collection[str], findings: Collection[str], outside: Collection[str] = ()
) -> list[Problem]:
    """Every mark that resolves to nothing, claim without evidence and typed number."""
    found = blocks(root)
    return [
        problem
        for block in found
        for problem in (
            *_unresolved(block, extracts, findings, outside),
            *_unsupported(block),
            *_typed(block),
        )
    ]


def _unresolved(
    block: Block, extracts: Collection[str], findings: Collection[str], outside: Collection[str]
) -> Iterator[Problem]:
    for mark in block.marks:
        if mark.role == "out":
            for key in set(mark.ids) - set(outside):
                yield block.problem(
                    mark.line, f"{{out}}: '{key}' is no row of data/outside/, correct the mark"
                )
            continue
        if mark.role == "n":
            if mark.content not in findings:
                yield block.problem(
                    mark.line, f"{{n}}: '{mark.content}' is no finding, correct the mark"
                )
            continue
        if mark.stance not in STANCES or not mark.ids:
            yield block.problem(
                mark.line, f"{{ev}}: '{mark.content}' names no stance or extract, correct the mark"
            )
        for key in mark.ids:
            if key not in extracts:
                yield block.problem(mark.line, f"{{ev}}: '{key}' is no extract, correct the mark")


def _unsupported(block: Block) -> Iterator[Problem]:
    """In a chapter a paragraph has a mark, or one excuse with a reason."""
    if block.page not in {f"notebooks/{name}" for name in MARKED}:
        return
    if block.kind == "comment":
        yield block.problem(
            block.line, "“no evidence” stands before no paragraph, put it right before or into one"
        )
    elif block.excuse == "":
        yield block.problem(
            block.line, "“no evidence” gives no reason, write <!-- no evidence: because … -->"
        )
    elif block.kind == "paragraph" and block.marks and block.excuse:
        yield block.problem(block.line, "says “no evidence” and has a mark, remove one of them")
    elif block.kind == "paragraph" and not block.marks and not block.excuse and block.text.strip():
        words = " ".join(block.text.split())[:50]
        what = "has no evidence, add a mark or write why it needs none: <!-- no evidence: because … -->"
        yield block.problem(block.line, f"“{words}…” {what}")


def _typed(block: Block) -> Iterator[Problem]:
    """A numeral belongs in a mark, a date, a quotation or a name."""
    text = block.text
    for pattern in (_QUOTED, *(re.compile(re.escape(name)) for name in NUMERALS), _DATE):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in _NUMERAL.finditer(text):
        line = block.line + text[: match.start()].count("\n")
        what = f"“{match[0]}” is typed, compute it as a finding and write {{n}}`…`, or list it with a reason in csto.book.prose.NUMERALS"
        yield block.problem(line, what)
