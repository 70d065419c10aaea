"""YAML's traps are errors with a line; everything else keeps its place."""

from pathlib import Path

import pytest

from csto.corpus import strict_yaml

TRAPS = {
    "duplicate key": ("a: 1\nb: 2\na: 3\n", "f.yml:3:1: a: this key stands twice, keep one"),
    "unquoted date": (
        "when:\n  date: 2018-11-02\n",
        "f.yml:2:9: when.date: '2018-11-02' unquoted is an unquoted date, put it in quotes",
    ),
    "no": ("a: no\n", "f.yml:1:4: a: 'no' unquoted is read as true or false, put it in quotes"),
    "octal": (
        "a: 010\n",
        "f.yml:1:4: a: '010' unquoted is not a plain decimal number, put it in quotes",
    ),
    "base 60": (
        "a: 12:30\n",
        "f.yml:1:4: a: '12:30' unquoted is not a plain decimal number, put it in quotes",
    ),
    "a text that goes on as a comment": (
        "a:\n  - b: number # 1 of all\n    c: d  # meant\n    e: 'f' # meant\n",
        "f.yml:2:8: a.0.b: “number” ends at “ #”, put the whole in quotes or two blanks before a "
        "comment",
    ),
    "no value": ("a:\nb: 1\n", "f.yml:1:3: a: has no value, give one or leave the key out"),
    "anchor": (
        "a: &x [1]\nb: *x\n",
        "f.yml:1:4: file: anchors and aliases are not used here, write it out",
    ),
    "tab": (
        "a:\n\t- 1\n",
        "f.yml:2:1: file: not valid YAML (found character that cannot start any token), correct "
        "the line",
    ),
    "empty": ("", "f.yml:1:1: file: is empty, add its records or delete the file"),
    "byte order mark": (
        "\ufeffa: 1\n",
        "f.yml:1:1: file: holds a byte order mark, save it as UTF-8 with plain line ends",
    ),
    "windows line ends": (
        "a: 1\r\n",
        "f.yml:1:1: file: holds Windows line ends, save it as UTF-8 with plain line ends",
    ),
    "number as key": ("1: a\n", "f.yml:1:1: file: a key must be a plain word, quote or rename it"),
    "tag": (
        "a: !!python/name:os.system x\n",
        "f.yml:1:4: file: the tag tag:yaml.org,2002:python/name:os.system is not used here, "
        "remove it",
    ),
    "nested too deeply": (
        "a: " + "[b, " * 3000 + "\n",
        "f.yml:1:80: file: is nested too deeply, write it flatter",
    ),
    "a number beyond use": (
        "a: " + "9" * 5000 + "\n",
        "f.yml:1:4: a: '"
        + "9" * 5000
        + "' unquoted is not a plain decimal number, put it in quotes",
    ),
    "two documents": (
        "a: 1\n---\nb: 2\n",
        "f.yml:2:1: file: not valid YAML (but found another document), correct the line",
    ),
}


def load(tmp_path: Path, raw: bytes) -> strict_yaml.Loaded:
    (tmp_path / "f.yml").write_bytes(raw)
    return strict_yaml.load(tmp_path / "f.yml", "f.yml")


@pytest.mark.parametrize("name", list(TRAPS))
def test_trap_is_an_error_with_a_line(name: str, tmp_path: Path) -> None:
    text, message = TRAPS[name]
    assert message in [str(p) for p in load(tmp_path, text.encode()).problems]


def test_not_utf8(tmp_path: Path) -> None:
    problems = load(tmp_path, b"a: \xff\n").problems
    assert [str(p) for p in problems] == ["f.yml:1:1: file: not UTF-8 (byte 3), save it as UTF-8"]


def test_a_directory_where_a_file_should_be(tmp_path: Path) -> None:
    problems = strict_yaml.load(tmp_path, "f.yml").problems
    assert [str(p) for p in problems] == [
        "f.yml:1:1: file: cannot be read (Is a directory), make it a readable file"
    ]


def test_values_and_places(tmp_path: Path) -> None:
    loaded = load(tmp_path, b"a: [true, 3, -1.5, 'no']\nb:\n  - c: \"2018-11-02\"\n")
    assert loaded.problems == []
    assert loaded.value == {"a": [True, 3, -1.5, "no"], "b": [{"c": "2018-11-02"}]}
    assert loaded.marks[("b", 0, "c")] == (3, 5)
