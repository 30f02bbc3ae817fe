"""About a thing: what is said of it and with it, which words of which page prove that, and names like a wrong one."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from graph.model.iris import PREFIXES
from graph.query.ask import Passage, display_labels, passages_by_entity
from graph.query.lookup import lookup_queries, lookup_rows
from graph.query.questions import LOOKUPS
from graph.query.results import QueryFn, Term, TriplesResult
from graph.rdf.terms import local_name_of, short_name

OWN_LOOKUPS = Path(__file__).parent / "lookups"
# As many statements each way as a page shows; the look-ups find one more.
MOST_SHOWN = 300
MOST_ALIKE = 8
# How alike names are, from 0 to 1.
_ALIKE = 0.55
_LABEL = NamedNode(f"{PREFIXES['rdfs']}label")
Pair = tuple[NamedNode, Term]
Names = dict[Term | None, str]
Proven = dict[Term | None, list[Passage]]


@dataclass(frozen=True, slots=True)
class Saying:
    """What a property says, or from where: a name or words, the thing if it is one, and what proves it."""

    words: str
    thing: NamedNode | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class About:
    """A thing with its name; what is said, by the names of properties. ``cut``: there is more than is shown."""

    thing: NamedNode
    name: str
    outgoing: list[tuple[str, list[Saying]]]
    incoming: list[tuple[str, list[Saying]]]
    passages: tuple[Passage, ...]
    cut: bool


def about(thing: NamedNode, run: QueryFn, lang: str) -> About | None:
    """What is known of a thing, in a language where there is one; None where nothing is."""
    outgoing, incoming, cut = _around(thing, run)
    if not outgoing and not incoming:
        return None
    names = _names({thing, *(term for pair in (*outgoing, *incoming) for term in pair)}, run, lang)
    proven = passages_by_entity({thing, *(value for _, value in incoming)}, run)
    # Names of the thing in the other language are no statement about it that a reader looks for.
    said = [(name, value) for name, value in outgoing if name != _LABEL or getattr(value, "language", None) == lang]
    return About(
        thing,
        names.get(thing) or short_name(thing),
        _grouped(said, names, {}),
        _grouped(incoming, names, proven),
        tuple(proven.get(thing, ())),
        cut,
    )


def statements_about(thing: NamedNode, run: QueryFn) -> tuple[list[Triple], bool]:
    """The same as statements, and whether there are more: those each way, the names of what they mention, and the
    passages that prove them."""
    outgoing, incoming, cut = _around(thing, run)
    if not outgoing and not incoming:
        return [], False
    subjects = {value for _, value in incoming if isinstance(value, NamedNode)}
    labels = lookup_rows({thing, *subjects, *(value for _, value in outgoing)}, LOOKUPS / "of_labels.rq", run)
    return [
        *(Triple(thing, name, value) for name, value in outgoing),
        *(Triple(value, name, thing) for name, value in incoming if not isinstance(value, Literal)),
        *(Triple(row[0], _LABEL, row[1]) for row in labels if isinstance(row[0], NamedNode) and row[1] is not None),
        *_quoted({thing, *subjects}, run),
    ], cut


def alike(thing: NamedNode, run: QueryFn, lang: str) -> list[tuple[NamedNode, str]]:
    """Things of the same kind whose names are like that of one that is not there, the most alike first."""
    wanted = local_name_of(thing)
    start = NamedNode(thing.value.removesuffix(wanted))
    rows = lookup_rows({start}, OWN_LOOKUPS / "alike.rq", run)
    things = {local_name_of(row[0]): row[0] for row in rows if isinstance(row[0], NamedNode)}
    near = get_close_matches(wanted, things, MOST_ALIKE, _ALIKE)
    near += [name for name in sorted(things) if wanted in name and name not in near][: MOST_ALIKE - len(near)]
    names = _names({things[name] for name in near}, run, lang)
    return [(things[name], names.get(things[name]) or name) for name in near]


def _around(thing: NamedNode, run: QueryFn) -> tuple[list[Pair], list[Pair], bool]:
    """What is said of a thing, and with it, as much as is shown, and whether there is more."""
    outgoing, incoming = _pairs("outgoing", thing, run), _pairs("incoming", thing, run)
    cut = len(outgoing) > MOST_SHOWN or len(incoming) > MOST_SHOWN
    return outgoing[:MOST_SHOWN], incoming[:MOST_SHOWN], cut


def _pairs(look_up: str, thing: NamedNode, run: QueryFn) -> list[Pair]:
    rows = lookup_rows({thing}, OWN_LOOKUPS / f"{look_up}.rq", run)
    return [(row[0], row[1]) for row in rows if isinstance(row[0], NamedNode) and row[1] is not None]


def _quoted(things: Iterable[Term], run: QueryFn) -> Iterator[Triple]:
    for query in lookup_queries(things, OWN_LOOKUPS / "quoted.rq"):
        found = run(query)
        assert isinstance(found, TriplesResult)
        yield from found.triples


def _names(things: Iterable[Term], run: QueryFn, lang: str) -> Names:
    """What things are called: in that language, else in Norwegian, else by the words for terms of standards."""
    found: Names = {term: word for term, word in _words(lang).items()}  # noqa: C416 - of more kinds than it has
    return found | {thing: label.value for thing, label in display_labels(run, things, lang).items()}


@lru_cache
def _words(lang: str) -> dict[NamedNode, str]:
    """What properties and classes of standards are called, which the graph does not say."""
    with (OWN_LOOKUPS / "words.csv").open(encoding="utf-8", newline="") as file:
        rows = ((row["term"].partition(":"), row[lang]) for row in csv.DictReader(file))
        return {NamedNode(PREFIXES[prefix] + name): word for (prefix, _, name), word in rows}


def _grouped(pairs: Iterable[Pair], names: Names, proven: Proven) -> list[tuple[str, list[Saying]]]:
    """Property by property, by their names; values by theirs."""
    said = {(names.get(name) or short_name(name), _saying(value, names, proven)) for name, value in pairs}
    named = sorted(said, key=lambda pair: (pair[0], pair[1].words, str(pair[1].thing)))
    return [(name, [saying for _, saying in group]) for name, group in groupby(named, key=lambda pair: pair[0])]


def _saying(value: Term, names: Names, proven: Proven) -> Saying:
    passages = tuple(proven.get(value, ()))
    if isinstance(value, NamedNode):
        return Saying(names.get(value) or short_name(value), value, passages)
    return Saying(value.value, None, passages)
