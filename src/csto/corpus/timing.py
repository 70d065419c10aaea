"""When an act can have happened, from what its mentions say."""

from __future__ import annotations

import functools

from csto.corpus.dates import Interval, interval
from csto.corpus.reading import Corpus
from csto.corpus.schema import Event, Extract


def event_interval(corpus: Corpus, event: Event) -> Interval:
    """The days an event can have happened on.

    The days common to what its mentions say; where they share none, the hull of them (and
    `conflict` must say so). A mention without a date only says that the act came before its
    document.
    """
    told = [said for one in dating(corpus, event) if (said := told_interval(corpus, one))]
    if not told:
        return Interval(None, None)
    return common(told) or functools.reduce(Interval.hull, told)


def told_interval(corpus: Corpus, extract: Extract) -> Interval | None:
    """What a passage says about when; at least that it was before its document."""
    if extract.when:
        return interval(extract.when.date)
    written = interval(corpus.source[extract.source].date.date)
    return Interval(None, written.latest) if written.latest else None


def dating(corpus: Corpus, event: Event) -> list[Extract]:
    """The extracts that may date an event: those with a date, where there are any."""
    ids = event.dated_by.extracts if event.dated_by else event.mentions
    found = [corpus.extract[i] for i in ids if i in corpus.extract]
    return [extract for extract in found if extract.when] or found


def common(intervals: list[Interval]) -> Interval | None:
    """The days in all of at least one interval; None when there are none."""
    both: Interval | None = intervals[0]
    for other in intervals[1:]:
        both = both and both & other
    return both
