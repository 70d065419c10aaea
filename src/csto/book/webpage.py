"""The theme's web pages, made this book's: lighter, mended, and with a first page.

What they load and do not need is left out, and their HTML errors are mended.

Everything that is done to finished pages is done here. How they look is
`book/_static/book.css`; which parts they have, `book/_templates/`.
"""

from __future__ import annotations

import calendar
import itertools
import re
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from csto.book.previewed import is_edition

#: Scripts and styles that nothing in the book uses, by a part of their name or text.
UNUSED = (
    "thebe",
    "toggle",
    "copybutton",
    "clipboard",
    "design-tabs",
    "doctools",
    "sphinx_highlight",
    "DOCUMENTATION_OPTIONS.",
)
#: Styles that only some pages use, with what their HTML then holds.
SOMETIMES = {"sphinx-design": 'class="sd-', "pygments": 'class="highlight', "mystnb": "cell"}
#: Files that the theme copies and no page asks for.
LEFT_OVER = (
    "scripts/bootstrap.js*",
    "scripts/fontawesome.js*",
    "**/*.map",
    "vendor/*/*",
    "vendor/*/*/*",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    "images/logo_*",
    "locales/*/*/*",
    "sphinx-thebe.*",
    "togglebutton.*",
    "copybutton*",
    "clipboard.*",
    "doctools.js",
    "sphinx_highlight.js",
    "searchtools.js",
    "language_data.js",
    "*copybutton.svg",
)

