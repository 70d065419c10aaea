"""Tables of the report: its claims, the words it explains, its people."""

from __future__ import annotations

from csto.corpus.reading import Corpus
from csto.corpus.report import CastMember, Claim, Word
from csto.tables.columns import cells, computed, of
from csto.tables.frames import Rows
from csto.tables.records import table


@table(
    "claim_id",
    "part_number",
    columns={
        **of(Claim, "id"),
        **computed(
            part_number="number of the part, from 1",
            extract_ids="passages, of which any one tells the part",
        ),
        **of(Claim),
    },
)
def claims(corpus: Corpus) -> Rows:
    """Claims of headings and of the brief: one row a part, all of which are needed."""
    return [
        {**cells(claim), "part_number": number, "extract_ids": tuple(part)}
        for claim in corpus.claims
        for number, part in enumerate(claim.told_by, start=1)
    ]


@table("term", columns=of(Word))
def words(corpus: Corpus) -> Rows:
    """The words that the report explains, in the order in which a reader needs them."""
    return [cells(word) for word in corpus.words]


@table("actor_id", columns={**of(CastMember), **computed(name="the name")})
def cast(corpus: Corpus) -> Rows:
    """Those whom a reader has to know."""
    return [{**cells(one), "name": corpus.actor[one.actor].name} for one in corpus.cast]
