"""The records of the outside record: what public pages say that the documents do not.

Never mixed with what the documents say: nothing in `csto.corpus.schema` points here, and the
people and pages named here stand in no register of the corpus.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from csto.corpus.values import (
    INFERENCE,
    ActorId,
    Address,
    Attendance,
    ClaimId,
    Day,
    Edtf,
    ExtractId,
    Fighting,
    ForecastId,
    Gap,
    Judgement,
    MeetingState,
    OutsideVerdict,
    RowId,
    Rung,
    Series,
    Slug,
    Sure,
    Text,
    WithId,
)

#: Short keys of outside rows begin with it, as those of extracts do with their document's.
MARK = "O"


class OutsideRow(WithId):
    """Something found outside the documents, or missing there."""

    named = "outside row"
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
    """What is known of the rule by which a post goes round."""

    label: Text = Field(description="what is known")
    date: Edtf | None = Field(None, description="when it was decided or was to begin")
    years: int | None = Field(None, description="length of a term in years")
    order: list[ActorId] = Field(
        default_factory=list, description="the members in the order of the rule"
    )


class OutsideHolder(OutsideClaim):
    """Somebody's time in the post."""

    label: Text = Field(description="name of the holder")
    actor: ActorId | None = Field(
        None,
        description="the holder in the register of the corpus; absent when no document names him",
    )
    state: ActorId = Field(description="the member whose candidate or citizen he is")
    is_acting: bool = Field(False, description="true for an acting head")
    decided: Edtf | None = Field(None, description="when he was chosen")
    since: Edtf = Field(description="first day in office")
    until: Edtf = Field(description="last day in office; open where he is still seen in it")
    until_inferred: Text | None = Field(None, description="why that day, when no page says it")


class OutsideSummit(OutsideClaim):
    """A session or meeting of the members' leaders."""

    label: Text = Field(description="what it was")
    date: Edtf = Field(description="the day")
    place: Text | None = Field(None, description="the city; absent for a video link")
    is_video: bool = Field(False, description="true for a video link")
    is_extraordinary: bool = Field(False, description="true for an extraordinary session")
    is_informal: bool = Field(False, description="true for an informal meeting")
    state: MeetingState = Field(description="held, cancelled or announced")
    attendance: Attendance = Field(
        description="whether the actor that the codebook names took part"
    )


class OutsideStep(OutsideClaim):
    """An act or statement told by public pages."""

    label: Text = Field(description="the step in a few words")
    series: Series = Field(description="what it belongs to")
    date: Edtf = Field(description="when it was")
    by: ActorId = Field(description="the state or organisation that acts, or whose official speaks")
    who: Text | None = Field(None, description="the person or institution that speaks")
    rung: Rung | None = Field(
        None,
        description="step on the ladder of the codebook; for acts of the actor that it names",
    )
    or_rung: Rung | None = Field(None, description="the rung when it is read otherwise")
    contested: Text | None = Field(None, description="why it may be read so")


class OutsideFigure(OutsideClaim):
    """A figure that somebody gives."""

    label: Text = Field(description="what the figure is")
    value: int | float = Field(description="the figure")
    unit: Text = Field(description="its unit")
    period: Edtf | None = Field(
        None, description="the day it was given, or the years it covers; absent when unknown"
    )
    said_by: Text = Field(description="whose figure it is")


class OutsideStatement(OutsideClaim):
    """A statement of a document, checked against public pages."""

    label: Text = Field(description="the statement in this report's words")
    extracts: list[ExtractId] = Field(min_length=1, description="the passages that make it")
    judgement: Judgement = Field(description="what pages make of it")
    found: Text = Field(description="what the pages say")
    bears_out: list[ClaimId] = Field(
        default_factory=list, description="claims of this report that the pages bear out"
    )


class OutsideFighting(OutsideClaim):
    """A year of a conflict in a data set."""

    year: Annotated[str, Field(pattern=r"^\d{4}$")] = Field(description="the year")
    fighting: Fighting = Field(description="state of the conflict in it")
    dataset: Text = Field(description="the data set, its version and its conflict")


class OutsideScore(OutsideRow):
    """A second score of a forecast, by the outside record alone; always this report's inference."""

    id: ForecastId = Field(description="the forecast")
    verdict: OutsideVerdict = Field(description="what the outside record says of it")
    because: Text = Field(description="why this verdict")

    @property
    def sure(self) -> str:
        """Always an inference."""
        return INFERENCE


class OutsideGap(OutsideRow):
    """What the outside record does not have, or has and does not use."""

    label: Text = Field(description="what is missing")
    gap: Gap = Field(description="how it is missing")
    because: Text = Field(description="why, or how far the search went")
    extracts: list[ExtractId] = Field(
        default_factory=list, description="passages that it would bear on"
    )
