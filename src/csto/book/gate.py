"""The gate: what may not be printed, all of it at once and before any page is made.

Data, pages and stored outputs are looked at as they stand; nothing is executed
and nothing built. One rule, one short generator: a draft in, problems out.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csto.analysis import comparisons
from csto.book import contents, generated, prose, quantities, style
from csto.book.pages import misses
from csto.book.printed import Printed
from csto.book.prose import Block, Mark
from csto.book.trail import citations
from csto.corpus import checks, drafts, reading, strangers
from csto.corpus.problems import DataError, Problem
from csto.corpus.reading import Corpus
from csto.exhibits import findings, notebooks, tables

#: Numerals that are part of a name and count nothing.
NUMERALS = {
    "CC BY 4.0": "name of a licence",
    "UTF-8": "name of an encoding",
    "Python 3.11": "version that the project needs",
    "Jupyter Book 1": "version that the project needs",
}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b"
    rf"|\b\d{{1,2}}(?:–\d{{1,2}})? (?={_MONTH})"
    r"|\b(?:1[5-9]|20)\d\d(?:s\b|\b)"
)
_QUOTED = re.compile(r"“[^“”]*”")
_NUMERAL = re.compile(r"(?<![\w\d])\d[\d.,\u202f]*(?<![.,])")
SENTENCES = 2  # of a caption
TITLE = 12  # words of the first of them above a table, which is its title
LONGEST = 4000  # characters of a line: the parser takes long over longer ones
#: Where a sentence ends: at its stop, before a capital, a quotation, a numeral or nothing.
_STOP = re.compile(r"(?:[.?!][”’)]*(?=\s+[A-Z“‘(\d])|[^\s]$)")
_COUNTS_NOTHING = (_QUOTED, *(re.compile(re.escape(name)) for name in NUMERALS), _DATE)


@dataclass(frozen=True)
class Draft:
    """The book as it would be printed now."""

    root: Path
    corpus: Corpus
    blocks: list[Block]
    chapters: Collection[str]  # pages, as Sphinx names them
    findings: dict[str, dict[str, Any]]  # as `csto.exhibits.findings.collect` gives them
    is_sound: bool = True  # the data: no rule of the corpus is broken
    is_settled: bool = True  # the findings: no notebook is still to be executed

    def knows(self, kind: str, key: str) -> bool:
        """Whether an id is given in the data, be its record sound or not."""
        return key in self.corpus.known.ids.get(kind, (key,))


Rule = Callable[[Draft], Iterator[Problem]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule."""
    RULES.append(function)
    return function


def problems(root: Path, *, is_settled: bool = True) -> list[Problem]:
    """Everything that is wrong with the data, the pages and what they print.

    Where notebooks are still to be executed, findings are not settled: what
    new outputs may put right is left for then.
    """
    if strange := [*strangers.problems(root)]:
        return strange
    corpus, found = _corpus(root)
    if damaged := [*_damaged(root)]:
        return found + damaged
    stored, twice = _stored(root)
    blocks, chapters = prose.blocks(root), contents.contents(root).chapters
    draft = Draft(root, corpus, blocks, chapters, stored, not found, is_settled)
    return found + twice + judge(draft)


def judge(draft: Draft) -> list[Problem]:
    """Every problem that the rules find in a draft."""
    with contextlib.chdir(draft.root):  # numbers are computed where one stands
        return [problem for each in RULES for problem in each(draft)]


def _corpus(root: Path) -> tuple[Corpus, list[Problem]]:
    """The data as far as it can be read, and what is wrong with it."""
    try:
        return checks.checked_corpus(root), []
    except DataError as error:
        return reading.read(root)[0], error.problems


def _damaged(root: Path) -> Iterator[Problem]:
    """What cannot be judged: a table of contents, page or notebook that cannot be read."""
    try:
        contents.contents(root)
    except DataError as error:
        yield from error.problems
    for path in contents.files(root).values():
        if not _is_whole(path):
            what = "page in UTF-8" if path.suffix == ".md" else "notebook"
            file = path.relative_to(root).as_posix()
            yield Problem(
                file, 1, 1, "file", f"is no whole {what}, restore it: git checkout {file}"
            )
        elif line := next((n for n, size in _lines(path) if size > LONGEST), 0):
            file = path.relative_to(root).as_posix()
            yield Problem(file, line, 1, "file", f"has over {LONGEST:,} characters, break the line")


