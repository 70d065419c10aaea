"""The record of an edition: what every page prints and every file holds, so that it can verify.

A record is named by its own hash. A PDF carries it as an attachment, with the findings and the
annotations; a folder of downloads holds it beside the files. What differs is named by its first
word or line.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdf
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from csto import files

ATTACHED = ("findings.json", "annotations.jsonld", "states.json")  # as far as there are
NAME = re.compile(r"edition-([0-9a-f]{16})\.json")
SHORT = 8  # characters of a line's hash
AROUND = 3  # words that are shown before one that differs
Words = list[str]


class Edition(NamedTuple):
    """What was found: the words of pages (none of a folder), and files by name."""

    pages: Sequence[Words]
    contents: Mapping[str, bytes]


# ---- writing -------------------------------------------------------------------------


def record(edition: Edition) -> tuple[str, bytes]:
    """The name and the content of the record of an edition."""
    said = {
        "pages": [" ".join(words) for words in edition.pages],
        "files": {name: _lines(raw) for name, raw in sorted(edition.contents.items())},
    }
    raw = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return f"edition-{_hash(raw)[:16]}.json", raw


def _lines(raw: bytes) -> dict[str, Any]:
    """The hash of a file, and of text a short one of each line."""
    try:
        lines = raw.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return {"sha256": _hash(raw)}
    return {"sha256": _hash(raw), "lines": [_hash(line.encode())[:SHORT] for line in lines]}


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def seal(pdf: Path, contents: Mapping[str, bytes]) -> None:
    """Attach files, and a record of them and of every page, to a PDF, and pack it.

    Typst does not compress what is said of each word; packed, the file is a third as large. The
    same PDF and files give the same bytes.
    """
    name, said = record(Edition(words(pypdf.PdfReader(pdf)), contents))
    into = io.BytesIO()
    with pikepdf.open(pdf) as whole:
        for key, content in sorted({**contents, name: said}.items()):
            spec = pikepdf.AttachedFileSpec(whole, content, filename=key, description=key)
            spec.relationship = pikepdf.Name.Data
            whole.attachments[key] = spec
        packed = pikepdf.ObjectStreamMode.generate
        whole.save(into, object_stream_mode=packed, deterministic_id=True)
    files.write(pdf, into.getvalue())


def seal_folder(folder: Path) -> Path:
    """Write the record of all that a folder holds beside it; returns where."""
    for old in folder.glob("edition-*.json"):
        old.unlink()
    name, raw = record(Edition((), _held(folder)))
    files.write(folder / name, raw)
    return folder / name


def _held(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


# ---- verifying -----------------------------------------------------------------------


def found(path: Path) -> Edition:
    """What a PDF or a folder of downloads holds. Raises ValueError for what is neither."""
    if path.is_dir():
        return Edition((), _held(path))
    try:
        reader = pypdf.PdfReader(path)
        attached = {name: some[0] for name, some in reader.attachments.items()}
        return Edition(words(reader), attached)
    except (OSError, pypdf.errors.PyPdfError) as error:
        raise ValueError(f"{path} is no whole PDF and no folder ({error})") from None


def differences(edition: Edition) -> Iterator[str]:
    """Everything that is not as the record has it, each by its first word or line."""
    named = [name for name in edition.contents if NAME.fullmatch(name)]
    if len(named) != 1:
        yield f"has {len(named) or 'no'} records (edition-….json) and needs one"
        return
    raw = edition.contents[named[0]]
    if not named[0].startswith(f"edition-{_hash(raw)[:16]}"):
        yield f"{named[0]}: the record itself was changed, its hash is {_hash(raw)[:16]}"
        return
    said = json.loads(raw)
    yield from _of_pages(said["pages"], edition.pages)
    yield from _of_files(said["files"], {**edition.contents}, named[0])


def _of_pages(said: list[str], there: Sequence[Words]) -> Iterator[str]:
    if len(said) != len(there):
        yield f"has {len(there)} pages, the record {len(said)}"
    for number, (line, words) in enumerate(zip(said, there, strict=False), start=1):
        if (wanted := line.split(" ") if line else []) != words:
            at = _first(wanted, words)
            before = " ".join(wanted[max(0, at - AROUND) : at])
            yield f"page {number}, after “{before}”: prints {_at(words, at)}, not {_at(wanted, at)}"
            if len(said) != len(there):  # what follows is but moved
                return


def _first(one: Sequence[object], other: Sequence[object]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _at(words: Words, at: int) -> str:
    return f"“{words[at]}”" if at < len(words) else "nothing"


def _of_files(said: dict[str, Any], there: dict[str, bytes], own: str) -> Iterator[str]:
    for name in sorted(said.keys() - there.keys()):
        yield f"{name}: is missing"
    for name in sorted(there.keys() - said.keys() - {own}):
        yield f"{name}: is not of this edition"
    for name in sorted(said.keys() & there.keys()):
        if _hash(there[name]) != said[name]["sha256"]:
            yield f"{name}: {_what(said[name].get('lines'), there[name])}"


def _what(lines: list[str] | None, raw: bytes) -> str:
    """The first line of a changed file that is another."""
    now = _lines(raw).get("lines")
    if lines is None or now is None:
        return f"was changed, its hash is {_hash(raw)[:16]}"
    at = _first(lines, now)
    text = raw.decode("utf-8").split("\n")
    words = text[at].strip()[:80] if at < len(text) else ""
    return f"line {at + 1} was changed or moved: “{words}”"


# ---- words of a PDF ------------------------------------------------------------------

_CODE = re.compile(rb"<([0-9A-Fa-f]+)> *<([0-9A-Fa-f]+)>(?: *<([0-9A-Fa-f]+)>)?")
_SHOWN = re.compile(rb"/(\w+)\s+-?[\d.]+\s+Tf|/(\w+)\s+Do|\(((?:[^()\\]|\\.)*)\)|\bET\b", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words(reader: pypdf.PdfReader) -> list[Words]:
    """The words of each page, in the order in which they are set."""
    fonts: dict[int, dict[bytes, str]] = {}
    return [_words_of(page, fonts) for page in reader.pages]


def _words_of(page: Any, fonts: dict[int, dict[bytes, str]]) -> Words:
    contents = page.get_contents()
    raw = contents.get_data() if contents is not None else b""
    return "".join(_text(raw, page.get("/Resources"), fonts)).split()


def _text(raw: bytes, resources: Any, fonts: dict[int, dict[bytes, str]]) -> Iterator[str]:
    there = resources.get_object() if resources is not None else {}
    mine: dict[bytes, str] = {}
    for match in _SHOWN.finditer(raw):
        font, form, shown = match.groups()
        if font:
            mine = _codes(there["/Font"].raw_get(f"/{font.decode()}"), fonts)
        elif form:
            yield from _form(there["/XObject"][f"/{form.decode()}"], fonts)
        elif shown is not None:
            codes = _ESCAPE.sub(_unescaped, shown)
            yield "".join(mine.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))
        else:  # the end of a stretch of text
            yield " "


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, other = match.groups()
    return bytes([int(octal, 8) & 255]) if octal else _PLAIN.get(other, other)


def _form(form: Any, fonts: dict[int, dict[bytes, str]]) -> Iterator[str]:
    """What a drawing that stands in the page prints."""
    if form.get("/Subtype") == "/Form":
        yield from _text(form.get_data(), form.get("/Resources"), fonts)


def _codes(font: Any, fonts: dict[int, dict[bytes, str]]) -> dict[bytes, str]:
    """The characters of a font by their codes, read once."""
    key = font.idnum if isinstance(font, IndirectObject) else id(font)
    if key not in fonts:
        fonts[key] = _mapped(font.get_object())
    return fonts[key]


def _mapped(font: DictionaryObject | ContentStream) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    if "/ToUnicode" not in font:
        return found
    stream: Any = font["/ToUnicode"].get_object()
    body = stream.get_data().partition(b"endcodespacerange")[2]
    for low, high, to in _CODE.findall(body):
        first = int(low, 16)
        last, text = (int(high, 16), to) if to else (first, high)
        start = bytes.fromhex(text.decode()).decode("utf-16-be")
        for number in range(first, last + 1):
            end = chr(ord(start[-1]) + number - first)
            found[number.to_bytes(2, "big")] = start[:-1] + end
    return found
