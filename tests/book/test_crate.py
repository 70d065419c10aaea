"""The built book describes itself as a research object, with the run that made it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from book.test_heads import expanded
from csto.book import crate, receipt

#: What words mean in it, as the specification has it, since tests ask no network.
CONTEXT = Path(__file__).with_name("ro-crate-1.2.jsonld")
Nodes = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def text(site_folder: Path) -> str:
    """The description as the book offers it."""
    return (site_folder / crate.NAME).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def nodes(text: str) -> Nodes:
    """What it describes, by id."""
    graph = json.loads(text)["@graph"]
    found = {node["@id"]: node for node in graph}
    assert len(found) == len(graph)
    return found


def references(value: Any) -> Iterator[str]:
    """The ids that a value refers to."""
    if isinstance(value, dict) and value.keys() == {"@id"}:
        yield value["@id"]
    elif isinstance(value, dict):
        for one in value.values():
            yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def test_it_has_the_form_of_the_specification(text: str, nodes: Nodes) -> None:
    assert json.loads(text)["@context"] == "https://w3id.org/ro/crate/1.2/context"
    about = nodes[crate.NAME]
    assert about["conformsTo"] == {"@id": crate.VERSION} and about["about"] == {"@id": "./"}
    root = nodes["./"]
    assert {"name", "description", "datePublished", "license", "author"} <= root.keys()
    named = set().union(*map(set, map(references, nodes.values())))
    assert named - {crate.VERSION} <= nodes.keys()


def test_every_file_is_there_with_its_hash(nodes: Nodes, site_folder: Path) -> None:
    held = {id: node for id, node in nodes.items() if "File" in node["@type"]}
    there = {
        path.relative_to(site_folder).as_posix()
        for path in site_folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert held.keys() == there - {crate.NAME}
    assert set(references(nodes["./"]["hasPart"])) == held.keys()
    for id, node in held.items():
        content = (site_folder / id).read_bytes()
        assert node["sha256"] == hashlib.sha256(content).hexdigest(), id
        assert node["contentSize"] == str(len(content)), id


def test_the_run_names_what_went_in_and_what_came_out(nodes: Nodes, sources: Path) -> None:
    run, made_of = nodes[crate.RUN], receipt.made_of(sources)
    went_in = [nodes[id]["sha256"] for id in references(run["object"])]
    assert went_in == [part["sha256"] for part in made_of["inputs"].values()]
    assert set(references(run["result"])) == {"index.html", "_downloads/csto.pdf"}
    notebooks = list(references(run["instrument"]))
    assert {Path(id).stem for id in notebooks} == made_of["cells"].keys()
    packages = [f"{name} {version}" for name, version in made_of["packages"].items()]
    assert all(nodes[id]["softwareRequirements"] == packages for id in notebooks)


def test_a_processor_of_json_ld_reads_it(text: str, nodes: Nodes) -> None:
    read = expanded(json.loads(text), base="https://page.example/")
    assert len(read) == len(nodes)


class Answer:
    """What a server would say of an address: the context, or that there is nothing."""

    def __init__(self, url: str):
        self.url, self.ok = url, url == crate.TERMS
        self.status_code = 200 if self.ok else 404
        self.text = CONTEXT.read_text(encoding="utf-8") if self.ok else ""
        self.content, self.headers = self.text.encode(), {"Content-Type": "application/ld+json"}

    def json(self) -> Any:
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        assert self.ok, self.url


def test_a_validator_accepts_it(site_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rocrate_validator import models, services  # half a second, here and not above
    from rocrate_validator.utils import http

    asked: list[str] = []

    def answer(_: Any, url: str, **__: Any) -> Answer:
        asked.append(url)
        return Answer(url)

    for way in ("get", "head"):
        monkeypatch.setattr(http.HttpRequester, way, answer, raising=False)
    settings = services.ValidationSettings(
        rocrate_uri=str(site_folder),
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.REQUIRED,
    )
    found = services.validate(settings)
    assert [issue.message for issue in found.get_issues()] == []
    assert crate.TERMS in asked
