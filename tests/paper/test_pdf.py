"""The PDF edition: it says what the HTML says, and all of it can be reached and read aloud."""

from __future__ import annotations

import html
import itertools
import logging
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pytest
import yaml
from docutils import nodes
from pypdf import PageObject, PdfReader
from sphinx.errors import ExtensionError

from conftest import ROOT
from csto import identity
from csto.book.charts import PUBLIC
from csto.book.closing import CLOSING
from csto.book.trail import trail_of
from csto.corpus.checks import checked_corpus
from csto.corpus.outside import MARK
from csto.exhibits import findings
from csto.paper.drawing import on_grid
from csto.paper.page import Page, Sheets
from csto.paper.record import words
from csto.paper.tables import columns
from csto.paper.typeset import set_pdf
from csto.paper.words import FIGURES

LONGEST = 60  # pages before the first appendix
LARGEST = 3_000_000  # bytes
POINT = 25.4 / 72  # millimetres
BODY, TITLE = 9.5, 25  # points
EDGE = (297 - 27) / POINT  # points: the upper edge of the text
HIGH = 297 - 27 - 21  # millimetres of a page that text can fill
FOOT = 20 / POINT  # points: what is lower stands below the text
Matrix = list[float]


class Piece(NamedTuple):
    """Letters that are set together: how high on the page, and how large, in points."""

    text: str
    height: float
    size: float


@pytest.fixture(scope="module")
def document(sources: Path) -> PdfReader:
    return PdfReader(sources / "_build/pdf/csto.pdf")


@pytest.fixture(scope="module")
def read(document: PdfReader) -> list[tuple[str, list[Piece]]]:
    """The words of each page, and the pieces that they are set in."""
    return [read_page(page) for page in document.pages]


def read_page(page: PageObject) -> tuple[str, list[Piece]]:
    pieces = []

    def see(text: str, around: Matrix, own: Matrix, _: object, size: float) -> None:
        if text.strip():
            scale = abs(own[3] or own[1]) * abs(around[3] or around[1])
            height = own[5] * around[3] + around[5]
            pieces.append(Piece(text.strip("\n"), height, round(size * scale, 1)))

    return page.extract_text(visitor_text=see), pieces


@pytest.fixture(scope="module")
def texts(read: list[tuple[str, list[Piece]]]) -> list[str]:
    """The words of each page."""
    return [text for text, _ in read]


@pytest.fixture(scope="module")
def report_pages(document: PdfReader) -> range:
    """The places of the report's pages, from the first with text."""
    names = [each for each in document.outline if not isinstance(each, list)]
    at = {each.title: document.get_destination_page_number(each) for each in names}
    first = next(page for title, page in at.items() if title != "Contents")
    return range(first, next(page for title, page in at.items() if title.startswith("A ")))


@pytest.fixture(scope="module")
def opening(document: PdfReader) -> dict[int, str]:
    """The titles of chapters and appendices, by the places of the pages on which they begin."""
    names = [each for each in document.outline if not isinstance(each, list)]
    return {document.get_destination_page_number(each): each.title for each in names}


@pytest.fixture(scope="module")
def report(report_pages: range, read: list[tuple[str, list[Piece]]]) -> list[list[Piece]]:
    """The pieces of the pages from the first with text to the last before the appendices."""
    return [read[page][1] for page in report_pages]


@pytest.fixture(scope="module")
def keys(sources: Path) -> dict[str, str]:
    """The short keys of all extracts, in the order of the index."""
    return checked_corpus(sources).short_key


def squashed(text: str) -> str:
    """Words without what depends on where lines break."""
    return re.sub(r"[\s\u00ad\u202f-]", "", text)


def objects(document: PdfReader, kind: str, value: str) -> Iterator[Any]:
    """All objects of the file of one kind."""
    for number in range(1, document.trailer["/Size"]):
        found = document.get_object(number)
        if isinstance(found, dict) and found.get(kind) == value:
            yield found


def links(document: PdfReader) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(document.pages, start=1):
        for each in page.get("/Annots", ()):
            if (link := each.get_object())["/Subtype"] == "/Link":
                yield number, link


def standing(text: str) -> Iterator[str]:
    """The keys that stand on a page, those of a run such as "A3–A9" too."""
    for letter, first, last in re.findall(r"(?<![\w–])([A-Z])(\d+)(?:\s?–\s?\1(\d+))?(?!\w)", text):
        for number in range(int(first), int(last or first) + 1):
            yield f"{letter}{number}"


# ---- the file ------------------------------------------------------------------------


def test_the_catalog_says_tagged_titled_and_in_which_language(document: PdfReader) -> None:
    catalog = document.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/StructTreeRoot"]
    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata["/Title"].startswith("Pulling apart")
    assert b"<pdfuaid:part>1<" in catalog["/Metadata"].get_data()


def test_all_fonts_are_embedded_and_come_from_packages(document: PdfReader) -> None:
    fonts = list(objects(document, "/Type", "/FontDescriptor"))
    assert fonts and all(set(font) & {"/FontFile", "/FontFile2", "/FontFile3"} for font in fonts)
    assert {re.match(r"/[A-Z]{6}\+([A-Z][a-z]+)", font["/FontName"])[1] for font in fonts} <= {
        "Source",
        "Libertinus",  # Typst’s own: signs that the others lack
        "Deja",
    }


# ---- how it is set ---------------------------------------------------------------------


def test_the_file_is_light(sources: Path) -> None:
    assert (sources / "_build/pdf/csto.pdf").stat().st_size <= LARGEST


def test_letters_have_few_sizes_and_none_is_tiny(report: list[list[Piece]]) -> None:
    sizes = Counter(piece.size for pieces in report for piece in pieces)
    assert BODY in sizes and len(sizes) <= 8 and min(sizes) >= 7, sizes


