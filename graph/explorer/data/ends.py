"""What the sentences of claims leave to their context: which of the things that a claim joins they do not name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from graph.explorer.data.queries import Details, label_in, name_of, run_lookup
from graph.query.passages import Ends, Names, names_of
from graph.query.results import QueryFn

_WHAT, _HOLDERS = ("mg:subject", "mg:object"), ("mg:holderOf", "mg:candidateHolderOf")
_MARKS = ("mg:placeAsWritten", "mg:venueAsWritten", "mg:timeAsWritten")


def claim_ends(run: QueryFn, details: Mapping[str, Details]) -> dict[str, Ends]:
    """Return what each claim joins, by its name.

    Who held an office is shown as the person: words that name the office alone leave the person to the context.
    """
    result: dict[str, Ends] = defaultdict(Ends)
    known: dict[str, Names] = {}
    of_holders: set[str] = set()
    for claim, end, other in run_lookup(run, "ends").rows:
        ends, kind, value = result[name_of(claim)], name_of(end), name_of(other)
        if kind == "mg:asWritten":
            ends.as_written.add(value)
        elif kind in _MARKS:
            ends.marks.add(value)
        elif kind in _HOLDERS:
            ends.joined.append(("who", Names()))
            of_holders.add(name_of(claim))
        else:
            if value not in known:
                known[value] = names_of(value, _words(value, details))
            ends.joined.append(("what" if kind in _WHAT else "event" if kind == "mg:event" else "who", known[value]))
    for name in of_holders:
        result[name].as_written.clear()
    return dict(result)


def _words(name: str, details: Mapping[str, Details]) -> Iterator[tuple[str, str]]:
    """Yield the names of an entity, nouns for its kind, and the places and times that tell it from others."""
    facts = details.get(name)
    if facts is None:
        return
    yield from (("name", label) for label in facts.label.values())
    yield from (("also", other) for other in facts.lists.get("also", ()))
    for kind in facts.lists.get("type", ()):
        yield from (("noun", label) for label in label_in(details, kind).values())
    for place in facts.lists.get("places", ()):
        yield from (("mark", label) for label in label_in(details, place).values())
    for claim in facts.derived_from:
        lists = details[claim].lists if claim in details else {}
        yield from (("mark", each) for key in ("saidWhen", "placesAsWritten", "venues") for each in lists.get(key, ()))
