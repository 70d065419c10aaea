"""States: every number and claim under every combination of the choices that a reader is offered.

A state is an option for each choice of `csto.analysis.offers`. A number hangs on few of them, and
is computed once for each combination of these. A claim falls if a part of it is told by no
passage that is left, or if what it comes to in numbers is false; it is weakened if its grade
sinks. What cannot be computed says why.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

import csto.analysis.measures  # noqa: F401  # registers them
from csto import files
from csto.analysis import certainty, comparisons, readings, registry
from csto.analysis.certainty import PREFIX, RANKS, Claim, Witnesses
from csto.analysis.offers import CODING, DOCUMENT, HEDGED, OUT, OWN, Offer, offers
from csto.analysis.printed import Value
from csto.corpus.values import HEDGED as IS_HEDGED

State = Mapping[str, str]  # option by choice
READ = (CODING, HEDGED)  # the choices by which tables are read
TABLES = (*READ, DOCUMENT)  # those that every number from the articles hangs on
STANDS, WEAKENED, FALLEN, UNSAID = "stands", "weakened", "fallen", "unsaid"
CACHE = "_build/states.json"
INPUTS = ("data/**/*.yml", "seeds/*", "src/csto/corpus/**/*.py", "src/csto/tables/**/*.py",
          "src/csto/analysis/**/*.py")  # fmt: skip


@dataclass(frozen=True)
class Answers:
    """What a number, comparison or claim is, by options of the choices that it hangs on."""

    over: tuple[str, ...]
    found: Mapping[tuple[str, ...], Value]
    why: Mapping[tuple[str, ...], str]  # where there is none, or of a claim that is fallen

    def at(self, state: State) -> Value:
        """What it is in a state; None where it cannot be computed."""
        return self.found[self._key(state)]

    def why_at(self, state: State) -> str:
        """Why it is so, or not to be had; "" where there is nothing to say."""
        return self.why.get(self._key(state), "")

    def _key(self, state: State) -> tuple[str, ...]:
        return tuple(state[name] for name in self.over)


def own() -> dict[str, str]:
    """The report's own state."""
    return {offer.id: offer.own for offer in offers()}


def states(over: tuple[str, ...] | None = None) -> Iterator[dict[str, str]]:
    """Every state; with `over`, those that differ in these choices alone."""
    varied = [offer for offer in offers() if over is None or offer.id in over]
    for options in itertools.product(*(offer.options for offer in varied)):
        chosen = {o.id: option.id for o, option in zip(varied, options, strict=True)}
        yield own() | chosen


def full(chosen: Mapping[str, str]) -> dict[str, str]:
    """The state that differs from the report's in some choices. Raises ValueError for no option."""
    known = {offer.id: [option.id for option in offer.options] for offer in offers()}
    for name, option in chosen.items():
        if option not in known.get(name, ()):
            there = ", ".join(known.get(name, known))
            raise ValueError(f"{name}='{option}' is no choice that is offered, there are: {there}")
    return own() | dict(chosen)


# ---- numbers ---------------------------------------------------------------------------------


def numbers() -> dict[str, Answers]:
    """Every measure and count that a document can be left out of, by id."""
    return _numbers(files.root())


@functools.cache
def _numbers(root: Path) -> dict[str, Answers]:
    """As computed last from the same inputs, or computed and kept."""
    mark = files.digest(root, INPUTS)
    kept = files.read_record(root / CACHE)
    if kept.get("mark") == mark:
        return {id: _unpacked(one) for id, one in kept["numbers"].items()}
    found = _computed()
    packed = {id: [one.over, [*one.found.items()], [*one.why.items()]] for id, one in found.items()}
    files.write(root / CACHE, json.dumps({"mark": mark, "numbers": packed}) + "\n")
    return {id: _unpacked(one) for id, one in json.loads(json.dumps(packed)).items()}


def _unpacked(packed: list[Any]) -> Answers:
    over, found, why = packed
    return Answers(tuple(over), *({tuple(key): one for key, one in some} for some in (found, why)))


