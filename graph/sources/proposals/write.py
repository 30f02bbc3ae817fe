"""Write proposals into the claims file of a page: what a person touched or rejected stays, the rest is made anew."""

import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from graph.common.findings import Finding, FindingsError
from graph.common.page_files import locked, write_whole
from graph.common.strict_files import Document, read_yaml
from graph.common.text_files import read_text
from graph.model.edtf import Bounds
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_claims_in_progress
from graph.sources.pages.source import read_source
from graph.sources.proposals.entries import UNKNOWN_KIND, Entries, Entry, entries_of
from graph.sources.proposals.events import Occasion
from graph.sources.proposals.propose import Proposals, propose

# Beside the claims file: of each proposal its rule, its strength, and the digest by which it is known as untouched.
RECORD = "proposals.jsonl"
_SCHEMA = "# yaml-language-server: $schema=../claims.schema.json\n"
_ATTEMPTS = 40
# Of a text of which no day is known.
_ANY_DAY = Bounds(date(1990, 1, 1), date(2099, 12, 31))


@dataclass(frozen=True, slots=True)
class Written:
    """How many entries a page has as proposals now, how many stayed as a person left them, and what was left out."""

    page: str
    events: int
    parts: int
    kept: int
    dropped: tuple[str, ...]


Improve = Callable[[Proposals], Proposals]


def as_they_are(proposals: Proposals) -> Proposals:
    """Return proposals as the rules make them: no second proposer adds any."""
    return proposals


def propose_page(folder: Path, background: Background, improve: Improve = as_they_are) -> Written:
    """Write the proposals for a page into its claims file; ``improve`` may add those of a second proposer.

    Raise FindingsError where the page cannot be read, ProposalError where nothing is proposed in its language, and
    PageFileError where its files cannot be written.
    """
    source, _, _, _ = read_source(folder, background)
    published = Bounds(source.published_earliest, source.published_latest)
    proposals = improve(propose(source.text, source.language, published, source.publisher, background))
    entries = checked_entries(proposals, folder, background)
    claims = folder / "claims.yaml"
    events = entries.sections.get("events", {})
    # What a person decides meanwhile is read, too.
    with locked(claims):
        before = read_text(claims, f"corpus/{folder.name}/claims.yaml") if claims.is_file() else _SCHEMA
        text, kept = _merged(before, entries, _records(folder))
        # The record first, so that a crash loses no decision.
        write_whole(folder / RECORD, _record_lines(entries))
        write_whole(claims, text)
    parts = sum(len(event.get("participations", ())) for event in events.values())
    return Written(folder.name, len(events), parts, kept, tuple(entries.dropped))


def checked_entries(proposals: Proposals, folder: Path, background: Background) -> Entries:
    """Return proposals as entries of a page, without those that the check refuses."""
    entries = entries_of(proposals, folder.name, background)
    _leave_out_what_check_refuses(folder, entries, background)
    return entries


def propose_text(
    text: str,
    language: str,
    published: Bounds | None,
    publisher: str | None,
    background: Background,
    improve: Improve = as_they_are,
) -> tuple[Proposals, Entries]:
    """Return what is proposed of a text that is no page of the corpus, and as entries, checked as those of a page are.

    Raise ProposalError where nothing is proposed in its language.
    """
    proposals = improve(propose(text, language, published, publisher, background))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "page"
        folder.mkdir()
        (folder / "page.txt").write_text(text, encoding="utf-8", newline="")
        (folder / "page.yaml").write_text(_dump(_description(text, language, published)), encoding="utf-8")
        entries = checked_entries(proposals, folder, background)
    kept = [part for parts in entries.parts.values() for part in parts]
    return replace(proposals, events=list(entries.occasions.values()), parts=kept), entries


