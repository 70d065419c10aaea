"""All records of `data/` and the documents they rest on, read together.

Reads everything, reports every problem and still returns what could be read,
so that the checks can go on. Does not judge records against each other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from csto.corpus import strict_yaml
from csto.corpus.documents import Document
from csto.corpus.problems import Place, Problem
from csto.corpus.schema import (
    Actor,
    Correction,
    Disagreement,
    Event,
    EventKind,
    Extract,
    FILES,
    Forecast,
    LeftOut,
    OutsideFighting,
    OutsideFigure,
    OutsideGap,
    OutsideHolder,
    OutsideRow,
    OutsideRule,
    OutsideScore,
    OutsideStatement,
    OutsideStep,
    OutsideSummit,
    Question,
    Record,
    SecondEvent,
    SecondPosition,
    SecondVoice,
    Source,
    Variable,
)

OPTIONAL = {"left_out"}
#: What to say for the faults that pydantic finds, by its name for them.
SAY = {
    "extra_forbidden": "is no known key, remove or correct it",
    "missing": "is missing, add it",
    "string_type": "is no text, put it in quotes",
    "string_too_short": "is too short, write more",
    "string_pattern_mismatch": "has not the form it needs, see data/FORMAT.md",
    "int_type": "is no whole number, write one without quotes",
    "float_type": "is no number, write one without quotes",
    "bool_type": "is neither true nor false, write one of them",
    "list_type": "is no list, write it as [a, b]",
    "too_short": "is empty, give at least one",
    "dict_type": "is no mapping, write it as {key: value}",
    "model_type": "is no record, write its keys",
}


@dataclass
class Corpus:
    """Records by kind, in file order (each list may hold an id twice until checked)."""

    documents: dict[str, Document] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)  # ids by kind, of faulty records too
    variables: list[Variable] = field(default_factory=list)
    event_kinds: list[EventKind] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    extracts: list[Extract] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    forecasts: list[Forecast] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    second_voices: list[SecondVoice] = field(default_factory=list)
    second_positions: list[SecondPosition] = field(default_factory=list)
    second_events: list[SecondEvent] = field(default_factory=list)
    outside_rules: list[OutsideRule] = field(default_factory=list)
    outside_holders: list[OutsideHolder] = field(default_factory=list)
    outside_summits: list[OutsideSummit] = field(default_factory=list)
    outside_steps: list[OutsideStep] = field(default_factory=list)
    outside_figures: list[OutsideFigure] = field(default_factory=list)
    outside_statements: list[OutsideStatement] = field(default_factory=list)
    outside_scores: list[OutsideScore] = field(default_factory=list)
    outside_fighting: list[OutsideFighting] = field(default_factory=list)
    outside_gaps: list[OutsideGap] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """Every record of every kind."""
        for sections in FILES.values():
            for section in sections:
                yield from getattr(self, section)

    @functools.cached_property
    def outside(self) -> dict[str, OutsideRow]:
        """Rows of the outside record by id, in the order of the files; the first has the key O1."""
        return {row.key: row for row in self.records() if isinstance(row, OutsideRow)}

    @functools.cached_property
    def extract(self) -> dict[str, Extract]:
        """Extracts by full id."""
        return {extract.key: extract for extract in self.extracts}

    @functools.cached_property
    def actor(self) -> dict[str, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.actors}

    @functools.cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    def terms(self, variable: str) -> list[str]:
        """The ids of a variable's terms, in the codebook's order."""
        return [t.id for v in self.variables if v.id == variable for t in v.terms]

    def document(self, record: Extract | LeftOut) -> Document | None:
        """The document a record was taken from; None when it could not be read."""
        return self.documents.get(record.source)

    @functools.cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each passage stands in its document, by extract id: one offset when all is well."""
        return {
            extract.key: document.find(extract.quote, extract.prefix)
            for extract in self.extracts
            if (document := self.document(extract))
        }

    def span(self, extract: Extract) -> tuple[int, int]:
        """Start and end of a checked passage in its document."""
        start = self.places[extract.key][0]
        return start, start + len(extract.quote)

    @functools.cached_property
    def short_key(self) -> dict[str, str]:
        """A short key for each extract of checked data: its document's mark and a running
        number, in the order of the register and of the text."""
        keys: dict[str, str] = {}
        for source in self.sources:
            mine = [extract for extract in self.extracts if extract.source == source.id]
            for number, extract in enumerate(sorted(mine, key=self.span), start=1):
                keys[extract.key] = f"{source.mark}{number}"
        return keys

    def counts(self) -> str:
        """What there is, in one line."""
        sections = [
            s for group in FILES.values() for s in group if s not in ("variables", "questions")
        ]
        said = [f"{len(getattr(self, s))} {s.replace('_', ' ')}" for s in sections]
        return ", ".join([f"{len(self.documents)} documents", *said])


def read(root: Path) -> tuple[Corpus, list[Problem]]:
    """Read everything under `root`; returns what could be read, and every problem."""
    raw, problems = _raw(root)
    corpus = Corpus()
    if any(loaded.value == {} and loaded.problems for _, loaded in raw):
        return corpus, problems  # a file that cannot be read makes everything else look wrong
    context = corpus.known = _context(raw)
    for stem, loaded in raw:
        for section, model in _sections(loaded.file).items():
            records = _records(loaded, section, model, stem, context, problems)
            getattr(corpus, section).extend(records)
    problems += _read_documents(corpus, root)
    return corpus, problems


