"""Change single entries of a YAML file in its text: every other letter, comment and line end stays as it is.

Each edit is read again afterwards: a file whose layout is beyond these edits is refused, and never changed wrongly.
"""

import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from graph.common.errors import MotegrafError
from graph.common.findings import FindingsError
from graph.common.strict_files import read_yaml
from graph.common.text_files import strip_bom

Entry = Mapping[str, Any]


class YamlEditError(MotegrafError):
    """A file cannot be edited in its text; the message says which, and what to do. Nothing was changed."""


def with_entry(text: str, name: str, key: str, entry: Entry) -> str:
    """Return the text of a file of entries by key with one more at its end. ``name`` is that of the file."""
    start, data, root = _read(text, name)
    added = _block({key: entry}, _line_end(text))
    if data in (None, {}):
        # "{}" stands for no entries yet.
        at = _position(text, root.start_mark) + start if root is not None and root.value == [] else len(text)
        end = _position(text, root.end_mark) + start if root is not None and root.value == [] else len(text)
        changed = f"{_ended(text[:at])}{added}{text[end:].lstrip()}"
    else:
        changed = f"{_ended(text)}{added}"
    _require(changed, name, {**(data or {}), key: plain(entry)})
    return changed


def with_field(
    text: str, name: str, path: tuple[str, str], field: str, value: str, without: Collection[str] = ()
) -> str:
    """Return the text of a file with a new field in the entry at a path, and without some of its fields."""
    start, data, root = _read(text, name)
    expected = plain(data)
    entry = expected[path[0]][path[1]]
    expected[path[0]][path[1]] = {key: each for key, each in entry.items() if key not in without} | {field: value}
    node = _node_at(root, path)
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise YamlEditError(_refusal(name))
    body = text[start:]
    edits = [*_removals(body, node, without), _insertion(body, node, field, _scalar(value), _line_end(text), without)]
    for begin, end, words in sorted(edits, reverse=True):
        body = f"{body[:begin]}{words}{body[end:]}"
    changed = f"{text[:start]}{body}"
    _require(changed, name, expected)
    return changed


def plain(value: Any) -> Any:
    """Return a value as it is read from a file: mappings, lists and words."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None else str(value)


def _read(text: str, name: str) -> tuple[int, Any, Any]:
    """Return how long the byte order mark is, the data, and the node that it is made of."""
    bare = strip_bom(text)
    document = read_yaml(bare, name)
    if document.data is not None and not isinstance(document.data, dict):
        raise YamlEditError(_refusal(name))
    return len(text) - len(bare), document.data, document.root


def _require(changed: str, name: str, expected: Entry) -> None:
    """Raise YamlEditError unless a changed text says what it has to say, and the order of its keys is that."""
    try:
        data = read_yaml(strip_bom(changed), name).data
    except FindingsError as error:
        raise YamlEditError(_refusal(name)) from error
    if data != plain(expected) or list(data) != list(expected):
        raise YamlEditError(_refusal(name))


def _refusal(name: str) -> str:
    return f"{name} has a layout that this program does not edit; write the entry by hand"


def _node_at(node: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        node = next((value for key, value in pairs if key.value == step), None)
    return node


def _insertion(
    body: str, node: Any, field: str, value: str, line_end: str, without: Collection[str]
) -> tuple[int, int, str]:
    """Return where a field goes: in braces after the last field that stays, else on a line before the first one."""
    first = node.value[0][0].start_mark
    if node.flow_style:
        staying = [pair for pair in node.value if pair[0].value not in without]
        at = _position(body, staying[-1][1].end_mark) if staying else _position(body, first)
        return at, at, f", {field}: {value}" if staying else f"{field}: {value}"
    at = _position(body, first)
    return at, at, f"{field}: {value}{line_end}{' ' * first.column}"


def _removals(body: str, node: Any, without: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of fields that go. A comment beside a value stays, on a line of its own."""
    for number, (key, value) in enumerate(node.value):
        if key.value not in without:
            continue
        if node.flow_style:
            last = number == len(node.value) - 1
            begin = _position(body, node.value[number - 1][1].end_mark if last and number else key.start_mark)
            end = _position(body, value.end_mark if last else node.value[number + 1][0].start_mark)
            yield begin, end, ""
            continue
        begin, ended = _position(body, key.start_mark), _position(body, _last_scalar(value).end_mark)
        if re.search(r"(^|\s)#", body[begin:ended]):
            # A comment between the lines of a value would go with them.
            raise YamlEditError(f"{key.value!r} has a comment within it; write the entry by hand")
        end = _end_of_lines(body, _last_scalar(value))
        if beside := re.match(r"[ \t]+(?=#)", body[ended:end]):
            yield begin, ended + len(beside[0]), ""
        else:
            yield begin - key.start_mark.column, end, ""


def _last_scalar(node: Any) -> Any:
    while not isinstance(node, yaml.ScalarNode):
        if node.flow_style or not node.value:
            return node
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _end_of_lines(body: str, node: Any) -> int:
    """Return where the line after a value begins. A block of text ends where the next line begins."""
    end = _position(body, node.end_mark)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return body.rindex("\n", 0, end) + 1 if node.end_mark.column else end
    at = body.find("\n", end)
    return len(body) if at < 0 else at + 1


def _position(body: str, mark: Any) -> int:
    """Return where a mark is in a text, in letters from 0."""
    at = 0
    for _ in range(mark.line):
        at = body.index("\n", at) + 1
    return at + int(mark.column)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}{_line_end(text)}"


def _scalar(value: str) -> str:
    """Return words as YAML writes them on a line, within quotation marks where they need some."""
    return _dumped(CommentedSeq([value])).strip().removeprefix("-").strip()


def _block(entries: Mapping[str, Entry], line_end: str) -> str:
    """Return entries as YAML: a line for each field, and what a field holds in braces or brackets."""
    made = CommentedMap()
    for key, entry in entries.items():
        fields = CommentedMap()
        for field, value in entry.items():
            fields[field] = _within_a_line(value)
        made[key] = fields
    return _dumped(made).replace("\n", line_end)


def _within_a_line(value: Any) -> Any:
    if isinstance(value, Mapping):
        pairs = CommentedMap((key, _within_a_line(each)) for key, each in value.items())
        pairs.fa.set_flow_style()
        return pairs
    if isinstance(value, list | tuple):
        items = CommentedSeq(_within_a_line(each) for each in value)
        if not any(isinstance(each, Mapping) for each in value):
            items.fa.set_flow_style()
        return items
    return value


def _dumped(data: Any) -> str:
    writer = YAML()
    writer.width = 1_000_000
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.allow_unicode = True
    stream = io.StringIO()
    writer.dump(data, stream)
    return stream.getvalue()
