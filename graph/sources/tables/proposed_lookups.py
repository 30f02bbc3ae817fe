"""The values that no lookup has, by how often they occur, as YAML to paste: the doubtful ones on top.

Doubtful is what begins like a title or a collective, what may be a person's name, and what names several: to publish
those as bodies is false, or says who met whom of people who hold no office.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from graph.common.strict_files import read_yaml
from graph.common.text import escape_control, pluralize
from graph.model.acts import Act, ActPart, ErrorAct, EventAct, MessageAct
from graph.sources.tables.reading import Register
from graph.sources.tables.reading.names import begins_like_collective, begins_like_title, may_be_person
from graph.sources.tables.reading.text import fold_blanks
from graph.sources.tables.tally import lookups_of

# More of them nobody reads at once.
MOST = 1000


class Proposal(NamedTuple):
    """A value without a lookup: in which section it belongs, how often it occurs, why it is doubtful or None."""

    section: str
    value: str
    times: int
    doubt: str | None


class Proposals:
    """Counts the values that no lookup has, while the acts of rows pass."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.counts: Counter[tuple[str, str, str | None]] = Counter()

    def add(self, acts: Iterable[Act]) -> None:
        """Count the values of a row."""
        register, counts = self.register, self.counts
        for act in acts:
            if isinstance(act, EventAct | MessageAct):
                parts = act.parts if isinstance(act, EventAct) else (*act.senders, *act.recipients)
                for part in parts:
                    counts.update(_of_part(register, part))
                if isinstance(act, EventAct) and act.place is not None:
                    counts.update(_undecided(register, act.place.cells[0].heading, act.place.words, None))
            elif isinstance(act, ErrorAct) and "is in no lookup" in act.why:
                counts.update(_undecided(register, act.column, act.value, "is in no lookup"))

    def sorted(self) -> list[Proposal]:
        """Return the values, the doubtful ones first, then by frequency."""
        told = [Proposal(section, value, count, doubt) for (section, value, doubt), count in self.counts.items()]
        return sorted(told, key=lambda each: (each.doubt is None, -each.times, each.section, each.value))


def _of_part(register: Register, part: ActPart) -> Iterator[tuple[str, str, str | None]]:
    name = part.actor.name
    if name is None or not part.cells or part.actor.kind == "person":
        return
    lookups = lookups_of(register, fold_blanks(part.cells[0].heading))
    # What a lookup of the whole cell named is settled.
    if not any(fold_blanks(part.cells[0].words) in lookup.exact for lookup in lookups):
        yield from _undecided(register, part.cells[0].heading, name, doubt(name, part.actor.unsplit))


def doubt(name: str, unsplit: bool) -> str | None:
    """Return why a name in a column of bodies may be none, or None."""
    if begins_like_collective(name):
        return "begins like people or bodies whom nobody counts"
    if begins_like_title(name):
        return "begins like a title or an office"
    if unsplit:
        return "may name several"
    return "may be a person's name" if may_be_person(name) else None


def _undecided(register: Register, column: str, value: str, why: str | None) -> Iterator[tuple[str, str, str | None]]:
    for lookup in lookups_of(register, fold_blanks(column)):
        try:
            entry = lookup.find(value)
        except LookupError:
            continue
        if entry is None:
            yield lookup.name, value, why


def print_proposals(found: Proposals, write: Callable[[str], object]) -> None:
    """Write values without a lookup as YAML, each with how often it occurs. What it means is left to a person."""
    told = found.sorted()
    sections = dict.fromkeys(each.section for each in told)
    for section in sections:
        write(f"{_key(section)}:")
        write("  by: ")
        write("  values:")
        of_section = [each for each in told if each.section == section]
        for each in of_section[:MOST]:
            times = pluralize(each.times, "time")
            write(f"    # {times}{'; ' + each.doubt if each.doubt else ''}")
            write(f"    {_key(each.value)}: {{is: , because: }}")
        if len(of_section) > MOST:
            write(f"    # and {len(of_section) - MOST} more")


def _key(value: str) -> str:
    """Return a value as a key of YAML: as it stands where that is read as the same, else in quotation marks."""
    from graph.common.findings import FindingsError

    safe = escape_control(value)
    try:
        if read_yaml(f"{safe}: x", "").data == {safe: "x"} and safe == value and len(safe) < 120:
            return safe
    except FindingsError:
        pass
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escape_control(quoted)}"' if len(quoted) < 120 else f'? "{escape_control(quoted)}"\n    '
