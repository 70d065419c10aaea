"""The documents: a list of them, and for each a page on what it is, tells, holds and lacks."""

from __future__ import annotations

from csto.book import wording
from csto.book.pages.chronology import in_time
from csto.book.pages.draft import being_added, draft
from csto.book.pages.evidence import extracts_of
from csto.book.pages.markdown import marks, note, row, table, text, titled
from csto.book.trail import Trail
from csto.book.wording import plain
from csto.corpus.dates import interval, spoken
from csto.corpus.outside import MARK
from csto.corpus.reading import Corpus
from csto.corpus.schema import Correction, Event, Forecast, LeftOut, Source, source_of
from csto.corpus.timing import event_interval

#: What tells apart a key of a public page: on the screen an arrow after it, on paper its letter.
PUBLIC = (
    "[keys with an arrow lead to public pages, dots to a computation or a meaning]{.csto-screen}"
    f"[keys that begin with {MARK} lead to public pages]{{.csto-print}}"
)


def documents(trail: Trail, _: str) -> str:
    """One row a document."""
    rows = [
        "| Document | What it is | Written | Extracts | Printed here |",
        "| --- | --- | --- | ---: | ---: |",
    ]
    for source in trail.corpus.sources:
        beside = ", beside the argument" if source.beside else ""
        cells = [
            f"[{text(source.label)}](/book/documents/{source.id}.md){beside}",
            text(f"{source.genre}: {wording.author(trail.corpus, source)}"),
            text(wording.dated(trail.corpus, source.date)),
            str(len(extracts_of(trail, source))),
            f"{trail.printed.share[source.id]:.0%}",
        ]
        rows.append(row(*cells))
    title = "Each document, and how much of it is printed here."
    return titled("documents", title, "\n".join(rows)) + being_added(trail)


def articles(trail: Trail, _: str) -> str:
    """What a key is, and the letter of each document."""
    named = [f"**{one.mark}** {text(one.label)} ({one.genre})" for one in trail.corpus.sources]
    return (
        "A small key after a claim leads to the passage behind it; its letter names the article: "
        f"{', '.join(named)}. After ≠ comes one that speaks against the claim, after ≈ one that "
        f"narrows it; {PUBLIC}."
    )


def document(trail: Trail, key: str) -> str:
    """What one document is, what it says, how much of it is coded, what is wrong with it."""
    if key not in trail.corpus.source:
        return draft(trail, key)
    source = trail.corpus.source[key]
    parts = [
        _what_it_is(trail.corpus, source),
        "## What it tells",
        _acts(trail, source),
        "## Who holds what in it",
        _positions(trail, source),
        "## What it expects",
        _forecasts(trail, source),
        "## How much of it is coded",
        _coverage(trail, source),
        "## What is wrong with it",
        _corrections(trail, source),
        _file(trail.corpus, source),
    ]
    return "\n\n".join(parts) + "\n"


def _what_it_is(corpus: Corpus, source: Source) -> str:
    written = f"{text(wording.dated(corpus, source.date))}{note(source.date.note)}"
    lines = [text(wording.citation(corpus, source)), "", f"- date, from the text alone: {written}"]
    if source.beside:
        lines.append(f"- stands beside the argument: {text(source.beside)}")
    if source.relays:
        lines.append(f"- relays {text(source.relays)}, so it is no independent witness")
    if outside := source.published_outside:
        day = text(spoken(interval(outside.date))) if outside.date else ""
        where = " ".join(filter(None, [day, outside.address and f"<{outside.address}>"]))
        lines.append(f"- outside record, for citation only: {where}{note(outside.note)}")
    return "\n".join(lines)


def _file(corpus: Corpus, source: Source) -> str:
    """The file, for who compares it with another."""
    length = len(corpus.documents[source.id].text)
    file = f"File: `seeds/{source.file}`, {length} characters, sha256 `{source.sha256}`"
    return f"```{{rst-class}} csto-fine\n```\n\n{file}"


def _acts(trail: Trail, source: Source) -> str:
    rows = []
    for event in in_time(trail):
        if keys := [key for key in event.mentions if source_of(key) == source.id]:
            when = text(spoken(event_interval(trail.corpus, _alone(event, source, keys))))
            rows.append(row(when, text(event.label), plain(event.kind), marks(trail, keys)))
    return table(["when", "act", "kind", "passages"], rows, "It tells of no act.")


