"""The picture by which other sites show the book: the chart of the opening page and its message.

It is drawn whenever notebooks are brought up to date.
"""

from __future__ import annotations

import html
import re
import textwrap
from pathlib import Path

from csto import files
from csto.analysis.theme import FONT, INK
from csto.book import drawing
from csto.book.charts import Chart, charts
from csto.book.contents import contents
from csto.exhibits.charts import title
from csto.palette import LIGHT
from csto.work import work

PICTURE = Path("book/_static/social.png")
WIDTH, HEIGHT, MARGIN = 1200, 630, 44  # pixels, as other sites ask for them
WORDS = 330  # pixels of the message at the left


def draw(root: Path) -> None:
    """Write the picture into the project at `root`, if its opening page shows a chart."""
    if chart := opening(root):
        files.write(root / PICTURE, picture(chart, root))


def opening(root: Path) -> Chart | None:
    """The chart of the opening page, if it shows one."""
    page = (root / contents(root).pages[0]).with_suffix(".md").read_text(encoding="utf-8")
    named = re.search(r"\{csto-chart\} fig-([\w-]+)", page)
    return next((chart for chart in charts(root) if named and chart.name == named[1]), None)


def picture(chart: Chart, root: Path) -> bytes:
    """A chart and its message, PNG, in the name of the project at `root`."""
    said = work(root)
    svg = drawing.svg(chart.spec, root)
    across, down = drawing.size(svg)
    left = MARGIN + WORDS + MARGIN
    scale = min((WIDTH - left - MARGIN) / across, (HEIGHT - 2 * MARGIN) / down)
    top = (HEIGHT - scale * down) / 2
    inside = re.sub(r"^<svg\b[^>]*>|</svg>$", "", svg)
    message = _lines(title(chart.spec), 15, 40, MARGIN + 56, "bold", INK)
    book = textwrap.wrap(said.title, 30)
    foot = _lines(
        said.title, 30, 20, HEIGHT - MARGIN - 26 * (len(book) - 1), "normal", LIGHT["grey"]
    )
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{message}{foot}'
        f'<g transform="translate({left},{top:g}) scale({scale:g})">{inside}</g></svg>'
    )
    words = {"Title": title(chart.spec), "Source": said.citation}
    return drawing.png(drawn, words, root, scale=1)


def _lines(words: str, letters: int, size: int, top: float, weight: str, colour: str) -> str:
    """Words in lines, the first of which stands at `top`."""
    look = f'font-family="{FONT}" font-size="{size}" font-weight="{weight}" fill="{colour}"'
    lines = textwrap.wrap(words, letters)
    return "".join(
        f'<text x="{MARGIN}" y="{top + 1.25 * size * n:g}" {look}>{html.escape(line)}</text>'
        for n, line in enumerate(lines)
    )
