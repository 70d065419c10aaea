"""Whether acts climb with time: gamma over draws of days within their bounds."""

from __future__ import annotations

import numpy as np
import pandas as pd


def day_draws(acts: pd.DataFrame, count: int, seed: int) -> np.ndarray:
    """Random days within the bounds of each act: `count` × acts, as day numbers.

    Every possible day alike. Raises ValueError for an act without both bounds.
    """
    if acts[["earliest_date", "latest_date"]].isna().any(axis=None):
        raise ValueError("no draw for an act without both bounds")
    low, high = (
        acts[column].to_numpy("datetime64[D]").astype(int)
        for column in ("earliest_date", "latest_date")
    )
    return np.random.default_rng(seed).integers(low, high + 1, size=(count, len(acts)))


def rises(days: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """How far steps rise with time, from −1 to 1, for each row of days.

    Goodman and Kruskal's gamma: of all pairs of acts on different days and different steps, the
    share in which the later is the higher, less the share in which it is the lower. `steps` may
    have a row for each row of days.
    """
    later = np.sign(days[:, :, None] - days[:, None, :])
    higher = np.sign(steps[..., :, None] - steps[..., None, :])
    agreeing = later * higher
    return np.asarray(agreeing.sum(axis=(1, 2)) / np.abs(agreeing).sum(axis=(1, 2)))


def rise_range(acts: pd.DataFrame, count: int, seed: int) -> list[float]:
    """Least and most of `rises` over draws of the acts that have both bounds and a rung."""
    bounded = acts.dropna(subset=["earliest_date", "latest_date"])
    found = rises(day_draws(bounded, count, seed), bounded["rung"].cat.codes.to_numpy()).round(2)
    return [float(found.min()), float(found.max())]


def shuffles(steps: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Random orders of the same steps: `count` × steps."""
    return np.random.default_rng(seed).permuted(np.tile(steps, (count, 1)), axis=1)
