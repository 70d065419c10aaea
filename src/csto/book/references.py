"""References by author and year: the list carries the names that the text uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style as Plain
from pybtex.style.labels import BaseLabelStyle
from sphinx.application import Sphinx

NAME = "author-year"


class AuthorYear(BaseLabelStyle):
    """Labels such as "Freeman 1979" and "Steegen and others 2016"."""

    def format_labels(self, sorted_entries: list[Any]) -> Iterator[str]:
        """A label an entry, in their order."""
        for entry in sorted_entries:
            names = [" ".join(person.last_names) for person in entry.persons["author"]]
            who = " and ".join(names) if len(names) < 3 else f"{names[0]} and others"
            yield f"{who} {entry.fields['year']}"


class Style(Plain):
    """The plain style with these labels, and surnames first, as the list is in their order."""

    default_label_style = AuthorYear
    default_name_style = "lastfirst"


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx: makes the style known to `bibtex_default_style`."""
    register_plugin("pybtex.style.formatting", NAME, Style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
