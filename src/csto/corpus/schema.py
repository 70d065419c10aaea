"""The records of the corpus: one model a kind, one description a field.

`data/FORMAT.md` prints its field tables from here. Models are strict: unknown keys, terms and
ids are errors. What needs two records at once stands in `csto.corpus.rules`; how records are
found in files, in `csto.corpus.reading`. Nothing here points at the outside record.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from csto.corpus.values import (
    UNDATED,
    ActorId,
    ActorKind,
    Address,
    Attribute,
    Attribution,
    Basis,
    Coded,
    Codes,
    DisagreementKind,
    Distancing,
    Edtf,
    EventId,
    ExtractId,
    Fault,
    Genre,
    Group,
    Intensity,
    Kind,
    LeftOutReason,
    Mode,
    Otherwise,
    Part,
    QuestionId,
    Record,
    RuleId,
    Rung,
    Sign,
    Slug,
    SourceId,
    Status,
    TermId,
    Text,
    Theme,
    Verdict,
    WithFullId,
    WithId,
    known,
    require,
)

# ---- the codebook ----------------------------------------------------------------


class Setting(Part):
    """What an act is like: all that stands here holds of it."""

    towards: ActorId | None = Field(None, description="some recipient stands for this actor")
    codes: Codes = Field(
        default_factory=dict, description="variables, of which each is coded with one of its terms"
    )
    is_contested: bool | None = Field(None, description="whether the act is contested")


class Defined(Part):
    """A term with its definition, and what shows where it begins and ends."""

    id: TermId = Field(description="the term")
    definition: Text = Field(description="one sentence; what it means, or what counts as it")
    said: Text | None = Field(
        None, description="the term in a reader’s words; absent where its name says it"
    )
    example: ExtractId | None = Field(None, description="an extract coded with it")
    counter_example: Text | None = Field(
        None, description="what is easily confused with it, and why it is not it"
    )


class Term(Defined):
    """A term of a controlled vocabulary."""

    only_with: list[Setting] = Field(
        default_factory=list, description="acts have it only in one of these settings"
    )
    never_with: list[Setting] = Field(
        default_factory=list, description="acts have it in none of these settings"
    )


class Boundary(Part):
    """A rule that says when something is a unit, or whose."""

    id: TermId = Field(description="the rule, as notes and lists of changes name it")
    definition: Text = Field(description="what it says")
    counter_example: Text = Field(description="what falls outside, and why")


class RuleSet(WithId):
    """Rules on one matter of coding: they are read and not coded."""

    id: TermId = Field(description="the matter")
    definition: Text = Field(description="what the rules decide")
    rules: list[Boundary] = Field(min_length=1, description="the rules, in the order of reading")


class Variable(WithId):
    """A controlled variable and its terms, in the order in which tables and charts show them."""

    id: TermId = Field(description="name of the variable, as columns carry it")
    definition: Text = Field(description="what is coded")
    coded_for: ActorId | None = Field(
        None,
        description="acts are coded with it where an actor stands for this one, and only there",
    )
    terms: list[Term] = Field(min_length=1, description="its terms, ordered")


class EventKind(Defined, WithId):
    """A kind of act, with what its form allows."""

    allows: Codes = Field(
        description="the terms that such an act can have, by variable; of others it can have all"
    )
    needs_recipient: bool = Field(
        False, description="true where such an act is always for or against somebody"
    )
    choice: Text | None = Field(
        None, description="where two signs or intensities are allowed, which is which"
    )
    plover: Text | None = Field(None, description="PLOVER event type; absent where none fits")
    plover_note: Text | None = Field(None, description="why this type, or why none")

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if self.plover is None and self.plover_note is None:
            raise PydanticCustomError("plover", "no PLOVER type and no reason, give one of the two")
        return self

    @property
    def leaves_a_choice(self) -> bool:
        """Whether two signs or intensities are allowed."""
        return any(len(self.allows.get(variable, ())) > 1 for variable in ("sign", "intensity"))


class Question(WithId):
    """A question to which documents and actors take positions."""

    named = "question"
    id: TermId = Field(description="number of the question")
    name: TermId = Field(description="short name, as columns carry it")
    text: Text = Field(description="the question in full")
    definition: Text = Field(description="what it asks, and what counts as an answer")
    answered_by: Text = Field(description="'term' (a closed stance) or 'year' (an EDTF year)")
    stances: list[Term] = Field(description="the closed stances; empty when answered by a year")

    @model_validator(mode="after")
    def _closed(self) -> Self:
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
    address: Address | None = Field(None, description="where it was published")
    note: Text | None = Field(None, description="what the address is")


class Source(WithId):
    """One of the documents."""

    named = "source"
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
    beside: Text | None = Field(
        None,
        description="why it stands beside the argument: pages and downloads have it, and chapters "
        "are computed without it",
    )


class Actor(WithId):
    """A state, person, organisation, outlet or group."""

    named = "actor"
    id: Slug = Field(description="key, by which others name it")
    name: Text = Field(description="name in the form the book uses")
    kind: ActorKind = Field(description="sort of actor")
    spellings: list[Text] = Field(default_factory=list, description="other forms the documents use")
    also: list[Text] = Field(
        default_factory=list,
        description="spellings that no document has, of any script, by which a reader may search",
    )
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


def source_of(extract: str) -> str:
    """The document of an extract, from its full id."""
    return extract.split(".")[0]


# ---- what was observed -----------------------------------------------------------


class Manner(Part):
    """How a passage speaks, as a reader codes it."""

    attribution: Attribution = Field(description="kind of speaker")
    mode: Mode = Field(description="how the words reach the reader")


class Voice(Manner):
    """Who says it, through whom."""

    speaker: ActorId | None = Field(
        None, description="the actor who says it; absent when the document speaks"
    )
    outlet: ActorId | None = Field(
        None, description="the outlet it is relayed through, when the document names one"
    )


class Answer(Coded):
    """Marks a stance: its vocabulary is the question that stands before it in the same part."""

    def _held(self, value: Any, info: ValidationInfo) -> Any:
        question = info.data.get("question")
        stances = known(info).terms.get(question) if question else None
        if stances:
            require(value, stances, f"stance of {question}")
        elif question and not re.fullmatch(r"\d{4}", value):
            raise PydanticCustomError(
                "stance", "'{s}' is no year, write four digits in quotes", {"s": value}
            )
        return value

    def vocabulary(self, part: Part) -> str:
        """The question that the part answers."""
        assert isinstance(part, Stance)
        return part.question


class Stance(Part):
    """A holder's answer to one of the questions, as a reader codes it."""

    holder: ActorId = Field(description="who holds it, as the passage names the holder")
    question: QuestionId = Field(description="the question")
    stance: Annotated[Text, Answer("stance")] = Field(
        description="a stance of that question; a year where a year answers it"
    )


