"""Codings as a project of the REFI-QDA exchange format (version 1.0 of 2019), and back.

A `.qdpx` is an archive of the documents, byte for byte, and of `project.qde`: the codebook as
codes and every coding with its span. Positions are code points of the document, end exclusive. A
code is called `variable: term`; what a term does not say (who speaks, who holds an answer, whose
act it is) stands in the description of the coding, which programs call its memo, as
`key: value; key: value`, a line a unit. On one span a code stands once, as programs demand it.
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from csto.corpus.code.rows import ACT, COLUMNS, FORECAST, LISTS, PASSAGE, Row
from csto.corpus.codings import codings
from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.reread import reread
from csto.corpus.schema import Event, Extract, Forecast

SPACE = "urn:QDA-XML:project:1.0"
OWN = "The report"  # whose coding is no further reading's
_TAG = f"{{{SPACE}}}"
_GUID = uuid.uuid5(uuid.NAMESPACE_URL, SPACE)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of files in the archive, so that it is the same bytes every time
_KINDS = "kind"  # what kinds of act are called as a variable, in rows and in codes
_EXPECTS = "expectation: told"
_YEAR = "year"  # the one stance of a question that a year answers


class Marked(NamedTuple):
    """One code on one span of a document, by one coder."""

    source: str
    start: int
    end: int
    code: str
    memo: str = ""


# ---- out -----------------------------------------------------------------------------


def project(corpus: Corpus, documents: Iterable[str], coders: dict[str, list[Marked]]) -> bytes:
    """The archive: documents, codebook, and the codings of each coder by name."""
    root = ElementTree.Element(f"{_TAG}Project", name="csto", origin="csto")
    people = {name: _guid("user", name) for name in coders}
    if coders:
        users = ElementTree.SubElement(root, f"{_TAG}Users")
        for name, guid in people.items():
            ElementTree.SubElement(users, f"{_TAG}User", guid=guid, name=name)
    marked = [one for some in coders.values() for one in some]
    book = ElementTree.SubElement(root, f"{_TAG}CodeBook")
    _codes(ElementTree.SubElement(book, f"{_TAG}Codes"), corpus, {one.code for one in marked})
    sources = ElementTree.SubElement(root, f"{_TAG}Sources")
    contents = {}
    for source in documents:
        path = f"{_guid('source', source)}.txt"
        text = ElementTree.SubElement(sources, f"{_TAG}TextSource", guid=path[:-4], name=source)
        text.set("plainTextPath", f"internal://{path}")
        contents[f"Sources/{path}"] = corpus.documents[source].text.encode()
        for name, some in coders.items():
            for one in (one for one in some if one.source == source):
                _selection(text, name, people[name], one)
    ElementTree.register_namespace("", SPACE)
    xml = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return _packed({"project.qde": xml, **contents})


def _packed(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _guid(*parts: str) -> str:
    return str(uuid.uuid5(_GUID, "\n".join(parts)))


def _codes(parent: ElementTree.Element, corpus: Corpus, used: set[str]) -> None:
    """The codebook: a variable is a category, and its terms are the codes in it."""
    groups: dict[str, dict[str, str]] = {
        _KINDS: {kind.id: kind.definition for kind in corpus.event_kinds}
    }
    for question in corpus.questions:
        stances = {stance.id: stance.definition for stance in question.stances}
        groups[question.id] = stances or {_YEAR: "A year, in the memo: year: 2017."}
    for variable in corpus.variables:
        groups[variable.id] = {term.id: term.definition for term in variable.terms}
    groups["expectation"] = {"told": "An expectation of what will, may or cannot happen."}
    asked = {code.partition(": ")[0] for code in used} | {
        *COLUMNS,
        *(q.id for q in corpus.questions),
    }
    asked |= {"theme", "expectation"}
    for name, terms in groups.items():
        if name not in asked:
            continue
        group = ElementTree.SubElement(
            parent, f"{_TAG}Code", guid=_guid("group", name), name=name, isCodable="false"
        )
        for term, definition in terms.items():
            code = f"{name}: {term}"
            one = ElementTree.SubElement(
                group, f"{_TAG}Code", guid=_guid("code", code), name=code, isCodable="true"
            )
            ElementTree.SubElement(one, f"{_TAG}Description").text = definition


def _selection(parent: ElementTree.Element, name: str, user: str, one: Marked) -> None:
    key = (name, one.source, str(one.start), str(one.end), one.code)
    selection = ElementTree.SubElement(
        parent,
        f"{_TAG}PlainTextSelection",
        guid=_guid("selection", *key),
        startPosition=str(one.start),
        endPosition=str(one.end),
        creatingUser=user,
    )
    if one.memo:
        ElementTree.SubElement(selection, f"{_TAG}Description").text = one.memo
    coding = ElementTree.SubElement(
        selection, f"{_TAG}Coding", guid=_guid("coding", *key), creatingUser=user
    )
    ElementTree.SubElement(coding, f"{_TAG}CodeRef", targetGUID=_guid("code", one.code))


def coders(corpus: Corpus) -> dict[str, list[Marked]]:
    """The codings of the report and of each reading that chose its units, by coder."""
    found = {OWN: marked(corpus)}
    for one in corpus.readings:
        if one.chooses_units:
            found[one.label] = marked(reread(corpus, one.id))
    return found


def marked(corpus: Corpus) -> list[Marked]:
    """Every coding of a corpus, in the order of the documents; a code once a span."""
    lines: dict[tuple[str, int, int, str], list[str]] = {}
    spans = {one.extract.key: (one.extract.source, one.start, one.end) for one in corpus.standing}
    for extract in corpus.extracts:
        for code, memo in _of_passage(corpus, extract):
            lines.setdefault((*spans[extract.key], code), []).append(memo)
    units = [(event.mentions, _of_act(event)) for event in corpus.events]
    units += [(one.extracts, _of_forecast(one)) for one in corpus.forecasts]
    for passages, (code, memo) in units:
        for key in passages:
            lines.setdefault((*spans[key], code), []).append(memo)
    order = {source: place for place, source in enumerate(corpus.source)}
    keys = sorted(lines, key=lambda key: (order[key[0]], *key[1:]))
    return [Marked(*key, "\n".join(filter(None, lines[key]))) for key in keys]


def _of_passage(corpus: Corpus, extract: Extract) -> Iterator[tuple[str, str]]:
    one_by_one = {"positions", "facts"}
    date = extract.when.date if extract.when else None
    said = {
        "attribution": _memo(speaker=extract.voice.speaker, outlet=extract.voice.outlet),
        "date_basis": _memo(date=date),
    }
    for coding in codings(extract):
        if coding.path[0] not in one_by_one:
            yield f"{coding.vocabulary}: {coding.term}", said.get(coding.vocabulary, "")
    for held in extract.positions:
        closed = bool(corpus.terms(held.question))
        memo = _memo(holder=held.holder, year=None if closed else held.stance)
        yield f"{held.question}: {held.stance if closed else _YEAR}", memo
    for fact in extract.facts:
        memo = _memo(subject=fact.subject, value=fact.value, unit=fact.unit, object=fact.object)
        yield f"attribute: {fact.attribute}", memo


def _of_act(event: Event) -> tuple[str, str]:
    given = {name: getattr(event, name) for name in ACT if name != _KINDS}
    return f"{_KINDS}: {event.kind}", _memo(act=event.id, **given)


def _of_forecast(one: Forecast) -> tuple[str, str]:
    memo = _memo(expectation=one.id, expected_by=one.holder, hedge=one.hedge, horizon=one.horizon)
    return _EXPECTS, memo


def _memo(**said: object) -> str:
    """What is said besides, in a line."""
    parts = {
        name: ", ".join(value) if isinstance(value, list) else value
        for name, value in said.items()
        if value is not None and value != []
    }
    return "; ".join(f"{name}: {value}" for name, value in parts.items())


# ---- back ----------------------------------------------------------------------------


def read(corpus: Corpus, path: Path) -> tuple[list[Row], list[Problem]]:
    """The lines of a project that a program wrote. Raises ValueError for what is no project."""
    found, problems = unpacked(corpus, path)
    return list(_rows(corpus, path.name, found)), problems


def unpacked(corpus: Corpus, path: Path) -> tuple[list[Marked], list[Problem]]:
    """Every code on a span of a document of this corpus, and what could not be placed.

    A document may have other line ends or a byte order mark, and its positions are mended, whether
    the program counts these or not.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read("project.qde"))
            files = {name.lower(): archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise ValueError(f"{path} is no REFI-QDA project ({error}), export one as .qdpx") from None
    names = {one.get("guid", ""): one.get("name", "") for one in root.iter(f"{_TAG}Code")}
    marked, problems = list[Marked](), list[Problem]()
    for text in root.iter(f"{_TAG}TextSource"):
        name = text.get("name", "")
        found = _document(corpus, text, files)
        if found is None:
            said = f"'{name}' has the words of no document of this project, export the same texts"
            problems.append(Problem(path.name, 1, 1, "source", said))
            continue
        source, places = found
        for selection in text.iter(f"{_TAG}PlainTextSelection"):
            low, high = _span(selection)
            if not 0 <= low < high < len(places):
                said = f"a selection from {low} to {high} lies outside of it, select again"
                problems.append(Problem(path.name, 1, 1, source, said))
                continue
            memo = (selection.findtext(f"{_TAG}Description") or "").strip()
            for ref in selection.iter(f"{_TAG}CodeRef"):
                code = names.get(ref.get("targetGUID", ""), "")
                marked.append(Marked(source, places[low], places[high], code, memo))
    return marked, problems


def _document(
    corpus: Corpus, text: ElementTree.Element, files: dict[str, bytes]
) -> tuple[str, list[int]] | None:
    """Which document a source is, and where each of its positions is in it."""
    inside = text.get("plainTextPath", "").rpartition("/")[2].lower()
    raw = next((raw for name, raw in files.items() if inside and name.endswith(inside)), None)
    words = raw.decode("utf-8", "replace") if raw is not None else None
    words = words if words is not None else text.findtext(f"{_TAG}PlainTextContent")
    for source, document in corpus.documents.items() if words is not None else ():
        if words is not None and _plain(words) == _plain(document.text):
            return source, _counted(words, document.text, text)
    return None


_UNSEEN = re.compile("\ufeff|\r(?=\n)|(?<=\n) +")  # QualCoder puts a blank after a line end
_FIRST, _LAST = re.compile(r"(?<!\w)(?=\S)"), re.compile(r"(?<=\S)(?!\w)")


def _plain(text: str) -> str:
    """A text without what programs change at line ends and at its beginning and end."""
    return _UNSEEN.sub("", text).replace("\r", "\n").rstrip()


def _counted(words: str, ours: str, text: ElementTree.Element) -> list[int]:
    """Where each position of a source is in ours, as its program counts.

    Some count a byte order mark, and a line end as the two characters that it is in the file;
    others write them and count neither (QualCoder). So it is read as its selections fit best.
    """
    marks, ends = (words, words.removeprefix("\ufeff")), ("\r\n", "\n")
    ways = dict.fromkeys(way.replace("\r\n", end) for end in ends for way in marks)
    selections = [*text.iter(f"{_TAG}PlainTextSelection")]
    return max((_places(way, ours) for way in ways), key=lambda at: _fit(ours, at, selections))


def _fit(ours: str, places: list[int], selections: list[ElementTree.Element]) -> int:
    """How often selections begin and end with a word, and hold the words they are named by."""
    found = 0
    for one in selections:
        low, high = _span(one)
        if 0 <= low < high < len(places):
            low, high = places[low], places[high]
            named = one.get("name", "").split() == ours[low:high].split()
            found += bool(_FIRST.match(ours, low)) + bool(_LAST.match(ours, high)) + named
    return found


def _span(selection: ElementTree.Element) -> tuple[int, int]:
    return int(selection.get("startPosition", 0)), int(selection.get("endPosition", 0))


def _places(words: str, ours: str) -> list[int]:
    """For each position of one writing of a text, and for its end, the same one in ours."""
    if words == ours:
        return list(range(len(ours) + 1))
    unseen = _dropped(ours)
    mine = [at for at in range(len(ours)) if at not in unseen]
    gone, place, found = _dropped(words), 0, list[int]()
    for at in range(len(words) + 1):
        found.append(mine[place] if place < len(mine) else len(ours))
        place += at < len(words) and at not in gone
    return found


def _dropped(text: str) -> set[int]:
    return {at for match in _UNSEEN.finditer(text) for at in range(*match.span())}


def _rows(corpus: Corpus, name: str, found: list[Marked]) -> Iterator[Row]:
    """A line for each thing that is said of a span."""
    passages: dict[tuple[str, int, int], list[Marked]] = {}
    for one in found:
        passages.setdefault((one.source, one.start, one.end), []).append(one)
    questions = {question.id for question in corpus.questions}
    for (source, start, end), some in sorted(passages.items()):
        here = _words(corpus, source, start, end)
        said = dict(here)
        units: list[dict[str, str]] = []
        for one in some:
            variable, _, term = one.code.partition(": ")
            memos = [_read_memo(line) for line in one.memo.splitlines() or [""]]
            if variable in questions:
                units += [_answer(said, some, variable, term, memo) for memo in memos]
            elif variable == _KINDS:
                units += [{"act": f"{term} {start}", **memo, _KINDS: term} for memo in memos]
            elif one.code == _EXPECTS:
                units += [{"expectation": f"expected {start}", **memo} for memo in memos]
            elif variable in (*PASSAGE, "date_basis"):
                said |= {variable: term, **memos[0]}
        spot = f"{source}, characters {start} to {end}"
        passage = {key: value for key, value in said.items() if key in COLUMNS}
        yield _row(name, spot, start, passage)
        for unit in units:
            allowed = {*ACT, *FORECAST, "act", "expectation", "question", "holder", "stance"}
            cells = {key: _split(key, value) for key, value in unit.items() if key in allowed}
            yield _row(name, spot, start, {**here, **cells})


def _words(corpus: Corpus, source: str, start: int, end: int) -> dict[str, str]:
    from csto.corpus.locate import prefix

    document = corpus.documents[source]
    quote = document.text[start:end]
    here = {"document": source, "passage": quote}
    before = prefix(document, start, quote)
    return here | ({"prefix": before} if before else {})


def _answer(
    said: dict[str, str], some: list[Marked], question: str, term: str, memo: dict[str, str]
) -> dict[str, str]:
    """An answer: held by whom its memo names, else by who speaks, else by the author."""
    spoken = (_read_memo(one.memo) for one in some if one.code.startswith("attribution: "))
    speaker = next((memo["speaker"] for memo in spoken if "speaker" in memo), "author")
    stance = memo.get("year", "") if term == _YEAR else term
    return {"question": question, "holder": memo.get("holder", speaker), "stance": stance}


def _split(column: str, value: str) -> str:
    return value.replace(", ", " | ") if column in LISTS else value


def _read_memo(line: str) -> dict[str, str]:
    parts = re.split(r";\s*(?=[a-z_]+: )", line.strip())
    pairs = (part.partition(": ") for part in parts if ": " in part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _row(name: str, spot: str, line: int, cells: dict[str, str]) -> Row:
    def at(column: str, message: str) -> Problem:
        return Problem(name, line, 1, f"{spot} ({column})", message)

    return Row({key: value for key, value in cells.items() if value}, at)
