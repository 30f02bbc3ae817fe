"""Rules: ``ontology/rules`` over claims, registry and our decisions -> plain statements in a graph of their own.

A rule is a CONSTRUCT query in a file named for what it concludes. ``#+ after:`` names the rules whose conclusions it
reads, and ``#+ only: pages`` says that it makes what registers do without. The graph of conclusions can be dropped and
drawn anew at any time; nothing else depends on it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple

from graph.common.findings import Finding, FindingsError, did_you_mean
from graph.model.iris import BASE, instant_names, interval_name, participation_name, possible_name
from graph.rdf.statements import to_nquads
from graph.rdf.terms import compact, iri

CONCLUDED = iri("graph:concluded")
# More bytes than these are loaded in bulk.
_MANY_BYTES = 300_000
_PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]+)>", re.IGNORECASE)
_WHERE = re.compile(r"(?<![\w<?$:/#-])WHERE(?![\w:])", re.IGNORECASE)
_IRI = re.compile(r"<[^<>\s]+>")
_NAME = re.compile(r"(?<![\w<?$])([a-z][\w-]*):(\w[\w-]*)")
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
IriFunction = Callable[..., NamedNode | BlankNode | Literal | Triple | None]
# The IRIs of what rules conclude are formed by ``graph.model.iris`` alone: rules call it, as ``iri:participation``.
_NAMES: dict[str, Callable[..., str]] = {
    "participation": participation_name,
    "possible": possible_name,
    "interval": interval_name,
    "beginning": lambda thing: instant_names(interval_name(thing))[0],
    "ending": lambda thing: instant_names(interval_name(thing))[1],
}


@dataclass(frozen=True)
class Rule:
    """A query, and the names of the rules from whose conclusions it concludes; whether it is of pages alone."""

    name: str
    query: str
    after: tuple[str, ...]
    of_pages: bool = False

    @cached_property
    def reads(self) -> frozenset[str]:
        """The IRIs that its pattern names, as N-Triples writes them: of all else it concludes nothing.

        SPARQL may leave out the word before the pattern: then all that the query names counts.
        """
        query = re.sub(r"^\s*#.*", "", self.query, flags=re.MULTILINE)
        prefixes = dict(_PREFIX.findall(query))
        found = _WHERE.search(query)
        pattern = re.sub(r'"[^"]*"', "", query[found.start() if found else 0 :])
        names = _NAME.findall(re.sub(r"#.*", "", pattern))
        return frozenset(
            (*(f"<{prefixes[prefix]}{local}>" for prefix, local in names if prefix in prefixes), *_IRI.findall(pattern))
        )


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
    of_pages = re.search(r"^#\+ only: pages$", query, re.MULTILINE) is not None
    return Rule(file.stem, query, tuple(name.strip() for line in after for name in line.split(",")), of_pages)


def conclude(store: Store, rules: list[Rule]) -> None:
    """Put what the rules conclude into the store's graph of conclusions, in place of what was there."""
    store.remove_graph(CONCLUDED)
    for rule in rules:
        store.extend(apply(store, rule))


def apply(store: Store, rule: Rule) -> list[Quad]:
    """Return what one rule concludes from everything in the store."""
    return [Quad(triple.subject, triple.predicate, triple.object, CONCLUDED) for triple in _query(store, rule, True)]


def _query(store: Store, rule: Rule, union: bool) -> QueryTriples:
    """Return the result of a rule over the default graph of a store, or over the ``union`` of all its graphs."""
    try:
        result = store.query(rule.query, use_default_graph_as_union=union, custom_functions=_IRI_FUNCTIONS)
    except SyntaxError as error:
        raise FindingsError([Finding(f"ontology/rules/{rule.name}.rq", 0, f"not SPARQL: {error}")]) from error
    assert isinstance(result, QueryTriples)
    return result


def ontology_text(ontology: Iterable[Quad], rules: list[Rule]) -> str:
    """Return those statements of the ontology that some rule can read, as N-Triples."""
    return "".join(f"{line[: line.rindex(' ', 0, -2)]} .\n" for line in read_by(rules, to_nquads(ontology)))


def conclude_lines(lines: Iterable[str], rules: list[Rule], ontology: Iterable[Quad] | str) -> list[str]:
    """Return what the rules conclude from N-Quads lines of any graphs, as sorted lines in the graph of conclusions.

    Instead of the ontology, what they read of it can be given (``ontology_text``).

    They are the same as those that ``conclude`` puts into a store, in a third of the time: only what some rule reads is
    loaded, into one graph, and of the conclusions only those that a later rule reads.
    """
    store = Store()
    # As N-Triples: the union of all graphs.
    text = "".join(f"{line[: line.rindex(' ', 0, -2)]} .\n" for line in read_by(rules, lines))
    ontology = ontology if isinstance(ontology, str) else ontology_text(ontology, rules)
    store.bulk_load(input=(ontology + text).encode(), format=RdfFormat.N_TRIPLES, lenient=True)
    read_later = {name for rule in rules for name in rule.after}
    concluded: set[bytes] = set()
    for rule in rules:
        body = _query(store, rule, False).serialize(format=RdfFormat.N_TRIPLES)
        assert body is not None
        concluded.update(body.split(b"\n"))
        if rule.name in read_later and body:
            load = store.bulk_load if len(body) > _MANY_BYTES else store.load
            load(input=body, format=RdfFormat.N_TRIPLES, lenient=True)
    concluded.discard(b"")
    return sorted(f"{line[:-2].decode()} {CONCLUDED} ." for line in concluded)


def read_by(rules: Iterable[Rule], lines: Iterable[str]) -> Iterator[str]:
    """Yield those of N-Quads lines that some rule can read: their predicate, or the type that they give, is named."""
    names = frozenset().union(*(rule.reads for rule in rules))
    for line in lines:
        start = line.index(" ") + 1
        end = line.index(" ", start)
        predicate = line[start:end]
        if (predicate in names) if predicate != TYPE else (line[end + 1 : line.index(" ", end + 1)] in names):
            yield line


def _iri_function(name_of: Callable[..., str]) -> IriFunction:
    """Return a function for queries: the IRIs of some things -> that of the thing named after them."""

    def iri_of(*things: NamedNode) -> NamedNode:
        return iri(name_of(*map(compact, things)))

    return iri_of


_IRI_FUNCTIONS = {NamedNode(f"{BASE}iri/{name}"): _iri_function(name_of) for name, name_of in _NAMES.items()}
