"""Read YAML and CSV that people write, strictly, with the line of every mistake.

All YAML scalars stay strings (``0301`` must not become 193, nor ``NO`` false). Duplicate keys, anchors, aliases, tags
and files of more than 4 MB are refused.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from graph.common.findings import Finding, FindingsError
from graph.common.text import NOT_IN_XML
from graph.common.text_files import read_text, strip_bom

MAX_DEPTH = 20


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A loader that tells no numbers, days and words apart: all scalars stay strings here.

    To find a tag for each scalar by its letters, in Python, takes a third of the time in which a file is read.
    """

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """Return a tag that nobody looks at."""
        return ""

    def descend_resolver(self, *_: object) -> None:
        """Look for no tags by the path of a node."""

    def ascend_resolver(self) -> None:
        """Look for no tags by the path of a node."""


class Document(NamedTuple):
    """A YAML file as plain mappings, lists and strings, with the line of each of its values."""

    name: str
    data: Any
    root: Any

    def line(self, path: tuple[int | str, ...]) -> int:
        """Return the line of the value at this path, or of the nearest value above it that exists."""
        node, line = self.root, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                below = next((pair for pair in node.value if pair[0].value == step), None)
                if below is None:
                    break
                line, node = below[0].start_mark.line + 1, below[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
        return line

    def finding(self, path: tuple[int | str, ...], message: str) -> Finding:
        """Return a finding about the value at this path."""
        return Finding(self.name, self.line(path), message)


def read_yaml(text: str, name: str) -> Document:
    """Read a YAML text strictly; ``data`` is None if it is empty. Raise FindingsError with the line of a mistake."""
    loader = _Loader(text)
    try:
        if _may_nest_deeply(text):
            _refuse_depth(text, name)
        _refuse_anchors(text, name)
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        mark, place = getattr(error, "problem_mark", None), getattr(error, "position", None)
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        opened = getattr(error, "context_mark", None)
        since = f" (in what begins on line {opened.line + 1})" if opened and mark and opened.line != mark.line else ""
        if problem.startswith("mapping values are not allowed"):
            problem = f"{problem}; put words with a colon in them, such as a title, in quotation marks"
        elif "',' or '" in problem:
            problem = f"{problem}; put words with a comma, a bracket or quotation marks in them in quotation marks"
        line = mark.line + 1 if mark else text.encode().count(b"\n", 0, place) + 1 if isinstance(place, int) else 0
        problem += _odd_blank(text, line)
        raise FindingsError([Finding(name, line, f"not YAML: {problem}{since}")]) from error
    finally:
        loader.dispose()
    return Document(name, _plain(root, name, 0), root)


def _odd_blank(text: str, line: int) -> str:
    """Return a hint at a blank of a line, or of the line before it, that YAML does not take for a space."""
    for number in (line, line - 1):
        row = text.split("\n")[number - 1] if 0 < number <= text.count("\n") + 1 else ""
        tab = re.match(r" *\t", row)
        other = re.search(r"[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]", row)
        if tab:
            return f"; line {number} begins with a tab, and YAML takes spaces alone"
        if other:
            name = unicodedata.name(other[0], "an unnamed sign").lower()
            column = f"line {number}, column {other.start() + 1}"
            return f"; in {column} stands a {name} (U+{ord(other[0]):04X}), and YAML takes ordinary spaces alone"
    return ""


def trailing_comments(text: str, document: Document) -> Iterator[tuple[int, str]]:
    """Yield line and text of each comment that follows a value without quotation marks on its line.

    What was meant as the rest of the value may be lost in it: YAML takes `` #`` for its beginning.
    """
    if not re.search(r"\S[ \t]+#", text):
        return
    lines = text.split("\n")
    for node in _scalars(document.root):
        rest = lines[node.end_mark.line][node.end_mark.column :] if node.end_mark.line < len(lines) else ""
        comment = re.match(r"[ \t]+(#.*)", rest)
        if not node.style and comment:
            yield node.end_mark.line + 1, comment[1].rstrip()


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif node is not None:
        for below in node.value:
            for each in below if isinstance(below, tuple) else (below,):
                yield from _scalars(each)


def _may_nest_deeply(text: str) -> bool:
    """Return whether a file may nest deeply: a quick test that can be wrong only for brackets in words."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH or len(re.findall(r"[-?:]\s+(?=[-?:]\s)", text)) > MAX_DEPTH


def _refuse_depth(text: str, name: str) -> None:
    """Refuse deep nesting, counted event by event: composing a million brackets would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise FindingsError([Finding(name, line, f"nested more than {MAX_DEPTH} deep")])


def _refuse_anchors(text: str, name: str) -> None:
    # Aliases can make a small file as large as the machine: they are refused before anything is composed.
    if not re.search(r"(^|[\s\[{,:-])[&*!][^\s]", text):
        return
    events = yaml.parse(text, Loader=_Loader)
    for event in events:
        anchored = getattr(event, "anchor", None) or isinstance(event, yaml.AliasEvent)
        if anchored or (getattr(event, "tag", None) and not isinstance(event, yaml.DocumentStartEvent)):
            message = "anchors, aliases and tags are not read; write the value out (or quote it)"
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise FindingsError([Finding(name, line, message)])


def character_problem(text: str) -> str | None:
    """Return what is wrong with characters that nobody sees or that XML cannot hold; None where nothing is."""
    # Nearly all texts have only letters, signs and spaces: to look at each letter of a home takes 8 ms.
    if text.isprintable():
        return None
    if match := NOT_IN_XML.search(text):
        return f"has the character U+{ord(match[0]):04X}, which XML cannot hold"
    if text.strip() and all(unicodedata.category(each)[0] in "CZ" for each in text):
        return f"has nothing but invisible characters (U+{ord(text.strip()[0]):04X})"
    return None


def _plain(node: Any, name: str, depth: int) -> Any:
    if node is None:
        return None
    line = node.start_mark.line + 1
    if depth > MAX_DEPTH:
        raise FindingsError([Finding(name, line, f"nested more than {MAX_DEPTH} deep")])
    if isinstance(node, yaml.ScalarNode):
        value = unicodedata.normalize("NFC", node.value)
        if problem := character_problem(value):
            raise FindingsError([Finding(name, line, f"{problem}; write it without")])
        return value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, name, depth + 1) for item in node.value]
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise FindingsError([Finding(name, key.start_mark.line + 1, "a key is a word, not a list or a mapping")])
        if key.value in mapping:
            raise FindingsError([Finding(name, key.start_mark.line + 1, f"the key {key.value!r} stands here twice")])
        mapping[key.value] = _plain(value, name, depth + 1)
    return mapping


