"""How much of each document the book prints: cited passages, and a few words around each.

Pages, cards and exports all take the words of the documents from here, so
that none of them prints more than another.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from csto.corpus.reading import Corpus
from csto.corpus.schema import Extract

MOST_AROUND = 5  # words printed before and after a cited passage
WIDE_BELOW = 0.4  # share of a document up to which more words are printed around passages
TIGHT_BELOW = 0.45  # share up to which one word is; the rest is room for what prose repeats
PRINTED_BELOW = 0.475  # share that may be cited: what prose repeats besides stays below one half


@dataclass(frozen=True)
class Printed:
    """What is printed of the documents when some of their extracts are cited."""

    corpus: Corpus
    cited: Collection[str]  # extract ids

    @functools.cached_property
    def words_around(self) -> dict[str, int]:
        """How many words stand around cited passages, by document: the more, the less is cited."""
        return {source: self._most(source) for source in self.corpus.source}

    def _most(self, source: str) -> int:
        for words in range(MOST_AROUND, 0, -1):
            if self._share(source, words) < (WIDE_BELOW if words > 1 else TIGHT_BELOW):
                return words
        return 0

    @functools.cached_property
    def share(self) -> dict[str, float]:
        """Share of each document's characters that the book prints."""
        return {source: self._share(source, words) for source, words in self.words_around.items()}

    def _share(self, source: str, words: int) -> float:
        return len(self.offsets(source, words)) / len(self.corpus.documents[source].text)

    def offsets(self, source: str, words: int | None = None) -> set[int]:
        """Offsets of the characters of a document that are printed, with `words` words around.

        These are its cited passages, its title, and what corrections quote.
        """
        words = self.words_around[source] if words is None else words
        document, at = self.corpus.documents[source], set[int]()
        for extract in self.corpus.extracts:
            if extract.source == source and extract.key in self.cited:
                start, end = self.corpus.span(extract)
                before, after = document.around(start, end, words)
                at.update(range(start - len(before), end + len(after)))
        quoted = [c.printed for c in self.corpus.corrections if c.source == source]
        for text in (self.corpus.source[source].title, *quoted):
            for start in document.find(text)[:1]:
                at.update(range(start, start + len(text)))
        return at

    def around(self, extract: Extract) -> tuple[str, str]:
        """What is printed before and after a cited passage."""
        start, end = self.corpus.span(extract)
        document = self.corpus.documents[extract.source]
        return document.around(start, end, self.words_around[extract.source])

    def too_much(self) -> Iterator[tuple[str, str]]:
        """Documents of which the book would cite too much, with what to say."""
        for source, share in self.share.items():
            if share >= PRINTED_BELOW:
                yield (
                    source,
                    f"the book would print {share:.0%} of {source}, cite fewer of its passages",
                )
