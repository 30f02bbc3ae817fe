"""Query the evidence: claims with the positions of their words, sources with their texts, and the registry."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from pyoxigraph import Literal

from graph.explorer.data.ends import claim_ends
from graph.explorer.data.queries import Details, label_in, name_of, run_lookup
from graph.explorer.data.records import Area, Claim, Membership, Passage, Source, Successor
from graph.model.sources import (
    LAST,
    CellSelector,
    PageSelector,
    PointerSelector,
    ReadingOrder,
    Selector,
    TextSelector,
    parse_fragment,
)
from graph.query.passages import unnamed_ends
from graph.query.results import QueryFn, text_of


def claims(run: QueryFn, details: Mapping[str, Details]) -> dict[str, Claim]:
    """Return each claim with its source and the places of its words in that source."""
    result: dict[str, Claim] = {}
    rows = run_lookup(run, "claims").rows
    selectors = [parse_fragment(name_of(source), text_of(fragment)) for _, source, _, fragment, *_ in rows]
    in_order = sorted(range(len(rows)), key=lambda row: _order(selectors[row]))
    for claim, source, *_ in rows:
        name = name_of(claim)
        result[name] = {
            "iri": text_of(claim),
            "source": name_of(source),
            "label": label_in(details, name),
            "keyEvidence": [],
            "context": [],
        }
    ends = claim_ends(run, details)
    for row in in_order:
        claim, _, says, fragment, words, heading = rows[row]
        name = name_of(claim)
        passage = _passage(selectors[row], text_of(fragment), text_of(words))
        if heading is not None:
            _place_in_row(passage, selectors[row], text_of(heading))
        if text_of(says) != "true":
            result[name]["context"].append(passage)
            continue
        # A cell leans on its row, which is shown around it.
        unnamed = unnamed_ends(passage["words"], ends[name]) if name in ends and heading is None else ()
        if unnamed:
            passage["unnamed"] = list(unnamed)
        result[name]["keyEvidence"].append(passage)
    return result


AnySelector = Selector | PageSelector | None


def _order(selector: AnySelector) -> ReadingOrder:
    return selector.order if selector else LAST


def _passage(selector: AnySelector, fragment: str, words: str) -> Passage:
    """Return a passage of a text, or words of another kind of source with their place."""
    _, start, end = _order(selector)
    if isinstance(selector, TextSelector):
        return {"start": start, "end": end, "words": words}
    place = selector.label.by_language if selector else {"": fragment}
    return {"start": start, "end": end, "words": words, "place": dict(place)}


def _place_in_row(passage: Passage, selector: AnySelector, heading: str) -> None:
    """Give a cell the heading above it, and its row as its place."""
    passage["heading"] = heading
    if isinstance(selector, CellSelector | PointerSelector):
        passage["place"] = dict(selector.row_label.by_language)


def sources(run: QueryFn, details: Mapping[str, Details], texts: Callable[[str], str | None]) -> dict[str, Source]:
    """Return each source; ``texts`` gives its text by its id, or None."""
    result: dict[str, Source] = {}
    for source, address, earliest, latest, retrieved, language, basis, file in run_lookup(run, "sources").rows:
        name = name_of(source)
        record = result.setdefault(
            name,
            {
                "iri": text_of(source),
                # A source has one title, in its own language.
                "title": next(iter(label_in(details, name).values()), ""),
                "address": text_of(address),
                "published": [text_of(earliest), text_of(latest)],
                "retrieved": text_of(retrieved),
                "language": text_of(language),
                "basis": {},
                "text": texts(name.partition(":")[2]),
            },
        )
        if file is not None:
            record["file"] = text_of(file)
        if isinstance(basis, Literal):
            record["basis"][basis.language or ""] = basis.value
    return result


def memberships(run: QueryFn, details: Mapping[str, Details]) -> dict[str, Membership]:
    """Return who holds or held an office, when, and the sources that say so."""
    result: dict[str, Membership] = {}
    for membership, person, post, source, *days in run_lookup(run, "memberships").rows:
        name = name_of(membership)
        begin_first, begin_last, end_first, end_last = map(text_of, days)
        record = result.setdefault(
            name,
            {
                "id": name,
                "person": name_of(person),
                "post": name_of(post),
                "label": label_in(details, name),
                "begin": [begin_first, begin_last],
                "end": [end_first, end_last],
                "sources": [],
            },
        )
        record["sources"].append(text_of(source))
    return result


def areas(run: QueryFn) -> dict[str, Area]:
    """Return of each municipality its county and police district of the day, and the county or counties of today."""
    result: dict[str, Area] = {}
    for area, county, _now, county_now, district, possible in run_lookup(run, "areas").rows:
        record = result.setdefault(
            name_of(area),
            {"county": name_of(county), "countiesNow": [], "district": name_of(district), "possibleDistricts": []},
        )
        if county_now is not None and name_of(county_now) not in record["countiesNow"]:
            record["countiesNow"].append(name_of(county_now))
        if possible is not None and name_of(possible) not in record["possibleDistricts"]:
            record["possibleDistricts"].append(name_of(possible))
    return result


def successors(run: QueryFn) -> dict[str, list[Successor]]:
    """Return what became of bodies, and on which day."""
    result: dict[str, list[Successor]] = defaultdict(list)
    for body, day, successor in run_lookup(run, "successors").rows:
        result[name_of(body)].append({"on": text_of(day), "is": name_of(successor)})
    return dict(result)
