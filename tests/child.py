"""A command of the project as a child process that starts warm.

The children are forked from a server of their own, which has loaded the libraries and read the
project once, and runs no threads: a fork of the test process would inherit locks that its threads
hold, of a browser's driver or a drawing library, and could wait for them for ever.
"""

from __future__ import annotations

import ctypes
import faulthandler
import functools
import multiprocessing
import os
import resource
import sys
import traceback
from collections.abc import Callable
from multiprocessing import forkserver
from pathlib import Path
from typing import NamedTuple

import pytest

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["warm"])
PATIENCE = 1200  # seconds until something is wrong, on a loaded machine
STUCK = "does not end; where it stands was printed to its stderr"


class Call(NamedTuple):
    """A command in a folder; what it says goes into two files. `before` is called in the child."""

    folder: Path
    arguments: tuple[str, ...]
    before: Callable[[], object] | None
    environment: dict[str, str]
    out: Path
    err: Path


def run(call: Call) -> int:
    """Run a command in a child; returns its status.

    A command that does not end is ended, and the stacks of its threads stand in `err`.
    """
    _start()
    child = SERVER.Process(target=_be, args=(call,))
    child.start()
    child.join(PATIENCE + 60)
    if child.is_alive():
        child.kill()
        child.join()
    assert child.exitcode is not None and child.exitcode >= 0, f"{STUCK}: {call.err.read_text()}"
    return child.exitcode


@functools.cache
def _start() -> None:
    """Start the server, which finds its modules where this process does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        forkserver.ensure_running()


def _be(call: Call) -> None:
    """Be the command, and end with its status."""
    status: object = 1
    encoding = call.environment.get("PYTHONIOENCODING", "utf-8")
    os.environ.clear()
    os.environ.update(call.environment)
    sys.stdout, sys.stderr = (path.open("w", encoding=encoding) for path in (call.out, call.err))
    faulthandler.dump_traceback_later(PATIENCE, exit=True, file=sys.stderr)
    try:
        from csto.cli import main

        os.chdir(call.folder)
        for number, told in enumerate((sys.stdout, sys.stderr), start=1):  # for what it starts, too
            os.dup2(told.fileno(), number)
        if call.before:
            call.before()
        status = main(list(call.arguments))
    except SystemExit as error:
        status = error.code
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(status if isinstance(status, int) else 1)


# ---- what may be done to the process ----------------------------------------------------------


def no_room() -> None:
    """A disk that takes 4,000 bytes a file and no more."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))


def nobody_special() -> None:
    """Root without its power to pass over the rights of files: what everybody else is."""
    version, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(version, none) == 0
