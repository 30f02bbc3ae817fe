"""The description of an entity: its statements in both directions, the passages that prove them, and similar names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from graph.model.iris import ENTITIES, PREFIXES
from graph.model.labels import interface_language
from graph.query.ask import display_labels
from graph.query.lookup import LOOKUPS, lookup_queries, lookup_rows
from graph.query.passages import Passage
from graph.query.proof import Statement, participation_passages, passages_by_entity
from graph.query.results import QueryFn, Term, TriplesResult
from graph.rdf.terms import local_name_of, short_name
from graph.rdf.words import words_of_standards
from graph.server.entity.kind_words import kind_word
from graph.server.entity.literals import literal_in_words
from graph.server.entity.records import in_language

OWN_LOOKUPS = Path(__file__).parent / "lookups"
# Statements in each direction that a page shows; the look-ups return one more.
MAX_STATEMENTS = 300
MAX_SIMILAR = 8
# The least similarity of names, from 0 to 1.
_MIN_SIMILARITY = 0.55
_LABEL = NamedNode(f"{PREFIXES['rdfs']}label")
# The label, and the terms of other vocabularies that repeat it.
_NAMES = {_LABEL, *(NamedNode(PREFIXES[prefix] + name) for prefix, name in (("schema", "name"), ("dct", "title")))}
# Entities that gather what several sentences say: what proves one statement about them does not prove the others.
_GATHERED = tuple(f"/{ENTITIES[kind]}" for kind in ("event", "series", "plan"))
Names = dict[Term | None, str]
Passages = dict[Statement, list[Passage]]


@dataclass(frozen=True, slots=True)
class Value:
    """The other end of a statement: its text, the entity if it is one, and the passages that prove the statement."""

    text: str
    entity: NamedNode | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """An entity with its name, and the values in both directions, by the names of properties.

    ``truncated``: there are more than ``MAX_STATEMENTS`` in one direction.
    """

    entity: NamedNode
    name: str
    outgoing: list[tuple[str, list[Value]]]
    incoming: list[tuple[str, list[Value]]]
    passages: tuple[Passage, ...]
    truncated: bool


def describe(entity: NamedNode, run: QueryFn, lang: str, proven: bool = True) -> Description | None:
    """Return the description of an entity, with the best names for a language; None where nothing mentions it.

    Where it is not to be ``proven``, no passages are looked up.
    """
    outgoing, incoming, truncated = _statements(entity, run)
    if not outgoing and not incoming:
        return None
    names = _names({entity, *(term for pair in (*outgoing, *incoming) for term in pair)}, run, lang)
    own = passages_by_entity([entity], run).get(entity, ()) if proven else ()
    of_participations = participation_passages(entity, (*outgoing, *incoming), run) if proven else {}
    of_subjects = _passages_of_subjects(incoming, run) if proven else {}
    # Its names in other languages are no statement about it that a reader looks for.
    others = {value.value for name, value in outgoing if name == _LABEL} - {names.get(entity)}
    in_language = [(name, value) for name, value in outgoing if name not in _NAMES or value.value not in others]
    return Description(
        entity,
        names.get(entity) or short_name(entity),
        _by_property(in_language, names, of_participations, lang),
        _by_property(incoming, names, of_subjects | of_participations, lang),
        tuple(own),
        truncated,
    )


def describe_as_statements(entity: NamedNode, run: QueryFn) -> tuple[list[Triple], bool]:
    """Return the description of an entity as statements, and whether it was truncated.

    The statements are those in both directions, the names of what they mention, and the evidence for them.
    """
    outgoing, incoming, truncated = _statements(entity, run)
    if not outgoing and not incoming:
        return [], False
    subjects = {value for _, value in incoming if isinstance(value, NamedNode)}
    labels = lookup_rows({entity, *subjects, *(value for _, value in outgoing)}, LOOKUPS / "labels.rq", run)
    return [
        *(Triple(entity, name, value) for name, value in outgoing),
        *(Triple(value, name, entity) for name, value in incoming if not isinstance(value, Literal)),
        *(Triple(row[0], _LABEL, row[1]) for row in labels if isinstance(row[0], NamedNode) and row[1] is not None),
        *_evidence({entity, *subjects}, run),
    ], truncated


def similar_entities(entity: NamedNode, run: QueryFn, lang: str) -> list[tuple[NamedNode, str]]:
    """Return entities of the same kind whose names are similar to a name that nothing has, the most similar first."""
    wanted = local_name_of(entity)
    start = NamedNode(entity.value.removesuffix(wanted))
    rows = lookup_rows({start}, OWN_LOOKUPS / "similar.rq", run)
    entities = {local_name_of(row[0]): row[0] for row in rows if isinstance(row[0], NamedNode)}
    near = get_close_matches(wanted, entities, MAX_SIMILAR, _MIN_SIMILARITY)
    near += [name for name in sorted(entities) if wanted in name and name not in near][: MAX_SIMILAR - len(near)]
    names = _names({entities[name] for name in near}, run, lang)
    return [(entities[name], names.get(entities[name]) or name) for name in near]


def _statements(entity: NamedNode, run: QueryFn) -> tuple[list[Statement], list[Statement], bool]:
    """Return the statements in each direction, as many as are shown, and whether there are more."""
    outgoing, incoming = _look_up("outgoing", entity, run), _look_up("incoming", entity, run)
    truncated = len(outgoing) > MAX_STATEMENTS or len(incoming) > MAX_STATEMENTS
    return outgoing[:MAX_STATEMENTS], incoming[:MAX_STATEMENTS], truncated


def _look_up(direction: str, entity: NamedNode, run: QueryFn) -> list[Statement]:
    rows = lookup_rows({entity}, OWN_LOOKUPS / f"{direction}.rq", run)
    return [(row[0], row[1]) for row in rows if isinstance(row[0], NamedNode) and row[1] is not None]


def _passages_of_subjects(statements: Iterable[Statement], run: QueryFn) -> Passages:
    """Return what proves statements whose subject is one record, as a claim or a participation is."""
    statements = [each for each in statements if not _is_gathered(each[1])]
    proof = passages_by_entity({subject for _, subject in statements}, run)
    return {statement: proof[statement[1]] for statement in statements if statement[1] in proof}


def _is_gathered(term: Term) -> bool:
    return isinstance(term, NamedNode) and term.value.removesuffix(local_name_of(term)).endswith(_GATHERED)


def _evidence(entities: Iterable[Term], run: QueryFn) -> Iterator[Triple]:
    for query in lookup_queries(entities, OWN_LOOKUPS / "evidence.rq"):
        result = run(query)
        assert isinstance(result, TriplesResult)
        yield from result.triples


def _names(terms: Iterable[Term], run: QueryFn, lang: str) -> Names:
    """Return the names of terms: the best labels there are for that language, else the words for terms of standards."""
    labels = {term: label.value for term, label in display_labels(run, terms, lang).items()}
    return _words_of_standards(interface_language(lang)) | labels


@cache
def _words_of_standards(lang: str) -> Names:
    return {term: getattr(label, lang) for term, label in words_of_standards().items()}


def _by_property(
    statements: Iterable[Statement], names: Names, passages: Passages, lang: str
) -> list[tuple[str, list[Value]]]:
    """Return the values of each property, sorted by the names of properties and of values."""
    values = {
        (names.get(name) or short_name(name), _value(name, value, names, passages, lang)) for name, value in statements
    }
    ordered = sorted(values, key=lambda pair: (pair[0], pair[1].text, str(pair[1].entity)))
    return [(name, [value for _, value in group]) for name, group in groupby(ordered, key=lambda pair: pair[0])]


def _without_name(node: NamedNode, lang: str) -> str:
    """Return what an entity without a name is called: by its kind and its id, where we have a word for its kind."""
    kind = kind_word(short_name(node))
    return f"{in_language(kind, lang)} {local_name_of(node)}" if kind else short_name(node)


def _value(name: NamedNode, term: Term, names: Names, passages: Passages, lang: str) -> Value:
    proof = tuple(passages.get((name, term), ()))
    if isinstance(term, NamedNode):
        return Value(names.get(term) or _without_name(term, lang), term, proof)
    text = literal_in_words(name, term, lang).text if isinstance(term, Literal) else term.value
    return Value(text, None, proof)
