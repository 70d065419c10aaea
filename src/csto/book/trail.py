"""What a mark leads to: a passage as far as it may be printed, and where it is used.

Knows the data, the findings and what the pages say; writes no page. The book,
its cards and its export all take the words of the documents from here, so that
none of them prints more than another.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote


from csto.book import prose
from csto.exhibits import findings, notebooks
from csto.corpus.checks import checked_corpus
from csto.corpus.reading import Corpus
from csto.corpus.dates import interval, spoken
from csto.exhibits.findings import Finding
from csto.corpus.schema import Extract, Fact, Source, When
from csto.exhibits.tables import MIME as TABLE

MOST_AROUND = 5  # words printed before and after a cited passage
WIDE_BELOW = 0.4  # share of a document up to which more words are printed around passages
TIGHT_BELOW = 0.45  # share up to which one word is; what is left is room for words that prose and codings repeat
PRINTED_BELOW = 0.5  # share of a document that the book may print
ENDS = 5  # words by which a long passage is found on the publisher's page


@dataclass(frozen=True)
class Use:
    """A place of the book: a page and an anchor on it."""

    page: str
    anchor: str
    label: str


@dataclass(frozen=True)
class Trail:
    """Documents, codings, findings and prose of one project, joined."""

    root: Path
    corpus: Corpus
    findings: dict[str, dict[str, Any]]

    @functools.cached_property
    def cited(self) -> dict[str, list[Use]]:
        """Where the prose cites each extract; these print their words."""
        uses: dict[str, list[Use]] = {}
        seen: Counter[str] = Counter()
        for block in prose.blocks(self.root):
            for mark in (mark for mark in block.marks if mark.role == "ev"):
                for key in mark.ids:
                    anchor = cite_anchor(block.page, key, seen)
                    uses.setdefault(key, []).append(Use(block.page, anchor, _place(block)))
        return uses

    @functools.cached_property
    def titles(self) -> dict[str, str]:
        """The first heading of each page."""
        found: dict[str, str] = {}
        for block in prose.blocks(self.root):
            if block.kind == "heading":
                found.setdefault(block.page, " ".join(block.text.split()))
        return found

    @functools.cached_property
    def relied_on(self) -> dict[str, list[Use]]:
        """The numbers and tables behind which each extract stands."""
        uses: dict[str, list[Use]] = {}
        for use, keys in (*self._numbers(), *self._tables()):
            for key in keys:
                uses.setdefault(key, []).append(use)
        return uses

    def _numbers(self) -> Iterator[tuple[Use, list[str]]]:
        for key, data in self.findings.items():
            yield (
                Use(f"notebooks/{data['notebook']}", f"finding-{key}", data["text"]),
                data["evidence"],
            )

    def _tables(self) -> Iterator[tuple[Use, list[str]]]:
        for path in notebooks.all_notebooks(self.root):
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            found = (
                out.get("data", {}).get(TABLE) for cell in cells for out in cell.get("outputs", ())
            )
            for table in filter(None, found):
                each = (
                    cell["evidence"]
                    for row in table["rows"]
                    for cell in row
                    if isinstance(cell, dict)
                )
                caption = table["caption"].split(". ")[0].rstrip(".")
                yield (
                    Use(f"notebooks/{path.stem}", table["name"], f"table: {caption}"),
                    list(dict.fromkeys(k for keys in each for k in keys)),
                )

    # ---- what is printed -------------------------------------------------------------

    @functools.cached_property
    def words_around(self) -> dict[str, int]:
        """How many words stand around the cited passages of each document: the more,
        the less of it is printed."""
        chosen = {}
        for source in self.corpus.source:
            limits = [
                (words, WIDE_BELOW if words > 1 else TIGHT_BELOW)
                for words in range(MOST_AROUND, 0, -1)
            ]
            chosen[source] = next(
                (words for words, limit in limits if self._share(source, words) < limit), 0
            )
        return chosen

    @functools.cached_property
    def printed_share(self) -> dict[str, float]:
        """Share of each document's characters that the book prints."""
        return {source: self._share(source, words) for source, words in self.words_around.items()}

    def _share(self, source: str, words: int) -> float:
        return len(self._printed(source, words)) / len(self.corpus.documents[source].text)

    def printed(self, source: str) -> set[int]:
        """Offsets of the characters of a document that the book prints."""
        return self._printed(source, self.words_around[source])

    def _printed(self, source: str, words: int) -> set[int]:
        """Cited passages with `words` words around them, the title, and what corrections quote."""
        document, at = self.corpus.documents[source], set()
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
        return self.corpus.document(extract).around(start, end, self.words_around[extract.source])

    def too_much(self) -> Iterator[str]:
        """Documents of which the book would print half or more."""
        for source, share in self.printed_share.items():
            if share >= PRINTED_BELOW:
                yield f"the book would print {share:.0%} of {source}, cite fewer of its passages"

    # ---- words about a passage -------------------------------------------------------

    def neighbours(self, key: str) -> tuple[str | None, str | None]:
        """The extracts before and after one in its document."""
        keys, here = list(self.corpus.short_key), self.place[key]
        near = (keys[at] if 0 <= at < len(keys) else "" for at in (here - 1, here + 1))
        before, after = (
            k if k.startswith(f"{self.corpus.extract[key].source}.") else None for k in near
        )
        return before, after

    @functools.cached_property
    def place(self) -> dict[str, int]:
        """Each extract's number in the order of documents and texts."""
        return {key: number for number, key in enumerate(self.corpus.short_key)}

    def locator(self, extract: Extract) -> str:
        """Where a passage stands in its file."""
        start, end = self.corpus.span(extract)
        return (
            f"paragraph {self.corpus.document(extract).paragraph(start)}, characters {start}–{end}"
        )

    def codings(self, extract: Extract) -> Iterator[str]:
        """The coding, line by line; what repeats the document's words only where the passage is printed."""
        in_words, corpus, voice = extract.key in self.cited, self.corpus, extract.voice
        who = " through ".join(corpus.actor[a].name for a in (voice.speaker, voice.outlet) if a)
        said = ", ".join(map(plain, (voice.attribution, voice.mode, extract.status)))
        yield f"voice: {said}" + (f"; {who}" if who else "")
        for position in extract.positions:
            yield f"position: {corpus.actor[position.holder].name} on {self._asked[position.question]}: {plain(position.stance)}"
        for fact in extract.facts:
            yield f"fact: {self._fact(fact, in_words)}"
        for event in corpus.events:
            if extract.key in event.mentions:
                yield f"act: {event.label} ({plain(event.kind)})"
        for forecast in corpus.forecasts:
            if extract.key in forecast.extracts:
                yield f"forecast: {forecast.label}"

    @functools.cached_property
    def _asked(self) -> dict[str, str]:
        return {
            question.id: f"{question.id} ({plain(question.name)})"
            for question in self.corpus.questions
        }

    def _fact(self, fact: Fact, in_words: bool) -> str:
        value = f": {fact.value} {fact.unit or ''}".rstrip() if in_words else ""
        to = f" ({self.corpus.actor[fact.object].name})" if fact.object else ""
        return f"{self.corpus.actor[fact.subject].name}, {plain(fact.attribute)}{value}{to}"

    def author(self, source: Source) -> str:
        """Who wrote it and where it appeared, as far as is known."""
        author = self.corpus.actor[source.author].name
        outside = source.published_outside.publisher if source.published_outside else None
        publishers = [source.publisher, outside and f"{outside} (outside record)"]
        return ", ".join(
            [
                author,
                *(
                    name
                    for name in publishers
                    if name and name.removesuffix(" (outside record)") != author
                ),
            ]
        )

    def address(self, extract: Extract) -> str | None:
        """The publisher's page, at the passage where the book prints it (a text fragment)."""
        outside = self.corpus.source[extract.source].published_outside
        if not outside or not outside.address:
            return None
        if extract.key not in self.cited:
            return outside.address
        words = extract.quote.split()
        ends = [words] if len(words) <= 2 * ENDS else [words[:ENDS], words[-ENDS:]]
        text = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in ends)
        return f"{outside.address}{':' if '#' in outside.address else '#:'}~:text={text}"

    # ---- cards -----------------------------------------------------------------------

    def passage_card(self, key: str) -> dict[str, Any]:
        """What the card of an extract shows; keys are short because every page carries them."""
        extract = self.corpus.extract[key]
        source, short = self.corpus.source[extract.source], self.corpus.short_key
        card: dict[str, Any] = {
            "k": short[key],
            "s": source.id,
            "d": told(extract),
            "c": list(self.codings(extract)),
        }
        if key in self.cited:
            before, after = self.around(extract)
            card |= {"b": before, "q": extract.quote, "a": after}
        else:
            card["p"] = self.locator(extract)
        card["n"] = [near and short[near] for near in self.neighbours(key)]
        return card

    def source_card(self, key: str) -> dict[str, Any]:
        """What all cards of a document share."""
        source = self.corpus.source[key]
        outside = source.published_outside
        written = f"written {dated(source.date)}"
        return {
            "l": source.label,
            "w": f"{self.author(source)}; {written}",
            "u": outside.address if outside else None,
        }

    def number_card(self, key: str) -> dict[str, Any]:
        """What the card of a finding shows."""
        finding = findings.read(self.findings[key])
        labels = [self.corpus.source[source].label for source in finding.documents]
        card: dict[str, Any] = {"v": finding.with_unit, "t": finding.text, "o": ", ".join(labels)}
        card |= {"i": between(finding)} if between(finding) else {}
        card |= {"x": self.without(finding)} if finding.without else {}
        card |= {"r": "the outside record"} if finding.outside else {}
        return card

    def without(self, finding: Finding) -> str:
        """What becomes of a finding with any one document left out, in words."""
        labels = {
            source: self.corpus.source[source].label if source in self.corpus.source else source
            for source in finding.without
        }
        main = [finding.low, finding.high] if finding.value is None else finding.value
        moved = [
            f"{findings.shown(value)} without {labels[source]}"
            for source, value in finding.without.items()
            if value not in (None, main)
        ]
        spread = findings.spread(finding.without.values()) + (
            f" ({', '.join(moved)})" if moved else ""
        )
        gone = " or ".join(labels[source] for source in findings.lost(finding.without))
        return "; ".join(
            filter(None, [spread, gone and f"nothing to compute it from without {gone}"])
        )


@functools.cache
def read(root: Path) -> Trail:
    """The trail of a project whose notebooks are up to date."""
    return Trail(root, checked_corpus(root), findings.collect(notebooks.all_notebooks(root)))


def cite_anchor(page: str, key: str, seen: Counter[str]) -> str:
    """The anchor of the next citation of an extract on a page; `seen` counts them."""
    name = f"cite-{page.rpartition('/')[2]}-{key}"
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def told(extract: Extract) -> str:
    """When what a passage tells was, and how that is known."""
    if not extract.when:
        return "undated"
    return dated(extract.when)


def dated(when: When) -> str:
    """A date in words, with its basis."""
    return f"{spoken(interval(when.date))} (date {plain(when.basis)})"


def between(finding: Finding) -> str:
    """The interval of a finding that has a single value too."""
    if finding.value is None or finding.low is None or finding.low == finding.high:
        return ""
    return f"between {findings.shown(finding.low)} and {findings.shown(finding.high)}"


def plain(term: str) -> str:
    """A term of the codebook in words."""
    return term.replace("_", " ")


def _place(block: prose.Block) -> str:
    stem = block.page.rpartition("/")[2]
    return f"{'opening page' if stem == 'index' else stem}, “{block.section}”"
