"""Before and after the silent years: at whom acts are aimed, and a right claimed and given up."""

from __future__ import annotations

import pandas as pd

from csto import tables
from csto.analysis import acts, frames, subject
from csto.analysis.measures.drift import is_late, on_the_ladder
from csto.analysis.measures.parts import allowed, counted, percent
from csto.analysis.registry import Measured, measure


@tables.remembered
def adverse(without: str | None = None) -> pd.DataFrame:
    """Adverse acts of Armenia that have a latest day, with `period`."""
    told = on_the_ladder(without)
    told = told[(told["sign"] < 0) & told["latest_date"].notna()]
    return told.assign(period=is_late(told).map(subject.PERIODS))


@tables.remembered
def _period(late: bool, without: str | None, words: bool) -> pd.DataFrame:
    told = allowed(adverse(without), words=words)
    return told[told["period"] == subject.PERIODS[late]]


def _to_the_organisation(told: pd.DataFrame, officers: bool, claims: bool) -> pd.DataFrame:
    """Acts addressed to the organisation.

    `officers` reads acts against its secretary general so, `claims` claims to that post that name
    nobody.
    """
    moved = (officers & told["event_kind"].isin(["recall", "legal_action"])) | (
        claims & (told["event_kind"] == "rival_claim")
    )
    return told[moved | (told["addressee"] == "organisation")]


@measure("withdrawal.adverse-before", "Adverse Armenian acts up to 2019", "acts")
def adverse_before(without: str | None = None, *, words: bool = True) -> Measured:
    return counted(_period(False, without, words))


@measure(
    "withdrawal.organisation-before",
    "Adverse Armenian acts up to 2019 that are addressed to the organisation",
    "acts",
)
def organisation_before(
    without: str | None = None, *, officers: bool = False, claims: bool = False, words: bool = True
) -> Measured:
    """Rests on all acts of the period: none of them is."""
    told = _period(False, without, words)
    return Measured(len(_to_the_organisation(told, officers, claims)), frames.passages(told))


@measure("withdrawal.adverse-after", "Adverse Armenian acts from 2022 on", "acts")
def adverse_after(without: str | None = None, *, words: bool = True) -> Measured:
    return counted(_period(True, without, words))


@measure(
    "withdrawal.organisation-after",
    "Adverse Armenian acts from 2022 on that are addressed to the organisation",
    "acts",
)
def organisation_after(
    without: str | None = None, *, officers: bool = False, claims: bool = False, words: bool = True
) -> Measured:
    return counted(_to_the_organisation(_period(True, without, words), officers, claims))


@measure(
    "withdrawal.addressee-shift",
    "Share of adverse Armenian acts addressed to the organisation from 2022 on, "
    "less the share up to 2019",
    "points",
    headline=True,
)
def addressee_shift(
    without: str | None = None,
    *,
    officers: bool = False,
    claims: bool = False,
    merged: bool = False,
    words: bool = True,
    contested: bool = True,
    hedged: bool = True,
    unnamed: bool = True,
) -> Measured | None:
    """In percentage points. None where a period has no act.

    `unnamed` keeps acts that name no addressee, `officers` and `claims` are as above.
    """
    told = allowed(adverse(without), words=words, contested=contested, hedged=hedged)
    at_it = _to_the_organisation(told, officers, claims).index
    told = told.assign(addressee=told["addressee"].mask(told.index.isin(at_it), "organisation"))
    told = told[unnamed | (told["addressee"] != "nobody named")]
    told = acts.merged(told) if merged else told
    share = (told["addressee"] == "organisation").groupby(is_late(told)).mean()
    if len(share) < 2:
        return None
    return Measured(percent(share[True] - share[False]), frames.passages(told))
