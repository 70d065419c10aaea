"""Markdown for pages made from data: words that cannot act as markup, marks, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from csto.book.trail import Trail


def text(words: str) -> str:
    """`words` as Markdown that shows them and nothing else."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"\s+", " ", words))


def marks(trail: Trail, keys: Iterable[str]) -> str:
    """A mark for extracts, in the order of the texts."""
    return f"{{ev}}`{', '.join(sorted(keys, key=trail.place.__getitem__))}`"


def note(words: str | None) -> str:
    """A remark behind a sentence; nothing where there is none."""
    return f". {text(words)}" if words else ""


def row(*cells: str) -> str:
    """A row of a table; cells are Markdown."""
    return f"| {' | '.join(cells)} |"


def table(heads: list[str], rows: list[str], empty: str = "") -> str:
    """A table, or what to say where it has no row."""
    if not rows:
        return empty
    lines = "|" + " --- |" * len(heads)
    return "\n".join([row(*(head.capitalize() for head in heads)), lines, *rows])


def titled(name: str, title: str, table: str) -> str:
    """A table with a number and a title, as one has that shares its section with other words."""
    return f"```{{table}} **{title}**\n:name: tbl-{name}\n\n{table}\n```" if table else ""
