"""All records of `data/` and the documents they rest on, read together.

Reads everything, reports every problem and still returns what could be read, so that the checks
can go on. Does not judge records against each other.
"""

# ruff: noqa: RUF009  # each call makes a field of its own

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from csto import files
from csto.corpus import outside as outside_record
from csto.corpus import readers, report, schema, strangers, strict_yaml
from csto.corpus.documents import Document
from csto.corpus.outside import MARK, OutsideRow
from csto.corpus.problems import Place, Problem
from csto.corpus.values import Known, Record

OPTIONAL = {"left_out", "unbroken"}
#: A document that is being added: its text, and in one file all that is taken from it so far.
DRAFTS = "drafts/*.yml"
#: Files that a corpus can do without.
MAY_LACK = {"changes.yml", "making.yml", "claims.yml", "words.yml", "cast.yml"}
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


def _in(pattern: str, section: str | None = None) -> Any:
    """A section of the files under data/ that match `pattern`, called like the field."""
    return field(default_factory=list, metadata={"files": pattern, "section": section})


class Passage(NamedTuple):
    """An extract that stands where it should: once, in a document that could be read."""

    extract: schema.Extract
    document: Document
    start: int
    end: int

    @property
    def sentence(self) -> tuple[int, int]:
        """Start and end of the sentence in which it begins."""
        return self.document.sentence(self.start)


