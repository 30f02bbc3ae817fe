"""Expected answers -> claims files, one file a page, and how much of them the form can say.

    python benchmarks/samples.py FOLDER [--languages nb,nn] [--keep HOME] [--findings]

FOLDER holds pages (``NN.txt``) with expected answers (``NN.gold.json``). Each answer becomes a folder of a corpus with
page.yaml, page.txt and claims.yaml, and nothing else; no file of the registry or the ontology is edited. Every page is
read as ``motegraf check`` reads it. What an entry cannot say is taken out of the file, counted, and listed.

An event, a time, a place or a part counts as said where its claim is in the reading. A page whose file is refused
counts for nothing. Ends with 1 where less than 95 % can be said.
"""

import argparse
import hashlib
import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import yaml

from graph import HOME
from graph.common.findings import Finding, FindingsError
from graph.model.claims import AudienceClaim, EventClaim, ParticipationClaim, Reading
from graph.model.edtf import bounds
from graph.model.iris import slug
from graph.registry.records import Area
from graph.sources.pages.context import Background, read_background
from graph.sources.pages.read import read_claims_in_progress

Entry = dict[str, Any]
# What the words of an expected answer call a kind; every other event is a meeting.
KINDS = {
    "konferanse": "conference",
    "dialogmøte": "dialogue-meeting",
    "politirådsmøte": "council-meeting",
    "toppmøte": "summit",
    "seminar": "seminar",
    "besøk": "visit",
    "vitjing": "visit",
    "høringsmøte": "hearing",
    "åpning": "opening",
    "opning": "opening",
}
# What the last letters of a body's name tell of its type; every other body is an association.
BODY_TYPES = (
    ("kommune", "municipality"),
    ("politidistrikt", "police-district"),
    ("departement", "ministry"),
    ("departementet", "ministry"),
    ("direktoratet", "agency"),
    ("rådet", "council"),
    ("utvalget", "committee"),
    ("kommisjonen", "commission"),
    ("universitet", "university"),
)
# Two capitalised words or more.
_PERSON = re.compile(r"(?:[A-ZÆØÅ][\w-]+ )+[A-ZÆØÅ][\w-]+")
_PRONOUNS = ("de", "dei", "han", "hun", "ho", "vi")
# So much of each of these is to be sayable.
LEAST = 0.95
WHAT = ("events", "times", "places", "parts", "audiences")


