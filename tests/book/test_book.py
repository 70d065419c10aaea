"""The built book: no warning, every number and passage in its place, nothing leads nowhere."""

from __future__ import annotations

import html
import itertools
import json
import re
import shutil
import subprocess
import sysconfig
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from conftest import copied, run
from csto.analysis.printed import in_prose
from csto.book import search
from csto.book.trail import trail_of
from csto.corpus.checks import checked_corpus
from csto.exhibits import findings

PRINTED_AT_MOST = 0.5  # of a document
LONG_ENOUGH = 40  # characters; shorter passages can stand in the prose by chance


class Links(HTMLParser):
    """What a page points at, and the anchors it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: set[str] = set()
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.targets |= {value for key in ("href", "src") if (value := named.get(key))}
        if named.get("id"):
            self.ids.append(named["id"])


def test_every_finding_stands_in_its_chapter(built: dict[str, str], sources: Path) -> None:
    for data in findings.collect((sources / "notebooks").glob("*.ipynb")).values():
        page = built[f"notebooks/{data['notebook']}.html"]
        anchor = f'id="finding-{data["id"].replace(".", "-")}"'
        assert anchor in page, data["id"]
        assert (
            f"<strong>{html.escape(findings.read(data).with_unit)}</strong>"
            in page.split(anchor)[1][:1200]
        ), data["id"]


def test_a_chart_is_told_as_a_table_and_as_a_list(built: dict[str, str]) -> None:
    """Both have the same rows with the same marks, and say of which chart they are."""
    parts = re.compile(
        r'aria-label="(Data|As a list): ([^"]+)">.*?(<(table|ul)\b.*?)</details>', re.S
    )
    told: dict[tuple[str, str], dict[str, list[str]]] = {}
    rows: dict[tuple[str, str], dict[str, int]] = {}
    for name, page in built.items():
        for kind, chart, body, _ in parts.findall(page):
            marks = re.findall(r'csto-mark[^>]* href="([^"]+)"|href="([^"]+)"[^>]*csto-mark', body)
            told.setdefault((name, chart), {})[kind] = sorted(a or b for a, b in marks)
            groups = body.count("<ul") - 1  # each inside its list item
            count = body.count("<tr") - 1 if kind == "Data" else body.count("<li") - groups
            rows.setdefault((name, chart), {})[kind] = count
    assert len(told) > 10 and sum(bool(both["Data"]) for both in told.values()) > 8
    assert all(both["Data"] == both["As a list"] for both in told.values())
    assert all(both["Data"] == both["As a list"] > 0 for both in rows.values())


def test_every_number_in_prose_is_the_finding(built: dict[str, str], sources: Path) -> None:
    found = findings.collect((sources / "notebooks").glob("*.ipynb"))
    marks = re.findall(
        r'href="[^"]*#finding-([a-z0-9-]+)"[^>]*><span class="csto-n"[^>]*>([^<]*)<',
        "".join(built.values()),
    )
    assert len(marks) > 30
    values = {key.replace(".", "-"): findings.read(data) for key, data in found.items()}
    wrong = [(key, text) for key, text in marks if html.unescape(text) not in said(values[key])]
    assert wrong == []


def said(finding: findings.Finding) -> set[str]:
    """The ways in which a number may stand on a page: in a table, in a sentence, at its start."""
    ways = itertools.product([False, True], repeat=2)
    words = {in_prose(finding.value, opens=opens, counts=counts) for opens, counts in ways}
    return {finding.shown} | (words if finding.value is not None else set())


def test_links_and_anchors_lead_somewhere(built: dict[str, str], sources: Path) -> None:
    root = sources / "_build/html"
    parsed = {name: Links(page) for name, page in built.items()}
    dead = []
    for name, page in parsed.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            file = (root / name).parent / unquote(parts.path) if parts.path else root / name
            there = file.resolve().relative_to(root.resolve()).as_posix()
            missing = (
                parts.fragment
                and there in parsed
                and unquote(parts.fragment) not in parsed[there].ids
            )
            if not file.exists() or missing:
                dead.append(f"{name} -> {target}")
    assert dead == []


def test_ids_are_unique(built: dict[str, str]) -> None:
    for name, page in built.items():
        ids = Links(page).ids
        assert len(ids) == len(set(ids)), f"{name}: {sorted({i for i in ids if ids.count(i) > 1})}"


def test_cited_passages_are_printed_and_others_are_not(
    built: dict[str, str], sources: Path
) -> None:
    trail = trail_of(sources)
    corpus, cited = trail.corpus, trail.cited
    text = html.unescape(re.sub(r"<[^>]+>", "", built["book/evidence.html"]))
    everything = html.unescape("".join(built.values()))
    assert cited
    # Titles stand in the list of documents, and corrections quote what they correct.
    elsewhere = [s.title for s in corpus.sources] + [
        re.sub(r"\s+", " ", c.printed) for c in corpus.corrections
    ]
    for key, extract in corpus.extract.items():
        flat = re.sub(r"\s+", " ", extract.quote)
        if key in cited:
            assert flat in text, key
            continue
        is_context = set(range(*corpus.span(extract))) <= trail.printed.offsets(extract.source)
        if (
            len(flat) >= LONG_ENOUGH
            and not is_context
            and not any(flat in t or t in flat for t in elsewhere)
        ):
            assert flat not in everything, key


def test_the_share_printed_of_each_document_is_shown_and_small(
    built: dict[str, str], sources: Path
) -> None:
    trail = trail_of(sources)
    assert all(0 < share < PRINTED_AT_MOST for share in trail.printed.share.values()), (
        trail.printed.share
    )
    for source, share in trail.printed.share.items():
        assert f"this book prints {share:.0%} of the document" in built["book/evidence.html"]
        assert f"This book prints {share:.0%} of it" in built[f"book/documents/{source}.html"]


def test_whatever_prints_a_document_prints_less_than_half(
    built: dict[str, str], sources: Path
) -> None:
    """Measured on the pages, scripts and all: a document's words that stand in runs of six."""
    said = " ".join(
        html.unescape(re.sub(r"<[^>]+>", " ", page.replace("\\u003c", "<")))
        for page in built.values()
    )
    words = re.findall(r"\w+", said)
    runs = set(zip(*(words[i:] for i in range(6)), strict=False))
    for source, document in checked_corpus(sources).documents.items():
        theirs = re.findall(r"\w+", document.text)
        printed = {
            at + i
            for at in range(len(theirs) - 5)
            if tuple(theirs[at : at + 6]) in runs
            for i in range(6)
        }
        assert 0 < len(printed) / len(theirs) < PRINTED_AT_MOST, (
            source,
            len(printed) / len(theirs),
        )


