"""The faces of charts: those that come with the drawing library, none that a machine has."""

from __future__ import annotations

import functools
import os
import tempfile

import vl_convert

SETTING = "FONTCONFIG_FILE"
#: Without any folder the library would look into those that it knows.
NONE = '<?xml version="1.0"?>\n<fontconfig><dir>/dev/null</dir></fontconfig>\n'
NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@functools.cache
def close() -> None:
    """Have the library load its faces, as it does once, before its first drawing.

    What else this process starts, such as a browser, finds the faces of the machine.
    """
    before = os.environ.get(SETTING)
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as nowhere:
        nowhere.write(NONE)
        nowhere.flush()
        os.environ[SETTING] = nowhere.name
        try:
            vl_convert.svg_to_png(NOTHING)
        finally:
            del os.environ[SETTING]
            os.environ.update({SETTING: before} if before is not None else {})
