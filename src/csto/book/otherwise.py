"""Read otherwise: the states of what a page says, put into it as data.

`web/otherwise.js` shows them. A page gets the states of its own numbers, claims and words alone,
each over the choices that change it; a state is a letter that stands for a value.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from sphinx.application import Sphinx

from csto.analysis import states
from csto.analysis.certainty import PREFIX
from csto.analysis.offers import DOCUMENT, OWN, Offer, offers
from csto.analysis.printed import Value, shown
from csto.analysis.states import Answers
from csto.book import contents, scripts
from csto.book.marks import trail_in
from csto.book.previewed import is_edition
from csto.book.quantities import WORD
from csto.book.reading import OTHERWISE
from csto.corpus.values import HEDGED

LETTERS = string.digits + string.ascii_letters + "-_.!~*()"


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    scripts.on_pages(app, _give_states)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _give_states(app: Sphinx, page: str, context: dict[str, Any], doctree: nodes.document) -> None:
    root = Path(app.srcdir)
    if OTHERWISE not in contents.contents(root).pages or not is_edition(app, None):
        return  # a preview waits for no state
    references = doctree.findall(nodes.reference)
    marks = dict.fromkeys(node["csto"] for node in references if node.get("csto"))
    words = dict.fromkeys(n[WORD] for n in doctree.findall(nodes.inline) if n.get(WORD))
    trail = trail_in(app.env)
    hedged = {extract.key for extract in trail.corpus.extracts if extract.status == HEDGED}
    data = {
        "offers": [offered(offer, page == OTHERWISE) for offer in offers()],
        "numbers": page_numbers(mark.removeprefix("finding-") for mark in marks),
        "claims": page_claims(mark.removeprefix("finding-") for mark in marks),
        "words": [dense(states.comparison(text), _held) for text in words],
        "hedged": [make_id(mark) for mark in marks if mark.removeprefix("ev-") in hedged],
        "documents": {option.id: make_id(f"ev-{option.id}") for option in _documents()},
        "page": app.builder.get_relative_uri(page, OTHERWISE),
        "chapter": page in contents.contents(root).chapters or page == app.config.root_doc,
    }
    scripts.give(app, context, "otherwise", data)


def _documents() -> list[Any]:
    (offer,) = (offer for offer in offers() if offer.id == DOCUMENT)
    return [option for option in offer.options if option.id != OWN]


def offered(offer: Offer, fully: bool) -> dict[str, Any]:
    """A choice as a page has it; the page on which it is made says why."""
    options = [[option.id, option.when, *([option.label] if fully else [])]
               for option in offer.options]  # fmt: skip
    said = {"id": offer.id, "options": options}
    return said | ({"label": offer.label, "why": offer.why} if fully else {})


# ---- what is on a page -----------------------------------------------------------------------


def page_numbers(ids: Iterable[str]) -> dict[str, Any]:
    """The states of numbers, by the anchor that their marks lead to."""
    known = states.numbers()
    return {make_id(f"finding-{id}"): dense(known[id], _number) for id in ids if id in known}


def page_claims(ids: Iterable[str]) -> dict[str, Any]:
    """The states of claims, by the anchor that their marks lead to."""
    known = states.claims()
    claims = (id.removeprefix(PREFIX) for id in ids if id.startswith(PREFIX))
    return {
        make_id(f"finding-{PREFIX}{id}"): dense(known[id], _claim(known[id]))
        for id in claims
        if id in known
    }


def _number(value: Value, why: str) -> list[str]:
    """A number as it is shown; none, and why."""
    return ["", why] if value is None else [shown(value)]


def _held(value: Value, why: str) -> list[str]:
    """Whether a word of quantity holds: "1", "0", or none, and why."""
    return ["", why] if value is None else [str(int(bool(value)))]


def _claim(answers: Answers) -> Callable[[Value, str], list[str]]:
    """What becomes of a claim, its grade, and why."""
    before = answers.at(states.own())

    def told(value: Value, why: str) -> list[str]:
        return [states.judged(value, before), str(value or ""), why]

    return told


def dense(answers: Answers, cell: Callable[[Value, str], list[str]]) -> list[Any]:
    """Answers over the choices that change them: places of these, values, and a letter a state.

    States are in the order of the options, the last choice changing first.
    """
    over = [name for name in answers.over if _changes(answers, name)]
    every = [cell(answers.at(state), answers.why_at(state)) for state in states.states(tuple(over))]
    values = [list(value) for value in dict.fromkeys(map(tuple, every))]
    letters = "".join(LETTERS[values.index(value)] for value in every)
    places = [place for place, offer in enumerate(offers()) if offer.id in over]
    return [places, values, letters]


def _changes(answers: Answers, name: str) -> bool:
    """Whether a choice changes anything."""
    (options,) = ([o.id for o in offer.options] for offer in offers() if offer.id == name)
    for state in states.states(answers.over):
        if state[name] == options[0]:
            others = [state | {name: option} for option in options]
            if len({(str(answers.at(one)), answers.why_at(one)) for one in others}) > 1:
                return True
    return False
