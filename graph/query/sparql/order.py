"""Order the rows of an answer here, as the ORDER BY of its query says, where that takes less time than in an engine.

An engine with its index on disk fetches terms anew whenever it compares two rows: of a large answer that takes half of
the time. What cannot be ordered here exactly as SPARQL 1.1 says (section 15.1), the engine orders.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from graph.query.results import Table, Term
from graph.query.sparql.order_values import XSD, Condition, UnsupportedOrderError, Value, read_conditions
from graph.query.sparql.tokens import Token, before_pattern, projected_variables, query_form, tokens

_PREFIX = re.compile(rf"PREFIX\s+xsd:\s*<{re.escape(XSD)}>", re.IGNORECASE)
_OF_GROUPS = frozenset(("DISTINCT", "REDUCED", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))


# Whether a value is bound, its kind, and itself.
Key = tuple[bool, str, str | int]


class OrderedQuery(NamedTuple):
    """A query without its ORDER BY, and by what its rows are ordered.

    Behind its own ``columns`` its answer has those by which rows are ordered only.
    """

    query: str
    columns: int
    conditions: Sequence[Condition]

    def keys(self, row: tuple[Term | None, ...]) -> tuple[Key, ...]:
        """Return by what a row is ordered. Raise UnsupportedOrderError where that is no value known here."""
        return tuple([_key(value(row)) for value, _ in self.conditions])

    def ordered(self, table: Table) -> Table | None:
        """Return the rows of the answer in order, or None where they cannot be ordered here."""
        try:
            keys = [*map(self.keys, table.rows)]
        except UnsupportedOrderError:
            return None
        if any(len({kind for is_bound, kind, _ in column if is_bound}) > 1 for column in zip(*keys, strict=True)):
            return None
        places = [*range(len(keys))]
        if any(descending for _, descending in self.conditions):
            for number, (_, descending) in reversed([*enumerate(self.conditions)]):
                places.sort(key=lambda place: keys[place][number], reverse=descending)
        else:
            places.sort(key=keys.__getitem__)
        rows = [table.rows[place] for place in places]
        if len(table.columns) > self.columns:
            rows = [row[: self.columns] for row in rows]
        return Table(table.columns[: self.columns], rows)


def _key(value: Value) -> Key:
    # What is unbound comes first.
    return (False, "", "") if value is None else (True, *value)


def without_order(query: str) -> OrderedQuery | None:
    """Return a SELECT query without the ORDER BY of its outermost part, and what that says.

    Return None where it has none, where something follows it (LIMIT), where it names a variable that cannot be a column
    too, or where it has an expression that is not known here.
    """
    if query_form(query) != "SELECT":
        return None
    several = tokens(query)
    columns = projected_variables(query)
    begin = _place_of_order(several)
    if begin is None or not columns or ("xsd:" in query and not _PREFIX.search(query)):
        return None
    rest = [token for token in several[begin + 1 :] if token[0] not in ("space", "comment")]
    if not rest or rest[0][1].upper() != "BY":
        return None
    names = dict.fromkeys([*columns, *(text[1:] for kind, text in rest if kind == "variable")])
    # Right behind what SELECT names.
    end = sum(1 for _ in before_pattern(several))
    if len(names) > len(columns) and _is_of_groups(several[:end], several[end:begin]):
        return None
    try:
        conditions = read_conditions(rest[1:], {name: number for number, name in enumerate(names)})
    except UnsupportedOrderError:
        return None
    more = "".join(f" ?{name}" for name in [*names][len(columns) :])
    texts = [text for _, text in several[:begin]]
    return OrderedQuery("".join([*texts[:end], more, " ", *texts[end:]]), len(columns), conditions)


def _place_of_order(several: Sequence[Token]) -> int | None:
    """Return the place of the word ORDER behind the last group of a query."""
    last = max((place for place, token in enumerate(several) if token == ("sign", "}")), default=len(several))
    depth = 0
    for place in range(last + 1, len(several)):
        kind, text = several[place]
        depth += (text == "(") - (text == ")") if kind == "sign" else 0
        if not depth and (kind, text.upper()) == ("word", "ORDER"):
            return place
    return None


def _is_of_groups(select: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Return whether a query names each row once, or has rows of groups: no other variable can be a column then."""
    named = {text.upper() for kind, text in select if kind == "word"}
    depth = 0
    for kind, text in rest:
        depth += (text == "{") - (text == "}") if kind == "sign" else 0
        if not depth and (kind, text.upper()) == ("word", "GROUP"):
            return True
    return not named.isdisjoint(_OF_GROUPS)
