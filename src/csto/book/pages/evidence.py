"""The evidence index: every extract by document, with its words where the book cites it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from csto.book import wording
from csto.book.pages.facets import classes
from csto.book.pages.markdown import text
from csto.book.pages.outside import host
from csto.book.printed import TIGHT_BELOW, WIDE_BELOW
from csto.book.trail import Trail, Use
from csto.corpus.schema import Extract, Source


def evidence(trail: Trail, _: str) -> str:
    """All extracts by document; cited ones with their words, others by place and coding."""
    parts = []
    for source in trail.corpus.sources:
        mine = extracts_of(trail, source)
        parts.append(
            f"## {text(source.label)}\n\n{text(wording.citation(trail.corpus, source))} "
            f"{_elsewhere(source)}\n\n{_printed(trail, source, mine)}\n"
        )
        parts += [_entry(trail, extract) for extract in mine]
    return "\n".join(parts)


def _elsewhere(source: Source) -> str:
    """Links to what a document says, and to its publisher’s page where one is known."""
    said = f"[What it says](/book/documents/{source.id}.md)"
    outside = source.published_outside
    if not outside or not outside.address:
        return f"{said}."
    return f"{said}; [this document at {text(host(outside.address))}](<{outside.address}>)."


def extracts_of(trail: Trail, source: Source) -> list[Extract]:
    """The extracts of a document, in the order of its text."""
    ordered = (trail.corpus.extract[key] for key in trail.corpus.short_key)
    return [extract for extract in ordered if extract.source == source.id]


def _printed(trail: Trail, source: Source, mine: list[Extract]) -> str:
    """How much of a document the book prints, and by which rule."""
    words, share = trail.printed.words_around[source.id], trail.printed.share[source.id]
    cited = sum(extract.key in trail.cited for extract in mine)
    around = (
        f"stand at most {words} word{'' if words == 1 else 's'} on either side"
        if words
        else "no word is printed"
    )
    return (
        f"{len(mine)} extracts, {cited} of them cited. Around a cited passage {around}: as many "
        f"as keep what is printed under {WIDE_BELOW:.0%}, or else one, and none where that would "
        f"pass {TIGHT_BELOW:.0%}. With titles and corrections this book prints {share:.0%} of the "
        "document."
    )


def _entry(trail: Trail, extract: Extract) -> str:
    key, place = trail.corpus.short_key[extract.key], wording.locator(trail.corpus, extract)
    told = text(wording.tells_of(trail.corpus, extract))
    lines = [
        f"::::{{container}} csto-entry {' '.join(classes(trail, extract))}",
        f"(ev-{extract.key})=",
        f"**{key}** · {place} · tells of: {told} {_around(trail, extract)}",
        *_words(trail, extract),
        "",
        *_remarks(trail, extract),
        "",
        *_original(trail, extract),
        "::::",
        "",
    ]
    return "\n".join(lines)


def _words(trail: Trail, extract: Extract) -> Iterator[str]:
    """The passage itself, where it is cited."""
    if extract.key in trail.cited:
        before, after = map(text, trail.printed.around(extract))
        yield ""
        yield f"> {before}[**{text(extract.quote)}**]{{.csto-words}}{after}"


def _remarks(trail: Trail, extract: Extract) -> Iterator[str]:
    """Its coding, and what uses it."""
    yield from (f"- {text(line)}" for line in wording.codings(trail, extract))
    if cited := trail.cited.get(extract.key):
        notes = (extract.note, extract.when.note if extract.when else None)
        yield from (f"- note: {text(note)}" for note in notes if note)
        yield f"- cited in {_uses(cited)}"
    if relied := trail.relied_on.get(extract.key):
        yield f"- behind {_uses(relied)}"


def _uses(uses: Iterable[Use]) -> str:
    return "; ".join(f"[{text(use.label)}](#{use.anchor})" for use in uses)


def _around(trail: Trail, extract: Extract) -> str:
    """Links to the neighbours, on the line of the key."""
    before, after = trail.neighbours(extract.key)
    short, links = trail.corpus.short_key, []
    if before:
        links.append(f"[← {short[before]}](#ev-{before})")
    if after:
        links.append(f"[{short[after]} →](#ev-{after})")
    return f"[{' '.join(links)}]{{.csto-screen .csto-onward}}"


def _original(trail: Trail, extract: Extract) -> Iterator[str]:
    """A link to the page where a printed passage can be read."""
    if extract.key in trail.cited and (address := wording.address(trail, extract)):
        link = f"[this passage at {text(host(address))}](<{address}>)"
        yield from (":::{container} csto-screen csto-onward", link, ":::")
