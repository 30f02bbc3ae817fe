"""The graph that the page is made of: what the main files of a build tell, and what is in parts besides."""

from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple, cast

from graph.explorer.data.answers import precomputed_answer
from graph.explorer.data.columns import CountedEntity, CountedTie, counted_entity, counted_tie
from graph.explorer.data.parts import RegisterAgents, RegisterRecords, tied
from graph.explorer.data.payload import build_records
from graph.explorer.data.queries import Details, details_of
from graph.explorer.data.records import Claim, Entity, Payload, Tie
from graph.explorer.data.sources import areas, successors
from graph.explorer.data.summary import open_statuses, summarize_counted
from graph.identity.decided import decided_pairs
from graph.model.labels import INTERFACE_LANGUAGES, fallback_order
from graph.query.counts import Counts, add_entities, count_entities
from graph.query.questions import Question, by_group
from graph.query.results import QueryFn

# A graph of up to this many entities is given to the page whole.
MAX_AT_ONCE = 2000


class PageGraph(NamedTuple):
    """All that the page is given: records of the main files and of all agents, and what is counted of everything.

    ``registers`` has the records of events that stay in parts, or is None where there are none.
    """

    payload: Payload
    entities: list[CountedEntity]
    ties: list[CountedTie]
    registers: RegisterRecords | None = None

    def outlines(self) -> tuple[list[Entity], list[Tie]]:
        """Return the records of everything, of events in parts with no more than what is counted of them."""
        if self.registers is None:
            return self.payload["entities"], self.payload["ties"]
        entities = [*self.payload["entities"]]
        for each in self.registers.entities:
            days = {key: day for key, day in (("earliest", each.earliest), ("latest", each.latest)) if day}
            entities.append(cast(Entity, {"id": each.id, "kind": each.kind, **days}))
        ties = [cast(Tie, {"kind": tie.kind, "from": tie.start, "to": tie.end}) for tie in self.ties]
        return entities, ties

    def whole(self, entities: Iterable[Entity]) -> tuple[list[Entity], list[Tie]]:
        """Return the whole records of some entities, in their order, and all ties of these."""
        if self.registers is None:
            return [*entities], self.payload["ties"]
        entities = [*entities]
        events, ties, _ = self.registers.records_of((entity["id"] for entity in entities), len(self.payload["claims"]))
        by_id = {event["id"]: event for event in events}
        return [by_id.get(entity["id"], entity) for entity in entities], [*self.payload["ties"], *ties]


def build_payload(
    run: QueryFn,
    texts: Callable[[str], str | None],
    questions: Iterable[Question],
    details: Mapping[str, Details] | None = None,
) -> Payload:
    """Return all that the page is given of a graph that is queried whole; see ``build_page_graph``."""
    return build_page_graph(run, texts, questions, details).payload


def build_page_graph(
    run: QueryFn,
    texts: Callable[[str], str | None],
    questions: Iterable[Question],
    details: Mapping[str, Details] | None = None,
    registers: RegisterAgents | None = None,
    counts_of_registers: Counts | None = None,
) -> PageGraph:
    """Return all that the page is given. ``texts`` gives the text of a source by its id, or None where it has none.

    ``details`` are those of the graph, where they are there already. ``registers`` and their counts are what ``run``
    does not query; where they are agents alone, nothing else of registers is counted. A large graph gets no answers to
    questions, which would be larger than the page; nor does one with registers in parts, of which ``run`` knows
    nothing.
    """
    details = details_of(run) if details is None else details
    records = build_records(run, texts, details, registers=registers)
    entities, ties, claims = records["entities"], records["ties"], records["claims"]
    are_open = open_statuses(entities)
    ids = {entity["id"] for entity in entities}
    in_chunks: RegisterRecords | None = None
    if registers is not None:
        are_open |= registers.open
    if isinstance(registers, RegisterRecords):
        registers.add_cited(entities)
        records["words"] |= registers.words
        ids.update(entity.id for entity in registers.entities)
        if len(ids) <= MAX_AT_ONCE:
            _add_records(registers, ids, entities, ties, claims)
        else:
            in_chunks = registers
    counted = [counted_entity(entity, claims) for entity in entities]
    counted_ties = [counted_tie(tie, claims) for tie in ties]
    if in_chunks is not None:
        counted = [*map(in_chunks.with_sources, counted), *in_chunks.entities]
        counted_ties = tied([*counted_ties, *in_chunks.ties], ids)
    counts = count_entities(run)
    if counts_of_registers is not None:
        counts = add_entities(counts, counts_of_registers)
    answered = len(counted) <= MAX_AT_ONCE and counts_of_registers is None
    payload: Payload = {
        "entities": entities,
        "ties": ties,
        "claims": claims,
        "sources": records["sources"],
        "memberships": records["memberships"],
        "words": records["words"],
        "areas": areas(run),
        "successors": successors(run),
        "languages": {language: [*fallback_order(language)] for language in INTERFACE_LANGUAGES},
        "summary": summarize_counted(counted, counted_ties, counts, are_open),
        "questions": [precomputed_answer(each, run) for group in by_group(questions).values() for each in group]
        if answered
        else [],
    }
    if decided := decided_pairs(run):
        payload["decided"] = _by_verdict(decided)
    return PageGraph(payload, counted, counted_ties, in_chunks)


def _by_verdict(decided: Mapping[frozenset[str], str]) -> dict[str, list[list[str]]]:
    """Return the pairs of each verdict, in order."""
    result: dict[str, list[list[str]]] = {}
    for pair, verdict in sorted((sorted(pair), verdict) for pair, verdict in decided.items()):
        result.setdefault(verdict, []).append(pair)
    return result


def _add_records(
    registers: RegisterRecords,
    ids: Collection[str],
    entities: list[Entity],
    ties: list[Tie],
    claims_by_name: dict[str, Claim],
) -> None:
    """Add all records of registers to those of the main files."""
    by_id = {entity["id"]: entity for entity in entities}
    new_ties: dict[str, Tie] = {}
    cited: list[Entity | Tie] = []
    names: dict[int, str] = {}
    for table, record in registers.expand_all(len(claims_by_name)):
        if table == "claims":
            number, claim = record
            names[number] = claim.pop("id")
            claims_by_name[names[number]] = cast(Claim, {"label": {}, **claim})
        elif table == "entities":
            entities.append(record)
            cited.append(record)
        elif table == "more":
            if record["id"] in by_id:
                by_id[record["id"]]["claims"] += record["claims"]
                cited.append(by_id[record["id"]])
        elif record["from"] in ids and record["to"] in ids and record["id"] not in new_ties:
            new_ties[record["id"]] = record
            cited.append(record)
    for each in cited:
        each["claims"] = sorted({names[claim] if isinstance(claim, int) else claim for claim in each["claims"]})
    entities.sort(key=itemgetter("id"))
    ties += new_ties.values()