def test_a_full_line_is_easy_to_read(report: list[list[Piece]]) -> None:
    full = []
    for pieces in report:
        body = [piece for piece in pieces if piece.size == BODY]
        for height in {round(piece.height) for piece in body}:
            line = "".join(piece.text for piece in body if round(piece.height) == height)
            full += [len(line)] if len(line) > 55 else []  # shorter ones end a paragraph
    assert len(full) > 500 and 65 <= median(full) <= 75, median(full)


def test_figures_are_as_wide_as_the_text_or_the_page(document: PdfReader) -> None:
    boxes = [
        attribute["/BBox"]
        for figure in objects(document, "/S", "/Figure")
        for attribute in figure["/A"]
        if "/BBox" in attribute
    ]
    assert len(boxes) > 5
    for left, _, right, _ in boxes:
        width = (right - left) * POINT
        assert min(abs(width - 116), abs(width - 165)) < 0.5, width
        assert abs(right * POINT - 187) < 0.5, right


def test_no_key_has_a_page_number(report: list[list[Piece]]) -> None:
    for pieces in report:
        text = "".join(piece.text for piece in pieces)
        assert not re.search(r"\b[A-Z]\d+\s*p\.", text), text


def test_pages_of_the_report_are_full(
    report_pages: range, report: list[list[Piece]], opening: dict[int, str]
) -> None:
    """All but the last of a chapter nearly to the foot, and that to about the half.

    The one before ends a little higher where an exhibit goes overleaf with the closing.
    """
    for page, pieces in zip(report_pages, report, strict=True):
        lowest = min(piece.height for piece in pieces if piece.height > FOOT) * POINT
        full = (297 - 27 - lowest) / HIGH
        least = 0.48 if page + 1 in opening else 0.8 if page + 2 in opening else 0.85
        assert full > least, "".join(piece.text for piece in pieces)[:300]


def test_chapters_and_long_appendices_open_a_page_and_all_such_titles_stand_at_one_height(
    report_pages: range, opening: dict[int, str], read: list[tuple[str, list[Piece]]]
) -> None:
    heights, ends = set(), [*list(opening)[1:], len(read)]
    for (page, title), end in zip(opening.items(), ends, strict=True):
        pieces = read[page][1]
        top = max(piece.height for piece in pieces if piece.size == TITLE)
        above = [each for each in pieces if each.size == BODY and top < each.height < EDGE]
        if above:
            assert page not in report_pages and end - page <= 3, title
        else:
            heights.add(round(top))
    assert len(heights) == 1, heights


def test_a_running_head_names_the_chapter_at_the_top_of_its_page(
    report_pages: range, report: list[list[Piece]], opening: dict[int, str]
) -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapter, part = "", toc["parts"][0]["caption"]
    for page, pieces in zip(report_pages, report, strict=True):
        head = "".join(piece.text for piece in pieces if piece.height > EDGE + 20)
        named = "Pulling apart" + (chapter if page not in opening else "")
        if opening.get(page, "").startswith("1 "):
            named += f" · {part}"
        assert squashed(head.replace(str(page + 1), "", 1)) == squashed(named)
        chapter = f" · {opening[page]}" if page in opening else chapter


def test_the_foot_of_the_reports_pages_says_what_the_letters_of_keys_stand_for(
    report_pages: range, read: list[tuple[str, list[Piece]]], opening: dict[int, str], sources: Path
) -> None:
    letters = {one.mark: one.label for one in checked_corpus(sources).sources} | {MARK: PUBLIC}
    said = squashed(" · ".join(f"{letter} {name}" for letter, name in letters.items()))
    first = next(page for page, title in opening.items() if title.startswith("1 "))
    for page, (_, pieces) in enumerate(read):
        foot = "".join(piece.text for piece in pieces if piece.height < FOOT)
        is_in = page in report_pages and page >= first
        assert page == 0 or squashed(foot) == (said if is_in else ""), page


def test_no_list_is_parted_by_what_stands_between_its_items(
    document: PdfReader, report_pages: range
) -> None:
    """One that goes on overleaf ends at the foot of a page and goes on at the top of the next."""
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(document.pages)}
    lists = 0
    for each in objects(document, "/S", "/L"):
        marked = [(numbers[page], own) for page, own in content(each)]
        pages = sorted({page for page, _ in marked})
        lists += pages[:1] != [] and pages[0] in report_pages
        if len(pages) < 2 or pages[0] not in report_pages:
            continue
        first, last = (
            heights_of(document.pages[at], {own for page, own in marked if page == at})
            for at in (pages[0], pages[-1])
        )
        assert min(first) * POINT < 21 + 15 and max(last) > EDGE - 20, pages
    assert lists > 10, lists


def test_no_row_of_a_table_stands_alone_on_a_page(document: PdfReader) -> None:
    """A table of three and more rows has two of them at least wherever it begins, goes on, ends."""
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(document.pages, 1)}
    split = 0
    for table in objects(document, "/S", "/Table"):
        rows = [{page for page, _ in content(row)} for row in rows_of(table)]
        places = Counter(numbers[page] for pages in rows for page in pages)
        if len(places) > 1:
            split += 1
            assert min(places.values()) > 1, places
    assert split > 10, split


