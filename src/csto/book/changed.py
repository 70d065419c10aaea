"""What a document changes when it enters the argument: values, and prose to read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from csto import tables
from csto.analysis import measures as measures  # registers them
from csto.analysis.printed import shown, with_unit
from csto.analysis.registry import MEASURES
from csto.book import contents, prose
from csto.book.prose import Block
from csto.corpus.problems import Problem
from csto.exhibits import findings, notebooks

#: Words that say how many or when in the order of things; each may cease to be true.
QUANTITY = (
    "all|any|both|each|either|every|everybody|few|fewest|first|half|last|latest|least|many|more|"
    "most|nearly|neither|never|no|nobody|none|nothing|once|one|only|other|others|same|single|twice|"
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
)
_TO_READ = re.compile(rf"\b(?:(?:{QUANTITY})|(?:19|20)\d\d)\b", re.IGNORECASE)


def values(root: Path, key: str) -> Iterator[str]:
    """Each number of the book that becomes another with a document: a line, old and new."""
    stored = findings.collect(notebooks.all_notebooks(root))
    with tables.with_beside(key):
        for id, one in MEASURES.items():
            was = stored.get(id)
            if was is None:
                continue
            found = one()
            before = was["value"] if was["value"] is not None else [was["low"], was["high"]]
            if found is None:
                yield f"{id}: {with_unit(before, one.unit)} → not to be computed"
            elif shown(now := _plain(found.plain)) != shown(before):
                old, new = with_unit(before, one.unit), with_unit(now, one.unit)
                yield f"{id} (notebooks/{was['notebook']}.ipynb): {old} → {new}"


def _plain(value: Any) -> Any:
    """Python's numbers for those of numpy, of an interval too."""
    if isinstance(value, list):
        return [_plain(end) for end in value]
    return value.item() if hasattr(value, "item") else value


def to_read(root: Path) -> Iterator[Problem]:
    """Every stretch of the chapters' prose that has a word of quantity or a year in it."""
    chapters = {contents.contents(root).pages[0], *contents.contents(root).chapters}
    for block in prose.blocks(root):
        if block.page in chapters and (said := _said(block)):
            yield Problem(block.file, block.line, 1, block.where, said)


def _said(block: Block) -> str:
    words = list(dict.fromkeys(match.lower() for match in _TO_READ.findall(block.text)))
    if not words:
        return ""
    text = " ".join(block.text.split())
    start = text if len(text) <= 90 else f"{text[:90].rsplit(' ', 1)[0]}…"
    return f"{block.kind or 'text'} with {', '.join(words)}: “{start}”"
