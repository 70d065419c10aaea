"""Typst's syntax: words, strings and calls."""

from __future__ import annotations

import calendar
import json
import re

LEADER = "\u2024"  # a dot that the faces lack
#: A day and its month, between which no line ends.
DAY = re.compile(rf"(?<!\d)(\d{{1,2}}) (?=(?:{'|'.join(calendar.month_name[1:])})\b)")


def text(words: str) -> str:
    """Words as markup in which nothing acts as markup."""
    plain = re.sub(r"\s*\n\s*", " ", words).replace(LEADER, ".")
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", plain)
    named = re.sub(r"\b(Fig\\\.|Table) (?=\d)", r"\1~", escaped)  # a number stays with its name
    return DAY.sub(r"\1~", named)


def string(words: str) -> str:
    """A Typst string literal."""
    return json.dumps(words, ensure_ascii=False)


def call(function: str, body: str) -> str:
    """A call of a Typst function with one piece of content."""
    return f"#{function}[{body}]"


def block(markup: str) -> str:
    """Markup that stands by itself."""
    return f"\n\n{markup}\n\n"