class Converter:
    """An expected answer as claims of one page."""

    def __init__(self, gold: Entry, text: str, background: Background) -> None:
        """Take an expected answer, the text of its page, and what the registry knows."""
        self.gold, self.text, self.background = gold, text, background
        self.kinds = background.vocabulary["kind"]
        self.people: dict[str, Entry] = {}
        self.bodies: dict[str, Entry] = {}
        self.offices: dict[str, Entry] = {}
        self.groups: dict[str, Entry] = {}
        self.names = {area.name for area in background.registry.areas.values()}

    def claims(self) -> Entry:
        """Return the claims file as data."""
        events = {f"{self.gold['id']}-{slug(event['key'])}": self.event(event) for event in self.gold["events"]}
        sections = {"events": events, "people": self.people, "bodies": self.bodies}
        sections |= {"offices": self.offices, "groups": self.groups}
        return {name: entries for name, entries in sections.items() if entries}

    def event(self, event: Entry) -> Entry:
        """Return the entry of an event with its parts."""
        kind = KINDS.get(event["kind"], "meeting")
        entry: Entry = {
            "label": {"nb": event["label"]},
            "kind": kind if kind in self.kinds else "meeting",
            "status": event["status"],
            "quote": [passage(self.text, quote, event["quotes"]) for quote in event["quotes"]],
        }
        quoted = " ".join(" ".join(quote.split()) for quote in event["quotes"])
        time, place = event["time"], event["place"]
        if time and time["earliest"]:
            entry["when"] = self.time(time, quoted)
            if entry["when"]["said"] not in quoted:
                entry["context"] = [unique(self.text, time["said"])]
        if place:
            place_entry = self.place(place, quoted, event)
            context = [*entry.get("context", ()), *place_entry.pop("context", ())]
            entry |= place_entry | ({"context": context} if context else {})
        if event["topics_said"]:
            entry["topics_said"] = [topic for topic in event["topics_said"] if topic in quoted]
            if not entry["topics_said"]:
                del entry["topics_said"]
        entry["participations"] = [part for each in event["parts"] for part in self.parts(each, event, quoted)]
        entry["audiences"] = [
            {"words": each["words"], "quote": passage(self.text, each["quote"], [])} for each in event["audiences"]
        ]
        return {name: value for name, value in entry.items() if value}

    def time(self, time: Entry, quoted: str) -> Entry:
        """Return the time of an event: an EDTF value, the page's words, and from what the year is known."""
        first, last = time["earliest"], time["latest"]
        entry = {"edtf": edtf(first, last), "said": time["said"]}
        year = first[:4]
        if year not in quoted:
            published = self.gold["published"]
            near = published and abs(int(published[:4]) - int(year)) <= 1
            entry |= {"from": "published"} if near else {"from": "source", "because": "the year of the page is known"}
        return entry

    def place(self, place: Entry, quoted: str, event: Entry) -> Entry:
        """Return what an entry says of where an event is."""
        entry: Entry = {}
        if place["online"]:
            entry["online"] = "hybrid" if place["said"] else "true"
        if place["said"] is None:
            return entry
        name, said = place["municipality"], place["said"]
        year = event["time"]["earliest"][:4] if event["time"] and event["time"]["earliest"] else "2014"
        if year < "2014":
            name = None  # before the first list of municipalities, a place is known by its words
        elif name and not any(
            name == area.name for area in self.background.registry.areas.values() if exists(area, year)
        ):
            name = next((n for n in (f"{name} herad", f"{name} kommune") if f"{n}" in self.names), name)
        where: Entry
        if place["country"] not in (None, "NO"):
            where = {"country": place["country"], "written": said}
        elif name is None:
            where = {"written": said}
        elif said == name:
            where = {"municipality": name}
        elif re.search(rf"\b{re.escape(name)}\b", said):
            where = {"municipality": name, "written": name, "venue": said}
        else:
            where = {"municipality": name, "venue": said, "from": "source", "because": f"{said} is in {name}"}
        if said not in quoted:
            entry["context"] = [unique(self.text, said)]
        return entry | {"where": where}

    def parts(self, part: Entry, event: Entry, quoted: str) -> Iterator[Entry]:
        """Yield the entry of a part."""
        quote = passage(self.text, part["quote"], event["quotes"])
        entry: Entry = {"role": part["roles"], "quote": quote}
        if part["candidates"]:
            entry["candidates"] = [self.agent(name, part) for name in part["candidates"]]
            entry["at_least"] = 1
        else:
            entry["agent"] = self.agent(part["name"], part)
        if part["attendance"]:
            entry["attendance"] = part["attendance"]
        if part["partly"]:
            entry["partly"] = "true"
        flat, context = " ".join(part["quote"].split()), []
        names = part["candidates"] or [part["name"]]
        if not part["candidates"] and names[0] not in flat and part["kind"] != "group":
            entry["written"] = self.words_for(part, flat)
        for key, words in (("title_said", part["title_said"]), ("affiliation_said", part["affiliation_said"])):
            if words:
                entry[key] = words
                if words not in flat and words not in quoted:
                    context.append(unique(self.text, words, names[0]))
        missing = [name for name in names if name not in flat]
        if missing:
            context += [unique(self.text, name) for name in missing if name in " ".join(self.text.split())]
        if context:
            entry["context"] = context
        yield entry

    def agent(self, name: str, part: Entry) -> Any:
        """Return how an agent is called in the file: a key of the page, or an office."""
        known = [id for id, each in self.background.registry.people.items() if each.name == name]
        if known:
            return known[0].partition(":")[2]
        section: dict[str, Entry] = {
            "person": self.people,
            "body": self.bodies,
            "office": self.offices,
            "group": self.groups,
        }[self.kind_of(name, part)]
        key = f"{slug(name)[:60].strip('-')}-x"
        if section is self.groups:
            section.setdefault(key, {"words": name})
            return key
        section.setdefault(key, {"name": name if name in " ".join(self.text.split()) else name[:1].lower() + name[1:]})
        if section is self.bodies:
            kind = next((kind for ending, kind in BODY_TYPES if name.lower().endswith(ending)), "association")
            section[key]["kind"] = kind if kind in self.background.vocabulary["body-type"] else "association"
        return {"holder_of": key} if section is self.offices else key

    def words_for(self, part: Entry, quote: str) -> str:
        """Return the words of a quote for somebody whom it does not name: a title, a part of the name, a pronoun."""
        said = [event["title_said"] for event in self.parts_of(part["name"]) if event["title_said"]]
        for words in (*said, *part["name"].split(), *_PRONOUNS):
            for word in re.findall(r"[\w-]+", quote):
                stem = words.split()[-1].casefold()[: max(3, len(words.split()[-1]) - 2)]
                if word.casefold() == words.casefold() or (len(stem) > 3 and word.casefold().startswith(stem)):
                    return str(word)
        return str(quote.split()[0].strip(".,:"))

    def parts_of(self, name: str) -> list[Entry]:
        """Return the parts of somebody in all events of the page."""
        return [part for event in self.gold["events"] for part in event["parts"] if part["name"] == name]

    def kind_of(self, name: str, part: Entry) -> str:
        """Return the kind of a part; a candidate that is named like a person is one."""
        if (
            part["candidates"]
            and part["kind"] == "office"
            and re.fullmatch(r"(?:[A-ZÆØÅ][\w-]+ )+[A-ZÆØÅ][\w-]+", name)
        ):
            return "person"
        return str(part["kind"])


