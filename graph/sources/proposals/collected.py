"""The parts that are collected from a page, and what the ways to find them share."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.sources.proposals.events import Occasion, Occasions
from graph.sources.proposals.name import Name
from graph.sources.proposals.reading import Reading
from graph.sources.text.intervals import Span

# Passages are looked up by blocks of so many characters.
_BLOCK = 512
PEOPLE = ("person", "office")
_LONGEST_TITLE = 60
_LONG_ENOUGH = 5
_MOST_BODIES = 200
_NEAR_CLAUSE = 100


@dataclass(slots=True, eq=False)
class Part:
    """Somebody's part in an event: the name, its roles and attendance, and the passage that says so."""

    event: Occasion
    name: Name
    roles: list[str]
    attendance: str | None
    evidence: Span
    strength: str = "likely"
    because: str = ""
    candidates: tuple[Name, ...] = ()
    role_word: str = ""
    # The heading of the list that names somebody, where it stands above the passage.
    heading: Span | None = None


class Passed:
    """Passages, of which one can ask whether a position stands in them however many there are."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_block: dict[int, list[Span]] = {}

    def append(self, span: Span) -> None:
        """Add a passage."""
        for block in range(span[0] // _BLOCK, max(span[0], span[1] - 1) // _BLOCK + 1):
            self._by_block.setdefault(block, []).append(span)

    def __contains__(self, position: int) -> bool:
        """Return whether a position stands in one of them."""
        return any(start <= position < end for start, end in self._by_block.get(position // _BLOCK, ()))


class PartCollector:
    """Collects the parts of a page, and merges them into one for each name and event.

    ``in_lists`` are passages whose names have their parts already, ``choices`` those where nobody's part is certain.
    """

    def __init__(self, reading: Reading, occasions: Occasions) -> None:
        self.reading = reading
        self.occasions = occasions
        self.parts: list[Part] = []
        self.of_event: dict[int, list[Part]] = {}
        self.in_lists = Passed()
        self.choices = Passed()
        # Where it is set, parts of names of these kinds alone are kept.
        self.only: tuple[str, ...] = ()
        # Before whomever another stands in for: "vara for".
        self._instead = tuple(f" {word}" for word in reading.words.body_for)
        # What is written with a capital where no sentence or line begins is a name.
        self.proper = frozenset(
            each.text
            for each in reading.names
            if each.kind == "other"
            and each.start not in (reading.sentence(each.start)[0], reading.line(each.start).body)
        )
        self.main = next((each for each in occasions.events if each.is_main), None)

    def _members(self, span: Span) -> Iterator[Name]:
        """Yield the members of a list: no body in brackets or after a person, nor whom another stands in for."""
        text = self.reading.text
        before: Name | None = None
        for name in self.reading.within(self.reading.names, span):
            between = text[before.end : name.start] if before else text[span[0] : name.start]
            is_away = bool(self.reading.phrases.away.search(text[max(0, name.start - 25) : name.start]))
            inside = between.count("(") > between.count(")")
            if name.kind in ("person", "office") and not name.refers:
                if not inside and not between.rstrip().casefold().endswith(self._instead):
                    yield name
            elif name.kind == "person" and name.refers and name.text != name.refers and " " not in name.text:
                pass
            elif (name.kind == "body" and not inside and not is_away and not (before and before.kind in PEOPLE)) or (
                name.kind == "group" and not inside and not is_away
            ):
                yield name
            before = name

    def _roles_in(self, span: Span, nouns: bool = False) -> list[str]:
        """Return the roles that the words of a passage tell."""
        cues = self.reading.within(self.reading.context.cues, span)
        return list(
            dict.fromkeys(id.partition(":")[2] for cue in cues for id in sorted(cue.meanings) if id.startswith("role:"))
        )

    def _names_between(self, start: int, end: int) -> bool:
        return any(each.kind == "person" for each in self.reading.within(self.reading.names, (start, end)))

    def _is_denied(self, name: Name) -> bool:
        """Return whether a sentence only tells what somebody says or thinks, or whom to ask."""
        sentence = self.reading.sentence(name.start)
        after = self.reading.text[name.end : min(sentence[1], name.end + 60)]
        words = after.lstrip(" ,").split()[:3]
        before = self.reading.text[max(sentence[0], name.start - _LONGEST_TITLE) : name.start]
        if self.reading.phrases.quoted_by.search(before):
            # "Det opplyser DSB og NTNU, som står bak konferansen"
            end = min(sentence[1], name.end + _NEAR_CLAUSE)
            return not self.reading.phrases.inserted_after.search(self.reading.text, name.end, end)
        return any(" ".join(words[:n]).casefold().strip(",.") in self.reading.words.quoting for n in (1, 2, 3))

    def _event_at(self, position: int) -> Occasion | None:
        sentence = self.reading.sentence(position)
        events = self.occasions.at(sentence)
        return events[0] if events else self.main

    def _in_list(self, position: int) -> bool:
        return position in self.in_lists

    def _add(
        self,
        event: Occasion,
        name: Name,
        roles: list[str],
        attendance: str | None,
        evidence: Span,
        strength: str,
        because: str,
        heading: Span | None = None,
    ) -> None:
        if name.kind == "other" and set(roles) != {"organiser"}:
            return
        if name.start in self.choices or self._is_choice(name) or (self.only and name.kind not in self.only):
            return
        if attendance == "present" and event.status != "held":
            # "Statsråden er til stede 4. mai"
            attendance = "expected"
        self._keep(Part(event, name, list(roles), attendance, evidence, strength, because, heading=heading))

    def _is_choice(self, name: Name) -> bool:
        """Return whether a name is one of those of whom a page says that one or another comes: "A og/eller B"."""
        text, pattern = self.reading.text, self.reading.phrases.choice_beside
        before = text[max(0, name.start - 30) : name.start]
        return bool(pattern.match(text, name.end + 1)) or bool(
            (match := pattern.search(before)) and not before[match.end() :].strip(" ").count(" ")
        )

    def _keep(self, part: Part) -> None:
        self.parts.append(part)
        self.of_event.setdefault(id(part.event), []).append(part)

    def merged(self) -> list[Part]:
        """Return one part for each name and event: the most special roles, and the passage that says them."""
        by_key: dict[tuple[int, str], list[Part]] = {}
        bodies: dict[int, set[str]] = {}
        for part in self.parts:
            if part.name.kind == "body" and " " in part.name.who:
                bodies.setdefault(id(part.event), set()).add(part.name.who.casefold())
        for part in self.parts:
            by_key.setdefault((id(part.event), self._named(part, bodies.get(id(part.event), set()))), []).append(part)
        return [_with_name(_merge(parts), parts) for parts in by_key.values()]

    def _named(self, part: Part, bodies: set[str]) -> str:
        """Return whose part it is: "Kommunen" is the one municipality that has a part in the same event by its name."""
        own = part.name.who.casefold()
        if part.name.kind != "body" or " " in own or not own.endswith(self.reading.words.definite_bodies):
            return own
        named = [
            each for each in bodies if " " in each and own.startswith(each.split()[-1]) and len(own) > _LONG_ENOUGH
        ]
        return named[0] if len(named) == 1 else own


def _with_name(best: Part, parts: list[Part]) -> Part:
    """Return a part with the name in full that another of its passages has: "Kommunen" for "Gjesdal kommune"."""
    full = next((part.name.who for part in parts if " " in part.name.who), best.name.who)
    if best.name.kind == "body" and full != best.name.who and " " not in best.name.who:
        best.name = replace(best.name, refers=full)
    return best


def _merge(parts: list[Part]) -> Part:
    special = [part for part in parts if set(part.roles) - {"participant"}]
    absent = [part for part in parts if part.attendance in ("absent", "represented")]
    best = (absent or special or parts)[0]
    best.roles = list(dict.fromkeys(role for part in (absent or special or parts) for role in part.roles))
    if len(best.roles) > 1 and "participant" in best.roles:
        best.roles = [role for role in best.roles if role != "participant"]
    if best.roles == ["organiser"] and any(part.attendance and part.attendance != "invited" for part in parts):
        best.attendance = next(part.attendance for part in parts if part.attendance)
        best.roles.append("participant")
    return best


def attends(event: Occasion) -> str:
    """Return the attendance of whoever has a part in an event: present where it was held, else expected."""
    return "present" if event.status == "held" else "expected"
