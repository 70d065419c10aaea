"""Cards and the filter in a real browser, on the real book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from csto.book import contents

CHAPTER = "notebooks/rotation.html"
MARK = ".csto-ev a.csto-mark"
NUMBER = "a.csto-mark:has(> .csto-n)"


@pytest.fixture
def chapter(browser: Browser, site_folder: Path) -> Iterator[Page]:
    """A chapter opened from disk, with a mouse and a keyboard."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site_folder / CHAPTER).as_uri())
    yield page
    page.close()


def test_hover_shows_the_passage_and_leaving_hides_it(chapter: Page) -> None:
    mark, card = chapter.locator(MARK).nth(2), chapter.locator(".csto-card")
    mark.hover()
    expect(card).to_be_visible()
    assert len(card.locator("blockquote mark").inner_text()) > 10
    assert card.evaluate("node => getComputedStyle(node).wordSpacing") == "0px"  # no mark's
    card.hover()
    chapter.wait_for_timeout(500)
    expect(card).to_be_visible()  # one can go into it
    chapter.mouse.move(5, 5)
    expect(card).to_have_count(0)


def test_a_card_leads_to_the_words_and_their_neighbours(chapter: Page) -> None:
    mark = chapter.locator(MARK).nth(2)
    mark.hover()
    links = chapter.locator(".csto-card-links a")
    expect(links.first).to_have_text("Evidence index")
    target = mark.get_attribute("href").split("#")[1]
    words = chapter.locator(".csto-card blockquote mark").inner_text()
    [publisher] = [
        href for link in links.all() if ":~:text=" in (href := link.get_attribute("href") or "")
    ]
    said = {link.get_attribute("href"): link.inner_text() for link in links.all()}
    assert said[publisher] == f"At {urlsplit(publisher).hostname.removeprefix('www.')}"
    links.first.click()
    expect(chapter).to_have_url(re.compile(f"#{re.escape(target)}$"))
    expect(chapter.locator(f"#{target}")).to_be_attached()
    entry = chapter.locator(".csto-entry").filter(has=chapter.locator(f"#{target}"))
    assert " ".join(words.split()) in entry.inner_text()
    assert publisher in [
        link.get_attribute("href") for link in entry.locator("a").all()
    ]  # as the book writes it
    entry.get_by_text("cited in").locator("a").first.click()
    expect(chapter.locator(".csto-key:target")).to_be_visible()


def test_the_keyboard_alone(chapter: Page) -> None:
    mark, card = chapter.locator(MARK).first, chapter.locator(".csto-card")
    mark.focus()
    chapter.keyboard.press("Tab")
    expect(card).to_have_count(0)  # passing opens nothing
    mark.focus()
    chapter.keyboard.press("Enter")
    expect(card).to_be_visible()
    assert mark.get_attribute("aria-expanded") == "true"
    chapter.keyboard.press("Tab")
    assert chapter.evaluate("document.activeElement.closest('.csto-card') !== null")
    chapter.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert mark.evaluate("node => node === document.activeElement")
    assert mark.get_attribute("aria-expanded") is None
    chapter.keyboard.press("ArrowDown")
    expect(card).to_be_visible()
    chapter.keyboard.press("Enter")
    chapter.wait_for_url("**/evidence.html#ev-*")


def test_marks_of_a_paragraph_are_one_stop(chapter: Page) -> None:
    first, second = chapter.locator(MARK).nth(0), chapter.locator(MARK).nth(1)
    first.focus()
    chapter.keyboard.press("Enter")
    for _ in range(chapter.locator(".csto-card :is(a, button)").count() + 1):
        chapter.keyboard.press("Tab")
    expect(chapter.locator(".csto-card")).to_have_count(0)
    assert chapter.evaluate("!document.activeElement.closest('p')?.matches('h1 + p')")
    first.focus()
    chapter.keyboard.press("ArrowRight")
    assert second.evaluate("node => node === document.activeElement")
    chapter.keyboard.press("ArrowLeft")
    assert first.evaluate("node => node === document.activeElement")


STOPS = """[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }))
  .length"""


