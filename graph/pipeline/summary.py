"""Summary: figures of what was built, and what is to be said of the pages."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graph.common.findings import Finding, in_order
from graph.common.text import pluralize

if TYPE_CHECKING:
    from graph.pipeline.parts import Part
    from graph.query.results import QueryFn


class Summary(NamedTuple):
    """How much there is of what.

    ``pages_known`` of ``pages`` went in: those published by the day asked for, without those that are ``left_out`` for
    their errors. ``findings`` are these errors, and all warnings and questions.
    """

    pages: int
    pages_known: int
    sentences: int
    sentences_read: int
    events: int
    series: int
    certain: int
    expected: int
    possible: int
    people: int
    bodies: int
    claims: int
    quotes: int
    statements: int
    absent: int = 0
    named: int = 0
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        pages = f"{self.pages}" if self.pages == self.pages_known else f"{self.pages_known} of {self.pages}"
        errors = sum(finding.severity == "error" for finding in self.findings)
        left_out = f"{pluralize(len(self.left_out), 'page')}, with {pluralize(errors, 'error')}: "
        absent = f", {self.absent} absent or called off" if self.absent else ""
        named = f"{self.named} only named, " if self.named else ""
        rows = (
            ("pages", f"{pages}, {self.sentences_read} of {self.sentences} sentences read"),
            *([("left out", left_out + ", ".join(self.left_out))] if self.left_out else []),
            ("claims", f"{self.claims}, proven by {self.quotes} quotes"),
            ("events", f"{self.events}, {named}and {self.series} series of events"),
            ("participations", f"{self.certain} certain, {self.expected} expected, {self.possible} possible{absent}"),
            ("people and bodies", f"{self.people} and {self.bodies}, with what bodies became"),
            ("statements", f"{self.statements}"),
        )
        return "\n".join(f"{name:<18} {figures}" for name, figures in rows)


def summarize(
    folders: int,
    pages: Sequence["Part"],
    rows: Sequence[str],
    left_out: Iterable[str],
    findings: Iterable[Finding],
    run: "QueryFn | None" = None,
) -> Summary:
    """Return the figures of a build from the pages that went in and from its sorted N-Quads lines.

    ``run`` queries the same statements; without it, those that are counted are loaded for that.
    """
    # Here, not above: a build with nothing changed needs the class alone.
    from graph.query.counts import PREDICATES, count_entities
    from graph.query.stores import connect_lines
    from graph.rdf.terms import iri

    counted = tuple(f" {iri(name)} " for name in PREDICATES)
    if run is None:
        run = connect_lines(row for row in rows if any(predicate in row for predicate in counted))
    counts = count_entities(run)
    return Summary(
        pages=folders,
        pages_known=len(pages),
        sentences=sum(page.facts.sentences for page in pages),
        sentences_read=sum(page.facts.sentences_read for page in pages),
        events=counts.events,
        named=counts.named,
        series=counts.series,
        certain=counts.certain,
        expected=counts.expected,
        possible=counts.possible,
        absent=counts.absent,
        people=counts.people,
        bodies=counts.bodies,
        claims=sum(page.facts.claims for page in pages),
        quotes=sum(page.facts.evidence for page in pages),
        statements=len(rows),
        left_out=tuple(sorted(left_out)),
        findings=tuple(in_order(findings)),
    )
