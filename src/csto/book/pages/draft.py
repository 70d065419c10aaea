"""A document that is being added: what of it is coded so far, and that nothing rests on it."""

from __future__ import annotations

from csto.book.pages.markdown import row, table, text
from csto.book.trail import Trail
from csto.book.wording import plain
from csto.corpus import drafts
from csto.corpus.drafts import Draft
from csto.corpus.schema import Extract


def draft(trail: Trail, key: str) -> str:
    """What a draft is, and its finished passages by place and coding."""
    one = next(one for one in drafts.drafts(trail.root) if one.key == key)
    rows = [_row(one, extract) for extract in one.extracts]
    heads = ["paragraph", "passage", "when", "who says it", "how firmly", "what it bears"]
    return "\n\n".join(
        [
            f"**This document is being added: {_state(one)}.** "
            "It stands in no table, no finding and no chapter.",
            f"`{one.file}`, taken in by `csto promote {key}` when it is whole.",
            table(heads, rows, "No passage of it is coded yet."),
        ]
    )


def being_added(trail: Trail) -> str:
    """A line on each draft, under the list of the documents; nothing where there is none."""
    lines = [
        f"- [{text(_label(one))}](/book/documents/{one.key}.md): {_state(one)}"
        for one in drafts.drafts(trail.root)
    ]
    head = "Being added, and in no table, finding or chapter:\n\n"
    return "\n\n" + head + "\n".join(lines) if lines else ""


def _label(one: Draft) -> str:
    return one.source.label if one.source else one.key


def _state(one: Draft) -> str:
    """How much is still to be coded, in words."""
    if not one.document:
        return "it cannot be read, run csto check"
    left, of = len(one.open), len(one.document.sentences)
    if not left:
        return f"all its {of} sentences are coded or left out, and it awaits promotion"
    return f"{left} of its {of} sentences {'is' if left == 1 else 'are'} not coded yet"


def _row(one: Draft, extract: Extract) -> str:
    assert one.document
    start, _ = one.corpus.span(extract)
    when = extract.when.date if extract.when else "–"
    speaker = extract.voice.speaker
    name = one.corpus.actor[speaker].name if speaker else plain(extract.voice.attribution)
    told = [event.label for event in one.corpus.events if extract.key in event.mentions]
    bears = [
        *(f"act: {label}" for label in told),
        *(
            f"{p.question}: {one.corpus.actor[p.holder].name}, {p.stance}"
            for p in extract.positions
        ),
        *(f"{plain(f.attribute)}: {f.value}" for f in extract.facts),
    ]
    cells = [str(one.document.paragraph(start)), extract.id, when, name, extract.status]
    return row(*map(text, cells), text("; ".join(bears) or "–"))
