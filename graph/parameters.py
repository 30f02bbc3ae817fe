"""Parameters: what people type -> terms: the actor, event or area of a label, an id or an IRI; a day; a number.

Names are compared as people spell them: in any case, å as aa or a, ø as oe or o, æ as ae.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from graph.answers import Misasked, Run, table_of
from graph.certainty import CERTAINTIES
from graph.findings import did_you_mean
from graph.names import iri, local_of, short
from graph.questions import LOOKUPS, VALUES, Parameter, Question
from graph.sparql_text import with_values

# As many names as a message can show before nobody reads them.
MOST_SHOWN = 8
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŧ": "t", "ŋ": "n"})


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


def thing_of(parameter: Parameter, value: str, run: Run) -> NamedNode:
    """The one thing that is meant: by its IRI, its id, its name or words of it; Misasked where not one is meant."""
    names = names_of(parameter.is_a, run)
    wanted, folded = value.strip(), folded_name(value)
    meant = (
        [thing for thing in names if wanted in (thing.value, f"<{thing.value}>", short(thing))]
        or [thing for thing in names if local_of(thing) == wanted.casefold()]
        or [thing for thing, called in names.items() if folded in map(folded_name, called)]
        # Of people and events, words of a name, such as a surname, are enough where only one has them. Of others they
        # are not: an office in the name of a body, or of a group nobody named, is neither.
        or [
            thing
            for thing, called in names.items()
            if _by_words(thing) and any(_has_words(name, folded) for name in called)
        ]
    )
    if len(meant) > 1:
        # Of a body and what became of it under the same name, the one is meant that pages speak of.
        meant = _claimed(meant, run) or meant
    if len(meant) == 1:
        return meant[0]
    if meant:
        ids = ", ".join(short(thing) for thing in meant[:MOST_SHOWN])
        raise Misasked(f"{parameter.name}: {value!r} can mean {len(meant)} things; give an id: {ids}")
    spellings = {name: name for called in names.values() for name in called}
    spellings |= {local_of(thing): local_of(thing) for thing in names}
    hint = did_you_mean(value, spellings) or did_you_mean(folded, map(folded_name, spellings))
    hint = hint or _named_like(folded, {name for called in names.values() for name in called})
    raise Misasked(f"{parameter.name}: there is no {parameter.is_a} {value!r} in this graph.{hint}")


def _by_words(thing: NamedNode) -> bool:
    return short(thing).startswith(("person:", "event:", "series:"))


def _has_words(name: str, folded: str) -> bool:
    return bool(folded) and set(folded.split()) <= set(folded_name(name).split())


def _named_like(folded: str, names: Iterable[str]) -> str:
    """ " Did you mean Laila Bokhari?" where one word of a name is near what was given, such as a first name."""
    from difflib import get_close_matches

    by_word: dict[str, list[str]] = {}
    for name in sorted(names):
        for word in folded_name(name).split():
            by_word.setdefault(word, []).append(name)
    near = dict.fromkeys(name for word in get_close_matches(folded, by_word, cutoff=0.7) for name in by_word[word])
    return f" Did you mean {' or '.join(list(near)[:3])}?" if near else ""


def _claimed(things: list[NamedNode], run: Run) -> list[NamedNode]:
    query = (LOOKUPS / "of_claimed.rq").read_text(encoding="utf-8")
    claimed = {row[0] for row in table_of(run(with_values(query, "thing", things))).rows}
    return [thing for thing in things if thing in claimed]


def names_of(kind: str, run: Run) -> dict[NamedNode, list[str]]:
    """Everything of a kind with its names, those of the graph that is asked."""
    query = (LOOKUPS / f"{kind}.rq").read_text(encoding="utf-8")
    names: dict[NamedNode, list[str]] = {}
    for thing, name in table_of(run(query)).rows:
        if isinstance(thing, NamedNode) and name is not None:
            names.setdefault(thing, []).append(name.value)
    return {thing: sorted(set(names[thing])) for thing in sorted(names, key=lambda thing: thing.value)}


def folded_name(text: str) -> str:
    """A name without case, accents and what tells the spellings of æ, ø and å apart."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", plain.replace("aa", "a").replace("oe", "o")).strip()
