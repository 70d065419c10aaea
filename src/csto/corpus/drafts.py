"""Documents that are being added: read by the rules of all others, and outside of the corpus.

A draft is a file `data/drafts/<key>.yml` beside its text `<key>.txt`. What is missing in it is
still to be done; what stands in it and is wrong, is wrong. No table and no finding knows it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from csto.corpus import checks, reading
from csto.corpus.documents import Document
from csto.corpus.problems import Problem
from csto.corpus.reading import SAY, Corpus
from csto.corpus.rules import sentences
from csto.corpus.schema import Extract, LeftOut, Source

FOLDER = Path("data/drafts")
#: Faults that say only that something is not done yet.
_LACKING = (SAY["missing"], SAY["too_short"], "holds no record, add one")


@dataclass(frozen=True)
class Draft:
    """A document that is being added, and what is taken from it so far."""

    key: str
    corpus: Corpus  # as it would be with this document
    found: tuple[Problem, ...]  # all that its records lack or have wrong by themselves

    @property
    def file(self) -> str:
        """Where its records stand."""
        return file_of(self.key)

    @property
    def source(self) -> Source | None:
        """Its entry in the register; None while that is faulty."""
        return self.corpus.source.get(self.key)

    @property
    def document(self) -> Document | None:
        """Its text; None while that cannot be read."""
        return self.corpus.documents.get(self.key)

    @property
    def extracts(self) -> list[Extract]:
        """Its finished passages, in the order of the text."""
        mine = [one for one in self.corpus.standing if one.extract.source == self.key]
        return [one.extract for one in sorted(mine, key=lambda one: one.start)]

    @property
    def left_out(self) -> list[LeftOut]:
        """Its sentences that are left out with a reason."""
        return [left for left in self.corpus.left_out if left.source == self.key]

    @property
    def faults(self) -> list[Problem]:
        """What stands in it and is wrong."""
        return [one for one in self.found if not one.message.startswith(_LACKING)]

    @functools.cached_property
    def open(self) -> list[tuple[int, int]]:
        """Start and end of its sentences that are not coded yet, in the order of the text."""
        if not self.document:
            return []
        begun = sentences.sentences_begun(self.corpus)[self.key]
        untouched = {at for key, at, _ in sentences.sentences_open(self.corpus) if key == self.key}
        return [one for one in self.document.sentences if one[0] in begun | untouched]

    def work_list(self) -> list[Problem]:
        """All that keeps it out of the corpus: one line a cause, in the order of the file."""
        lacking: dict[str, list[Problem]] = {}
        for one in self.found:
            if one.message.startswith(_LACKING):
                lacking.setdefault(one.what.partition(".")[0], []).append(one)
        said = [_lacks(name, some) for name, some in lacking.items()]
        return sorted({*said, *self.faults, *checks.run(self.corpus)})


def _lacks(name: str, some: list[Problem]) -> Problem:
    first = min(some)
    fields = ", ".join(one.what.partition(".")[2] for one in some)
    said = "is not coded yet: give" if len(some) > 1 else "is not finished: give"
    return Problem(first.file, first.line, first.column, name, f"{said} {fields}")


def keys(root: Path) -> list[str]:
    """The drafts that there are, by name."""
    return sorted(path.stem for path in (root / FOLDER).glob("*.yml") if path.name[0] != ".")


def file_of(key: str) -> str:
    """Where the records of a draft stand."""
    return (FOLDER / f"{key}.yml").as_posix()


def read(root: Path, key: str) -> Draft:
    """One draft. Raises ValueError when there is none of this key."""
    if key not in keys(root):
        there = ", ".join(keys(root)) or "none"
        raise ValueError(f"'{key}' is no draft (there are: {there}), name one of data/drafts/")
    corpus, problems = reading.read(root, key)
    return Draft(key, corpus, tuple(one for one in problems if one.file == file_of(key)))


def drafts(root: Path) -> list[Draft]:
    """All drafts of a project, by name; read again only when a file of the data changed."""
    folder = root / "data"
    stamp = [(str(p), p.stat().st_mtime_ns) for p in sorted(folder.rglob("*")) if p.is_file()]
    return _drafts(root, tuple(stamp)) if keys(root) else []


@functools.lru_cache(maxsize=1)
def _drafts(root: Path, _: tuple[tuple[str, int], ...]) -> list[Draft]:
    return [read(root, key) for key in keys(root)]
