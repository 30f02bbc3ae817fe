"""Decisions about identity -> quads in ``graph:identity``: who decided what of which ids, and where these lead now.

``mg:keptAs`` leads from an id that is not kept to the one that is. It says less than ``owl:sameAs``: where to look, and
not that all that is stated of the one holds of the other; and another thing than ``dct:isReplacedBy``, which leads from
a municipality to what became of it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import combinations

from pyoxigraph import Literal, Quad

from graph.model.identity import Decision, Verdict
from graph.model.labels import LanguageMap
from graph.rdf.statements import label_quads, quads_about
from graph.rdf.terms import iri

GRAPH = iri("graph:identity")
ENTERED_AS, KEPT_AS, JOINED_BY = iri("mg:enteredAs"), iri("mg:keptAs"), iri("mg:joinedBy")
_CLASSES: dict[Verdict, str] = {
    "same": "mg:SameDecision",
    "different": "mg:DifferentDecision",
    "unsure": "mg:UnsureDecision",
}
_WORDS: dict[Verdict, tuple[str, str]] = {
    "same": ("det samme", "the same"),
    "different": ("ikke det samme", "not the same"),
    "unsure": ("kanskje det samme", "perhaps the same"),
}
_PAIRS: dict[Verdict, str] = {"different": "owl:differentFrom", "unsure": "mg:possiblySame"}
# Of more ids than these, only the decision says what was decided of each two.
_MOST_IN_PAIRS = 20
_DATE = iri("xsd:date")


def decision_name(decision: Decision) -> str:
    """Return the compact name of a decision: the same for the same decision, wherever it stands in its file."""
    key = "\0".join((decision.verdict, *decision.ids, decision.who, decision.when.isoformat(), decision.why))
    return f"decision:identity.{blake2b(key.encode(), digest_size=8).hexdigest()}"


def identity_statements(decisions: Iterable[Decision], kept: Callable[[str], str]) -> Iterator[Quad]:
    """Yield what is published of decisions; ``kept`` returns the id under which a thing is known."""
    every = [*decisions]
    for id, joining in _joining(every, kept).items():
        yield Quad(iri(id), KEPT_AS, iri(kept(id)), GRAPH)
        yield Quad(iri(id), JOINED_BY, iri(decision_name(joining)), GRAPH)
    for decision in every:
        name, ids = decision_name(decision), decision.ids
        # That two things are different, or may be, is said of what their ids lead to as well.
        about = ids if decision.verdict == "same" else [*ids, *map(kept, ids)]
        yield from quads_about(
            GRAPH,
            name,
            ("rdf:type", "mg:IdentityDecision"),
            ("rdf:type", _CLASSES[decision.verdict]),
            *(("mg:decidedOf", id) for id in dict.fromkeys(about)),
            ("mg:decidedBy", Literal(decision.who)),
            ("dct:created", Literal(decision.when.isoformat(), datatype=_DATE)),
            ("mg:because", Literal(decision.why)),
            *(("mg:evidenceSeen", Literal(each)) for each in decision.seen),
        )
        nb, en = _WORDS[decision.verdict]
        yield from label_quads(GRAPH, name, LanguageMap({"nb": f"{nb}: {decision.why}", "en": f"{en}: {decision.why}"}))
        pair = _PAIRS.get(decision.verdict)
        things = [*dict.fromkeys(map(kept, ids))]
        if pair and len(things) <= _MOST_IN_PAIRS:
            for one, other in combinations(things, 2):
                yield from quads_about(GRAPH, one, (pair, other))


def _joining(decisions: Iterable[Decision], kept: Callable[[str], str]) -> dict[str, Decision]:
    """Return each id that is replaced, with the decision by which it is one with what is kept or leads there.

    The nearest to what is kept come first: of a chain, each decision is said of what it names.
    """
    naming: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.verdict == "same":
            for id in decision.ids:
                naming.setdefault(id, []).append(decision)
    joined: dict[str, Decision] = {}
    waiting = deque(id for id in naming if kept(id) == id)
    # What is kept may be named by no decision that is published: then the first that is named stands for it.
    waiting.extend(id for id in naming if kept(id) != id and kept(id) not in naming)
    while waiting:
        for decision in naming[waiting.popleft()]:
            for id in decision.ids:
                if kept(id) != id and id not in joined:
                    joined[id] = decision
                    waiting.append(id)
    return joined
