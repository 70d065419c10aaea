"""The outside record: its rules, its sums, and that nothing else rests on it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from conftest import ROOT, Run, assert_damage_is_named, edit, problems
from csto import tables
from csto.analysis import outside, subject
from csto.book import contents, prose
from csto.book.pages import facets, markdown
from csto.book.pages.outside import SECTIONS, outside_record
from csto.book.trail import trail_of
from csto.book.wording import said
from csto.corpus import dates
from csto.corpus.checks import checked_corpus
from csto.corpus.schema import source_of
from csto.exhibits import findings
from csto.tables import outside as outside_tables

RULES, HOLDERS, SUMMITS, STEPS, STATEMENTS, SCORES, GAPS = (
    f"data/outside/{name}.yml"
    for name in ("rules", "holders", "summits", "steps", "statements", "scores", "gaps")
)
AFTERMATH = "aftermath"
READS_ITS_TABLES = re.compile(r"from csto\.tables import .*\boutside\b|csto\.tables\.outside")
READS_IT = re.compile(r"\boutside_\w+|\boutside\s*=|\.outside\b")

#: name: (file, old text, new text, file that is named, part of the message)
CASES = {
    "an address that is none": (
        RULES,
        "https://tass.com/politics/2058773",
        "tass.com/politics/2058773",
        RULES,
        "rotation-term.addresses.1: 'tass.com/politics/2058773' is no web address, "
        "write http(s)://host/path",
    ),
    "a day that is a month": (
        RULES,
        'looked_up: "2026-11-22"',
        'looked_up: "2026-11"',
        RULES,
        "rotation-decided.looked_up: '2026-11' is no day, write e.g. 2026-11-22",
    ),
    "an unknown sureness": (
        RULES,
        "sure: sourced",
        "sure: unsourced",
        RULES,
        "rotation-decided.sure: 'unsourced' is no known sure, did you mean 'sourced'?",
    ),
    "an unknown passage": (
        STATEMENTS,
        "avetisyan-2016.appointment-delayed",
        "avetisyan-2016.appointment-put-off",
        STATEMENTS,
        "december-summit-in-moscow.extracts.0: "
        "'avetisyan-2016.appointment-put-off' is no known extract",
    ),
    "an unknown row": (
        RULES,
        "rests_on: [rotation-alphabet]",
        "rests_on: [rotation-alfabet]",
        RULES,
        "rotation-order.rests_on.0: 'rotation-alfabet' is no known outside row, "
        "did you mean 'rotation-alphabet'?",
    ),
    "an unknown forecast": (
        SCORES,
        "id: ohanyan-to-assume-post",
        "id: ohanyan-to-take-post",
        SCORES,
        "ohanyan-to-take-post.id: 'ohanyan-to-take-post' is no known forecast, "
        "did you mean 'ohanyan-to-assume-post'?",
    ),
    "an id of two sections": (
        STATEMENTS,
        "id: title-of-zas",
        "id: holder-zas",
        STATEMENTS,
        "holder-zas.id: 'holder-zas' is an id of outside_holders too, rename one",
    ),
    "a claim without a page": (
        RULES,
        "    addresses:\n      - https://en.armradio.am/2017/01/19/"
        "issue-of-csto-secretary-general-to-be-solved-at-next-summit-shavarsh-kocharyan/\n",
        "",
        RULES,
        "rotation-start.addresses: what is sourced needs a page, add its address",
    ),
    "an inference from nothing": (
        RULES,
        "    rests_on: [rotation-alphabet]\n",
        "",
        RULES,
        "rotation-order.rests_on: an inference names the rows it is worked out from, add them",
    ),
    "an inference from itself": (
        RULES,
        "rests_on: [rotation-alphabet]",
        "rests_on: [rotation-order]",
        RULES,
        "rotation-order.rests_on: leads to no page, rest it on rows with addresses",
    ),
    "a dispute without a word": (
        SUMMITS,
        "    note: Called off. At Armenia’s request, says the Kremlin; "
        "on Putin’s proposal, says Pashinyan.\n",
        "",
        SUMMITS,
        "summit-2018-12-06.note: is missing on a disputed row, say how the pages differ",
    ),
    "a disputed judgement that is sure": (
        STATEMENTS,
        "    sure: disputed\n",
        "    sure: sourced\n",
        STATEMENTS,
        "alone-in-condemning.sure: is disputed where the judgement is, and only there, correct one",
    ),
    "a day to come": (
        SUMMITS,
        'date: "2025-11-27"',
        'date: "2027-11-27"',
        SUMMITS,
        "summit-2025-11-27.date: lies after 2026-11-26, when it was looked up, correct it",
    ),
    "a holder too early": (
        HOLDERS,
        'since: "2020-01-01"',
        'since: "2019-12-01"',
        HOLDERS,
        "holder-zas.since: lies before holder-semerikov-2018 left, correct one",
    ),
    "a holder who leaves before he comes": (
        HOLDERS,
        'until: "2022-12-31"',
        'until: "2019-12-31"',
        HOLDERS,
        "holder-zas.until: lies before the first day, correct one",
    ),
    "a rung of Russia's": (
        STEPS,
        "    by: belarus\n",
        "    by: belarus\n    rung: R1\n",
        STEPS,
        "war-of-two-partners.rung: is for acts of armenia only, remove it",
    ),
    "another reading without a reason": (
        STEPS,
        "    rung: R1\n",
        "    rung: R1\n    or_rung: R5\n",
        STEPS,
        "arms-cooperation-urged.or_rung: "
        "goes with a rung and a reason in `contested`, add or remove them",
    ),
    "a forecast without a second score": (
        "data/forecasts.yml",
        "  - id: skakov-restraint\n",
        "  - id: skakov-patience\n",
        "data/forecasts.yml",
        "skakov-patience.id: has no score in data/outside/scores.yml, add one",
    ),
    "a verdict from nothing": (
        SCORES,
        "    rests_on: [holder-khachaturov]\n",
        "",
        SCORES,
        "ohanyan-to-assume-post.rests_on: goes with every verdict but not_found, correct one",
    ),
    "nothing found on a page": (
        SCORES,
        "verdict: unresolved",
        "verdict: not_found",
        SCORES,
        "edm-csto-dissolves.rests_on: goes with every verdict but not_found, correct one",
    ),
    "not looked for, with a page": (
        GAPS,
        "gap: not_found\n    because: The day was set",
        "gap: not_looked_for\n    because: The day was set",
        GAPS,
        "election-of-2026.gap: pages stand beside it, so it was looked for, correct one",
    ),
    "two lengths of a term": (
        RULES,
        '    date: "2015-09"\n',
        '    date: "2015-09"\n    years: 4\n',
        RULES,
        "rotation-term.years: is given by rotation-decided already, keep one",
    ),
    "no length of a term": (
        RULES,
        "    years: 3\n",
        "",
        RULES,
        "rotation-decided.years: is given by no rule, add it to one",
    ),
    "a document with the mark": (
        "data/sources.yml",
        "mark: J",
        "mark: O",
        "data/sources.yml",
        "jorbenadze-2018.mark: 'O' marks the outside record, choose another",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_damage_is_named(name: str, corpus: Path) -> None:
    assert_damage_is_named(corpus, *CASES[name])


def test_a_holder_of_one_day_is_no_fault(corpus: Path) -> None:
    edit(corpus / HOLDERS, 'until: "2022-12-31"', 'until: "2020-01-01"')
    assert not [problem for problem in problems(corpus) if "holder-zas.until" in problem]


def test_a_part_of_the_record_is_missed(corpus: Path) -> None:
    (corpus / "data/outside/figures.yml").unlink()
    assert "data/outside/figures.yml:1:1: file: does not exist, add it" in problems(corpus)


# ---- kept apart ----------------------------------------------------------------------


def test_without_the_record_the_other_chapters_are_the_same(project: Path, execute: Run) -> None:
    """Data and tables are sound, every other notebook comes out byte for byte.

    This one says what it lacks.
    """
    shutil.rmtree(project / "data/outside")
    assert problems(project) == []
    before = {path.name: path.read_bytes() for path in (project / "notebooks").glob("*.ipynb")}
    done = execute(project, "csto.cli", "notebooks")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "csto notebooks: notebooks/aftermath.ipynb: cell absence: LookupError: data/outside/ holds "
        "no record, restore it: this chapter has no other source, correct the cell"
    ]
    executed = json.loads((project / "_build/notebooks.json").read_text(encoding="utf-8"))
    assert set(executed) == before.keys() - {f"{AFTERMATH}.ipynb"} and len(executed) >= 4
    assert {
        path.name: path.read_bytes() for path in (project / "notebooks").glob("*.ipynb")
    } == before


def test_no_other_chapter_reads_it() -> None:
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        assert bool(READS_IT.search(code)) == (path.stem == AFTERMATH), path.name
    modules = (ROOT / "src/csto/analysis").rglob("*.py")
    readers = {path.stem for path in modules if READS_ITS_TABLES.search(path.read_text("utf-8"))}
    assert readers == {"outside_acts", "outside_between", "outside_post", "outside_verdicts"}
    assert not tables.TABLES.keys() & outside_tables.TABLES.keys()


def test_the_other_chapters_do_not_speak_of_it() -> None:
    others = {*contents.contents(ROOT).chapters} - {f"notebooks/{AFTERMATH}"}
    marks = [
        (block.page, mark)
        for block in prose.blocks(ROOT)
        for mark in block.marks
        if block.page in others
    ]
    assert len(marks) > 100
    assert not [
        mark
        for _, mark in marks
        if mark.role == "out" or (mark.role == "n" and mark.content.startswith(f"{AFTERMATH}."))
    ]


def test_findings_are_told_apart() -> None:
    found = findings.collect(sorted((ROOT / "notebooks").glob("*.ipynb"))).values()
    assert {data["notebook"] for data in found if data["outside"]} == {AFTERMATH}
    assert all(data["outside"] for data in found if data["notebook"] == AFTERMATH)
    known = checked_corpus(ROOT).outside.keys()
    assert all(known >= set(data["outside"]) for data in found)


def test_nothing_of_it_is_in_the_corpus_s_registers() -> None:
    found = checked_corpus(ROOT)
    named = " ".join(actor.name for actor in found.actors)
    strangers = [holder.label for holder in found.outside_holders if not holder.actor]
    assert strangers and not any(name in named for name in strangers)
    assert not found.outside.keys() & (
        found.extract.keys() | found.actor.keys() | found.source.keys()
    )
    for path in [
        *(ROOT / "data").glob("*.yml"),
        *(ROOT / "data/extracts").glob("*.yml"),
        *(ROOT / "data/events").glob("*.yml"),
    ]:
        assert not any(
            re.search(rf"\b{key}\b", path.read_text(encoding="utf-8"))
            for key in found.outside
            if key.startswith(("holder-", "summit-"))
        ), path.name


# ---- what is printed -----------------------------------------------------------------


def printed() -> str:
    """The rows of every section, as the outside record's page has them."""
    return "\n".join(outside_record(trail_of(ROOT), section) for section in SECTIONS)


