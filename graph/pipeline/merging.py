"""Merging: what is wrong where two pages are one, or speak of two events as if they were one.

A page that stands in the corpus twice would be two witnesses of the same words. Two events under one key would be one
event that never was. Newer knowledge narrows what is known of an event, and never replaces it by another.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pyoxigraph import NamedNode, Quad

from graph.common.findings import Finding, Severity
from graph.model.edtf import Bounds
from graph.pipeline.parts import EventFacts, Part
from graph.rdf.terms import compact, iri

_BROADER = iri("skos:broader")
# So many words make a shingle, and so many shingles a sketch of a text.
SHINGLE, SKETCH = 5, 64
# Texts that share more of their sketches than this may be a text and its reprint.
ALIKE = 0.7


def check_merged(
    pages: Sequence[Part], findings: Sequence[Finding], ontology: Sequence[Quad]
) -> tuple[list[Part], list[Finding]]:
    """Return the pages that are no copy and contradict no other, and the findings with those about the others."""
    broader = {
        compact(quad.subject): compact(quad.object)
        for quad in ontology
        if quad.predicate == _BROADER and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }
    own = [*find_copies(pages), *find_contradictions(pages, broader)]
    wrong = {finding.file.split("/")[1] for finding in own if finding.severity == "error"}
    return [page for page in pages if page.name not in wrong], [*findings, *own]


def sketch_of(text: str) -> tuple[int, ...]:
    """Return the smallest digests of the runs of five words of a text: two texts share as many as they are alike."""
    words = text.casefold().split()
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
    return tuple(sorted({zlib.crc32(run.encode()) for run in runs})[:SKETCH])


def find_copies(pages: Sequence[Part]) -> Iterator[Finding]:
    """Yield an error for a text that is there twice, a warning for an address, a question for nearly the same text.

    A page whose description says ``reprint_of:`` is none of these: it is known to be no witness of its own.
    """
    ordered = sorted(pages, key=lambda page: page.name)
    names = {page.name for page in ordered}
    first: dict[str, str] = {}
    for page in ordered:
        file = f"corpus/{page.name}/page.yaml"
        original = page.facts.reprint_of
        if original is not None:
            if original not in names or original == page.name:
                yield Finding(file, 0, f"reprint_of: {original!r} is no other page of the corpus")
            continue
        for what, value in (("text", page.facts.sha256), ("address", page.facts.url)):
            if not value:
                continue
            other = first.setdefault(f"{what} {value}", page.name)
            if other != page.name:
                mend = f"remove one, or write reprint_of: {other}, which makes them one witness"
                # A page may change under its address; its text cannot be another page.
                severity: Severity = "error" if what == "text" else "warning"
                yield Finding(file, 0, f"the same {what} as corpus/{other}; {mend}", severity)
                break
    yield from _near_copies(ordered)


def _near_copies(pages: Sequence[Part]) -> Iterator[Finding]:
    having: dict[int, list[Part]] = defaultdict(list)
    for page in pages:
        if page.facts.reprint_of is not None:
            continue
        sketch = page.facts.sketch
        shared = Counter(other.name for digest in sketch for other in having[digest])
        for other, number in shared.most_common(1):
            texts = {each.name: each.facts.sha256 for digest in sketch for each in having[digest]}
            share = number / max(len(sketch), 1)
            if share >= ALIKE and texts[other] != page.facts.sha256:
                message = f"nearly the same text as corpus/{other} ({share:.0%}); if it is a reprint, write"
                yield Finding(f"corpus/{page.name}/page.yaml", 0, f"{message} reprint_of: {other}", "question")
        for digest in sketch:
            having[digest].append(page)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one page tells of an event."""

    page: Part
    facts: EventFacts

    @property
    def file(self) -> str:
        return f"corpus/{self.page.name}/claims.yaml"


def _told_of_events(pages: Sequence[Part]) -> dict[str, list[_Told]]:
    """Return what pages tell of each event that several speak of, the page that was published first before."""
    told: dict[str, list[_Told]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: (page.facts.published_latest, page.name)):
        for facts in page.facts.events:
            told[facts.event].append(_Told(page, facts))
    return {event: each for event, each in told.items() if len(each) > 1}


def find_contradictions(pages: Sequence[Part], broader: Mapping[str, str]) -> Iterator[Finding]:
    """Yield one finding for each entry that tells of another event than the page before it does under the same key.

    Times that do not overlap and other municipalities are errors; kinds of which neither is the ``broader`` one are a
    warning. An event that was postponed or cancelled may have another time: its new one is an event of its own.
    """
    for event, told in _told_of_events(pages).items():
        for before, after in pairwise(told):
            differ = [*_differences(before.facts, after.facts)]
            grave = bool(differ)
            if not _one_is_broader(before.facts.kind, after.facts.kind, broader):
                differ.append(f"it is a {_local(before.facts.kind)} there and a {_local(after.facts.kind)} here")
            if differ:
                message = (
                    f"{event}: is this the event of corpus/{before.page.name}? {'; '.join(differ)} (there:"
                    f" «{before.facts.words}»; here: «{after.facts.words}»). If not, give it a key of its own"
                )
                yield Finding(after.file, after.facts.line, message, "error" if grave else "warning")


def _differences(before: EventFacts, after: EventFacts) -> Iterator[str]:
    one, other = _bounds(before), _bounds(after)
    moved = {"status:postponed", "status:cancelled"} & {before.status, after.status}
    if not one.overlaps(other) and not moved:
        yield f"it is on {_shown(one)} there and on {_shown(other)} here"
    if before.area and after.area and before.area != after.area:
        yield f"it is in {before.area_name} there and in {after.area_name} here"


def _bounds(facts: EventFacts) -> Bounds:
    first, last = (date.fromisoformat(day) if day else None for day in (facts.earliest, facts.latest))
    return Bounds(first, last)


def _shown(span: Bounds) -> str:
    return str(span.earliest) if span.earliest == span.latest else f"{span.earliest or '…'} to {span.latest or '…'}"


def _one_is_broader(one: str, other: str, broader: Mapping[str, str]) -> bool:
    def above(kind: str) -> set[str]:
        found = {kind}
        while (kind := broader.get(kind, "")) and kind not in found:
            found.add(kind)
        return found

    return one in above(other) or other in above(one)


def _local(kind: str) -> str:
    return kind.partition(":")[2]


def give_one_label(pages: Sequence[Part]) -> tuple[list[Part], list[Finding]]:
    """Return the pages so that each event has the label of the page that was published first, and what others call it.

    A label is a decision of ours and not a claim; two of them would make two names of one event.
    """
    findings, dropped = [], defaultdict(list)
    for event, told in _told_of_events(pages).items():
        named = [each for each in told if each.facts.label]
        for other in named[1:]:
            if other.facts.label != named[0].facts.label:
                message = (
                    f"{event} is called {named[0].facts.label!r} in corpus/{named[0].page.name}; leave label: out here"
                )
                findings.append(Finding(other.file, other.facts.line, message, "warning"))
                dropped[other.page.name].append(f"{iri(event)} {iri('rdfs:label')} ")
    return [
        _without_lines(page, tuple(dropped[page.name])) if page.name in dropped else page for page in pages
    ], findings


def _without_lines(page: Part, starts: tuple[str, ...]) -> Part:
    return page._replace(lines=[line for line in page.lines if not line.startswith(starts)])
