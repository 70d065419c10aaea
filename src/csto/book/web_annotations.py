"""The extracts in a standard form: W3C Web Annotations (Data Model, 2017), as JSON-LD.

Positions are 0-based code points of the file with the stated hash, end
exclusive. The words stand only where the book prints them.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from docutils.nodes import make_id
from sphinx.application import Sphinx

from csto import files
from csto.book import wording
from csto.book.previewed import is_edition
from csto.book.trail import Trail, trail_of
from csto.corpus.schema import Extract, Source

NAME = "annotations.jsonld"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sha256": "http://schema.org/sha256"}]


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("build-finished", _offer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _offer(app: Sphinx, error: Exception | None) -> None:
    """The annotations, beside the pages that offer them."""
    if is_edition(app, error):
        files.write(Path(app.outdir) / NAME, export(trail_of(Path(app.srcdir))))


def export(trail: Trail) -> str:
    """All extracts as one annotation collection."""
    items = [_annotation(trail, trail.corpus.extract[key]) for key in trail.corpus.short_key]
    collection = {
        "@context": CONTEXT,
        "id": NAME,
        "type": "AnnotationCollection",
        "label": "Passages of the documents, with their coding",
        "total": len(items),
        "first": {"id": f"{NAME}#all", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _annotation(trail: Trail, extract: Extract) -> dict[str, Any]:
    lines = [f"tells of: {wording.tells_of(extract)}", *wording.codings(trail, extract)]
    return {
        "id": f"book/evidence.html#{make_id(f'ev-{extract.key}')}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "value": line, "format": "text/plain", "language": "en"}
            for line in lines
        ],
        "target": {
            "source": _source(trail.corpus.source[extract.source]),
            "selector": _selectors(trail, extract),
        },
    }


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
        before, after = trail.printed.around(extract)
        around = {name: words for name, words in (("prefix", before), ("suffix", after)) if words}
        selectors.append({"type": "TextQuoteSelector", "exact": extract.quote, **around})
    return selectors
