"""What a stored notebook must look like; that its outputs hold is nbval's to say."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from conftest import ROOT

from csto import tables
from csto.exhibits import findings

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

#: Cells that nbval does not compare, with the reason. Empty on purpose.
NOT_COMPARED: dict[str, str] = {}


def code_cells(path: Path) -> list[dict]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"rotation", "azerbaijan", "withdrawal"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_outputs_are_stored(path: Path) -> None:
    """A stripped notebook would pass nbval, so every cell must have run, in order,
    and every cell that ends in a value must show it."""
    for number, cell in enumerate(code_cells(path), start=1):
        assert cell["execution_count"] == number, (
            f"{path.name}: cell {cell['id']} was not run in order"
        )
        ends_in_value = isinstance(ast.parse("".join(cell["source"])).body[-1], ast.Expr)
        assert bool(cell["outputs"]) == ends_in_value, (
            f"{path.name}: cell {cell['id']} lacks its output"
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_outputs_are_results(path: Path) -> None:
    for cell in code_cells(path):
        kinds = {output["output_type"] for output in cell["outputs"]}
        assert kinds <= {"execute_result", "display_data"}, (
            f"{path.name}: cell {cell['id']} prints or fails"
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_output_is_compared(path: Path) -> None:
    for cell in code_cells(path):
        lax = [
            tag for tag in cell["metadata"].get("tags", ()) if tag.startswith(("nbval", "raises"))
        ]
        marked = "# NBVAL" in "".join(cell["source"])
        assert not lax and not marked or cell["id"] in NOT_COMPARED, (
            f"{path.name}: cell {cell['id']} is not compared"
        )


def test_every_table_stands_whole_in_a_stored_output() -> None:
    """So that no coding can change without a stored output that changes; three follow from others."""
    shown = "".join("".join(cell["source"]) for path in NOTEBOOKS for cell in code_cells(path))
    followed = {
        "extracts": "csv(extracts.drop(",
        "dyads": "csv(tables.events())",
        "chains": "csv(extracts.drop(",
    }
    for name in tables.TABLES:
        assert followed.get(name, f"csv(tables.{name}())") in shown, name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_are_thin(path: Path) -> None:
    for number, cell in enumerate(code_cells(path)):
        source = "".join(cell["source"])
        assert source.count("\n") < 15, f"{path.name}: cell {cell['id']} is too long"
        assert "def " not in source and "yaml" not in source and "open(" not in source
        assert ("import " in source) == (number == 0), (
            f"{path.name}: imports belong in the first cell"
        )


def test_findings_are_declared_once() -> None:
    found = findings.collect(NOTEBOOKS)
    assert len(found) >= 20
    assert all(data["documents"] or data["outside"] for data in found.values())
    # A count over whole documents, and a count of nothing, rest on no single passage.
    bare = [
        key
        for key, data in found.items()
        if not data["evidence"] and not data["outside"] and data["value"] != 0
    ]
    assert {found[key]["notebook"] for key in bare} <= {"corpus", "robustness"}, bare
