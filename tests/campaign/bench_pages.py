"""Lighthouse on a chapter of the book, and on the stock page of the same notebook.

The stock page is what Jupyter Book makes of the notebook without this
project: its own theme's defaults, Altair's own renderer, tables as HTML.
Needs npm for Lighthouse and a Chromium; `make bench` says so where one is missing.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sysconfig
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import altair as alt

from csto.exhibits import charts

LIGHTHOUSE = "lighthouse@12.8"  # 13 wants a newer Node than Debian 12 has
CHAPTER = "withdrawal"
TIMES = 3  # a score moves with the machine; the median is told
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


class Compressed(SimpleHTTPRequestHandler):
    """Serves a folder as a web server does: text compressed."""

    def do_GET(self) -> None:
        """Answer with the file, compressed unless it is so already."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        packed = path.suffix not in (".woff2", ".png")
        body = gzip.compress(path.read_bytes()) if packed else path.read_bytes()
        self.send_response(200)
        self.send_header(
            "Content-Type", self.guess_type(str(path)) + ("; charset=utf-8" if packed else "")
        )
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def stock(root: Path, folder: Path) -> Path:
    """Build the stock book of one notebook; returns its pages' folder."""
    notebook = json.loads((root / f"notebooks/{CHAPTER}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = re.sub(r"\{(?:ev|n|numref)\}`([^`]*)`", r"`\1`", "".join(cell["source"]))
        cell["metadata"].pop("mystnb", None)
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if charts.MIME in data:
                output["data"] = {
                    "text/html": alt.Chart.from_dict(data[charts.MIME]).to_html(fullhtml=False)
                }
            else:
                output["data"] = {
                    kind: data[kind] for kind in ("text/html", "text/plain") if kind in data
                }
    (folder / f"{CHAPTER}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: {CHAPTER}\n", encoding="utf-8")
    (folder / "_config.yml").write_text(
        "title: Stock\nexecute: {execute_notebooks: 'off'}\n", encoding="utf-8"
    )
    tool = Path(sysconfig.get_path("scripts"), "jupyter-book")
    subprocess.run([tool, "build", str(folder)], check=True, capture_output=True)
    return folder / "_build/html"


def scores(folder: Path, page: str, preset: str, chromium: str) -> dict[str, float]:
    """Lighthouse's four scores of a served page, and what it transferred."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Compressed, directory=folder)
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = [
            "npx",
            "--yes",
            LIGHTHOUSE,
            f"http://127.0.0.1:{server.server_port}/{page}",
            "--quiet",
            "--output=json",
            f"--chrome-flags={FLAGS}",
            *(["--preset=desktop"] if preset == "desktop" else []),
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "CHROME_PATH": chromium, "PUPPETEER_SKIP_DOWNLOAD": "1"},
        )
        server.shutdown()
    found = json.loads(done.stdout)
    figures = {name: round(100 * part["score"]) for name, part in found["categories"].items()}
    return figures | {"kB": round(found["audits"]["total-byte-weight"]["numericValue"] / 1000)}


def measure(root: Path) -> dict[str, dict[str, float]]:
    """Scores of the book's chapter and of the stock page, on desktop and mobile.

    Empty where a tool is missing.
    """
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium or not shutil.which("npx"):
        print("Lighthouse needs npm and Chromium, on Debian: apt-get install npm chromium")
        return {}
    with tempfile.TemporaryDirectory() as folder:
        pages = {
            "book": (root / "_build/html", f"notebooks/{CHAPTER}.html"),
            "stock": (stock(root, Path(folder)), f"{CHAPTER}.html"),
        }
        rows = {}
        for name, (site, page) in pages.items():
            for preset in ("desktop", "mobile"):
                runs = [scores(site, page, preset, chromium) for _ in range(TIMES)]
                rows[f"{name}, {preset}"] = {
                    figure: statistics.median(run[figure] for run in runs) for figure in runs[0]
                }
                print(f"{name}, {preset}: {rows[f'{name}, {preset}']}", flush=True)
    return rows
