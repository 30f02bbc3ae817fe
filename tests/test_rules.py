"""Rules: what each concludes from a small graph, and what all of them together conclude, and never conclude.

A case stands in ``tests/rules/<rule>/``: the graph that is given, and the whole graph that this one rule concludes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from graph import HOME
from graph.model.iris import BASE, ENTITIES, RELATIONS
from graph.pipeline.rules import CONCLUDED, Rule, apply, conclude, read_rules
from graph.rdf.statements import read_ontology, to_store
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

RULES = HOME / "ontology/rules"
CASES = Path(__file__).parent / "rules"
GIVEN, THEN = ".given.ttl", ".then.ttl"
GIVEN_GRAPH = iri("graph:given")

TYPE, DERIVED, CLAIM = iri("rdf:type"), iri("mg:concludedFrom"), iri("mg:Claim")
FOLLOW_FROM_CLAIMS = (
    *("schema:Event", "mg:Participation", "mg:PossibleParticipation"),
    *("schema:Claim", "schema:Message", "schema:CreativeWork"),
)

Term = NamedNode | BlankNode | Literal | Triple
Triples = set[Triple]


@dataclass(frozen=True, order=True)
class Case:
    """A rule, and a sentence for what it is to do."""

    rule: str
    name: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"

    @property
    def given(self) -> Triples:
        return triples(CASES / self.rule / f"{self.name}{GIVEN}")

    @property
    def then(self) -> Triples:
        return triples(CASES / self.rule / f"{self.name}{THEN}")


def cases(ending: str) -> list[Case]:
    return sorted(Case(file.parent.name, file.name.removesuffix(ending)) for file in CASES.glob(f"*/*{ending}"))


@cache
def rules() -> dict[str, Rule]:
    """The rules by name, in an order in which each finds what it reads."""
    return {rule.name: rule for rule in read_rules(RULES)}


@cache
def ontology() -> list[Quad]:
    return read_ontology(HOME / "ontology")


def triples(file: Path) -> Triples:
    return {Triple(*quad.triple) for quad in parse(path=file, format=RdfFormat.TURTLE)}


def store_with(given: Iterable[Triple]) -> Store:
    """A store with these statements and the ontology."""
    return to_store([*ontology(), *(Quad(each.subject, each.predicate, each.object, GIVEN_GRAPH) for each in given)])


def concluded(store: Store) -> Triples:
    return {Triple(*quad.triple) for quad in store.quads_for_pattern(None, None, None, CONCLUDED)}


def all_concluded(given: Iterable[Triple]) -> Triples:
    """What the rules, in their order, conclude from these statements."""
    store = store_with(given)
    conclude(store, list(rules().values()))
    return concluded(store)


def n_triples(found: Iterable[Triple]) -> str:
    return "".join(f"\n  {row} ." for row in sorted(map(str, found))) or " nothing"


def assert_same(found: Triples, expected: Triples) -> None:
    """The same statements; else the test fails with those that are missing and those that are unexpected."""
    if found != expected:
        pytest.fail(f"missing:{n_triples(expected - found)}\nunexpected:{n_triples(found - expected)}", pytrace=False)


# Every rule has a case


@pytest.mark.parametrize("rule", sorted(file.stem for file in RULES.glob("*.rq")))
def test_each_rule_has_a_case(rule: str) -> None:
    assert [case for case in cases(GIVEN) if case.rule == rule], f"no case in tests/rules/{rule}"


def test_each_case_has_a_rule() -> None:
    folders = {folder.name for folder in CASES.iterdir() if folder.is_dir()}
    assert sorted(folders - {file.stem for file in RULES.glob("*.rq")}) == []


def test_each_case_is_given_and_then() -> None:
    assert cases(GIVEN) == cases(THEN)
    expected = {CASES / case.rule / f"{case.name}{ending}" for case in cases(GIVEN) for ending in (GIVEN, THEN)}
    assert set(CASES.glob("*/*")) == expected


def test_each_case_has_its_line_in_the_readme() -> None:
    rows = re.findall(r"^(?:## (\w+)|- `([a-z0-9-]+)`: .+\.)$", (CASES / "README.md").read_text("utf-8"), re.MULTILINE)
    rule, listed = "", []
    for heading, name in rows:
        rule = heading or rule
        listed += [Case(rule, name)] if name else []
    assert listed == cases(GIVEN)


# What a rule concludes


@pytest.mark.parametrize("case", cases(GIVEN), ids=str)
def test_a_rule_concludes_just_this(case: Case) -> None:
    """From the given graph the rule concludes the graph that the case names, no more and no less."""
    quads = apply(store_with(case.given), rules()[case.rule])
    assert {quad.graph_name for quad in quads} <= {CONCLUDED}
    assert_same({Triple(*quad.triple) for quad in quads}, case.then)


@pytest.mark.parametrize("case", cases(GIVEN), ids=str)
def test_all_rules_in_order_come_to_it(case: Case) -> None:
    """What one rule concludes is also concluded when all rules run, each after those that it reads."""
    assert_same(all_concluded(case.given) & case.then, case.then)


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("PREFIX e: <urn:e:> CONSTRUCT { ?s a e:t } WHERE { ?s e:p ?o }", {"<urn:e:p>"}),
        ("prefix e: <urn:e:> construct { ?s a e:t } where { ?s <urn:e:q> ?o }", {"<urn:e:q>"}),
        ("# where it was\nPREFIX e: <urn:e:>\nCONSTRUCT { ?s a e:t } WHERE { ?s e:p ?o }", {"<urn:e:p>"}),
        ("PREFIX e: <urn:e:> CONSTRUCT { ?s a e:t } { ?s e:p ?o }", {"<urn:e:>", "<urn:e:t>", "<urn:e:p>"}),
        ("", set()),
    ],
)
def test_a_rule_reads_what_its_pattern_names_however_it_is_spelled(query: str, read: set[str]) -> None:
    assert Rule("rule", query, ()).reads == read


# All cases together


@cache
def given_together() -> frozenset[Triple]:
    """The given graphs of all cases, each about things of its own."""
    return frozenset(triple for case in cases(GIVEN) for triple in set_apart(case))


@cache
def together() -> Store:
    """The given graphs of all cases, and what all rules conclude from them."""
    store = store_with(given_together())
    conclude(store, list(rules().values()))
    return store


def set_apart(case: Case) -> Triples:
    """What is given, said of things that no other case speaks of."""
    tag = f"{case.rule.replace('_', '-')}-{case.name}-"

    def renamed(term: Term) -> NamedNode:
        assert isinstance(term, NamedNode)
        folder, _, name = term.value.removeprefix(BASE).rpartition("/")
        if not term.value.startswith(BASE) or f"{folder}/" not in ENTITIES.values():
            return term
        # A participation is named for its event and its agent: both have become other things.
        parts = name.split(".", 1) if folder in ("participation", "possible") else [name]
        return NamedNode(f"{BASE}{folder}/{'.'.join(tag + part for part in parts)}")

    return {
        Triple(renamed(s), p, o if isinstance(o, Literal) else renamed(o))
        for s, p, o in ((each.subject, each.predicate, each.object) for each in case.given)
    }


def things(store: Store, kind: str) -> set[Term]:
    """What is concluded to be of that kind."""
    return {quad.subject for quad in store.quads_for_pattern(None, TYPE, iri(kind), CONCLUDED)}


def values(store: Store, subject: Term, predicate: str) -> set[Term]:
    """What is given or concluded of a thing."""
    assert isinstance(subject, NamedNode)
    return {quad.object for quad in store.quads_for_pattern(subject, iri(predicate), None)}


def with_value(store: Store, predicate: str, value: Term | None = None) -> set[Term]:
    """The things of which it is given or concluded."""
    return {quad.subject for quad in store.quads_for_pattern(None, iri(predicate), value)}


def events_with(store: Store, nodes: set[Term], predicate: str) -> set[tuple[Term, Term]]:
    """The event of each claim or participation, with each value that it gives."""
    return {
        (event, value)
        for node in nodes
        for event in values(store, node, "mg:event")
        for value in values(store, node, predicate)
    }


def present(store: Store) -> set[Term]:
    """The participations, given or concluded, of those who were present."""
    participations = with_value(store, "rdf:type", iri("mg:Participation"))
    return participations & with_value(store, "mg:attendance", iri("attendance:present"))


@pytest.mark.slow
def test_cases_do_not_touch_each_other() -> None:
    """What is concluded of an event does not depend on pages that speak of other events."""
    apart = {triple for case in cases(GIVEN) for triple in all_concluded(set_apart(case))}
    # The order of pages is the one thing that is concluded across cases.
    found = {triple for triple in concluded(together()) if triple.predicate != iri("mg:publishedAfter")}
    assert_same(found, {triple for triple in apart if triple.predicate != iri("mg:publishedAfter")})


@pytest.mark.parametrize("edge", ["schema:attendee", "schema:performer"])
def test_only_an_event_that_was_held_has_somebody_there(edge: str) -> None:
    store = together()
    attended = {quad.subject for quad in store.quads_for_pattern(None, iri(edge), None, CONCLUDED)}
    assert attended
    assert {event for event in attended if values(store, event, "mg:eventStatus") != {iri("status:held")}} == set()
    assert attended & with_value(store, "rdf:type", iri("schema:EventSeries")) == set()


@pytest.mark.parametrize("edge", ["schema:attendee", "schema:performer"])
def test_only_somebody_known_and_present_was_there(edge: str) -> None:
    store = together()
    found = {(quad.subject, quad.object) for quad in store.quads_for_pattern(None, iri(edge), None, CONCLUDED)}
    assert found - events_with(store, present(store), "mg:agent") == set()
    assert {agent for _, agent in found} & with_value(store, "rdf:type", iri("foaf:Group")) == set()


def test_a_set_of_candidates_makes_nobody_a_participant() -> None:
    store = together()
    sets = with_value(store, "mg:candidate") | with_value(store, "mg:candidateHolderOf")
    assert sets
    participations = things(store, "mg:Participation")
    assert {node for node in participations if values(store, node, "mg:concludedFrom") & sets} == set()


def test_a_candidate_takes_part_only_where_another_claim_says_so() -> None:
    store = together()
    claims = with_value(store, "rdf:type", CLAIM)
    candidates = events_with(store, claims, "mg:candidate")
    holders = {
        (event, agent)
        for event, post in events_with(store, claims, "mg:holderOf")
        for membership in with_value(store, "org:role", post)
        for agent in values(store, membership, "org:member")
    }
    take_part = events_with(store, things(store, "mg:Participation"), "mg:agent")
    assert candidates
    assert take_part & candidates - events_with(store, claims, "mg:agent") - holders == set()


def test_nobody_is_present_and_a_candidate_at_one_event() -> None:
    store = together()
    possible = events_with(store, things(store, "mg:PossibleParticipation"), "mg:candidate")
    assert possible
    assert possible & events_with(store, present(store), "mg:agent") == set()


def test_a_possible_participation_is_no_certain_one() -> None:
    store = together()
    possible = things(store, "mg:PossibleParticipation")
    assert possible & with_value(store, "rdf:type", iri("mg:Participation")) == set()
    assert possible & with_value(store, "mg:attendance") == set()
    # Whoever asks for agents and roles, not knowing of candidates, finds none of them.
    assert possible & (with_value(store, "mg:agent") | with_value(store, "cv:role")) == set()


@pytest.mark.parametrize("kind", FOLLOW_FROM_CLAIMS)
def test_what_is_concluded_follows_from_claims(kind: str) -> None:
    store = together()
    claims = with_value(store, "rdf:type", CLAIM)
    found = things(store, kind)
    assert found
    proven = {quad.subject for quad in store.quads_for_pattern(None, DERIVED, None, CONCLUDED) if quad.object in claims}
    assert found - proven == set()


def test_only_what_came_about_is_a_role() -> None:
    """Nobody has a role at an event that is planned or was called off, nor is such a role led to by standard terms."""
    store = together()
    had = {quad.subject for quad in store.quads_for_pattern(None, iri("cv:role"), None)} & things(
        store, "mg:Participation"
    )
    statuses = {status for _, status in events_with_status(store, had)}
    assert iri("status:held") in statuses
    assert statuses == {iri("status:held")}
    led_to = {quad.object for quad in store.quads_for_pattern(None, iri("cv:hasParticipation"), None, CONCLUDED)}
    assert led_to
    assert led_to - with_value(store, "cv:role") == set()


def events_with_status(store: Store, parts: set[Term]) -> set[tuple[Term, Term]]:
    """The event of each participation, with its status where it has one."""
    return {
        (event, status)
        for part in parts
        for event in values(store, part, "mg:event")
        for status in values(store, event, "mg:eventStatus")
    }


def test_conclusions_vanish_with_their_graph() -> None:
    """The graph of conclusions gone, the input is left as it was."""
    store = store_with(given_together())
    before = set(store)
    conclude(store, list(rules().values()))
    assert set(store) > before
    store.remove_graph(CONCLUDED)
    assert set(store) == before


def test_concluding_twice_gives_the_same() -> None:
    store = store_with(given_together())
    conclude(store, list(rules().values()))
    once = set(store)
    conclude(store, list(rules().values()))
    assert set(store) == once


@pytest.mark.parametrize("name", RELATIONS)
def test_each_relation_is_concluded(name: str) -> None:
    """A relation that a claims file may set becomes the term it stands for."""
    relation = iri(RELATIONS[name])
    claim, subject, other = iri("claim:page.key"), iri("event:meeting"), iri("letter:letter")
    said = [(TYPE, iri("mg:RelationClaim")), (iri("mg:subject"), subject), (iri("mg:relation"), relation)]
    given = [Triple(claim, *pair) for pair in (*said, (iri("mg:object"), other))]
    assert_same(all_concluded(given), {Triple(subject, relation, other)})
