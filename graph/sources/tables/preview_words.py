"""What rows would claim, in words beside the row, and what all of them come to, in Norwegian or English."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from graph.common.text import escape_control, group_thousands
from graph.model.acts import (
    Act,
    ActPart,
    ActTime,
    ErrorAct,
    EventAct,
    MessageAct,
    NamedActor,
    NoneAct,
    RepeatsAct,
    ReviewAct,
    SameAct,
)
from graph.sources.tables.preview import Selection, row_name
from graph.sources.tables.reading import Register
from graph.sources.tables.tally import MOST_VALUES, lookups_of, shortened

# So many rows are shown where nobody asks for any.
MOST_ROWS = 50
# Letters of a cell and of a row that are shown.
MOST_OF_CELL, MOST_OF_ROW = 50, 400
# Where there are no more than these, all are shown.
MOST_KEPT = 100
_WORDS = {
    "nb": {
        "row": "rad",
        "held": "avholdt",
        "planned": "planlagt",
        "cancelled": "avlyst",
        "postponed": "utsatt",
        "official": "offentlig part",
        "counterpart": "motpart",
        "organiser": "arrangør",
        "participant": "deltaker",
        "present": "til stede",
        "represented": "representert",
        "expected": "ventet",
        "unsplit": "ikke delt opp",
        "withheld": "holdes tilbake",
        "undated": "uten dato",
        "series": "flere møter",
        "sender": "fra",
        "recipient": "til",
        "in-person": "fysisk",
        "telephone": "på telefon",
        "video": "på video",
        "online": "på nett",
        "other": "på annen måte",
        "as": "som",
        "for": "på vegne av",
        "one_of": "minst én av",
        "and_others": "og flere som ikke er nevnt",
        "e-mail": "e-post",
        "letter": "brev",
        "same": "samme som en tidligere rad, nøkkel",
        "repeats": "lik rad",
        "none": "ingen påstand",
        "review": "til avgjørelse",
        "error": "FEIL",
        "nobody": "uten navn",
        "rows": "Rader",
        "event": "hendelse|hendelser",
        "message": "melding|meldinger",
        "values": "Verdier som ingen liste har",
        "more": "til",
        "coverage": "Lister",
        "only": "Bare radene til og med den siste er lest",
        "not_shown": "rad er ikke vist; velg med --rows|rader er ikke vist; velg med --rows",
        "stale": "passer ingen verdi",
        "unsplit_cells": "celle som ikke er delt opp|celler som ikke er delt opp",
        "nothing_wrong": "Ingen feil.",
        "n_same": "rad om en hendelse fra en tidligere rad|rader om en hendelse fra en tidligere rad",
        "n_repeats": "lik rad|like rader",
        "n_none": "rad uten påstand|rader uten påstand",
        "n_review": "til avgjørelse",
        "n_error": "feil",
    },
    "en": {
        "row": "row",
        "series": "several meetings",
        "undated": "undated",
        "sender": "from",
        "recipient": "to",
        "as": "as",
        "for": "on behalf of",
        "one_of": "at least one of",
        "and_others": "and others who are not named",
        "same": "same as an earlier row, key",
        "repeats": "equal to row",
        "none": "claims nothing",
        "review": "to decide",
        "error": "ERROR",
        "nobody": "without a name",
        "rows": "Rows",
        "event": "event|events",
        "message": "message|messages",
        "values": "Values that no lookup has",
        "more": "more",
        "coverage": "Lookups",
        "only": "Only the rows up to the last were read",
        "not_shown": "row is not shown; choose with --rows|rows are not shown; choose with --rows",
        "stale": "fits no value",
        "unsplit_cells": "cell that is not parted|cells that are not parted",
        "nothing_wrong": "No errors.",
        "n_same": "row about the event of an earlier row|rows about the event of an earlier row",
        "n_repeats": "equal row|equal rows",
        "n_none": "row that claims nothing|rows that claim nothing",
        "n_review": "to decide",
        "n_error": "error|errors",
    },
}


def print_words(register: Register, selection: Selection, lang: str, write: Callable[[str], object]) -> None:
    """Write each row with what it claims, and then what all of them come to."""
    view = _Words(register, "nb" if lang.split("-")[0] in ("nb", "nn", "no", "da", "sv") else "en")
    shown = selection.acts if selection.tally.rows <= MOST_KEPT else selection.acts[:MOST_ROWS]
    for number, acts in shown:
        for line in view.row(number, acts, selection.values.get(number, ())):
            write(escape_control(line))
    for line in view.summary(selection, selection.tally.rows - len(shown)):
        write(escape_control(line))


def _readable(words: str) -> str:
    """Return words of a cell with a sign for each byte that is none of its encoding."""
    return words.encode("utf-8", "replace").decode()


class _Words:
    def __init__(self, register: Register, lang: str) -> None:
        self.register, self.lang, self.words = register, lang, _WORDS[lang]

    def of(self, word: str) -> str:
        return self.words.get(word, word)

    def row(self, number: int, acts: list[Act], values: tuple[str, ...]) -> Iterator[str]:
        name = f"{self.of('row')} {row_name(self.register, number)}"
        indent = " " * (len(name) + 2)
        lines = [line for act in acts for line in self.act(act)]
        if any(values):
            # As it stands in the table, above what it would claim.
            lines.insert(
                0, shortened(" | ".join(shortened(_readable(each), MOST_OF_CELL) for each in values), MOST_OF_ROW)
            )
        for place, line in enumerate(lines):
            yield f"{name}  {line}" if place == 0 else indent + line

    def act(self, act: Act) -> Iterator[str]:
        match act:
            case EventAct():
                yield from self.event(act)
            case MessageAct():
                yield " · ".join(
                    [self.when(act.time), self.of(act.form), *(_quoted(each.words) for each in act.topics)]
                )
                for side, parts in (("sender", act.senders), ("recipient", act.recipients)):
                    yield from (f"  {self.of(side)} {self.part(part)}" for part in parts)
            case SameAct():
                yield f"{self.of('same')} {act.key}"
            case RepeatsAct():
                yield f"{self.of('repeats')} {row_name(self.register, act.of)}"
            case NoneAct():
                yield f"{self.of('none')}: {act.because}"
            case ReviewAct():
                yield f"{self.of('review')}: {act.column}: {act.why}"
            case ErrorAct():
                shown = f"{_quoted(shortened(act.value))} " if act.value else ""
                yield f"{self.of('error')}: {act.column}: {shown}{act.why}"

    def event(self, act: EventAct) -> Iterator[str]:
        kind = self.of("series") if act.kind == "series" else self.kind(act.kind)
        facts = [self.when(act.time), f"{kind}, {self.of(act.status)}"]
        facts += [self.of(act.mode)] if act.mode else []
        facts += [act.place.words] if act.place else []
        facts += [_quoted(topic.words) for topic in act.topics]
        facts += [self.of("and_others")] if act.open_ended else []
        yield " · ".join(facts)
        yield from (f"  {self.part(part)}" for part in act.parts)

    def kind(self, word: str) -> str:
        concept = self.register.vocabulary["kind"].get(word)
        return concept.labels.get(self.lang, word) if concept else word

    def when(self, time: ActTime) -> str:
        if time.earliest is None and time.latest is None:
            days = self.of("undated")
        elif time.earliest == time.latest:
            days = f"{time.earliest}{' ' + time.begins if time.begins else ''}"
        else:
            days = f"{_day(time.earliest)}/{_day(time.latest)}"
        return f"{days} ({time.because})" if time.because else days

    def part(self, part: ActPart) -> str:
        named = self.actor(part.actor)
        if part.candidates:
            named += f" ({self.of('one_of')} {', '.join(map(self.actor, part.candidates))})"
        if part.capacity is not None:
            named += f", {self.of('as')} {part.capacity.words}"
        if part.on_behalf_of is not None:
            named += f", {self.of('for')} {self.actor(part.on_behalf_of)}"
        facts = [self.of(part.role)]
        facts += [self.of(part.attendance)] if part.attendance else []
        facts += [part.standing] if part.standing else []
        facts += [self.of("unsplit")] if part.actor.unsplit else []
        facts += [f"[{self.of('withheld')}: {part.withheld}]"] if part.withheld else []
        return f"{named} – {', '.join(facts)}"

    def actor(self, actor: NamedActor) -> str:
        id = f" ({actor.id})" if actor.id else ""
        return f"{actor.name or self.of('nobody')}{id}"

    def counted_as(self, count: int, word: str) -> str:
        """Return how many there are of what, of which one is said otherwise than several."""
        one, _, several = self.of(word).partition("|")
        return f"{self.number(count)} {one if count == 1 or not several else several}"

    def summary(self, selection: Selection, left: int) -> Iterator[str]:
        tally = selection.tally
        yield ""
        if left:
            yield f"{self.counted_as(left, 'not_shown')}"
        if not selection.all_read:
            yield f"{self.of('only')}."
        counts = [("event", "event"), ("message", "message")]
        counts += [(name, f"n_{name}") for name in ("same", "repeats", "none", "review", "error")]
        told = [f"{self.counted_as(tally.acts[name], word)}" for name, word in counts if tally.acts[name]]
        yield f"{self.of('rows')}: {self.number(tally.rows)}: {', '.join(told)}"
        if tally.unsplit:
            yield f"{self.counted_as(tally.unsplit, 'unsplit_cells')}"
        yield from self.counted(tally.withheld, self.of("withheld"))
        yield from self.counted(tally.reasons, self.of("none"))
        if selection.all_read:
            yield from self.coverage()
        findings = tally.findings(self.register)
        yield from (str(finding) for finding in findings)
        if not findings:
            yield self.of("nothing_wrong")

    def counted(self, counts: Counter[str], heading: str) -> Iterator[str]:
        for words, count in counts.most_common(MOST_VALUES):
            yield f"  {heading}: {words}: {self.number(count)}"

    def coverage(self) -> Iterator[str]:
        """Yield for each lookup how many of its keys fit a value that was read."""
        seen = set()
        for reader in self.register.readers:
            for column in reader.index.headings:
                for lookup in lookups_of(self.register, column):
                    if id(lookup) in seen:
                        continue
                    seen.add(id(lookup))
                    keys, stale = len(list(lookup.keys())), lookup.stale()
                    yield f"{self.of('coverage')}: {column}: {lookup.name}: {keys - len(stale)}/{keys}"
                    for key in stale[:MOST_VALUES]:
                        yield f"  {_quoted(shortened(key))} {self.of('stale')}"

    def number(self, count: int) -> str:
        return group_thousands(count, self.lang)


def _day(day: date | None) -> str:
    return f"{day or '…'}"


def _quoted(words: str) -> str:
    return f"«{words}»"