def test_the_page_has_every_section_once() -> None:
    asked = re.findall(
        r"<!-- csto: outside (\w+) -->", (ROOT / "book/outside.md").read_text("utf-8")
    )
    assert asked == SECTIONS


def test_every_row_is_printed_with_its_addresses_and_day() -> None:
    found = checked_corpus(ROOT)
    page = printed()
    entries = dict(zip(found.outside, re.split(r"\(out-[a-z0-9-]+\)=\n", page)[1:], strict=True))
    for key, row in found.outside.items():
        assert f"(out-{key})=" in page
        assert all(
            f"(<{address}>)" in entries[key] for address in (*row.addresses, *row.read_at)
        ), key
        assert (
            not row.addresses
            or f"looked up {dates.spoken(dates.interval(row.looked_up))}" in entries[key]
        ), key
        if sure := getattr(row, "sure", None):
            assert f"*{said(found, 'sure', sure)}*" in entries[key].splitlines()[0], key


def test_a_row_is_offered_by_its_years_and_by_how_sure_it_is() -> None:
    found, trail = checked_corpus(ROOT), trail_of(ROOT)
    zas = facets.classes_of_row(found, found.outside["holder-zas"])
    assert [name for name in zas if "year" in name] == ["year-2020", "year-2021", "year-2022"]
    offered = {value for some in facets.choices_of_rows(trail).values() for value, _ in some}
    has = {name for row in found.outside.values() for name in facets.classes_of_row(found, row)}
    assert offered == has and zas[-1] == "how-sure-public-pages-say-so"


