"""Components: pages that speak of the same events belong together, and conclusions are drawn component by component.

Pages are the nodes of a graph whose edges are the events, series, letters and plans that two pages speak of; these are
its connected components. Nothing that is concluded of an event depends on a page outside its component. So a page that
changed makes only its own component be concluded and checked again.
"""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad

from graph.common.findings import Finding, FindingsError
from graph.pipeline.parts import Facts, Part
from graph.pipeline.record_checks import RecordChecks
from graph.pipeline.rules import Rule, conclude_lines, ontology_text, read_rules
from graph.pipeline.shapes import Shapes, read_shapes, violations
from graph.rdf.statements import merge_nquads, parse_nquads


def pages_published_by(
    pages: Sequence[Part], day: date | None, read_without: Callable[[Part, Set[str]], Part]
) -> list[Part]:
    """Return the pages certainly published by that day: the last possible day of each is not after it.

    A thing that only later pages label is not known yet: a page that links to it is read again without these links. A
    thing that no page labels stays, and the shapes report it.
    """
    if day is None:
        return [*pages]
    published = [page for page in pages if page.facts.published_latest <= day]
    labelled = {name for page in published for name in page.facts.labels}
    unknown = {name for page in pages for name in page.facts.labels} - labelled
    return [read_without(page, ahead) if (ahead := unknown & {*page.facts.links}) else page for page in published]


def components(pages: Iterable[Part]) -> list[list[Part]]:
    """Return the connected components, in order of the names of their pages."""
    component_of: dict[str, list[Part]] = {}
    result: list[list[Part]] = []
    for page in sorted(pages, key=lambda page: page.name):
        merged = [page]
        for thing in page.facts.links:
            other = component_of.get(thing)
            if other is not None and other is not merged:
                result.remove(other)
                merged += other
                component_of.update((link, merged) for part in other for link in part.facts.links)
            component_of[thing] = merged
        result.append(merged)
    return [sorted(component, key=lambda page: page.name) for component in result]


_MOVE = re.compile(r"event:([^:]+): .*\(mg:movedTo: event:(.+)\)$")


class Concluded(NamedTuple):
    """Pages that violate no shape together, and what is concluded of them; which pages do, and all findings."""

    pages: list[Part]
    conclusions: list[Part]
    left_out: Set[str]
    findings: list[Finding]


def conclude_all(
    pages: Sequence[Part], conclude: Callable[[list[list[Part]]], Iterable[Part | FindingsError]]
) -> Concluded:
    """Return what is concluded of all components, without the pages that make one of them violate a shape.

    ``conclude`` gives the part of each, in their order. A page is left out where an error lies in its folder; where one
    lies in none of its component, all of these are. What is left is concluded once more, since it may be of several
    components then, or lack what it speaks of.
    """
    errors: list[Finding] = []
    left_out: set[str] = set()
    while True:
        faulty: set[str] = set()
        conclusions: list[Part] = []
        of_pages = components(pages)
        for component, part in zip(of_pages, conclude(of_pages), strict=True):
            if isinstance(part, FindingsError):
                faulty |= _pages_to_mend(component, part.findings)
                errors += part.findings
            else:
                conclusions.append(part)
        if not faulty:
            warnings = (finding for part in conclusions for finding in part.facts.findings)
            return Concluded([*pages], conclusions, left_out, [*errors, *warnings])
        left_out |= faulty
        pages = [page for page in pages if page.name not in faulty]


def _pages_to_mend(component: list[Part], findings: Iterable[Finding]) -> set[str]:
    """Return the names of the pages in which these errors lie; of all, where one lies in none."""
    names = {page.name for page in component}
    errors = (finding for finding in findings if finding.severity == "error")
    folders = {finding.file.removeprefix("corpus/").partition("/")[0] for finding in errors}
    return folders if folders <= names else names


class Conclusions:
    """What is concluded by, and checked against: rules, shapes and the ontology of a home.

    Where a check is ``complete``, pySHACL checks everything too: it takes longer than all the rest of a build.
    """

    def __init__(self, home: Path, ontology: list[Quad], complete: bool = False) -> None:
        self.ontology, self.complete = ontology, complete
        self._home = home

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules, each after those that it reads."""
        return read_rules(self._home / "ontology/rules")

    @cached_property
    def ontology_text(self) -> str:
        """What the rules read of the ontology."""
        return ontology_text(self.ontology, self.rules)

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes."""
        return read_shapes(self._home / "ontology/shapes.ttl")

    @cached_property
    def checks(self) -> RecordChecks:
        """The shapes as checks of records, which list all that they find."""
        return RecordChecks(self.shapes, most_findings=None)

    def findings(self, lines: Sequence[str]) -> list[Finding]:
        """Return what is wrong with sorted lines."""
        findings = self.checks.describe(lines).findings
        if self.complete:
            findings = sorted({*findings, *violations(parse_nquads(lines), self.shapes)})
        return findings


def concluded_part(component: list[Part], key: str, by: Conclusions) -> Part:
    """Return what follows from the pages of a component. Raise FindingsError where they or it violate a shape."""
    lines = merge_nquads(page.lines for page in component)
    conclusions = conclude_lines(lines, by.rules, by.ontology_text)
    found = by.findings(merge_nquads([lines, conclusions]))
    findings = [_with_line(finding, component) for finding in _each_once(found)]
    if any(finding.severity == "error" for finding in findings):
        raise FindingsError(findings)
    return Part("component", key, Facts(findings=tuple(findings)), conclusions)


def _each_once(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those about a claim of which the event says the same: that it moves to nothing."""
    moves = [_MOVE.match(finding.message) for finding in findings]
    known = {f".{move[1]}.moved-to.{move[2]}: " for move in moves if move}
    return [each for each in findings if not any(key in each.message for key in known)]


def _with_line(finding: Finding, component: list[Part]) -> Finding:
    """Return the finding with file and line of the entry that it is about; of the last page, where several have it."""
    kind, _, key = finding.message.partition(": ")[0].partition(":")
    event = key.partition(".")[0]
    move = _MOVE.match(finding.message)
    for page in reversed(component):
        moved = f"claim:{page.name}.{move[1]}.moved-to.{move[2]}" if move else ""
        for thing in (moved, f"{kind}:{key}", f"claim:{key}", f"event:{event}", f"series:{event}"):
            if thing in page.facts.lines:
                return finding._replace(file=f"corpus/{page.name}/claims.yaml", line=page.facts.lines[thing])
    # A file that has lines is shown at its first one where nothing tells the line.
    return finding._replace(line=1) if finding.file.endswith(".yaml") else finding
