"""What the evidence index can be filtered by: document, theme, actor, year, kind.

Each facet of a passage is a class of its entry; `web/filter.js` shows the
entries that have the chosen ones.
"""

from __future__ import annotations

from docutils.nodes import make_id

from csto.book.trail import Trail
from csto.book.wording import acts_in, plain
from csto.corpus.dates import interval
from csto.corpus.schema import Event, Extract, Forecast


def classes(trail: Trail, extract: Extract) -> list[str]:
    """The classes of an entry, one for each facet."""
    facets = _facets(trail, extract).items()
    return [_class(name, value) for name, values in facets for value in values]


def choices(trail: Trail) -> dict[str, list[tuple[str, str]]]:
    """What a reader can choose from, by heading: (class of entries, label), in a fixed order."""
    values: dict[str, set[str]] = {}
    for extract in trail.corpus.extracts:
        for name, some in _facets(trail, extract).items():
            values.setdefault(name, set()).update(some)
    return {name: _offered(trail, name, some) for name, some in values.items()}


def _offered(trail: Trail, name: str, values: set[str]) -> list[tuple[str, str]]:
    """The values of a facet in the order of the register or codebook, else by label."""
    corpus = trail.corpus
    labels = {source.id: source.label for source in corpus.sources}
    labels |= {actor.id: actor.name for actor in corpus.actors}
    order = {"document": list(corpus.source), "theme": corpus.terms("theme")}.get(name, [])

    def place(value: str) -> tuple[int, str]:
        return order.index(value) if order else 0, labels.get(value, value).casefold()

    return [
        (_class(name, value), labels.get(value) or plain(value))
        for value in sorted(values, key=place)
    ]


def _class(name: str, value: str) -> str:
    return make_id(f"{name}-{value}")


def _facets(trail: Trail, extract: Extract) -> dict[str, list[str]]:
    events = acts_in(trail.corpus, extract)
    forecasts = [f for f in trail.corpus.forecasts if extract.key in f.extracts]
    return {
        "document": [extract.source],
        "theme": list(extract.themes),
        "actor": _actors(extract, events, forecasts),
        "year": _years(extract),
        "kind": _kinds(extract, events, forecasts),
    }


def _actors(extract: Extract, events: list[Event], forecasts: list[Forecast]) -> list[str]:
    """Everybody who speaks, acts or is spoken of."""
    actors = [
        extract.voice.speaker,
        extract.voice.outlet,
        *(position.holder for position in extract.positions),
        *(forecast.holder for forecast in forecasts),
        *(actor for fact in extract.facts for actor in (fact.subject, fact.object)),
        *(actor for event in events for actor in (*event.actors, *event.recipients)),
    ]
    return list(dict.fromkeys(filter(None, actors)))


def _kinds(extract: Extract, events: list[Event], forecasts: list[Forecast]) -> list[str]:
    """What it bears: kinds of acts, positions, facts, forecasts."""
    borne = {"position": extract.positions, "fact": extract.facts, "forecast": forecasts}
    kinds = [*(event.kind for event in events), *(name for name, some in borne.items() if some)]
    return list(dict.fromkeys(kinds)) or ["uncoded"]


def _years(extract: Extract) -> list[str]:
    """The years a passage tells of; an open interval counts by the bound it has."""
    if not extract.when:
        return ["undated"]
    days = interval(extract.when.date)
    bounds = [day.year for day in (days.earliest, days.latest) if day]
    return [str(year) for year in range(min(bounds), max(bounds) + 1)]