def test_every_judgement_and_score_is_printed_with_its_reason() -> None:
    """And those that contradict stand in the chapter, too."""
    found, page = checked_corpus(ROOT), printed()
    for row in found.outside_statements:
        assert markdown.text(f"{said(found, 'judgement', row.judgement)}: {row.found}") in page, (
            row.id
        )
    for score in found.outside_scores:
        assert (
            markdown.text(f"{said(found, 'outside_verdict', score.verdict)}: {score.because}")
            in page
        ), score.id
    wrong = [row for row in found.outside_statements if row.judgement == "contradicted"]
    assert list(shown("contradicted-table")) == [row.id for row in wrong]


def shown(cell_id: str) -> dict[str, list]:
    """The rows of a table of the chapter, by the row of the record that their last cell bears."""
    cells = json.loads((ROOT / f"notebooks/{AFTERMATH}.ipynb").read_text(encoding="utf-8"))["cells"]
    cell = next(cell for cell in cells if cell["id"] == cell_id)
    rows = cell["outputs"][0]["data"]["application/vnd.csto.table+json"]["rows"]
    return {row[-1]["outside"][0]: row for row in rows}


def test_both_scores_of_what_names_a_time_stand_side_by_side() -> None:
    found = checked_corpus(ROOT)
    second = {score.id: subject.CAME[score.verdict] for score in found.outside_scores}
    assert {key: (row[-2], row[-1]["words"]) for key, row in shown("scores-dated").items()} == {
        forecast.id: (subject.CAME[forecast.verdict], second[forecast.id])
        for forecast in found.forecasts
        if forecast.horizon
        and not any(found.source[source_of(key)].beside for key in forecast.extracts)
    }


