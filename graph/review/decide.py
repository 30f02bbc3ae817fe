"""Carry out a decision: change the claims file, write the journal, and hold the entry against the check."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.common.findings import Finding, FindingsError
from graph.common.strict_files import read_yaml
from graph.common.text_files import read_text
from graph.model.iris import local_name, slug
from graph.registry.lookup import find_agent
from graph.review import journal
from graph.review.claims_file import SECTIONS, ClaimsFile, EntryPath, ReviewError, digest, entry_at, plain
from graph.review.page import Item, ReviewPage
from graph.sources.ingest.imprint import kind_of_body
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_claims_in_progress
from graph.sources.proposals.entries import UNKNOWN_KIND

_STATES = {"accept": "accepted", "reject": "rejected"}
# What a person may change of an entry with a key or two.
FIELDS = ("role", "attendance", "kind", "status", "agent")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a decision: the findings of the check about the entry, errors and warnings."""

    path: EntryPath
    findings: tuple[str, ...] = ()


def decide(folder: Path, item: Item, what: str, background: Background, check: bool = True) -> Result:
    """Accept or reject an entry, and return what the check says of it, unless it is asked later.

    Raise ConflictError where the entry has changed since it was shown, ReviewError where the decision cannot be made.
    """
    claims = ClaimsFile(folder)
    if what == "accept" and not item.is_event:
        _, data = claims.read()
        event = plain(entry_at(data, item.path[:2]))
        if event.get("review", "accepted") != "accepted":
            raise ReviewError(f"the event {item.event} is not accepted yet; decide about it first")
    before, after = claims.replace(item.path, "review", _STATES[what], item.digest)
    journal.append(folder, journal.decision(what, item.path, before, after, rule=item.rule, strength=item.strength))
    asks = check and what == "accept"
    return Result(item.path, tuple(findings_at(folder, item.path, background)) if asks else ())


def accept_sentence(folder: Path, page: ReviewPage, number: int, background: Background) -> Iterator[Result]:
    """Accept all that is proposed on one sentence, events first: what a person has on the screen, and nothing else.

    Yield what came of each: where one cannot be accepted, those before it are.
    """
    for item in page.sentences[number].items:
        if item.state == "proposed":
            yield decide(folder, item, "accept", background)


def change(folder: Path, item: Item, field: str, value: Any, background: Background, check: bool = True) -> Result:
    """Change a field of an entry, and accept the entry with it."""
    if field not in FIELDS:
        raise ReviewError(f"{field!r} is none of {', '.join(FIELDS)}; edit {folder.name}/claims.yaml for that")
    claims = ClaimsFile(folder)
    before, after = claims.replace(item.path, field, value, item.digest)
    if not item.is_event or after.get("review", "accepted") == "proposed":
        _, after = claims.replace(item.path, "review", "accepted", digest(after))
    made = journal.decision("change", item.path, before, after, rule=item.rule, strength=item.strength, field=field)
    journal.append(folder, made)
    return Result(item.path, tuple(findings_at(folder, item.path, background)) if check else ())


def move(folder: Path, item: Item, event: str, background: Background) -> Result:
    """Give a part to another event: it is rejected where it stands, and added there as accepted."""
    if item.is_event:
        raise ReviewError("an event is part of no other")
    _, data = ClaimsFile(folder).read()
    if event not in (data.get("events") or {}):
        raise ReviewError(f"{event!r} is no event of this page")
    entry = {name: value for name, value in item.entry.items() if name != "review"}
    if "quote" not in entry:
        # Of what is quoted of the old event, the part was shown with the first passage: no other was looked at.
        quotes = plain(data["events"][item.event].get("quote"))
        entry["quote"] = quotes[0] if isinstance(quotes, list) else quotes
    decide(folder, item, "reject", background, check=False)
    return add_part(folder, event, entry, background, check=False)


def add_named(folder: Path, event: str, name: str, kind: str, role: str, quote: str, background: Background) -> Result:
    """Add the part of somebody by name, who is entered first where neither the page nor the registry has them."""
    name, quote = " ".join(name.split()), " ".join(quote.split())
    if not name or not quote:
        raise ReviewError("a part has a name and a quote")
    if role not in background.vocabulary["role"]:
        raise ReviewError(f"{role!r} is no role")
    claims = ClaimsFile(folder)
    _, data = claims.read()
    if event not in (data.get("events") or {}):
        raise ReviewError(f"{event!r} is no event of this page; propose or write it first")
    agent = _agent(claims, plain(data), name, kind, background)
    return add_part(folder, event, {"agent": agent, "role": role, "quote": quote}, background, check=False)