#: Errors of the theme's and of MyST-NB's HTML: what, by what it is replaced, why.
MENDS = (
    (
        r'(?<!\s)\s*<script type="text/x-thebe-config">(?:(?!</?script).)*</script>\s*'
        r"<script>kernelName = [^<]*</script>",
        "",
        "a kernel that no page starts",
    ),
    (
        r"\s*<(?:script|link)\b[^>]*scripts/bootstrap\.js[^>]*>(?:</script>)?",
        "",
        "a quarter of all scripts, for tooltips that no button of the book has",
    ),
    (
        r'<summary>(?=<span class="toctree-toggle")',
        '<summary aria-label="The pages of this part">',
        "a button without a name",
    ),
    (r'(?<!\s)\s+autocorrect="off"', "", "an attribute that HTML does not have"),
    (r'<main id="main-content"', "<main", "whoever skips wants the title, not the buttons before"),
    (r"<h1>", '<h1 id="main-content" tabindex="-1">', "where the link that skips leads"),
    (
        r'id="pst-page-toc-nav"',
        'id="csto-toc"',
        "the theme lights an entry late; `here.js` does it",
    ),
    (
        r'(search-button-field [^<>]*?) title="Search" aria-label="Search"',
        r"\1",
        "a name that leaves out what the button shows",
    ),
    (
        r'role="doc-biblioentry"',
        'role="listitem"',
        "a deprecated role, and not that of an item in a list",
    ),
    (
        r"<blockquote(?![^>]*translate=)",
        '<blockquote translate="no"',
        "published words, which a browser would translate and still show as quoted",
    ),
    (r'(?<=<p class="attribution">)—', "", "who said it stands below, small; no dash on paper"),
    (
        r'<summary aria-label="[^"]*">\s*<p class="collapsed[^"]*">((?:(?!</p>).)*)</p>\s*'
        r'<p class="expanded(?:(?!</p>).)*</p>\s*</summary>',
        r"<summary><span>\1</span></summary>",
        "a paragraph cannot stand in a summary",
    ),
    (
        r'<p><span class="(csto-sure csto-\w+)">((?:(?!<span class="csto-why">).)*?)\s*'
        r'<span class="csto-why">((?:(?!</p>).)*)</span></span></p>',
        r'<div class="\1"><p>\2</p>'
        r"<details><summary>Why</summary><p>\3</p></details></div>",
        "what decided a grade is folded away where the page has no margin",
    ),
    (
        r"<li><p>behind (<a\b(?:(?!</p>).)*)</p></li>",
        r"<li><details><summary>What rests on it</summary><p>\1</p></details></li>",
        "in the evidence index what rests on a passage is longer than the passage",
    ),
    (
        r"(<li>\s*)(<p>(?:(?!</p>).)*</p>\s*)"
        r'((?:<div class="csto-sure (?:(?!</div>).)*</div>\s*)+)',
        r"\1\3\2",
        "a note on an item begins where the item does, as in print; a phone has it below",
    ),
    (
        r'(?:(?<=</span></a></span>)|(?<=</span></a></span></span>)) (?=<span class="csto-ev)',
        '<span class="csto-tie csto-tie-of-marks">&#160;</span>',
        "between two kinds of marks is what is between two of a kind",
    ),
    (
        r'(?<=\S) (?=<span class="csto-ev)',
        '<span class="csto-tie">&#160;</span>',
        "a mark stays on the line of the word before it, whatever that is",
    ),
    (
        r'(?<=<span class="std std-numref">)([^\s<]+) (?=\d)',
        r"\1&#160;",
        "the number of a figure stays on the line of its name",
    ),
    (
        r'<a class="reference external"( href="https?://(?:www\.)?([^/"]+)[^"]*")>'
        r"https?://[^<]*</a>",
        r'<a class="csto-host reference external"\1>\2</a>',
        "an address fills lines that nobody reads; the link has it",
    ),
)
#: Styles of others, much of which no page needs, and the fonts of icons, which `book.css` draws.
STYLES = ("basic.css", "mystnb.*.css", "styles/*.css")
FONTS = r"@font-face\{[^}]*\}"
RULE = r"([^{}@;]+)\{[^{}]*\}"
CELL = r"<td\b[^>]*>(.*?)</td>"
#: The first cell of a row, where it says anything; a cell that says nothing but nought.
ROW_HEAD = r"(<tr\b[^>]*>\s*)<td\b((?:[^>]*)>)((?!\s*(?:<p>\s*</p>)?\s*</td>).*?)</td>"
ZERO = r'(<td\b[^>]*class=")(text-right"[^>]*>\s*(?:<p>)?0(?:</p>)?\s*</td>)'
#: A cell that says nothing; what is no more than a count; a row that is the head of others.
NOTHING = r"<td(\b[^>]*>\s*(?:<p>)?[–\s]*(?:</p>)?\s*</td>)"
COUNT = r"[−≈]?[\d.,]*%?|–|lost"
BEGINS = r'<th scope="row"[^>]*>(.*?)</th>\s*'
HEADS = 3  # cells that together tell a row from the others, at most
SHORT = 24  # letters of a head that each row of a group says again where rows stand apart
DATA = "csto-data"  # the table behind a chart, whose script counts its cells
GROUP = r"<td\b([^>]*colspan[^>]*>)(.*?)</td>"
FIRST = (
    r"(<tr\b[^>]*>\s*)<td\b([^>]*)>(.*?)</td>\s*"  # the first cell of a row, before it is a head
)
OFTEN = (
    3  # one in so many rows that begins as the one before it does makes heads of what they share
)
FEW = 7  # columns of counts that no longer stay a table on a phone
MANY = 6  # columns whose last stand below the row where a line does not hold it; of more, always
ROOM = 100  # letters that a line holds
#: What is not broken in a table: a day; what is broken between its parts: a name in code.
DAY = rf"\d{{4}}-\d\d-\d\d|\d{{1,2}} (?:{'|'.join(calendar.month_name[1:])}) \d{{4}}"
PARTED = r"(?<=\w)([-._/])(?=\w)"
#: A rule for the dark page, as script turns it on; and the style that does it without script.
DARK = r'[^{}@;/]*\[data-theme="?dark"?\][^{}]*\{[^{}]*\}'
DARK_STYLE = "_static/dark.css"
DESCRIPTION = 155  # characters of a page's description, about what a search engine prints


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point for Sphinx."""
    app.connect("html-page-context", _lighten, priority=900)
    app.connect("build-finished", _finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _lighten(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Keep the scripts and styles that the page needs; scripts wait until it is read."""
    scripts = [file for file in context["script_files"] if not _unused(file)]
    scripts = [type(s)(s.filename, **{**s.attributes, "defer": "defer"}) for s in scripts]
    context["script_files"] = scripts
    context["css_files"] = [s for s in context["css_files"] if _needed(s, context.get("body", ""))]
    context["description"] = _description(doctree) or app.config.html_title


