"""What marks lead to: extracts and findings, joined with the places that use them.

Knows the data, the findings and what the pages say; writes no page. How much
of a document is printed is `csto.book.printed`; what is said of a passage,
`csto.book.wording`.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csto.book import prose
from csto.book.printed import Printed
from csto.corpus.checks import checked_corpus
from csto.corpus.reading import Corpus
from csto.corpus.schema import Source, source_of
from csto.exhibits import findings, notebooks, tables


@dataclass(frozen=True)
class Use:
    """A place of the book: a page and an anchor on it."""

    page: str
    anchor: str
    label: str


@dataclass(frozen=True)
class Trail:
    """Documents, codings, findings and prose of one project, joined."""

    root: Path
    corpus: Corpus
    findings: dict[str, dict[str, Any]]

    @functools.cached_property
    def blocks(self) -> list[prose.Block]:
        """What the pages say."""
        return prose.blocks(self.root)

    @functools.cached_property
    def cited(self) -> dict[str, list[Use]]:
        """Where the prose cites each extract; these print their words."""
        return citations(self.blocks)

    @functools.cached_property
    def printed(self) -> Printed:
        """How much of the documents is printed."""
        return Printed(self.corpus, self.cited.keys())

    @functools.cached_property
    def titles(self) -> dict[str, str]:
        """The first heading of each page."""
        first: dict[str, str] = {}
        for block in self.blocks:
            if block.kind == "heading":
                first.setdefault(block.page, " ".join(block.text.split()))
        return first

    @functools.cached_property
    def relied_on(self) -> dict[str, list[Use]]:
        """The numbers and tables behind which each extract stands."""
        uses: dict[str, list[Use]] = {}
        for use, keys in (*self._numbers(), *self._tables()):
            for key in keys:
                uses.setdefault(key, []).append(use)
        return uses

    def _numbers(self) -> Iterator[tuple[Use, list[str]]]:
        for key, data in self.findings.items():
            use = Use(f"notebooks/{data['notebook']}", f"finding-{key}", data["text"])
            yield use, data["evidence"]

    def _tables(self) -> Iterator[tuple[Use, list[str]]]:
        for path in notebooks.all_notebooks(self.root):
            for table in tables.stored(path):
                yield _use_of(table, path.stem), _evidence_of(table)

    @functools.cached_property
    def place(self) -> dict[str, int]:
        """Each extract's number in the order of documents and texts."""
        return {key: number for number, key in enumerate(self.corpus.short_key)}

    def neighbours(self, key: str) -> tuple[str | None, str | None]:
        """The extracts before and after one in its document."""
        keys, here = list(self.corpus.short_key), self.place[key]
        near = [keys[at] if 0 <= at < len(keys) else "" for at in (here - 1, here + 1)]
        before, after = (k if source_of(k) == source_of(key) else None for k in near)
        return before, after

    def source(self, key: str) -> Source:
        """The document that an extract was taken from."""
        return self.corpus.source[source_of(key)]


@functools.cache
def trail_of(root: Path) -> Trail:
    """The trail of a project whose notebooks are up to date."""
    return Trail(root, checked_corpus(root), findings.collect(notebooks.all_notebooks(root)))


def citations(blocks: Iterable[prose.Block]) -> dict[str, list[Use]]:
    """Where some prose cites each extract that it cites."""
    uses: dict[str, list[Use]] = {}
    seen: Counter[str] = Counter()
    for block in blocks:
        for mark in (mark for mark in block.marks if mark.role == "ev"):
            for key in mark.ids:
                anchor = cite_anchor(block.page, key, seen)
                uses.setdefault(key, []).append(Use(block.page, anchor, _place(block)))
    return uses


def cite_anchor(page: str, key: str, seen: Counter[str]) -> str:
    """The anchor of the next citation of an extract on a page; `seen` counts them."""
    name = f"cite-{page.rpartition('/')[2]}-{key}"
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _place(block: prose.Block) -> str:
    stem = block.page.rpartition("/")[2]
    page = "opening page" if stem == "index" else stem
    return f"{page}, {f'“{block.section}”' if block.section else 'its first lines'}"


def _use_of(table: dict[str, Any], stem: str) -> Use:
    caption = table["caption"].split(". ")[0].rstrip(".")
    return Use(f"notebooks/{stem}", table["name"], f"table: {caption}")


def _evidence_of(table: dict[str, Any]) -> list[str]:
    """The extracts of a stored table, each once."""
    cells = [cell for row in table["rows"] for cell in row if isinstance(cell, dict)]
    return list(dict.fromkeys(key for cell in cells for key in cell["evidence"]))
