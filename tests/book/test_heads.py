"""What a page says of itself to tools, with a public address and without one."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pyld import jsonld

from conftest import ROOT, edit
from csto.book import contents, forms, heads
from csto.work import licence_address, work

WORK = work(ROOT)
ADDRESS = "https://example.org/book/"
THERE = replace(WORK, address=ADDRESS, repository="https://example.org/code")
FIRST = heads.Page("book/index", WORK.title, "What it says.", "book/index", [])
CHAPTER = heads.Page("notebooks/one", "One <two> & three", 'A "word".', "book/index", [])
OFFERS = [("_downloads/data/events.csv", "text/csv")]
GIVING = heads.Page("book/downloads", "Take", "It.", "book/index", OFFERS)


def expanded(node: dict[str, Any], base: str = "https://page.example/book/a.html") -> list[Any]:
    """JSON-LD as a processor reads it; the context gives every term a meaning, as its own does."""

    def load(url: str, _: object) -> dict[str, Any]:
        terms = {"@vocab": f"{url.rstrip('/')}/", "id": "@id", "type": "@type"}
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": terms},
            "contentType": "application/ld+json",
        }

    return jsonld.expand(node, {"base": base, "documentLoader": load})


def tags(head: str) -> dict[str, list[str]]:
    """Meta tags by name, with all they say."""
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta \w+="([^"]+)" content="([^"]*)" />', head):
        found.setdefault(name, []).append(html.unescape(content))
    return found


def graph(head: str) -> list[dict[str, Any]]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    return json.loads(text)["@graph"]


def test_the_first_page_is_the_report() -> None:
    head = heads.head(WORK, FIRST)
    said = tags(head)
    assert said["citation_title"] == [WORK.title] and said["DC.creator"] == [WORK.names]
    assert said["DC.description"] == [WORK.abstract] and said["DC.type"] == ["Report"]
    assert said["citation_publication_date"] == [f"{WORK.date:%Y/%m/%d}"]
    assert said["citation_technical_report_number"] == [f"version {WORK.version}"]
    assert said["DC.rights"] == [licence_address(WORK.licence)]
    (report,) = graph(head)
    assert report["@type"] == "Report" and report["version"] == WORK.version


def test_a_chapter_is_part_of_it_and_its_words_are_escaped() -> None:
    head = heads.head(WORK, CHAPTER)
    assert tags(head)["citation_title"] == [CHAPTER.title]
    assert tags(head)["citation_inbook_title"] == [WORK.title]
    assert tags(head)["og:description"] == [CHAPTER.description]
    (chapter,) = graph(head)
    assert chapter["@id"] == "one.html"
    assert chapter["isPartOf"]["@id"] == "../book/index.html#report"


def test_a_reference_manager_keeps_the_group_whole_and_finds_the_version() -> None:
    """Zotero splits a name at its last blank unless it has a comma, and reads PRISM's edition."""
    said = tags(heads.head(THERE, CHAPTER))
    assert said["citation_author"] == ["The project’s contributors,"]
    assert said["prism.edition"] == [WORK.version]
    assert said["citation_keywords"] == ["; ".join(WORK.keywords)]
    assert "citation_pdf_url" not in said  # the PDF is of the whole
    assert tags(heads.head(THERE, FIRST))["citation_pdf_url"] == [f"{ADDRESS}_downloads/csto.pdf"]


def test_the_page_at_the_address_says_what_the_first_page_says() -> None:
    page = "<html>\n<head>\n<title>t</title>\n</head>\n<body></body></html>"
    head, end, _ = heads.arrival(THERE, FIRST.name, page, heads.PICTURE).partition("</head>")
    assert end and f'<link rel="canonical" href="{ADDRESS}{FIRST.name}.html" />' in head
    assert tags(head)["citation_public_url"] == [f"{ADDRESS}{FIRST.name}.html"]
    assert tags(head)["og:image"] == [f"{ADDRESS}{heads.PICTURE}"]
    assert graph(head)[0]["@type"] == "Report"


