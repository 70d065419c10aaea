"""What an index can be filtered by: passages by document, theme, actor, year, kind.

Rows of the outside record by year and by how sure they are. Each facet is a
class of its entry; `web/filter.js` shows the entries that have the chosen ones.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils.nodes import make_id

from csto.book.trail import Trail
from csto.book.wording import acts_in, plain, said
from csto.corpus.dates import interval
from csto.corpus.outside import OutsideClaim, OutsideRow, OutsideScore
from csto.corpus.reading import Corpus
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


def classes_of_row(corpus: Corpus, row: OutsideRow) -> list[str]:
    """The classes of an entry of the outside record."""
    facets = _facets_of_row(corpus, row).items()
    return [_class(name, value) for name, values in facets for value in values]


def choices_of_rows(trail: Trail) -> dict[str, list[tuple[str, str]]]:
    """What a reader of the outside record can choose from, by heading."""
    values: dict[str, set[str]] = {}
    for row in trail.corpus.outside.values():
        for name, some in _facets_of_row(trail.corpus, row).items():
            values.setdefault(name, set()).update(some)
    return {
        name: [(_class(name, value), value) for value in sorted(some)]
        for name, some in values.items()
    }


def _facets_of_row(corpus: Corpus, row: OutsideRow) -> dict[str, list[str]]:
    told = dict(row)
    dates = filter(None, map(told.get, ("date", "period", "since", "until")))
    years = [year for date in dates for year in _spanned(date)]
    years += [str(told["year"])] if "year" in told else []
    return {
        "year": _range(map(int, years)) if years else ["undated"],
        "how sure": [said(corpus, "sure", row.sure)]
        if isinstance(row, OutsideClaim | OutsideScore)
        else [],
    }


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
    return _spanned(extract.when.date) if extract.when else ["undated"]


def _spanned(date: str) -> list[str]:
    """The years of an EDTF date; of an open one that of the bound it has."""
    days = interval(date)
    return _range(day.year for day in (days.earliest, days.latest) if day)


def _range(years: Iterable[int]) -> list[str]:
    """All years from the first of some to the last."""
    some = list(years)
    return [str(year) for year in range(min(some), max(some) + 1)]
