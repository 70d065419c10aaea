"""Write `environment.yml` from `requirements.lock`: the same versions, no hashes.

Runs with the standard library alone, so that it can run before anything is
installed: `python src/csto/environment.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

HEAD = """\
# Generated from requirements.lock by `make lock`; do not edit.
name: csto
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def environment(lock: str) -> str:
    """The conda environment for the text of a lock file."""
    pins = re.findall(r"^([A-Za-z0-9_.\-\[\]]+==[^\s\\]+)( ; [^\\\n]*?)? *\\?$", lock, re.MULTILINE)
    lines = [f"      - {_quoted(pin + marker.rstrip())}" for pin, marker in pins]
    return HEAD + "\n".join(lines) + "\n      - -e .\n"


def _quoted(pin: str) -> str:
    return f'"{pin}"' if ";" in pin else pin


if __name__ == "__main__":
    folder = Path(__file__).resolve().parents[2]
    text = environment((folder / "requirements.lock").read_text(encoding="utf-8"))
    (folder / "environment.yml").write_text(text, encoding="utf-8")
