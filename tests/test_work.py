"""One place says what the work is; every form in which it is cited says the same."""

from __future__ import annotations

import datetime as dt
import io
import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
import yaml
from cffconvert import Citation
from pybtex import format_from_string
from pybtex.database import parse_string
from pypdf import PdfReader

from conftest import ROOT, edit
from csto import __version__
from csto.book import forms
from csto.book.references import Style
from csto.work import Author, Work, licence_address, work

WORK = work(ROOT)
ELSEWHERE = replace(WORK, address="https://example.org/book/", repository="https://example.org/r")
PERSONS = replace(
    WORK, authors=(Author("Ada van Finch", "van Finch", "Ada"), Author("some others"))
)
CFF = (ROOT / "CITATION.cff").read_text(encoding="utf-8")


@pytest.fixture
def described(tmp_path: Path) -> Path:
    """The files that say what the work is, to damage."""
    for name in ("CITATION.cff", "_config.yml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


def test_the_citation_file_says_the_same_of_the_code_and_of_the_report() -> None:
    code = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    report = code["preferred-citation"]
    for name in ("title", "authors", "version", "date-released"):
        assert code[name] == report[name], name
    assert report["year"] == WORK.date.year


def test_files_that_must_say_it_too_say_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert project["version"] == __version__ == WORK.version
    assert project["license"] == f"{WORK.code_licence} AND {WORK.licence}"
    assert [one["name"] for one in project["authors"]] == [one.name for one in WORK.authors]
    assert (config["title"], config["copyright"]) == (WORK.title, str(WORK.date.year))
    assert config["author"].casefold() == WORK.names.casefold()
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert f"configuration): {WORK.code_licence} License" in text and WORK.terms in text


def test_the_readme_cites_it() -> None:
    cited = f"{WORK.by} *{WORK.title}*, version {WORK.version}. See [CITATION.cff](CITATION.cff)."
    assert cited in (ROOT / "README.md").read_text(encoding="utf-8")


def test_bibtex_is_read_and_set_by_the_engine_of_the_book() -> None:
    (entry,) = parse_string(forms.bibtex(WORK), "bibtex").entries.values()
    assert entry.fields["title"] == f"{{{WORK.title}}}"
    assert entry.fields["year"] == str(WORK.date.year)
    assert WORK.version in entry.fields["note"] and "url" not in entry.fields
    set_ = format_from_string(forms.bibtex(WORK), Style, output_backend="plaintext")
    assert WORK.names in set_ and WORK.title in set_ and str(WORK.date.year) in set_


def test_ris_is_read_by_another_program() -> None:
    (record,) = rispy.load(io.StringIO(forms.ris(ELSEWHERE)))
    assert record["type_of_reference"] == "RPRT"
    assert record["title"] == WORK.title and record["year"] == str(WORK.date.year)
    assert [name.rstrip(",") for name in record["authors"]] == [one.name for one in WORK.authors]
    assert record["urls"] == [ELSEWHERE.address]
    assert record["edition"] == WORK.version


@pytest.mark.parametrize("said", [WORK, ELSEWHERE], ids=["nowhere", "there"])
def test_the_citation_file_is_valid_for_another_program(said: Work) -> None:
    text = forms.cff(said, CFF)
    cited = Citation(text)
    cited.validate()
    assert (said is WORK) == (text == CFF)
    assert f"TI  - {WORK.title}" in cited.as_ris()
    assert str(WORK.date.year) in cited.as_bibtex()
    assert (ELSEWHERE.address in cited.as_bibtex()) == (said is ELSEWHERE)
    report = yaml.safe_load(text)["preferred-citation"]
    assert report.get("url", "") == said.address


def test_persons_have_both_names_and_groups_stay_whole_for_other_programs() -> None:
    (entry,) = parse_string(forms.bibtex(PERSONS), "bibtex").entries.values()
    ada, others = entry.persons["author"]
    assert (ada.first_names, ada.prelast_names + ada.last_names) == (["Ada"], ["van", "Finch"])
    assert others.last_names == ["{some others}"]
    (record,) = rispy.load(io.StringIO(forms.ris(PERSONS)))
    assert record["authors"] == ["van Finch, Ada", "some others,"]
    person, group = forms.report(PERSONS)["author"]
    assert (person["@type"], person["familyName"]) == ("Person", "van Finch")
    assert group == {"@type": "Organization", "name": "some others"}


def test_codemeta_is_of_the_code_under_its_own_licence() -> None:
    said = json.loads(forms.codemeta(WORK))
    assert said["@type"] == "SoftwareSourceCode" and said["version"] == WORK.version
    assert said["license"] == licence_address(WORK.code_licence)
    assert said["isPartOf"]["license"] == licence_address(WORK.licence)


def test_the_pdf_says_it(sources: Path) -> None:
    said = PdfReader(sources / "_build/pdf/csto.pdf").metadata
    assert said.title == WORK.title and said.author == WORK.names


def test_the_files_to_cite_with_are_offered(sources: Path) -> None:
    folder = sources / "_build/html/_downloads"
    for name, form in forms.FORMS.items():
        assert (folder / name).read_text(encoding="utf-8") == form(WORK)
    assert (folder / "CITATION.cff").read_bytes() == (ROOT / "CITATION.cff").read_bytes()


# ---- the address ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "address", "repository"),
    [
        ("", "", ""),
        ("https://example.org/book", "https://example.org/book/", ""),
        ("https://ada.github.io/two/", "https://ada.github.io/two/", "https://github.com/ada/two"),
        ("https://ada.github.io/", "https://ada.github.io/", ""),
    ],
)
def test_one_setting_says_where_the_book_is(
    said: str, address: str, repository: str, described: Path
) -> None:
    edit(described / "_config.yml", 'baseurl: ""', f'baseurl: "{said}"')
    found = work(described)
    assert (found.address, found.repository) == (address, repository)
    assert found.citation == WORK.citation + (f" {address}" if address else "")


def test_a_repository_that_is_named_is_taken(described: Path) -> None:
    path = described / "_config.yml"
    path.write_text(path.read_text("utf-8") + "repository: {url: https://example.org/r}\n", "utf-8")
    assert work(described).repository == "https://example.org/r"


@pytest.mark.parametrize("said", ["example.org/book", "https://", "https://a b/"])
def test_half_an_address_is_refused(said: str, described: Path) -> None:
    edit(described / "_config.yml", 'baseurl: ""', f'baseurl: "{said}"')
    with pytest.raises(ValueError, match=r"^_config.yml: html.baseurl is '.*', write it whole"):
        work(described)


def test_what_is_missing_is_named(described: Path) -> None:
    edit(described / "CITATION.cff", "  license: CC-BY-4.0\n", "")
    with pytest.raises(ValueError, match=r"^CITATION.cff: lacks 'license', add it$"):
        work(described)


def test_persons_are_cited_by_both_names(described: Path) -> None:
    (described / "CITATION.cff").write_text(
        "title: t\nabstract: a\nversion: 1\nlicense: MIT\ndate-released: 2001-02-03\n"
        "authors:\n- {given-names: Ada, family-names: Finch}\n- {name: some others}\n",
        encoding="utf-8",
    )
    found: Work = work(described)
    assert found.by == "Ada Finch and some others (2001)."
    assert found.date == dt.date(2001, 2, 3) and found.terms == "MIT"
    assert [one.sorted for one in found.authors] == ["Finch, Ada", "some others,"]
