"""Check one subject against one shape, as SHACL says: for the few of which ``record_checks`` leaves a doubt."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date
from functools import cached_property

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.common.findings import Finding
from graph.model.iris import BASE
from graph.pipeline.compiled_shapes import Path, Shape
from graph.pipeline.shapes import file_to_mend
from graph.rdf.terms import compact, iri

_TYPE, _DATE, _IRI = (str(iri(name)) for name in ("rdf:type", "xsd:date", "sh:IRI"))


def has_datatype(value: str, datatype: str) -> bool:
    """Return whether a term is a literal of a datatype, and valid. Raise ValueError where nobody here can tell."""
    if datatype != _DATE:
        raise ValueError(f"nothing here tells whether a value is a valid {datatype}")
    if not value.endswith(f'"^^{datatype}'):
        return False
    try:
        return bool(date.fromisoformat(_words(value)))
    except ValueError:
        return False


class ExactChecks:
    """Statements as sorted lines, in which what is said of a subject is found by halving.

    ``names`` are the IRIs that shapes name: other types of a thing are not seen.
    """

    def __init__(self, lines: Sequence[str], names: Set[str]) -> None:
        self._lines, self._names = lines, names

    def findings(self, shape: Shape, subject: str) -> Iterator[Finding]:
        """Yield what is wrong with a subject, in words for a curator."""
        name = compact(NamedNode(subject[1:-1]))
        for value in self._violations(shape, subject):
            shown = ""
            if value is not None and value != subject and shape.path is not None:
                # A path of several steps has no name: only its value is shown.
                where = f"{_shorten(shape.path.predicate)}: " if shape.path.kind == "predicate" else ""
                shown = f" ({where}{_shorten(value)})"
            yield Finding(file_to_mend(name), 0, f"{name}: {shape.message}{shown}", shape.severity)

    def _violations(self, shape: Shape, subject: str) -> Iterator[str | None]:
        """Yield each value that violates a shape, None where there is one too many or too few."""
        values = [subject] if shape.path is None else [*dict.fromkeys(self._values(subject, shape.path))]
        if shape.alternatives and all(
            any(True for _ in self._violations(each, subject)) for each in shape.alternatives
        ):
            yield subject
        for name, argument in shape.constraints:
            if name in _OF_ALL:
                if not _OF_ALL[name](values, argument):
                    yield None
            else:
                yield from (value for value in values if not self._holds(name, argument, value, subject))

    def _conforms(self, shape: Shape, subject: str) -> bool:
        return not any(True for _ in self._violations(shape, subject))

    def _holds(self, name: str, argument: str, value: str, subject: str) -> bool:
        if name == "class":
            return argument in self._objects(value, _TYPE)
        if name == "datatype":
            return has_datatype(value, argument)
        if name == "nodeKind":
            return argument == _IRI and value.startswith("<")
        if name == "minInclusive":
            return value.endswith(f'"^^{iri("xsd:integer")}') and int(_words(value)) >= int(argument)
        others = [*self._objects(subject, argument)]
        if name == "disjoint":
            return value not in others
        # Values that cannot be compared are in no order.
        return all(has_datatype(each, _DATE) for each in (value, *others)) and all(value <= each for each in others)

    def _values(self, subject: str, path: Path) -> Iterator[str]:
        """Yield the values of a path; some perhaps more than once."""
        if path.kind == "predicate":
            yield from self._objects(subject, path.predicate)
        elif path.kind == "alternative":
            for step in path.steps:
                yield from self._values(subject, step)
        elif path.kind == "inverse":
            yield from self._subjects[path.steps[0].predicate].get(subject, ())
        elif path.kind == "sequence":
            yield from self._along(subject, path.steps)
        else:
            reached: dict[str, None] = {}
            waiting = [*self._values(subject, path.steps[0])]
            while waiting:
                value = waiting.pop()
                if value not in reached:
                    reached[value] = None
                    waiting += self._values(value, path.steps[0])
            yield from reached

    def _along(self, subject: str, steps: Sequence[Path]) -> Iterator[str]:
        if not steps:
            yield subject
            return
        for value in self._values(subject, steps[0]):
            yield from self._along(value, steps[1:])

    def _objects(self, subject: str, predicate: str) -> Iterator[str]:
        """Yield the objects of a subject and a predicate."""
        start = f"{subject} {predicate} "
        for place in range(bisect_left(self._lines, start), len(self._lines)):
            if not self._lines[place].startswith(start):
                return
            value = self._lines[place][len(start) :].rsplit(" ", 2)[0]
            if predicate != _TYPE or value in self._names:
                yield value

    @cached_property
    def _subjects(self) -> dict[str, dict[str, list[str]]]:
        """The subjects of each predicate and object: few paths lead backwards."""
        subjects: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for line in self._lines:
            subject, predicate, value = line.rsplit(" ", 2)[0].split(" ", 2)
            subjects[predicate][value].append(subject)
        return {predicate: dict(values) for predicate, values in subjects.items()}


def _languages_differ(values: Iterable[str], argument: str) -> bool:
    tags = [tag.casefold() for tag in (value[value.rindex('"') :] for value in values if value[0] == '"') if "@" in tag]
    return argument == "false" or len({*tags}) == len(tags)


_OF_ALL: dict[str, Callable[[Sequence[str], str], bool]] = {
    "minCount": lambda values, argument: len(values) >= int(argument),
    "maxCount": lambda values, argument: len(values) <= int(argument),
    "uniqueLang": _languages_differ,
    "hasValue": lambda values, argument: argument in values,
}


def _words(value: str) -> str:
    """Return the lexical form of a literal without escapes."""
    return value[1 : value.rindex('"')]


def _shorten(value: str) -> str:
    """Return a term for messages: the compact name of an entity of ours, the address of any other, or the words."""
    if value.startswith("<"):
        return compact(NamedNode(value[1:-1])) if value.startswith(f"<{BASE}") else value[1:-1]
    (statement,) = parse(f"<a:> <a:> {value} .", format=RdfFormat.N_TRIPLES)
    return statement.object.value if isinstance(statement.object, Literal) else str(statement.object)
