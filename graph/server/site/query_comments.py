"""The SPARQL of a ready question for people who change it: what it asks, and what its parameters take, in comments."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from graph.model.labels import CERTAINTIES, Label
from graph.query.ask import bound_sparql
from graph.query.parameters import ParameterError, resolve
from graph.query.questions import Parameter, Question
from graph.query.results import QueryFn
from graph.query.sparql.parameters import serialize_term

_FREE = Label(
    "Parametre: sett en verdi inn overalt der parameteren står. Uten verdi gjelder alle.",
    "Parameters: put a value in wherever the parameter stands. Without a value, all are meant.",
)
_FOR_EXAMPLE, _ONE_OF = Label("for eksempel", "for example"), Label("en av", "one of")


def commented_sparql(question: Question, terms: Mapping[str, NamedNode | Literal], run: QueryFn, lang: str) -> str:
    """Return the SPARQL of a question for readers of nb or en, with these terms in the place of its parameters.

    Above it, in comments, stand the question and the parameters that are left, each with a value that this graph has.
    """
    lines = [getattr(question.summary, lang)]
    free = [each for each in question.parameters.values() if each.name not in terms]
    if free:
        lines.append(getattr(_FREE, lang))
        lines += (f"  {line}" for each in free for line in _described(each, run, lang))
    comment = "".join(f"# {' '.join(line.splitlines())}\n" for line in lines)
    return comment + bound_sparql(question, terms, lang)


def _described(parameter: Parameter, run: QueryFn, lang: str) -> Iterator[str]:
    name = f"?_{parameter.name}"
    if parameter.kind == "certainty":
        yield f"{name}: {getattr(_ONE_OF, lang)} {', '.join(serialize_term(Literal(each)) for each in CERTAINTIES)}"
        return
    example = _example(parameter, run)
    more = f", {getattr(_FOR_EXAMPLE, lang)} {example}" if example else ""
    yield f"{name}: {getattr(parameter.label, lang)}{more}"


def _example(parameter: Parameter, run: QueryFn) -> str:
    """Return the example of a parameter as SPARQL has it; an empty text where the graph does not have it."""
    try:
        return serialize_term(resolve(parameter, parameter.example, run)) if parameter.example else ""
    except ParameterError:
        return ""
