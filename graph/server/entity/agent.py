"""What the pages of people and of bodies share: meetings, letters and plans, what the registry says, other names."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.proof import passages_by_entity
from graph.query.results import QueryFn, text_of
from graph.rdf.terms import local_name_of, short_name
from graph.server.entity.agent_meetings import TEXTS as AGENT_MEETING_TEXTS
from graph.server.entity.agent_meetings import AgentMeetings, agent_meetings, agent_rows
from graph.server.entity.html import Quote, quote_of
from graph.server.entity.identity import Note, identity_of
from graph.server.entity.kinds import Reader
from graph.server.entity.meetings import TEXTS as MEETING_TEXTS
from graph.server.entity.parts import TEXTS as PART_TEXTS
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, Record, names_of, records_of
from graph.server.entity.registry_facts import TEXTS as REGISTRY_TEXTS
from graph.server.entity.registry_facts import RegistryFacts, registry_facts
from graph.server.entity.statements import TEXTS as STATEMENT_TEXTS
from graph.server.entity.statements import Statements, statements_of

TEXTS = {
    "meetings": Label("Møter, og hvor står det?", "Meetings, and where does it say so?"),
    "no_meetings": Label("Ingen møter er kjent.", "No meetings are known."),
    "works": Label("Brev, planer og uttalelser", "Letters, plans and utterances"),
    "schema:sender": Label("avsender av", "sender of"),
    "schema:recipient": Label("mottaker av", "recipient of"),
    "schema:author": Label("sa", "said"),
    "schema:creator": Label("utga", "issued"),
    "mg:coordinator": Label("samordner", "coordinates"),
    "facts": Label("Kort fortalt", "In short"),
    "also": Label("Andre navn", "Other names"),
    "source": Label("Nevnt av kilden", "Named by the source"),
    "kind": Label("Type", "Kind"),
    "further": Label("Videre", "Further"),
    "network": Label("Se i nettverket", "See in the network"),
    "ask": Label("Alt om {} som tabell", "Everything about {} as a table"),
    "certainty": Label("Hva betyr «sikkert» og «mulig»?", "What do “certain” and “possible” mean?"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """A letter, a plan or an utterance: as what an agent stands there (a key of ``TEXTS``), and the sentences."""

    relation: str
    name: Name
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class AgentModel:
    """What is known of a person or a body; ``local`` and ``short`` are names of it for addresses.

    Where it is not ``in_dataset``, no question and no network has it.
    """

    name: Name
    kinds: tuple[Name, ...]
    sources: tuple[Name, ...]
    other_names: tuple[Name, ...]
    identity: tuple[Note, ...]
    meetings: AgentMeetings
    works: tuple[Work, ...]
    registry: RegistryFacts
    local: str
    short: str
    statements: Statements
    in_dataset: bool


def agent_texts(own: Mapping[str, Label]) -> dict[str, Label]:
    """Return the words of the page of an agent, those of its kind last."""
    return {
        **COMMON_TEXTS,
        **MEETING_TEXTS,
        **AGENT_MEETING_TEXTS,
        **PART_TEXTS,
        **REGISTRY_TEXTS,
        **STATEMENT_TEXTS,
        **TEXTS,
        **own,
    }


def read_agent(entity: NamedNode, reader: Reader) -> tuple[Record, AgentModel]:
    """Return what is stated of an agent, and the view model of it."""
    run, lang = reader.run, reader.lang
    own = records_of([entity], run)[entity]
    kinds, sources = own.nodes("org:classification"), own.nodes("prov:hadPrimarySource")
    names = names_of([entity, *kinds, *sources], run, lang)
    shown = names[entity].text
    also = dict.fromkeys(
        Name(each.value, each.language or "")
        for name in ("schema:alternateName", "rdfs:label")
        for each in own.literals(name)
        if each.value != shown
    )
    return own, AgentModel(
        name=names[entity],
        kinds=tuple(names[node] for node in kinds),
        sources=tuple(names[node] for node in sources),
        other_names=tuple(also),
        identity=identity_of(entity, run, lang),
        meetings=agent_meetings(agent_rows(entity, run), reader),
        works=_works(entity, run, lang),
        registry=registry_facts(own, run, lang),
        local=local_name_of(entity),
        short=short_name(entity),
        statements=statements_of(entity, run, lang),
        in_dataset=reader.in_dataset,
    )


def _works(entity: NamedNode, run: QueryFn, lang: str) -> tuple[Work, ...]:
    rows = lookup_rows([entity], LOOKUPS / "agent_works.rq", run)
    works = [(short_name(relation), work, by) for _, relation, work, by in rows if isinstance(relation, NamedNode)]
    names = names_of((work for _, work, _ in works), run, lang)
    proof = passages_by_entity((by for *_, by in works if by is not None), run)
    language = interface_language(lang)
    ordered = sorted(works, key=lambda each: (each[0], text_of(each[1])))
    return tuple(
        Work(relation, names[work], tuple(quote_of(each, language) for each in proof.get(by, ())))
        for relation, work, by in ordered
        if work in names
    )
