"""Charts drawn: Vega-Lite specifications as SVG and PNG, each once.

The same specification gives the same bytes, so what was drawn is kept in
`_build/pictures/` of the project, behind a hash of it. Faces come with the drawing
library, Liberation Sans and others: none that a machine happens to have is used.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert

from csto import files
from csto.exhibits import charts, faces

Spec = dict[str, Any]
PNG_SCALE = 2


def identity(spec: Spec) -> str:
    """A short name that is the same for the same chart."""
    return hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()[:12]


def svg(spec: Spec, root: Path) -> str:
    """The drawing of a specification, for the project at `root`."""

    def draw() -> bytes:
        return charts.drawn(spec).strip().encode()

    return _kept(root, "svg", [spec], draw).decode()


def png(drawing: str, words: dict[str, str], root: Path, scale: int = PNG_SCALE) -> bytes:
    """A drawing in pixels, packed tightly, with `words` in its text chunks."""

    def draw() -> bytes:
        faces.close()
        return _packed(vl_convert.svg_to_png(drawing, scale=scale), words)

    return _kept(root, "png", [drawing, scale, *words.values()], draw)


def size(drawing: str) -> tuple[float, float]:
    """Width and height of an SVG in pixels. Raises ValueError when it does not say."""
    sides = [re.search(rf'<svg\b[^>]*?\s{side}="([\d.]+)', drawing) for side in ("width", "height")]
    if None in sides:
        raise ValueError(f"an SVG without width and height: {drawing[:80]}")
    width, height = (float(side[1]) for side in sides if side)
    return width, height


def _kept(root: Path, kind: str, source: list[Any], make: Callable[[], bytes]) -> bytes:
    """What this code and version of the drawing library made of the same source, or make now."""
    key = json.dumps([version("vl-convert-python"), _code(), source])
    path = root / f"_build/pictures/{hashlib.sha256(key.encode()).hexdigest()[:32]}.{kind}"
    digest, _, made = (path.read_bytes() if path.is_file() else b"").partition(b"\n")
    if digest != _hash(made):  # none yet, or damaged
        made = make()
        files.write(path, _hash(made) + b"\n" + made)
    return made


def _hash(made: bytes) -> bytes:
    return hashlib.sha256(made).hexdigest().encode()


def _code() -> list[str]:
    """The text of the modules that draw."""
    drawing = (__file__, charts.__file__, faces.__file__)
    return [Path(file).read_text(encoding="utf-8") for file in drawing]


def _packed(png: bytes, words: dict[str, str]) -> bytes:
    """A PNG file with its pixels compressed as well as can be, and with words in it."""
    parts = list(chunks(png))
    pixels = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    packed = [
        next(part for part in parts if part[0] == b"IHDR"),
        *((b"iTXt", f"{key}\0\0\0\0\0{text}".encode()) for key, text in words.items()),
        (b"IDAT", zlib.compress(pixels, 9)),
        (b"IEND", b""),
    ]
    return png[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in packed
    )


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each chunk of a PNG file."""
    at = 8  # behind the signature
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12
