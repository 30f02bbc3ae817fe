"""What goes with the dataset in a build: the context of its JSON-LD, the page about its words, the ready questions."""

from collections.abc import Callable, Sequence

from graph import HOME
from graph.executables import executables
from graph.exports.json_ld import context_file
from graph.query.questions import Question


def accompanying(questions: Sequence[Question], base: str) -> dict[str, Callable[[], bytes]]:
    """The files by name, made when asked for."""
    return {
        "context.jsonld": lambda: context_file(base),
        "ontology.html": (HOME / "docs/ontology.html").read_bytes,
        "queries.ttl": lambda: executables(questions, base),
    }
