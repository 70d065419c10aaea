"""Previews: which pages are read again, in which order, and which still wait.

An edition is always read whole. A preview keeps its pages from run to run and
reads again what a change could have reached: a page whose own file changed; and,
when anything changed that pages share, every page, some at a time, first those
that are looked at, then those that name something that changed. Which pages still wait is
written down, so that nobody takes them for fresh.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from csto import files
from csto.book import receipt
from csto.book.cards import number_card, passage_card
from csto.book.trail import Trail, trail_of
from csto.corpus import drafts
from csto.exhibits import notebooks

AT_ONCE = 4  # pages a run reads beside those whose own file changed
RECORD = "pages.json"  # beside the folder of the pages
#: What all pages share, beside notebooks and what they depend on.
SHARED = (
    "src/csto",
    "!src/csto/book/web",  # styles and scripts, which lie beside the pages
    "_config.yml",
    "_toc.yml",
    "CITATION.cff",
    "book/_templates/*",
    "book/*.bib",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx; `csto_preview`, None in an edition, lists the pages looked at."""
    app.add_config_value("csto_preview", None, "")
    app.connect("config-inited", _begin)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def is_edition(app: Sphinx, error: Exception | None) -> bool:
    """Whether what ends has made pages to publish, so that files beside them are wanted."""
    return error is None and app.builder.name == "html" and app.config.csto_preview is None


def is_over(app: Sphinx) -> bool:
    """Whether no page waits for another run, so that what is made of all pages is wanted."""
    record = Path(app.outdir).parent / RECORD
    return app.config.csto_preview is None or not files.read_record(record).get("late")


def _begin(app: Sphinx, config: Config) -> None:
    if config.csto_preview is not None:
        Preview(app, config.csto_preview)


class Preview:
    """One run of Sphinx on a preview, with what was written down by the run before.

    The record holds three hashes of each page as it was read, of what it holds, of
    what it names and of what all pages share (`pages`); the pages just read (`read`);
    and those that wait for another run (`late`). Sphinx's own clock is not enough: it
    misses what is saved while the page is read.
    """

    def __init__(self, app: Sphinx, looked_at: list[str]) -> None:
        self.root, self.looked_at = Path(app.srcdir), looked_at
        self.path = Path(app.outdir).parent / RECORD
        self.pages: dict[str, list[str]] = files.read_record(self.path).get("pages", {})
        self.read: dict[str, list[str]] = {}
        self.late: list[str] = []
        app.connect("env-get-outdated", self._choose)
        app.connect("build-finished", self._keep, priority=100)  # before who asks `is_over`

    def _choose(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        """The pages to read beside those whose own file changed."""
        trail = trail_of(self.root)
        shared, own, made = _shared(trail), added | changed, Made(trail)
        known = {page: self.pages.get(page, ["", "", ""]) for page in env.found_docs}
        texts = {p: Path(env.doc2path(p)).read_text(encoding="utf-8") for p in env.found_docs}
        held = {page: made.held(text) for page, text in texts.items()}
        late = [p for p in known.keys() - own if known[p][0::2] != [held[p], shared]]
        fresh = {page: [held[page], made.named(texts[page]), shared] for page in (*own, *late)}
        soon = {p for p in late if p in self.looked_at or known[p][:2] != fresh[p][:2]}
        late.sort(key=lambda page: (page not in self.looked_at, page not in soon, page))
        saved = any(known[page] != fresh[page] for page in own)
        looked_at = soon & {*self.looked_at}
        first = looked_at if saved or looked_at else soon
        now = late[: min(len(first), AT_ONCE) if first or saved else AT_ONCE]
        self.read = {page: fresh[page] for page in (*own, *now)}
        self.late = late[len(now) :]
        for page in removed:
            self.pages.pop(page, None)
            Path(app.outdir, f"{page}.html").unlink(missing_ok=True)
        return now

    def _keep(self, app: Sphinx, error: Exception | None) -> None:
        if error is None:
            record = {"pages": self.pages | self.read, "late": self.late, "read": list(self.read)}
            files.write(self.path, json.dumps(record, indent=1) + "\n")


def _shared(trail: Trail) -> str:
    """A hash of what a page may take from elsewhere than its own file."""
    prose = [trail.titles, {key: [vars(u) for u in uses] for key, uses in trail.cited.items()}]
    return _hash([files.digest(trail.root, SHARED), notebooks.marks(trail.root), prose])


class Made:
    """What pages are made of beside what all of them share, as hashes."""

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.known = trail.findings.keys() | trail.corpus.extract.keys()
        self.cards: dict[str, str] = {}

    def held(self, text: str) -> str:
        """What a page holds itself: its text; and what it tells of that no other page shares.

        That are all files, on the page that lists them; drafts and their pages, on those of
        documents.
        """
        root, also = self.trail.root, []
        if "<!-- csto: receipt" in text:
            also.append(receipt.made_of(root)["inputs"])
        if "<!-- csto: document" in text:
            pages = sorted(path.name for path in (root / "book/documents").glob("*"))
            also += [files.digest(root, [f"{drafts.FOLDER}/*"]), pages]
        return _hash([text, also])

    def named(self, text: str) -> str:
        """What is shown of the passages and numbers that a page names."""
        names = set(re.findall(r"\w[\w.-]*\w", text)) & self.known
        return _hash([self._card(name) for name in sorted(names)])

    def _card(self, key: str) -> str:
        if key not in self.cards:
            card = number_card if key in self.trail.findings else passage_card
            self.cards[key] = _hash(card(self.trail, key))
        return self.cards[key]


def _hash(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:16]
