"""Pages that are data: evidence, findings, documents, chronology, people, codebook.

Each function returns MyST Markdown; the words of the documents are escaped,
so that nothing in them can act as markup. Which pages carry which is decided
in the pages themselves, by a line `<!-- csto: evidence -->` and the like.
What stands only on the screen has the class `csto-screen`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from docutils.nodes import make_id

from csto import identity
from csto.tables import records
from csto.book import receipt
from csto.exhibits import findings
from csto.corpus.timing import event_interval
from csto.corpus.dates import Interval, interval, spoken
from csto.book import outside_pages
from csto.corpus.schema import Actor, Correction, Event, EventKind, Extract, Source, Term
from csto.book.trail import TIGHT_BELOW, Trail, Use, WIDE_BELOW, between, dated, plain, told

# ---- evidence ------------------------------------------------------------------------


def evidence(trail: Trail, _: str) -> str:
    """All extracts by document; cited ones with their words, others by place and coding."""
    parts = []
    for source in trail.corpus.sources:
        mine = _extracts(trail, source)
        parts.append(
            f"## {_text(source.label)}\n\n{_text(_citation(trail, source))} [What it says](/book/documents/{source.id}.md).\n\n{_printed(trail, source, mine)}\n"
        )
        parts += [_entry(trail, extract) for extract in mine]
    return "\n".join(parts)


def _extracts(trail: Trail, source: Source) -> list[Extract]:
    """The extracts of a document, in the order of its text."""
    found = (trail.corpus.extract[key] for key in trail.corpus.short_key)
    return [extract for extract in found if extract.source == source.id]


def _printed(trail: Trail, source: Source, mine: list[Extract]) -> str:
    """How much of a document the book prints, and by which rule."""
    words, share = trail.words_around[source.id], trail.printed_share[source.id]
    cited = sum(extract.key in trail.cited for extract in mine)
    return (
        f"{len(mine)} extracts, {cited} of them cited. Around a cited passage stand at most {words} "
        f"word{'' if words == 1 else 's'} on either side: as many as keep what is printed under {WIDE_BELOW:.0%}, or else one, "
        f"and none where that would pass {TIGHT_BELOW:.0%}. With titles and corrections this book prints {share:.0%} of the document."
    )


def _entry(trail: Trail, extract: Extract) -> str:
    key, cited = trail.corpus.short_key[extract.key], trail.cited.get(extract.key)
    lines = [
        f"::::{{container}} csto-entry {' '.join(facets(trail, extract))}",
        f"(ev-{extract.key})=",
        f"**{key}** · {trail.locator(extract)} · tells of: {_text(told(extract))}",
    ]
    if cited:
        before, after = trail.around(extract)
        lines += ["", f"> {_text(before)}[**{_text(extract.quote)}**]{{.csto-words}}{_text(after)}"]
    lines += ["", *(f"- {_text(line)}" for line in trail.codings(extract))]
    notes = (extract.note, extract.when.note if extract.when else None)
    lines += [f"- note: {_text(note)}" for note in notes if note and cited]
    if cited:
        lines.append(f"- cited in {_uses(cited)}")
    if relied := trail.relied_on.get(extract.key):
        lines.append(f"- behind {_uses(relied)}")
    return "\n".join([*lines, "", _onward(trail, extract), "::::", ""])


def _uses(uses: Iterable[Use]) -> str:
    return "; ".join(f"[{_text(use.label)}](#{use.anchor})" for use in uses)


def _onward(trail: Trail, extract: Extract) -> str:
    """Links to the neighbours and to the publisher's page."""
    before, after = trail.neighbours(extract.key)
    short = trail.corpus.short_key
    links = [
        f"[← {short[before]}](#ev-{before})" if before else "",
        f"[{short[after]} →](#ev-{after})" if after else "",
    ]
    if address := trail.address(extract):
        links.append(
            f"[{'this passage' if extract.key in trail.cited else 'this document'} at the publisher’s](<{address}>)"
        )
    return "\n".join(
        [":::{container} csto-screen csto-onward", " · ".join(filter(None, links)), ":::"]
    )


# ---- what the index can be filtered by -----------------------------------------------


def facets(trail: Trail, extract: Extract) -> list[str]:
    """The classes of an entry, one for each document, theme, actor, year and kind it belongs to."""
    return [
        facet
        for name, values in _facets(trail, extract).items()
        for facet in (_facet(name, value) for value in values)
    ]


