"""Ways of damaging one thing in the project: what the mutation campaign draws from.

A mutant replaces one stretch of one file. Kinds follow what a reader relies
on: passages, dates, codings, stored outputs, prose, the code of measures.
Nothing here judges whether a mutant is noticed; that is `mutate.py`.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Found = Iterator[tuple[int, int, str]]  # start, end and replacement

#: The wings of the package, by their folders.
WINGS = sorted(path.parent.name for path in ROOT.glob("src/csto/*/__init__.py"))


@dataclass(frozen=True)
class Mutant:
    """One stretch of one file, replaced."""

    kind: str
    file: str
    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        """The damaged file."""
        return text[: self.start] + self.new + text[self.end :]

    def describe(self) -> str:
        """File, line, old and new text, short and without line ends."""
        text = read(self.file)
        line = text.count("\n", 0, self.start) + 1
        old, new = (" ".join(part.split())[:60] for part in (text[self.start : self.end], self.new))
        return f"{self.kind}: {self.file}:{line}: “{old}” → “{new}”"

    @property
    def key(self) -> tuple[str, str]:
        """What names this mutant as long as the damaged line stands: its file, and that line."""
        text = read(self.file)
        low, high = text.rfind("\n", 0, self.start) + 1, text.find("\n", self.end)
        changed = f"⟦{text[self.start : self.end]}⟧→⟦{self.new}⟧"
        line = text[low : self.start] + changed + text[self.end : high]
        return self.file, line.strip()


def read(file: str) -> str:
    """A file of the project as it stands."""
    return (ROOT / file).read_text(encoding="utf-8")


def draw(kind: str, count: int, seed: int) -> list[Mutant]:
    """`count` mutants of a kind, or all there are; the same for the same seed and sources."""
    patterns, find = KINDS[kind]
    chance = random.Random(f"{seed} {kind}")
    files = sorted(
        {p.relative_to(ROOT).as_posix() for pattern in patterns for p in ROOT.glob(pattern)}
    )
    all_of_them = [
        Mutant(kind, file, *found) for file in files for found in find(file, read(file), chance)
    ]
    if not all_of_them:
        raise ValueError(
            f"the project has nothing of the kind “{kind}” to damage, "
            "correct tests/campaign/mutants.py"
        )
    return chance.sample(all_of_them, min(count, len(all_of_them)))


# ---- data ----------------------------------------------------------------------------


def _other(chance: random.Random, old: str, pool: list[str]) -> str | None:
    return chance.choice(rest) if (rest := [one for one in pool if one != old]) else None


def words(file: str, text: str, chance: random.Random) -> Found:
    """A word of a passage becomes another word of the same file's passages."""
    quotes = list(re.finditer(r"^    quote: (.*)$", text, re.MULTILINE))
    pool = sorted({word for quote in quotes for word in re.findall(r"[a-z]{4,}", quote[1])})
    for quote in quotes:
        for word in re.finditer(r"\b[a-z]{4,}\b", quote[1]):
            yield (
                quote.start(1) + word.start(),
                quote.start(1) + word.end(),
                _other(chance, word[0], pool),
            )


def dates(file: str, text: str, chance: random.Random) -> Found:
    """A year, month or day of a quoted date moves by one, or a date loses its last part."""
    for date in re.finditer(r'"(?:\.\./)?\d{4}(?:-\d\d)*(?:/[\d.-]+)?"', text):
        for part in re.finditer(r"\d+", date[0]):
            new = f"{int(part[0]) + chance.choice((1, -1)):0{len(part[0])}}"
            yield date.start() + part.start(), date.start() + part.end(), new
        if shorter := re.search(r'-\d\d(?="$)', date[0]):
            yield date.start() + shorter.start(), date.start() + shorter.end(), ""


def valued(keys: str) -> Callable[[str, str, random.Random], Found]:
    """The value of a key becomes another value that the same key has in the same file."""

    def find(file: str, text: str, chance: random.Random) -> Found:
        for key in keys.split("|"):
            values = list(re.finditer(rf"(?<![\w-]){key}: ([\w.-]+)(?=[,}}\n])", text))
            pool = sorted({value[1] for value in values})
            for value in values:
                if new := _other(chance, value[1], pool):
                    yield value.start(1), value.end(1), new

    return find


