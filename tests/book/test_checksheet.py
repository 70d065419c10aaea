"""The check sheet: what is drawn, what a reader answers, and where his answers stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page

from conftest import ROOT, problems
from csto.book import checksheet, prose
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


@pytest.fixture(scope="module")
def choices(trail: Trail) -> list[str]:
    """The sentences that can be drawn."""
    return [one.text for one in checksheet.checkable(trail)]


def test_every_cited_sentence_of_the_chapters_has_a_key(trail: Trail) -> None:
    found = checksheet.claims(trail)
    assert len({one.id for one in found}) == len({one.anchor for one in found}) == len(found) > 200
    anchors = {use.anchor for uses in trail.cited.values() for use in uses}
    assert {one.anchor for one in found} <= anchors
    assert all(key in trail.corpus.extract for one in found for _, key in one.passages)
    assert all("{" not in one.text and "  " not in one.text for one in found)


def test_what_is_drawn_can_be_judged_by_its_passages_alone(
    trail: Trail, choices: list[str]
) -> None:
    drawn = checksheet.checkable(trail)
    assert 150 < len(drawn) < len(checksheet.claims(trail))
    assert {stance for one in drawn for stance, _ in one.passages} == {"supports"}
    assert "notebooks/robustness" not in {one.page for one in drawn}
    assert all(re.search(r"[.!?][”’)]*$", text) for text in choices)
    assert not [text for text in choices if re.fullmatch(r"“[^“”]*”", text)]


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("He left {ev}`a.b`.", True),
        ("He left {ev}`a.b` in “May” {ev}`a.c`. <!-- no: “did not” -->", True),
        ("“He left,” they say, “at last” {ev}`a.b`.", True),
        ("He left {ev}`a.b`, and {n}`a.n` followed.", False),
        ("{n}`a.n` left {ev}`a.b`.", False),
        ("He left {ev}`a.b`, and nobody knows why.", False),
        ("He left {ev}`contradicts: a.b`.", False),
        ("He left {ev}`a.b` {out}`row`.", False),
        ("A departure. He left {ev}`a.b`.", False),
        ("Nobody else left {ev}`a.b`. <!-- nobody: a.n = 0 -->", False),
        ("Nobody else left {ev}`a.b`. <!-- nobody: no count: an aside -->", False),
        ("“He left” {ev}`a.b`", False),
        ("“He left!” {ev}`a.b`", False),
        ("He left.", False),
    ],
)
def test_which_sentences_stand_alone(
    line: str, alone: bool, trail: Trail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two others, of which neither is drawn with it."""
    (tmp_path / "book").mkdir()
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/page\n", encoding="utf-8")
    (tmp_path / "book/page.md").write_text(f"It began.\n{line}\n{{n}}`a.n` went on.\n", "utf-8")
    (block,) = prose.blocks(tmp_path)
    said = list(checksheet._lines(trail, block))
    assert [one.alone for one in said] == [False, alone, False]


def test_a_sentence_says_who_he_is(trail: Trail) -> None:
    before = {one.text: one.before for one in checksheet.checkable(trail)}
    he = next(text for text in before if text.startswith("Russia, he writes"))
    assert before[he]  # in the paragraph above
    assert checksheet.claims(trail)[0].before == ""


def test_who_says_it_and_when_is_said_in_words(trail: Trail) -> None:
    keys = {key for one in checksheet.checkable(trail) for _, key in one.passages}
    said = {checksheet.shown(trail, key)["s"] for key in keys}
    assert not [one for one in said if re.search("authorial|unattributed|_| [A-Z]\\d", one)]
    assert all(re.search(r", written .*20\d\d; ", one) for one in said)
    assert any(one.endswith("through an outlet whose name is lost from the text") for one in said)


def test_a_claim_is_printed_with_its_numbers(trail: Trail) -> None:
    shown = [one.text for one in checksheet.claims(trail) if "after the leaders met" in one.text]
    assert shown and all(any(letter.isdigit() for letter in text) for text in shown)


