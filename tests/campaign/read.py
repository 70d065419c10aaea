"""What was read as it is printed, piece by piece, and whether any of it changed since.

A machine can tell that a mark leads to a passage, not that the passage bears the
sentence out: that is read. A piece is a paragraph, heading, caption, note or cell of
the pages' sources, with the words of its passages and what its numbers say; a
finding; a row, title or alternative text of an exhibit; a record of the data beside
its passages. `read.txt` keeps a line for each, where it stands and a hash that is its
name; nothing renews it but whoever has read. `python tests/campaign/read.py` prints
the pieces that differ from it; with `--read NAME …` it takes those named as read, and
never all; without a name it follows what was moved or taken out. A test fails while
any is unread: so a damage that every rule passes, and that a build would store as its
new output, is still something that nobody has read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from csto.book import contents
from csto.corpus import reading
from csto.corpus.checks import checked_now
from csto.corpus.reading import Corpus
from csto.exhibits import charts, findings, notebooks, tables
from csto.exhibits.findings import Finding
from csto.files import write

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests/read.txt"
MARK = re.compile(r"\{(ev|n|out|sure)\}`(?:\w+: )?([^`]+)`")
#: Data that are not the book's own words: what other readings gave, and who checked.
OTHERS = ("codings/", "checks/", reading.DRAFTS)


class Piece(NamedTuple):
    """Something printed: where it stands, what it says, and what it is read beside."""

    where: str
    says: str
    beside: str = ""

    @property
    def name(self) -> str:
        """The same as long as neither words nor what stands beside them change."""
        said = " ".join(self.says.split())
        return hashlib.sha256(f"{said}\0{self.beside}".encode()).hexdigest()[:12]

    def __str__(self) -> str:
        """Its line in the record."""
        return f"{self.where} {self.name}"


def pieces(root: Path) -> dict[str, Piece]:
    """Everything that is printed, in the order of reading, by its line in the record.

    Raises DataError when data are wrong or missing.
    """
    corpus, files = checked_now(root), notebooks.all_notebooks(root)
    printed = {key: findings.read(data) for key, data in findings.collect(files).items()}
    found = [*_prose(root, corpus, printed)]
    found += [Piece("finding", _plain(one.as_json())) for one in printed.values()]
    for path in files:
        found += [*_tables(path), *_charts(path)]
    return {str(piece): piece for piece in [*found, *_records(corpus)]}


def _prose(root: Path, corpus: Corpus, printed: dict[str, Finding]) -> Iterator[Piece]:
    """The sources of the pages as they are written, by paragraph; none of it is parsed."""
    there = contents.files(root)
    for page in contents.contents(root).pages:
        for text in _written(there[page]) if page in there else ():
            for part in re.split(r"\n(?:[ \t]*\n)+", text):
                if part.strip():
                    yield Piece(page, part, "\n".join(_beside(part, corpus, printed)))


def _written(path: Path) -> Iterator[str]:
    """The text of a page; of a notebook its cells, and what they say of their figures."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        yield text
        return
    for cell in json.loads(text)["cells"]:
        yield "".join(cell["source"])
        if about := cell["metadata"]:
            yield _plain(about)


def _beside(text: str, corpus: Corpus, printed: dict[str, Finding]) -> Iterator[str]:
    """What the marks of a text lead to."""
    for role, content in MARK.findall(text):
        for key in map(str.strip, content.split(",")):
            if role == "ev" and key in corpus.extract:
                yield f"{key}: {corpus.extract[key].quote}"
            elif role == "out" and key in corpus.outside:
                yield _record(corpus.outside[key])
            elif key in printed:
                yield _plain({k: v for k, v in printed[key].as_json().items() if k in SAID})


SAID = ("id", "text", "value", "low", "high", "unit", "why")  # of a finding, in a paragraph


def _tables(path: Path) -> Iterator[Piece]:
    """The title of each table, and its rows with the heads of their cells."""
    for table in tables.stored(path):
        yield Piece(f"table {table['name']}", table["caption"])
        heads = [heading for heading, _ in table["columns"]]
        for row in table["rows"]:
            yield Piece(f"table {table['name']}", _plain([*zip(heads, row, strict=True)]))


def _charts(path: Path) -> Iterator[Piece]:
    """What is said above each chart and in its place, and the rows of its data."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            if spec := output.get("data", {}).get(charts.MIME):
                here, heads = f"chart {path.stem}.{cell['id']}", charts.columns(spec)
                yield Piece(here, charts.title(spec), f"{charts.note(spec)}\n{spec['description']}")
                for row in charts.rows(spec):
                    yield Piece(here, _plain({heads[key]: row[key] for key in heads}))


def _records(corpus: Corpus) -> Iterator[Piece]:
    """Every record of the data, beside the passages that it names."""
    for pattern, sections in reading.FILES.items():
        if not pattern.startswith(OTHERS):
            for section in sections.values():
                for record in getattr(corpus, section.field):
                    said = _record(record)
                    named = re.findall(r"[\w-]+\.[\w-]+", said)
                    quotes = [corpus.extract[k].quote for k in named if k in corpus.extract]
                    yield Piece(section.field, said, "\n".join(quotes))


def _record(record: Any) -> str:
    """A record as one would write it."""
    said = record.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=100)


def _plain(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=isinstance(said, dict), default=str)


def unread(root: Path) -> list[Piece]:
    """What is not as it was when it was read."""
    kept = set(KEPT.read_text(encoding="utf-8").splitlines())
    return [piece for line, piece in pieces(root).items() if line not in kept]


def take(names: list[str]) -> None:
    """Take pieces as read, and let go of what is not printed any more.

    Raises ValueError for names that no unread piece has; nothing is taken then.
    """
    kept, there = set(KEPT.read_text(encoding="utf-8").splitlines()), pieces(ROOT)
    open_ = {piece.name for line, piece in there.items() if line not in kept}
    if unknown := [name for name in names if name not in open_]:
        raise ValueError(f"nothing that is unread has the name {', '.join(unknown)}")
    lines = [line for line, piece in there.items() if line in kept or piece.name in names]
    write(KEPT, "\n".join(lines) + "\n")


def main() -> int:
    """Print what is unread, or take what is named as read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--read", nargs="*", metavar="NAME", help="take these pieces as read")
    names = parser.parse_args().read
    if names is not None:
        take(names)
    for piece in (left := unread(ROOT)):
        print(f"{piece.name}  {piece.where}\n{piece.says.strip()}\n{piece.beside}\n")
    print(f"{len(left)} pieces are unread" if left else "everything was read as it stands")
    if moved := not left and KEPT.read_text(encoding="utf-8").splitlines() != list(pieces(ROOT)):
        print("the record has it in another order, or more: python tests/campaign/read.py --read")
    return 1 if left or moved else 0


if __name__ == "__main__":
    sys.exit(main())
