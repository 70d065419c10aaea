"""How to cite the work, in the forms that tools read: BibTeX, RIS, CodeMeta, schema.org.

All of it is what `csto.work` says; nothing is said here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from csto.work import Author, Work, licence_address

Node = dict[str, Any]
VOCABULARY = "https://schema.org"
REPORT, DATA, CODE = "#report", "#data", "#code"  # ids below the page that describes them
BIBTEX, RIS, CODEMETA = "csto.bib", "csto.ris", "codemeta.json"
NOTE = "Research report whose passages and numbers are checked"


def bibtex(work: Work) -> str:
    """The entry of a bibliography; one without publisher or institution is `misc`."""
    fields = {
        "author": " and ".join(a.sorted if a.family else f"{{{a.name}}}" for a in work.authors),
        "title": f"{{{work.title}}}",
        "year": str(work.date.year),
        "month": f"{work.date:%b}".lower(),
        "howpublished": NOTE,
        "note": f"Version {work.version}, {work.terms}",
        "url": work.address,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{csto,\n{lines}\n}}\n"


def ris(work: Work) -> str:
    """The record of a reference manager."""
    lines = [
        ("TY", "RPRT"),
        *(("AU", author.sorted) for author in work.authors),
        ("TI", work.title),
        ("PY", str(work.date.year)),
        ("DA", f"{work.date:%Y/%m/%d}"),
        ("ET", work.version),
        ("AB", work.abstract),
        *(("KW", word) for word in work.keywords),
        ("C1", work.terms),
        ("UR", work.address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value or tag == "ER")


def codemeta(work: Work) -> str:
    """The code, for catalogues of software (CodeMeta 3)."""
    said = {"@context": "https://w3id.org/codemeta/3.0", **software(work)}
    del said["@id"]
    return json.dumps(said | {"isPartOf": report(work)}, ensure_ascii=False, indent=1) + "\n"


def cff(work: Work, text: str) -> str:
    """The project's own citation file, with the places where book and sources are, once known."""
    if not (work.address or work.repository):
        return text
    facts = yaml.safe_load(text)
    report = facts.get("preferred-citation", facts)
    for one in (facts, report):
        one |= {"url": work.address} if work.address else {}
    facts |= {"repository-code": work.repository} if work.repository else {}
    return yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)


def as_json_ld(nodes: Iterable[Node]) -> str:
    """Nodes of schema.org as JSON-LD for a page; nothing in it can end a script."""
    said = {"@context": VOCABULARY, "@graph": list(nodes)}
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def report(work: Work, base: str = "") -> Node:
    """The report itself; `base` is the way to the page that describes it."""
    return {
        "@type": "Report",
        "@id": f"{base}{REPORT}",
        "name": work.title,
        "abstract": work.abstract,
        **_shared(work, work.licence),
        **({"url": work.address} if work.address else {}),
    }


def dataset(work: Work, files: Iterable[tuple[str, str]], base: str = "") -> Node:
    """The tables and findings; `files` are addresses with the kind of file each is."""
    return {
        "@type": "Dataset",
        "@id": f"{base}{DATA}",
        "name": f"{work.title}: tables and findings",
        "description": f"What the report was computed from. {work.abstract}",
        **_shared(work, work.licence),
        "isPartOf": {"@id": f"{base}{REPORT}"},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": path, "encodingFormat": kind}
            for path, kind in files
        ],
    }


def software(work: Work, base: str = "") -> Node:
    """The code that computes and builds it."""
    return {
        "@type": "SoftwareSourceCode",
        "@id": f"{base}{CODE}",
        "name": f"{work.title}: code",
        "description": f"The code that checks, computes and builds the report. {work.abstract}",
        "programmingLanguage": "Python",
        **_shared(work, work.code_licence),
        **({"codeRepository": work.repository} if work.repository else {}),
    }


def chapter(work: Work, title: str, description: str, address: str, base: str) -> Node:
    """A page of the report; `address` is its own."""
    return {
        "@type": "Chapter",
        "@id": address,
        "name": title,
        "description": description,
        **_shared(work, work.licence),
        "isPartOf": report(work, base),
    }


def _shared(work: Work, licence: str) -> Node:
    """What a part has in common with the whole, under its own licence."""
    return {
        "author": [maker(author) for author in work.authors],
        "version": work.version,
        "datePublished": work.date.isoformat(),
        "license": licence_address(licence),
        "inLanguage": "en",
        **({"keywords": list(work.keywords)} if work.keywords else {}),
    }


def maker(author: Author) -> Node:
    """An author as schema.org has persons and groups."""
    if not author.family:
        return {"@type": "Organization", "name": author.name}
    names = {"familyName": author.family, "givenName": author.given}
    return {"@type": "Person", "name": author.name, **names}


def meta(work: Work, title: str, description: str, is_whole: bool) -> Iterator[tuple[str, str]]:
    """Tags for reference managers: Highwire's and Dublin Core's, of the whole or of a chapter."""
    about = work.abstract if is_whole else description
    yield "citation_title", title
    yield "citation_abstract", about
    for author in work.authors:
        yield "citation_author", author.sorted
    yield "citation_publication_date", f"{work.date:%Y/%m/%d}"
    yield "citation_language", "en"
    if work.keywords:
        yield "citation_keywords", "; ".join(work.keywords)
    if is_whole:
        yield "citation_technical_report_institution", work.authors[0].name
        yield "citation_technical_report_number", f"version {work.version}"
    else:
        yield "citation_inbook_title", work.title
    yield "DC.title", title
    for author in work.authors:
        yield "DC.creator", author.name
    yield "DC.date", work.date.isoformat()
    yield "DC.description", about
    yield "DC.language", "en"
    yield "DC.rights", licence_address(work.licence)
    yield "DC.type", "Report" if is_whole else "Text"
    yield "DCTERMS.hasVersion", work.version
    yield "prism.edition", work.version
    if not is_whole:
        yield "DCTERMS.isPartOf", work.title


#: How to cite the work, by the file that says it.
FORMS = {BIBTEX: bibtex, RIS: ris, CODEMETA: codemeta}
