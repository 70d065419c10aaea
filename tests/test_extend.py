"""A document that is added by hand, without the commands, is as good as any."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from conftest import ROOT, csto
from csto.cli import COMMANDS
from csto.corpus.checks import checked_corpus
from csto.exhibits import findings
from csto.exhibits.notebooks import all_notebooks

TEXT = """A made-up item for a test

On 3 May 2024 the council met in Almaty. Nobody was asked to leave.
"""

REGISTER = """
  - id: made-up-2024
    file: 005_made_up.txt
    sha256: {sha256}
    title: A made-up item for a test
    author: eurasianet
    genre: news
    label: Made up 2024
    mark: M
    date: {{date: "2024-05-03/..", basis: relative}}
"""

EXTRACTS = """\
extracts:
  - id: council-met
    quote: On 3 May 2024 the council met in Almaty
    themes: [context]
    when: {date: "2024-05-03", basis: stated}
    voice: {attribution: unattributed, mode: authorial}
    status: asserted
    facts:
      - {subject: csto-council, attribute: meeting, value: met in Almaty}
  - id: nobody-asked-to-leave
    quote: Nobody was asked to leave
    themes: [drift]
    voice: {attribution: unattributed, mode: authorial}
    status: asserted
    positions:
      - {holder: eurasianet, question: Q3, stance: mixed}
left_out:
  - starts: A made-up item
    reason: boilerplate
"""


PAGE = "# Made up 2024\n\n<!-- csto: document made-up-2024 -->\n"


def add_document(project: Path) -> None:
    """The four steps: one text, one register entry, one extracts file, one page."""
    text = project / "seeds/005_made_up.txt"
    text.write_text(TEXT, encoding="utf-8")
    entry = REGISTER.format(sha256=hashlib.sha256(text.read_bytes()).hexdigest())
    register = project / "data/sources.yml"
    register.write_text(register.read_text(encoding="utf-8") + entry, encoding="utf-8")
    (project / "data/extracts/made-up-2024.yml").write_text(EXTRACTS, encoding="utf-8")
    (project / "book/documents/made-up-2024.md").write_text(PAGE, encoding="utf-8")


def test_a_half_added_document_is_told_what_it_lacks(project: Path) -> None:
    add_document(project)
    (project / "data/extracts/made-up-2024.yml").unlink()
    printed = csto(project, "check").stdout
    assert "made-up-2024.id: has no valid extract, add data/extracts/made-up-2024.yml" in printed
    assert (
        "“Nobody was asked to leave.…” has no extract, take one or list it in `left_out`" in printed
    )


def test_the_page_has_the_recipe() -> None:
    page = (ROOT / "book/extend.md").read_text(encoding="utf-8").split("## Add a document")[1]
    said = ("csto new document", "make serve", "csto locate", "left_out", "told", "csto event")
    steps = [page.index(step) for step in (*said, "--try", "--argument", "The way back")]
    assert steps == sorted(steps)
    for command in re.findall(r"csto ([a-z]+)", page):
        assert command in COMMANDS, command


def test_the_page_names_what_there_is() -> None:
    """Its examples of marks stand in a block of code, which no gate reads."""
    page = (ROOT / "book/extend.md").read_text(encoding="utf-8")
    passages = re.findall(r"\{ev\}`(?:\w+: )?([^`]+)`", page)
    numbers = re.findall(r"\{n\}`([^`]+)`", page)
    assert passages and set(passages) <= checked_corpus(ROOT).extract.keys()
    assert numbers and set(numbers) <= findings.collect(all_notebooks(ROOT)).keys()
