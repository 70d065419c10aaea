"""Codings of passages: each is coded, once, and its voice fits."""

from __future__ import annotations

from collections.abc import Iterator

from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.registry import rule
from csto.corpus.values import AUTHOR, AUTHORIAL, UNATTRIBUTED


@rule
def extracts_are_coded(corpus: Corpus) -> Iterator[Problem]:
    """Something is coded from a passage, or `uncoded` says why not."""
    used = {key for event in corpus.events for key in event.mentions}
    used |= {key for one in corpus.forecasts for key in (*one.extracts, *one.scored_by)}
    used |= {key for correction in corpus.corrections for key in correction.extracts}
    for extract in corpus.extracts:
        coded = bool(extract.positions or extract.facts or extract.key in used)
        if coded and extract.uncoded:
            yield extract.problem("uncoded", "something is coded from it, remove this")
        if not coded and not extract.uncoded:
            yield extract.problem("id", "nothing is coded from it, code it or say why in `uncoded`")


@rule
def positions_stand_once(corpus: Corpus) -> Iterator[Problem]:
    """A passage bears out a position once."""
    for extract in corpus.extracts:
        held = [(one.holder, one.question, one.stance) for one in extract.positions]
        for index, position in enumerate(held):
            if position in held[:index]:
                yield extract.problem(("positions", index), "stands twice, keep one")


@rule
def voices_fit_their_passage(corpus: Corpus) -> Iterator[Problem]:
    """The document speaks, or somebody whom the record names."""
    for extract in corpus.extracts:
        voice = extract.voice
        own = voice.attribution in (AUTHOR, UNATTRIBUTED)
        if own != (voice.mode == AUTHORIAL):
            yield extract.problem(
                ("voice", "mode"), "authorial goes with author or unattributed, and only with them"
            )
        if own and voice.speaker:
            yield extract.problem(
                ("voice", "speaker"), "the document itself speaks here, leave it out"
            )
        if not own and not voice.speaker:
            yield extract.problem(("voice", "speaker"), "somebody else speaks here, name the actor")
