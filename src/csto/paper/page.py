"""One page of the book on its way to Typst: which form each of its pieces has.

A form is a function from a node to markup; the modules beside this one
register theirs with `form`. Works on resolved doctrees, so that the PDF says
what the HTML says; what stands only on the screen has the class `csto-screen`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx.util.logging import getLogger

from csto.paper.syntax import call, string, text

log = getLogger(__name__)

SCREEN_ONLY = "csto-screen"
PAGE = "page:"  # how the builder addresses pages: "page:book/index#id"
SILENT = (
    nodes.comment,
    nodes.target,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.footnote,
    nodes.colspec,
    nodes.Invisible,
    addnodes.toctree,
)
PLAIN = (
    nodes.compound,
    nodes.abbreviation,
    nodes.generated,
    nodes.legend,
    nodes.Inline,
)


@dataclass
class Sheets:
    """The pictures that pages refer to, by the name of their file."""

    pictures: dict[str, bytes] = field(default_factory=dict)

    def keep(self, picture: bytes, suffix: str) -> str:
        """File a picture under a name that is its hash."""
        name = f"{hashlib.sha256(picture).hexdigest()[:16]}{suffix}"
        self.pictures[name] = picture
        return name


@dataclass
class Page:
    """Writes one page of the book, piece by piece."""

    name: str  # as Sphinx names it
    numbers: dict[str, dict[str, tuple[int, ...]]]  # of figures and tables, by kind and id
    sheets: Sheets
    heading: str  # how the page is numbered among its part: "1", "A" or nothing
    is_index: bool  # it lists marks instead of using them
    under: int = 0  # how many pages this one stands under
    depth: int = field(init=False)  # of the section that is being written
    runs_on: bool = False  # whether the table before may still go on where an exhibit would float
    headed: bool = False  # whether a heading is the last that was written
    notes: dict[str, nodes.footnote] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)  # footnotes that were called before

    def __post_init__(self) -> None:
        self.depth = self.under

    def write(self, node: nodes.Node) -> str:
        """Typst markup for a node; a node without a form on paper is a warning."""
        if not isinstance(node, nodes.Element):
            return text(node.astext())
        if SCREEN_ONLY in node["classes"] or isinstance(node, SILENT):
            return ""
        for kind in type(node).__mro__:
            if kind in FORMS:
                markup = FORMS[kind](self, node)
                self.headed &= not (markup.strip() and isinstance(node, nodes.Body))
                return markup
        if isinstance(node, PLAIN):
            return self.anchors(node) + self.inside(node)
        what = f"no form on paper for {type(node).__name__}"
        log.warning(
            f"{what}, add one to csto.paper or give it the class {SCREEN_ONLY}", location=node
        )
        return ""

    def inside(self, node: nodes.Element | Iterable[nodes.Node]) -> str:
        """Markup of all children."""
        markup = "".join(self.write(child) for child in getattr(node, "children", node))
        # a key stays on the line of its claim
        return markup.replace(" #mark[", "~#mark[").replace(" #keys[", "~#keys[")

    def label(self, key: str) -> str:
        """A Typst string naming an anchor of this page."""
        return string(f"{self.name}#{key}")

    def anchors(self, node: nodes.Element) -> str:
        """Invisible places that links lead to."""
        return "".join(f"#anchor({self.label(key)})" for key in node["ids"])

    def place(self, reference: nodes.Element) -> str | None:
        """The anchor that a reference leads to; None outside the book."""
        if "refid" in reference:
            return f"{self.name}#{reference['refid']}"
        uri: str = reference["refuri"]
        return uri.removeprefix(PAGE) if uri.startswith(PAGE) else None


def elements(node: nodes.Element) -> list[nodes.Element]:
    """The children of a node that are no mere words."""
    return [child for child in node.children if isinstance(child, nodes.Element)]


Form = Callable[[Page, nodes.Element], str]
#: The form of each kind of node; the nearest kind that a node is of has it.
FORMS: dict[type[object], Form] = {}


def form(*kinds: type[object]) -> Callable[[Form], Form]:
    """Register the form of some kinds of nodes."""

    def register(function: Form) -> Form:
        FORMS.update(dict.fromkeys(kinds, function))
        return function

    return register


def wrapped(function: str) -> Form:
    """The form of a node that is a call of one Typst function."""
    return lambda page, node: call(function, page.anchors(node) + page.inside(node))