# ---- sums ----------------------------------------------------------------------------


def stamps(**columns: list[str]) -> dict[str, pd.Series]:
    return {f"{name}_date": pd.Series(pd.to_datetime(values)) for name, values in columns.items()}


def made_up() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two members, terms of two years from 2001.

    The second comes two days late and an acting head fills in.
    """
    rules = pd.DataFrame(
        {
            "row_id": ["order", "rotation-start"],
            "order": [("a", "b"), ()],
            "term_years": [2.0, None],
            "date": [None, "2001-01-01"],
        }
    )
    holders = pd.DataFrame(
        {
            "row_id": ["x", "acting", "y"],
            "label": ["X", "Y", "Y"],
            "state_id": ["a", "b", "b"],
            "is_acting": [False, True, False],
            **stamps(
                since_earliest=["2000-12-31", "2003-01-01", "2003-01-03"],
                since_latest=["2001-01-02", "2003-01-01", "2003-01-03"],
                until_earliest=["2002-12-31", "2003-01-02", "2003-01-10"],
                until_latest=["2002-12-31", "2003-01-02", None],
            ),
        }
    )
    return rules, holders


def test_turns_follow_the_rule() -> None:
    turns = outside.turns(made_up()[0], 3)
    assert list(turns["state_id"]) == ["a", "b", "a"]
    assert [str(day.date()) for day in turns["first_date"]] == [
        "2001-01-01",
        "2003-01-01",
        "2005-01-01",
    ]
    assert list(turns["days"]) == [730, 731, 730]


def test_days_in_office_are_intervals() -> None:
    office = outside.in_office(made_up()[1])
    assert list(office["low_days"]) == [729, 2, 8]
    assert list(office["high_days"][:2]) == [731, 2] and pd.isna(office["high_days"][2])


def test_rungs_are_those_after_the_day_and_missed_summits_are_among_them() -> None:
    steps = pd.DataFrame(
        {
            "row_id": ["on", "after", "none"],
            "label": "",
            "rung": ["R4", "R5", None],
            "or_rung": None,
            **stamps(
                earliest=["2023-03-10", "2023-03-11", "2024-01-01"],
                latest=["2023-03-10", "2023-03-11", "2024-01-01"],
            ),
        }
    )
    summits = pd.DataFrame(
        {
            "row_id": ["missed", "there"],
            "label": "S",
            "attendance": ["absent", "present"],
            **stamps(earliest=["2023-05-01", "2023-06-01"], latest=["2023-05-01", "2023-06-01"]),
        }
    )
    found = outside.rungs_after(steps, summits, pd.Timestamp("2023-03-10"))
    assert list(zip(found["row_id"], found["rung"], found["kind"], strict=True)) == [
        ("after", "R5", "step"),
        ("missed", "R3", "summit missed"),
    ]


def test_rows_are_numbered_from_one() -> None:
    keys = checked_corpus(ROOT).outside_key
    assert list(keys.values()) == [f"O{number}" for number in range(1, len(keys) + 1)]


def test_days_held_are_cut_to_the_turn() -> None:
    rules, holders = made_up()
    held = outside.held_in_turn(holders, outside.turns(rules, 3))
    assert list(held["held_days"]) == [730, 8, 0]
    assert list(held["holder"]) == ["X", "Y", ""]


def plain(name: str) -> list[dict]:
    return next(
        iter(
            yaml.safe_load((ROOT / f"data/outside/{name}.yml").read_text(encoding="utf-8")).values()
        )
    )


def test_numbers_again_in_plain_python() -> None:
    """Shares no code with notebook or tables."""
    stored = findings.collect([ROOT / f"notebooks/{AFTERMATH}.ipynb"])
    value = {key.removeprefix("aftermath."): data["value"] for key, data in stored.items()}
    holder = next(row for row in plain("holders") if row["id"] == "holder-khachaturov")
    first, last = (dt.date.fromisoformat(holder[end]) for end in ("since", "until"))
    assert value["first-turn-held"] == (last - first).days + 1
    assert value["first-turn-days"] == (dt.date(2020, 1, 1) - dt.date(2017, 1, 1)).days
    held = [row for row in plain("summits") if row["state"] == "held"]
    late = [row for row in held if row["date"] > "2023-03-10"]
    missed = [row for row in late if row["attendance"] == "absent"]
    assert (value["summits-held"], value["summits-missed"]) == (len(late), len(missed))
    assert value["sessions-2022"] == sum(row["date"].startswith("2022") for row in held)
    acts = [row for row in plain("steps") if "rung" in row and row["date"] > "2023-03-10"]
    leaving = [row for row in acts if "R5" in (row["rung"], row.get("or_rung"))]
    assert value["withdrawals-at-most"] == len(leaving)
    for judgement in ("agrees", "incomplete", "disputed", "contradicted"):
        assert value[judgement] == sum(row["judgement"] == judgement for row in plain("statements"))
    assert value["statements"] == len(plain("statements"))
    verdicts = [row["verdict"] for row in plain("scores")]
    assert value["forecasts"] == len(verdicts)
    assert (value["scores-supported"], value["scores-contradicted"]) == (
        verdicts.count("supported"),
        verdicts.count("contradicted"),
    )


def test_every_figure_of_the_chapter_is_the_record_s() -> None:
    stored = findings.collect([ROOT / f"notebooks/{AFTERMATH}.ipynb"])
    figures = {f"aftermath.{row['id']}": row["value"] for row in plain("figures")}
    told = {key: data["value"] for key, data in stored.items() if data["outside"] == [key[10:]]}
    assert len(told) == len(subject.FIGURES)
    assert told == {key: figures[key] for key in told}


def test_days_between_steps_are_those_of_their_days() -> None:
    stored = findings.collect([ROOT / f"notebooks/{AFTERMATH}.ipynb"])
    day = {row["id"]: row["date"].split("/") for row in plain("steps") if "date" in row}
    for name in ("days-appeal-to-incident", "days-in-kazakhstan", "days-appeal-to-mission"):
        found = stored[f"aftermath.{name}"]
        start, end = ([dt.date.fromisoformat(d) for d in day[key]] for key in found["outside"])
        assert (found["low"], found["high"]) == (
            (end[0] - start[-1]).days,
            (end[-1] - start[0]).days,
        ), name


@pytest.mark.parametrize("name", outside_tables.TABLES)
def test_tables_are_tidy(name: str) -> None:
    frame = outside_tables.TABLES[name]()
    assert name.startswith("outside_") and frame["row_id"].is_unique
    assert set(frame["row_id"]) <= checked_corpus(ROOT).outside.keys()
    for column in frame.columns:
        assert column == column.lower()
        if column.endswith("_date"):
            assert pd.api.types.is_datetime64_dtype(frame[column])
        if column.startswith("is_"):
            assert frame[column].dtype == bool
