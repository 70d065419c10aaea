"""How sure a claim is, where it stands: `` {sure}`claim` `` prints its grade and what decided it.

The grade is a finding that a chapter stores under `sure.` and the claim's id; here it is printed.
What pages of the outside record contradict in the claim's passages is said beside it, and changes
no grade.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from csto.book.marks import trail_in, waiting
from csto.book.outside_marks import outside_mark
from csto.corpus.outside import OutsideStatement
from csto.corpus.reading import Corpus
from csto.corpus.values import JUDGED_CONTRADICTED
from csto.exhibits import findings

log = getLogger(__name__)
PREFIX = "sure."  # of the findings that hold grades


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_role("sure", SureRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class SureRole(SphinxRole):
    """`` {sure}`claim` ``: one line, the claim and its grade, which leads to the finding."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The line; a warning where no chapter has graded the claim."""
        known = trail_in(self.env).findings
        key = PREFIX + self.text
        if key not in known:
            what = f"{{sure}}: no chapter grades '{self.text}', run make notebooks"
            log.warning(what, location=self.get_location())
            return [], []
        finding = findings.read(known[key])
        word = nodes.inline("", finding.shown, classes=["csto-grade"])
        said = nodes.inline(classes=["csto-sure", f"csto-{finding.value}"])
        said += nodes.Text(f"How sure? {finding.text}: ")
        said += waiting(f"finding-{finding.id}", word, finding.text, self.env.docname)
        said += nodes.Text(f". {finding.why}")
        for statement in contradicted(trail_in(self.env).corpus, self.text):
            said += nodes.Text(f" Public pages contradict a passage of it: {statement.label} ")
            said += [outside_mark([statement.key], self.env), nodes.Text(".")]
        return [said], []


def contradicted(corpus: Corpus, claim: str) -> Iterator[OutsideStatement]:
    """What public pages contradict in the passages that tell a claim."""
    told_by = next(one.told_by for one in corpus.claims if one.id == claim)
    told = {key for part in told_by for key in part}
    for statement in corpus.outside_statements:
        if statement.judgement == JUDGED_CONTRADICTED and told & set(statement.extracts):
            yield statement
