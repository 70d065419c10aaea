"""What a field can hold, and what a record is.

A field's annotation says what it holds: plain text, the id of a record (`Names`) or a term of
the codebook (`Coded`). Checks, tables and comparisons read the annotations, so that a field is
declared once. To a type checker each of them is the text or number that it is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from csto.corpus import dates
from csto.corpus.problems import Path, Place, Problem

# ---- what is known ---------------------------------------------------------------


class Known(NamedTuple):
    """Every id and every term that exists; records are validated in its context."""

    ids: Mapping[str, frozenset[str]]  # by what they name, as `Record.named` says it
    terms: Mapping[str, frozenset[str]]  # by vocabulary: a variable, a question, `event_kind`


class Names:
    """Marks the id of a record and holds it to those that exist."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_after_validator_function(self._held, handler(source))

    def _held(self, value: Any, info: ValidationInfo) -> Any:
        require(str(value), self.known(info), self.kind)
        return value

    def known(self, info: ValidationInfo) -> frozenset[str]:
        """The ids that exist."""
        return known(info).ids[self.kind]


class Coded(Names):
    """Marks a term of the codebook; `kind` is its vocabulary."""

    def known(self, info: ValidationInfo) -> frozenset[str]:
        """The terms of the vocabulary. Raises KeyError when the codebook lacks it."""
        return known(info).terms[self.kind]

    def vocabulary(self, part: Part) -> str:
        """The vocabulary of the field in `part`."""
        return self.kind


class Otherwise(NamedTuple):
    """Marks a part that may be absent: it is coded all the same, with this term."""

    vocabulary: str
    term: str


class Called(NamedTuple):
    """Marks plain text of a form, with what the form is called."""

    words: str


def known(info: ValidationInfo) -> Known:
    """What exists, as the context of a validation carries it."""
    context: Known = (info.context or {})["known"]
    return context


def require(value: str, among: Collection[str], kind: str) -> None:
    """Raise a fault that names the nearest thing when `value` is not `among` what is known."""
    if value in among:
        return
    near = difflib.get_close_matches(value, among, n=1)
    new = kind == "actor"  # whoever adds a document meets some
    otherwise = "if it is new, add it under `actors`" if new else "declare it or correct it"
    hint = f"did you mean '{near[0]}'?" if near else otherwise
    if near and new:
        hint += f" {otherwise[0].upper()}{otherwise[1:]}"
    raise PydanticCustomError(
        "unknown", "'{v}' is no known {k}, {h}", {"v": value, "k": kind, "h": hint}
    )


# ---- plain values ----------------------------------------------------------------


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


def _codes(value: dict[str, list[str | int]], info: ValidationInfo) -> dict[str, list[str | int]]:
    for vocabulary, terms in value.items():
        require(vocabulary, known(info).terms, "variable")
        for term in terms:
            require(str(term), known(info).terms[vocabulary], vocabulary)
    return value


Edtf = Annotated[str, AfterValidator(_edtf), Called("EDTF date")]
Day = Annotated[str, AfterValidator(_day), Called("day")]
Address = Annotated[str, AfterValidator(_address), Called("web address")]
Slug = Annotated[str, AfterValidator(_slug), Called("slug")]
Text = Annotated[str, AfterValidator(_sentence)]
TermId = Annotated[str, Field(pattern=r"^-?[A-Za-z0-9_]+$")]
#: Terms by variable, as records carry them: numbers without quotes.
Codes = Annotated[
    dict[str, list[str | int]], AfterValidator(_codes), Called("variable → list of its terms")
]

# ---- ids -------------------------------------------------------------------------

SourceId = Annotated[str, Names("source")]
ActorId = Annotated[str, Names("actor")]
ExtractId = Annotated[str, Names("extract")]
EventId = Annotated[str, Names("event")]
ForecastId = Annotated[str, Names("forecast")]
QuestionId = Annotated[str, Names("question")]
ClaimId = Annotated[str, Names("claim")]  # of the report
RowId = Annotated[str, Names("outside row")]
ReadingId = Annotated[str, Names("reading")]
RuleId = Annotated[str, Names("rule")]  # of a rule or a term: `variable.term`

# ---- terms -----------------------------------------------------------------------

