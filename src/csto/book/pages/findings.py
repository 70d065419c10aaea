"""The findings index: every number by chapter, with all of its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils.nodes import make_id

from csto.book import wording
from csto.book.contents import contents
from csto.book.pages.markdown import marks, row, text
from csto.book.trail import Trail
from csto.corpus import outside
from csto.exhibits import findings
from csto.exhibits.findings import Finding

HEAD = "| Finding | Value | From | Evidence |\n| --- | ---: | --- | --- |"


def findings_index(trail: Trail, _: str) -> str:
    """All findings by chapter: value, interval, what one document decides, documents, evidence.

    Chapters stand in the order of the book, under the number that they have there.
    """
    told, parts = contents(trail.root), []
    for page in told.pages:
        rows = [
            _row(trail, data)
            for data in trail.findings.values()
            if f"notebooks/{data['notebook']}" == page
        ]
        if rows:
            head = " ".join(filter(None, [told.numbers.get(page), trail.titles[page]]))
            parts.append("\n".join([f"## {text(head)}\n\n{HEAD}", *rows, ""]))
    return "\n".join(parts)


def _row(trail: Trail, data: dict[str, Any]) -> str:
    finding = findings.read(data)
    rests_on = (one for one in trail.corpus.sources if one.id in finding.documents)
    documents = [text(one.mark) for one in rests_on]
    documents += [outside.MARK] if finding.outside else []
    return row(
        f"[{text(_said(trail, finding))}]{{#number-{make_id(finding.id)}}}; cell `{data['cell']}`",
        f"{{n}}`{finding.id}`{text(finding.with_unit.removeprefix(finding.shown))}",
        "&nbsp;".join(documents),
        "".join(_evidence(trail, finding)),
    )


def _said(trail: Trail, finding: Finding) -> str:
    parts = [finding.text, wording.between(finding)]
    if finding.without:
        without = wording.without(trail.corpus, finding)
        parts.append(f"with any one document left out: {without}")
    return "; ".join(filter(None, parts))


def _evidence(trail: Trail, finding: Finding) -> Iterator[str]:
    if finding.evidence:
        yield marks(trail, finding.evidence)
    elif not finding.outside:
        yield "whole documents"
    if finding.outside:
        yield f" {{out}}`{', '.join(finding.outside)}`"
