"""The records: one model a kind, one description a field.

`data/FORMAT.md` prints its field tables from here. Models are strict: unknown
keys, terms and ids are errors. What needs two records at once stands in
`csto.corpus.checks`; how records are found in files, in `csto.corpus.reading`.
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

from csto.corpus import dates
from csto.corpus.problems import Place, Problem

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
    raise PydanticCustomError(
        "unknown", "'{v}' is no known {k}, {h}", {"v": value, "k": kind, "h": hint}
    )


def _edtf(value: str) -> str:
    try:
        dates.interval(value)
    except ValueError as error:
        raise PydanticCustomError("edtf", "{e}", {"e": str(error)}) from None
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise PydanticCustomError(
            "slug", "'{v}' must be small letters, digits and single hyphens", {"v": value}
        )
    return value


def _sentence(value: str) -> str:
    if value != value.strip() or not value:
        raise PydanticCustomError("text", "is empty or has blanks at an end, trim it")
    return value


def _day(value: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise PydanticCustomError("day", "'{v}' is no day, write e.g. 2026-11-22", {"v": value})
    return _edtf(value)


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://([A-Za-z0-9-]+\.)+[A-Za-z]{2,}(/[^\s<>\"|;]*)?", value):
        raise PydanticCustomError(
            "address", "'{v}' is no web address, write http(s)://host/path", {"v": value}
        )
    return value


Edtf = Annotated[str, AfterValidator(_edtf)]
Day = Annotated[str, AfterValidator(_day)]
Address = Annotated[str, AfterValidator(_address)]
Slug = Annotated[str, AfterValidator(_slug)]
Text = Annotated[str, AfterValidator(_sentence)]
TermId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]

Theme, Basis, Status = _known("theme"), _known("date_basis"), _known("status")
Attribution, Mode = _known("attribution"), _known("mode")
Kind, Rung, Distancing = _known("event_kind"), _known("rung"), _known("distancing")
Attribute, Verdict, Fault = _known("attribute"), _known("verdict"), _known("fault")
DisagreementKind = _known("disagreement")
Genre, ActorKind, LeftOutReason = _known("genre"), _known("actor_kind"), _known("left_out_reason")
Group = _known("group")
QuestionId, SourceId = _known("question"), _known("source")
ActorId, ExtractId, EventId = _known("actor"), _known("extract"), _known("event")
Sure, Judgement, OutsideVerdict, Gap = (
    _known("sure"),
    _known("judgement"),
    _known("outside_verdict"),
    _known("gap"),
)
MeetingState, Attendance, Fighting, Series = (
    _known("meeting_state"),
    _known("attendance"),
    _known("fighting"),
    _known("series"),
)
ForecastId, RowId = _known("forecast"), _known("outside row")


class Part(BaseModel):
    """A piece of a record."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="after")
    def _no_repetition(self) -> Part:
        for name, value in self:
            if isinstance(value, list) and any(item in value[:i] for i, item in enumerate(value)):
                raise PydanticCustomError(
                    "repeated", "'{name}' holds something twice, keep one", {"name": name}
                )
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
    counter_example: Text | None = Field(
        None, description="what is easily confused with it, and why it is not it"
    )


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
    sign: list[Literal[-1, 0, 1]] = Field(
        min_length=1, description="allowed signs: -1 adverse, 0 neutral, 1 cooperative"
    )
    intensity: list[Literal[1, 2, 3, 4]] = Field(
        min_length=1, description="allowed intensities, 1 to 4, by form"
    )
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
        if self.answered_by not in ("term", "year") or (self.answered_by == "term") != bool(
            self.stances
        ):
            raise PydanticCustomError(
                "answer", "answered_by is 'term' with stances, or 'year' without"
            )
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
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="hash of the file's bytes"
    )
    title: Text = Field(description="title as printed")
    author: ActorId = Field(description="who speaks where the document speaks for itself")
    publisher: Text | None = Field(None, description="as the text itself gives it")
    genre: Genre = Field(description="kind of text")
    label: Text = Field(description="short name for charts and tables")
    mark: Annotated[str, Field(pattern=r"^[A-Z]{1,2}$")] = Field(
        description="letter that its extracts' short keys begin with"
    )
    date: When = Field(description="publication date, from the text alone")
    published_outside: PublishedOutside | None = Field(None, description="for citation only")
    relays: Text | None = Field(
        None, description="whose reporting it repeats, when it is no independent witness"
    )


