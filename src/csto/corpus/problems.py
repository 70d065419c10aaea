"""What is wrong with the data, and where. Does not decide what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Step = str | int  # a key or an index on the way into a file
Path = tuple[Step, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place: ``file:line:column: what: message, what to do``."""

    file: str
    line: int
    column: int
    what: str
    message: str

    def __str__(self) -> str:
        """As it is printed."""
        return f"{self.file}:{self.line}:{self.column}: {self.what}: {self.message}"


@dataclass(frozen=True)
class Place:
    """Where a record stands: its file, its path inside it, and the file's marks."""

    file: str
    marks: dict[Path, tuple[int, int]]
    path: Path = ()
    plural: str = ""  # what its records are in the corpus

    def problem(self, what: str, field: Path | str, message: str) -> Problem:
        """A problem at `field` of this record, or at the nearest thing around it."""
        steps: Path = (field,) if isinstance(field, str) else field
        path = self.path + steps
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        dotted = ".".join([what, *(str(step) for step in steps)]).strip(".")
        return Problem(self.file, line, column, dotted, message)


class DataError(Exception):
    """The data cannot be used; carries every problem found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n" + "\n".join(map(str, self.problems)))
