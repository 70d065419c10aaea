"""Names beside ids and in labels."""

from __future__ import annotations

import pandas as pd

from csto.analysis import frames


def test_a_surname_gets_its_state_unless_the_label_names_it() -> None:
    labels = pd.Series(["Peskov sees Zas", "Armenia recalls Khachaturov", "Belarusians ask Zas"])
    assert list(frames.with_states(labels)) == [
        "Peskov (Russia) sees Zas (Belarus)",
        "Armenia recalls Khachaturov",
        "Belarusians ask Zas (Belarus)",
    ]
