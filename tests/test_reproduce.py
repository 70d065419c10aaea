"""The tools of the campaign are tried, too: `make reproduce` and `make mutate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign import reproduce
from conftest import ROOT, Run


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two builds that are alike."""
    for name in ("one", "two"):
        for part, text in (
            ("_build/html/index.html", "<p>\nalike\n"),
            ("_build/pdf/csto.pdf", "%PDF"),
            ("notebooks/a.ipynb", "{}"),
        ):
            (tmp_path / name / part).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / part).write_text(text, encoding="utf-8")
    return tmp_path / "one", tmp_path / "two"


def test_builds_that_are_alike_do_not_differ(two: tuple[Path, Path]) -> None:
    assert reproduce.differences(*two) == []
    assert reproduce.fingerprint(two[0]) == reproduce.fingerprint(two[1])


def test_the_first_difference_is_shown(two: tuple[Path, Path]) -> None:
    (two[1] / "_build/html/index.html").write_text("<p>\nalive\n", encoding="utf-8")
    (two[1] / "_build/pdf/csto.pdf").unlink()
    assert reproduce.differences(*two) == [
        "_build/pdf/csto.pdf: only in the first build",
        "_build/html/index.html: line 2: “alike” against “alive”",
    ]
    assert reproduce.fingerprint(two[0]) != reproduce.fingerprint(two[1])


def test_nothing_to_compare_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is nothing to compare"):
        reproduce.differences(tmp_path, tmp_path)


def test_a_sample_of_damage_is_noticed(execute: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fixed few of the mutants of `make mutate`, and controls, which must survive."""
    monkeypatch.setenv("PYTHONPATH", "tests")
    done = execute(ROOT, "campaign.mutate", "--sample")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " mutants, 0 survive" in done.stdout
    assert done.stdout.count("survives: control: ") == 2, (
        "a control changes nothing, so no gate may object"
    )
