"""The table of contents, `_toc.yml`: which pages the book has, and which of them are chapters.

Chapters are the pages of its first part; no other list of them exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from string import ascii_uppercase

import yaml
from sphinx.util.matching import patfilter
from sphinx_external_toc.api import FileItem, GlobItem
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from csto.corpus.problems import DataError, Problem
from csto.files import inputs as files_of

FILE = "_toc.yml"
HOMES = {"book": ".md", "notebooks": ".ipynb"}  # where pages lie, and how they end


@dataclass(frozen=True)
class Contents:
    """Pages as Sphinx names them, in the order of the book."""

    pages: list[str]
    chapters: list[str]
    numbers: dict[str, str]  # of chapters, and the letters of the pages of all later parts


def contents(root: Path) -> Contents:
    """What `_toc.yml` lists. Raises DataError when it cannot be read."""
    try:
        site = parse_toc_yaml(root / FILE)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, MalformedError) as error:
        said = " ".join(str(error).split())
        raise DataError([_problem(root, "", f"cannot be read ({said}), restore it")]) from None

    def under(page: str) -> Iterator[str]:
        """A page, and the pages below it."""
        yield page
        for tree in site[page].subtrees if page in site else ():
            for one in listed(tree.items):
                yield from under(one)

    def listed(items: Iterable[object]) -> Iterator[str]:
        for item in items:
            if isinstance(item, GlobItem):
                yield from patfilter(files(root), item)
            elif isinstance(item, FileItem):
                yield item

    parts = [list(listed(tree.items)) for tree in site.root.subtrees]
    within = [[_name(page) for top in part for page in under(top)] for part in parts]
    pages = [_name(site.root.docname), *(page for part in within for page in part)]
    return Contents(pages, within[0] if within else [], _numbers(parts))


def _numbers(parts: list[list[str]]) -> dict[str, str]:
    """The numbers of the first part's pages, and the letters of those of all after it."""
    first, later = (parts[0] if parts else []), [page for part in parts[1:] for page in part]
    numbered = zip(first, map(str, count(1)), strict=False)
    return {
        _name(page): sign for page, sign in [*numbered, *zip(later, ascii_uppercase, strict=False)]
    }


def files(root: Path) -> dict[str, Path]:
    """The files that can be pages, by the name that Sphinx gives them."""
    found = files_of(root, HOMES).items()
    return {
        name.removesuffix(path.suffix): path
        for name, path in found
        if path.suffix == HOMES[name.split("/")[0]]
    }


def problems(root: Path) -> Iterator[Problem]:
    """Pages that are listed and not there, and notebooks that are there and not listed.

    Raises DataError when `_toc.yml` cannot be read.
    """
    listed, there = contents(root).pages, files(root)
    for page in listed:
        if page not in there:
            what = "is no page, write book/….md or notebooks/….ipynb or correct the name"
            yield _problem(root, page, what)
    for page, path in there.items():
        if path.suffix == ".ipynb" and page not in listed:
            yield _problem(root, "", f"lacks {page}, list it or remove the notebook")


def _name(entry: str) -> str:
    """A page as Sphinx names it: without the suffix that an entry may have."""
    return entry.removesuffix(".md").removesuffix(".ipynb")


def _problem(root: Path, page: str, message: str) -> Problem:
    """A problem at the line that lists a page, or of the whole file."""
    try:
        lines = (root / FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    at = next((n for n, line in enumerate(lines, start=1) if page and page in line), 1)
    return Problem(FILE, at, 1, page or "file", message)
