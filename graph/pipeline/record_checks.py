"""Check statements against compiled shapes, and count them, in one pass over their sorted lines.

Records are alike: few kinds of them, each hundreds or thousands of times. In which terms something is said of a
subject is its signature. A shape is judged once for a signature; what depends on values is looked at value by value;
only where that leaves a doubt is a subject looked at as SHACL says. ``shapes`` finds the same by pySHACL, which a test
holds this against: pySHACL takes longer for a row than all the rest of a build. `motegraf check --complete` asks both.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graph.common.findings import Finding
from graph.pipeline.compiled_shapes import Path, Shape, compile_shapes
from graph.pipeline.exact_checks import ExactChecks, has_datatype
from graph.pipeline.shapes import Shapes
from graph.rdf.terms import iri

_TYPE, _EARLIEST, _LATEST = (str(iri(name)) for name in ("rdf:type", "mg:earliest", "mg:latest"))
# Predicates of which the object itself stands in a signature, besides those that shapes ask for.
IDENTIFIED = frozenset(str(iri(name)) for name in ("rdf:type", "mg:attendance", "mg:eventStatus"))
# Predicates and kinds of objects of a subject, as ``token`` writes them, in the order of its lines.
Signature = tuple[str, ...]
# So many findings of a shape are listed of a register; the last one says how many more there are.
MOST_FINDINGS = 20


class _Need(NamedTuple):
    """What a shape needs of a value of a subject; ``place`` is its place in the signature.

    ``kind``: class (it has this type), path (terms with blanks between them lead from it to something), datatype (it is
    valid), order (it is no more than the value at the place ``other``).
    """

    kind: str
    shape: int
    place: int
    argument: str = ""
    other: int = 0


class _Plan(NamedTuple):
    """What is to be looked at of each subject of a signature; ``targets`` are all shapes that are about it.

    ``passed`` are terms by which paths pass the subject, and the places of their first values; ``days`` are the places
    of bounds of an event, and whether each is the first day.
    """

    signature: Signature
    doubtful: tuple[int, ...]
    needs: tuple[_Need, ...]
    targets: frozenset[int]
    passed: tuple[tuple[str, int], ...]
    days: tuple[tuple[int, bool], ...]


class Described(NamedTuple):
    """What sorted lines hold: the signature of each subject, first and last day of events (ISO), and what is wrong."""

    signatures: Mapping[str, Signature]
    days: tuple[str, str]
    findings: list[Finding]


class RecordChecks:
    """Shapes, ready to check many statements; what was judged of a signature is kept.

    So many findings of a shape are listed; without ``most_findings``, all.
    """

    def __init__(self, shapes: Shapes, most_findings: int | None = MOST_FINDINGS) -> None:
        self.shapes = compile_shapes(shapes.triples)
        self.most_findings = sys.maxsize if most_findings is None else most_findings
        # What shapes see: types that none of them names are not looked at.
        self.names = frozenset(map(str, shapes.names))
        # Predicates of which the object itself decides.
        self.identifying = IDENTIFIED.union(
            *(
                shape.path.predicates or ()
                for shape in self.shapes
                if shape.path and "hasValue" in dict(shape.constraints)
            )
        )
        # Terms in the middle of paths: of them the first value of each subject is kept.
        self._middle = frozenset(step.predicate for shape in self.shapes for step in _middle_steps(shape.path))
        self._plans: dict[Signature, _Plan] = {}
        self._token_of = _TokenOf(self.identifying)
        self._tokens: dict[str, str] = {}

    def describe(self, lines: Sequence[str]) -> Described:
        """Return what sorted lines hold, and what is wrong. All lines of a subject must be among them."""
        return self._read(lines).described(lines)

    def signatures(self, lines: Sequence[str]) -> Mapping[str, Signature]:
        """Return the signatures of the subjects of sorted lines, of which nothing is checked."""
        return self._read(lines).signature_of

    def _read(self, lines: Sequence[str]) -> "_Run":
        run = _Run(self)
        subject = last = value = ""
        tokens: list[str] = []
        values: list[str] = []
        # One text for each token, of which the hash is computed once.
        token_of, interned = self._token_of, self._tokens.setdefault
        for line in lines:
            before = value
            name, predicate, value, _ = line.split(" ", 3)
            is_iri = value[0] == "<"
            if not is_iri:
                value = line[len(name) + len(predicate) + 2 : line.rindex(" <")]
            if name != subject:
                if subject:
                    run.add(subject, tuple(tokens), values)
                subject, tokens, values = name, [], []
            elif predicate == last and value == before:  # another graph says it too
                continue
            last = predicate
            values.append(value)
            if is_iri:
                token = token_of[predicate] or f"{predicate} {value}"
            else:
                token = f"{predicate} {value[value.rindex(_QUOTE) :]}"
            tokens.append(interned(token, token))
        if subject:
            run.add(subject, tuple(tokens), values)
        return run

    def plan(self, signature: Signature) -> _Plan:
        """Return what is to be looked at of each subject of a signature."""
        plan = self._plans.get(signature)
        if plan is None:
            plan = self._plans[signature] = self._judge(signature)
        return plan

    def _judge(self, signature: Signature) -> _Plan:
        doubtful, needs, targets = [], [], []
        for number, shape in enumerate(self.shapes):
            if _is_target(shape, signature):
                targets.append(number)
                verdict = _verdict(shape, number, signature)
                if verdict is None:
                    doubtful.append(number)
                else:
                    needs += verdict
        terms = [token.partition(" ")[0] for token in signature]
        passed = tuple((term, terms.index(term)) for term in sorted(self._middle.intersection(terms)))
        days = tuple((at, term == _EARLIEST) for at, term in enumerate(terms) if term in (_EARLIEST, _LATEST))
        return _Plan(signature, tuple(doubtful), tuple(needs), frozenset(targets), passed, days)


_QUOTE = '"'


class _TokenOf(dict[str, str]):
    """The token of each predicate with an IRI; nothing where the IRI itself stands in it."""

    def __init__(self, identifying: Iterable[str]) -> None:
        super().__init__(dict.fromkeys(identifying, ""))

    def __missing__(self, predicate: str) -> str:
        token = self[predicate] = f"{predicate} <"
        return token


class _Run:
    """One pass: what was seen so far."""

    def __init__(self, checks: RecordChecks) -> None:
        self.checks = checks
        self.signature_of: dict[str, Signature] = {}
        self.first = self.last = ""
        self.doubts: list[tuple[int, str]] = []
        self.wanted: set[tuple[int, str, str, str]] = set()
        self.failed: set[int] = set()
        self.passed: dict[tuple[str, str], str] = {}

    def add(self, subject: str, signature: Signature, values: Sequence[str]) -> None:
        """Note a subject, and what its shapes need of its values."""
        plan = self.checks.plan(signature)
        self.signature_of[subject] = plan.signature
        if plan.doubtful:
            self.doubts += [(shape, subject) for shape in plan.doubtful]
        for term, place in plan.passed:
            self.passed[subject, term] = values[place]
        for kind, shape, place, argument, other in plan.needs:
            if kind == "order":
                if values[place] > values[other]:
                    self.failed.add(shape)
            elif kind == "datatype":
                if not has_datatype(values[place], argument):
                    self.failed.add(shape)
            else:
                self.wanted.add((shape, kind, values[place], argument))
        for place, is_first in plan.days:
            day = values[place][1:11]
            if not is_first:
                self.last = max(self.last, day)
            elif day < self.first or not self.first:
                self.first = day

    def described(self, lines: Sequence[str]) -> Described:
        """Return what all the lines hold."""
        for shape, kind, value, argument in self.wanted:
            if not self._is_met(kind, value, argument):
                self.failed.add(shape)
        doubts = {*self.doubts}
        for subject, signature in self.signature_of.items() if self.failed else ():
            doubts |= {(shape, subject) for shape in self.checks.plan(signature).targets & self.failed}
        findings = _findings(sorted(doubts), self.checks, lines) if doubts else []
        return Described(self.signature_of, (self.first, self.last), findings)

    def _is_met(self, kind: str, value: str, argument: str) -> bool:
        if kind == "class":
            return f"{_TYPE} {argument}" in self.signature_of.get(value, ())
        *steps, last = argument.split(" ")
        for step in steps:
            value = self.passed.get((value, step), "")
        seen = self.checks.names
        pairs = (token.split(" ", 1) for token in self.signature_of.get(value, ()))
        return any(predicate == last and (last != _TYPE or kind in seen) for predicate, kind in pairs)


def _findings(doubts: Iterable[tuple[int, str]], checks: RecordChecks, lines: Sequence[str]) -> list[Finding]:
    """Return what is wrong with subjects of which a shape may not hold."""
    shapes, exact = checks.shapes, ExactChecks(lines, checks.names)
    findings: set[Finding] = set()
    left_out: Counter[int] = Counter()
    listed: Counter[int] = Counter()
    for number, subject in doubts:
        for finding in exact.findings(shapes[number], subject):
            if listed[number] < checks.most_findings:
                findings.add(finding)
                listed[number] += 1
            else:
                left_out[number] += 1
    for number, more in left_out.items():
        shape = shapes[number]
        findings.add(Finding("corpus", 0, f"{more} more: {shape.message}", shape.severity))
    return sorted(findings)


def _is_target(shape: Shape, signature: Signature) -> bool:
    types = {f"{_TYPE} {name}" for name in shape.classes}
    subjects_of = tuple(f"{name} " for name in shape.subjects_of)
    return any(token in types or token.startswith(subjects_of or "\0") for token in signature)


def _verdict(shape: Shape, number: int, signature: Signature) -> list[_Need] | None:
    """Return what a shape needs of the values of a subject to hold; None where the subject must be looked at."""
    if shape.path is None:
        return _verdict_on_node(shape, number, signature)
    predicates = shape.path.predicates
    if predicates is None:
        return _verdict_on_steps(shape, number, signature)
    places = [place for place, token in enumerate(signature) if token.partition(" ")[0] in predicates]
    needs: list[_Need] = []
    for name, argument in shape.constraints:
        more = _CONSTRAINTS[name](number, argument, places, signature)
        if more is None:
            return None
        needs += more
    return needs


def _verdict_on_node(shape: Shape, number: int, signature: Signature) -> list[_Need] | None:
    holds = [f"{_TYPE} {argument}" in signature for name, argument in shape.constraints if name == "class"]
    if len(holds) != len(shape.constraints) or not all(holds):
        return None
    alternatives = [_verdict(each, number, signature) for each in shape.alternatives]
    return [] if not alternatives or [] in alternatives else None


def _verdict_on_steps(shape: Shape, number: int, signature: Signature) -> list[_Need] | None:
    """Return the verdict where some path at least must lead from a subject to something; None for all other paths."""
    if shape.path is None or shape.constraints != (("minCount", "1"),):
        return None
    for path in shape.path.steps if shape.path.kind == "alternative" else (shape.path,):
        steps = path.steps if path.kind == "sequence" else (path,)
        if any(step.kind != "predicate" for step in steps):
            continue
        first, *rest = (step.predicate for step in steps)
        place = next((place for place, token in enumerate(signature) if token.startswith(f"{first} ")), None)
        if place is not None:
            return [_Need("path", number, place, " ".join(rest))] if rest else []
    return None


def _middle_steps(path: Path | None) -> Iterator[Path]:
    """Yield what is neither the first nor the last step of a sequence in a path."""
    if path is not None:
        if path.kind == "sequence":
            yield from (step for step in path.steps[1:-1] if step.kind == "predicate")
        elif path.kind == "alternative":
            yield from (step for each in path.steps for step in _middle_steps(each))


def _kinds(places: Iterable[int], signature: Signature) -> Iterator[str]:
    """Yield the kinds of the objects at some places."""
    return (signature[place].partition(" ")[2] for place in places)


Judged = list[_Need] | None


def _count(at_least: bool, argument: str, places: Sequence[int]) -> Judged:
    holds = len(places) >= int(argument) if at_least else len(places) <= int(argument)
    return [] if holds else None


def _class(shape: int, argument: str, places: Sequence[int], _: Signature) -> Judged:
    return [_Need("class", shape, place, argument) for place in places]


def _datatype(shape: int, argument: str, places: Sequence[int], signature: Signature) -> Judged:
    if all(kind == f'"^^{argument}' for kind in _kinds(places, signature)):
        return [_Need("datatype", shape, place, argument) for place in places]
    return None


def _node_kind(_: int, argument: str, places: Sequence[int], signature: Signature) -> Judged:
    iris = argument == str(iri("sh:IRI")) and all(kind.startswith("<") for kind in _kinds(places, signature))
    return [] if iris else None


def _unique_lang(_: int, argument: str, places: Sequence[int], signature: Signature) -> Judged:
    tags = [kind.casefold() for kind in _kinds(places, signature) if kind.startswith('"@')]
    return [] if argument == "false" or len({*tags}) == len(tags) else None


def _has_value(_: int, argument: str, places: Sequence[int], signature: Signature) -> Judged:
    return [] if argument in _kinds(places, signature) else None


def _order(shape: int, argument: str, places: Sequence[int], signature: Signature) -> Judged:
    others = [place for place, token in enumerate(signature) if token.startswith(f"{argument} ")]
    # Days of one datatype are in order as their letters are.
    if all(kind == f'"^^{iri("xsd:date")}' for kind in _kinds([*places, *others], signature)):
        return [_Need("order", shape, place, other=other) for place in places for other in others]
    return None


def _in_doubt(_shape: int, _argument: str, places: Sequence[int], _signature: Signature) -> Judged:
    return None if places else []


_CONSTRAINTS = {
    "class": _class,
    "datatype": _datatype,
    "disjoint": _in_doubt,
    "hasValue": _has_value,
    "lessThanOrEquals": _order,
    "maxCount": lambda _, argument, places, __: _count(False, argument, places),
    "minCount": lambda _, argument, places, __: _count(True, argument, places),
    "minInclusive": _in_doubt,
    "nodeKind": _node_kind,
    "uniqueLang": _unique_lang,
}
