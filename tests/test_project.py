"""The project's own files agree with each other."""

from __future__ import annotations

import math
import re
import runpy
import sys
import tomllib
from typing import Any

import pytest
import yaml
from jupyter_book.config import get_final_config

from conftest import NEEDS, PARTS, ROOT, Run, csto, tracked
from csto import identity, palette
from csto.analysis import subject
from csto.corpus import contract
from csto.corpus.reading import MODELS, read
from csto.environment import environment

CLI = {"latex_individualpages": False}  # what its command adds
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_pins_with_hashes_and_no_address() -> None:
    pins = re.findall(r"^[A-Za-z0-9_.-]+==\S+", LOCK, re.MULTILINE)
    assert len(pins) > 100
    assert LOCK.count("--hash=sha256:") >= len(pins)
    assert "://" not in LOCK and "--index" not in LOCK


def pins(lock: str) -> dict[str, set[str]]:
    """The versions that a lock pins, by package."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s\\]+)", lock, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_the_book_needs_less_than_its_tests_and_the_same_versions() -> None:
    """`make book` installs no browser driver, checker or database."""
    book, all_ = pins((ROOT / "requirements-book.lock").read_text("utf-8")), pins(LOCK)
    assert book.items() <= all_.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needs = {named(one) for one in (*project["dependencies"], *extras["build"])}
    assert needs <= book.keys()
    assert not {named(one) for one in (*extras["test"], *extras["lint"])} & book.keys()


def test_the_environment_is_the_lock() -> None:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert text == environment(LOCK)
    pip = yaml.safe_load(text)["dependencies"][-1]["pip"]
    assert pip[-1] == "-e ."
    assert len(pip) - 1 == len(re.findall(r"^[A-Za-z0-9_.-]+==", LOCK, re.MULTILINE))


def test_what_is_installed_fits_together(cold: Run) -> None:
    """The lock is installed as it stands: nothing else would notice that a package is missing.

    Those alone are missed that `pyproject.toml` says tests do without.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mended = {one["name"] for one in project["tool"]["uv"]["dependency-metadata"]}
    done = cold([sys.executable, "-m", "pip", "check"])
    assert {line.split()[0] for line in done.stdout.splitlines()} == mended


def needed() -> list[str]:
    """The requirements that the package declares."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [*project["dependencies"], *(name for extra in extras for name in extra)]


def named(requirement: str) -> str:
    """A requirement's package, as the lock writes it."""
    return re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower().replace("_", "-")


def test_the_lock_holds_what_the_package_needs() -> None:
    for name in map(named, needed()):
        assert re.search(rf"^{re.escape(name)}==", LOCK, re.MULTILINE), name


def test_every_dependency_is_explained_once() -> None:
    """What the package asks for is what the table of CONTRIBUTING gives a reason for."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Dependencies")[1]
    rows = re.findall(r"^\| ([a-z][^|]*) \|", text, re.MULTILINE)
    said = [name.split(" ")[0] for row in rows if row != "package" for name in row.split(", ")]
    assert sorted(said) == sorted(set(map(named, needed())))


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


def targets() -> set[str]:
    """The commands that `make help` lists."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))