def exists(area: Area, year: str) -> bool:
    """Return whether an area was there in the middle of a year."""
    return area.exists.overlaps(bounds(f"{year}-07"))


def edtf(first: str, last: str) -> str:
    """Return the value of a span of days."""
    if first == last:
        return first
    for value in (first[:7], first[:4]):
        span = bounds(value)
        if (str(span.earliest), str(span.latest)) == (first, last):
            return value
    return f"{first}/{last}"


def passage(text: str, quote: str, others: list[str]) -> str:
    """Return a quote that the page has once: with the words around it where it has it more often."""
    if text.count(quote) <= 1:
        return quote
    near = [text.find(other) for other in others if text.count(other) == 1]
    places = [match.start() for match in re.finditer(re.escape(quote), text)]
    at = min(places, key=lambda place: min((abs(place - other) for other in near), default=place))
    for wider in range(1, 200):
        start, end = max(0, at - wider), at + len(quote) + wider
        start = text.rfind(" ", 0, start) + 1 if start else 0
        end = text.find(" ", end) if text.find(" ", end) >= 0 else len(text)
        if text.count(text[start:end]) == 1:
            return text[start:end].strip()
    return quote


def unique(text: str, words: str, beside: str | None = None) -> str:
    """Return a line of the page that has these words, the one that has ``beside`` too where there is one."""
    lines = [line.strip() for line in text.splitlines() if words in line]
    lines.sort(key=lambda line: beside is not None and beside not in line)
    return next((line for line in lines if text.count(line) == 1), words)


