"""Findings: what may be declared, how values are printed, how they come back from a notebook."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from csto.exhibits import findings
from csto.exhibits.findings import Finding, finding

WHOLE = {
    "id": "a.b",
    "text": "Days",
    "value": 3,
    "unit": "days",
    "evidence": ["one.x", "two.y", "one.x"],
}


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (-2, "−2"),
        (1503, "1,503"),
        (1234567, "1,234,567"),
        (0.5, "0.5"),
        ("none", "none"),
        (True, "True"),
        ([2, 2], "2"),
        ([1503, 1589], "1,503–1,589"),
        ([-1, 4], "−1–4"),
    ],
)
def test_values_are_printed(value: findings.Value, printed: str) -> None:
    assert findings.shown(value) == printed


def test_one_is_singular_and_what_has_no_single_value_is_an_interval() -> None:
    assert finding(**{**WHOLE, "value": 1}).with_unit == "1 day"
    assert finding(**WHOLE).with_unit == "3 days"
    assert finding(**{**WHOLE, "unit": None}).with_unit == "3"
    assert finding(**{**WHOLE, "unit": "%"}).with_unit == "3%"
    assert finding(**{**WHOLE, "value": None}, low=1, high=1).with_unit == "1 day"
    assert finding(**{**WHOLE, "value": None}, low=2, high=5).with_unit == "2–5 days"
    assert str(finding(**WHOLE)) == "a.b = 3 days: Days"


def test_documents_follow_from_evidence() -> None:
    made = finding(**WHOLE, documents=["three"], outside=["row", "other", "row"])
    assert (
        made.evidence == ("one.x", "two.y")
        and made.documents == ("one", "three", "two")
        and made.outside == ("row", "other")
    )
    assert made.basis == "3 of the documents and the outside record"
    assert finding(**WHOLE).basis == "2 of the documents"
    assert finding("a", "A", 1, outside=["row"]).basis == "the outside record"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"evidence": "one.x"}, "finding 'a.b' needs a list of ids, not one text"),
        ({"documents": "one"}, "finding 'a.b' needs a list of ids, not one text"),
        ({"outside": "row"}, "finding 'a.b' needs a list of ids, not one text"),
        ({"value": float("nan")}, "finding 'a.b' is not a number"),
        ({"low": float("nan")}, "finding 'a.b' is not a number"),
        ({"evidence": []}, "finding 'a.b' needs an id, a text, and evidence or documents"),
        ({"text": ""}, "finding 'a.b' needs an id, a text, and evidence or documents"),
        ({"id": ""}, "finding '' needs an id, a text, and evidence or documents"),
        ({"value": None}, "finding 'a.b' needs a value, or low and high"),
        ({"value": None, "low": 1}, "finding 'a.b' needs a value, or low and high"),
        ({"value": None, "high": 1}, "finding 'a.b' needs a value, or low and high"),
    ],
)
def test_what_is_no_finding(changed: dict, said: str) -> None:
    with pytest.raises(ValueError, match="^" + said + "$"):
        finding(**WHOLE | changed)


def test_numbers_of_frames_become_plain_and_nothing_is_lost() -> None:
    days = pd.Series([3, 4])
    made = finding(
        **WHOLE | {"value": days.sum()},
        low=days.min(),
        high=days.max(),
        without={"one": days.min(), "two": None, "three": [1, 2]},
    )
    assert json.loads(json.dumps(made.as_json())) == {
        "id": "a.b",
        "text": "Days",
        "value": 7,
        "low": 3,
        "high": 4,
        "unit": "days",
        "documents": ["one", "two"],
        "without": {"one": 3, "two": None, "three": [1, 2]},
        "evidence": ["one.x", "two.y"],
    }
    assert findings.read(json.loads(json.dumps(made.as_json()))) == made
    assert findings.lost(made.without) == ["two"]
    assert findings.spread(made.without.values()) == "1–3" and findings.spread([None]) == ""


def test_a_finding_of_the_outside_record_says_so() -> None:
    assert finding(**WHOLE, outside=["row"]).as_json()["outside"] == ["row"]
    assert "outside" not in finding(**WHOLE).as_json()


def test_a_word_says_why_and_a_number_needs_not() -> None:
    graded = finding(**WHOLE | {"value": "thin", "unit": None}, why="One tells it.")
    assert graded.as_json()["why"] == "One tells it." and findings.read(graded.as_json()) == graded
    assert "why" not in finding(**WHOLE).as_json()
    assert findings.spread(["thin", "firm"]) == ""


def test_what_viewers_show_is_text() -> None:
    shown = finding(**WHOLE | {"text": "<b>&", "unit": "<i>"})._repr_mimebundle_()
    assert shown["text/html"] == "<p>&lt;b&gt;&amp;: <strong>3 &lt;i&gt;</strong></p>"
    assert shown["text/plain"] == "a.b = 3 <i>: <b>&" and shown[findings.MIME]["id"] == "a.b"


def _notebook(path: Path, *made: Finding) -> Path:
    cells = [
        {"id": "words", "source": "no outputs"},
        *(
            {
                "id": f"cell-{number}",
                "outputs": [
                    {"data": {"text/plain": "x"}},
                    {"data": {findings.MIME: one.as_json()}},
                    {"name": "stdout"},
                ],
            }
            for number, one in enumerate(made)
        ),
    ]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_findings_are_collected_with_their_cell(tmp_path: Path) -> None:
    other = finding("c.d", "Acts", 2, evidence=["one.x"], outside=["row"])
    found = findings.collect([_notebook(tmp_path / "n.ipynb", finding(**WHOLE), other)])
    assert {
        key: (data["notebook"], data["cell"], data["outside"]) for key, data in found.items()
    } == {
        "a.b": ("n", "cell-0", []),
        "c.d": ("n", "cell-1", ["row"]),
    }
    assert findings.read(found["c.d"]) == other


def test_a_finding_that_stands_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^n\.ipynb: finding 'a.b' stands twice, rename one$"):
        findings.collect([_notebook(tmp_path / "n.ipynb", finding(**WHOLE), finding(**WHOLE))])