def _description(text: str, language: str, published: Bounds | None) -> dict[str, Any]:
    """Return the least that is to be known of a page, of a text of which it is not."""
    known = published if published and published.earliest and published.latest else _ANY_DAY
    days = {name: str(getattr(known, name)) for name in ("earliest", "latest")}
    return {
        "url": "https://example.org/",
        "title": "text",
        "language": language,
        "publisher": {"name": "publisher", "kind": UNKNOWN_KIND},
        "published": days | {"basis": {"en": "not known"}},
        "licence": "not known",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def digest_of(entry: Any) -> str:
    """Return a digest of what an entry says, whatever its layout."""
    return hashlib.sha256(json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _leave_out_what_check_refuses(folder: Path, entries: Entries, background: Background) -> None:
    """Remove entries that the check refuses once they are accepted: none is proposed that cannot be taken."""
    with tempfile.TemporaryDirectory() as made:
        trial = Path(made) / folder.name
        trial.mkdir()
        for name in ("page.txt", "page.yaml"):
            shutil.copy(folder / name, trial / name)
        for original in folder.glob("original.*"):
            shutil.copy(original, trial / original.name)
        for _ in range(_ATTEMPTS):
            text = _dump(_accepted(entries.sections))
            (trial / "claims.yaml").write_text(text, encoding="utf-8", newline="\n")
            errors = [each for each in _findings(trial, background) if each.severity == "error"]
            if not errors or not _remove(entries, text, errors):
                break
    _without_unused(entries)


def _findings(folder: Path, background: Background) -> list[Finding]:
    try:
        return read_claims_in_progress(folder, background)[1]
    except FindingsError as error:
        return error.findings


def _accepted(sections: dict[str, Any]) -> dict[str, Any]:
    def accept(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: "accepted" if key == "review" else accept(each) for key, each in value.items()}
        return [accept(each) for each in value] if isinstance(value, list) else value

    result: dict[str, Any] = accept(sections)
    return result


def _remove(entries: Entries, text: str, errors: list[Finding]) -> bool:
    """Remove the entries at whose lines the errors are; return whether one was removed."""
    places = list(_places(read_yaml(text, "claims.yaml"), entries.sections))
    for error in sorted(errors, key=lambda each: -each.line):
        inside = [place for line, place in places if line <= error.line]
        if not inside or not error.file.endswith("claims.yaml"):
            continue
        event, part, field = inside[-1]
        entry = entries.sections.get("events", {}).get(event)
        if entry is None:
            continue
        if _amended(entry, entries, event, part, error.message):
            return True
        entries.dropped.append(f"{event}: {error.message}")
        if part is not None and part < len(entry.get("participations", ())):
            del entry["participations"][part], entries.parts[event][part]
        elif field in ("when", "where", "online") and field in entry:
            del entry[field]
            _forget(entries.occasions[event], field)
        else:
            del entries.sections["events"][event], entries.occasions[event], entries.parts[event]
        return True
    return False


def _amended(entry: Entry, entries: Entries, key: str, part: int | None, message: str) -> bool:
    """Return whether an entry could be written as the check asks: as invited, or as held by a day that is past."""
    if part is not None and "write attendance: invited" in message and part < len(entries.parts[key]):
        own = entry["participations"][part]
        if own.get("attendance") != "invited":
            own["attendance"] = entries.parts[key][part].attendance = "invited"
            return True
    event = entries.occasions[key]
    if part is None and "no word that tells that it is held" in message and "status_word" not in entry and event.time:
        entry["status_word"] = event.time.said
        return True
    return False


def _forget(event: Occasion, field: str) -> None:
    """Take out of an event what the check refuses of its entry."""
    if field == "when":
        event.time = None
    elif field == "where":
        event.place_said = event.municipality = None
    else:
        event.online = None


def _places(document: Document, sections: dict[str, Any]) -> Iterator[tuple[int, tuple[str, int | None, str]]]:
    """Yield the line of each entry and of its parts, in order."""
    found: list[tuple[int, tuple[str, int | None, str]]] = []
    for key, event in sections.get("events", {}).items():
        found.append((document.line(("events", key)), (key, None, "")))
        for field in ("when", "where", "online"):
            if field in event:
                found.append((document.line(("events", key, field)), (key, None, field)))
        found.append((document.line(("events", key, "quote")), (key, None, "quote")))
        for number in range(len(event.get("participations", ()))):
            found.append((document.line(("events", key, "participations", number)), (key, number, "")))
    yield from sorted(found, key=lambda each: each[0])


def _without_unused(entries: Entries) -> None:
    """Remove people, bodies and the like that no entry speaks of any more."""
    used = {text for event in entries.sections.get("events", {}).values() for text in _strings(event)}
    for section in ("people", "bodies", "offices", "groups"):
        own = entries.sections.get(section, {})
        for key in [key for key in own if key not in used]:
            del own[key]
        if section in entries.sections and not own:
            del entries.sections[section]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _merged(before: str, entries: Entries, records: dict[str, str]) -> tuple[str, int]:
    """Return the text of a claims file with its untouched proposals replaced by these, and how many entries stayed."""
    yaml = _yaml()
    document = yaml.load(before) or CommentedMap()
    kept = _remove_untouched(document, records)
    if not _has_entries(document):
        return f"{_header(before)}{_dump(entries.sections)}" if entries.sections else before, kept
    for section, own in entries.sections.items():
        target = document.setdefault(section, CommentedMap())
        for key, entry in own.items():
            if key not in target:
                target[key] = entry
            elif section == "events":
                _add_parts(target[key], entry)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue(), kept


def _remove_untouched(document: Any, records: dict[str, str]) -> int:
    """Remove from a claims file the proposals that nobody has touched; return how many entries stay."""
    kept = 0
    events = document.get("events") or {}
    for key in list(events):
        event = events[key]
        parts = event.get("participations") or []
        for number in range(len(parts) - 1, -1, -1):
            if _is_untouched(parts[number], records):
                del parts[number]
        kept += len(parts)
        if not parts:
            event.pop("participations", None)
        if not parts and _is_untouched(event, records):
            del events[key]
        else:
            kept += 1
    if not events:
        document.pop("events", None)
        # What was entered for proposals alone goes with them, unless somebody wrote it.
    for section in ("people", "bodies", "offices", "groups"):
        own = document.get(section) or {}
        for key in [key for key, entry in own.items() if records.get(digest_of(_plain(entry))) == section]:
            del own[key]
        if not own:
            document.pop(section, None)
    return kept


def _is_untouched(entry: Any, records: dict[str, str]) -> bool:
    own = {key: value for key, value in _plain(entry).items() if key != "participations"}
    return own.get("review") == "proposed" and digest_of(own) in records


def _add_parts(target: Any, entry: Entry) -> None:
    """Add to an event that a person has touched the proposed parts of agents that it does not have."""
    parts = target.setdefault("participations", [])
    there = {digest_of([_plain(part).get("agent"), _plain(part).get("candidates")]) for part in parts}
    for part in entry.get("participations", ()):
        if digest_of([part.get("agent"), part.get("candidates")]) not in there:
            parts.append(part)
    if not parts:
        del target["participations"]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None else str(value)


def _has_entries(document: Any) -> bool:
    return any(document.get(section) for section in document)


def _header(before: str) -> str:
    """Return the comments at the head of a claims file."""
    lines = []
    for line in before.splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        lines.append(line)
    return "".join(lines) or _SCHEMA


def _records(folder: Path) -> dict[str, str]:
    """Return the digests of the proposals that were written for a page, each with the section it stands in."""
    file = folder / RECORD
    if not file.is_file():
        return {}
    records = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
            records[record["digest"]] = record["section"]
        except (ValueError, KeyError, TypeError):
            continue  # a line that was cut off is a proposal that counts as touched
    return records


def _record_lines(entries: Entries) -> str:
    lines = []
    for section, own in entries.sections.items():
        for key, entry in own.items():
            bare = {name: value for name, value in entry.items() if name != "participations"}
            lines.append({"section": section, "key": key, "digest": digest_of(_plain(bare))})
            if section != "events":
                continue
            event = entries.occasions[key]
            lines[-1] |= {"strength": event.strength, "rule": event.because}
            for part, made in zip(entry.get("participations", ()), entries.parts[key], strict=True):
                record = {"section": "participations", "key": key, "digest": digest_of(_plain(part))}
                lines.append(record | {"strength": made.strength, "rule": made.because})
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    return yaml


def _dump(sections: dict[str, Any]) -> str:
    stream = io.StringIO()
    if sections:
        _yaml().dump(sections, stream)
    return stream.getvalue()
