"""What ORDER BY says: the values by which rows are ordered, computed here as SPARQL 1.1 says (section 17.4)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from graph.common.errors import MotegrafError
from graph.query.results import Term
from graph.query.sparql.tokens import Token

XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"[+-]?[0-9]+")
_MONTH = re.compile(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])")
_REFERENCE = re.compile(r"\$(\d)")
# XPath and Python read expressions alike where they have no more than these signs in them, and take no long time where
# few parts of them repeat, and none within another.
_EXPRESSION = re.compile(r"(?:[\w ^.*+?$()|=&;:,/-]|\[[\w-]+\])*")
_NESTED = re.compile(r"\(\?|[)*+?][*+?]")
_MOST_REPEATED = 3


class UnsupportedOrderError(MotegrafError):
    """Not all of this can be ordered here."""


# A value by which rows are ordered, behind its kind; nothing where it is unbound or an error. Only values of one
# kind are compared: texts, texts of one language ("@nb"), numbers, days (as text, which has the same order), IRIs.
Value = tuple[str, str | int] | None
TEXT, NUMBER, DAY, IRI = "text", "number", "day", "IRI"
Expression = Callable[[tuple[Term | None, ...]], Value]


class Condition(NamedTuple):
    """By which value of a row others are before or behind it."""

    value: Expression
    descending: bool


def read_conditions(several: Sequence[Token], columns: Mapping[str, int]) -> list[Condition]:
    """Return what the tokens behind ORDER BY say; ``columns`` are the numbers of the variables of a row.

    Raise UnsupportedOrderError where something is not known here.
    """
    return [*_Reader(several, columns).conditions()]


class _Reader:
    """Reads what follows ORDER BY, from token to token."""

    def __init__(self, several: Sequence[Token], columns: Mapping[str, int]) -> None:
        self.rest = [*reversed(several)]
        self.columns = columns

    def conditions(self) -> Iterator[Condition]:
        if not self.rest:
            raise UnsupportedOrderError
        while self.rest:
            word = self.rest[-1][1].upper()
            if word in ("ASC", "DESC"):
                self.rest.pop()
                self._take("(")
                yield Condition(self._expression(), word == "DESC")
                self._take(")")
            else:
                yield Condition(self._expression(), False)

    def _take(self, sign: str) -> None:
        if not self.rest or self.rest.pop() != ("sign", sign):
            raise UnsupportedOrderError

    def _expression(self) -> Expression:
        if not self.rest:
            raise UnsupportedOrderError
        kind, text = self.rest.pop()
        if kind == "variable" and text[1:] in self.columns:
            number = self.columns[text[1:]]
            return lambda row: _value(row[number])
        if kind == "string":
            words = (TEXT, _words(text))
            return lambda row: words
        make = _FUNCTIONS.get(text.upper() if kind == "word" else text)
        if make is None:
            raise UnsupportedOrderError
        self._take("(")
        if text.upper() == "STR" and self.rest and self.rest[-1][0] == "variable":
            # Of a variable STR gives its text whatever kind of term it is.
            name = self.rest.pop()[1][1:]
            if name not in self.columns:
                raise UnsupportedOrderError
            self._take(")")
            number = self.columns[name]
            return lambda row: _text(row[number])
        arguments = [self._expression()]
        while self.rest and self.rest[-1] == ("sign", ","):
            self.rest.pop()
            arguments.append(self._expression())
        self._take(")")
        return make(*arguments)


def _words(token: str) -> str:
    if "\\" in token or token[0] * 3 == token[:3]:
        raise UnsupportedOrderError
    return token[1:-1]


def _text(term: Term | None) -> Value:
    return None if term is None or isinstance(term, BlankNode) else (TEXT, term.value)


def _value(term: Term | None) -> Value:
    """Return the value of a term by which it is ordered among others of its kind."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return IRI, term.value
    if isinstance(term, Literal):
        if term.language:
            return f"@{term.language}", term.value
        kind, text = term.datatype.value, term.value
        if kind == f"{XSD}string":
            return TEXT, text
        if kind == f"{XSD}integer" and _INTEGER.fullmatch(text):
            return NUMBER, int(text)
        if (kind == f"{XSD}date" and _is_day(text)) or (kind == f"{XSD}gYearMonth" and _MONTH.fullmatch(text)):
            return DAY, text
    raise UnsupportedOrderError


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _string(value: Value) -> str | None:
    if value is None:
        return None
    kind, text = value
    if kind != TEXT or not isinstance(text, str):
        raise UnsupportedOrderError
    return text


def _coalesce(*arguments: Expression) -> Expression:
    def value(row: tuple[Term | None, ...]) -> Value:
        return next((each for argument in arguments if (each := argument(row)) is not None), None)

    return value


def _before(text: Expression, sign: Expression) -> Expression:
    def value(row: tuple[Term | None, ...]) -> Value:
        whole, end = _string(text(row)), _string(sign(row))
        if whole is None or end is None:
            return None
        return TEXT, whole.partition(end)[0] if end and end in whole else ""

    return value


def _length(text: Expression) -> Expression:
    def value(row: tuple[Term | None, ...]) -> Value:
        whole = _string(text(row))
        return None if whole is None else (NUMBER, len(whole))

    return value


def _integer(text: Expression) -> Expression:
    def value(row: tuple[Term | None, ...]) -> Value:
        given = text(row)
        if given is not None and given[0] == NUMBER:
            return given
        whole = _string(given)
        return (NUMBER, int(whole)) if whole is not None and _INTEGER.fullmatch(whole) else None

    return value


def _replace(text: Expression, pattern: Expression, by: Expression) -> Expression:
    # Both are the same for all rows: an expression that is not would read a column that no row here has.
    try:
        expression, replacement = _string(pattern(())), _string(by(()))
    except IndexError:
        raise UnsupportedOrderError from None
    if expression is None or replacement is None or "\\" in replacement or not _is_plain(expression):
        raise UnsupportedOrderError
    compiled, template = re.compile(expression), _REFERENCE.sub(r"\\g<\1>", replacement)

    def value(row: tuple[Term | None, ...]) -> Value:
        whole = _string(text(row))
        if whole is not None and "\n" in whole:  # which "$" of Python passes over
            raise UnsupportedOrderError
        return None if whole is None else (TEXT, compiled.sub(template, whole))

    return value


def _is_plain(expression: str) -> bool:
    """Return whether XPath and Python find the same by an expression, in time that grows with the text."""
    if not _EXPRESSION.fullmatch(expression) or _NESTED.search(expression):
        return False
    if sum(map(expression.count, "*+?")) > _MOST_REPEATED:
        return False
    try:
        # What fits nothing at all is an error in SPARQL.
        return re.search(expression, "") is None
    except re.error:
        return False


_FUNCTIONS: dict[str, Callable[..., Expression]] = {
    "STR": lambda text: _unsupported(),
    "COALESCE": _coalesce,
    "STRBEFORE": _before,
    "STRLEN": _length,
    "REPLACE": _replace,
    "xsd:integer": _integer,
}


def _unsupported() -> Expression:
    raise UnsupportedOrderError
