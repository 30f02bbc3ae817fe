"""Nothing false follows from the graph by the axioms of the vocabularies that it uses: every ready answer stays.

``axioms.ttl`` lists the axioms on the terms in use. Where the environment variable MOTEGRAF_VOCABULARIES names a folder
with the vocabularies themselves (``org.ttl``, ``prov.ttl``, …), the same is asked with these, and the list is compared.
"""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from closure import SEMANTICS, Closure, closure_of, types_of
from conftest import load_store
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse
from test_queries import ANSWERS, asked_in, asking, expected_in, shown

from graph import HOME
from graph.model.iris import BASE, PREFIXES
from graph.query.ask import question_sparql
from graph.query.results import expect_table
from graph.rdf.terms import compact, iri

pytestmark = pytest.mark.slow

AXIOMS = Path(__file__).parent / "axioms.ttl"
VOCABULARIES = sorted(Path(os.environ.get("MOTEGRAF_VOCABULARIES", "no folder")).glob("*.ttl"))
# The vocabularies whose axioms are listed; shapes and the like may lie beside them.
LISTED = ("cv", "dcat", "dct", "foaf", "oa", "org", "prov", "schema", "skos", "time")
SCHEMA_AXIOMS = [
    *("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range"),
    *("owl:disjointWith", "owl:inverseOf", "owl:equivalentClass", "owl:equivalentProperty"),
]
# What things of ours are besides what we say of them, by those axioms: all of it is true of them.
FOLLOWS = {
    "audience": "dct:AgentClass rdfs:Class schema:Intangible",
    "change": "prov:Activity",
    "claim": "mg:ParticipationStatement mg:Statement prov:Entity",
    "decision": "prov:Entity",
    "event": "dctype:Event",
    "evidence": "oa:ResourceSelection prov:Entity",
    "fylke": "dct:LocationPeriodOrJurisdiction",
    "group": "dct:Agent foaf:Agent",
    "interval": "time:TemporalEntity",
    "kind": "rdfs:Class",
    "kommune": "dct:LocationPeriodOrJurisdiction",
    "letter": "schema:CreativeWork",
    # org:hasMember is foaf:member, by ORG: so a party that has members is a group of agents.
    "organisation": "dct:Agent foaf:Agent foaf:Group foaf:Organization prov:Entity",
    "participation": "mg:ParticipationStatement mg:Statement",
    "person": "dct:Agent foaf:Agent",
    "plan": "prov:Entity",
    "possible": "mg:ParticipationStatement mg:Statement",
    "post": "skos:Concept",
    "selector": "oa:Selector",
    "series": "dctype:Event schema:Event schema:Intangible schema:Series",
    "source": "schema:CreativeWork",
    "text": "schema:CreativeWork schema:DigitalDocument",
    "utterance": "schema:CreativeWork",
}
CANDIDATE = "possible:alesund-2014-host.erna-solberg"
each_semantics = pytest.mark.parametrize("semantics", SEMANTICS)
with_vocabularies = pytest.mark.skipif(not VOCABULARIES, reason="MOTEGRAF_VOCABULARIES names no folder of vocabularies")


@cache
def read(file: Path) -> list[Triple]:
    return [Triple(*quad.triple) for quad in parse(path=file, format=RdfFormat.from_extension(file.suffix[1:]))]


@pytest.fixture(scope="module")
def published(built: Path) -> list[Triple]:
    return read(built / "motegraf.ttl")


@pytest.fixture(scope="module")
def closures(published: list[Triple]) -> dict[str, Closure]:
    return {semantics: closure_of([*published, *read(AXIOMS)], semantics) for semantics in SEMANTICS}


def changed_answers(store: Store) -> list[str]:
    run = asking(store)
    return [
        file.stem
        for file in ANSWERS
        for question, given in [asked_in(file)]
        if shown(expect_table(run(question_sparql(question, given, run)))) != expected_in(file)
    ]


def short(address: str) -> str:
    return compact(NamedNode(address)).replace("http://purl.org/dc/dcmitype/", "dctype:")


