"""Offices of the organisation: holders, candidates, deputies, as the documents name them."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import frames, subject
from csto.analysis.measures.post import on_the_vacancy
from csto.analysis.registry import Measured, measure


def _facts(attribute: str, without: str | None) -> pd.DataFrame:
    facts = tables.facts(without)
    return facts[facts["attribute"] == attribute]


# ---- candidates ----------------------------------------------------------------------------


@measure("rotation.armenians-named", "Armenians named as candidates after the recall", "persons")
def armenians_named(without: str | None = None) -> Measured:
    spoken_of = _facts("candidacy", without)
    spoken_of = spoken_of[spoken_of["source_id"].isin(on_the_vacancy())]
    theirs = spoken_of[frames.states_of(spoken_of["subject_id"]) == subject.LEAVER]
    kinds = tables.actors().set_index("actor_id")["actor_kind"]
    persons = theirs[theirs["subject_id"].map(kinds) == "person"]
    told = frames.still([subject.OWN_CANDIDATE, *theirs["extract_id"]], without)
    return Measured(persons["subject_id"].nunique(), tuple(told))


# ---- holders -------------------------------------------------------------------------------


def holders(without: str | None = None) -> pd.DataFrame:
    """Facts that name a full holder of the post, with his state as `state_id`."""
    held = _facts("office_held", without)
    title = r"(?i)(CSTO |current )?(secretary general|general secretary)"
    full = held[held["value"].str.match(title)]
    return full.assign(state_id=frames.states_of(full["subject_id"]))


def holders_since(without: str | None = None) -> pd.DataFrame:
    """Holders named by documents after the first, from Armenia's turn on."""
    named = holders(without)
    return named[named["source_id"] != subject.BEFORE]


def turns() -> pd.DataFrame:
    """The members in the order of their names, with `state`, `holder`, `seen`, `is_disputed`.

    `seen` is "named", "by the order alone" for who lies between two that are, or "no holder named";
    a holder of before Armenia's turn is told with the year. `extract_ids` name the holder or, where
    there is none, list the members.
    """
    first = holders().drop_duplicates("subject_id").set_index("state_id")
    found = pd.DataFrame({"state": frames.members()})
    found["holder"] = frames.named(first, holder="subject_id")["holder"]
    found["seen"] = "no holder named"
    on_order = [state for state in found.index if state in set(holders_since()["state_id"])]
    found.loc[on_order[0] : on_order[-1], "seen"] = "by the order alone"
    found.loc[found["holder"].notna(), "seen"] = "named"
    early = first[first["source_id"] == subject.BEFORE]
    written = frames.row(tables.sources().set_index("source_id"), subject.BEFORE)
    found.loc[early.index, "holder"] += f", in {written['earliest_date'].year}"
    found["holder"] = found["holder"].fillna(found["seen"])
    after = found.index[(found.index.get_loc(on_order[-1]) + 1) % len(found)]
    found.loc[after, "holder"] = f"next in order; {found.loc[after, 'holder']}"
    named = first["extract_id"].map(lambda key: (key,))
    found["extract_ids"] = named.reindex(found.index)
    rest = found["extract_ids"].isna()
    found.loc[rest, "extract_ids"] = pd.Series(
        [(subject.LISTS_MEMBERS,)] * rest.sum(), found.index[rest]
    )
    return found.assign(is_disputed=found.index == subject.CONTENDER)


# ---- posts of the last document -----------------------------------------------------------------
