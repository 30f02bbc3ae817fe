"""What is known of a page: who published it, when, in which language; each with its basis, and none of it guessed."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from graph.model.concepts import Vocabulary
from graph.model.edtf import Bounds, bounds
from graph.model.iris import local_name, slug
from graph.registry.lookup import find_agent
from graph.registry.records import Registry
from graph.sources.ingest.document import Finding, Metadata
from graph.sources.languages.language import Language, pack_words
from graph.sources.languages.pack import languages, pack_of
from graph.sources.pages.context import Background
from graph.sources.text.quotes import fold

# So many characters say which language a text is in.
_SAMPLE = 60_000
# Fewer words say nothing: so many, and so large a part of all; a language has so many times those of the next one.
_MIN_WORDS = 3
_TELLING_PART, _CLEARLY = 0.04, 1.15
_KNOWN_PART, _SLIGHTLY = 0.35, 1.05
# Where a page states its day: near its head or its foot.
_NEAR = 3_000
# Languages so near to one another that a short text may be taken for another.
_NEIGHBOURS = ("nb", "nn", "no", "da", "sv")
# With which a tag of a language begins: "nb" of "nb-NO" or "nb_NO".
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Published:
    """The first and the last day on which a page may have been published, and how that is known."""

    earliest: date
    latest: date
    basis_nb: str
    basis_en: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher: a body of the registry by its id, or one that this page alone names, with its kind."""

    id: str | None
    name: str
    kind: str | None
    basis_en: str


