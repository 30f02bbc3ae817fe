"""What the registry says of an entity, apart from pages: its sources, remarks, disagreements, and entries elsewhere."""

import re
from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal

from graph.model.labels import Label, best_label
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term
from graph.server.entity.records import LOOKUPS, Name, Record, in_language
from graph.server.entity.registry_words import registry_source, with_dates_in_words

TEXTS = {
    "registry": Label("Fra registeret", "From the registry"),
    "registry_sources": Label("Kilder", "Sources"),
    "registry_for": Label("for {}", "for the {}"),
    "registry_remarks": Label("Merknader", "Remarks"),
    "registry_disagree": Label("Kildene er uenige om", "The sources disagree on"),
    "registry_elsewhere": Label("Det samme hos andre", "The same elsewhere"),
}
_ELSEWHERE = (
    (re.compile(r"https?://www\.wikidata\.org/entity/([PQ]\d+)"), "Wikidata {}"),
    (re.compile(r"https://data\.brreg\.no/enhetsregisteret/api/enheter/(\d+)"), "Enhetsregisteret {}"),
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What sources disagree about, and what each of them reports."""

    about: str
    reported: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegistryFacts:
    """What the registry has on an entity. ``sources`` are pairs of what each is for, or an empty text, and its name."""

    sources: tuple[tuple[str, str], ...]
    remarks: tuple[Name, ...]
    disagreements: tuple[Disagreement, ...]
    elsewhere: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.sources or self.remarks or self.disagreements or self.elsewhere)


def registry_facts(record: Record, run: QueryFn, lang: str) -> RegistryFacts:
    """Return what the registry has on an entity, in words."""
    sources = [registry_source(each.value) for each in record.literals("dc:source")]
    return RegistryFacts(
        tuple((in_language(each.about, lang) if each.about else "", in_language(each.name, lang)) for each in sources),
        tuple(
            Name(with_dates_in_words(each.value, each.language or ""), each.language or "")
            for each in _remarks(record, lang)
        ),
        disagreements(record, run, lang),
        tuple((entry_name(each.value), each.value) for each in record.nodes("schema:sameAs")),
    )


def disagreements(record: Record, run: QueryFn, lang: str) -> tuple[Disagreement, ...]:
    """Return what sources of the registry disagree about, of an entity."""
    about: dict[Term | None, dict[str, Literal]] = defaultdict(dict)
    reported: dict[Term | None, set[str]] = defaultdict(set)
    for _, conflict, subject, report in lookup_rows([record.entity], LOOKUPS / "conflicts.rq", run):
        if isinstance(subject, Literal):
            about[conflict][subject.language or ""] = subject
        if isinstance(report, Literal):
            reported[conflict].add(in_language(registry_source(report.value).name, lang))
    return tuple(
        Disagreement(best_label(about[conflict], lang).value, tuple(sorted(reported[conflict])))
        for conflict in sorted(about, key=str)
    )


def _remarks(record: Record, lang: str) -> list[Literal]:
    """Return the remarks in the best language there is; others say the same."""
    by_language: dict[str, list[Literal]] = defaultdict(list)
    for each in record.literals("rdfs:comment"):
        by_language[(each.language or "").lower()].append(each)
    return best_label(by_language, lang) if by_language else []


def entry_name(address: str) -> str:
    """Return what an entry of others is called, by its address; the address where we know no name for it."""
    for pattern, name in _ELSEWHERE:
        match = pattern.fullmatch(address)
        if match:
            return name.format(match[1])
    return address
