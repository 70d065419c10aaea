"""Codings go out to the tools of human coders and come back, with nothing lost or moved."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import ROOT, edit, problems
from csto.cli import main
from csto.corpus import checks, reading
from csto.corpus.code import refi, sheet
from csto.corpus.code.rows import COLUMNS
from csto.corpus.code.take_in import take_in
from csto.corpus.problems import DataError
from csto.corpus.reading import Corpus

#: Of the published schema (REFI-QDA 1.0, 2019): what each element must have and may hold, in order.
SCHEMA = {
    "Project": ({"name"}, ["Users", "CodeBook", "Sources"]),
    "Users": (set(), ["User"]),
    "User": ({"guid"}, []),
    "CodeBook": (set(), ["Codes"]),
    "Codes": (set(), ["Code"]),
    "Code": ({"guid", "name", "isCodable"}, ["Description", "Code"]),
    "Description": (set(), []),
    "Sources": (set(), ["TextSource"]),
    "TextSource": ({"guid"}, ["PlainTextSelection"]),
    "PlainTextSelection": ({"guid", "startPosition", "endPosition"}, ["Description", "Coding"]),
    "Coding": ({"guid"}, ["CodeRef"]),
    "CodeRef": ({"targetGUID"}, []),
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus_() -> Corpus:
    return checks.checked_corpus(ROOT)


@pytest.fixture(scope="module")
def archive(corpus_: Corpus) -> bytes:
    return refi.project(corpus_, corpus_.source, refi.coders(corpus_))


def contents(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_project_has_the_form_of_the_published_schema(archive: bytes) -> None:
    root = ElementTree.fromstring(contents(archive)["project.qde"])
    guids: list[str] = []
    for element in root.iter():
        needed, order = SCHEMA[element.tag.removeprefix(f"{{{refi.SPACE}}}")]
        assert needed <= set(element.keys())
        places = [order.index(child.tag.removeprefix(f"{{{refi.SPACE}}}")) for child in element]
        assert places == sorted(places)
        guids += [element.get("guid")] if element.get("guid") else []
    assert len(guids) == len(set(guids))
    codable = [e.get("name") for e in root.iter(f"{{{refi.SPACE}}}Code")]
    assert len(codable) == len(set(codable))  # programs hold names to be unique


def test_documents_go_out_byte_for_byte(archive: bytes, corpus_: Corpus) -> None:
    out = {raw for name, raw in contents(archive).items() if name.startswith("Sources/")}
    assert out == {(ROOT / "seeds" / s.file).read_bytes() for s in corpus_.sources}


def test_every_coding_comes_back_where_it_was(
    archive: bytes, corpus_: Corpus, tmp_path: Path
) -> None:
    (tmp_path / "out.qdpx").write_bytes(archive)
    found, said = refi.unpacked(corpus_, tmp_path / "out.qdpx")
    sent = [one for some in refi.coders(corpus_).values() for one in some]
    assert not said and len(found) > 1000
    assert sorted(found) == sorted(sent)
    spans = {(one.source, one.start, one.end) for one in refi.marked(corpus_)}
    assert spans == {(e.source, *corpus_.span(e)) for e in corpus_.extracts}


def written(text: str, mark: str, end: str) -> str:
    """A text as a program holds it, with byte order marks before it and its own line ends."""
    return mark + text.replace("\n", end)


#: What stands in a file before its text and at its line ends, and what of it a program counts.
WRITTEN = {
    "windows": (("\ufeff", "\r\n"), ("\ufeff", "\r\n")),
    "windows, a line end as one": (("", "\r\n"), ("", "\n")),
    "mark": (("\ufeff", "\n"), ("\ufeff", "\n")),
    "qualcoder": (("\ufeff", "\n"), ("", "\n")),
    "qualcoder for maxqda": (("\ufeff", "\r\n"), ("", "\n")),
    "qualcoder, from windows": (("\ufeff", "\n "), ("", "\n ")),
    "qualcoder, from a mark": (("\ufeff\ufeff", "\n"), ("\ufeff", "\n")),
}


@pytest.mark.parametrize(("file", "counted"), WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("several", [True, False], ids=["several", "one"])
def test_line_ends_and_byte_order_marks_move_nothing(
    corpus_: Corpus, tmp_path: Path, file: tuple[str, str], counted: tuple[str, str], several: bool
) -> None:
    """As programs do that rewrite the texts and count in their own; QualCoder 4.0 as it does."""
    sent = refi.marked(corpus_)
    if not several:
        sent = [next(one for one in sent if one.source == key) for key in corpus_.source]
    raw = contents(refi.project(corpus_, corpus_.source, {"A": sent}))
    root = ElementTree.fromstring(raw["project.qde"])
    for source in root.iter(f"{{{refi.SPACE}}}TextSource"):
        inside = source.get("plainTextPath", "").rpartition("/")[2]
        ours = corpus_.documents[source.get("name", "")].text
        raw[f"Sources/{inside}"] = written(ours, *file).encode()
        for one in source.iter(f"{{{refi.SPACE}}}PlainTextSelection"):
            low, high = (int(one.get(f"{end}Position", "")) for end in ("start", "end"))
            one.set("startPosition", str(len(written(ours[:low], *counted))))
            one.set("endPosition", str(len(written(ours[:high], *counted))))
            if not several:  # then its name tells how its program counts, as QualCoder gives one
                one.set("name", " ".join(ours[low:high].split()))
    with zipfile.ZipFile(tmp_path / "in.qdpx", "w") as archive:
        archive.writestr("project.qde", ElementTree.tostring(root))
        for name in raw.keys() - {"project.qde"}:
            archive.writestr(name, raw[name])
    found, said = refi.unpacked(corpus_, tmp_path / "in.qdpx")
    assert not said and sorted(found) == sorted(sent)


def test_a_project_comes_back_as_a_reading(choir: Path) -> None:
    """All that a reader is asked for: acts, answers, expectations, and how passages speak."""
    corpus = checks.checked_corpus(choir)
    (choir / "own.qdpx").write_bytes(
        refi.project(corpus, corpus.source, {"A": refi.marked(corpus)})
    )
    key = take_in(choir, choir / "own.qdpx", "A. B.")
    found = reading.read(choir)[0]
    assert key == "a-b" and problems(choir) == []
    told = {e.id: (e.kind, e.sign, e.actors, e.recipients, len(e.mentions)) for e in found.events}
    again = {a.label: (a.kind, a.sign, a.actors, a.recipients, len(a.told_by))
             for a in found.reader_acts}  # fmt: skip
    assert again == told
    assert len(found.reader_passages) == len(found.extracts)
    held = sorted((p.holder, p.question, p.stance) for e in found.extracts for p in e.positions)
    assert held == sorted(
        (p.holder, p.question, p.stance) for e in found.reader_passages for p in e.positions
    )
    assert {f.label for f in found.reader_forecasts} == {f.id for f in found.forecasts}


def filled(choir: Path, *rows: dict[str, str], delimiter: str = ",") -> Path:
    """A sheet that somebody filled in."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path = choir / "sheet.csv"
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())
    return path


