"""A stored chart as pictures and files, for charts of every shape."""

from __future__ import annotations

import os
import re
import struct
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import altair as alt
import font_source_sans_pro
import pandas as pd
import pytest
import vl_convert

from conftest import ROOT, Run, edit
from csto import palette
from csto.analysis import theme
from csto.analysis.charts.steps import OTHERWISE
from csto.book import chart_files, drawing, pictures, share
from csto.book import charts as pages
from csto.exhibits import charts
from csto.exhibits.charts import rows

FRAME = pd.DataFrame(
    {
        "act": [
            "Armenia recalls its man from the post of secretary general",
            "Belarus & others ask",
            "<nothing>",
        ],
        "who": ["Armenia", "Belarus", None],
        "day": pd.to_datetime(["2018-11-02", "2018-11-08", "2019-02-22"]),
        "keys": [["a.b", "a.c"], ["a.d"], []],
    }
)
COLUMNS = {"act": "Act", "who": "By", "day": "Day", "keys": "Passages"}
TEXT = "Three acts in time."


def points() -> alt.Chart:
    return (
        alt.Chart(FRAME)
        .mark_point()
        .encode(x="day:T", y=alt.Y("act:N", axis=alt.Axis(labelLimit=0)))
        .properties(width=500)
    )


def shapes() -> dict[str, alt.Chart]:
    rule = alt.Chart(pd.DataFrame({"at": [1]})).mark_rule().encode(y=alt.datum("<nothing>"))
    counted = alt.Chart(FRAME).mark_bar().encode(x="count()", y="who:N")
    return {
        "single": points(),
        "layered": points() + rule,
        "beside": points() | points(),
        "below": points() & points(),
        "faceted": points().properties(width=200).facet("who:N", columns=2),
        "columns": points().properties(width=200).encode(column="who:N"),
        "counted": counted.properties(width=500),
    }


def described(shape: str) -> alt.Chart:
    return theme.described(shapes()[shape], TEXT, COLUMNS)


def spec(shape: str) -> dict:
    return described(shape).to_dict()


@pytest.mark.parametrize("shape", shapes())
def test_every_shape_is_one_picture_to_a_screen_reader(shape: str) -> None:
    root = ET.fromstring(pictures.wide(spec(shape), ROOT))
    assert root.get("role") == "img" and root.get("aria-label") == TEXT
    assert pictures.narrow(spec(shape), ROOT) is None


def for_both(shape: str) -> dict:
    """A chart of this shape that is drawn for a phone, too."""
    draw = theme.for_both_screens(lambda *, room: described(shape).properties(name=f"at{room}"))
    return draw().to_dict()


def test_a_chart_is_drawn_as_it_is_for_a_phone() -> None:
    narrow = ET.fromstring(pictures.narrow(for_both("single"), ROOT))
    assert narrow.get("role") == "img" and narrow.get("aria-label") == TEXT
    assert len(narrow.findall(".//*[@data-row]")) == len(FRAME)


@pytest.mark.parametrize("shape", ["single", "layered", "beside", "faceted", "columns"])
def test_a_mark_says_its_row(shape: str) -> None:
    said = [
        title.text
        for title in ET.fromstring(pictures.wide(spec(shape), ROOT)).iter(
            "{http://www.w3.org/2000/svg}title"
        )
    ]
    assert "Belarus & others ask\nBy: Belarus\nDay: 2018-11-08" in said
    drawn = ET.fromstring(pictures.wide(spec(shape), ROOT)).findall(".//*[@data-row]")
    first = {mark[0].text.splitlines()[0] for mark in drawn if mark.get("data-row") == "1"}
    assert first == {"Belarus & others ask"}
    assert "<nothing>\nDay: 2019-02-22" in said


def test_a_sum_of_rows_stays_a_sum() -> None:
    assert "<title>" not in pictures.wide(spec("counted"), ROOT)


def test_the_same_chart_is_the_same_bytes() -> None:
    assert pictures.wide(spec("layered"), ROOT) == pictures.wide(spec("layered"), ROOT)
    files = [chart_files.svg_file(spec("layered"), "Caption", "Citation", ROOT) for _ in range(2)]
    assert files[0] == files[1]
    first, second = (chart_files.png_file(each, "Caption", "Citation", ROOT) for each in files)
    assert first == second