def _lines(path: Path) -> Iterator[tuple[int, int]]:
    """The lines that somebody wrote in a page or notebook, and how long they are."""
    text = path.read_text(encoding="utf-8")
    written = [(1, text)]
    if path.suffix == ".ipynb":
        begins, cells = prose.cell_lines(text), json.loads(text)["cells"]
        written = [(begins.get(cell["id"], 1), "".join(cell["source"])) for cell in cells]
    for begin, source in written:
        yield from ((n, len(line)) for n, line in enumerate(source.split("\n"), start=begin))


def _is_whole(path: Path) -> bool:
    """Whether the text of a page can be read, and every cell of a notebook."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            return all("source" in cell and "id" in cell for cell in json.loads(text)["cells"])
    except (ValueError, KeyError, TypeError):
        return False
    return True


def _stored(root: Path) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """The findings of all notebooks by id, and those that stand twice."""
    stored: dict[str, dict[str, Any]] = {}
    twice = []
    for path in notebooks.all_notebooks(root):
        for data in findings.stored(path):
            if (first := stored.setdefault(data["id"], data)) is not data:
                there = f"notebooks/{first['notebook']}.ipynb"
                what = f"finding '{data['id']}' stands already in {there}, rename one"
                twice.append(_in_cell(root, data, what))
    return stored, twice


def _in_cell(root: Path, data: dict[str, Any], what: str) -> Problem:
    """A problem of a stored finding, at the cell that shows it."""
    file = f"notebooks/{data['notebook']}.ipynb"
    lines = prose.cell_lines((root / file).read_text(encoding="utf-8"))
    return Problem(file, lines.get(data["cell"], 1), 1, f"cell {data['cell']}", what)


# ---- marks ---------------------------------------------------------------------------


@rule
def marks_resolve(draft: Draft) -> Iterator[Problem]:
    """Every mark leads to an extract, a finding or a row."""
    kinds = {"ev": ("extract", "extract"), "out": ("outside row", "row of data/outside/")}
    for block in draft.blocks:
        for mark in block.marks:
            if mark.role == "sure":
                if not draft.knows("claim", mark.content):
                    what = f"{{sure}}: '{mark.content}' is no claim of data/claims.yml"
                    yield block.problem(mark.line, f"{what}, correct the mark")
                continue
            if mark.role == "n":
                if draft.is_settled and mark.content not in draft.findings:
                    what = f"{{n}}: '{mark.content}' is no finding, correct the mark"
                    yield block.problem(mark.line, what)
                continue
            if not mark.ids or (mark.role == "ev" and mark.stance not in prose.STANCES):
                what = f"'{mark.content}' names no stance or {kinds[mark.role][0]}"
                yield block.problem(mark.line, f"{{{mark.role}}}: {what}, correct the mark")
            kind, called = kinds[mark.role]
            for key in mark.ids:
                if not draft.knows(kind, key):
                    what = f"'{key}' is no {called}, correct the mark"
                    yield block.problem(mark.line, f"{{{mark.role}}}: {what}")


@rule
def claims_are_graded_where_they_stand(draft: Draft) -> Iterator[Problem]:
    """Every claim of the register stands on a page, with the line on how sure it is."""
    graded = {mark.content for block in draft.blocks for mark in block.marks if mark.role == "sure"}
    for claim in draft.corpus.claims:
        if claim.id not in graded:
            what = f"stands on no page, write {{sure}}`{claim.id}` where it does, or remove it"
            yield claim.problem("id", what)


@rule
def the_outside_record_stays_apart(draft: Draft) -> Iterator[Problem]:
    """A chapter that computes nothing from the outside record says nothing of it."""
    reads_it = {f"notebooks/{f['notebook']}" for f in draft.findings.values() if f["outside"]}
    for block in draft.blocks:
        if block.page not in draft.chapters or block.page in reads_it or not draft.is_settled:
            continue
        for mark in block.marks:
            finding = draft.findings.get(mark.content, {}) if mark.role == "n" else {}
            if mark.role == "out" or finding.get("outside"):
                what = (
                    f"{{{mark.role}}}: '{mark.content}' is of the outside record, on which no "
                    "finding of this chapter rests, say it in a chapter that does"
                )
                yield block.problem(mark.line, what)


# ---- claims and numbers --------------------------------------------------------------


@rule
def chapters_carry_evidence(draft: Draft) -> Iterator[Problem]:
    """In a chapter a paragraph has a mark, or one excuse with a reason."""
    for block in draft.blocks:
        if block.page in draft.chapters and (what := _unsupported(block)):
            yield block.problem(block.line, what)


def _unsupported(block: Block) -> str | None:
    """What a block of a chapter lacks."""
    if block.kind == "html":
        return "raw HTML is read by no rule, write Markdown"
    if block.kind == "comment":
        return "“no evidence” stands before no paragraph, put it right before or into one"
    if block.excuse == "":
        return "“no evidence” gives no reason, write <!-- no evidence: because … -->"
    if block.kind != "paragraph" or not (block.text.strip() or block.marks):
        return None
    if block.marks and block.excuse:
        return "says “no evidence” and has a mark, remove one of them"
    if block.marks or block.excuse:
        return None
    words = " ".join(block.text.split())[:50]
    return (
        f"“{words}…” has no evidence, add a mark or write why it needs none: "
        "<!-- no evidence: because … -->"
    )


@rule
def words_are_shown_as_they_are_read(draft: Draft) -> Iterator[Problem]:
    """No role, class or HTML hides words, strikes them out or stresses them."""
    for block in draft.blocks:
        for line, what in block.dressed:
            yield block.problem(line, f"{what} is read by no rule, write plain Markdown")


@rule
def numbers_are_computed(draft: Draft) -> Iterator[Problem]:
    """A numeral belongs in a mark, a date, a quotation or a name."""
    for block in draft.blocks:
        text = block.text
        for pattern in _COUNTS_NOTHING:
            text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for match in _NUMERAL.finditer(text):
            what = (
                f"“{match[0]}” is typed, compute it as a finding and write {{n}}`…`, "
                f"or list it with a reason in {__name__}.NUMERALS"
            )
            yield block.problem(block.line + text[: match.start()].count("\n"), what)


@rule
def chapters_are_plain(draft: Draft) -> Iterator[Problem]:
    """The opening page and the chapters are in plain words and short sentences."""
    told = {contents.contents(draft.root).pages[0], *draft.chapters}
    yield from style.problems(draft.root, (each for each in draft.blocks if each.page in told))


@rule
def words_of_quantity_hold(draft: Draft) -> Iterator[Problem]:
    """In the opening page and the chapters a word such as “only” is tested, or says why not."""
    told = {contents.contents(draft.root).pages[0], *draft.chapters}
    counted = style.counted(draft.root)
    for block in draft.blocks if draft.is_sound and counted else ():
        if block.page in told and block.kind not in ("comment", "comment of a paragraph", "html"):
            beside = _section(draft, block) if block.kind == "heading" else []
            for one in quantities.said(block):
                if isinstance(one, Mark):
                    what = f"a note on “{one.role}” stands in a sentence without it, remove it"
                    yield block.problem(one.line, what)
                elif one.word in counted:
                    cited = _cited(draft, [*one.cites, *beside])
                    if what := quantities.wrong(one, cited, comparisons.holds):
                        yield block.problem(one.line, what)


def _section(draft: Draft, heading: Block) -> list[Mark]:
    """The marks of a heading's section: a heading has none."""
    under = [b for b in draft.blocks if b.page == heading.page]
    return [m for b in under if b.section == heading.text.strip() for m in b.marks]


