"""Who and what a page names: people, bodies, places, offices and groups, each with its phrases.words."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter

from graph.sources.pages.context import PageContext
from graph.sources.proposals.event_phrases import CAPITAL, NAMED
from graph.sources.proposals.name import Kind, Name, ends_body, is_acronym, is_title, is_titles
from graph.sources.proposals.phrases import Phrases
from graph.sources.proposals.pronouns import pronouns_of
from graph.sources.proposals.unnamed import Unnamed
from graph.sources.text.mentions import Mention

# What may follow the first word of a body's name: "Sandnes kommune", "Norges arktiske universitet".
_MORE = re.compile(r"(?: [^\W\d_A-ZÆØÅÀ-Þ]+)?? ([^\W\d_A-ZÆØÅÀ-Þ]+)\b")
# The first half of a name before a hyphen, with the names before it.
_HALF_NAME = re.compile(rf"(?<!\w)(?:{CAPITAL}[\w'’]* )*{CAPITAL}[\w'’]*-$")
# A name with what others call its bearer between the first and the last: "Jonny «Kaien» Vik".
_NICKNAMED = re.compile(rf"{NAMED} [«“\"]{NAMED}[»”\"] {NAMED}")
_LONGEST_TITLE = 60
# A person has two names or more of their own before that of a town.
_MOST_NAMES = 2
_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f'’-]*")


def names_of(context: PageContext, phrases: Phrases) -> list[Name]:
    """Return the names of a page, in order; of those that overlap, the longest."""
    text = context.text.original
    towns = _towns(context)
    registry = context.background.registry
    joint = next(iter(phrases.words.joints), "og")
    counties: frozenset[str] = phrases.made_of(
        "counties",
        registry,
        lambda: frozenset(each.name for each in registry.areas.values() if f" {joint} " in each.name),
    )
    found = [each for mention in context.names for each in _named(text, mention, phrases, towns, counties)]
    nicknamed = (Name(each.start(), each.end(), "person", each[0]) for each in _NICKNAMED.finditer(text))
    found = _with_branches(text, _longest([*found, *nicknamed]))
    found = _with_origins(text, found, phrases)
    people = [each for each in found if each.kind == "person" and " " in each.text]
    in_full = _in_full(people)
    found = [_with_full_name(each, in_full) for each in found]
    found = [replace(each, title=_title_beside(text, each, phrases)) for each in found]
    found = sorted([*found, *pronouns_of(context.text, found, phrases)], key=attrgetter("start"))
    unnamed = Unnamed(context, found, phrases).names()
    every = _longest([*found, *unnamed])
    return [each for each in every if not _is_title_of(text, each, people, phrases)]


def _is_title_of(text: str, name: Name, people: list[Name], phrases: Phrases) -> bool:
    """Return whether words for an office stand right before a person, and thus name nobody else."""
    if name.kind != "office":
        return False
    before = bisect_left(people, name.start, key=lambda each: each.end) - 1
    if before >= 0 and text[people[before].end : name.start].strip() == ",":
        return True
    at = bisect_left(people, name.end, key=lambda each: each.start)
    if at == len(people) or people[at].start - name.end > _LONGEST_TITLE:
        return False
    between = text[name.end : people[at].start]
    # "Lederen for ungdomsrådet, Ella Vangen, forteller"
    is_beside = text[people[at].end : people[at].end + 1] == "," or text[people[at].end : people[at].end + 2] == " ("
    return not between.strip() or (is_beside and "," in between and bool(phrases.title_clause.fullmatch(between)))


def _named(
    text: str, mention: Mention, phrases: Phrases, towns: Mapping[str, frozenset[str]], counties: frozenset[str]
) -> Iterator[Name]:
    """Yield the name that a mention is a part of."""
    start, end = mention.start, mention.end
    ids = mention.meanings
    while end < len(text) and (more := _more_of_body(text, start, end, phrases)):
        end, ids = more, frozenset()
    if before := _HALF_NAME.search(text, max(0, start - 60), start):
        # "Eide" in "Astrid Vik-Eide" is no place.
        start, ids = before.start(), frozenset()
    end = _with_second_half(text, start, end, counties)
    start = _without_title(text, start, end, phrases)
    if not ids and (town := _town_behind(text, start, end, phrases, towns)):
        yield Name(start, town, "person", " ".join(text[start:town].split()))
        yield Name(town + 1, end, "place", text[town + 1 : end], towns[text[town + 1 : end]])
        return
    own = " ".join(text[start:end].split())
    own = own.strip("'’-")
    if not own:
        return
    yield Name(start, end, _kind(text, start, own, ids, phrases), own, ids)


def _towns(context: PageContext) -> dict[str, frozenset[str]]:
    """Return the towns that a page names, as far as the registry knows them."""
    text = context.text.original
    names = ((text[each.start : each.end], each.meanings) for each in context.names)
    return {name: ids for name, ids in names if ids and {id.partition(":")[0] for id in ids} & {"kommune"}}


def _with_second_half(text: str, start: int, end: int, counties: frozenset[str]) -> int:
    """Return where a name ends whose place has two names: "Fylkesmannen i Møre og Romsdal"."""
    last = text[start:end].rsplit(" ", 1)[-1]
    full = next(
        (each for each in counties if each.startswith(f"{last} ") and text.startswith(each, end - len(last))), last
    )
    return end + len(full) - len(last)


def _town_behind(text: str, start: int, end: int, phrases: Phrases, towns: Mapping[str, frozenset[str]]) -> int | None:
    """Return where a person's name ends that the town visited follows: "besøker Kari Strand Moe Kongsvinger for å"."""
    words = text[start:end].split(" ")
    if len(words) <= _MOST_NAMES or words[-1] not in towns:
        return None
    visits = phrases.visits.search(text, max(0, start - 90), start)
    return end - len(words[-1]) - 1 if visits else None


