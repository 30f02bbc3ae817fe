"""Møtegraf: who met whom, where, when, about what, and the sentence that says so.

The way of the data, package by package:

    sources     reads pages and what people wrote about them: quotes, names, dates, claims, each with its line
    registry    knows people, bodies, offices and areas as they were on a day
    review      lets a person decide about what the program proposes, and keeps every decision
    claims      turns what was read into RDF statements, each claim with its evidence
    pipeline    makes a build part by part: rules draw conclusions, shapes check them, parts are cached
    publish     writes the files of a build: the dataset, its catalogue, and exports of it
    query       asks a build or an endpoint: ready questions, SPARQL, entities by name, results and their proof
    network     who was at which event with whom: ties, paths, centrality
    explorer    the build as one interactive page
    render      results as tables for people
    push        puts a build into a triple store
    server      serves a build over HTTP
    cli         the commands of ``motegraf``

They stand on ``common`` (findings, text), ``model`` (records), ``rdf`` (statements, Turtle), ``ontology`` (concepts)
and ``builds`` (the folder of a build). ``build_graph.py``, beside this package, has the whole build in one function.

The names in ``__all__`` are the public API; ``docs/api.md`` describes them. Each is imported when it is first used.
"""

from importlib import import_module
from pathlib import Path

# The folder with corpus, registry, ontology and queries.
HOME = Path(__file__).resolve().parent.parent
# The message where they are missing.
ONLY_THE_PACKAGE = (
    "this package is installed without the checkout that it works on: "
    "install it from there by pip install -e ., or name such a folder with --home"
)

# The message where the package lies in a zip file: its queries, templates and styles are read as files.
NOT_FROM_A_ZIP = "this package cannot run from a zip file; unpack it, or install it with pip"

__version__ = "0.2.0"
__all__ = [
    "Finding",
    "FindingsError",
    "MotegrafError",
    "ask",
    "build",
    "check",
    "connect",
    "participations",
    "presence_network",
    "questions",
]

_MODULES = {
    "Finding": "graph.common.findings",
    "FindingsError": "graph.common.findings",
    "MotegrafError": "graph.common.errors",
    "ask": "graph.query.ask",
    "build": "build_graph",
    "check": "graph.api",
    "connect": "graph.query.ask",
    "participations": "graph.network.presence",
    "presence_network": "graph.network.presence",
    "questions": "graph.query.questions",
}


def __getattr__(name: str) -> object:
    """Return a name of the public API, imported now. Raise AttributeError for any other name.

    Raise ImportError where the package lies in a zip file.
    """
    if name not in _MODULES:
        raise AttributeError(f"module 'graph' has no attribute {name!r}")
    if not Path(__file__).is_file():
        raise ImportError(NOT_FROM_A_ZIP)
    value: object = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
