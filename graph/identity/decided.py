"""What people decided of pairs of things, as a graph has it: that they are different, or that nobody can tell."""

from pathlib import Path

from pyoxigraph import NamedNode

from graph.model.identity import Verdict
from graph.query.results import QueryFn, expect_table
from graph.rdf.terms import iri, short_name

LOOKUP = Path(__file__).parent / "lookups/decided.rq"
_VERDICTS: dict[str, Verdict] = {iri("owl:differentFrom").value: "different", iri("mg:possiblySame").value: "unsure"}


def decided_pairs(run: QueryFn) -> dict[frozenset[str], Verdict]:
    """Return what was decided of pairs of ids. ``run`` is what ``graph.connect`` returns."""
    table = expect_table(run(LOOKUP.read_text(encoding="utf-8")))
    return {
        frozenset((short_name(one), short_name(other))): _VERDICTS[relation.value]
        for one, other, relation in table.rows
        if isinstance(one, NamedNode) and isinstance(other, NamedNode) and isinstance(relation, NamedNode)
    }