def rows_of(element: Any) -> Iterator[Any]:
    """The rows of a table's body that have words, in a tagged PDF."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid := kid.get_object(), int) or kid.get("/S") == "/THead":
            continue
        if kid.get("/S") == "/TR":
            yield from [kid] if any(content(kid)) else []
        else:
            yield from rows_of(kid)


def test_where_a_table_goes_on_it_says_so_below_the_edge_of_the_text(
    read: list[tuple[str, list[Piece]]],
) -> None:
    said = [
        piece.height * POINT
        for _, pieces in read
        for piece in pieces
        if piece.text.strip().endswith(", continued")
    ]
    assert len(said) > 20 and all(297 - 27 - 6 < height < 297 - 27 for height in said), said


def test_no_word_is_parted(texts: list[str]) -> None:
    parted = [text for text in texts if "\u00ad" in text]
    assert not parted, parted[0]


def test_an_item_of_the_index_stands_farther_from_the_next_than_its_own_lines(
    read: list[tuple[str, list[Piece]]],
) -> None:
    """A line that runs over does not read as an item of its own."""
    gaps: dict[bool, list[float]] = {True: [], False: []}
    for text, pieces in read:
        if not re.search(r"^A\d+ · paragraph", text, re.MULTILINE):
            continue
        small = [piece for piece in pieces if piece.size == 7.5]
        for before, piece in itertools.pairwise(small):
            if 5 < before.height - piece.height < 14:
                gaps[piece.text.startswith("–")].append(before.height - piece.height)
    assert min(map(len, gaps.values())) > 50, gaps
    assert median(gaps[True]) - median(gaps[False]) > 1, gaps


def test_the_findings_index_draws_keys_in_a_row_together(texts: list[str]) -> None:
    opens = squashed("Findings index")
    pages = [text for text in texts if re.search(rf"·[A-Z]{opens}", squashed(text))]
    assert pages
    listed = [run for text in pages for run in re.findall(r"(?:[A-Z]\d+(?![\w–])\s*){3,}", text)]
    assert len(listed) > 5
    for run in listed:  # the keys of a cell, and not those of cells below each other
        keys = [(letter, int(number)) for letter, number in re.findall(r"([A-Z])(\d+)", run)]
        for first, second, third in zip(keys, keys[1:], keys[2:], strict=False):
            row = [(first[0], first[1] + more) for more in range(3)]
            assert [first, second, third] != row, row


def test_words_of_ours_have_curled_quotes(report_pages: range, texts: list[str]) -> None:
    """What the documents say stands as they have it, in quotation marks of the book's own."""
    codebook = [text for text in texts if re.search(r"· [A-Z] The codebook", text)]
    ours = [*(texts[page] for page in report_pages), *codebook, texts[0], texts[2]]
    assert codebook
    for text in ours:
        said = re.sub(r"“[^”]*”", "", " ".join(text.split()))
        assert not re.search(r"""\w'\w|'\w|\w'|["]""", said), said


def test_tables_are_as_wide_as_the_text_or_the_page(
    document: PdfReader, report_pages: range, texts: list[str]
) -> None:
    heads = 0
    for page in report_pages:
        for left, right in head_rules(document.pages[page]):
            heads += 1
            assert min(abs(right - left - 116), abs(right - left - 165)) < 0.5, (page, left, right)
            assert abs(right - 187) < 0.5, (page, right)
    captions = sum(len(re.findall(r"^Table\s\d+\s", texts[page], re.M)) for page in report_pages)
    assert heads >= captions > 10, (heads, captions)


def head_rules(page: PageObject) -> Iterator[tuple[float, float]]:
    """Where the rules above the heads of tables begin and end, in millimetres."""
    found, path, width = [], [], 0.0

    def see(operator: bytes, given: list[Any], around: Matrix, _: Matrix) -> None:
        nonlocal width, path
        if operator == b"w":
            width = float(given[0])
        elif operator in (b"m", b"l"):
            path.append((float(given[0]) * around[0] + around[4]) * POINT)
        elif operator == b"S":
            if abs(width - 0.8) < 0.01 and len(path) == 2:
                found.append((min(path), max(path)))
            path = []

    page.extract_text(visitor_operand_before=see)
    return iter(found)


def test_no_line_of_a_paragraph_stands_alone_on_a_page(document: PdfReader) -> None:
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(document.pages)}
    split = 0
    for paragraph in objects(document, "/S", "/P"):
        places = Counter(page for page, _ in content(paragraph))
        if len(places) < 2:
            continue
        split += 1
        for page in places:
            own = {each for at, each in content(paragraph) if at == page}
            assert lines_of(document.pages[numbers[page]], own) > 1, numbers[page] + 1
    assert split > 5, split


def content(element: Any, page: int = 0) -> Iterator[tuple[int, int]]:
    """What is marked as an element's: the object number of the page, and the number there."""
    page = element.raw_get("/Pg").idnum if "/Pg" in element else page
    if "/MCID" in element:
        yield page, element["/MCID"]
        return
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid := kid.get_object(), int):
            yield page, kid
        else:
            yield from content(kid, page)


def heights_of(page: PageObject, own: set[int]) -> set[float]:
    """How high the letters of a page stand that are marked with these numbers."""
    heights, inside = set[float](), []

    def see(operator: bytes, given: list[Any], around: Matrix, letters: Matrix) -> None:
        if operator in (b"BDC", b"BMC"):
            inside.append(given[1].get("/MCID") if operator == b"BDC" else None)
        elif operator == b"EMC":
            inside.pop()
        elif operator in (b"Tj", b"TJ") and own & set(inside):
            heights.add(letters[5] * around[3] + around[5])

    page.extract_text(visitor_operand_before=see)
    return heights


def lines_of(page: PageObject, own: set[int]) -> int:
    """How many lines of a page are marked with these numbers."""
    in_order = sorted(heights_of(page, own))  # a raised mark is no line of its own
    return 1 + sum(high - low > 0.6 * BODY for low, high in itertools.pairwise(in_order))


