"""The receipt as a page: what this copy of the book was made of."""

from __future__ import annotations

from csto import identity
from csto.book import receipt
from csto.book.contents import contents
from csto.book.pages.markdown import row, titled
from csto.book.trail import Trail

HEAD = "| Made of | Files | sha256 |\n| --- | ---: | --- |"
CELLS = "| Chapter | Cells, executed in order |\n| --- | ---: |"


def made_of(trail: Trail, _: str) -> str:
    """Version, inputs by hash, packages, cells, and how to make a hash again."""
    parts = receipt.made_of(trail.root)
    rows = [
        row(what, str(part["files"]), f"`{part['sha256'][:16]}…`")
        for what, part in parts["inputs"].items()
    ]
    packages = ", ".join(f"{name} {version}" for name, version in parts["packages"].items())
    many = {f"notebooks/{name}": str(len(ids)) for name, ids in parts["cells"].items()}
    in_order = sorted(many, key=contents(trail.root).pages.index)
    cells = [row(f"[](/{page})", many[page]) for page in in_order]
    lines = [
        f"Version `{identity.fingerprint(trail.root)}`: what `csto fingerprint` prints, "
        "and in a clean checkout `git rev-parse HEAD^{tree}`.",
        "",
        titled("made-of", "What the book is made of, by its hash.", "\n".join([HEAD, *rows])),
        "",
        f"Python {parts['python']}; {packages}.",
        "",
        titled("cells", "Cells executed for each chapter.", "\n".join([CELLS, *cells])),
        "",
        "Each hash is that of a list of hashes, and anybody can make it again, here for the data:",
        "",
        "```",
        receipt.RECIPE.format("data"),
        "```",
    ]
    return "\n".join(lines)