def listed(key: str) -> Callable[[str, str, random.Random], Found]:
    """An item of a list goes, or becomes another item that such a list has in the same file."""

    def find(file: str, text: str, chance: random.Random) -> Found:
        lists = list(re.finditer(rf"(?<![\w-])(?:{key}): \[([^\]\n]+)\]", text))
        pool = sorted({item.strip() for found in lists for item in found[1].split(",")})
        for found in lists:
            items = [item.strip() for item in found[1].split(",")]
            at = chance.randrange(len(items))
            without = items[:at] + items[at + 1 :]
            other = [new for new in pool if new not in items]
            if without:
                yield found.start(1), found.end(1), ", ".join(without)
            if other:
                yield (
                    found.start(1),
                    found.end(1),
                    ", ".join([*items[:at], chance.choice(other), *items[at + 1 :]]),
                )

    return find


def texts(key: str) -> Callable[[str, str, random.Random], Found]:
    """A word goes from a text that tables show."""

    def find(file: str, text: str, chance: random.Random) -> Found:
        # A value ends with its line, or inside braces before the next comma.
        for value in re.finditer(
            rf"^ +(?:- )?(?:{key}): (?P<line>.*)$|[{{,] ?(?:{key}): (?P<part>[^,}}\n]*)",
            text,
            re.MULTILINE,
        ):
            if gone := chance.choice(
                [*re.finditer(r"(?<= )\w+ ", value[value.lastgroup])] or [None]
            ):
                start = value.start(value.lastgroup)
                yield start + gone.start(), start + gone.end(), ""

    return find


def terms(file: str, text: str, chance: random.Random) -> Found:
    """In the codebook: a term renamed, an example, a type, what is allowed or defined changed."""
    for name in re.finditer(r"^ +- id: (\w+)$", text, re.MULTILINE):
        yield name.end(1) - 1, name.end(1), ""
    for find in (
        valued("example"),
        valued("plover"),
        listed("sign|intensity|rung"),
        texts("definition|counter_example|plover_note"),
    ):
        yield from find(file, text, chance)


def characters(file: str, text: str, chance: random.Random) -> Found:
    """A character of a document, whichever: also a blank, a quotation mark, a line end."""
    for at in chance.sample(range(len(text)), min(200, len(text))):
        yield at, at + 1, chance.choice([c for c in "ae. \n’" if c != text[at]])


# ---- what is stored --------------------------------------------------------------------


def _outputs(text: str) -> Iterator[re.Match[str]]:
    """The stored outputs of the cells of a notebook's file."""
    return re.finditer(r'^   "outputs": \[\n.*?^   \]', text, re.MULTILINE | re.DOTALL)


def outputs(file: str, text: str, chance: random.Random) -> Found:
    """A digit of a stored number or table."""
    for block in _outputs(text):
        if "vnd.csto.chart" not in block[0]:
            yield from _digits(block, chance)


def charts(file: str, text: str, chance: random.Random) -> Found:
    """A digit of a stored chart: its data or its form."""
    for block in _outputs(text):
        if "vnd.csto.chart" in block[0]:
            yield from _digits(block, chance)


def renewed(file: str, text: str, chance: random.Random) -> Found:
    """A word or a number of an output, as a build stores it that nobody compares any more."""
    shown = r'"(?:id|text|title|note|description|caption|unit)": "[^"]*?\b([a-z]{4,})\b'
    for block in _outputs(text):
        found = [
            *re.finditer(shown, block[0]),
            *re.finditer(r'"value": "?([\w-]+)', block[0]),
        ]
        for one in chance.sample(found, min(3, len(found))):
            yield block.start() + one.start(1), block.start() + one.end(1), f"{one[1]}1"


def cells(file: str, text: str, chance: random.Random) -> Found:
    """A name in the code of a cell becomes another that stands in the notebook's code."""
    blocks = re.finditer(
        r'^   "cell_type": "code".*?^   "source": \[\n(.*?)^   \]', text, re.MULTILINE | re.DOTALL
    )
    names = [
        (cell.start(1) + name.start(), cell.start(1) + name.end(), name[0])
        for cell in blocks
        for name in re.finditer(r"(?<=\\\")[a-z]+[.-][a-z.-]+(?=\\\")", cell[1])
    ]
    pool = sorted({name for _, _, name in names})
    for start, end, name in names:
        if new := _other(chance, name, pool):
            yield start, end, new