def choices(trail: Trail) -> dict[str, list[tuple[str, str]]]:
    """What a reader can choose from, by heading: (class of entries, label), in a fixed order."""
    corpus = trail.corpus
    found: dict[str, dict[str, None]] = {}
    for extract in corpus.extracts:
        for name, values in _facets(trail, extract).items():
            found.setdefault(name, {}).update(dict.fromkeys(values))
    labels = {source.id: source.label for source in corpus.sources} | {
        actor.id: actor.name for actor in corpus.actors
    }
    order = {"document": list(corpus.source), "theme": corpus.terms("theme")}
    return {
        name: [
            (_facet(name, value), labels.get(value) or plain(value))
            for value in sorted(
                values,
                key=lambda v: (
                    order[name].index(v) if name in order else 0,
                    labels.get(v, v).casefold(),
                ),
            )
        ]
        for name, values in found.items()
    }


def _facet(name: str, value: str) -> str:
    return make_id(f"{name}-{value}")


def _facets(trail: Trail, extract: Extract) -> dict[str, list[str]]:
    events = [event for event in trail.corpus.events if extract.key in event.mentions]
    forecasts = [f for f in trail.corpus.forecasts if extract.key in f.extracts]
    actors = [
        extract.voice.speaker,
        extract.voice.outlet,
        *(p.holder for p in extract.positions),
        *(f.holder for f in forecasts),
    ]
    actors += [actor for fact in extract.facts for actor in (fact.subject, fact.object)]
    actors += [actor for event in events for actor in (*event.actors, *event.recipients)]
    kinds = [event.kind for event in events]
    kinds += [
        name
        for name, there in (
            ("position", extract.positions),
            ("fact", extract.facts),
            ("forecast", forecasts),
        )
        if there
    ]
    return {
        "document": [extract.source],
        "theme": list(extract.themes),
        "actor": list(dict.fromkeys(filter(None, actors))),
        "year": _years(extract),
        "kind": list(dict.fromkeys(kinds)) or ["uncoded"],
    }


def _years(extract: Extract) -> list[str]:
    """The years a passage tells of; an open interval counts by the bound it has."""
    if not extract.when:
        return ["undated"]
    days = interval(extract.when.date)
    bounds = [day.year for day in (days.earliest, days.latest) if day]
    return [str(year) for year in range(min(bounds), max(bounds) + 1)]


# ---- findings ------------------------------------------------------------------------


def findings_index(trail: Trail, _: str) -> str:
    """All findings by chapter: value, interval, what one document decides, documents, evidence."""
    parts = []
    rows = sorted(trail.findings.values(), key=lambda data: data["notebook"])
    for notebook, group in groupby(rows, key=lambda data: data["notebook"]):
        head = f"## {_text(trail.titles[f'notebooks/{notebook}'])}\n\n| Finding | Value | Documents | Evidence |\n| --- | ---: | --- | --- |"
        parts.append("\n".join([head, *(_finding(trail, data) for data in group), ""]))
    return "\n".join(parts)


def _finding(trail: Trail, data: dict) -> str:
    finding = findings.read(data)
    more = [
        between(finding),
        finding.without and f"with any one document left out: {trail.without(finding)}",
    ]
    said = "; ".join([finding.text, *(text for text in more if text)])
    value = f"{{n}}`{finding.id}`{_text(finding.with_unit.removeprefix(finding.shown))}"
    labels = [
        _text(trail.corpus.source[key].label)
        for key in finding.documents
        if key in trail.corpus.source
    ]
    documents = ", ".join([*labels, *(["outside record"] if finding.outside else [])])
    marks = (
        _marks(trail, finding.evidence)
        if finding.evidence
        else ""
        if finding.outside
        else "whole documents"
    )
    marks += f" {{out}}`{', '.join(finding.outside)}`" if finding.outside else ""
    return f"| [{_text(said)}]{{#number-{make_id(finding.id)}}}; cell `{data['cell']}` | {value} | {documents} | {marks} |"


# ---- documents -----------------------------------------------------------------------