@dataclass
class Corpus:
    """Records by kind, in file order (each list may hold an id twice until checked).

    Each list is a section of the files it is declared with: this is where records live.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)  # of the files of other readings
    added: list[str] = field(default_factory=list)  # texts of documents that are being added
    faulty: list[tuple[str, str]] = field(default_factory=list)  # stem and quote of bad records
    known: Known = field(default_factory=lambda: Known({}, {}))  # of faulty records, too
    rules: list[schema.RuleSet] = _in("codebook.yml")
    variables: list[schema.Variable] = _in("codebook.yml")
    event_kinds: list[schema.EventKind] = _in("codebook.yml")
    questions: list[schema.Question] = _in("codebook.yml")
    sources: list[schema.Source] = _in("sources.yml")
    actors: list[schema.Actor] = _in("actors.yml")
    extracts: list[schema.Extract] = _in("extracts/*.yml")
    left_out: list[schema.LeftOut] = _in("extracts/*.yml")
    unbroken: list[schema.Unbroken] = _in("extracts/*.yml")
    events: list[schema.Event] = _in("events/*.yml")
    told: list[schema.Told] = _in(DRAFTS)
    forecasts: list[schema.Forecast] = _in("forecasts.yml")
    corrections: list[schema.Correction] = _in("corrections.yml")
    disagreements: list[schema.Disagreement] = _in("disagreements.yml")
    claims: list[report.Claim] = _in("claims.yml")
    words: list[report.Word] = _in("words.yml")
    cast: list[report.CastMember] = _in("cast.yml")
    checks: list[report.Check] = _in("checks/*.yml")
    changes: list[schema.Change] = _in("changes.yml")
    making: list[schema.Made] = _in("making.yml")
    readings: list[readers.Reading] = _in("codings/*/reading.yml")
    reader_names: list[readers.ReaderName] = _in("codings/*/names.yml", "names")
    reader_labels: list[readers.Label] = _in("codings/*/labels.yml", "labels")
    second_voices: list[schema.SecondVoice] = _in("codings/*/given.yml")
    second_positions: list[schema.SecondPosition] = _in("codings/*/given.yml")
    second_events: list[schema.SecondEvent] = _in("codings/*/given.yml")
    reader_passages: list[readers.ReaderPassage] = _in("codings/*/coding.yml", "passages")
    reader_acts: list[readers.ReaderAct] = _in("codings/*/coding.yml", "acts")
    reader_forecasts: list[readers.ReaderForecast] = _in("codings/*/coding.yml", "forecasts")
    matches: list[readers.Match] = _in("codings/*/matches.yml")
    rulings: list[readers.Ruling] = _in("codings/rulings.yml")
    outside_rules: list[outside_record.OutsideRule] = _in("outside/rules.yml")
    outside_holders: list[outside_record.OutsideHolder] = _in("outside/holders.yml")
    outside_summits: list[outside_record.OutsideSummit] = _in("outside/summits.yml")
    outside_steps: list[outside_record.OutsideStep] = _in("outside/steps.yml")
    outside_figures: list[outside_record.OutsideFigure] = _in("outside/figures.yml")
    outside_statements: list[outside_record.OutsideStatement] = _in("outside/statements.yml")
    outside_scores: list[outside_record.OutsideScore] = _in("outside/scores.yml")
    outside_fighting: list[outside_record.OutsideFighting] = _in("outside/fighting.yml")
    outside_gaps: list[outside_record.OutsideGap] = _in("outside/gaps.yml")

    def records(self) -> Iterator[Record]:
        """Every record of every kind."""
        for section in MODELS:
            yield from getattr(self, section)

    def rows(self) -> Iterator[OutsideRow]:
        """Every row of the outside record, in the order of the files."""
        for record in self.records():
            if isinstance(record, OutsideRow):
                yield record

    @functools.cached_property
    def outside(self) -> dict[str, OutsideRow]:
        """Rows of the outside record by id."""
        return {row.key: row for row in self.rows()}

    @functools.cached_property
    def outside_key(self) -> dict[str, str]:
        """A short key for each row of the outside record, in the order of the files."""
        return {key: f"{MARK}{number}" for number, key in enumerate(self.outside, start=1)}

    def addresses(self, row: OutsideRow) -> list[str]:
        """A row's own addresses, then those of the rows it rests on, each once."""
        found, open_, seen = list(row.addresses), list(row.rests_on), {row.key}
        while open_:
            key = open_.pop(0)
            if key not in seen and key in self.outside:
                seen.add(key)
                found += self.outside[key].addresses
                open_ += self.outside[key].rests_on
        return list(dict.fromkeys(found))

    @functools.cached_property
    def extract(self) -> dict[str, schema.Extract]:
        """Extracts by full id."""
        return {extract.key: extract for extract in self.extracts}

    @functools.cached_property
    def actor(self) -> dict[str, schema.Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.actors}

    @functools.cached_property
    def source(self) -> dict[str, schema.Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    def stands_for(self, actor: str) -> str | None:
        """The actor that an actor speaks or acts for, or itself; None when there is none."""
        record = self.actor.get(actor)
        return (record.affiliation or actor) if record else None

    @functools.cached_property
    def vocabularies(self) -> dict[str, list[str]]:
        """The terms of every variable, question with stances, and of `event_kind`, in order."""
        return {
            **{variable.id: [term.id for term in variable.terms] for variable in self.variables},
            **{q.id: [stance.id for stance in q.stances] for q in self.questions if q.stances},
            "event_kind": [kind.id for kind in self.event_kinds],
        }

    def terms(self, variable: str) -> list[str]:
        """The ids of a vocabulary's terms, in the codebook's order; none where it is not there."""
        return self.vocabularies.get(variable, [])

    def document(self, record: schema.Extract | schema.LeftOut) -> Document | None:
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

    def span(self, extract: schema.Extract) -> tuple[int, int]:
        """Start and end of a checked passage in its document."""
        start = self.places[extract.key][0]
        return start, start + len(extract.quote)

    @functools.cached_property
    def standing(self) -> list[Passage]:
        """The extracts whose passage stands where it should."""
        return [
            Passage(extract, document, *self.span(extract))
            for extract in self.extracts
            if (document := self.document(extract)) and len(self.places[extract.key]) == 1
        ]

    @functools.cached_property
    def short_key(self) -> dict[str, str]:
        """A short key for each extract of checked data.

        Its document's mark and a running number, in the order of the register and of the text.
        """
        keys: dict[str, str] = {}
        for source in self.sources:
            mine = [extract for extract in self.extracts if extract.source == source.id]
            for number, extract in enumerate(sorted(mine, key=self.span), start=1):
                keys[extract.key] = f"{source.mark}{number}"
        return keys

    def counts(self) -> str:
        """What there is, in one line."""
        said = [
            f"{len(records)} {section.replace('_', ' ')}"
            for section in MODELS
            if section not in ("variables", "questions") and (records := getattr(self, section))
        ]
        return ", ".join([f"{len(self.documents)} documents", *said])


class Section(NamedTuple):
    """A section of a file: the model of its records, and the field of `Corpus` that takes them."""

    model: type[Record]
    field: str


def _files_of() -> dict[str, dict[str, Section]]:
    """Where records live, as `Corpus` declares it: glob under data/ -> sections by name."""
    hints, found = get_type_hints(Corpus), dict[str, dict[str, Section]]()
    for one in fields(Corpus):
        if pattern := one.metadata.get("files"):
            section = Section(get_args(hints[one.name])[0], one.name)
            found.setdefault(pattern, {})[one.metadata["section"] or one.name] = section
    return found


FILES = _files_of()
#: What the file of a draft may hold: what its document adds to the files of the others.
OF_DRAFT = ("sources", "actors", "extracts", "left_out", "unbroken", "events", "forecasts", "told")
#: The model of every field of `Corpus` that holds records.
MODELS = {section.field: section.model for some in FILES.values() for section in some.values()}


def read(root: Path, draft: str | None = None) -> tuple[Corpus, list[Problem]]:
    """Read everything under `root`; returns what could be read, and every problem.

    Drafts are left aside; one that is named is read as if it were in the corpus already.
    """
    corpus = Corpus()
    if strange := [*strangers.problems(root)]:
        return corpus, strange
    raw, problems = _raw(root, draft)
    if any(loaded.value == {} and loaded.problems for _, loaded in raw):
        return corpus, problems  # a file that cannot be read makes everything else look wrong
    _translate(raw)
    known = corpus.known = _known(raw)
    for stem, loaded in raw:
        taken = _taken(loaded, stem, known)
        for field_, record in taken.records:
            getattr(corpus, field_).append(record)
        corpus.faulty += taken.faulty
        problems += taken.problems
    corpus.events = [_told(event, corpus.told) for event in corpus.events]
    problems += _read_documents(corpus, root)
    texts = sorted((root / "data").glob(DRAFTS.replace(".yml", ".txt")))
    corpus.added = [path.read_text(encoding="utf-8", errors="replace") for path in texts]
    corpus.hashes = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (root / "data/codings").glob("*/*")
        if path.is_file()
    }
    return corpus, problems


