"""Summary: figures of what was built, and what is to be said of the pages."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from graph.common.findings import Finding, in_order
from graph.common.text import pluralize

if TYPE_CHECKING:
    from graph.pipeline.corpus import BuiltPages, ReadPages
    from graph.pipeline.register_parts import RegisterFigures
    from graph.pipeline.registers import BuiltRegisters
    from graph.query.counts import Counts


class Summary(NamedTuple):
    """How much there is of what.

    ``pages_known`` of ``pages`` went in: those published by the day asked for, without those that are ``left_out`` for
    their errors. ``findings`` are these errors, and all warnings and questions. ``rows`` are those of the
    ``registers_known`` of ``registers``, some left out for their errors; ``withheld`` are parts of somebody in an event
    that are not published.
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
    registers: int = 0
    registers_known: int = 0
    registers_left_out: tuple[str, ...] = ()
    rows: int = 0
    rows_left_out: int = 0
    withheld: int = 0
    reviews: int = 0
    parts: int = 0

    def __str__(self) -> str:
        pages = f"{self.pages}" if self.pages == self.pages_known else f"{self.pages_known} of {self.pages}"
        errors = sum(finding.severity == "error" for finding in self.findings)
        left_out = f"{pluralize(len(self.left_out), 'page')}, with {pluralize(errors, 'error')}: "
        absent = f", {self.absent} absent or called off" if self.absent else ""
        named = f"{self.named} only named, " if self.named else ""
        rows = (
            ("pages", f"{pages}, {self.sentences_read} of {self.sentences} sentences read"),
            *([("left out", left_out + ", ".join(self.left_out))] if self.left_out else []),
            *self._registers(),
            ("claims", f"{self.claims}, proven by {self.quotes} {'quotes and cells' if self.rows else 'quotes'}"),
            ("events", f"{self.events}, {named}and {self.series} series of events"),
            ("participations", f"{self.certain} certain, {self.expected} expected, {self.possible} possible{absent}"),
            ("people and bodies", f"{self.people} and {self.bodies}, with what bodies became"),
            ("statements", f"{self.statements}"),
        )
        return "\n".join(f"{name:<18} {figures}" for name, figures in rows)

    def _registers(self) -> Iterator[tuple[str, str]]:
        """Yield what there is to be said of registers, if there are any."""
        if not self.registers:
            return
        known = f"{self.registers}"
        if self.registers_known != self.registers:
            known = f"{self.registers_known} of {self.registers}"
        more = (
            f", {self.rows_left_out} of them left out for errors" if self.rows_left_out else "",
            f", {pluralize(self.reviews, 'value')} for a person to decide" if self.reviews else "",
            f", {self.withheld} participants not published" if self.withheld else "",
            f", in {self.parts} parts" if self.parts else "",
        )
        yield "registers", f"{known}, {pluralize(self.rows, 'row')}{''.join(more)}"
        if self.registers_left_out:
            yield (
                "left out",
                f"{pluralize(len(self.registers_left_out), 'register')}: " + ", ".join(self.registers_left_out),
            )


def summarize(
    read: "ReadPages",
    built: "BuiltPages",
    registers: "BuiltRegisters",
    findings: Iterable[Finding],
    of_registers: "RegisterFigures",
    statements: int,
    counts: "Counts",
) -> Summary:
    """Return the figures of a build from its pages and registers, and from its statements and the ``counts`` of these.

    Parts of registers are not among these; ``of_registers`` has what they bring.
    """
    # Here, not above: a build with nothing changed needs the class alone.
    from graph.query.counts import add_entities

    counts = add_entities(counts, of_registers.counts)
    shown = ("registers", "registers_known", "rows", "rows_left_out", "withheld", "reviews", "parts")
    pages = [page.facts for page in built.pages]
    return Summary(
        **{name: getattr(of_registers, name) for name in shown},
        registers_left_out=tuple(sorted(registers.left_out)),
        pages=read.folders,
        pages_known=len(pages),
        sentences=sum(page.sentences for page in pages),
        sentences_read=sum(page.sentences_read for page in pages),
        events=counts.events,
        named=counts.named,
        series=counts.series,
        certain=counts.certain,
        expected=counts.expected,
        possible=counts.possible,
        absent=counts.absent,
        people=counts.people,
        bodies=counts.bodies,
        claims=sum(page.claims for page in pages) + of_registers.claims,
        quotes=sum(page.evidence for page in pages) + of_registers.evidence,
        statements=statements + of_registers.statements,
        left_out=tuple(sorted(built.left_out)),
        findings=tuple(in_order(findings)),
    )


def count_lines(rows: Iterable[str]) -> "tuple[int, Counts]":
    """Return how many lines of N-Quads there are, and how many entities these tell of."""
    from graph.query.counts import PREDICATES, count_entities
    from graph.query.stores import connect_lines
    from graph.rdf.terms import iri

    counted = tuple(f" {iri(name)} " for name in PREDICATES)
    number, kept = 0, list[str]()
    for row in rows:
        number += 1
        if any(predicate in row for predicate in counted):
            kept.append(row)
    return number, count_entities(connect_lines(kept))
