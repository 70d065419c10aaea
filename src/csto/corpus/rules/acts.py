"""Codings of acts: they fit the kind, the actor, each other, and the sentence they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from csto.corpus.codings import coded_fields, codings
from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.schema import Event, Setting
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
    """What is coded for one actor is coded on all its acts, and on no others."""
    for field, actor in coded_for(corpus, Event):
        for event in corpus.events:
            theirs = any(corpus.stands_for(one) == actor for one in event.actors)
            if theirs and getattr(event, field) is None:
                yield event.problem(field, f"is missing on an act of {actor}, add it")
            if not theirs and getattr(event, field) is not None:
                yield event.problem(field, f"is for acts of {actor} only, remove it")


def coded_for(corpus: Corpus, model: type[Record]) -> Iterator[tuple[str, str]]:
    """The fields of a model that are coded for one actor's acts alone, and the actor."""
    actors = {variable.id: variable.coded_for for variable in corpus.variables}
    for field, (_, vocabulary) in coded_fields(model).items():
        if actor := actors.get(vocabulary):
            yield field, actor


@rule
def terms_fit_the_act(corpus: Corpus) -> Iterator[Problem]:
    """A term stands only in the settings that the codebook gives."""
    terms = {(one.id, term.id): term for one in corpus.variables for term in one.terms}
    for event in corpus.events:
        for coding in codings(event):
            term = terms.get((coding.vocabulary, str(coding.term)))
            if term is None:
                continue
            if term.only_with and not any(_is(corpus, event, one) for one in term.only_with):
                listed = " or ".join(map(_said, term.only_with))
                yield event.problem(coding.path, f"{term.id} is for {listed} only, correct one")
            for setting in term.never_with:
                if _is(corpus, event, setting):
                    said = f"{term.id} is not for {_said(setting)}, correct one"
                    yield event.problem(coding.path, said)


def _is(corpus: Corpus, event: Event, setting: Setting) -> bool:
    """Whether all that a setting says holds of an act."""
    towards = {corpus.stands_for(one) for one in event.recipients}
    return (
        setting.towards in {None, *towards}
        and setting.is_contested in (None, event.contested is not None)
        and all(
            any(one.vocabulary == variable and one.term in terms for one in codings(event))
            for variable, terms in setting.codes.items()
        )
    )


def _said(setting: Setting) -> str:
    """A setting in words."""
    words = ["acts", *([f"towards {setting.towards}"] if setting.towards else [])]
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
    for group in groups.values():
        shared = set.intersection(*(_sentences(corpus, event) for event in group))
        if len(group) < 2 or not shared:
            yield group[0].problem(
                "merge", "no other act of this key stands in the same sentence, remove it"
            )


def _sentences(corpus: Corpus, event: Event) -> set[tuple[str, tuple[int, int]]]:
    return {
        (passage.extract.source, passage.sentence)
        for passage in corpus.standing()
        if passage.extract.key in event.mentions
    }
