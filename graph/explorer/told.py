"""What the page is told: a build, asked, -> plain data, ready for JSON.

Things and ties go by their short names (``event:oslo-2014-host``), so that the data is the same under every base. A label
is ``{"nb": ..., "en": ...}``, with one language left out where the build has none in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.answers import Run, Table, Term, table_of
from graph.ask import answered
from graph.names import short
from graph.questions import TAGS, Question

LOOKUPS = Path(__file__).parent / "lookups"
# Details of which a thing has one; of all others it has a list.
SINGLE = ("status", "earliest", "latest", "attendance", "atLeast", "asksFor", "until")
Data = dict[str, Any]


def told(run: Run, texts: Callable[[str], str | None], questions: Iterable[Question]) -> Data:
    """All that the page needs to know. ``texts`` gives the text of a page by its name, or None where it has none."""
    details = _details(_asked(run, "details"))
    kinds = {_name(thing): _word(kind) for thing, kind in reversed(_asked(run, "things").rows)}
    ties = [*_ties(run, details, kinds)]
    tied = {end for tie in ties for end in (tie["from"], tie["to"])}
    things = [
        _thing(name, kind, details)
        for name, kind in sorted(kinds.items())
        if name in tied or kind in ("event", "series", "letter", "plan")
    ]
    claims, pages = _claims(run, details), _pages(run, texts)
    memberships = _memberships(run)
    for holding in memberships.values():
        holding["label"] = _label(details, holding["id"])
    for record in (*things, *ties):
        record["claims"] = [name for name in record["from_"] if name in claims]
        record["memberships"] = [name for name in record.pop("from_") if name in memberships]
    return {
        "things": things,
        "ties": ties,
        "claims": claims,
        "pages": pages,
        "memberships": memberships,
        "areas": _areas(run),
        "successors": _successors(run),
        "words": _words(details, things, ties),
        "questions": [_question(question, run) for question in questions],
    }


def _asked(run: Run, lookup: str) -> Table:
    return table_of(run((LOOKUPS / f"{lookup}.rq").read_text(encoding="utf-8")))


def _name(term: Term | None) -> str:
    """The short name of one of our things, the IRI of any other, the words of a literal; nothing of nothing."""
    if isinstance(term, NamedNode):
        return short(term)
    return "" if term is None else term.value


def _word(term: Term | None) -> str:
    return "" if term is None else term.value


def _details(table: Table) -> dict[str, Data]:
    """Of each thing its details; labels and definitions by language."""
    found: dict[str, Data] = defaultdict(dict)
    for thing, detail, value in table.rows:
        known, kind = found[_name(thing)], _word(detail)
        known["iri"] = _word(thing)
        if kind in ("label", "definition") and isinstance(value, Literal):
            known.setdefault(kind, {})[value.language or "nb"] = value.value
        elif kind in SINGLE:
            known[kind] = _name(value)
        else:
            known.setdefault(kind, []).append(_name(value))
    return found


def _label(details: Mapping[str, Data], name: str) -> Data:
    label: Data = details.get(name, {}).get("label", {})
    return label


def _record(details: Mapping[str, Data], name: str, *keys: str) -> Data:
    """The details of a thing that go into its record, those that it has."""
    known = details.get(name, {})
    return {key: known[key] for key in keys if key in known} | {"from_": known.get("from", [])}


def _thing(name: str, kind: str, details: Mapping[str, Data]) -> Data:
    known = _record(details, name, "iri", "label", "also", "type", "status", "earliest", "latest", "topics", "places")
    more = _record(details, name, "elsewhere", "asksFor", "memberOf", "until")
    said = sorted({said for claim in known["from_"] for said in details.get(claim, {}).get("saidWhen", ())})
    return {"id": name, "kind": kind} | known | more | ({"saidWhen": said} if said else {})


def _ties(run: Run, details: Mapping[str, Data], kinds: Mapping[str, str]) -> Iterable[Data]:
    """Parts in events, certain and possible, and what else ties two things that can be drawn."""
    claimed: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for claim, *triple in _asked(run, "relations_claimed").rows:
        start, relation, end = map(_word, triple)
        claimed[start, relation, end].append(_name(claim))
    relations = {claim for claims in claimed.values() for claim in claims}
    for tie, kind, start, relation, end in _asked(run, "ties").rows:
        ends = {"from": _name(start), "to": _name(end)}
        if not all(end in kinds for end in ends.values()):
            continue
        shape = {"kind": _word(kind), "certainty": "possible" if _word(kind) == "possible" else "certain"}
        if tie is not None:
            keys = ("iri", "roles", "attendance", "capacity", "onBehalfOf", "represents", "atLeast", "topics")
            yield {"id": _name(tie)} | shape | ends | _record(details, _name(tie), *keys)
        else:
            name = f"{ends['from']} {_word(kind)} {ends['to']}"
            said = claimed.get((_word(start), _word(relation), _word(end)))
            # That an event belongs to a series is decided by those who read the page, and no claim of the page.
            if said is None and shape["kind"] != "series":
                teller = ends["to" if shape["kind"] == "audience" else "from"]
                said = [claim for claim in details[teller].get("from", []) if claim not in relations]
            yield {"id": name} | shape | ends | {"from_": said or []}


def _claims(run: Run, details: Mapping[str, Data]) -> Data:
    """Each claim with its page and the places of its words there, as pairs of characters counted from 0."""
    found: Data = {}
    for claim, page, says, place, words in _asked(run, "claims").rows:
        name = _name(claim)
        known = found.setdefault(
            name,
            {"iri": _word(claim), "page": _name(page), "label": _label(details, name), "says": [], "leansOn": []},
        )
        start, _, end = _word(place).removeprefix("char=").partition(",")
        passage = {"start": int(start), "end": int(end), "words": _word(words)}
        known["says" if _word(says) == "true" else "leansOn"].append(passage)
    for claim in found.values():
        for passages in (claim["says"], claim["leansOn"]):
            passages.sort(key=lambda passage: (passage["start"], passage["end"]))
    return found


def _pages(run: Run, texts: Callable[[str], str | None]) -> Data:
    found: Data = {}
    for page, title, address, publisher, earliest, latest, retrieved, language, basis in _asked(run, "pages").rows:
        name = _name(page)
        known = found.setdefault(
            name,
            {
                "iri": _word(page),
                "title": _word(title),
                "address": _word(address),
                "publisher": _name(publisher),
                "published": [_word(earliest), _word(latest)],
                "retrieved": _word(retrieved),
                "language": _word(language) or "nb",
                "basis": {},
                "text": texts(name.partition(":")[2]),
            },
        )
        if isinstance(basis, Literal):
            known["basis"][basis.language or "nb"] = basis.value
    return found


def _memberships(run: Run) -> Data:
    found: Data = {}
    for membership, person, post, source in _asked(run, "memberships").rows:
        name = _name(membership)
        known = found.setdefault(name, {"id": name, "person": _name(person), "post": _name(post), "sources": []})
        known["sources"].append(_word(source))
    return found


def _areas(run: Run) -> Data:
    """Of each municipality its county and police district of the day, and the county or counties of today."""
    found: Data = {}
    for area, county, _now, county_now, district in _asked(run, "areas").rows:
        known = found.setdefault(_name(area), {"county": _name(county), "countiesNow": [], "district": _name(district)})
        if county_now is not None and _name(county_now) not in known["countiesNow"]:
            known["countiesNow"].append(_name(county_now))
    return found


def _successors(run: Run) -> Data:
    found: Data = defaultdict(list)
    for body, day, successor in _asked(run, "successors").rows:
        found[_name(body)].append({"on": _word(day), "is": _name(successor)})
    return found


def _words(details: Mapping[str, Data], things: list[Data], ties: list[Data]) -> Data:
    """What everything is called that is drawn or named beside what is drawn: kinds, roles, topics, places, offices."""
    drawn = {record["id"] for record in (*things, *ties)}
    return {
        name: known["label"] | {"iri": known["iri"]} | ({"definition": known["definition"]} if "definition" in known else {})
        for name, known in sorted(details.items())
        if "label" in known and name not in drawn and name.partition(":")[0] not in ("claim", "quote", "mg", "graph")
    }


def _question(question: Question, run: Run) -> Data:
    """A ready question with its answer as of the build. A cell is words, or the words and the short name of a thing."""
    table = answered(question, {}, run)
    shown = [(number, name) for number, name in enumerate(table.columns) if name.removesuffix("Label") in question.columns]
    things = {name: number for number, name in enumerate(table.columns)}
    columns = [(number, name) for number, name in shown if f"{name}Label" not in things]
    return {
        "name": question.name,
        "summary": _both(question.summary),
        "description": _both(question.description),
        "group": _both(TAGS[question.tags[0]]),
        "view": question.view,
        "columns": [
            {"name": name.removesuffix("Label")} | _both(question.columns[name.removesuffix("Label")]) for _, name in columns
        ],
        "rows": [
            [_cell(row[number], row[things.get(name.removesuffix("Label"), number)]) for number, name in columns]
            for row in table.rows
        ],
    }


def _both(label: Any) -> Data:
    return {"nb": label.nb, "en": label.en}


def _cell(words: Term | None, thing: Term | None) -> str | list[str]:
    return [_word(words), _name(thing)] if isinstance(thing, NamedNode) else _word(words)
