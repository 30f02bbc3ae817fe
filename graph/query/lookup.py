"""Things that people type: the actor, event, area ... of an IRI, an id or a name.

Names are compared as people spell them: in any case, å as aa or a, ø as oe or o, æ as ae. What is typed as an IRI or an
id is looked up as it is. For a name all names of its kind are gone through, even where one is spelled exactly so:
another that differs in an accent alone may be meant as well, and that is said. The place that is asked goes through
them, and gives those that can be meant; only where none can are all names fetched, to say which are near.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.common.findings import did_you_mean
from graph.model.iris import BASE, ENTITIES, VOCABULARY, prefixes_under
from graph.query.questions import LOOKUPS, Parameter
from graph.query.results import InvalidQueryError, QueryFn, Term, expect_table
from graph.query.sparql.parameters import bind_parameters, fill_values
from graph.rdf.terms import iri_problem, local_name_of, short_name

# Of things in one look-up, which may name them four times. Virtuoso refuses some thousands, and servers refuse forms of
# more than 200 kB.
MAX_ENTITIES_PER_QUERY = 200
# As many names as a message can show before nobody reads them.
MAX_CANDIDATES_SHOWN = 8
# So many letters tell names apart, and no pattern becomes too long.
MAX_PATTERN_LETTERS = 30
Names = dict[NamedNode, list[str]]
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŧ": "t", "ŋ": "n"})
# What folding leaves as it is: of names in ASCII and æøå, which differ in vowels alone if they fold alike.
_KEPT, _BETWEEN, _OTHERS = "b-df-np-z0-9", "[^b-df-np-z0-9]*", "[^ -~æøåÆØÅ]"


def resolve_entity(parameter: Parameter, value: str, run: QueryFn) -> NamedNode:
    """The one thing that is meant: by its IRI, its id, its name or words of it; Misasked where not one is meant."""
    return require_one(candidates(parameter, value, run), parameter, value, run)


def candidates(parameter: Parameter, value: str, run: QueryFn) -> list[NamedNode]:
    """The things that can be meant, one at least; Misasked where there is none."""
    kind = parameter.is_a
    meant = _by_id(kind, value, run) or _by_name(entity_names(kind, run, letters=name_pattern(value)), value)
    if not meant:
        names = entity_names(kind, run)
        # An id of what stands under an address that is not ours.
        meant = [thing for thing in names if local_name_of(thing) == value.strip().casefold()] or _by_name(names, value)
        if not meant:
            raise InvalidQueryError(
                f"{parameter.name}: there is no {kind} {value!r} in this graph.{_suggestion(value, names)}"
            )
    # Of a body and what became of it under the same name, the one is meant that pages speak of.
    return (_with_claims(meant, run) or meant) if len(meant) > 1 else meant


def require_one(meant: list[NamedNode], parameter: Parameter, value: str, run: QueryFn) -> NamedNode:
    """That thing; Misasked where there are several."""
    if len(meant) > 1:
        raise InvalidQueryError(
            f"{parameter.name}: {value!r} can mean {len(meant)} things; give an id: {describe_candidates(meant, run)}"
        )
    return meant[0]


def _by_id(kind: str, value: str, run: QueryFn) -> list[NamedNode]:
    """The things of this kind with that IRI, compact name or id."""
    wanted = value.strip().removeprefix("<").removesuffix(">")
    prefix, colon, local = wanted.partition(":")
    addresses = [wanted] if colon else []
    if "//" not in wanted:
        prefixes = [prefix] if colon else [*ENTITIES, *VOCABULARY]
        starts = [known[name] for known in _prefixes(run) for name in prefixes if name in known]
        addresses += [start + (local if colon else wanted.casefold()) for start in starts]
    possible = [NamedNode(address) for address in dict.fromkeys(addresses) if iri_problem(address) is None]
    there = {thing for (thing,) in lookup_rows(possible, LOOKUPS / "of_existing.rq", run)}
    return [thing for thing in possible if thing in there and thing in entity_names(kind, run, thing=thing)]


def _prefixes(run: QueryFn) -> list[dict[str, str]]:
    """The prefixes of what is asked, once for each address under which its things stand; ours where nothing tells."""
    rows = expect_table(run((LOOKUPS / "of_bases.rq").read_text(encoding="utf-8"))).rows
    bases = sorted(base.value for (base,) in rows if isinstance(base, Literal))
    return [prefixes_under(base) for base in bases or [BASE]]


def _by_name(names: Names, value: str) -> list[NamedNode]:
    folded = fold_name(value)
    return [thing for thing, called in names.items() if folded in map(fold_name, called)] or [
        thing
        for thing, called in names.items()
        if _matches_by_words(thing) and any(_has_words(name, folded) for name in called)
    ]


def _matches_by_words(thing: NamedNode) -> bool:
    """Words of its name, such as a surname, are enough where only one has them: of people and events.

    Of others they are not: an office in the name of a body, or of a group nobody named, is neither.
    """
    return short_name(thing).startswith(("person:", "event:", "series:"))


def _has_words(name: str, folded: str) -> bool:
    return bool(folded) and set(folded.split()) <= set(fold_name(name).split())


def name_pattern(value: str) -> str:
    """A pattern that is found, in any case, in every name that can be meant: the consonants of the longest word.

    Folding changes vowels and leaves these as they are, in names of ASCII letters, æ, ø and å; a name with others is
    let through. An engine that takes letters for bytes lets more of them through.
    """
    words = [re.sub(f"[^{_KEPT}]", "", word) for word in fold_name(value).split()]
    letters = _BETWEEN.join(max(words, key=len, default="")[:MAX_PATTERN_LETTERS])
    return f"{letters}|{_OTHERS}" if letters else ""


def entity_names(kind: str, run: QueryFn, *, thing: NamedNode | None = None, letters: str | None = None) -> Names:
    """Everything of a kind with its names, those of the graph that is asked, in the order of their IRIs.

    With ``thing`` of it alone, if it is of that kind; with ``letters``, a pattern, only names in which it is found.
    """
    query = (LOOKUPS / f"{kind}.rq").read_text(encoding="utf-8")
    given = {"thing": thing, "letters": None if letters is None else Literal(letters)}
    query = bind_parameters(query, {name: term for name, term in given.items() if term is not None})
    names: Names = {}
    for found, name in expect_table(run(query)).rows:
        if isinstance(found, NamedNode) and name is not None:
            names.setdefault(found, []).append(name.value)
    return {found: sorted(set(names[found])) for found in sorted(names, key=lambda each: each.value)}


def _with_claims(things: list[NamedNode], run: QueryFn) -> list[NamedNode]:
    claimed = {thing for (thing,) in lookup_rows(things, LOOKUPS / "of_claimed.rq", run)}
    return [thing for thing in things if thing in claimed]


def describe_candidates(things: list[NamedNode], run: QueryFn) -> str:
    """Their ids, with what each is called, and from when to when it was there or took place."""
    said: dict[Term | None, str] = {}
    for thing, *about in lookup_rows(things[:MAX_CANDIDATES_SHOWN], LOOKUPS / "of_candidates.rq", run):
        label, first, last = ("…" if term is None else term.value for term in about)
        said[thing] = f"{label}, {first} to {last}" if any(about[1:]) else label
    return "; ".join(f"{short_name(thing)} ({said.get(thing, '…')})" for thing in things[:MAX_CANDIDATES_SHOWN])


def lookup_rows(things: Iterable[Term | None], look_up: Path, run: QueryFn) -> list[tuple[Term | None, ...]]:
    """What a look-up finds about those of the terms that are things."""
    return [row for query in lookup_queries(things, look_up) for row in expect_table(run(query)).rows]


def lookup_queries(things: Iterable[Term | None], look_up: Path) -> Iterator[str]:
    """The look-up about those of the terms that are things, some hundreds at once."""
    query = look_up.read_text(encoding="utf-8")
    named = sorted({thing for thing in things if isinstance(thing, NamedNode)}, key=str)
    for start in range(0, len(named), MAX_ENTITIES_PER_QUERY):
        yield fill_values(query, "thing", named[start : start + MAX_ENTITIES_PER_QUERY])


def _suggestion(value: str, names: Names) -> str:
    """ " Did you mean Laila Bokhari?", or nothing where no name and no id is near."""
    folded = fold_name(value)
    spellings = dict.fromkeys(name for called in names.values() for name in called)
    known = [*spellings, *map(local_name_of, names)]
    return (
        did_you_mean(value, known) or did_you_mean(folded, map(fold_name, known)) or _similar_names(folded, spellings)
    )


def _similar_names(folded: str, names: Iterable[str]) -> str:
    """ " Did you mean Laila Bokhari?" where one word of a name is near what was given, such as a first name."""
    from difflib import get_close_matches

    by_word: dict[str, list[str]] = {}
    for name in sorted(names):
        for word in fold_name(name).split():
            by_word.setdefault(word, []).append(name)
    near = dict.fromkeys(name for word in get_close_matches(folded, by_word, cutoff=0.7) for name in by_word[word])
    return f" Did you mean {' or '.join(list(near)[:3])}?" if near else ""


def fold_name(text: str) -> str:
    """A name without case, accents and what tells the spellings of æ, ø and å apart."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", plain.replace("aa", "a").replace("oe", "o")).strip()