def _told(event: schema.Event, by: list[schema.Told]) -> schema.Event:
    """An act with the passages of a draft that tell it."""
    more = [one.extract for one in by if one.event == event.id]
    return event.model_copy(update={"mentions": [*event.mentions, *more]}) if more else event


def _raw(
    root: Path, draft: str | None
) -> tuple[list[tuple[str, strict_yaml.Loaded]], list[Problem]]:
    """Every data file as plain values with marks, plus the problems of its form."""
    found: list[tuple[str, strict_yaml.Loaded]] = []
    problems: list[Problem] = []
    for pattern, sections in FILES.items():
        found_here = _files(root, pattern)
        if pattern == DRAFTS:
            found_here = [path for path in found_here if path.stem == draft]
            sections = _sections(f"data/{pattern}")
        if not found_here and not _may_lack(root, pattern):
            problems.append(Problem(f"data/{pattern}", 1, 1, "file", "does not exist, add it"))
        for path in found_here:
            loaded = strict_yaml.load(path, f"data/{path.relative_to(root / 'data').as_posix()}")
            problems += loaded.problems + _shape(loaded, sections)
            found.append((path.parent.name if "*/" in pattern else path.stem, loaded))
    return found, problems + _strangers(root)


def _may_lack(root: Path, pattern: str) -> bool:
    """Whether a file may be missing: of a reading any, of the outside record all or none."""
    if pattern.startswith("outside/"):
        return not any((root / "data/outside").glob("*.yml"))
    return pattern.startswith("codings/") or pattern in (DRAFTS, "checks/*.yml", *MAY_LACK)


