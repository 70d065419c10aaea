"""Each thing has one home for its look: the book's own sheet, or the package's."""

from __future__ import annotations

import re

from conftest import ROOT

BOOK = (ROOT / "book/_static/book.css").read_text(encoding="utf-8")
MARKS = (ROOT / "src/csto/book/web/marks.css").read_text(encoding="utf-8")
#: What the package writes, by a part of its classes.
OF_MARKS = r"csto-(ev|n|mark|key|more|finding|out|outside|card|entry|onward|filter)\b"


def rules(sheet: str) -> list[tuple[str, str]]:
    """The rules of a style sheet outside of media queries: selector, declarations."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    plain = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", plain)
    return [
        (" ".join(s.split()), " ".join(d.split()))
        for s, d in re.findall(r"([^{}]+)\{([^{}]*)\}", plain)
    ]


def test_the_rules_are_read() -> None:
    assert len(rules(BOOK)) > 80 and len(rules(MARKS)) > 40


def test_marks_and_numbers_are_styled_in_one_sheet() -> None:
    assert re.findall(OF_MARKS, BOOK) == []
    assert re.search(OF_MARKS, MARKS)


def test_sizes_are_those_of_the_scale() -> None:
    """But a mark's, and what is hidden on paper, which has its own."""
    fonts = re.findall(r"(?<!-)\bfont(?:-size)?:\s*([^;}]*)", BOOK + MARKS)
    sized = [font for font in fonts if font.strip() != "inherit" and "format(" not in font]
    other = [font for font in sized if not re.search(r"var\(--csto-[a-z]+\)(/|$)", font)]
    assert len(sized) > 60
    assert other == ["10pt", "500 0.72rem/1 var(--pst-font-family-base)", "0"]


def test_no_selector_stands_twice() -> None:
    selectors = [selector for selector, _ in (*rules(BOOK), *rules(MARKS)) if selector[0] != "@"]
    twice = {selector for selector in selectors if selectors.count(selector) > 1}
    assert twice - {":root", 'html[data-theme="dark"]'} == set()
