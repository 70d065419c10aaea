"""The check sheet: sentences with their passages and room for an answer, for paper and scripts."""

from __future__ import annotations

from csto import identity
from csto.book import checksheet
from csto.book.checksheet import Claim
from csto.book.pages.markdown import text
from csto.book.trail import Trail

BLANK = "[&nbsp;]{.csto-blank}"  # a line to write on
BOXES = " ".join(f"[☐]{{.csto-box}}&nbsp;{said}" for said in checksheet.VERDICTS.values())


def check(trail: Trail, _: str) -> str:
    """The sentences of the set that is printed."""
    found = checksheet.checkable(trail)
    numbers = checksheet.drawn(checksheet.MANY, checksheet.SEED, len(found))
    parts = [_claim(trail, number, found[at]) for number, at in enumerate(numbers, start=1)]
    return "\n".join([f":::::{{container}} {checksheet.CONTAINER}", _head(trail), *parts, ":::::"])


def _head(trail: Trail) -> str:
    return (
        f"::::{{container}} csto-set\nSet no. {checksheet.SEED} of the edition "
        f"`{identity.fingerprint(trail.root)}`\n\nName {BLANK} Date {BLANK}\n::::\n"
    )


def _claim(trail: Trail, number: int, claim: Claim) -> str:
    passages = "\n".join(_passage(trail, key) for _, key in claim.passages)
    before = f"{text(claim.before)} " if claim.before else ""
    return (
        f"::::{{container}} csto-claim\n{number}\\. {before}**{text(claim.text)}**\n\n{passages}\n"
        f":::{{container}} csto-answer\n{asks(claim)}\n\n{BOXES}\n\n"
        f"no. {claim.id}, because {BLANK}\n:::\n::::\n"
    )


def asks(claim: Claim) -> str:
    """What is asked of a sentence."""
    does, it = ("Do", "passages") if len(claim.passages) > 1 else ("Does", "passage")
    return f"{does} the {it} bear the sentence out?"


def _passage(trail: Trail, key: str) -> str:
    one = {part: text(words) for part, words in checksheet.shown(trail, key).items()}
    words = f"{one['b']}[**{one['q']}**]{{.csto-words}}{one['a']}"
    # no key: on paper a key is a citation, and an entry of the index names the page it stands on
    return f"> {words}\n>\n> {one['s']}\n"