def what_follows(known: Iterable[Triple], closure: Closure) -> dict[str, set[str]]:
    """Return by the kind of a thing of ours the classes that it is only concluded to be of."""
    follows: dict[str, set[str]] = {}
    for thing, kind in types_of(closure.triples) - types_of(known):
        if thing.startswith(BASE) and not thing.startswith(f"{BASE}ontology"):
            follows.setdefault(short(thing).partition(":")[0], set()).add(short(kind))
    return follows


@each_semantics
def test_every_ready_answer_stays_as_it_is(closures: dict[str, Closure], semantics: str) -> None:
    assert changed_answers(closures[semantics].store()) == []


@each_semantics
def test_nothing_contradicts_itself(closures: dict[str, Closure], semantics: str) -> None:
    assert closures[semantics].clashes == ()


def test_things_are_of_no_class_that_says_more_than_is_known(
    published: list[Triple], closures: dict[str, Closure]
) -> None:
    expected = {kind: set(classes.split()) for kind, classes in FOLLOWS.items()}
    assert what_follows(published, closures["OWL 2 RL"]) == expected


def about(name: str, published: list[Triple]) -> list[Triple]:
    """Return what the graph says of a thing, with all axioms: enough for what would follow of it, and quick."""
    own, ontology = iri(name), f"{BASE}ontology#"
    assert any(each.subject == own for each in published)
    terms = [
        each for each in published if isinstance(each.subject, NamedNode) and each.subject.value.startswith(ontology)
    ]
    return [*(each for each in published if each.subject == own), *terms, *read(AXIOMS)]


def test_a_candidate_with_a_role_would_contradict_itself(published: list[Triple]) -> None:
    wrong = Triple(iri(CANDIDATE), iri("cv:role"), iri("role:participant"))
    clashes = closure_of([*about(CANDIDATE, published), wrong], "OWL 2 RL").clashes
    assert any("possible/alesund-2014-host.erna-solberg" in clash for clash in clashes)


def test_a_meeting_with_the_status_of_a_public_event_would_be_one(published: list[Triple]) -> None:
    event = "event:oslo-2014-host"
    wrong = Triple(iri(event), iri("cv:eventStatus"), iri("status:held"))
    closures = [closure_of([*about(event, published), *more], "RDFS") for more in ((wrong,), ())]
    found = [what_follows(published, each).get("event", set()) for each in closures]
    assert ["cv:PublicEvent" in each for each in found] == [True, False]


def test_words_with_a_language_would_be_no_string(published: list[Triple]) -> None:
    wrong = Triple(iri(CANDIDATE), iri("oa:exact"), Literal("Erna Solberg", language="nb"))
    assert closure_of([*about(CANDIDATE, published), wrong], "RDFS").clashes == (
        '"Erna Solberg"@nb is no http://www.w3.org/2001/XMLSchema#string',
    )


KEYS = """
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix x: <https://example.org/> .
org:Organization owl:hasKey ( org:identifier ) .
org:Site owl:hasKey ( org:siteAddress org:siteOf ) .
x:a a org:Organization ; org:identifier "1" .
x:b a org:Organization ; org:identifier "1" , "2" .
x:c a org:Organization ; org:identifier "3" .
x:d a org:Organization .
x:e org:identifier "3" .
x:s a org:Site ; org:siteAddress x:here ; org:siteOf x:a .
x:t a org:Site ; org:siteAddress x:here ; org:siteOf x:a .
x:u a org:Site ; org:siteAddress x:here ; org:siteOf x:c .
"""


def test_only_what_shares_a_value_of_each_property_of_a_key_is_one() -> None:
    """ORG has the identifier of an organisation as its key: two bodies with one number are one body."""
    closure = closure_of([quad.triple for quad in parse(KEYS.encode(), format=RdfFormat.TURTLE)], "OWL 2 RL")
    same = {
        (each.subject.value.rpartition("/")[2], each.object.value.rpartition("/")[2])
        for each in closure.triples
        if each.predicate == iri("owl:sameAs")
        and isinstance(each.subject, NamedNode)
        and isinstance(each.object, NamedNode)
        and each.subject != each.object
    }
    assert {pair for pair in same if {*pair} <= {*"abcdestu"}} == {*map(tuple, ("ab", "ba", "st", "ts"))}


