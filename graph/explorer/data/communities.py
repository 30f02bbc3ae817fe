"""Communities: agents who meet each other more than others, found by the Leiden algorithm (Traag and others, 2019).

Two agents are tied by the meetings that were held and in which both have a certain part; how many these are is the
weight of the tie. A meeting of very many says little of who belongs together, and ties nobody. A community has at least
three agents.

A bridge is an agent who meets, in at least a fifth of these meetings of its own, agents of other communities, and of
two such communities or more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, groupby
from typing import NamedTuple

# A meeting of more agents ties nobody: it would tie each to all others, and their number grows with its square.
MOST_AGENTS = 40
FEWEST_AGENTS = 3
# The most that the numbers of a column can tell apart; of more communities, the smallest are none.
MOST_COMMUNITIES = 65_535
BRIDGE_SHARE = 5
NAMED_BY = 3
_SEED = 1


class Communities(NamedTuple):
    """The community of each entity by number, 0 for none; the largest comes first.

    ``largest`` are, by community, up to three members with the most meetings, none of community 0. ``bridges`` is 1
    where an entity is a bridge, ``meetings`` the number of certain meetings of each. ``modularity`` is that of all
    communities, None where nobody meets anybody.
    """

    of: list[int]
    largest: list[list[int]]
    bridges: list[int]
    meetings: list[int]
    modularity: float | None


def find_communities(entities: int, parts: Iterable[tuple[int, int]]) -> Communities:
    """Return the communities of so many entities; ``parts`` are event and agent of each certain part, by event."""
    groups = [sorted({agent for _, agent in several}) for _, several in groupby(parts, lambda part: part[0])]
    meetings = [0] * entities
    weights: Counter[tuple[int, int]] = Counter()
    for agents in groups:
        for agent in agents:
            meetings[agent] += 1
        if len(agents) <= MOST_AGENTS:
            weights.update(combinations(agents, 2))
    if not weights:
        return Communities([0] * entities, [[]], [0] * entities, meetings, None)
    modularity, members = _leiden(weights)
    # The largest first; of several that are as large, the one with the first member.
    members = sorted((each for each in members if len(each) >= FEWEST_AGENTS), key=lambda each: (-len(each), each))
    of, largest = [0] * entities, list[list[int]]([[]])
    for number, each in enumerate(members[:MOST_COMMUNITIES], 1):
        for agent in each:
            of[agent] = number
        largest.append(sorted(each, key=lambda agent: (-meetings[agent], agent))[:NAMED_BY])
    return Communities(of, largest, _bridges(groups, of, meetings), meetings, modularity)


def _leiden(weights: Counter[tuple[int, int]]) -> tuple[float, list[list[int]]]:
    """Return the modularity of the communities of these ties, rounded, and the members of each, sorted."""
    # Here, not above: not everybody who imports the package looks for communities.
    from graspologic_native import leiden

    ties = [(str(one), str(other), float(weight)) for (one, other), weight in sorted(weights.items())]
    modularity, community_of = leiden(ties, None, 1.0, 0.001, 1, True, _SEED, 1)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for agent, community in community_of.items():
        members[community].append(int(agent))
    return round(modularity, 4), [*map(sorted, members.values())]


def _bridges(groups: Iterable[Sequence[int]], of: Sequence[int], meetings: Sequence[int]) -> list[int]:
    result = [0] * len(of)
    outside: Counter[int] = Counter()
    reached: defaultdict[int, set[int]] = defaultdict(set)
    for agents in groups:
        there = {of[agent] for agent in agents} - {0}
        if len(there) < 2 or len(agents) > MOST_AGENTS:
            continue
        for agent in agents:
            if of[agent]:
                outside[agent] += 1
                reached[agent] |= there - {of[agent]}
    for agent, several in reached.items():
        result[agent] = int(len(several) > 1 and outside[agent] * BRIDGE_SHARE >= meetings[agent])
    return result
