"""The report's own records: words that are told apart, people, claims that are not both ways."""

from __future__ import annotations

from collections.abc import Iterator

from csto.corpus.problems import Path, Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.values import PERSON


@rule
def words_are_told_apart(corpus: Corpus) -> Iterator[Problem]:
    """No form of a word stands for another one, whatever its capitals."""
    seen: dict[str, str] = {}
    for word in corpus.words:
        forms: list[tuple[Path, str]] = [(("term",), word.term)]
        forms += [(("also", index), form) for index, form in enumerate(word.also)]
        for field, form in forms:
            if other := seen.get(form.casefold()):
                said = f"'{form}' stands for '{other}' already, remove one"
                yield word.problem(field, said)
            seen.setdefault(form.casefold(), word.term)


@rule
def the_cast_are_people(corpus: Corpus) -> Iterator[Problem]:
    """Whom a reader has to know by name is a person."""
    for one in corpus.cast:
        actor = corpus.actor.get(one.actor)
        if actor and actor.kind != PERSON:
            yield one.problem("actor", f"'{one.actor}' is of the kind {actor.kind}, name a person")


@rule
def passages_tell_a_claim_or_speak_against_it(corpus: Corpus) -> Iterator[Problem]:
    """What tells a claim cannot have it otherwise."""
    for claim in corpus.claims:
        told = {key for part in claim.told_by for key in part}
        for index, key in enumerate(claim.against):
            if key in told:
                said = f"'{key}' tells the claim too, remove it in one place"
                yield claim.problem(("against", index), said)
        if claim.against and not claim.otherwise:
            yield claim.problem("against", "say in `otherwise` what these passages have instead")
