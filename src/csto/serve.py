"""`csto serve`: a live preview on this machine, for whoever edits; never an edition.

Watches the project's files, has `csto.preview` build what a change reaches, and
serves the pages, each with a stamp that says what is known of it: up to date,
being rebuilt, or out of date and why. The files are looked at whenever a stamp
is sent, so that no page passes for fresh between a change and its being noticed.
"""

from __future__ import annotations

import asyncio
import fcntl
import gc
import hashlib
import html
import json
import multiprocessing
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sphinx.application import builtin_extensions
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.template import Template
from tornado.web import Application, RedirectHandler, RequestHandler, StaticFileHandler

from csto import preview
from csto.preview import Told

HOST = "127.0.0.1"  # and nothing else: drafts are for this machine
PAUSE = 0.1  # seconds between looks at the files
GRACE = 3  # seconds that a build has for ending when it is told to
TEMPLATE = Path(__file__).with_name("stamp.html")
STYLES = ("_static", "web")  # folders whose files every page loads
#: What a stamp says, by its kind.
WORDS = {
    "fresh": "up to date with the files",
    "stale": "files have changed and this page is being rebuilt; it may be out of date",
    "stopped": "no page counts until the following is corrected",
    "warned": "up to date with the files, but the book would not be built",
}
NO_PAGE = (
    "<!DOCTYPE html><title>Not in the preview</title><p>The preview has no such page, or not yet; "
    "<code>make book</code> makes the files to download.</p>"
)


class ServeError(RuntimeError):
    """The preview cannot be served; says what to do."""


def once(root: Path) -> int:
    """Build the preview and serve nothing; returns the exit status. Raises ServeError."""
    with _alone(root, "being built"):
        for told in preview.build(root, []):
            _say(told)
    return int(bool(told.problems) or not told.seen)


def serve(root: Path, port: int) -> int:
    """Serve the preview until interrupted; port 0 is any free one. Raises ServeError."""
    gc.enable()  # unlike the other commands this one stays
    try:
        sockets = bind_sockets(port, HOST)
    except OSError as error:
        words = f"port {port} cannot be used ({error.strerror}), choose another: --port"
        raise ServeError(words) from None
    address = f"http://{HOST}:{sockets[0].getsockname()[1]}/"
    with _alone(root, f"served at {address}"):
        print(f"preview: {address} (Ctrl-C ends it)", flush=True)
        asyncio.run(_until_interrupted(View(root), sockets))
    print("preview: ended", flush=True)
    return 0


@contextmanager
def _alone(root: Path, what: str) -> Iterator[None]:
    """Nobody else makes this project's preview meanwhile. Raises ServeError when somebody does."""
    path = root / preview.FOLDER / "made-by"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            words = f"the preview of this project is {lock.read()} already, end that first"
            raise ServeError(words) from None
        lock.truncate(0)
        lock.write(what)
        lock.flush()
        yield


async def _until_interrupted(view: View, sockets: list[socket.socket]) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    server = HTTPServer(application(view))
    server.add_sockets(sockets)
    watching = asyncio.create_task(view.watch(stop))
    watching.add_done_callback(lambda _: stop.set())
    await stop.wait()
    server.stop()
    await asyncio.to_thread(view.end)
    await watching


# ---- what is known of the pages ------------------------------------------------------


@dataclass(frozen=True)
class Child:
    """The process of a build, from when it waits, with the files as they were before it began."""

    process: BaseProcess
    pipe: Connection
    seen: preview.Seen

    def end(self) -> None:
        """End it, gently first."""
        self.process.terminate()
        self.process.join(GRACE)
        self.process.kill()