def test_a_chapter_has_few_stops_of_the_keyboard(
    browser: Browser, site_folder: Path, sources: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    stops = {}
    for name in contents.contents(sources).chapters:
        page.goto((site_folder / f"{name}.html").as_uri())
        stops[name] = page.evaluate(STOPS)
    page.close()
    assert 50 < max(stops.values()) < 200, stops


@pytest.mark.parametrize("width", [1280, 900])
def test_a_card_covers_no_sentence(browser: Browser, site_folder: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((site_folder / CHAPTER).as_uri())
    marks = page.locator(f".bd-article p {MARK}").filter(visible=True).all()[:12]
    noted = [mark.evaluate("mark => !!mark.closest('.csto-sure')") for mark in marks]
    assert any(noted) == (width == 1280)  # a note in the margin has a card above or below, too
    for mark, is_noted in zip(marks, noted, strict=True):
        mark.scroll_into_view_if_needed()
        mark.hover()
        page.locator(".csto-card").wait_for()
        card, at = page.locator(".csto-card").bounding_box(), mark.bounding_box()
        text = mark.locator("xpath=ancestor::p").bounding_box()
        if width == 1280 and not is_noted:
            assert card["x"] >= text["x"] + text["width"]
        else:
            assert card["y"] >= at["y"] + at["height"] or card["y"] + card["height"] <= at["y"]
        assert card["height"] > 60
        page.keyboard.press("Escape")
    page.close()


def test_a_pinned_card_stays_until_it_is_closed(chapter: Page) -> None:
    cards = chapter.locator(".csto-card")
    chapter.locator(MARK).nth(0).hover()
    cards.get_by_text("Pin").click()
    chapter.locator(MARK).nth(2).hover()
    expect(cards).to_have_count(2)
    first, second = (card.bounding_box() for card in cards.all())
    assert second["y"] >= first["y"] + first["height"]
    chapter.keyboard.press("Escape")
    expect(cards).to_have_count(1)
    cards.get_by_text("Close").click()
    expect(cards).to_have_count(0)


def test_a_number_shows_what_it_is_and_leads_to_its_cell(chapter: Page) -> None:
    number = chapter.locator(NUMBER).first
    number.hover()
    card = chapter.locator(".csto-card")
    expect(card).to_contain_text("documents: ")
    expect(card).to_contain_text(number.inner_text())
    card.get_by_text("The cell that computes it").click()
    expect(chapter).to_have_url(re.compile("#finding-"))
    expect(chapter.locator(":target")).to_contain_text(number.inner_text())


def test_a_headline_number_shows_what_one_document_decides(
    browser: Browser, site_folder: Path
) -> None:
    page = browser.new_page()
    page.goto((site_folder / "book/index.html").as_uri())
    found = []
    for number in page.locator(NUMBER).all():
        number.hover()
        page.locator(".csto-card").wait_for()
        found.append(page.locator(".csto-card").inner_text())
        page.keyboard.press("Escape")
    page.close()
    assert any("with any one document left out" in text for text in found)


def test_screen_readers_get_the_passage(chapter: Page) -> None:
    said = chapter.locator(MARK).nth(2).get_attribute("aria-description")
    assert "“" in said and ":" in said


def test_no_card_asks_for_anything(chapter: Page) -> None:
    asked = []
    chapter.on("request", lambda request: asked.append(request.url))
    for mark in chapter.locator(MARK).all()[:5]:
        mark.hover()
        chapter.locator(".csto-card").wait_for()
        chapter.keyboard.press("Escape")
    assert [
        address for address in asked if not address.endswith("favicon.svg")
    ] == []  # the browser's own, and late


def test_touch_shows_first_and_follows_second(browser: Browser, site_folder: Path) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto((site_folder / CHAPTER).as_uri())
    before = page.url
    for place in (0, 3, 6):
        mark, card = page.locator(MARK).nth(place), page.locator(".csto-card")
        mark.tap()
        expect(card).to_be_visible()
        assert page.url == before
        box = card.bounding_box()
        assert (
            box["x"] >= 0
            and box["x"] + box["width"] <= 360
            and box["y"] >= 0
            and box["y"] + box["height"] <= 740
        )
        page.touchscreen.tap(358, 300)  # the margin, above any card
        expect(card).to_have_count(0)
    mark = page.locator(MARK).first
    mark.tap()
    mark.tap()
    page.wait_for_url("**/evidence.html#ev-*")
    context.close()


def test_every_mark_answers_a_finger(browser: Browser, site_folder: Path) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto((site_folder / "notebooks/aftermath.html").as_uri())
    outside = page.locator("p > .csto-out a.csto-mark").nth(2)
    outside.tap()
    card = page.locator(".csto-card")
    expect(card).to_contain_text("looked up")
    assert card.locator("a[href^=http]").count()
    outside.tap()
    page.wait_for_url("**/outside.html#out-*")
    page.go_back()
    more = page.locator("a:has(> .csto-more)").first  # has no card
    more.evaluate("node => { node.closest('details').open = true; }")
    more.tap()
    page.wait_for_url("**/findings.html#number-*")
    context.close()


def test_at_four_hundred_percent_a_card_begins_with_the_passage(
    browser: Browser, site_folder: Path
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 256})
    page.goto((site_folder / CHAPTER).as_uri())
    for mark in page.locator(f".bd-article p {MARK}").all()[:5]:
        mark.focus()
        page.keyboard.press("Enter")
        passage = page.locator(".csto-card blockquote").bounding_box()
        assert passage["y"] > 64 and passage["y"] + 40 < 256, passage
        page.keyboard.press("Escape")
    page.close()


def test_without_scripts_a_mark_is_a_link(browser: Browser, site_folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site_folder / CHAPTER).as_uri())
    page.locator(MARK).first.click()
    expect(page).to_have_url(re.compile("evidence.html#ev-"))
    expect(page.locator(".csto-entry").last).to_be_visible()
    assert page.locator(".csto-filter").count() == 0
    context.close()


