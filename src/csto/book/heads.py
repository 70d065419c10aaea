"""The head of each page, for tools: what it is, who made it, what can be taken from here.

schema.org as JSON-LD, Highwire and Dublin Core for reference managers, Open Graph for previews of
links, and links of the kind that FAIR Signposting has. Where the book has a public address all of
it is absolute; where it has none, nothing says one.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from csto import files
from csto.book import contents, crate, downloads, forms
from csto.work import Work, licence_address, work

PICTURE = "_static/social.png"  # of previews, if the book has one
OFFERED = "csto-downloads"  # a class of the list of files to take away
CRATE = crate.NAME
NO_JEKYLL, SITE_MAP = ".nojekyll", "sitemap.xml"


class Page(NamedTuple):
    """A page of the book: its name in Sphinx, what it is called and says, and the first page's."""

    name: str
    title: str
    description: str
    root: str
    offers: list[tuple[str, str]]  # files to take from it, with their kinds


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("config-inited", _lead)
    app.connect("html-page-context", _say, priority=950)  # when its description is known
    app.connect("build-finished", _announce)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _lead(app: Sphinx, config: Config) -> None:
    """Where the sources are known, every page leads to them, and to where faults are told."""
    if where := work(Path(app.srcdir)).repository:
        shown = {"use_repository_button": True, "use_issues_button": True}
        config.html_theme_options = {**config.html_theme_options, "repository_url": where, **shown}


def _say(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is None:
        return
    root, body = Path(app.srcdir), context["body"]
    offers = list(downloads.offered_files(root)) if OFFERED in body else []
    said = work(root)
    title = html.unescape(nodes.unescape(doctree.next_node(nodes.title).astext()))
    first = app.config.root_doc
    page = Page(
        pagename, said.title if pagename == first else title, context["description"], first, offers
    )
    context["metatags"] = context.get("metatags", "") + head(said, page, _picture(app))


def _picture(app: Sphinx) -> str:
    return PICTURE if Path(app.outdir, PICTURE).is_file() else ""


def head(work: Work, page: Page, picture: str = "") -> str:
    """The tags of a page's head."""
    is_whole = page.name == page.root
    tags = [
        *(_meta("name", *pair) for pair in _names(work, page, is_whole)),
        *(_meta("property", *pair) for pair in _previewed(work, page, is_whole, picture)),
        *(_link(**link) for link in _links(work, page)),
        f'<script type="application/ld+json">{forms.as_json_ld(_graph(work, page))}</script>',
    ]
    return "\n" + "\n".join(tags) + "\n"


def _names(work: Work, page: Page, is_whole: bool) -> Iterator[tuple[str, str]]:
    yield from forms.meta(work, page.title, page.description, is_whole)
    if work.address:
        yield "citation_public_url", f"{work.address}{page.name}.html"
        if is_whole:
            yield "citation_pdf_url", f"{work.address}{downloads.PDF}"


def _previewed(work: Work, page: Page, is_whole: bool, picture: str) -> Iterator[tuple[str, str]]:
    yield "og:type", "book" if is_whole else "article"
    yield "og:title", page.title
    yield "og:description", page.description
    yield "og:site_name", work.title
    if work.address:
        yield "og:url", f"{work.address}{page.name}.html"
        if picture:
            yield "og:image", f"{work.address}{picture}"


def _links(work: Work, page: Page) -> Iterator[dict[str, str]]:
    yield {"rel": "license", "href": licence_address(work.licence)}
    if work.address:
        yield {"rel": "cite-as", "href": work.address}
    yield {"rel": "describedby", "href": _from(work, page, CRATE), "type": "application/ld+json"}
    for path, kind in page.offers:
        yield {"rel": "item", "href": _from(work, page, path), "type": kind}


def _graph(work: Work, page: Page) -> Iterator[forms.Node]:
    base = "" if page.name == page.root else _from(work, page, f"{page.root}.html")
    if page.name == page.root:
        yield forms.report(work)
    else:
        own = _from(work, page, f"{page.name}.html")
        yield forms.chapter(work, page.title, page.description, own, base)
    if page.offers:
        offers = [(_from(work, page, path), kind) for path, kind in page.offers]
        yield forms.dataset(work, offers, base)
        yield forms.software(work, base)


def _from(work: Work, page: Page, path: str) -> str:
    """A file of the book as the page leads to it."""
    if work.address:
        return f"{work.address}{path}"
    return posixpath.relpath(path, posixpath.dirname(page.name) or ".")


def _meta(by: str, name: str, content: str) -> str:
    return f'<meta {by}="{name}" content="{html.escape(content)}" />'


def _link(**attributes: str) -> str:
    said = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<link {said} />"


def _announce(app: Sphinx, error: Exception | None) -> None:
    """Where the book has an address: what it says there, a map of its pages, nothing changed."""
    said = work(Path(app.srcdir))
    if error or app.builder.name != "html" or not said.address:
        return
    pages = contents.contents(Path(app.srcdir)).pages
    files.write(Path(app.outdir) / SITE_MAP, site_map(said, pages))
    files.write(Path(app.outdir) / NO_JEKYLL, "")
    if (first := app.config.root_doc) != "index":
        entry = Path(app.outdir) / "index.html"  # at the address itself, and leads to the first
        files.write(entry, arrival(said, first, entry.read_text(encoding="utf-8"), _picture(app)))


def arrival(work: Work, first: str, text: str, picture: str = "") -> str:
    """The page at the address itself, with all that the page it leads to says of the work."""
    page = Page(first, work.title, work.abstract, first, [])
    canonical = _link(rel="canonical", href=f"{work.address}{first}.html")
    return text.replace("</head>", f"{canonical}{head(work, page, picture)}</head>", 1)


def site_map(work: Work, pages: list[str]) -> str:
    """The addresses of all pages, for search engines."""
    lines = [f"<url><loc>{html.escape(f'{work.address}{page}.html')}</loc></url>" for page in pages]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return "\n".join([head, f'<urlset xmlns="{space}">', *lines, "</urlset>", ""])
