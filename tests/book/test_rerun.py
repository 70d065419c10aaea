"""What is handed on to rerun the report holds everything that it takes, and stays off the pages."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

from conftest import ROOT, Run
from csto.book import rerun


def test_the_archive_unpacked_in_an_empty_folder_is_the_project(tmp_path: Path, cold: Run) -> None:
    """Its data hold, by its own code, and it packs itself again to the same bytes."""
    made = rerun.pack(ROOT)
    with zipfile.ZipFile(made) as packed:
        packed.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    needed = ("Makefile", "requirements-book.lock", "requirements.lock", "LICENSE", "src", "tests")
    assert all((folder / name).exists() for name in needed)
    own = {**os.environ, "PYTHONPATH": f"{folder}/src", "PYTHONDONTWRITEBYTECODE": "1"}
    done = cold([sys.executable, "-m", "csto.cli", "check"], cwd=folder, env=own)
    assert done.returncode == 0, done.stdout
    assert rerun.pack(folder).read_bytes() == made.read_bytes()


def test_no_page_offers_a_document_whole(site_folder: Path) -> None:
    texts = [path.read_bytes()[:400] for path in sorted((ROOT / "seeds").glob("*.txt"))]
    offered = [path for path in site_folder.rglob("*") if path.is_file()]
    assert texts and not list(site_folder.rglob(Path(rerun.ARCHIVE).name))
    for path in offered:
        content = path.read_bytes()
        assert not any(text in content for text in texts), path.name
