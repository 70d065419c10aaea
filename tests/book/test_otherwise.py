"""Another reading in the page: every state, by the real script in a real browser."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from csto.analysis import states
from csto.analysis.offers import offers
from csto.analysis.printed import shown

PAGES = (
    "book/index.html", "book/try.html", "book/findings.html", "notebooks/story.html",
    "notebooks/rotation.html", "notebooks/azerbaijan.html", "notebooks/cohesion.html",
    "notebooks/withdrawal.html", "notebooks/robustness.html",
)  # fmt: skip
DATA = re.compile(r'<script type="application/json" id="csto-otherwise">(.*?)</script>')
#: Every answer of a page in every state, the last choice changing first.
EVERY = """() => {
  const { offers, answers } = globalThis.cstoOtherwise;
  const states = offers.reduce(
    (some, { options }) => some.flatMap((state) => options.map((_, at) => [...state, at])), [[]]);
  return states.map(answers);
}"""


@pytest.fixture(autouse=True)
def _built(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sources)


def data_of(built: dict[str, str], page: str) -> dict[str, Any]:
    """The data of a page."""
    match = DATA.search(built[page])
    assert match, page
    data: dict[str, Any] = json.loads(match[1])
    return data


def test_every_state_that_a_page_can_show_is_what_python_gives(
    site_folder: Path, browser: Browser
) -> None:
    """All states of all numbers, claims and words, of every page that has some."""
    numbers = {f"finding-{id.replace('.', '-')}": one for id, one in states.numbers().items()}
    claims = {f"finding-sure-{id.replace('.', '-')}": one for id, one in states.claims().items()}
    every = list(states.states())
    page, seen = browser.new_page(), 0
    for name in PAGES:
        page.goto((site_folder / name).as_uri())
        shows = page.evaluate(EVERY)
        assert len(shows) == len(every)
        for state, (given, judged, _) in zip(every, shows, strict=True):
            for anchor, (now, *why) in given:
                value = numbers[anchor].at(state)
                assert now == ("" if value is None else shown(value)), (name, anchor, state)
                assert why == ([numbers[anchor].why_at(state)] if value is None else [])
            for anchor, (outcome, grade, _) in judged:
                before = claims[anchor].at(states.own())
                assert grade == str(claims[anchor].at(state) or ""), (name, anchor, state)
                assert outcome == states.judged(claims[anchor].at(state), before)
            seen += len(given) + len(judged)
    page.close()
    assert seen > 50_000


def test_a_page_says_what_falls_and_by_what(site_folder: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site_folder / "notebooks/azerbaijan.html").as_uri() + "?hedged=out")
    bar = page.locator(".csto-bar")
    assert "hedged passages do not count" in bar.inner_text()
    fallen = page.locator(".csto-sure.csto-fallen").first
    assert "In this reading it falls: hedged passages do not count" in fallen.inner_text()
    page.goto((site_folder / "notebooks/rotation.html").as_uri())  # kept in this tab
    assert bar.is_visible()
    bar.get_by_role("button", name="Back to the book’s own reading").click()
    assert not bar.is_visible() and not page.locator(".csto-new, .csto-was").count()
    assert "?" not in page.url
    page.close()


def test_a_link_shows_another_person_the_same_reading(site_folder: Path, browser: Browser) -> None:
    page, theirs = browser.new_page(), browser.new_page()  # each has a context of its own
    page.goto((site_folder / "book/try.html").as_uri())
    page.get_by_label("deeds alone").check()
    own = page.locator("article")
    page.goto((site_folder / "notebooks/withdrawal.html").as_uri())
    theirs.goto(page.url)
    assert "acts=deeds" in page.url and own.locator(".csto-new").count()
    assert theirs.locator("article").inner_text() == own.inner_text()
    page.close()
    theirs.close()


def test_choices_are_made_and_undone_on_their_page(site_folder: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site_folder / "book/try.html").as_uri())
    form = page.locator("form.csto-choices")
    assert form.locator("fieldset").count() == len(offers())
    form.get_by_label("deeds alone").check()
    form.get_by_label("the alliance", exact=True).check()
    assert "acts=deeds" in page.url and "addressee=head" in page.url
    row = page.locator("tr", has_text="quarrel moved").first
    assert "In this reading it falls" in row.inner_text()
    assert re.search(r"On this page \d+ claims? falls?", page.get_by_role("status").inner_text())
    form.get_by_role("button", name="Undo").click()
    assert "addressee" not in page.url and "falls" not in row.locator("ins").all_inner_texts()
    page.close()


def test_what_rests_on_a_document_left_out_is_marked(site_folder: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site_folder / "notebooks/withdrawal.html").as_uri() + "?without=eurasianet-2023")
    marks = page.locator(".bd-article .csto-ev a.csto-mark[href*='#ev-eurasianet-2023']")
    gone = page.locator(".bd-article .csto-ev a.csto-gone[href*='#ev-eurasianet-2023']")
    assert marks.count() == gone.count() > 0
    assert page.locator("p span.csto-unsupported").count() > 10
    assert not page.locator(".csto-gone:not([href*='#ev-eurasianet-2023'])").count()
    page.close()


def test_states_and_script_are_small(built: dict[str, str], site_folder: Path) -> None:
    script = (site_folder / "_static/otherwise.js").read_bytes()
    assert len(gzip.compress(script)) < 10_000
    for page in PAGES:
        assert len(gzip.compress(json.dumps(data_of(built, page)).encode())) < 10_000, page


def test_every_chapter_leads_there(built: dict[str, str]) -> None:
    for page in PAGES:
        if page.startswith("notebooks/"):
            assert 'href="../book/try.html"' in built[page]


def test_without_a_script_a_table_says_what_falls(built: dict[str, str]) -> None:
    page = built["book/try.html"]
    assert page.count("<tr") > len(states.claims())
    assert "deeds alone are counted and acts against the alliance’s head are aimed at it" in page
