"""Key numbers recomputed from the YAML in plain Python.

Shares no code with the notebooks or the package: PyYAML, dates and sets.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FINDING = "application/vnd.csto.finding+json"


def read(name: str) -> list[dict]:
    rows = []
    for path in sorted((ROOT / "data").glob(name)):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in content[path.parent.name if path.parent.name != "data" else path.stem]:
            rows.append({**row, "file": path.stem})
    assert rows
    return rows


EXTRACTS = {f"{row['file']}.{row['id']}": row for row in read("extracts/*.yml")}
EVENTS = {row["id"]: row for row in read("events/*.yml")}
ACTORS = {row["id"]: row for row in read("actors.yml")}
FORECASTS = read("forecasts.yml")


@pytest.fixture(scope="module")
def stored() -> dict[str, dict]:
    found = {}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                data = output.get("data", {}).get(FINDING)
                if data:
                    found[data["id"]] = data
    return found


def day(extract: str) -> dt.date:
    return dt.date.fromisoformat(EXTRACTS[extract]["when"]["date"])


def state(actor: str) -> str:
    return ACTORS[actor].get("affiliation", actor)


RECALL, ASTANA = "edm-2018.recalled-november-2", "edm-2018.astana-meeting-november-8"
LEAK = "edm-2018.lukashenka-relays-closed-door-details"
LAST_WORD = "asiaplus-2019.peskov-told-journalists-february-22"


def test_days_of_the_quarrel(stored: dict) -> None:
    assert stored["azerbaijan.days-session-to-leak"]["value"] == (day(LEAK) - day(ASTANA)).days
    assert stored["rotation.weeks-empty"]["value"] == (day(LAST_WORD) - day(RECALL)).days // 7


def test_backers_of_belarus(stored: dict) -> None:
    backers = {
        (state(position["holder"]), extract["status"])
        for extract in EXTRACTS.values()
        for position in extract.get("positions", ())
        if (position["question"], position["stance"]) == ("Q1", "belarusian")
        and state(position["holder"]) != "belarus"
    }
    assert stored["rotation.backers-all"]["value"] == len({who for who, _ in backers})
    assert stored["rotation.backers-unhedged"]["value"] == len(
        {who for who, status in backers if status != "hedged"}
    )


def test_refusals(stored: dict) -> None:
    strict = [e for e in EVENTS.values() if e.get("distancing") == "strict"]
    found = stored["withdrawal.refusals"]
    assert found["value"] == len(strict)
    assert stored["withdrawal.acts-of-leaving"]["value"] == sum(
        e.get("rung") == "R5" for e in EVENTS.values()
    )
    told = {m.split(".")[0] for e in strict for m in e["mentions"]}
    assert stored["withdrawal.refusals-articles"]["value"] == len(told)
    for source, value in found["without"].items():
        assert value == sum(any(not m.startswith(source) for m in e["mentions"]) for e in strict)


def test_adverse_acts_by_addressee(stored: dict) -> None:
    late = {"eurasianet-2023"}
    counts = {"before": [0, 0], "after": [0, 0]}
    for event in EVENTS.values():
        documents = {m.split(".")[0] for m in event["mentions"]}
        if "rung" not in event or event["sign"] != -1:
            continue
        period = counts[
            "after" if documents == late else "before"
        ]  # the late acts stand in the late document alone
        period[0] += 1
        period[1] += bool({"csto", "csto-council"} & set(event["recipients"]))
    assert (
        stored["withdrawal.adverse-before"]["value"],
        stored["withdrawal.organisation-before"]["value"],
    ) == tuple(counts["before"])
    assert (
        stored["withdrawal.adverse-after"]["value"],
        stored["withdrawal.organisation-after"]["value"],
    ) == tuple(counts["after"])


def test_acts_with_more_than_one_witness(stored: dict) -> None:
    told = [{m.split(".")[0] for m in e["mentions"]} for e in EVENTS.values()]
    assert stored["robustness.events"]["value"] == len(told)
    assert stored["robustness.events-twice"]["value"] == sum(
        len(documents) > 1 for documents in told
    )


def test_forecasts(stored: dict) -> None:
    dated = [f for f in FORECASTS if "horizon" in f]
    assert stored["withdrawal.forecasts"]["value"] == len(FORECASTS)
    assert stored["withdrawal.forecasts-with-horizon"]["value"] == len(dated)
    assert stored["withdrawal.horizon-contradicted"]["value"] == sum(
        f["verdict"] == "contradicted" for f in dated
    )


def test_every_passage_stands_in_its_document() -> None:
    register = yaml.safe_load((ROOT / "data/sources.yml").read_text(encoding="utf-8"))["sources"]
    files = {row["id"]: row["file"] for row in register}
    for key, row in EXTRACTS.items():
        text = (ROOT / "seeds" / files[key.split(".")[0]]).read_bytes().decode("utf-8")
        assert (row.get("prefix") or "") + row["quote"] in text, key
