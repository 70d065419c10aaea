"""The page of the outside record: every row with its addresses, its day and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from csto.book.pages.markdown import text
from csto.book.trail import Trail
from csto.book.wording import plain
from csto.corpus.dates import interval, spoken
from csto.corpus.outside import OutsideRow, OutsideStep, OutsideSummit
from csto.corpus.reading import Corpus

HEADINGS = {
    "outside_rules": "The rule of rotation",
    "outside_holders": "Holders of the post",
    "outside_summits": "Summits and sessions",
    "outside_steps": "Steps",
    "outside_figures": "Figures",
    "outside_statements": "Statements of the documents, checked",
    "outside_scores": "Forecasts, scored again",
    "outside_fighting": "Fighting",
    "outside_gaps": "What is missing",
}


def outside_record(trail: Trail, _: str) -> str:
    """One section a kind of row, in the order of the files."""
    corpus = trail.corpus
    parts = [f"{len(corpus.outside)} rows, {len(all_addresses(corpus))} addresses.\n"]
    keys = corpus.outside_key
    for section, heading in HEADINGS.items():
        if rows := getattr(corpus, section):
            parts.append(f"## {heading}\n")
            parts += [_entry(corpus, row, keys) for row in rows]
    return "\n".join(parts)


def all_addresses(corpus: Corpus) -> set[str]:
    """Every address of the record."""
    return {address for row in corpus.outside.values() for address in row.addresses}


def host(address: str) -> str:
    """The site of an address, as the page prints it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def day(date: str) -> str:
    """An EDTF date in words."""
    return spoken(interval(date))


def label(corpus: Corpus, row: OutsideRow) -> str:
    """What a row is, in words.

    A score has the forecast's label, a year what the data set says of it.
    """
    if row.plural == "outside_scores":
        return next(forecast.label for forecast in corpus.forecasts if forecast.id == row.key)
    if row.plural == "outside_fighting":
        return f"{row.year}: {plain(row.fighting)}"
    return row.label


def _entry(corpus: Corpus, row: OutsideRow, keys: dict[str, str]) -> str:
    sure = getattr(row, "sure", "inference" if row.plural == "outside_scores" else None)
    head = [f"**{keys[row.key]}** {text(label(corpus, row))}", *map(text, _when(row))]
    if sure:
        head.append(f"*{sure}*")
    lines = [f"(out-{row.key})=", " · ".join(head), ""]
    lines += [f"- {line}" for line in (*_body(corpus, row), _pages(row, keys))]
    return "\n".join([*lines, ""])


def _when(row: OutsideRow) -> Iterator[str]:
    if row.plural == "outside_holders":
        inferred = " (last day inferred)" if row.until_inferred else ""
        yield f"{day(row.since)} to {day(row.until)}{inferred}"
    if isinstance(row, OutsideStep | OutsideSummit) or getattr(row, "date", None):
        yield day(row.date)
    if getattr(row, "period", None):
        yield day(row.period)


def _body(corpus: Corpus, row: OutsideRow) -> Iterator[str]:
    """What the row says, line by line; the passages it bears on."""
    if isinstance(row, OutsideSummit):
        yield text(f"{plain(row.state)}; Armenia’s part: {plain(row.attendance)}")
    if row.plural == "outside_fighting":
        yield text(row.dataset)
    if row.plural == "outside_figures":
        yield text(f"{row.value} {row.unit}, by {row.said_by}")
    for term, words in (("judgement", "found"), ("verdict", "because"), ("gap", "because")):
        if hasattr(row, term):
            yield text(f"{plain(getattr(row, term))}: {getattr(row, words)}")
    if getattr(row, "contested", None):
        yield text(f"rung {row.rung}, or {row.or_rung} when read otherwise: {row.contested}")
    elif getattr(row, "rung", None):
        yield f"rung {row.rung}"
    if getattr(row, "order", None):
        yield text(", ".join(corpus.actor[actor].name for actor in row.order))
    if getattr(row, "extracts", None):
        yield f"the passages: {{ev}}`{', '.join(row.extracts)}`"
    if row.note:
        yield text(row.note)


def _pages(row: OutsideRow, keys: dict[str, str]) -> str:
    """The addresses as links with their day, copies they were read in, rows it rests on."""
    parts = []
    if row.addresses:
        links, copies = (", ".join(map(_link, pages)) for pages in (row.addresses, row.read_at))
        read_in = f" (read in a copy: {copies})" if copies else ""
        parts.append(f"{links}, looked up {day(row.looked_up)}{read_in}")
    if row.rests_on:
        parts.append(f"rests on {{out}}`{', '.join(row.rests_on)}`")
    return "; ".join(parts) or f"no page, as of {day(row.looked_up)}"


def _link(address: str) -> str:
    """An address as a link that prints the whole of it, readable where it is percent-encoded."""
    return f"[{text(unquote(address))}](<{address}>)"
