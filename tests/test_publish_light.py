"""The light dump is a part of the dataset that stands on its own: every conclusion, and the name of all it mentions."""

from pathlib import Path

import pytest
from conftest import OTHER_BASE, ask, load_store
from pyoxigraph import Literal, NamedNode, Store, Triple, parse

from build_graph import build
from graph import HOME
from graph.model.iris import BASE, ENTITIES
from graph.pipeline.block_cache import blocks_of, light_blocks
from graph.pipeline.cache import Cache
from graph.publish.dataset_files import turtle_file
from graph.publish.light import CONCLUDED, CONTEXT, LEFT_OUT, Mentions, choose_entities, gather, light_file, light_rows
from graph.query.ask import run_question
from graph.query.questions import find_question
from graph.query.stores import connect_store
from graph.rdf.statements import read_nquads
from graph.rdf.terms import iri

pytestmark = pytest.mark.slow

LABEL = iri("rdfs:label")
CALENDAR = [iri(f"time:{name}") for name in ("hasBeginning", "inXSDDate", "inXSDgYearMonth", "inXSDgYear")]


def triples(file: Path) -> set[Triple]:
    return {quad.triple for quad in parse(path=file)}


def of_kind(term: object, kinds: tuple[str, ...], base: str = BASE) -> bool:
    return isinstance(term, NamedNode) and any(term.value.startswith(base + ENTITIES[kind]) for kind in kinds)


@pytest.fixture(scope="module")
def light(built: Path) -> set[Triple]:
    return triples(built / "motegraf-light.ttl")


def test_light_dump_is_a_small_part_of_the_dataset(light: set[Triple], built: Path) -> None:
    whole = triples(built / "motegraf.nq")
    assert light < whole
    assert len(light) <= 0.55 * len(whole)


def test_light_dump_has_every_conclusion(light: set[Triple], built: Path) -> None:
    """All that is stated of what is concluded, but what leads to the details of proof that are left out."""
    whole = triples(built / "motegraf.nq")
    concluded = {triple for triple in whole if of_kind(triple.subject, CONCLUDED)}
    assert len(concluded) > 400
    missing = concluded - light
    assert {triple for triple in missing if not of_kind(triple.object, LEFT_OUT)} == set()
    assert len(missing) < len(concluded) / 10


@pytest.mark.parametrize("base", [BASE, OTHER_BASE])
def test_light_dump_names_all_that_it_mentions(base: str, first_page: Path, tmp_path: Path) -> None:
    build(first_page, tmp_path / "build", base)
    found = triples(tmp_path / "build/motegraf-light.ttl")
    named = {triple.subject for triple in found if triple.predicate == LABEL}
    # The interval of an event has its ends, and these have their positions in the calendar.
    named |= {triple.subject for triple in found if triple.predicate in CALENDAR}
    mentioned = {
        term
        for triple in found
        for term in (triple.subject, triple.object)
        if isinstance(term, NamedNode) and term.value.startswith((base, BASE))
    }
    assert len(mentioned) > 200
    assert mentioned - named == set()
    assert not [term for term in mentioned if of_kind(term, LEFT_OUT, base)]


def test_light_dump_has_the_sentence_of_every_conclusion(light: set[Triple], built: Path) -> None:
    store = Store()
    store.bulk_load(path=built / "motegraf-light.ttl", format=None)
    query = """SELECT DISTINCT ?thing ?text ?address WHERE { ?thing mg:concludedFrom ?claim . ?claim mg:keyEvidence
      ?evidence ; prov:hadPrimarySource ?source . ?evidence schema:text ?text . ?source schema:url ?address }"""
    rows = ask(store, query)
    assert len(rows) > 20
    assert set(rows) == set(ask(load_store(built / "motegraf.nq"), query))


def test_light_dump_leaves_out_what_nothing_speaks_of(light: set[Triple], built: Path) -> None:
    whole = triples(built / "motegraf.nq")
    subjects, all_subjects = ({triple.subject for triple in found} for found in (light, whole))
    left_out = {term for term in all_subjects - subjects if of_kind(term, CONTEXT)}
    mentioned = {triple.object for triple in light}
    assert len(left_out) > 10
    assert not left_out & mentioned
    definitions = {iri(name) for name in ("skos:definition", "rdfs:domain", "rdfs:range", "skos:example")}
    assert not [triple for triple in light if triple.predicate in definitions]