def guess_language(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the language of a text by its words, or None where they do not tell it clearly.

    First by small words that tell a language from its neighbours; a programme has few of these, and is told by all that
    is known of each language: dates, verbs, words for roles and meetings.
    """
    words = Counter(_WORD.findall(fold(text[:_SAMPLE]).text.casefold()))
    telling = {code: sum(words[word] for word in _telling_words(code)) for code in languages()}
    if max(telling.values()) >= max(_MIN_WORDS, _TELLING_PART * words.total()) and (
        best := _clearly_first(telling, _CLEARLY)
    ):
        return best
    every = {code: sum(words[word] for word in _all_words(code, vocabulary)) for code in languages()}
    if max(every.values()) >= max(_MIN_WORDS, _KNOWN_PART * words.total()):
        return _clearly_first(every, _SLIGHTLY)
    return None


def _clearly_first(scores: dict[str, int], times: float) -> str | None:
    (best, most), (_, next_most), *_ = Counter(scores).most_common()
    return best if most >= times * next_most else None


@cache
def _telling_words(code: str) -> frozenset[str]:
    pack = pack_of(code)
    return frozenset(pack.telling) if pack else frozenset()


def _all_words(code: str, vocabulary: Vocabulary) -> set[str]:
    pack = pack_of(code)
    words = set(_telling_words(code)) | (pack_words(pack) if pack else set())
    concepts = (concept for scheme in vocabulary.values() for concept in scheme.values())
    return words.union(*(cue.casefold().split() for concept in concepts for cue in concept.cues(code)))


def language_of(text: str, metadata: Metadata, vocabulary: Vocabulary) -> tuple[str | None, str]:
    """Return the language of a page and how it is known: by its words, else by what it says of itself.

    What a page declares is often that of the program that made it; its words go first where they are clear.
    """
    by_words = guess_language(text, vocabulary)
    declared = [(begin[0].lower(), each) for each in metadata.languages if (begin := _LANGUAGE_CODE.match(each.value))]
    # A template says English, or "no" for both; that a page in Norwegian is Danish is known better by whoever made it.
    for code, basis in ((code, each.basis_en) for code, each in declared):
        if by_words and code in _NEIGHBOURS and code != by_words and not (code == "no" and by_words in ("nb", "nn")):
            return (code, basis) if code != "no" else (None, "")
    if by_words:
        return by_words, "by its words"
    for code, each in declared:
        if code != "no":
            return code, each.basis_en
    return None, ""


def published_of(text: str, metadata: Metadata, language: Language, today: date) -> Published | None:
    """Return between which days a page was published; None where it states nothing.

    Several days that differ are its bounds. The day on which a document was made is only the first possible one.
    """
    stated = [*metadata.days, *days_in_text(text, language)]
    retrieved = min((date.fromisoformat(each.value) for each in metadata.retrieved), default=today)
    if stated:
        days = sorted(date.fromisoformat(each.value) for each in stated)
        return Published(
            days[0],
            days[-1],
            "; ".join(dict.fromkeys(each.basis_nb for each in stated)),
            "; ".join(dict.fromkeys(each.basis_en for each in stated)),
        )
    if metadata.made:
        made = metadata.made[0]
        first = date.fromisoformat(made.value)
        return Published(
            min(first, retrieved),
            max(first, retrieved),
            f"{made.basis_nb}; kopien fantes {retrieved}",
            f"{made.basis_en}; the copy was there on {retrieved}",
        )
    return None


def days_in_text(text: str, language: Language) -> list[Finding]:
    """Return the days that a text gives as those of its publication: "Publisert 15. januar 2019"."""
    words = language.publication_words
    if not words:
        return []
    # By line: the sentence after such a line is another matter.
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)[^\w\n]{{0,3}}([^\n]{{4,60}})", re.IGNORECASE
    )
    found = []
    parts = (text,) if len(text) <= 2 * _NEAR else (text[:_NEAR], text[-_NEAR:])
    for match in (match for part in parts for match in pattern.finditer(part)):
        for phrase in language.date_phrases(match[1])[:1]:
            if phrase.year is None or phrase.start > 12:
                continue
            spans = {reach for reach, _ in phrase.meanings(phrase.year)}
            days = {span.earliest for span in spans if span.earliest is not None and span.earliest == span.latest}
            if len(days) == 1:
                words_there = " ".join(f"{match[0][: match.start(1) - match.start()]}{match[1][: phrase.end]}".split())
                basis = (f"siden sier «{words_there}»", f'the page says "{words_there}"')
                found.append(Finding(next(iter(days)).isoformat(), *basis))
    return found


def given_days(value: str) -> Published:
    """Return the bounds that a person gives: a day, a month or a year, or two with / between. Raise ValueError."""
    span = bounds(value)
    if span.earliest is None or span.latest is None:
        raise ValueError(f"{value!r} has an open end; give 2019-01-15, 2019-01, or 2019-01-10/2019-01-20")
    return Published(span.earliest, span.latest, "oppgitt av den som la siden inn", "given by whoever added the page")


def publisher_of(
    given: str | None, metadata: Metadata, url: str | None, background: Background, when: Bounds
) -> Publisher | None:
    """Return who published a page: as given, by its address, or by what it says of itself; None where nothing tells.

    A body of the registry is one that existed ``when`` the page was published.
    """
    if given:
        return _named(given, "as given", background, when)
    host = ((urlsplit(url).hostname or "") if url else "").lower()
    if name := _name_at(host, background.registry):
        found = _named(name, f"by its address, {host}", background, when)
        if found.id or found.kind:
            return found
    for each in metadata.publishers:
        found = _named(each.value, each.basis_en, background, when)
        if found.id or found.kind:
            return found
    return None


def _named(name: str, basis: str, background: Background, when: Bounds) -> Publisher:
    registry = background.registry
    try:
        id = find_agent(registry, name, when)
    except LookupError:
        id = ""
    if id in registry.organisations:
        return Publisher(local_name(id), registry.organisations[id].name.nb, None, basis)
    own = registry.organisations.get(f"organisation:{name}")
    name = own.name.nb if own else name
    return Publisher(None, name, kind_of_body(name, background), basis)


def kind_of_body(name: str, background: Background) -> str | None:
    """Return the kind that the last word of a body's name tells, or its first: "Rana kommune", "Høgskolen i Molde"."""
    words = _WORD.findall(name.casefold())
    kinds = background.vocabulary["body-type"]
    for word in dict.fromkeys(words[-1:] + words[:1]):
        found = [name for name, concept in kinds.items() if word in map(str.casefold, concept.cues())]
        if len(found) == 1:
            return found[0]
    return None


@cache
def _hosts() -> dict[str, str]:
    with (Path(__file__).parent / "hosts.csv").open(encoding="utf-8", newline="") as file:
        return {row["host"]: row["body"] for row in csv.DictReader(file)}


def _name_at(host: str, registry: Registry) -> str | None:
    """Return the name of the body whose address this is. Names under kommune.no are those of municipalities."""
    labels = host.removeprefix("www.").split(".")
    for start in range(len(labels) - 1):
        body = registry.organisations.get(f"organisation:{_hosts().get('.'.join(labels[start:]))}")
        if body:
            return body.name.nb
    if labels[-2:] == ["kommune", "no"] and len(labels) >= 3:
        wanted = f"{slug(_unicode(labels[-3]))}-kommune"
        bodies = (body for body in registry.organisations.values() if body.kind == "municipality")
        return next((body.name.nb for body in bodies if slug(body.name.nb) == wanted), None)
    return None


def _unicode(label: str) -> str:
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label