def test_in_brief_is_one_sheet(texts: list[str], report: list[list[Piece]]) -> None:
    """Two sides: the one with its title, and one on which it runs on; a chapter tops the next."""
    heads = [at for at, text in enumerate(texts) if "· In brief" in text]
    assert len(heads) == 1 and "In brief" in texts[heads[0] - 1]
    title = max(report[2], key=lambda piece: piece.size).height
    body = [piece.height for piece in report[2] if piece.size == BODY]
    assert not [each for each in body if title < each < (297 - 27) / POINT], "it runs over"


# ---- it says what the HTML says ------------------------------------------------------


def test_every_finding_stands_in_the_pdf_with_its_value(texts: list[str], sources: Path) -> None:
    everything = squashed("".join(texts))
    found = findings.collect(sorted((sources / "notebooks").glob("*.ipynb"))).values()
    assert found
    for finding in map(findings.read, found):
        # The findings index has text and value in columns; no chapter prints them again.
        assert squashed(finding.text) in everything, finding.id
        assert squashed(finding.with_unit) in everything, finding.id


def test_chapters_hold_neither_lines_of_numbers_nor_code(texts: list[str]) -> None:
    """The findings index has them all; on the screen they are folded away."""
    opens = squashed("Findings index")
    index = max(at for at, text in enumerate(texts) if squashed(text).find(opens) >= 0)
    report = squashed("".join(texts[:LONGEST]))
    assert index > LONGEST and squashed("with any one document left out") in squashed(
        "".join(texts[LONGEST:])
    )
    for gone in ("with any one document left out", "Numbers in this section", "import charts"):
        assert squashed(gone) not in report, gone


def test_every_figure_and_table_has_the_number_it_has_in_the_html(
    texts: list[str], built: dict[str, str]
) -> None:
    everything = squashed("".join(texts))
    captions = re.findall(
        r'<span class="caption-number">(.*?)</span>\s*<span class="caption-text">(.*?)</span>',
        "".join(built.values()),
        re.DOTALL,
    )
    assert len(captions) > 10
    for parts in captions:
        caption = " ".join(html.unescape(re.sub(r"<[^>]*>", "", part)) for part in parts)
        assert squashed(caption)[:60] in everything, caption


def test_the_outline_has_every_chapter_and_section(
    document: PdfReader, built: dict[str, str]
) -> None:
    def titles(outline: list, depth: int = 0) -> Iterator[str]:
        for each in outline:
            yield from (
                titles(each, depth + 1)
                if isinstance(each, list)
                else [each.title if depth else re.sub(r"^(\d+|[A-Z]) ", "", each.title)]
            )

    listed = Counter(squashed(title) for title in titles(document.outline))
    headed = Counter(
        squashed(html.unescape(re.sub(r"<[^>]*>", "", title)))
        for name, page in built.items()
        if name.startswith(("book/", "notebooks/"))
        for title in re.findall(
            r'<h[1-4]>(.*?)<a class="headerlink"', page.split("<article")[1], re.DOTALL
        )
    )
    assert headed
    missing = headed - listed
    assert sum(missing.values()) <= 1, missing  # the first page's head is the title page


def test_every_chart_has_its_alternative_text(document: PdfReader, built: dict[str, str]) -> None:
    said = {
        html.unescape(text)
        for page in built.values()
        for text in re.findall(r'<svg\b[^>]*\brole="img" aria-label="([^"]*)"', page)
    }
    tagged = [figure.get("/Alt") for figure in objects(document, "/S", "/Figure")]
    assert len(said) > 5 and said <= set(tagged)
    assert all(tagged)


def test_the_report_proper_is_short(document: PdfReader) -> None:
    """Chapters carry prose, pictures and tables; what else there is to say is an appendix."""
    first = next(
        document.get_destination_page_number(each)
        for each in document.outline
        if not isinstance(each, list) and each.title.startswith("A ")
    )
    assert 20 < first <= LONGEST, f"{first} pages before the first appendix, at most {LONGEST}"


# ---- the evidence trail --------------------------------------------------------------


def test_every_link_inside_leads_somewhere(document: PdfReader) -> None:
    known, here = (
        document.named_destinations,
        {page.indirect_reference.idnum for page in document.pages},
    )
    inside = outside = 0
    for _, link in links(document):
        if action := link.get("/A"):
            assert action["/S"] == "/URI" and re.match(r"https?://", action["/URI"]), action
            outside += 1
            continue
        target = link["/Dest"]
        assert target in known if isinstance(target, str) else target[0].idnum in here
        inside += 1
    assert inside > 500 and outside


def test_cited_keys_lead_to_the_index_and_back_with_page_numbers(
    document: PdfReader, texts: list[str], keys: dict[str, str], sources: Path
) -> None:
    """The pages an entry names are those on which its key stands, but for those that list keys."""
    lists = r"^[A-Z]\d+ ·|Findings index"
    index = [re.search(lists, text, re.MULTILINE) is not None for text in texts]
    entries = "\n".join(text for text, listed in zip(texts, index, strict=True) if listed)
    apart = map(" ".join, words(document))  # cells of a table may be read without a space between
    stand = [
        set() if listed else set(standing(text)) for text, listed in zip(apart, index, strict=True)
    ]
    cited = trail_of(sources).cited
    assert cited
    for key in cited:
        short = keys[key]
        entry = re.search(rf"^{short} ·(.*?)(?=^[A-Z]\d+ ·|\Z)", entries, re.DOTALL | re.MULTILINE)
        named = re.search(r"→\sp\.\s(\d+(?:,\s+\d+)*)", entry[1])
        at = {n for n, there in enumerate(stand, start=1) if short in there}
        assert named and {int(n) for n in re.findall(r"\d+", named[1])} == at, (
            short,
            named and named[0],
            at,
        )


