"""The extracts in a standard form: W3C Web Annotations (Data Model, 2017), as JSON-LD.

Positions are 0-based code points of the file with the stated hash, end
exclusive. The words stand only where the book prints them, so that there are two files.
"""

from __future__ import annotations

import base64
import json
import uuid
from pathlib import Path
from typing import Any

from docutils.nodes import make_id
from sphinx.application import Sphinx

from csto import files
from csto.book import wording
from csto.book.previewed import is_edition
from csto.book.trail import Trail, trail_of
from csto.corpus.schema import Extract, Source
from csto.work import work

CITED, PLACED = "annotations.jsonld", "annotations-positions.jsonld"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sha256": "http://schema.org/sha256"}]
#: Each file, with what it holds: many programs take no annotation that has no quotation.
FILES = {
    CITED: "Passages that the report cites, with their words and their coding",
    PLACED: "Passages that the report does not cite, by their places alone, with their coding",
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("build-finished", _offer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _offer(app: Sphinx, error: Exception | None) -> None:
    """The annotations, beside the pages that offer them."""
    if is_edition(app, error):
        root = Path(app.srcdir)
        for name, text in export(trail_of(root), work(root).address).items():
            files.write(Path(app.outdir) / name, text)


def export(trail: Trail, address: str) -> dict[str, str]:
    """The files with all extracts as annotation collections.

    Ids are places of the book where it has a public address, and else made of the document's hash
    and the passage's place, so that they are the same in every copy.
    """
    keys = {CITED: [k for k in trail.corpus.short_key if k in trail.cited]}
    keys[PLACED] = [k for k in trail.corpus.short_key if k not in trail.cited]
    return {name: _collection(trail, name, some, address) for name, some in keys.items()}


def _collection(trail: Trail, name: str, keys: list[str], address: str) -> str:
    items = [_annotation(trail, trail.corpus.extract[key], address) for key in keys]
    own = f"{address}{name}" if address else _urn("".join(item["id"] for item in items))
    page = f"{own}#all" if address else _urn(own)
    collection = {
        "@context": CONTEXT,
        "id": own,
        "type": "AnnotationCollection",
        "label": FILES[name],
        "total": len(items),
        "first": {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _annotation(trail: Trail, extract: Extract, address: str) -> dict[str, Any]:
    tells = f"tells of: {wording.tells_of(trail.corpus, extract)}"
    lines = [tells, *wording.codings(trail, extract)]
    source = _source(trail.corpus.source[extract.source])
    place = f"{source['id']}#char={','.join(map(str, trail.corpus.span(extract)))}"
    entry = f"{address}book/evidence.html#{make_id(f'ev-{extract.key}')}"
    return {
        "id": entry if address else _urn(place),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "value": line, "format": "text/plain", "language": "en"}
            for line in lines
        ],
        "target": {"source": source, "selector": _selectors(trail, extract)},
    }


def _urn(name: str) -> str:
    """A name that is the same for the same thing, and leads nowhere (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _source(source: Source) -> dict[str, Any]:
    """The very bytes, named by their hash (RFC 6920); `via` is where they were published."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(source.sha256)).decode().rstrip("=")
    described = {
        "id": f"ni:///sha-256;{digest}",
        "type": "Text",
        "format": "text/plain",
        "language": "en",
        "sha256": source.sha256,
    }
    outside = source.published_outside
    return described | ({"via": outside.address} if outside and outside.address else {})


def _selectors(trail: Trail, extract: Extract) -> list[dict[str, Any]]:
    start, end = trail.corpus.span(extract)
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if extract.key in trail.cited:
        before, after = _around(trail, extract)
        around = {name: words for name, words in (("prefix", before), ("suffix", after)) if words}
        selectors.append({"type": "TextQuoteSelector", "exact": extract.quote, **around})
    return selectors


def _around(trail: Trail, extract: Extract) -> tuple[str, str]:
    """What stands before and after a passage, enough to tell it from the same words elsewhere.

    No word more than the book prints. A program may look for the words alone, and would take the
    first place of a sentence that its document has twice, at its head and in its text.
    """
    text, printed = trail.corpus.documents[extract.source].text, None
    start, end = trail.corpus.span(extract)
    before, after = trail.printed.around(extract)
    low, high = start - len(before), end + len(after)
    while text.count(text[low:high]) > 1:
        printed = printed or trail.printed.offsets(extract.source)
        beside = [at for at in (low - 1, high) if 0 <= at < len(text)]
        shown = [at for at in beside if at in printed or not text[at].isalnum()]
        if not shown:
            break  # the position tells it
        low, high = min(low, *shown), max(high, *(at + 1 for at in shown))
    return text[low:start], text[end:high]
