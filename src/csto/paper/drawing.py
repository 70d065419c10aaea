"""A chart's drawing on the grid of the page: its plot in the column, its labels in the margin.

Works on SVG as Vega writes it: the first group is moved as far as what is left of the plot is wide.
"""

from __future__ import annotations

import re

TEXT, MARGIN = 116.0, 49.0  # millimetres: the column of text, and what is left of it in `paper.typ`
PIXEL = TEXT / 480  # millimetres: a plot of 480 pixels fills the column
SPREAD = 1.25  # by how much a drawing may grow or shrink to fill it
LABELS = 40  # pixels left of a plot from which these are labels
POINT = 25.4 / 72  # millimetres
SMALL, LARGE, FROM = 7.5, 8.5, 13.5  # points: the sizes of letters; pixels: which are large


def on_grid(svg: str) -> tuple[str, bool]:
    """A drawing framed for the page, and whether it reaches into the margin.

    Its frame is as wide as the column or, where its labels do not fit into that, as the column with
    the margin; its letters have one of two sizes.
    """
    width, height, left = _side(svg, "width"), _side(svg, "height"), _left(svg)
    hangs = width * PIXEL > TEXT and left > LABELS
    scale = _scale(width - left) if hangs else TEXT / width
    room = TEXT + MARGIN if hangs else TEXT
    scale = min(scale, room / width)
    frame = room / scale
    start = min(max(left - MARGIN / scale, width - frame), 0) if hangs else 0
    framed = (
        f'width="{frame:.2f}" height="{height:g}" viewBox="{start:.2f} 0 {frame:.2f} {height:g}"'
    )
    sides = r'width="[^"]*" height="[^"]*"(?: viewBox="[^"]*")?'
    return _lettered(re.sub(sides, framed, svg, count=1), scale), hangs


def _scale(width: float) -> float:
    """Millimetres a pixel: what lets a width fill the column, or the same as in other drawings."""
    fills = TEXT / width
    return fills if PIXEL / SPREAD <= fills <= PIXEL * SPREAD else PIXEL


def _lettered(svg: str, scale: float) -> str:
    """A drawing whose letters are as large on paper as those of all others."""

    def sized(match: re.Match[str]) -> str:
        points = SMALL if float(match[1]) < FROM else LARGE
        return f'font-size="{points * POINT / scale:.3f}px"'

    return re.sub(r'font-size="([\d.]+)px"', sized, svg)


def _side(svg: str, side: str) -> float:
    found = re.search(rf'<svg[^>]*?\s{side}="([\d.]+)', svg)
    if found is None:
        raise ValueError(f"a drawing without {side}: {svg[:80]!r}")
    return float(found[1])


def _left(svg: str) -> float:
    found = re.search(r'<g\b[^>]*?\btransform="translate\(([\d.]+)', svg)
    return float(found[1]) if found else 0
