"""What readers coded, in words: codes, and the units that they are given to.

Tables that compare readings print it; which units are the same is `csto.analysis.readings`.
"""

from __future__ import annotations

from csto import tables
from csto.analysis.readings import NONE, labels_of_others, units
from csto.analysis.subject import CODES, NOT_CODED, STANCES, SUCCESSOR, UNITS, VARIABLES
from csto.corpus.dates import interval, spoken

DROPPED = "(since dropped)"


def in_words(sort: str, variable: str, code: str) -> str:
    """A code of a unit in words; of a unit itself, whether a reader took it, and as what."""
    if variable == "unit":
        taken = "taken" if code == sort else f"taken: {_spaced(code)}"
        return "not taken" if code == NONE else taken
    named = CODES.get(variable, {})
    if code in named or code == NONE:
        return named.get(code, NOT_CODED)
    if variable in ("days", "horizon"):
        return spoken(interval(code.replace(" to ", "/").replace(NONE, "..")))
    if variable in ("actors", "recipients", "holder"):
        return ", ".join(_actors()[id] for id in code.split(", "))
    return stance(code) if variable == "stance" else _spaced(code)


def stance(code: str) -> str:
    """A stance in plain words; a year as it is."""
    return SUCCESSOR[code] if code in SUCCESSOR else STANCES.get(code, code)


def unit(sort: str, id: str) -> str:
    """An act or forecast in words: its label, or the one that another reading gave it."""
    known = units(None, sort)
    return (
        str(known.at[id, "label"]) if id in known.index else labels_of_others(sort).get(id, DROPPED)
    )


def answer(id: str) -> tuple[str, str]:
    """An answer, by its passage, holder, question and stance: what is asked, and who says what."""
    _, holder, question, code = id.split()
    return f"{question}: {_questions()[question]}", f"{_actors()[holder]}: {stance(code)}"


def difference(sort: str, id: str, variable: str) -> str:
    """What differs: a variable, or whether there is such a unit at all."""
    if variable != "unit":
        return VARIABLES[sort, variable]
    if sort == "position":
        return f"whether it answers {answer(id)[0]}"
    return f"whether it counts among the {UNITS[sort]}"


def _spaced(code: str) -> str:
    return code.replace("_", " ")


@tables.remembered
def _actors() -> dict[str, str]:
    return dict(tables.actors()[["actor_id", "name"]].to_numpy())


@tables.remembered
def _questions() -> dict[str, str]:
    return dict(tables.questions()[["question", "text"]].to_numpy())
