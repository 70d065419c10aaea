"""Findings: the numbers of the report, as notebooks compute them.

A finding is shown by the cell that computes it, is stored in that cell's
output, and is read back from there by the book and by `findings.json`. A
number lives in no other place.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csto.analysis import registry
from csto.analysis.choices import CHOICES
from csto.analysis.printed import Value as Value
from csto.analysis.printed import shown as shown
from csto.analysis.printed import spread as spread
from csto.analysis.printed import with_unit
from csto.corpus.schema import source_of

MIME = "application/vnd.csto.finding+json"


@dataclass(frozen=True)
class Finding:
    """One computed number (or word) with its interval, unit, documents and evidence."""

    id: str
    text: str
    value: Value
    low: Value = None
    high: Value = None
    unit: str | None = None
    documents: tuple[str, ...] = ()
    without: dict[str, Value] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    why: str = ""

    def __str__(self) -> str:
        """The finding in one line of plain text."""
        return f"{self.id} = {self.with_unit}: {self.text}"

    @property
    def shown(self) -> str:
        """The value as prose prints it; the interval where there is no single value."""
        return shown([self.low, self.high] if self.value is None else self.value)

    @property
    def with_unit(self) -> str:
        """The value and its unit."""
        return with_unit([self.low, self.high] if self.value is None else self.value, self.unit)

    @property
    def basis(self) -> str:
        """What it rests on, in a few words."""
        kinds = [f"{len(self.documents)} of the documents"] if self.documents else []
        return " and ".join([*kinds, *(["the outside record"] if self.outside else [])])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        shown = html.escape(self.with_unit)
        return {
            "text/plain": str(self),
            "text/html": f"<p>{html.escape(self.text)}: <strong>{shown}</strong></p>",
            MIME: self.as_json(),
        }

    def as_json(self) -> dict[str, Any]:
        """Plain JSON, keys as `findings.json` has them; `outside` and `why` where there is any."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in self.__dict__.items()
            if key not in ("outside", "why") or value
        }


def finding(
    id: str,
    text: str,
    value: Any,
    *,
    low: Any = None,
    high: Any = None,
    unit: str | None = None,
    evidence: Iterable[str] = (),
    documents: Iterable[str] = (),
    without: dict[str, Any] | None = None,
    outside: Iterable[str] = (),
    why: str = "",
) -> Finding:
    """Declare a finding; the last expression of a cell shows and stores it.

    `value` is the best single value, or None where only `low` and `high` are known; `why` says
    what decided one that is a word. `evidence` are extract ids, and the documents follow from
    them; a count over whole documents names `documents` instead. `without` gives the value with
    one document left out, by document id: an interval as [low, high], None where nothing is left
    to compute it from. `outside` are rows of the outside record; a finding that has any is told
    apart wherever it is printed.
    Raises ValueError for a finding without text or value, or with neither
    evidence nor documents nor outside rows.
    """
    if isinstance(evidence, str) or isinstance(documents, str) or isinstance(outside, str):
        raise ValueError(f"finding {id!r} needs a list of ids, not one text")
    if any(number != number for number in (value, low, high)):
        raise ValueError(f"finding {id!r} is not a number")
    keys = tuple(sorted(set(evidence)))
    sources = tuple(sorted({source_of(key) for key in keys} | set(documents)))
    rows = tuple(dict.fromkeys(outside))
    if not (id and text and (sources or rows)):
        raise ValueError(f"finding {id!r} needs an id, a text, and evidence or documents")
    if value is None and (low is None or high is None):
        raise ValueError(f"finding {id!r} needs a value, or low and high")
    plain = {key: _plain(each) for key, each in (without or {}).items()}
    return Finding(
        id, text, _plain(value), _plain(low), _plain(high), unit, sources, plain, keys, rows, why
    )


#: The choices that a notebook is read with, where they are not the report's own.
_READ_WITH: dict[str, Any] = {}


def read_with(**chosen: Any) -> None:
    """Have every number that this notebook shows taken with these choices, as far as it has them.

    Ids stay as they are, so that marks lead on to them; the text of each number says so. Charts
    and tables are not changed. Without a choice it is the report's own again. Raises ValueError
    for a choice or a value that there is not.
    """
    for name, value in chosen.items():
        if name not in CHOICES or value not in CHOICES[name].options:
            known = ", ".join(
                f"{one.id}={'|'.join(map(str, one.options))}" for one in CHOICES.values()
            )
            raise ValueError(f"there is no choice {name}={value}, the choices: {known}")
    _READ_WITH.clear()
    _READ_WITH.update(chosen)


def show(id: str, **chosen: Any) -> Finding:
    """A measure as a finding, with its value for each document left out.

    Where `chosen` differs from the choices of the notebook (`read_with`), the id says so, and
    where it differs from the report's own, the text. Raises ValueError for an id or a choice that
    is not known, and where nothing can be measured.
    """
    import csto.analysis.measures  # noqa: F401  # registers them; nothing else waits for it

    one = registry.find(id)
    taken = {choice.id for choice in one.choices}
    all_here = {name: value for name, value in _READ_WITH.items() if name in taken}
    own_id = _named(id, {k: v for k, v in chosen.items() if v != all_here.get(k, _own(k))})
    chosen = all_here | chosen
    found = one(**chosen)
    if found is None:
        raise ValueError(f"measure {id} cannot be computed from the documents there are")
    said = [
        f"{CHOICES[name].label}: {CHOICES[name].options[value]}"
        for name, value in chosen.items()
        if value != CHOICES[name].own
    ]
    return finding(
        own_id,
        one.text.format(**found.words) + (f" ({'; '.join(said)})" if said else ""),
        found.value,
        low=found.low,
        high=found.high,
        unit=one.unit,
        evidence=found.evidence,
        documents=found.documents,
        without=registry.without_each(one, **chosen),
        outside=found.outside,
    )


def _own(name: str) -> Any:
    return CHOICES[name].own if name in CHOICES else None


def _named(id: str, other: dict[str, Any]) -> str:
    return id + "".join(f"[{name}={value}]" for name, value in other.items())


def grades() -> Iterator[Finding]:
    """How sure each claim of the report is, as findings."""
    from csto.analysis import certainty  # as above: nothing else waits for it

    return (finding(**graded) for graded in certainty.findings())


def collect(notebooks: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """All findings stored in notebooks, by id, each with its notebook and cell.

    `cell` is the cell's id in the notebook file. Raises ValueError when two
    cells declare one id.
    """
    found: dict[str, dict[str, Any]] = {}
    for data in (data for path in notebooks for data in stored(path)):
        if data["id"] in found:
            name = f"{data['notebook']}.ipynb"
            raise ValueError(f"{name}: finding '{data['id']}' stands twice, rename one")
        found[data["id"]] = data
    return found


def stored(path: Path) -> Iterator[dict[str, Any]]:
    """The findings stored in a notebook, in the order of its cells."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            if data := output.get("data", {}).get(MIME):
                yield {"outside": [], "why": "", **data, "notebook": path.stem, "cell": cell["id"]}


def read(data: dict[str, Any]) -> Finding:
    """The finding that its JSON describes."""
    known = {key: data[key] for key in Finding.__dataclass_fields__ if key in data}
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in known.items()}
    return Finding(**fields)


def _plain(value: Any) -> Value:
    """A Python number for a numpy or pandas one."""
    plain: Value = value.item() if hasattr(value, "item") else value
    return plain


def lost(without: dict[str, Value]) -> list[str]:
    """The documents without which a finding cannot be computed."""
    return [source for source, value in without.items() if value is None]
