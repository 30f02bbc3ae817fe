"""How like a name is to those of an entity, from 0 to 1."""

from graph.common.names import fold_name
from graph.query.entries import Entry


def name_score(name: str, entry: Entry) -> float:
    """Return how like a name is to the most similar name of an entity: 1 where it is the same."""
    # Here, not above: a worker starts without it.
    from rapidfuzz import fuzz

    folded = fold_name(name)
    names = map(fold_name, (*entry.labels.values(), *entry.names))
    return max((fuzz.token_sort_ratio(folded, each) / 100 for each in names if each), default=0.0)
