"""The table of contents, `_toc.yml`: which pages the book has, and which of them are chapters.

Chapters are the pages of its first part; no other list of them exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

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
            yield from below(tree.items)

    def below(items: Iterable[object]) -> Iterator[str]:
        for item in items:
            if isinstance(item, GlobItem):
                listed = patfilter(files(root), item)
            else:
                listed = [item] if isinstance(item, FileItem) else []
            for page in listed:
                yield from under(page)

    parts = [list(below(tree.items)) for tree in site.root.subtrees]
    pages = [site.root.docname, *(page for part in parts for page in part)]
    return Contents(list(map(_name, pages)), list(map(_name, parts[0])) if parts else [])


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
