"""Proposals for a page held against an expected answer: which are true, which are wrong, what must not be concluded.

An expected answer is a dictionary of the form that ``motegraf propose --json`` prints, with ``must_not`` beside its
events: statements in plain words that no proposal may break.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.model.edtf import bounds
from graph.sources.pages.context import Background, page_context

PAGES = Path(__file__).parent / "proposal_pages"
Entry = dict[str, Any]
# Words of a name that are as long as this tell whose it is; so many letters of them stay in every form.
_TELLING = 4
_STEM = 6


@dataclass(frozen=True, slots=True)
class Fault:
    """A proposal that the expected answer does not have: what it says, whom or what it is of, and of which concepts."""

    says: str
    kind: str
    of: str
    concepts: frozenset[str] = frozenset()


def faults(proposed: list[Entry], expected: list[Entry], text: str) -> Iterator[Fault]:
    """Yield what is wrong with the proposals for a page."""
    pairs = matched(proposed, expected, text)
    for event in proposed:
        other = next((theirs for ours, theirs in pairs if ours is event), None)
        if other is None:
            yield Fault(f"event: {event['label']}", "event", event["label"], frozenset([f"status:{event['status']}"]))
            for part in event["parts"]:
                yield _fault_of_part(part, event, "no such event")
            continue
        if event["status"] != other["status"]:
            status = frozenset([f"status:{event['status']}"])
            yield Fault(f"status: {event['label']} is {event['status']}", "status", event["label"], status)
        place = event["place"]
        if place and place["said"] and not _is_same_place(place, other["place"]):
            yield Fault(f"place: {event['label']} is at {place['said']}", "place", place["said"])
        yield from _faults_of_parts(event, other)


def _faults_of_parts(event: Entry, other: Entry) -> Iterator[Fault]:
    for part in event["parts"]:
        same = [each for each in other["parts"] if _is_same_part(part, each)]
        if not same:
            if not part["candidates"]:
                yield _fault_of_part(part, event, "not expected")
            continue
        # Nobody is told to have a role who is only asked, or stays away.
        is_there = part["attendance"] not in ("invited", "absent")
        for role in set(part["roles"]) - set(same[0]["roles"] or ()) if is_there else ():
            says = f"role: {part['name']} is {role} of {event['label']}, expected {same[0]['roles']}"
            yield Fault(says, "role", part["name"], frozenset([f"role:{role}"]))
        told, expected = part["attendance"], same[0]["attendance"]
        if told in ("present", "represented") and expected not in ("present", "represented"):
            says = f"attendance: {part['name']} is {told} at {event['label']}, expected {expected}"
            yield Fault(says, "attendance", part["name"])


def _fault_of_part(part: Entry, event: Entry, why: str) -> Fault:
    says = f"part: {part['name']} is {' '.join(part['roles'])} of {event['label']} ({part['because']}), {why}"
    return Fault(says, "part", part["name"])


def matched(proposed: list[Entry], expected: list[Entry], text: str) -> list[tuple[Entry, Entry]]:
    """Return each proposed event with the expected one that it is: the likest first, by passage, days, place, parts."""
    likeness = [
        (_likeness(ours, theirs, text), i, j) for i, ours in enumerate(proposed) for j, theirs in enumerate(expected)
    ]
    pairs: list[tuple[Entry, Entry]] = []
    taken: set[tuple[str, int]] = set()
    for score, i, j in sorted(likeness, reverse=True):
        if score and ("ours", i) not in taken and ("theirs", j) not in taken:
            taken |= {("ours", i), ("theirs", j)}
            pairs.append((proposed[i], expected[j]))
    return pairs


def _likeness(ours: Entry, theirs: Entry, text: str) -> float:
    spans = [[(at, at + len(q)) for q in each["quotes"] if (at := text.find(q)) >= 0] for each in (ours, theirs)]
    if not any(a[0] < b[1] and b[0] < a[1] for a in spans[0] for b in spans[1]):
        return 0
    days = [(each["time"] or {}).get("earliest") for each in (ours, theirs)]
    place = ours["place"] is not None and _is_same_place(ours["place"], theirs["place"])
    parts = sum(any(_is_same_part(a, b) for b in theirs["parts"]) for a in ours["parts"])
    return 1 + 2 * (days[0] is not None and days[0] == days[1]) + 1.5 * place + 0.2 * parts


def _is_same_place(ours: Entry, theirs: Entry | None) -> bool:
    if theirs is None:
        return False
    words = [{*_words(each["said"] or ""), *_words(each["municipality"] or "")} for each in (ours, theirs)]
    return bool(words[0] & words[1]) or bool(ours["online"] and theirs["online"])


def _is_same_part(ours: Entry, theirs: Entry) -> bool:
    a, b = (" ".join(_words(each["name"])).removesuffix("s") for each in (ours, theirs))
    if a == b:
        return True
    if theirs["kind"] not in ("group", "office"):
        return False
    both = set(a.split()) & set(b.split())
    return len(both) * 2 >= max(len(a.split()), len(b.split()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def is_broken(statement: str, fault: Fault, language: str, background: Background) -> bool:
    """Return whether a fault is what a statement says must not be concluded."""
    if not _names(statement, fault):
        return False
    if fault.kind not in ("role", "status", "event"):
        return True
    own = background.language(language)
    context = page_context(own.passages(statement), language, background)
    told = {id for each in (*context.cues, *context.statuses) for id in each.meanings}
    return bool(told & fault.concepts)


def _names(statement: str, fault: Fault) -> bool:
    """Return whether a statement names whom or what a fault is of: a person by the last name, others by all words."""
    own = [word for word in _words(fault.of) if len(word) >= _TELLING] or _words(fault.of)
    there = _words(statement)
    if fault.kind in ("event", "status"):
        return bool(own) and any(each[:_STEM] == own[0][:_STEM] for each in there)
    if not own:
        return False
    if all(word[:1].isupper() for word in fault.of.split()):
        own = own[-1:]
    return all(any(each[:_STEM] == word[:_STEM] for each in there) for word in own)


def expected_of(page: Entry) -> list[Entry]:
    """Return the events of a page of ``proposal_pages`` in the form of proposals.

    There a part is "Name: role,role attendance kind", with a person where no kind stands.
    """
    return [_expected(event) for event in page["events"]]


def _expected(event: Entry) -> Entry:
    when = bounds(str(event["when"])) if event["when"] else None
    is_online = event["where"] == "online"
    said = None if is_online else event["where"]
    place = {"said": said, "municipality": None, "online": is_online} if event["where"] else None
    return {
        "status": event["status"],
        "time": {"earliest": str(when.earliest), "latest": str(when.latest)} if when else None,
        "place": place,
        "quotes": event["quotes"],
        "parts": [_expected_part(name, *words.split()) for name, words in event["parts"].items()],
        "is_open": event.get("ambiguous", False),
    }


def _expected_part(name: str, roles: str, attendance: str, kind: str = "person") -> Entry:
    told = None if attendance == "null" else attendance
    return {"name": name, "roles": roles.split(","), "attendance": told, "kind": kind}


def counts(proposed: list[Entry], expected: list[Entry], text: str) -> Counter[str]:
    """Return how many events, times, places, links and roles are true, proposed and expected.

    An event that careful readers may take either way (``is_open``) counts on neither side.
    """
    pairs = matched(proposed, expected, text)
    open_ones = [ours for ours, theirs in pairs if theirs["is_open"]]
    pairs = [(ours, theirs) for ours, theirs in pairs if not theirs["is_open"]]
    own = [each for each in proposed if not any(each is other for other in open_ones)]
    sure = [each for each in expected if not each["is_open"]]
    counted: Counter[str] = Counter()
    for side, events in (("proposed", own), ("expected", sure)):
        counted[f"events {side}"] += len(events)
        counted[f"times {side}"] += sum(bool(each["time"] and each["time"]["earliest"]) for each in events)
        counted[f"places {side}"] += sum(bool(each["place"]) for each in events)
        counted[f"links {side}"] += sum(len(each["parts"]) for each in events)
        counted[f"roles {side}"] += sum(len(part["roles"]) for each in events for part in each["parts"])
    for ours, theirs in pairs:
        days = [tuple((each["time"] or {}).get(end) for end in ("earliest", "latest")) for each in (ours, theirs)]
        counted["events true"] += 1
        counted["statuses true"] += ours["status"] == theirs["status"]
        counted["times true"] += days[0] == days[1] and days[0][0] is not None
        counted["places true"] += ours["place"] is not None and _is_same_place(ours["place"], theirs["place"])
        left = list(theirs["parts"])
        for part in ours["parts"]:
            same = next((each for each in left if _is_same_part(part, each)), None)
            if same is not None:
                left.remove(same)
                counted["links true"] += 1
                counted["roles true"] += len(set(part["roles"]) & set(same["roles"]))
    return counted


def share(counted: Counter[str], what: str, of: str) -> float:
    """Return precision (of what is "proposed") or recall (of what is "expected")."""
    return counted[f"{what} true"] / max(1, counted[f"{what} {of}"])


def pages() -> dict[str, Entry]:
    """Return the pages with expected answers, by the names of their files."""
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(PAGES.glob("*.yaml"))}
