"""A corpus without a document, or without hedged passages, and what rests on these alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from csto.corpus.reading import Corpus
from csto.corpus.report import CastMember, Claim, Word
from csto.corpus.schema import Disagreement, Event, Forecast, source_of
from csto.corpus.values import HEDGED, UNRESOLVED

Resting = TypeVar("Resting", Word, CastMember)


def less(full: Corpus, without: str | None) -> Corpus:
    """The corpus without a document; whole where none is named.

    Raises KeyError when there is no such document.
    """
    if without is None:
        return full
    if without not in full.source:
        raise KeyError(f"'{without}' is no document; there are {', '.join(full.source)}")
    kept = {extract.key for extract in full.extracts if extract.source != without}
    return replace(
        _resting_on(full, kept),
        sources=[source for source in full.sources if source.id != without],
        left_out=[left for left in full.left_out if left.source != without],
        changes=[one for one in full.changes if source_of(one.record) != without],
        rulings=[one for one in full.rulings if not _names(one.unit, without)],
        matches=[one for one in full.matches if not _names(one.ours, without)],
        corrections=[one for one in full.corrections if one.source != without],
    )


def flat(full: Corpus) -> Corpus:
    """The corpus without its hedged passages."""
    return _resting_on(full, {each.key for each in full.extracts if each.status != HEDGED})


def _resting_on(full: Corpus, kept: set[str]) -> Corpus:
    """The corpus with some of its passages, and what rests on them."""
    events = {event.id: event for one in full.events if (event := _told(one, kept)).mentions}
    gone = {event.id for event in full.events} - events.keys()
    sides = [_agreed(one, kept) for one in full.disagreements]
    return replace(
        full,
        extracts=[extract for extract in full.extracts if extract.key in kept],
        events=list(events.values()),
        forecasts=[_scored(one, kept) for one in full.forecasts if kept.issuperset(one.extracts)],
        second_voices=[one for one in full.second_voices if one.extract in kept],
        second_positions=[one for one in full.second_positions if one.extract in kept],
        second_events=[one for one in full.second_events if one.event not in gone],
        disagreements=[one for one in sides if len(one.sides) > 1],
        claims=[_claimed(one, kept) for one in full.claims],
        words=[_still(one, kept) for one in full.words],
        cast=[left for one in full.cast if (left := _still(one, kept)).extracts],
    )


def _names(unit: str, document: str) -> bool:
    """Whether a unit of a comparison is named by a document or one of its passages."""
    return re.match(rf"{re.escape(document)}[.: ]", unit) is not None


def _told(event: Event, kept: set[str]) -> Event:
    """An act by the mentions that are left."""
    mentions = [key for key in event.mentions if key in kept]
    by = event.dated_by
    still = by and kept.issuperset(by.extracts)
    return event.model_copy(update={"mentions": mentions, "dated_by": by if still else None})


def _scored(forecast: Forecast, kept: set[str]) -> Forecast:
    """A forecast scored by what is left; unresolved when nothing is."""
    scored_by = [key for key in forecast.scored_by if key in kept]
    verdict = forecast.verdict if scored_by else UNRESOLVED
    return forecast.model_copy(update={"scored_by": scored_by, "verdict": verdict})


def _claimed(claim: Claim, kept: set[str]) -> Claim:
    """A claim by the passages that are left; what tells against it stays."""
    told_by = [[key for key in part if key in kept] for part in claim.told_by]
    return claim.model_copy(update={"told_by": told_by})


def _still(one: Resting, kept: set[str]) -> Resting:
    """A word or somebody of the cast, by the passages that are left."""
    return one.model_copy(update={"extracts": [key for key in one.extracts if key in kept]})


def _agreed(one: Disagreement, kept: set[str]) -> Disagreement:
    """A disagreement with the sides that are left."""
    sides = [
        side.model_copy(update={"extracts": [key for key in side.extracts if key in kept]})
        for side in one.sides
    ]
    return one.model_copy(update={"sides": [side for side in sides if side.extracts]})
