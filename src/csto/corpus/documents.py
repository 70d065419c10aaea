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
_STOP = re.compile(r"""([.?!…]+)["”’'»)\]]*(\s+)""")  # with its closing quotes and blanks
_OPENING = re.compile(r"""["“‘'«(\[–—•*·◆\s-]*""")  # what may stand before a sentence
_ARTICLE = re.compile(r"(?:al|ad|an|ar|as|el|ez)-\w")  # a name can begin small
#: A name follows these, and no sentence. What else has a stop inside stands in `unbroken`.
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|St|Rev)$")


@dataclass(frozen=True)
class Document:
    """One document's text and hash."""

    file: str
    sha256: str
    text: str
    unbroken: tuple[str, ...] = ()  # words in which no sentence ends

    @classmethod
    def read(cls, path: Path, unbroken: tuple[str, ...] = ()) -> Document:
        """Raises OSError or UnicodeDecodeError."""
        raw = path.read_bytes()
        return cls(path.name, hashlib.sha256(raw).hexdigest(), raw.decode("utf-8"), unbroken)

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
        kept = {
            place
            for words in self.unbroken
            for start in self.find(words)
            for place in range(start, start + len(words))
        }
        found = []
        for low, high in self.paragraphs:
            start = low
            for stop in _STOP.finditer(self.text, low, high):
                if stop.start() not in kept and self._ends(stop, high):
                    found.append((start, stop.start(2)))
                    start = stop.end()
            found.append((start, high))
        return found

    def _ends(self, stop: re.Match[str], high: int) -> bool:
        """Whether a sentence ends at a stop: one too many is noticed, one too few would not be."""
        before = self.text[max(0, stop.start() - 6) : stop.start()]
        if stop[1] == "." and _TITLE.search(before):
            return False
        opens = _OPENING.match(self.text, stop.end(), high)
        at = opens.end() if opens else stop.end()
        rest = self.text[at : min(high, at + 4)]
        return bool(rest) and (not rest[0].islower() or bool(_ARTICLE.match(rest)))

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
        firsts: dict[str, int] = {}
        for found in re.finditer(r"\w+", words):
            firsts.setdefault(found[0], found.start())
        votes: Counter[int] = Counter()
        for word, start in firsts.items():
            for place in self._words.get(word, ()):
                votes[(place - start) // NEAR] += len(word)
        start = max(0, max(votes, key=votes.__getitem__, default=0) * NEAR)
        start = self.text.rfind(" ", 0, start + 1) + 1
        length = min(len(words), 200, len(self.text) - start)
        told = re.match(rf".{{{length}}}\w*", self.text[start:], re.DOTALL)
        return told[0] if told else ""
