"""The house as it is drawn: its top level, its wings, and how narrow and short its code is."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT, tracked

PACKAGE = ROOT / "src/csto"
WINGS = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
#: What people write and read as code; pages have a line a sentence, data a line a value.
CODE = (".py", ".css", ".js", ".typ", ".toml", ".html")
WIDTH = SETTINGS["tool"]["ruff"]["line-length"]
#: A table may keep the form it has; any other exception from a rule has a reason behind it.
SWITCHED_OFF = re.compile(r"# (?:type: ignore|noqa|ruff:)(?P<rest>.*)")


def written(*endings: str) -> list[Path]:
    """The files of the project with these endings."""
    return [ROOT / name for name in tracked() if name.endswith(endings)]


def layers() -> list[list[str]]:
    """What stands on one floor, from the top."""
    contract = SETTINGS["tool"]["importlinter"]["contracts"][0]
    return [floor.split(" | ") for floor in contract["layers"]]


def test_the_top_level_is_the_agreed_one() -> None:
    assert {name.split("/")[0] for name in tracked()} == {
        "seeds",
        "book",
        "notebooks",
        "data",
        "tests",
        "src",
        ".ci",
        ".github",
        "_config.yml",
        "_toc.yml",
        "environment.yml",
        "Makefile",
        "pyproject.toml",
        "requirements.lock",
        "requirements-book.lock",
        "README.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        ".gitignore",
        ".gitattributes",
    }


def test_every_module_beside_the_wings_and_every_wing_has_its_floor() -> None:
    beside = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert {name for floor in layers() for name in floor} == WINGS | beside


@pytest.mark.parametrize("wing", sorted(WINGS))
def test_a_wing_says_what_comes_in_what_goes_out_and_what_it_does_not_know(wing: str) -> None:
    said = ast.get_docstring(ast.parse((PACKAGE / wing / "__init__.py").read_text("utf-8")))
    flat = said.replace("\n", " ")
    assert re.search(r" In comes? .+; out comes? .+\. .*\bit knows .+\.$", flat, re.IGNORECASE), (
        said
    )


def test_the_picture_shows_the_wings_from_the_top() -> None:
    """CONTRIBUTING draws them in the order in which they may import."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = re.search(r"```\n(.*?)```", text, re.DOTALL)[1]
    drawn = [name for name in re.findall(r"^  (\w+)/ ", picture, re.MULTILINE) if name in WINGS]
    assert drawn[::-1] == [name for floor in layers() for name in floor if name in WINGS]


def test_tests_stand_in_the_same_wings() -> None:
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/*.py")}
    assert folders - {"campaign"} <= WINGS


def test_functions_are_short() -> None:
    """In the width that lines have; a table of cases in a test is no function."""
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for path in written(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= 40
    ]
    assert not long, "over 40 lines, split into named steps: " + ", ".join(long)


def test_lines_are_narrow() -> None:
    """Ruff says so of Python; this says it of all that is code."""
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*written(*CODE), ROOT / "Makefile"]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > WIDTH
    ]
    assert not wide, f"over {WIDTH} columns: " + ", ".join(wide)


def test_what_switches_a_check_off_says_why() -> None:
    """A code alone is no reason: words follow, or stand on the line above."""
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in written(".py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (off := SWITCHED_OFF.search(line)) and not re.search(r"# \w+ \w+", off["rest"])
    ]
    assert not silent, "give the reason behind it: " + ", ".join(silent)
