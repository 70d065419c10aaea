"""The colours of `palette.toml`, which charts, pages and paper share."""

from __future__ import annotations

import tomllib
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".toml")
_READ = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
#: Colours and grounds by name, each for a light and for a dark page, as "#rrggbb".
SHADES: dict[str, dict[str, str]] = {**_READ["colours"], **_READ["grounds"]}
#: What each colour stands for.
MEANINGS: dict[str, str] = {name: colour["means"] for name, colour in _READ["colours"].items()}
LIGHT: dict[str, str] = {name: shade["light"] for name, shade in SHADES.items()}


def on_page(markup: str) -> str:
    """Markup whose colours are the page's, so that they follow its theme.

    Ink is the colour of the text around it, which a reader's own colours replace.
    """
    markup = markup.replace(LIGHT["ink"], "currentColor")
    for name, colour in LIGHT.items():
        markup = markup.replace(colour, f"var(--csto-{name}, {colour})")
    return markup


def as_css() -> str:
    """The colours as custom properties of a page, `--csto-red` and so on."""

    def rule(selector: str, theme: str) -> str:
        lines = (f"  --csto-{name}: {shade[theme]};\n" for name, shade in SHADES.items())
        return f"{selector} {{\n{''.join(lines)}}}\n"

    return rule(":root", "light") + rule('html[data-theme="dark"]', "dark")
