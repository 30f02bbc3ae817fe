"""What the interactive page counts, held against the graph: random filters, counted here from what SPARQL gives.

The page counts on arrays of numbers. Here sets of rows are counted by the definitions: a meeting is an event with a
status, and each agent has it once, by the strongest of its parts that pass.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from browser import Opened, window
from pyoxigraph import NamedNode

from graph.explorer.data.queries import name_of
from graph.query.results import expect_table, text_of
from graph.query.stores import connect_build

pytestmark = pytest.mark.browser

QUERIES = Path(__file__).parent / "counts"
HELD, PLANNED = "status:held", "status:planned"
# A meeting with more people and bodies makes no pairs (pairs.js).
MOST_AGENTS = 100
# So many random filters are tried on each build.
TRIES = 25
ASK, SHOWN = ((QUERIES / name).read_text(encoding="utf-8") for name in ("counted.js", "shown.js"))


@dataclass(frozen=True)
class Part:
    """A tie of an agent to an event, as the graph has it."""

    name: str
    agent: str
    event: str
    is_possible: bool
    attendance: str
    roles: frozenset[str]
    office: str


@dataclass
class Graph:
    """The events and parts of a build, as SPARQL gives them."""

    status: dict[str, str] = field(default_factory=dict)
    bounds: dict[str, tuple[str, str]] = field(default_factory=dict)
    topics: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    parts: list[Part] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)


def read_graph(build: Path) -> Graph:
    """Return what the build says of its meetings."""
    run, graph = connect_build(build), Graph()

    def rows(query: str) -> Iterator[list[str]]:
        for row in expect_table(run((QUERIES / f"{query}.rq").read_text(encoding="utf-8"))).rows:
            yield [name_of(cell) if isinstance(cell, NamedNode) else text_of(cell) for cell in row]

    for event, status, earliest, latest in rows("meetings"):
        graph.status[event], graph.bounds[event] = status, (earliest, latest)
    for query, words in (("topics", graph.topics), ("places", graph.places)):
        for event, value in rows(query):
            # Words of a source are no name, and stand behind a quote sign.
            words[event].add(value if ":" in value and " " not in value else f'"{value}')
    graph.kinds = dict(rows("agents"))
    roles: dict[tuple[str, str], set[str]] = defaultdict(set)
    first: dict[tuple[str, str], list[str]] = {}
    for row in rows("parts"):
        first.setdefault((row[0], row[1]), row)
        roles[row[0], row[1]].update({row[5]} - {""})
    for key, (name, agent, event, kind, attendance, _, office) in first.items():
        if agent in graph.kinds and event in graph.status:
            part = Part(name, agent, event, kind == "possible", attendance, frozenset(roles[key]), office)
            graph.parts.append(part)
    return graph


class Counted:
    """What passes some filters, counted by the definitions."""

    def __init__(self, graph: Graph, filters: Mapping[str, list[str]]) -> None:
        self.graph, self.filters = graph, filters
        self.parts = [part for part in graph.parts if self.passes(part)]
        self.strongest: dict[tuple[str, str], tuple[int, Part]] = {}
        for part in sorted(self.parts, key=lambda part: part.name):
            best = self.strongest.get((part.agent, part.event), (0, part))
            if (strength := self.strength_of_part(part)) > best[0]:
                self.strongest[part.agent, part.event] = strength, part
        self.tied = {part.event for part in self.parts}
        self.events = {event for event in graph.status if self.holds(event)}
        self.strength = {event: self.strength_of_meeting(event) for event in self.events}

    def passes(self, part: Part) -> bool:
        roles, certainty = self.filters.get("role"), self.filters.get("certainty")
        return (not roles or not part.roles.isdisjoint(roles)) and (certainty != ["possible"] or part.is_possible)

    def strength_of_part(self, part: Part) -> int:
        """Return 3 for a certain part, 2 for a planned and 1 for a possible one, 0 for none."""
        status = self.graph.status[part.event]
        if status not in (HELD, PLANNED) or part.attendance == "attendance:absent":
            return 0
        if part.is_possible:
            return 1
        is_asked = part.attendance in ("attendance:invited", "attendance:expected")
        return 2 if status == PLANNED or is_asked else 3

    def strength_of_meeting(self, event: str) -> int:
        of_status = {HELD: 3, PLANNED: 2}.get(self.graph.status[event], 0)
        return min([of_status, *(self.of(actor, event) for actor in self.filters.get("actor", ()))])

    def of(self, agent: str, event: str) -> int:
        return self.strongest[agent, event][0] if (agent, event) in self.strongest else 0

    def holds(self, event: str) -> bool:
        filters, (earliest, latest) = self.filters, self.graph.bounds[event]
        is_dated = bool(earliest and latest)
        return (
            (not (filters.keys() & {"role", "certainty"}) or event in self.tied)
            and ("status" not in filters or self.graph.status[event] in filters["status"])
            and ("topic" not in filters or not self.graph.topics[event].isdisjoint(filters["topic"]))
            and ("place" not in filters or not self.graph.places[event].isdisjoint(filters["place"]))
            and (
                "month" not in filters or (is_dated and any(earliest[:7] <= m <= latest[:7] for m in filters["month"]))
            )
            and ("span" not in filters or (is_dated and overlaps(earliest, latest, *filters["span"])))
            and all(self.of(actor, event) for actor in filters.get("actor", ()))
        )

    def meetings(self) -> dict[str, int]:
        count = Counter(self.strength.values())
        undated = sum(1 for event, of in self.strength.items() if of and not all(self.graph.bounds[event]))
        return {"held": count[3], "planned": count[2], "possible": count[1], "off": count[0], "undated": undated}

    def agents(self) -> dict[str, list[int]]:
        pairs = [(agent, min(of, self.strength[event])) for (agent, event), (of, _) in self.together()]
        return table(pairs)

    def together(self) -> Iterator[tuple[tuple[str, str], tuple[int, Part]]]:
        for (agent, event), found in self.strongest.items():
            if self.strength.get(event):
                yield (agent, event), found

    def of_values(self, values: Mapping[str, set[str]]) -> dict[str, list[int]]:
        return table((value, of) for event, of in self.strength.items() if of for value in values.get(event, ()))

    def pairs(self) -> dict[str, list[int]]:
        at: dict[str, list[tuple[str, int, Part]]] = defaultdict(list)
        for (agent, event), (of, part) in self.together():
            if self.graph.kinds[agent] != "group":
                at[event].append((agent, min(of, self.strength[event]), part))
        return table(
            (" ".join(sorted((one[0], other[0]))), min(one[1], other[1]))
            for agents in at.values()
            if len(agents) <= MOST_AGENTS
            for one, other in combinations(agents, 2)
            if not (one[2].is_possible and other[2].is_possible and one[2].office and one[2].office == other[2].office)
        )

    def bins(self, edges: list[str]) -> dict[str, Any]:
        size = len(edges) - 1
        lowest = {of: [0] * size for of in (1, 2, 3)}
        highest = [0] * size
        dated = [(of, *self.graph.bounds[event]) for event, of in self.strength.items() if of]
        for of, earliest, latest in dated:
            if earliest and latest:
                for number, (start, end) in enumerate(pairwise(edges)):
                    lowest[of][number] += start <= earliest and latest < end
                    highest[number] += earliest < end and latest >= start
        undated = sum(1 for _, earliest, latest in dated if not (earliest and latest))
        return {"held": lowest[3], "planned": lowest[2], "possible": lowest[1], "highest": highest, "undated": undated}


def check_counts(found: dict[str, Any], counted: Counted, edges: list[str]) -> None:
    """Compare what the page counts with what the definitions say, in all that the overview shows."""
    pairs = {" ".join(sorted(pair.split(" "))): cells for pair, cells in found["pairs"].items()}
    assert found | {"pairs": pairs} == found | {
        "meetings": counted.meetings(),
        "agents": counted.agents(),
        "topics": counted.of_values(counted.graph.topics),
        "places": counted.of_values(counted.graph.places),
        "bins": counted.bins(edges),
        "pairs": counted.pairs(),
    }, counted.filters


def overlaps(earliest: str, latest: str, start: str, end: str) -> bool:
    return (not start or latest >= start) and (not end or earliest <= end)


def table(rows: Any) -> dict[str, list[int]]:
    """Return how many rows of strength 3, 2 and 1 each name has."""
    result: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for name, strength in rows:
        result[name][3 - strength] += 1
    return dict(result)


def random_filters(graph: Graph, chance: random.Random) -> dict[str, list[str]]:
    """Return filters of a few facets: mostly values that the graph has."""
    days = sorted(day for bounds in graph.bounds.values() for day in bounds if day)
    some = {
        "status": lambda: chance.sample(sorted({*graph.status.values()}), 1),
        "topic": lambda: chance.sample(sorted({*chain(*graph.topics.values())}), 1),
        "place": lambda: chance.sample(sorted({*chain(*graph.places.values())}), 1),
        "month": lambda: sorted({chance.choice(days)[:7], chance.choice(days)[:7]}),
        "span": lambda: sorted(chance.sample(days, 2)) if chance.random() < 0.6 else [chance.choice(days), ""],
        "actor": lambda: [part.agent for part in chance.sample(graph.parts, chance.choice((1, 1, 2)))],
        "role": lambda: chance.sample(sorted({role for part in graph.parts for role in part.roles}), 2),
        "certainty": lambda: ["possible"],
    }
    names = chance.sample(sorted(some), chance.choice((0, 1, 1, 2, 2, 3)))
    return {name: some[name]() for name in names}


def months(graph: Graph) -> list[str]:
    """Return the first days of all months of the graph, and of the one after them."""
    days = [day for bounds in graph.bounds.values() for day in bounds if day]
    day, result = date.fromisoformat(min(days)).replace(day=1), []
    while day.isoformat() <= max(days):
        result.append(day.isoformat())
        day = (day + timedelta(days=31)).replace(day=1)
    return [*result, day.isoformat()]


@pytest.fixture(scope="module")
def page(browser: Any, built: Path) -> Iterator[Opened]:
    with window(browser, built / "explorer.html", 1280, 900) as here:
        yield here


@pytest.mark.parametrize("build", ["built", "eleven_pages", "four_registers"])
def test_counts_are_those_of_the_graph(page: Opened, build: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(build)
    folder = folder / "build" if build == "four_registers" else folder
    graph = read_graph(folder)
    assert len(graph.parts) > 20
    page.file = folder / "explorer.html"
    page.go()
    page.page.wait_for_function("() => motegraf.counts.isReady()")
    edges = months(graph)
    numbers = [(date.fromisoformat(day) - date(1970, 1, 1)).days for day in edges]
    chance = random.Random(build)
    passing = 0
    for _ in range(TRIES):
        filters = random_filters(graph, chance)
        counted = Counted(graph, filters)
        found = page.page.evaluate(ASK, {"filters": filters, "edges": numbers})
        check_counts(found, counted, edges)
        passing += bool(counted.events)
        if not filters.keys() & {"place", "actor"}:
            shown = page.page.evaluate(SHOWN, {"filters": filters})
            ties = found["ties"]
            assert shown == {"entities": found["entities"], "ties": ties, "saved": ties, "differ": []}, filters
    # Filters that leave nothing prove little.
    assert passing > TRIES / 3
