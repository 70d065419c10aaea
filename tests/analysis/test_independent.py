"""Every number of the report, recomputed from the YAML in plain Python.

Shares no code with the notebooks or the package: PyYAML, dates and sets. A question is a function
that answers some findings by their ids; a finding that nobody asks for fails the last test.
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FINDING = "application/vnd.csto.finding+json"
Bounds = tuple[dt.date | None, dt.date | None]
Answers = dict[str, Any]


def read(name: str) -> list[dict]:
    rows = []
    for path in sorted((ROOT / "data").glob(name)):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        folder = path.parent.name
        key = {"data": path.stem, "outside": f"outside_{path.stem}"}.get(folder, folder)
        rows += [{"file": path.stem, **row} for row in content[key]]
    assert rows
    return rows


#: The documents of the argument, their passages, and the acts and forecasts that these tell.
SOURCES = {row["id"]: row for row in read("sources.yml") if "beside" not in row}
EXTRACTS = {
    f"{row['file']}.{row['id']}": row for row in read("extracts/*.yml") if row["file"] in SOURCES
}
EVENTS = {
    row["id"]: row | {"mentions": told}
    for row in read("events/*.yml")
    if (told := [key for key in row["mentions"] if key in EXTRACTS])
}
ACTORS = {row["id"]: row for row in read("actors.yml")}
CLAIMS = read("claims.yml")
FORECASTS = [row for row in read("forecasts.yml") if EXTRACTS.keys() & set(row["extracts"])]
MEMBERS = {key for key, row in ACTORS.items() if "member" in row.get("groups", ())}
BODIES = {"csto", "csto-council"}
TIES = [  # passage, subject, attribute, value, object
    (key, fact["subject"], fact["attribute"], str(fact["value"]), fact.get("object"))
    for key, row in EXTRACTS.items()
    for fact in row.get("facts", ())
]
HELD = [  # passage, holder, question, stance
    (key, held["holder"], held["question"], held["stance"])
    for key, row in EXTRACTS.items()
    for held in row.get("positions", ())
]


def stored() -> dict[str, dict]:
    found = {}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                if data := output.get("data", {}).get(FINDING):
                    found[data["id"]] = data
    return found


STORED = stored()
QUESTIONS: list[Callable[[], Answers]] = []


def question(function: Callable[[], Answers]) -> Callable[[], Answers]:
    QUESTIONS.append(function)
    return function


# ---- days, documents, states ---------------------------------------------------------------


def source(key: str) -> str:
    return key.split(".")[0]


def sources(keys: Iterable[str]) -> set[str]:
    return {source(key) for key in keys}


def state(actor: str) -> str:
    return ACTORS[actor].get("affiliation", actor)


def ends(date: str) -> Bounds:
    """First and last day of a date as it is written."""
    low, slash, high = date.partition("/")
    return _ends(low)[0], _ends(high if slash else low)[1]


def _ends(date: str) -> Bounds:
    if date == "..":
        return None, None
    year, month, day = ([int(part) for part in date.split("-")] + [0, 0])[:3]
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    season = (month - 21) * 3 + 3
    first, last = (season, season + 2) if month > 12 else (month or 1, month or 12)
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def days(event: dict) -> Bounds:
    """The days on which all dated mentions agree, or the span of all if they share none."""
    keys = event.get("dated_by", {}).get("extracts", event["mentions"])
    told = [ends(EXTRACTS[key]["when"]["date"]) for key in keys if "when" in EXTRACTS[key]]
    if not told:
        written = (ends(SOURCES[source(key)]["date"]["date"])[1] for key in keys)
        told = [(None, day) for day in written if day]
    lows, highs = ([one[end] for one in told] for end in (0, 1))
    low, high = max(filter(None, lows), default=None), min(filter(None, highs), default=None)
    if low and high and low > high:
        low, high = (
            None if None in some else pick(some) for some, pick in ((lows, min), (highs, max))
        )
    return low, high


DAYS = {id: days(event) for id, event in EVENTS.items()}


def between(start: str, end: str) -> list[int]:
    (low, high), (first, last) = DAYS[start], DAYS[end]
    assert low and high and first and last
    return [(first - high).days, (last - low).days]


# ---- how sure ------------------------------------------------------------------------------


def outlets(key: str) -> set[str]:
    """The named outlets that a passage came through, its own article's or relayed one included."""
    row, register = EXTRACTS[key], SOURCES[source(key)]
    relayed = {id for id, actor in ACTORS.items() if actor["name"] == register.get("relays")}
    voice = row["voice"]
    through = {voice.get("outlet") or voice.get("speaker"), register["author"]} - {None}
    known = {one for one in through | relayed if ACTORS[one]["kind"] == "outlet"}
    return (known | ({voice["outlet"]} if "outlet" in voice else set())) - {"lost-outlet"}


