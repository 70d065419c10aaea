"""The outside record, and what stands between it and the corpus.

Nothing here changes what holds of the corpus: without the outside record every rule is silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from csto.corpus.dates import interval
from csto.corpus.outside import MARK, OutsideClaim, OutsideStep
from csto.corpus.problems import Problem
from csto.corpus.reading import Corpus
from csto.corpus.rules.acts import coded_for
from csto.corpus.rules.registry import rule
from csto.corpus.schema import source_of
from csto.corpus.values import (
    DISPUTED,
    HELD,
    INFERENCE,
    JUDGED_DISPUTED,
    NOT_FOUND,
    NOT_LOOKED_FOR,
)


@rule
def rows_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """Rows are named across sections, so that an id may stand in one section only."""
    seen: dict[str, str] = {}
    for row in corpus.rows():
        if (other := seen.setdefault(row.key, row.plural)) != row.plural:
            yield row.problem("id", f"'{row.key}' is an id of {other} too, rename one")


@rule
def claims_have_addresses(corpus: Corpus) -> Iterator[Problem]:
    """Nothing is said that no page says: a claim has an address, or leads to one."""
    for row in corpus.rows():
        if not isinstance(row, OutsideClaim):
            continue
        if row.sure == INFERENCE and not row.rests_on:
            yield row.problem(
                "rests_on", "an inference names the rows it is worked out from, add them"
            )
        elif row.sure != INFERENCE and not row.addresses:
            yield row.problem("addresses", f"what is {row.sure} needs a page, add its address")
        elif not corpus.addresses(row):
            yield row.problem("rests_on", "leads to no page, rest it on rows with addresses")


@rule
def disputes_are_explained(corpus: Corpus) -> Iterator[Problem]:
    """A disputed row says how the pages differ."""
    for row in corpus.rows():
        if isinstance(row, OutsideClaim) and row.sure == DISPUTED and not row.note:
            yield row.problem("note", "is missing on a disputed row, say how the pages differ")
    for statement in corpus.outside_statements:
        if (statement.judgement == JUDGED_DISPUTED) != (statement.sure == DISPUTED):
            yield statement.problem(
                "sure", "is disputed where the judgement is, and only there, correct one"
            )


@rule
def nothing_is_told_before_it_was(corpus: Corpus) -> Iterator[Problem]:
    """What has happened lies before the day on which it was looked up."""
    dated = [
        *((step, "date", step.date) for step in corpus.outside_steps),
        *((one, "date", one.date) for one in corpus.outside_summits if one.state == HELD),
        *((holder, "since", holder.since) for holder in corpus.outside_holders),
    ]
    for row, field, date in dated:
        if (first := interval(date).earliest) and first.isoformat() > row.looked_up:
            yield row.problem(
                field, f"lies after {row.looked_up}, when it was looked up, correct it"
            )


@rule
def holders_follow_each_other(corpus: Corpus) -> Iterator[Problem]:
    """One holder leaves before the next comes."""
    for holder in corpus.outside_holders:
        since, until = interval(holder.since), interval(holder.until)
        if until.earliest and since.latest and until.earliest < since.latest:
            yield holder.problem("until", "lies before the first day, correct one")
    for before, after in pairwise(corpus.outside_holders):
        left, came = interval(before.until).latest, interval(after.since).earliest
        if left is None or (came and came < left):
            yield after.problem("since", f"lies before {before.id} left, correct one")


@rule
def steps_are_coded_for_their_actor(corpus: Corpus) -> Iterator[Problem]:
    """What is coded for one actor is coded on no other's steps."""
    for field, actor in coded_for(corpus, OutsideStep):
        for step in corpus.outside_steps:
            if getattr(step, field) is not None and corpus.stands_for(step.by) != actor:
                yield step.problem(field, f"is for acts of {actor} only, remove it")


@rule
def other_readings_have_reasons(corpus: Corpus) -> Iterator[Problem]:
    """Another reading of a step stands beside the first, with its reason."""
    for step in corpus.outside_steps:
        explained = (step.or_rung is None) == (step.contested is None)
        if not explained or (step.or_rung and not step.rung):
            yield step.problem(
                "or_rung", "goes with a rung and a reason in `contested`, add or remove them"
            )


@rule
def forecasts_are_scored_twice(corpus: Corpus) -> Iterator[Problem]:
    """Where one forecast of the argument has a second score, all have."""
    scored = {score.id for score in corpus.outside_scores}
    beside = {source.id for source in corpus.sources if source.beside}
    for forecast in corpus.forecasts if scored else ():
        if forecast.id not in scored and not beside.issuperset(map(source_of, forecast.extracts)):
            yield forecast.problem("id", "has no score in data/outside/scores.yml, add one")
    for score in corpus.outside_scores:
        told = bool(score.rests_on or score.addresses)
        if told == (score.verdict == NOT_FOUND):
            yield score.problem("rests_on", "goes with every verdict but not_found, correct one")


@rule
def gaps_say_what_was_found(corpus: Corpus) -> Iterator[Problem]:
    """What was not looked for has no page."""
    for gap in corpus.outside_gaps:
        if gap.gap == NOT_LOOKED_FOR and (gap.addresses or gap.rests_on):
            yield gap.problem("gap", "pages stand beside it, so it was looked for, correct one")


@rule
def one_rule_gives_the_turns(corpus: Corpus) -> Iterator[Problem]:
    """Turns are counted from one order, one length and one first day."""
    for field in ("order", "years"):
        given = [one for one in corpus.outside_rules if getattr(one, field)]
        for one in given[1:]:
            yield one.problem(field, f"is given by {given[0].id} already, keep one")
        if corpus.outside_rules and not given:
            yield corpus.outside_rules[0].problem(field, "is given by no rule, add it to one")


@rule
def no_document_has_the_mark(corpus: Corpus) -> Iterator[Problem]:
    """Short keys of the outside record are told apart from those of documents."""
    for source in corpus.sources if corpus.outside else ():
        if source.mark == MARK:
            yield source.problem("mark", f"'{MARK}' marks the outside record, choose another")
