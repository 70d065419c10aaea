"""The records: one model a kind, one description a field.

`data/FORMAT.md` prints its field tables from here. Models are strict: unknown
keys, terms and ids are errors. What needs two records at once stands in
`csto.checks`; how records are found in files, in `csto.corpus`.
"""

from __future__ import annotations

import difflib
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from csto import dates
from csto.problems import Place, Problem

# ---- value types -----------------------------------------------------------------


class Names:
    """Marks a text that must be a known id; `kind` is a key of the known ids."""

    def __init__(self, kind: str):
        self.kind = kind


def _known(kind: str) -> Any:
    def check(value: str, info: ValidationInfo) -> str:
        _require(value, (info.context or {})[kind], kind)
        return value

    return Annotated[str, AfterValidator(check), Names(kind)]


def _require(value: str, known: Any, kind: str) -> None:
    if value in known:
        return
    near = difflib.get_close_matches(value, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else "declare it or correct it"
    raise PydanticCustomError("unknown", "'{v}' is no known {k}, {h}", {"v": value, "k": kind, "h": hint})


def _edtf(value: str) -> str:
    try:
        dates.interval(value)
    except ValueError as error:
        raise PydanticCustomError("edtf", "{e}", {"e": str(error)}) from None
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise PydanticCustomError("slug", "'{v}' must be small letters, digits and single hyphens", {"v": value})
    return value


def _sentence(value: str) -> str:
    if value != value.strip() or not value:
        raise PydanticCustomError("text", "is empty or has blanks at an end, trim it")
    return value


Edtf = Annotated[str, AfterValidator(_edtf)]
Slug = Annotated[str, AfterValidator(_slug)]
Text = Annotated[str, AfterValidator(_sentence)]
TermId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]

Theme, Basis, Status = _known("theme"), _known("date_basis"), _known("status")
Attribution, Mode = _known("attribution"), _known("mode")
Kind, Rung, Distancing = _known("event_kind"), _known("rung"), _known("distancing")
Attribute, Verdict, Fault = _known("attribute"), _known("verdict"), _known("fault")
DisagreementKind = _known("disagreement")
Genre, ActorKind, LeftOutReason = _known("genre"), _known("actor_kind"), _known("left_out_reason")
QuestionId, SourceId = _known("question"), _known("source")
ActorId, ExtractId, EventId = _known("actor"), _known("extract"), _known("event")