def documents(trail: Trail, _: str) -> str:
    """One row a document."""
    rows = [
        "| Document | What it is | Written | Extracts | Printed here |",
        "| --- | --- | --- | ---: | ---: |",
    ]
    for source in trail.corpus.sources:
        cells = [
            f"[{_text(source.label)}](/book/documents/{source.id}.md)",
            _text(f"{source.genre}: {trail.author(source)}"),
            _text(dated(source.date)),
            str(len(_extracts(trail, source))),
            f"{trail.printed_share[source.id]:.0%}",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def document(trail: Trail, key: str) -> str:
    """What one document is, what it says, how much of it is coded, what is wrong with it."""
    source = trail.corpus.source[key]
    parts = [
        _what_it_is(trail, source),
        "## What it tells",
        _acts_of(trail, source),
        "## Who holds what in it",
        _positions_of(trail, source),
        "## What it expects",
        _forecasts_of(trail, source),
        "## How much of it is coded",
        _coverage(trail, source),
        "## What is wrong with it",
        _corrections_of(trail, source),
    ]
    return "\n\n".join(parts) + "\n"


def _what_it_is(trail: Trail, source: Source) -> str:
    outside = source.published_outside
    lines = [
        _text(_citation(trail, source)),
        "",
        f"- date, from the text alone: {_text(dated(source.date))}{_note(source.date.note)}",
    ]
    if source.relays:
        lines.append(f"- relays {_text(source.relays)}, so it is no independent witness")
    if outside:
        day = _text(spoken(interval(outside.date))) if outside.date else ""
        lines.append(
            f"- outside record, for citation only: {' '.join(filter(None, [day, outside.address and f'<{outside.address}>']))}{_note(outside.note)}"
        )
    lines.append(
        f"- file: `seeds/{source.file}`, {len(trail.corpus.documents[source.id].text)} characters, sha256 `{source.sha256}`"
    )
    return "\n".join(lines)


def _acts_of(trail: Trail, source: Source) -> str:
    rows = []
    for event in _in_time(trail):
        if keys := [key for key in event.mentions if key.startswith(f"{source.id}.")]:
            rows.append(
                f"| {_text(spoken(event_interval(trail.corpus, event)))} | {_text(event.label)} | {plain(event.kind)} | {_marks(trail, keys)} |"
            )
    return _table(["when", "act", "kind", "passages"], rows, "It tells of no act.")


def _positions_of(trail: Trail, source: Source) -> str:
    held: dict[tuple, list[str]] = {}
    for extract in _extracts(trail, source):
        for position in extract.positions:
            held.setdefault(
                (position.question, position.holder, position.stance, extract.status), []
            ).append(extract.key)
    order = [question.id for question in trail.corpus.questions]
    texts = {question.id: question.text for question in trail.corpus.questions}
    rows = [
        f"| {question}: {_text(texts[question])} | {_text(trail.corpus.actor[holder].name)} | {_text(plain(stance))} | {status} | {_marks(trail, keys)} |"
        for (question, holder, stance, status), keys in sorted(
            held.items(), key=lambda item: order.index(item[0][0])
        )
    ]
    return _table(
        ["question", "holder", "stance", "how firmly", "passages"],
        rows,
        "Nobody in it takes a position.",
    )


def _forecasts_of(trail: Trail, source: Source) -> str:
    rows = [
        f"| {_text(f.label)} | {_text(trail.corpus.actor[f.holder].name)} | {_text(spoken(interval(f.horizon))) if f.horizon else 'no time'} | {plain(f.verdict)} | {_marks(trail, f.extracts)} |"
        for f in trail.corpus.forecasts
        if any(key.startswith(f"{source.id}.") for key in f.extracts)
    ]
    return _table(
        ["expected", "by", "when", "later documents", "passages"], rows, "It makes no forecast."
    )


def _coverage(trail: Trail, source: Source) -> str:
    """How much of a document is coded, counted and not claimed, and what was left out."""
    text, mine = trail.corpus.documents[source.id], _extracts(trail, source)
    share = sum(len(extract.quote) for extract in mine) / len(text.text)
    left = [each for each in trail.corpus.left_out if each.source == source.id]
    said = (
        f"{len(mine)} extracts hold {share:.0%} of its characters; of its {len(text.sentences)} sentences {len(left)} "
        f"{'is' if len(left) == 1 else 'are'} left out with a reason. This book prints {trail.printed_share[source.id]:.0%} of it; "
        "the [evidence index](/book/evidence.md) lists every extract.\n"
    )
    reasons = {
        term.id: term.definition
        for v in trail.corpus.variables
        if v.id == "left_out_reason"
        for term in v.terms
    }
    for each in left:
        start = next(
            place
            for place in text.find(each.starts)
            if any(place == low for low, _ in text.sentences)
        )
        low, high = text.sentence(start)
        said += f"\n- left out: paragraph {text.paragraph(low)}, characters {low}–{high}: {_text(plain(each.reason))} ({_text(reasons[each.reason].rstrip('.'))}){_note(each.note)}"
    return said


def _corrections_of(trail: Trail, source: Source) -> str:
    faults = [_correction(trail, c) for c in trail.corpus.corrections if c.source == source.id]
    return (
        "\n".join(["It is printed as it stands; nothing is repaired.\n", *faults])
        if faults
        else "No error of it is known."
    )


def _correction(trail: Trail, correction: Correction) -> str:
    meant = f"; meant: {correction.should_be}" if correction.should_be else ""
    marks = f" {_marks(trail, correction.extracts)}" if correction.extracts else ""
    return f"- {_text(plain(correction.fault))}: “{_text(correction.printed)}”{_text(meant)}. {_text(correction.because)}{marks}"


def _citation(trail: Trail, source: Source) -> str:
    where = "" if source.publisher or source.published_outside else "; publisher not given"
    author = trail.author(source)
    return f"{author[0].upper()}{author[1:]}: “{source.title}” ({source.genre}{where}), written {dated(source.date)}."


# ---- chronology and people -----------------------------------------------------------


def chronology(trail: Trail, _: str) -> str:
    """All acts by year, then those that no document dates; years without an act are named."""
    by_year: dict[int, list[Event]] = {}
    undated = []
    for event in _in_time(trail):
        days = event_interval(trail.corpus, event)
        if _basis(trail, event) == "undated":
            undated.append(event)
        else:
            by_year.setdefault((days.earliest or days.latest).year, []).append(event)
    parts, heads, after = [], ["when", "known from", "act", "documents and passages"], min(by_year)
    for year in sorted(by_year):
        if after < year:
            years = f"{after}" if after == year - 1 else f"{after}–{year - 1}"
            parts.append(
                f"## {years}: no dated act\n\nNo document dates an act to this time: missing data, not calm."
            )
        parts.append(
            f"## {year}\n\n{_table(heads, [_act(trail, event) for event in by_year[year]], '')}"
        )
        ends = [
            days.latest.year
            for event in by_year[year]
            if (days := event_interval(trail.corpus, event)).latest
        ]
        after = max(
            after, year + 1, *(end + 1 for end in ends)
        )  # an interval may reach into later years
    rows = [_act(trail, event) for event in undated]
    parts.append(
        f"## Acts without a date\n\nOnly the document that tells them bounds them.\n\n{_table(heads, rows, 'None.')}"
    )
    return "\n\n".join(parts) + "\n"


def _act(trail: Trail, event: Event) -> str:
    labels = dict.fromkeys(trail.corpus.source[key.split(".")[0]].label for key in event.mentions)
    doubt = " (contested)" if event.contested else ""
    told_by = f"{_text(', '.join(labels))} {_marks(trail, event.mentions)}"
    return f"| {_text(spoken(event_interval(trail.corpus, event)))} | {plain(_basis(trail, event))} | {_text(event.label)}{doubt} | {told_by} |"


def _basis(trail: Trail, event: Event) -> str:
    keys = event.dated_by.extracts if event.dated_by else event.mentions
    return records.basis([e for e in map(trail.corpus.extract.get, keys) if e.when])


def _in_time(trail: Trail) -> list[Event]:
    """Acts in the order of their earliest days; one with only an upper bound stands at it."""

    def place(event: Event) -> tuple:
        days: Interval = event_interval(trail.corpus, event)
        return (days.earliest or days.latest), days.latest or days.earliest

    return sorted(trail.corpus.events, key=place)


def people(trail: Trail, _: str) -> str:
    """Persons with their offices as each document gives them, namesakes, and everybody else."""
    persons = [actor for actor in trail.corpus.actors if actor.kind == "person"]
    rows = [
        f"| {_text(actor.name)} | {_offices(trail, actor)} | {_text(_affiliation(trail, actor))} | {_text(_remarks(actor))} |"
        for actor in sorted(persons, key=lambda a: a.name.split()[-1].casefold())
    ]
    parts = [
        "## People\n",
        _table(["name", "offices, as each document gives them", "stands for", "remarks"], rows, ""),
        "",
        "## One name, two people\n",
    ]
    parts += [
        f"- **{_text(name)}**: "
        + "; ".join(_text(f"{a.name}{f' ({a.note})' if a.note else ''}") for a in group)
        for name, group in _namesakes(persons)
    ]
    others = [actor for actor in trail.corpus.actors if actor.kind != "person"]
    for kind in dict.fromkeys(actor.kind for actor in others):
        rows = [
            f"| {_text(a.name)} | {_text(_affiliation(trail, a))} | {_text(_remarks(a))} |"
            for a in others
            if a.kind == kind
        ]
        parts += [
            "",
            f"## {_text(plain(kind).capitalize())}s\n",
            _table(["name", "belongs to", "remarks"], rows, ""),
        ]
    return "\n".join(parts) + "\n"


def _offices(trail: Trail, actor: Actor) -> str:
    held: dict[tuple[str, str], list[str]] = {}
    for key in trail.corpus.short_key:
        extract = trail.corpus.extract[key]
        for fact in extract.facts:
            if fact.subject == actor.id and fact.attribute == "office_held":
                held.setdefault(
                    (trail.corpus.source[extract.source].label, str(fact.value)), []
                ).append(key)
    return (
        "; ".join(
            f"{_text(label)}: {_text(office)} {_marks(trail, keys)}"
            for (label, office), keys in held.items()
        )
        or "none given"
    )


def _namesakes(persons: list[Actor]) -> Iterator[tuple[str, list[Actor]]]:
    """Names that more than one person bears."""
    for name in dict.fromkeys(
        word for actor in persons for word in actor.name.split() if word[0].isupper()
    ):
        if len(group := [actor for actor in persons if name in actor.name.split()]) > 1:
            yield name, group


def _affiliation(trail: Trail, actor: Actor) -> str:
    return trail.corpus.actor[actor.affiliation].name if actor.affiliation else "–"


def _remarks(actor: Actor) -> str:
    also = [f"also: {', '.join(actor.spellings)}"] if actor.spellings else []
    groups = [plain(f"{group} {actor.kind}") for group in actor.groups]
    return ". ".join([*groups, *also, *([actor.note.rstrip(".")] if actor.note else [])]) or "–"


# ---- the codebook --------------------------------------------------------------------


def codebook(trail: Trail, _: str) -> str:
    """Every term with its definition, in the codebook's order."""
    corpus = trail.corpus
    parts = ["## Event kinds\n", *(_kind(kind) for kind in corpus.event_kinds), ""]
    for question in corpus.questions:
        parts.append(f"## {question.id}: {_text(question.text)}\n")
        parts += [_term(term) for term in question.stances] or ["- a year"]
        parts.append("")
    for variable in corpus.variables:
        parts.append(
            f"## {_text(plain(variable.id).capitalize())}\n\n{_text(variable.definition)}\n"
        )
        parts += [_term(term) for term in variable.terms]
        parts.append("")
    return "\n".join(parts)


def _term(term: Term) -> str:
    example = f" Example: {{ev}}`{term.example}`." if term.example else ""
    counter = f" Not: {_text(term.counter_example)}" if term.counter_example else ""
    return f"- **{_text(term.id)}**: {_text(term.definition)}{example}{counter}"


def _kind(kind: EventKind) -> str:
    signs = "/".join({-1: "adverse", 0: "neutral", 1: "cooperative"}[sign] for sign in kind.allows["sign"])
    form = f"{signs}, intensity {'–'.join(map(str, kind.allows["intensity"]))}"
    plover = f"PLOVER {kind.plover}" if kind.plover else "no PLOVER type"
    example = f" Example: {{ev}}`{kind.example}`." if kind.example else ""
    more = " ".join(
        filter(
            None,
            [kind.plover_note, f"Not: {kind.counter_example}" if kind.counter_example else None],
        )
    )
    return f"- **{_text(kind.id)}** ({form}; {plover}): {_text(kind.definition)}{example} {_text(more)}".rstrip()


#: Page parts by the name that a page calls them by; each takes the trail and what follows its name.
PARTS: dict[str, Callable[[Trail, str], str]] = {
    "evidence": evidence,
    "findings": findings_index,
    "documents": documents,
    "document": document,
    "chronology": chronology,
    "people": people,
    "codebook": codebook,
    "outside": lambda trail, _: outside_pages.page(trail.corpus),
    "citation": lambda trail, _: identity.citation(trail.root),
    "receipt": lambda trail, _: receipt.table(trail.root),
}


def _table(heads: list[str], rows: list[str], empty: str) -> str:
    if not rows:
        return empty
    return "\n".join(
        [
            f"| {' | '.join(head.capitalize() for head in heads)} |",
            "|" + " --- |" * len(heads),
            *rows,
        ]
    )


def _marks(trail: Trail, keys: Iterable[str]) -> str:
    return f"{{ev}}`{', '.join(sorted(keys, key=trail.place.get))}`"


def _note(text: str | None) -> str:
    return f". {_text(text)}" if text else ""


def _text(words: str) -> str:
    """`words` as Markdown that shows them and nothing else."""
    flat = re.sub(r"\s+", " ", words)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", flat)
