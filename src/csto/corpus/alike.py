"""Characters that look alike: told apart in messages, taken for each other in searches.

Quotation marks, dashes, blanks, ligatures, ellipses, accents written in one or two
characters, and what is not seen at all: a copy from a page or a PDF differs in them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

_SAME = {**dict.fromkeys("‘’‚‛‹›´`′", "'"), **dict.fromkeys("“”„‟«»″", '"'), "\u2212": "-"}
_UNSEEN = ("Cf", "Mn")  # soft hyphens and the like; accents that stand by themselves


@dataclass(frozen=True)
class Folded:
    """A text in which what looks alike is the same, and where each character comes from."""

    text: str
    places: list[int]  # offsets in the text that was folded

    def span(self, start: int, end: int, of: str) -> tuple[int, int]:
        """What a stretch of the folded text is in the text `of` which it was made."""
        last = self.places[end - 1] + 1
        while last < len(of) and unicodedata.category(of[last]) == "Mn":
            last += 1
        return self.places[start], last

    def close(self) -> Folded:
        """The same without blanks and hyphens: a line may have ended anywhere."""
        kept = [(c, at) for c, at in zip(self.text, self.places, strict=True) if c not in " \n-"]
        return Folded("".join(c for c, _ in kept), [at for _, at in kept])


@functools.lru_cache(maxsize=100)
def fold(text: str) -> Folded:
    """Make what looks alike the same. Kept, for a document is searched many times."""
    found = [(each, at) for at, character in enumerate(text) for each in _folded(character)]
    return Folded("".join(each for each, _ in found), [at for _, at in found])


@functools.cache
def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", _SAME.get(character, character)).casefold()
    return "".join(
        "-" if unicodedata.category(each) == "Pd" else " " if each.isspace() else each
        for each in plain
        if unicodedata.category(each) not in _UNSEEN
    )


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Start and end of every place of a text where words, or what looks like them, stand.

    Line breaks inside words are looked over only where nothing is found with them.
    """
    inside, sought = fold(text), fold(words)
    pattern = r"\s+".join(map(re.escape, sought.text.split()))
    if not pattern:
        return []
    found = [inside.span(*match.span(), text) for match in re.finditer(pattern, inside.text)]
    if not found and (pattern := re.escape(sought.close().text)):
        inside = inside.close()
        found = [inside.span(*match.span(), text) for match in re.finditer(pattern, inside.text)]
    return found


def difference(words: str, text: str) -> str | None:
    """Where words and a text that looks like them differ first; None when they do not."""
    pairs = zip(words + "\0", text + "\0", strict=False)
    at = next((number for number, (one, other) in enumerate(pairs) if one != other), None)
    if at is None:
        return None
    return f"character {at + 1} is {_called(words[at:])}, the document has {_called(text[at:])}"


def _called(rest: str) -> str:
    if not rest:
        return "none"
    return f"U+{ord(rest[0]):04X} {unicodedata.name(rest[0], 'without a name')}"