def _computed() -> dict[str, Answers]:
    every = registry.MEASURES | registry.COUNTS
    varying = {id: one for id, one in every.items() if one.can_leave_out}
    found: dict[str, dict[tuple[str, ...], Value]] = {id: {} for id in varying}
    why: dict[str, dict[tuple[str, ...], str]] = {id: {} for id in varying}
    for coding, hedged in itertools.product(_options(CODING), _options(HEDGED)):
        with _read(coding, hedged):
            for id, one in varying.items():
                over = _over(one)
                for varied in states(tuple(name for name in over if name not in READ)):
                    state = varied | {CODING: coding, HEDGED: hedged}
                    key = tuple(state[name] for name in over)
                    found[id][key], said = _measured(one, state)
                    if said:
                        why[id][key] = said
    return {id: Answers(_over(one), found[id], why[id]) for id, one in varying.items()}


def _over(one: registry.Measure) -> tuple[str, ...]:
    """The choices that a measure hangs on."""
    taken = {choice.id for choice in one.choices}
    return tuple(
        offer.id
        for offer in offers()
        if offer.id in TABLES or any(taken & option.given.keys() for option in offer.options)
    )


def _measured(one: registry.Measure, state: State) -> tuple[Value, str]:
    """A number in a state whose tables are taken up, or why there is none."""
    taken = {choice.id for choice in one.choices}
    given = {
        name: value
        for offer in offers()
        for name, value in _option(offer, state).given.items()
        if name in taken
    }
    document = None if state[DOCUMENT] == OWN else state[DOCUMENT]
    try:
        found = one(document, **given)
    except KeyError as error:  # a table of what no reader was asked for, or a lost record
        asked = "no reader" in str(error.args[0])
        return None, f"{error.args[0]}" if asked else "what it counts from is not there"
    except IndexError:
        return None, "what it counts from is not there"
    return (found.plain, "") if found else (None, "nothing is left to count it from")


@contextmanager
def _read(coding: str, hedged: str) -> Iterator[None]:
    with readings.under(None if coding == OWN else coding, hedged=hedged != OUT):
        yield


def _options(choice: str) -> list[str]:
    return [option.id for offer in offers() if offer.id == choice for option in offer.options]


def _option(offer: Offer, state: State) -> Any:
    return next(option for option in offer.options if option.id == state[offer.id])


# ---- comparisons -----------------------------------------------------------------------------


def comparison(text: str) -> Answers:
    """Whether a comparison holds, by state. Raises ValueError where it is none."""
    read = comparisons.parse(text)
    named = {id: _number(id) for id in read.ids}
    over = tuple(o.id for o in offers() if any(o.id in one.over for one in named.values()))
    found: dict[tuple[str, ...], Value] = {}
    why: dict[tuple[str, ...], str] = {}
    for state in states(over):
        key = tuple(state[name] for name in over)
        found[key] = read.holds(lambda id, state=state: named[id].at(state))
        if found[key] is None:
            why[key] = next(said for one in named.values() if (said := one.why_at(state)))
    return Answers(over, found, why)


def _number(id: str) -> Answers:
    """A number by state: one that no document can be left out of is the same in all of them."""
    one = registry.find(id)
    if one.can_leave_out:
        return numbers()[id]
    found = one()
    return Answers((), {(): found.plain if found else None}, {})


# ---- claims ----------------------------------------------------------------------------------


def claims() -> dict[str, Answers]:
    """Every claim by id: its grade, `untold` where it is fallen, None where nothing can be said."""
    return _claims(files.root())


@functools.cache
def _claims(_: Path) -> dict[str, Answers]:
    known = certainty.witnesses()
    by_coding = {coding: _witnesses(coding, known) for coding in _options(CODING)}
    return {claim.id: _claimed(claim, by_coding) for claim in certainty.claims()}


def _claimed(claim: Claim, known: Mapping[str, tuple[Witnesses, set[str]]]) -> Answers:
    holds = comparison(claim.holds) if claim.holds else None
    over = tuple(o.id for o in offers() if o.id in {*TABLES, *(holds.over if holds else ())})
    found: dict[tuple[str, ...], Value] = {}
    why: dict[tuple[str, ...], str] = {}
    for state in states(over):
        key = tuple(state[name] for name in over)
        found[key], said = _graded(claim, state, *known[state[CODING]], holds)
        if said:
            why[key] = said
    return Answers(over, found, why)