def _digits(block: re.Match[str], chance: random.Random) -> Found:
    found = [
        digit
        for digit in re.finditer(r"(?<![\w\"])[1-9](?![\w\"])", block[0])
        if not re.search(r'"execution_count": $', block[0][: digit.start()])
    ]
    for digit in chance.sample(found, min(8, len(found))):
        yield (
            block.start() + digit.start(),
            block.start() + digit.end(),
            chance.choice([d for d in "123456789" if d != digit[0]]),
        )


# ---- prose -----------------------------------------------------------------------------


def _prose(file: str, text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of what people read: a page, or the Markdown cells of a notebook."""
    if file.endswith(".md"):
        yield 0, text
        return
    for cell in re.finditer(
        r'^   "cell_type": "markdown".*?^   "source": \[\n(.*?)^   \]',
        text,
        re.MULTILINE | re.DOTALL,
    ):
        yield cell.start(1), cell[1]


def typed(file: str, text: str, chance: random.Random) -> Found:
    """A number that a mark prints is typed instead."""
    for offset, prose in _prose(file, text):
        for mark in re.finditer(r"\{n\}`[^`]+`", prose):
            yield offset + mark.start(), offset + mark.end(), str(chance.randrange(2, 400))


def number_marks(file: str, text: str, chance: random.Random) -> Found:
    """A mark of a number names a finding that is none."""
    yield from _renamed(file, text, chance, r"\{n\}`([^`]+)`")


def evidence_marks(file: str, text: str, chance: random.Random) -> Found:
    """A mark of evidence names an extract that is none, has a stance that is none, or goes."""
    yield from _renamed(file, text, chance, r"\{(?:ev|out)\}`(?:\w+: )?([^`,]+)")
    for offset, prose in _prose(file, text):
        for stance in re.finditer(r"(?<=\{ev\}`)(?:qualifies|contradicts)(?=: )", prose):
            yield offset + stance.start(), offset + stance.end(), stance[0][:-1]


def lost_marks(file: str, text: str, chance: random.Random) -> Found:
    """A paragraph loses the only mark of evidence that it has."""
    for offset, prose in _prose(file, text):
        for line in re.split(r'(?<=\\n",\n)\s*"\\n",\n', prose):
            marks = list(re.finditer(r" ?\{(?:ev|n|out)\}`[^`]+`", line))
            if len(marks) == 1 and not re.search(r'^\s*"#', line):
                start = offset + prose.index(line) + marks[0].start()
                yield start, start + len(marks[0][0]), ""


def moved_evidence(file: str, text: str, chance: random.Random) -> Found:
    """A mark of evidence names another extract that the same file cites."""
    yield from _moved(file, text, chance, r"\{ev\}`(?:\w+: )?([^`,]+)")


def moved_numbers(file: str, text: str, chance: random.Random) -> Found:
    """A mark of a number names another finding that the same file prints."""
    yield from _moved(file, text, chance, r"\{n\}`([^`]+)`")


def claim_words(file: str, text: str, chance: random.Random) -> Found:
    """A word goes from a line that carries a mark."""
    for offset, prose in _prose(file, text):
        for line in re.finditer(r"^.*\{(?:ev|n|out)\}`.*$", prose, re.MULTILINE):
            if gone := chance.choice(
                [*re.finditer(r"(?<=[a-z] )[a-z]+ (?=[a-z])", line[0])] or [None]
            ):
                yield offset + line.start() + gone.start(), offset + line.start() + gone.end(), ""


def any_word(file: str, text: str, chance: random.Random) -> Found:
    """A word goes from whatever is printed: also a heading, a caption, a paragraph excused."""
    for offset, prose in _prose(file, text):
        found = [*re.finditer(r"(?<=[a-z] )[a-z]+ (?=[a-z])", prose)]
        for gone in chance.sample(found, min(5, len(found))):
            yield offset + gone.start(), offset + gone.end(), ""


def dressed(file: str, text: str, chance: random.Random) -> Found:
    """A word is printed as another than it is read: stressed, or not seen."""
    for offset, prose in _prose(file, text):
        found = [*re.finditer(r"(?<=[a-z] )[a-z]+(?= [a-z])", prose)]
        for word in chance.sample(found, min(2, len(found))):
            new = chance.choice([f"{{emphasis}}`{word[0]}`", f"[{word[0]}]{{.d-none}}"])
            yield offset + word.start(), offset + word.end(), new


def _moved(file: str, text: str, chance: random.Random, pattern: str) -> Found:
    marks = [
        (offset, mark)
        for offset, prose in _prose(file, text)
        for mark in re.finditer(pattern, prose)
    ]
    pool = sorted({mark[1] for _, mark in marks})
    for offset, mark in marks:
        if other := _other(chance, mark[1], pool):
            yield offset + mark.start(1), offset + mark.end(1), other


def _renamed(file: str, text: str, chance: random.Random, pattern: str) -> Found:
    for offset, prose in _prose(file, text):
        for mark in re.finditer(pattern, prose):
            at = offset + chance.randrange(mark.start(1) + 1, mark.end(1))
            yield at, at + 1, ""


def links(file: str, text: str, chance: random.Random) -> Found:
    """A link to a page, a chart or a table leads nowhere."""
    for pattern in (
        r"\]\((/?[\w/.-]+)\)",
        r"\{numref\}`([\w-]+)`",
        r"\{(?:ref|doc|cite\w*)\}`([^`<>]+)`",
    ):
        yield from _renamed(file, text, chance, pattern)


# ---- code ------------------------------------------------------------------------------

#: an operator: how it is written, and what it becomes.
_SIGNS = {
    ast.Add: (r"\+", "-"), ast.Sub: ("-", "+"), ast.Mult: (r"\*", "+"), ast.Div: ("/", "*"),
    ast.Mod: ("%", "*"), ast.BitAnd: ("&", "|"), ast.BitOr: (r"\|", "&"), ast.BitXor: (r"\^", "|"),
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.In: ("in", "not in"),
    ast.NotIn: (r"not\s+in", "in"), ast.Is: ("is", "is not"), ast.IsNot: (r"is\s+not", "is"),
    ast.And: ("and", "or"), ast.Or: ("or", "and"),
}  # fmt: skip


def code(file: str, text: str, chance: random.Random) -> Found:
    """An operator, a comparison, a constant, a negation or a name of a column."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    encoded = text.splitlines()

    def at(line: int, column: int) -> int:  # the parser counts bytes
        return lines[line - 1] + len(encoded[line - 1].encode()[:column].decode())

    for node in _running(ast.parse(text)):
        start, end = at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)
        if isinstance(node, ast.BinOp):
            yield from _swapped(
                text,
                at(node.left.end_lineno, node.left.end_col_offset),
                at(node.right.lineno, node.right.col_offset),
                node.op,
            )
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            right = node.comparators[0]
            yield from _swapped(
                text,
                at(node.left.end_lineno, node.left.end_col_offset),
                at(right.lineno, right.col_offset),
                node.ops[0],
            )
        elif isinstance(node, ast.BoolOp):
            one, other = node.values[:2]
            yield from _swapped(
                text,
                at(one.end_lineno, one.end_col_offset),
                at(other.lineno, other.col_offset),
                node.op,
            )
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield start, start + 4, ""
        elif isinstance(node, ast.Constant) and (new := _constant(node.value, text[start:end])):
            yield start, end, new


