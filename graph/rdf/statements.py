"""Statements: from compact names to quads, and from quads to sorted N-Quads lines and back; Turtle files read.

A dataset is a pyoxigraph ``Store`` or an iterable of quads; neither is wrapped.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from graph.common.findings import Finding, FindingsError
from graph.model.labels import LanguageMap
from graph.rdf.terms import iri, lang_literal

# The object of a statement: a compact name, which is expanded later, or an RDF term.
Object = str | NamedNode | Literal
# Subject and predicate as compact names, and the object.
Statement = tuple[str, str, Object]


def quads_about(graph: NamedNode, subject: str, *pairs: tuple[str, Object | None]) -> list[Quad]:
    """Return the quads of one subject in a graph. A pair of predicate and object is skipped if the object is None."""
    node = iri(subject)
    return [
        Quad(node, iri(predicate), iri(value) if isinstance(value, str) else value, graph)
        for predicate, value in pairs
        if value is not None
    ]


def label_quads(graph: NamedNode, subject: str, label: LanguageMap) -> list[Quad]:
    """Return the quads for the label of a subject: one in each language and, without one in nb, one in no language."""
    default = ("rdfs:label", Literal(label.default) if label.default else None)
    return quads_about(graph, subject, *language_pairs("rdfs:label", label), default)


def name_pairs(label: LanguageMap, *predicates: str) -> list[tuple[str, Literal]]:
    """Return the label again by these terms for names: some of the same literals, so that none adds another label.

    By the axioms of their vocabularies, ``foaf:name`` and ``schema:name`` are ``rdfs:label`` too. The label that is in
    no language is for queries alone: whoever asks for names would get one twice.
    """
    return [pair for predicate in predicates for pair in language_pairs(predicate, label)]


def language_pairs(predicate: str, texts: LanguageMap) -> list[tuple[str, Literal]]:
    """Return a (predicate, object) pair for the text in each language."""
    return [(predicate, lang_literal(text, tag)) for tag, text in texts.items()]


def label_pairs(nb: str, en: str | None) -> tuple[tuple[str, Object | None], ...]:
    """Return the (predicate, object) pairs for a label of ours, in Norwegian and, if there is one, in English."""
    return ("rdfs:label", lang_literal(nb)), ("rdfs:label", lang_literal(en, "en") if en else None)


def statements_about(subject: str, *pairs: tuple[str, Object | None]) -> list[Statement]:
    """Return the statements of one subject, without a graph. A pair is skipped if its object is None."""
    return [(subject, predicate, value) for predicate, value in pairs if value is not None]


def to_quads(statements: Iterable[Statement], graph: NamedNode) -> Iterator[Quad]:
    """Yield the statements as quads in a graph, their compact names expanded."""
    for subject, predicate, value in statements:
        yield Quad(iri(subject), iri(predicate), iri(value) if isinstance(value, str) else value, graph)


def to_nquads(quads: Iterable[Quad]) -> list[str]:
    """Return the quads as N-Quads lines without line ends, sorted and without duplicates."""
    return sorted({f"{quad} ." for quad in quads})


def read_nquads(file: Path) -> list[str]:
    """Return the lines of an N-Quads file."""
    # Only a line feed ends a line: other line separators may be part of a literal.
    return file.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def predicate_of(row: str) -> str:
    """Return the predicate of an N-Quads line, as it stands there."""
    start = row.index(" ") + 1
    return row[start : row.index(" ", start)]


def parse_nquads(rows: Iterable[str]) -> Iterator[Quad]:
    """Yield the quads of N-Quads lines that quads were written as: their IRIs are not checked once more.

    To check them takes two fifths of the time.
    """
    return parse("\n".join(rows).encode(), format=RdfFormat.N_QUADS, lenient=True)


def read_turtle(file: Path, name: str) -> list[Triple]:
    """Return the triples of a Turtle file, ``name`` in messages. Raise FindingsError with the line of a mistake."""
    try:
        return list(parse(path=file, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise FindingsError([Finding(name, error.lineno or 0, f"not Turtle: {error.msg}")]) from error
    except OSError as error:
        raise FindingsError([Finding(name, 0, f"cannot be read: {error.strerror or error}")]) from error


def read_ontology(folder: Path) -> list[Quad]:
    """Return the ontology and its concept schemes as quads, without the shapes and rules that only a build needs.

    Cue words (``skos:hiddenLabel``) are left out too: they help to read pages, and tell nothing of what was read. Other
    names of a concept are ``schema:alternateName``, as those of people and bodies are: by the axioms of SKOS, each
    ``skos:altLabel`` is an ``rdfs:label``, and a store that infers would show a thing once for each of its names.
    """
    ontology, cue = iri("graph:ontology"), iri("skos:hiddenLabel")
    names = {iri("skos:altLabel"): iri("schema:alternateName")}
    files = [*sorted(folder.glob("*.ttl")), *sorted(folder.glob("schemes/*.ttl"))]
    return [
        Quad(triple.subject, names.get(triple.predicate, triple.predicate), triple.object, ontology)
        for file in files
        if file.name != "shapes.ttl"
        for triple in read_turtle(file, f"ontology/{file.relative_to(folder).as_posix()}")
        if triple.predicate != cue
    ]


def merge_nquads(*collections: Iterable[Sequence[str]]) -> list[str]:
    """Return all lines of several collections of sorted lists in one list, sorted and without duplicates."""
    # Python's sort finds the runs that are in order already, and merges them: several times faster than a set.
    rows = sorted(row for collection in collections for rows in collection for row in rows)
    return [row for row, _ in groupby(rows)]


def load_nquads(rows: Iterable[str]) -> Store:
    """Return a store in memory that holds N-Quads lines that quads were written as."""
    store = Store()
    # Lenient: their IRIs are not checked once more, which takes a quarter of the time.
    store.bulk_load(input="\n".join(rows).encode(), format=RdfFormat.N_QUADS, lenient=True)
    return store


def to_store(quads: Iterable[Quad]) -> Store:
    """Return a store in memory that holds these quads."""
    store = Store()
    store.bulk_extend(quads)
    return store
