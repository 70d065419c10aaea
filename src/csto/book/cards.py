"""Cards: what a mark shows when it is pointed at, put into the page as data.

`web/cards.js` draws them. Keys are short because every page carries them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from sphinx.application import Sphinx

from csto.book import explained, scripts, wording
from csto.book.pages import outside as pages
from csto.book.trail import Trail, trail_of
from csto.corpus.reading import Corpus
from csto.corpus.schema import source_of
from csto.exhibits import findings

INDEX = "book/findings"  # the page that lists all numbers


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    scripts.on_pages(app, _give_cards)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _give_cards(app: Sphinx, page: str, context: dict[str, Any], doctree: nodes.document) -> None:
    references = doctree.findall(nodes.reference)
    marks = dict.fromkeys(node["csto"] for node in references if node.get("csto"))
    terms = {n.astext() for n in doctree.findall(nodes.inline) if explained.TERM in n["classes"]}
    if marks or terms:
        index = app.builder.get_relative_uri(page, INDEX)
        trail = trail_of(Path(app.srcdir))
        said = explained.meanings(trail.corpus.words)
        words = {term: said[term] for term in sorted(terms)}
        scripts.give(app, context, "cards", _cards(trail, list(marks), index) | {"words": words})


def _cards(trail: Trail, marks: list[str], index: str) -> dict[str, Any]:
    """What the marks of a page show, by the anchor they lead to."""
    passages = [mark.removeprefix("ev-") for mark in marks if mark.startswith("ev-")]
    numbers = [mark.removeprefix("finding-") for mark in marks if mark.startswith("finding-")]
    rows = [mark.removeprefix("out-") for mark in marks if mark.startswith("out-")]
    near = dict.fromkeys(near for key in passages for near in trail.neighbours(key) if near)
    cards = {make_id(f"ev-{key}"): passage_card(trail, key) for key in passages}
    lines = dict.fromkeys(line for card in cards.values() for line in card["c"])
    number_of = {line: number for number, line in enumerate(lines)}
    for card in cards.values():
        card["c"] = [number_of[line] for line in card["c"]]
    return {
        "sources": {
            key: source_card(trail, key) for key in dict.fromkeys(map(source_of, passages))
        },
        "passages": cards,
        "lines": list(lines),  # many passages share their coding
        "numbers": {make_id(f"finding-{key}"): number_card(trail, key) for key in numbers},
        "rows": {make_id(f"out-{key}"): row_card(trail.corpus, key) for key in rows},
        "near": {trail.corpus.short_key[key]: make_id(f"ev-{key}") for key in near},
        "index": index,
    }


def passage_card(trail: Trail, key: str) -> dict[str, Any]:
    """What the card of an extract shows: its words only where the book prints them."""
    extract, short = trail.corpus.extract[key], trail.corpus.short_key
    card: dict[str, Any] = {
        "k": short[key],
        "s": extract.source,
        "d": wording.tells_of(trail.corpus, extract),
        "c": list(wording.codings(trail, extract)),
    }
    if key in trail.cited:
        before, after = trail.printed.around(extract)
        card |= {"b": before, "q": extract.quote, "a": after}
    else:
        card["p"] = wording.locator(trail.corpus, extract)
    card["n"] = [near and short[near] for near in trail.neighbours(key)]
    return card


def source_card(trail: Trail, key: str) -> dict[str, Any]:
    """What all cards of a document share."""
    source = trail.corpus.source[key]
    outside, corpus = source.published_outside, trail.corpus
    return {
        "l": source.label,
        "w": f"{wording.author(corpus, source)}; written {wording.dated(corpus, source.date)}",
        "u": outside.address if outside else None,
        "h": pages.host(outside.address) if outside and outside.address else None,
    }


def row_card(corpus: Corpus, key: str) -> dict[str, Any]:
    """What the card of a row of the outside record shows: what, when, how sure, its pages."""
    row = corpus.outside[key]
    return {
        "k": corpus.outside_key[key],
        "t": pages.label(corpus, row),
        "d": "; ".join(pages.when(row)),
        "f": pages.how_sure(corpus, row),
        "c": list(pages.told(corpus, row)),
        "p": [[pages.host(address), address] for address in corpus.addresses(row)],
        "e": pages.day(row.looked_up),
    }


def number_card(trail: Trail, key: str) -> dict[str, Any]:
    """What the card of a finding shows."""
    finding = findings.read(trail.findings[key])
    card: dict[str, Any] = {
        "v": finding.with_unit,
        "t": finding.text,
        "o": ", ".join(wording.labels(trail.corpus, finding)),
    }
    if between := wording.between(finding):
        card["i"] = between
    if finding.without:
        card["x"] = wording.without(trail.corpus, finding)
    if finding.outside:
        card["r"] = "the outside record"
    return card | {"n": make_id(f"number-{key}")}
