"""Codings of acts: they fit the kind, the actor, each other, and the sentence they stand in."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator

from csto.corpus.codings import coded_fields, codings
from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.schema import Event, Extract, Setting
from csto.corpus.values import Record


@rule
def acts_fit_their_kind(corpus: Corpus) -> Iterator[Problem]:
    """An act has a term that its kind allows."""
    kinds = {kind.id: kind for kind in corpus.event_kinds}
    for event in corpus.events:
        allows = kinds[event.kind].allows if event.kind in kinds else {}
        for coding in codings(event):
            allowed = allows.get(coding.vocabulary)
            if allowed is not None and coding.term not in allowed:
                said = f"{coding.term} does not go with {event.kind} (allowed: {allowed})"
                yield event.problem(coding.path, f"{said}, correct one")


@rule
def acts_are_coded_for_their_actor(corpus: Corpus) -> Iterator[Problem]:
    """What is coded for one actor is coded on all its acts that can have it, and on no others."""
    kinds = {kind.id: kind for kind in corpus.event_kinds}
    for field, actor in coded_for(corpus, Event):
        for event in corpus.events:
            theirs = any(corpus.stands_for(one) == actor for one in event.actors)
            allows = kinds[event.kind].allows if event.kind in kinds else {}
            has_none = allows.get(coded_fields(Event)[field].vocabulary) == []
            given = getattr(event, field) is not None
            if theirs and not given and not has_none:
                yield event.problem(field, f"is missing on an act of {actor}, add it")
            if theirs and given and has_none:
                yield event.problem(field, f"a {event.kind} has no {field}, remove it")
            if not theirs and given:
                yield event.problem(field, f"is for acts of {actor} only, remove it")


@rule
def acts_have_recipients(corpus: Corpus) -> Iterator[Problem]:
    """An act with a sign is for or against somebody, or the record says why not."""
    needing = {kind.id for kind in corpus.event_kinds if kind.needs_recipient}
    for event in corpus.events:
        if event.recipients and event.no_recipient:
            yield event.problem("no_recipient", "a recipient is named, remove it")
        if not event.recipients and event.kind in needing:
            said = f"a {event.kind} has a recipient, name for or against whom it is"
            yield event.problem("recipients", said)
        elif not event.recipients and event.sign and not event.no_recipient:
            yield event.problem(
                "recipients",
                "an act with a sign is for or against somebody, "
                "name the recipient or say why in `no_recipient`",
            )


@rule
def kinds_say_what_they_leave_open(corpus: Corpus) -> Iterator[Problem]:
    """Where a kind allows two signs or intensities, it says which is which."""
    for kind in corpus.event_kinds:
        if kind.leaves_a_choice and not kind.choice:
            yield kind.problem("choice", "two values are allowed, say which is which")
        if kind.choice and not kind.leaves_a_choice:
            yield kind.problem("choice", "nothing is left to choose, remove it")


def coded_for(corpus: Corpus, model: type[Record]) -> Iterator[tuple[str, str]]:
    """The fields of a model that are coded for one actor's acts alone, and the actor."""
    actors = {variable.id: variable.coded_for for variable in corpus.variables}
    for field, (_, vocabulary) in coded_fields(model).items():
        if actor := actors.get(vocabulary):
            yield field, actor


@rule
def terms_fit_the_act(corpus: Corpus) -> Iterator[Problem]:
    """A term of an act or a passage stands only in the settings that the codebook gives."""
    terms = {(one.id, term.id): term for one in corpus.variables for term in one.terms}
    records: list[Event | Extract] = [*corpus.events]
    records += (one for one in corpus.extracts if not one.passes_on)
    for record in records:
        held = list(codings(record))
        given = {(coding.vocabulary, coding.term) for coding in held}
        for coding in held:
            term = terms.get((coding.vocabulary, str(coding.term)))
            if term is None:
                continue
            is_one = functools.partial(_is, corpus, record, given)
            if term.only_with and not any(map(is_one, term.only_with)):
                listed = " or ".join(_said(record, one) for one in term.only_with)
                yield record.problem(coding.path, f"{term.id} is for {listed} only, correct one")
            for setting in filter(is_one, term.never_with):
                said = f"{term.id} is not for {_said(record, setting)}, correct one"
                yield record.problem(coding.path, said)


def _is(
    corpus: Corpus, record: Event | Extract, given: set[tuple[str, str | int]], setting: Setting
) -> bool:
    """Whether all that a setting says holds of an act or passage that is given these terms."""
    act = record if isinstance(record, Event) else None
    towards = {corpus.stands_for(one) for one in act.recipients} if act else set()
    contested = act is not None and act.contested is not None
    return (
        setting.towards in {None, *towards}
        and setting.is_contested in (None, contested)
        and all(
            any((variable, term) in given for term in terms)
            for variable, terms in setting.codes.items()
        )
    )


def _said(record: Event | Extract, setting: Setting) -> str:
    """A setting in words."""
    what = "acts" if isinstance(record, Event) else "passages"
    words = [what, *([f"towards {setting.towards}"] if setting.towards else [])]
    words += [
        f"with {variable} {', '.join(map(str, terms))}" for variable, terms in setting.codes.items()
    ]
    if setting.is_contested is not None:
        words.append("that are contested" if setting.is_contested else "that are not contested")
    return " ".join(words)


@rule
def merge_groups_share_a_sentence(corpus: Corpus) -> Iterator[Problem]:
    """Acts that are counted as one when merged are told in one sentence."""
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in corpus.events:
        if event.merge:
            groups[event.merge].append(event)
    sentences = {one.extract.key: (one.extract.source, one.sentence) for one in corpus.standing}
    for group in groups.values():
        told_in = [
            {sentences[key] for key in event.mentions if key in sentences} for event in group
        ]
        shared = set.intersection(*told_in)
        if len(group) < 2 or not shared:
            yield group[0].problem(
                "merge", "no other act of this key stands in the same sentence, remove it"
            )