def _cited(draft: Draft, marks: Iterable[Mark]) -> Iterator[str]:
    """The words of passages and rows that marks name."""
    for mark in marks:
        for key in mark.ids:
            if mark.role == "ev" and key in draft.corpus.extract:
                yield draft.corpus.extract[key].quote
            elif mark.role == "out" and key in draft.corpus.outside:
                told = (words for name, words in draft.corpus.outside[key] if name != "id")
                yield " ".join(words for words in told if isinstance(words, str))


@rule
def claims_hold(draft: Draft) -> Iterator[Problem]:
    """What a claim comes to in numbers is so."""
    for claim in draft.corpus.claims if draft.is_sound else ():
        try:
            held = not claim.holds or comparisons.holds(claim.holds)
        except ValueError as error:
            yield claim.problem("holds", str(error))
            continue
        if not held:
            yield claim.problem("holds", f"'{claim.holds}' does not hold, correct or remove it")


@rule
def captions_are_short(draft: Draft) -> Iterator[Problem]:
    """A caption says in two sentences what to see and what to beware of."""
    for block in draft.blocks:
        if block.kind in ("caption", "title") and (what := _too_long(block.text)):
            yield block.problem(block.line, what)
    for table in _tables(draft):
        if what := _too_long(table["caption"]):
            yield _in_cell(draft.root, table, what)


