"""How far two readings of the same documents agree: on what the units are, and on their codes.

Pure functions; a reading is seen here as spans of documents and as pairs of codes. Alpha is
Krippendorff's (2004); his thresholds for it are `RELIABLE` and `TENTATIVE`. Intervals are
percentiles of bootstrap draws over units, by a fixed seed, so that they come out the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

RELIABLE, TENTATIVE = 0.800, 0.667  # Krippendorff 2004, p. 241
DRAWS, SEED = 1000, 2004
Codes = npt.NDArray[np.int_]  # readers × units; -1 where a reader gave none
Span = tuple[str, int, int]  # document, start, end (code points, end exclusive)

# ---- alpha -----------------------------------------------------------------------------


def alpha(codes: Codes, level: str) -> float | None:
    """Krippendorff's alpha of codes that are numbers from 0, in their order.

    `codes` is readers × units, −1 where a reader gave no code; units with fewer than two codes do
    not count. `level` is nominal or ordinal. None where nothing varies, which leaves alpha
    undefined. Raises ValueError for another level.
    """
    if (codes >= 0).sum(axis=0).max(initial=0) < 2:
        return None
    value = float(_alphas(_coincidences(codes).sum(axis=0, keepdims=True), level)[0])
    return None if np.isnan(value) else value


def _coincidences(codes: Codes) -> npt.NDArray[np.float64]:
    """How often each pair of codes meets in each unit (Krippendorff 2004, ch. 11)."""
    size = int(codes.max(initial=-1)) + 1
    counts = np.stack([(codes == code).sum(axis=0) for code in range(size)], axis=1).astype(float)
    given = counts.sum(axis=1)
    weighted = counts / np.where(given > 1, given - 1, np.inf)[:, None]
    met = counts[:, :, None] * weighted[:, None, :]
    met[:, range(size), range(size)] -= weighted
    return met


def _alphas(met: npt.NDArray[np.float64], level: str) -> npt.NDArray[np.float64]:
    """Alpha of tables of coincidences (tables × codes × codes); nan where nothing varies."""
    totals = met.sum(axis=2)
    apart = _distances(totals, level)
    all_ = totals.sum(axis=1)
    expected = np.einsum("ti,tj,tij->t", totals, totals, apart)
    observed = (met * apart).sum(axis=(1, 2)) * (all_ - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def _distances(totals: npt.NDArray[np.float64], level: str) -> npt.NDArray[np.float64]:
    """Squared differences of codes: any two alike apart, or by the codes that lie between."""
    tables, size = totals.shape
    if level == "nominal":
        return np.broadcast_to(1.0 - np.eye(size), (tables, size, size))
    if level != "ordinal":
        raise ValueError(f"'{level}' is no level of measurement here, take nominal or ordinal")
    below = np.cumsum(totals, axis=1) - totals / 2
    return np.asarray((below[:, :, None] - below[:, None, :]) ** 2)


def interval(codes: Codes, level: str) -> tuple[float, float] | None:
    """The middle 95 % of alpha over bootstrap draws of units; None where alpha is undefined.

    Draws in which nothing varies have no alpha and are passed over.
    """
    if alpha(codes, level) is None:
        return None
    kinds, kind = np.unique(codes, axis=1, return_inverse=True)  # units coded alike count alike
    drawn = np.random.default_rng(SEED).integers(0, codes.shape[1], (DRAWS, codes.shape[1]))
    weights = np.stack([np.bincount(kind[draw], minlength=kinds.shape[1]) for draw in drawn])
    found = _alphas(np.tensordot(weights, _coincidences(kinds), axes=1), level)
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return float(low), float(high)


def verdict(value: float | None) -> str:
    """What Krippendorff's thresholds allow an alpha to bear."""
    if value is None:
        return "nothing varies"
    if value >= RELIABLE:
        return "reliable"
    return "tentative" if value >= TENTATIVE else "too low"


# ---- finding the units -------------------------------------------------------------------


def by_sentence(one: Iterable[Span], other: Iterable[Span], sentences: Sequence[Span]) -> Codes:
    """Which sentences hold a unit, by two readers: 2 × sentences, of 0 and 1."""
    return np.array(
        [[_touched(spans, sentence) for sentence in sentences] for spans in map(list, (one, other))]
    )


def _touched(spans: list[Span], sentence: Span) -> int:
    document, low, high = sentence
    return int(any(d == document and start < high and low < end for d, start, end in spans))


def by_character(one: Iterable[Span], other: Iterable[Span], lengths: Mapping[str, int]) -> Codes:
    """Which characters lie in a unit, by two readers: 2 × characters of all documents, of 0 and 1.

    Alpha of it is the unitizing alpha of whole continua, in which a stretch counts by its length
    (Krippendorff and others 2016). `lengths` are the documents' in code points.
    """
    starts = dict(zip(lengths, np.cumsum([0, *lengths.values()]), strict=False))
    codes = np.zeros((2, sum(lengths.values())), dtype=int)
    for reader, spans in enumerate((one, other)):
        for document, start, end in spans:
            codes[reader, starts[document] + start : starts[document] + end] = 1
    return codes


