"""Pages that are data: evidence index, findings index, codebook, documents.

Each function returns MyST Markdown; the words of the documents are escaped,
so that nothing in them can act as markup. Which pages carry which is decided
in the pages themselves, by a line `<!-- csto: evidence -->` and the like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from csto import findings
from csto.corpus import Corpus
from csto.schema import EventKind, Extract, Fact, Source, Term
from csto.show import MIME as TABLE

MARK = re.compile(r"\{ev\}`([^`]*)`")
AROUND = 5  # words printed before and after a cited passage, at most


# ---- evidence ------------------------------------------------------------------------


def mark_ids(content: str) -> tuple[str, list[str]]:
    """Stance and extract ids of a mark: "contradicts: a, b" or just "a, b"."""
    stance, colon, rest = content.rpartition(":")
    return (stance.strip() if colon else "supports"), [i.strip() for i in rest.split(",") if i.strip()]


def cited(root: Path) -> dict[str, set[str]]:
    """Extracts that the prose cites, with the pages that cite them; these print their words."""
    return _by_extract(_prose_marks(root))


def relied_on(root: Path) -> dict[str, set[str]]:
    """Extracts behind numbers and tables, with their pages; these print place and coding only."""
    return _by_extract(_output_evidence(root))


def _by_extract(marks: Iterator[tuple[str, list[str]]]) -> dict[str, set[str]]:
    uses: dict[str, set[str]] = {}
    for page, keys in marks:
        for key in keys:
            uses.setdefault(key, set()).add(page)
    return uses


def _prose_marks(root: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted((root / "book").glob("*.md")):
        for match in MARK.finditer(path.read_text(encoding="utf-8")):
            yield f"book/{path.stem}", mark_ids(match[1])[1]
    for page, cell in _cells(root):
        for match in MARK.finditer("".join(cell["source"])) if cell["cell_type"] == "markdown" else ():
            yield page, mark_ids(match[1])[1]


def _output_evidence(root: Path) -> Iterator[tuple[str, list[str]]]:
    for page, cell in _cells(root):
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            yield page, data.get(findings.MIME, {}).get("evidence", [])
            for row in data.get(TABLE, {}).get("rows", ()):
                yield page, [key for each in row if isinstance(each, dict) for key in each["evidence"]]


def _cells(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            yield f"notebooks/{path.stem}", cell


def printed(corpus: Corpus, uses: Iterable[str]) -> dict[str, set[int]]:
    """Offsets of each document's characters that the book prints, context included."""
    places: dict[str, set[int]] = {source.id: set() for source in corpus.sources}
    for key in uses:
        extract = corpus.extract[key]
        start, end = corpus.span(extract)
        before, after = corpus.document(extract).around(start, end, AROUND)
        places[extract.source].update(range(start - len(before), end + len(after)))
    return places


def printed_share(corpus: Corpus, uses: Iterable[str]) -> dict[str, float]:
    """Share of each document's characters that the book prints."""
    return {key: len(at) / len(corpus.documents[key].text) for key, at in printed(corpus, uses).items()}


def evidence(corpus: Corpus, root: Path) -> str:
    """All extracts by document; cited ones with their words, others by place and coding."""
    keys = corpus.short_key
    quoted, counted = ({k: v for k, v in uses(root).items() if k in keys} for uses in (cited, relied_on))
    share = printed_share(corpus, quoted)
    parts = []
    for source in corpus.sources:
        extracts = [corpus.extract[key] for key in keys if corpus.extract[key].source == source.id]
        parts.append(
            f"## {_text(source.label)}\n\n{_text(_citation(corpus, source))}\n\n"
            f"{len(extracts)} extracts, {sum(e.key in quoted for e in extracts)} of them cited; with the words "
            f"around them they print {share[source.id]:.0%} of the document.\n"
        )
        for extract in extracts:
            parts.append(_entry(corpus, extract, keys[extract.key], quoted.get(extract.key), counted.get(extract.key)))
    return "\n".join(parts)