@rule
def titles_are_short(draft: Draft) -> Iterator[Problem]:
    """The title of a table, which says what it comes to, can be read at a glance."""
    for block in draft.blocks:
        if block.kind == "title" and (what := _too_wordy(block.text)):
            yield block.problem(block.line, what)
    for table in _tables(draft):
        if what := _too_wordy(table["caption"]):
            yield _in_cell(draft.root, table, what)


def _tables(draft: Draft) -> Iterator[dict[str, Any]]:
    """The tables that notebooks store."""
    for path in notebooks.all_notebooks(draft.root):
        yield from tables.stored(path)


def _too_wordy(caption: str) -> str | None:
    """What is wrong with a caption whose first sentence is no title."""
    title = caption.partition(". ")[0].rstrip(".")
    many = len(title.split())
    if many <= TITLE:
        return None
    return (
        f"title of a table “{title[:50]}…” has {many} words, keep {TITLE}: what it comes to; say "
        "the rest in a second sentence"
    )


def _too_long(caption: str) -> str | None:
    """What is wrong with a caption of more than two sentences."""
    many = len(_STOP.findall(caption.strip()))
    if many <= SENTENCES:
        return None
    words = " ".join(caption.split())[:50]
    return (
        f"caption “{words}…” has {many} sentences, keep {SENTENCES}: what to see, and what to "
        "beware of; say the rest in the text or in the chart’s note"
    )


# ---- findings and pages --------------------------------------------------------------


@rule
def findings_rest_on_what_there_is(draft: Draft) -> Iterator[Problem]:
    """Every passage and row behind a stored finding is there."""
    for key, data in draft.findings.items() if draft.is_settled else ():
        wrong = [each for each in data["evidence"] if not draft.knows("extract", each)]
        wrong += [each for each in data["outside"] if not draft.knows("outside row", each)]
        if wrong:
            what = (
                f"finding {key}: {', '.join(wrong)} are no extracts or rows, "
                "run make notebooks or correct the cell"
            )
            yield _in_cell(draft.root, data, what)


@rule
def pages_are_there(draft: Draft) -> Iterator[Problem]:
    """What `_toc.yml` lists is there, and no notebook is left out."""
    yield from contents.problems(draft.root)


@rule
def parts_are_known(draft: Draft) -> Iterator[Problem]:
    """A line `<!-- csto: … -->` names a part, and a document where it takes one."""
    added = drafts.keys(draft.root)
    pages = (path for path in contents.files(draft.root).values() if path.suffix == ".md")
    for file in pages:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            call = generated.CALL.fullmatch(line)
            if call and (what := misses(draft.corpus, call[1], call[2], added)):
                name = file.relative_to(draft.root).as_posix()
                yield Problem(name, number, 1, "prose", f"{{csto}}: {what}")


@rule
def documents_have_pages(draft: Draft) -> Iterator[Problem]:
    """What is said of a document leads to its page."""
    for source in (*draft.corpus.source, *drafts.keys(draft.root)):
        file = f"book/documents/{source}.md"
        if not (draft.root / file).is_file():
            yield Problem(file, 1, 1, "file", "is missing, write it: see book/extend.md")


@rule
def drafts_say_nothing_wrong(draft: Draft) -> Iterator[Problem]:
    """What a document that is being added lacks is no problem; what is wrong in it is one."""
    for one in drafts.drafts(draft.root) if draft.is_sound else ():
        yield from one.faults


@rule
def little_is_printed(draft: Draft) -> Iterator[Problem]:
    """Of each document the book prints less than half."""
    if draft.is_sound:
        printed = Printed(draft.corpus, citations(draft.blocks).keys())
        for source, what in printed.too_much():
            yield draft.corpus.source[source].problem((), what)
