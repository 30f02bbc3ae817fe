"""Check inferences: what a reader infers that the page does not say in so many words, and from what."""

import re
from collections.abc import Iterable, Iterator
from typing import overload

from graph.model.claims import Inference
from graph.model.edtf import Bounds, bounds
from graph.model.iris import slug
from graph.model.labels import LanguageMap
from graph.model.sources import Source
from graph.sources.form.entries import ByLanguage, Inferred, WhenEntry
from graph.sources.pages.context import PageContext
from graph.sources.pages.coordination import members_up_to
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.text.mentions import Mention

# How far the year of an event may lie from the publication that tells it.
_YEARS_NEAR = 1


def inference_of(entry: Inferred, *path: int | str) -> Inference | None:
    """Return what an entry says of how it is known. Raise EntryError where it names a basis that says nothing."""
    if entry.inferred_from == "source" and entry.because is None:
        raise EntryError("from: source needs because:, with what on the page shows it", *path, "from")
    if entry.inferred_from is None and entry.because is None:
        return None
    return Inference(f"basis:{entry.inferred_from}" if entry.inferred_from else None, wording(entry.because))


@overload
def wording(reason: str | ByLanguage) -> str | LanguageMap: ...
@overload
def wording(reason: None) -> None: ...
def wording(reason: str | ByLanguage | None) -> str | LanguageMap | None:
    """Return a reason of the reader as a mapping where it is given by language, else as it is."""
    return LanguageMap(reason) if isinstance(reason, dict) else reason


def check_years(entry: Inferred, years: Iterable[str], source: Source, *path: int | str) -> None:
    """Raise EntryError where the years of a time do not follow from what they are inferred from."""
    first, last = source.published_earliest.year - _YEARS_NEAR, source.published_latest.year + _YEARS_NEAR
    for year in years:
        match entry.inferred_from:
            case "published":
                if not first <= int(year) <= last:
                    days = f"{source.published_earliest} to {source.published_latest}"
                    message = f"{year} does not follow from the publication ({days})"
                    raise EntryError(f"{message}; where the page shows it, write from: source with because:", *path)
            case "title" if not re.search(rf"(?<!\d){year}(?!\d)", source.title):
                raise EntryError(f"the title of the page does not say {year}", *path)
            case "url" if not re.search(rf"(?<!\d){year}(?:\d{{4}})?(?!\d)", source.url):
                raise EntryError(f"the address of the page does not say {year}", *path)
            case "publisher":
                raise EntryError("no time follows from who published the page", *path)


def check_day(context: PageContext, entry: WhenEntry, source: Source, *path: int | str) -> None:
    """Raise EntryError where a time without words of the page is narrower than what it is inferred from.

    An address or a title that says 2020 tells no day of that year; a page tells no other day than that of its
    publication.
    """
    if entry.because is not None or re.fullmatch(r"\d{4}", entry.edtf):
        return
    span, numbers = bounds(entry.edtf), re.findall(r"\d+", source.url)
    match entry.inferred_from:
        case "published" if not span.covers(Bounds(source.published_earliest, source.published_latest)):
            basis = "it was published"
        case "url" if not {str(int(part)) for part in re.findall(r"\d+", entry.edtf)} <= {*_ints(numbers)}:
            basis = "its address says"
        case "title" if not _in_title(context, entry.edtf, source):
            basis = "its title says"
        case _:
            return
    message = (
        f"{entry.edtf} is another time than when {basis}"
        if entry.inferred_from == "published"
        else (f"{entry.edtf} is narrower than {basis}")
    )
    raise EntryError(f"{message}; give the page's words as said:, or say with because: why", *path)


def _ints(numbers: Iterable[str]) -> Iterable[str]:
    """Yield numbers without zeros before them; a day may be written together, as 20200303."""
    for number in numbers:
        yield from (number.lstrip("0"), *(str(int(number[at])) for at in _DAY if len(number) == len("20200303")))


_DAY = (slice(0, 4), slice(4, 6), slice(6, 8))


def _in_title(context: PageContext, edtf: str, source: Source) -> bool:
    """Return whether the title has a date that the value is no narrower than."""
    title = context.language.passages(source.title)
    dates = [source.title[each.start : each.end] for each in context.language.dates(title)]
    return any(
        context.language.conflicts(words, edtf) is None and context.language.is_narrower(words, edtf) is None
        for words in dates
    )


def check_area(context: PageContext, area: str, entry: Inferred, source: Source, *path: int | str) -> None:
    """Raise EntryError where a place does not follow from what it is inferred from."""
    registry, publisher = context.background.registry, f"organisation:{source.publisher}"
    names = registry.spellings[area]
    match entry.inferred_from:
        case "publisher" if entry.because is None:
            body = registry.organisations.get(publisher)
            if area not in (body.areas if body else ()) and registry.areas[area].body != publisher:
                message = f"{registry.areas[area].name} is not the area of the publisher, {source.publisher}"
                raise EntryError(f"{message}; say with because: why it follows", *path)
        case "title" if not any(re.search(rf"\b{re.escape(name)}s?\b", source.title) for name in names):
            raise EntryError(f"the title of the page does not name {names[0]}", *path)
        case "url" if not any(_in_address(name, source.url) for name in names):
            raise EntryError(f"the address of the page does not name {names[0]}", *path)
        case "published":
            raise EntryError("no place follows from the day of publication", *path)