def _agent(claims: ClaimsFile, data: dict[str, Any], name: str, kind: str, background: Background) -> str:
    """Return the key of somebody in the page's sections, or the id in the registry; entered where neither has it."""
    for section in ("people", "bodies"):
        for key, entry in (data.get(section) or {}).items():
            if entry.get("name") == name:
                return str(key)
    with contextlib.suppress(LookupError):
        return local_name(find_agent(background.registry, name))
    section = "bodies" if kind == "body" else "people"
    taken = {key for each in SECTIONS for key in data.get(each) or {}}
    base = slug(name)[:60].strip("-") or section
    key = next(each for each in (base, *(f"{base}-{n}" for n in range(2, 1_000))) if each not in taken)
    entry = {"name": name} | ({"kind": kind_of_body(name, background) or UNKNOWN_KIND} if section == "bodies" else {})
    path = claims.append((section, key), entry)
    journal.append(claims.path.parent, journal.decision("add", path, None, entry))
    return key


def no_claim(folder: Path, quote: str, reason: str) -> Result:
    """Say of a passage that it claims nothing, and why."""
    if not quote.strip() or not reason.strip():
        raise ReviewError("say which words claim nothing, and why")
    entry = {"quote": quote, "reason": reason}
    path = ClaimsFile(folder).append(("no_claim",), entry)
    journal.append(folder, journal.decision("no_claim", path, None, entry))
    return Result(path)


def add_part(folder: Path, event: str, entry: dict[str, Any], background: Background, check: bool = True) -> Result:
    """Add somebody's part in an event that nothing proposed, as accepted."""
    written = entry | {"review": "accepted"}
    path = ClaimsFile(folder).append(("events", event, "participations"), written)
    journal.append(folder, journal.decision("add", path, None, plain(written)))
    return Result(path, tuple(findings_at(folder, path, background)) if check else ())


def undo(folder: Path) -> journal.Decision:
    """Take back the last decision that stands, and return it. Raise ReviewError where there is none."""
    last = journal.last_to_undo(journal.read(folder))
    if last is None:
        raise ReviewError("there is nothing to undo")
    number, made = last
    claims = ClaimsFile(folder)
    if made.before is None:
        after = claims.remove(made.path, digest(made.after))
        journal.append(folder, journal.decision("undo", made.path, after, None, undoes=number))
        return made
    shown = digest(made.after)
    restored: Any = made.after
    for field in sorted({*made.before, *made.after}):
        if field != "participations" and made.before.get(field) != made.after.get(field):
            _, restored = claims.replace(made.path, field, made.before.get(field), shown)
            shown = digest(restored)
    journal.append(folder, journal.decision("undo", made.path, made.after, restored, undoes=number))
    return made


def findings_at(folder: Path, path: EntryPath, background: Background) -> list[str]:
    """Return what the check says of one entry: the messages at its lines."""
    name = f"corpus/{folder.name}/claims.yaml"
    document = read_yaml(read_text(folder / "claims.yaml", name), name)
    first = document.line(path)
    last = _end(document, path, first)
    return [f"{each.severity}: {each.message}" for each in _findings(folder, background) if first <= each.line < last]


def _end(document: Any, path: EntryPath, first: int) -> int:
    """Return the line after the last one of an entry: where the next one of its kind begins."""
    data = document.data
    for step in path[:-1]:
        data = data[step]
    places = range(len(data)) if isinstance(data, list) else list(data)
    after = [line for place in places if (line := document.line((*path[:-1], place))) > first]
    if after:
        return int(min(after))
    return int(_end(document, path[:-2], document.line(path[:-2]))) if len(path) > 2 else 10**9


def _findings(folder: Path, background: Background) -> list[Finding]:
    try:
        found = read_claims_in_progress(folder, background)[1]
    except FindingsError as error:
        found = error.findings
    return [each for each in found if each.file.endswith("claims.yaml")]
