"""The wall round the subject: only the data, the pages, the chapters and `analysis/` name it.

Names are read from the data: what an actor or a document is called, and the terms that hold for
this subject alone. Whoever takes the machinery for other documents finds none of them in it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

PACKAGE = ROOT / "src/csto"
WITHIN = PACKAGE / "analysis"
OURS = "csto"  # the package's own name, which is also an actor's
#: Names that stand in the machinery all the same: (file, name) and the reason.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("src/csto/book/crate.py", "context"): "the end of a specification's address",
}
#: Variables of the codebook whose terms are about the subject; those of method name no subject.
SUBJECT = ("theme", "rung", "group")
LONG = 6  # letters from which on a key is looked for inside longer words, too: “armenian”


def read(file: str) -> dict[str, list[dict[str, object]]]:
    """A file of the data, as it stands."""
    return yaml.load((ROOT / "data" / file).read_text("utf-8"), Loader=yaml.CSafeLoader)


def keys() -> Iterator[str]:
    """Ids of actors and documents: looked for in any case, with any joint between their parts."""
    for record in [*read("actors.yml")["actors"], *read("sources.yml")["sources"]]:
        if record["id"] != OURS:
            yield str(record["id"])


def names() -> Iterator[str]:
    """What actors and documents are called: looked for as it is written."""
    for actor in read("actors.yml")["actors"]:
        yield from [actor["name"], *actor.get("spellings", ())]
    for source in read("sources.yml")["sources"]:
        yield from [source["label"], source["title"], source["file"]]


def terms() -> Iterator[str]:
    """Terms of the subject and stems of chapters: common words, so looked for between quotes."""
    codebook = read("codebook.yml")
    for variable in codebook["variables"]:
        if variable["id"] in SUBJECT:
            yield from (term["id"] for term in variable["terms"])
    for kind in ("event_kinds", "questions"):
        yield from (entry["id"] for entry in codebook[kind])
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    yield from (Path(chapter["file"]).stem for chapter in contents["parts"][0]["chapters"])


def patterns() -> dict[str, re.Pattern[str]]:
    """Every name with the pattern that finds it."""
    found = {}
    for key in keys():
        joined = r"[-_ ]".join(map(re.escape, key.split("-")))
        whole = joined if len(key) >= LONG else rf"(?<![A-Za-z]){joined}(?![A-Za-z])"
        found[key] = re.compile(whole, re.IGNORECASE)
    for name in names():
        found[name] = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for term in terms():
        if term not in found:
            found[term] = re.compile(rf"(?<=[\"'`/]){re.escape(term)}(?=[\"'`.])")
    return found


def machinery() -> list[Path]:
    """The files of every wing but the analysis, and of what stands beside the wings."""
    found = (path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".css", ".js", ".typ"))
    return sorted(path for path in found if WITHIN not in path.parents)


@functools.cache
def plain(text: str) -> str:
    """A text without the differences that a pattern may pass over."""
    return text.casefold().translate({ord("-"): " ", ord("_"): " "})


@functools.cache
def trespasses() -> list[tuple[str, int, str]]:
    """File, line and name of all that stands in the machinery and belongs to the subject."""
    looked_for, found = patterns(), []
    for path in machinery():
        text = path.read_text("utf-8")
        near = {name: one for name, one in looked_for.items() if plain(name) in plain(text)}
        for number, line in enumerate(text.splitlines(), start=1):
            found += [
                (path.relative_to(ROOT).as_posix(), number, name)
                for name, pattern in near.items()
                if pattern.search(line)
            ]
    return found


def test_the_names_are_many_and_the_machinery_is_there() -> None:
    assert len(patterns()) > 150 and len(machinery()) > 40


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('return "an Armenian act"', "armenia"),
        ("COUNCIL = csto_council", "csto-council"),
        ('raise ValueError("the CSTO has no such post")', "CSTO"),
        ('PARTICIPATION = ("R3", "R4")', "R3"),
        ('if record.theme == "azerbaijan":', "azerbaijan"),
        ('SHOWN = "notebooks/rotation.html"', "rotation"),
        ("# EDM 2018 prints no year", "EDM 2018"),
    ],
)
def test_a_name_is_found(line: str, name: str) -> None:
    assert patterns()[name].search(line)


@pytest.mark.parametrize(
    "line",
    ["from csto.corpus import reading", "the context of a validation", "not in public", "r3 = 1"],
)
def test_a_common_word_is_no_name(line: str) -> None:
    assert not [name for name, pattern in patterns().items() if pattern.search(line)]


def test_no_machinery_names_the_subject() -> None:
    said = [
        f"{file}:{line}: {name}"
        for file, line, name in trespasses()
        if (file, name) not in EXCEPTIONS
    ]
    assert not said, "belongs into the data or into analysis/:\n" + "\n".join(said)


def test_no_exception_is_stale() -> None:
    there = {(file, name) for file, _, name in trespasses()}
    assert EXCEPTIONS.keys() <= there
