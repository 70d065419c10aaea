"""The project's own files agree with each other."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib

import pytest
import yaml

from conftest import ROOT, run
from csto import identity
from csto.analysis import theme
from csto.corpus import contract
from csto.corpus.reading import MODELS, read
from csto.environment import environment

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.split()


def test_the_lock_pins_with_hashes_and_no_address() -> None:
    pins = re.findall(r"^[A-Za-z0-9_.-]+==\S+", LOCK, re.MULTILINE)
    assert len(pins) > 100
    assert LOCK.count("--hash=sha256:") >= len(pins)
    assert "://" not in LOCK and "--index" not in LOCK


def test_the_environment_is_the_lock() -> None:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert text == environment(LOCK)
    pip = yaml.safe_load(text)["dependencies"][-1]["pip"]
    assert pip[-1] == "-e ."
    assert len(pip) - 1 == len(re.findall(r"^[A-Za-z0-9_.-]+==", LOCK, re.MULTILINE))


def test_what_is_installed_fits_together() -> None:
    """The lock is installed as it stands: nothing else would notice that a package is missing."""
    assert run(ROOT, "pip", "check").stdout == "No broken requirements found.\n"


def test_the_lock_holds_what_the_package_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["dependencies"] + [
        name for extra in project["optional-dependencies"].values() for name in extra
    ]
    for requirement in needed:
        name = re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower().replace("_", "-")
        assert re.search(rf"^{re.escape(name)}==", LOCK, re.MULTILINE), name


@pytest.mark.parametrize(
    ("package", "version"),
    [
        ("jupyter-book", "1.0.4.post1"),
        ("pandas", "3."),
        ("altair", "6."),
        ("nbval", "0.11"),
        ("pyyaml", "6.0"),
    ],
)
def test_the_working_versions(package: str, version: str) -> None:
    assert re.search(rf"^{package}=={re.escape(version)}", LOCK, re.MULTILINE)


def test_the_field_tables_are_the_schema() -> None:
    text = (ROOT / "data/FORMAT.md").read_text(encoding="utf-8")
    assert contract.render(text) == text


def test_the_annotated_record_is_a_real_one() -> None:
    text = (ROOT / "data/FORMAT.md").read_text(encoding="utf-8")
    template = yaml.safe_load(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1])["extracts"][0]
    real = {extract.key: extract for extract in read(ROOT)[0].extracts}[
        f"asiaplus-2019.{template['id']}"
    ]
    assert template == {
        key: value
        for key, value in real.model_dump(exclude_none=True).items()
        if value not in ([], {})
    }


def test_every_model_is_described() -> None:
    fields = [field for model in MODELS.values() for field in model.model_fields.values()]
    assert all(field.description for field in fields)


def test_functions_are_short() -> None:
    for path in sorted((ROOT / "src/csto").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 40, f"{path.name}: {node.name}"


def test_make_help_lists_the_commands_the_pages_name() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    for page in ("README.md", "book/rerun.md", "CONTRIBUTING.md"):
        named = set(
            re.findall(r"(?:`|^|\n)make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"))
        )
        assert named and named <= targets, page
    assert {"book", "test", "check", "notebooks", "data", "lab"} <= targets


def test_every_command_has_help() -> None:
    printed = run(ROOT, "csto.cli", "--help").stdout
    assert all(command in printed for command in ("check", "locate", "notebooks", "data", "book"))


def test_ci_runs_the_test_command_and_nothing_else() -> None:
    lines = [
        line
        for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_no_path_of_a_machine_is_tracked() -> None:
    for name in tracked():
        if not name.startswith("seeds/") and not name.endswith((".png", ".woff2")):
            text = (ROOT / name).read_text(encoding="utf-8")
            assert not re.search(
                r"(^|[^A-Za-z0-9_.])/(home|root|work|tmp|Users)/[A-Za-z.]", text
            ), name


def test_the_top_level_is_the_agreed_one() -> None:
    top = {name.split("/")[0] for name in tracked()}
    assert top == {
        "seeds",
        "book",
        "notebooks",
        "data",
        "tests",
        "src",
        ".ci",
        "_config.yml",
        "_toc.yml",
        "environment.yml",
        "Makefile",
        "pyproject.toml",
        "requirements.lock",
        "README.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        ".gitignore",
        ".gitattributes",
    }


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", theme.PALETTE)
@pytest.mark.parametrize("page", ["#ffffff", "#121212"])
def test_chart_colours_stand_out_on_light_and_dark_pages(name: str, page: str) -> None:
    high, low = sorted((luminance(theme.PALETTE[name]), luminance(page)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 3


def test_locate_forgives_quotes_and_spaces() -> None:
    done = run(ROOT, "csto.cli", "locate", "perhaps,  pashinyan HAS not yet")
    assert done.returncode == 0
    assert 'quote: "Perhaps, Pashinyan has not yet"' in done.stdout
    assert run(ROOT, "csto.cli", "locate", "no such words").returncode == 1


def test_locate_ends_where_no_prefix_can_help() -> None:
    done = run(ROOT, "csto.cli", "locate", "Armenia")
    assert done.returncode == 0 and "prefix: " in done.stdout


def test_check_of_a_file_that_is_none() -> None:
    done = run(ROOT, "csto.cli", "check", "data/extracts/nope.yml")
    assert done.returncode == 1 and "is no file under" in done.stderr
    assert run(ROOT, "csto.cli", "check", str(ROOT / "data/extracts/edm-2018.yml")).returncode == 0


def test_the_readme_cites_what_the_citation_file_says() -> None:
    facts = identity.cited(ROOT)
    assert f"*{facts['title']}*, version {facts['version']}. See [CITATION.cff](CITATION.cff)." in (
        ROOT / "README.md"
    ).read_text(encoding="utf-8")
    assert (
        tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        == facts["version"]
    )