def test_a_key_of_a_public_page_is_told_by_its_letter(texts: list[str]) -> None:
    """No arrow stands on paper, where it cannot be followed."""
    assert not [text for text in texts if "↗" in text]
    assert squashed("keys that begin with O lead to public pages.") in squashed(texts[3])
    assert "an arrow" not in texts[3]


def test_the_imprint_says_which_version_this_is(texts: list[str], sources: Path) -> None:
    assert squashed(identity.fingerprint(sources)) in squashed(texts[2])
    assert squashed("The project’s contributors (2026)") in squashed(texts[2])


def test_the_fingerprint_is_what_sha256sum_says(project: Path) -> None:
    script = (
        f"LC_ALL=C find {' '.join(identity.PARTS)} -type f | LC_ALL=C sort "
        "| xargs sha256sum | sha256sum"
    )
    told = subprocess.run(
        ["bash", "-c", script], cwd=project, capture_output=True, text=True, check=True
    ).stdout.split()[0]
    assert identity.fingerprint(project) == f"sha256:{told}"


def test_a_clean_checkout_is_named_by_its_tree(project: Path) -> None:
    def git(*arguments: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        return subprocess.run(
            ["git", *who, *arguments], cwd=project, capture_output=True, text=True, check=True
        ).stdout.strip()

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "all of it")
    assert identity.fingerprint(project) == f"swh:1:dir:{git('rev-parse', 'HEAD^{tree}')}"
    assert identity.moment(project).timestamp() == int(git("log", "-1", "--format=%ct"))
    git("update-index", "--assume-unchanged", "_toc.yml")
    git("config", "status.showUntrackedFiles", "no")
    git("config", "log.showSignature", "true")
    for change in (project / "_toc.yml", project / "book/straße.md", project / "data/a/b.yml"):
        before = change.read_bytes() if change.is_file() else None
        change.parent.mkdir(exist_ok=True)
        change.write_text("", encoding="utf-8")
        assert identity.fingerprint(project).startswith("sha256:"), change
        change.write_bytes(before) if before else change.unlink()
    assert identity.fingerprint(project).startswith("swh:1:dir:")
    assert identity.moment(project).timestamp() == int(git("log", "-1", "--format=%ct"))


# ---- what cannot be printed stops the build ------------------------------------------


@pytest.fixture
def page() -> Page:
    return Page("a/page", {}, Sheets(), "1", is_index=False)


def set_(folder: Path, page: Page, markup: str) -> str:
    """Set a piece of markup as a whole document; returns its words."""
    facts = (
        '(title: "A: b", author: "a", language: "en", abstract: "b", version: "1", date: none, '
        'year: "2026", fingerprint: "f", letters: (), terms: "t")'
    )
    (folder / "csto.typ").write_text(
        f'#import "paper.typ": *\n#show: book.with({facts})\n#part("p")\n'
        f'#section(1, "k", [Head])\n{markup}',
        encoding="utf-8",
    )
    return " ".join(
        each.extract_text() for each in PdfReader(set_pdf(folder, page.sheets, ROOT)).pages
    )


def test_no_word_acts_as_markup(page: Page, tmp_path: Path) -> None:
    words = (
        "#emph[no] *no* _no_ `no` $x$ <no> @no // no /* no */ \\ ~ a--b ... 1. no = no - no + no "
        "/ no: http://no 'no' \"no\""
    )
    assert squashed(words) in squashed(set_(tmp_path, page, page.write(nodes.paragraph("", words))))


def test_a_chart_without_alternative_text_is_refused(page: Page, tmp_path: Path) -> None:
    drawing = '<svg role="img" xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    chart = f'<figure class="csto-chart">{drawing}</figure>'
    with pytest.raises(ExtensionError, match="missing alt text"):
        set_(tmp_path, page, page.write(nodes.raw("", chart, format="html")))


def test_a_chart_keeps_no_colour_that_only_the_page_knows(page: Page) -> None:
    line = '<g stroke="var(--csto-line, #d4d9de)" fill="currentColor"/>'
    drawing = f'<svg aria-label="a" width="9" height="9">{line}</svg>'
    chart = f'<figure class="csto-chart">{drawing}</figure>'
    page.write(nodes.raw("", chart, format="html"))
    (drawn,) = page.sheets.pictures.values()
    assert b'stroke="#d4d9de"' in drawn and b"currentColor" not in drawn


