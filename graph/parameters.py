"""Parameters: what people type -> terms: the actor, event or area of a label, an id or an IRI; a day; a number."""

import re
from collections.abc import Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from graph.answers import Misasked, Run
from graph.findings import did_you_mean
from graph.names import iri
from graph.questions import VALUES, Parameter, Question
from graph.things import thing_of

CERTAINTIES = ("certain", "possible", "all")


def terms_of(question: Question, given: Mapping[str, str], run: Run) -> dict[str, NamedNode | Literal]:
    """The terms to put in for what was given; Misasked where a name or a value is not understood."""
    unknown = [name for name in given if name not in question.parameters]
    if unknown:
        known = ", ".join(question.parameters) or "none"
        hint = did_you_mean(unknown[0], question.parameters)
        raise Misasked(f"{question.name} has no parameter {unknown[0]!r} (it has: {known}).{hint}")
    return {name: term_of(question.parameters[name], value, run) for name, value in given.items()}


def term_of(parameter: Parameter, value: str, run: Run) -> NamedNode | Literal:
    """The term of one value."""
    if parameter.is_a not in VALUES:
        return thing_of(parameter, value, run)
    match parameter.is_a:
        case "certainty":
            if value.casefold() not in CERTAINTIES:
                hint = did_you_mean(value, CERTAINTIES)
                raise Misasked(f"{parameter.name}: {value!r} is none of {', '.join(CERTAINTIES)}.{hint}")
            return Literal(value.casefold())
        case "date":
            return Literal(_day(parameter, value), datatype=iri("xsd:date"))
        case "number":
            if not re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip()):
                raise Misasked(f"{parameter.name}: {value!r} is no whole number")
            return Literal(int(value))
    return Literal(value)


def _day(parameter: Parameter, value: str) -> str:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            raise ValueError
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError as error:
        raise Misasked(f"{parameter.name}: {value!r} is no day such as 2014-10-31") from error
