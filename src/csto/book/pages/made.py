"""How the coding was made, item by item, and what was mended in it."""

from __future__ import annotations

from csto.book.pages.markdown import row, table, text, titled
from csto.book.trail import Trail
from csto.book.wording import plain
from csto.corpus.reading import Corpus

TITLES = {
    "making": "What a reader of such work should be told, and what is known.",
    "changes": "Records that were mended, each with its rule.",
}


def making(trail: Trail, _: str) -> str:
    """The checklist with its answers, and how many passages people have coded."""
    rows = [row(text(one.item), text(one.answer)) for one in trail.corpus.making]
    coded = coded_by_people(trail.corpus)
    listed = titled("making", TITLES["making"], table(["item", "answer"], rows))
    return f"{listed}\n\nPassages that people have coded: {coded}.\n"


def coded_by_people(corpus: Corpus) -> str:
    """How many passages readings by people hold, in words where it is none."""
    theirs = {one.id for one in corpus.readings if one.by_people}
    count = sum(one.reading in theirs for one in corpus.reader_passages)
    return str(count) if count else "none yet"


def changes(trail: Trail, _: str) -> str:
    """Every record that was mended by a rule, in the order in which it was."""
    heads = ["record", "what", "from", "to", "rule", "why"]
    rows = [
        row(
            f"`{one.record}`",
            text(plain(one.field)),
            text(one.before or "–"),
            text(one.after or "–"),
            f"`{one.rule}`",
            text(one.because),
        )
        for one in trail.corpus.changes
    ]
    return f"{titled('changes', TITLES['changes'], table(heads, rows)) or 'None.'}\n"
