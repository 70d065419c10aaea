"""Files that nobody means to be part of the project: what programs and merges leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from csto import files, identity
from csto.corpus.problems import Problem

WRITTEN = {".yml", ".md", ".ipynb", ".py", ".bib", ".cff", ".css", ".js", ".typ", ".toml"}
#: Programs give copies names like `a-Copy1`, `a (1)` and `a.sync-conflict-2026`.
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)
_LEFT = re.compile(
    r"^untitled\d*\.|[-_.]copy-?\d*\.|[-_.](sync-)?conflict(ed)?\b|\.(orig|rej|bak|tmp)$",
    re.IGNORECASE,
)
#: What breaks lines for some programs alone, and what turns the direction of reading.
_UNSEEN = "\x85\u2028\u2029\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MARK = re.compile(rb'^[ \t]*"?(<{7}|>{7}) ', re.MULTILINE)


def problems(root: Path) -> Iterator[Problem]:
    """What lies among the inputs and is none."""
    for name, path in files.inputs(root, identity.PARTS).items():
        if not _PLAIN.fullmatch(path.name) or _LEFT.search(path.name):
            message = "has a name as programs give to copies, rename or remove it"
            yield Problem(name, 1, 1, "file", message)
        try:
            content = path.read_bytes()
        except OSError:
            continue  # whoever needs it says so
        if (b"<" * 7 in content or b">" * 7 in content) and (mark := _MARK.search(content)):
            line = content.count(b"\n", 0, mark.start()) + 1
            yield Problem(name, line, 1, "file", "holds a mark of an unsettled merge, settle it")
        if path.suffix in WRITTEN:
            yield from _unseen(name, content.decode("utf-8", "replace"))


def _unseen(name: str, text: str) -> Iterator[Problem]:
    there = "".join(each for each in _UNSEEN if each in text)  # to look for one goes fast
    for match in re.finditer(f"[{there}]", text) if there else ():
        line, begins = text.count("\n", 0, match.start()) + 1, text.rfind("\n", 0, match.start())
        called = f"U+{ord(match[0]):04X}"
        message = f"holds the character {called}, which nobody sees, remove it"
        yield Problem(name, line, match.start() - begins, "file", message)
