"""How sure a claim is, where it stands: `` {sure}`claim` `` prints its grade and what decided it.

The grade is a finding that a chapter stores under `sure.` and the claim's id; here it is printed.
What pages of the outside record contradict in the claim's passages, dispute, or add to them, is
said beside it, and changes no grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from csto.analysis.certainty import GRADES
from csto.book.marks import TIED, trail_in, waiting
from csto.book.outside_marks import outside_mark
from csto.corpus.outside import OutsideStatement
from csto.corpus.reading import Corpus
from csto.corpus.values import (
    JUDGED_AGREES,
    JUDGED_CONTRADICTED,
    JUDGED_DISPUTED,
    JUDGED_INCOMPLETE,
)
from csto.exhibits import findings
from csto.exhibits.findings import Value

log = getLogger(__name__)
ADDS = "add to"
VERBS = {JUDGED_CONTRADICTED: "contradict", JUDGED_DISPUTED: "dispute", JUDGED_INCOMPLETE: ADDS}
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
        said += _by_pages(trail_in(self.env).corpus, self.text, finding.value, self.env)
        return [said], []


def _by_pages(corpus: Corpus, claim: str, grade: Value, env: BuildEnvironment) -> list[nodes.Node]:
    """What public pages say to the passages of a claim, each with its mark."""
    told: list[nodes.Node] = []
    if rows := borne_out(corpus, claim):
        passages = "passages" if len(rows) > 1 else "passage"
        told += [nodes.Text(f" Public pages confirm its {passages}{TIED}")]
        told += [outside_mark(rows, env), nodes.Text(".")]
    for verb, statement in judged(corpus, claim, grade == GRADES[-1]):
        said = f" Public pages {verb} a passage of it: {_first(statement.found)}{TIED}"
        told += [nodes.Text(said), outside_mark([statement.key], env), nodes.Text(".")]
    return told


def borne_out(corpus: Corpus, claim: str) -> list[str]:
    """Rows that agree with a passage of each part of a claim; none where some part lacks one."""
    rows = [
        next((row.key for row in corpus.outside_statements if _agrees(row, part)), None)
        for part in _parts(corpus, claim)
    ]
    return [row for row in dict.fromkeys(rows) if row] if all(rows) else []


def _agrees(row: OutsideStatement, part: list[str]) -> bool:
    return row.judgement == JUDGED_AGREES and bool(set(row.extracts) & set(part))


def _parts(corpus: Corpus, claim: str) -> list[list[str]]:
    return next(one.told_by for one in corpus.claims if one.id == claim)


def judged(corpus: Corpus, claim: str, is_firm: bool) -> Iterator[tuple[str, OutsideStatement]]:
    """What public pages make of the passages that tell a claim, each with a verb.

    What they only add is left to the outside record where the claim is firm.
    """
    told = {key for part in _parts(corpus, claim) for key in part}
    for statement in corpus.outside_statements:
        verb = VERBS.get(statement.judgement)
        if verb and told & set(statement.extracts) and not (is_firm and verb == ADDS):
            yield verb, statement


def _first(found: str) -> str:
    """The first thing that pages say, without its stop."""
    return re.split(r"(?<=\w)[;.](?:\s|$)", found)[0]
