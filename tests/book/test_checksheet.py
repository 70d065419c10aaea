"""The check sheet: what is drawn, what a reader answers, and where his verdicts stand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from conftest import ROOT, problems
from csto.book import checksheet
from csto.book.pages.check import VERDICTS
from csto.book.trail import Trail, trail_of
from csto.cli import main
from csto.corpus import reading
from csto.corpus.report import Check

SAID = """\
checks:
  - claim: "0123abcd"
    says: "It had not left."
    verdict: partly
    reader: "N. N."
    checked_on: "2026-11-26"
    edition: "sha256:00"
    seconds: 12
"""


@pytest.fixture(scope="module")
def trail() -> Trail:
    return trail_of(ROOT)


def test_every_cited_sentence_of_the_chapters_can_be_drawn(trail: Trail) -> None:
    found = checksheet.claims(trail)
    assert len({one.id for one in found}) == len({one.anchor for one in found}) == len(found) > 200
    anchors = {use.anchor for uses in trail.cited.values() for use in uses}
    assert {one.anchor for one in found} <= anchors
    assert all(key in trail.corpus.extract for one in found for _, key in one.passages)
    assert all("{" not in one.text and "  " not in one.text for one in found)


def test_a_claim_is_printed_with_its_numbers(trail: Trail) -> None:
    shown = [
        one.text for one in checksheet.claims(trail) if "after the leaders had met" in one.text
    ]
    assert shown and all(any(letter.isdigit() for letter in text) for text in shown)


def test_a_draw_is_the_same_for_the_same_seed_and_has_nothing_twice() -> None:
    first, again, other = (checksheet.drawn(10, seed, 273) for seed in (7, 7, 8))
    assert first == again != other
    assert sorted(checksheet.drawn(300, 7, 273)) == list(range(273))


def test_verdicts_stand_at_the_claim_until_its_words_change(trail: Trail) -> None:
    one = checksheet.claims(trail)[0]
    given = {"says": one.text, "checked_on": "2026-11-26", "edition": "x"}
    checks = [
        Check.model_construct(claim=one.id, verdict=verdict, reader=reader, **given)
        for verdict, reader in (("bears", "A"), ("partly", "B"))
    ]
    assert checksheet.in_words(checks) == "checked by 2 readers, 1 partly"
    trail.corpus.checks[:] = checks
    try:
        assert checksheet.checks_of(trail, one) == checks
        assert not checksheet.checks_of(trail, one._replace(id="00000000"))
    finally:
        trail.corpus.checks.clear()


def test_verdicts_come_back_by_one_command(choir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (choir / "check-nn.yml").write_text(SAID, encoding="utf-8")
    assert main(["checked", "check-nn.yml"]) == 0
    assert "1 verdicts, 12 seconds in the middle" in capsys.readouterr().out
    (check,) = reading.read(choir)[0].checks
    assert check.verdict == "partly" and problems(choir) == []
    assert main(["checked", "check-nn.yml"]) == 1
    (choir / "bad.yml").write_text(SAID.replace("partly", "maybe"), encoding="utf-8")
    assert main(["checked", "bad.yml"]) == 1
    assert "bad.yml:4:5: checks.verdict: has not the form" in capsys.readouterr().out
    assert not (choir / "data/checks/bad.yml").exists()


def test_without_scripts_the_sheet_of_one_seed_is_there(built: dict[str, str]) -> None:
    page = built["book/check.html"]
    assert page.count('class="csto-claim docutils container"') == checksheet.MANY
    assert page.count(VERDICTS.split()[0]) == 3 * checksheet.MANY


def test_a_reader_answers_and_gets_a_file_that_is_taken(
    browser: Browser, site: str, choir: Path
) -> None:
    trail = trail_of(ROOT)
    found = checksheet.claims(trail)
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{site}/book/check.html#seed=7")
    asked = page.locator(".csto-claim > p:first-child > strong").all_text_contents()
    wanted = [found[at].text for at in checksheet.drawn(checksheet.MANY, 7, len(found))]
    assert asked == wanted
    for box in page.locator(".csto-claim").all():
        box.locator("input[value=bears]").check()
    page.locator(".csto-verdicts input").fill("N. N.")
    text = page.locator(".csto-verdicts textarea").input_value()
    content = text[text.index("checks:\n") :]
    assert page.locator(".csto-verdicts a").get_attribute("download") == "check-n-n--7.yml"
    (choir / "in.yml").write_text(content, encoding="utf-8")
    assert main(["checked", "in.yml"]) == 0
    assert [one["says"] for one in yaml.safe_load(content)["checks"]] == wanted
    page.locator("button", has_text="Draw others").click()
    assert page.locator(".csto-claim > p:first-child > strong").all_text_contents() != wanted
    page.close()