def _files(root: Path, pattern: str) -> list[Path]:
    """The files of a pattern, in the order of their names; also what has the name and is no file.

    That cannot be read, which is said of it.
    """
    found = {*files.inputs(root, [f"data/{pattern}"]).values()}
    if "**" not in pattern:
        there = (root / "data").glob(pattern)
        found |= {path for path in there if not path.is_file() and path.name[0] not in ".#"}
    return sorted(found)


def _strangers(root: Path) -> list[Problem]:
    """Files under data/ that nothing would read, such as an `.yaml` suffix."""
    known = {p for pattern in FILES for p in _files(root, pattern)}
    message = "is read by nothing, rename or remove it"
    return [
        Problem(name, 1, 1, "file", message)
        for name, path in files.inputs(root, ["data"]).items()
        if path.match("*.y*ml") and path not in known
    ]


def _shape(loaded: strict_yaml.Loaded, sections: dict[str, Section]) -> list[Problem]:
    """Faults of a file's outermost form; makes the value safe to walk."""
    place = Place(loaded.file, loaded.marks)
    value = loaded.value if isinstance(loaded.value, dict) else {}
    said = [
        *((s, SAY["extra_forbidden"]) for s in value if s not in sections),
        *(
            (s, "is no list, write its records as '- id: …'")
            for s, rows in value.items()
            if s in sections and not isinstance(rows, list)
        ),
    ]
    if loaded.value is not None or not loaded.problems:
        needed = {s for s in sections if s not in OPTIONAL}
        if "told" in sections:  # of a draft
            needed = {"sources", "extracts"}
        elif "passages" in sections:  # of a reading, which may have found only some units
            needed = {"passages"}
        said += [(s, SAY["missing"]) for s in sections if s not in value and s in needed]
        said += [(s, "holds no record, add one") for s in sections if value.get(s) == []]
    loaded.value = {s: value[s] for s in sections if isinstance(value.get(s), list)}
    return [place.problem("file", section, message) for section, message in said]


@functools.cache
def _sections(file: str) -> dict[str, Section]:
    """The sections that a file may hold, by name."""
    if Path(file).match(f"data/{DRAFTS}"):
        return {field: Section(MODELS[field], field) for field in OF_DRAFT}
    return next(s for pattern, s in FILES.items() if Path(file).match(f"data/{pattern}"))


class _Row(NamedTuple):
    """A record as it stands in its file, before it is validated."""

    model: type[Record]
    stem: str  # of the file; of a reading's files, their folder
    value: Any
    place: Place


@dataclass
class _Taken:
    """What a file comes to: its records with the field that takes each, and what is wrong."""

    records: list[tuple[str, Record]] = field(default_factory=list)
    faulty: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _taken(loaded: strict_yaml.Loaded, stem: str, known: Known) -> _Taken:
    """The records of a file, kept with it: of the first state of the data and of the last.

    So what did not change is not validated again, unless what there is to name changed.
    """
    taken: _Taken
    for before, value, taken in loaded.kept:
        if before is known and value == loaded.value:
            return taken
    taken = _Taken()
    for name, section in _sections(loaded.file).items():
        for row in _rows(loaded, name, section, stem):
            if record := _record(row, known, taken.problems):
                taken.records.append((section.field, record))
            elif isinstance(row.value, dict):
                taken.faulty.append((stem, str(row.value.get("quote", ""))))
    loaded.kept[1:] = [(known, loaded.value, taken)]
    return taken


def _rows(loaded: strict_yaml.Loaded, name: str, section: Section, stem: str) -> Iterator[_Row]:
    for index, value in enumerate(loaded.value.get(name, [])):
        place = Place(loaded.file, loaded.marks, (name, index), section.field)
        yield _Row(section.model, stem, value, place)