def _running(tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions of functions that run: no docstrings, annotations, messages or decorators."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            todo: list[ast.AST] = [
                *function.args.kw_defaults,
                *function.body[bool(ast.get_docstring(function)) :],
            ]
            while todo:
                node = todo.pop()
                if isinstance(node, ast.expr):
                    yield node
                skipped = (
                    isinstance(
                        node, ast.Raise | ast.Assert | ast.JoinedStr | ast.FunctionDef | ast.Lambda
                    )
                    or node is None
                )
                todo += (
                    []
                    if skipped
                    else [child for name, child in _children(node) if name != "annotation"]
                )


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield name, child


def _swapped(text: str, low: int, high: int, operator: ast.AST) -> Found:
    """The operator between two operands, exchanged; nothing where a comment or bracket hides it."""
    written, other = _SIGNS.get(type(operator), ("(?!)", ""))
    if sign := re.search(written, text[low:high]):
        yield low + sign.start(), low + sign.end(), other


def _constant(value: object, written: str) -> str | None:
    if isinstance(value, bool):
        return str(not value)
    if isinstance(value, int):
        return str(value + 1)
    if isinstance(value, str) and re.fullmatch(r"[a-z]+(_[a-z]+)+", value) and written[0] in "\"'":
        return f'"{value[:-1]}"'
    return None


