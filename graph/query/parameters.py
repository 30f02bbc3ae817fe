"""Parameters: what people type -> terms: the actor, event or area of a label, an id or an IRI; a day; a number."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from graph.common.findings import did_you_mean
from graph.model.labels import CERTAINTIES
from graph.query.lookup import candidates, describe_candidates, lookup_rows, require_one, resolve_entity
from graph.query.questions import LITERAL_KINDS, LOOKUPS, Parameter, Question
from graph.query.results import InvalidQueryError, QueryFn, Term, expect_table
from graph.query.sparql.parameters import bind_parameters
from graph.rdf.terms import iri

# The months that a year given as the first or the last day of a period begins and ends with.
PERIOD = {"from": "01", "to": "12"}
# A question of areas of today asks what has come to be in the one that is given.
_OF_TODAY = re.compile(r"mg:currentArea(/\S+)? \?_area\b")


def resolve_all(question: Question, given: Mapping[str, str], run: QueryFn) -> dict[str, NamedNode | Literal]:
    """The terms to put in for what was given; Misasked where a name or a value is not understood."""
    unknown = [name for name in given if name not in question.parameters]
    if unknown:
        known = ", ".join(question.parameters) or "none"
        hint = did_you_mean(unknown[0], question.parameters)
        raise InvalidQueryError(f"{question.name} has no parameter {unknown[0]!r} (it has: {known}).{hint}")
    terms = {
        name: _area(question, question.parameters[name], value, run)
        if question.parameters[name].is_a in ("area", "county")
        else resolve(question.parameters[name], value, run)
        for name, value in given.items()
    }
    if "from" in terms and "to" in terms and terms["to"].value < terms["from"].value:
        raise InvalidQueryError(f"a period from {terms['from'].value} to {terms['to'].value} ends before it begins")
    return terms


def _area(question: Question, parameter: Parameter, value: str, run: QueryFn) -> NamedNode:
    """The one area that is meant: of a question of areas of today, one of today; of one of what became of them, any;
    else one of the time of events."""
    meant = fitting = candidates(parameter, value, run)
    if _OF_TODAY.search(question.query):
        fitting = _of_today(meant, run)
        reason = _not_of_today
    elif "mg:currentArea" not in question.query:
        fitting = _of_the_time_of_events(meant, run)
        reason = _of_another_time
    if meant and not fitting:
        raise InvalidQueryError(f"{parameter.name}: {value!r} {reason(meant, run)}")
    return require_one(fitting, parameter, value, run)


def _of_today(areas: list[NamedNode], run: QueryFn) -> list[NamedNode]:
    gone = {area for area, _ in lookup_rows(areas, LOOKUPS / "of_after.rq", run)}
    return [area for area in areas if area not in gone]


def _not_of_today(areas: list[NamedNode], run: QueryFn) -> str:
    became = {after for _, after in lookup_rows(areas, LOOKUPS / "of_after.rq", run)}
    return f"is no area of today: give {_shown(became, run)}"


def _of_the_time_of_events(areas: list[NamedNode], run: QueryFn) -> list[NamedNode]:
    later = {area for area, _ in lookup_rows(areas, LOOKUPS / "of_before.rq", run)}
    return [area for area in areas if area not in later or _has_events(area, run)]


def _of_another_time(areas: list[NamedNode], run: QueryFn) -> str:
    # An area of today has come of those from which its own municipalities are; one that is gone, of all before it.
    before = lookup_rows(areas, LOOKUPS / "of_today.rq", run) or lookup_rows(areas, LOOKUPS / "of_before.rq", run)
    older = {was for _, was in before if isinstance(was, NamedNode) and _has_events(was, run)}
    instead = f"give {_shown(older, run)}" if older else "none lies in what was there before it"
    return (
        f"is an area of a later time, and events lie in those of their own time: {instead}; of counties of today asks "
        "which_events_are_in_which_county_of_today"
    )


def _shown(areas: Iterable[Term | None], run: QueryFn) -> str:
    return describe_candidates(sorted((area for area in areas if isinstance(area, NamedNode)), key=str), run)


def _has_events(area: NamedNode, run: QueryFn) -> bool:
    query = (LOOKUPS / "of_events_in.rq").read_text(encoding="utf-8")
    return bool(expect_table(run(bind_parameters(query, {"area": area}))).rows)


def resolve(parameter: Parameter, value: str, run: QueryFn) -> NamedNode | Literal:
    """The term of one value."""
    if parameter.is_a not in LITERAL_KINDS:
        return resolve_entity(parameter, value, run)
    match parameter.is_a:
        case "certainty":
            if value.casefold() not in CERTAINTIES:
                hint = did_you_mean(value, CERTAINTIES)
                raise InvalidQueryError(f"{parameter.name}: {value!r} is none of {', '.join(CERTAINTIES)}.{hint}")
            return Literal(value.casefold())
        case "date":
            return Literal(_day(parameter, value), datatype=iri("xsd:date"))
        case "number":
            if not re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip()):
                raise InvalidQueryError(f"{parameter.name}: {value!r} is no whole number")
            return Literal(int(value))
    return Literal(value)


def _day(parameter: Parameter, value: str) -> str:
    """The day; of a year or a month the first or the last day where a period is from or to it."""
    text = value.strip()
    try:
        if re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", text) and parameter.name in PERIOD:
            year, month = int(text[:4]), int(text[5:] or PERIOD[parameter.name])
            text = date(year, month, monthrange(year, month)[1] if parameter.name == "to" else 1).isoformat()
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        wanted = (
            "day, month or year such as 2014-10-31, 2014-10 or 2014"
            if parameter.name in PERIOD
            else "day such as 2014-10-31"
        )
        raise InvalidQueryError(f"{parameter.name}: {value!r} is no {wanted}") from error
