"""Passages: words of a source that prove a statement, and whether they name what the statement joins.

A passage proves that an agent was at an event, or that one thing has to do with another. It can do so in words that
name both, or lean on the sentences around it: "Bokhari held an introduction" does not say at which meeting.
``unnamed_ends`` is the one place that tells the two apart. It knows names as sources write them, labels, and surnames
of people; "the municipality" and "she" name nobody. An event, a letter or a plan is named by its name, or by a noun for
its kind ("dialogmøtet") together with a place or a time in the source's words. What it does not recognise counts as not
named: to say "from the context" of too many passages is no falsehood.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.model.labels import Label
from graph.model.sources import LAST, ReadingOrder, parse_fragment

FROM_CONTEXT = Label("fra sammenhengen", "from the context")
# What a passage leaves to its context, by the name that ``Passage.unnamed`` has for it.
UNNAMED = {
    "who": Label("hvem", "who"),
    "event": Label("hvilket møte", "which meeting"),
    "what": Label("hva", "what"),
}
# Things that are described, and not named, in most sentences: by a noun, and a place or a time.
_DESCRIBED = ("event:", "series:", "letter:", "plan:")
# How the proper words of a name begin.
_PROPER = re.compile(r"\b[A-ZÆØÅÄÖÜ]\w{1,5}")
# Names of so few letters are compared with their capitals: "KS" is no "ks", nor "DA" the adverb "da".
_FEW_LETTERS = 3
# So many letters can follow a name in a word of it: "statsminister", "statsministeren".
MAX_ENDING = 4


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a row: the heading above it, its words, and its place as a fragment identifier.

    ``proves``: it says what is to be proven. ``origin`` is the row from which a mapping fills its words down, if any.
    """

    heading: str
    words: str
    place: str
    proves: bool
    origin: Label | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a register, of which the graph has ``cells``: "row 7", and ``row=7`` (RFC 7111) or ``#/items/6``.

    ``file`` is the name of the table, or empty where the graph does not have it.
    """

    label: Label
    position: str
    order: ReadingOrder
    cells: tuple[RowCell, ...]
    file: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What proves a statement: words of a source, their place in it, the title of the source and its URL.

    ``position`` is a fragment identifier: ``char=812,947`` (RFC 5147), ``cell=7,5`` (RFC 7111). ``language`` is that of
    the words, ``claim`` the IRI of the claim that they prove. ``unnamed`` says what the words leave to their context:
    keys of ``UNNAMED``.

    Of a register ``heading`` stands above a cell; the cells of one row are a passage with a ``row``.

    Where a statement follows from the registry, ``text`` is what the registry says, ``source`` is the registry's own
    source, and ``position`` is None.
    """

    text: str
    position: str | None
    source: str
    url: str | None
    language: str | None = None
    claim: str | None = None
    unnamed: tuple[str, ...] = ()
    heading: str | None = None
    row: TableRow | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """By which words one sees that a sentence is about something: names; nouns for its kind; places and times."""

    names: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()


@dataclass(slots=True)
class Ends:
    """What a statement joins: the names of each end, by the keys of ``UNNAMED``.

    ``as_written`` are names of agents as sources write them, ``marks`` the places and times that a claim itself says.
    """

    joined: list[tuple[str, Names]] = field(default_factory=list)
    as_written: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)


def sorted_passages(passages: Iterable[Passage]) -> list[Passage]:
    """Return the passages, each once, by source and in the order in which they stand there.

    The same words can prove several statements: what they leave to their context in any of them, they leave to it.
    """
    merged: dict[tuple[str | None, ...], Passage] = {}
    for passage in sorted(passages, key=lambda each: (*_reading_order(each), each.claim or "")):
        key = (passage.text, passage.position, passage.source, passage.url)
        first = merged.setdefault(key, passage)
        if first.unnamed != passage.unnamed:
            unnamed = tuple(end for end in UNNAMED if end in (*first.unnamed, *passage.unnamed))
            merged[key] = replace(first, unnamed=unnamed)
    return [*merged.values()]


def context_words(passage: Passage, lang: str) -> str:
    """Return "from the context: which meeting", in nb or en; "" where a passage leaves nothing to its context."""
    parts = ", ".join(getattr(UNNAMED[name], lang) for name in passage.unnamed)
    return f"{getattr(FROM_CONTEXT, lang)}: {parts}" if parts else ""


