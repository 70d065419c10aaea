"""A document is added step by step: a draft outside of everything, then taken in whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import edit, problems
from csto import tables
from csto.book.pages.draft import being_added
from csto.book.pages.draft import draft as page_of
from csto.book.trail import Trail
from csto.cli import main
from csto.corpus import adding, checks, drafts, reading
from csto.corpus.adding import New
from csto.corpus.filled import filled
from csto.corpus.locate import locate
from csto.corpus.problems import DataError

TEXT = """A third report

On 3 June the old choir sang without its basses. Ada Finch was content. Nobody knows why.
"""
FILE = "data/drafts/mill-post.yml"
CODED = """\
    themes: [quarrel]
    voice: {attribution: unattributed, mode: authorial}
    status: asserted
"""


def added(choir: Path, text: str = TEXT, **given: str) -> Path:
    """The draft of a made-up document, just begun."""
    (choir / "in.txt").write_bytes(text.encode())
    what = {"date": "2001-07-01", "basis": "stated", "genre": "news", "key": "mill-post", **given}
    adding.start(choir, New(text=choir / "in.txt", **what))
    return choir / FILE


def code(choir: Path, record: str, more: str = "") -> None:
    """Code a record of the draft that nobody has touched."""
    offered = adding.CODED
    text = (choir / FILE).read_text(encoding="utf-8")
    at = text.index(f"  - id: {record}\n")
    assert offered in text[at:]
    done = text[:at] + text[at:].replace(offered, CODED + more, 1)
    (choir / FILE).write_text(done, encoding="utf-8")


def finish(choir: Path) -> None:
    """Code all of the draft: a mention of a known act, a fact, and two that are left out."""
    code(choir, "on-3-june-the-old", '    when: {date: "2001-05-06", basis: stated}\n')
    code(choir, "ada-finch-was-content", "    uncoded: It is a mood.\n")
    text = (choir / FILE).read_text(encoding="utf-8")
    cut = {text[text.index(f"  - id: {id}") :].split("\n\n")[0] for id in ("a-third", "nobody")}
    for record in cut:
        text = text.replace(record, "")
    text += (
        "\nleft_out:\n  - {starts: A third report, reason: boilerplate}\n"
        "  - {starts: Nobody knows, reason: rhetoric}\n"
        "\ntold:\n  - {event: basses-leave, extract: mill-post.on-3-june-the-old}\n"
    )
    (choir / FILE).write_text(text, encoding="utf-8")


def test_a_new_draft_has_a_record_a_sentence_and_changes_nothing(choir: Path) -> None:
    before = checks.checked_corpus(choir).counts()
    text = added(choir).read_text(encoding="utf-8")
    draft = drafts.read(choir, "mill-post")
    quotes = [line for line in text.splitlines() if line.startswith("    quote: ")]
    sentences = [draft.document.text[low:high] for low, high in draft.document.sentences]
    assert [line.removeprefix("    quote: ").strip('"') for line in quotes] == sentences
    assert "#? paragraph 2; names: choir, basses" in text and "names: finch" in text
    assert draft.source.mark == "M" and not draft.faults and len(draft.open) == 4
    assert reading.read(choir)[0].counts() == before and problems(choir) == []
    assert "<!-- csto: document mill-post -->" in (choir / "book/documents/mill-post.md").read_text(
        encoding="utf-8"
    )


def test_what_is_to_be_done_is_one_line_a_record_in_the_order_of_the_text(choir: Path) -> None:
    added(choir)
    code(choir, "ada-finch-was-content")
    found = drafts.read(choir, "mill-post").work_list()
    assert [problem.what for problem in found] == [
        "a-third-report",
        "on-3-june-the-old",
        "mill-post.ada-finch-was-content.id",
        "nobody-knows-why",
    ]
    assert found[0].message == "is not coded yet: give themes, voice, status"
    assert found[2].message.startswith("nothing is coded from it")
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    status: asserted",
            "    status: asserte",
            "'asserte' is no known status, did you mean",
        ),
        (
            "mode: authorial}",
            "mode: indirect, speaker: mayor}",
            "'mayor' is no known actor, if it is new, add it under `actors`",
        ),
        ("genre: news", "genre: new", "'new' is no known genre, did you mean 'news'?"),
    ],
)
def test_what_is_wrong_in_a_draft_is_said(choir: Path, old: str, new: str, message: str) -> None:
    added(choir)
    code(choir, "ada-finch-was-content")
    edit(choir / FILE, old, new)
    assert [p.message for p in drafts.read(choir, "mill-post").faults if message in p.message]


def test_a_finished_draft_is_taken_in_beside_the_argument(choir: Path) -> None:
    added(choir)
    finish(choir)
    assert not drafts.read(choir, "mill-post").open
    adding.promote(choir, "mill-post")
    assert problems(choir) == [] and not drafts.keys(choir)
    corpus = reading.read(choir)[0]
    assert corpus.source["mill-post"].beside and corpus.actor["mill-post-author"]
    assert "#?" not in (choir / "data/extracts/mill-post.yml").read_text(encoding="utf-8")
    told = next(event for event in corpus.events if event.id == "basses-leave")
    assert told.mentions[-1] == "mill-post.on-3-june-the-old"
    assert "mill-post" not in set(tables.sources(root=choir)["source_id"])
    told_by = tables.events(root=choir).set_index("event_id")["extract_ids"]
    with tables.with_beside():
        assert "mill-post" in set(tables.sources(root=choir)["source_id"])
        more = tables.events(root=choir).set_index("event_id")["extract_ids"]
    assert more["basses-leave"] == (*told_by["basses-leave"], "mill-post.on-3-june-the-old")


def test_a_document_enters_the_argument_by_decision(choir: Path) -> None:
    added(choir)
    finish(choir)
    adding.promote(choir, "mill-post")
    adding.enter(choir, "mill-post")
    assert problems(choir) == []
    assert not reading.read(choir)[0].source["mill-post"].beside


def test_a_promotion_that_fails_changes_nothing(choir: Path) -> None:
    added(choir)
    finish(choir)
    edit(
        choir / "data/events/quarrel.yml", "[ferry.left-for-good]", "\n      - ferry.left-for-good"
    )
    before = {path: path.read_bytes() for path in choir.rglob("*") if path.is_file()}
    with pytest.raises(DataError, match="write its mentions as"):
        adding.promote(choir, "mill-post")
    assert before == {path: path.read_bytes() for path in choir.rglob("*") if path.is_file()}
    with pytest.raises(ValueError, match="'mil-post' is no draft \\(there are: mill-post\\)"):
        adding.promote(choir, "mil-post")


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        (TEXT, {"key": "bell"}, "there is a document 'bell' already"),
        (" \n", {}, "is empty, save the text"),
        (TEXT, {"genre": "poem"}, "'poem' is no known genre"),
        (TEXT, {"date": "3 June"}, "3 June"),
    ],
)
def test_what_cannot_be_added_leaves_nothing_behind(
    choir: Path, text: str, given: dict[str, str], message: str
) -> None:
    with pytest.raises((ValueError, DataError), match=message):
        added(choir, text, **given)
    assert not drafts.keys(choir) and not (choir / "book/documents/mill-post.md").exists()


def test_a_new_spelling_and_a_term_without_an_example_wait_for_no_promotion(choir: Path) -> None:
    added(choir)
    edit(choir / "data/actors.yml", "spellings: [Finch]", "spellings: [Finch, Nobody]")
    assert problems(choir) == []
    edit(choir / "data/actors.yml", "Nobody]", "Everybody]")
    assert any("“Everybody” stands in no document" in problem for problem in problems(choir))
    edit(choir / "data/actors.yml", ", Everybody]", "]")
    finish(choir)
    term = "      - {id: description,"
    edit(choir / "data/codebook.yml", term, f"      - {{id: mood, definition: A mood.}}\n{term}")
    fact = "    facts:\n      - {subject: finch, attribute: mood, value: content}\n"
    edit(choir / FILE, "    uncoded: It is a mood.\n", fact)
    adding.promote(choir, "mill-post")
    assert problems(choir) == []
    adding.enter(choir, "mill-post")
    assert [p for p in problems(choir) if "'mood' is used, name an extract coded with it" in p]


def test_a_text_is_kept_with_plain_line_ends_and_no_byte_order_mark(choir: Path) -> None:
    added(choir, "\ufeff" + TEXT.replace("\n", "\r\n"))
    assert (choir / "data/drafts/mill-post.txt").read_bytes() == TEXT.encode()


def test_the_page_of_a_draft_says_what_it_is(choir: Path) -> None:
    added(choir)
    code(choir, "ada-finch-was-content")
    trail = Trail(choir, checks.checked_corpus(choir), {})
    assert "being added: 3 of its 4 sentences are not coded yet" in page_of(trail, "mill-post")
    assert "ada\\-finch\\-was\\-content" in page_of(trail, "mill-post")
    assert "3 of its 4 sentences" in being_added(trail)


def test_an_act_is_filled_in_as_far_as_its_kind_goes(choir: Path) -> None:
    corpus = checks.checked_corpus(choir)
    record = filled(corpus, "ferry.left-for-good", "walk_out", ["basses"], [])
    assert "    sign: -1\n" in record and "    intensity: 3\n" in record
    assert "    rung:  # one of " in record and "dated by ferry.left-for-good: 2001-05-06" in record
    others = filled(corpus, "ferry.left-for-good", "walk_out", ["vicar"], [])
    assert "rung" not in others
    with pytest.raises(ValueError, match="did you mean 'walk_out'"):
        filled(corpus, "ferry.left-for-good", "walkout", [], [])


def test_words_that_an_extract_holds_are_not_offered_again(choir: Path) -> None:
    (found,) = locate(checks.checked_corpus(choir), "the old choir for good")
    assert found.startswith("# ferry.left-for-good (data/extracts/ferry.yml:")
    assert "- id:" not in found


def test_the_commands_say_what_they_did(choir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (choir / "third.txt").write_text(TEXT, encoding="utf-8")
    told = ["--date", "2001-07-01", "--genre", "news"]
    assert main(["new", "document", "third.txt", *told]) == 0
    assert "data/drafts/third.yml" in capsys.readouterr().out
    assert main(["promote", "third", "--try"]) == 1
    assert "a-third-report: is not coded yet" in capsys.readouterr().out