def _needed(style: Any, body: str) -> bool:
    """Whether a page with this body needs a style."""
    signs = [sign for name, sign in SOMETIMES.items() if name in str(style.filename)]
    return not _unused(style) and all(sign in body for sign in signs)


def _unused(file: Any) -> bool:
    return any(part in f"{file.filename} {file.attributes.get('body', '')}" for part in UNUSED)


def _description(doctree: nodes.document | None) -> str:
    """The page's first words, without marks, whole words only."""
    told = (p for p in doctree.findall(nodes.paragraph) if not p["classes"]) if doctree else ()
    first = next(iter(told), None)
    if first is None:
        return ""
    words = re.sub(r"\s+", " ", "".join(_words(first))).strip()
    words = re.sub(r" ([.,;:])", r"\1", words)
    return words if len(words) <= DESCRIPTION else words[:DESCRIPTION].rsplit(" ", 1)[0] + " …"


def _words(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.Text):
        return [node.astext()]
    if not isinstance(node, nodes.Element) or "csto-ev" in node["classes"]:
        return []
    return [word for child in node.children for word in _words(child)]


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    folder, title = Path(app.outdir), app.config.html_title
    _remove_left_over(folder / "_static")
    for path in _written(folder):
        _rewrite(path, mend)
    _lighten_styles(folder)
    _write_dark(folder)
    if is_edition(app, error):
        (folder / ".buildinfo").unlink()  # a hash of where packages lie; a preview asks it
    first = _redirect(title, f"{app.config.root_doc}.html")
    (folder / "index.html").write_text(first, encoding="utf-8")


def _written(folder: Path) -> list[Path]:
    """The pages that this run wrote: in a preview, those later than the run before."""
    last = folder / DARK_STYLE
    since = last.stat().st_mtime_ns if last.exists() else 0
    return [path for path in folder.rglob("*.html") if path.stat().st_mtime_ns > since]


def _remove_left_over(folder: Path) -> None:
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if any(path.relative_to(folder).match(pattern) for pattern in LEFT_OVER):
            path.unlink()


def _lighten_styles(folder: Path) -> None:
    """Take from the styles of others each rule with a class that no page and no script names."""
    pages = [path.read_text(encoding="utf-8") for path in folder.rglob("*.html")]
    classes = [found for page in pages for found in re.findall(r'class="([^"]*)"', page)]
    scripts = [path.read_text(encoding="utf-8") for path in (folder / "_static").rglob("*.js")]
    names = set(re.findall(r"[\w-]+", " ".join([*classes, *scripts])))

    def is_needed(selector: str) -> bool:
        return set(re.findall(r"\.([A-Za-z][\w-]*)", selector)) <= names

    def kept(rule: re.Match[str]) -> str:
        selectors = re.sub(r"\([^()]*\)", "", rule[1]).split(",")
        return rule[0] if any(map(is_needed, selectors)) else ""

    for pattern in STYLES:
        for path in (folder / "_static").glob(pattern):
            _rewrite(path, lambda text: re.sub(RULE, kept, re.sub(FONTS, "", text)))


