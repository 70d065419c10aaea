"""The tools of the campaign are tried, too: `make reproduce` and `make mutate`."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from campaign import mutants, reproduce
from conftest import ROOT, Run
from csto.corpus.codings import hints, mark, parts
from csto.corpus.reading import FILES
from csto.corpus.values import Coded


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


def test_every_coded_field_is_damaged_by_some_kind() -> None:
    """What the schema says is coded with a term, wherever a file has two such terms of it."""
    models = [section.model for some in FILES.values() for section in some.values()]
    todo, coded = list(models), set()
    while todo:
        for name, hint in hints(todo.pop()).items():
            coded |= {name} if mark(hint, Coded) else set()
            todo += parts(hint)
    touched, there = set(), set()
    for path in sorted((ROOT / "data").rglob("*.yml")):
        file, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        for patterns, find in mutants.KINDS.values():
            if any(path.match(pattern) for pattern in patterns):
                for start, _, _ in find(file, text, random.Random(0)):
                    before = text[text.rfind("\n", 0, start) + 1 : start + 1]
                    touched |= set(re.findall(r"([\w-]+): [^:]*$", before))
        for name in coded:
            values = re.findall(rf"(?<![\w-]){name}: (\[?[\w.-]+)", text)
            there |= {name} if len(set(values)) > 1 else set()
    assert there and there <= touched, there - touched
