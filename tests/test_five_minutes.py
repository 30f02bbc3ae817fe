"""The queries of docs/five-minutes.md answer as the page says, with no more triple patterns than it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import load_store
from pyoxigraph import QuerySolutions, Store
from rdflib.paths import SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graph import HOME

pytestmark = pytest.mark.unit

PAGE = (HOME / "docs/five-minutes.md").read_text(encoding="utf-8")
PREFIXES = "\n".join(re.findall(r"^PREFIX .+$", PAGE, re.MULTILINE)) + "\n"
# A query, and the table below it.
BLOCK = re.compile(r"<!-- rows(?:: (\d) patterns)? -->\n```sparql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", re.DOTALL)
# What the same takes at Wikidata, by p:, ps: and pq:, in the order of the page.
AT_WIKIDATA = (5, 4, 3, 4, 3)


class Example(NamedTuple):
    """A query of the page, how many triple patterns it claims to have, and the table that it claims to give."""

    patterns: int | None
    query: str
    table: list[list[str]]


def table_of(lines: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()]
    return [rows[0], *rows[2:]]


EXAMPLES = [
    Example(int(number) if number else None, query, table_of(lines)) for number, query, lines in BLOCK.findall(PAGE)
]


def patterns(node: object) -> Iterator[int]:
    """Yield for each triple pattern of an algebra how many steps it has."""
    if isinstance(node, CompValue):
        if node.name == "BGP":
            yield from (len(verb.args) if isinstance(verb, SequencePath) else 1 for _, verb, _ in node.triples)
        for value in node.values():
            yield from patterns(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from patterns(value)


@pytest.mark.parametrize("file", ["motegraf.ttl", "motegraf.nq"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.table[0][0])
def test_a_query_of_the_page_gives_its_table(example: Example, file: str, built: Path) -> None:
    assert answer(load_store(built / file), example.query) == example.table


def answer(store: Store, query: str) -> list[list[str]]:
    found = store.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [names, *([cell.value if (cell := row[name]) is not None else "" for name in names] for row in found)]


def test_the_five_common_questions_take_no_more_patterns_than_at_wikidata() -> None:
    counted = [(each.patterns, sum(patterns(prepareQuery(PREFIXES + each.query).algebra))) for each in EXAMPLES]
    common = [(claimed, real) for claimed, real in counted if claimed]
    assert [claimed for claimed, _ in common] == [real for _, real in common]
    assert all(real <= most for (_, real), most in zip(common, AT_WIKIDATA, strict=True))


def test_every_query_of_the_page_is_run() -> None:
    assert len(EXAMPLES) == PAGE.count("```sparql") - 1