class Part(BaseModel):
    """A piece of a record."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="after")
    def _no_repetition(self) -> Part:
        for name, value in self:
            if isinstance(value, list) and any(item in value[:i] for i, item in enumerate(value)):
                raise PydanticCustomError("repeated", "'{name}' holds something twice, keep one", {"name": name})
        return self


class Record(Part):
    """Something with an id, that knows where it stands."""

    plural: ClassVar[str]
    _place: Place = PrivateAttr()

    @property
    def key(self) -> str:
        """The id by which other records name this one."""
        return self.id  # type: ignore[attr-defined]

    def problem(self, field: tuple | str, message: str) -> Problem:
        """A problem at `field` of this record."""
        return self._place.problem(self.key, field, message)


# ---- the codebook ----------------------------------------------------------------


class Term(Part):
    """A term of a controlled vocabulary."""

    id: TermId = Field(description="the term")
    definition: Text = Field(description="one sentence; what it means")
    example: ExtractId | None = Field(None, description="an extract coded with it")
    counter_example: Text | None = Field(None, description="what is easily confused with it, and why it is not it")


class Variable(Record):
    """A controlled variable and its terms, in the order in which tables and charts show them."""

    plural = "variables"
    id: TermId = Field(description="name of the variable, as columns carry it")
    definition: Text = Field(description="what is coded")
    terms: list[Term] = Field(min_length=1, description="its terms, ordered")


class EventKind(Record):
    """A kind of act, with what its form allows."""

    plural = "event_kinds"
    id: TermId = Field(description="the term")
    definition: Text = Field(description="one sentence; what counts as such an act")
    sign: list[Literal[-1, 0, 1]] = Field(min_length=1, description="allowed signs: -1 adverse, 0 neutral, 1 cooperative")
    intensity: list[Literal[1, 2, 3, 4]] = Field(min_length=1, description="allowed intensities, 1 to 4, by form")
    rungs: list[Rung] = Field(description="rungs allowed when Armenia acts")
    plover: Text | None = Field(None, description="PLOVER event type; absent where none fits")
    plover_note: Text | None = Field(None, description="why this type, or why none")
    example: ExtractId | None = Field(None, description="an extract that tells such an act")
    counter_example: Text | None = Field(None, description="what is easily confused with it")

    @model_validator(mode="after")
    def _explained(self) -> EventKind:
        if self.plover is None and self.plover_note is None:
            raise PydanticCustomError("plover", "no PLOVER type and no reason, give one of the two")
        return self


class Question(Record):
    """A question to which documents and actors take positions."""

    plural = "questions"
    id: TermId = Field(description="Q1 … Q10")
    name: TermId = Field(description="short name, as columns carry it")
    text: Text = Field(description="the question in full")
    answered_by: Text = Field(description="'term' (a closed stance) or 'year' (an EDTF year)")
    stances: list[Term] = Field(description="the closed stances; empty when answered by a year")

    @model_validator(mode="after")
    def _closed(self) -> Question:
        if self.answered_by not in ("term", "year") or (self.answered_by == "term") != bool(self.stances):
            raise PydanticCustomError("answer", "answered_by is 'term' with stances, or 'year' without")
        return self


# ---- sources and actors ----------------------------------------------------------


class When(Part):
    """When something was, and how that is known."""

    date: Edtf = Field(description="EDTF, quoted; an interval where only bounds are known")
    basis: Basis = Field(description="how the document lets us know it")
    note: Text | None = Field(None, description="the reasoning, where it is not plain")


class PublishedOutside(Part):
    """What public pages say about the publication; for citation only, never for analysis."""

    date: Edtf | None = Field(None, description="EDTF date of publication or reprint")
    publisher: Text | None = Field(None, description="publisher, where the text does not name it")
    address: Text | None = Field(None, description="web address")
    note: Text | None = Field(None, description="what the address is")


class Source(Record):
    """One of the documents."""

    plural = "sources"
    id: Slug = Field(description="key of the document, and stem of its extracts file")
    file: Annotated[str, Field(pattern=r"^[\w.-]+$")] = Field(description="file name in seeds/")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(description="hash of the file's bytes")
    title: Text = Field(description="title as printed")
    author: ActorId = Field(description="who speaks where the document speaks for itself")
    publisher: Text | None = Field(None, description="as the text itself gives it")
    genre: Genre = Field(description="kind of text")
    label: Text = Field(description="short name for charts and tables")
    mark: Annotated[str, Field(pattern=r"^[A-Z]{1,2}$")] = Field(description="letter that its extracts' short keys begin with")
    date: When = Field(description="publication date, from the text alone")
    published_outside: PublishedOutside | None = Field(None, description="for citation only")
    relays: Text | None = Field(None, description="whose reporting it repeats, when it is no independent witness")


class Actor(Record):
    """A state, person, organisation, outlet or group."""

    plural = "actors"
    id: Slug = Field(description="key")
    name: Text = Field(description="name in the form the book uses")
    kind: ActorKind = Field(description="sort of actor")
    spellings: list[Text] = Field(default_factory=list, description="other forms the documents use")
    affiliation: ActorId | None = Field(None, description="the state or organisation the actor speaks or acts for")
    csto_member: bool = Field(False, description="true for the six member states")
    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(None, description="ISO 3166-1 alpha-3 code of a state")
    note: Text | None = Field(None, description="who this is; how namesakes are told apart")


# ---- what was observed -----------------------------------------------------------


class Voice(Part):
    """Who says it, through whom."""

    attribution: Attribution = Field(description="kind of speaker")
    mode: Mode = Field(description="how the words reach us")
    speaker: ActorId | None = Field(None, description="the actor who says it; absent when the document speaks")
    outlet: ActorId | None = Field(None, description="the outlet it is relayed through, when the document names one")


class Position(Part):
    """A holder's answer to one of the questions."""

    holder: ActorId = Field(description="who holds it, as the passage names the holder")
    question: QuestionId = Field(description="Q1 … Q10")
    stance: Text = Field(description="a stance of that question, or a year for Q9")
    note: Text | None = Field(None, description="doubt about the coding")

    @model_validator(mode="after")
    def _stance(self, info: ValidationInfo) -> Position:
        stances = info.context["stances"][self.question]
        if stances is None and not re.fullmatch(r"\d{4}", self.stance):
            raise PydanticCustomError("stance", "'{s}' is no year, write four digits in quotes", {"s": self.stance})
        if stances is not None:
            _require(self.stance, stances, f"stance of {self.question}")
        return self


