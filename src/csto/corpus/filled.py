"""The record of an act, to paste: what its kind and its passage fix is filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from csto.corpus.codings import coded_fields
from csto.corpus.locate import slug
from csto.corpus.reading import Corpus
from csto.corpus.rules.acts import coded_for
from csto.corpus.schema import Event, EventKind, Extract
from csto.corpus.values import require


def filled(
    corpus: Corpus, extract: str, kind: str, actors: Sequence[str], recipients: Sequence[str]
) -> str:
    """A record of an act that a passage tells, in YAML.

    Where the kind allows one term it stands there; where it allows several, the terms and what
    decides between them stand behind a `#`. Raises ValueError for an unknown passage, kind or
    actor.
    """
    _known(extract, corpus.extract, "extract")
    kinds = {one.id: one for one in corpus.event_kinds}
    _known(kind, kinds, "event_kind")
    for actor in (*actors, *recipients):
        _known(actor, corpus.actor, "actor")
    passage = corpus.extract[extract]
    lines = [
        f"  - id: {slug(passage.quote)}",
        f"    kind: {kind}",
        *_coded(corpus, kinds[kind], actors),
        f"    label: {json.dumps(passage.quote, ensure_ascii=False)}  # in a few words",
        f"    themes: [{', '.join(passage.themes)}]",
        f"    actors: [{', '.join(actors)}]",
        f"    recipients: [{', '.join(recipients)}]{_recipients(kinds[kind], recipients)}",
        f"    mentions: [{extract}]",
    ]
    return "\n".join([_dated(passage), *lines]) + "\n"


def _known(value: str, among: object, kind: str) -> None:
    try:
        require(value, list(among), kind)  # type: ignore[call-overload]  # a mapping's keys
    except Exception as error:
        raise ValueError(str(error)) from None


def _coded(corpus: Corpus, kind: EventKind, actors: Sequence[str]) -> Iterator[str]:
    whose = dict(coded_for(corpus, Event))
    for field, (_, vocabulary) in coded_fields(Event).items():
        if field in ("kind", "themes"):
            continue
        if whose.get(field) not in {None, *(corpus.stands_for(one) for one in actors)}:
            continue
        allowed = kind.allows.get(vocabulary, corpus.terms(vocabulary))
        if len(allowed) == 1:
            yield f"    {field}: {allowed[0]}"
        elif allowed:
            why = f": {kind.choice}" if kind.choice and field in ("sign", "intensity") else ""
            yield f"    {field}:  # one of {', '.join(map(str, allowed))}{why}"


def _recipients(kind: EventKind, recipients: Sequence[str]) -> str:
    return "  # such an act has one" if kind.needs_recipient and not recipients else ""


def _dated(extract: Extract) -> str:
    """The date of an act follows from its passages and is not written."""
    if extract.when is None:
        return f"  # undated: {extract.key} has no `when`"
    return f"  # dated by {extract.key}: {extract.when.date} ({extract.when.basis})"
