"""Every page in a real browser: it asks nobody else, and works without a script."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

MOST = 250_000  # bytes of a chapter's first view, compressed as a server sends it
MANY = 5  # pages with charts, at least
PHONE, DESK = 360, 1280  # pixels


def chapters(built: dict[str, str]) -> list[str]:
    return [name for name in built if name.startswith("notebooks/")]


def charts(page: str) -> int:
    return page.count('<div class="csto-chart')


def _listen(page: Page, wrong: list[str]) -> None:
    """Keep what goes wrong on a page: answers, messages, errors."""

    def failed(request: Request) -> None:
        # Going on to the next page cancels what the browser still asks for on its own.
        if request.failure != "net::ERR_ABORTED":
            wrong.append(f"{page.url}: {request.url} failed")

    def answered(response: Response) -> None:
        if response.status >= 400:
            wrong.append(f"{page.url}: {response.url} {response.status}")

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"{page.url}: {message.text}")

    page.on("requestfailed", failed)
    page.on("response", answered)
    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))


@pytest.mark.parametrize("opened", ["from disk", "served"])
def test_a_page_asks_nobody_but_the_book(
    opened: str, browser: Browser, built: dict[str, str], site_folder: Path, site: str
) -> None:
    home = site if opened == "served" else site_folder.as_uri()
    asked, wrong = [], []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    _listen(page, wrong)
    for name in built:
        page.goto(f"{home}/{name}", wait_until="load")
        page.wait_for_selector("main")  # of the page to which the first one only leads
        page.wait_for_load_state("load")
        page.mouse.wheel(0, 100_000)
        page.evaluate("new Promise((done) => requestIdleCallback(done, {timeout: 5000}))")
    page.close()
    assert len(asked) > len(built)
    assert [address for address in asked if not address.startswith((home, "data:"))] == []
    assert [address for address in asked if "/vendor/" in address] == []  # fonts of icons
    assert wrong == []


@pytest.mark.parametrize("how", ["without scripts", "printed", "on a phone"])
def test_every_chart_is_seen(
    how: str, browser: Browser, built: dict[str, str], site_folder: Path
) -> None:
    context = browser.new_context(
        java_script_enabled=how != "without scripts",
        viewport={"width": PHONE if how == "on a phone" else DESK, "height": 800},
    )
    page = context.new_page()
    page.emulate_media(media="print" if how == "printed" else "screen")
    seen = 0
    for name in filter(lambda name: charts(built[name]), built):
        page.goto(f"{site_folder.as_uri()}/{name}")
        pictures = page.locator(".csto-chart svg:visible")
        assert pictures.count() == charts(built[name]), name
        for picture in pictures.all():
            box = picture.bounding_box()
            assert box["width"] > 200 and box["height"] > 80, name
            seen += 1
    context.close()
    assert seen >= 6


#: JavaScript that names what touches, sticks out or is too pale in the drawings of a page.
FAULTS = (Path(__file__).parent / "drawings.js").read_text(encoding="utf-8").split("\n", 2)[2]
BAD = """<body style="background: white"><div class="csto-chart"><svg width="90" height="60">
<text x="5" y="20">one</text><text x="10" y="22">two</text><text x="80" y="40">long</text>
<text x="5" y="55" fill="#ccc">pale</text><g class="mark-symbol"><path data-row="0"
d="M45,45h9v9h-9z"/><path data-row="1" d="M48,45h9v9h-9z"/></g><text x="46" y="56">x</text>"""


def test_what_is_wrong_with_a_drawing_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(BAD)
    assert page.evaluate(FAULTS) == [
        "“one” touches “two”",
        "“long” sticks out",
        "“pale” has a contrast of 1.6",
        "“x” touches a mark",
        "marks touch",
    ]
    page.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_words_in_drawings_are_whole_free_and_dark_enough(
    width: int, browser: Browser, built: dict[str, str], site_folder: Path
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    faults = {}
    for name in filter(lambda name: charts(built[name]), built):
        page.goto(f"{site_folder.as_uri()}/{name}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function("s => document.documentElement.dataset.theme === s", arg=scheme)
            faults[name, scheme] = page.evaluate(FAULTS)
    page.close()
    assert len(faults) > 2 * MANY
    assert {where: found for where, found in faults.items() if found} == {}


def test_a_chapters_first_view_is_light(
    browser: Browser, built: dict[str, str], site_folder: Path, site: str
) -> None:
    for name in chapters(built):
        page = browser.new_page()
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{site}/{name}", wait_until="networkidle")
        page.close()
        files = {
            site_folder / re.sub(r"[?#].*", "", url.removeprefix(f"{site}/"))
            for url in asked
            if url.startswith(site)
        }
        total = sum(len(gzip.compress(file.read_bytes())) for file in files)
        assert 0 < total < MOST, f"{name}: {total}"


@pytest.fixture
def ladder(browser: Browser, site_folder: Path) -> Page:
    """The chapter with the ladder, opened from disk."""
    page = browser.new_page(viewport={"width": DESK, "height": 800}, color_scheme="light")
    page.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    yield page
    page.close()


def test_a_mark_tells_its_row(ladder: Page) -> None:
    mark = ladder.locator(".csto-chart .csto-wide [data-tip]").first
    mark.scroll_into_view_if_needed()
    mark.hover()
    tip = ladder.locator(".csto-tip")
    assert tip.is_visible() and "Step: " in tip.text_content()
    ladder.keyboard.press("Escape")
    assert tip.is_hidden()


def test_a_mark_of_a_chart_opens_the_card_of_its_passage(ladder: Page) -> None:
    mark = ladder.locator(".csto-chart .csto-wide [data-tip]").first
    mark.scroll_into_view_if_needed()
    mark.click()
    key = ladder.locator(".csto-tip a.csto-mark").first
    ladder.locator(".csto-card").wait_for()
    assert key.text_content() in ladder.locator(".csto-card").text_content()
    row = ladder.locator(".csto-behind table tbody tr").nth(int(mark.get_attribute("data-row")))
    assert key.get_attribute("href") in row.inner_html()


def test_a_chart_follows_the_colours_of_the_page(ladder: Page) -> None:
    colour = "getComputedStyle(document.querySelector('.csto-chart svg')).color"
    light = ladder.evaluate(colour)
    ladder.emulate_media(color_scheme="dark")
    ladder.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert ladder.evaluate(colour) != light


def test_a_keyboard_reaches_text_and_data(ladder: Page) -> None:
    ladder.keyboard.press("Tab")
    assert ladder.evaluate("document.activeElement.textContent") == "Skip to main content"
    data = ladder.locator(".csto-behind details").first
    data.locator("summary").focus()
    ladder.keyboard.press("Enter")
    assert data.locator("table").is_visible()
    assert data.locator("tbody tr").count() > 10


#: What is looked for, and what then stands at the first address found.
FOUND = {
    "Lukashenko": "Lukashenka",
    "лукашенко": "Lukashenka",
    "Ohanian": "Ohanyan",
    "is not a hotel room that you can reserve": "hotel room",
    "renounces": "renounced",
}


def searched(page: Page, words: str) -> list[str]:
    """Search from whatever page is shown; returns what is found, as it is shown."""
    page.locator(".search-button-field").click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.locator("#search-results [role=status]", has_text=words).wait_for()
    return page.locator("#search-results li").all_inner_texts()


def test_the_search_leads_to_what_is_looked_for(browser: Browser, site_folder: Path) -> None:
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_folder.as_uri()}/book/index.html")
    for words, there in FOUND.items():
        assert there in searched(page, words)[0], words
        link = page.locator("#search-results a").first
        address = link.get_attribute("href")
        link.click()
        expect(page).to_have_url(re.compile(re.escape(address) + "$"))
        place = page.locator(f'[id="{address.split("#")[1]}"]')
        section = place.locator("xpath=ancestor-or-self::*[self::section or self::div][1]")
        expect(section, words).to_contain_text(there)
        expect(section, words).to_be_visible()
    assert [url for url in asked if not url.startswith(site_folder.as_uri())] == []
    page.close()


def test_the_search_finds_no_code(ladder: Page, built: dict[str, str]) -> None:
    assert any("crosstab" in page for page in built.values())
    assert not [found for found in searched(ladder, "import") if "from csto" in found]
    assert searched(ladder, "crosstab") == []


def test_on_a_phone_the_contents_open_and_a_row_names_its_columns(
    browser: Browser, site_folder: Path
) -> None:
    page = browser.new_page(viewport={"width": PHONE, "height": 800})
    page.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    assert page.get_by_role("link", name="Evidence index").count() == 0
    page.locator(".primary-toggle").click()
    page.get_by_role("link", name="Evidence index").wait_for()
    page.keyboard.press("Escape")
    cell = page.locator("table.csto-table td").nth(1)
    assert (
        cell.evaluate("cell => getComputedStyle(cell, '::before').content")
        == f'"{cell.get_attribute("data-label")}"'
    )
    page.close()


def test_without_scripts_the_contents_are_there_on_a_phone(
    browser: Browser, site_folder: Path
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    assert page.get_by_role("link", name="Evidence index").first.is_visible()
    assert page.locator("button:visible").count() == 0
    context.close()


SCHEMES = ["light", "dark"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_without_scripts_the_colours_are_the_books_own(
    browser: Browser, site_folder: Path, scheme: str
) -> None:
    found = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{site_folder.as_uri()}/notebooks/rotation.html")
        found.append(
            [
                page.locator(part).first.evaluate(
                    "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
                )
                for part in ("body", "h1", ".csto-ev a.csto-mark", ".bd-sidebar-primary", "table")
            ]
        )
        context.close()
    assert found[0] == found[1]


def test_who_skips_to_the_text_is_at_its_title(ladder: Page) -> None:
    ladder.keyboard.press("Tab")
    ladder.keyboard.press("Enter")
    assert ladder.evaluate("document.activeElement.localName") == "h1"


def test_the_contents_light_the_section_that_is_read(ladder: Page) -> None:
    lit = ladder.locator("#csto-toc a.active")
    assert lit.count() == 0  # before the first section
    names = ladder.locator("#csto-toc a").evaluate_all("all => all.map((a) => a.hash)")
    for name in names:
        ladder.evaluate("name => { location.hash = name; }", name)
        ladder.wait_for_function(
            "name => document.querySelector('#csto-toc a.active')?.hash === name", arg=name
        )
        assert lit.get_attribute("aria-current") == "true"


def test_what_is_copied_is_prose(ladder: Page) -> None:
    paragraph = ladder.locator("p:has(.csto-ev)").first
    paragraph.evaluate("node => getSelection().selectAllChildren(node)")
    key = paragraph.locator(".csto-key").first.inner_text()
    copied = ladder.evaluate("getSelection().toString()")
    assert key in paragraph.inner_text() and len(copied) > 40
    assert not re.search(rf"{key}|↗|≈|≠", copied)
    assert not re.search(r"\s[.,;:]", copied), copied


def test_paper_has_the_titles_and_breaks_long_tables(ladder: Page) -> None:
    ladder.emulate_media(media="print")
    assert ladder.locator("h1").is_visible()
    assert (
        ladder.evaluate("getComputedStyle(document.querySelector('table')).breakInside") == "auto"
    )


def test_colours_of_the_machine_leave_buttons_and_passages(
    browser: Browser, site_folder: Path
) -> None:
    context = browser.new_context(
        forced_colors="active", viewport={"width": PHONE, "height": 700}, color_scheme="light"
    )
    page = context.new_page()
    page.goto(f"{site_folder.as_uri()}/notebooks/rotation.html")
    drawn = "node => getComputedStyle(node, '::before').backgroundColor"
    icons = page.locator(".bd-header-article i").filter(visible=True)
    assert icons.count() >= 2
    assert {icon.evaluate(drawn) for icon in icons.all()} == {"rgb(0, 0, 0)"}  # on white
    page.locator(".csto-ev a.csto-mark").first.focus()
    page.keyboard.press("Enter")
    passage = page.locator(".csto-card mark")
    lined = "node => getComputedStyle(node).textDecorationLine"
    assert passage.evaluate(lined) == "underline"
    assert passage.locator("..").evaluate(lined) == "none"
    context.close()