def _more_of_body(text: str, start: int, end: int, phrases: Phrases) -> int | None:
    """Return where a body's name ends that begins with this one: "Sandnes" + "kommune", "Direktoratet" + "for …"."""
    after = re.match(r"(?: [a-zæøå-]+)?? ([a-zæøå]+)\b", text[end : end + 60])
    if after and ends_body(after[1], phrases) and not text[start:end].islower():
        own = after[0].split()
        # Between a name and such a word stands an adjective at most: "Norges arktiske universitet".
        if len(own) == 1 or own[0].endswith(phrases.words.adjectives):
            return end + after.end()
    last = text[start:end].split()[-1].casefold()
    is_head = len(text[start:end].split()) == 1 and ends_body(last, phrases)
    if is_head or last.startswith(phrases.words.body_begins):
        for pattern in (phrases.of_place, phrases.for_matter):
            if match := pattern.match(text, end):
                return match.end()
    return None


def _with_branches(text: str, names: list[Name]) -> list[Name]:
    """Return names with an acronym and the word after it as one body: "KS Storbynettverket", "KS Vest-Noreg"."""
    kept: list[Name] = []
    for name in names:
        before = kept[-1] if kept else None
        if (
            before
            and is_acronym(before.text)
            and text[before.end : name.start] == " "
            and name.kind in ("body", "other", "place")
        ) or (before and is_acronym(before.text) and text[before.end : name.start] == " " and name.kind == "person"):
            kept[-1] = Name(before.start, name.end, "body", f"{before.text} {name.text}")
        else:
            kept.append(name)
    return kept


def _with_origins(text: str, names: list[Name], phrases: Phrases) -> list[Name]:
    """Return names with those from which the person before comes as bodies: "Kari Strand fra Redd Barna"."""
    kept: list[Name] = []
    for name in names:
        before = kept[-1] if kept else None
        is_origin = (
            before is not None
            and before.kind == name.kind == "person"
            and text[before.end : name.start].strip(" ,").casefold() in phrases.pack.origin_words
        )
        kept.append(replace(name, kind="body") if is_origin else name)
    return kept


