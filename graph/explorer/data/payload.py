"""What the page is told: a build, run_lookup, -> plain data, ready for JSON.

Entities and ties go by their short names (``event:oslo-2014-host``), so that the data is the same under every base. A
label is ``{"nb": ..., "en": ...}``, with one language left out where the build has none in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from graph.explorer.data.answers import precomputed_answer
from graph.explorer.data.chunks import AT_ONCE
from graph.explorer.data.queries import Data, details_of, name_of, run_lookup, words_of
from graph.explorer.data.sources import areas, claims, memberships, pages, successors
from graph.explorer.data.summary import summarise
from graph.query.questions import Question
from graph.query.results import QueryFn

_OF_A_THING = (
    *("iri", "label", "also", "type", "status", "earliest", "latest", "topics", "places"),
    *("elsewhere", "asksFor", "memberOf", "until"),
)


def build_payload(run: QueryFn, texts: Callable[[str], str | None], questions: Iterable[Question]) -> Data:
    """All that the page needs to know. ``texts`` gives the text of a page by its name, or None where it has none.

    Of a large graph no question is answered: the answers would be larger than the page.
    """
    details = details_of(run)
    kinds = {name_of(entity): words_of(kind) for entity, kind in reversed(run_lookup(run, "entities").rows)}
    ties = [*_ties(run, details, kinds)]
    tied = {end for tie in ties for end in (tie["from"], tie["to"])}
    entities = [
        _thing(name, kind, details)
        for name, kind in sorted(kinds.items())
        if name in tied or kind in ("event", "series", "letter", "plan")
    ]
    claimed, held = claims(run, details), memberships(run, details)
    for record in (*entities, *ties):
        record["claims"] = [name for name in record["from_"] if name in claimed]
        record["memberships"] = [name for name in record.pop("from_") if name in held]
    return {
        "entities": entities,
        "ties": ties,
        "claims": claimed,
        "pages": pages(run, texts),
        "memberships": held,
        "areas": areas(run),
        "successors": successors(run),
        "words": _words(details, entities, ties),
        "summary": summarise(entities, ties),
        "questions": [precomputed_answer(question, run) for question in questions] if len(entities) <= AT_ONCE else [],
    }


def _record(details: Mapping[str, Data], name: str, *keys: str) -> Data:
    """The details of an entity that go into its record, those that it has."""
    known = details.get(name, {})
    return {key: known[key] for key in keys if key in known} | {"from_": known.get("from", [])}


def _thing(name: str, kind: str, details: Mapping[str, Data]) -> Data:
    known = _record(details, name, *_OF_A_THING)
    said = sorted({said for claim in known["from_"] for said in details.get(claim, {}).get("saidWhen", ())})
    return {"id": name, "kind": kind} | known | ({"saidWhen": said} if said else {})


def _ties(run: QueryFn, details: Mapping[str, Data], kinds: Mapping[str, str]) -> Iterable[Data]:
    """Parts in events, certain and possible, and what else ties two entities that can be drawn."""
    claimed: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for claim, *triple in run_lookup(run, "relations_claimed").rows:
        said_of, relation, said_to = map(words_of, triple)
        claimed[said_of, relation, said_to].append(name_of(claim))
    relations = {claim for several in claimed.values() for claim in several}
    for tie, kind, start, term, end in run_lookup(run, "ties").rows:
        ends = {"from": name_of(start), "to": name_of(end)}
        if not kinds.keys() >= set(ends.values()):
            continue
        # That an event belongs to a series is decided by those who read the page, and no claim of the page.
        certainty = {"possible": "possible", "series": "ours"}.get(words_of(kind), "certain")
        shape = {"kind": words_of(kind), "certainty": certainty}
        if tie is not None:
            keys = ("iri", "roles", "attendance", "capacity", "onBehalfOf", "represents", "atLeast", "topics")
            yield {"id": name_of(tie)} | shape | ends | _record(details, name_of(tie), *keys)
        else:
            name = f"{ends['from']} {words_of(kind)} {ends['to']}"
            said = claimed.get((words_of(start), words_of(term), words_of(end)))
            if said is None and shape["kind"] != "series":
                teller = ends["to" if shape["kind"] == "audience" else "from"]
                said = [claim for claim in details[teller].get("from", []) if claim not in relations]
            yield {"id": name} | shape | ends | {"from_": said or []}


def _words(details: Mapping[str, Data], entities: list[Data], ties: list[Data]) -> Data:
    """What everything is called that is drawn or named beside what is drawn: kinds, roles, topics, places, offices."""
    drawn = {record["id"] for record in (*entities, *ties)}
    return {
        name: known["label"]
        | {"iri": known["iri"]}
        | ({"definition": known["definition"]} if "definition" in known else {})
        for name, known in sorted(details.items())
        if "label" in known and name not in drawn and name.partition(":")[0] not in ("claim", "evidence", "mg", "graph")
    }