Genre = Annotated[str, Coded("genre")]
ActorKind = Annotated[str, Coded("actor_kind")]
Group = Annotated[str, Coded("group")]
LeftOutReason = Annotated[str, Coded("left_out_reason")]
Theme = Annotated[str, Coded("theme")]
Basis = Annotated[str, Coded("date_basis")]
Status = Annotated[str, Coded("status")]
Attribution = Annotated[str, Coded("attribution")]
Mode = Annotated[str, Coded("mode")]
Attribute = Annotated[str, Coded("attribute")]
Kind = Annotated[str, Coded("event_kind")]
Sign = Annotated[int, Coded("sign")]
Intensity = Annotated[int, Coded("intensity")]
Rung = Annotated[str, Coded("rung")]
Distancing = Annotated[str, Coded("distancing")]
Verdict = Annotated[str, Coded("verdict")]
Fault = Annotated[str, Coded("fault")]
DisagreementKind = Annotated[str, Coded("disagreement")]
Sure = Annotated[str, Coded("sure")]
Judgement = Annotated[str, Coded("judgement")]
OutsideVerdict = Annotated[str, Coded("outside_verdict")]
Gap = Annotated[str, Coded("gap")]
MeetingState = Annotated[str, Coded("meeting_state")]
Attendance = Annotated[str, Coded("attendance")]
Fighting = Annotated[str, Coded("fighting")]
Series = Annotated[str, Coded("series")]

#: Terms by vocabulary without which a rule or a table would do nothing, or the wrong thing.
NEEDED: dict[str, list[str]] = {}


def _needed(vocabulary: str, term: str) -> str:
    NEEDED.setdefault(vocabulary, []).append(term)
    return term


STATED = _needed("date_basis", "stated")
REPORT_DATE = _needed("date_basis", "report_date")
UNDATED = _needed("date_basis", "undated")
HEDGED = _needed("status", "hedged")
AUTHOR = _needed("attribution", "author")
UNATTRIBUTED = _needed("attribution", "unattributed")
AUTHORIAL = _needed("mode", "authorial")
UNRESOLVED = _needed("verdict", "unresolved")
SUPPORTED, CONTRADICTED = "supported", "contradicted"
INSIDE_ONE = _needed("disagreement", "inside_one")
STATE = _needed("actor_kind", "state")
ORGANISATION = _needed("actor_kind", "organisation")
CLASS = _needed("actor_kind", "group")
PERSON = _needed("actor_kind", "person")
INFERENCE = _needed("sure", "inference")
DISPUTED = _needed("sure", "disputed")
JUDGED_DISPUTED = _needed("judgement", "disputed")
JUDGED_CONTRADICTED = _needed("judgement", "contradicted")
JUDGED_INCOMPLETE = _needed("judgement", "incomplete")
HELD = _needed("meeting_state", "held")
NOT_FOUND = _needed("outside_verdict", "not_found")
NOT_LOOKED_FOR = _needed("gap", "not_looked_for")

# ---- records ---------------------------------------------------------------------


class Part(BaseModel):
    """A piece of a record."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="after")
    def _no_repetition(self) -> Self:
        for name, value in self.__dict__.items():
            if isinstance(value, list) and any(item in value[:i] for i, item in enumerate(value)):
                raise PydanticCustomError(
                    "repeated", "'{name}' holds something twice, keep one", {"name": name}
                )
        return self


class Record(Part):
    """Something with an id, that knows where it stands."""

    named: ClassVar[str] = ""  # what its id is called where other records name it
    _place: Place = PrivateAttr()
    _stem: str = PrivateAttr("")

    @classmethod
    def known_as(cls, row: dict[str, Any], stem: str) -> str:
        """The id of a row of a file with this stem, before it is validated."""
        return str(row.get("id"))

    @property
    def key(self) -> str:
        """The id by which other records name this one."""
        raise NotImplementedError

    def _private(self, name: str) -> Any:
        """What is asked for at every turn; by its name alone, pydantic finds it last."""
        return (self.__pydantic_private__ or {})[name]

    @property
    def stem(self) -> str:
        """The stem of its file; of a reading's files, their folder."""
        stem: str = self._private("_stem")
        return stem

    @property
    def plural(self) -> str:
        """What its like are called in the corpus."""
        place: Place = self._private("_place")
        return place.plural

    @property
    def passages(self) -> list[str]:
        """The extracts that it codes; where it codes none, its terms need no example."""
        return []

    def problem(self, field: Path | str, message: str) -> Problem:
        """A problem at `field` of this record."""
        return self._place.problem(self.key, field, message)


class WithId(Record):
    """A record whose id is a field of it."""

    id: Slug = Field(description="key, by which others name it")

    @property
    def key(self) -> str:
        """The id."""
        return self.id


class WithFullId(WithId):
    """A record whose id is its own in its file; the full id has the file's stem before it."""

    @classmethod
    def known_as(cls, row: dict[str, Any], stem: str) -> str:
        """The full id."""
        return f"{stem}.{row.get('id')}"

    @property
    def key(self) -> str:
        """The full id."""
        return f"{self.stem}.{self.id}"
