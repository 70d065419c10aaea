"""Add a document: start its draft, and take a finished draft into the corpus.

Writes files and nothing else: what is right in a draft, the rules of `csto.corpus.rules` know;
what a new document changes in the book, `csto.book.changed`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from csto import files
from csto.corpus import checks, drafts, reading
from csto.corpus.documents import Document
from csto.corpus.locate import prefix, slug
from csto.corpus.problems import DataError
from csto.corpus.reading import Corpus
from csto.corpus.schema import Actor
from csto.corpus.values import PERSON

HINT = "#?"  # begins what a draft only offers; promotion leaves it out
HEAD = """\
# A document that is being added. It stands in no table and no finding, and its page says so.
# A sentence is coded when the lines after {hint} are filled in: take the {hint} away, choose a
# term, and cut the quote to the clause that says it; a sentence that says two things is two
# records. What nothing is taken from moves to left_out. data/FORMAT.md says what each field
# holds. Below may stand left_out, events, forecasts (as in data/) and told, a list of
#   - {{event: <an act that is told already>, extract: {key}.<id>}}
{terms}
# csto promote {key} --try   says what is missing, in the order of the text.
"""
CODED = """\
    #? themes: []
    #? voice: {attribution: , mode: }
    #? status:
"""
EXTRACTED = ("extracts", "left_out", "unbroken")  # what the extracts file of a document holds
#: Whose terms stand at the head of a draft.
OFFERED = ("theme", "attribution", "mode", "status", "left_out_reason")


class New(NamedTuple):
    """What is said of a document that is to be added."""

    text: Path
    date: str
    basis: str
    genre: str
    author: str | None = None  # a name or an actor's id; None where the document names nobody
    publisher: str | None = None
    key: str | None = None  # else from the name of the file
    label: str | None = None  # else from the key


# ---- start ---------------------------------------------------------------------------


def start(root: Path, new: New) -> list[Path]:
    """Write the text, the records and the page of a new draft; returns them.

    Raises ValueError for what cannot be added, and DataError when the corpus has problems.
    """
    corpus = checks.checked_now(root)
    text = _text(new.text)
    key = new.key or slug(new.text.stem)
    if key in corpus.source or key in drafts.keys(root):
        raise ValueError(f"there is a document '{key}' already, choose another: --key")
    written = {
        drafts.FOLDER / f"{key}.txt": text,
        Path(drafts.file_of(key)): _records(corpus, new, key, text),
        Path(f"book/documents/{key}.md"): (
            f"# {_label(new, key)}\n\n<!-- csto: document {key} -->\n"
        ),
    }
    for path, content in written.items():
        files.write(root / path, content)
    if faults := drafts.read(root, key).faults:
        for path in written:
            (root / path).unlink()
        raise DataError(faults)
    return [root / path for path in written]


def _text(path: Path) -> str:
    """A text as it is kept: UTF-8, plain line ends, no mark of byte order."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"{path} is not UTF-8 (byte {error.start}), save it as plain text in UTF-8"
        raise ValueError(said) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"
    if not text.strip():
        raise ValueError(f"{path} is empty, save the text of the document in it")
    return text


def _label(new: New, key: str) -> str:
    year = re.search(r"\d{4}", new.date)
    words = new.label or key.replace("-", " ").capitalize()
    return words if not year or year[0] in words else f"{words} {year[0]}"


