"""The only door to data that may be used: read, and held to every rule."""

from __future__ import annotations

import functools
from pathlib import Path

from csto import files
from csto.corpus.problems import DataError, Problem
from csto.corpus.reading import Corpus, read
from csto.corpus.rules import RULES


def run(corpus: Corpus) -> list[Problem]:
    """Every problem that the rules find."""
    return [problem for rule in RULES for problem in rule(corpus)]


def checked_corpus(root: Path | None = None) -> Corpus:
    """The corpus of `root` (the project folder by default), read once and checked.

    Raises DataError with all problems when there is any.
    """
    return _checked(root or files.root())


@functools.cache
def _checked(root: Path) -> Corpus:
    return checked_now(root)


def checked_now(root: Path) -> Corpus:
    """The corpus as its files are now, for who changes them. Raises DataError as above."""
    corpus, problems = read(root)
    problems += run(corpus)
    if problems:
        raise DataError(problems)
    return corpus
