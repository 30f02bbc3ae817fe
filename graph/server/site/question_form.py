"""The form of a ready question: a field for each parameter, by what the parameter takes.

A value that is not understood leaves a problem at its field, with what may have been meant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from graph.common.collation import collation_key
from graph.model.days import bounds_in_words, period_in_words
from graph.model.labels import CERTAIN, Label
from graph.query.areas import areas_in_force
from graph.query.lookup import LOOKUPS, entity_names, find_entities, lookup_rows
from graph.query.parameter_words import CERTAINTY_CHOICES, CERTAINTY_MEANINGS, takes
from graph.query.parameters import ParameterError, check_period, resolve
from graph.query.questions import LITERAL_KINDS, Parameter, Question
from graph.query.results import QueryFn, expect_table, text_of
from graph.rdf.terms import local_name_of, short_name
from graph.server.entity.kind_words import kind_word
from graph.server.entity.records import Name, names_of
from graph.server.stores import query_fn

SUGGESTIONS = Path(__file__).parent / "lookups"
# Kinds of which all stand in a menu, unless there are more than a menu is good for.
MAX_IN_MENU = 60
_CONCEPTS = ("attendance", "body-type", "kind", "role", "status", "topic")
MENU_KINDS = ("county", *_CONCEPTS)
_REASONS = {
    "unknown": "unknown",
    "ambiguous": "ambiguous",
    "of another time": "other_time",
    "ends before it begins": "malformed_period",
}
# More than these nobody looks through, nor longer names; the look-ups of suggestions have the first limit too.
MAX_SUGGESTIONS, MAX_CANDIDATES, MAX_LETTERS = 200, 50, 200
Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen: as the address has it, as people read it, and what tells it from others."""

    value: str
    name: Name
    note: Label | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is not understood, and what may be meant: of ``candidates`` one is, ``similar`` resemble it.

    ``words`` names the sentence that says why.
    """

    words: str
    value: str
    similar: tuple[Choice, ...] = ()
    candidates: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field: ``control`` is menu, radios, names, date, number or text; ``value`` is what it holds."""

    name: str
    label: Label
    takes: Label
    control: str
    value: str
    choices: tuple[Choice, ...]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a question with its values.

    ``terms`` are those that are understood; ``permalink`` has them as an address keeps them, ``selected`` in words:
    each with the label of its parameter.
    """

    fields: tuple[Field, ...]
    terms: Mapping[str, Term]
    permalink: tuple[tuple[str, str], ...]
    selected: tuple[tuple[Label, Name], ...]

    @property
    def is_valid(self) -> bool:
        """Return whether all values are understood."""
        return all(field.problem is None for field in self.fields)


def form_of(question: Question, values: Mapping[str, str], store: Store, lang: str) -> Form:
    """Return the form of a question with the values that a reader gave, by name; empty ones count as not given."""
    run = query_fn(store)
    given = {name: values[name] for name in question.parameters if values.get(name, "").strip()}
    terms, errors = _resolve(question, given, run)
    names = names_of([term for term in terms.values() if isinstance(term, NamedNode)], run, lang)
    fields, permalink, selected = [], [], []
    for name, parameter in question.parameters.items():
        choices, term = _choices(parameter, question.query, store, lang), terms.get(name)
        control, value = _control(parameter, choices), given.get(name, "")
        if term is not None:
            shown = names.get(term) or Name(term.value)
            in_address = address_value(parameter.kind, term, run)
            value = _typed(parameter, term, shown, run) if control == "names" else in_address
            if (parameter.kind, value) != ("certainty", CERTAIN):
                permalink.append((name, in_address))
            if parameter.kind != "certainty":
                selected.append((parameter.label, shown))
        elif control == "radios" and name not in errors:
            value = CERTAIN
        problem = _problem(errors[name], given[name], parameter, run, lang) if name in errors else None
        fields.append(Field(name, parameter.label, takes(parameter), control, value, choices, problem))
    return Form(tuple(fields), terms, tuple(permalink), tuple(selected))


def _resolve(
    question: Question, given: Mapping[str, str], run: QueryFn
) -> tuple[dict[str, Term], dict[str, ParameterError]]:
    """Return the terms of the values that are understood, and the errors of the others."""
    terms: dict[str, Term] = {}
    errors: dict[str, ParameterError] = {}
    for name, value in given.items():
        try:
            terms[name] = resolve(question.parameters[name], value, run, question.query)
        except ParameterError as error:
            errors[name] = error
    try:
        check_period(terms)
    except ParameterError as error:
        errors[error.parameter] = error
    return terms, errors


def _control(parameter: Parameter, choices: Sequence[Choice]) -> str:
    if parameter.kind in LITERAL_KINDS:
        return "radios" if parameter.kind == "certainty" else parameter.kind
    return "menu" if parameter.kind in MENU_KINDS and len(choices) <= MAX_IN_MENU else "names"


def _typed(parameter: Parameter, term: Term, name: Name, run: QueryFn) -> str:
    """Return what a field for names holds: the name, where it means this entity alone, or else its id."""
    alone = find_entities(parameter.kind, name.text, run) == [term]
    return name.text if alone else address_value(parameter.kind, term, run)


def address_value(kind: str, term: Term, run: QueryFn) -> str:
    """Return how an address names a value: an entity by its id, with its prefix where others of the kind have that."""
    if not isinstance(term, NamedNode):
        return term.value
    local = local_name_of(term)
    if kind in _CONCEPTS:
        return local
    return local if find_entities(kind, local, run) == [term] else short_name(term)


def _choices(parameter: Parameter, query: str, store: Store, lang: str) -> tuple[Choice, ...]:
    if parameter.kind == "certainty":
        return tuple(Choice(value, Name(value), CERTAINTY_MEANINGS.get(value)) for value in CERTAINTY_CHOICES)
    if parameter.kind in LITERAL_KINDS:
        return ()
    if parameter.kind in MENU_KINDS:
        return _menu(parameter.kind, query if parameter.kind == "county" else "", store, lang)
    return _suggestions(parameter.kind, store, lang)


# A worker has one store for all its life.
@lru_cache(maxsize=64)
def _menu(kind: str, query: str, store: Store, lang: str) -> tuple[Choice, ...]:
    """Return all entities of a kind by name, of areas those of the time that the query asks about.

    Where there are too many for a menu, return names to suggest.
    """
    run = query_fn(store)
    entities = [*entity_names(kind, run)]
    if query:
        entities = areas_in_force(entities, query, run).areas
    if len(entities) > MAX_IN_MENU:
        return _by_name(names_of(entities[:MAX_SUGGESTIONS], run, lang).values())
    names = names_of(entities, run, lang)
    choices = (Choice(address_value(kind, entity, run), names[entity]) for entity in entities)
    return tuple(sorted(choices, key=lambda choice: (collation_key(choice.name.text), choice.value)))


@lru_cache(maxsize=64)
def _suggestions(kind: str, store: Store, lang: str) -> tuple[Choice, ...]:
    """Return the first entities of a kind by name: the most frequent or the newest, at most 200."""
    run = query_fn(store)
    rows = expect_table(run((SUGGESTIONS / f"suggested_{kind}.rq").read_text(encoding="utf-8"))).rows
    return _by_name(names_of((entity for entity, *_ in rows), run, lang).values())


def _by_name(names: Iterable[Name]) -> tuple[Choice, ...]:
    """Return names to choose from, each once; nobody chooses one that is too long to be read."""
    distinct = {name.text: Choice(name.text, name) for name in names if len(name.text) <= MAX_LETTERS}
    return tuple(sorted(distinct.values(), key=lambda choice: collation_key(choice.name.text)))


def _problem(error: ParameterError, value: str, parameter: Parameter, run: QueryFn, lang: str) -> Problem:
    """Return what is wrong with a value, with the entities that may be meant."""
    kind = parameter.kind
    if kind in LITERAL_KINDS:
        words = _REASONS.get(error.reason) if kind != "certainty" else None
        words = words or f"malformed_{kind}"
        return Problem(words, value, tuple(Choice(each, Name(each)) for each in error.similar))
    found = [entity for name in error.similar for entity in find_entities(kind, name, run)]
    similar = _described(kind, [*dict.fromkeys(found)], run, lang)
    return Problem(_REASONS[error.reason], value, similar, _described(kind, error.candidates, run, lang))


def _described(kind: str, entities: Sequence[NamedNode], run: QueryFn, lang: str) -> tuple[Choice, ...]:
    """Return entities as choices, each with its kind and its time, in the order given."""
    shown = entities[:MAX_CANDIDATES]
    names, times = names_of(shown, run, lang), _times(shown, run)
    return tuple(
        Choice(address_value(kind, entity, run), names[entity], _note(entity, times.get(entity))) for entity in shown
    )


def _times(entities: Iterable[NamedNode], run: QueryFn) -> dict[object, tuple[str, str]]:
    rows = lookup_rows(entities, LOOKUPS / "labels_and_days.rq", run)
    return {entity: (text_of(first), text_of(last)) for entity, _, first, last in rows}


def _note(entity: NamedNode, time: tuple[str, str] | None) -> Label:
    """Return what tells an entity from others of its name: its kind, and when it was."""
    name = short_name(entity)
    kind = kind_word(name) or Label(name, name)
    if time is None or not any(time):
        return kind
    words = bounds_in_words(*time) if name.startswith("event:") else period_in_words(*time)
    return Label(f"{kind.nb}, {words.nb}", f"{kind.en}, {words.en}")
