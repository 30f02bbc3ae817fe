"""Write the ready questions as files for programs of others: an API by grlc, and examples for SPARQL editors.

Both name the endpoint that the queries are for. The text of a query is that of ``queries/``, with its parameters as the
program has them; as SPARQL it stays what it was, so that any editor takes it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from graph.model.iris import PREFIXES, STANDARDS
from graph.model.labels import CERTAIN, CERTAINTIES, interface_language
from graph.query.parameters import resolve
from graph.query.questions import LITERAL_KINDS, TAGS, Parameter, Question, descriptions, localized_sparql
from graph.query.results import InvalidQueryError, QueryFn
from graph.query.sparql.parameters import PARAMETER_PREFIX
from graph.query.sparql.tokens import tokens
from graph.rdf.serialize import serialize_pretty
from graph.rdf.terms import iri, lang_literal

# What grlc puts a value in as, by the end of the name of its variable; text is put in as it is.
_GRLC_SUFFIXES = {"date": "_xsd_date", "number": "_number", "certainty": "", "text": ""}
# With this line grlc need not add it, which it does before every SELECT of a query.
_XSD = f"PREFIX xsd: <{STANDARDS['xsd']}>"
# Where an endpoint that has examples for editors keeps them, after its own address.
_EXAMPLES = "/.well-known/sparql-examples/"


def grlc_files(questions: Iterable[Question], endpoint: str, lang: str, run: QueryFn) -> dict[str, bytes]:
    """Return a file for each question, by name, as grlc reads it: metadata in ``#+``, parameters that may be left out.

    The value of a parameter that is an entity is its IRI. The description has an example of it, where the graph that
    ``run`` queries has the entity.
    """
    words = interface_language(lang)
    return {f"{each.name}.rq": _grlc_file(each, endpoint, words, run).encode() for each in questions}


def _grlc_file(question: Question, endpoint: str, lang: str, run: QueryFn) -> str:
    parameters = question.parameters.values()
    about = (getattr(label, lang) for label in descriptions(question))
    texts = [*about, *(_parameter_text(each, lang, run) for each in parameters)]
    head = {
        "summary": getattr(question.summary, lang),
        "description": "\n\n".join(texts),
        "endpoint": endpoint,
        "method": "GET",
        "tags": [getattr(TAGS[tag], lang) for tag in question.tags],
    }
    certainties = [each.name for each in parameters if each.kind == "certainty"]
    if certainties:
        head["enumerate"] = [{name: list(CERTAINTIES)} for name in certainties]
        head["defaults"] = [{name: CERTAIN} for name in certainties]
    # JSON is YAML, and has no indentation that a program could take away.
    lines = [f"#+ {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    query = localized_sparql(question, lang)
    names = {name: _grlc_variable(each) for name, each in question.parameters.items()}
    text = "".join(names.get(_parameter_name(kind, token), token) for kind, token in tokens(query))
    prefix = [] if _XSD in text or not any("_xsd_" in name for name in names.values()) else [_XSD]
    return "\n".join([*lines, *prefix, text])


def _parameter_text(parameter: Parameter, lang: str, run: QueryFn) -> str:
    """Return what a parameter is, with an example where there is one."""
    kind = "" if parameter.kind in LITERAL_KINDS else " (IRI)"
    text = f"{parameter.name}{kind}: {getattr(parameter.label, lang)}"
    try:
        return f"{text}, {resolve(parameter, parameter.example, run).value}" if parameter.example else text
    except InvalidQueryError:  # The example is of another graph.
        return text


def _grlc_variable(parameter: Parameter) -> str:
    """Return the variable of a parameter: two low lines let it be left out, and the end says what its value is."""
    return f"?__{parameter.name}{_GRLC_SUFFIXES.get(parameter.kind, '_iri')}"


def _parameter_name(kind: str, token: str) -> str:
    return token[2:] if kind == "variable" and token[1] == PARAMETER_PREFIX else ""


def example_files(questions: Iterable[Question], endpoint: str, lang: str, _: QueryFn) -> dict[str, bytes]:
    """Return a Turtle file for each question, by name, and ``prefixes.ttl``, as SIB's SPARQL examples have them.

    Put together in one graph of the endpoint, they are what SIB's SPARQL editor lists as examples.
    """
    words, base = interface_language(lang), endpoint.rstrip("/") + _EXAMPLES
    prefixes = NamedNode(f"{base}prefixes")
    files = {f"{each.name}.ttl": _turtle(_example_statements(each, base, endpoint, words)) for each in questions}
    return {"prefixes.ttl": _turtle(_prefix_statements(prefixes)), **files}


def _turtle(statements: Iterable[Triple]) -> bytes:
    names = {name: PREFIXES[name] for name in ("owl", "rdf", "rdfs", "schema", "sh", "xsd")}
    return serialize_pretty(sorted(statements, key=str), RdfFormat.TURTLE, names)


def _example_statements(question: Question, base: str, endpoint: str, lang: str) -> Iterator[Triple]:
    example = NamedNode(base + question.name.replace("_", "-"))
    yield Triple(example, iri("rdf:type"), iri("sh:SPARQLExecutable"))
    yield Triple(example, iri("rdf:type"), iri("sh:SPARQLSelectExecutable"))
    # One text: an editor lists an example once for each.
    yield Triple(example, iri("rdfs:comment"), lang_literal(getattr(question.summary, lang), lang))
    for tag in question.tags:
        yield Triple(example, iri("schema:keywords"), Literal(getattr(TAGS[tag], lang)))
    yield Triple(example, iri("schema:target"), NamedNode(endpoint))
    yield Triple(example, iri("sh:prefixes"), NamedNode(f"{base}prefixes"))
    yield Triple(example, iri("sh:select"), Literal(localized_sparql(question, lang)))


def _prefix_statements(node: NamedNode) -> Iterator[Triple]:
    """Yield the declarations of all prefixes that queries use."""
    yield Triple(node, iri("rdf:type"), iri("owl:Ontology"))
    for name, namespace in PREFIXES.items():
        declaration = NamedNode(f"{node.value}-{name}")
        yield Triple(node, iri("sh:declare"), declaration)
        yield Triple(declaration, iri("sh:prefix"), Literal(name))
        yield Triple(declaration, iri("sh:namespace"), Literal(namespace, datatype=iri("xsd:anyURI")))


# How each of the formats is written.
QUERY_FILES: Mapping[str, Callable[[Iterable[Question], str, str, QueryFn], dict[str, bytes]]] = {
    "grlc": grlc_files,
    "sparql-examples": example_files,
}