def interval_over(codes: Codes, parts: Sequence[int] | None = None) -> tuple[float, float]:
    """The middle 95 % of alpha of two readers' zeros and ones over bootstrap draws of parts.

    `parts` says to which part each unit belongs (each to its own by default): characters of one
    sentence are not drawn one by one, since a reader takes or leaves them together. Draws without
    both codes have no alpha and are passed over.
    """
    part = np.arange(codes.shape[1]) if parts is None else np.asarray(parts)
    apart = np.bincount(part, codes[0] != codes[1])
    ones, size = np.bincount(part, codes.sum(axis=0)), np.bincount(part)
    drawn = np.random.default_rng(SEED).integers(0, len(size), (DRAWS, len(size)))
    differing, held, units = (counts[drawn].sum(axis=1) for counts in (apart, ones, size))
    both = held * (2 * units - held)
    found = 1 - differing[both > 0] * (2 * units[both > 0] - 1) / both[both > 0]
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


# ---- which unit of one reading is which of the other ---------------------------------------


def _overlap(one: set[tuple[str, int]], other: set[tuple[str, int]]) -> float:
    """Characters that two units share, over those that either has: 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _characters(spans: Iterable[Span]) -> set[tuple[str, int]]:
    return {(document, at) for document, start, end in spans for at in range(start, end)}


def matched(
    first: Mapping[str, Sequence[Span]],
    second: Mapping[str, Sequence[Span]],
    alike: Callable[[str, str], bool],
    by_hand: Mapping[str, str | None],
) -> dict[str, str]:
    """Units of two readings paired, first → second: by hand where that was decided, else by span.

    The pairs are those that share the most characters in all, each unit in one of them, among
    units that share any and that `alike` allows to be the same (same question and holder, say).
    `by_hand` maps units of the first reading to one of the second, or to None for a unit that
    has no counterpart whatever shares its words.
    """
    decided = {one: other for one, other in by_hand.items() if other is not None}
    mine = {id: _characters(spans) for id, spans in first.items() if id not in by_hand}
    taken = set(decided.values())
    theirs = {id: _characters(spans) for id, spans in second.items() if id not in taken}
    shared: nx.Graph[tuple[str, str]] = nx.Graph()
    for one, held in mine.items():
        for other, held_too in theirs.items():
            if alike(one, other) and (weight := _overlap(held, held_too)):
                shared.add_edge(("first", one), ("second", other), weight=weight)
    pairs = (dict(sorted(pair)) for pair in nx.max_weight_matching(shared))
    return decided | {
        pair["first"]: pair["second"] for pair in sorted(pairs, key=lambda p: p["first"])
    }


def found_again(first: int, second: int, both: int) -> dict[str, float]:
    """Precision, recall and F1 of a second reading's units against the first's."""
    precision, recall = (both / found if found else 0.0 for found in (second, first))
    return {"precision": precision, "recall": recall, "f1": 2 * both / (first + second)}


# ---- codes of units that both have ---------------------------------------------------------


def coded(pairs: pd.DataFrame, orders: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """How far two readings agree on each variable, one row a variable, in the order of the frame.

    `pairs` has `variable`, `first`, `second` (codes as text); `orders` gives the codes of ordinal
    variables in their order, every other variable is nominal. Adds `unit_count`,
    `agreeing_share` and `commonest_share` (percent; the latter of the commonest code of the first
    reading), `level`, `alpha`, `low`, `high` (of its bootstrap interval) and `verdict`.
    """
    rows = []
    for variable, some in pairs.groupby("variable", sort=False, observed=True):
        order = list(orders.get(str(variable), sorted({*some["first"], *some["second"]})))
        codes = np.array(
            [[order.index(code) for code in some[name]] for name in ("first", "second")]
        )
        level = "ordinal" if variable in orders else "nominal"
        rows.append({"variable": variable, **_shares(some), "level": level, **_alpha(codes, level)})
    return pd.DataFrame(rows)


def _shares(pairs: pd.DataFrame) -> dict[str, int]:
    commonest = pairs["first"].value_counts(normalize=True).iloc[0]
    agreeing = (pairs["first"] == pairs["second"]).mean()
    return {
        "unit_count": len(pairs),
        "agreeing_share": round(100 * agreeing),
        "commonest_share": round(100 * commonest),
    }


def _alpha(codes: Codes, level: str) -> dict[str, Any]:
    value, ends = alpha(codes, level), interval(codes, level)
    low, high = (round(end, 2) for end in ends) if ends else (None, None)
    rounded = None if value is None else round(value, 2)
    return {"alpha": rounded, "low": low, "high": high, "verdict": verdict(value)}


def confusion(pairs: pd.DataFrame) -> pd.DataFrame:
    """Which code of the first reading met which of the second: differing pairs, commonest first.

    Columns `variable`, `first`, `second`, `unit_count`.
    """
    apart = pairs[pairs["first"] != pairs["second"]]
    counts = apart.groupby(["variable", "first", "second"], sort=False, observed=True).size()
    return (
        counts.rename("unit_count")
        .reset_index()
        .sort_values("unit_count", ascending=False, kind="stable")
    )
