"""Resolve the values of parameters: what people type becomes terms (an entity, a day, a number, a text)."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from graph.common.findings import did_you_mean, similar_words, suggestion
from graph.model.labels import CERTAINTIES, Label
from graph.query.lookup import describe_candidates, entity_names, find_entities
from graph.query.questions import Parameter, Question
from graph.query.results import InvalidQueryError, QueryFn
from graph.rdf.terms import iri

# Where no question declares a parameter: the actor of a command.
ACTOR = Parameter("actor", "actor", Label("aktør", "actor"), None)
# The first and the last month of a year that is given as the start or the end of a period.
PERIOD = {"from": "01", "to": "12"}
# What can be wrong with a value.
Reason = OneOf["malformed", "unknown", "ambiguous", "of another time", "ends before it begins"]


class ParameterError(InvalidQueryError):
    """The value of a parameter is not understood: it is malformed, unknown, ambiguous or of another time.

    ``similar`` are names that resemble it, ``candidates`` entities of which one is meant.
    """

    def __init__(
        self,
        parameter: str,
        reason: Reason,
        message: str,
        similar: Sequence[str] = (),
        candidates: Sequence[NamedNode] = (),
    ) -> None:
        """Take the name of the parameter and what is wrong with its value."""
        super().__init__(message)
        self.parameter, self.reason = parameter, reason
        self.similar, self.candidates = tuple(similar), tuple(candidates)


def resolve_all(question: Question, values: Mapping[str, str], run: QueryFn) -> dict[str, NamedNode | Literal]:
    """Return the terms of all parameters that have a value, by name.

    Raise InvalidQueryError where a name or a value is not understood.
    """
    unknown = [name for name in values if name not in question.parameters]
    if unknown:
        options = ", ".join(question.parameters) or "none"
        hint = did_you_mean(unknown[0], question.parameters)
        raise InvalidQueryError(f"{question.name} has no parameter {unknown[0]!r} (it has: {options}).{hint}")
    terms = {name: resolve(question.parameters[name], value, run, question.query) for name, value in values.items()}
    check_period(terms)
    return terms


def check_period(terms: Mapping[str, NamedNode | Literal]) -> None:
    """Raise ParameterError where the days of ``from`` and ``to`` are given, and the second is before the first."""
    if "from" in terms and "to" in terms and terms["to"].value < terms["from"].value:
        message = f"a period from {terms['from'].value} to {terms['to'].value} ends before it begins"
        raise ParameterError("to", "ends before it begins", message)


def resolve(parameter: Parameter, value: str, run: QueryFn, query: str = "") -> NamedNode | Literal:
    """Return the term that a value means: a literal, or the one entity with that IRI, id or name.

    An area is one of the time that ``query`` asks about. Raise InvalidQueryError where the value is not understood, or
    means no entity or several.
    """
    match parameter.kind:
        case "certainty":
            return Literal(_certainty(parameter, value))
        case "date":
            return Literal(_day(parameter, value), datatype=iri("xsd:date"))
        case "number":
            if not re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip()):
                raise ParameterError(parameter.name, "malformed", f"{parameter.name}: {value!r} is not a whole number")
            return Literal(int(value))
        case "text":
            return Literal(value)
    return resolve_entity(parameter, value, run, query)


def resolve_entity(parameter: Parameter, value: str, run: QueryFn, query: str = "") -> NamedNode:
    """Return the one entity that a value means; see ``resolve``."""
    kind, name = parameter.kind, parameter.name
    entities = find_entities(kind, value, run)
    if not entities:
        # Imported here: most names are right.
        from graph.query.near_names import similar_names

        similar = similar_names(value, entity_names(kind, run))
        message = f"{name}: there is no {kind} {value!r} in this graph.{suggestion(similar)}"
        raise ParameterError(name, "unknown", message, similar)
    if query and kind in ("area", "county"):
        # Imported here: few questions are about an area.
        from graph.query.areas import areas_in_force

        entities, problem, instead = areas_in_force(entities, query, run)
        if not entities:
            raise ParameterError(name, "of another time", f"{name}: {value!r} {problem}", candidates=instead)
    if len(entities) > 1:
        options = describe_candidates(entities, run)
        message = f"{name}: {value!r} can mean {len(entities)} things; give an id: {options}"
        raise ParameterError(name, "ambiguous", message, candidates=entities)
    return entities[0]


def _certainty(parameter: Parameter, value: str) -> str:
    if value.casefold() not in CERTAINTIES:
        similar = similar_words(value, CERTAINTIES)
        message = f"{parameter.name}: {value!r} is none of {', '.join(CERTAINTIES)}.{suggestion(similar)}"
        raise ParameterError(parameter.name, "unknown", message, similar)
    return value.casefold()


def _day(parameter: Parameter, value: str) -> str:
    """Return the day (ISO 8601); of a year or a month its first day at the start of a period, its last at the end."""
    text = value.strip()
    try:
        if re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", text) and parameter.name in PERIOD:
            year, month = int(text[:4]), int(text[5:] or PERIOD[parameter.name])
            text = date(year, month, monthrange(year, month)[1] if parameter.name == "to" else 1).isoformat()
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        form = (
            "day, month or year such as 2014-10-31, 2014-10 or 2014"
            if parameter.name in PERIOD
            else "day such as 2014-10-31"
        )
        raise ParameterError(parameter.name, "malformed", f"{parameter.name}: {value!r} is not a {form}") from error
