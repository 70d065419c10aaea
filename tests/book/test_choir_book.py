"""A second, tiny book, of a choir, goes through every part: none of them knows the first."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import ROOT, Run
from csto.book import web_annotations
from csto.book.pages import ARGUMENTS, PARTS
from csto.book.pages.markdown import text
from csto.book.trail import Trail, trail_of
from csto.corpus.checks import checked_corpus

CHOIR = ROOT / "tests/corpus/choir"
SLOW = {"fallen": pytest.mark.commands}  # of all claims in all states
CALLS = [
    pytest.param(part, argument, marks=SLOW.get(part, ()))
    for part in PARTS
    for argument in (ARGUMENTS[part](checked_corpus(CHOIR)) if part in ARGUMENTS else [""])
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, build: Run) -> Path:
    """The choir's book, built as the report is."""
    folder = shutil.copytree(CHOIR, tmp_path_factory.mktemp("choir") / "choir")
    done = build(folder)
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def trail() -> Trail:
    return trail_of(CHOIR)


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, str]:
    site = folder / "_build/html"
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("*.html")
    }


@pytest.mark.parametrize(("part", "argument"), CALLS)
def test_every_part_of_a_page_can_be_made_of_it(trail: Trail, part: str, argument: str) -> None:
    assert isinstance(PARTS[part](trail, argument), str)


def test_stored_outputs_are_those_of_the_notebook(folder: Path) -> None:
    name = "notebooks/quarrel.ipynb"
    assert (folder / name).read_bytes() == (CHOIR / name).read_bytes()


def test_marks_lead_to_their_passages_and_cells(pages: dict[str, str]) -> None:
    opening = pages["book/index.html"]
    for key, short in (("bell-walked-out", "B1"), ("ferry-had-walked-out", "F3")):
        assert f'href="evidence.html#ev-{key}"' in opening
        entry = pages["book/evidence.html"].split(f'id="ev-{key}"')[1]
        assert entry.lstrip("> ").startswith(f"<strong>{short}</strong>")
    assert 'href="../notebooks/quarrel.html#finding-quarrel-days-apart"' in opening
    assert 'id="finding-quarrel-days-apart"' in pages["notebooks/quarrel.html"]


def test_cards_have_the_words_and_the_number(pages: dict[str, str]) -> None:
    stored = re.search(r'id="csto-cards">(.*?)</script>', pages["book/index.html"], re.DOTALL)
    cards = json.loads(stored[1])
    assert cards["passages"]["ev-bell-walked-out"]["q"].startswith("On 4 March the basses")
    assert cards["sources"]["ferry"]["l"] == "The Ferry"
    assert cards["numbers"]["finding-quarrel-days-apart"]["v"] == "1 day"


def test_charts_and_tables_stand_in_pages(pages: dict[str, str], folder: Path) -> None:
    for page in ("notebooks/quarrel.html", "book/index.html"):
        assert 'class="csto-wide" role="img" aria-label="How often each act is told' in pages[page]
    assert pages["notebooks/quarrel.html"].count('class="csto-key') > 8
    assert {path.suffix for path in (folder / "_build/html/_downloads/charts").iterdir()} == {
        ".csv",
        ".json",
        ".png",
        ".svg",
    }


def test_pages_of_data_say_what_the_data_says(pages: dict[str, str]) -> None:
    for page, said in {
        "book/documents": "news: The Ferry",
        "book/documents/ferry": "the basses leave and found a choir of their own",
        "book/chronology": "the conductor chooses a new mass",
        "book/people": "Ada Finch",
        "book/codebook": "Leaving for good",
        "book/findings": "Days between the two dates of one walk-out",
        "book/outside": "0 rows, 0 addresses",
        "book/edition": "Two choirs, version 0.0.1",
    }.items():
        assert said in html.unescape(re.sub(r"<[^>]+>", "", pages[f"{page}.html"])), page


def test_the_codebook_says_what_each_question_asks(trail: Trail) -> None:
    page, questions = PARTS["codebook"](trail, ""), trail.corpus.questions
    assert questions
    for question in questions:
        assert f"{text(question.text)}\n\n{text(question.definition)}\n" in page


def test_annotations_hold_in_its_documents(folder: Path, trail: Trail) -> None:
    found = 0
    for name in web_annotations.FILES:
        items = json.loads((folder / "_build/html" / name).read_text("utf-8"))["first"]["items"]
        texts = {one.sha256: trail.corpus.documents[one.id].text for one in trail.corpus.sources}
        quotes = {extract.quote for extract in trail.corpus.extracts}
        for item in items:
            text, place = texts[item["target"]["source"]["sha256"]], item["target"]["selector"][0]
            assert text[place["start"] : place["end"]] in quotes
            found += 1
    assert found == len(trail.corpus.extracts)


def test_what_is_offered_is_there_and_keeps_the_words_back(
    folder: Path, pages: dict[str, str]
) -> None:
    site = folder / "_build/html"
    offered = re.findall(r'href="\.\./(_downloads/[^"]+)"', pages["book/edition.html"])
    assert len(offered) > 10 and all((site / name).is_file() for name in offered)
    extracts = (site / "_downloads/data/extracts.csv").read_text(encoding="utf-8")
    assert "walked-out" in extracts and "Lower Mill" not in extracts
    assert not list((site / "_downloads/data").glob("outside_*"))


def test_every_column_that_is_offered_says_what_it_means(folder: Path) -> None:
    package = json.loads((folder / "_build/data/datapackage.json").read_text(encoding="utf-8"))
    fields = [field for each in package["resources"] for field in each["schema"]["fields"]]
    assert len(fields) > 100 and all(field["description"] for field in fields)


def test_the_paper_says_it_too(folder: Path) -> None:
    words = "".join(page.extract_text() for page in PdfReader(folder / "_build/pdf/csto.pdf").pages)
    assert "Two choirs" in words and "walked out of the rehearsal" in " ".join(words.split())


def test_nothing_of_the_report_is_in_it(pages: dict[str, str]) -> None:
    corpus = checked_corpus(ROOT)
    words = {actor.name for actor in corpus.actors} | {source.label for source in corpus.sources}
    read = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)) for page in pages.values())
    assert len(words) > 50
    assert [word for word in words if re.search(rf"\b{re.escape(word)}\b", read)] == []
