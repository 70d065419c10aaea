"""Where things stand on a page: notes and marks, the measure of text, tables as cards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

PHONE, DESK = 390, 1280
NOTED = ("story", "rotation", "azerbaijan", "cohesion", "withdrawal")  # chapters with notes
NOTE = "section section > .csto-sure"
WHY = ".csto-sure > details > p"


@pytest.fixture(params=[DESK, PHONE])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    yield page
    page.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": DESK, "height": 900})
    yield page
    page.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": PHONE, "height": 844})
    yield page
    page.close()


def boxes(page: Page, what: str) -> list[dict[str, float]]:
    """The boxes of what is seen of it, in the page."""
    found: list[dict[str, float]] = page.locator(what).evaluate_all(
        "all => all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))"
        ".map((one) => one.getBoundingClientRect().toJSON())"
    )
    return found


def meet(one: dict[str, float], other: dict[str, float]) -> bool:
    across = one["left"] < other["right"] and other["left"] < one["right"]
    return across and one["top"] < other["bottom"] and other["top"] < one["bottom"]


@pytest.mark.parametrize("name", NOTED)
@pytest.mark.parametrize("width", [DESK, 1440, 1920])
def test_a_margin_holds_notes_free_of_all_else(
    browser: Browser, site_folder: Path, name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{site_folder.as_uri()}/notebooks/{name}.html")
    notes = boxes(page, NOTE)
    text = boxes(page, f".bd-article :is(p, h2, table, svg):not({NOTE} *)")
    others = [*text, *boxes(page, "#csto-toc"), *boxes(page, ".onthispage")]
    assert len(notes) > 4
    assert [note for note in notes if any(meet(note, other) for other in others)] == []
    assert [a for at, a in enumerate(notes) for b in notes[at + 1 :] if meet(a, b)] == []
    assert all(note["right"] <= width for note in notes)
    assert len(boxes(page, f"{NOTE} > details > p")) == len(notes)  # whole
    assert boxes(page, f"{NOTE} summary") == []
    page.close()


def test_the_first_page_has_its_notes_in_the_margin(
    desk: Page, phone: Page, site_folder: Path
) -> None:
    beside = ".bd-article :is(.csto-sure, .csto-aside)"
    desk.goto(f"{site_folder.as_uri()}/book/index.html")
    notes, text = boxes(desk, beside), boxes(desk, f".bd-article :is(p, h2, svg):not({beside} *)")
    assert len(notes) > 8
    others = [*text, *boxes(desk, "#csto-toc")]
    assert [note for note in notes if any(meet(note, other) for other in others)] == []
    assert [a for at, a in enumerate(notes) for b in notes[at + 1 :] if meet(a, b)] == []
    phone.goto(f"{site_folder.as_uri()}/book/index.html")
    items = phone.locator("li:has(> .csto-sure)").evaluate_all(
        "all => all.map((one) => [...one.children].map((part) => part.offsetTop))"
    )
    assert items and all(top > of_text for *tops, of_text in items for top in tops)


#: How far below each heading its first sentence begins, with a note between them.
APART = """all => all.filter((h) => h.nextElementSibling?.matches(".csto-sure")).map((head) => {
  let text = head.nextElementSibling;
  while (text?.matches(".csto-sure")) text = text.nextElementSibling;
  return text.getBoundingClientRect().top - head.getBoundingClientRect().bottom;
})"""


@pytest.mark.parametrize(("width", "most"), [(DESK, 24), (PHONE, 110)])
def test_a_note_parts_no_heading_from_its_text(
    browser: Browser, site_folder: Path, width: int, most: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    apart = page.locator("h2").evaluate_all(APART)
    page.close()
    assert len(apart) > 6 and max(apart) < most, apart


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_a_key_opens_what_decided_a_grade(
    browser: Browser, site_folder: Path, scripts: bool
) -> None:
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": PHONE, "height": 844}
    )
    page = context.new_page()
    page.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    assert page.locator(".csto-sure > p").first.is_visible()
    assert not page.locator(WHY).first.is_visible()
    page.locator(".csto-sure summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(WHY).first.is_visible()
    assert page.locator(".csto-sure summary").first.bounding_box()["height"] >= 24
    context.close()


def test_on_paper_notes_are_whole(desk: Page, site_folder: Path) -> None:
    desk.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    desk.emulate_media(media="print")
    assert len(boxes(desk, WHY)) == desk.locator(WHY).count() > 6


def test_the_contents_can_be_called_where_notes_have_the_margin(
    desk: Page, site_folder: Path
) -> None:
    desk.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    desk.evaluate("scrollTo({ top: 2000, behavior: 'instant' })")
    desk.locator(".csto-on-page").evaluate("button => button.click()")
    assert desk.evaluate("scrollY") == 2000
    lit = desk.locator("#csto-toc a.active")
    assert lit.bounding_box()["y"] > 0 and lit.is_visible()
    desk.goto(f"{site_folder.as_uri()}/book/method.html")
    assert not desk.locator(".csto-on-page").is_visible()


def test_between_phone_and_desk_the_contents_are_called_too(
    browser: Browser, site_folder: Path
) -> None:
    page = browser.new_page(viewport={"width": 1024, "height": 800})
    page.goto(f"{site_folder.as_uri()}/book/method.html")
    assert page.evaluate("document.documentElement.scrollWidth") == 1024
    page.locator(".csto-on-page").click()
    contents = page.locator("#csto-toc a").first
    contents.wait_for()
    assert contents.bounding_box()["x"] < 1024
    page.close()


def test_on_a_phone_the_contents_are_called_from_above_the_title(
    phone: Page, site_folder: Path
) -> None:
    phone.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    [call], [title] = boxes(phone, ".csto-on-page-here"), boxes(phone, "h1")
    assert call["height"] >= 24 and call["bottom"] <= title["top"] and call["left"] == title["left"]
    phone.locator(".csto-on-page-here").click()
    phone.locator("#csto-toc a").first.wait_for()


@pytest.mark.parametrize("name", [*NOTED, "aftermath", "robustness"])
def test_each_chapter_opens_with_a_lead(desk: Page, site_folder: Path, name: str) -> None:
    desk.goto(f"{site_folder.as_uri()}/notebooks/{name}.html")
    sizes = desk.locator("article > section > p:not(.csto-reading)").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert sizes[0] == max(sizes) and sizes[0] > desk.locator("h2 + p, li").first.evaluate(
        "one => parseFloat(getComputedStyle(one).fontSize)"
    )


#: Of each two marks in a line: their size, and what is between them.
BETWEEN = """all => all.flatMap((group) => {
  const keys = [...group.querySelectorAll(":scope > a.csto-mark")];
  return keys.slice(1).flatMap((key, at) => {
    const one = keys[at].getBoundingClientRect(), two = key.getBoundingClientRect();
    const size = getComputedStyle(key).fontSize;
    return one.top === two.top ? [`${size} ${(two.left - one.right).toFixed(1)}`] : [];
  });
})"""
#: Lines of keys in cells that begin farther right than the cell's first line of keys alone.
HUNG = """all => all.flatMap((cell) => {
  const keys = [...cell.querySelectorAll("a.csto-mark")].map((k) => k.getBoundingClientRect());
  const left = cell.getBoundingClientRect().left + parseFloat(getComputedStyle(cell).paddingLeft);
  return keys.filter((key, at) => at && key.top > keys[at - 1].top + 8)
    .map((key) => Math.round((key.left - left) * 10) / 10).filter((by) => by > 0.5 && by < 6);
})"""


def test_marks_have_one_form_and_one_distance(desk: Page, site_folder: Path) -> None:
    found, hung = set(), []
    for name in ("story", "cohesion", "withdrawal"):
        desk.goto(f"{site_folder.as_uri()}/notebooks/{name}.html")
        for group in (".bd-article p", ".csto-sure", "td"):
            found |= set(desk.locator(f"{group} .csto-ev").evaluate_all(BETWEEN))
        hung += desk.locator("td:has(.csto-ev)").evaluate_all(HUNG)
    assert len(found) == 1 and hung == []


#: Keys that begin a line, though a word stands before them.
PARTED = """all => all.filter((tie) => {
  const key = tie.nextElementSibling.querySelector(".csto-sign, .csto-key"), range = new Range();
  const before = tie.previousSibling;
  if (!tie.checkVisibility() || !key || before?.nodeType !== Node.TEXT_NODE) return false;
  range.setStart(before, before.length - 1);
  range.setEnd(before, before.length);
  return key.getClientRects()[0].top > range.getBoundingClientRect().bottom;
}).map((tie) => tie.parentElement.innerText.slice(0, 60))"""


def test_no_key_is_parted_from_its_word(page: Page, site_folder: Path) -> None:
    for name in ("notebooks/aftermath", "notebooks/robustness", "book/index", "book/people"):
        page.goto(f"{site_folder.as_uri()}/{name}.html")
        ties = page.locator("article .csto-tie:has(+ .csto-ev)")
        assert ties.count() > 10 and ties.evaluate_all(PARTED) == [], name


#: Heights of rows of one line, in each table that has keys.
LINES = """all => all.map((table) => [...new Set([...table.tBodies[0].rows]
  .filter((row) => !row.querySelector("[rowspan], [colspan]"))
  .map((row) => row.getBoundingClientRect().height)
  .filter((height) => height < 44))])"""


def test_rows_with_and_without_keys_are_alike(desk: Page, site_folder: Path) -> None:
    found = 0
    for name in ("book/findings", "book/people", "notebooks/robustness", "notebooks/aftermath"):
        desk.goto(f"{site_folder.as_uri()}/{name}.html")
        heights = desk.locator("article table:has(td .csto-ev)").evaluate_all(LINES)
        assert all(max(one) - min(one) < 1 for one in heights if one), (name, heights)
        found += sum(map(len, heights))
    assert found > 2


#: How far apart the first words of a row's cells stand in height, where a key is among them.
UNEVEN = """all => all.flatMap((row) => {
  const tops = [...row.cells].filter((cell) => cell.rowSpan === 1).flatMap((cell) => {
    const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = new Range();
    while (text.nextNode() && (!text.currentNode.data.trim()
      || text.currentNode.parentElement.closest(".csto-ev, .csto-tie, code")));
    if (!text.currentNode?.data?.trim()) return [];
    range.selectNodeContents(text.currentNode);
    return range.getClientRects()[0].top;
  });
  const apart = Math.max(...tops) - Math.min(...tops);
  return tops.length > 1 && apart > 0.5 ? [[row.innerText.slice(0, 40), apart]] : [];
})"""


def test_words_of_a_row_stand_at_one_height_beside_keys_too(desk: Page, site_folder: Path) -> None:
    for name in ("book/chronology", "book/people"):
        desk.goto(f"{site_folder.as_uri()}/{name}.html")
        rows = desk.locator("article tbody tr:has(.csto-ev)")
        assert rows.count() > 4 and rows.evaluate_all(UNEVEN) == [], name


def test_lists_and_what_is_below_keep_to_the_text(page: Page, site_folder: Path) -> None:
    page.goto(f"{site_folder.as_uri()}/notebooks/withdrawal.html")
    [text, *_] = boxes(page, "article > section > section > p")
    lists = boxes(page, "article > section > section > ul")
    assert lists and max(one["right"] for one in lists) <= text["right"] + 1
    below = boxes(page, ".prev-next-subtitle, .bd-footer-content p, .extra_footer")
    assert len(below) > 3
    lefts = {round(one["left"]) for one in below if one["left"] < text["left"] + 100}
    assert lefts == {round(text["left"])}


@pytest.mark.parametrize("name", NOTED)
def test_notes_pass_under_the_head_of_the_page(desk: Page, site_folder: Path, name: str) -> None:
    desk.goto(f"{site_folder.as_uri()}/notebooks/{name}.html")
    [head] = boxes(desk, ".bd-header-article")
    for note in boxes(desk, NOTE):
        assert head["left"] < note["left"] and note["right"] <= head["right"]
    desk.locator(NOTE).first.evaluate(
        "note => scrollBy({ top: note.getBoundingClientRect().top - 10, behavior: 'instant' })"
    )
    [first, *_] = boxes(desk, NOTE)
    assert abs(first["top"] - 10) < 2
    assert desk.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y).closest('.bd-header-article')",
        [first["left"] + 20, 20],
    )


def test_in_cards_all_values_begin_at_one_edge(phone: Page, site_folder: Path) -> None:
    phone.goto(f"{site_folder.as_uri()}/book/findings.html")
    # But the value of a finding, which stands first and without the name of its column.
    assert phone.locator("tbody tr").evaluate_all(
        """all => all.every((row) => [...row.cells].every((cell) =>
          !cell.checkVisibility() || row.cells[1].offsetTop <= cell.offsetTop))"""
    )
    cells = "tbody td:not([data-none], [data-label=Value]):has(> p)"
    found: Any = phone.locator(cells).evaluate_all(
        """all => all.slice(0, 80).map((cell) => {
          const range = new Range(), text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          while (text.nextNode() && !text.currentNode.data.trim());
          range.selectNodeContents(text.currentNode);
          return Math.round(range.getBoundingClientRect().left);
        })"""
    )
    assert len(found) > 40 and len(set(found)) == 1, set(found)


def test_cards_of_a_table_are_told_apart_by_their_heads(phone: Page, site_folder: Path) -> None:
    phone.goto(f"{site_folder.as_uri()}/notebooks/codings.html")
    heads = phone.locator("#tbl-between tbody tr").evaluate_all(
        """all => all.map((row) => [...row.querySelectorAll("th, [data-of], [data-head]")]
          .map((cell) => (cell.localName === "td" && cell.dataset.of || "") + cell.innerText)
          .join(" "))"""
    )
    assert len(heads) > 8 and len(set(heads)) == len(heads)
    tops = (
        phone.locator("#tbl-between tbody tr")
        .nth(1)
        .evaluate("row => [...row.querySelectorAll('[data-head]')].map((c) => c.offsetTop)")
    )
    assert len(tops) == 2 and tops[0] == tops[1]


def test_links_below_a_page_are_in_few_lines(phone: Page, site_folder: Path) -> None:
    phone.goto(f"{site_folder.as_uri()}/notebooks/story.html")
    titles = boxes(phone, ".prev-next-title")
    assert len(titles) == 2 and titles[1]["top"] >= titles[0]["bottom"]
    assert max(one["height"] for one in titles) < 50


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tables_have_the_colour_of_the_text(
    browser: Browser, site_folder: Path, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{site_folder.as_uri()}/notebooks/story.html")
    colours = {
        page.locator(f".bd-article {one}").first.evaluate("node => getComputedStyle(node).color")
        for one in ("section > section > p", "tbody td", "tbody th", "thead th")
    }
    page.close()
    assert len(colours) == 1


#: Whether the cover is drawn from the top of the window on, and where its lines or its knot meet
#: words of the title or of the head of the page.
COVER = """title => {
  const cover = document.querySelector(".csto-cover"), range = new Range();
  if (!cover.checkVisibility()) return "none";
  range.selectNodeContents(title);
  const inHead = ".bd-header-article :is(a, button, span), .csto-on-page-here";
  const words = [...range.getClientRects(), ...[...document.querySelectorAll(inHead)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.getBoundingClientRect())].filter((line) => line.width);
  const { left, top } = cover.getBoundingClientRect(), met = [];
  const seen = [...cover.querySelectorAll("line, circle")]
    .filter((one) => getComputedStyle(one.parentElement).display !== "none");
  if (top || seen.length !== 4) return [top, seen.length];
  for (const drawn of seen) {
    for (let at = 0, length = drawn.getTotalLength(); at < length; at += 4) {
      const point = drawn.getPointAtLength(at), x = left + point.x, y = top + point.y;
      if (words.some((box) => x > box.left && x < box.right && y > box.top + box.height / 4
        && y < box.bottom)) met.push([drawn.localName, x, y]);
    }
  }
  return met.length ? met : "block";
}"""


@pytest.mark.parametrize(
    ("width", "drawn"),
    [
        (1920, "block"),
        (1440, "block"),
        (DESK, "block"),
        (1000, "block"),
        (700, "block"),
        (PHONE, "block"),
        (360, "none"),
        (320, "none"),
    ],
)
def test_the_cover_is_drawn_around_the_title(
    browser: Browser, site_folder: Path, width: int, drawn: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site_folder.as_uri()}/book/index.html")
    assert page.locator("h1").evaluate(COVER) == drawn
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
