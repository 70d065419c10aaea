"""The rules that there are. Knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus

Rule = Callable[[Corpus], Iterator[Problem]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule."""
    RULES.append(function)
    return function
