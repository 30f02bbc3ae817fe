"""The ready questions as RDF, for SPARQL editors that list examples: ``sh:SPARQLExecutable`` of SHACL.

Each has its texts, its tags, and its query without the header, whose content is RDF here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import Literal

from graph.model.iris import prefixes_under
from graph.ontology import docs
from graph.publish.jsonld import context_file
from graph.query.questions import TAGS, Question, sparql_text
from graph.rdf.statements import Statement, label_pairs, statements_about
from graph.rdf.terms import lang_literal
from graph.rdf.turtle import serialize_turtle


def query_rdf(questions: Iterable[Question], base: str) -> bytes:
    """Return the questions as Turtle."""
    return serialize_turtle((each for question in questions for each in _statements(question)), prefixes_under(base))


def _statements(question: Question) -> Iterator[Statement]:
    words = [TAGS[tag] for tag in question.tags]
    meanings = [question.definition] if question.definition else []
    yield from statements_about(
        f"question:{question.name.replace('_', '-')}",
        ("rdf:type", "sh:SPARQLExecutable"),
        ("rdf:type", "sh:SPARQLSelectExecutable"),
        *label_pairs(question.summary.nb, question.summary.en),
        *(("rdfs:comment", lang_literal(getattr(question.description, lang), lang)) for lang in ("nb", "en")),
        *(("skos:definition", lang_literal(getattr(each, lang), lang)) for each in meanings for lang in ("nb", "en")),
        *(("schema:keywords", lang_literal(getattr(word, lang), lang)) for word in words for lang in ("nb", "en")),
        ("dct:identifier", Literal(question.name)),
        ("sh:select", Literal(sparql_text(question))),
    )


def extra_files(questions: Sequence[Question], base: str, home: Path) -> dict[str, Callable[[], bytes]]:
    """Return the files beside the dataset by name, each made when it is called for.

    The documentation of the ontology is that of the home.
    """
    return {
        "context.jsonld": lambda: context_file(base),
        "ontology.html": lambda: docs.ontology_page(home),
        "queries.ttl": lambda: query_rdf(questions, base),
        "shapes.ttl": lambda: (home / "ontology/shapes.ttl").read_bytes(),
    }
