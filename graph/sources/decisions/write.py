"""Add a decision to ``decisions/identity.yaml``, or take one back: what else stands in it stays, to the letter.

A decision is text at the end of the file, or lines of it: a file of thousands is changed as quickly as it is read. What
is written is read again before it takes the place of the old file.
"""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from graph.common.errors import MotegrafError
from graph.common.findings import FindingsError
from graph.common.page_files import PageFileError, locked, write_whole
from graph.common.text_files import read_text
from graph.model.identity import Decision, Decisions
from graph.sources.decisions.form import FILE, FOLDER
from graph.sources.decisions.read import NAME, decisions_in, decisions_of, parse

_EMPTY = re.compile(r"^decisions:[ \t]*\[[ \t]*\]", re.MULTILINE)
_KEY = re.compile(r"^\ufeff?decisions:", re.MULTILINE)
_HEAD = (
    "# yaml-language-server: $schema=identity.schema.json\n"
    "# What is one and the same, decided by people: docs/identity.md says how.\n"
    "decisions:\n"
)


class DecisionError(MotegrafError):
    """A decision cannot be written; the message says why, and what to do. Nothing was changed."""


class Change(NamedTuple):
    """A change of the file: its text before and after, None where there is no file, and what is decided after it."""

    before: str | None
    after: str | None
    decisions: Decisions


def _anything(_: Decisions) -> None:
    """Allow a decision, whatever stands in the file."""


def add_decision(home: Path, decision: Decision, refuse: Callable[[Decisions], None] = _anything) -> Change:
    """Add a decision at the end of the file, which is made where it is not there.

    ``refuse`` looks at what is decided while nobody else can change it, and raises an error where this one cannot stand
    beside it; nothing is written then. Raise DecisionError where the file cannot be read or written.
    """
    file = home / FOLDER / FILE
    try:
        file.parent.mkdir(exist_ok=True)
        with locked(file):
            is_there = file.exists()
            before = _text(file)
            entries, decisions = _entries(before)
            refuse(decisions)
            after = _with_entry(before, entries, decision)
            return Change(before if is_there else None, after, _write(file, after))
    except (PageFileError, FindingsError) as error:
        raise DecisionError(f"{error}; nothing was changed") from error
    except OSError as error:
        raise DecisionError(f"{FOLDER} cannot be written: {error.strerror}; nothing was changed") from error


def with_decision(text: str, decision: Decision) -> str:
    """Return the text of the file, or of none, with one more decision.

    Raise DecisionError, or FindingsError where it could not be read again, or contradicts what is decided.
    """
    entries, decisions = _entries(text)
    _refuse_contradiction(decisions, decision)
    after = _with_entry(text, entries, decision)
    decisions_of(after)
    return after


def _refuse_contradiction(decisions: Decisions, decision: Decision) -> None:
    """Raise DecisionError where others are decided that a decision contradicts."""
    every = Decisions([*decisions.entries, decision])
    found = next(iter(every.contradictions()), None)
    before = next(iter(decisions.contradictions()), None)
    if found and not before:
        lines = ", ".join(str(each.line) for each in (found.different, *found.chain) if each.line)
        raise DecisionError(f"{found.ids[0]} and {found.ids[1]} would be the same and different: {NAME}, line {lines}")


def _with_entry(text: str, entries: Sequence[Any], decision: Decision) -> str:
    # An empty list in brackets is none any more.
    text = text if entries else _EMPTY.sub("decisions:", text)
    end = "" if not text or text.endswith("\n") else "\n"
    # The column of the dashes.
    column = entries[0].start_mark.column - 2 if entries else 2
    head = "" if entries or _KEY.search(text) else _HEAD if not text.strip() else "decisions:\n"
    added = f"{end}{head}{_entry(decision, column)}"
    return text + (added.replace("\n", "\r\n") if "\r\n" in text else added)


def remove_decision(home: Path, decision: Decision) -> Change:
    """Take back a decision as it was read: the file is what it was before. Raise DecisionError where it is gone."""
    file = home / FOLDER / FILE
    try:
        with locked(file):
            text = _text(file)
            entries, decisions = _entries(text)
            same = [n for n, each in enumerate(decisions.entries) if _key(each) == _key(decision)]
            if not same:
                raise DecisionError("the decision is not there any more; look at the file again")
            node = entries[same[-1]]
            lines = text.splitlines(keepends=True)
            del lines[node.start_mark.line : _last_line(node) + 1]
            rest = "".join(lines)
            if rest.replace("\r\n", "\n") == _HEAD:
                file.unlink()
                return Change(text, None, Decisions())
            return Change(text, rest, _write(file, rest))
    except (PageFileError, FindingsError) as error:
        raise DecisionError(f"{error}; nothing was changed") from error
    except OSError as error:
        raise DecisionError(f"{NAME} cannot be written: {error.strerror}; nothing was changed") from error


def _entries(text: str) -> tuple[list[Any], Decisions]:
    """Return the nodes of the decisions of a file, and the decisions.

    Raise DecisionError where nothing can be added to their list.
    """
    document = parse(text)
    if document.data is None:
        return [], Decisions()
    decisions = decisions_in(document)
    (_, value), *_ = document.root.value or [(None, None)]
    if value is not None and getattr(value, "flow_style", False) and value.value:
        raise DecisionError(
            f"{NAME}:{value.start_mark.line + 1}: write the decisions below each other, not in brackets"
        )
    return value.value if isinstance(getattr(value, "value", None), list) else [], decisions


def _last_line(node: Any) -> int:
    """Return the last line of an entry, from 0: comments and blank lines after it are not its own."""
    ends = [leaf.end_mark for pair in node.value for leaf in _leaves(pair[1])]
    # The mark of words that stand on lines of their own (|) is on the line after them.
    return int(max(mark.line - (mark.column == 0) for mark in ends))


def _key(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.ids, decision.who, decision.when, decision.why, decision.seen


def _leaves(node: Any) -> list[Any]:
    """Return the nodes at the ends of a node: scalars, and lists in brackets."""
    if isinstance(node.value, list) and node.value and not node.flow_style:
        return [leaf for each in node.value for leaf in _leaves(each)]
    return [node]


def _text(file: Path) -> str:
    return read_text(file, NAME) if file.exists() or file.is_symlink() else ""


def _entry(decision: Decision, indent: int) -> str:
    rows = [
        f"- {decision.verdict}: [{', '.join(decision.ids)}]",
        f"  who: {_quoted(decision.who)}",
        f"  when: {decision.when.isoformat()}",
        f"  why: {_quoted(decision.why)}",
    ]
    if decision.seen:
        rows += ["  seen:", *(f"    - {_quoted(each)}" for each in decision.seen)]
    return "".join(f"{' ' * indent}{row}\n" for row in rows)


def _quoted(words: str) -> str:
    """Return words in quotation marks as YAML and JSON have them."""
    return json.dumps(" ".join(words.split()), ensure_ascii=False)


def _write(file: Path, text: str) -> Decisions:
    """Write the file, if its text can be read; return what is decided in it."""
    decisions = decisions_of(text)
    write_whole(file, text)
    return decisions
