"""A rule is found by standing in the folder of rules."""

from __future__ import annotations

import inspect
import pkgutil
import sys

from csto.corpus import rules


def test_every_rule_of_every_module_runs() -> None:
    """A function from a corpus to problems that is not registered would be silent for ever."""
    modules = [f"{rules.__name__}.{found.name}" for found in pkgutil.iter_modules(rules.__path__)]
    written = {
        function
        for module in modules
        for name, function in inspect.getmembers(sys.modules[module], inspect.isgeneratorfunction)
        if function.__annotations__.get("return") == "Iterator[Problem]" and name[0] != "_"
    }
    assert written == set(rules.RULES)
    assert len(rules.RULES) == len(written) > 35
    assert {function.__module__ for function in written} == {
        module for module in modules if not module.endswith(".registry")
    }