# ---- all kinds ---------------------------------------------------------------------------

EXTRACTS, EVENTS, PAGES = (
    ("data/extracts/*.yml",),
    ("data/events/*.yml",),
    ("book/*.md", "notebooks/*.ipynb"),
)
OUTSIDE = ("data/outside/*.yml",)

#: name of a kind: the files it damages, and how.
KINDS: dict[str, tuple[tuple[str, ...], Callable[[str, str, random.Random], Found]]] = {
    "a word of a passage": (EXTRACTS, words),
    "a date": (("data/extracts/*.yml", "data/sources.yml", "data/forecasts.yml"), dates),
    "a sign": (EVENTS, valued("sign")),
    "a coding of an act": (EVENTS, valued("kind|intensity|rung|distancing")),
    "a coding of a passage": (
        EXTRACTS,
        valued("status|mode|attribution|basis|stance|attribute|question"),
    ),
    "a mention": (EVENTS, listed("mentions|extracts")),
    "an actor": (EVENTS, listed("actors|recipients")),
    "a holder or speaker": (EXTRACTS, valued("holder|speaker|outlet|subject|object")),
    "an actor's record": (("data/actors.yml",), valued("affiliation|kind|iso3")),
    "a fault, a genre or a reason": (
        ("data/corrections.yml", "data/sources.yml", "data/extracts/*.yml"),
        valued("fault|genre|reason"),
    ),
    "a theme": (("data/extracts/*.yml", "data/events/*.yml"), listed("themes")),
    "a text that tables show": (
        (
            "data/extracts/*.yml",
            "data/events/*.yml",
            "data/forecasts.yml",
            "data/corrections.yml",
            "data/disagreements.yml",
        ),
        texts("label|value|because|says|matter|should_be"),
    ),
    "a codebook term": (("data/codebook.yml",), terms),
    "a character of a document": (("seeds/*",), characters),
    "a forecast or its score": (("data/forecasts.yml",), valued("holder|verdict")),
    "a disagreement": (("data/disagreements.yml",), listed("extracts")),
    "another reading": (
        ("data/codings/*/given.yml", "data/codings/*/coding.yml"),
        valued(
            "status|attribution|mode|stance|kind|sign|intensity|rung|distancing|holder|date_basis|"
            "speaker|document|question"
        ),
    ),
    "a name, label or match": (
        ("data/codings/*/names.yml", "data/codings/*/labels.yml", "data/codings/*/matches.yml"),
        valued("actor|term|ours|theirs"),
    ),
    "a ruling": (("data/codings/rulings.yml",), valued("ruling|variable|unit")),
    "a date of the outside record": (OUTSIDE, dates),
    "a coding of the outside record": (
        OUTSIDE,
        valued(
            "fighting|sure|verdict|judgement|gap|state|who|by|series|attendance|rung|value|unit|"
            "found|is_video"
        ),
    ),
    "a stored output": (("notebooks/*.ipynb",), outputs),
    "a chart's data": (("notebooks/*.ipynb",), charts),
    "a renewed output": (("notebooks/*.ipynb",), renewed),
    "code of a cell": (("notebooks/*.ipynb",), cells),
    "a word that is printed": (PAGES, any_word),
    "a word in another dress": (PAGES, dressed),
    "a typed number": (PAGES, typed),
    "a mark of a number": (PAGES, number_marks),
    "an evidence mark": (PAGES, evidence_marks),
    "a claim that loses its mark": (("notebooks/*.ipynb",), lost_marks),
    "a mark of another passage": (PAGES, moved_evidence),
    "a mark of another number": (PAGES, moved_numbers),
    "a word of a claim": (PAGES, claim_words),
    "a link": (PAGES, links),
    **{f"code of {wing}": ((f"src/csto/{wing}/**/*.py",), code) for wing in WINGS},
    "code beside the wings": (("src/csto/*.py",), code),
}