def test_the_page_that_offers_data_says_so() -> None:
    head = heads.head(WORK, GIVING)
    assert '<link rel="item" href="../_downloads/data/events.csv" type="text/csv" />' in head
    _, data, code = graph(head)
    assert data["@type"] == "Dataset"
    assert data["distribution"][0]["contentUrl"] == "../_downloads/data/events.csv"
    assert code["license"] == licence_address(WORK.code_licence) != data["license"]


@pytest.mark.parametrize("page", [FIRST, CHAPTER, GIVING], ids=lambda page: page.name)
def test_without_an_address_nothing_pretends(page: heads.Page) -> None:
    head = heads.head(WORK, page, picture=heads.PICTURE)
    assert ADDRESS not in head and "cite-as" not in head
    assert not {"og:url", "og:image", "citation_public_url"} & tags(head).keys()


@pytest.mark.parametrize("page", [FIRST, CHAPTER, GIVING], ids=lambda page: page.name)
def test_with_an_address_all_of_it_is_absolute(page: heads.Page) -> None:
    head = heads.head(THERE, page, picture=heads.PICTURE)
    said = tags(head)
    assert f'<link rel="cite-as" href="{ADDRESS}" />' in head
    assert said["og:url"] == said["citation_public_url"] == [f"{ADDRESS}{page.name}.html"]
    assert said["og:image"] == [f"{ADDRESS}{heads.PICTURE}"]
    assert 'href="../' not in head and '"../' not in head


@pytest.mark.parametrize("page", [FIRST, CHAPTER, GIVING], ids=lambda page: page.name)
@pytest.mark.parametrize("said", [WORK, THERE], ids=["nowhere", "there"])
def test_a_processor_of_json_ld_reads_it(said: Any, page: heads.Page) -> None:
    for node in graph(heads.head(said, page)):
        (read,) = expanded({"@context": forms.VOCABULARY, **node})
        assert read["@id"].startswith("https://")
        assert read["@type"] == [f"https://schema.org/{node['@type']}"]
        assert read["https://schema.org/author"][0]["https://schema.org/name"]


def test_nothing_in_it_ends_a_script() -> None:
    name = "</script><!-- <script>alert(1)</script>"
    text = forms.as_json_ld([{"name": name}])
    assert "<" not in text and json.loads(text)["@graph"][0]["name"] == name


def test_the_map_has_every_page() -> None:
    pages = contents.contents(ROOT).pages
    text = heads.site_map(THERE, pages)
    assert re.findall("<loc>(.*?)</loc>", text) == [f"{ADDRESS}{page}.html" for page in pages]


@pytest.mark.parametrize("address", ["", "https://ada.github.io/two/"])
def test_every_page_leads_to_the_repository_where_it_is_known(address: str, tmp_path: Path) -> None:
    for name in ("CITATION.cff", "_config.yml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    edit(tmp_path / "_config.yml", 'baseurl: ""', f'baseurl: "{address}"')
    config = SimpleNamespace(html_theme_options={"use_issues_button": False})
    heads._lead(SimpleNamespace(srcdir=str(tmp_path)), config)
    assert config.html_theme_options["use_issues_button"] == bool(address)
    where = config.html_theme_options.get("repository_url", "")
    assert where == ("https://github.com/ada/two" if address else "")


def test_every_page_of_the_book_says_what_it_is(built: dict[str, str], site_folder: Path) -> None:
    for name in contents.contents(ROOT).pages:
        page = built[f"{name}.html"]
        head = page[: page.index("</head>")]
        said, nodes = tags(head), graph(head)
        assert said["citation_author"] == [one.sorted for one in WORK.authors], name
        assert all(node["datePublished"] == WORK.date.isoformat() for node in nodes)
        for path in re.findall(r'<link rel="item" href="([^"]+)"', head):
            assert (site_folder / name).parent.joinpath(path).is_file(), path
    assert "canonical" not in "".join(built.values())
    assert not (site_folder / heads.SITE_MAP).exists()
