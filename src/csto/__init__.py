"""The CSTO discord book: read, check, tabulate, chart, publish.

Data flows one way, corpus → tables → analysis → exhibits → book → paper;
imports point the other way only.
"""

__version__ = "0.1.0"

import sys

# Altair and nbformat import jsonschema, which compiles a grammar of web addresses where the
# package for it is installed: a second in every process, for a format that nothing here checks.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
