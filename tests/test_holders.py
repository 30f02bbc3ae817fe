"""Who held a post at the time: the look-up of the registry and the rules over the graph say the same of each term.

A term begins and ends on days that are recorded, bounded, open (the source says that it goes on) or missing (nobody
recorded them); an event lies within bounds of its own.
"""

from datetime import date
from typing import Any

import pytest
from pyoxigraph import Quad

from graph import HOME
from graph.model.edtf import Bounds
from graph.model.labels import Label
from graph.pipeline.rules import CONCLUDED, conclude, read_rules
from graph.rdf.statements import quads_about, to_store
from graph.rdf.terms import date_literal, iri
from graph.registry.actors import parse_posts
from graph.registry.lookup import holding_certainty
from graph.registry.rdf import registry_quads
from graph.registry.records import Holding, Organisation, Person, Registry

pytestmark = pytest.mark.unit

BEGUN, BEGUN_BETWEEN = "2014-01-01", [{"edtf": "2014-01", "source": "a"}, {"edtf": "2014-01-20", "source": "b"}]
ENDED, ENDED_BETWEEN = "2016-06-30", [{"edtf": "2016-06-30", "source": "a"}, {"edtf": "2016-12-31", "source": "b"}]
OPEN_OR_ENDED = [{"edtf": "..", "source": "a"}, {"edtf": "2016-06-30", "source": "b"}]
# The bounds of an event: before the term, in its first month, well within it, in its last half-year, long after.
EVENTS = {
    "before": Bounds(date(2013, 11, 1), date(2013, 11, 30)),
    "begins": Bounds(date(2014, 1, 10), date(2014, 1, 15)),
    "within": Bounds(date(2015, 1, 1), date(2015, 12, 31)),
    "ends": Bounds(date(2016, 8, 1), date(2016, 8, 31)),
    "after": Bounds(date(2020, 1, 1), date(2020, 1, 31)),
    "unbounded": Bounds(date(2015, 1, 1), None),
}
NO, POSSIBLE, CERTAIN = "no", "possible", "certain"
# Of each term: whether it was held at each of the events above, in their order.
TERMS = {
    "from a day to a day": (BEGUN, ENDED, (NO, CERTAIN, CERTAIN, NO, NO, POSSIBLE)),
    "from a day, still in office": (BEGUN, "..", (NO, CERTAIN, CERTAIN, CERTAIN, CERTAIN, POSSIBLE)),
    "from a day, no end recorded": (BEGUN, None, (NO, POSSIBLE, POSSIBLE, POSSIBLE, POSSIBLE, POSSIBLE)),
    "from a day, to a day that is bounded": (BEGUN, ENDED_BETWEEN, (NO, CERTAIN, CERTAIN, POSSIBLE, NO, POSSIBLE)),
    "from a day, not left before a day": (BEGUN, "2016-06-30/..", (NO, CERTAIN, CERTAIN, POSSIBLE, POSSIBLE, POSSIBLE)),
    "from a day, left or still in office": (BEGUN, OPEN_OR_ENDED, (NO, CERTAIN, CERTAIN, POSSIBLE, POSSIBLE, POSSIBLE)),
    "from a day that is bounded": (BEGUN_BETWEEN, ENDED, (NO, POSSIBLE, CERTAIN, NO, NO, POSSIBLE)),
    "no beginning recorded": (None, ENDED, (POSSIBLE, POSSIBLE, POSSIBLE, NO, NO, POSSIBLE)),
    "no beginning recorded, still in office": (None, "..", (POSSIBLE,) * 6),
    "nothing recorded": (None, None, (POSSIBLE,) * 6),
}


def registry_with(begins: Any, ends: Any) -> Registry:
    """A registry of one person in one post, as ``posts.yaml`` has it."""
    sides = {side: value for side, value in (("from", begins), ("to", ends)) if value}
    post = {"label": {"nb": "ordfører"}, "in": "x", "holders": [{"person": "kari", "source": "s", **sides}]}
    return Registry(
        people={"person:kari": Person("person:kari", "Kari", (), None, None)},
        organisations={"organisation:x": Organisation("organisation:x", Label("X"), "ministry", public=True)},
        posts={post.id: post for post in parse_posts({"mayor": post})},
        **dict.fromkeys(("area_changes", "body_changes"), ()),
        **{name: {} for name in ("areas", "current_areas", "current_bodies", "districts_of")},
    )


def concluded_of_the_holder(registry: Registry, when: Bounds) -> str:
    """What the rules conclude of the holder, where a page names the office only and the event lies in these bounds."""
    graph, claims = iri("graph:given"), "claim:p.meeting"
    statements: list[Quad] = [
        *registry_quads(registry, {"person:kari", "post:mayor", "organisation:x"}),
        *quads_about(
            graph,
            claims,
            ("rdf:type", "mg:EventClaim"),
            ("prov:hadPrimarySource", "source:p"),
            ("mg:event", "event:meeting"),
            ("mg:time", "when:some"),
        ),
        *quads_about(
            graph,
            "when:some",
            ("sem:hasEarliestBeginTimeStamp", date_literal(when.earliest) if when.earliest else None),
        ),
        *quads_about(
            graph, "when:some", ("sem:hasLatestEndTimeStamp", date_literal(when.latest) if when.latest else None)
        ),
        *quads_about(
            graph,
            f"{claims}.mayor",
            ("rdf:type", "mg:ParticipationClaim"),
            ("prov:hadPrimarySource", "source:p"),
            ("mg:event", "event:meeting"),
            ("mg:holderOf", "post:mayor"),
        ),
    ]
    store = to_store(statements)
    conclude(store, read_rules(HOME / "ontology/rules"))
    kinds = {quad.object for quad in store.quads_for_pattern(None, iri("rdf:type"), None, CONCLUDED)}
    said = {POSSIBLE: iri("mg:PossibleParticipation"), CERTAIN: iri("mg:Participation")}
    return " and ".join(how for how, kind in said.items() if kind in kinds) or NO


def only_holding(registry: Registry) -> Holding:
    (post,) = registry.posts.values()
    (holding,) = post.holders
    return holding


@pytest.mark.parametrize(("begins", "ends", "expected"), TERMS.values(), ids=TERMS.keys())
def test_holding_certainty(begins: Any, ends: Any, expected: tuple[str, ...]) -> None:
    holding = only_holding(registry_with(begins, ends))
    assert {name: holding_certainty(holding, when) for name, when in EVENTS.items()} == dict(
        zip(EVENTS, expected, strict=True)
    )


@pytest.mark.parametrize(("begins", "ends", "expected"), TERMS.values(), ids=TERMS.keys())
def test_rules_agree_with_holding_certainty(begins: Any, ends: Any, expected: tuple[str, ...]) -> None:
    registry = registry_with(begins, ends)
    found = {name: concluded_of_the_holder(registry, when) for name, when in EVENTS.items()}
    assert found == dict(zip(EVENTS, expected, strict=True))