class Row(dict[str, str]):
    """A row of a table by column, with its file and line."""

    def __init__(self, cells: Iterable[tuple[str, str]], file: str, line: int) -> None:
        super().__init__(cells)
        self.file, self.line = file, line

    def error(self, message: str) -> FindingsError:
        """Return the error to raise about this row."""
        return FindingsError([Finding(self.file, self.line, message)])


def read_csv(path: Path, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a table with exactly these columns. Raise FindingsError with the line that does not fit."""
    # Imported here: a question reads YAML, but no tables.
    import csv

    rows = csv.reader(strip_bom(read_text(path, name)).splitlines(), strict=True)
    try:
        header = tuple(next(rows, ()))
        if header != columns:
            raise FindingsError(
                [Finding(name, 1, f"the columns are {', '.join(header)}; expected {', '.join(columns)}")]
            )
        for row in rows:
            if len(row) != len(columns):
                raise FindingsError([Finding(name, rows.line_num, f"{len(row)} cells, expected {len(columns)}")])
            if problem := next(filter(None, map(character_problem, row)), None):
                raise FindingsError([Finding(name, rows.line_num, f"{problem}; write it without")])
            yield Row(zip(columns, row, strict=True), name, rows.line_num)
    except csv.Error as error:
        raise FindingsError([Finding(name, rows.line_num, f"not a table: {error}")]) from error