def unnamed_ends(words: str, ends: Ends) -> tuple[str, ...]:
    """Return which ends of a statement some words do not name: keys of ``UNNAMED``, each once, in their order."""
    text = one_space(words)
    written = [name for name in ends.as_written if _stands(name, text)]
    # "Oslo" in the name of an agent is no place of the event.
    rest = _without(text, (name for end, names in ends.joined if end == "who" for name in names.names), ends.as_written)
    missing = {
        end
        for end, names in ends.joined
        if not (_is_named(names, text, rest, ends.marks) or (end == "who" and _are_like(written, names.names)))
    }
    return tuple(end for end in UNNAMED if end in missing)


def names_of(iri: str, words: Iterable[tuple[str, str]]) -> Names:
    """Return the names of an entity, of pairs of a sort (name, also, noun or mark) and words.

    ``iri`` is its short name: a person is named by the last word of a name too. What somebody is also called names
    nobody where it is a noun, as "the mayor" is; the name of an event is often one.
    """
    by_sort: dict[str, set[str]] = {"name": set(), "also": set(), "noun": set(), "mark": set()}
    for sort, each in words:
        by_sort[sort].add(one_space(each))
    names = by_sort["name"]
    if iri.startswith("person:"):
        names |= {name.rpartition(" ")[2] for name in names}
    described = iri.startswith(_DESCRIBED)
    names |= {each for each in by_sort["also"] if described or each.isupper() or _are_like([each], names)}
    return Names(
        frozenset(names),
        frozenset(by_sort["noun"] if described else ()),
        frozenset(by_sort["mark"] if described else ()),
    )


def one_space(text: str) -> str:
    """Return a text with one space wherever it has white space within."""
    return " ".join(text.split())


def _is_named(names: Names, text: str, rest: str, marks: Iterable[str]) -> bool:
    """Return whether a text has a name, or a noun and, in the ``rest`` of it without agents, a mark."""
    if any(_stands(name, text) for name in names.names):
        return True
    marked = any(_stands(mark, rest) for several in (names.marks, marks) for mark in several)
    return marked and any(_occurs(noun, text) for noun in names.nouns)


def _are_like(written: Iterable[str], names: Iterable[str]) -> bool:
    """Return whether one of the names that a source writes begins like a proper name: "Oslo" of "Oslo kommune".

    "Kommunen" and "hun" stand for somebody whom another sentence names. What has no proper name is named by any words.
    """
    proper = tuple(stem.casefold() for name in names for stem in _PROPER.findall(name))
    return any(not proper or word.casefold().startswith(proper) for name in written for word in name.split())


def _without(text: str, *names: Iterable[str]) -> str:
    """Return a text in small letters without these names, the longest first."""
    text = text.casefold()
    for name in sorted({name.casefold() for several in names for name in several if name}, key=len, reverse=True):
        start, end = _span(name, text)
        while end:
            text = f"{text[:start]} {text[end:]}"
            start, end = _span(name, text)
    return text


def _stands(name: str, text: str) -> bool:
    """Return whether a name stands in a text as words of it, perhaps with an ending: "Bokharis", "statsministeren"."""
    if not name:
        return False
    found = _span(name, text) if len(name) <= _FEW_LETTERS else _span(name.casefold(), text.casefold())
    return found[1] > 0


def _span(name: str, text: str) -> tuple[int, int]:
    """Return where a name stands in a text as words of it, with its ending; (0, 0) where it does not."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (start and _is_letter(text[start - 1])):
            rest = next((at for at in range(end, len(text)) if not _is_letter(text[at])), len(text))
            if rest - end <= (MAX_ENDING if _is_letter(name[-1]) else 0):
                return start, rest
        start = text.find(name, start + 1)
    return 0, 0


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _occurs(noun: str, text: str) -> bool:
    """Return whether a noun stands in a text, alone or as the last part of a word: "dialogmøter" has "møte"."""
    return bool(noun) and noun.casefold() in text.casefold()


def _reading_order(passage: Passage) -> tuple[bool, str, ReadingOrder, str]:
    selector = parse_fragment(passage.source, passage.position or "")
    order = passage.row.order if passage.row else selector.order if selector else LAST
    return passage.position is None, passage.source, order, passage.text
