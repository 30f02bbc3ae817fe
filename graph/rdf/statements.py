"""Dataset: quads in and out: terms made short, files read and written, and the order in which statements stand.

A dataset is a pyoxigraph ``Store`` or simply its quads; neither is wrapped.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from graph.common.findings import Finding, FindingsError
from graph.model.iris import iri

# What may stand where a compact name is expanded: the name itself, a term, or a label with its language.
Object = str | NamedNode | Literal
# Subject, predicate and value, not expanded yet.
Statement = tuple[str, str, Object]


def text(value: str, language: str = "nb") -> Literal:
    """Words of a page or a label, in their language."""
    return Literal(value, language=language)


@lru_cache(maxsize=8192)
def day(value: date) -> Literal:
    """An ``xsd:date``."""
    return Literal(value.isoformat(), datatype=iri("xsd:date"))


def about(graph: NamedNode, subject: str, *pairs: tuple[str, Object | None]) -> list[Quad]:
    """What a graph says of one thing; a value that is None says nothing. Strings are compact names."""
    node = iri(subject)
    return [
        Quad(node, iri(predicate), iri(value) if isinstance(value, str) else value, graph)
        for predicate, value in pairs
        if value is not None
    ]


def labelled(graph: NamedNode, subject: str, nb: str, en: str | None) -> list[Quad]:
    """The label of a thing, in Norwegian and, where there is one, in English."""
    return about(graph, subject, *labels(nb, en))


def labels(nb: str, en: str | None) -> tuple[tuple[str, Object | None], ...]:
    """What to say of a thing that has this label."""
    return ("rdfs:label", text(nb)), ("rdfs:label", text(en, "en") if en else None)


def said(subject: str, *pairs: tuple[str, Object | None]) -> list[Statement]:
    """The same as ``about``, in whatever graph."""
    return [(subject, predicate, value) for predicate, value in pairs if value is not None]


def quads(statements: Iterable[Statement], graph: NamedNode) -> Iterator[Quad]:
    """The statements with their names expanded, in a graph."""
    for subject, predicate, value in statements:
        yield Quad(iri(subject), iri(predicate), iri(value) if isinstance(value, str) else value, graph)


def lines(quads: Iterable[Quad]) -> list[str]:
    """The quads as N-Quads lines without line ends, sorted, each once: the same for every order they came in."""
    return sorted({f"{quad} ." for quad in quads})


def lines_of(file: Path) -> list[str]:
    """The lines of N-Quads, which end in a line feed alone: what ends a line elsewhere may stand in a literal."""
    return file.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def from_lines(rows: Iterable[str]) -> Iterator[Quad]:
    """The quads of N-Quads lines."""
    return parse("\n".join(rows).encode(), format=RdfFormat.N_QUADS)


def read_turtle(file: Path, name: str) -> list[Triple]:
    """The statements of a Turtle file; a FindingsError with the line where it is none."""
    try:
        return list(parse(path=file, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise FindingsError([Finding(name, error.lineno or 0, f"not Turtle: {error.msg}")]) from error
    except OSError as error:
        raise FindingsError([Finding(name, 0, f"cannot be read: {error.strerror or error}")]) from error


def read_ontology(folder: Path) -> list[Quad]:
    """The vocabulary and its schemes, without the shapes and rules that only the build needs."""
    ontology = iri("graph:ontology")
    files = [*sorted(folder.glob("*.ttl")), *sorted(folder.glob("schemes/*.ttl"))]
    return [
        Quad(triple.subject, triple.predicate, triple.object, ontology)
        for file in files
        if file.name != "shapes.ttl"
        for triple in read_turtle(file, f"ontology/{file.relative_to(folder).as_posix()}")
    ]


def merged(*collections: Iterable[list[str]]) -> list[str]:
    """Collections of lines as one: sorted, each line once."""
    return sorted({row for collection in collections for rows in collection for row in rows})


def store_of(quads: Iterable[Quad]) -> Store:
    """A store in memory with these quads."""
    store = Store()
    store.bulk_extend(quads)
    return store
