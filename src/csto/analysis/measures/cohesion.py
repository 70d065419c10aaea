"""What holds the alliance together: each article's verdicts, threats, the summits."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames, subject
from csto.analysis.measures.parts import counted
from csto.analysis.positions import Said, worded
from csto.analysis.registry import Measured, measure
from csto.corpus.values import HEDGED

# ---- verdicts ------------------------------------------------------------------------------


def answered(question: str, without: str | None = None) -> pd.DataFrame:
    """Positions on a question."""
    held = tables.positions(without)
    return held[held["question"] == question]


def verdicts() -> dict[str, dict[str, Said]]:
    """Per article, what it makes of each question of `subject.VERDICTS`: words and passages.

    The article's own voice first; others' answers with their names.
    """
    own = dict(tables.sources()[["source_id", "author_id"]].to_numpy())
    asked = {
        head: frames.named(answered(q), holder="holder_id") for q, head in subject.VERDICTS.items()
    }
    return {
        source: {
            head: _verdict(held[held["source_id"] == source], own[source])
            for head, held in asked.items()
        }
        for source in frames.documents()
    }


def _verdict(held: pd.DataFrame, own: str) -> Said:
    held = held.assign(other=held["holder_id"] != own).sort_values("other", kind="stable")
    held = held.assign(words=worded(held))
    said = [
        (
            str(words) + _hedged(answers) + _others(answers),
            tuple(dict.fromkeys(answers["extract_id"])),
        )
        for words, answers in held.groupby("words", sort=False)
    ]
    return said or [("not said", ())]


def _hedged(answers: pd.DataFrame) -> str:
    """Whether every passage that gives an answer is hedged."""
    status = tables.extracts().set_index("extract_id")["status"]
    return ", hedged" if (status[answers["extract_id"]] == HEDGED).all() else ""


def _others(answers: pd.DataFrame) -> str:
    """Who gives an answer besides the article itself, or instead of it."""
    others = dict.fromkeys(answers.loc[answers["other"], "holder"])
    also = "" if answers["other"].all() else "also "
    return f" ({also}{', '.join(others)})" if others else ""


@measure("cohesion.divided", "Articles in which the alliance is called divided", "articles")
def divided(without: str | None = None) -> Measured:
    return _articles("Q3", "divided", without)


@measure("cohesion.mixed", "Articles in which its cohesion is called mixed", "articles")
def mixed(without: str | None = None) -> Measured:
    return _articles("Q3", "mixed", without)


@measure(
    "cohesion.glue",
    "Articles by which Russia holds the alliance together or dominates it",
    "articles",
)
def held_together(without: str | None = None) -> Measured:
    return _articles("Q5", "hegemon_glue", without)


def _articles(question: str, stance: str, without: str | None) -> Measured:
    held = answered(question, without)
    return counted(held[held["stance"] == stance], "source_id")


# ---- threats -------------------------------------------------------------------------------


@measure("cohesion.threats", "Different threats that one author sees for members", "threats")
def threats(without: str | None = None) -> Measured | None:
    facts = tables.facts(without)
    told = facts[facts["extract_id"].isin(frames.still(subject.THREATS, without))]
    groups = told.groupby("value", sort=False).agg(
        extract_ids=("extract_id", lambda ids: tuple(dict.fromkeys(ids)))
    )
    return counted(groups) if len(groups) else None


# ---- summits -------------------------------------------------------------------------------


def summits() -> dict[str, dict[str, Said]]:
    """Per summit, what it agreed on and what it did not: labels of acts and their passages."""
    acts = frames.events()
    return {
        summit: {
            head: _labels(acts.loc[list(some)], agreed)
            for head, agreed in (("Agreed", True), ("Put off, rejected or not signed", False))
        }
        for summit, some in subject.SUMMITS.items()
    }


def _labels(acts: pd.DataFrame, agreed: bool) -> Said:
    found = acts[acts["event_kind"].isin(subject.AGREEING) == agreed]
    pairs = zip(found["label"], found["extract_ids"], strict=True)
    return [(str(label), tuple(keys)) for label, keys in pairs] or [("not told", ())]