def test_a_link_that_leads_nowhere_is_refused(page: Page, tmp_path: Path) -> None:
    link = nodes.paragraph("", "", nodes.reference("", "here", refid="no-such-place"))
    with pytest.raises(ExtensionError, match="a/page#no-such-place"):
        set_(tmp_path, page, page.write(link))


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (
            nodes.raw("", "<table><tr><td>a</td></tr></table>", format="html"),
            "raw HTML has no form on paper",
        ),
        (nodes.math("", "x"), "a formula has no form on paper"),
        (nodes.Element(), "no form on paper for Element"),
    ],
)
def test_what_has_no_form_on_paper_is_a_warning(
    page: Page, node: nodes.Element, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("sphinx").propagate = True
    assert page.write(node) == ""
    assert said in caplog.text


def test_what_is_for_the_screen_alone_is_left_out(page: Page) -> None:
    node = nodes.container("", nodes.paragraph("", "hover"), classes=["csto-screen"])
    assert (
        page.write(node) == ""
        and page.write(nodes.raw("", '<p class="csto-screen">hover</p>', format="html")) == ""
    )


def test_a_footnote_stands_where_it_is_called_and_once(page: Page, tmp_path: Path) -> None:
    note = nodes.footnote("", nodes.label("", "1"), nodes.paragraph("", "the note"), ids=["n"])
    tree = nodes.document(
        None,
        None,
        "",
        nodes.paragraph("", "", *(nodes.footnote_reference("", "1", refid="n") for _ in "ab")),
        note,
    )
    assert set_(tmp_path, page, page.write(tree)).count("the note") == 1


def test_a_work_is_listed_once_however_often_it_was_filled_in(page: Page) -> None:
    filled = [nodes.label("", "Hirschman 1970"), nodes.paragraph("", "Exit and voice")]
    work = nodes.citation("", *filled, *(child.deepcopy() for child in filled), ids=["id1"])
    assert page.write(work) == '#entry[#anchor("a/page#id1")Exit and voice]'


def table_of(*rows: tuple[str, ...], heads: tuple[str, ...] = ("Headed", "so")) -> nodes.table:
    """A numbered table with a head and some rows."""

    def row(words: tuple[str, ...]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", word)) for word in words))

    head, body = nodes.thead("", row(heads)), nodes.tbody("", *map(row, rows))
    group = nodes.tgroup("", head, body, cols=len(heads))
    return nodes.table("", nodes.title("", "It."), group, ids=["t"])


def test_a_table_repeats_its_head_on_the_next_page_and_says_which_it_is(
    page: Page, tmp_path: Path
) -> None:
    page.numbers["table"] = {"t": (3,)}
    long, short = ([(f"{n}", "b") for n in range(many)] for many in (90, 9))
    said = set_(tmp_path, page, page.write(table_of(*long)))
    assert said.count("Headed") > 1 and "89" in said
    assert len(re.findall(r"Table\s3\s+It, continued", said)) == said.count("Headed") - 1
    assert "continued" not in set_(tmp_path, page, page.write(table_of(*short)))


def test_rows_about_the_same_say_it_once_and_stay_together(page: Page, tmp_path: Path) -> None:
    told = ["alpha", "beta", "gamma", "delta", "zeta", "theta"]
    rows = list(zip(["first", "", "second", "second", "7", "7"], told, strict=True))
    markup = page.write(table_of(*rows))
    assert markup.count("rowspan: 2, breakable: false") == 2
    said = set_(tmp_path, page, markup)
    assert said.count("second") == 1 and said.count("7") == 2
    assert all(word in said for word in told)


HEADS = ("Act", "Keys", "What", "Here", "There", "Which", "Why")
PROSE = "it is told in a sentence of the document that leaves its day open, and no rule says more"


def lined_table(rows: int) -> nodes.table:
    """A table of many columns with prose in its last, two rows to each act."""
    acts = (f"The act number {number // 2} of them" for number in range(rows))
    told = ("its days", "1 September to 30 November", "2 October 2022", "Third, Fourth, Fifth")
    return table_of(*((act, "A1", *told, f"{PROSE}, {PROSE}.") for act in acts), heads=HEADS)


def test_prose_of_many_columns_stands_below_its_row_and_what_rows_share_above(
    page: Page, tmp_path: Path
) -> None:
    said = squashed(set_(tmp_path, page, page.write(lined_table(8))))
    assert [said.count(squashed(f"The act number {number} of them")) for number in range(5)] == [
        *[1] * 4,
        0,
    ]
    row = "its days 1 September to 30 November 2 October 2022 Third, Fourth, Fifth"
    assert said.count(squashed(f"{row} Why {PROSE}, {PROSE}.")) == 8
    assert "Act·KeysWhatHereThereWhich" in said


def test_no_row_is_parted_from_what_stands_below_it(page: Page, tmp_path: Path) -> None:
    set_(tmp_path, page, page.write(lined_table(90)))
    pages = [squashed(each.extract_text()) for each in PdfReader(tmp_path / "csto.pdf").pages]
    pages = [text for text in pages if "itsdays" in text]
    assert len(pages) > 2
    for text in pages:
        assert text.count("itsdays") == text.count(squashed(f"{PROSE}.")), text


def test_few_columns_and_short_cells_stand_side_by_side(page: Page) -> None:
    short = table_of(*(("an act of theirs", *"abcdef") for _ in range(30)), heads=HEADS)
    few = table_of(*(("an act of theirs", PROSE) for _ in range(30)))
    assert "said-of(" not in page.write(short) + page.write(few)
    assert "said-of(" in page.write(lined_table(9))


def test_tables_with_the_same_heads_on_a_page_have_the_same_columns(page: Page) -> None:
    tables = [table_of(("a", PROSE)), table_of(("a much longer word in the first", PROSE))]
    apart = {re.search(r"grid-of\((.*?)\), \(", page.write(one))[1] for one in tables}
    whole = nodes.section("", nodes.title("", "T"), *tables, ids=["s"])
    nodes.document(None, None, "", whole)
    both = re.findall(r"grid-of\((.*?)\), \(", page.write(whole))
    assert len(apart) == 2 and len(both) == 2 and len(set(both)) == 1


def test_a_small_table_floats_whole_but_not_right_below_a_heading(page: Page) -> None:
    rows = [(f"{number}", f"{PROSE}, {PROSE}, {PROSE}") for number in range(9)]
    words = nodes.paragraph("", "Words before it.")

    def written(*parts: nodes.Node) -> str:
        inner = nodes.section("", nodes.title("", "Inner"), *parts, ids=["i"])
        return page.write(nodes.section("", nodes.title("", "T"), inner, ids=["s"]))

    floats = "floats: auto"
    assert floats in written(words, table_of(*rows))
    assert floats not in written(table_of(*rows))
    assert floats not in written(words.deepcopy(), table_of(*rows * 4))


def test_the_smallest_stands_in_its_place_or_overleaf_while_the_text_goes_on(
    page: Page, tmp_path: Path
) -> None:
    rows = [(f"{number}", "b") for number in range(5)]

    def pages(lines: int) -> list[str]:
        parts = [nodes.paragraph("", words) for words in [*["Before."] * lines, "Later."]]
        parts.insert(lines, table_of(*rows))
        inner = nodes.section("", nodes.title("", "Inner"), *parts, ids=["i"])
        whole = nodes.section("", nodes.title("", "T"), inner, ids=["s"])
        set_(tmp_path, page, page.write(whole))
        return [squashed(each.extract_text()) for each in PdfReader(tmp_path / "csto.pdf").pages]

    def order(text: str) -> list[str]:
        return sorted(("Before.", "Headed", "Later."), key=text.rfind)

    few, many = pages(9), pages(47)
    assert any(order(text) == ["Before.", "Headed", "Later."] for text in few)
    at = next(number for number, text in enumerate(many) if "Later." in text)
    assert "Before." in many[at] and "Headed" not in many[at] and "Headed" in many[at + 1]


def test_a_table_among_other_words_has_a_title(
    page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    def written(*parts: nodes.Node) -> None:
        page.write(nodes.section("", nodes.title("", "T"), *parts, ids=["s"]))

    def untitled() -> nodes.table:
        table = table_of(("a", "b"))
        table.pop(0)
        return table

    logging.getLogger("sphinx").propagate = True
    with caplog.at_level(logging.WARNING):
        written(untitled(), nodes.comment("", "no word"))
        written(nodes.paragraph("", "Words."), table_of(("a", "b")))
        assert not caplog.records
        written(nodes.paragraph("", "Words."), untitled())
    assert "needs a title" in caplog.text


def test_a_day_stays_with_its_month_and_a_quoted_dot_is_one_of_the_faces(page: Page) -> None:
    said = page.write(nodes.paragraph("", "From 2 November to\n13 May 2019, 13 Maybe, Q1․"))
    assert "From 2~November to 13~May 2019" in said
    assert "13 Maybe" in said and said.strip().endswith("Q1\\.")


def entry_of(key: str, items: int, words: str) -> list[nodes.Node]:
    """An entry of an index, and the list below it."""
    listed = (nodes.list_item("", nodes.paragraph("", f"{words} {at}")) for at in range(items))
    head = nodes.paragraph("", "", nodes.strong("", key), ids=[f"out-{key}"])
    return [head, nodes.bullet_list("", *listed)]


def test_an_entry_is_whole_and_a_long_one_where_it_begins_and_ends(page: Page) -> None:
    parts = [*entry_of("A1", 4, "short"), *entry_of("A2", 9, PROSE)]
    short, long = page.write(nodes.section("", nodes.title("", "T"), *parts, ids=["s"])).split(
        '#entry-of("A2"'
    )
    assert short.count("#whole[") == 2 and short.count("#list(") == 1
    assert long.count("#list(") == 3 and long.count("#rest[") == 1


def test_a_line_of_code_ends_between_words_and_is_set_in_where_it_runs_on(
    page: Page, tmp_path: Path
) -> None:
    line = "    find -L data --not-a-word | LC_ALL=C sort >= 'a.b/c' && x != y;"
    markup = page.write(nodes.literal_block("", f"{line}{line}\n{line}"))
    said = set_(tmp_path, page, markup)
    assert "hangs: true" in markup and "hangs: false" in page.write(nodes.literal_block("", line))
    assert Counter(said.split())["--not-a-word"] == 3 and Counter(said.split())["!="] == 3


def test_a_long_name_breaks_and_prints_nothing_there(page: Page, tmp_path: Path) -> None:
    name = "a_name.of_some_record/" * 9
    words = nodes.paragraph("", "", nodes.literal("", name))
    rest = nodes.paragraph("", "why it is so, in many words " * 9)
    markup = page.write(table_of(("x", "y")))
    cells = f"[{page.write(words)}], [{page.write(rest)}],"
    said = set_(tmp_path, page, markup.replace("[x], [y],", cells))
    assert name in said.replace("\n", "").replace(" ", "")
    assert name not in said


def test_a_closing_section_is_a_panel_of_whole_items(page: Page, tmp_path: Path) -> None:
    items = [nodes.list_item("", nodes.paragraph("", f"It is so, {PROSE} {at}.")) for at in "abc"]
    told = nodes.bullet_list("", *items)

    def written(*parts: nodes.Node) -> str:
        closing = nodes.section("", nodes.title("", "Yet"), *parts, ids=["c"], classes=[CLOSING])
        return page.write(nodes.section("", nodes.title("", "T"), closing, ids=["s"]))

    listed, apart = written(told), written(*(nodes.paragraph("", word) for word in ("a", "b")))
    assert re.search(r"#closing\(\[.*#section\(2, .*\], true, \[", listed, re.DOTALL)
    assert re.search(r"#closing\(\[.*\], false, \[a\], \[b\]\)", apart, re.DOTALL)
    said = squashed(set_(tmp_path, page, listed))
    assert [said.count(squashed(f"{PROSE} {at}.")) for at in "abc"] == [1, 1, 1]


def test_an_exhibit_right_before_the_closing_of_a_chapter_stays_with_it(page: Page) -> None:
    def written(*parts: nodes.Node) -> str:
        words = nodes.paragraph("", "Words.")
        inner = nodes.section("", nodes.title("", "I"), words, *parts, ids=["i"])
        last = nodes.paragraph("", "So.")
        closing = nodes.section("", nodes.title("", "Y"), last, ids=["c"], classes=[CLOSING])
        return page.write(nodes.section("", nodes.title("", "T"), inner, closing, ids=["s"]))

    assert "closes: true" in written(table_of(("a", "b")), nodes.comment("", "no word"))
    assert "closes: true" not in written(table_of(("a", "b")), nodes.paragraph("", "More."))


def test_a_large_figure_of_a_chapter_stands_beside_what_leads_in(page: Page) -> None:
    large = nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "7 of them")))
    parts = (nodes.paragraph("", "leads"), nodes.container("", large, classes=[FIGURES]))
    markup = page.write(nodes.section("", nodes.title("", "T"), *parts, ids=["s"]))
    above = r"#figures-of\(at-top: false, opens: true, \[7 of them\]\).*#lede\["
    assert re.search(above, markup, re.DOTALL)
    assert markup.count("7 of them") == 1


