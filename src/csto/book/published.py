"""What of notebooks and tables may be published: no passage that the book does not print.

Tables leave the documents' words out, and notebooks the outputs that hold
them. `make data` writes the tables in full.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from csto import files
from csto.work import Work

WORDS = {"extracts": "quote", "facts": "value"}  # columns that repeat the documents' words
HIDDEN = {"remove-cell", "remove-output"}  # tags of cells whose outputs the book does not show


def notebook(path: Path, work: Work) -> str:
    """A notebook without the outputs that the book does not show, that says first what it needs."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            hidden = HIDDEN & set(cell["metadata"].get("tags", ()))
            shown = (o for o in cell["outputs"] if set(o.get("data", ())) != {"text/plain"})
            cell["outputs"] = [] if hidden else list(shown)
    content["cells"].insert(0, _needs(path, work))
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _needs(path: Path, work: Work) -> dict[str, Any]:
    """The first cell: whose notebook it is, and what it takes to run it."""
    whence = f": {work.repository}" if work.repository else ", from whoever gave you the report"
    lines = [
        f"*{work.title}*, version {work.version} ({work.terms}; code: {work.code_licence}).",
        "",
        "To read this notebook nothing is needed. To run it, get the whole project, which holds "
        f"the package, the data and the documents{whence}. "
        f"There this file is `notebooks/{path.name}`; `make lab` installs what it needs and opens "
        "it, and charts are shown at once.",
    ]
    source = [f"{line}\n" for line in lines[:-1]] + lines[-1:]
    return {"cell_type": "markdown", "id": "what-this-needs", "metadata": {}, "source": source}


def table(path: Path) -> str:
    """An exported file without the columns that repeat the documents' words."""
    text = path.read_text(encoding="utf-8")
    if path.name == "datapackage.json":
        return _descriptor(text)
    if path.suffix == ".csv" and path.stem in WORDS:
        return _without(text, WORDS[path.stem])
    return text


def _descriptor(text: str) -> str:
    package = json.loads(text)
    for resource in package["resources"]:
        fields = resource.get("schema", {}).get("fields", [])
        fields[:] = [each for each in fields if each["name"] != WORDS.get(resource["name"])]
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _without(text: str, column: str) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    at = rows[0].index(column)
    return files.as_csv([*row[:at], *row[at + 1 :]] for row in rows)