def apart(keys: list[str]) -> list[set[str]]:
    """Articles of some passages in groups that share an outlet."""
    groups: list[tuple[set[str], set[str]]] = []
    for key in keys:
        articles, through = {source(key)}, set(outlets(key))
        for group in [g for g in groups if g[0] & articles or g[1] & through]:
            groups.remove(group)
            articles, through = articles | group[0], through | group[1]
        groups.append((articles, through))
    return [articles for articles, _ in groups]


GRADES = ("disputed", "thin", "fair", "firm")


def grade(claim: dict, without: str = "") -> str:
    """The written rule, step by step."""
    if claim.get("read_through"):
        return "checked"
    found = []
    for part in claim["told_by"]:
        kept = [key for key in part if source(key) != without]
        flat = sources(key for key in kept if EXTRACTS[key]["status"] != "hedged")
        if not kept:
            return "untold"
        if len(sources(kept)) == 1 or not flat:
            found.append("thin")
        else:
            found.append("firm" if sum(bool(g & flat) for g in apart(part)) > 1 else "fair")
    if claim.get("against") or claim.get("otherwise"):
        return "disputed"
    return next(one for one in GRADES[1:] if one in found)


@question
def how_sure() -> Answers:
    grades = [grade(claim) for claim in CLAIMS]
    graded = [claim for claim in CLAIMS if not claim.get("read_through")]
    falls = [any(grade(claim, one) == "untold" for one in SOURCES) for claim in graded]
    return {
        **{f"sure.{claim['id']}": one for claim, one in zip(CLAIMS, grades, strict=True)},
        **{f"sure.{one}": grades.count(one) for one in (*GRADES, "checked")},
        "sure.claims": len(graded),
        "sure.one-article": sum(falls),
    }


def test_grades_without_each_article() -> None:
    for claim in CLAIMS:
        found = STORED[f"sure.{claim['id']}"]
        assert found["without"] == {one: grade(claim, one) for one in SOURCES}, claim["id"]
        assert found["text"] == claim["says"]


# ---- the post ------------------------------------------------------------------------------

RECALL, ASTANA = "khachaturov-recalled", "astana-no-secretary-general"
VACANCY = sources(key for key, _, asked, _ in HELD if asked == "Q1")