@pytest.mark.parametrize(
    "name", ["who_met_whom", "who_spoke_about_what", "who_was_where", "who_held_which_office", "who_represented_whom"]
)
def test_ready_questions_have_the_same_rows(name: str, built: Path) -> None:
    store = Store()
    store.bulk_load(path=built / "motegraf-light.ttl", format=None)
    question = find_question(HOME / "queries", name)
    expected = run_question(question, {}, connect_store(load_store(built / "motegraf.nq")), "nb")
    assert len(expected.rows) > 0
    assert run_question(question, {}, connect_store(store), "nb").rows == expected.rows


def test_rows_are_those_of_the_dataset_in_their_order(built: Path) -> None:
    rows = read_nquads(built / "motegraf.nq")
    light = light_rows(rows)
    assert light == sorted(set(light))
    assert set(light) < set(rows)
    assert light_rows(light) == light
    assert light_rows([]) == []
    assert not [row for row in light if isinstance(row, Literal)]


def test_light_dump_put_together_of_blocks_is_that_written_in_one_go(built: Path, tmp_path: Path) -> None:
    rows = read_nquads(built / "motegraf.nq")
    whole = light_file(rows, BASE)
    for _ in ("written", "read from the cache"):
        cache = Cache(tmp_path)
        blocks = sorted(light_blocks(blocks_of(rows, BASE, cache).blocks, BASE, cache), key=lambda block: block.rank)
        assert len(blocks) > 20
        assert b"".join(turtle_file(blocks, BASE)) == whole
    # Without what speaks of them, the same blocks have less in the light dump.
    fewer = [row for row in rows if not row.startswith(f"<{BASE}event/")]
    blocks = sorted(light_blocks(blocks_of(fewer, BASE, cache).blocks, BASE, cache), key=lambda block: block.rank)
    assert b"".join(turtle_file(blocks, BASE)) == light_file(fewer, BASE) != whole


def test_entities_are_chosen_alike_from_pieces_and_at_once() -> None:
    """Also where what is brief is mentioned by something that comes later, or by somebody who is whole."""
    claims, people, posts = (ENTITIES[kind] for kind in ("claim", "person", "post"))
    mentions = {
        f"{claims}a": Mentions([], [f"{people}b"]),
        f"{claims}b": Mentions([], [f"{claims}a"]),
        f"{claims}c": Mentions([], [f"{claims}b", f"{claims}d"]),
        f"{claims}d": Mentions([], []),
        f"{claims}nobody-speaks-of": Mentions([], [f"{people}c"]),
        f"{ENTITIES['event']}a": Mentions([f"{people}a"], []),
        f"{people}a": Mentions([f"{claims}c", f"{posts}a"], []),
        f"{people}b": Mentions([f"{posts}b"], [f"{posts}a"]),
        f"{people}c": Mentions([], []),
        f"{posts}a": Mentions([f"{posts}b"], []),
        f"{posts}b": Mentions([], []),
    }
    # Of whom a conclusion speaks is whole; whatever is mentioned besides is brief.
    brief = [*(f"{claims}{name}" for name in "abcd"), f"{people}b", f"{posts}a"]
    chosen = {f"{people}a": True} | dict.fromkeys(brief, False)
    assert choose_entities([gather(mentions)]) == chosen
    assert choose_entities([gather({name: each}) for name, each in mentions.items()]) == chosen


def test_membership_of_somebody_who_is_mentioned_is_whole_whoever_mentions_it() -> None:
    claims, people, held = (ENTITIES[kind] for kind in ("claim", "person", "membership"))
    mentions = {
        f"{claims}a": Mentions([], [f"{held}a"]),
        f"{ENTITIES['event']}a": Mentions([f"{people}a", f"{claims}a"], []),
        f"{held}a": Mentions([f"{people}a"], [], [f"{people}a"]),
        f"{people}a": Mentions([], []),
    }
    chosen = {f"{claims}a": False, f"{held}a": True, f"{people}a": True}
    assert choose_entities([gather(mentions)]) == chosen
    assert choose_entities([gather({name: each}) for name, each in mentions.items()]) == chosen
