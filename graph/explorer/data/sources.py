"""What proves it: claims with the places of their words, pages with their texts, and what the registry knows."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from pyoxigraph import Literal

from graph.explorer.data.queries import Data, label_in, name_of, run_lookup, words_of
from graph.query.results import QueryFn


def claims(run: QueryFn, details: Mapping[str, Data]) -> Data:
    """Each claim with its page and the places of its words there, as pairs of characters counted from 0."""
    found: Data = {}
    for claim, page, says, place, words in run_lookup(run, "claims").rows:
        name = name_of(claim)
        known = found.setdefault(
            name,
            {
                "iri": words_of(claim),
                "page": name_of(page),
                "label": label_in(details, name),
                "says": [],
                "leansOn": [],
            },
        )
        start, _, end = words_of(place).removeprefix("char=").partition(",")
        passage = {"start": int(start), "end": int(end), "words": words_of(words)}
        known["says" if words_of(says) == "true" else "leansOn"].append(passage)
    for claim in found.values():
        for passages in (claim["says"], claim["leansOn"]):
            passages.sort(key=lambda passage: (passage["start"], passage["end"]))
    return found


def pages(run: QueryFn, texts: Callable[[str], str | None]) -> Data:
    """Each page: what it is, where it stands, when it was published as far as is known, and its text."""
    found: Data = {}
    for page, title, address, publisher, earliest, latest, retrieved, language, basis in run_lookup(run, "pages").rows:
        name = name_of(page)
        known = found.setdefault(
            name,
            {
                "iri": words_of(page),
                "title": words_of(title),
                "address": words_of(address),
                "publisher": name_of(publisher),
                "published": [words_of(earliest), words_of(latest)],
                "retrieved": words_of(retrieved),
                "language": words_of(language) or "nb",
                "basis": {},
                "text": texts(name.partition(":")[2]),
            },
        )
        if isinstance(basis, Literal):
            known["basis"][basis.language or "nb"] = basis.value
    return found


def memberships(run: QueryFn, details: Mapping[str, Data]) -> Data:
    """Who holds or held an office, and the sources that say so."""
    found: Data = {}
    for membership, person, post, source in run_lookup(run, "memberships").rows:
        name = name_of(membership)
        holding = {"person": name_of(person), "post": name_of(post), "label": label_in(details, name), "sources": []}
        known = found.setdefault(name, {"id": name} | holding)
        known["sources"].append(words_of(source))
    return found


def areas(run: QueryFn) -> Data:
    """Of each municipality its county and police district of the day, and the county or counties of today."""
    found: Data = {}
    for area, county, _now, county_now, district in run_lookup(run, "areas").rows:
        known = found.setdefault(
            name_of(area), {"county": name_of(county), "countiesNow": [], "district": name_of(district)}
        )
        if county_now is not None and name_of(county_now) not in known["countiesNow"]:
            known["countiesNow"].append(name_of(county_now))
    return found


def successors(run: QueryFn) -> Data:
    """What became of bodies, and on which day."""
    found: Data = defaultdict(list)
    for body, day, successor in run_lookup(run, "successors").rows:
        found[name_of(body)].append({"on": words_of(day), "is": name_of(successor)})
    return found
