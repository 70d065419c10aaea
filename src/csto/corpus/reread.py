"""A corpus as another reader read it: the same documents, actors and codebook, other codings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from csto.corpus.readers import ReaderAct, ReaderForecast, ReaderPassage
from csto.corpus.reading import Corpus
from csto.corpus.schema import Event, Extract, Forecast, Position, Voice, When
from csto.corpus.values import UNRESOLVED

#: What no reader was asked for.
UNSCORED = "No reader scored a forecast."


def reread(full: Corpus, reading: str, called: Mapping[str, str] | None = None) -> Corpus:
    """The corpus with the passages, acts and forecasts of a reading.

    `called` gives some of its acts and forecasts ids of the report's, so that what is asked of
    an act by its id can be asked of it. Raises KeyError when nobody chose units in a reading.
    """
    free = [one.id for one in full.readings if one.chooses_units]
    if reading not in free:
        raise KeyError(f"'{reading}' is no reading with units of its own; there are {free}")
    passages = [one for one in full.reader_passages if one.reading == reading]
    keys = {one.id: f"{one.document}.{one.id}" for one in passages}
    names = dict(called or {})
    return replace(
        full,
        extracts=[_extract(one) for one in passages],
        left_out=[],
        events=[_event(one, keys, names) for one in full.reader_acts if one.reading == reading],
        forecasts=[
            _forecast(one, keys, names) for one in full.reader_forecasts if one.reading == reading
        ],
        corrections=[],
        disagreements=[],
        second_voices=[],
        second_positions=[],
        second_events=[],
    )


def _extract(one: ReaderPassage) -> Extract:
    basis = one.date_basis
    extract = Extract.model_construct(
        id=one.id,
        quote=one.quote,
        prefix=one.prefix,
        themes=[],  # of acts alone readers were asked what they bear on
        when=When.model_construct(date=one.date, basis=basis) if one.date and basis else None,
        voice=Voice.model_construct(
            attribution=one.attribution, mode=one.mode, speaker=one.speaker
        ),
        status=one.status,
        positions=[Position.model_construct(**dict(held)) for held in one.positions],
        note=one.doubt,
    )
    extract._place, extract._stem = one._place, one.document
    return extract


# what a reader doubts is what the report marks as contested: a choice that measures can take out
def _event(one: ReaderAct, keys: Mapping[str, str], called: Mapping[str, str]) -> Event:
    given = {name: value for name, value in one if name not in ("id", "told_by", "doubt")}
    told = [keys[passage] for passage in one.told_by]
    event = Event.model_construct(
        **given, id=called.get(one.id, one.id), mentions=told, contested=one.doubt
    )
    event._place, event._stem = one._place, one.stem
    return event


def _forecast(one: ReaderForecast, keys: Mapping[str, str], called: Mapping[str, str]) -> Forecast:
    forecast = Forecast.model_construct(
        id=called.get(one.id, one.id),
        label=one.label,
        holder=one.holder,
        themes=[],
        extracts=[keys[passage] for passage in one.told_by],
        hedge=one.hedge,
        horizon=one.horizon,
        verdict=UNRESOLVED,
        because=UNSCORED,
    )
    forecast._place, forecast._stem = one._place, one.stem
    return forecast
