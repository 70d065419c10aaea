"""What the book says of a passage, a date, a document or a number, in words.

Pages, cards and exports all take it from here, so that they say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from csto.book.trail import Trail
from csto.corpus.dates import interval, spoken
from csto.corpus.reading import Corpus
from csto.corpus.schema import Event, Extract, Fact, Position, Source, When
from csto.exhibits import findings
from csto.exhibits.findings import Finding

ENDS = 5  # words by which a long passage is found on the publisher's page
OUTSIDE = " (outside record)"


def plain(term: str) -> str:
    """A term of the codebook in words."""
    return term.replace("_", " ")


def said(corpus: Corpus, variable: str, term: str) -> str:
    """A term of a variable in the words that the codebook gives readers, else by its name."""
    terms = next(one.terms for one in corpus.variables if one.id == variable)
    return next((one.said for one in terms if one.id == term and one.said), plain(term))


# ---- dates ---------------------------------------------------------------------------


def dated(corpus: Corpus, when: When) -> str:
    """A date in words, with its basis."""
    return f"{spoken(interval(when.date))} ({said(corpus, 'date_basis', when.basis)})"


def tells_of(corpus: Corpus, extract: Extract) -> str:
    """When what a passage tells was, and how that is known."""
    return dated(corpus, extract.when) if extract.when else "undated"


# ---- documents -----------------------------------------------------------------------


def author(corpus: Corpus, source: Source) -> str:
    """Who wrote it and where it appeared, as far as is known."""
    name = corpus.actor[source.author].name
    outside = source.published_outside.publisher if source.published_outside else None
    publishers = [source.publisher, outside and f"{outside}{OUTSIDE}"]
    others = [each for each in publishers if each and each.removesuffix(OUTSIDE) != name]
    return ", ".join([name, *others])


def citation(corpus: Corpus, source: Source) -> str:
    """A document in a sentence: who, what, where, when."""
    where = "" if source.publisher or source.published_outside else "; publisher not given"
    who = author(corpus, source)
    what = f"{who[0].upper()}{who[1:]}: “{source.title}” ({source.genre}{where})"
    return f"{what}, written {dated(corpus, source.date)}."


def document(corpus: Corpus, source: Source) -> str:
    """A document by its name, its kind and when it was written: evidence beside its words."""
    name, label = source.publisher or corpus.actor[source.author].name, source.label
    short = re.sub(r" \d{4}$", "", label)
    named = name if short in name else f"{name} ({short})"
    return f"{named}, {source.genre}, written {written(source)}"


def written(source: Source) -> str:
    """When a document was written: on a day, or on one of several."""
    first, to, last = spoken(interval(source.date.date)).partition(" to ")
    return f"between {first} and {last}" if to else first


# ---- passages ------------------------------------------------------------------------


def locator(corpus: Corpus, extract: Extract) -> str:
    """Where a passage stands in its file."""
    start, end = corpus.span(extract)
    paragraph = corpus.documents[extract.source].paragraph(start)
    return f"paragraph {paragraph}, characters {start}–{end}"


def address(trail: Trail, extract: Extract) -> str | None:
    """The publisher's page, at the passage where the book prints it (a text fragment)."""
    outside = trail.source(extract.key).published_outside
    if not outside or not outside.address:
        return None
    if extract.key not in trail.cited:
        return outside.address
    words = extract.quote.split()
    ends = [words] if len(words) <= 2 * ENDS else [words[:ENDS], words[-ENDS:]]
    text = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in ends)
    return f"{outside.address}{':' if '#' in outside.address else '#:'}~:text={text}"


def codings(trail: Trail, extract: Extract) -> Iterator[str]:
    """The coding, line by line, in a reader's words.

    What repeats the document's words is there only where the passage is printed.
    """
    corpus = trail.corpus
    yield _voice(corpus, extract)
    for position in extract.positions:
        yield _position(corpus, position)
    for fact in extract.facts:
        yield f"fact: {_fact(corpus, fact, in_words=extract.key in trail.cited)}"
    for event in acts_in(corpus, extract):
        yield f"act: {event.label} ({plain(event.kind)})"
    for forecast in corpus.forecasts:
        if extract.key in forecast.extracts:
            yield f"expects: {forecast.label}"


def acts_in(corpus: Corpus, extract: Extract) -> list[Event]:
    """The acts that a passage mentions."""
    return [event for event in corpus.events if extract.key in event.mentions]


def _voice(corpus: Corpus, extract: Extract) -> str:
    """Who speaks, how the words reach the reader, how firm they are."""
    mode = said(corpus, "mode", extract.voice.mode)
    return f"voice: {who(corpus, extract)}, {mode}, {said(corpus, 'status', extract.status)}"


def who(corpus: Corpus, extract: Extract) -> str:
    """Who speaks in a passage, and through whom."""
    voice = extract.voice
    speaker = voice.speaker and corpus.actor[voice.speaker].name
    through = f" through {corpus.actor[voice.outlet].name}" if voice.outlet else ""
    return (speaker or said(corpus, "attribution", voice.attribution)) + through


def _position(corpus: Corpus, position: Position) -> str:
    """What a holder answers to which question, as the codebook has question and answer."""
    question = next(one for one in corpus.questions if one.id == position.question)
    meant = {term.id: term.definition for term in question.stances}
    answer = meant.get(position.stance, position.stance).split(";")[0].removesuffix(".")
    holder = corpus.actor[position.holder].name
    return f"{question.text} {holder}: “{answer}”"


def _fact(corpus: Corpus, fact: Fact, in_words: bool) -> str:
    value = f": {fact.value} {fact.unit or ''}".rstrip() if in_words else ""
    to = f" ({corpus.actor[fact.object].name})" if fact.object else ""
    return f"{corpus.actor[fact.subject].name}, {plain(fact.attribute)}{value}{to}"


# ---- numbers -------------------------------------------------------------------------


def between(finding: Finding) -> str:
    """The interval of a finding that has a single value too."""
    if finding.value is None or finding.low is None or finding.low == finding.high:
        return ""
    return f"between {findings.shown(finding.low)} and {findings.shown(finding.high)}"


def labels(corpus: Corpus, finding: Finding) -> list[str]:
    """The documents that a finding rests on, by their labels."""
    return [corpus.source[source].label for source in finding.documents if source in corpus.source]


def without(corpus: Corpus, finding: Finding) -> str:
    """What becomes of a finding with any one document left out, in words."""
    label = {
        source: corpus.source[source].label if source in corpus.source else source
        for source in finding.without
    }
    main = [finding.low, finding.high] if finding.value is None else finding.value
    moved: dict[str, list[str]] = {}
    for source, value in finding.without.items():
        if value not in (None, main):
            moved.setdefault(findings.shown(value), []).append(label[source])
    said = ", ".join(f"{value} without {' or '.join(some)}" for value, some in moved.items())
    spread = findings.spread(finding.without.values())
    gone = " or ".join(label[source] for source in findings.lost(finding.without))
    parts = [
        f"{spread} ({said})" if spread and said else spread or said or finding.shown,
        gone and f"nothing to compute it from without {gone}",
    ]
    return "; ".join(filter(None, parts))