def test_two_charts_on_a_page_share_no_id() -> None:
    first, second = (
        set(ET.fromstring(draw(for_both("layered"), ROOT)).findall(".//*[@id]"))
        for draw in (pictures.wide, pictures.narrow)
    )
    assert not {each.get("id") for each in first} & {each.get("id") for each in second}


def test_colours_follow_the_page_in_it_and_not_in_the_file() -> None:
    inline = pictures.wide(spec("single"), ROOT)
    assert theme.INK not in inline and "currentColor" in inline
    assert theme.INK in chart_files.svg_file(spec("single"), "Caption", "Citation", ROOT)


def test_a_file_shows_and_holds_caption_and_citation() -> None:
    words_below = ("A “caption” & more", "The project's contributors")
    svg = chart_files.svg_file(spec("single"), *words_below, ROOT)
    root = ET.fromstring(svg)
    words = [each.text for each in root.iter() if each.text]
    assert (
        words.count("A “caption” & more") == 2
        and words.count("The project's contributors") == 2
        and TEXT in words
    )
    chunks = dict(drawing.chunks(chart_files.png_file(svg, *words_below, ROOT)))
    assert chunks[b"iTXt"] == b"Source\0\0\0\0\0" + b"The project's contributors"
    assert struct.unpack(">II", chunks[b"IHDR"][:8])[0] == round(
        float(root.get("width")) * drawing.PNG_SCALE
    )


def test_the_data_is_a_table() -> None:
    assert chart_files.csv_file(spec("single")).splitlines() == [
        "act,who,day,keys",
        "Armenia recalls its man from the post of secretary general,Armenia,2018-11-02,a.b;a.c",
        "Belarus & others ask,Belarus,2018-11-08,a.d",
        "<nothing>,,2019-02-22,",
    ]


def test_a_chart_needs_words_and_columns() -> None:
    with pytest.raises(ValueError, match="needs an alternative text"):
        charts._render(points().properties(usermeta={"columns": [["act", "Act"]]}).to_dict())
    with pytest.raises(ValueError, match="needs the columns of its data table"):
        charts._render(theme.described(points(), TEXT, {"nothing": "Nothing"}).to_dict())


