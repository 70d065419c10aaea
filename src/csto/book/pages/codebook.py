"""The codebook as a page: every kind, stance and term with its definition and example."""

from __future__ import annotations

from csto.book.pages.markdown import text
from csto.book.trail import Trail
from csto.book.wording import plain
from csto.corpus.schema import Boundary, EventKind, RuleSet, Term

SIGNS: dict[str | int, str] = {-1: "adverse", 0: "neutral", 1: "cooperative"}


def codebook(trail: Trail, _: str) -> str:
    """Every term with its definition, in the codebook's order."""
    corpus = trail.corpus
    parts = [part for some in corpus.rules for part in _rules(some)]
    parts += ["## Event kinds\n", *(_kind(kind) for kind in corpus.event_kinds), ""]
    for question in corpus.questions:
        parts.append(f"## {question.id}: {text(question.text)}\n\n{text(question.definition)}\n")
        parts += [*([_term(term) for term in question.stances] or ["- a year"]), ""]
    for variable in corpus.variables:
        parts.append(f"## {text(plain(variable.id).capitalize())}\n\n{text(variable.definition)}\n")
        parts += [*(_term(term) for term in variable.terms), ""]
    return "\n".join(parts)


def _rules(some: RuleSet) -> list[str]:
    head = f"## Rules: {text(plain(some.id))}\n\n{text(some.definition)}\n"
    return [head, *(_term(rule) for rule in some.rules), ""]


def _term(term: Term | Boundary) -> str:
    shown = getattr(term, "example", None)
    example = f" Example: {{ev}}`{shown}`." if shown else ""
    counter = f" Not: {text(term.counter_example)}" if term.counter_example else ""
    said = getattr(term, "said", None)
    named = f"**{text(term.id)}**{f' (“{text(said)}”)' if said else ''}"
    return f"- {named}: {text(term.definition)}{example}{counter}"


def _kind(kind: EventKind) -> str:
    signs = "/".join(SIGNS[sign] for sign in kind.allows.get("sign", SIGNS))
    intensities = "–".join(map(str, kind.allows.get("intensity", ("any",))))
    form = f"{signs}, intensity {intensities}"
    plover = f"PLOVER {kind.plover}" if kind.plover else "no PLOVER type"
    example = f" Example: {{ev}}`{kind.example}`." if kind.example else ""
    counter = f"Not: {kind.counter_example}" if kind.counter_example else None
    more = text(" ".join(filter(None, [kind.choice, kind.plover_note, counter])))
    head = f"- **{text(kind.id)}** ({form}; {plover})"
    return f"{head}: {text(kind.definition)}{example} {more}".rstrip()