def test_make_help_lists_the_commands_the_pages_name() -> None:
    for page in ("README.md", "book/rerun.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = set(re.findall(r"(?:`|^|\n)make ([a-z]+)", text))
        assert named and named <= targets(), page


def test_every_target_but_the_browsers_is_listed_and_is_no_file() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(" ".join(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)).split())
    assert phony - {"browser"} == targets()


def test_make_test_lints_first_and_quick_needs_nothing_that_takes_long() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("test", "quick"):
        needs = re.search(rf"^{target}: (.*?)  ##", text, re.MULTILINE)[1].split()
        assert needs[:2] == ["$(ALL)", "lint"], target
    left_out = re.search(r'^quick:.*\n(?:\t.*\n)*?\t.*-m "([^"]*)"', text, re.MULTILINE)[1]
    assert set(left_out.split(" and ")) == {f"not {mark}" for mark in NEEDS.values()}


@pytest.mark.commands
def test_every_command_has_help() -> None:
    printed = csto(ROOT, "--help").stdout
    assert all(command in printed for command in ("check", "locate", "notebooks", "data", "book"))


def test_ci_runs_the_test_command_and_nothing_else() -> None:
    lines = [
        line
        for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_a_copy_for_a_test_is_what_the_identity_is_made_of() -> None:
    assert set(PARTS) == set(identity.PARTS)


def test_plain_sphinx_is_told_what_jupyter_book_tells_it() -> None:
    """The way out of Jupyter Book: but for paths, which lie elsewhere, and what the theme shows."""
    plain = runpy.run_path(str(ROOT / "tests/campaign/plain/conf.py"))
    told, _ = get_final_config(user_yaml=ROOT / "_config.yml", cli_config=CLI, sourcedir=ROOT)
    settings = {name: plain[name] for name in told.keys() & plain.keys()}
    elsewhere = {"bibtex_bibfiles", "html_static_path", "templates_path", "html_favicon"}
    elsewhere |= {"extensions", "exclude_patterns", "html_theme_options"}
    assert elsewhere < settings.keys() and len(settings) > 30
    differ = [name for name in settings if settings[name] != told[name]]
    assert set(differ) <= elsewhere
    assert set(plain["extensions"]) <= set(told["extensions"])
    assert set(plain["exclude_patterns"]) <= set(told["exclude_patterns"])
    shown, wanted = told["html_theme_options"], plain["html_theme_options"]
    assert wanted == {name: shown[name] for name in wanted}


# ---- the workflow --------------------------------------------------------------------


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    """The workflow that a host runs; its key `on` is a truth value in YAML."""
    return yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_every_command_of_the_workflow_is_a_make_target(workflow: dict[str, Any]) -> None:
    commands = {step["run"] for step in steps(workflow) if "run" in step}
    assert commands == {f"make {target}" for target in ("lint", "test", "gate", "book", "plain")}
    assert {command.removeprefix("make ") for command in commands} <= targets()


def test_the_workflow_pins_actions_by_major_version_and_knows_no_secret(
    workflow: dict[str, Any],
) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used and all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)
    assert "secrets" not in str(workflow) and workflow["permissions"] == {"contents": "read"}


def test_the_workflow_publishes_from_main_what_every_other_job_let_pass(
    workflow: dict[str, Any],
) -> None:
    jobs = workflow["jobs"]
    pages = jobs["pages"]
    assert pages["if"] == "github.ref == 'refs/heads/main'"
    optional = {name for name, job in jobs.items() if job.get("continue-on-error")}
    assert optional == {"plain"} and "workflow_dispatch" in jobs["plain"]["if"]
    assert set(pages["needs"]) == jobs.keys() - {"pages"} - optional
    kept = {step["with"]["path"] for step in steps(workflow) if "path" in step.get("with", {})}
    assert kept == {"_build/html", "_build/pdf/csto.pdf"}


def test_the_workflow_runs_on_every_python_that_the_readme_names(workflow: dict[str, Any]) -> None:
    used = {
        step["with"]["python-version"]
        for step in steps(workflow)
        if "python-version" in step.get("with", {})
    }
    used |= set(workflow["jobs"]["gate"]["strategy"]["matrix"]["python"])
    first, last = re.search(
        r"Python (3\.\d+) to (3\.\d+)", (ROOT / "README.md").read_text(encoding="utf-8")
    ).groups()
    minors = range(int(first.split(".")[1]), int(last.split(".")[1]) + 1)
    assert used - {"${{ matrix.python }}"} == {f"3.{minor}" for minor in minors}


# ---- what is tracked -----------------------------------------------------------------


def test_no_path_of_a_machine_is_tracked() -> None:
    for name in tracked():
        if not name.startswith("seeds/") and not name.endswith((".png", ".woff2")):
            text = (ROOT / name).read_text(encoding="utf-8")
            assert not re.search(
                r"(^|[^A-Za-z0-9_.])/(home|root|work|tmp|Users)/[A-Za-z.]", text
            ), name


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", palette.MEANINGS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_read_on_each_ground(name: str, theme: str) -> None:
    pages = {"light": "#ffffff", "dark": "#121212"}
    for ground in (pages[theme], *(palette.SHADES[key][theme] for key in ("tint", "card"))):
        shades = luminance(palette.SHADES[name][theme]), luminance(ground)
        high, low = sorted(shades, reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, ground


def place(colour: str) -> list[float]:
    """A colour in CIELAB, by a matrix to its white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    to = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8728))
    x, y, z = (sum(a * b for a, b in zip(row, linear, strict=True)) ** (1 / 3) for row in to)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_a_chart_is_about_is_told_from_what_stands_beside(theme: str) -> None:
    red, *others = (palette.SHADES[name][theme] for name in ("red", "grey", "ink", "magenta"))
    assert min(math.dist(place(red), place(other)) for other in others) > 50


def test_charts_use_the_colours_of_the_palette_alone() -> None:
    assert set(subject.PALETTE.values()) <= {palette.LIGHT[name] for name in palette.MEANINGS}


def test_colours_are_named_in_one_place() -> None:
    """The preview's stamp is a warning and no part of the work; a picture stands by itself."""
    for path in (*ROOT.glob("src/csto/**/*.*"), *ROOT.glob("book/**/*.css")):
        if path.suffix in (".py", ".css", ".typ", ".js"):
            found = re.findall(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8"))
            assert set(found) <= {"#ffffff"}, path


def test_locate_forgives_quotes_and_spaces() -> None:
    done = csto(ROOT, "locate", "perhaps,  pashinyan HAS not yet")
    assert done.returncode == 0
    assert "holds “Perhaps, Pashinyan has not yet”" in done.stdout
    assert csto(ROOT, "locate", "no such words").returncode == 1


def test_locate_ends_where_no_prefix_can_help() -> None:
    done = csto(ROOT, "locate", "the")
    assert done.returncode == 0 and "prefix: " in done.stdout


@pytest.mark.commands
def test_check_of_a_file_that_is_none() -> None:
    done = csto(ROOT, "check", "data/extracts/nope.yml")
    assert done.returncode == 1 and "is no file under" in done.stderr
    assert csto(ROOT, "check", str(ROOT / "data/extracts/edm-2018.yml")).returncode == 0


def test_every_reference_is_cited_and_every_citation_leads_to_one() -> None:
    pages = [*(ROOT / "book").rglob("*.md"), *(ROOT / "notebooks").glob("*.ipynb")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    cited = {
        key for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text) for key in keys.split(",")
    }
    listed = re.findall(
        r"^@\w+\{(.+),$", (ROOT / "book/references.bib").read_text(encoding="utf-8"), re.M
    )
    assert sorted(listed) == sorted(key.strip() for key in cited)
