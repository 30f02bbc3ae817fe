"""Count what a graph has, from its N-Quads, and describe it in VoID, by which SPARQL editors complete.

The statements of all graphs are counted together, each once. Catalogues of data carry what stands in ``catalog.ttl``;
counts of each class and property are for programs that ask the graph, and stand here alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from graph.model.iris import PREFIXES, STANDARDS, prefixes_under
from graph.publish.dcat_texts import FILES, LIGHT, MEETINGS, TITLES
from graph.rdf.statements import Statement, label_pairs, statements_about
from graph.rdf.terms import compact, iri, lang_literal
from graph.rdf.turtle import serialize_turtle

FILE = "void.ttl"
# The path of the SPARQL endpoint below the base of a graph.
ENDPOINT = "sparql"
_LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")

_TYPE, _EARLIEST, _LATEST = (str(iri(name)) for name in ("rdf:type", "mg:earliest", "mg:latest"))
# Data sets that the graph links to, besides the vocabularies that it uses.
LINKED = {"wd": ("Wikidata", NamedNode("https://www.wikidata.org/wiki/Wikidata:Main_Page"))}
_LINKS = tuple(str(iri(name)) for name in ("skos:closeMatch", "skos:exactMatch", "schema:sameAs", "owl:sameAs"))


class TermCounts(NamedTuple):
    """Counts of a graph: statements, subjects, uses of each property, members of each class, and their properties.

    Properties and classes are IRIs in angle brackets, as in N-Quads; days (ISO 8601) are empty where there is none.
    """

    triples: int
    subjects: int
    properties: Mapping[str, int]
    classes: Mapping[str, int]
    of_class: Mapping[str, Mapping[str, int]]
    links: Mapping[tuple[str, str], int]
    first_day: str
    last_day: str


def add_counts(several: Iterable[TermCounts]) -> TermCounts:
    """Return the counts of a graph from those of its pieces, where no subject is in two of them."""
    triples = subjects = 0
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    of_class: defaultdict[str, Counter[str]] = defaultdict(Counter)
    links: Counter[tuple[str, str]] = Counter()
    days: list[tuple[str, str]] = []
    for each in several:
        triples, subjects = triples + each.triples, subjects + each.subjects
        properties.update(each.properties)
        classes.update(each.classes)
        links.update(each.links)
        for kind, counted in each.of_class.items():
            of_class[kind].update(counted)
        days.append((each.first_day, each.last_day))
    first, last = min((day for day, _ in days if day), default=""), max((day for _, day in days), default="")
    return TermCounts(triples, subjects, properties, classes, of_class, links, first, last)


def count_terms(rows: Iterable[str]) -> TermCounts:
    """Return the counts of sorted lines of N-Quads."""
    # By the set of types of an entity: how many such entities, and their properties.
    predicates_by_types: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    members: Counter[tuple[str, ...]] = Counter()
    links: Counter[tuple[str, str]] = Counter()
    days: dict[str, list[str]] = {_EARLIEST: [], _LATEST: []}
    last, subject = "", ""
    types: tuple[str, ...] = ()
    own: list[str] = []
    for row in rows:
        triple = row.rsplit(" ", 2)[0]
        if triple == last:
            continue
        last = triple
        entity, predicate, value = triple.split(" ", 2)
        if entity != subject:
            predicates_by_types[types] += own
            members[types] += bool(own)
            subject, types, own = entity, (), []
        own.append(predicate)
        if predicate == _TYPE:
            types += (value,)
        elif predicate in _LINKS:
            links.update((predicate, name) for name in LINKED if value.startswith(f"<{STANDARDS[name]}"))
        elif predicate in days:
            days[predicate].append(value[1:11])
    predicates_by_types[types] += own
    members[types] += bool(own)
    by_types = {kinds: Counter(predicates) for kinds, predicates in predicates_by_types.items()}
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    of_class: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kinds, predicates in by_types.items():
        properties.update(predicates)
        for kind in kinds:
            classes[kind] += members[kinds]
            of_class[kind].update(predicates)
    first, latest = min(days[_EARLIEST], default=""), max(days[_LATEST], default="")
    return TermCounts(properties.total(), members.total(), properties, classes, of_class, links, first, latest)


def void_file(counts: TermCounts, base: str) -> bytes:
    """Return the description of the dataset of meetings as Turtle."""
    return serialize_turtle(_statements(counts, base), prefixes_under(base))


def _statements(counts: TermCounts, base: str) -> Iterator[Statement]:
    title = TITLES[MEETINGS]
    yield from statements_about(
        f"<{base}dumps/{FILE}>",
        ("rdf:type", "void:DatasetDescription"),
        ("dct:title", lang_literal(f"VoID: {title.nb}")),
        ("dct:title", lang_literal(f"VoID: {title.en}", "en")),
        ("foaf:primaryTopic", MEETINGS),
    )
    yield from statements_about(
        MEETINGS,
        ("rdf:type", "void:Dataset"),
        *label_pairs(title.nb, title.en),
        ("dct:license", _LICENCE),
        ("foaf:homepage", NamedNode(base)),
        ("void:uriSpace", Literal(base)),
        ("void:sparqlEndpoint", NamedNode(f"{base}{ENDPOINT}")),
        *(("void:dataDump", NamedNode(f"{base}dumps/{name}")) for name in FILES[MEETINGS] if name != LIGHT),
    )
    yield from void_statements(MEETINGS, counts)
    yield from linkset_statements(MEETINGS, counts)
    yield from partition_statements(counts)


def void_statements(name: str, counts: TermCounts) -> Iterator[Statement]:
    """Yield the statements about the dataset of that name itself."""
    yield name, "void:triples", Literal(counts.triples)
    yield name, "void:distinctSubjects", Literal(counts.subjects)
    yield name, "void:classes", Literal(len(counts.classes))
    yield name, "void:properties", Literal(len(counts.properties))
    terms = {compact(NamedNode(term[1:-1])) for term in (*counts.properties, *counts.classes)}
    vocabularies = {prefix for term in terms if (prefix := term.partition(":")[0]) in PREFIXES}
    yield from ((name, "void:vocabulary", NamedNode(PREFIXES[prefix])) for prefix in sorted(vocabularies))
    yield from ((name, "void:classPartition", f"catalogue:class.{_id(each)}") for each in sorted(counts.classes))
    yield from (
        (name, "void:propertyPartition", f"catalogue:property.{_id(each)}") for each in sorted(counts.properties)
    )
    yield from ((name, "void:subset", _linkset(*link)) for link in sorted(counts.links))


def partition_statements(counts: TermCounts) -> Iterator[Statement]:
    """Yield a partition for each class, with one for each property of its members, and one for each property."""
    ids, nodes = ({term: make(term) for term in (*counts.properties, *counts.classes)} for make in (_id, _node))
    for kind in sorted(counts.classes):
        part, of_kind = f"catalogue:class.{ids[kind]}", counts.of_class[kind]
        parts = [(f"{part}.property.{ids[each]}", each) for each in sorted(of_kind)]
        yield part, "void:class", nodes[kind]
        yield part, "void:entities", Literal(counts.classes[kind])
        yield from ((part, "void:propertyPartition", within) for within, _ in parts)
        for within, each in parts:
            yield within, "void:property", nodes[each]
            yield within, "void:triples", Literal(of_kind[each])
    for each in sorted(counts.properties):
        yield f"catalogue:property.{ids[each]}", "void:property", nodes[each]
        yield f"catalogue:property.{ids[each]}", "void:triples", Literal(counts.properties[each])


def linkset_statements(name: str, counts: TermCounts) -> Iterator[Statement]:
    """Yield the links to other datasets, a linkset for each property that links."""
    for link, count in sorted(counts.links.items()):
        predicate, target = link
        label, _ = LINKED[target]
        yield from statements_about(
            _linkset(*link),
            ("rdf:type", "void:Linkset"),
            ("rdfs:label", lang_literal(f"lenker til {label}")),
            ("rdfs:label", lang_literal(f"links to {label}", "en")),
            ("void:linkPredicate", _node(predicate)),
            ("void:subjectsTarget", name),
            ("void:objectsTarget", f"catalogue:{target}"),
            ("void:triples", Literal(count)),
        )
    for target in sorted({target for _, target in counts.links}):
        label, page = LINKED[target]
        yield from statements_about(
            f"catalogue:{target}",
            ("rdf:type", "void:Dataset"),
            ("dct:title", Literal(label)),
            ("foaf:homepage", page),
            ("void:uriSpace", Literal(STANDARDS[target])),
        )


def _linkset(predicate: str, target: str) -> str:
    return f"catalogue:links.{target}.{_id(predicate)}"


def _node(term: str) -> str | NamedNode:
    node = NamedNode(term[1:-1])
    name = compact(node)
    return name if name.partition(":")[0] in PREFIXES else node


def _id(term: str) -> str:
    """Return ``schema.Event`` for schema:Event; for an IRI without a prefix, its words."""
    prefix, _, local = compact(NamedNode(term[1:-1])).partition(":")
    return f"{prefix}.{local}" if prefix in PREFIXES else ".".join(re.findall("[A-Za-z0-9]+", local))