def _raw(root: Path) -> tuple[list[tuple[str, strict_yaml.Loaded]], list[Problem]]:
    """Every data file as plain values with marks, plus the problems of its form."""
    found, problems = [], []
    without_outside = not any(
        (root / "data/outside").glob("*.yml")
    )  # it is there whole, or not at all
    for pattern, sections in FILES.items():
        files = _files(root, pattern)
        if not files and not (without_outside and pattern.startswith("outside/")):
            problems.append(Problem(f"data/{pattern}", 1, 1, "file", "does not exist, add it"))
        for path in files:
            loaded = strict_yaml.load(path, f"data/{path.relative_to(root / 'data').as_posix()}")
            problems += loaded.problems + _shape(loaded, sections)
            found.append((path.stem, loaded))
    return found, problems + _strangers(root)


def _files(root: Path, pattern: str) -> list[Path]:
    """The files of a pattern, without the hidden ones that editors leave beside a file."""
    return sorted(path for path in (root / "data").glob(pattern) if not path.name.startswith("."))


def _strangers(root: Path) -> list[Problem]:
    """Files under data/ that nothing would read, such as an `.yaml` suffix."""
    known = {p for pattern in FILES for p in _files(root, pattern)}
    return [
        Problem(
            p.relative_to(root).as_posix(), 1, 1, "file", "is read by nothing, rename or remove it"
        )
        for p in _files(root, "**/*.y*ml")
        if p not in known
    ]


def _shape(loaded: strict_yaml.Loaded, sections: dict) -> list[Problem]:
    """Faults of a file's outermost form; makes the value safe to walk."""
    place = Place(loaded.file, loaded.marks)
    value = loaded.value if isinstance(loaded.value, dict) else {}
    wrong = [s for s, rows in value.items() if s in sections and not isinstance(rows, list)]
    problems = [
        place.problem("file", s, "is no list, write its records as '- id: …'") for s in wrong
    ]
    problems += [
        place.problem("file", s, SAY["extra_forbidden"]) for s in value if s not in sections
    ]
    if loaded.value is not None or not loaded.problems:
        missing = [s for s in sections if s not in value and s not in OPTIONAL]
        problems += [place.problem("file", s, SAY["missing"]) for s in missing]
        problems += [
            place.problem("file", s, "holds no record, add one")
            for s in sections
            if value.get(s) == []
        ]
    loaded.value = {s: value[s] for s in sections if isinstance(value.get(s), list)}
    return problems


def _sections(file: str) -> dict[str, type[Record]]:
    return next(s for pattern, s in FILES.items() if Path(file).match(f"data/{pattern}"))


def _context(raw: list[tuple[str, strict_yaml.Loaded]]) -> dict[str, Any]:
    """Every id that exists, by kind, taken before validation so that one bad
    record does not make the records that point at it look bad too."""
    rows = [
        (stem, s, r)
        for stem, f in raw
        for s, rs in f.value.items()
        for r in rs
        if isinstance(r, dict)
    ]

    def ids(section: str) -> set[str]:
        return {str(row.get("id")) for _, s, row in rows if s == section}

    variables = {
        str(r.get("id")): _term_ids(r.get("terms")) for _, s, r in rows if s == "variables"
    }
    return variables | {
        "source": ids("sources"),
        "actor": ids("actors"),
        "event_kind": ids("event_kinds"),
        "event": ids("events"),
        "extract": {f"{stem}.{r.get('id')}" for stem, s, r in rows if s == "extracts"},
        "forecast": ids("forecasts"),
        "outside row": {str(r.get("id")) for _, s, r in rows if s.startswith("outside_")},
        "question": ids("questions"),
        "stances": {
            str(r.get("id")): _term_ids(r.get("stances")) or None
            for _, s, r in rows
            if s == "questions"
        },
    }


def _term_ids(terms: Any) -> set[str]:
    return (
        {str(t.get("id")) for t in terms if isinstance(t, dict)}
        if isinstance(terms, list)
        else set()
    )


def _records(loaded, section, model, stem, context, problems) -> Iterator[Record]:
    for index, row in enumerate(loaded.value.get(section, [])):
        place = Place(loaded.file, loaded.marks, (section, index))
        what = row.get("id", section) if isinstance(row, dict) else section
        try:
            record = model.model_validate(row, context=context)
        except ValidationError as error:
            problems += [_problem(place, str(what), fault) for fault in error.errors()]
            continue
        except KeyError as error:
            problems.append(
                place.problem(str(what), (), f"the codebook lacks the variable {error}, add it")
            )
            continue
        record._place = place
        if isinstance(record, Extract | LeftOut):
            record._source = stem
        yield record


def _problem(place: Place, what: str, fault: dict) -> Problem:
    loc = tuple(
        step for step in fault["loc"] if not re.match(r"(str|int|float|function-.*)$", str(step))
    )
    message = SAY.get(fault["type"], fault["msg"])
    return place.problem(what, loc, message)


def _read_documents(corpus: Corpus, root: Path) -> Iterator[Problem]:
    for source in corpus.sources:
        try:
            corpus.documents[source.id] = Document.read(root / "seeds" / source.file)
        except OSError as error:
            yield source.problem(
                "file", f"seeds/{source.file} cannot be read ({error.strerror}), restore it"
            )
        except UnicodeDecodeError:
            yield source.problem("file", f"seeds/{source.file} is not UTF-8, restore it")