def _translate(raw: list[tuple[str, strict_yaml.Loaded]]) -> None:
    """Give the codings of other readers the ids of the report, where their files say which."""
    keys = readers.keys(
        {(stem, name): rows for stem, one in raw for name, rows in one.value.items()}
    )
    for stem, loaded in raw:
        if loaded.file.endswith("/coding.yml") and (key := keys.get(stem)):
            authors = readers.authors_of(loaded.value.get("passages", []), key)
            for name, rows in loaded.value.items():
                loaded.value[name] = list(readers.translated(rows, key, authors))


def _known(raw: list[tuple[str, strict_yaml.Loaded]]) -> Known:
    """Every id and term that exists.

    They are taken before validation, so that one bad record does not make the records that
    point at it look bad too.
    """
    ids: dict[str, set[str]] = {
        name: set() for name in (*(m.named for m in MODELS.values()), "rule")
    }
    terms: dict[str, set[str]] = {"event_kind": set()}
    for stem, loaded in raw:
        for name, (model, _) in _sections(loaded.file).items():
            for row in filter(lambda one: isinstance(one, dict), loaded.value.get(name, [])):
                ids[model.named].add(model.known_as(row, stem))
                id = str(row.get("id"))
                if model is schema.RuleSet:
                    ids["rule"] |= {f"{id}.{rule}" for rule in _term_ids(row.get("rules"))}
                if model is schema.Variable:
                    terms[id] = _term_ids(row.get("terms"))
                if model is schema.Question:
                    ids["rule"].add(id)
                    if row.get("stances"):
                        terms[id] = _term_ids(row.get("stances"))
                if model is schema.EventKind:
                    terms["event_kind"].add(id)
    ids["rule"] |= {f"{variable}.{term}" for variable, some in terms.items() for term in some}
    return _one(*(frozenset((k, frozenset(v)) for k, v in some.items()) for some in (ids, terms)))


_Sets = frozenset[tuple[str, frozenset[str]]]


@functools.lru_cache(maxsize=8)
def _one(ids: _Sets, terms: _Sets) -> Known:
    """What is known, one object for the same ids and terms."""
    return Known(dict(ids), dict(terms))


def _term_ids(terms: Any) -> set[str]:
    rows = terms if isinstance(terms, list) else []
    return {str(row.get("id")) for row in rows if isinstance(row, dict)}


def _record(row: _Row, known: Known, problems: list[Problem]) -> Record | None:
    """The record of a row; None where it has problems, which are added to the list."""
    section = str(row.place.path[0])
    what = str(row.value.get("id", section) if isinstance(row.value, dict) else section)
    try:
        record = row.model.model_validate(row.value, context={"known": known})
    except ValidationError as error:
        problems += [_problem(row.place, what, fault) for fault in error.errors()]
        return None
    except KeyError as error:
        message = f"the codebook lacks the variable {error}, add it"
        problems.append(row.place.problem(what, (), message))
        return None
    record._place, record._stem = row.place, row.stem
    return record


def _problem(place: Place, what: str, fault: ErrorDetails) -> Problem:
    loc = tuple(
        step for step in fault["loc"] if not re.match(r"(str|int|float|function-.*)$", str(step))
    )
    return place.problem(what, loc, SAY.get(fault["type"], fault["msg"]))


def _read_documents(corpus: Corpus, root: Path) -> Iterator[Problem]:
    for source in corpus.sources:
        unbroken = tuple(one.words for one in corpus.unbroken if one.stem == source.id)
        try:
            folder = "data/drafts" if Path(source._place.file).match(f"data/{DRAFTS}") else "seeds"
            path = root / folder / source.file
            corpus.documents[source.id] = Document.read(path, unbroken)
        except OSError as error:
            yield source.problem(
                "file", f"seeds/{source.file} cannot be read ({error.strerror}), restore it"
            )
        except UnicodeDecodeError:
            yield source.problem("file", f"seeds/{source.file} is not UTF-8, restore it")
