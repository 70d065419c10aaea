"""The documents in `seeds/`, byte for byte. Knows nothing of how they are coded.

Offsets are 0-based Unicode code points of the UTF-8 text, end exclusive,
without newline translation or normalisation.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

NEAR = 12  # characters by which words may have moved and stand where they stood
# A stop with its closing quotes, then blanks, then something that opens a sentence.
_SENTENCE_END = re.compile(r"""((?<=[.?!])|(?<=[.?!][”"’)]))(?<! St\.)\s+(?=["“‘'(\[]*[A-Z◆])""")


@dataclass(frozen=True)
class Document:
    """One document's text and hash."""

    file: str
    sha256: str
    text: str

    @classmethod
    def read(cls, path: Path) -> Document:
        """Raises OSError or UnicodeDecodeError."""
        raw = path.read_bytes()
        return cls(path.name, hashlib.sha256(raw).hexdigest(), raw.decode("utf-8"))

    def find(self, words: str, prefix: str | None = None) -> list[int]:
        """Offsets of every place where `words` stand, `prefix` just before them."""
        before = prefix or ""
        found, place = [], self.text.find(before + words)
        while place >= 0:
            found.append(place + len(before))
            place = self.text.find(before + words, place + 1)
        return found

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of every line that is not blank."""
        return [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", self.text)]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of every sentence; a line break always ends one."""
        found = []
        for low, high in self.paragraphs:
            start = low
            for stop in _SENTENCE_END.finditer(self.text, low, high):
                found.append((start, stop.start()))
                start = stop.end()
            found.append((start, high))
        return found

    def opening(self, words: str) -> list[int]:
        """Where sentences begin that open with `words`."""
        starts = {start for start, _ in self.sentences}
        return [place for place in self.find(words) if place in starts]

    def sentence(self, offset: int) -> tuple[int, int]:
        """The sentence around an offset."""
        return next(span for span in self.sentences if offset < span[1])

    def paragraph(self, offset: int) -> int:
        """1-based number of the paragraph around an offset."""
        return 1 + next(i for i, (_, end) in enumerate(self.paragraphs) if offset < end)

    def around(self, start: int, end: int, words: int = 12) -> tuple[str, str]:
        """At most `words` words before and after a passage, inside its paragraph."""
        low, high = self.paragraphs[self.paragraph(start) - 1]
        before = re.search(rf"(?:\S+\s+){{0,{words}}}\S*$", self.text[low:start])
        after = re.match(rf"\S*(?:\s+\S+){{0,{words}}}", self.text[end:high])
        return (before.group() if before else ""), (after.group() if after else "")

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """Where each word begins."""
        found: dict[str, list[int]] = defaultdict(list)
        for word in re.finditer(r"\w+", self.text):
            found[word[0]].append(word.start())
        return found

    def nearest(self, words: str) -> str:
        """The stretch of the text that has most of `words` where they have it, for a message."""
        votes: Counter[int] = Counter()
        for word in re.finditer(r"\w+", words):
            for place in self._words.get(word[0], ()):
                votes[(place - word.start()) // NEAR] += len(word[0])
        start = max(0, max(votes, key=votes.__getitem__, default=0) * NEAR)
        start = self.text.rfind(" ", 0, start + 1) + 1
        length = min(len(words), 200, len(self.text) - start)
        found = re.match(rf".{{{length}}}\w*", self.text[start:], re.DOTALL)
        return found[0] if found else ""