class Fact(Part):
    """What is neither an act nor a stance."""

    subject: ActorId = Field(description="whom or what it is about")
    attribute: Attribute = Field(description="what is said of the subject")
    value: Text | int | float = Field(description="the value, as near to the wording as codes allow")
    unit: Text | None = Field(None, description="unit of a number")
    object: ActorId | None = Field(None, description="the other end of a tie, transfer or membership")
    note: Text | None = Field(None, description="doubt about the coding")


class Extract(Record):
    """A verbatim passage of one document, at most a sentence, and what it bears."""

    plural = "extracts"
    id: Slug = Field(description="key inside the document; the full id is `<source>.<id>`")
    quote: Annotated[str, Field(min_length=3)] = Field(description="the passage, character for character")
    prefix: Annotated[str, Field(min_length=1)] | None = Field(None, description="the words just before, where the passage stands twice")
    themes: list[Theme] = Field(min_length=1, description="what it bears on")
    when: When | None = Field(None, description="when what it tells was; absent when the passage does not say")
    voice: Voice = Field(description="who says it, through whom")
    status: Status = Field(description="how firmly, from the words")
    positions: list[Position] = Field(default_factory=list, description="stances it bears out")
    facts: list[Fact] = Field(default_factory=list, description="facts it bears out")
    also_in: dict[SourceId, Text] = Field(default_factory=dict, description="other documents with the same words, and why")
    cut: Text | None = Field(None, description="why it stops before a limiting word")
    uncoded: Text | None = Field(None, description="why it is kept though nothing is coded from it")
    note: Text | None = Field(None, description="doubt, reading, reason")

    _source: str = PrivateAttr()

    @property
    def source(self) -> str:
        """Id of the document."""
        return self._source

    @property
    def key(self) -> str:
        return f"{self._source}.{self.id}"


class LeftOut(Record):
    """A sentence without an extract, and why."""

    plural = "left_out"
    starts: Annotated[str, Field(min_length=3)] = Field(description="its first words, enough to be unique")
    reason: LeftOutReason = Field(description="why nothing is taken from it")
    note: Text | None = Field(None, description="more, where the reason is not plain")

    _source: str = PrivateAttr()

    @property
    def source(self) -> str:
        """Id of the document."""
        return self._source

    @property
    def key(self) -> str:
        return f"{self._source}.left_out"


# ---- what was assembled ----------------------------------------------------------


class DatedBy(Part):
    """Which passages date an event, when not all that mention it do."""

    extracts: list[ExtractId] = Field(min_length=1, description="the passages relied on")
    because: Text = Field(description="why these and not the others")


class Event(Record):
    """An act, told once whatever the number of documents that tell it."""

    plural = "events"
    id: Slug = Field(description="key")
    label: Text = Field(description="the act in a few words, for tables and charts")
    kind: Kind = Field(description="kind of act")
    themes: list[Theme] = Field(min_length=1, description="what it bears on")
    actors: list[ActorId] = Field(min_length=1, description="who acts")
    recipients: list[ActorId] = Field(description="whom it is addressed to; empty when nobody")
    sign: int = Field(description="-1 adverse, 0 neutral, 1 cooperative, towards the recipients")
    intensity: int = Field(description="1 to 4, by the form of the act")
    rung: Rung | None = Field(None, description="Armenian acts: step after Hirschman")
    distancing: Distancing | None = Field(None, description="Armenian acts: strict, broad or none")
    mentions: list[ExtractId] = Field(min_length=1, description="the passages that tell it")
    dated_by: DatedBy | None = Field(None, description="override: which mentions date it")
    conflict: Text | None = Field(None, description="how the documents' dates disagree; the hull is used")
    merge: Slug | None = Field(None, description="same key on acts told in one sentence, counted as one when merged")
    contested: Text | None = Field(None, description="why it may not be an act of this kind at all")
    note: Text | None = Field(None, description="doubt, reading, reason")


