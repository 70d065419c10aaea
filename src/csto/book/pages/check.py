"""The check sheet: claims with their passages and room for a verdict, for paper and for scripts."""

from __future__ import annotations

from csto.book import checksheet
from csto.book.checksheet import Claim
from csto.book.pages.markdown import text
from csto.book.trail import Trail

VERDICTS = "☐ bears it out  ☐ partly  ☐ not"


def check(trail: Trail, _: str) -> str:
    """The claims that the seed of the printed sheet draws."""
    found = checksheet.claims(trail)
    numbers = checksheet.drawn(checksheet.MANY, checksheet.SEED, len(found))
    parts = [_claim(trail, number, found[at]) for number, at in enumerate(numbers, start=1)]
    return "\n".join([f":::::{{container}} {checksheet.CONTAINER}", *parts, ":::::"])


def _claim(trail: Trail, number: int, claim: Claim) -> str:
    passages = "\n".join(_passage(trail, stance, key) for stance, key in claim.passages)
    before = f"{text(claim.before)} " if claim.before else ""
    return (
        f"::::{{container}} csto-claim\n{number}\\. {before}**{text(claim.text)}** "
        f"[{claim.id}](#{claim.anchor})\n\n{passages}\n{VERDICTS}\n::::\n"
    )


def _passage(trail: Trail, stance: str, key: str) -> str:
    one = checksheet.shown(trail, key)
    words = f"{text(one['b'])}[**{text(one['q'])}**]{{.csto-words}}{text(one['a'])}"
    against = "" if stance == "supports" else f"{stance} it: "
    # no key: on paper a key is a citation, and an entry of the index names the page it stands on
    return f"> {words}\n>\n> {against}{text(one['s'])}; {text(one['w'])}\n"
