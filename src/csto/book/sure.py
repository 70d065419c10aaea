"""How sure a claim is, where it stands: `` {sure}`claim` `` prints its grade and what decided it.

The grade is a finding that a chapter stores under `sure.` and the claim's id; here it is printed.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from csto.book.marks import trail_in, waiting
from csto.exhibits import findings

log = getLogger(__name__)
PREFIX = "sure."  # of the findings that hold grades


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_role("sure", SureRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class SureRole(SphinxRole):
    """`` {sure}`claim` ``: one line, the grade first; it leads to the finding."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The line; a warning where no chapter has graded the claim."""
        known = trail_in(self.env).findings
        key = PREFIX + self.text
        if key not in known:
            what = f"{{sure}}: no chapter grades '{self.text}', run make notebooks"
            log.warning(what, location=self.get_location())
            return [], []
        finding = findings.read(known[key])
        word = nodes.inline("", str(finding.value).capitalize(), classes=["csto-grade"])
        said = nodes.inline(classes=["csto-sure", f"csto-{finding.value}"])
        said += nodes.Text("How sure? ")
        said += waiting(f"finding-{finding.id}", word, finding.text, self.env.docname)
        said += nodes.Text(f". {finding.text}")
        return [said], []
