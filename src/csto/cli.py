"""The commands: `csto check`, `locate`, `notebooks`, `data`, `book`, `serve` and the others.

Parses arguments and prints; what the commands do stands in other modules.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    for name, (run, help_, arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=help_, description=help_)
        command.set_defaults(run=run)
        for argument, options in arguments.items():
            command.add_argument(*argument.split(), **options)
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
    from csto.corpus import drafts, reading
    from csto.corpus.locate import locate as places

    root = files.root()
    read = [reading.read(root)[0], *(one.corpus for one in drafts.drafts(root))]
    records = list(dict.fromkeys(record for one in read for record in places(one, args.words)))
    print("\n".join(records) or f"“{args.words}” stands in no document; try fewer words")
    return 0 if records else 1


def notebooks(args: argparse.Namespace) -> int:
    """Execute stale notebooks in place."""
    from csto.book import share
    from csto.corpus.checks import checked_corpus
    from csto.exhibits.notebooks import refresh

    checked_corpus(files.root())
    with files.alone(files.root()):
        executed = refresh(files.root())
        share.draw(files.root())
    print(f"executed {', '.join(executed)}" if executed else "notebooks are up to date")
    return 0


def data(args: argparse.Namespace) -> int:
    """Write tables and findings, from notebooks that are up to date, and all it takes to rerun."""
    notebooks(args)
    from csto.book import rerun
    from csto.book.export import export

    root = files.root()
    for path in (*export(root, root / "_build/data"), rerun.pack(root)):
        print(path.relative_to(root))
    return _export(argparse.Namespace(file=None))


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


def new(args: argparse.Namespace) -> int:
    """Start the draft of a document."""
    from csto.corpus import adding

    root = files.root()
    given = {name: getattr(args, name) for name in adding.New._fields}
    for path in adding.start(root, adding.New(**given)):
        print(path.relative_to(root))
    print("code it, and see it with make serve; csto check says what is wrong in it")
    return 0


def promote(args: argparse.Namespace) -> int:
    """Take a draft into the corpus, or a document beside the argument into that."""
    from csto.corpus import adding

    root = files.root()
    if args.argument:
        return _enter(root, args.key)
    written = adding.promote(root, args.key, only_try=args.only_try)
    if args.only_try:
        print(f"{args.key} is whole: csto promote {args.key} takes it in")
        return 0
    print("\n".join(path.relative_to(root).as_posix() for path in written))
    print("in tables, pages and downloads; chapters are computed without it until you say")
    print(f"csto promote {args.key} --argument, which would change:")
    return _changes(root, args.key)


def _enter(root: Path, key: str) -> int:
    from csto.book import changed
    from csto.corpus import adding

    said = list(changed.values(root, key))
    adding.enter(root, key)
    print("\n".join(said) or "no number of the book becomes another")
    print("read again, because more documents may make it untrue:")
    print("\n".join(map(str, changed.to_read(root))))
    print("then: make notebooks, and tests/campaign/read.py for what changed, beside its passages")
    return 0


def _changes(root: Path, key: str) -> int:
    from csto.book import changed

    print("\n".join(changed.values(root, key)) or "no number of the book")
    return 0


def event(args: argparse.Namespace) -> int:
    """Print the record of an act, as far as its kind fixes it."""
    from csto.corpus import drafts, reading
    from csto.corpus.filled import filled

    root = files.root()
    key = args.extract.partition(".")[0]
    corpus = drafts.read(root, key).corpus if key in drafts.keys(root) else reading.read(root)[0]
    given = (args.actors.split(","), args.recipients.split(","))
    print(filled(corpus, args.extract, args.kind, *(list(filter(None, some)) for some in given)))
    return 0


def code(args: argparse.Namespace) -> int:
    """Codings out to a human coder and in from one."""
    return {"sheet": _sheet, "export": _export, "import": _import}[args.what](args)


def _sheet(args: argparse.Namespace) -> int:
    from csto.corpus.checks import checked_corpus
    from csto.corpus.code import refi, sheet

    corpus = checked_corpus(files.root())
    shortest = min(corpus.documents, key=lambda source: len(corpus.documents[source].text))
    documents = args.documents.split(",") if args.documents else [shortest]
    folder = Path(args.file or files.root() / "_build/sheet")
    for path in sheet.write(corpus, documents, folder):
        print(path)
    files.write(folder / "blind.qdpx", refi.project(corpus, documents, {}))
    print(folder / "blind.qdpx")
    return 0


def _export(args: argparse.Namespace) -> int:
    from csto.corpus.checks import checked_corpus
    from csto.corpus.code import refi

    corpus = checked_corpus(files.root())
    path = Path(args.file or files.root() / "_build/code/codings.qdpx")
    files.write(path, refi.project(corpus, corpus.source, refi.coders(corpus)))
    print(f"{path}: whole documents, not to be published")
    return 0


def _import(args: argparse.Namespace) -> int:
    from csto.corpus.code.take_in import FOLDER, take_in

    if not args.file or not args.reader:
        raise ValueError("name the file, and who read: csto code import FILE --reader NAME")
    key = take_in(files.root(), Path(args.file), args.reader)
    print(FOLDER / key)
    from csto.analysis.measures import codings

    found = codings.found_units().set_index("reading_id").loc[[key]]
    print("how far it finds the report’s units, in the documents that it is of:")
    print(found[["unit", "ours", "theirs", "both", "f1", "by_sentence"]].to_string(index=False))
    return 0


def checked(args: argparse.Namespace) -> int:
    """Take in what a reader found on the check sheet."""
    from statistics import median

    from csto.corpus import checks as rules

    root, path = files.root(), Path(args.file)
    to = root / "data/checks" / path.name
    if to.exists() or path.suffix != ".yml":
        raise ValueError(f"{path.name} is taken in already or is no .yml, rename it")
    files.write(to, path.read_bytes())
    try:
        corpus = rules.checked_now(root)
    except DataError:
        to.unlink()
        raise
    found = [one for one in corpus.checks if one._place.file == to.relative_to(root).as_posix()]
    times = [one.seconds for one in found if one.seconds is not None]
    half = f", half of them in {round(median(times))} s or less" if times else ""
    many = f"{len(found)} answer{'' if len(found) == 1 else 's'}"
    print(f"{to.relative_to(root)}: {many}{half}; make book shows them")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Say whether a PDF or a folder of downloads is what its own record says."""
    from csto.paper import record

    edition = record.found(Path(args.edition))
    said = list(record.differences(edition))
    pages = f"{len(edition.pages)} pages and " if edition.pages else ""
    whole = f"{args.edition}: {pages}{len(edition.contents) - 1} files are as its record has them"
    print("\n".join(said) or whole)
    return int(bool(said))