def _without_title(text: str, start: int, end: int, phrases: Phrases) -> int:
    """Return where a name begins after the title that only the head of a sentence gave a capital."""
    own = list(_WORD.finditer(text, start, end))
    if len(own) > 1 and own[0][0].casefold() in (*phrases.words.meeting, *phrases.words.visits):
        # "Besøker Rothaugen skole"
        own = own[1:]
    while len(own) > 1 and own[1][0][0].isupper() and (is_title(own[0][0], phrases) or is_titles(own[0][0], phrases)):
        own = own[1:]
    if len(own) > 3 and is_title(own[1][0], phrases) and not is_acronym(own[0][0]):
        own = own[2:]
    return own[0].start() if own else start


def _kind(text: str, start: int, own: str, ids: frozenset[str], phrases: Phrases) -> Kind:
    kinds = {id.partition(":")[0] for id in ids}
    if "person" in kinds:
        return "person"
    if "post" in kinds:
        return "office"
    if kinds & {"kommune", "fylke"}:
        return "place"
    if "organisation" in kinds:
        return "body"
    parts = own.split()
    last = parts[-1].rstrip(".")
    if is_acronym(parts[0]) or ends_body(last, phrases) or ends_body(parts[0], phrases):
        return "body"
    if any(re.search(r"[a-zæøå][A-ZÆØÅ]", part) and "-" not in part for part in parts):
        return "body"
    if len(parts) > 1 and last.casefold() in phrases.words.buildings:
        return "other"
    if len(parts) > 1 and parts[0][0].isupper() and is_title(last, phrases) and last[0].isupper():
        # "Vice Mayor"
        return "office"
    if len(parts) > 1:
        return "body" if set(parts[1:-1]) & _small(phrases) else "person"
    return "other"


def _small(phrases: Phrases) -> set[str]:
    return {*phrases.words.inside, *phrases.words.body_for}


def _in_full(people: list[Name]) -> dict[str, dict[str, int]]:
    """Return the full names of people by their first and last words, each with where it stands first."""
    in_full: dict[str, dict[str, int]] = {}
    for each in people:
        words = each.text.split()
        for word in {words[0], words[-1]}:
            in_full.setdefault(word, {}).setdefault(each.text, each.start)
    return in_full


def _with_full_name(name: Name, in_full: dict[str, dict[str, int]]) -> Name:
    """Return a last name, or a first name, as the person of that name whom the page names in full above."""
    if name.kind != "other" or " " in name.text:
        return name
    bare = name.text.removesuffix("s") if len(name.text) > 3 else name.text
    above = {*in_full.get(name.text, {}).items(), *in_full.get(bare, {}).items()}
    matching = {full for full, start in above if start < name.start and (bare == name.text or _fits(full, name, bare))}
    return replace(name, kind="person", refers=matching.pop()) if len(matching) == 1 else name


def _fits(full: str, name: Name, bare: str) -> bool:
    words = full.split()
    return name.text in (words[0], words[-1]) or bare == words[-1]


def _title_beside(text: str, name: Name, phrases: Phrases) -> str:
    """Return the words for an office before a person's name, or after it behind a comma or in brackets."""
    if name.kind != "person":
        return ""
    before = phrases.title_before.search(text, max(0, name.start - 90), name.start)
    if before:
        own = before[1].split()
        for at in range(len(own) - 1, -1, -1):
            if is_title(own[at].rstrip(","), phrases):
                first = at
                while (
                    first
                    and (own[first - 1].endswith("-") or own[first - 1] in phrases.words.joints)
                    and first > at - 4
                ):
                    first -= 1
                return " ".join(own[first:])
    after = re.match(r",? ?\(?([\w-]+)", text[name.end : name.end + 60])
    if after and after[0][:1] in ",( " and is_title(after[1], phrases) and after[0][0] in ",(":
        return after[1]
    return ""


def _longest(names: Iterable[Name]) -> list[Name]:
    """Return names in order without those that a longer one holds."""
    kept: list[Name] = []
    for each in sorted(names, key=lambda name: (name.start, -name.end, name.kind != "person", name.kind == "other")):
        if kept and each.start < kept[-1].end:
            if each.end - each.start > kept[-1].end - kept[-1].start:
                kept[-1] = each
            continue
        kept.append(each)
    return sorted(kept, key=attrgetter("start"))
