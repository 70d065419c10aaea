"""Typst's syntax: words, strings and calls."""

from __future__ import annotations

import json
import re


def text(words: str) -> str:
    """Words as markup in which nothing acts as markup."""
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"\s*\n\s*", " ", words))
    return re.sub(r"\b(Fig\\\.|Table) (?=\d)", r"\1~", escaped)  # a number stays with its name


def string(words: str) -> str:
    """A Typst string literal."""
    return json.dumps(words, ensure_ascii=False)


def call(function: str, body: str) -> str:
    """A call of a Typst function with one piece of content."""
    return f"#{function}[{body}]"


def block(markup: str) -> str:
    """Markup that stands by itself."""
    return f"\n\n{markup}\n\n"
