"""Decisions about identity -> quads in ``graph:identity``: who decided what of which ids, and where these lead now.

``mg:keptAs`` leads from an id that is not kept to the one that is. It says less than ``owl:sameAs``: where to look, and
not that all that is stated of the one holds of the other; and another thing than ``dct:isReplacedBy``, which leads from
a municipality to what became of it.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import combinations

from pyoxigraph import Literal, Quad

from graph.model.identity import Decision, Verdict
from graph.model.labels import LanguageMap
from graph.rdf.statements import label_quads, quads_about
from graph.rdf.terms import iri

GRAPH = iri("graph:identity")
ENTERED_AS, KEPT_AS = iri("mg:enteredAs"), iri("mg:keptAs")
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
    for decision in decisions:
        name, ids = decision_name(decision), decision.ids
        yield from quads_about(
            GRAPH,
            name,
            ("rdf:type", "mg:IdentityDecision"),
            ("rdf:type", _CLASSES[decision.verdict]),
            *(("mg:decidedOf", id) for id in dict.fromkeys([*ids, *map(kept, ids)])),
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
        for id in ids:
            if decision.verdict == "same" and kept(id) != id:
                yield Quad(iri(id), KEPT_AS, iri(kept(id)), GRAPH)