WALKED = {
    "document": "bell",
    "passage": "On 4 March the basses of the Lower Mill choir walked out of the rehearsal",
    "attribution": "unattributed",
    "mode": "authorial",
    "status": "asserted",
    "date": "2001-03-04",
    "date_basis": "stated",
    "act": "the basses walk out",
    "kind": "walk_out",
    "themes": "quarrel",
    "actors": "basses",
    "recipients": "Ada Finch",
    "sign": "-1",
    "intensity": "3",
    "rung": "walk_out",
}
AGAIN = {
    "document": "bell",
    "passage": "Otto Reed, the oldest bass, calls the new mass a punishment",
    "attribution": "named_person",
    "mode": "indirect",
    "status": "attributed",
    "speaker": "Otto Reed",
    "act": "the basses walk out",
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_sheet_comes_back_as_a_reading(choir: Path, delimiter: str) -> None:
    take_in(choir, filled(choir, WALKED, AGAIN, {"document": "bell"}, delimiter=delimiter), "Nora")
    found = reading.read(choir)[0]
    (act,), (one,) = found.reader_acts, (r for r in found.readings if r.id == "nora")
    assert act.recipients == ["finch"] and act.told_by == ["p1", "p2"]
    assert one.by_people and one.order == ["bell"] and problems(choir) == []


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("passage", "On 4 March the basses walked out", "row 2, B (passage): not in bell; nearest"),
        ("passage", "", "row 2, B (passage): is missing"),
        ("document", "bel", "row 2, A (document): “bel” is no document, there are bell, ferry"),
        ("status", "assertd", "row 2, F (status): 'assertd' is no known status, did you mean"),
        ("status", "", "row 2, F (status): is missing, add it"),
        ("recipients", "Ada Fink", "row 2, Q (recipients): 'Ada Fink' is no known actor"),
        ("kind", "walkout", "row 2, N (kind): 'walkout' is no known event_kind"),
        ("sign", "minus", "row 2, R (sign): “minus” is no whole number"),
        ("date", "4 March", "row 2, H (date): "),
        ("act", "", "row 2, N (kind): stands without `act`"),
        ("question", "Q1", "row 2, K (holder): is missing"),
        ("mode", "indirect", None),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_sheet_is_named_with_row_and_column(
    choir: Path, column: str, value: str, said: str | None
) -> None:
    path = filled(choir, {**WALKED, column: value})
    if said is None:  # how a voice fits is a matter of coding, and stays as it was read
        assert take_in(choir, path, "Nora") == "nora"
        return
    with pytest.raises(DataError) as caught:
        take_in(choir, path, "Nora")
    assert any(said in str(problem) for problem in caught.value.problems), str(caught.value)
    assert not (choir / "data/codings/nora").exists()


def test_rows_that_contradict_each_other_are_named(choir: Path) -> None:
    path = filled(choir, WALKED, {**WALKED, "sign": "1", "status": "hedged"})
    with pytest.raises(DataError) as caught:
        take_in(choir, path, "Nora")
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 2 and all(
        "row 3" in one and "differs from a row above" in one for one in said
    )


def test_an_answer_that_is_given_twice_is_named(choir: Path) -> None:
    answer = {**WALKED, "question": "Q1", "holder": "Ada Finch", "stance": "known"}
    with pytest.raises(DataError, match=r"row 2, B \(passage\): .*holds something twice, keep one"):
        take_in(choir, filled(choir, answer, answer), "Nora")


def test_an_act_may_be_for_and_against_nobody(choir: Path) -> None:
    take_in(choir, filled(choir, {**WALKED, "recipients": ""}), "Nora")
    (act,) = reading.read(choir)[0].reader_acts
    assert act.recipients == [] and problems(choir) == []


def test_the_sheet_is_blind_and_comes_back_in_all_its_forms(choir: Path) -> None:
    corpus = checks.checked_corpus(choir)
    paths = {path.name: path for path in sheet.write(corpus, ["bell"], choir / "sheet")}
    book = paths["codebook.md"].read_text(encoding="utf-8")
    assert "example" not in book.lower() and "walked-out" not in book
    assert paths["bell.txt"].read_bytes() == (choir / "seeds/bell.txt").read_bytes()
    assert all(f"**{name}**" in paths["how-to-code.md"].read_text("utf-8") for name in COLUMNS)
    assert sheet.read(paths["sheet.csv"]) == ([], [])
    rows, said = sheet.read_yaml(paths["coding.yml"])
    assert rows and not said
    edit(paths["coding.yml"], "document: bell", "document: bel")
    with pytest.raises(
        DataError, match=r"coding.yml:4:5: passages.0.document: “bel” is no document"
    ):
        take_in(choir, paths["coding.yml"], "Nora")


def test_the_commands_write_and_read(choir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "sheet", "out"]) == 0
    assert "blind.qdpx" in capsys.readouterr().out
    assert refi.unpacked(checks.checked_corpus(choir), choir / "out/blind.qdpx") == ([], [])
    assert main(["code", "import", "out/blind.qdpx", "--reader", "Nora"]) == 1
    assert "holds no coding" in capsys.readouterr().err
    assert main(["code", "import", "out/how-to-code.md", "--reader", "Nora"]) == 1
    assert "is none of .qdpx, .yml, .csv" in capsys.readouterr().err