def test_a_large_figure_of_a_section_stands_at_its_first_line(page: Page) -> None:
    large = nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "7 of them")))
    inner = (nodes.container("", large, classes=[FIGURES]), nodes.paragraph("", "says"))
    section = nodes.section("", nodes.title("", "U"), *inner, ids=["u"])
    markup = page.write(nodes.section("", nodes.title("", "T"), section, ids=["s"]))
    below = r"\[U\].*#figures-of\(at-top: false, opens: false, \[7 of them\]\).*says"
    assert re.search(below, markup, re.DOTALL)


def test_a_paragraph_with_a_head_of_its_own_has_air_above(page: Page) -> None:
    def said(*words: nodes.Node) -> nodes.paragraph:
        return nodes.paragraph("", "", *words)

    headed = said(nodes.Text(""), nodes.strong("", "Why."), nodes.Text(" So."))
    plain = said(nodes.Text("As "), nodes.strong("", "said"))
    markup = page.write(nodes.section("", nodes.title("", "T"), plain, headed, ids=["s"]))
    assert markup.count("#parted") == 1
    assert markup.index("said") < markup.index("#parted") < markup.index("Why")


def test_a_short_list_is_kept_and_a_long_one_is_not(page: Page) -> None:
    def listed(words: str) -> str:
        items = (nodes.list_item("", nodes.paragraph("", words)) for _ in "ab")
        return page.write(
            nodes.section("", nodes.title("", "T"), nodes.bullet_list("", *items), ids=["s"])
        )

    assert "#kept[" in listed("few words") and "#kept[" not in listed("many words " * 90)