class Actor(Record):
    """A state, person, organisation, outlet or group."""

    plural = "actors"
    id: Slug = Field(description="key")
    name: Text = Field(description="name in the form the book uses")
    kind: ActorKind = Field(description="sort of actor")
    spellings: list[Text] = Field(default_factory=list, description="other forms the documents use")
    affiliation: ActorId | None = Field(
        None, description="the state or organisation the actor speaks or acts for"
    )
    groups: list[Group] = Field(
        default_factory=list, description="groups that the report counts and compares"
    )
    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(
        None, description="ISO 3166-1 alpha-3 code of a state"
    )
    note: Text | None = Field(None, description="who this is; how namesakes are told apart")


# ---- what was observed -----------------------------------------------------------


class Voice(Part):
    """Who says it, through whom."""

    attribution: Attribution = Field(description="kind of speaker")
    mode: Mode = Field(description="how the words reach us")
    speaker: ActorId | None = Field(
        None, description="the actor who says it; absent when the document speaks"
    )
    outlet: ActorId | None = Field(
        None, description="the outlet it is relayed through, when the document names one"
    )


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
            raise PydanticCustomError(
                "stance", "'{s}' is no year, write four digits in quotes", {"s": self.stance}
            )
        if stances is not None:
            _require(self.stance, stances, f"stance of {self.question}")
        return self


class Fact(Part):
    """What is neither an act nor a stance."""

    subject: ActorId = Field(description="whom or what it is about")
    attribute: Attribute = Field(description="what is said of the subject")
    value: Text | int | float = Field(
        description="the value, as near to the wording as codes allow"
    )
    unit: Text | None = Field(None, description="unit of a number")
    object: ActorId | None = Field(
        None, description="the other end of a tie, transfer or membership"
    )
    note: Text | None = Field(None, description="doubt about the coding")


class Extract(Record):
    """A verbatim passage of one document, at most a sentence, and what it bears."""

    plural = "extracts"
    id: Slug = Field(description="key inside the document; the full id is `<source>.<id>`")
    quote: Annotated[str, Field(min_length=3)] = Field(
        description="the passage, character for character"
    )
    prefix: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="the words just before, where the passage stands twice"
    )
    themes: list[Theme] = Field(min_length=1, description="what it bears on")
    when: When | None = Field(
        None, description="when what it tells was; absent when the passage does not say"
    )
    voice: Voice = Field(description="who says it, through whom")
    status: Status = Field(description="how firmly, from the words")
    positions: list[Position] = Field(default_factory=list, description="stances it bears out")
    facts: list[Fact] = Field(default_factory=list, description="facts it bears out")
    also_in: dict[SourceId, Text] = Field(
        default_factory=dict, description="other documents with the same words, and why"
    )
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


def source_of(extract_id: str) -> str:
    """The id of the document that an extract was taken from."""
    return extract_id.partition(".")[0]


class LeftOut(Record):
    """A sentence without an extract, and why."""

    plural = "left_out"
    starts: Annotated[str, Field(min_length=3)] = Field(
        description="its first words, enough to be unique"
    )
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
    conflict: Text | None = Field(
        None, description="how the documents' dates disagree; the hull is used"
    )
    merge: Slug | None = Field(
        None, description="same key on acts told in one sentence, counted as one when merged"
    )
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
    scored_by: list[ExtractId] = Field(
        default_factory=list, description="the later passages that score it"
    )
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
    note: Text | None = Field(
        None, description="what can be said about it from the documents alone"
    )


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


# ---- the outside record ----------------------------------------------------------
# Never mixed with what the documents say: nothing above points here, and the
# people and pages named here stand in no register of the corpus.


class OutsideRow(Record):
    """Something found outside the documents, or missing there."""

    id: Slug = Field(description="key, unique in the whole outside record")
    looked_up: Day = Field(description="the day on which pages were looked up")
    addresses: list[Address] = Field(
        default_factory=list, description="the pages; of each an excerpt was read"
    )
    read_at: list[Address] = Field(
        default_factory=list,
        description="where the text was read, when not at the publisher's own address",
    )
    rests_on: list[RowId] = Field(
        default_factory=list, description="other rows that it is worked out from"
    )
    note: Text | None = Field(None, description="doubt, disagreement, quality of the page")


class OutsideClaim(OutsideRow):
    """A row that says something, and how sure that is."""

    sure: Sure = Field(description="sourced, inference or disputed")


class OutsideRule(OutsideClaim):
    """What is known of the rule by which the post of secretary general goes round."""

    plural = "outside_rules"
    label: Text = Field(description="what is known")
    date: Edtf | None = Field(None, description="when it was decided or was to begin")
    years: int | None = Field(None, description="length of a term in years")
    order: list[ActorId] = Field(
        default_factory=list, description="the members in the order of the rule"
    )