def write_page(home: Path, gold: Entry, text: str, claims: Entry) -> Path:
    """Write the folder of a page."""
    folder = home / "corpus" / f"sample-{gold['id']}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.txt").write_text(text, encoding="utf-8", newline="")
    day = gold["published"] or f"{gold.get('page_year') or 2020}-12-31"
    first = gold["published"] or f"{gold.get('page_year') or 2020}-01-01"
    page = {
        "url": gold["url"],
        "title": text.strip().splitlines()[0],
        "language": gold["lang"],
        "publisher": {"name": gold["publisher"], "kind": "agency"},
        "published": {"earliest": first, "latest": day, "basis": {"nb": "oppgitt", "en": "stated"}},
        "licence": "for tests",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    for name, data in (("page.yaml", page), ("claims.yaml", claims)):
        (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def read_without_errors(
    home: Path, gold: Entry, text: str, claims: Entry, background: Background
) -> tuple[Reading | None, list[Finding], list[Finding]]:
    """Return the reading of a page, what had to be taken out of its file until it could be read, and its warnings."""
    refused: list[Finding] = []
    for _ in range(12):
        folder = write_page(home, gold, text, claims)
        try:
            reading, findings = read_claims_in_progress(folder, background)
        except FindingsError as error:
            errors = [finding for finding in error.findings if finding.severity == "error"]
            refused += errors
            lines = (folder / "claims.yaml").read_text(encoding="utf-8")
            if not take_out(claims, errors, lines):
                return None, refused, []
            continue
        return reading, refused, findings
    return None, refused, []


def take_out(claims: Entry, errors: list[Finding], lines: str) -> bool:
    """Take out of the claims what findings are about; return whether anything was."""
    root, done = yaml.compose(lines), False
    wrong = {finding.line: finding.message for finding in errors}
    for key, node in sorted(_entries(root), key=lambda entry: -len(entry[0])):
        if any(node.start_mark.line + 1 <= line <= node.end_mark.line + (node.end_mark.column > 0) for line in wrong):
            parent: Any = claims
            for step in key[:-1]:
                parent = parent[step]
            messages = [
                wrong.pop(line) for line in range(node.start_mark.line + 1, node.end_mark.line + 2) if line in wrong
            ]
            done = True
            if not mended(parent[key[-1]], key, messages):
                del parent[key[-1]]
    return done


def mended(entry: Entry, key: tuple[Any, ...], messages: list[str]) -> bool:
    """Return whether an entry could be mended as its findings say: by the reader's basis, or the page's word."""
    if key[-1] == "when" and any("as it was published" in message for message in messages):
        entry |= {"from": "source", "because": "the page as a whole tells the year"}
        return True
    of_status = len(key) == 2 and key[0] == "events" and any("status_word:" in message for message in messages)
    if of_status and "status_word" not in entry:
        entry["status_word"] = max(entry["quote"], key=len)
        return True
    return False


def _entries(root: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield each entry that can be left out: participations, audiences, when, where, events, actors."""
    sections = {key.value: node for key, node in root.value}
    for section, node in sections.items():
        for key, entry in node.value:
            yield (section, key.value), entry
            if section != "events":
                continue
            for name, value in entry.value:
                if name.value in ("participations", "audiences"):
                    for number in reversed(range(len(value.value))):
                        yield (section, key.value, name.value, number), value.value[number]
                elif name.value in ("when", "where", "topics_said"):
                    yield (section, key.value, name.value), value


def counts(gold: Entry) -> Counter[str]:
    """Return how many events, times, places and parts an expected answer has."""
    events = gold["events"]
    return Counter(
        events=len(events),
        times=sum(bool(event["time"] and event["time"]["earliest"]) for event in events),
        places=sum(bool(event["place"]) for event in events),
        parts=sum(len(event["parts"]) for event in events),
        audiences=sum(len(event["audiences"]) for event in events),
    )


def said(reading: Reading) -> Counter[str]:
    """Return how many events, times, places and parts a reading has."""
    events = [claim for claim in reading.claims if isinstance(claim, EventClaim)]
    return Counter(
        events=len(events),
        times=sum(bool(claim.when) for claim in events),
        places=sum(bool(claim.place or claim.online) for claim in events),
        parts=sum(isinstance(claim, ParticipationClaim) for claim in reading.claims),
        audiences=sum(isinstance(claim, AudienceClaim) for claim in reading.claims),
    )


def run(folder: Path, languages: set[str], home: Path, show: bool) -> dict[str, float]:
    """Print how much of the expected answers can be said, and return the shares."""
    background = read_background(HOME)
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    for file in sorted(folder.glob("*.gold.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        if gold["lang"] not in languages:
            continue
        text = (folder / f"{gold['id']}.txt").read_text(encoding="utf-8")
        claims = Converter(gold, text, background).claims()
        reading, refused, findings = read_without_errors(home, gold, text, claims, background)
        expected += counts(gold)
        found += said(reading) if reading else Counter()
        warnings.update(re.split(r"['»(;]", finding.message)[0].strip() for finding in findings)
        if show:
            for finding in refused:
                print(finding)
    shares = {what: found[what] / expected[what] if expected[what] else 1.0 for what in WHAT}
    for what in WHAT:
        print(f"{what:<10} {found[what]:>4} of {expected[what]:<4} {shares[what]:.1%}")
    for message, times in warnings.most_common(12):
        print(f"warning    {times:>4} {message}")
    return shares


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", default="nb,nn")
    parser.add_argument("--keep", type=Path, help="where the pages are written; else they are removed")
    parser.add_argument("--findings", action="store_true", help="show what could not be said")
    options = parser.parse_args()
    home = options.keep or Path(mkdtemp(prefix="samples"))
    try:
        shares = run(options.folder, set(options.languages.split(",")), home, options.findings)
    finally:
        if not options.keep:
            shutil.rmtree(home, ignore_errors=True)
    if min(shares.values()) < LEAST:
        sys.exit(f"less than {LEAST:.0%} of what the pages tell can be said")


if __name__ == "__main__":
    main()
