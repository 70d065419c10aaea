"""What must hold of the outside record, and between it and the corpus.

One rule, one short generator, as in `csto.corpus.checks`, which runs them. Nothing
here changes what holds of the corpus: without the outside record every rule
is silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from csto.corpus.reading import Corpus
from csto.corpus.dates import interval
from csto.corpus.problems import Problem
from csto.corpus.schema import OutsideClaim, OutsideRow

MARK = (
    "O"  # short keys of outside rows begin with it, as those of extracts do with their document's
)


def ids_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """Rows are named across sections, so that an id may stand in one section only."""
    seen: dict[str, str] = {}
    for row in _rows(corpus):
        if (other := seen.setdefault(row.key, row.plural)) != row.plural:
            yield row.problem("id", f"'{row.key}' is an id of {other} too, rename one")


def claims_have_addresses(corpus: Corpus) -> Iterator[Problem]:
    """Nothing is said that no page says: a claim has an address, or leads to one."""
    for row in _rows(corpus):
        if not isinstance(row, OutsideClaim):
            continue
        if row.sure == "inference" and not row.rests_on:
            yield row.problem(
                "rests_on", "an inference names the rows it is worked out from, add them"
            )
        elif row.sure != "inference" and not row.addresses:
            yield row.problem("addresses", f"what is {row.sure} needs a page, add its address")
        elif not addresses(corpus, row):
            yield row.problem("rests_on", "leads to no page, rest it on rows with addresses")


def disputes_are_explained(corpus: Corpus) -> Iterator[Problem]:
    for row in _rows(corpus):
        if isinstance(row, OutsideClaim) and row.sure == "disputed" and not row.note:
            yield row.problem("note", "is missing on a disputed row, say how the pages differ")
    for statement in corpus.outside_statements:
        if (statement.judgement == "disputed") != (statement.sure == "disputed"):
            yield statement.problem(
                "sure", "is disputed where the judgement is, and only there, correct one"
            )


def nothing_is_told_before_it_was(corpus: Corpus) -> Iterator[Problem]:
    dated = [
        ("date", row)
        for row in (*corpus.outside_steps, *corpus.outside_summits)
        if getattr(row, "state", "held") == "held"
    ]
    for field, row in [*dated, *(("since", holder) for holder in corpus.outside_holders)]:
        first = interval(getattr(row, field)).earliest
        if first and first > interval(row.looked_up).earliest:
            yield row.problem(
                field, f"lies after {row.looked_up}, when it was looked up, correct it"
            )


def holders_follow_each_other(corpus: Corpus) -> Iterator[Problem]:
    for holder in corpus.outside_holders:
        since, until = interval(holder.since), interval(holder.until)
        if until.earliest and since.latest and until.earliest < since.latest:
            yield holder.problem("until", "lies before the first day, correct one")
    for before, after in pairwise(corpus.outside_holders):
        left, came = interval(before.until).latest, interval(after.since).earliest
        if left is None or (came and came < left):
            yield after.problem("since", f"lies before {before.id} left, correct one")


def rungs_are_armenia_s(corpus: Corpus) -> Iterator[Problem]:
    for step in corpus.outside_steps:
        if step.rung and step.by != "armenia":
            yield step.problem("rung", "is for Armenian acts only, remove it")
        if (step.or_rung is None) != (step.contested is None) or step.or_rung and not step.rung:
            yield step.problem(
                "or_rung", "goes with a rung and a reason in `contested`, add or remove them"
            )


def forecasts_are_scored_twice(corpus: Corpus) -> Iterator[Problem]:
    scored = {score.id for score in corpus.outside_scores}
    for forecast in corpus.forecasts if scored else ():
        if forecast.id not in scored:
            yield forecast.problem("id", "has no score in data/outside/scores.yml, add one")
    for score in corpus.outside_scores:
        told = bool(score.rests_on or score.addresses)
        if told == (score.verdict == "not_found"):
            yield score.problem("rests_on", "goes with every verdict but not_found, correct one")


def gaps_say_what_was_found(corpus: Corpus) -> Iterator[Problem]:
    for gap in corpus.outside_gaps:
        if gap.gap == "not_looked_for" and (gap.addresses or gap.rests_on):
            yield gap.problem("gap", "pages stand beside it, so it was looked for, correct one")


def one_rule_gives_the_turns(corpus: Corpus) -> Iterator[Problem]:
    """Turns are counted from one order, one length and one first day."""
    for field in ("order", "years"):
        given = [rule for rule in corpus.outside_rules if getattr(rule, field)]
        for rule in given[1:]:
            yield rule.problem(field, f"is given by {given[0].id} already, keep one")
        if corpus.outside_rules and not given:
            yield corpus.outside_rules[0].problem(field, "is given by no rule, add it to one")


def no_document_has_the_mark(corpus: Corpus) -> Iterator[Problem]:
    for source in corpus.sources if corpus.outside else ():
        if source.mark == MARK:
            yield source.problem("mark", f"'{MARK}' marks the outside record, choose another")


RULES = [
    ids_are_unique,
    claims_have_addresses,
    disputes_are_explained,
    nothing_is_told_before_it_was,
    holders_follow_each_other,
    rungs_are_armenia_s,
    forecasts_are_scored_twice,
    gaps_say_what_was_found,
    one_rule_gives_the_turns,
    no_document_has_the_mark,
]


def addresses(corpus: Corpus, row: OutsideRow) -> list[str]:
    """A row's own addresses, then those of the rows it rests on, each once."""
    found, open_, seen = list(row.addresses), list(row.rests_on), {row.key}
    while open_:
        key = open_.pop(0)
        if key not in seen and key in corpus.outside:
            seen.add(key)
            found += corpus.outside[key].addresses
            open_ += corpus.outside[key].rests_on
    return list(dict.fromkeys(found))


def short_keys(corpus: Corpus) -> dict[str, str]:
    """A short key for each row, in the order of the files."""
    return {key: f"{MARK}{number}" for number, key in enumerate(corpus.outside, start=1)}


def _rows(corpus: Corpus) -> Iterator[OutsideRow]:
    yield from (row for row in corpus.records() if isinstance(row, OutsideRow))
