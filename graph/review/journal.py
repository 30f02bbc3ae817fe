"""The journal of a page: every decision, who made it and when, what stood there before and after, and by which rule.

It is a file of its own beside the claims, one line a decision, to which lines are only ever added: it gives undo
without limit, and says honestly how often each rule was right.
"""

import getpass
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.common.page_files import PageFileError, append_line, is_link_out, refuse_link_out

FILE = "review.jsonl"
# By these a proposal was right as it stood; by the others it was not, or nothing was decided about it.
RIGHT, WRONG = ("accept",), ("reject", "change")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: what was done (accept, reject, change, add, no_claim, undo) to which entry of which page.

    ``undoes`` is the number of the decision that this one takes back, counted from 1 in the journal of its page.
    """

    at: str
    who: str
    what: str
    path: tuple[str | int, ...]
    before: Any
    after: Any
    rule: str = ""
    strength: str = ""
    field: str = ""
    undoes: int | None = None


def decision(what: str, path: tuple[str | int, ...], before: Any, after: Any, **more: Any) -> Decision:
    """Return a decision of whoever runs the program, made now."""
    return Decision(datetime.now(UTC).isoformat(timespec="seconds"), current_user(), what, path, before, after, **more)


def append(folder: Path, made: Decision) -> None:
    """Add a decision to the journal of a page; it is on the disk when this returns. Raise PageFileError."""
    append_line(folder / FILE, json.dumps(asdict(made), ensure_ascii=False))


def refuse_unwritable(folder: Path) -> None:
    """Raise PageFileError where no decision could be added to the journal of a page, before one is carried out."""
    file = folder / FILE
    refuse_link_out(file)
    try:
        if file.exists():
            file.open("ab").close()
    except OSError as error:
        raise PageFileError(f"{FILE} cannot be written: {error.strerror}; nothing was changed") from error


def read(folder: Path) -> list[Decision]:
    """Return the decisions about a page, in order; a line that was cut off when a machine stopped is passed over."""
    file = folder / FILE
    if is_link_out(file) or not file.is_file():
        return []
    decisions = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
            decisions.append(Decision(**(record | {"path": tuple(record["path"])})))
        except (ValueError, TypeError, KeyError):
            continue
    return decisions


def last_to_undo(decisions: list[Decision]) -> tuple[int, Decision] | None:
    """Return the last decision that stands, with its number from 1; None where there is none."""
    undone = {each.undoes for each in decisions}
    for number in range(len(decisions), 0, -1):
        made = decisions[number - 1]
        if made.what != "undo" and number not in undone:
            return number, made
    return None


def standing(decisions: list[Decision]) -> Iterator[Decision]:
    """Yield the decisions that nobody took back."""
    undone = {each.undoes for each in decisions}
    for number, made in enumerate(decisions, 1):
        if made.what != "undo" and number not in undone:
            yield made


def precision(decisions: Iterable[Decision]) -> list[tuple[str, int, int]]:
    """Return for each rule how many of its proposals were accepted as they stood, and how many were decided."""
    right: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for made in decisions:
        if made.rule and made.what in RIGHT + WRONG:
            decided[made.rule] += 1
            right[made.rule] += made.what in RIGHT
    return sorted(((rule, right[rule], count) for rule, count in decided.items()), key=lambda row: (-row[2], row[0]))


def current_user() -> str:
    """Return the name of the account that runs this program, by which its decisions are known."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