class OutsideHolder(OutsideClaim):
    """Somebody's time in the post of secretary general."""

    plural = "outside_holders"
    label: Text = Field(description="name of the holder")
    actor: ActorId | None = Field(
        None,
        description="the holder in the register of the corpus; absent when no document names him",
    )
    state: ActorId = Field(description="the member state whose candidate or citizen he is")
    is_acting: bool = Field(False, description="true for an acting head")
    decided: Edtf | None = Field(None, description="when the members' leaders chose him")
    since: Edtf = Field(description="first day in office")
    until: Edtf = Field(description="last day in office; open where he is still seen in it")
    until_inferred: Text | None = Field(None, description="why that day, when no page says it")


class OutsideSummit(OutsideClaim):
    """A session or meeting of the council's heads of state."""

    plural = "outside_summits"
    label: Text = Field(description="what it was")
    date: Edtf = Field(description="the day")
    place: Text | None = Field(None, description="the city; absent for a video link")
    is_video: bool = Field(False, description="true for a video link")
    is_extraordinary: bool = Field(False, description="true for an extraordinary session")
    is_informal: bool = Field(False, description="true for an informal meeting")
    state: MeetingState = Field(description="held, cancelled or announced")
    armenia: Attendance = Field(description="whether Armenia took part")


class OutsideStep(OutsideClaim):
    """An act or statement told by public pages."""

    plural = "outside_steps"
    label: Text = Field(description="the step in a few words")
    series: Series = Field(description="what it belongs to")
    date: Edtf = Field(description="when it was")
    by: ActorId = Field(description="the state or organisation that acts, or whose official speaks")
    who: Text | None = Field(None, description="the person or institution that speaks")
    rung: Rung | None = Field(
        None, description="Armenian acts towards the organisation: step after Hirschman"
    )
    or_rung: Rung | None = Field(None, description="the rung when it is read otherwise")
    contested: Text | None = Field(None, description="why it may be read so")


class OutsideFigure(OutsideClaim):
    """A figure that somebody gives."""

    plural = "outside_figures"
    label: Text = Field(description="what the figure is")
    value: int | float = Field(description="the figure")
    unit: Text = Field(description="its unit")
    period: Edtf | None = Field(
        None, description="the day it was given, or the years it covers; absent when unknown"
    )
    said_by: Text = Field(description="whose figure it is")


class OutsideStatement(OutsideClaim):
    """A statement of a document, checked against public pages."""

    plural = "outside_statements"
    label: Text = Field(description="the statement in this report's words")
    extracts: list[ExtractId] = Field(min_length=1, description="the passages that make it")
    judgement: Judgement = Field(description="what pages make of it")
    found: Text = Field(description="what the pages say")


class OutsideFighting(OutsideClaim):
    """A year of a conflict in a data set."""

    plural = "outside_fighting"
    year: Annotated[str, Field(pattern=r"^\d{4}$")] = Field(description="the year")
    fighting: Fighting = Field(description="state of the conflict in it")
    dataset: Text = Field(description="the data set, its version and its conflict")


class OutsideScore(OutsideRow):
    """A second score of a forecast, by the outside record alone; always this report's inference."""

    plural = "outside_scores"
    id: ForecastId = Field(description="the forecast")
    verdict: OutsideVerdict = Field(description="what the outside record says of it")
    because: Text = Field(description="why this verdict")


class OutsideGap(OutsideRow):
    """What the outside record does not have, or has and does not use."""

    plural = "outside_gaps"
    label: Text = Field(description="what is missing")
    gap: Gap = Field(description="how it is missing")
    because: Text = Field(description="why, or how far the search went")
    extracts: list[ExtractId] = Field(
        default_factory=list, description="passages that it would bear on"
    )


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
    "second_reading.yml": {
        "second_voices": SecondVoice,
        "second_positions": SecondPosition,
        "second_events": SecondEvent,
    },
    "outside/rules.yml": {"outside_rules": OutsideRule},
    "outside/holders.yml": {"outside_holders": OutsideHolder},
    "outside/summits.yml": {"outside_summits": OutsideSummit},
    "outside/steps.yml": {"outside_steps": OutsideStep},
    "outside/figures.yml": {"outside_figures": OutsideFigure},
    "outside/statements.yml": {"outside_statements": OutsideStatement},
    "outside/scores.yml": {"outside_scores": OutsideScore},
    "outside/fighting.yml": {"outside_fighting": OutsideFighting},
    "outside/gaps.yml": {"outside_gaps": OutsideGap},
}
