"""A corpus of another subject is read and checked by the same rules: none knows the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import assert_damage_is_named, problems
from csto.corpus.checks import checked_corpus

EVENTS, CODEBOOK = "data/events/quarrel.yml", "data/codebook.yml"

#: name: (file, old text, new text, file that is named, part of the message)
CASES = {
    "an act of others on a rung": (
        EVENTS,
        "    intensity: 1\n    mentions: [bell.sopranos",
        "    intensity: 1\n    rung: murmur\n    mentions: [bell.sopranos",
        EVENTS,
        "sopranos-back-finch.rung: is for acts of basses only, remove it",
    ),
    "an act of one who stands for them, without": (
        EVENTS,
        "    rung: murmur\n    mentions: [bell.a-punishment]",
        "    mentions: [bell.a-punishment]",
        EVENTS,
        "reed-calls-it-a-punishment.rung: is missing on an act of basses, add it",
    ),
    "a rung that the kind does not allow": (
        EVENTS,
        "    rung: murmur\n    mentions: [bell.a-punishment]",
        "    rung: walk_out\n    mentions: [bell.a-punishment]",
        EVENTS,
        "reed-calls-it-a-punishment.rung: walk_out does not go with accusation "
        "(allowed: ['murmur']), correct one",
    ),
    "a step in another setting": (
        EVENTS,
        "    recipients: [choir]\n",
        "    recipients: [vicar]\n",
        EVENTS,
        "basses-leave.rung: leave is for acts towards choir with sign -1 with intensity 3 only, "
        "correct one",
    ),
    "a variable that is gone": (
        CODEBOOK,
        "- id: fault",
        "- id: faults",
        "data/corrections.yml",
        "day-of-the-walk-out: the codebook lacks the variable 'fault', add it",
    ),
    "a term that the rules rest on": (
        CODEBOOK,
        "      - {id: report_date, definition: It gives the day of a report on it.}\n",
        "",
        CODEBOOK,
        "date_basis.terms: lacks 'report_date', on which the checks rest, add it",
    ),
    "a coded group that is none": (
        "data/actors.yml",
        "groups: [singers, leavers]",
        "groups: [singers, leaver]",
        "data/actors.yml",
        "basses.groups.1: 'leaver' is no known group, did you mean 'leavers'?",
    ),
}


def test_it_has_no_problem(choir: Path) -> None:
    assert problems(choir) == []
    said = "2 documents, 1 rules, 5 event kinds, 2 sources, 9 actors, 18 extracts, "
    assert checked_corpus(choir).counts().startswith(said)


@pytest.mark.parametrize("name", CASES)
def test_damage_is_named(name: str, choir: Path) -> None:
    assert_damage_is_named(choir, *CASES[name])
