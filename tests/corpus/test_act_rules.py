"""Rules that follow from the sharpened codebook: one bad case each; the data is the good one."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT, assert_damage_is_named
from csto.corpus.checks import checked_corpus

ACTS, CODEBOOK = "data/events/rotation.yml", "data/codebook.yml"
NEWS, PLUS = "data/extracts/eurasianet-2023.yml", "data/extracts/asiaplus-2019.yml"

#: The whole line by which the second telling of the mission is dated.
DEPLOYED = next(
    f"{line}\n"
    for line in (ROOT / NEWS)
    .read_text(encoding="utf-8")
    .split("- id: mission-was-deployed")[1]
    .splitlines()
    if line.startswith("    when:")
)

CASES = {
    "a rung where the kind has none": (
        ACTS,
        "    distancing: none\n    mentions: [asiaplus-2019.no-concrete-plans-to-meet-zas]",
        "    rung: R1\n    distancing: none\n"
        "    mentions: [asiaplus-2019.no-concrete-plans-to-meet-zas]",
        "armenia-no-plans-to-meet-zas.rung: a procedural_statement has no rung, remove it",
    ),
    "a rung that is missing": (
        ACTS,
        "    rung: R2\n",
        "",
        "rung: is missing on an act of armenia, add it",
    ),
    "a sign for nobody": (
        "data/events/drift.yml",
        "    no_recipient: A lament, addressed to nobody.\n",
        "",
        "lukashenka-csto-not-taken-seriously.recipients: an act with a sign is for or against "
        "somebody, name the recipient or say why in `no_recipient`",
    ),
    "a reason beside a recipient": (
        ACTS,
        "    recipients: [khachaturov]\n",
        "    recipients: [khachaturov]\n    no_recipient: Nobody.\n",
        "khachaturov-charged.no_recipient: a recipient is named, remove it",
    ),
    "a demand on nobody": (
        ACTS,
        "    kind: demand_or_warning\n    themes: [rotation]\n    actors: [nazarbayev]\n"
        "    recipients: [armenia]",
        "    kind: demand_or_warning\n    themes: [rotation]\n    actors: [nazarbayev]\n"
        "    recipients: []",
        "nazarbayev-demands-rotation.recipients: a demand_or_warning has a recipient, "
        "name for or against whom it is",
    ),
    "a choice that is not explained": (
        CODEBOOK,
        "    choice: Intensity 2 when issued, 1 when wanted.\n",
        "",
        "invitation.choice: two values are allowed, say which is which",
    ),
    "a choice where there is none": (
        CODEBOOK,
        "    allows: {sign: [0], intensity: [1], rung: []}\n",
        "    allows: {sign: [0], intensity: [1], rung: []}\n    choice: Either.\n",
        "procedural_statement.choice: nothing is left to choose, remove it",
    ),
    "flat words in reported speech": (
        NEWS,
        "    voice: {attribution: named_institution, mode: indirect, speaker: armenia-mfa}\n"
        "    status: attributed",
        "    voice: {attribution: named_institution, mode: indirect, speaker: armenia-mfa}\n"
        "    status: asserted",
        "status: asserted is for passages with mode direct, authorial only, correct one",
    ),
    "words passed on, without a reason": (
        NEWS,
        "    passes_on: What the officials point to is told by the speaker and not by them.\n",
        "",
        "eurasianet-2023.membership-an-obstacle.status: attributed is for passages with mode "
        "partial_direct, indirect only, correct one",
    ),
    "a telling without its date": (
        NEWS,
        DEPLOYED,
        "",
        "eu-launches-euma-2023.mentions.1: is undated while eurasianet-2023.eu-launched-mission of "
        "the same document has a date, give it that date or bound",
    ),
    "a date after its document": (
        PLUS,
        'when: {date: "2018-11", basis: inferred_year',
        'when: {date: "2018-11/2031", basis: inferred_year',
        "khachaturov-recalled.mentions.3: ends after asiaplus-2019 was written, correct it",
    ),
    "a verdict without a day": (
        "data/forecasts.yml",
        '    horizon: "2016-12"\n    verdict: contradicted',
        "    verdict: contradicted",
        "ohanyan-to-assume-post.horizon: only what has a day can be contradicted, give it or "
        "leave it unresolved",
    ),
    "an act before what it follows": (
        ACTS,
        "    follows: [khachaturov-recalled]\n",
        "    follows: [armenia-renounces-deputy-quota-2023]\n",
        "follows.0: 'armenia-renounces-deputy-quota-2023' is later by its dates, correct one",
    ),
    "an act that follows itself": (
        ACTS,
        "    follows: [khachaturov-recalled]\n",
        "    follows: [armenia-insists-on-post]\n",
        "armenia-insists-on-post.follows: leads back to the act itself, take one out",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_damage_is_named(case: str, corpus: Path) -> None:
    file, old, new, said = CASES[case]
    assert_damage_is_named(corpus, file, old, new, "", said)


def test_the_data_keeps_to_them() -> None:
    """And gives each of them something to hold, so that none of them passes on nothing."""
    corpus = checked_corpus(ROOT)
    kinds = {kind.id: kind for kind in corpus.event_kinds}
    assert any(event.no_recipient for event in corpus.events)
    assert any(event.follows for event in corpus.events)
    assert any(kinds[event.kind].needs_recipient for event in corpus.events)
    assert any(kind.choice for kind in corpus.event_kinds)
    assert any(extract.passes_on for extract in corpus.extracts)
