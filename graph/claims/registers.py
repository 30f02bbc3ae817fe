"""Turn what the rows of a register claim (acts) into statements: claims with cells as evidence, and whom they name.

``graph:source.<id>`` holds what the cells say, ``graph:curated`` what its mapping decides for all rows, what we call
things, and what a time means in days. Claims of registers have no labels: there would be three for each row.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from pyoxigraph import Quad

from graph import HOME
from graph.claims.register_actors import Actors
from graph.claims.register_evidence import evidence_lines, evidence_term
from graph.claims.rows import Pair, Row, Text, line_of, number_term, own_term, rows_about, term, words_term
from graph.claims.times import time_label, time_name, time_statements
from graph.claims.withheld import without_withheld
from graph.common.text import shorten
from graph.model.acts import Act, ActPart, ActTime, Cell, CitedValue, EventAct, MessageAct, RepeatsAct, SameAct
from graph.model.claims import When
from graph.model.concepts import Concept
from graph.model.edtf import bounds
from graph.model.iris import entry_key
from graph.model.labels import INTERFACE_LANGUAGES
from graph.model.sources import Source
from graph.ontology.concepts import read_vocabulary
from graph.rdf.statements import parse_nquads

# What a register calls something or somebody by is cut off after so many letters in the names that we give events.
_LONG, _LONG_NAME = 100, 60
_SIDES = ("official", "counterpart")
_PERIOD = {"nb": "tiden følger av", "en": "the time follows from"}
_CURATED = term("graph:curated")


def register_statements(
    source: Source, acts: Iterable[tuple[int, list[Act]]], kinds: Mapping[str, Concept] | None = None
) -> Iterator[Quad]:
    """Yield what these rows of a register bring, except statements about the register and the registry's part.

    ``kinds`` are the concepts of the scheme of kinds; those of the checkout where they are not given.
    """
    return parse_nquads(register_lines(source, acts, kinds))


def register_lines(
    source: Source, acts: Iterable[tuple[int, list[Act]]], kinds: Mapping[str, Concept] | None = None
) -> Iterator[str]:
    """Yield the same as N-Quads lines, unsorted, some of them several times."""
    return group_lines(register_groups(source, acts, kinds))


def group_lines(groups: Iterable["Group"]) -> Iterator[str]:
    """Yield all that these groups bring as N-Quads lines, unsorted, some of them several times."""
    named: dict[int, list[Row]] = {}
    times: set[When] = set()
    for group in groups:
        # Spelled out as ``line_of`` does: a call for each of millions of rows takes longer than the rest.
        yield from [f"{subject} {predicate} {value} {graph} ." for subject, predicate, value, graph in group.rows]
        for rows in group.actors:
            # One list for all rows that name somebody: it is told once.
            if id(rows) not in named:
                named[id(rows)] = rows
                yield from map(line_of, rows)
        if group.time and group.time not in times:
            times.add(group.time)
            yield from map(line_of, time_rows(group.time))


class Group(NamedTuple):
    """All that one event or message brings: what is stated of it, of each whom it names, and when it was."""

    rows: list[Row]
    actors: list[list[Row]]
    time: When | None


def register_groups(
    source: Source, acts: Iterable[tuple[int, list[Act]]], kinds: Mapping[str, Concept] | None = None
) -> Iterator[Group]:
    """Yield what each event or message of these rows brings; a row that repeats another one brings a group too."""
    writer = _Writer(source, kinds or _kinds())
    for row, several in acts:
        for act in several:
            if isinstance(act, EventAct | MessageAct):
                act = without_withheld(act)
                rows = writer.event(act) if isinstance(act, EventAct) else writer.message(act)
                yield Group(rows, writer.actors.named(), _when(act.time))
        repeated = [*writer.repetition(row, several)]
        if repeated:
            yield Group(repeated, [], None)


@lru_cache(maxsize=4096)
def time_rows(when: When) -> list[Row]:
    """Return what is stated of a time."""
    return [
        (str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
        for quad in time_statements(when)
    ]


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, Concept]:
    return read_vocabulary(HOME / "ontology/schemes")["kind"]


class _Writer:
    """What the acts of one register have in common: its graph, whom they name, and the times that they give."""

    def __init__(self, source: Source, kinds: Mapping[str, Concept]) -> None:
        self.register = source.id
        self.language = source.language
        self.kinds = kinds
        self.graph = term(f"graph:source.{source.id}")
        self.source = term(f"source:{source.id}")
        self.actors = Actors(source.id, self.graph, self.source)
        self.things: dict[str, str] = {}

    def event(self, act: EventAct) -> list[Row]:
        """Return an event or a series, and who has which part in it."""
        is_series = act.kind == "series"
        key = entry_key(act.key)
        self.things[act.key] = prefix = "series" if is_series else "event"
        event = own_term(prefix, f"{self.register}.{key}")
        kind = "meeting" if is_series else act.kind
        when = _when(act.time)
        parts = [part for part in act.parts if part.withheld is None]
        opening = [part for part in parts if part.open_ended]
        is_open = act.open_ended or len(parts) < len(act.parts)
        rows: list[Row] = []
        pairs: list[Pair] = [
            ("rdf:type", term("mg:Claim")),
            ("rdf:type", term("mg:EventClaim")),
            ("mg:event", event),
            *self._topics(act.topics),
            *(("mg:topic", term(topic)) for topic in act.topic_concepts),
            *(("mg:openListEvidence", evidence_term(cell)) for part in opening for cell in part.cells),
        ]
        if act.place:
            pairs.append(("mg:placeAsWritten", words_term(act.place.words, self.language)))
            pairs.append(("mg:place", term(act.place_area) if act.place_area else None))
        for predicate, number in (("mg:atLeastEvents", act.at_least), ("mg:atMostEvents", act.at_most)):
            pairs.append((predicate, number_term(number) if number is not None else None))
        # What a cell says, and what none says: that the mapping decides, for all rows.
        decided: list[Pair] = []
        (pairs if act.kind_cells else decided).append(("mg:kind", term(f"kind:{kind}")))
        (pairs if act.status_cells else decided).append(("mg:status", term(f"status:{act.status}")))
        if act.mode:
            (pairs if act.mode_cells else decided).append(("mg:mode", term(f"mode:{act.mode}")))
        if act.organiser_part_of:
            body, whole = act.organiser_part_of
            rows += rows_about(self.graph, self.actors.of(body), [("org:subOrganizationOf", self.actors.of(whole))])
        # That the list is open where somebody is not published, is ours to say; where the words leave it open, theirs.
        listed: Pair = ("mg:openList", term("list:participants"))
        if act.open_ended or opening:
            pairs.append(listed)
        elif is_open:
            decided.append(listed)
        own = (
            *(act.time.cells, act.kind_cells, act.status_cells, act.mode_cells),
            *((act.place.cells,) if act.place else ()),
            *(topic.cells for topic in act.topics),
        )
        rows += self._claim(f"{key}.event", pairs, own, (act.cells, act.time.context), when, act.time, decided)
        rows += self._names(event, kind, when, act)
        if is_series:
            rows += rows_about(_CURATED, event, [("rdf:type", term("schema:EventSeries"))])
        names = _Numbered()
        for part in parts:
            rows += self._participation(part, key, event, names)
        return rows

    def message(self, act: MessageAct) -> list[Row]:
        """Return a letter or an e-mail: that it was sent, and each of those who sent or received it."""
        key = entry_key(act.key)
        self.things[act.key] = "letter"
        letter = own_term("letter", f"{self.register}.{key}")
        when = _when(act.time)
        pairs: list[Pair] = [
            ("rdf:type", term("mg:Claim")),
            ("rdf:type", term("mg:WorkClaim")),
            ("mg:subject", letter),
            ("mg:kind", term(f"kind:{act.form}")),
        ]
        own = (act.time.cells, *(topic.cells for topic in act.topics))
        said = [*pairs, *self._topics(act.topics)]
        rows = self._claim(f"{key}.message", said, own, (act.cells, act.time.context), when, act.time, [])
        rows += self._names(letter, act.form, when, act)
        names = _Numbered()
        for side, parts in (("sender", act.senders), ("recipient", act.recipients)):
            for part in parts:
                if part.withheld is None:
                    actor = self.actors.side(part, act.key)
                    more = [*pairs, (f"mg:{side}", actor), *self._part(part)]
                    name = names.next(f"{key}.{side}.{_local(actor)}")
                    rows += self._claim(name, more, _cells_of(part), (part.context,))
        return rows

    def repetition(self, row: int, acts: Iterable[Act]) -> Iterator[Row]:
        """Yield that what a row tells of may be what an equal earlier row does."""
        own = next((act.key for act in acts if isinstance(act, EventAct | MessageAct | SameAct)), None)
        for act in acts:
            if isinstance(act, RepeatsAct) and own is not None and act.key not in (own, None):
                prefix = self.things.get(own, "event")
                here, there = (own_term(prefix, f"{self.register}.{entry_key(key)}") for key in (own, act.key or ""))
                yield from rows_about(_CURATED, here, [("mg:possibleRepetitionOf", there)])

    def _participation(self, part: ActPart, key: str, event: Text, names: "_Numbered") -> list[Row]:
        rows: list[Row] = []
        kinds: list[Pair] = [
            ("rdf:type", term("mg:Claim")),
            ("rdf:type", term("mg:ParticipationClaim")),
            ("mg:event", event),
            ("mg:role", term(f"role:{part.role}")),
            ("mg:attendance", term(f"attendance:{part.attendance}") if part.attendance else None),
        ]
        several = part.candidates if len(part.candidates) > 1 else ()
        if part.actor.name or part.actor.id:
            actor = self.actors.of(part.actor, key)
            pairs = [*kinds, ("mg:holderOf" if part.actor.kind == "office" else "mg:agent", actor), *self._part(part)]
            name = names.next(f"{key}.{part.role}.{_local(actor)}")
            rows += self._claim(name, pairs, _cells_of(part), (part.context,))
            if part.candidates and not several:
                # The one body of which the words say that those in the group come from it.
                drawn = self.actors.of(part.candidates[0], key)
                rows += rows_about(self.graph, actor, [("mg:drawnFrom", drawn)])
        if several:
            candidates: list[Pair] = [
                ("mg:candidateHolderOf" if each.kind == "office" else "mg:candidate", self.actors.of(each, key))
                for each in several
            ]
            pairs = [*kinds, ("mg:atLeast", number_term(1)), *candidates, *self._part(part)]
            name = names.next(f"{key}.{part.role}.candidates")
            rows += self._claim(name, pairs, _cells_of(part), (part.context,))
        return rows

    def _part(self, part: ActPart) -> Iterator[Pair]:
        """Yield what a register says of the part of somebody besides who it is."""
        words = part.actor.name or (part.cells[0].words if part.cells else part.actor.id)
        yield "mg:asWritten", words_term(words, self.language) if words else None
        yield "mg:capacityAsWritten", words_term(part.capacity.words, self.language) if part.capacity else None
        yield "mg:inCapacity", term(part.capacity_post) if part.capacity_post else None
        yield "mg:standing", term(f"standing:{part.standing}") if part.standing else None
        yield "mg:onBehalfOf", self.actors.of(part.on_behalf_of) if part.on_behalf_of else None

    def _topics(self, topics: Iterable[CitedValue]) -> Iterator[Pair]:
        for topic in topics:
            yield "mg:topicAsWritten", words_term(topic.words, self.language)

    def _claim(
        self,
        name: str,
        pairs: list[Pair],
        own: Iterable[tuple[Cell, ...]],
        lending: Iterable[tuple[Cell, ...]],
        when: When | None = None,
        time: ActTime | None = None,
        decided: list[Pair] | None = None,
    ) -> list[Row]:
        """Return a claim with its evidence: cells of its ``own`` say it, those that are ``lending`` only help to."""
        claim = own_term("claim", f"{self.register}.{name}")
        proving = dict.fromkeys(chain.from_iterable(own))
        helping = dict.fromkeys(cell for cell in chain.from_iterable(lending) if cell not in proving)
        if not proving:
            proving, helping = helping, proving
        cells = {cell: evidence_term(cell) for cell in (*proving, *helping)}
        rows = rows_about(
            self.graph,
            claim,
            [
                *pairs,
                ("prov:hadPrimarySource", self.source),
                *(("mg:evidence", cells[cell]) for cell in cells),
                *(("mg:keyEvidence", cells[cell]) for cell in proving),
            ],
        )
        decided = [] if decided is None else decided
        if when and time:
            rows += rows_about(self.graph, claim, self._time(when, time))
            if time.because:
                decided.append(("mg:time", term(time_name(when))))
                decided.append(("mg:inference", own_term("inference", f"{self.register}.{name}.time")))
                rows += self._inference(f"{self.register}.{name}.time", time.because)
        rows += rows_about(_CURATED, claim, decided)
        for cell, evidence in cells.items():
            rows += evidence_lines(cell, evidence, self.language, self.graph, self.source)
        return rows

    def _time(self, when: When, time: ActTime) -> Iterator[Pair]:
        if not time.because:
            yield "mg:time", term(time_name(when))
        words = " – ".join(cell.words for cell in time.cells if cell.words)
        yield "mg:timeAsWritten", words_term(words, self.language) if words else None
        if time.begins:
            yield "mg:startTime", f'"{time.begins}:00"^^{term("xsd:time")}'

    def _inference(self, name: str, because: str) -> list[Row]:
        """Return from what else a time follows than from its cell: the mapping says so, and why."""
        return rows_about(
            _CURATED,
            own_term("inference", name),
            [
                ("rdf:type", term("mg:Inference")),
                ("mg:inferredProperty", term("mg:time")),
                ("mg:because", words_term(because, "en")),
                *(("rdfs:label", words_term(f"{words} {because}", tag)) for tag, words in _PERIOD.items()),
            ],
        )

    def _names(self, thing: Text, kind: str, when: When | None, act: EventAct | MessageAct) -> list[Row]:
        """Return what we call an event or a message: its kind, its time, who met, and what it is said to be about."""
        topic = "; ".join(" ".join(each.words.split()) for each in act.topics)
        about = f": {shorten(topic, _LONG)}" if topic else ""
        who = f", {' – '.join(_sides(act))}" if isinstance(act, EventAct) and _sides(act) else ""
        concept, time = self.kinds.get(kind), _time_words(when) if when else None
        rows = []
        for tag in INTERFACE_LANGUAGES:
            word = concept.labels.get(tag, kind) if concept else kind
            words = f"{word[:1].upper()}{word[1:]}{f', {time[tag]}' if time else ''}{who}{about}"
            name = words_term(words, tag)
            rows += rows_about(_CURATED, thing, [(each, name) for each in ("rdfs:label", "dct:title", "schema:name")])
        return rows


def _sides(act: EventAct) -> list[str]:
    """Return the first name of each side that has one: meetings of one day about one thing are told apart by them."""
    names = {part.role: part.actor.name for part in reversed(act.parts) if part.actor.name and part.withheld is None}
    return [shorten(" ".join(names[side].split()), _LONG_NAME) for side in _SIDES if side in names]


def _when(time: ActTime) -> When | None:
    """Return when it was, as an EDTF value; None where both sides are open."""
    return _when_between(time.earliest, time.latest) if time.earliest or time.latest else None


@lru_cache(maxsize=4096)
def _time_words(when: When) -> Mapping[str, str]:
    label = time_label(when)
    return {tag: label.by_language.best(tag) for tag in INTERFACE_LANGUAGES}


@lru_cache(maxsize=4096)
def _when_between(earliest: date | None, latest: date | None) -> When:
    """Return the time between two days, one of which may be open, by the shortest EDTF value that has these bounds."""
    if earliest and latest:
        day, month, year = earliest.isoformat(), f"{earliest:%Y-%m}", f"{earliest.year:04}"
        for short in (day, month, year):
            if bounds(short) == (earliest, latest):
                return When(short, None)
    sides = (f"{day:%Y-%m-%d}" if day else "" for day in (earliest, latest))
    first, last = (f"{earliest:%Y-%m}" if earliest else "", f"{latest:%Y-%m}" if latest else "")
    months = f"{first}/{last}"
    value = months if bounds(months) == (earliest, latest) else "/".join(sides)
    return When(value, None)


class _Numbered:
    """Names of the claims of one event: who has two capacities has two claims, the second with a number."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}

    def next(self, name: str) -> str:
        """Return the name, with a number where it is used already."""
        number = self.used[name] = self.used.get(name, 0) + 1
        return name if number == 1 else f"{name}.{number}"


def _cells_of(part: ActPart) -> Iterator[tuple[Cell, ...]]:
    yield part.cells
    if part.capacity:
        yield part.capacity.cells
    if part.standing_as_written:
        yield part.standing_as_written.cells


def _local(actor: Text) -> str:
    """Return the local name of an actor as a part of the name of a claim, without the register's."""
    return actor[actor.rindex("/") + 1 : -1].partition(".")[2] or actor[actor.rindex("/") + 1 : -1]