def test_a_draw_is_the_same_for_the_same_seed_and_has_nothing_twice() -> None:
    first, again, other = (checksheet.drawn(10, seed, 273) for seed in (7, 7, 8))
    assert first == again != other
    assert checksheet.drawn(300, 7, 273) == list(range(273))
    sets = [checksheet.drawn(10, seed, 270) for seed in range(1, 99)]
    assert len({one[0] for one in sets}) > 20  # also of numbers side by side
    assert all(at // 27 == place for one in sets for place, at in enumerate(one))


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
    assert "1 answer, half of them in 12 s or less" in capsys.readouterr().out
    (check,) = reading.read(choir)[0].checks
    assert check.verdict == "partly" and problems(choir) == []
    assert main(["checked", "check-nn.yml"]) == 1
    (choir / "bad.yml").write_text(SAID.replace("partly", "maybe"), encoding="utf-8")
    assert main(["checked", "bad.yml"]) == 1
    assert "bad.yml:4:5: checks.verdict: has not the form" in capsys.readouterr().out
    assert not (choir / "data/checks/bad.yml").exists()


def test_without_scripts_the_sheet_of_one_set_is_there(
    built: dict[str, str], trail: Trail, choices: list[str]
) -> None:
    page = built["book/check.html"]
    drawn = checksheet.drawn(checksheet.MANY, checksheet.SEED, len(choices))
    ids = [checksheet.checkable(trail)[at].id for at in drawn]
    assert re.findall(r"no\. ([0-9a-f]{8})\b", page) == ids
    assert page.count('class="csto-box"') == len(checksheet.VERDICTS) * checksheet.MANY
    assert page.count('class="csto-blank"') == checksheet.MANY + 2
    assert f"Set no. {checksheet.SEED} of the edition" in page


# ---- with scripts --------------------------------------------------------------------


Opened = Callable[..., Page]


@pytest.fixture
def sheet(browser: Browser, site: str) -> Iterator[Opened]:
    """The page on a phone, in one browser for all calls of a test."""
    context = browser.new_context(viewport={"width": 390, "height": 800})

    def opened(seed: str = "7") -> Page:
        page = context.new_page()
        page.goto(f"{site}/book/check.html#seed={seed}")
        return page

    yield opened
    context.close()


def sentences(page: Page) -> list[str]:
    return page.locator(".csto-claim > p > strong").all_text_contents()


def answer(page: Page, at: int, verdict: str, because: str = "") -> None:
    box = page.locator(".csto-claim").nth(at)
    box.locator(f"input[value={verdict}]").check()
    if because:
        box.get_by_label("because").fill(because)


def test_a_reader_answers_and_gets_a_file_that_is_taken(
    sheet: Opened, choices: list[str], choir: Path
) -> None:
    page = sheet()
    wanted = [choices[at] for at in checksheet.drawn(checksheet.MANY, 7, len(choices))]
    assert sentences(page) == wanted
    save = page.get_by_role("button", name="Save the file")
    assert save.is_disabled()
    assert page.get_by_text("First give a name and answer at least one.").is_visible()
    for at in range(checksheet.MANY):
        answer(page, at, "partly" if at == 1 else "bears", ' half of it: "only" ' * (at == 1))
    asked = page.locator(".csto-claim").get_by_label("because").all()
    assert [one.locator("..").inner_text() for one in asked[:2]] == [
        "because (if you like)",
        "because of what?",
    ]
    page.get_by_label("Your name").fill("N. N.")
    text = page.get_by_label("The text").input_value()
    assert text.startswith("N. N. checked 10 sentences of set no. 7 ")
    assert re.search(rf"2\. partly \(\d+ s\): {re.escape(wanted[1])}\n   because: half", text)
    assert "check-n-n-7.yml" in text
    with page.expect_download() as loading:
        save.click()
    assert loading.value.suggested_filename == "check-n-n-7.yml"
    loading.value.save_as(choir / "check-n-n-7.yml")
    assert main(["checked", "check-n-n-7.yml"]) == 0
    checks = yaml.safe_load((choir / "check-n-n-7.yml").read_text("utf-8"))["checks"]
    assert [one["says"] for one in checks] == wanted
    assert [one.get("note") for one in checks][:3] == [None, 'half of it: "only"', None]


def test_answers_outlast_the_page_and_another_set(sheet: Opened) -> None:
    page = sheet()
    answer(page, 2, "not", "the opposite")
    page.get_by_label("Your name").fill("N. N.")
    page.reload()
    box = page.locator(".csto-claim").nth(2)
    assert box.locator("input[value=not]").is_checked()
    assert box.get_by_label("because").input_value() == "the opposite"
    assert page.get_by_label("Your name").input_value() == "N. N."
    before, is_seven = sentences(page), "document.querySelector('.csto-sets input').value === '7'"
    page.get_by_role("button", name="Another set").click()
    page.wait_for_function(f"!({is_seven})")  # which may share a sentence with it
    assert page.locator(".csto-count").text_content().startswith("0 of 10")
    page.get_by_role("link", name="no. 7").click()
    page.wait_for_function(is_seven)
    assert sentences(page) == before and box.locator("input[value=not]").is_checked()


def test_without_a_place_to_keep_answers_the_sheet_works(sheet: Opened) -> None:
    page = sheet()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    page.reload()
    answer(page, 0, "bears")
    assert page.locator(".csto-count").text_content().startswith("1 of 10 answered; it took")


@pytest.mark.parametrize("seed", ["0", "abc", "-1", "100000", "1.5"])
def test_a_set_that_is_not_there_is_refused(seed: str, sheet: Opened) -> None:
    page = sheet(seed)
    assert page.get_by_text(f"There is no set “{seed}”").is_visible()
    assert page.evaluate("location.hash") == "#seed=1" and len(sentences(page)) == 10
    number = page.get_by_label("Set no.")
    number.fill("7")
    number.press("Enter")
    page.wait_for_function("location.hash === '#seed=7'")
    assert not page.get_by_text("There is no set").is_visible()
    page.evaluate("location.hash = 'for-whoever-keeps-the-report'")  # a place, and no set
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert number.input_value() == "7"
    if re.fullmatch(r"-?[\d.]+", seed):  # what such a field lets one type
        number.fill(seed)
        page.get_by_role("button", name="Show this set").click()
        assert page.get_by_text(f"There is no set “{seed}”").is_visible()
        assert number.input_value() == "7"


def test_time_runs_while_the_page_is_in_sight(sheet: Opened) -> None:
    page = sheet()
    page.clock.install(time=0)
    page.clock.pause_at(1)  # no time runs by itself, however loaded the machine
    page.reload()
    turn = """hidden => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    assert page.locator(".csto-count").text_content() == "0 of 10 answered"
    page.clock.fast_forward(4_000)
    page.evaluate(turn, True)
    page.clock.fast_forward(60_000)
    page.evaluate(turn, False)
    page.clock.fast_forward(3_000)
    answer(page, 0, "bears")
    assert page.locator(".csto-took").first.text_content() == "7 s"
    assert page.locator(".csto-count").text_content() == "1 of 10 answered; it took 7 seconds"
    page.clock.fast_forward(2_000)
    answer(page, 1, "bears")
    page.clock.fast_forward(9_000)
    answer(page, 0, "not")  # thought over: its first time stands
    half = "half of your answers took 5 seconds or less"
    assert page.locator(".csto-count").text_content() == f"2 of 10 answered; {half}"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_what_is_pressed_is_large_and_nothing_scrolls_sideways(width: int, sheet: Opened) -> None:
    page = sheet()
    page.set_viewport_size({"width": width, "height": 800})
    answer(page, 0, "bears")
    page.get_by_label("Your name").fill("N. N.")
    boxes = page.evaluate("""() => {
      const places = ".csto-choice label, form.csto-sets :is(input, button), " +
        ".csto-verdicts :is(input, button), .csto-claim textarea";
      return [...document.querySelectorAll(places)].map((one) => {
        const { height, width } = one.getBoundingClientRect();
        return [one.tagName, height, width];
      });
    }""")
    assert (
        len(boxes) == checksheet.MANY * (len(checksheet.VERDICTS) + 1) + 6
        and min(height for _, height, _ in boxes) >= 44
    )
    if width <= 600:
        whole = {"LABEL", "BUTTON"}
        assert min(wide for tag, _, wide in boxes if tag in whole) >= width - 40
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("scrollTo(0, 600)")
    count = page.locator(".csto-count").bounding_box()
    assert count["y"] + count["height"] <= 800 and count["height"] < 60


def test_printed_the_set_that_is_shown_is_a_sheet_for_a_pen(sheet: Opened) -> None:
    page = sheet()
    page.emulate_media(media="print")
    said = page.locator(".bd-article").inner_text()
    assert "Set no. 7 of the edition" in said and len(re.findall(r"no\. [0-9a-f]{8},", said)) == 10
    for word in ("where it stands", "answered", "Save the file", "Another set", "if you like"):
        assert word not in said
    assert page.locator(".csto-choice input").first.bounding_box()["width"] == pytest.approx(
        18.9, abs=1
    )


def test_where_a_sentence_stands_is_another_page_that_shows_it(sheet: Opened) -> None:
    page = sheet()
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="where it stands").nth(0).click()
    there = opening.value
    there.wait_for_load_state()
    top = there.evaluate("document.querySelector(':target').getBoundingClientRect().top")
    assert 150 < top < 800 and there.evaluate("window.opener") is None
    words = there.locator("p:has(:target)").inner_text()
    assert sentences(page)[0][:20] in " ".join(words.split())