def test_no_document_is_published_whole(built: dict[str, str], sources: Path) -> None:
    published = {path.name for path in (sources / "_build/html").rglob("*") if path.is_file()}
    assert not published & {path.name for path in (sources / "seeds").iterdir()}


def test_a_second_build_does_nothing(sources: Path, tmp_path: Path) -> None:
    folder = copied(sources, tmp_path)
    index = folder / "_build/html/index.html"
    before = index.stat().st_mtime_ns
    second = run(folder, "csto.cli", "book")
    assert "notebooks: up to date\nbook: up to date\n" in second.stdout
    assert index.stat().st_mtime_ns == before


def test_jupyter_book_alone_makes_the_same_book_elsewhere(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins anew by itself, in another folder and time zone and with other hashes."""
    folder = copied(sources, tmp_path)
    for made in ("html", "pdf"):
        shutil.rmtree(folder / "_build" / made)
    around = {"PYTHONPATH": f"{folder}/src", "TZ": "Asia/Yerevan", "PYTHONHASHSEED": "7"}
    for name, value in around.items():
        monkeypatch.setenv(name, value)
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    done = subprocess.run(
        [tool, "build", ".", "--all", "-n", "-W", "--keep-going"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    pages = sorted((sources / "_build/html").rglob("*.html"))
    pdfs = [sources / "_build/pdf/csto.pdf", sources / "_build/html/_downloads/csto.pdf"]
    differ = [
        made.name
        for made in [*pages, *pdfs]
        if made.read_bytes() != (folder / made.relative_to(sources)).read_bytes()
    ]
    assert len(pages) > 20 and differ == []


def test_the_search_index_has_every_section_and_no_code(
    built: dict[str, str], sources: Path
) -> None:
    index = (sources / "_build/html" / search.FILE).read_text(encoding="utf-8")
    pages = json.loads(re.search(r"\{.*\}", index)[0])["pages"]
    for page, places in pages.items():
        sections = re.findall(r'<section [^>]*?id="([^"]+)"', built[page])
        assert sections and set(sections) <= {id for id, *_ in places}, page
    said = " ".join(text for places in pages.values() for *_, text in places)
    code = re.compile(r"\bimport \w+, \w+|\bcharts\.\w+\(")
    assert len(said) > 10**5 and not code.search(said)
    assert any(code.search(re.sub(r"<[^>]+>", "", page)) for page in built.values())


def test_a_place_is_a_section_or_a_paragraph_with_an_address(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<p>Menu</p><section id="one"><h1>One <em>and</em> all<a class="headerlink">#</a></h1>'
        '<p>Said<span class="csto-ev"><a>A<span>1</span></a></span> .<br>More</p>'
        '<div class="cell highlight"><div>code</div> = 1</div>'
        "<table><tr><td>a</td><td></td><td><p>b</p></td></tr></table>"
        '<p id="own">Its <b>ow</b>n</p><section id="two"><h2>Two</h2><p>Last</p></section>',
        encoding="utf-8",
    )
    assert [(place.id, place.title, place.text) for place in search.places(page)] == [
        ("one", "One and all", "Said. More a · b"),
        ("own", "One and all", "Its own"),
        ("two", "Two", "Last"),
    ]