def _alone(event: Event, source: Source, keys: list[str]) -> Event:
    """An act as one document has it: by its passages, and dated by them or not at all."""
    by = event.dated_by
    own = by and all(source_of(key) == source.id for key in by.extracts)
    return event.model_copy(update={"mentions": keys, "dated_by": by if own else None})


def _positions(trail: Trail, source: Source) -> str:
    held: dict[tuple[str, str, str, str], list[str]] = {}
    for extract in extracts_of(trail, source):
        for p in extract.positions:
            held.setdefault((p.question, p.holder, p.stance, extract.status), []).append(
                extract.key
            )
    questions = {question.id: question.text for question in trail.corpus.questions}
    order = list(questions)
    rows = [
        row(
            f"{question}: {text(questions[question])}",
            text(trail.corpus.actor[holder].name),
            text(plain(stance)),
            text(wording.said(trail.corpus, "status", status)),
            marks(trail, keys),
        )
        for (question, holder, stance, status), keys in sorted(
            held.items(), key=lambda item: order.index(item[0][0])
        )
    ]
    heads = ["question", "holder", "stance", "how firmly", "passages"]
    return table(heads, rows, "Nobody in it takes a position.")


def _forecasts(trail: Trail, source: Source) -> str:
    rows = [
        _forecast(trail, forecast)
        for forecast in trail.corpus.forecasts
        if any(source_of(key) == source.id for key in forecast.extracts)
    ]
    heads = ["expected", "by", "when", "later documents", "passages"]
    return table(heads, rows, "It makes no forecast.")


def _forecast(trail: Trail, forecast: Forecast) -> str:
    return row(
        text(forecast.label),
        text(trail.corpus.actor[forecast.holder].name),
        text(spoken(interval(forecast.horizon))) if forecast.horizon else "no time",
        plain(forecast.verdict),
        marks(trail, forecast.extracts),
    )


def _coverage(trail: Trail, source: Source) -> str:
    """How much of a document is coded, counted and not claimed, and what was left out."""
    document, mine = trail.corpus.documents[source.id], extracts_of(trail, source)
    share = sum(len(extract.quote) for extract in mine) / len(document.text)
    left = [each for each in trail.corpus.left_out if each.source == source.id]
    counted = (
        f"{len(mine)} extracts hold {share:.0%} of its characters; "
        f"of its {len(document.sentences)} sentences {len(left)} "
        f"{'is' if len(left) == 1 else 'are'} left out with a reason. "
        f"This book prints {trail.printed.share[source.id]:.0%} of it; "
        "the [evidence index](/book/evidence.md) lists every extract.\n"
    )
    return "".join([counted, *(_left_out(trail.corpus, each) for each in left)])


def _left_out(corpus: Corpus, left: LeftOut) -> str:
    """A sentence from which nothing was taken: where it stands, and why."""
    document = corpus.documents[left.source]
    starts = {low for low, _ in document.sentences}
    low, high = document.sentence(next(at for at in document.find(left.starts) if at in starts))
    variable = next(v for v in corpus.variables if v.id == "left_out_reason")
    meant = next(term.definition for term in variable.terms if term.id == left.reason)
    return (
        f"\n- left out: paragraph {document.paragraph(low)}, characters {low}–{high}: "
        f"{text(plain(left.reason))} ({text(meant.rstrip('.'))}){note(left.note)}"
    )


def _corrections(trail: Trail, source: Source) -> str:
    faults = [_correction(trail, c) for c in trail.corpus.corrections if c.source == source.id]
    if not faults:
        return "No error of it is known."
    return "\n".join(["It is printed as it stands; nothing is repaired.\n", *faults])


def _correction(trail: Trail, correction: Correction) -> str:
    meant = text(f"; meant: {correction.should_be}") if correction.should_be else ""
    cited = f" {marks(trail, correction.extracts)}" if correction.extracts else ""
    fault = f"{text(plain(correction.fault))}: “{text(correction.printed)}”{meant}"
    return f"- {fault}. {text(correction.because)}{cited}"
