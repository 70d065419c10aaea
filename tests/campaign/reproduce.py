"""`make reproduce`: builds the book twice from one commit and compares every byte.

The two builds differ in everything that must not matter: folder (one with a
blank and letters beyond ASCII in its name), time, time zone, locale, hash seed,
rights of new files, home, fonts, the place of packages, and what lies there: one
folder is empty, the other holds the book of the commit before. Compared are the
pages, the PDF and the executed notebooks. On a difference `diffoscope` shows it
where it is installed, else the first line that differs. Ends with status 1 when
anything does.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import font_source_sans_pro

ROOT = Path(__file__).resolve().parents[2]
COMPARED = ("_build/html", "_build/pdf", "notebooks")
#: name of the folder, rights that new files lack, environment
PLACES = (
    ("one", 0o022, {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}),
    (
        "an öther place/two",
        0o077,
        {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "POSIX",
            "PYTHONHASHSEED": "4242",
            "FONTCONFIG_FILE": "../fonts.conf",
        },
    ),
)
FONTS = f"<fontconfig><dir>{font_source_sans_pro.font_directory}</dir></fontconfig>\n"


def build(folder: Path, umask: int, environment: dict[str, str]) -> None:
    """Clone the commit into a folder and build both editions there. Raises CalledProcessError."""
    subprocess.run(["git", "clone", "-q", "--no-local", str(ROOT), str(folder)], check=True)
    home = folder.parent / "home"
    home.mkdir()
    (folder.parent / "fonts.conf").write_text(FONTS, encoding="utf-8")
    (folder.parent / "packages").symlink_to(sysconfig.get_path("purelib"))
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("LC_", "LANG", "PYTHON", "SOURCE_DATE"))
    }
    # The clone's own package, with the packages that are installed here.
    around = {
        **kept,
        "HOME": str(home),
        "PYTHONPATH": f"{folder / 'src'}:{folder.parent / 'packages'}",
        "PYTHONDONTWRITEBYTECODE": "1",
        **environment,
    }
    command = [sys.executable, "-m", "csto.cli", "book"]
    if "FONTCONFIG_FILE" in environment:
        subprocess.run(["git", "checkout", "-q", "HEAD~1"], cwd=folder, check=True)
        subprocess.run(command, cwd=folder, env=around, umask=umask)  # can it be made or not
        subprocess.run(["git", "checkout", "-qf", "-"], cwd=folder, check=True)
    subprocess.run(command, cwd=folder, env=around, umask=umask, check=True)


def files(folder: Path) -> dict[str, Path]:
    """The files that are compared, by name."""
    found = (
        path for part in COMPARED for path in sorted((folder / part).rglob("*")) if path.is_file()
    )
    return {path.relative_to(folder).as_posix(): path for path in found}


def differences(one: Path, other: Path) -> list[str]:
    """What differs between two folders, a line each.

    Raises ValueError when there is nothing to compare.
    """
    ours, theirs = files(one), files(other)
    if not any(name.endswith(".html") for name in ours):
        raise ValueError(f"no page under {one}/_build/html, there is nothing to compare")
    said = [
        f"{name}: only in the {'first' if name in ours else 'second'} build"
        for name in sorted(ours.keys() ^ theirs.keys())
    ]
    return said + [
        f"{name}: {first_difference(ours[name], theirs[name])}"
        for name in sorted(ours.keys() & theirs.keys())
        if ours[name].read_bytes() != theirs[name].read_bytes()
    ]


def first_difference(one: Path, other: Path) -> str:
    """The first line that differs, and where in it."""
    lines = [path.read_bytes().split(b"\n") for path in (one, other)]
    for number, (ours, theirs) in enumerate(zip(*lines, strict=False), start=1):
        if ours != theirs:
            at = next(
                (i for i, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]),
                min(len(ours), len(theirs)),
            )
            parts = [
                line[max(0, at - 40) : at + 60].decode("utf-8", "replace")
                for line in (ours, theirs)
            ]
            return f"line {number}: “{parts[0]}” against “{parts[1]}”"
    return f"{len(lines[0])} lines against {len(lines[1])}"


def fingerprint(folder: Path) -> str:
    """One hash over names and bytes of what is compared."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n"
        for name, path in files(folder).items()
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def main() -> int:
    """Build twice, compare, say what differs."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    if subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True
    ).stdout:
        print("some changes are not committed; what is built is the last commit", file=sys.stderr)
    with tempfile.TemporaryDirectory() as base:
        built = [Path(base, name) for name, _, _ in PLACES]
        for folder, (_, umask, environment) in zip(built, PLACES, strict=True):
            folder.parent.mkdir(exist_ok=True)
            print(
                f"building in “{folder.relative_to(base)}”: {environment}, umask {umask:03o}",
                flush=True,
            )
            build(folder, umask, environment)
        said = differences(*built)
        if not said:
            print(
                f"{len(files(built[0]))} files, the same bytes in both; "
                f"sha256 of the list of their hashes: {fingerprint(built[0])}"
            )
            return 0
        print("\n".join(said))
        if tool := shutil.which("diffoscope"):
            name = next(line.split(":")[0] for line in said)
            subprocess.run([tool, *(str(folder / name) for folder in built)])
    return 1


if __name__ == "__main__":
    sys.exit(main())