def check_agent(context: PageContext, agent: str, entry: Inferred, source: Source, *path: int | str) -> None:
    """Raise EntryError where who is meant does not follow from what it is inferred from."""
    publisher, registry = f"organisation:{source.publisher}", context.background.registry
    names = registry.spellings.get(agent, ())
    match entry.inferred_from:
        case "publisher" if entry.because is None:
            body = registry.organisations.get(agent)
            if publisher not in (agent, body.part_of if body else None):
                raise EntryError(f"{agent} is not the publisher, {source.publisher}; say with because: why", *path)
        case "title" if not any(re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", source.title) for name in names):
            raise EntryError(f"the title of the page does not name {agent}", *path)
        case "url" if not any(_in_address(name, source.url) for name in names):
            raise EntryError(f"the address of the page does not name {agent}", *path)
        case "published":
            raise EntryError("nobody follows from the day of publication", *path)


def _in_address(name: str, url: str) -> bool:
    """Return whether a name stands in an address as whole words: "Os" is not in "oslo", nor "KS" in "tasks"."""
    return f"-{slug(name)}-" in f"-{slug(url)}-"


def check_said_to_be_there(
    context: PageContext, area: str, entry: Inferred, when: Bounds, proof: Proof, *path: int | str
) -> None:
    """Raise EntryError where the quotes name a municipality only as another place than that of the event.

    "Et møte om Bergen" was not in Bergen, and what Stavanger kommune held "i Bergen" was not in Stavanger. What the
    university "i Bergen" held "i Oslo" was in Oslo.
    """
    existing = context.background.registry.areas
    if entry.because is not None:
        return
    places = [each for each in _places(context, proof) if area in each.meanings]
    members = [[*members_up_to(context, each)] for each in places]
    before = [{_word_before(proof, member) for member in each} for each in members]
    there = [
        member for each in members for member in each if _word_before(proof, member) in context.language.place_words
    ]
    if any(not _belongs_to_another(context, proof, each) for each in there):
        return
    if places and all(not words.isdisjoint(context.language.elsewhere_words) for words in before):
        words, name = f"{_word_before(proof, places[0])} {_words(proof, places[0])}", existing[area].name
        message = f"the quotes say {words!r}, which does not say that it was there"
        raise EntryError(f"{message}; if it was, say with because: why it was in {name}", *path)
    check_no_other_area(context, area, entry, when, proof, *path, but_of_another=bool(there))


def check_no_other_area(
    context: PageContext,
    area: str,
    entry: Inferred,
    when: Bounds,
    proof: Proof,
    *path: int | str,
    but_of_another: bool = False,
) -> None:
    """Raise EntryError where the quotes themselves say where it was, and that is not the municipality inferred.

    A municipality that there was no longer is a place: "i Førde" may be in Sunnfjord. ``but_of_another`` leaves out
    where bodies and people are from: "ordføreren i Haugesund".
    """
    if entry.because is not None:
        return
    existing = context.background.registry.areas
    for each in _places(context, proof):
        if but_of_another and _belongs_to_another(context, proof, each):
            continue
        areas = {id for id in each.meanings if id in existing and existing[id].exists.overlaps(when)}
        word = _word_before(proof, each)
        if areas and each.meanings.isdisjoint({area, existing[area].county}) and word in context.language.place_words:
            words, name = f"{word} {_words(proof, each)}", existing[area].name
            message = f"the quotes say {words!r}; if it was not there, say with because: why it was in {name}"
            raise EntryError(message, *path)


def _places(context: PageContext, proof: Proof) -> Iterator[Mention]:
    """Yield where the own quotes name an area that the registry knows."""
    areas = context.background.registry.areas
    for each in proof.within(context.mentions):
        if proof.owns(each.start, each.end) and any(id in areas for id in each.meanings):
            yield each


def _belongs_to_another(context: PageContext, proof: Proof, mention: Mention) -> bool:
    """Return whether a place after "i" may only tell where a body or a person is from: "ordføreren i Bergen"."""
    pack = context.language.pack
    before = proof.text.original[max(0, mention.start - 80) : mention.start].casefold().split()[-2:-1]
    if pack is None or not before:
        return False
    return before[0].endswith(pack.proposing.bodies) or any(head in before[0] for head in pack.representation.heads)


def _word_before(proof: Proof, mention: Mention) -> str | None:
    """Return the word before a name of a page; None at its beginning."""
    before = proof.text.original[max(0, mention.start - 40) : mention.start].split()
    return before[-1] if before else None


def _words(proof: Proof, mention: Mention) -> str:
    return proof.text.original[mention.start : mention.end]
