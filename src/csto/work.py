"""What the work is that one cites: title, authors, version, day, licences, public address.

All of it stands in `CITATION.cff`, but the address, which is Jupyter Book's own setting
(`html: baseurl` in `_config.yml`): until it is set, nothing says where the book is.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import yaml

FILE, SETTINGS = "CITATION.cff", "_config.yml"
CREATIVE_COMMONS = re.compile(r"CC-(BY[A-Z-]*)-(\d\.\d)")


class Author(NamedTuple):
    """A person by both names, or a group by its one."""

    name: str  # as one cites it
    family: str = ""
    given: str = ""

    @property
    def sorted(self) -> str:
        """As lists of references have it; the comma of a group keeps its name whole."""
        return f"{self.family}, {self.given}" if self.family else f"{self.name},"


@dataclass(frozen=True)
class Work:
    """A report with its data and its code; licences are SPDX identifiers.

    `address` and `repository` are absolute and end as they are to be continued, or are empty.
    """

    title: str
    abstract: str
    authors: tuple[Author, ...]
    version: str
    date: dt.date
    keywords: tuple[str, ...]
    licence: str
    code_licence: str
    address: str
    repository: str

    @property
    def citation(self) -> str:
        """How to cite it, in a line."""
        return f"{self.by} {self.title}, version {self.version}. {self.terms}.{self.at()}"

    def citation_of(self, part: str, path: str) -> str:
        """How to cite a part of it that has a place of its own, in a line."""
        whole = f"{self.title}, version {self.version}"
        return f"{self.by} “{part}”. In: {whole}. {self.terms}.{self.at(path)}"

    @property
    def by(self) -> str:
        """Who made it, and in which year."""
        return f"{self.names[:1].upper()}{self.names[1:]} ({self.date.year})."

    @property
    def names(self) -> str:
        """All authors, in a line."""
        return " and ".join(author.name for author in self.authors)

    @property
    def terms(self) -> str:
        """The licence of text and data as people write it."""
        return self.licence.replace("-", " ") if self.licence.startswith("CC") else self.licence

    def at(self, path: str = "") -> str:
        """A place of the book as the end of a citation; nothing without an address."""
        return f" {self.address}{path}" if self.address else ""


def work(root: Path) -> Work:
    """What the files of a project say.

    Raises ValueError that names the file, for what is missing or cannot be meant.
    """
    facts, settings = _read(root / FILE), _read(root / SETTINGS)
    report: dict[str, Any] = facts.get("preferred-citation", facts)
    address = _address((settings.get("html") or {}).get("baseurl") or "")
    return Work(
        title=_said(report, "title"),
        abstract=" ".join(_said(facts, "abstract").split()),
        authors=tuple(map(_author, _said(report, "authors"))),
        version=str(_said(report, "version")),
        date=dt.date.fromisoformat(str(_said(report, "date-released"))),
        keywords=tuple(facts.get("keywords", ())),
        licence=_said(report, "license"),
        code_licence=_said(facts, "license"),
        address=address,
        repository=(settings.get("repository") or {}).get("url") or _repository(address),
    )


def licence_address(licence: str) -> str:
    """Where a licence of the SPDX list can be read."""
    found = CREATIVE_COMMONS.fullmatch(licence)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return f"https://spdx.org/licenses/{licence}"


def _read(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def _said(facts: dict[str, Any], name: str) -> Any:
    if name not in facts:
        raise ValueError(f"{FILE}: lacks '{name}', add it")
    return facts[name]


def _author(said: dict[str, str]) -> Author:
    """A group, or a person, whose particle and suffix are part of a name."""
    if name := said.get("name"):
        return Author(name)
    family = " ".join(said[key] for key in ("name-particle", "family-names") if said.get(key))
    given = ", ".join(said[key] for key in ("given-names", "name-suffix") if said.get(key))
    return Author(f"{said.get('given-names', '')} {family}".strip(), family, given)


def _address(said: str) -> str:
    if said and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", said):
        raise ValueError(f"{SETTINGS}: html.baseurl is '{said}', write it whole, as https://…/")
    return f"{said.rstrip('/')}/" if said else ""


def _repository(address: str) -> str:
    """Where the sources of a site lie that GitHub serves; nothing for another."""
    parts = urlsplit(address)
    owner, dot, host = (parts.hostname or "").partition(".")
    is_project = f"{dot}{host}" == ".github.io" and parts.path.strip("/")
    return f"https://github.com/{owner}/{parts.path.strip('/')}" if is_project else ""
