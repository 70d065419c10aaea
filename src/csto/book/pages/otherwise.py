"""Read otherwise, without a script and on paper: the choices, and what falls under which."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from csto.analysis import registry, states
from csto.analysis.certainty import PREFIX, Claim, claims
from csto.analysis.offers import REFUSED, Option, offers
from csto.analysis.printed import Value, shown, spread
from csto.analysis.states import FALLEN, UNSAID, WEAKENED, Answers
from csto.book.pages.markdown import row, table, text, titled
from csto.book.trail import Trail

Choice = tuple[str, Option]


def choices(_: Trail, __: str) -> str:
    """The choices that are offered: what may be chosen, and why one might."""
    rows = [
        row(
            text(offer.label),
            "; ".join(text(option.label) for option in offer.options),
            text(offer.why),
        )
        for offer in offers()
    ]
    listed = table(["the choice", "what may be chosen", "why"], rows)
    title = "What may be chosen otherwise, the book’s own choice first."
    return f"::::{{div}} csto-offers\n{titled('choices', title, listed)}\n::::"


def refused(_: Trail, __: str) -> str:
    """The choices that are not offered, and why not."""
    return "\n".join(f"- **{text(name)}.** {text(why)}" for name, why in REFUSED.items())


def fallen(_: Trail, __: str) -> str:
    """Every claim: its grade, and under which choices it falls, weakens or cannot be told."""
    rows = [_claim(claim) for claim in claims()]
    heads = ["claim", "how sure", "falls when", "is weakened when", "not to be told when"]
    title = "Claims, and the choices under which each falls or is weakened."
    return titled("fallen", title, table(heads, rows))


def _claim(claim: Claim) -> str:
    answers = states.claims()[claim.id]
    before = answers.at(states.own())

    def becomes(outcome: str, most: int) -> str:
        found = _least(answers, lambda grade: states.judged(grade, before) == outcome, most)
        return _in_words(found)

    outcomes = map(becomes, (FALLEN, WEAKENED, UNSAID), (2, 1, 1))
    return row(text(claim.says), f"{{n}}`{PREFIX}{claim.id}`", *outcomes)


def numbers(_: Trail, __: str) -> str:
    """Every headline: its value, the least and the most it can be, and what changes it alone."""
    known = states.numbers()
    rows = [_number(one, known[one.id]) for one in registry.headlines()]
    title = "The main numbers, and the choices that change each."
    listed = table(["number", "value", "in all readings", "changes when"], rows)
    return titled("headlines", title, listed)


def _number(one: registry.Measure, answers: Answers) -> str:
    own = answers.at(states.own())
    every = [answers.at(state) for state in states.states(answers.over)]
    lost = " or not to be had" if None in every else ""
    found = _least(answers, lambda value: value != own, 1)
    most = spread(every) + lost or shown(own)
    return row(text(one.text), f"{{n}}`{one.id}`", most, _in_words(found))


def _least(
    answers: Answers, is_so: Callable[[Value], bool], most: int
) -> Iterator[tuple[Choice, ...]]:
    """The fewest choices that bring something about: each by itself, then pairs of others."""
    others = [(o.id, option) for o in offers() if o.id in answers.over for option in o.options[1:]]
    found: list[set[tuple[str, str]]] = []
    for size in range(1, most + 1):
        for some in itertools.combinations(others, size):
            names = [name for name, _ in some]
            if len(set(names)) < size or any(each <= _keys(some) for each in found):
                continue
            if is_so(answers.at(states.full({name: option.id for name, option in some}))):
                found.append(_keys(some))
                yield some


def _keys(some: tuple[Choice, ...]) -> set[tuple[str, str]]:
    return {(name, option.id) for name, option in some}


def _in_words(found: Iterable[tuple[Choice, ...]]) -> str:
    """Choices in words: those that differ in one option alone are told together."""
    groups: dict[tuple[str, ...], list[tuple[Choice, ...]]] = {}
    for some in found:
        (name, _), *rest = some
        beside = (name, *(option.when for _, option in rest))
        groups.setdefault(beside, []).append(some)
    by_id = {offer.id: offer for offer in offers()}
    said = [
        " and ".join([by_id[name].any_of([some[0][1] for some in alike]), *beside])
        for (name, *beside), alike in groups.items()
    ]
    return text("; ".join(dict.fromkeys(said))) or "–"
