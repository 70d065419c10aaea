"""The outside record as a page: every row with its addresses, its day and how sure it is.

The page of the book says under which heading which rows stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from csto.book import wording
from csto.book.pages import facets
from csto.book.pages.markdown import text
from csto.book.trail import Trail
from csto.book.wording import plain
from csto.corpus.dates import interval, spoken
from csto.corpus.outside import OutsideClaim, OutsideRow, OutsideScore
from csto.corpus.reading import MODELS, Corpus

PREFIX = "outside_"
VARIABLES = {"verdict": "outside_verdict"}  # of the codebook, where a field has another name
SECTIONS = [name.removeprefix(PREFIX) for name in MODELS if name.startswith(PREFIX)]


def outside_record(trail: Trail, section: str) -> str:
    """The rows of a section; without one, how many there are in all."""
    corpus = trail.corpus
    if section:
        return "\n".join(_entry(corpus, row) for row in getattr(corpus, f"{PREFIX}{section}"))
    return f"{len(corpus.outside)} rows, {len(all_addresses(corpus))} addresses."


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
    said = dict(row)
    if isinstance(row, OutsideScore):
        return next(forecast.label for forecast in corpus.forecasts if forecast.id == row.key)
    return said["label"] if "label" in said else f"{said['year']}: {plain(said['fighting'])}"


def _entry(corpus: Corpus, row: OutsideRow) -> str:
    head = [f"**{corpus.outside_key[row.key]}** {text(label(corpus, row))}"]
    head += map(text, when(row))
    if firm := how_sure(corpus, row):
        head.append(f"*{text(firm)}*")
    body = [text(line) for line in told(corpus, row)]
    if extracts := dict(row).get("extracts"):
        body.append(f"the passages: {{ev}}`{', '.join(extracts)}`")
    classes = " ".join(facets.classes_of_row(corpus, row))
    lines = [f"::::{{container}} csto-entry {classes}", f"(out-{row.key})=", " · ".join(head), ""]
    lines += [f"- {line}" for line in (*body, _pages(row))]
    return "\n".join([*lines, "::::", ""])


def how_sure(corpus: Corpus, row: OutsideRow) -> str:
    """How sure a row is, in a reader's words; nothing of one that says nothing."""
    if not isinstance(row, OutsideClaim | OutsideScore):
        return ""
    return wording.said(corpus, "sure", row.sure)


def when(row: OutsideRow) -> Iterator[str]:
    """The days of a row, in words."""
    said = dict(row)
    if said.get("since"):
        inferred = " (last day inferred)" if said["until_inferred"] else ""
        yield f"{day(said['since'])} to {day(said['until'])}{inferred}"
    for field in ("date", "period"):
        if said.get(field):
            yield day(said[field])


def told(corpus: Corpus, row: OutsideRow) -> Iterator[str]:
    """What the row says, line by line."""
    said = dict(row)
    if said.get("who"):
        yield f"by {said['who']}"
    if "attendance" in said:
        yield f"{plain(said['state'])}; attendance: {plain(said['attendance'])}"
    if "dataset" in said:
        yield said["dataset"]
    if "said_by" in said:
        yield f"{said['value']} {said['unit']}, by {said['said_by']}"
    for term, words in (("judgement", "found"), ("verdict", "because"), ("gap", "because")):
        if term in said:
            yield f"{wording.said(corpus, VARIABLES.get(term, term), said[term])}: {said[words]}"
    if said.get("contested"):
        read = f"rung {said['rung']}, or {said['or_rung']} when read otherwise"
        yield f"{read}: {said['contested']}"
    elif said.get("rung"):
        yield f"rung {said['rung']}"
    if said.get("order"):
        yield ", ".join(corpus.actor[actor].name for actor in said["order"])
    if said["note"]:
        yield said["note"]


def _pages(row: OutsideRow) -> str:
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
