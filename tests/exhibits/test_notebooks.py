"""What a stored notebook must look like; that its outputs hold is nbval's to say."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

import csto.analysis.measures  # noqa: F401  # it registers them
from conftest import ROOT, edit
from csto import tables
from csto.analysis.registry import MEASURES
from csto.book.contents import contents
from csto.corpus.checks import checked_corpus
from csto.exhibits import findings, notebooks

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LINES, WIDTH = 12, 100  # of a cell, its captions not counted: they are prose

#: Cells that nbval does not compare, with the reason. Empty on purpose.
NOT_COMPARED: dict[str, str] = {}


def code_cells(path: Path) -> list[dict]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


CELLS = [
    pytest.param(path.stem, "".join(cell["source"]), id=f"{path.stem}-{cell['id']}")
    for path in NOTEBOOKS
    for cell in code_cells(path)
]


def test_every_exhibit_of_a_chapter_is_called_in_its_text() -> None:
    """A figure or table floats, so that the text has to say which one it speaks of.

    One right below a heading does not.
    """
    uncalled, seen = [], 0
    for page in contents(ROOT).chapters:
        text = json.loads((ROOT / f"{page}.ipynb").read_text(encoding="utf-8"))["cells"]
        said = "".join("".join(one["source"]) for one in text if one["cell_type"] == "markdown")
        for before, cell in pairwise(text):
            if cell["cell_type"] != "code" or re.fullmatch("#+ .*", "".join(before["source"])):
                continue
            figure = cell["metadata"].get("mystnb", {}).get("figure", {}).get("name")
            names = re.findall(r'^    "(tbl-[\w-]+)",$', "".join(cell["source"]), re.MULTILINE)
            for name in [*names, *([figure] if figure else [])]:
                seen += 1
                uncalled += [name] * (f"{{numref}}`{name}`" not in said)
    assert seen > 20 and uncalled == []


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"rotation", "azerbaijan", "withdrawal"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_outputs_are_stored(path: Path) -> None:
    """A stripped notebook would pass nbval, so every cell must have run, in order.

    Every cell that ends in a value must show it.
    """
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
        assert (not lax and not marked) or cell["id"] in NOT_COMPARED, (
            f"{path.name}: cell {cell['id']} is not compared"
        )


def test_every_table_stands_whole_in_a_stored_output() -> None:
    """No coding can change without a stored output that changes; three follow from others."""
    shown = "".join("".join(cell["source"]) for path in NOTEBOOKS for cell in code_cells(path))
    followed = {
        "extracts": "csv(extracts.drop(",
        "dyads": "csv(tables.events())",
        "chains": "csv(extracts.drop(",
    }
    for name in tables.TABLES:
        assert followed.get(name, f"csv(tables.{name}())") in shown, name


# ---- cells that a researcher changes -------------------------------------------------------


def nodes(source: str, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds))


def is_caption(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and str(node.value).endswith(".")


def steps(source: str) -> int:
    """The lines of a cell without those of its captions."""
    captions = [node for node in nodes(source, ast.Constant) if is_caption(node)]
    return len(source.splitlines()) - sum(n.end_lineno - n.lineno + 1 for n in captions)


@pytest.mark.parametrize(("notebook", "source"), CELLS)
def test_a_cell_is_short_and_narrow(notebook: str, source: str) -> None:
    assert steps(source) <= LINES
    assert max(map(len, source.splitlines())) <= WIDTH


@pytest.mark.parametrize(("notebook", "source"), CELLS)
def test_a_cell_takes_one_step_a_line(notebook: str, source: str) -> None:
    assert not list(nodes(source, ast.FunctionDef, ast.ClassDef, ast.Lambda)), "it is a measure"
    assert not list(nodes(source, ast.For, ast.While, ast.If, ast.With, ast.Try)), "it is a program"
    loops = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    for one in nodes(source, *loops):
        assert not [
            inner for inner in ast.walk(one) if inner is not one and isinstance(inner, loops)
        ]
        assert len(one.generators) == 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_imports_stand_in_the_first_cell(path: Path) -> None:
    first, *others = ("".join(cell["source"]) for cell in code_cells(path))
    assert list(nodes(first, ast.Import, ast.ImportFrom))
    assert not any(list(nodes(source, ast.Import, ast.ImportFrom)) for source in others)


#: Texts that a cell may hold although a record is called so, with the reason.
SAID = {
    "azerbaijan": "column of a comparison, named by the state",
    "armenia": "column of a comparison, named by the state",
    "F1": "a measure of agreement, called so in the field",
    "Q10": "a question of the codebook, whose stances have a table of their own",
}


@pytest.mark.parametrize(("notebook", "source"), CELLS)
def test_no_fact_is_typed_into_a_cell(notebook: str, source: str) -> None:
    """No number but of a place in a list, no id of a record: queries and measures say them.

    Captions are prose and are read as such; headings have no digits.
    """
    corpus = checked_corpus(ROOT)
    ids = {event.id for event in corpus.events} | corpus.extract.keys() | corpus.outside.keys()
    ids |= (
        corpus.actor.keys() | corpus.source.keys() | {question.id for question in corpus.questions}
    )
    for node in nodes(source, ast.Constant):
        if node.value in MEASURES or node.value in SAID or is_caption(node):
            continue
        if isinstance(node.value, str):
            assert node.value not in ids, f"{node.value!r}: name it in a measure"
            assert not re.search(r"\d", node.value), node.value
        else:
            assert node.value is None or isinstance(node.value, bool), node.value


def test_findings_are_never_declared_by_hand() -> None:
    """`show` measures with each document left out; `finding` and `without=` would be by hand."""
    sources = " ".join(param.values[1] for param in CELLS)
    assert "finding(" not in sources and "without=" not in sources
    assert sources.count("show(") == len(MEASURES)


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
    countless = {"codings", "corpus", "robustness", "story"}
    assert {found[key]["notebook"] for key in bare} <= countless, bare


# ---- bringing them up to date --------------------------------------------------------


def written(folder: Path, code: str) -> Path:
    """A notebook of one sentence and one cell, in a project that holds nothing else."""
    path = folder / "notebooks/one.ipynb"
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("A sentence.", id="words"),
            nbformat.v4.new_code_cell(code, id="code"),
        ]
    )
    path.parent.mkdir()
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


def test_a_typed_output_makes_a_notebook_stale_and_prose_does_not(tmp_path: Path) -> None:
    path = written(tmp_path, "40 + 2")
    assert notebooks.refresh(tmp_path) == ["one.ipynb"]
    edit(path, "A sentence.", "Another one.")
    assert notebooks.refresh(tmp_path) == []
    edit(path, '"42"', '"43"')
    assert notebooks.refresh(tmp_path) == ["one.ipynb"]
    assert code_cells(path)[0]["outputs"][0]["data"]["text/plain"] == ["42"]


def test_what_is_saved_while_a_notebook_runs_is_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, 'n = open("one.ipynb", "a").write(" ")')
    before = path.read_text(encoding="utf-8")
    with pytest.raises(notebooks.NotebookError) as said:
        notebooks.refresh(tmp_path)
    assert str(said.value) == "notebooks/one.ipynb: was saved while it was executed, start again"
    assert path.read_text(encoding="utf-8") == before + " "
