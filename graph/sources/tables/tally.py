"""What the rows of a register come to: counts of acts, what is kept back and why, and the values that nobody explained.

A tally of one partition can be added to that of another: it is the same whatever the partitions.
"""

from collections import Counter
from dataclasses import dataclass, field

from graph.common.findings import Finding, suggestion
from graph.common.text import pluralize
from graph.model.acts import Act, ActPart, ErrorAct, EventAct, MessageAct, ReviewAct
from graph.sources.tables.date_shapes import covering
from graph.sources.tables.reading import Register
from graph.sources.tables.reading.lookups import Lookup
from graph.sources.tables.reading.words import NO_CASE

# So many values of a column are listed, by how often they occur; of the others their number is told.
MOST_VALUES = 20
ACTS = {
    "EventAct": "event",
    "MessageAct": "message",
    "SameAct": "same",
    "RepeatsAct": "repeats",
    "NoneAct": "none",
    "ReviewAct": "review",
    "ErrorAct": "error",
}
# A column and what is wrong with its value, or why it waits; the value.
Case = tuple[str, str, str]


@dataclass(slots=True)
class Tally:
    """Counts over rows; the first row of each error and review is kept, so that it can be named."""

    rows: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    parts: int = 0
    unsplit: int = 0
    undecided: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: Counter[Case] = field(default_factory=Counter)
    reviews: Counter[Case] = field(default_factory=Counter)
    first: dict[Case, int] = field(default_factory=dict)

    def add(self, number: int, acts: list[Act]) -> None:
        """Count one row."""
        self.rows += 1
        for act in acts:
            self.acts[ACTS[type(act).__name__]] += 1
            if isinstance(act, EventAct):
                self._add_parts(act.parts)
            elif isinstance(act, MessageAct):
                self._add_parts((*act.senders, *act.recipients))
            elif isinstance(act, ErrorAct):
                self._add_case(self.errors, (act.column, act.why, act.value), number)
            elif isinstance(act, ReviewAct):
                self._add_case(self.reviews, (act.column, act.why, ""), number)
            elif ACTS[type(act).__name__] == "none":
                self.reasons[act.because] += 1  # type: ignore[union-attr]

    def _add_case(self, cases: Counter[Case], case: Case, number: int) -> None:
        cases[case] += 1
        self.first[case] = min(number, self.first.get(case, number))

    def _add_parts(self, parts: tuple[ActPart, ...]) -> None:
        for part in parts:
            self.parts += 1
            if part.withheld is not None:
                self.withheld[part.withheld] += 1
            if part.actor.unsplit:
                self.unsplit += 1

    def merge(self, other: "Tally") -> None:
        """Add the counts of other rows."""
        self.rows += other.rows
        self.parts += other.parts
        self.unsplit += other.unsplit
        for name in ("acts", "reasons", "withheld", "undecided", "errors", "reviews"):
            getattr(self, name).update(getattr(other, name))
        for case, number in other.first.items():
            self.first[case] = min(number, self.first.get(case, number))

    def findings(self, register: Register) -> list[Finding]:
        """Return an error for each column and thing that is wrong with it: the values by frequency, 20 at most."""
        by_kind: dict[tuple[str, str], list[Case]] = {}
        for case in self.errors:
            by_kind.setdefault((case[0], case[1]), []).append(case)
        return [self._finding(register, column, why, cases) for (column, why), cases in by_kind.items()]

    def _finding(self, register: Register, column: str, why: str, cases: list[Case]) -> Finding:
        cases = sorted(cases, key=lambda case: (-self.errors[case], self.first[case]))
        file, row = register.file_of(min(self.first[case] for case in cases))
        name = register.files[file].table.name
        place = f"row {row}" if column == "row" else f"row {row}, {column}"
        if len(cases) == 1 and (self.errors[cases[0]] == 1 or not cases[0][2]):
            case = cases[0]
            more = f" ({pluralize(self.errors[case], 'row')})" if self.errors[case] > 1 else ""
            shown = f'"{shortened(case[2])}" ' if case[2] else ""
            message = f"{shown}{why}{more}.{self._near(register, column, case[2])}{_remedy(column, why, cases)}"
        else:
            listed = ", ".join(f'"{shortened(case[2])}" ({self.errors[case]})' for case in cases[:MOST_VALUES])
            if len(cases) > MOST_VALUES:
                listed += f" and {len(cases) - MOST_VALUES} more"
            total = pluralize(sum(self.errors[case] for case in cases), "row")
            near = self._near(register, column, cases[0][2])
            message = f"{len(cases)} values, {total}: {why}: {listed}.{near}{_remedy(column, why, cases)}"
        return Finding(f"{name} {place}", 0, message)

    def _near(self, register: Register, column: str, value: str) -> str:
        words = [near for lookup in lookups_of(register, column) for near in lookup.near(value)]
        return suggestion(list(dict.fromkeys(words))[:3]) if value else ""


def _remedy(column: str, why: str, cases: list[Case]) -> str:
    """Return what can be done about an error, where its words do not say it."""
    if column == "row" and "skip" not in why and "mapping" not in why:
        return " Mend the row in the copy, and note its new sha256; or skip: the row with a reason"
    if why.endswith("is empty: no event has a name"):
        return " Name columns that no row leaves blank, or file-and-row; or skip: the row with a reason"
    if "is in no lookup" in why:
        return " Add it to lookups.yaml, or say otherwise: as-written, nothing or review"
    if why == NO_CASE:
        return " Add it under values:, or say otherwise: nothing or review"
    if why.startswith("fits none of the forms"):
        forms = covering(case[2] for case in cases[:MOST_VALUES])
        likely = f" ({', '.join(forms[:4])} would read {'it' if len(cases) == 1 else 'some'})" if forms else ""
        return f" Nothing is guessed: add its form to formats{likely}, or give a lookup with when: or review:"
    if why.startswith("is no day of"):
        return " Nothing is guessed: add its form to formats, or give a lookup with when: or review:"
    return ""


def lookups_of(register: Register, column: str) -> list[Lookup]:
    """Return the lookups and cases that read a column, by the name of the column."""
    lookups: dict[int, Lookup] = {}
    for reader in register.readers:
        for event in reader.events:
            words = [case.words for case in event.cases] + [
                actors.words for part in event.parts for actors in part.actors
            ]
            words += [each for part in event.parts for each in (part.capacity, part.standing) if each is not None]
            words += [*event.topics, *([event.place] if event.place else [])]
            for each in words:
                if each.lookup is not None and each.name == column:
                    lookups[id(each.lookup)] = each.lookup
    return list(lookups.values())


def shortened(text: str, most: int = 80) -> str:
    """Return a text that fits into a line of a finding."""
    return text if len(text) <= most else text[: most - 1] + "…"
