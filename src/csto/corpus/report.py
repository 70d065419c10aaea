"""The records of the report: what it claims, the words it explains, the people it names.

They rest on the corpus and code nothing of it; a corpus without a report lacks their files.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from csto.corpus.values import ActorId, Day, ExtractId, Record, Text, WithId


class Claim(WithId):
    """A claim of a heading or of the brief: what tells it, and what tells against it."""

    named = "claim"
    id: str = Field(pattern=r"^[a-z]+\.[a-z0-9-]+$", description="chapter and key")
    says: Text = Field(description="the claim in a sentence, without its stop")
    told_by: list[Annotated[list[ExtractId], Field(min_length=1)]] = Field(
        min_length=1, description="its parts; any one passage of a part tells that part"
    )
    against: list[ExtractId] = Field(
        default_factory=list, description="passages that have it otherwise"
    )
    otherwise: Text | None = Field(
        None,
        description="what speaks against it, in words: the passages against, or another reading",
    )
    holds: Text | None = Field(
        None, description="what it comes to in numbers of the report, such as `a.number = 0`"
    )
    read_through: bool = Field(
        False, description="true where it is about all documents, so that reading them settles it"
    )
    note: Text | None = Field(None, description="what the line on how sure it is leaves out")


class Word(Record):
    """A word that the report explains where it first stands, and in its list."""

    term: Text = Field(description="the word")
    also: list[Text] = Field(default_factory=list, description="other forms that stand for it")
    meaning: Text = Field(description="one sentence; what it means here")
    extracts: list[ExtractId] = Field(
        default_factory=list, description="the passages that the meaning rests on"
    )

    @property
    def key(self) -> str:
        """The word."""
        return self.term


class CastMember(Record):
    """Somebody whom a reader has to know."""

    actor: ActorId = Field(description="who it is")
    side: Text = Field(description="for whom he or she stands")
    office: Text = Field(description="the office, as the documents give it at their time")
    matters: Text = Field(description="why he or she matters")
    extracts: list[ExtractId] = Field(min_length=1, description="the passages that say so")

    @property
    def key(self) -> str:
        """The actor."""
        return self.actor


class Check(Record):
    """What a reader found who held a sentence of the report against its passages."""

    claim: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")] = Field(
        description="key of the sentence as it was printed; of another wording it is another"
    )
    says: Text = Field(description="the sentence")
    verdict: Annotated[str, Field(pattern=r"^(bears|partly|not|unsure)$")] = Field(
        description="whether the passages bear it out: bears, partly, not, or unsure"
    )
    reader: Text = Field(description="name or initials, as given")
    checked_on: Day = Field(description="the day")
    edition: Text = Field(description="version of the report, as its pages and its PDF print it")
    seconds: int | None = Field(
        None, description="how long it took, while the page was in sight", ge=0
    )
    note: Text | None = Field(None, description="why, as the reader says")

    @property
    def key(self) -> str:
        """The sentence and the reader."""
        return f"{self.claim} {self.reader}"
