"""Exhibits and prose → pages: the Sphinx extension, the trail, pages from data, downloads.

In come stored outputs, hand-written prose and records; out come HTML pages in which every mark leads to its passage.
It knows marks, cards and pages; it computes no number and knows nothing of the subject.
"""

from typing import Any

from sphinx.application import Sphinx

PARTS = ("extension", "outside_marks", "charts", "downloads", "webpage")


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx: sets up every part that has something to do with a build."""
    for part in PARTS:
        app.setup_extension(f"{__name__}.{part}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
