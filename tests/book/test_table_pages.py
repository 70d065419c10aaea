"""Tables of pages: rows under the words that they share, and what becomes of them on a phone."""

from __future__ import annotations

import re
from typing import cast

import pytest
from docutils import nodes
from sphinx.environment import BuildEnvironment

from csto.book.sure import SIGN
from csto.book.tables import table_body
from csto.book.webpage import mend

NOBODY = cast(BuildEnvironment, None)  # cells of words alone ask it nothing
COLUMNS = [("Claim", "left"), ("How sure", "left"), ("Why", "left")]
ROWS = [["one", "firm", "a"], ["two", "firm", "b"], ["three", "thin", "c"]]


def words(group: nodes.tgroup) -> list[list[str]]:
    return [[cell.astext() for cell in row.children] for row in group.findall(nodes.row)]


def test_rows_stand_under_the_words_that_they_share() -> None:
    grouped = table_body(COLUMNS, ROWS, NOBODY, "How sure")
    assert words(grouped) == [
        ["Claim", "Why"],
        ["Firm (2)"],
        ["one", "a"],
        ["two", "b"],
        ["Thin (1)"],
        ["three", "c"],
    ]
    assert words(table_body(COLUMNS, ROWS, NOBODY))[1:] == ROWS


def test_a_head_that_is_a_grade_has_its_sign_and_no_other_has() -> None:
    def signs(by: str) -> list[str]:
        found = table_body(COLUMNS, ROWS, NOBODY, by).findall(nodes.inline)
        return [one["classes"][-1].removeprefix(f"{SIGN}-") for one in found]

    assert signs("How sure") == ["firm", "thin"]
    assert signs("Why") == []


def test_a_column_that_is_not_there_groups_nothing() -> None:
    with pytest.raises(ValueError, match="How firm"):
        table_body(COLUMNS, ROWS, NOBODY, "How firm")


def page(heads: int, *rows: list[str]) -> str:
    """A table as Sphinx writes it, mended."""
    head = "".join(f'<th class="head"><p>H{n}</p></th>' for n in range(heads))
    body = "".join(f"<tr>{''.join(f'<td><p>{c}</p></td>' for c in row)}</tr>" for row in rows)
    return mend(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([["Azatutyun", "0", "21"], ["TASS", "–", "≈3.5%"]], "close"),
        ([["Azatutyun", "0", "many"]], "apart"),
        ([["a", "0", "21", "repetition"], ["b", "4", "6439", "boilerplate"]], "close"),
        ([["a", "0", "21", "so many words that they break its lines"]], "apart"),
        ([["a", *["words and words"] * 5]], "apart"),
        ([["a", *["so many words that a line on a page holds them no more"] * 5]], "below"),
    ],
)
def test_a_row_has_the_form_that_its_cells_need(rows: list[list[str]], kind: str) -> None:
    assert f'<table data-rows="{kind}">' in page(len(rows[0]), *rows)


def test_a_cell_that_says_nothing_is_known() -> None:
    found = page(3, ["a", "", "–"], ["", "b", "c – d"])
    assert found.count("data-none") == 3
    assert '<td data-none data-label="H0"><p></p></td>' in found


def test_days_stay_whole_and_names_in_code_part() -> None:
    code = '<code><span class="pre">a.b_c</span></code>'
    found = page(2, ["31 October 2020", code], ["2018-12-05/2018-12-06", "x"])
    assert '<span class="csto-day">31 October 2020</span>' in found
    assert found.count('class="csto-day"') == 3
    assert "a.<wbr />b_<wbr />c" in found


def test_a_row_of_one_cell_is_the_head_of_others() -> None:
    row = '<tr><td class="text-left" colspan="2"><p>Firm (2)</p></td></tr>'
    found = page(2, ["one", "a"]).replace(' data-rows="apart"', "")
    found = mend(found.replace("<tbody>", f"<tbody>{row}"))
    assert '<th scope="colgroup" class="text-left" colspan="2"><p>Firm (2)</p></th>' in found


def test_words_that_rows_share_stand_once_beside_them() -> None:
    found = page(3, ["Who?", "Armenia", "a"], ["Who?", "Belarus", "b"], ["When?", "Armenia", "c"])
    assert found.count("<p>Who?") == 1 and '<th rowspan="2"' in found
    assert found.count("<th ") == 3 + 2 and found.count("<td") == 3 * 2
    assert "rowspan" not in page(3, ["E", "a", "b"], ["E", "c", "d"])  # a letter is no words


def test_words_that_rows_often_share_stand_across_a_table_that_stays_one() -> None:
    a, b = "A, 2016", "B, 2018"
    rows = [[a, "4", "256", "315", "x"], [a, "4", "643", "646", "y"], [b, "2", "56", "154", "y"]]
    found = page(5, *rows)
    assert '<table data-rows="close">' in found and "<p>H0" not in found
    assert re.findall(r'<th scope="colgroup" colspan="4"><p>(.*?)</p>', found) == [a, b]
    heads = re.findall(r'<th scope="row" data-label="H1"( ?[a-z-]*)>', found)
    assert heads == ["", " data-same", ""]
    assert "colspan" not in page(5, *rows, ["C", "1", "2", "3", "z"])  # one of four, not often


def test_a_table_with_long_heads_says_so() -> None:
    assert "data-long" in page(2, ["Each side had a ground of its own", "thin"])
    assert "data-long" not in page(2, ["a", "Each side had a ground of its own"])


def test_a_row_on_a_phone_is_headed_by_what_tells_it_apart() -> None:
    found = page(4, ["Third", "acts", "a", "1"], ["Third", "answers", "b", "1"])
    assert found.count("data-head") == 2 and 'data-head data-label="H1"' in found
    assert '<td data-of="Third" data-head data-label="H1"><p>answers' in found
    assert "data-head" not in page(4, ["Third", "acts", "a", "1"], ["Fourth", "acts", "a", "1"])


def test_the_table_behind_a_chart_keeps_its_cells() -> None:
    rows = "".join(f"<tr><td><p>one</p></td><td><p>{n}</p></td></tr>" for n in "ab")
    head = "".join(f'<th class="head"><p>H{n}</p></th>' for n in range(2))
    table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    assert "rowspan" in mend(f"<table>{table}")
    assert "rowspan" not in mend(f'<table class="csto-data table">{table}')
