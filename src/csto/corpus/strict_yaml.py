"""YAML without its traps, with the line and column of every key and item.

Refuses what YAML 1.1 silently changes or drops: duplicate keys, unquoted
dates, `no` and `yes`, octal and base-60 numbers, empty values, anchors and
tags. Does not know what the values mean.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from csto.corpus.problems import Path as Way
from csto.corpus.problems import Problem

DEEPEST = 20  # levels of lists and mappings
LARGEST = 20_000_000  # bytes; a data file beyond this is a mistake, not data

_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
_QUOTE_IT = {
    "tag:yaml.org,2002:timestamp": "an unquoted date",
    "tag:yaml.org,2002:bool": "read as true or false",
    "tag:yaml.org,2002:int": "not a plain decimal number",
    "tag:yaml.org,2002:float": "not a plain decimal number",
}


@dataclass
class Loaded:
    """A file's value, the mark (line, column) of every path in it, its problems."""

    file: str
    value: Any = None
    marks: dict[Way, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list, repr=False)
    kept: list[Any] = field(default_factory=list, repr=False)  # what its reader made of it

    def fault(self, node_or_mark: Any, path: Way, message: str) -> None:
        """Note a problem at a node of the file, or at its beginning."""
        mark = getattr(node_or_mark, "start_mark", node_or_mark)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        dotted = ".".join(map(str, path)) or "file"
        self.problems.append(Problem(self.file, line, column, dotted, message))


def load(path: Path, file: str) -> Loaded:
    """Read one YAML file; `file` is the name that messages print."""
    out = Loaded(file)
    text = _read(path, out)
    if text is None:
        return out
    parsed = _parsed(text, file)
    return replace(parsed, problems=[*parsed.problems])


@functools.lru_cache(maxsize=500)
def _parsed(text: str, file: str) -> Loaded:
    """What a text says; kept, for of a project that changed most files are what they were."""
    out = Loaded(file, lines=text.split("\n"))
    try:
        if _is_unsafe(text, out):
            return out
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or str(error)
        out.fault(mark, (), f"not valid YAML ({what}), correct the line")
        return out
    if node is None:
        out.fault(None, (), "is empty, add its records or delete the file")
        return out
    out.value = _value(node, (), out)
    return out


def _read(path: Path, out: Loaded) -> str | None:
    """The text of a file; None when it is none, with the reason noted."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # to open it could wait for ever
            out.fault(None, (), "is a pipe or device, make it a readable file")
            return None
        if path.stat().st_size > LARGEST:
            out.fault(None, (), f"larger than {LARGEST:,} bytes, split it")
            return None
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        out.fault(None, (), f"not UTF-8 (byte {error.start}), save it as UTF-8")
    except OSError as error:
        out.fault(None, (), f"cannot be read ({error.strerror}), make it a readable file")
    else:
        if fault := _foreign(text):
            out.fault(None, (), fault)
        return None if fault else text
    return None


def _foreign(text: str) -> str | None:
    """What a text holds that no data file may."""
    for bad, name in (("\ufeff", "a byte order mark"), ("\r", "Windows line ends")):
        if bad in text:
            return f"holds {name}, save it as UTF-8 with plain line ends"
    if unseen := _UNSEEN.search(text):
        line = text.count("\n", 0, unseen.start()) + 1
        return f"holds the control character U+{ord(unseen[0]):04X} in line {line}, remove it"
    return None


def _is_unsafe(text: str, out: Loaded) -> bool:
    """Report anchors, tags and depth before composing, which recurses and expands."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
            event, yaml.CollectionEndEvent
        )
        if depth > DEEPEST:
            out.fault(event, (), "is nested too deeply, write it flatter")
            return True
        if getattr(event, "anchor", None):
            out.fault(event, (), "anchors and aliases are not used here, write it out")
        elif tag := getattr(event, "tag", None):
            out.fault(event, (), f"the tag {tag} is not used here, remove it")
    return bool(out.problems)


def _value(node: yaml.Node, path: Way, out: Loaded) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, out)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            out.marks[(*path, index)] = (item.start_mark.line + 1, item.start_mark.column + 1)
        return [_value(item, (*path, index), out) for index, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node, path, out)


def _mapping(node: yaml.MappingNode, path: Way, out: Loaded) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode) or not key_node.tag.endswith(":str"):
            out.fault(key_node, path, "a key must be a plain word, quote or rename it")
            continue
        key = key_node.value
        if key in result:
            out.fault(key_node, (*path, key), "this key stands twice, keep one")
            continue
        here = (*path, key)
        out.marks[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        result[key] = _value(value_node, here, out)
    return result


def _after(node: yaml.ScalarNode, out: Loaded) -> str:
    """What stands behind a value in its line."""
    line = "".join(out.lines[node.end_mark.line : node.end_mark.line + 1])
    return line[node.end_mark.column :]


def _scalar(node: yaml.ScalarNode, path: Way, out: Loaded) -> Any:
    text, tag = node.value, node.tag
    if not node.style and _after(node, out).startswith(" #"):
        said = f"“{text}” ends at “ #”, put the whole in quotes or two blanks before a comment"
        out.fault(node, path, said)
    if tag.endswith(":str"):
        return text
    if tag.endswith(":null"):
        out.fault(node, path, "has no value, give one or leave the key out")
        return None
    if tag.endswith(":bool") and text in ("true", "false"):
        return text == "true"
    if tag.endswith((":int", ":float")) and _DECIMAL.fullmatch(text):
        return int(text) if tag.endswith(":int") else float(text)
    why = _QUOTE_IT.get(tag, f"of the tag {tag}")
    out.fault(node, path, f"'{text}' unquoted is {why}, put it in quotes")
    return text
