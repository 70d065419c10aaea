"""What the pages say: paragraphs, headings, cells and captions, with their marks.

Reads the hand-written Markdown of pages and notebooks with the book's own
parser. Whether what they say is borne out is `csto.book.gate`.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from csto.book import contents
from csto.corpus.problems import Problem

STANCES = ("supports", "contradicts", "qualifies")
#: Inline roles of the trail: passages, numbers, rows of the outside record, how sure a claim is.
ROLES = ("ev", "n", "out", "sure")
#: Other roles, which print what they lead to and dress no words.
LEADING = ("numref", "minutes", "sign", "cite:p", "cite:t", "ref", "doc")
_ATTRIBUTES = {"href", "src", "alt", "title", "start"}  # of what Markdown itself makes

_EXTENSIONS = {"colon_fence", "dollarmath", "attrs_inline"}
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
_COMMENT = re.compile(r"\s*(<!--((?!-->).)*-->\s*)*", re.DOTALL)
_EXCUSE = re.compile(r"<!--\s*no evidence:((?:(?!<!--|-->).)*)-->", re.DOTALL)
#: A note on a word of quantity: `<!-- only: a.number = 1 -->`.
NOTE = re.compile(
    r"<!--(?!\s*no evidence:|\s*csto:)\s*([a-z ]+?): ((?:(?!<!--|-->).)*?)\s*-->", re.DOTALL
)


_OPTIONS = re.compile(r"\A(:[\w-]+:.*\n)+")  # of a directive


@dataclass(frozen=True)
class Mark:
    """An inline role of the trail, where it stands."""

    role: str
    content: str
    line: int
    offset: int = 0  # in the text of its block

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
    notes: list[Mark] = field(default_factory=list)  # on words of quantity: word, reason
    excuse: str | None = None
    dressed: list[tuple[int, str]] = field(default_factory=list)  # line, and what is no plain word

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


def blocks(root: Path) -> list[Block]:
    """Everything that the listed pages say, by page, in the order of reading.

    Raises DataError when `_toc.yml` cannot be read.
    """
    return [block for source in _sources(root) for block in _blocks(source)]


@functools.cache
def _blocks(source: _Source) -> tuple[Block, ...]:
    """What a stretch of Markdown says: read once, however often a build asks."""
    return tuple(_parse(source))


def _sources(root: Path) -> Iterator[_Source]:
    there = contents.files(root)
    for page in sorted(set(contents.contents(root).pages) & there.keys()):
        file, text = there[page].relative_to(root).as_posix(), there[page].read_text("utf-8")
        if file.endswith(".md"):
            yield _Source(page, file, "prose", 1, text)
        else:
            yield from _cells(page, file, text)


def _cells(page: str, file: str, text: str) -> Iterator[_Source]:
    lines = cell_lines(text)
    for number, cell in enumerate(json.loads(text)["cells"]):
        name = cell.get("id", str(number))
        here = (page, file, f"cell {name}", lines.get(name, 1))
        if cell["cell_type"] == "markdown":
            yield _Source(*here, "".join(cell["source"]))
            continue
        figure = cell["metadata"].get("mystnb", {}).get("figure", {})
        if about := figure.get("about"):  # read first, since a page holds it in the figure
            yield _Source(*here, about)
        if caption := figure.get("caption"):
            yield _Source(*here, f":::{{caption}}\n{caption}\n:::")


def cell_lines(text: str) -> dict[str, int]:
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
    kind, line, excuse, heading = "", source.line, None, None
    for token in tokens:
        if token.map:
            line = source.line + token.map[0]
        block = Block(source.page, source.file, line, source.where, section, kind)
        if token.type in ("fence", "colon_fence"):
            yield from _inside(token, block)
        elif token.type == "html_block":
            if heading:  # yielded already: a note stands below it, for its words become anchors
                heading.notes += _notes(token.content, line, len(heading.text))
            if match := _EXCUSE.search(token.content):
                block.kind, block.excuse = "comment", match[1].strip()
                excuse = block
                yield block
            if not _COMMENT.fullmatch(token.content):
                yield replace(block, kind="html")
        elif token.type == "inline":
            _read(token, block)
            if excuse and kind == "paragraph":
                block.excuse, excuse.kind = excuse.excuse, "comment of a paragraph"
            excuse = None
            section = block.text.strip() if kind == "heading" else section
            heading = block if kind == "heading" else None
            yield block
        elif token.type.endswith("_open"):
            kind = token.type.removesuffix("_open")


def _inside(token: Token, block: Block) -> Iterator[Block]:
    """What a directive holds, where that is prose."""
    name = re.match(r"\{([\w:.-]+)\}", token.info.strip())
    if name and name[1] in ("raw", "include", "literalinclude"):
        yield replace(block, kind="html")
    classes = re.findall(r"^:class:(.*)", token.content, re.MULTILINE)
    if name and name[1] in ("div", "container", "rst-class"):
        classes.append(token.info.partition("}")[2])
    if any(not one.startswith("csto-") for line in classes for one in line.split()):
        yield replace(block, kind="directive", dressed=[(block.line, "a class that is not ours")])
    if not name or name[1].split(":")[0] in _NOT_PROSE:
        return
    inner = _Source(block.page, block.file, block.where, block.line + 1, token.content)
    if name[1] == "table":  # its title stands where other directives have a class
        title = replace(inner, line=block.line, text=token.info.partition("}")[2].strip())
        yield from (replace(each, kind="title") for each in _parse(title, block.section))
        inner = replace(
            inner, text=_OPTIONS.sub(lambda each: "\n" * each[0].count("\n"), inner.text)
        )
    for each in _parse(inner, block.section):
        each.kind = "caption" if name[1] == "caption" else each.kind
        yield each


def _dressed(child: Token) -> str | None:
    """What would print words as others than they are read: unseen, struck out, stressed."""
    if child.type == "myst_role" and child.meta["name"] not in (*ROLES, *LEADING):
        return f"the role {{{child.meta['name']}}}"
    if child.type == "html_inline" and not child.content.startswith("<!--"):
        return "raw HTML"
    return "an attribute" if set(child.attrs) - _ATTRIBUTES else None


def _read(token: Token, block: Block) -> None:
    """Fill a block from an inline token: its text, its marks, its excuse."""
    line, in_address = block.line, False
    for child in token.children or ():
        if what := _dressed(child):
            block.dressed.append((line, what))
        if child.type in ("softbreak", "hardbreak"):
            line += 1
            block.text += "\n"
        elif child.type == "link_open":
            in_address = child.markup in ("autolink", "linkify")
        elif child.type == "link_close":
            in_address = False
        elif child.type in ("text", "math_inline") and not in_address:
            block.text += child.content
        elif child.type == "myst_role" and child.meta["name"] in ROLES:
            block.marks.append(Mark(child.meta["name"], child.content, line, len(block.text)))
        elif child.type == "html_inline":
            block.notes += _notes(child.content, line, len(block.text))
            if match := _EXCUSE.search(child.content):
                block.excuse = match[1].strip()


def _notes(comment: str, line: int, offset: int) -> list[Mark]:
    """The notes on words of quantity in a comment."""
    found = NOTE.finditer(comment)
    return [Mark(note[1], " ".join(note[2].split()), line, offset) for note in found]