def _records(corpus: Corpus, new: New, key: str, text: str) -> str:
    document = Document(f"{key}.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    author, stub = _author(corpus, new, key)
    low, high = document.paragraphs[0]
    entry = {
        "id": key,
        "file": document.file,
        "sha256": document.sha256,
        "title": text[low:high].strip(),
        "author": author,
        "publisher": new.publisher,
        "genre": new.genre,
        "label": _label(new, key),
        "mark": _mark(corpus, key),
        "beside": f"Added on {datetime.date.today()} and not read into the argument.",
    }
    lines = [f"    {name}: {files.quoted(value)}" for name, value in entry.items() if value]
    lines.append(f"    date: {{date: {files.quoted(new.date)}, basis: {new.basis}}}")
    terms = [f"#   {name}: {', '.join(corpus.terms(name))}" for name in OFFERED]
    parts = [HEAD.format(hint=HINT, key=key, terms="\n".join(terms))]
    parts.append("sources:\n" + "\n".join(lines).replace("   ", "  -", 1) + "\n")
    parts.append(f"actors:\n  - {stub}\n" if stub else "")
    parts.append("extracts:\n" + "\n".join(_sentences(corpus.actors, document)))
    return "\n".join(filter(None, parts))


def _author(corpus: Corpus, new: New, key: str) -> tuple[str, str]:
    """The id of the author, and a record of him where the register has none."""
    wanted = new.author or ""
    for actor in corpus.actors:
        if wanted and wanted in (actor.id, actor.name, *actor.spellings):
            return actor.id, ""
    name = wanted or f"unnamed author of {_label(new, key)}"
    id = "-".join(re.findall(r"[a-z0-9]+", wanted.lower())) or f"{key}-author"
    stub = f"{{id: {id}, name: {json.dumps(name, ensure_ascii=False)}, kind: {PERSON}}}"
    return id, stub


def _mark(corpus: Corpus, key: str) -> str:
    """The first letter that marks no other document: of its key, else of the alphabet."""
    taken = {source.mark for source in corpus.sources}
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    letters = [one for one in key.upper() if one in alphabet] + list(alphabet)
    pairs = [one + other for one in letters for other in alphabet]
    return next(one for one in letters + pairs if one not in taken)


def _sentences(actors: list[Actor], document: Document) -> Iterator[str]:
    """A record a sentence, in order, with the actors whose names stand in it."""
    ids: list[str] = []
    for low, high in document.sentences:
        quote = document.text[low:high].strip()
        id = slug(quote)
        ids.append(id)
        again = ids.count(id)
        here = ", ".join(one.id for one in actors if _names(one, quote))
        before = prefix(document, low, quote)
        yield (
            f"  {HINT} paragraph {document.paragraph(low)}{'; names: ' if here else ''}{here}\n"
            f"  - id: {id if again == 1 else f'{id}-{again}'}\n"
            f"    quote: {json.dumps(quote, ensure_ascii=False)}\n"
            + (f"    prefix: {json.dumps(before, ensure_ascii=False)}\n" if before else "")
            + CODED
        )


def _names(actor: Actor, quote: str) -> bool:
    names = map(re.escape, (actor.name, *actor.spellings))
    return re.search(rf"\b(?:{'|'.join(names)})(?!\w)", quote, re.IGNORECASE) is not None


# ---- promote -------------------------------------------------------------------------


def promote(root: Path, key: str, *, only_try: bool = False) -> list[Path]:
    """Take a finished draft into the corpus, beside the argument; returns the files it is in.

    Raises DataError with all that keeps it out, a line a cause and in the order of the file, or
    ValueError when there is no such draft. Where anything goes wrong no file is changed.
    """
    draft = drafts.read(root, key)
    if todo := draft.work_list():
        raise DataError(todo)
    assert draft.source
    text = drafts.FOLDER / draft.source.file
    contents = {
        f"seeds/{draft.source.file}": (root / text).read_text(encoding="utf-8"),
        **_moved(root, draft),
        **_mentioned(root, draft.corpus),
    }
    if only_try:
        return []
    before = {name: _bytes(root / name) for name in (*contents, text.as_posix(), draft.file)}
    try:
        for name, content in contents.items():
            files.write(root / name, content)
        (root / text).unlink()
        (root / draft.file).unlink()
        checks.checked_now(root)
    except BaseException:
        _restore(root, before)
        raise
    return [root / name for name in contents]


def enter(root: Path, key: str) -> None:
    """Let a document that stands beside the argument take part in it.

    Raises ValueError when none of this key stands beside it.
    """
    source = reading.read(root)[0].source.get(key)
    if source is None or not source.beside:
        raise ValueError(f"'{key}' does not stand beside the argument, see data/sources.yml")
    path = root / "data/sources.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    del lines[source.problem("beside", "").line - 1]
    files.write(path, "".join(lines))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _restore(root: Path, before: dict[str, bytes | None]) -> None:
    for name, content in before.items():
        if content is None:
            (root / name).unlink(missing_ok=True)
        else:
            files.write(root / name, content)


def _moved(root: Path, draft: drafts.Draft) -> dict[str, str]:
    """The sections of a draft in the files where they belong, by name."""
    parts = _parts((root / draft.file).read_text(encoding="utf-8"))
    grown = {"sources": "data/sources.yml", "actors": "data/actors.yml"}
    grown["forecasts"] = "data/forecasts.yml"
    found = {
        file: (root / file).read_text(encoding="utf-8").rstrip("\n") + "\n\n" + parts[section]
        for section, file in grown.items()
        if section in parts
    }
    coded = [f"{name}:\n{parts[name]}" for name in EXTRACTED if name in parts]
    found[f"data/extracts/{draft.key}.yml"] = "\n".join(coded)
    if "events" in parts:
        found[f"data/events/{draft.key}.yml"] = f"events:\n{parts['events']}"
    return found


def _parts(text: str) -> dict[str, str]:
    """The records of each section as they are written, without what was only offered."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(HINT)]
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if head := re.fullmatch(r"(\w+):\s*", line):
            name = head[1]
        elif name and not line.startswith("#"):
            found.setdefault(name, []).append(line)
    return {name: "\n".join(some).strip("\n") + "\n" for name, some in found.items()}


def _mentioned(root: Path, corpus: Corpus) -> dict[str, str]:
    """The files of acts that a draft tells again, with its passages among their mentions."""
    found: dict[str, str] = {}
    for told in corpus.told:
        event = next(one for one in corpus.events if one.id == told.event)
        at = event.problem("mentions", "")
        text = found.get(at.file) or (root / at.file).read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        line = lines[at.line - 1]
        if not line.rstrip().endswith("]"):
            said = f"write its mentions as [a, b], or add {told.extract} by hand"
            raise DataError([event.problem("mentions", said)])
        lines[at.line - 1] = f"{line.rstrip()[:-1]}, {told.extract}]\n"
        found[at.file] = "".join(lines)
    return found
