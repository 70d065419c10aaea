"""The corpus can grow: copies that share no words are as clean as the original."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign import bench
from csto.corpus import checks, reading


@pytest.mark.commands
def test_a_multiplied_corpus_has_no_problem(tmp_path: Path) -> None:
    bench.multiply(tmp_path, 3)
    found, problems = reading.read(tmp_path)
    assert [str(p) for p in problems + checks.run(found)] == []
    once = reading.read(bench.ROOT)[0]
    assert len(found.documents) == 3 * len(once.documents)
    assert len(found.extracts) == 3 * len(once.extracts)
