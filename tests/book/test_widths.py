"""Every page at every width: nothing sticks out or is cut, one head, one edge, few sizes, room.

Each page is opened once, made as wide as each screen, and asked all questions.
"""

from __future__ import annotations

import collections
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

#: Pixels; 640 is a desk's 1280 at 200 % zoom.
SMALLEST, SMALL, PHONE, DOUBLED, TABLET, DESK, WIDE, WIDEST = (
    320, 360, 390, 640, 1024, 1280, 1440, 1920
)  # fmt: skip

REACHES = "() => document.documentElement.scrollWidth"

#: What is seen of the head of a page, but the call of its contents: each part with where it is.
HEAD = """() => {
  const head = document.querySelector(".bd-header-article");
  return document.querySelector(".csto-masthead").checkVisibility() && [head,
    ...head.querySelectorAll(":is(a, button, span):not(.csto-on-page)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => JSON.stringify(one.getBoundingClientRect())).join();
}"""

#: Where what is shown ends at the right, and where charts do.
EDGES = """() => {
  const seen = (what) => [...document.querySelectorAll(`article :is(${what})`)]
    .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))
    .map((one) => Math.round(one.getBoundingClientRect().right));
  return [seen("table, figure, .csto-title, .admonition, details:has(> .csto-entry)," +
    "section > section:not(.csto-closing) > p"), seen(".csto-chart svg")];
}"""

#: The sizes of what is written on a page, in pixels, but in drawings.
SIZES = """() => [...new Set([...document.querySelectorAll("body *")].filter((one) =>
  !one.closest("svg, .csto-ev") && one.checkVisibility()
  && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))]"""

#: The tables that are wider than what they stand in, and so cut off, though a reader may move them.
CUT = """() => [...document.querySelectorAll(".bd-article table")]
  .filter((table) => table.offsetWidth > table.parentElement.clientWidth + 1)
  .map((table) => table.id)"""

#: The words of tables that stand on more than one line; heads that nobody sees have none.
BROKEN = """() => [...document.querySelectorAll(".bd-article table")].flatMap((table) => {
  const walk = document.createTreeWalker(table, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const text = walk.currentNode, part = text.parentElement.closest("thead, caption, td, th");
    const head = text.parentElement.closest("thead th");
    if (head && [head, head.closest("thead")].some((e) => getComputedStyle(e).clipPath !== "none"))
      continue;
    for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width);
      if (new Set(boxes.map((box) => Math.round(box.top))).size > 1 && part) found.push(word[0]);
    }
  }
  return found;
})"""

#: Targets of marks and numbers, which reach beyond their letters: those under 24 pixels, and those
#: that meet the target of another.
TARGETS = """() => {
  const marks = [...document.querySelectorAll("article a.csto-mark")]
    .filter((one) => one.checkVisibility() && one.getClientRects().length === 1);
  const boxes = marks.map((mark) => {
    const own = mark.getBoundingClientRect(), after = getComputedStyle(mark, "::after");
    const moved = new DOMMatrix(after.transform), wide = parseFloat(after.width);
    const left = own.left + parseFloat(after.left) + moved.e;
    const top = own.top + parseFloat(after.top) + moved.f, high = parseFloat(after.height);
    return { said: mark.innerText, left, top, right: left + wide, bottom: top + high };
  });
  const near = 0.5, bad = boxes.filter((one) =>
    one.right - one.left < 24 - near || one.bottom - one.top < 24 - near);
  boxes.forEach((one, at) => boxes.slice(at + 1, at + 12).forEach((other) => {
    if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > near
      && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2 * near)
      bad.push([one.said, other.said]);
  }));
  return [boxes.length, bad];
}"""

OPEN = """() => document.querySelectorAll("details").forEach((one) => { one.open = true; })"""
#: What a page is asked as it is opened, and when all its lists are open; at which widths.
CLOSED = {
    REACHES: (SMALL, DOUBLED, DESK),
    HEAD: (SMALLEST, PHONE, TABLET, WIDE),
    EDGES: (DESK, WIDEST),
    SIZES: (PHONE, DESK),
}
OPENED = {
    REACHES: (SMALL, DOUBLED, DESK),
    CUT: (SMALL, DOUBLED, DESK),
    BROKEN: (SMALL, DOUBLED, DESK),
    TARGETS: (PHONE,),
}
#: By question, width and page, what was answered: closed, then open.
Answers = Mapping[str, Mapping[int, Mapping[str, list[Any]]]]


@pytest.fixture(scope="module")
def answers(browser: Browser, built: dict[str, str], site_folder: Path) -> Answers:
    """What every page answers to every question."""
    found: Any = collections.defaultdict(
        lambda: collections.defaultdict(lambda: collections.defaultdict(list))
    )
    page = browser.new_page()
    for name in (name for name in built if name != "index.html"):
        page.goto(f"{site_folder.as_uri()}/{name}")
        for questions in (CLOSED, OPENED):
            if questions is OPENED:
                page.evaluate(OPEN)
            for width in sorted({width for widths in questions.values() for width in widths}):
                page.set_viewport_size({"width": width, "height": 800})
                for question, widths in questions.items():
                    if width in widths:
                        found[question][width][name].append(page.evaluate(question))
    page.close()
    assert len(found[REACHES][DESK]) > 20
    return found


@pytest.mark.parametrize("width", CLOSED[REACHES])
def test_no_page_is_wider_than_the_screen(width: int, answers: Answers) -> None:
    reaches = answers[REACHES][width]
    assert {name: far for name, far in reaches.items() if far != [width, width]} == {}


@pytest.mark.parametrize("question", [CUT, BROKEN], ids=["cut", "broken"])
@pytest.mark.parametrize("width", OPENED[CUT])
def test_no_table_is_cut_and_none_breaks_a_word(
    width: int, question: str, answers: Answers
) -> None:
    assert {name: some for name, [some] in answers[question][width].items() if some} == {}


@pytest.mark.parametrize("width", CLOSED[HEAD])
def test_all_pages_have_one_head(width: int, answers: Answers) -> None:
    heads = collections.defaultdict(list)
    for name, [head] in answers[HEAD][width].items():
        if name != "search.html":
            heads[head].append(name)
    assert len(heads) == 1 and all(heads), list(heads.values())


@pytest.mark.parametrize("width", CLOSED[EDGES])
def test_what_is_shown_ends_at_one_edge(width: int, answers: Answers) -> None:
    found = answers[EDGES][width]
    edges = collections.defaultdict(list)
    for name, [[shown, _]] in found.items():
        for edge in shown:
            edges[edge].append(name)
    assert len(edges) == 1 and len(*edges.values()) > 80, edges
    assert max(edge for [[_, charts]] in found.values() for edge in charts) <= max(edges)


@pytest.mark.parametrize(
    ("width", "scale"),
    [(DESK, {12, 14, 16, 19, 22, 25, 45}), (PHONE, {12, 14, 16, 18, 20, 32, 45})],
)
def test_letters_have_few_sizes(width: int, scale: set[int], answers: Answers) -> None:
    found = collections.defaultdict(list)
    for name, [sizes] in answers[SIZES][width].items():
        for size in sizes:
            found[size].append(name)
    assert found.keys() <= scale and len(found) > 4, found


def test_targets_of_marks_can_be_hit_and_no_two_meet(answers: Answers) -> None:
    found = answers[TARGETS][PHONE]
    assert {name: bad for name, [[_, bad]] in found.items() if bad} == {}
    assert sum(count for [[count, _]] in found.values()) > 3000