def _write_dark(folder: Path) -> None:
    """Write what all styles say of the dark page, for a page on which no script turns it on."""
    found = (folder / "_static").rglob("*.css")
    # The theme's first, since the book's own change it.
    styles = sorted(found, key=lambda path: (-len(path.parts), path.name))
    rules = [rule for path in styles for rule in re.findall(DARK, path.read_text(encoding="utf-8"))]
    dark = re.sub(r'\[data-theme="?dark"?\]', ":not([data-theme])", "\n".join(rules))
    (folder / DARK_STYLE).write_text(dark + "\n", encoding="utf-8")


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Change the text of a file, where that makes it another."""
    text = path.read_text(encoding="utf-8")
    if (changed := change(text)) != text:
        path.write_text(changed, encoding="utf-8")


def mend(page: str) -> str:
    """A page without the errors that MENDS lists; a mended page stays as it is."""
    for wrong, right, _ in MENDS:
        page = re.sub(wrong, right, page, flags=re.DOTALL)
    table = r"<table(?![^>]*data-rows)[^>]*>[^<]*(?:<(?!/?table)[^<]*)*</table>"
    return re.sub(table, lambda match: _labelled(match[0]), page)


def _labelled(table: str) -> str:
    """A table whose rows have heads, and whose cells name their column where columns do not fit.

    `data-rows` says what becomes of a row there: its cells stand apart, or stay close as counts
    do; or the last of many stand below it on every screen. `data-long`: its heads are long.
    """
    head, begin, body = table.partition("<tbody>")
    names = _said(r"<th\b[^>]*>(.*?)</th>", head)
    if not names:
        return table
    if DATA not in head:
        head, names, body = _headed(head, names, body)
    rows = re.split(r"(?=<tr\b)", re.sub(r"(?<=>)[^<]+", _tied, body))
    body = "".join(_labelled_row(row, names) for row in rows)
    body = re.sub(r"(?<=<span class=\"pre\">)[^<]+", _parted, body)
    body = re.sub(ROW_HEAD, r'\1<th scope="row"\2\3</th>', body, flags=re.DOTALL)
    body = re.sub(ZERO, r"\1csto-zero \2", body)
    body = re.sub(NOTHING, r"<td data-none\1", body)
    kind = _kind(names, body)
    if kind == "apart" and DATA not in head:
        body = _grouped(_told_apart(body))
    lengths = [len(words) for words in _said(BEGINS, body)] or [0]
    long = " data-long" if statistics.mean(lengths) > SHORT else ""
    head = head.replace("<table", f'<table data-rows="{kind}"{long}', 1)
    return head.replace("<th ", '<th scope="col" ') + begin + body


def _headed(head: str, names: list[str], body: str) -> tuple[str, list[str], str]:
    """A table that stays one: words with which its rows often begin stand across, above these.

    A table whose rows stand apart has them beside its rows.
    """
    rows = re.split(r"(?=<tr\b)", body)[1:]
    found = [re.match(FIRST, row, re.DOTALL) for row in rows]
    cells = [cell for cell in found if cell and "<a" not in cell[3] and "colspan" not in cell[2]]
    said = [re.sub(r"<[^>]+>|\s+", " ", cell[3]).strip() for cell in cells]
    again = sum(one == other != "" for one, other in itertools.pairwise(said))
    left = [re.sub(FIRST, r"\1", row, count=1, flags=re.DOTALL) for row in rows]
    beside = (re.sub(FIRST, r"\1", row, count=1, flags=re.DOTALL) for row in left)
    is_often = len(names) > HEADS and 0 < len(cells) == len(rows) <= OFTEN * again
    if not is_often or _kind(names[1:], "".join(beside)) == "apart":
        return head, names, body
    grouped, before, begins = "", "", ""
    for cell, words, row in zip(cells, said, left, strict=True):
        begin = _said(CELL, row)[0]
        if words not in ("", before):
            across = f'<td{cell[2]} colspan="{len(names) - 1}">{cell[3]}</td>'
            grouped += f"{cell[1]}{across}</tr>\n"
        elif begin == begins:
            row = row.replace("<td", "<td data-same", 1)
        grouped, before, begins = grouped + row, words or before, begin
    return re.sub(r"<th\b.*?</th>\s*", "", head, count=1, flags=re.DOTALL), names[1:], grouped


def _tied(text: re.Match[str]) -> str:
    """Words whose days stay on a line; from one to another there may be a break."""
    tied = re.sub(DAY, r'<span class="csto-day">\g<0></span>', text[0])
    return tied.replace("</span>/", "</span>/<wbr />")


def _parted(code: re.Match[str]) -> str:
    """A name in code that may break after what parts it."""
    return re.sub(PARTED, r"\1<wbr />", code[0])


def _labelled_row(row: str, names: list[str]) -> str:
    """A row whose cells name their columns; one that is a head of others names none."""
    if "colspan" in row:
        return re.sub(GROUP, r'<th scope="colgroup"\1\2</th>', row, flags=re.DOTALL)
    name = itertools.cycle(names)
    return re.sub(r"<td\b", lambda _: f'<td data-label="{next(name)}"', row)


def _told_apart(body: str) -> str:
    """Rows that the first cell does not tell apart: cells after it that do are heads, too."""
    rows = re.split(r"(?=<tr\b)", body)
    cells = [_said(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row) for row in rows[1:]]
    whole = [row for row in cells if row and row[0]]
    for count in range(1, HEADS + 1):
        if len({tuple(row[:count]) for row in whole}) == len(whole) == len(cells):
            named = re.compile(r"<td(?= data-label)")
            return "".join(
                named.sub("<td data-head", row, count - 1) if count > 1 else row for row in rows
            )
    return body


def _grouped(body: str) -> str:
    """Rows that begin with the same words: these stand once, beside all of them."""
    found = []
    for words, same in itertools.groupby(re.split(r"(?=<tr\b)", body), _begins):
        first, *more = same
        if words and more:
            short = f' data-of="{words}"' if len(words) <= SHORT else ""
            first = first.replace("<th", f'<th rowspan="{len(more) + 1}"{short}', 1)
            left = (re.sub(BEGINS, "", row, count=1, flags=re.DOTALL) for row in more)
            more = [row.replace("<td", f"<td{short}", 1) for row in left]
        found += [first, *more]
    return "".join(found)


def _begins(row: str) -> str:
    """The words at the head of a row; nothing of one that is a link, or a letter."""
    head = re.search(BEGINS, row, re.DOTALL)
    words = " ".join(_said(BEGINS, row)) if head and "<a" not in head[1] else ""
    return words if len(words) > 1 else ""


def _kind(names: list[str], body: str) -> str:
    """What becomes of a table's rows where its columns do not fit."""
    cells = _said(CELL, body)
    rows = [_said(CELL, row) for row in re.split(r"(?=<tr\b)", body)]
    if len(names) < FEW and _is_narrow([row for row in rows if row]):
        return "close"
    if len(names) < MANY or "text-right" in body:
        return "apart"
    is_wide = len(" ".join(cells)) > ROOM * body.count("<tr")
    return "below" if len(names) > MANY or is_wide else "apart"


def _is_narrow(rows: list[list[str]]) -> bool:
    """Whether rows hold counts, and few words beside them."""
    columns = [*itertools.zip_longest(*rows, fillvalue="")]
    words = [each for each in columns if not all(re.fullmatch(COUNT, cell) for cell in each)]
    longest = max((len(cell) for each in words for cell in each), default=0)
    return (not words or len(columns) > 2 * len(words)) and longest <= SHORT


def _said(pattern: str, text: str) -> list[str]:
    """The words of each element that a pattern finds."""
    found = re.findall(pattern, text, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", " ", one).strip() for one in found]


def _redirect(title: str, first: str) -> str:
    """A page that leads on to another; with its icon, for which a browser would ask elsewhere."""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8" />\n'
        f'<title>{title}</title>\n<link rel="icon" href="_static/favicon.svg" />\n'
        f'<meta http-equiv="refresh" content="0; url={first}" />\n</head>\n'
        f'<body><p><a href="{first}">{title}</a></p></body>\n</html>\n'
    )
