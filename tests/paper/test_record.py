"""An edition verifies itself: of a hundred single changes each is named."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from csto.cli import main
from csto.paper import record
from csto.paper.record import Edition

PAGES = [
    ["Armenia", "waits", "for", "13", "weeks", "and", "more"],
    ["The", "chair", "stays", "empty", "E3", ",", "nobody", "sits", "on", "it"],
    [],
    ["Of", "366", "passages", "179", "are", "cited", ";", "the", "rest", "are", "not"],
]
FINDINGS = json.dumps([{"id": "a.b", "value": 13}, {"id": "c.d", "value": 2.5}], indent=1)
FILES = {
    "findings.json": FINDINGS.encode(),
    "annotations.jsonld": b'{\n "total": 1,\n "exact": "is not a hotel room"\n}\n',
    "picture.png": bytes(range(256)),
}


def whole() -> Edition:
    """An edition with its record."""
    name, raw = record.record(Edition(PAGES, FILES))
    return Edition([list(words) for words in PAGES], {**FILES, name: raw})


def test_a_whole_edition_has_no_difference() -> None:
    assert list(record.differences(whole())) == []


def changed(number: int) -> tuple[Edition, str]:
    """An edition with one thing changed, and what must be named."""
    draw, edition = random.Random(number), whole()
    pages, contents = [list(words) for words in edition.pages], dict(edition.contents)
    kind = number % 5
    if kind == 0:  # a word or a digit of a page
        page = draw.choice([0, 1, 3])
        at = draw.randrange(len(pages[page]))
        pages[page][at] = "14" if pages[page][at] == "13" else pages[page][at] + "x"
        return Edition(pages, contents), f"page {page + 1}, after “"
    if kind == 1:  # a byte of a file
        name = draw.choice(sorted(contents))
        at = draw.randrange(len(contents[name]))
        raw = bytearray(contents[name])
        raw[at] = raw[at] ^ 1
        contents[name] = bytes(raw)
        return Edition(pages, contents), name
    if kind == 2:  # a page that is missing, or one too many
        page = draw.randrange(4)
        pages = pages[:page] + pages[page + 1 :] if draw.random() < 0.5 else [*pages, ["more"]]
        return Edition(pages, contents), f"has {len(pages)} pages, the record 4"
    name = draw.choice(sorted(contents))
    if kind == 3:
        del contents[name]
        return Edition(pages, contents), "records" if name.startswith("edition-") else name
    contents["more.csv"] = b"a"
    return Edition(pages, contents), "more.csv: is not of this edition"


@pytest.mark.parametrize("number", range(100))
def test_a_single_change_is_named(number: int) -> None:
    edition, named = changed(number)
    said = list(record.differences(edition))
    assert any(named in one for one in said), said


def test_the_first_word_and_the_first_line_are_named() -> None:
    edition = whole()
    edition.pages[0][3] = "for"
    edition.pages[0][3:5] = ["14", "weeks"]
    (said,) = record.differences(edition)
    assert said == "page 1, after “Armenia waits for”: prints “14”, not “13”"
    edition = whole()
    contents = {**edition.contents, "findings.json": FINDINGS.replace("13", "14").encode()}
    (said,) = record.differences(edition._replace(contents=contents))
    assert said == 'findings.json: line 4 was changed or moved: “"value": 14”'


def test_a_folder_of_downloads_verifies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, raw in FILES.items():
        (tmp_path / name).write_bytes(raw)
    record.seal_folder(tmp_path)
    assert main(["verify", str(tmp_path)]) == 0
    assert "3 files are as its record has them" in capsys.readouterr().out
    (tmp_path / "picture.png").unlink()
    assert main(["verify", str(tmp_path)]) == 1
    assert "picture.png: is missing" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "nothing.pdf")]) == 1


def test_the_built_pdf_and_downloads_verify(sources: Path, tmp_path: Path) -> None:
    """And a word of a page that is another is named."""
    edition = record.found(sources / "_build/pdf/csto.pdf")
    assert list(record.differences(edition)) == []
    assert len(edition.pages) > 100 and {"findings.json"} < edition.contents.keys()
    assert list(record.differences(record.found(sources / "_build/html/_downloads"))) == []
    number = next(at for at, words in enumerate(edition.pages) if "weeks" in words)
    edition.pages[number][edition.pages[number].index("weeks")] = "months"
    (said,) = record.differences(edition)
    assert said.startswith(f"page {number + 1}, after “") and "prints “months”, not “weeks”" in said
