"""`make bench`: how long commands take, how checks grow with the corpus, what Lighthouse says.

Multiplies the real corpus, each copy in a letter cipher of its own so that its
passages are its own, checks it in a fresh process, and prints time, peak
memory and the growth exponent. Writes `_build/bench.json`.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import re
import shutil
import string
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from campaign import bench_commands, bench_pages
from conftest import ROOT

SIZES = (1, 10, 100)
MEASURE = """
import gc, json, resource, sys, time
from pathlib import Path
from csto.corpus import checks, reading
gc.disable()  # as the commands do
start = time.perf_counter()
found, problems = reading.read(Path(sys.argv[1]))
problems += checks.run(found)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"documents": len(found.documents), "extracts": len(found.extracts),
                  "problems": len(problems), "seconds": round(seconds, 2),
                  "peak_mb": round(peak)}))
"""


def cipher(number: int) -> dict[int, int]:
    """A permutation of the letters, the identity for the first copy; “St.” stays as it is."""
    letters = [letter for letter in string.ascii_lowercase if letter not in "st"]
    plain, mixed = "".join(letters), letters.copy()
    if number:
        random.Random(number).shuffle(mixed)
    return str.maketrans(plain + plain.upper(), "".join(mixed) + "".join(mixed).upper())


def multiply(folder: Path, copies: int) -> None:
    """Write `copies` copies of the corpus into `folder`, the first as it is."""
    (folder / "seeds").mkdir(parents=True)
    own = shutil.ignore_patterns("extracts", "events", "sources.yml")  # of each copy
    shutil.copytree(ROOT / "data", folder / "data", ignore=own)
    sources, marks = [], (a + b for a in string.ascii_uppercase for b in string.ascii_uppercase)
    for number in range(copies):
        table, tail = cipher(number), f"-{number}" if number else ""
        for source in _read(ROOT / "data/sources.yml")["sources"]:
            text = (ROOT / "seeds" / source["file"]).read_bytes().decode().translate(table).encode()
            name = f"{number:03d}_{source['file']}"
            (folder / "seeds" / name).write_bytes(text)
            extracts = _ciphered(
                _read(ROOT / f"data/extracts/{source['id']}.yml"), table, bool(number)
            )
            _write(folder / f"data/extracts/{source['id']}{tail}.yml", extracts)
            sources.append(
                {
                    **source,
                    "id": source["id"] + tail,
                    "file": name,
                    "mark": next(marks),
                    "sha256": hashlib.sha256(text).hexdigest(),
                }
            )
        for path in (ROOT / "data/events").glob("*.yml"):
            _write(folder / f"data/events/{path.stem}{tail}.yml", _renamed(_read(path), tail))
    _write(folder / "data/sources.yml", {"sources": sources})


def _ciphered(content: dict, table: dict[int, int], drop_reasons: bool) -> dict:
    """Passages in the cipher; reasons that rest on English words go, and nothing stays uncoded."""
    for extract in content["extracts"]:
        for key in ("quote", "prefix"):
            if key in extract:
                extract[key] = extract[key].translate(table)
        if drop_reasons:
            for key in ("cut", "also_in"):
                extract.pop(key, None)
            extract.setdefault(
                "facts", [{"subject": "csto", "attribute": "background", "value": "filler"}]
            )
            extract.pop("uncoded", None)
    for left in content.get("left_out", ()):
        left["starts"] = left["starts"].translate(table)
    return content


def _renamed(content: dict, tail: str) -> dict:
    """Events whose ids and mentions belong to one copy."""
    if not tail:
        return content
    text = json.dumps(content)
    text = re.sub(r'"([a-z]+-20\d\d)\.', rf'"\1{tail}.', text)
    renamed = json.loads(text)
    for event in renamed["events"]:
        event["id"] += tail
        if "merge" in event:
            event["merge"] += tail
    return renamed


def _read(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _write(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        yaml.dump(
            content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000
        ),
        encoding="utf-8",
    )


def measure(copies: int) -> dict:
    """Time and peak memory of checking the corpus `copies` times as large."""
    with tempfile.TemporaryDirectory() as folder:
        multiply(Path(folder), copies)
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, folder], capture_output=True, text=True, check=True
        )
    return {"copies": copies, **json.loads(done.stdout)}


def main() -> None:
    """Measure every size, print a line each and the growth, keep the figures."""
    rows = []
    for copies in SIZES:
        rows.append(measure(copies))
        print(rows[-1], flush=True)
    small, large = rows[-2], rows[-1]
    exponent = math.log(large["seconds"] / small["seconds"]) / math.log(
        large["copies"] / small["copies"]
    )
    print(
        f"growth: seconds rise with corpus size to the power {exponent:.2f}; "
        f"{large['peak_mb'] / large['extracts'] * 1000:.0f} kB an extract at the peak"
    )
    target = ROOT / "_build/bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps(
            {
                "checks": rows,
                "exponent": round(exponent, 2),
                "commands": bench_commands.measure(),
                "pages": bench_pages.measure(ROOT),
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
