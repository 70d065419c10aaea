"""No sentence stands beside a passage or a number with which nobody read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign import claims
from conftest import ROOT, edit

ROTATION = "notebooks/rotation.ipynb"


def test_every_claim_was_read_as_it_stands() -> None:
    changed = [
        f"{block.file}:{block.line}: {' '.join(block.text.split())[:60]}…"
        for block in claims.unread(ROOT)
    ]
    assert not changed, (
        "changed since read, run python tests/campaign/claims.py "
        "and read them beside their passages: " + "\n".join(changed)
    )


def test_the_record_holds_nothing_that_is_gone() -> None:
    assert claims.KEPT.read_text(encoding="utf-8").splitlines() == list(claims.claims(ROOT))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "book/index.md",
            "asiaplus-2019.acting-head-is-a-russian`",
            "asiaplus-2019.belarus-claims-the-post`",
        ),
        ("book/index.md", "{n}`rotation.weeks-empty`", "{n}`azerbaijan.days-session-to-leak`"),
        ("book/index.md", "No ally is named on", "An ally is named on"),
        (ROTATION, '"value": 16', '"value": 17'),
    ],
)
def test_a_changed_claim_is_unread(project: Path, file: str, old: str, new: str) -> None:
    edit(project / file, old, new)
    assert claims.unread(project)


def test_no_claim_at_all_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\n", encoding="utf-8")
    with pytest.raises(ValueError, match="there is nothing to compare"):
        claims.claims(tmp_path)
