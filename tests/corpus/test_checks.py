"""Each way of damaging the data, and the exact message it gets.

Every case edits one place of a copy of the real data and must produce its
message, with the file and the line of the edit; the undamaged copy produces none.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT, assert_damage_is_named, csto, edit, problems
from csto.corpus import reading

EDM, PLUS, NET = (
    f"data/extracts/{s}.yml" for s in ("edm-2018", "asiaplus-2019", "eurasianet-2023")
)
ROTATION, DRIFT = "data/events/rotation.yml", "data/events/drift.yml"

#: name: (file, old text, new text, file that is named, part of the message)
CASES = {
    "a word of a passage": (
        EDM,
        "officially recalled from his post",
        "formally recalled from his post",
        EDM,
        "recalled-november-2.quote: not in seeds/001_3733f00fa8e32d94.txt; nearest is “",
    ),
    "a character that looks alike": (
        EDM,
        "officially recalled from his post",
        "of\u00adficially recalled from his post",
        EDM,
        "is U+00AD SOFT HYPHEN, the document has U+0066 LATIN SMALL LETTER F, quote exactly",
    ),
    "a character of a document": (
        "seeds/001_3733f00fa8e32d94.txt",
        "three candidates",
        "four candidates",
        "data/sources.yml",
        "edm-2018.sha256: seeds/001_3733f00fa8e32d94.txt has the hash ",
    ),
    "an unknown key": (
        EDM,
        "    status: asserted",
        "    statuz: asserted",
        EDM,
        "title-internal-discord.statuz: is no known key, remove or correct it",
    ),
    "a missing key": (
        ROTATION,
        "    kind: recall\n",
        "",
        ROTATION,
        "khachaturov-recalled.kind: is missing, add it",
    ),
    "an unknown term": (
        ROTATION,
        "kind: recall",
        "kind: recal",
        ROTATION,
        "khachaturov-recalled.kind: 'recal' is no known event_kind, did you mean 'recall'?",
    ),
    "an unknown actor": (
        ROTATION,
        "recipients: [khachaturov]",
        "recipients: [khachaturow]",
        ROTATION,
        "khachaturov-charged.recipients.0: 'khachaturow' is no known actor, did you mean "
        "'khachaturov'?",
    ),
    "an unknown group": (
        "data/actors.yml",
        "groups: [member]",
        "groups: [members]",
        "data/actors.yml",
        "armenia.groups.0: 'members' is no known group, did you mean 'member'?",
    ),
    "an actor's key": (
        "data/actors.yml",
        "{id: glaz,",
        "{id: glazz,",
        ROTATION,
        "glaz-presses-armenia.actors.0: 'glaz' is no known actor, did you mean 'glazz'?",
    ),
    "a term's name": (
        "data/codebook.yml",
        "- id: hedged",
        "- id: hedge",
        EDM,
        "status: 'hedged' is no known status, did you mean 'hedge'?",
    ),
    "a dangling mention": (
        ROTATION,
        "edm-2018.recalled-november-2,",
        "edm-2018.recalled-november-3,",
        ROTATION,
        "khachaturov-recalled.mentions.0: 'edm-2018.recalled-november-3' is no known extract, "
        "did you mean 'edm-2018.recalled-november-2'?",
    ),
    "an unknown stance": (
        EDM,
        "stance: rotation_alphabetical",
        "stance: rotation_alfabetical",
        EDM,
        "nazarbayev-demands-rotational-principle.positions.0.stance: 'rotation_alfabetical' is "
        "no known stance of Q2, did you mean 'rotation_alphabetical'?",
    ),
    "a year that is none": (
        NET,
        'question: Q9, stance: "2018"',
        'question: Q9, stance: "early"',
        NET,
        "process-began-2018.positions.0.stance: 'early' is no year, write four digits in quotes",
    ),
    "a date that cannot be": (
        EDM,
        'date: "2018-11-12", basis: inferred_year',
        'date: "2018-11-31", basis: inferred_year',
        EDM,
        "lukashenka-meets-azerbaijani-ambassador.when.date: '2018-11-31' is no EDTF date, write "
        "e.g. 2018-11-02, 2018-11 or a/b",
    ),
    "an unquoted date": (
        EDM,
        'date: "2018-11-12", basis: inferred_year',
        "date: 2018-11-12, basis: inferred_year",
        EDM,
        "extracts.36.when.date: '2018-11-12' unquoted is an unquoted date, put it in quotes",
    ),
    "a report day as the act's day": (
        EDM,
        'date: "2018-11-12/2018-11-17", basis: report_date',
        'date: "2018-11-17", basis: report_date',
        EDM,
        "edm-2018.revelation-triggered-censure.when.date: a report date is an upper bound, write "
        "e.g. ../2018-11-17",
    ),
    "a date after the document": (
        PLUS,
        'date: "2018-11", basis: inferred_year',
        'date: "2020-11", basis: inferred_year',
        ROTATION,
        "khachaturov-recalled.mentions.3: dates the act after asiaplus-2019 was written, correct "
        "it",
    ),
    "dates that share no day": (
        PLUS,
        'date: "2018-11", basis: inferred_year',
        'date: "2018-10", basis: inferred_year',
        ROTATION,
        "khachaturov-recalled.mentions: give dates that share no day, say how in `conflict` or "
        "set `dated_by`",
    ),
    "a conflict that is none": (
        ROTATION,
        "    kind: recall\n",
        "    kind: recall\n    conflict: they differ\n",
        ROTATION,
        "khachaturov-recalled.conflict: the dates agree, remove it",
    ),
    "dated by a stranger": (
        ROTATION,
        "      extracts: [eurasianet-2023.armenia-rejected-its-quota,",
        "      extracts: [eurasianet-2023.three-deputies,",
        ROTATION,
        "armenia-renounces-deputy-quota-2023.dated_by.extracts.0: "
        "'eurasianet-2023.three-deputies' is no mention of the event, add it there",
    ),
    "a sign against its kind": (
        ROTATION,
        "sign: -1",
        "sign: 1",
        ROTATION,
        "khachaturov-charged.sign: 1 does not go with legal_action (allowed: [-1]), correct one",
    ),
    "an intensity against its kind": (
        ROTATION,
        "intensity: 3",
        "intensity: 4",
        ROTATION,
        "khachaturov-charged.intensity: 4 does not go with legal_action (allowed: [3]), correct "
        "one",
    ),
    "a rung against its kind": (
        ROTATION,
        "rung: R2",
        "rung: R4",
        ROTATION,
        "khachaturov-charged.rung: R4 does not go with legal_action (allowed: ['R2']), correct one",
    ),
    "a missing rung": (
        ROTATION,
        "    rung: R2\n",
        "",
        ROTATION,
        "khachaturov-charged.rung: is missing on an act of armenia, add it",
    ),
    "a rung on another's act": (
        ROTATION,
        "actors: [belarus]\n",
        "actors: [belarus]\n    rung: R2\n",
        ROTATION,
        "belarus-claims-post.rung: is for acts of armenia only, remove it",
    ),
    "strict against the rung": (
        ROTATION,
        "distancing: broad",
        "distancing: strict",
        ROTATION,
        "khachaturov-charged.distancing: strict is for acts towards csto with rung R3, R4, R5 "
        "only, correct one",
    ),
    "a duplicated id": (
        EDM,
        "- id: recalled-november-2",
        "- id: khachaturov-formal-head",
        EDM,
        "edm-2018.khachaturov-formal-head.id: 'edm-2018.khachaturov-formal-head' stands already "
        "at data/extracts/edm-2018.yml:",
    ),
    "a duplicated key": (
        EDM,
        "    status: asserted",
        "    status: asserted\n    status: hedged",
        EDM,
        "extracts.0.status: this key stands twice, keep one",
    ),
    "a clause that no passage holds": (
        EDM,
        "recalled from his post by Yerevan on November 2",
        "recalled from his post by Yerevan",
        EDM,
        "edm-2018: “on November 2,” lies in no extract but says “November”, take it into one",
    ),
    "a term without example": (
        "data/codebook.yml",
        "    example: asiaplus-2019.recalled-in-november\n    counter_example: Giving up",
        "    counter_example: Giving up",
        "data/codebook.yml",
        "recall.example: 'recall' is used, name an extract coded with it",
    ),
    "an example of another term": (
        "data/codebook.yml",
        "asiaplus-2019.recalled-in-november\n    counter_example: Giving up",
        "asiaplus-2019.russia-dominates\n    counter_example: Giving up",
        "data/codebook.yml",
        "recall.example: 'asiaplus-2019.russia-dominates' is not coded with 'recall', choose "
        "another",
    ),
    "a passage of another document": (
        PLUS,
        "quote: Russia – which dominates the group",
        "quote: Collective Security Treaty Organization",
        PLUS,
        "asiaplus-2019.russia-dominates.quote: stands in edm-2018 too, quote more or say why in "
        "`also_in`",
    ),
    "inside a word": (
        EDM,
        "quote: was officially recalled",
        "quote: as officially recalled",
        EDM,
        "edm-2018.recalled-november-2.quote: begins or ends inside a word, take the whole word",
    ),
    "inside a word at the end": (
        EDM,
        "quote: May Be Pushing Armenia to Leave",
        "quote: May Be Pushing Armenia to Lea",
        EDM,
        "edm-2018.title-may-be-pushing-armenia-to-leave.quote: begins or ends inside a word, "
        "take the whole word",
    ),
    "overlapping passages": (
        EDM,
        "quote: was officially recalled from his post by Yerevan on November 2",
        "quote: was officially recalled from his post by Yerevan on November 2, due to his "
        "participation",
        EDM,
        "recalled-for-2008-crackdown.quote: overlaps edm-2018.recalled-november-2, give each "
        "word to one extract",
    ),
    "an unneeded reason": (
        EDM,
        "    status: asserted",
        "    status: asserted\n    uncoded: no reason",
        EDM,
        "edm-2018.title-internal-discord.uncoded: something is coded from it, remove this",
    ),
    "a speaker for the document": (
        EDM,
        "voice: {attribution: author, mode: authorial}",
        "voice: {attribution: author, mode: authorial, speaker: putin}",
        EDM,
        "voice.speaker: the document itself speaks here, leave it out",
    ),
    "a correction that is not there": (
        "data/corrections.yml",
        "printed: Seryan Ohanyan",
        "printed: Seyran Ohanyan",
        "data/corrections.yml",
        "avetisyan-misspelt-ohanyan.printed: not in seeds/003_fc478f22a6083e33.txt, quote exactly",
    ),
    "a spelling nobody uses": (
        "data/actors.yml",
        "spellings: [Baku]",
        "spellings: [Bakuu]",
        "data/actors.yml",
        "azerbaijan.spellings.0: “Bakuu” stands in no document, correct or remove it",
    ),
    "a forecast scored by an earlier document": (
        "data/forecasts.yml",
        "scored_by: [asiaplus-2019.long-without-a-head,",
        "scored_by: [avetisyan-2016.future-unclear,",
        "data/forecasts.yml",
        "nazarbayev-decision-in-december.scored_by.0: is no later document, score by a later one",
    ),
    "a verdict without a score": (
        "data/forecasts.yml",
        "verdict: contradicted",
        "verdict: unresolved",
        "data/forecasts.yml",
        "scored_by: goes with every verdict but unresolved, correct one",
    ),
    "a lone merge key": (
        ROTATION,
        "    kind: recall\n",
        "    kind: recall\n    merge: alone\n",
        ROTATION,
        "merge: no other act of this key stands in the same sentence, remove it",
    ),
    "a sentence that is neither taken nor left out": (
        "data/extracts/avetisyan-2016.yml",
        "  - starts: Please note this article contains links\n    reason: boilerplate\n\n",
        "",
        "data/extracts/avetisyan-2016.yml",
        "avetisyan-2016: “Please note this article contains links to external sources…” has "
        "no extract, take one or list it in `left_out`",
    ),
    "a sentence left out twice": (
        EDM,
        "left_out:\n",
        "left_out:\n  - starts: Kazakhstan and Belarus, however\n    reason: rhetoric\n",
        EDM,
        "edm-2018.left_out.starts: the sentence has an extract or is listed already, remove this",
    ),
    "a term that stands twice": (
        "data/codebook.yml",
        "      - id: azerbaijan\n",
        "      - id: rotation\n",
        "data/codebook.yml",
        "theme.terms.1.id: 'rotation' stands twice, keep one",
    ),
    "a term that the checks need": (
        "data/codebook.yml",
        "      - id: report_date\n",
        "      - id: report_day\n",
        "data/codebook.yml",
        "date_basis.terms: lacks 'report_date', on which the checks rest, add it",
    ),
    "two documents with one mark": (
        "data/sources.yml",
        "mark: J",
        "mark: A",
        "data/sources.yml",
        "jorbenadze-2018.mark: 'A' marks another document already, choose another",
    ),
    "a document that is not registered": (
        "data/sources.yml",
        "  - id: edm-2018",
        "  - id: edm-2019",
        EDM,
        "edm-2018.agenda-afghanistan.id: 'edm-2018' is no source, register it in data/sources.yml",
    ),
    "over the end of a sentence": (
        EDM,
        "quote: Kazakhstan and Belarus, however, disagree",
        "quote: Kazakhstan and Belarus, however, disagree. Noting",
        EDM,
        "kazakhstan-and-belarus-disagree.quote: goes over the end of a sentence, split it",
    ),
    "a blank at the end": (
        EDM,
        "quote: May Be Pushing Armenia to Leave",
        'quote: "May Be Pushing Armenia to Leave "',
        EDM,
        "title-may-be-pushing-armenia-to-leave.quote: has blanks at an end, trim it",
    ),
    "also in a stranger": (
        EDM,
        "    status: asserted",
        "    status: asserted\n    also_in: {asiaplus-2019: so it seems}",
        EDM,
        "edm-2018.title-internal-discord.also_in.asiaplus-2019: does not hold these words, "
        "remove it",
    ),
    "nothing coded": (
        PLUS,
        "    facts:\n      - {subject: csto, attribute: characterisation, value: Russia’s main "
        "political-military bloc, object: russia}\n",
        "",
        PLUS,
        "russias-main-bloc.id: nothing is coded from it, code it or say why in `uncoded`",
    ),
    "a mode against its speaker": (
        EDM,
        "voice: {attribution: author, mode: authorial}",
        "voice: {attribution: author, mode: direct}",
        EDM,
        "voice.mode: authorial goes with author or unattributed, and only with them",
    ),
    "a speaker that is missing": (
        EDM,
        "speaker: nazarbayev, ",
        "",
        EDM,
        "voice.speaker: somebody else speaks here, name the actor",
    ),
    "undated with a date": (
        EDM,
        'date: "2018-11-12", basis: inferred_year',
        'date: "2018-11-12", basis: undated',
        EDM,
        "lukashenka-meets-azerbaijani-ambassador.when.basis: undated goes without a date, leave "
        "out `when`",
    ),
    "stated with one bound": (
        PLUS,
        'date: "2018-22", basis: relative',
        'date: "../2018-08", basis: stated',
        PLUS,
        "khachaturov-charged.when.date: a stated date has two bounds, correct date or basis",
    ),
    "broad on a friendly act": (
        DRIFT,
        "distancing: none\n    mentions: [asiaplus-2019.armenia-sent",
        "distancing: broad\n    mentions: [asiaplus-2019.armenia-sent",
        DRIFT,
        "armenia-sends-sappers-and-medics.distancing: broad is for acts with sign -1 or acts "
        "that are contested only, correct one",
    ),
    "none on a refusal": (
        DRIFT,
        "distancing: strict",
        "distancing: none",
        DRIFT,
        "pashinyan-refuses-summit-declaration-2022.distancing: none is not for acts towards csto "
        "with rung R3, R4, R5, correct one",
    ),
    "a correction of another document": (
        "data/corrections.yml",
        "extracts: [avetisyan-2016.ohanyan-expected]",
        "extracts: [edm-2018.khachaturov-formal-head]",
        "data/corrections.yml",
        "avetisyan-misspelt-ohanyan.extracts.0: is no extract of avetisyan-2016, correct it",
    ),
    "a sentence left out that is none": (
        EDM,
        "left_out:\n",
        "left_out:\n  - starts: No such sentence\n    reason: rhetoric\n",
        EDM,
        "starts: opens 0 sentences of the document, quote its first words",
    ),
    "a mention that stands twice": (
        ROTATION,
        "mentions: [edm-2018.recalled-november-2,",
        "mentions: [edm-2018.recalled-november-2, edm-2018.recalled-november-2,",
        ROTATION,
        "khachaturov-recalled: 'mentions' holds something twice, keep one",
    ),
    "a position that stands twice": (
        EDM,
        "      - {holder: kazakhstan, question: Q1, stance: not_armenian}",
        "      - {holder: kazakhstan, question: Q1, stance: not_armenian, note: once more}\n"
        "      - {holder: kazakhstan, question: Q1, stance: not_armenian}",
        EDM,
        "edm-2018.kazakhstan-and-belarus-disagree.positions.1: stands twice, keep one",
    ),
    "two documents in one file": (
        "data/sources.yml",
        "file: 002_c878a575db93b3c5.txt",
        "file: 003_fc478f22a6083e33.txt",
        "data/sources.yml",
        "jorbenadze-2018.file: '003_fc478f22a6083e33.txt' is the file of avetisyan-2016 already, "
        "correct one",
    ),
    "a file outside of seeds": (
        "data/sources.yml",
        "file: 002_c878a575db93b3c5.txt",
        "file: ../README.md",
        "data/sources.yml",
        "file: has not the form it needs",
    ),
    "a sign that is none": (
        "data/codebook.yml",
        "    allows: {sign: [1]",
        "    allows: {sign: [5]",
        "data/codebook.yml",
        "arms_transfer.allows: '5' is no known sign, declare it or correct it",
    ),
    "a record that is none": (
        ROTATION,
        "events:\n",
        "events:\n  - just words\n",
        ROTATION,
        "events: is no record, write its keys",
    ),
    "a number for a name": (
        "data/forecasts.yml",
        "label: ",
        "label: 5\n    holder_: ",
        "data/forecasts.yml",
        "appointment-at-december-2016-summit.label: is no text, put it in quotes",
    ),
    "an empty list of themes": (
        EDM,
        "themes: [drift]",
        "themes: []",
        EDM,
        "title-internal-discord.themes: is empty, give at least one",
    ),
    "a term id that is a list": (
        "data/codebook.yml",
        "- id: hedged",
        "- id: [hedged]",
        "data/codebook.yml",
        "id: is no text, put it in quotes",
    ),
    "a list that is none": (
        "data/forecasts.yml",
        "forecasts:\n",
        "forecasts: none\nothers:\n",
        "data/forecasts.yml",
        "file.forecasts: is no list, write its records as '- id: …'",
    ),
    "a variable that a kind limits in vain": (
        "data/codebook.yml",
        "intensity: [4], rung: []}",
        "intensity: [4], rungs: []}",
        "data/codebook.yml",
        "arms_transfer.allows: 'rungs' is no known variable, did you mean 'rung'?",
    ),
    "coded for nobody": (
        "data/codebook.yml",
        "coded_for: armenia",
        "coded_for: armeniia",
        "data/codebook.yml",
        "rung.coded_for: 'armeniia' is no known actor, did you mean 'armenia'?",
    ),
    "a setting that is none": (
        "data/codebook.yml",
        "only_with: [{codes: {sign: [-1]}}",
        "only_with: [{codes: {sign: [2]}}",
        "data/codebook.yml",
        "distancing.terms.1.only_with.0.codes: '2' is no known sign",
    ),
    "a kind without a PLOVER type or reason": (
        "data/codebook.yml",
        "    plover_note: No type for discourtesy in protocol.\n",
        "",
        "data/codebook.yml",
        "slight: no PLOVER type and no reason, give one of the two",
    ),
}


def test_the_data_has_no_problem(corpus: Path) -> None:
    assert problems(corpus) == []


@pytest.mark.parametrize("name", CASES)
def test_damage_is_named(name: str, corpus: Path) -> None:
    assert_damage_is_named(corpus, *CASES[name])


def test_the_line_is_the_line_of_the_fault(corpus: Path) -> None:
    path = corpus / EDM
    line = 1 + path.read_text(encoding="utf-8").split("officially recalled from his post")[0].count(
        "\n"
    )
    edit(path, "officially recalled from his post", "formally recalled from his post")
    assert any(
        p.startswith(f"{EDM}:{line}:5: edm-2018.recalled-november-2.quote: ")
        for p in problems(corpus)
    )


def test_a_truncated_passage(corpus: Path) -> None:
    path = corpus / "data/extracts/avetisyan-2016.yml"
    assert "cut: " in path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"\n    cut: .*", "", path.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
    assert any(
        "stops just before “" in p and "include it or say why in `cut`" in p
        for p in problems(corpus)
    )


def test_a_disagreement_inside_one_document_that_is_not(corpus: Path) -> None:
    edit(corpus / "data/disagreements.yml", "kind: weight", "kind: inside_one")
    assert any(".kind: 'inside_one' does not go with passages of " in p for p in problems(corpus))


def test_a_side_without_its_passage(corpus: Path) -> None:
    edit(
        corpus / "data/disagreements.yml",
        "asiaplus-2019.khachaturov-charged]",
        "asiaplus-2019.khachaturov-judged]",
    )
    said = (
        "guilt-or-charge.sides.1.extracts.0: 'asiaplus-2019.khachaturov-judged' is no known "
        "extract, did you mean 'asiaplus-2019.khachaturov-charged'?"
    )
    assert any(said in p for p in problems(corpus))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "stance: impossible_harmony",
            "stance: impossible",
            ".stance: 'impossible' is no known stance of Q7, did you mean 'impossible_harmony'?",
        ),
        (
            "holder: abrahamyan, question: Q6, stance: declines_to_predict",
            "holder: abrahamyan, question: Q7, stance: unclear",
            ".holder: has no position on Q7 in eurasianet-2023.abrahamyan-declines-to-predict, "
            "remove the record",
        ),
        (
            "{event: peskov-no-vacuum,",
            "{event: peskov-vacuum,",
            ".event: 'peskov-vacuum' is no known event, did you mean 'peskov-no-vacuum'?",
        ),
        (
            "event: peskov-no-vacuum,",
            "event: khachaturov-recalled,",
            ".id: 'khachaturov-recalled' stands already at data/codings/second/given.yml:",
        ),
    ],
)
def test_a_second_reading_of_nothing(old: str, new: str, said: str, corpus: Path) -> None:
    edit(corpus / "data/codings/second/given.yml", old, new)
    assert any(said in p for p in problems(corpus)), problems(corpus)


def test_a_cut_that_is_none(corpus: Path) -> None:
    edit(
        corpus / EDM,
        "    quote: was officially recalled",
        "    cut: for no reason\n    quote: was officially recalled",
    )
    assert any(
        "recalled-november-2.cut: no limiting word follows, remove it" in p
        for p in problems(corpus)
    )


def test_a_passage_that_stands_twice_needs_a_prefix(corpus: Path) -> None:
    edit(corpus / PLUS, "quote: Russia – which dominates the group", "quote: secretary general")
    times = (
        (corpus / "seeds/000_aefde56903d4291f.txt")
        .read_text(encoding="utf-8")
        .count("secretary general")
    )
    said = (
        f"russia-dominates.quote: stands {times} times in seeds/000_aefde56903d4291f.txt, add a "
        f"`prefix`"
    )
    assert any(said in p for p in problems(corpus))


def test_a_prefix_without_need(corpus: Path) -> None:
    edit(
        corpus / EDM,
        "    quote: was officially recalled",
        '    prefix: "Armed Forces, "\n    quote: was officially recalled',
    )
    assert any(
        "recalled-november-2.prefix: is not needed, the passage stands once, remove it" in p
        for p in problems(corpus)
    )


def test_all_problems_at_once(corpus: Path) -> None:
    edit(corpus / ROTATION, "kind: recall", "kind: recal")
    edit(corpus / "data/actors.yml", "spellings: [Baku]", "spellings: [Bakuu]")
    edit(corpus / EDM, "officially recalled", "formally recalled")
    assert {p.split(":")[0] for p in problems(corpus)} >= {ROTATION, "data/actors.yml", EDM}


def test_check_prints_problems_and_exits_1(project: Path) -> None:
    edit(project / ROTATION, "kind: recall", "kind: recal")
    done = csto(project, "check")
    assert done.returncode == 1
    assert "khachaturov-recalled.kind: 'recal' is no known event_kind" in done.stdout
    assert done.stderr == f"{len(done.stdout.splitlines())} problems\n"


@pytest.mark.commands
def test_check_says_what_it_checked() -> None:
    done = csto(ROOT, "check")
    assert done.returncode == 0
    documents = len(reading.read(ROOT)[0].documents)
    assert done.stdout.startswith(f"checked {documents} documents, ")
    assert "extracts" in done.stdout and done.stdout.endswith("no problem\n")


def test_an_empty_data_folder_fails(project: Path) -> None:
    for path in (project / "data").rglob("*.yml"):
        path.unlink()
    done = csto(project, "check")
    assert done.returncode == 1
    assert "inside the project folder" in done.stderr


@pytest.mark.parametrize("gone", ["extracts", "events"])
def test_a_missing_kind_of_file_fails(gone: str, corpus: Path) -> None:
    for path in (corpus / "data" / gone).glob("*.yml"):
        path.unlink()
    assert f"data/{gone}/*.yml:1:1: file: does not exist, add it" in problems(corpus)


def test_a_file_that_nothing_reads(corpus: Path) -> None:
    (corpus / "data/extracts/more.yaml").write_text("extracts: []\n")
    assert "data/extracts/more.yaml:1:1: file: is read by nothing, rename or remove it" in problems(
        corpus
    )
