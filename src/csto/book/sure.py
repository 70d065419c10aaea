"""How sure a claim is, where it stands: `` {sure}`claim` `` prints its grade and what decided it.

The question is asked once a page; each line begins with its answer, and with the sign of its grade,
which `` {sign}`grade` `` prints where the grades are explained.

The grade is a finding that a chapter stores under `sure.` and the claim's id; here it is printed.
What pages of the outside record contradict in the claim's passages, dispute or qualify, is said
beside it, and changes no grade.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from csto.analysis.certainty import PREFIX, RANKS
from csto.analysis.printed import number
from csto.book.marks import HEARD, TIED, trail_in, waiting
from csto.book.outside_marks import outside_mark
from csto.corpus.outside import OutsideStatement
from csto.corpus.reading import Corpus
from csto.corpus.report import Claim
from csto.corpus.values import (
    JUDGED_CONTRADICTED,
    JUDGED_DISPUTED,
    JUDGED_INCOMPLETE,
)
from csto.exhibits import findings

log = getLogger(__name__)
SIGN = "csto-shape"  # a drawn sign; its words are beside it
ASKS = "csto-asks"  # the question before a grade
WHY = "csto-why"  # what decided it, which a page folds away where it has no margin
VERBS = {
    JUDGED_CONTRADICTED: "contradict",
    JUDGED_DISPUTED: "dispute",
    JUDGED_INCOMPLETE: "say more on",
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.add_role("sure", SureRole())
    app.add_role("sign", SignRole())
    app.connect("doctree-read", lambda app, tree: ask_once(tree))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def ask_once(tree: nodes.document) -> None:
    """Leave the question in sight once a page; who hears the page hears it each time."""
    asked = [node for node in tree.findall(nodes.inline) if ASKS in node["classes"]]
    for again in asked[1:]:
        again["classes"] += HEARD


def sign(grade: str) -> nodes.inline:
    """The sign of a grade, without words."""
    return nodes.inline(classes=[SIGN, f"{SIGN}-{grade}"])


class SignRole(SphinxRole):
    """`` {sign}`grade` ``: the sign of a grade, beside its name; a warning for another word."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The sign, or nothing."""
        if self.text in RANKS:
            return [sign(self.text)], []
        what = f"{{sign}}: no grade '{self.text}', take one of {', '.join(RANKS)}"
        log.warning(what, location=self.get_location())
        return [], []


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
        word = nodes.inline("", finding.shown.capitalize(), classes=["csto-grade"])
        said = nodes.inline(classes=["csto-sure", f"csto-{finding.value}"])
        said += nodes.inline("", "How sure? ", classes=[ASKS])
        said += sign(str(finding.value))
        said += waiting(f"finding-{finding.id}", word, finding.text, self.env.docname)
        said += nodes.Text(f". {finding.text}. ")
        by_pages = _by_pages(trail_in(self.env).corpus, self.text, self.env)
        said += nodes.inline("", finding.why, *by_pages, classes=[WHY])
        return [said], []


def _by_pages(corpus: Corpus, key: str, env: BuildEnvironment) -> list[nodes.Node]:
    """What public pages say to a claim and to its passages, each with its mark."""
    claim = next(one for one in corpus.claims if one.id == key)
    told: list[nodes.Node] = []
    if rows := [row.key for row in corpus.outside_statements if key in row.bears_out]:
        told += [nodes.Text(f" Public pages confirm it{TIED}")]
        told += [outside_mark(rows, env), nodes.Text(".")]
    for verb, found in judged(corpus, claim).items():
        if len(found) == 1:
            what = f"one of its passages: {found[0].found.removesuffix('.')}"
        else:
            what = f"{number(len(found))} of its passages"
        told += [nodes.Text(f" Public pages {verb} {what}{TIED}")]
        told += [outside_mark([row.key for row in found], env), nodes.Text(".")]
    return told


def judged(corpus: Corpus, claim: Claim) -> dict[str, list[OutsideStatement]]:
    """What public pages make of the passages that tell a claim, by the verb for it."""
    told = {key for part in claim.told_by for key in part}
    found: dict[str, list[OutsideStatement]] = {verb: [] for verb in VERBS.values()}
    for statement in corpus.outside_statements:
        if statement.judgement in VERBS and told & set(statement.extracts):
            found[VERBS[statement.judgement]].append(statement)
    return {verb: rows for verb, rows in found.items() if rows}