#: The size of what a pointer hits, which reaches beyond the letters, and whether the middle does.
HIT = """node => {
  const around = getComputedStyle(node, "::after");
  node.scrollIntoView({ block: "center", behavior: "instant" });
  const seen = node.getBoundingClientRect();
  const hit = document.elementFromPoint(seen.x + seen.width / 2, seen.y + seen.height / 2);
  return [parseFloat(around.width), parseFloat(around.height), node.contains(hit) ? 99 : 0];
}"""


def test_marks_are_large_enough_to_hit(chapter: Page) -> None:
    marks = chapter.locator(f".bd-article p {MARK}").filter(visible=True).all()
    assert len(marks) > 20
    for mark in marks:
        box = mark.evaluate(HIT)
        assert min(box) >= 24, (mark.text_content(), box)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_can_be_read(browser: Browser, site_folder: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(color_scheme=scheme).new_page()
    page.goto((site_folder / CHAPTER).as_uri())
    page.locator(MARK).nth(2).hover()
    page.locator(".csto-card").wait_for()
    found = Axe().run(page, context=".csto-card")
    page.context.close()
    assert found.response["passes"] and not found.response["violations"], found.generate_report()


def test_passages_are_seen_at_once_and_most_lists_are_closed(
    browser: Browser, site_folder: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site_folder / "book/evidence.html").as_uri())
    first, entries = page.locator("details:has(> .csto-entry)").first, ".csto-entry"
    assert first.locator(entries).first.bounding_box()["y"] < 850
    assert page.locator(f"{entries}:visible").count() == first.locator(entries).count() > 20
    tops = page.locator(".csto-filter label select").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().top)"
    )
    assert len(tops) == 5 and len(set(tops)) == 1
    first.evaluate("list => { list.open = false; }")
    assert page.evaluate(STOPS) < 80
    page.close()


def test_the_index_can_be_filtered(browser: Browser, site_folder: Path) -> None:
    page = browser.new_page()
    page.goto((site_folder / "book/evidence.html").as_uri())
    everything = page.locator(".csto-entry").count()
    page.get_by_label("document").select_option("document-edm-2018")
    page.get_by_label("theme").select_option("theme-azerbaijan")
    shown = page.locator(".csto-entry:visible")
    assert 0 < shown.count() < everything
    assert all(
        "document-edm-2018" in entry.get_attribute("class")
        and "theme-azerbaijan" in entry.get_attribute("class")
        for entry in shown.all()
    )
    expect(page.locator(".csto-filter output")).to_have_text(
        f"{shown.count()} of {everything} passages"
    )
    assert page.locator("section:visible > h2").count() == 1
    assert page.get_by_text("W3C Web Annotations").is_visible()  # below the lists, not in one
    left = shown.count()
    page.goto((site_folder / "book/index.html").as_uri())
    page.go_back()
    expect(shown).to_have_count(left)  # what was chosen stands in the address
    hidden = page.locator(".csto-entry[hidden] [id^=ev-]").first.get_attribute("id")
    page.evaluate("id => { location.hash = id; }", hidden)
    expect(page.locator(f"[id='{hidden}']")).to_be_visible()  # a link to what is filtered away
    page.get_by_label("printed only").check()
    assert 0 < shown.count() < everything
    assert shown.count() == shown.locator("blockquote").count()
    page.get_by_label("printed only").uncheck()
    page.get_by_label("words").fill("hotel room")
    expect(page.locator("#ev-asiaplus-2019-not-a-hotel-room")).to_be_visible()
    assert shown.count() < 10
    page.get_by_text("Show all").click()
    page.get_by_label("actor").select_option(label="Zohrab Mnatsakanyan")
    assert 0 < shown.count() < everything
    page.get_by_text("Show all").click()
    expect(page.locator(".csto-filter output")).to_contain_text(f"{everything} of {everything}")
    assert "?" not in page.url
    page.close()


def test_the_outside_record_can_be_filtered(browser: Browser, site_folder: Path) -> None:
    page = browser.new_page()
    page.goto((site_folder / "book/outside.html").as_uri())
    lists, shown = page.locator("details:has(> .csto-entry)"), page.locator(".csto-entry:visible")
    everything = page.locator(".csto-entry").count()
    assert lists.evaluate_all("all => all.map((list) => list.open)").count(True) == 1
    assert 0 < shown.count() < 20 < everything and page.get_by_label("printed only").count() == 0
    page.get_by_label("how sure").select_option(label="public pages disagree")
    page.get_by_label("year").select_option("year-2020")
    assert 0 < shown.count() < everything
    for entry in shown.all():
        assert "year-2020" in entry.get_attribute("class")
        assert "public pages disagree" in entry.inner_text()
    page.get_by_text("Show all").click()
    last = page.locator(".csto-entry [id^=out-]").last
    expect(last).to_be_hidden()
    page.evaluate("id => { location.hash = id; }", last.get_attribute("id"))
    expect(last).to_be_visible()
    page.emulate_media(media="print")
    assert shown.count() == everything
    page.close()


def test_nothing_of_it_is_printed_on_paper(chapter: Page) -> None:
    chapter.locator(MARK).first.hover()
    chapter.locator(".csto-card").wait_for()
    chapter.emulate_media(media="print")
    expect(chapter.locator(".csto-card")).to_be_hidden()