def axioms_of(triples: Iterable[Triple]) -> set[Triple]:
    """Return the axioms between named terms of the vocabularies listed."""
    schema = {iri(name) for name in SCHEMA_AXIOMS}
    return {
        each
        for each in triples
        if each.predicate in schema and isinstance(each.subject, NamedNode) and isinstance(each.object, NamedNode)
    }


def terms_in(statements: list[Triple]) -> set[NamedNode]:
    """Return the properties and classes of listed vocabularies that statements use."""
    found = {each.predicate for each in statements}
    found |= {each.object for each in statements if each.predicate == iri("rdf:type")}
    return {term for term in found if isinstance(term, NamedNode) and term.value.startswith(_NAMESPACES)}


_NAMESPACES = tuple(PREFIXES[name] for name in LISTED)


@with_vocabularies
def test_the_list_agrees_with_the_vocabularies() -> None:
    theirs = axioms_of(triple for file in VOCABULARIES for triple in read(file))
    disjoint = iri("owl:disjointWith")
    theirs |= {Triple(each.object, disjoint, each.subject) for each in theirs if each.predicate == disjoint}
    assert axioms_of(read(AXIOMS)) - theirs == set()


@with_vocabularies
def test_the_list_has_all_axioms_on_terms_in_use(published: list[Triple]) -> None:
    ours, everything = axioms_of(read(AXIOMS)), {iri("owl:Thing"), iri("rdfs:Resource"), iri("schema:Thing")}
    used = terms_in(published)
    theirs = axioms_of(triple for file in VOCABULARIES for triple in read(file))
    named = {node for each in ours for node in (each.subject, each.object)}
    missing = {
        each
        for each in theirs
        if each.subject in used
        # What no term in use leads to, nothing is of.
        and (each.predicate not in _SYMMETRIC or each.object in named)
        and each.object not in everything
        and each.object != each.subject
        and isinstance(each.object, NamedNode)
        and each.object.value.startswith(_NAMESPACES)
    }
    symmetric = {Triple(each.object, each.predicate, each.subject) for each in ours if each.predicate in _SYMMETRIC}
    assert {str(each) for each in missing - ours - symmetric} == set()


_SYMMETRIC = {iri("owl:disjointWith")}


@with_vocabularies
@pytest.mark.parametrize("file", VOCABULARIES, ids=lambda file: file.stem)
def test_every_ready_answer_stays_with_the_vocabulary_itself(published: list[Triple], file: Path) -> None:
    axioms = in_reach(read(file), terms_in(published))
    if not axioms:
        pytest.skip(f"{file.name} has no axioms on terms in use")
    closure = closure_of([*published, *axioms], "OWL 2 RL")
    assert closure.clashes == ()
    assert changed_answers(closure.store()) == []


def in_reach(vocabulary: list[Triple], terms: set[NamedNode]) -> set[Triple]:
    """Return the axioms, unnamed classes included, from which something can follow for statements with these terms.

    What no term in use leads to, as most of schema.org, would only cost hours.
    """
    about: dict[object, list[Triple]] = {}
    for each in vocabulary:
        if each.predicate.value.startswith((PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["owl"])):
            about.setdefault(each.subject, []).append(each)
            if each.predicate.value.startswith(PREFIXES["owl"]):
                about.setdefault(each.object, []).append(each)
    waiting, seen, found = list[object](terms), set[object](), set[Triple]()
    while waiting:
        term = waiting.pop()
        if term in seen or (isinstance(term, NamedNode) and term.value.startswith(PREFIXES["owl"])):
            continue
        seen.add(term)
        for each in about.get(term, ()):
            if not isinstance(each.object, Literal):
                found.add(each)
                waiting += [each.subject, each.object]
    return found


def test_the_vocabulary_of_the_project_has_no_unnamed_classes() -> None:
    files = [HOME / "ontology" / f"{name}.ttl" for name in ("motegraf", "motegraf-claims", "motegraf-things")]
    assert not [each for file in files for each in read(file) if isinstance(each.object, BlankNode)]


def test_the_turtle_has_what_the_quads_have(built: Path, published: list[Triple]) -> None:
    assert {quad.triple for quad in load_store(built / "motegraf.nq")} == set(published)