def test_a_picture_is_drawn_once_by_each_version_of_what_draws(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, draw = [], vl_convert.vegalite_to_svg
    monkeypatch.setattr(
        drawing.vl_convert, "vegalite_to_svg", lambda spec: drawn.append(1) or draw(spec)
    )
    first = pictures.wide(spec("single"), project)
    assert (pictures.wide(spec("single"), project), len(drawn)) == (first, 1)
    monkeypatch.setattr(drawing, "version", lambda _: "another")
    assert (pictures.wide(spec("single"), project), len(drawn)) == (first, 2)
    for number, module in enumerate((drawing, drawing.charts, drawing.faces), start=3):
        changed = project / f"_build/{number}.py"
        changed.write_text("# draws otherwise\n")
        monkeypatch.setattr(module, "__file__", str(changed))
        assert (pictures.wide(spec("single"), project), len(drawn)) == (first, number)
    kept = list((project / "_build/pictures").glob("*.svg"))
    assert len(kept) == len(drawn)
    for path in kept:
        edit(path, "</svg>", "</svg")
    assert (pictures.wide(spec("single"), project), len(drawn)) == (first, 6), "a damaged one"


def test_no_face_of_the_machine_gets_into_a_picture(tmp_path: Path, cold: Run) -> None:
    """A face that is installed draws what one that is nowhere does; left open, it would not."""
    conf = tmp_path / "fonts.conf"
    faces = f"<fontconfig><dir>{font_source_sans_pro.font_directory}</dir></fontconfig>"
    conf.write_text(faces, encoding="utf-8")
    code = (
        "import sys, vl_convert; from csto.exhibits import faces; {}\n"
        'svg = \'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">'
        '<text y="20" font-family="{{}}">Ab</text></svg>\'.format\n'
        "draw = lambda face: vl_convert.svg_to_png(svg(face))\n"
        "sys.exit(draw('Source Sans Pro') != draw('Nowhere'))"
    )
    around = {**os.environ, "FONTCONFIG_FILE": str(conf)}
    status = [
        cold([sys.executable, "-c", code.format(close)], env=around).returncode
        for close in ("faces.close()", "")
    ]
    assert status == [0, 1]


def test_title_and_note_stand_above_the_picture_and_in_its_files() -> None:
    """In the page they are text, which wraps; in a file and in JupyterLab they are drawn."""
    title, note = "Armenia recalls its man, and others ask for the post", "A mark is a step"
    headed = theme.titled(described("single"), title, note).to_dict()
    assert [(node.astext(), node["classes"]) for node in pages._head(headed)] == [
        (title, ["csto-title"]),
        (note, ["csto-note"]),
    ]
    assert title not in pictures.wide(headed, ROOT)
    svg = chart_files.svg_file(headed, "Beware.", "Source", ROOT)
    assert f">{title}<" in svg and f">{note}<" in svg and f"<title>{title}</title>" in svg
    assert f">{title}<" in charts._render(headed)["image/svg+xml"]
    assert list(pages._head(spec("single"))) == []


def test_a_long_title_is_drawn_in_lines() -> None:
    words = " ".join(["word"] * 40)
    drawn = charts.headed(theme.titled(described("single"), words).to_dict())["title"]
    assert " ".join(drawn["text"]) == words and max(map(len, drawn["text"])) <= 68
    assert drawn["subtitle"] == []


# ---- the charts of the book ----------------------------------------------------------

CHARTS = {chart.name: chart for chart in pages.charts(ROOT)}
DRAWN = [(name, draw) for name in CHARTS for draw in (pictures.wide, pictures.narrow)]
SYMBOLS = ".//{http://www.w3.org/2000/svg}path"


def look(symbol: ET.Element) -> tuple[str, str, bool]:
    """The shape of a symbol, whatever its size, its colour, and whether it is hollow."""
    return re.sub(r"[\d.]+", "n", symbol.get("d")), *colour(symbol)


def colour(one: ET.Element) -> tuple[str, bool]:
    """The colour of a symbol or bar, and whether it is hollow."""
    stroke, fill = one.get("stroke"), one.get("fill")
    hollow = fill in (None, "transparent", palette.on_page(theme.GROUND))
    return (stroke or fill) if hollow or stroke not in (None, "none") else fill, hollow


def parts(svg: str, kind: str) -> list[ET.Element]:
    """The symbols or bars in groups of a kind."""
    groups = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g")
    return [one for g in groups if kind in g.get("class", "") for one in g.findall(SYMBOLS)]


@pytest.mark.parametrize(("name", "draw"), DRAWN)
def test_a_legend_names_exactly_the_marks_that_are_there(name: str, draw: Callable) -> None:
    """Symbols by shape, colour and fill; bars, if any stand in it, by colour and fill.

    A question mark is named in the note above the picture.
    """
    spec = CHARTS[name].spec
    svg, data = draw(spec, ROOT), rows(spec)
    asked = {str(at) for at, row in enumerate(data) if row.get("weight") == OTHERWISE}
    assert not asked or "question mark" in charts.note(spec)
    legend = {look(one): colour(one) for one in parts(svg, "role-legend-symbol")}
    assert len(legend) == len(parts(svg, "role-legend-symbol"))
    marks, bars = (
        [
            one
            for one in parts(svg, f"mark-{kind} role-mark")
            if one.get("data-row") and one.get("data-row") not in asked
        ]
        for kind in ("symbol", "rect")
    )
    symbols = {look(one) for one in marks}
    of_bars = {legend[one] for one in legend.keys() - symbols}
    assert not legend or symbols <= legend.keys()
    assert not of_bars or of_bars == {colour(one) for one in bars}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_message_of_its_own_and_fits_both_screens(name: str) -> None:
    spec = CHARTS[name].spec
    titles = [charts.title(chart.spec) for chart in CHARTS.values()]
    assert titles.count(charts.title(spec)) == 1 and charts.title(spec) and charts.note(spec)
    slack = theme.PAGE * 0.03
    assert drawing.size(pictures.wide(spec, ROOT))[0] <= theme.PAGE + slack
    assert drawing.size(pictures.narrow(spec, ROOT))[0] <= theme.PHONE + slack


def test_the_picture_for_other_sites_is_the_one_of_the_opening_page() -> None:
    """`make notebooks` draws it anew."""
    assert (ROOT / share.PICTURE).read_bytes() == share.picture(share.opening(ROOT), ROOT)


def test_a_project_whose_opening_page_shows_no_chart_has_no_such_picture(project: Path) -> None:
    edit(project / "book/index.md", "{csto-chart}", "{note}")
    (project / share.PICTURE).unlink()
    share.draw(project)
    assert not (project / share.PICTURE).exists()