class View:
    """The pages, what the last build said of them, and who looks at them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.told: Told | None = None
        self.lookers: set[States] = set()
        self.child: Child | None = None
        self.ended = False

    def stamp(self, page: str) -> dict[str, str]:
        """What is known of a page: `kind`, `words` (HTML), and `made`, which changes with it."""
        told, problems = self.told, ""
        if told is None or preview.look(self.root) != told.seen:
            kind = "stale"
        elif told.stopped or (told.problems and page not in told.late):
            kind = "stopped" if told.stopped else "warned"
            problems = f":</p><pre>{html.escape(chr(10).join(told.problems))}</pre>"
        else:
            kind = "stale" if page in told.late else "fresh"
        words = f"<p><strong>Draft preview</strong>, {WORDS[kind]}{problems or '.</p>'}"
        return {"kind": kind, "words": words, "made": self._made(page)}

    def _made(self, page: str) -> str:
        """When a page was written, and with which styles and scripts."""
        path = self.root / preview.PAGES / f"{page}.html"
        seen = self.told.seen.items() if self.told else ()
        styles = [item for item in seen if set(STYLES) & set(Path(item[0]).parts)]
        written = path.stat().st_mtime_ns if path.is_file() else 0
        return f"{written}-{hashlib.sha256(repr(sorted(styles)).encode()).hexdigest()[:8]}"

    def stamped(self, page: str) -> str:
        """The stamp of a page as HTML that keeps itself up to date."""
        made = Template(TEMPLATE.read_text(encoding="utf-8")).generate(
            page=page, **self.stamp(page)
        )
        return made.decode()

    def tell(self) -> None:
        """Tell everybody who looks at a page what is known of it."""
        for looker in self.lookers:
            looker.tell()

    async def watch(self, stop: asyncio.Event) -> None:
        """Build whenever the files are others than those that the pages were made from."""
        while not stop.is_set():
            seen = preview.look(self.root)
            await asyncio.sleep(PAUSE)
            if self.told and seen == self.told.seen:
                continue
            if seen == preview.look(self.root):  # whoever saves many files has finished
                self.tell()
                loop = asyncio.get_running_loop()
                pages = [looker.page for looker in self.lookers]
                await asyncio.to_thread(self._build, pages, seen, loop)

    def _build(
        self, looked_at: list[str], seen: preview.Seen, loop: asyncio.AbstractEventLoop
    ) -> None:
        """Have a child build, and take what it says; runs in a thread of its own."""
        child = self._child(seen)
        silent = True
        with suppress(BrokenPipeError, EOFError):
            child.pipe.send(looked_at)
            while True:
                loop.call_soon_threadsafe(self._take, child.pipe.recv())
                silent = False
        child.process.join()
        if silent and not self.ended:
            status = child.process.exitcode
            words = f"the build ended without a word (status {status}), see the terminal"
            loop.call_soon_threadsafe(self._take, Told(seen, [words], stopped=True))
        if not self.ended:
            self._start()

    def _child(self, seen: preview.Seen) -> Child:
        """The child that waits, or a new one where it has read what is no longer so."""
        waiting = self.child
        if waiting and waiting.process.is_alive() and preview.serves(waiting.seen, seen):
            return waiting
        if waiting:
            waiting.end()
        return self._start()

    def _start(self) -> Child:
        """Start a child, which reads ahead and waits for what to build."""
        seen = preview.look(self.root)
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=preview.send, args=(self.root, theirs))
        process.start()
        theirs.close()
        self.child = Child(process, ours, seen)
        if self.ended:
            process.terminate()
        return self.child

    def _take(self, told: Told) -> None:
        self.told = told
        _say(told)
        self.tell()

    def end(self) -> None:
        """End what is being built, and let go of everybody who looks on."""
        self.ended = True
        for looker in self.lookers:
            looker.gone.set()
        if self.child:
            self.child.end()


def _say(told: Told) -> None:
    """What a round did, on the terminal."""
    lines = [f"executed {name}" for name in told.executed]
    lines += [f"read {', '.join(sorted(told.read))}"] if told.read else []
    lines += [f"{len(told.late)} pages are still to be read"] if told.late else []
    lines += [] if told.seen else ["files changed meanwhile, the preview is not up to date"]
    print("\n".join([*lines, *told.problems]) or "up to date", flush=True)


# ---- over HTTP -----------------------------------------------------------------------


def application(view: View) -> Application:
    """What answers a browser; only one that names this machine, whatever page sent it here."""
    made = Application(log_function=lambda _: None)
    folder = view.root / preview.PAGES
    routes: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (r"/", RedirectHandler, {"url": "/index.html", "permanent": False}),
        (r"/-/states", States, {"view": view}),
        (r"/(.*)\.html", Page, {"view": view, "folder": folder.resolve()}),
        (r"/(.*)", Other, {"path": str(folder)}),
    ]
    made.add_handlers(r"127\.0\.0\.1|localhost", routes)
    return made


class Page(RequestHandler):
    """A page with its stamp; what is no page is stamped, too, and becomes one when it is made."""

    def initialize(self, view: View, folder: Path) -> None:
        """Take the view and the folder of the pages."""
        self.view, self.folder = view, folder

    def get(self, page: str) -> None:
        """The page as it is now."""
        path = (self.folder / f"{page}.html").resolve()
        self.set_header("Cache-Control", "no-store")
        if path.is_relative_to(self.folder) and path.is_file():
            text = path.read_text(encoding="utf-8")
            self.finish(text.replace(preview.STAMP, self.view.stamped(page)))
        else:
            self.set_status(404)
            self.finish(NO_PAGE + self.view.stamped(page))


class Other(StaticFileHandler):
    """Styles, scripts, pictures and fonts as they lie there."""

    def set_extra_headers(self, path: str) -> None:
        """A browser asks each time."""
        self.set_header("Cache-Control", "no-store")

    def should_return_304(self) -> bool:
        """Never: the parent class keeps hashes of files, and would call a changed one the same."""
        return False

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say what a preview does without."""
        self.finish(NO_PAGE if status_code == 404 else self._reason)


class States(RequestHandler):
    """What is known of one page, sent anew whenever that changes (server-sent events)."""

    def initialize(self, view: View) -> None:
        """Take the view."""
        self.view = view

    async def get(self) -> None:
        """Stay until the browser goes."""
        self.page = self.get_query_argument("page")
        self.gone = asyncio.Event()
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        self.view.lookers.add(self)
        self.tell()
        await self.gone.wait()
        self.view.lookers.discard(self)

    def tell(self) -> None:
        """Send what is known now."""
        self.write(f"data: {json.dumps(self.view.stamp(self.page))}\n\n")
        self.flush()

    def on_connection_close(self) -> None:
        """The browser went elsewhere."""
        self.gone.set()


CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([*preview.LIBRARIES, *builtin_extensions])
