"""The commands: `csto check`, `locate`, `notebooks`, `data`, `book`, `serve`, `fingerprint`.

Parses arguments and prints; what the commands do stands in other modules.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import signal
import sys
from pathlib import Path

from csto import files
from csto.corpus.problems import DataError, Problem


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    args = _parser().parse_args(argv)
    # A command makes records and ends: to search them for waste takes longer the more there are.
    gc.disable()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows no curly quotes still gets the message.
        sys.stdout.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to be ended is to be interrupted
    try:
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except DataError as error:
        return _print(error.problems)
    except KeyboardInterrupt:
        print(f"csto {args.command}: stopped; no file is half written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Nobody reads on: nothing to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (OSError, ValueError, RuntimeError) as error:
        print(f"csto {args.command}: {_said(error)}", file=sys.stderr)
        return 1


def _said(error: Exception) -> str:
    """An error in words: a file's name comes first."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="csto", description="The commands of the book.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, (run, help_) in COMMANDS.items():
        command = commands.add_parser(name, help=help_, description=help_)
        command.set_defaults(run=run)
        if name == "check":
            command.add_argument("files", nargs="*", help="print only the problems of these files")
        if name == "locate":
            command.add_argument("words", help="words as remembered, in quotes")
        if name == "serve":
            command.add_argument("--port", type=int, default=8000, help="8000 if none is named")
            command.add_argument("--once", action="store_true", help="build, and serve nothing")
    return parser


def check(args: argparse.Namespace) -> int:
    """All problems of the data and the pages, or what was checked."""
    from csto.book import gate
    from csto.corpus import rules
    from csto.corpus.checks import checked_corpus

    root = files.root()
    problems = gate.problems(root)
    wanted = {_named(file, root) for file in args.files}
    if shown := [p for p in problems if not wanted or p.file in wanted]:
        return _print(shown)
    said = f"checked {checked_corpus(root).counts()}" if not problems else "checked"
    print(
        f"{said}; {len(rules.RULES)} rules between records, {len(gate.RULES)} of pages: no problem"
    )
    return 0


def _named(name: str, root: Path) -> str:
    """A file as problems name it. Raises ValueError when nothing of it is checked."""
    path = Path(name).resolve()
    file = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    if not path.is_file() or not (file == "_toc.yml" or file.split("/")[0] in CHECKED):
        raise ValueError(f"{name} is no file under {', '.join(CHECKED)}, correct the name")
    return file


def locate(args: argparse.Namespace) -> int:
    """Records to paste for the places where the words stand."""
    from csto.corpus import reading
    from csto.corpus.locate import locate as places

    records = list(places(reading.read(files.root())[0], args.words))
    print("\n".join(records) or f"“{args.words}” stands in no document; try fewer words")
    return 0 if records else 1


def notebooks(args: argparse.Namespace) -> int:
    """Execute stale notebooks in place."""
    from csto.corpus.checks import checked_corpus
    from csto.exhibits.notebooks import refresh

    checked_corpus(files.root())
    with files.alone(files.root()):
        executed = refresh(files.root())
    print(f"executed {', '.join(executed)}" if executed else "notebooks are up to date")
    return 0


def data(args: argparse.Namespace) -> int:
    """Write tables and findings, from notebooks that are up to date."""
    notebooks(args)
    from csto.book.export import export

    for path in export(files.root(), files.root() / "_build/data"):
        print(path.relative_to(files.root()))
    return 0


def book(args: argparse.Namespace) -> int:
    """Build the book and say where its editions lie."""
    from csto import build

    for edition, path in build.book(files.root()).items():
        print(f"{edition}: {path}")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Serve a live preview of the pages, or only build it."""
    from csto import serve as server

    return server.once(files.root()) if args.once else server.serve(files.root(), args.port)


def fingerprint(args: argparse.Namespace) -> int:
    """Which version this is, as the PDF prints it."""
    from csto.identity import fingerprint as identify

    print(identify(files.root()))
    return 0


CHECKED = ("data", "book", "notebooks")  # folders whose files problems name
COMMANDS = {
    "check": (check, "check data and pages; print every problem as file:line:column"),
    "locate": (locate, "find words in the documents and print the record to paste"),
    "notebooks": (notebooks, "execute stale notebooks in place"),
    "data": (data, "write tables and findings to _build/data/"),
    "book": (book, "check, execute stale notebooks, build the book as HTML and PDF"),
    "serve": (serve, "serve a live preview on this machine: save a file, see the page"),
    "fingerprint": (fingerprint, "print which version this is, as the PDF prints it"),
}


def _print(problems: list[Problem]) -> int:
    shown = sorted(set(problems))
    print("\n".join(map(str, shown)))
    print(f"{len(shown)} problem{'s' if len(shown) != 1 else ''}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
