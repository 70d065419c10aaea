"""What a reader of the book has to install asks for no more than the book's own code gives."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator

from packaging.requirements import Requirement

from conftest import ROOT

#: Licences under which anybody may use a package beside code under MIT, as packages write them.
PERMISSIVE = {
    *("MIT", "MIT-CMU", "MIT License", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "0BSD"),
    *("Zlib", "MPL-2.0", "OFL-1.1"),
    *("Apache 2.0", "Apache-2.0", "Apache Software License", "ISC License (ISCL)", "PSF-2.0"),
    *("CC0-1.0", "Mozilla Public License 2.0 (MPL 2.0)", "SIL Open Font License 1.1 (OFL-1.1)"),
}
#: Packages that name others beside, with the reason why that is no matter.
EXCEPTIONS = {
    "docutils": "public domain and BSD; what is under the GPL is a mode for an editor",
}


def runtime() -> dict[str, importlib.metadata.Distribution]:
    """The packages that the project needs without its extras, and those that these need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    found: dict[str, importlib.metadata.Distribution] = {}
    while waiting:
        one = waiting.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if name not in found:
            found[name] = importlib.metadata.distribution(one.name)
            waiting += needs(found[name], one.extras)
    return found


def needs(package: importlib.metadata.Distribution, extras: set[str]) -> Iterator[Requirement]:
    """What a package needs on this machine with some of its extras."""
    for line in package.requires or ():
        one = Requirement(line)
        asked = [{"extra": extra} for extra in extras or {""}]
        if one.marker is None or any(map(one.marker.evaluate, asked)):
            yield one


def licences(package: importlib.metadata.Distribution) -> set[str]:
    """What a package says of its licence: an expression, or classifiers, or a line."""
    said = package.metadata
    if expression := said.get("License-Expression"):
        return set(re.split(r" (?:AND|OR) ", expression))
    kinds = [one.split(" :: ")[-1] for one in said.get_all("Classifier") or () if "License" in one]
    return set(kinds) - {"OSI Approved"} or {(said.get("License") or "none").splitlines()[0]}


def test_every_package_that_is_run_with_is_under_a_permissive_licence() -> None:
    packages = runtime()
    assert len(packages) > 60
    other = {name for name, one in packages.items() if not licences(one) <= PERMISSIVE}
    assert other == EXCEPTIONS.keys()


def test_a_package_under_the_gpl_is_told_apart() -> None:
    """The library of agreement, with which tests compare: `csto.analysis.agreement` computes it."""
    assert not licences(importlib.metadata.distribution("krippendorff")) <= PERMISSIVE
    assert "krippendorff" not in runtime()
