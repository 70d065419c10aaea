"""Pages that are data: evidence, findings, documents, chronology, people, codebook.

A module a page, each with a function that takes the trail and returns MyST
Markdown; the words of the documents are escaped, so that nothing in them can
act as markup. Which pages of the book carry which is decided in the pages
themselves, by a line `<!-- csto: evidence -->` and the like. What stands only
on the screen has the class `csto-screen`.
"""

from collections.abc import Callable, Collection, Iterable

from csto.book.pages import otherwise
from csto.book.pages.check import check
from csto.book.pages.chronology import chronology
from csto.book.pages.codebook import codebook
from csto.book.pages.documents import articles, document, documents
from csto.book.pages.evidence import evidence
from csto.book.pages.findings import findings_index
from csto.book.pages.made import changes, making
from csto.book.pages.outside import SECTIONS, outside_record
from csto.book.pages.people import people
from csto.book.pages.receipt import made_of
from csto.book.trail import Trail
from csto.corpus.reading import Corpus
from csto.work import work

#: Parts by the name that a page calls them by; each takes the trail and what follows its name.
PARTS: dict[str, Callable[[Trail, str], str]] = {
    "evidence": evidence,
    "findings": findings_index,
    "articles": articles,
    "documents": documents,
    "document": document,
    "chronology": chronology,
    "people": people,
    "codebook": codebook,
    "check": check,
    "making": making,
    "changes": changes,
    "outside": outside_record,
    "choices": otherwise.choices,
    "refused": otherwise.refused,
    "fallen": otherwise.fallen,
    "headlines": otherwise.numbers,
    "citation": lambda trail, _: work(trail.root).citation,
    "receipt": made_of,
}

#: What may follow a part's name; nothing where it does not stand here.
ARGUMENTS: dict[str, Callable[[Corpus], Iterable[str]]] = {
    "document": lambda corpus: corpus.source,
    "outside": lambda _: ("", *SECTIONS),
}


def misses(corpus: Corpus, name: str, argument: str, drafts: Collection[str] = ()) -> str:
    """What is wrong with a call of a part; nothing where nothing is.

    A document may be one of the `drafts`.
    """
    if name not in PARTS:
        return f"'{name}' names no part ({', '.join(PARTS)}), correct it"
    taken = list(ARGUMENTS[name](corpus)) if name in ARGUMENTS else [""]
    if argument in taken or (name == "document" and argument in drafts):
        return ""
    return (
        f"{name} takes no '{argument}' ({', '.join(filter(None, taken)) or 'nothing'}), correct it"
    )
