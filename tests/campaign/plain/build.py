"""`make plain`: the same pages on today's Sphinx, without Jupyter Book, which pins an old one.

Shows that the way out of Jupyter Book 1 is open: `_config.yml` and `_toc.yml` stay as they are, and
`conf.py` beside this says for Sphinx what Jupyter Book makes of them. Packages are the newest, so
that no lock can hold them; they go into a folder of their own. Needs a network and executed
notebooks. Ends with status 1 when Sphinx warns of anything, or a page is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLACE = ROOT / "_build/plain"
INSTEAD = (
    *("sphinx>=9", "myst-nb", "sphinx-book-theme", "sphinx-design", "sphinx-external-toc"),
    *("sphinx-multitoc-numbering", "sphinxcontrib-bibtex"),
)


def packages() -> list[str]:
    """What the project asks for, with plain Sphinx in place of Jupyter Book."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    return [*INSTEAD, *(one for one in asked if not one.startswith("jupyter-book"))]


def main() -> int:
    """Install, build, and say which pages are missing."""
    python = PLACE / "env/bin/python"
    venv.create(PLACE / "env", clear=True, with_pip=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *packages()], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    for made in ("html", "doctrees"):
        shutil.rmtree(PLACE / made, ignore_errors=True)
    command = [python, "-m", "sphinx", "-b", "html", "-c", Path(__file__).parent, "-n", "-W", "-q"]
    command += ["--keep-going", "-d", PLACE / "doctrees", ROOT, PLACE / "html"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONWARNINGS": "ignore"})
    pages = {
        path.relative_to(ROOT / "_build/html") for path in (ROOT / "_build/html").rglob("*.html")
    }
    missing = sorted(str(page) for page in pages if not (PLACE / "html" / page).is_file())
    print(f"plain: {len(pages) - len(missing)} pages in {PLACE / 'html'}")
    for page in missing:
        print(f"missing: {page}")
    return done.returncode or bool(missing)


if __name__ == "__main__":
    sys.exit(main())
