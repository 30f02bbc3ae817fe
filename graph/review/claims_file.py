"""Change one entry of a claims file: what else stands in it, comments and layout too, stays as it is.

A value that is there is replaced in its place in the text. What is new or goes is written by a library that keeps
comments.
"""

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from graph.common.errors import MotegrafError
from graph.common.findings import FindingsError
from graph.common.page_files import PageFileError, locked, write_whole
from graph.common.strict_files import read_yaml
from graph.common.text_files import read_text, strip_bom
from graph.review import journal

EntryPath = tuple[str | int, ...]
# Where a page names those who are known on it alone.
SECTIONS = ("people", "bodies", "offices", "groups")
_PLAIN = re.compile(r"[\w][\w .æøåÆØÅ-]*")


class ReviewError(MotegrafError):
    """A decision cannot be carried out; the message says why, and what to do. Nothing was changed."""


class ConflictError(ReviewError):
    """An entry has changed since it was shown: somebody else decided about it, or edited the file."""


class ClaimsFile:
    """The claims file of a page, read anew for each change."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the page."""
        self.path = folder / "claims.yaml"

    def read(self) -> tuple[str, Any]:
        """Return the text of the file, and its data. Raise ReviewError where it is no claims file any more."""
        try:
            text = read_text(self.path, self._name)
            # It is read strictly first: who keeps comments expands whatever a stranger's file asks for.
            read_yaml(strip_bom(text), self._name)
            data = _yaml().load(text) or CommentedMap()
        except FindingsError as error:
            raise ReviewError(f"{'; '.join(map(str, error.findings))}; mend it, and go on") from error
        except YAMLError as error:
            raise ReviewError(f"{self._name} cannot be read by the review: {error}; mend it, and go on") from error
        if place := _misshapen(data):
            raise ReviewError(f"{self._name}: {place} is not of the form that claims have; motegraf check says more")
        return text, data

    @property
    def _name(self) -> str:
        return f"corpus/{self.path.parent.name}/{self.path.name}"

    def replace(self, path: EntryPath, field: str, value: Any, shown: str) -> tuple[Any, Any]:
        """Set a field of an entry, or remove it where ``value`` is None; return the entry before and after.

        ``shown`` is the digest of the entry as it was shown. Raise ConflictError where it is another now.
        """
        with self.locked():
            text, data = self.read()
            entry = _entry(data, path)
            before = plain(entry)
            if digest(before) != shown:
                raise ConflictError(f"{_words(path)} has changed since it was shown; look at it again")
            changed = _in_place(text, entry, field, value)
            if changed is None:
                _set(entry, field, value)
                changed = _dump(data, text)
            _, after = _read(changed)
            write_whole(self.path, changed)
            return before, plain(_entry(after, path))

    def append(self, path: EntryPath, value: Any) -> EntryPath:
        """Add an entry to a list, or under a new key; return its path. Lists that are not there are made."""
        with self.locked():
            text, data = self.read()
            *parents, last = path
            parent = data
            for step in parents:
                if isinstance(parent, CommentedMap) and step not in parent:
                    parent[step] = CommentedMap()
                parent = parent[step]
            if isinstance(parent, CommentedMap) and isinstance(last, str) and last in ("participations", "no_claim"):
                own = parent.setdefault(last, CommentedSeq())
                own.append(value)
                place: EntryPath = (*path, len(own) - 1)
            else:
                if last in parent:
                    raise ReviewError(f"{last!r} is there already")
                parent[last] = value
                place = path
            write_whole(self.path, _dump(data, text))
            return place

    def remove(self, path: EntryPath, shown: str) -> Any:
        """Remove an entry and return it. Raise ConflictError where it is another than was shown."""
        with self.locked():
            text, data = self.read()
            entry = _entry(data, path)
            before = plain(entry)
            if digest(before) != shown:
                raise ConflictError(f"{_words(path)} has changed since it was shown; look at it again")
            parent = _entry(data, path[:-1])
            del parent[path[-1]]
            if not parent:
                del _entry(data, path[:-2])[path[-2]]
            write_whole(self.path, _dump(data, text))
            return before

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one change at a time be made to the file, by whatever program."""
        try:
            # A decision is two files: it is not begun where the other one could not be written.
            journal.refuse_unwritable(self.path.parent)
            with locked(self.path):
                yield
        except PageFileError as error:
            raise ReviewError(str(error)) from error


def digest(entry: Any) -> str:
    """Return a digest of what an entry says, whatever its layout; of its participations nothing."""
    own = {key: value for key, value in entry.items() if key != "participations"} if isinstance(entry, dict) else entry
    return sha256(json.dumps(own, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def plain(value: Any) -> Any:
    """Return a value without what is known of its layout."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None else str(value)


def entry_at(data: Any, path: EntryPath) -> Any:
    """Return the entry at a path of a claims file. Raise ConflictError where there is none any more."""
    return _entry(data, path)


def _entry(data: Any, path: EntryPath) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError) as error:
            raise ConflictError(f"{_words(path)} is not there any more; look at the page again") from error
    return data


def _words(path: EntryPath) -> str:
    return " ".join(str(step) for step in path if step not in ("events", "participations"))


def _misshapen(data: Any) -> str | None:
    """Return the first place of a claims file that is not of the form that a review reads; None where there is none."""
    if not isinstance(data, dict):
        return "all of it"
    for section in ("events", *SECTIONS):
        entries = data.get(section) or {}
        if not isinstance(entries, dict):
            return section
        for key, entry in entries.items():
            if not isinstance(entry, dict):
                return f"{section} {key}"
    for key, event in (data.get("events") or {}).items():
        if not _is_list_of_entries(event.get("participations")):
            return f"the participations of {key}"
    return None if _is_list_of_entries(data.get("no_claim")) else "no_claim"


def _is_list_of_entries(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(each, dict) for each in value))


def _in_place(text: str, entry: Any, field: str, value: Any) -> str | None:
    """Return the text with the value of a field replaced where it stands; None where it is no plain word there."""
    if (
        value is None
        or not isinstance(value, str)
        or not _PLAIN.fullmatch(value)
        or not isinstance(entry, CommentedMap)
    ):
        return None
    old = entry.get(field)
    if not isinstance(old, str) or not _PLAIN.fullmatch(old):
        return None
    line, column = entry.lc.value(field)
    lines = text.split("\n")
    if not lines[line][column:].startswith(old):
        return None
    lines[line] = f"{lines[line][:column]}{value}{lines[line][column + len(old) :]}"
    changed = "\n".join(lines)
    _, data = _read(changed)
    return changed if data is not None else None


def _set(entry: Any, field: str, value: Any) -> None:
    if value is None:
        entry.pop(field, None)
    else:
        entry[field] = value


def _read(text: str) -> tuple[str, Any]:
    return text, _yaml().load(text)


def _dump(data: Any, before: str) -> str:
    """Return data as YAML, its lines ended as in the text before."""
    stream = io.StringIO()
    _yaml().dump(data, stream)
    return stream.getvalue().replace("\n", "\r\n") if "\r\n" in before else stream.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    return yaml
