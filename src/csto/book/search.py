"""The search: an index of the book by section, which the search page loads and nothing else.

It takes the place of Sphinx's, which knows pages only, shows code, and asks for each page it
finds. In it stands what the finished pages say, without code, drawings and marks; and which names
of the book other spellings of a name stand for. `web/search.js` searches it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from csto import files
from csto.book import contents, previewed
from csto.book.trail import trail_of
from csto.corpus.schema import Actor
from csto.corpus.values import PERSON

FILE = "searchindex.js"
BEGINS = "const searchIndex = "
PAGE: tuple[str, dict[str, Any], str] = (
    "search",
    {},
    "search.html",
)  # its name, its context and its template
#: What nobody looks for: elements, and the classes of others.
LEFT_OUT = {"script", "style", "svg", "button", "summary"}
CLASSES = {"highlight", "headerlink", "csto-behind", "csto-ev", "csto-onward", "csto-reading"}
#: Addresses; the space before a stop, where a mark is left out; what parts cells that are empty.
NO_WORDS = re.compile(r"https?://\S+| (?=[.,;:](?: |$))| ·(?= ·|$)")
HEADS = {f"h{level}" for level in range(1, 7)}
CELLS = {"td", "th"}
WITHIN_WORDS = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup"}


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("builder-inited", _replace)
    app.connect("html-collect-pages", lambda app: [PAGE])
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _replace(app: Sphinx) -> None:
    """Have Sphinx write no index and no search page of its own."""
    if app.builder.name == "html":
        app.builder.search = False  # type: ignore[attr-defined]  # which HTML builders have


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html" or not previewed.is_over(app):
        return
    root, folder = Path(app.srcdir), Path(app.outdir)
    kept, since = _kept(folder / FILE)
    pages = {}
    for page in contents.contents(root).pages:
        name, path = f"{page}.html", folder / f"{page}.html"
        if path.is_file():  # a preview may lack some yet
            is_new = name not in kept or path.stat().st_mtime_ns > since
            pages[name] = _told(path) if is_new else kept[name]
    data = {"names": dict(names(trail_of(root).corpus.actors)), "pages": pages}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    files.write(folder / FILE, f"{BEGINS}{text};\n")


def _told(path: Path) -> list[list[str]]:
    return [[place.id, place.title, place.text] for place in places(path)]


def _kept(path: Path) -> tuple[dict[str, list[list[str]]], int]:
    """What the run before found in each page of a preview, and when it wrote that."""
    if not path.is_file():
        return {}, 0
    text = path.read_text(encoding="utf-8").removeprefix(BEGINS).rstrip(";\n")
    return json.loads(text)["pages"], path.stat().st_mtime_ns


def names(actors: Iterable[Actor]) -> Iterator[tuple[str, list[str]]]:
    """Spellings that the book does not have, the longest first, each with those it has."""
    found: dict[str, list[str]] = {}
    for actor in actors:
        forms = [actor.name, *actor.spellings]
        if actor.kind == PERSON:
            forms = [form.split()[-1] for form in forms]
        for other in actor.also:
            found.setdefault(other, []).extend(forms)
    for other in sorted(found, key=len, reverse=True):
        yield other, list(dict.fromkeys(found[other]))


@dataclass
class Place:
    """What a link can lead to: a section, or a paragraph with an address of its own."""

    id: str
    title: str = ""
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says, in one line."""
        return NO_WORDS.sub("", " ".join("".join(self.words).split()))


def places(path: Path) -> list[Place]:
    """The places of a page, in its order; the first is the page's own."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader.places


class _Reader(HTMLParser):
    """Collects the places of a page's article."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self.section = ""  # the title of the section that is read
        self.is_head = False
        self.left_out = ""  # the element that is left out,
        self.depth = 0  # and how many of its kind are open in it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.left_out:
            self.depth += tag == self.left_out
            return
        its = dict(attrs)
        if tag in LEFT_OUT or CLASSES & set((its.get("class") or "").split()):
            self.left_out, self.depth = tag, 1
        elif tag == "section" and (id := its.get("id")):
            self.places.append(Place(id))
        elif tag == "p" and (id := its.get("id")) and self.places:
            self.places.append(Place(id, self.section))
        self.is_head = tag in HEADS or (self.is_head and tag in WITHIN_WORDS)
        self._part(tag, " ")

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            self.depth -= tag == self.left_out
            self.left_out = self.left_out if self.depth else ""
            return
        if tag in HEADS:
            self.is_head = False
        self._part(tag, " · " if tag in CELLS else " ")

    def handle_data(self, data: str) -> None:
        if self.left_out or not self.places:
            return
        if self.is_head:
            self.section = self.places[-1].title = self.places[-1].title + data
        else:
            self.places[-1].words.append(data)

    def _part(self, tag: str, what: str) -> None:
        """Words of two blocks are two words."""
        if self.places and tag not in WITHIN_WORDS:
            self.places[-1].words.append(what)
