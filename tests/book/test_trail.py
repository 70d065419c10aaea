"""The evidence trail: words around a passage, uses both ways, annotations."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from csto.book import printed, web_annotations, wording
from csto.book.contents import contents
from csto.book.pages.documents import document
from csto.book.trail import Trail, trail_of

CARDS_AT_MOST = 200_000  # bytes that cards may add to a page, before it is compressed


@pytest.fixture(scope="module")
def trail() -> Trail:
    return trail_of(ROOT)


def data_of(page: str, name: str) -> dict:
    """The JSON that stands in a page."""
    found = re.search(
        rf'<script type="application/json" id="csto-{name}">(.*?)</script>', page, re.DOTALL
    )
    return json.loads(found[1]) if found else {}


# ---- what is printed -----------------------------------------------------------------


def test_the_more_of_a_document_is_printed_the_fewer_words_stand_around(trail: Trail) -> None:
    for source, words in trail.printed.words_around.items():
        share = trail.printed.share[source]
        assert 0 <= words <= printed.MOST_AROUND
        assert share < (
            printed.WIDE_BELOW
            if words > 1
            else printed.TIGHT_BELOW
            if words
            else printed.PRINTED_BELOW
        )
        wider = len(trail.printed.offsets(source, words + 1)) / len(
            trail.corpus.documents[source].text
        )
        assert words == printed.MOST_AROUND or wider >= (
            printed.WIDE_BELOW if words else printed.TIGHT_BELOW
        )


def test_at_most_twelve_words_stand_around_a_passage(trail: Trail) -> None:
    for key in trail.cited:
        extract = trail.corpus.extract[key]
        text, (start, end) = trail.corpus.document(extract).text, trail.corpus.span(extract)
        before, after = trail.printed.around(extract)
        assert text[start - len(before) : end + len(after)] == before + extract.quote + after
        assert len(before.split()) + len(after.split()) <= 12


def test_text_fragments_quote_only_what_is_printed(trail: Trail) -> None:
    found = [wording.address(trail, extract) for extract in trail.corpus.extracts]
    assert any(found) and not all(found)
    for extract, address in zip(trail.corpus.extracts, found, strict=True):
        assert not address or (":~:text=" in address) == (extract.key in trail.cited)


def test_neighbours_are_those_of_the_document(trail: Trail) -> None:
    first, last = "edm-2018.title-internal-discord", list(trail.corpus.short_key)[-1]
    assert trail.neighbours(first) == (None, "edm-2018.title-may-be-pushing-armenia-to-leave")
    assert trail.neighbours(last)[1] is None


# ---- the pages -----------------------------------------------------------------------


def test_every_passage_has_its_entry(built: dict[str, str], trail: Trail) -> None:
    page = built["book/evidence.html"]
    entries = re.findall(r'<div class="csto-entry ([^"]*)">\s*<p id="(ev-[^"]*)">', page)
    assert len(entries) == len(trail.corpus.extract) == len({key for _, key in entries})
    offered = {value for options in data_of(page, "filter").values() for value, _ in options}
    assert {"document", "theme", "actor", "year", "kind"} == data_of(page, "filter").keys()
    assert offered == {name for names, _ in entries for name in names.split()} - {
        "docutils",
        "container",
    }


def test_every_citation_leads_there_and_back(built: dict[str, str], trail: Trail) -> None:
    entries = built["book/evidence.html"].split('<div class="csto-entry ')
    by_key = {re.search(r'<p id="(ev-[^"]*)"', entry)[1]: entry for entry in entries[1:]}
    assert sum(map(len, trail.cited.values())) > 80
    for key, uses in trail.cited.items():
        anchor = f"ev-{key.replace('.', '-')}"
        for use in uses:
            back = use.anchor.replace(".", "-")
            assert re.search(
                rf'href="[^"]*#{re.escape(anchor)}"[^>]*>'
                rf'<span class="csto-key(?: csto-short)?" id="{re.escape(back)}">',
                built[f"{use.page}.html"],
            ), use
            assert f'#{back}"' in by_key[anchor], use


def test_every_finding_is_listed_with_its_evidence(built: dict[str, str], trail: Trail) -> None:
    page = built["book/findings.html"]
    for key, data in trail.findings.items():
        row = page.split(f'id="number-{key.replace(".", "-")}"')[1].split("</tr>")[0]
        assert f'#finding-{key.replace(".", "-")}"' in row
        assert row.count("csto-key") == len(data["evidence"]) + len(data["outside"])


def test_the_findings_stand_in_the_order_of_the_book(built: dict[str, str], trail: Trail) -> None:
    heads = re.findall(r'<h2>(.*?)<a class="headerlink"', built["book/findings.html"])
    told = contents(trail.root)
    found = {f"notebooks/{data['notebook']}" for data in trail.findings.values()}
    chapters = [page for page in told.pages if page in found]
    assert [html.unescape(head) for head in heads] == [
        " ".join(filter(None, [told.numbers.get(page), trail.titles[page]])) for page in chapters
    ]
    assert len(heads) > 5 and heads[1].startswith("2 ")


def test_a_document_page_lists_its_acts_faults_and_gaps(
    built: dict[str, str], trail: Trail
) -> None:
    for source in trail.corpus.source:
        page = built[f"book/documents/{source}.html"]
        assert page.count("left out: paragraph") == sum(
            left.source == source for left in trail.corpus.left_out
        )
        cards = data_of(page, "cards")["passages"]
        told = {
            key
            for event in trail.corpus.events
            for key in event.mentions
            if key.startswith(f"{source}.")
        }
        assert {f"ev-{key.replace('.', '-')}" for key in told} <= cards.keys()


def test_a_document_page_dates_an_act_as_its_document_does(trail: Trail) -> None:
    dated = {
        source: document(trail, source).split("Armenia recalls Khachaturov")[0]
        for source in ("asiaplus-2019", "edm-2018")
    }
    assert dated["asiaplus-2019"].endswith("| November 2018 | ")
    assert dated["edm-2018"].endswith("| 2 November 2018 | ")


def test_the_chronology_has_every_act_once_and_names_the_gaps(
    built: dict[str, str], trail: Trail
) -> None:
    page = built["book/chronology.html"]
    for event in trail.corpus.events:
        label = event.label.replace("'", "&#x27;")
        assert (
            page.count(f">{label}<") + page.count(f">{label} (contested)<") >= 1
            or f">{event.label}" in page
        ), event.id
    assert page.count("<tr") - page.count("<thead") == len(trail.corpus.events)
    assert "missing data, not calm" in page


def test_namesakes_are_told_apart(built: dict[str, str]) -> None:
    part = built["book/people.html"].split('id="one-name-two-people"')[1].split("</section>")[0]
    for name, two in (
        ("Grigoryan", ("Armen Grigoryan", "Tigran Grigoryan")),
        ("Tigran", ("Tigran Grigoryan", "Tigran Abrahamyan")),
    ):
        line = part.split(f"<strong>{name}</strong>")[1].split("</li>")[0]
        assert all(person in line for person in two)


def test_references_are_listed_and_cited(built: dict[str, str]) -> None:
    works = re.findall(r"^@", (ROOT / "book/references.bib").read_text("utf-8"), re.MULTILINE)
    assert built["book/references.html"].count('<div class="citation"') == len(works) > 0
    assert re.search(
        r'href="references.html#[^"]*"[^>]*>Hirschman, 1970<', built["book/method.html"]
    )


def test_cards_are_small(built: dict[str, str]) -> None:
    weights = {
        name: len(
            re.search(
                r'(<script type="application/json" id="csto-cards">.*?</script>|$)', page, re.DOTALL
            )[0].encode()
        )
        for name, page in built.items()
        if name.startswith("notebooks/")
    }
    assert weights and max(weights.values()) <= CARDS_AT_MOST, weights


# ---- the standard form ---------------------------------------------------------------


@pytest.fixture(scope="module", params=web_annotations.FILES)
def name(request: pytest.FixtureRequest) -> str:
    """A file of annotations."""
    return request.param


@pytest.fixture(scope="module")
def collection(name: str, site_folder: Path) -> dict[str, Any]:
    """The annotations of a file as the book offers them."""
    return json.loads((site_folder / name).read_text(encoding="utf-8"))


def held(name: str, trail: Trail) -> list[str]:
    """The passages that stand in a file of annotations."""
    is_cited = name == web_annotations.CITED
    return [key for key in trail.corpus.short_key if (key in trail.cited) == is_cited]


def test_annotations_have_the_form_of_the_model(
    name: str, collection: dict[str, Any], trail: Trail
) -> None:
    assert "http://www.w3.org/ns/anno.jsonld" in collection["@context"]
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["type"] == "AnnotationPage"
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len(held(name, trail)) > 0
    ids = [collection["id"], collection["first"]["id"], *(item["id"] for item in items)]
    assert len(set(ids)) == len(ids)
    assert all(id.startswith("urn:uuid:") for id in ids)
    for item in items:
        assert item["type"] == "Annotation"
        bodies = item["body"]
        assert bodies and all(one["type"] == "TextualBody" and one["value"] for one in bodies)


def test_annotations_are_places_of_the_book_where_it_has_an_address(
    name: str, trail: Trail, built: dict[str, str]
) -> None:
    text = web_annotations.export(trail, "https://example.org/book/")[name]
    said = json.loads(text)
    assert said["id"] == f"https://example.org/book/{name}"
    index = built["book/evidence.html"]
    for item in said["first"]["items"]:
        page, _, anchor = item["id"].partition("#")
        assert page == "https://example.org/book/book/evidence.html"
        assert f'id="{anchor}"' in index


def test_the_offsets_of_annotations_hold(
    name: str, collection: dict[str, Any], trail: Trail
) -> None:
    """A passage's place holds in the document with that hash, and its words if it is cited."""
    files = {source.sha256: ROOT / "seeds" / source.file for source in trail.corpus.sources}
    texts = {sha256: path.read_bytes().decode("utf-8") for sha256, path in files.items()}
    for item, key in zip(collection["first"]["items"], held(name, trail), strict=True):
        text = texts[item["target"]["source"]["sha256"]]
        position, *quotes = item["target"]["selector"]
        assert position["type"] == "TextPositionSelector"
        start, end = position["start"], position["end"]
        assert text[start:end] == trail.corpus.extract[key].quote
        assert len(quotes) == (name == web_annotations.CITED)
        for quote in quotes:
            assert quote["type"] == "TextQuoteSelector" and quote["exact"] == text[start:end]
            assert text.endswith(quote.get("prefix", ""), 0, start)
            assert text.startswith(quote.get("suffix", ""), end)
            whole = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
            assert text.count(whole) == 1, key  # programs may look for the words alone


def test_another_program_reads_the_annotations(name: str, collection: dict[str, Any]) -> None:
    """The models of IIIF, whose annotations are these, take them and lose nothing they know."""
    from iiif_prezi3 import (
        AnnotationCollection,
        AnnotationPage,
    )  # half a second, here and not above

    assert AnnotationCollection(**collection).total == collection["total"]
    page = AnnotationPage(**collection["first"])
    for read, item in zip(page.items, collection["first"]["items"], strict=True):
        again = json.loads(read.json())
        assert all(again[key] == item[key] for key in ("id", "type", "motivation", "body"))
        assert again["target"]["selector"] == item["target"]["selector"]
        assert again["target"]["source"].items() <= item["target"]["source"].items()