def _entry(corpus: Corpus, extract: Extract, key: str, quoted: set[str] | None, counted: set[str] | None) -> str:
    document, (start, end) = corpus.document(extract), corpus.span(extract)
    place = f"paragraph {document.paragraph(start)}, characters {start}–{end}"
    lines = [f"(ev-{extract.key})=", f"**{key}** · {place} · {_text(_date(extract))}"]
    if quoted:
        before, after = document.around(start, end, AROUND)
        lines += ["", f"> {_text(before)} **{_text(extract.quote)}** {_text(after)}", "", f"cited in {_links(quoted)}"]
    if counted:
        lines += ["", f"behind numbers or tables of {_links(counted)}"]
    lines += ["", *(f"- {line}" for line in _codings(corpus, extract, bool(quoted))), ""]
    return "\n".join(lines)


def _links(names: set[str]) -> str:
    return ", ".join(f"[](/{page})" for page in sorted(names))


def _codings(corpus: Corpus, extract: Extract, in_words: bool) -> Iterator[str]:
    """The coding, line by line; what repeats the document's words only where `in_words`."""
    voice = extract.voice
    said = [voice.attribution.replace("_", " "), voice.mode.replace("_", " "), extract.status]
    who = " through ".join(corpus.actor[a].name for a in (voice.speaker, voice.outlet) if a)
    yield _text(f"voice: {', '.join(said)}" + (f"; {who}" if who else ""))
    for position in extract.positions:
        stance = position.stance.replace("_", " ")
        yield _text(f"position: {corpus.actor[position.holder].name} on {position.question}: {stance}")
    for fact in extract.facts:
        yield _text(f"fact: {_fact(corpus, fact, in_words)}")
    for event in corpus.events:
        if extract.key in event.mentions:
            yield _text(f"act: {event.label} ({event.kind.replace('_', ' ')})")
    for note in (extract.note, extract.when.note if extract.when else None):
        if note and in_words:
            yield _text(f"note: {note}")


def _fact(corpus: Corpus, fact: Fact, in_words: bool) -> str:
    value = f": {fact.value} {fact.unit or ''}".rstrip() if in_words else ""
    to = f" ({corpus.actor[fact.object].name})" if fact.object else ""
    return f"{corpus.actor[fact.subject].name}, {fact.attribute.replace('_', ' ')}{value}{to}"


def _date(extract: Extract) -> str:
    if not extract.when:
        return "undated"
    return f"{extract.when.date} ({extract.when.basis.replace('_', ' ')})"


def _citation(corpus: Corpus, source: Source) -> str:
    author = corpus.actor[source.author].name
    outside = source.published_outside.publisher if source.published_outside else None
    publishers = ", ".join(filter(None, [source.publisher, outside and f"{outside} (outside record)"]))
    parts = [author, f"“{source.title}”", publishers or "publisher not given", source.genre]
    return ", ".join(parts) + f"; written {source.date.date} ({source.date.basis.replace('_', ' ')})."


# ---- the other pages -----------------------------------------------------------------


def findings_index(corpus: Corpus, root: Path) -> str:
    """All findings: value, chapter, documents, evidence."""
    rows = ["| finding | value | chapter | documents |", "| --- | ---: | --- | --- |"]
    labels = {source.id: source.label for source in corpus.sources}
    for data in findings.collect(sorted((root / "notebooks").glob("*.ipynb"))).values():
        value = f"{{n}}`{data['id']}`{_text(findings.read(data).with_unit.removeprefix(findings.read(data).shown))}"
        documents = ", ".join(_text(labels[key]) for key in data["documents"])
        rows.append(f"| {_text(data['text'])} | {value} | [](/notebooks/{data['notebook']}) | {documents} |")
    return "\n".join(rows)


