"""Claims read against their passages, and whether any changed since.

A machine can tell that a mark leads to a passage, not that the passage bears
the sentence out: that is read. `claims.txt` keeps what was read, a line a
paragraph: page, hash of its words, marks with the numbers that they print.
`python tests/campaign/claims.py` prints the paragraphs that differ from it beside their
passages, to be read; with `--read` it takes them as read. A test fails while
any is unread: so a recoding names the sentences whose numbers it changes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from csto.book import prose
from csto.corpus.checks import checked_corpus
from csto.corpus.reading import Corpus
from csto.exhibits import findings
from csto.exhibits.notebooks import all_notebooks
from csto.files import write

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests/claims.txt"


def claims(root: Path) -> dict[str, prose.Block]:
    """The paragraphs that carry marks, in the order of reading, by their lines of the record.

    Raises ValueError when there are none at all.
    """
    printed = {
        key: findings.read(data).shown
        for key, data in findings.collect(all_notebooks(root)).items()
    }
    found = {_line(block, printed): block for block in prose.blocks(root) if block.marks}
    if not found:
        raise ValueError("no page makes a claim, there is nothing to compare")
    return found


def _line(block: prose.Block, printed: dict[str, str]) -> str:
    """Line breaks and blanks of the words do not count."""
    said = hashlib.sha256(" ".join(block.text.split()).encode()).hexdigest()[:12]
    return " ".join([block.page, said, *(_marked(mark, printed) for mark in block.marks)])


def _marked(mark: prose.Mark, printed: dict[str, str]) -> str:
    number = f" = {printed.get(mark.content)}" if mark.role == "n" else ""
    return f"{mark.role}({mark.content}{number})"


def unread(root: Path) -> list[prose.Block]:
    """Claims that are not as they were when they were read."""
    kept = set(KEPT.read_text(encoding="utf-8").splitlines())
    return [block for line, block in claims(root).items() if line not in kept]


def beside(block: prose.Block, corpus: Corpus) -> str:
    """A claim and the passages that its marks name, for reading."""
    passages = [(mark.stance, key) for mark in block.marks if mark.role == "ev" for key in mark.ids]
    said = [f"    {stance} {key}: {corpus.extract[key].quote}" for stance, key in passages]
    other = [f"    {mark.role} {mark.content}" for mark in block.marks if mark.role != "ev"]
    return "\n".join([f"{block.file}:{block.line}: {' '.join(block.text.split())}", *said, *other])


def main() -> int:
    """Print what is unread, or take it as read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--read", action="store_true", help="take every claim as read")
    if parser.parse_args().read:
        write(KEPT, "\n".join(claims(ROOT)) + "\n")
        return 0
    left, corpus = unread(ROOT), checked_corpus(ROOT)
    print(
        "\n\n".join(beside(block, corpus) for block in left) or "every claim was read as it stands"
    )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
