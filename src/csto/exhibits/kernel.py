"""What notebooks run in: this interpreter, and nothing of whoever runs it.

No settings, start-up files or kernels of a person or a machine are read, none of
their environment but where programs and code lie, and nothing is written at home.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # imported where notebooks are executed
    from jupyter_client.manager import AsyncKernelManager

KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "PYTHONDONTWRITEBYTECODE")
SET = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONNOUSERSITE": "1"}
#: A kernel that looks for no settings, neither at home nor of the machine.
CODE = (
    "from ipykernel.kernelapp import IPKernelApp as app; "
    "app.load_config_file = lambda *_, **__: None; app.launch_instance()"
)


@contextmanager
def closed() -> Iterator[tuple[AsyncKernelManager, dict[str, Any]]]:
    """Who starts the kernel, and the environment to start it in; both end with the context."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    with TemporaryDirectory(prefix="csto-") as home:
        manager = AsyncKernelManager(connection_file=f"{home}/connection.json")
        argv = [sys.executable, "-P", "-c", CODE, "-f", "{connection_file}"]
        manager._kernel_spec = KernelSpec(argv=argv, display_name="Python 3", language="python")
        yield manager, _environment(home)


def _environment(home: str) -> dict[str, str]:
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    code = os.fspath(Path(__file__).resolve().parents[2])
    return {**kept, **SET, "HOME": home, "IPYTHONDIR": f"{home}/ipython", "PYTHONPATH": code}