def test_keys_stand_with_their_word_and_none_on_a_line_alone(page: Page) -> None:
    def marked(*keys: str) -> str:
        mark = nodes.inline("", "", classes=["csto-ev"])
        for at, key in enumerate(keys):
            mark += [nodes.Text(" ")] if at else []
            mark += nodes.reference("", key, refid=f"out-{key}")
        return page.write(nodes.paragraph("", "", nodes.Text("a claim "), mark, nodes.Text(".")))

    assert "a claim~#mark[" in marked("A1")
    assert marked("A1", "A2").count("~") == 2
    assert marked("A1", "A2", "A3", "A4").count("~") == 3
    assert "Table~7" in page.write(nodes.paragraph("", "in Table 7"))


def test_the_first_paragraph_of_a_chapter_leads_in(page: Page) -> None:
    parts = (nodes.paragraph("", words) for words in ("leads", "follows"))
    markup = page.write(nodes.section("", nodes.title("", "T"), *parts, ids=["s"]))
    lede = re.search(r"#lede\[(.*?)\]", markup, re.DOTALL)
    assert "leads" in lede[1] and "follows" not in lede[1] and "follows" in markup


@pytest.mark.parametrize(
    ("width", "left", "hangs"),
    [(690, 205, True), (480, 5, False), (500, 20, False), (900, 300, True), (690, 7, False)],
)
def test_a_drawing_takes_a_width_of_the_page_and_its_letters_two_sizes(
    width: int, left: int, hangs: bool
) -> None:
    svg = (
        f'<svg width="{width}" height="90" viewBox="0 0 {width} 90">'
        f'<g transform="translate({left},5)">'
        '<text font-size="13px">a</text><text font-size="14px">b</text></g></svg>'
    )
    framed, reaches = on_grid(svg)
    across = float(re.search(r'width="([\d.]+)"', framed)[1])
    millimetres = (165 if reaches else 116) / across
    sizes = [
        float(size) * millimetres / POINT for size in re.findall(r'font-size="([\d.]+)', framed)
    ]
    assert reaches == hangs and across >= width and sizes == pytest.approx([7.5, 8.5], abs=0.01)


def test_columns_share_the_page_and_no_word_is_cut() -> None:
    assert columns([["a", "b"], ["short", "short too"]]) == ["auto", "1fr"]
    assert "auto" in columns([["a"] * 4, ["short"] * 4])
    assert "auto" not in columns([["a"] * 5, ["short"] * 5])  # as wide as the page
    shares = [
        int(share.removesuffix("fr"))
        for share in columns([["a", "b", "c"], ["word " * 60, "unbreakable_and_long", "word " * 9]])
    ]
    assert (
        shares[0] > max(shares[1:])
        and shares[1] > len("unbreakable_and_long")
        and shares[2] > len("word")
    )
    assert sum(shares) <= 113


def test_a_name_takes_one_line_in_the_first_column() -> None:
    people = [["Zohrab Mnatsakanyan", "the Armenian opposition", PROSE, "word " * 40]] * 3
    shares = columns([["Who", "For", "Office", "Why"], *people])
    name, side = (int(share.removesuffix("fr")) - 3 for share in shares[:2])
    assert name >= len("Zohrab Mnatsakanyan") and side >= len("the Armenian")