def _graded(
    claim: Claim, state: State, known: Witnesses, untaken: set[str], holds: Answers | None
) -> tuple[str | None, str]:
    """The grade of a claim in a state, and why it has fallen or cannot be said."""
    hedged = set(known.hedged) if state[HEDGED] == OUT else set()
    without = {state[DOCUMENT]} - {OWN}
    if certainty.grade(claim, known, without, hedged - untaken) == "untold":
        return "untold", "a part of it is told in no passage that is left"
    if certainty.grade(claim, known, without, hedged | untaken) == "untold":
        return None, "this coding has taken no passage that tells a part of it"
    if holds and holds.at(state) is None:
        return None, holds.why_at(state)
    if holds and not holds.at(state):
        return "untold", "what it comes to in numbers is otherwise"
    return certainty.grade(claim, known, without, hedged | untaken), ""


def _witnesses(coding: str, known: Witnesses) -> tuple[Witnesses, set[str]]:
    """Passages as a reading calls them, hedged or not, and those that it has not taken."""
    if coding == OWN:
        return known, set()
    keys = set(known.feeders)
    taken = readings.pairs(coding, "passage")
    said = readings.units(coding, "passage")["status"]
    hedged = frozenset(key for key, other in taken.items() if said[other] == IS_HEDGED)
    return Witnesses(hedged, known.feeders), keys - taken.keys()


def outcome(id: str, state: State) -> str:
    """What becomes of a claim in a state: stands, weakened, fallen, unsaid."""
    answers = claims()[id]
    return judged(answers.at(state), answers.at(own()))


def judged(grade: Value, before: Value) -> str:
    """What becomes of a claim by its grades in a state and in the report's own."""
    if grade is None:
        return UNSAID
    if grade == "untold":
        return FALLEN
    return WEAKENED if RANKS.index(str(grade)) < RANKS.index(str(before)) else STANDS


# ---- to take away ----------------------------------------------------------------------------


def exported() -> dict[str, Any]:
    """All states as `states.json` has them.

    `values` hold numbers, and under `sure.` the grades of claims; `claims` what becomes of each.
    """
    printed = {id: one for id, one in numbers().items() if id in registry.MEASURES}
    answers = printed | {f"{PREFIX}{id}": one for id, one in claims().items()}
    return {
        "choices": [
            {
                "id": offer.id,
                "label": offer.label,
                "why": offer.why,
                "options": [{"id": one.id, "label": one.label} for one in offer.options],
            }
            for offer in offers()
        ],
        "own": own(),
        "states": [_exported(state, answers) for state in states()],
    }


def _exported(state: State, answers: Mapping[str, Answers]) -> dict[str, Any]:
    return {
        "choices": {name: option for name, option in state.items() if name != DOCUMENT},
        "without": None if state[DOCUMENT] == OWN else state[DOCUMENT],
        "values": {id: one.at(state) for id, one in answers.items()},
        "claims": {id: outcome(id, state) for id in claims()},
        "why_not": {id: why for id, one in answers.items() if (why := one.why_at(state))},
    }


# ---- for a notebook --------------------------------------------------------------------------


def read(**chosen: str) -> pd.DataFrame:
    """Every number and claim as a reading has it that differs from the report's in some choices.

    One row each: `id`, `text`, `own`, `value`, `why_not`; a claim's value is its grade. The
    choices are those of `offers()`, such as `read(hedged="out", without="edm-2018")`. Raises
    ValueError for a choice or an option that is not offered.
    """
    state = full(chosen)
    says = {f"{PREFIX}{claim.id}": claim.says for claim in certainty.claims()}
    says |= {id: one.text for id, one in registry.MEASURES.items()}
    answers = {id: one for id, one in numbers().items() if id in registry.MEASURES}
    answers |= {f"{PREFIX}{id}": one for id, one in claims().items()}
    rows = [
        {"id": id, "text": says[id], "own": one.at(own()), "value": one.at(state),
         "why_not": one.why_at(state)}
        for id, one in answers.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, dtype=object)
