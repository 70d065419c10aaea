"""A book in which much was changed at once: nothing old stays, nothing foreign acts, all is there.

The built book gets a sixth document, added by hand, whose text, title and coding hold markup, as do
an actor, an act and a paragraph; and one date is another. One `csto book` then makes it anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from book.test_trail import data_of
from conftest import Run, copied, csto, edit
from csto.book import web_annotations
from test_extend import add_document

HOSTILE = '<script>window.stolen = 1</script> & "one\'s" two *three* `four` | [five](http://six)'
WEEKS = re.compile(r'#finding-rotation-weeks-empty"[^>]*><span class="csto-n"[^>]*>(\d+)<')
ROTATION = "notebooks/rotation"


class Scripts(HTMLParser):
    """The scripts of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside, self.scripts, self.text = False, [], ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and "json" not in (dict(attrs).get("type") or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.scripts.append(data)
        else:
            self.text += data


def last_words_a_week_earlier(folder: Path) -> None:
    """Move the last words on the empty post, and so one number of the report."""
    path = folder / "data/extracts/asiaplus-2019.yml"
    text = path.read_text(encoding="utf-8")
    assert 'date: "2019-02-22"' in text
    path.write_text(text.replace('date: "2019-02-22"', 'date: "2019-02-15"'), encoding="utf-8")


def hostile_document(folder: Path) -> None:
    """A made-up document whose text holds markup, and so do its title and its coding."""
    add_document(folder)
    text = folder / "seeds/005_made_up.txt"
    before = text.read_text(encoding="utf-8")
    after = before.replace("in Almaty", f"in Almaty {HOSTILE}")
    after += f"\nFurther words {'and words ' * 60}follow.\n"
    text.write_text(after, encoding="utf-8")
    hashes = (hashlib.sha256(words.encode()).hexdigest() for words in (before, after))
    edit(folder / "data/sources.yml", *hashes)


def hostile_edits() -> Iterator[tuple[str, str, str]]:
    """File, old text and new of every other place where markup can stand."""
    quoted = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    extracts, met = "data/extracts/made-up-2024.yml", "On 3 May 2024 the council met in Almaty"
    title = "    title: A made-up item for a test\n"
    yield "data/sources.yml", title, f'    title: "A made-up item {quoted}"\n'
    yield extracts, f"quote: {met}", f'quote: "{met} {quoted}"'
    yield extracts, "value: met in Almaty", f'value: "met {quoted}"'
    left = "left_out:\n"
    yield extracts, left, f"{left}  - starts: Further words\n    reason: boilerplate\n"
    council = "name: Collective Security Council of the CSTO"
    yield "data/actors.yml", council, f'name: "Council {quoted}"'
    recall = "label: Armenia recalls Khachaturov"
    yield "data/events/rotation.yml", recall, f'label: "Armenia recalls {quoted}"'
    cited = "The council met {ev}`made-up-2024.council-met, edm-2018.recalled-november-2`."
    yield "book/method.md", "## What was read", f"{cited}\n\n## What was read"


@pytest.fixture(scope="module")
def changed(sources: Path, tmp_path_factory: pytest.TempPathFactory, build: Run) -> Path:
    """The built book, changed and built again; what the command said stands in `said`."""
    folder = copied(sources, tmp_path_factory.mktemp("changed"))
    assert csto(folder, "notebooks").stdout == "notebooks are up to date\n"
    last_words_a_week_earlier(folder)
    hostile_document(folder)
    for file, old, new in hostile_edits():
        edit(folder / file, old, new)
    done = build(folder)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    (folder / "said").write_text(done.stdout, encoding="utf-8")
    return folder


def page_of(folder: Path, name: str) -> str:
    return (folder / f"_build/html/{name}.html").read_text(encoding="utf-8")


def test_an_edited_date_reaches_the_notebook_and_the_page(changed: Path, sources: Path) -> None:
    """Never the old number: the edit is checked, executed and printed by one command."""
    said = (changed / "said").read_text(encoding="utf-8")
    [executed] = re.findall(r"^notebooks: executed (.*)", said, re.MULTILINE)
    assert f"{ROTATION.split('/')[1]}.ipynb" in executed
    assert '"value": 15' in (changed / f"{ROTATION}.ipynb").read_text(encoding="utf-8")
    assert WEEKS.findall(page_of(changed, ROTATION)) == ["15"]
    assert WEEKS.findall(page_of(sources, ROTATION)) == ["16"]


def test_a_document_more_is_checked_tabulated_and_listed(changed: Path, sources: Path) -> None:
    counts = [csto(folder, "check").stdout for folder in (sources, changed)]
    before, after = (int(re.match(r"checked (\d+) documents, ", count)[1]) for count in counts)
    assert after == before + 1
    rows = (changed / "_build/data/extracts.csv").read_text(encoding="utf-8").splitlines()
    start = "made-up-2024.council-met,made-up-2024,005_made_up.txt,27,"
    assert any(row.startswith(start) for row in rows)
    assert 'id="ev-made-up-2024-council-met"' in page_of(changed, "book/evidence")
    assert "Made up 2024" in page_of(changed, "book/documents")
    uncited = "Nobody was asked to leave"  # by place and coding only
    assert uncited not in page_of(changed, "book/documents/made-up-2024")


def test_hostile_words_are_text(changed: Path) -> None:
    site = changed / "_build/html"
    pages = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("*.html")
    }
    read = {name: Scripts(page) for name, page in pages.items()}
    shown = {name for name, page in read.items() if HOSTILE in re.sub(r"\s+", " ", page.text)}
    assert {
        "book/evidence.html",
        "book/documents/made-up-2024.html",
        "book/people.html",
        "book/chronology.html",
    } <= shown
    assert not [name for name, page in read.items() if any("stolen" in s for s in page.scripts)]
    cards = data_of(pages["book/method.html"], "cards")["passages"]
    assert HOSTILE in cards["ev-made-up-2024-council-met"]["q"]
    exported = json.loads((site / web_annotations.CITED).read_text(encoding="utf-8"))["first"]
    selectors = [one for item in exported["items"] for one in item["target"]["selector"]]
    assert any(HOSTILE in selector.get("exact", "") for selector in selectors)


def test_a_card_shows_hostile_words_as_text(changed: Path, browser: Browser) -> None:
    site, page = changed / "_build/html", browser.new_page()
    page.goto((site / "book/method.html").as_uri())
    page.locator("a.csto-mark").first.focus()
    page.keyboard.press("Enter")
    card = page.locator(".csto-card")
    card.wait_for()
    assert HOSTILE in card.text_content()
    assert page.evaluate("window.stolen") is None
    page.goto((site / "book/evidence.html").as_uri())
    assert page.evaluate("window.stolen") is None
    page.close()
