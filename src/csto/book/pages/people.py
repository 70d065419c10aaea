"""Who's who: persons with their offices, namesakes, and everybody else."""

from __future__ import annotations

from collections.abc import Iterator

from csto.book.pages.markdown import marks, row, table, text
from csto.book.trail import Trail
from csto.book.wording import plain
from csto.corpus.schema import Actor

PERSON = "person"  # kind of actor
NOTHING = "–"
OFFICE = "office_held"  # attribute of facts that give a person's office


def people(trail: Trail, _: str) -> str:
    """Persons with their offices as each document gives them, namesakes, and everybody else."""
    persons = [actor for actor in trail.corpus.actors if actor.kind == PERSON]
    parts = ["## People\n", _persons(trail, persons), "", "## One name, two people\n"]
    parts += [f"- **{text(name)}**: {_told_apart(group)}" for name, group in _namesakes(persons)]
    others = [actor for actor in trail.corpus.actors if actor.kind != PERSON]
    for kind in dict.fromkeys(actor.kind for actor in others):
        parts += ["", f"## {text(plain(kind).capitalize())}s\n"]
        parts.append(_others(trail, [actor for actor in others if actor.kind == kind]))
    return "\n".join(parts) + "\n"


def _persons(trail: Trail, persons: list[Actor]) -> str:
    """By last name."""
    rows = [
        row(
            text(actor.name),
            _offices(trail, actor),
            text(_affiliation(trail, actor)),
            text(_remarks(actor)),
        )
        for actor in sorted(persons, key=lambda a: a.name.split()[-1].casefold())
    ]
    return table(["name", "offices", "stands for", "remarks"], rows)


def _others(trail: Trail, actors: list[Actor]) -> str:
    """By the register's order; what they belong to, where any belongs to anything."""
    columns = {
        "name": [actor.name for actor in actors],
        "belongs to": [_affiliation(trail, actor) for actor in actors],
        "remarks": [_remarks(actor) for actor in actors],
    }
    told = {head: said for head, said in columns.items() if set(said) != {NOTHING}}
    return table(list(told), [row(*map(text, said)) for said in zip(*told.values(), strict=True)])


def _offices(trail: Trail, actor: Actor) -> str:
    held: dict[tuple[str, str], list[str]] = {}
    for key in trail.corpus.short_key:
        for fact in trail.corpus.extract[key].facts:
            if (fact.subject, fact.attribute) == (actor.id, OFFICE):
                held.setdefault((trail.source(key).label, str(fact.value)), []).append(key)
    offices = [
        f"{text(label)}: {text(office)} {marks(trail, keys)}"
        for (label, office), keys in held.items()
    ]
    return "; ".join(offices) or "none given"


def _namesakes(persons: list[Actor]) -> Iterator[tuple[str, list[Actor]]]:
    """Names that more than one person bears."""
    words = (word for actor in persons for word in actor.name.split() if word[0].isupper())
    for name in dict.fromkeys(words):
        if len(group := [actor for actor in persons if name in actor.name.split()]) > 1:
            yield name, group


def _told_apart(group: list[Actor]) -> str:
    notes = [(actor.name, (actor.note or "").rstrip(".")) for actor in group]
    return "; ".join(text(f"{name} ({note})" if note else name) for name, note in notes)


def _affiliation(trail: Trail, actor: Actor) -> str:
    return trail.corpus.actor[actor.affiliation].name if actor.affiliation else NOTHING


def _remarks(actor: Actor) -> str:
    remarks = [plain(f"{group} {actor.kind}") for group in actor.groups]
    if actor.spellings:
        remarks.append(f"also: {', '.join(actor.spellings)}")
    if actor.note:
        remarks.append(actor.note.rstrip("."))
    return "; ".join(remarks) or NOTHING
