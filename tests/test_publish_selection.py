"""A selection stands on its own: all labels, all proof, and the same results as the whole graph."""

from pathlib import Path

import pytest
from equivalence import variants
from pyoxigraph import NamedNode, RdfFormat, Store

from graph import HOME
from graph.model.iris import BASE
from graph.publish.selection import entities_in_table, select
from graph.push.verify import normalize_proofs
from graph.query.ask import run_question
from graph.query.parameters import resolve_all
from graph.query.proof import row_passages
from graph.query.questions import read_question
from graph.query.stores import connect_store, open_store
from graph.rdf.terms import compact, iri

pytestmark = pytest.mark.slow

# What no claim uses of a page, and how much of it that is, is no part of what a selection says.
MORE_BESIDES = {"what_is_uncertain", "which_capacities_does_the_registry_leave_open"}
OF_A_WHOLE_PAGE = {"how_much_of_a_page_is_covered", "what_does_no_claim_cover"}
_NAMES = {iri("rdf:type"), iri("rdfs:label")}


@pytest.fixture(scope="module")
def whole(built: Path) -> Store:
    return open_store(built)


def store_of_lines(rows: list[str]) -> Store:
    store = Store()
    store.bulk_load(input="\n".join(rows).encode(), format=RdfFormat.N_QUADS)
    return store


def subjects(store: Store) -> set[str]:
    """What the selection says more of than a name."""
    return {compact(quad.subject) for quad in store if quad.predicate not in _NAMES}


def test_selected_actor_brings_whole_events(whole: Store) -> None:
    actual = subjects(store_of_lines(select(whole, (), [iri("person:joran-kallmyr")])))
    kinds = ("event:", "series:", "participation:", "possible:", "person:", "membership:")
    assert sorted(name for name in actual if name.startswith(kinds)) == [
        "event:sarpsborg-2014-10",
        "membership:joran-kallmyr.justis-og-innvandringsminister.2019-03-29",
        "membership:joran-kallmyr.statssekretaer-jd.2014-10-01",
        "participation:sarpsborg-2014-10.joran-kallmyr",
        "participation:sarpsborg-2014-10.laila-bokhari",
        "person:joran-kallmyr",
        "person:laila-bokhari",
    ]


def test_series_that_is_only_named_has_its_bounds(whole: Store) -> None:
    store, series = store_of_lines(select(whole, (), [iri("person:laila-bokhari")])), iri("series:dialogmoter-2014")
    stated = {compact(quad.predicate) for quad in store.quads_for_pattern(series, None, None)}
    assert {"mg:earliest", "mg:latest"} <= stated
    assert "mg:concludedFrom" not in stated


def test_entity_in_a_result_brings_no_incoming_statements(whole: Store) -> None:
    actual = subjects(store_of_lines(select(whole, [iri("person:joran-kallmyr")])))
    assert actual == {"person:joran-kallmyr"}


@pytest.mark.parametrize("actor", ["joran-kallmyr", "laila-bokhari", "erna-solberg"])
def test_selection_has_all_labels_and_proof(actor: str, whole: Store) -> None:
    store = store_of_lines(select(whole, (), [iri(f"person:{actor}")]))
    ours = {quad.object for quad in store if isinstance(quad.object, NamedNode) and quad.object.value.startswith(BASE)}
    nameless = {
        thing
        for thing in ours
        for name in _NAMES
        if any(whole.quads_for_pattern(thing, name, None)) and not any(store.quads_for_pattern(thing, name, None))
    }
    assert nameless == set()
    derived = {quad.object for quad in store.quads_for_pattern(None, iri("mg:concludedFrom"), None)}
    claims = {thing for thing in derived if compact(thing).startswith("claim:")}
    quotes = {
        thing: [quad.object for quad in store.quads_for_pattern(thing, iri("mg:evidence"), None)] for thing in claims
    }
    assert claims
    for claim, proof in quotes.items():
        assert proof, claim
        for quote in proof:
            assert any(store.quads_for_pattern(quote, iri("schema:text"), None))
            [page] = [quad.object for quad in store.quads_for_pattern(quote, iri("prov:wasQuotedFrom"), None)]
            assert any(store.quads_for_pattern(page, iri("schema:url"), None))


def test_selection_is_a_subset_of_the_graph(whole: Store) -> None:
    rows = select(whole, (), [iri("person:laila-bokhari")])
    assert rows == sorted(set(rows))
    assert set(rows) < {f"{quad} ." for quad in whole}


@pytest.mark.parametrize(("name", "given"), variants(), ids=str)
def test_question_has_the_same_result_in_its_selection(name: str, given: dict[str, str], whole: Store) -> None:
    question = read_question(HOME / "queries" / f"{name}.rq")
    there = connect_store(whole)
    table = normalize_proofs(run_question(question, given, there), question)
    things = entities_in_table(table, resolve_all(question, given, there).values())
    here = connect_store(store_of_lines(select(whole, things)))
    actual = normalize_proofs(run_question(question, given, here), question)
    if name in OF_A_WHOLE_PAGE:
        assert actual != table
        return
    # What is selected may speak of more of the kind than was asked for, and never of less.
    assert [row for row in table.rows if row not in actual.rows] == []
    if name not in MORE_BESIDES:
        assert actual.rows == table.rows
    assert row_passages(table, question, here) == row_passages(table, question, there)
