"""What Jupyter Book 1 makes of `_config.yml`, for Sphinx alone: `make plain` builds with it."""

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
SETTINGS: dict[str, Any] = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
ALONE = SETTINGS["sphinx"]["config"]  # what `_config.yml` hands on as it is

project = html_title = SETTINGS["title"]
author = SETTINGS["author"]
copyright = SETTINGS["copyright"]
extensions = [
    *("myst_nb", "sphinx_design", "sphinx_external_toc"),
    *("sphinxcontrib.bibtex", "sphinx_multitoc_numbering"),
    *SETTINGS["sphinx"]["extra_extensions"],
]
external_toc_path = "_toc.yml"
external_toc_exclude_missing = SETTINGS["only_build_toc_files"]
exclude_patterns = SETTINGS["exclude_patterns"]
nb_execution_mode = SETTINGS["execute"]["execute_notebooks"]
bibtex_bibfiles = [str(ROOT / path) for path in SETTINGS["bibtex_bibfiles"]]
myst_enable_extensions = SETTINGS["parse"]["myst_enable_extensions"]
myst_url_schemes = ["mailto", "http", "https"]
html_theme = "sphinx_book_theme"
html_baseurl = SETTINGS["html"]["baseurl"]
globals().update(ALONE)
html_static_path = [str(ROOT / path) for path in ALONE["html_static_path"]]
templates_path = [str(ROOT / path) for path in ALONE["templates_path"]]
html_favicon = str(ROOT / ALONE["html_favicon"])
html_theme_options = {
    **ALONE["html_theme_options"],
    "extra_footer": SETTINGS["html"]["extra_footer"],
    "home_page_in_toc": True,
}
