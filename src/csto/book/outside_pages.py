"""The page of the outside record: every row with its addresses, its day and how sure it is.

Returns MyST Markdown, as `csto.book.pages` does for what the documents say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from csto.corpus.reading import Corpus
from csto.corpus.dates import interval, spoken
from csto.corpus.outside import OutsideRow, OutsideStep, OutsideSummit

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


def page(corpus: Corpus) -> str:
    """One section a kind of row, in the order of the files."""
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
    return urlsplit(address).hostname.removeprefix("www.")


def day(date: str) -> str:
    """An EDTF date in words."""
    return spoken(interval(date))


def label(corpus: Corpus, row: OutsideRow) -> str:
    """What a row is, in words; a score has the forecast's label, a year what the data set says of it."""
    if row.plural == "outside_scores":
        return next(forecast.label for forecast in corpus.forecasts if forecast.id == row.id)
    if row.plural == "outside_fighting":
        return f"{row.year}: {row.fighting.replace('_', ' ')}"
    return row.label


def _entry(corpus: Corpus, row: OutsideRow, keys: dict[str, str]) -> str:
    sure = getattr(row, "sure", "inference" if row.plural == "outside_scores" else None)
    head = [
        f"**{keys[row.key]}** {_text(label(corpus, row))}",
        *map(_text, _when(row)),
        *([f"*{sure}*"] if sure else []),
    ]
    lines = [f"(out-{row.key})=", " · ".join(head), ""]
    lines += [f"- {line}" for line in _body(corpus, row)]
    lines.append(f"- {_pages(row, keys)}")
    return "\n".join([*lines, ""])


def _when(row: OutsideRow) -> Iterator[str]:
    if row.plural == "outside_holders":
        yield f"{day(row.since)} to {day(row.until)}" + (
            " (last day inferred)" if row.until_inferred else ""
        )
    if isinstance(row, OutsideStep | OutsideSummit) or getattr(row, "date", None):
        yield day(row.date)
    if getattr(row, "period", None):
        yield day(row.period)


def _body(corpus: Corpus, row: OutsideRow) -> Iterator[str]:
    """What the row says, line by line; the passages it bears on."""
    if isinstance(row, OutsideSummit):
        yield _text(f"{_spaced(row.state)}; Armenia’s part: {_spaced(row.attendance)}")
    if row.plural == "outside_fighting":
        yield _text(row.dataset)
    if row.plural == "outside_figures":
        yield _text(f"{row.value} {row.unit}, by {row.said_by}")
    for term, words in (("judgement", "found"), ("verdict", "because"), ("gap", "because")):
        if hasattr(row, term):
            yield _text(f"{_spaced(getattr(row, term))}: {getattr(row, words)}")
    if getattr(row, "contested", None):
        yield _text(f"rung {row.rung}, or {row.or_rung} when read otherwise: {row.contested}")
    elif getattr(row, "rung", None):
        yield f"rung {row.rung}"
    if getattr(row, "order", None):
        yield _text(", ".join(corpus.actor[actor].name for actor in row.order))
    if getattr(row, "extracts", None):
        yield f"the passages: {{ev}}`{', '.join(row.extracts)}`"
    if row.note:
        yield _text(row.note)


def _spaced(term: str) -> str:
    return term.replace("_", " ")


def _pages(row: OutsideRow, keys: dict[str, str]) -> str:
    """The addresses as links with their day, copies they were read in, rows it rests on."""
    parts = []
    if row.addresses:
        links, copies = (", ".join(map(_link, pages)) for pages in (row.addresses, row.read_at))
        parts.append(
            f"{links}, looked up {day(row.looked_up)}"
            + (f" (read in a copy: {copies})" if copies else "")
        )
    if row.rests_on:
        parts.append(f"rests on {{out}}`{', '.join(row.rests_on)}`")
    return "; ".join(parts) or f"no page, as of {day(row.looked_up)}"


def _link(address: str) -> str:
    """An address as a link that prints the whole of it, readable where it is percent-encoded."""
    return f"[{_text(unquote(address))}](<{address}>)"


def _text(words: str) -> str:
    """`words` as Markdown that shows them and nothing else."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"\s+", " ", words))
