"""What must hold between records, and between a record and its document.

One rule, one short generator: corpus in, problems out. What a single record
must look like stands in `csto.corpus.schema`. `checked_corpus` is the only door to
data that may be used.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from csto import files
from csto.corpus import outside_checks
from csto.corpus.reading import Corpus, read
from csto.corpus.dates import Interval, interval
from csto.corpus.problems import DataError, Problem
from csto.corpus.schema import Event, EventKind, Extract, Record, Term, source_of

Rule = Callable[[Corpus], Iterator[Problem]]
RULES: list[Rule] = [*outside_checks.RULES]

LIMITING = "but|unless|except|however|although|though|albeit|provided|only if|if"
_LIMITED = re.compile(rf"[\s,;:—–-]*({LIMITING})\b", re.IGNORECASE)
_TELLING = (
    "not|no|never|nor|neither|none|nobody|without|cannot|may|might|could|would|should|must|can|will|shall|"
    "more|most|less|least|than|only|January|February|March|April|May|June|July|August|September|October|November|December"
)
_NEEDED_TERMS = {
    "distancing": ("strict", "broad", "none"),
    "date_basis": ("report_date", "undated"),
}
PARTICIPATION_RUNGS = ("R3", "R4", "R5")


def rule(function: Rule) -> Rule:
    """Register a rule."""
    RULES.append(function)
    return function


def run(corpus: Corpus) -> list[Problem]:
    """Every problem that the rules find."""
    return [problem for check in RULES for problem in check(corpus)]


@functools.cache
def checked_corpus(root: Path | None = None) -> Corpus:
    """The corpus of `root` (the project folder by default), read once and checked.

    Raises DataError with all problems when there is any.
    """
    corpus, problems = read(root or files.root())
    problems += run(corpus)
    if problems:
        raise DataError(problems)
    return corpus


def event_interval(corpus: Corpus, event: Event) -> Interval:
    """The days an event can have happened on.

    The days common to what its mentions say; where they share none, the hull
    of them (and `conflict` must say so). A mention without a date only says
    that the act came before its document.
    """
    told = [
        said
        for said in map(functools.partial(told_interval, corpus), _dating(corpus, event))
        if said
    ]
    if not told:
        return Interval(None, None)
    return _common(told) or functools.reduce(Interval.hull, told)


def told_interval(corpus: Corpus, extract: Extract) -> Interval | None:
    """What a passage says about when; at least that it was before its document."""
    if extract.when:
        return interval(extract.when.date)
    written = interval(corpus.source[extract.source].date.date)
    return Interval(None, written.latest) if written.latest else None


def _dating(corpus: Corpus, event: Event) -> list[Extract]:
    ids = event.dated_by.extracts if event.dated_by else event.mentions
    found = [corpus.extract[i] for i in ids if i in corpus.extract]
    return [extract for extract in found if extract.when] or found


def _common(intervals: list[Interval]) -> Interval | None:
    both: Interval | None = intervals[0]
    for other in intervals[1:]:
        both = both and both & other
    return both


# ---- ids ---------------------------------------------------------------------------


@rule
def ids_are_unique(corpus: Corpus) -> Iterator[Problem]:
    seen: dict[tuple, str] = {}
    for record in corpus.records():
        if record.plural == "left_out":
            continue
        mark = (record.plural, record.key)
        if mark in seen:
            yield record.problem("id", f"'{record.key}' stands already at {seen[mark]}, rename one")
        here = record.problem("id", "")
        seen.setdefault(mark, f"{here.file}:{here.line}")


@rule
def terms_are_unique(corpus: Corpus) -> Iterator[Problem]:
    for variable in [*corpus.variables, *corpus.questions]:
        field = "terms" if variable.plural == "variables" else "stances"
        ids = [term.id for term in getattr(variable, field)]
        for index, term in enumerate(ids):
            if term in ids[:index]:
                yield variable.problem((field, index, "id"), f"'{term}' stands twice, keep one")


@rule
def needed_terms_are_there(corpus: Corpus) -> Iterator[Problem]:
    for variable in corpus.variables:
        for term in _NEEDED_TERMS.get(variable.id, ()):
            if term not in corpus.terms(variable.id):
                yield variable.problem("terms", f"lacks '{term}', on which the checks rest, add it")


@rule
def marks_and_files_are_unique(corpus: Corpus) -> Iterator[Problem]:
    for index, source in enumerate(corpus.sources):
        for other in corpus.sources[:index]:
            if source.mark == other.mark:
                yield source.problem(
                    "mark", f"'{source.mark}' marks another document already, choose another"
                )
            if source.file == other.file:
                yield source.problem(
                    "file", f"'{source.file}' is the file of {other.id} already, correct one"
                )


@rule
def sources_have_extracts(corpus: Corpus) -> Iterator[Problem]:
    coded = {extract.source for extract in corpus.extracts}
    for source in corpus.sources:
        if source.id not in coded:
            yield source.problem("id", f"has no valid extract, add data/extracts/{source.id}.yml")
    for extract in corpus.extracts:
        if extract.source not in corpus.source:
            yield extract.problem(
                "id", f"'{extract.source}' is no source, register it in data/sources.yml"
            )


# ---- passages ----------------------------------------------------------------------


@rule
def documents_are_unchanged(corpus: Corpus) -> Iterator[Problem]:
    for source in corpus.sources:
        document = corpus.documents.get(source.id)
        if document and document.sha256 != source.sha256:
            yield source.problem(
                "sha256",
                f"seeds/{source.file} has the hash {document.sha256[:12]}…, restore the file",
            )


def _spans(corpus: Corpus) -> Iterator[tuple[Extract, int, int]]:
    """Extracts whose passage stands where it should, with its span."""
    for extract in corpus.extracts:
        if len(corpus.places.get(extract.key, ())) == 1:
            yield extract, *corpus.span(extract)


@rule
def passages_stand_once(corpus: Corpus) -> Iterator[Problem]:
    for extract in corpus.extracts:
        document, places = corpus.document(extract), corpus.places.get(extract.key)
        if places is None:
            continue
        if not places:
            near = document.nearest((extract.prefix or "") + extract.quote)
            yield extract.problem(
                "quote",
                f"not in seeds/{document.file}; nearest is “{' '.join(near.split())}”, quote exactly",
            )
        elif len(places) > 1:
            yield extract.problem(
                "quote", f"stands {len(places)} times in seeds/{document.file}, add a `prefix`"
            )
        elif extract.prefix and len(document.find(extract.quote)) == 1:
            yield extract.problem("prefix", "is not needed, the passage stands once, remove it")


@rule
def passages_belong_to_their_document(corpus: Corpus) -> Iterator[Problem]:
    holding = _documents_by_words(corpus)
    for extract in corpus.extracts:
        runs = _runs(extract.quote)
        candidates = (
            set.intersection(*(holding.get(run, set()) for run in runs))
            if runs
            else set(corpus.documents)
        )
        others = {
            s for s in candidates - {extract.source} if extract.quote in corpus.documents[s].text
        }
        for source in sorted(others - extract.also_in.keys()):
            yield extract.problem(
                "quote", f"stands in {source} too, quote more or say why in `also_in`"
            )
        for source in sorted(extract.also_in.keys() - others):
            yield extract.problem(("also_in", source), "does not hold these words, remove it")


def _documents_by_words(corpus: Corpus) -> dict[tuple, set[str]]:
    """The documents that hold a run of three words, so that a passage is looked for in few of them."""
    index: dict[tuple, set[str]] = defaultdict(set)
    for source, document in corpus.documents.items():
        for run in _runs(document.text):
            index[run].add(source)
    return index


def _runs(text: str) -> list[tuple]:
    words = re.findall(r"\w+", text)
    return list(zip(words, words[1:], words[2:], strict=False))


@rule
def passages_are_one_sentence(corpus: Corpus) -> Iterator[Problem]:
    for extract, start, end in _spans(corpus):
        if end > corpus.document(extract).sentence(start)[1]:
            yield extract.problem("quote", "goes over the end of a sentence, split it")
        if extract.quote != extract.quote.strip():
            yield extract.problem("quote", "has blanks at an end, trim it")


@rule
def passages_begin_and_end_with_words(corpus: Corpus) -> Iterator[Problem]:
    for extract, start, end in _spans(corpus):
        text = corpus.document(extract).text
        inside = (text[start - 1 : start + 1], text[end - 1 : end + 1])
        if any(len(pair) == 2 and pair.isalnum() for pair in inside):
            yield extract.problem("quote", "begins or ends inside a word, take the whole word")


@rule
def passages_are_not_cut_off(corpus: Corpus) -> Iterator[Problem]:
    for extract, start, end in _spans(corpus):
        document = corpus.document(extract)
        limited = _LIMITED.match(document.text, end, document.sentence(start)[1])
        if limited and not extract.cut:
            yield extract.problem(
                "quote", f"stops just before “{limited[1]}”, include it or say why in `cut`"
            )
        if extract.cut and not limited:
            yield extract.problem("cut", "no limiting word follows, remove it")


@rule
def passages_do_not_overlap(corpus: Corpus) -> Iterator[Problem]:
    by_source: dict[str, list] = defaultdict(list)
    for extract, start, end in _spans(corpus):
        by_source[extract.source].append((start, end, extract))
    for spans in by_source.values():
        for (_, end, first), (start, _, second) in pairwise(
            sorted(spans, key=lambda span: span[:2])
        ):
            if start < end:
                yield second.problem(
                    "quote", f"overlaps {first.key}, give each word to one extract"
                )


@rule
def extracts_are_coded(corpus: Corpus) -> Iterator[Problem]:
    used = {i for event in corpus.events for i in event.mentions}
    used |= {i for forecast in corpus.forecasts for i in (*forecast.extracts, *forecast.scored_by)}
    used |= {i for correction in corpus.corrections for i in correction.extracts}
    for extract in corpus.extracts:
        coded = bool(extract.positions or extract.facts or extract.key in used)
        if coded and extract.uncoded:
            yield extract.problem("uncoded", "something is coded from it, remove this")
        if not coded and not extract.uncoded:
            yield extract.problem("id", "nothing is coded from it, code it or say why in `uncoded`")


@rule
def positions_stand_once(corpus: Corpus) -> Iterator[Problem]:
    for extract in corpus.extracts:
        held = [
            (position.holder, position.question, position.stance) for position in extract.positions
        ]
        for index, position in enumerate(held):
            if position in held[:index]:
                yield extract.problem(("positions", index), "stands twice, keep one")


@rule
def voices_fit_their_passage(corpus: Corpus) -> Iterator[Problem]:
    for extract in corpus.extracts:
        voice = extract.voice
        own = voice.attribution in ("author", "unattributed")
        if own != (voice.mode == "authorial"):
            yield extract.problem(
                "voice.mode", "authorial goes with author or unattributed, and only with them"
            )
        if own and voice.speaker:
            yield extract.problem("voice.speaker", "the document itself speaks here, leave it out")
        if not own and not voice.speaker:
            yield extract.problem("voice.speaker", "somebody else speaks here, name the actor")


# ---- sentences that nothing was taken from -------------------------------------------


@rule
def every_sentence_is_accounted_for(corpus: Corpus) -> Iterator[Problem]:
    taken: dict[str, set] = defaultdict(set)
    for extract, start, _ in _spans(corpus):
        taken[extract.source].add(corpus.document(extract).sentence(start))
    for left in corpus.left_out:
        document = corpus.document(left)
        places = document.find(left.starts) if document else []
        places = [p for p in places if any(p == start for start, _ in document.sentences)]
        if len(places) != 1:
            yield left.problem(
                "starts", f"opens {len(places)} sentences of the document, quote its first words"
            )
        elif document.sentence(places[0]) in taken[left.source]:
            yield left.problem(
                "starts", "the sentence has an extract or is listed already, remove this"
            )
        else:
            taken[left.source].add(document.sentence(places[0]))
    for source in corpus.sources:
        document = corpus.documents.get(source.id)
        for start, end in document.sentences if document else ():
            if (start, end) not in taken[source.id]:
                words = document.text[start : min(end, start + 60)]
                yield source.problem(
                    "id", f"“{words}…” has no extract, take one or list it in `left_out`"
                )


@rule
def clauses_are_covered(corpus: Corpus) -> Iterator[Problem]:
    """In a sentence with an extract, what no extract holds may say nothing that could be coded."""
    telling = _telling_words(corpus)
    spans: dict[tuple, list] = defaultdict(list)
    for extract, start, end in _spans(corpus):
        spans[extract.source, corpus.document(extract).sentence(start)].append((start, end))
    for (source, (low, high)), held in spans.items():
        text, edges = (
            corpus.documents[source].text,
            [low, *(edge for span in sorted(held) for edge in span), high],
        )
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if found := telling.search(text[start:end]):
                what = f"“{text[start:end].strip()}” lies in no extract but says “{found[0]}”, take it into one"
                yield corpus.source[source].problem("id", what)


def _telling_words(corpus: Corpus) -> re.Pattern[str]:
    """Digits, months, negations, modals, comparisons and the names of the register."""
    names = {name for actor in corpus.actors for name in (actor.name, *actor.spellings)}
    words = {word for name in names for word in name.split() if word[0].isupper() and len(word) > 3}
    return re.compile(
        rf"\b(?:\d+|{_TELLING}|{'|'.join(map(re.escape, sorted(names | words)))})\b|n[’']t\b"
    )


# ---- dates ---------------------------------------------------------------------------


@rule
def dates_fit_their_basis(corpus: Corpus) -> Iterator[Problem]:
    for extract in corpus.extracts:
        if not extract.when:
            continue
        said, basis = interval(extract.when.date), extract.when.basis
        if basis == "undated":
            yield extract.problem("when.basis", "undated goes without a date, leave out `when`")
        if basis == "report_date" and said.precision == 1:
            yield extract.problem(
                "when.date", f"a report date is an upper bound, write e.g. ../{extract.when.date}"
            )
        if basis == "stated" and said.precision == 7:
            yield extract.problem(
                "when.date", "a stated date has two bounds, correct date or basis"
            )


@rule
def events_precede_their_documents(corpus: Corpus) -> Iterator[Problem]:
    for event in corpus.events:
        for index, key in enumerate(event.mentions):
            extract = corpus.extract.get(key)
            source = corpus.source.get(extract.source) if extract else None
            said = told_interval(corpus, extract) if source else None
            written = interval(source.date.date).latest if source else None
            if said and written and said.earliest and said.earliest > written:
                yield event.problem(
                    ("mentions", index), f"dates the act after {source.id} was written, correct it"
                )


@rule
def date_conflicts_are_named(corpus: Corpus) -> Iterator[Problem]:
    for event in corpus.events:
        told = [
            i
            for i in (
                told_interval(corpus, e)
                for e in _dating(corpus, event)
                if e.source in corpus.source
            )
            if i
        ]
        clash = bool(told) and _common(told) is None
        if clash and not event.conflict:
            yield event.problem(
                "mentions", "give dates that share no day, say how in `conflict` or set `dated_by`"
            )
        if event.conflict and not clash:
            yield event.problem("conflict", "the dates agree, remove it")


@rule
def dating_passages_are_mentions(corpus: Corpus) -> Iterator[Problem]:
    for event in corpus.events:
        for index, key in enumerate(event.dated_by.extracts if event.dated_by else ()):
            if key not in event.mentions:
                yield event.problem(
                    ("dated_by", "extracts", index),
                    f"'{key}' is no mention of the event, add it there",
                )


# ---- the codebook's examples ---------------------------------------------------------


@rule
def terms_have_examples(corpus: Corpus) -> Iterator[Problem]:
    coded = _coded_with(corpus)
    for record, path, vocabulary, term in _terms(corpus):
        extracts, field = coded.get((vocabulary, term.id), set()), (*path, "example")
        if extracts and not term.example:
            yield record.problem(field, f"'{term.id}' is used, name an extract coded with it")
        if term.example and term.example not in extracts:
            yield record.problem(
                field, f"'{term.example}' is not coded with '{term.id}', choose another"
            )


def _terms(corpus: Corpus) -> Iterator[tuple[Record, tuple, str, Term | EventKind]]:
    for variable in corpus.variables:
        for index, term in enumerate(variable.terms):
            yield variable, ("terms", index), variable.id, term
    for question in corpus.questions:
        for index, term in enumerate(question.stances):
            yield question, ("stances", index), question.id, term
    for kind in corpus.event_kinds:
        yield kind, (), "event_kind", kind


def _coded_with(corpus: Corpus) -> dict[tuple[str, str], set[str]]:
    """The extracts coded with each term of each vocabulary."""
    coded: dict[tuple[str, str], set[str]] = defaultdict(set)
    for extract in corpus.extracts:
        voice, basis = extract.voice, extract.when.basis if extract.when else "undated"
        single = {
            "date_basis": basis,
            "status": extract.status,
            "attribution": voice.attribution,
            "mode": voice.mode,
        }
        pairs = [*single.items(), *(("theme", theme) for theme in extract.themes)]
        pairs += [(position.question, position.stance) for position in extract.positions]
        pairs += [("attribute", fact.attribute) for fact in extract.facts]
        for pair in pairs:
            coded[pair].add(extract.key)
    for event in corpus.events:
        for pair in (
            ("event_kind", event.kind),
            ("rung", event.rung),
            ("distancing", event.distancing),
        ):
            coded[pair].update(event.mentions)
    for forecast in corpus.forecasts:
        coded["verdict", forecast.verdict].update(forecast.extracts)
    for correction in corpus.corrections:
        coded["fault", correction.fault].update(correction.extracts)
    for one in corpus.disagreements:
        coded["disagreement", one.kind].update(key for side in one.sides for key in side.extracts)
    return coded


# ---- codings -------------------------------------------------------------------------


@rule
def events_fit_their_kind(corpus: Corpus) -> Iterator[Problem]:
    kinds = {kind.id: kind for kind in corpus.event_kinds}
    for event in corpus.events:
        kind = kinds.get(event.kind)
        for field in ("sign", "intensity") if kind else ():
            value, allowed = getattr(event, field), getattr(kind, field)
            if value not in allowed:
                yield event.problem(
                    field,
                    f"{value} does not go with {event.kind} (allowed: {allowed}), correct one",
                )
        if kind and event.rung and event.rung not in kind.rungs:
            yield event.problem(
                "rung",
                f"{event.rung} does not go with {event.kind} (allowed: {kind.rungs}), correct one",
            )


@rule
def armenian_acts_have_rungs(corpus: Corpus) -> Iterator[Problem]:
    for event in corpus.events:
        theirs = any(_state(corpus, actor) == "armenia" for actor in event.actors)
        for field in ("rung", "distancing"):
            if theirs and getattr(event, field) is None:
                yield event.problem(field, "is missing on an Armenian act, add it")
            if not theirs and getattr(event, field) is not None:
                yield event.problem(field, "is for Armenian acts only, remove it")


@rule
def distancing_fits_the_act(corpus: Corpus) -> Iterator[Problem]:
    for event in corpus.events:
        at_organisation = any(_state(corpus, r) == "csto" for r in event.recipients)
        if event.distancing == "strict" and not (
            at_organisation and event.rung in PARTICIPATION_RUNGS
        ):
            yield event.problem(
                "distancing", "strict is for acts at the organisation on R3 or above, correct it"
            )
        if event.distancing == "broad" and event.sign >= 0 and not event.contested:
            yield event.problem("distancing", "broad is for adverse or contested acts, correct it")
        if event.distancing == "none" and event.rung in PARTICIPATION_RUNGS and at_organisation:
            yield event.problem("distancing", "none contradicts the rung, correct one")


def _state(corpus: Corpus, actor: str) -> str | None:
    """The state or organisation an actor stands for, or the actor itself."""
    record = corpus.actor.get(actor)
    return (record.affiliation or actor) if record else None


@rule
def merge_groups_share_a_sentence(corpus: Corpus) -> Iterator[Problem]:
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in corpus.events:
        if event.merge:
            groups[event.merge].append(event)
    for group in groups.values():
        shared = set.intersection(*(_sentences(corpus, event) for event in group))
        if len(group) < 2 or not shared:
            yield group[0].problem(
                "merge", "no other act of this key stands in the same sentence, remove it"
            )


def _sentences(corpus: Corpus, event: Event) -> set[tuple]:
    found = set()
    for key in event.mentions:
        extract = corpus.extract.get(key)
        for place in corpus.places.get(key, ()):
            found.add((extract.source, corpus.document(extract).sentence(place)))
    return found


@rule
def forecasts_are_scored_by_later_documents(corpus: Corpus) -> Iterator[Problem]:
    written = {source.id: interval(source.date.date).earliest for source in corpus.sources}
    for forecast in corpus.forecasts:
        if (forecast.verdict == "unresolved") == bool(forecast.scored_by):
            yield forecast.problem(
                "scored_by", "goes with every verdict but unresolved, correct one"
            )
        made = [written.get(source_of(key)) for key in forecast.extracts]
        for index, key in enumerate(forecast.scored_by):
            later = written.get(source_of(key))
            if later and any(day and later <= day for day in made):
                yield forecast.problem(
                    ("scored_by", index), "is no later document, score by a later one"
                )


@rule
def corrections_are_still_true(corpus: Corpus) -> Iterator[Problem]:
    for correction in corpus.corrections:
        document = corpus.documents.get(correction.source)
        if document and correction.printed not in document.text:
            yield correction.problem("printed", f"not in seeds/{document.file}, quote exactly")
        for index, key in enumerate(correction.extracts):
            if source_of(key) != correction.source:
                yield correction.problem(
                    ("extracts", index), f"is no extract of {correction.source}, correct it"
                )


@rule
def spellings_are_used(corpus: Corpus) -> Iterator[Problem]:
    for actor in corpus.actors:
        for index, spelling in enumerate(actor.spellings):
            if len(corpus.documents) == len(corpus.sources) and not any(
                spelling in d.text for d in corpus.documents.values()
            ):
                yield actor.problem(
                    ("spellings", index),
                    f"“{spelling}” stands in no document, correct or remove it",
                )


@rule
def disagreements_are_between_documents_or_inside_one(corpus: Corpus) -> Iterator[Problem]:
    for one in corpus.disagreements:
        documents = {source_of(key) for side in one.sides for key in side.extracts}
        if (one.kind == "inside_one") != (len(documents) == 1):
            yield one.problem(
                "kind",
                f"'{one.kind}' does not go with passages of {len(documents)} document(s), correct one",
            )


@rule
def second_readings_have_a_first(corpus: Corpus) -> Iterator[Problem]:
    stances = {question.id: {term.id for term in question.stances} for question in corpus.questions}
    for one in corpus.second_positions:
        first = corpus.extract.get(one.extract)
        if first and not any(
            (p.holder, p.question) == (one.holder, one.question) for p in first.positions
        ):
            yield one.problem(
                "holder", f"has no position on {one.question} in {one.extract}, remove the record"
            )
        if one.stance not in stances.get(one.question, {one.stance}):
            yield one.problem(
                "stance", f"'{one.stance}' is no stance of {one.question}, correct it"
            )
