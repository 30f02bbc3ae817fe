"""Rules: ``ontology/rules`` over claims, registry and our decisions -> plain statements in a graph of their own.

A rule is a CONSTRUCT query in a file named for what it concludes. ``#+ after:`` names the rules whose conclusions it
reads. The graph of conclusions can be dropped and drawn anew at any time; nothing else depends on it.
"""

import re
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryTriples, Store, Triple

from graph.common.findings import Finding, FindingsError, did_you_mean
from graph.model.iris import BASE, instant_names, interval_name, participation_name, possible_name
from graph.rdf.terms import compact, iri

CONCLUDED = iri("graph:concluded")
IriFunction = Callable[..., NamedNode | BlankNode | Literal | Triple | None]
# The IRIs of what rules conclude are formed by ``graph.model.iris`` alone: rules call it, as ``iri:participation``.
_NAMES: dict[str, Callable[..., str]] = {
    "participation": participation_name,
    "possible": possible_name,
    "interval": interval_name,
    "beginning": lambda thing: instant_names(interval_name(thing))[0],
    "ending": lambda thing: instant_names(interval_name(thing))[1],
}


class Rule(NamedTuple):
    """A query, and the names of the rules from whose conclusions it concludes."""

    name: str
    query: str
    after: tuple[str, ...]


def read_rules(folder: Path) -> list[Rule]:
    """Return the rules, each after those that it reads. Raise FindingsError where there is no such order."""
    rules = {file.stem: _read_rule(file) for file in sorted(folder.glob("*.rq"))}
    if not rules:
        raise FindingsError([Finding("ontology/rules", 0, "there are no rules")])
    for rule in rules.values():
        for name in rule.after:
            if name not in rules:
                message = f"#+ after: names {name!r}, which is no rule.{did_you_mean(name, rules)}"
                raise FindingsError([Finding(f"ontology/rules/{rule.name}.rq", 0, message)])
    try:
        order = TopologicalSorter({name: sorted(rule.after) for name, rule in rules.items()}).static_order()
        return [rules[name] for name in order]
    except CycleError as error:
        raise FindingsError(
            [Finding("ontology/rules", 0, f"rules wait for each other: {' → '.join(error.args[1])}")]
        ) from error


def _read_rule(file: Path) -> Rule:
    query = file.read_text(encoding="utf-8")
    after = re.findall(r"^#\+ after: (.+)$", query, re.MULTILINE)
    return Rule(file.stem, query, tuple(name.strip() for line in after for name in line.split(",")))


def conclude(store: Store, rules: list[Rule]) -> None:
    """Put what the rules conclude into the store's graph of conclusions, in place of what was there."""
    store.remove_graph(CONCLUDED)
    for rule in rules:
        store.extend(apply(store, rule))


def apply(store: Store, rule: Rule) -> list[Quad]:
    """Return what one rule concludes from everything in the store."""
    try:
        result = store.query(rule.query, use_default_graph_as_union=True, custom_functions=_IRI_FUNCTIONS)
    except SyntaxError as error:
        raise FindingsError([Finding(f"ontology/rules/{rule.name}.rq", 0, f"not SPARQL: {error}")]) from error
    assert isinstance(result, QueryTriples)
    return [Quad(triple.subject, triple.predicate, triple.object, CONCLUDED) for triple in result]


def _iri_function(name_of: Callable[..., str]) -> IriFunction:
    """Return a function for queries: the IRIs of some things -> that of the thing named after them."""

    def iri_of(*things: NamedNode) -> NamedNode:
        return iri(name_of(*map(compact, things)))

    return iri_of


_IRI_FUNCTIONS = {NamedNode(f"{BASE}iri/{name}"): _iri_function(name_of) for name, name_of in _NAMES.items()}
