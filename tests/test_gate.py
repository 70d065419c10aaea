"""A changed number, date or data file never passes for the old one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from conftest import Run, copied, csto, edit
from csto.book import web_annotations

ROTATION = "notebooks/rotation.ipynb"
GLAZ = 'date: "2019-02-14"'


def nbval(execute: Run, folder: Path, notebook: str) -> str:
    done = execute(
        folder, "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q", notebook
    )
    assert done.returncode == 1, done.stdout[-2000:]
    return done.stdout


def failed_cells(printed: str) -> set[str]:
    return set(re.findall(r"^FAILED (notebooks/\w+\.ipynb::Cell \d+)", printed, re.MULTILINE))


def test_a_changed_stored_number_is_named(project: Path, execute: Run) -> None:
    edit(project / ROTATION, '"value": 16', '"value": 17')
    assert any(
        name.startswith(f"{ROTATION}::") for name in failed_cells(nbval(execute, project, ROTATION))
    )


def test_a_changed_date_is_named(project: Path, execute: Run) -> None:
    """Another possible date passes the checks and changes stored outputs."""
    path = project / "data/extracts/asiaplus-2019.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(GLAZ, 'date: "2019-02-13"'), encoding="utf-8"
    )
    assert csto(project, "check").returncode == 0
    assert any(
        name.startswith(f"{ROTATION}::") for name in failed_cells(nbval(execute, project, ROTATION))
    )


def test_any_other_coding_changes_a_stored_output(project: Path, execute: Run) -> None:
    """What no rule can call wrong is still compared: the tables stand whole in a stored output."""
    edit(
        project / "data/extracts/avetisyan-2016.yml",
        "value: expected to assume",
        "value: hoped to assume",
    )
    assert csto(project, "check").returncode == 0
    corpus = "notebooks/corpus.ipynb"
    assert any(
        name.startswith(f"{corpus}::") for name in failed_cells(nbval(execute, project, corpus))
    )


def test_a_failing_cell_is_named_and_nothing_is_written(
    sources: Path, tmp_path: Path, execute: Run
) -> None:
    folder = copied(sources, tmp_path)
    path = folder / "notebooks/withdrawal.ipynb"
    edit(path, "forecasts.ledger()", "forecasts.ledgers()")
    before = path.read_bytes()
    done = execute(folder, "csto.cli", "notebooks")
    assert done.returncode == 1
    assert "notebooks/withdrawal.ipynb: cell forecasts: AttributeError: " in done.stderr
    assert path.read_bytes() == before


def test_bad_data_stops_every_door(project: Path) -> None:
    edit(project / "data/extracts/edm-2018.yml", "officially recalled", "formally recalled")
    for command in ("notebooks", "book", "data"):
        done = csto(project, command)
        assert done.returncode == 1
        assert "recalled-november-2.quote: not in seeds/" in done.stdout
    assert not (project / "_build").exists()


def test_tables_findings_and_annotations_are_exported(sources: Path, tmp_path: Path) -> None:
    project = copied(sources, tmp_path)
    folder = project / "_build/data"
    shutil.rmtree(folder)
    done = csto(project, "data")
    assert done.returncode == 0, done.stderr
    for name in web_annotations.FILES:
        assert (folder / name).read_bytes() == (project / "_build/html" / name).read_bytes()
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {
        path.name for path in folder.glob("*.csv")
    }
    fields = [field for resource in package["resources"] for field in resource["schema"]["fields"]]
    assert all(field["description"] for field in fields)
    needed = {
        *("sources", "actors", "extracts", "positions", "facts", "chains"),
        *("events", "mentions", "forecasts"),
    }
    assert needed <= {resource["name"] for resource in package["resources"]}
    keys = {
        *("id", "text", "value", "low", "high", "unit", "documents", "without"),
        *("notebook", "cell", "evidence", "outside", "why"),
    }
    assert all(
        set(finding) == keys
        for finding in json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    )
    rows = (folder / "extracts.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("extract_id,source_id,file,start,end,quote")
