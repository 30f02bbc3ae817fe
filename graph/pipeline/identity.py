"""Identity in a build: what people decided to be one thing is one before any rule is applied.

Each id that a decision replaces is put in the place of the one that is kept, in all statements of a part. Its names
become other names of the thing, and its label stays in ``graph:identity``, where the id leads to the one that is kept;
a claim keeps there what it was entered as. A decision that is taken back leaves no trace: the part is made of the page
again, and is as it was.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pyoxigraph import Quad

from graph.claims.identity_rdf import GRAPH, identity_statements
from graph.common.findings import Finding, did_you_mean
from graph.model.identity import Decision, Decisions
from graph.model.labels import LanguageMap
from graph.pipeline.digests import digest
from graph.pipeline.identity_checks import line_of, register_of, told_apart, vetoes
from graph.pipeline.parts import Part
from graph.pipeline.registers import published_registers, register_folders
from graph.pipeline.renaming import Renaming, ThingName, labels_in, name_in, registry_lines, without_repeated_names
from graph.rdf.statements import label_quads, to_nquads
from graph.rdf.terms import iri, lang_literal
from graph.registry.records import Registry
from graph.sources.decisions.read import NAME, contradictions, read_decisions
from graph.sources.pages.context import Background

_EVENTS = ("event:", "series:")
# Kinds of ids that rows of registers bring.
_OF_ROWS = (*_EVENTS, "actor:", "group:", "post:")


def read_identity(home: Path, background: Background, as_known_on: date | None = None) -> "Identity":
    """Return the decisions of a home as a build of what was known on a day applies them.

    Raise FindingsError where their file cannot be read.
    """
    findings, decisions = contradictions(read_decisions(home))
    registers = {folder.name for folder in register_folders(home)} if decisions else set()
    for refusal in (*vetoes(decisions, background.registry), *told_apart(decisions, background.registry)):
        findings.append(refusal.finding)
        decisions = decisions.without([refusal.id])
    published = registers and published_registers(home, background, as_known_on)
    return Identity(decisions, background.registry, published, findings)


class Identity:
    """The decisions of a home as a build applies them."""

    def __init__(
        self,
        decisions: Decisions,
        registry: Registry,
        registers: Collection[str] = (),
        findings: Sequence[Finding] = (),
        gone: Collection[str] = (),
    ) -> None:
        """Take the decisions that contradict none, what a build has besides pages, and what is wrong with decisions.

        ``gone`` are ids of registers that no row brings.
        """
        self.decisions = decisions
        self.contradicted = any(finding.severity == "error" for finding in findings)
        self._findings = findings
        self._registry = registry
        self._registers = frozenset(registers)
        self._gone = frozenset(gone)

    def gone(self, renaming: Renaming, registers: Collection[str], stood: Collection[str]) -> frozenset[str]:
        """Return the ids of these registers that are replaced or kept, and stood in no row, if one is kept.

        What is known under such an id would be nothing with a name. One that is only replaced does no harm.
        """
        ids = {*renaming.kept, *renaming.kept.values()}
        # A page may have the name of a register: its ids are looked at once.
        ids -= {*stood, *self._gone}
        gone = {id for id in ids if id.startswith(_OF_ROWS) and register_of(id) in registers}
        return frozenset(gone if gone & {*renaming.kept.values()} else ())

    def without(self, gone: Collection[str]) -> "Identity":
        """Return the same without these ids of registers, which no row brings."""
        gone = self._gone.union(gone)
        return Identity(self.decisions, self._registry, self._registers, self._findings, gone)

    def without_contradicted(self, findings: Iterable[Finding]) -> "Identity":
        """Return the same without the decisions about events that contradict each other: they have these errors.

        A finding begins with the id of the event.
        """
        told, events = [*self._findings], set[str]()
        for finding in findings:
            event = finding.message.partition(": ")[0]
            events.add(event)
            told.append(Finding(NAME, line_of(self.decisions, event), f"{finding.file}: {finding.message}"))
        return Identity(self.decisions.without(events), self._registry, self._registers, told, self._gone)

    def renaming(self, pages: Iterable[Part]) -> Renaming:
        """Return which ids are replaced where these pages are there.

        The id of the registry is kept, which whatever names it speaks of; else the first of a thing that is there.
        """
        if not self.decisions:
            return Renaming()
        there = self._is_there(pages)
        kept: dict[str, str] = {}
        for cluster in self.decisions.clusters():
            present = [id for id in cluster if there(id)]
            # None may be there: not yet on the day that is asked for, or not any more.
            if present:
                first = next(filter(self._is_registered, present), present[0])
                kept |= {id: first for id in present if id != first}
        return Renaming(kept)

    def joined(self, renaming: Renaming) -> frozenset[str]:
        """Return the events and series of registers that are one with another that is there."""
        ids = {*renaming.kept, *renaming.kept.values()}
        return frozenset(id for id in ids if id.startswith(_EVENTS) and register_of(id) in self._registers)

    def apply(self, pages: Sequence[Part], renaming: Renaming) -> list[Part]:
        """Return the pages with all ids replaced; those in which none is are the same."""
        if not renaming:
            return [*pages]
        # Whom only a page names is labelled there: pages that speak of one of them are concluded on together.
        kept = {id for page in pages for id in _names(page)} & {*renaming.kept.values()}
        renamed = [_linked(self._renamed(page, renaming), page, kept, renaming) for page in pages]
        changed = [page for page, before in zip(renamed, pages, strict=True) if page.lines is not before.lines]
        labels = {*_labels_of_pages(renamed, renaming), *(each for page in changed for each in labels_in(page.lines))}
        own = {id(page) for page in changed}
        return [
            page._replace(lines=without_repeated_names(page.lines, labels)) if id(page) in own else page
            for page in renamed
        ]

    def statements(self, pages: Sequence[Part], renaming: Renaming) -> list[str]:
        """Return what is published of the decisions about things that are there, as sorted N-Quads lines."""
        if not self.decisions:
            return []
        there = self._is_there(pages)
        decisions = [replace(each, ids=tuple(filter(there, each.ids))) for each in self.decisions.entries]
        of_decisions = identity_statements((each for each in decisions if len(each.ids) > 1), renaming.of)
        return to_nquads([*of_decisions, *_labels_of_former(pages, renaming)])

    def findings(self, pages: Sequence[Part]) -> list[Finding]:
        """Return what is wrong with decisions; one about an id that nothing has any more is a warning."""
        if not self.decisions:
            return [*self._findings]
        there, names = self._is_there(pages), {name for page in pages for name in _names(page)}
        names |= {*self._registry.people, *self._registry.organisations, *self._registry.posts}
        return [*self._findings] + [
            self._finding(decision, id, names)
            for decision in self.decisions.entries
            for id in decision.ids
            if not there(id)
        ]

    def missing(self, renaming: Renaming, registers: Collection[str], renamed: Collection[str]) -> list[Finding]:
        """Return a warning for each id of one of these registers that was to be replaced, and stood nowhere."""
        ids = [
            (entry, id)
            for entry in self.decisions.entries
            if entry.verdict == "same"
            for id in entry.ids
            if register_of(id) in registers and id in renaming.kept and id not in renamed
        ]
        return [self._finding(decision, id, ()) for decision, id in ids]

    def _finding(self, decision: Decision, id: str, names: Collection[str]) -> Finding:
        kind = id.partition(":")[0]
        alike = did_you_mean(id, [name for name in names if name.startswith(f"{kind}:")])
        message = f"nothing has the id {id}, or has it any more; mend it, or take the decision back.{alike}"
        return Finding(NAME, decision.line, message, "warning")

    def _is_registered(self, id: str) -> bool:
        registry = self._registry
        return any(id in each for each in (registry.people, registry.organisations, registry.posts, registry.areas))

    def _is_there(self, pages: Iterable[Part]) -> Callable[[str], bool]:
        names = {name for page in pages for name in _names(page)}

        def is_there(id: str) -> bool:
            of_register = register_of(id) in self._registers and id not in self._gone
            return id in names or of_register or self._is_registered(id)

        return is_there

    def _renamed(self, page: Part, renaming: Renaming) -> Part:
        lines, seen = renaming.lines(page.lines)
        if not seen:
            return page
        # What the registry has of the thing that is kept, as of a page that names it itself; that may lead to others.
        registry, further = registry_lines(self._registry, map(renaming.of, sorted(seen)), renaming)
        lines = sorted({*lines, *registry})
        own = Renaming({id: renaming.kept[id] for id in sorted(seen | further)})
        facts = page.facts
        facts = replace(
            facts,
            labels={thing: label for thing, label in facts.labels.items() if thing not in own.kept},
            links=tuple(sorted({own.of(name) for name in facts.links})),
            lines={own.of(name): line for name, line in facts.lines.items()} | dict(facts.lines),
            events=tuple(
                event._replace(
                    event=own.of(event.event),
                    area=own.of(event.area) if event.area else None,
                    agents=tuple(sorted(map(own.of, event.agents))),
                )
                for event in facts.events
            ),
        )
        key = digest(page.key, *(part for pair in own.kept.items() for part in pair))
        return Part(page.name, key, facts, lines)


def _linked(page: Part, before: Part, kept: Collection[str], renaming: Renaming) -> Part:
    """Return a page with links to those things that are kept which it names, maybe by an id that is replaced."""
    named = {renaming.of(id) for id in _names(before)} & {*kept}
    if named <= {*page.facts.links}:
        return page
    return page._replace(facts=replace(page.facts, links=tuple(sorted({*page.facts.links, *named}))))


def _labels_of_former(pages: Iterable[Part], renaming: Renaming) -> Iterator[Quad]:
    """Yield the labels of ids that people and bodies of the registry had when only one page knew them."""
    for page in pages:
        for id in renaming.kept.keys() & page.facts.labels.keys():
            if id.startswith(("person:", "organisation:")):
                yield from label_quads(GRAPH, id, LanguageMap(page.facts.labels[id]))


def _names(page: Part) -> Iterator[str]:
    """Yield the ids of what a page itself tells of."""
    yield from page.facts.labels
    yield from page.facts.lines


def _labels_of_pages(pages: Iterable[Part], renaming: Renaming) -> Iterator[ThingName]:
    """Yield the labels that pages give things that are kept."""
    kept = {*renaming.kept.values()}
    for page in pages:
        for thing in kept & page.facts.labels.keys():
            for tag, text in page.facts.labels[thing].items():
                yield name_in(str(iri(thing)), str(lang_literal(text, tag)))