def documents(corpus: Corpus, root: Path) -> str:
    """One section a document: what it is, its dates and their basis, its oddities."""
    parts = []
    for source in corpus.sources:
        outside = source.published_outside
        lines = [
            f"## {_text(source.label)}",
            "",
            _text(_citation(corpus, source)),
            "",
            f"- date, from the text alone: {_days(corpus, source)}" + _note(source.date.note),
            f"- {_coverage(corpus, source)}",
            f"- file: `seeds/{source.file}`, sha256 `{source.sha256[:12]}…`, {len(corpus.documents[source.id].text)} characters",
        ]
        if source.relays:
            lines.append(f"- relays {_text(source.relays)}, so it is no independent witness")
        if outside:
            found = " ".join(filter(None, [outside.date, f"<{outside.address}>" if outside.address else None]))
            lines.append(f"- outside record, for citation only: {found}" + _note(outside.note))
        faults = [c for c in corpus.corrections if c.source == source.id]
        lines += [f"- {_correction(c)}" for c in faults]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _coverage(corpus: Corpus, source: Source) -> str:
    """How much of a document is coded, counted and not claimed."""
    document = corpus.documents[source.id]
    mine = [extract for extract in corpus.extracts if extract.source == source.id]
    share = sum(len(extract.quote) for extract in mine) / len(document.text)
    left = sum(left.source == source.id for left in corpus.left_out)
    return (f"{len(mine)} extracts hold {share:.0%} of its characters; of its {len(document.sentences)} sentences "
            f"{left} {'is' if left == 1 else 'are'} left out with a reason")


def _days(corpus: Corpus, source: Source) -> str:
    return _text(f"{source.date.date} ({source.date.basis.replace('_', ' ')})")


def _note(text: str | None) -> str:
    return f". {_text(text)}" if text else ""


def _correction(correction: Any) -> str:
    meant = f"; meant: {correction.should_be}" if correction.should_be else ""
    return _text(f"{correction.fault.replace('_', ' ')}: “{correction.printed}”{meant}. {correction.because}")


def codebook(corpus: Corpus, root: Path) -> str:
    """Every term with its definition, in the codebook's order."""
    parts = ["## Event kinds\n", *(_kind(kind) for kind in corpus.event_kinds), ""]
    for question in corpus.questions:
        parts.append(f"## {question.id}: {_text(question.text)}\n")
        parts += [_term(term) for term in question.stances] or ["- a year"]
        parts.append("")
    for variable in corpus.variables:
        parts.append(f"## {_text(variable.id.replace('_', ' ').capitalize())}\n\n{_text(variable.definition)}\n")
        parts += [_term(term) for term in variable.terms]
        parts.append("")
    return "\n".join(parts)


def _term(term: Term) -> str:
    example = f" Example: {{ev}}`{term.example}`." if term.example else ""
    counter = f" Not: {_text(term.counter_example)}" if term.counter_example else ""
    return f"- **{_text(term.id)}**: {_text(term.definition)}{example}{counter}"


def _kind(kind: EventKind) -> str:
    signs = "/".join({-1: "adverse", 0: "neutral", 1: "cooperative"}[sign] for sign in kind.sign)
    form = f"{signs}, intensity {'–'.join(map(str, kind.intensity))}"
    plover = f"PLOVER {kind.plover}" if kind.plover else "no PLOVER type"
    example = f" Example: {{ev}}`{kind.example}`." if kind.example else ""
    more = " ".join(filter(None, [kind.plover_note, f"Not: {kind.counter_example}" if kind.counter_example else None]))
    return f"- **{_text(kind.id)}** ({form}; {plover}): {_text(kind.definition)}{example} {_text(more)}".rstrip()


#: Page parts by the name that a page calls them by.
PARTS: dict[str, Callable[[Corpus, Path], str]] = {
    "evidence": evidence,
    "findings": findings_index,
    "documents": documents,
    "codebook": codebook,
}


def _text(words: str) -> str:
    """`words` as Markdown that shows them and nothing else."""
    flat = re.sub(r"\s+", " ", words)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", flat)