class Position(Stance):
    """A holder's answer to one of the questions."""

    note: Text | None = Field(None, description="doubt about the coding")


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


class Extract(WithFullId):
    """A verbatim passage of one document, at most a sentence, and what it bears."""

    named = "extract"
    id: Slug = Field(description="key inside the document; the full id is `<source>.<id>`")
    quote: Annotated[str, Field(min_length=3)] = Field(
        description="the passage, character for character"
    )
    prefix: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="the words just before, where the passage stands twice"
    )
    themes: list[Theme] = Field(min_length=1, description="what it bears on")
    when: Annotated[When | None, Otherwise("date_basis", UNDATED)] = Field(
        None, description="when what it tells was; absent when the passage does not say"
    )
    voice: Voice = Field(description="who says it, through whom")
    status: Status = Field(description="how firmly, from the words")
    passes_on: Text | None = Field(
        None,
        description="whose words the speaker passes on, where the status is not that of the mode",
    )
    positions: list[Position] = Field(default_factory=list, description="stances it bears out")
    facts: list[Fact] = Field(default_factory=list, description="facts it bears out")
    also_in: dict[SourceId, Text] = Field(
        default_factory=dict, description="other documents with the same words, and why"
    )
    cut: Text | None = Field(None, description="why it stops before a limiting word")
    uncoded: Text | None = Field(None, description="why it is kept though nothing is coded from it")
    note: Text | None = Field(None, description="doubt, reading, reason")

    @property
    def source(self) -> str:
        """Id of the document."""
        return self.stem

    @property
    def passages(self) -> list[str]:
        """Itself."""
        return [self.key]


class Change(Record):
    """A record that was mended, and the rule that asked for it."""

    record: Text = Field(description="id of the record")
    field: Text = Field(description="what was mended; `record` where it was added or dropped")
    before: Text | None = Field(None, description="what stood there; absent where nothing did")
    after: Text | None = Field(None, description="what stands there; absent where nothing does")
    rule: RuleId = Field(description="the rule or term of the codebook")
    because: Text = Field(description="how the rule bears on it")

    @property
    def key(self) -> str:
        """The record and what was mended."""
        return f"{self.record} {self.field} {self.rule}"


class Made(WithId):
    """An item of a checklist on how the coding was made, and its answer."""

    item: Text = Field(description="what is asked")
    answer: Text = Field(description="the answer; 'Not recorded.' is one")


class LeftOut(Record):
    """A sentence without an extract, and why."""

    starts: Annotated[str, Field(min_length=3)] = Field(
        description="its first words, enough to be unique"
    )
    reason: LeftOutReason = Field(description="why nothing is taken from it")
    note: Text | None = Field(None, description="more, where the reason is not plain")

    @property
    def source(self) -> str:
        """Id of the document."""
        return self.stem

    @property
    def key(self) -> str:
        """What messages call it."""
        return f"{self.stem}.left_out"


