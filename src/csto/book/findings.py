"""Findings in pages: a stored finding as a line with an anchor.

How a cell stores one is `csto.exhibits.findings`; a number in a sentence is
`csto.book.marks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from docutils import nodes
from docutils.nodes import make_id
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.environment import BuildEnvironment

from csto.book import wording
from csto.book.marks import origin, supporting, trail_in, waiting
from csto.book.outside_marks import outside_mark
from csto.exhibits import findings
from csto.exhibits.findings import Finding

FEW = 8  # marks that a finding's line shows; the findings index shows all


class FindingRenderer(MimeRenderPlugin):
    """A stored finding as a line with an anchor."""

    mime_priority_overrides: ClassVar = [("*", findings.MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """The line, or None for another kind of output."""
        if inline or data.mime_type != findings.MIME:
            return None
        finding = findings.read(data.content)
        line = nodes.paragraph(
            classes=["csto-finding", *origin(finding)], names=[f"finding-{finding.id}"]
        )
        renderer.renderer.document.note_explicit_target(line)
        line += _words(finding, renderer.renderer.sphinx_env)
        for mark in _marks(finding, renderer.renderer.sphinx_env):
            line += [nodes.Text(" "), mark]
        return [line]


def _words(finding: Finding, env: BuildEnvironment) -> Iterator[nodes.Node]:
    """What it says: text, value, interval, what one document decides."""
    yield nodes.Text(f"{finding.text}: ")
    yield nodes.strong(text=finding.with_unit)
    if between := wording.between(finding):
        yield nodes.Text(f" ({between})")
    if finding.without:
        without = wording.without(trail_in(env).corpus, finding)
        yield nodes.Text(f"; with any one document left out: {without}")


def _marks(finding: Finding, env: BuildEnvironment) -> Iterator[nodes.Node]:
    """What it rests on: the first marks, and the way to all of them."""
    if finding.evidence:
        yield supporting(list(finding.evidence), env, FEW)
    if finding.outside:
        yield outside_mark(list(finding.outside[:FEW]), env)
    if hidden := len(finding.evidence[FEW:]) + len(finding.outside[FEW:]):
        more = nodes.inline("", f"and {hidden} more", classes=["csto-more"])
        title = "all of them in the findings index"
        yield waiting(f"number-{make_id(finding.id)}", more, title, env.docname)