CHECKED = ("data", "book", "notebooks")  # folders whose files problems name
Arguments = dict[str, dict[str, Any]]  # as argparse takes them: names, and what is said of them
_NEW: Arguments = {
    "what": {"choices": ["document"]},
    "text": {"type": Path, "metavar": "FILE", "help": "its text: plain, in UTF-8"},
    "--date": {"required": True, "help": "when it was written: 2024-05-03, or 2024-05/2024-06"},
    "--basis": {"default": "stated", "help": "how the text lets us know (date_basis); stated"},
    "--genre": {"required": True, "help": "kind of text, a term of genre"},
    "--author": {"help": "name or id; without it a stub for an unnamed author is made"},
    "--publisher": {"help": "as the text itself gives it"},
    "--key": {"help": "key of the document; else the name of the file"},
    "--label": {"help": "short name for tables; else from the key and the year"},
}
_PROMOTE: Arguments = {
    "key": {"help": "the draft, as in data/drafts/"},
    "--try": {"dest": "only_try", "action": "store_true", "help": "only say what is missing"},
    "--argument": {
        "action": "store_true",
        "help": "let chapters rest on a document that was promoted; prints what to read again",
    },
}
_EVENT: Arguments = {
    "extract": {"help": "the passage that tells the act"},
    "--kind": {"required": True, "help": "kind of act, a term of event_kind"},
    "--actors": {"default": "", "help": "ids, with commas"},
    "--recipients": {"default": "", "help": "ids, with commas"},
}
_CODE: Arguments = {
    "what": {
        "choices": ["sheet", "export", "import"],
        "help": "a blind sheet, all codings, or one",
    },
    "file": {"nargs": "?", "help": "folder of the sheet, or the file: .qdpx, .csv or .yml"},
    "--documents": {"default": "", "help": "of the sheet: keys with commas; else the shortest"},
    "--reader": {"default": "", "help": "of an import: name or initials, as they are to stand"},
}
_CHECKED: Arguments = {"file": {"help": "the file that the check sheet saved"}}
_VERIFY: Arguments = {"edition": {"help": "csto.pdf, or a folder of downloads"}}
_SERVE: Arguments = {
    "--port": {"type": int, "default": 8000, "help": "8000 if none is named"},
    "--once": {"action": "store_true", "help": "build, and serve nothing"},
}
_CHECK: Arguments = {"files": {"nargs": "*", "help": "print only the problems of these files"}}
_LOCATE: Arguments = {"words": {"help": "words as remembered, in quotes"}}
COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str, Arguments]] = {
    "check": (check, "check data and pages; print every problem as file:line:column", _CHECK),
    "locate": (locate, "find words in the documents and print the record to paste", _LOCATE),
    "new": (new, "start the draft of a document: text, records, page", _NEW),
    "event": (event, "print the record of an act, filled in as far as its kind goes", _EVENT),
    "promote": (promote, "take a finished draft into the corpus", _PROMOTE),
    "code": (code, "codings to a human coder and back: sheet, export, import", _CODE),
    "checked": (checked, "take in the verdicts of a reader, from the check sheet", _CHECKED),
    "verify": (verify, "compare a PDF or downloads with the record that they carry", _VERIFY),
    "notebooks": (notebooks, "execute stale notebooks in place", {}),
    "data": (data, "write tables and findings to _build/data/", {}),
    "book": (book, "check, execute stale notebooks, build the book as HTML and PDF", {}),
    "serve": (serve, "serve a live preview on this machine: save a file, see the page", _SERVE),
    "fingerprint": (fingerprint, "print which version this is, as the PDF prints it", {}),
}


def _print(problems: list[Problem]) -> int:
    shown = sorted(set(problems))
    print("\n".join(map(str, shown)))
    print(f"{len(shown)} problem{'s' if len(shown) != 1 else ''}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
