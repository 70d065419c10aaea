"""What must hold between records, and between a record and its document.

One rule, one short generator with `@rule`: corpus in, problems out. A module of this folder holds
the rules on one matter, and is found by being here. What a single record must look like stands in
`csto.corpus.schema`.
"""

from __future__ import annotations

import importlib
import pkgutil

from csto.corpus.rules.registry import RULES as RULES

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
