"""What the server of `child.py` does once: load the package, and read the project's files."""

import gc
import importlib
import pkgutil
from pathlib import Path

import csto
from csto.corpus import reading

for module in pkgutil.walk_packages(csto.__path__, "csto."):
    importlib.import_module(module.name)
gc.disable()
reading.read(Path(__file__).resolve().parents[1])
gc.enable()
gc.freeze()
