"""Exhibits and prose → pages: marks, cards, charts, pages from data, downloads.

In come stored outputs, hand-written prose and records; out come HTML pages in
which every mark leads to its passage. It knows marks, cards and pages; it
computes no number and knows nothing of the subject.
"""

import gc
from typing import Any

from sphinx.application import Sphinx

#: What has something to do with a build, each its own extension.
PARTS = (
    "previewed",
    "ready",
    "references",
    "scripts",
    "generated",
    "marks",
    "numbers",
    "outside_marks",
    "quantities",
    "sure",
    "folding",
    "closing",
    "reading",
    "edited",
    "quotations",
    "explained",
    "cards",
    "checksheet",
    "otherwise",
    "index_filter",
    "charts",
    "chart_files",
    "downloads",
    "search",
    "web_annotations",
    "frame",
    "webpage",
    "heads",
    "crate",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx: sets up every part."""
    # A build makes trees of nodes and ends: to search them for waste took half of its time.
    gc.disable()
    for part in PARTS:
        app.setup_extension(f"{__name__}.{part}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