@question
def the_post() -> Answers:
    backers = {
        (state(holder), EXTRACTS[key]["status"] == "hedged")
        for key, holder, asked, stance in HELD
        if (asked, stance) == ("Q1", "belarusian") and state(holder) in MEMBERS - {"belarus"}
    }
    firm = {who for who, hedged in backers if not hedged}
    named = {
        who
        for key, who, attribute, _, _ in TIES
        if attribute == "candidacy" and source(key) in VACANCY and ACTORS[who]["kind"] == "person"
    }
    spoken = [row for row in EXTRACTS.values() if row["voice"].get("speaker") in BODIES]
    fewest, most = (number // 7 for number in between(RECALL, "peskov-no-vacuum"))
    return {
        "rotation.weeks-empty": fewest if fewest == most else [fewest, most],
        "rotation.backers-all": len({who for who, _ in backers}),
        "rotation.backers-unhedged": len(firm),
        "rotation.backers-reported": len({who for who, _ in backers} - firm),
        "rotation.armenians-named": sum(state(who) == "armenia" for who in named),
        "rotation.rule-quoted": len(spoken),
    }


# ---- Azerbaijan ----------------------------------------------------------------------------

KIND = {
    "support_statement", "invitation", "visit_or_meeting", "disclosure", "deployment_or_mission",
    "arms_transfer", "arms_deal",
}  # fmt: skip
ARMS = {"arms_transfer", "arms_deal"}


def dealings(giver: str, taker: str, kinds: set[str], sums: str) -> set[str]:
    """Articles that tell of an act of one for another, or sum such acts up."""
    acts = (
        event["mentions"]
        for event in EVENTS.values()
        if event["kind"] in kinds
        and giver in map(state, event["actors"])
        and taker in map(state, event["recipients"])
    )
    summed = {
        key
        for key, who, attribute, value, whom in TIES
        if (who, attribute, whom) == (giver, "tie", taker) and sums in value
    }
    return sources(itertools.chain(summed, *acts))


@question
def azerbaijan() -> Answers:
    leaning = [
        dealings(one, "azerbaijan", KIND, "actions similar") for one in ("belarus", "kazakhstan")
    ]
    (billions,) = (value for _, _, attribute, value, _ in TIES if attribute == "amount")
    fewest, most = between(ASTANA, "lukashenka-discloses-session")
    assert fewest == most
    return {
        "azerbaijan.documents-leaning": len(set.intersection(*leaning)),
        "azerbaijan.documents-russian-arms": len(
            dealings("russia", "azerbaijan", ARMS, "arms sales")
        ),
        "azerbaijan.documents-arms-for-armenia": len(
            dealings("russia", "armenia", ARMS, "arms sales")
        ),
        "azerbaijan.arms-billions": int(billions),
        "azerbaijan.days-session-to-leak": most,
        "azerbaijan.days-session-to-row": between(ASTANA, "pashinyan-accuses-belarus-of-collusion")[
            1
        ],
    }


# ---- what holds it together ----------------------------------------------------------------


@question
def cohesion() -> Answers:
    def articles(asked: str, stance: str) -> int:
        return len(sources(key for key, _, *held in HELD if held == [asked, stance]))

    threats = {
        value
        for key, who, attribute, value, _ in TIES
        if attribute == "threat" and who in MEMBERS and EXTRACTS[key]["id"].startswith("threat-")
    }
    return {
        "cohesion.divided": articles("Q3", "divided"),
        "cohesion.mixed": articles("Q3", "mixed"),
        "cohesion.glue": articles("Q5", "hegemon_glue"),
        "cohesion.threats": len(threats),
    }


# ---- the drift -----------------------------------------------------------------------------

ARMENIAN = {id: event for id, event in EVENTS.items() if "rung" in event}
STRICT = [event for event in ARMENIAN.values() if event.get("distancing") == "strict"]
EARLY_ENDS, LATE_BEGINS = 2019, 2022


def is_late(id: str) -> bool:
    last = DAYS[id][1]
    assert last and (last.year >= LATE_BEGINS or last.year <= EARLY_ENDS), id
    return last.year >= LATE_BEGINS


def to_the_organisation(event: dict) -> bool:
    return bool(BODIES & set(event["recipients"]))


def falling(ids: Iterable[str]) -> int:
    """Pairs, the one wholly before the other, of which the later is the lower."""
    return sum(
        bool(DAYS[one][1] and DAYS[other][0] and DAYS[one][1] < DAYS[other][0])
        and ARMENIAN[one]["rung"] > ARMENIAN[other]["rung"]
        for one, other in itertools.permutations(ids, 2)
    )


@question
def the_drift() -> Answers:
    deeds = {id for id, event in ARMENIAN.items() if event["intensity"] > 2}
    adverse = [id for id in ARMENIAN if ARMENIAN[id]["sign"] == -1 and DAYS[id][1]]
    periods = {late: [id for id in adverse if is_late(id) == late] for late in (False, True)}
    aimed = {
        late: sum(to_the_organisation(EVENTS[id]) for id in ids) for late, ids in periods.items()
    }
    return {
        "withdrawal.refusals": len(STRICT),
        "withdrawal.refusals-articles": len(sources(k for e in STRICT for k in e["mentions"])),
        "withdrawal.acts-of-leaving": sum(e["rung"] == "R5" for e in ARMENIAN.values()),
        "withdrawal.deeds-falling": falling(deeds),
        "withdrawal.deeds-falling-but-one": falling(deeds - {"armenia-sends-sappers-and-medics"}),
        "withdrawal.words-falling": falling(ARMENIAN.keys() - deeds),
        "withdrawal.adverse-before": len(periods[False]),
        "withdrawal.adverse-after": len(periods[True]),
        "withdrawal.organisation-before": aimed[False],
        "withdrawal.organisation-after": aimed[True],
    }


def test_refusals_without_each_article() -> None:
    for one, value in STORED["withdrawal.refusals"]["without"].items():
        assert value == sum(bool(sources(event["mentions"]) - {one}) for event in STRICT)


def shift(
    officers: bool, claims: bool, merged: bool, words: bool, contested: bool, hedged: bool,
    unnamed: bool,
) -> int | None:  # fmt: skip
    """Points by which the share of acts at the organisation rises, by one way of reading."""
    shares: dict[bool, dict[str, bool]] = {False: {}, True: {}}
    for id, event in sorted(ARMENIAN.items(), key=lambda pair: _middle(pair[0])):
        statuses = {EXTRACTS[key]["status"] for key in event["mentions"]}
        dropped = (
            not (words or event["intensity"] > 2)
            or ("contested" in event and not contested)
            or (statuses == {"hedged"} and not hedged)
        )
        if event["sign"] != -1 or not DAYS[id][1] or dropped:
            continue
        aimed = (
            to_the_organisation(event)
            or (officers and event["kind"] in ("recall", "legal_action"))
            or (claims and event["kind"] == "rival_claim")
        )
        if unnamed or aimed or event["recipients"]:
            name = event.get("merge", id) if merged else id
            shares[is_late(id)].setdefault(name, aimed)
    means = {late: sum(some.values()) / len(some) for late, some in shares.items() if some}
    return round(100 * (means[True] - means[False])) if len(means) == 2 else None


def _middle(id: str) -> dt.date:
    low, high = DAYS[id]
    low, high = low or high, high or low
    assert low and high
    return low + (high - low) // 2


@question
def the_shift() -> Answers:
    every = [shift(*chosen) for chosen in itertools.product((True, False), repeat=7)]
    return {
        "withdrawal.addressee-shift": shift(False, False, False, True, True, True, True),
        "robustness.shift-least": min(one for one in every if one is not None),
    }


# ---- years, acts, passages -----------------------------------------------------------------


@question
def silence() -> Answers:
    last = [high for _, high in DAYS.values() if high]
    first = [low for low, high in DAYS.values() if low and high and high.year >= LATE_BEGINS]
    before = max(day for day in last if day.year <= EARLY_ENDS)
    written = sorted(ends(row["date"]["date"])[0] or dt.date.max for row in SOURCES.values())
    told = {
        year
        for low, high in DAYS.values()
        if low and high
        for year in range(low.year, high.year + 1)
    }
    silent = set(range(written[0].year, written[-1].year + 1)) - told
    return {
        "withdrawal.years-of-silence": int((min(first) - before).days // 365.25),
        "story.silent-years": len(silent),
        "corpus.empty-years": len(silent),
    }


def _is_told(matter: dict) -> bool:
    """Whether two sides of a disagreement stand in documents that the report is read from."""
    return (
        sum(any(source(key) in SOURCES for key in one["extracts"]) for one in matter["sides"]) > 1
    )


@question
def acts_and_passages() -> Answers:
    told = [sources(event["mentions"]) for event in EVENTS.values()]
    modes = [row["voice"]["mode"] for row in EXTRACTS.values()]
    kommersant = {
        source(key) for key, row in EXTRACTS.items() if "kommersant" in row["voice"].values()
    }
    return {
        "story.articles": len(SOURCES),
        "story.members": len(MEMBERS),
        "robustness.events": len(told),
        "robustness.events-twice": sum(len(documents) > 1 for documents in told),
        "robustness.disagreements": sum(map(_is_told, read("disagreements.yml"))),
        "corpus.extracts": len(EXTRACTS),
        "corpus.authorial-share": round(100 * modes.count("authorial") / len(modes)),
        "corpus.direct-share": round(100 * modes.count("direct") / len(modes)),
        "corpus.kommersant-documents": len(kommersant),
    }


@question
def forecasts() -> Answers:
    dated = [one for one in FORECASTS if "horizon" in one]
    return {
        "withdrawal.forecasts": len(FORECASTS),
        "withdrawal.forecasts-with-horizon": len(dated),
        "withdrawal.horizon-contradicted": sum(o["verdict"] == "contradicted" for o in dated),
    }


# ---- the outside record --------------------------------------------------------------------


@question
def judgements() -> Answers:
    judged = [row["judgement"] for row in read("outside/statements.yml")]
    scores = [row["verdict"] for row in read("outside/scores.yml")]
    terms = ("agrees", "incomplete", "disputed", "contradicted")
    return {
        "aftermath.statements": len(judged),
        **{f"aftermath.{term}": judged.count(term) for term in terms},
        "aftermath.forecasts": len(scores),
        "aftermath.forecasts-dated": sum("horizon" in one for one in FORECASTS),
        "aftermath.scores-supported": scores.count("supported"),
        "aftermath.scores-contradicted": scores.count("contradicted"),
    }


LAST = max(low for row in SOURCES.values() if (low := ends(row["date"]["date"])[0]))


@question
def what_came_after() -> Answers:
    held = [row for row in read("outside/summits.yml") if row["state"] == "held"]
    after = [row for row in held if (ends(row["date"])[0] or LAST) > LAST]
    steps = {row["id"]: row for row in read("outside/steps.yml")}
    late = [row for row in steps.values() if (ends(row["date"])[0] or LAST) > LAST]
    figures = {f"aftermath.{row['id']}": row["value"] for row in read("outside/figures.yml")}

    def lapse(start: str, end: str) -> int | list[int]:
        (low, high), (first, last) = (ends(steps[id]["date"]) for id in (start, end))
        assert low and high and first and last
        fewest, most = (first - high).days, (last - low).days
        return fewest if fewest == most else [fewest, most]

    return {
        **{id: value for id, value in figures.items() if id in STORED},
        "aftermath.summits-held": len(after),
        "aftermath.summits-missed": sum(row["attendance"] == "absent" for row in after),
        "aftermath.sessions-2022": sum(row["date"].startswith("2022") for row in held),
        "aftermath.withdrawals-at-most": sum(
            "or_rung" in row or row.get("rung") == "R5" for row in late
        ),
        "aftermath.not-drawn": sum(
            "rung" in row and (ends(row["date"])[0] or LAST) <= LAST for row in steps.values()
        ),
        "aftermath.days-appeal-to-incident": lapse("article-2-appeal", "border-incident"),
        "aftermath.days-in-kazakhstan": lapse("armenia-sends-soldiers", "armenians-fly-home"),
        "aftermath.days-appeal-to-mission": lapse("article-4-appeal", "mission-sent"),
    }


@question
def turns() -> Answers:
    rules = {row["id"]: row for row in read("outside/rules.yml")}
    heads = [row for row in read("outside/holders.yml") if not row.get("is_acting")]
    begin, years = int(rules["rotation-start"]["date"][:4]), rules["rotation-term"]["years"]
    spans = {row["id"]: (ends(row["since"])[0], ends(row["until"])[0]) for row in heads}
    seen = max(until for _, until in spans.values() if until)
    kept, own = 0, []
    for turn, member in enumerate(rules["rotation-order"]["order"]):
        first = dt.date(begin + years * turn, 1, 1)
        last = dt.date(begin + years * (turn + 1), 1, 1) - dt.timedelta(1)
        inside = 0
        for row in heads:
            since, until = spans[row["id"]]
            if row["state"] == member and since and until:
                inside += max((min(until, last) - max(since, first)).days + 1, 0)
        kept += bool(inside) and first <= seen
        own.append((inside, (last - first).days + 1))
    return {
        "aftermath.turns-kept": kept,
        "aftermath.first-turn-held": own[0][0],
        "aftermath.first-turn-days": own[0][1],
    }


# ---- the answers ---------------------------------------------------------------------------

#: Findings of agreement: their coefficients are compared with worked examples and with libraries
#: in `test_agreement.py` and `test_readings.py`.
ELSEWHERE = "codings."


ANSWERS = [pair for asked in QUESTIONS for pair in asked().items()]


@pytest.mark.parametrize(("id", "answer"), ANSWERS)
def test_a_number_of_the_report(id: str, answer: Any) -> None:
    found = STORED[id]
    value = [found["low"], found["high"]] if found["value"] is None else found["value"]
    assert value == answer


def test_every_number_is_asked_for_once() -> None:
    asked = [id for id, _ in ANSWERS]
    assert len(asked) == len(set(asked))
    assert {id for id in STORED if not id.startswith(ELSEWHERE)} == set(asked)


def test_every_passage_stands_in_its_document() -> None:
    for key, row in EXTRACTS.items():
        text = (ROOT / "seeds" / SOURCES[source(key)]["file"]).read_bytes().decode("utf-8")
        assert (row.get("prefix") or "") + row["quote"] in text, key
