"""Check what pages have in common: two events that pages take for one. Which pages are one is in ``copies``.

Two events under one key would be one
event that never was. Newer knowledge narrows what is known of an event, and never replaces it by another.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode, Quad

from graph.claims.source_rdf import thing_names
from graph.common.findings import Finding
from graph.model.edtf import Bounds
from graph.model.identity import Decisions
from graph.model.labels import LanguageMap
from graph.pipeline.copies import find_copies
from graph.pipeline.joined_events import OF_REGISTERS
from graph.pipeline.parts import EventFacts, Part
from graph.pipeline.sorted_lines import PackedLines
from graph.rdf.statements import to_nquads
from graph.rdf.terms import compact, iri

_BROADER = iri("skos:broader")
# The most events of one day that an event is compared with.
MOST_TWINS = 200


def check_merged(
    pages: Sequence[Part], findings: Sequence[Finding], ontology: Sequence[Quad], decisions: Decisions | None = None
) -> tuple[list[Part], list[Finding]]:
    """Return the pages that are no copy and contradict no other, and the findings with those about the others."""
    broader = _broader(ontology)
    own = [*find_copies(pages), *find_contradictions(pages, broader, decisions), *find_twins(pages, broader, decisions)]
    wrong = {finding.file.split("/")[1] for finding in own if finding.severity == "error"}
    return [page for page in pages if page.name not in wrong], [*findings, *own]


def _broader(ontology: Sequence[Quad]) -> dict[str, str]:
    """Return the concept above each concept that has one."""
    return {
        compact(quad.subject): compact(quad.object)
        for quad in ontology
        if quad.predicate == _BROADER and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }


def check_joined(parts: Sequence[Part], ontology: Sequence[Quad]) -> tuple[list[Part], list[Finding]]:
    """Return the parts of pages and registers that contradict no earlier one about an event, and what is wrong."""
    findings = [*find_contradictions(parts, _broader(ontology), joined=True)]
    wrong = {_part_of(finding) for finding in findings if finding.severity == "error"}
    return [part for part in parts if part.name not in wrong], findings


def _part_of(finding: Finding) -> str:
    return finding.file if finding.file.startswith(OF_REGISTERS) else finding.file.split("/")[1]


@dataclass(frozen=True, slots=True)
class _PageEvent:
    """An event as one page tells of it."""

    page: Part
    facts: EventFacts

    @property
    def file(self) -> str:
        if self.page.name.startswith(OF_REGISTERS):
            return self.page.name
        return f"corpus/{self.page.name}/claims.yaml"

    @property
    def place(self) -> str:
        """Return where it is told of, for a message."""
        return self.page.name if self.page.name.startswith(OF_REGISTERS) else f"corpus/{self.page.name}"


def _events_of_pages(pages: Sequence[Part]) -> dict[str, list[_PageEvent]]:
    """Return each event that several pages tell of, by these pages in the order of their publication."""
    accounts: dict[str, list[_PageEvent]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: (page.facts.published_latest, page.name)):
        for facts in page.facts.events:
            accounts[facts.event].append(_PageEvent(page, facts))
    return {event: each for event, each in accounts.items() if len(each) > 1}


def find_contradictions(
    pages: Sequence[Part], broader: Mapping[str, str], decisions: Decisions | None = None, joined: bool = False
) -> Iterator[Finding]:
    """Yield one finding for each entry that contradicts an earlier page about the event of the same key.

    Times that do not overlap and other municipalities or countries are errors; kinds of which neither is the
    ``broader`` one are a warning. An event that was postponed or cancelled may have another time: its new one is an
    event of its own. What was cancelled at one time and held at another are two events. ``joined``: some are parts of
    registers, and only what these contradict is told.
    """
    for event, accounts in _events_of_pages(pages).items():
        # Each entry is compared with all accepted ones before it, the nearest first: an entry that says little
        # ("a meeting") must not join two that contradict each other.
        accepted: list[_PageEvent] = []
        for after in accounts:
            if joined and not any(each.page.name.startswith(OF_REGISTERS) for each in (*accepted, after)):
                accepted.append(after)
                continue
            decided = joined or (decisions is not None and len(decisions.cluster(event)) > 1)
            findings = [_contradiction(event, before, after, broader, decided) for before in reversed(accepted)]
            wrong = [finding for finding in findings if finding is not None]
            errors = [finding for finding in wrong if finding.severity == "error"]
            yield from (errors or wrong)[:1]
            if not errors:
                accepted.append(after)


def _contradiction(
    event: str, before: _PageEvent, after: _PageEvent, broader: Mapping[str, str], decided: bool
) -> Finding | None:
    differ = [*_differences(before.facts, after.facts)]
    grave = bool(differ)
    if not _one_is_broader(before.facts.kind, after.facts.kind, broader):
        differ.append(f"it is a {_local(before.facts.kind)} there and a {_local(after.facts.kind)} here")
    if not differ:
        return None
    message = (
        f"{event}: is this the event of {before.place}? {'; '.join(differ)} (there:"
        f" «{before.facts.words}»; here: «{after.facts.words}»). If not, "
        + ("take back the decision in decisions/identity.yaml" if decided else "give it a key of its own")
    )
    return Finding(after.file, after.facts.line, message, "error" if grave else "warning")


def find_twins(
    pages: Sequence[Part], broader: Mapping[str, str], decisions: Decisions | None = None
) -> Iterator[Finding]:
    """Yield a question for each event that may be one of an earlier page under another key.

    They are on the same day, of kinds of which one is the broader, in the same municipality or, where one page names
    none, with somebody in common; no page speaks of both, and nobody has decided that they are different.
    """
    of_page: dict[str, set[str]] = defaultdict(set)
    on_day: dict[str, dict[str, _PageEvent]] = defaultdict(dict)
    for page in sorted(pages, key=lambda page: (page.facts.published_latest, page.name)):
        for facts in page.facts.events:
            of_page[facts.event].add(page.name)
            if facts.event.startswith("event:") and facts.earliest and facts.earliest == facts.latest:
                on_day[facts.earliest].setdefault(facts.event, _PageEvent(page, facts))
    for accounts in on_day.values():
        earlier: list[_PageEvent] = []
        for after in accounts.values():
            for before in earlier[:MOST_TWINS]:
                apart = of_page[before.facts.event] & of_page[after.facts.event]
                decided = decisions and decisions.verdict(before.facts.event, after.facts.event) == "different"
                if not apart and not decided and _may_be_one(before.facts, after.facts, broader):
                    key = _local(before.facts.event)
                    message = (
                        f"{after.facts.event} may be {before.facts.event} of corpus/{before.page.name}, on the same day"
                        f" (there: «{before.facts.words}»; here: «{after.facts.words}»). If it is, write {key} as its"
                        " key here, or decide: motegraf review --same"
                    )
                    yield Finding(after.file, after.facts.line, message, "question")
                    break
            earlier.append(after)


def _may_be_one(one: EventFacts, other: EventFacts, broader: Mapping[str, str]) -> bool:
    if _apart(one, other):
        return False
    alike = bool(one.area and other.area) or bool({*one.agents} & {*other.agents})
    return alike and _one_is_broader(one.kind, other.kind, broader)


def _differences(before: EventFacts, after: EventFacts) -> Iterator[str]:
    one, other = _bounds(before), _bounds(after)
    moved = {"status:postponed", "status:cancelled"} & {before.status, after.status}
    # What was postponed is held at another time; what was cancelled was not held, so what was is another event.
    cancelled_and_held = {before.status, after.status} == {"status:cancelled", "status:held"}
    if not one.overlaps(other) and (not moved or cancelled_and_held):
        yield f"it is on {_span_text(one)} there and on {_span_text(other)} here"
    if _apart(before, after):
        yield f"it is in {_place_name(before)} there and in {_place_name(after)} here"


def _apart(one: EventFacts, other: EventFacts) -> bool:
    """Return whether two pages place an event in different municipalities or countries; a municipality is in Norway."""
    if one.area and other.area:
        return one.area != other.area
    countries = [each.country or ("NO" if each.area else None) for each in (one, other)]
    return None not in countries and countries[0] != countries[1]


def _place_name(facts: EventFacts) -> str:
    return facts.area_name or facts.country or "Norway"


def _bounds(facts: EventFacts) -> Bounds:
    first, last = (date.fromisoformat(day) if day else None for day in (facts.earliest, facts.latest))
    return Bounds(first, last)


def _span_text(span: Bounds) -> str:
    return str(span.earliest) if span.earliest == span.latest else f"{span.earliest or '…'} to {span.latest or '…'}"


def _one_is_broader(one: str, other: str, broader: Mapping[str, str]) -> bool:
    def above(kind: str) -> set[str]:
        kinds = {kind}
        while (kind := broader.get(kind, "")) and kind not in kinds:
            kinds.add(kind)
        return kinds

    return one in above(other) or other in above(one)


def _local(kind: str) -> str:
    return kind.partition(":")[2]


def give_one_label(pages: Sequence[Part]) -> tuple[list[Part], list[Finding]]:
    """Return the pages so that each thing has one label in a language, and what pages call it besides.

    A label is a decision of ours and not a claim; two of them would make two names of one thing. The page that was
    published first names it; a language that this one lacks is taken from the next.
    """
    findings: list[Finding] = []
    dropped: dict[str, set[str]] = defaultdict(set)
    labelled: dict[str, list[Part]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: (page.facts.published_latest, page.name)):
        for thing in page.facts.labels:
            labelled[thing].append(page)
    for thing, accounts in labelled.items():
        if len(accounts) == 1:
            continue
        merged: dict[str, str] = {}
        for page in accounts:
            for tag, text in page.facts.labels[thing].items():
                if merged.setdefault(tag, text) != text:
                    findings.append(_second_label(thing, tag, merged[tag], accounts, page))
        lines = {*_label_lines(thing, merged)}
        for page in accounts:
            dropped[page.name] |= {*_label_lines(thing, page.facts.labels[thing])} - lines
    return [
        page._replace(lines=PackedLines.of([line for line in page.lines if line not in dropped[page.name]]))
        if dropped.get(page.name)
        else page
        for page in pages
    ], findings


def _label_lines(thing: str, label: Mapping[str, str]) -> list[str]:
    return to_nquads(thing_names(thing, LanguageMap(label)))


def _second_label(thing: str, tag: str, text: str, accounts: Sequence[Part], page: Part) -> Finding:
    first = next(each for each in accounts if each.facts.labels[thing].get(tag) == text)
    message = f"{thing} is called {text!r} in corpus/{first.name}; leave label: out here"
    return Finding(f"corpus/{page.name}/claims.yaml", page.facts.lines.get(thing, 1), message, "warning")
