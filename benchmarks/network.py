"""Ties counted in Python from who was where, against a grouped self-join in SPARQL; and what goes with them.

    python benchmarks/network.py --pages 100 --claims 100 --large 2000

Pages are generated and built, and one event of ``--large`` people more is put into the store. Groups that nobody named
are left out on both sides. Measured are CPU seconds of one process:

- theirs: pairs of people at the same event, joined, counted and sorted by the engine (``pairs.rq``), the first 20 read;
- ours: who was where is fetched, made a network, counted and sorted. That both count the same is checked beforehand.
  Once as generated, once with the large event. Bound with it: ours to theirs, 1;
- ours as ``motegraf ties`` has it, which leaves the pairs of the large event out and says so; no bound;
- all ties of one actor, who was at the large event too. Bound: to all ties of all, 1/4.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measure import Figure, exit_code, generated, table
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from build_graph import build
from graph.network.presence import presence_network
from graph.network.ties import all_ties, ties_of
from graph.query.results import QueryFn, QueryResult, expect_table, read_result
from graph.rdf.terms import compact, iri

MOST_OF_ENGINE, MOST_OF_ONE = 1.0, 1 / 4
SELF_JOIN = Path(__file__).with_name("pairs.rq")
ACTOR = iri("person:laila-bokhari").value
LARGE = "event:stort-mote"
SHOWN, EVERYBODY = 20, 10_000_000


def connect(store: Store) -> QueryFn:
    """The store as a place to ask."""

    def run(query: str) -> QueryResult:
        return read_result(store.query(query, use_default_graph_as_union=True))

    return run


def add_large_event(store: Store, people: int) -> None:
    """An event that was held, at which so many people and the actor were present, as conclusions would have it."""
    graph, held = iri("graph:concluded"), iri("status:held")

    def state(subject: str, *said: tuple[str, NamedNode | Literal]) -> None:
        store.bulk_extend(Quad(iri(subject), iri(predicate), value, graph) for predicate, value in said)

    name = Literal("Stort møte", language="nb")
    state(LARGE, ("rdf:type", iri("mg:SingleEvent")), ("mg:eventStatus", held), ("rdfs:label", name))
    names = [f"person:oppdiktet-{number}" for number in range(people - 1)]
    for person in [*names, compact(NamedNode(ACTOR))]:
        label = Literal(person, language="nb")
        state(person, ("rdf:type", iri("foaf:Person")), ("rdfs:label", label))
    for number, person in enumerate([*map(iri, names), NamedNode(ACTOR)]):
        state(
            f"participation:stort-mote.{number}",
            ("rdf:type", iri("mg:Participation")),
            ("mg:event", iri(LARGE)),
            ("mg:agent", person),
            ("cv:role", iri("role:participant")),
            ("mg:attendance", iri("attendance:present")),
        )


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What comes of it, and the CPU seconds."""
    begun = time.process_time()
    made = work()
    return made, time.process_time() - begun


def by_engine(run: QueryFn, most: int) -> list[tuple[str, str, int]]:
    """Pairs and at how many events each was, by a grouped self-join, the strongest of them."""
    rows = expect_table(run(f"{SELF_JOIN.read_text(encoding='utf-8')}LIMIT {most}")).rows
    return [(one.value, other.value, int(count.value)) for one, other, count in rows if one and other and count]


def by_us(run: QueryFn, most: int) -> list[tuple[str, str, int]]:
    """The same in Python."""
    ties = all_ties(presence_network(run), top=most, max_actors=EVERYBODY).rows
    return [(tie.one, tie.other, len(tie.certain)) for tie in ties if tie.certain]


def compare(run: QueryFn, what: str, bound: float | None) -> list[Figure]:
    """How long either takes to count all pairs and give the 20 strongest; of all pairs they count the same."""
    assert sorted(by_engine(run, EVERYBODY)) == sorted(by_us(run, EVERYBODY)), "the two do not count the same"
    _, engine = timed(lambda: by_engine(run, SHOWN))
    _, python = timed(lambda: by_us(run, SHOWN))
    return [
        Figure(f"{what}: theirs, a grouped self-join, CPU s", f"{engine:.3f}"),
        Figure("  ours: fetched and counted, CPU s", f"{python:.3f}", python / engine, bound),
    ]


def figures(pages: int, claims: int, large: int) -> list[Figure]:
    """All that is measured."""
    store = Store()
    with generated(pages, claims) as folder:
        build(folder / "home", folder / "out")
        store.bulk_load(path=folder / "out/motegraf.nq", format=RdfFormat.N_QUADS)
    run = connect(store)
    rows = compare(run, "as generated", None)
    add_large_event(store, large)
    rows += compare(run, f"with an event of {large:,}", MOST_OF_ENGINE)
    graph, fetched = timed(lambda: presence_network(run))
    whole, all_seconds = timed(lambda: all_ties(graph, top=SHOWN, max_actors=EVERYBODY))
    capped, capped_seconds = timed(lambda: all_ties(graph, top=SHOWN))
    of_one, one_seconds = timed(lambda: ties_of(graph, ACTOR))
    assert capped.left_out == [iri(LARGE).value]
    return [
        *rows,
        Figure("who was where: fetched and made a network, CPU s", f"{fetched:.3f}"),
        Figure(f"all {whole.total:,} ties of it, CPU s", f"{all_seconds:.3f}"),
        Figure("  without those of the large event, CPU s", f"{capped_seconds:.3f}", capped_seconds / all_seconds),
        Figure(
            f"the {of_one.total:,} ties of one actor, CPU s",
            f"{one_seconds:.3f}",
            one_seconds / all_seconds,
            MOST_OF_ONE,
        ),
    ]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Ties in Python against a grouped self-join.")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--claims", type=int, default=100, help="claims a page")
    parser.add_argument("--large", type=int, default=2000, help="people at the large event, more than 200")
    options = parser.parse_args()
    found = figures(options.pages, options.claims, options.large)
    print(table(f"network: {options.pages} pages of {options.claims} claims", found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