class Unbroken(Record):
    """Words with a stop at which no sentence ends, and why; splitting knows titles alone."""

    words: Annotated[str, Field(min_length=3)] = Field(
        description="the words, from before the stop to behind it"
    )
    because: Text = Field(description="why none ends there")

    @property
    def key(self) -> str:
        """What messages call it."""
        return f"{self.stem}.unbroken"


# ---- what was assembled ----------------------------------------------------------


class Told(Record):
    """A passage of a draft that tells an act which is told already."""

    event: EventId = Field(description="the act")
    extract: ExtractId = Field(description="the passage of the draft")

    @property
    def key(self) -> str:
        """The act and the passage."""
        return f"{self.event} {self.extract}"


class DatedBy(Part):
    """Which passages date an event, when not all that mention it do."""

    extracts: list[ExtractId] = Field(min_length=1, description="the passages relied on")
    because: Text = Field(description="why these and not the others")


class Act(Part):
    """What kind of act it is, as a reader codes it."""

    kind: Kind = Field(description="kind of act")
    sign: Sign = Field(description="whether it is adverse or cooperative towards the recipients")
    intensity: Intensity = Field(description="how strong it is, by its form")
    rung: Rung | None = Field(
        None,
        description="step on the ladder of the codebook; for acts of the actor that it names",
    )
    distancing: Distancing | None = Field(
        None,
        description="whether it moves the actor away; for acts of the same actor",
    )


class Event(Act, WithId):
    """An act, told once whatever the number of documents that tell it."""

    named = "event"
    label: Text = Field(description="the act in a few words, for tables and charts")
    themes: list[Theme] = Field(min_length=1, description="what it bears on")
    actors: list[ActorId] = Field(min_length=1, description="who acts")
    recipients: list[ActorId] = Field(
        description="whom it is addressed to, or for or against whom it is done; empty when nobody"
    )
    no_recipient: Text | None = Field(
        None, description="why an act with a sign is for or against nobody"
    )
    follows: list[EventId] = Field(
        default_factory=list, description="acts that the documents tell as earlier than it"
    )
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

    @property
    def passages(self) -> list[str]:
        """Those that tell it."""
        return self.mentions


class Forecast(WithId):
    """Who expected what, by when, and what the later documents say of it."""

    named = "forecast"
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

    @property
    def passages(self) -> list[str]:
        """Those that make it."""
        return self.extracts


class Correction(WithId):
    """A known error or oddity of a document; shown, never repaired."""

    source: SourceId = Field(description="the document")
    fault: Fault = Field(description="sort of error")
    printed: Text = Field(description="the document's words, character for character")
    extracts: list[ExtractId] = Field(default_factory=list, description="extracts that it touches")
    should_be: Text | None = Field(None, description="what is meant")
    because: Text = Field(description="how we know")

    @property
    def passages(self) -> list[str]:
        """Those that it touches."""
        return self.extracts


class Side(Part):
    """One side of a disagreement."""

    says: Text = Field(description="what it says, in a few words")
    extracts: list[ExtractId] = Field(min_length=1, description="the passages that say it")


class Disagreement(WithId):
    """A matter on which passages do not agree; all sides are shown and none is chosen."""

    matter: Text = Field(description="what they differ on, in a few words")
    kind: DisagreementKind = Field(description="sort of disagreement")
    sides: list[Side] = Field(min_length=2, description="what is said, side by side")
    note: Text | None = Field(
        None, description="what can be said about it from the documents alone"
    )

    @property
    def passages(self) -> list[str]:
        """Those of all its sides."""
        return [key for side in self.sides for key in side.extracts]


# ---- the second reading --------------------------------------------------------------


class SecondVoice(Manner, Record):
    """How a second reader coded the voice of a passage."""

    extract: ExtractId = Field(description="the passage")
    status: Status = Field(description="how firmly, from the words")

    @property
    def key(self) -> str:
        """The passage."""
        return self.extract


class SecondPosition(Stance, Record):
    """How a second reader coded the stance of a holder on a question in a passage."""

    extract: ExtractId = Field(description="the passage")

    @property
    def key(self) -> str:
        """Passage, holder and question."""
        return f"{self.extract} {self.holder} {self.question}"


class SecondEvent(Act, Record):
    """How a second reader coded an act."""

    event: Slug = Field(description="the act, or one that a change dropped")

    @property
    def key(self) -> str:
        """The act."""
        return self.event


#: Coded fields, or whole models, that the second reader did not code again, and why.
READ_ONCE: dict[tuple[type[Part], str], str] = {
    (Source, "*"): "is of the register, which both readers were given",
    (Actor, "*"): "is of the register, which both readers were given",
    (LeftOut, "*"): "where passages are cut was not read again",
    (Extract, "themes"): "says where a passage is used and not what it says",
    (When, "*"): "dates were not read again",
    (Fact, "*"): "facts were not read again",
    (Event, "themes"): "says where an act is used and not what it is",
    (Forecast, "*"): "forecasts were not read again",
    (Correction, "*"): "corrections hold outside any reading",
    (Disagreement, "*"): "disagreements are put together from what was read",
}