class Forecast(Record):
    """Who expected what, by when, and what the later documents say of it."""

    plural = "forecasts"
    id: Slug = Field(description="key")
    label: Text = Field(description="what is expected, in a few words")
    holder: ActorId = Field(description="who expects it")
    themes: list[Theme] = Field(min_length=1, description="what it bears on")
    extracts: list[ExtractId] = Field(min_length=1, description="the passages")
    hedge: Text | None = Field(None, description="the hedging words, quoted; absent when flat")
    horizon: Edtf | None = Field(None, description="by when; absent when it cannot fail")
    verdict: Verdict = Field(description="scored against later documents of the corpus only")
    scored_by: list[ExtractId] = Field(default_factory=list, description="the later passages that score it")
    because: Text = Field(description="why this verdict")


class Correction(Record):
    """A known error or oddity of a document; shown, never repaired."""

    plural = "corrections"
    id: Slug = Field(description="key")
    source: SourceId = Field(description="the document")
    fault: Fault = Field(description="sort of error")
    printed: Text = Field(description="the document's words, character for character")
    extracts: list[ExtractId] = Field(default_factory=list, description="extracts that it touches")
    should_be: Text | None = Field(None, description="what is meant")
    because: Text = Field(description="how we know")


class Side(Part):
    """One side of a disagreement."""

    says: Text = Field(description="what it says, in a few words")
    extracts: list[ExtractId] = Field(min_length=1, description="the passages that say it")


class Disagreement(Record):
    """A matter on which passages do not agree; all sides are shown and none is chosen."""

    plural = "disagreements"
    id: Slug = Field(description="key")
    matter: Text = Field(description="what they differ on, in a few words")
    kind: DisagreementKind = Field(description="sort of disagreement")
    sides: list[Side] = Field(min_length=2, description="what is said, side by side")
    note: Text | None = Field(None, description="what can be said about it from the documents alone")


# ---- the second reading --------------------------------------------------------------


class SecondVoice(Record):
    """How a second reader coded the voice of a passage."""

    plural = "second_voices"
    extract: ExtractId = Field(description="the passage")
    status: Status = Field(description="how firmly, from the words")
    attribution: Attribution = Field(description="kind of speaker")
    mode: Mode = Field(description="how the words reach the reader")

    @property
    def key(self) -> str:
        return self.extract


class SecondPosition(Record):
    """How a second reader coded the stance of a holder on a question in a passage."""

    plural = "second_positions"
    extract: ExtractId = Field(description="the passage")
    holder: ActorId = Field(description="whose stance")
    question: QuestionId = Field(description="the question")
    stance: Text = Field(description="one of the question's stances")

    @property
    def key(self) -> str:
        return f"{self.extract} {self.holder} {self.question}"


class SecondEvent(Record):
    """How a second reader coded an act."""

    plural = "second_events"
    event: EventId = Field(description="the act")
    kind: Kind = Field(description="kind of act")
    sign: int = Field(description="-1 adverse, 0 neutral, 1 cooperative, towards the recipients")
    intensity: int = Field(description="1 to 4, by the form of the act")
    rung: Rung | None = Field(None, description="Armenian acts: step after Hirschman")
    distancing: Distancing | None = Field(None, description="Armenian acts: strict, broad or none")

    @property
    def key(self) -> str:
        return self.event


#: Where records live: glob under data/, section of the file -> model.
FILES: dict[str, dict[str, type[Record]]] = {
    "codebook.yml": {"variables": Variable, "event_kinds": EventKind, "questions": Question},
    "sources.yml": {"sources": Source},
    "actors.yml": {"actors": Actor},
    "extracts/*.yml": {"extracts": Extract, "left_out": LeftOut},
    "events/*.yml": {"events": Event},
    "forecasts.yml": {"forecasts": Forecast},
    "corrections.yml": {"corrections": Correction},
    "disagreements.yml": {"disagreements": Disagreement},
    "second_reading.yml": {"second_voices": SecondVoice, "second_positions": SecondPosition, "second_events": SecondEvent},
}
