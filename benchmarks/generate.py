"""Generates a home folder of any size: invented pages in Norwegian, each with claims that cover every sentence of it.

    python benchmarks/generate.py OUT --pages 1000 --claims 100 --seed 1

OUT gets ``registry/`` and ``ontology/`` as they are in this checkout, and a ``corpus/`` of as many pages as asked for.
People, posts, bodies and municipalities are those of the registry, held and existing on the days of the events; the
meetings are invented, and every page says so. The same seed gives the same bytes, and a page is the same however many
others there are. ``motegraf check --home OUT`` finds nothing.
"""

import argparse
import hashlib
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph import HOME
from graph.registry.load import read_registry

# One pair of neighbours in so many pages speaks of the same event: 2 % of the pages, and a pair at least.
PAIRED = 100
# What was held was held from the first of these days on; pages are published between the second and the third.
FIRST_DAY, FIRST_PUBLISHED, LAST_PUBLISHED = date(2014, 11, 1), date(2014, 12, 31), date(2015, 11, 30)

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
SUBJECTS = (
    ("frivillig arbeid blant ungdom", "voluntary-organisations-work-with-youth"),
    ("kommunens rolle", "role-of-municipalities"),
    ("det lokale bildet", "local-situation"),
    ("møteplasser på tvers", "arenas-across-divides"),
    ("forebyggende arbeid i nærmiljøet", "contribution-of-municipalities-to-prevention"),
    ("forebygging av radikalisering og voldelig ekstremisme", "prevention-of-radicalisation-and-violent-extremism"),
    ("forebygging av voldelig ekstremisme", "prevention-of-violent-extremism"),
)
# Every head with every tail is a place to meet: "Bjørkesalen", "Furutunet". None of them is a name of the registry.
VENUE_HEADS = (
    *("Bjørke", "Solbakk", "Granli", "Furu", "Osp", "Rogne", "Selje", "Kastanje", "Kirsebær", "Lønne"),
    *("Hassel", "Storfugl", "Ørne", "Svale", "Lerke", "Rype", "Trane", "Ugle", "Vipe", "Skogdue", "Spurve"),
    *("Terne", "Linerle", "Klippe", "Skifer", "Marmor", "Kvarts", "Granitt", "Sandstein", "Leir", "Kobber"),
    *("Messing", "Sølv", "Barlind"),
)
VENUE_TAILS = (
    *("salen", "huset", "stuen", "hallen", "gården", "loftet", "scenen", "låven", "kaféen", "verkstedet"),
    *("biblioteket", "skolen", "senteret", "teateret", "kapellet", "museet", "tunet", "hjørnet", "rommet"),
    *("galleriet", "klubben"),
)
SAYINGS = (
    "frivillige organisasjoner betyr mye for ungdom på stedet",
    "naboer trenger møteplasser der de kan snakke sammen",
    "kommunen og skolene må kjenne hverandre bedre",
    "gode tiltak ofte er små og lokale",
    "samarbeid krever tid og tålmodighet",
)
REQUESTS = (
    "å legge til rette for lokale møteplasser",
    "å dele erfaringer fra arbeidet i nærmiljøet",
    "å fortelle om tiltak som virker",
)
RECIPIENTS = (
    ("lederne for landets ungdomsråd", "the leaders of the country's youth councils"),
    ("en rekke av landets rektorer", "a number of the country's headmasters"),
    ("styrene i de frivillige lagene", "the boards of the voluntary associations"),
    ("lederne for landets bibliotek", "the heads of the country's libraries"),
)
AUDIENCES = (
    ("lærere og foreldre", "teachers and parents"),
    ("ledere i idrettslag", "leaders of sports clubs"),
    ("ansatte i barnehager", "employees of kindergartens"),
    ("unge voksne", "young adults"),
    ("pensjonister og besteforeldre", "pensioners and grandparents"),
)
REMARKS = (
    ("Programmet i {venue} var lagt opp slik at alle kunne komme til orde.", "how the programme was made up"),
    ("Samtalen i {venue} varte lenger enn planlagt.", "how long the conversation lasted"),
    ("Det var god stemning i {venue} hele kvelden.", "a view of the page, given to nobody"),
)
BASIS = {"nb": "Oppdiktet for en måling.", "en": "Invented for a measurement."}

Entry = dict[str, Any]


@dataclass(frozen=True)
class Bearer:
    """Somebody of the registry with a post, how pages write both, and the days on which the post was held for sure."""

    person: str
    name: str
    post: str
    title: str
    since: date
    until: date

    @property
    def with_title(self) -> str:
        """The title and the name, as at the head of a sentence."""
        return f"{self.title} {self.name}"


BEARERS = (
    Bearer(
        *("laila-bokhari", "Laila Bokhari"),
        *("statssekretaer-smk", "statssekretær ved Statsministerens kontor"),
        *(date(2013, 10, 16), date(2014, 12, 31)),
    ),
    Bearer(
        *("joran-kallmyr", "Jøran Kallmyr"),
        *("statssekretaer-jd", "statssekretær i Justisdepartementet"),
        *(date(2014, 10, 31), date(2016, 1, 31)),
    ),
    Bearer(
        *("erna-solberg", "Erna Solberg"),
        *("statsminister", "statsminister"),
        *(date(2013, 10, 16), date(2021, 10, 14)),
    ),
    Bearer(
        *("anders-anundsen", "Anders Anundsen"),
        *("justis-og-beredskapsminister", "justis- og beredskapsminister"),
        *(date(2013, 10, 16), date(2016, 12, 20)),
    ),
    # The days of this post are not known; that it was held in 2014 and 2015 is.
    Bearer(
        *("yousef-bartho-assidiq", "Yousef Bartho Assidiq"),
        *("prosjektleder-minotenk", "prosjektleder i Minotenk"),
        *(date(2014, 1, 1), date(2015, 12, 31)),
    ),
)
# Whom the page names by the office alone, as the registry writes it.
OFFICES = (("statsminister", "statsministeren"), ("justis-og-beredskapsminister", "justis- og beredskapsministeren"))


@dataclass(frozen=True)
class Municipality:
    """A municipality of 2014 as an area and as a body."""

    name: str
    body: str


@dataclass(frozen=True)
class Cast:
    """Who can appear on a page."""

    municipalities: tuple[Municipality, ...]
    districts: tuple[tuple[str, str], ...]


@dataclass
class Draft:
    """A page being written: its sentences and its claims, and how many claims those are."""

    name: str
    published: date
    chance: random.Random
    places: list[Municipality]
    venues: list[str]
    paragraphs: list[list[str]] = field(default_factory=list)
    sections: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, Entry] = field(default_factory=dict)
    nothing: list[Entry] = field(default_factory=list)
    claims: int = 0

    @property
    def year(self) -> int:
        """The year that the page is about."""
        return self.published.year

    def say(self, sentence: str) -> str:
        """The sentence stands in the last paragraph, with a capital letter; returned as it stands there."""
        sentence = sentence[0].upper() + sentence[1:]
        self.paragraphs[-1].append(sentence)
        return sentence


@cache
def cast(home: Path = HOME) -> Cast:
    """The municipalities and police districts of 2014 and 2015 whose names can mean nothing else."""
    registry = read_registry(home / "registry")
    there = [area for area in registry.areas.values() if area.county and area.valid_from is None]
    names = [area.name for area in there]
    twofold = {f"{name}s" for name in names}  # "Hemnes" is also Hemne in the genitive
    municipalities = tuple(
        Municipality(area.name, area.body.removeprefix("organisation:"))
        for area in there
        if area.body and names.count(area.name) == 1 and area.name not in twofold and " - " not in area.name
    )
    districts = tuple(
        (body.id.removeprefix("organisation:"), body.name.nb)
        for body in registry.organisations.values()
        if body.kind == "police-district" and body.exists.latest is not None and body.exists.latest.year == 2015
    )
    return Cast(municipalities, districts)


# --- times


def told(day: date, draft: Draft) -> tuple[Entry, str, list[str]]:
    """A time as a claim has it, as a sentence begins with it, and what must be quoted besides for the year."""
    month = MONTHS[day.month - 1]
    shape = draft.chance.randrange(3 if day.year == draft.year else 2)
    if shape == 0:
        said = f"{day.day}. {month} {day.year}"
        return {"edtf": day.isoformat(), "said": said}, f"Den {said}", []
    if shape == 1:
        said = f"I {month} {day.year}"
        return {"edtf": f"{day:%Y-%m}", "said": said}, said, []
    return {"edtf": f"{day:%Y-%m}", "said": f"I {month}"}, f"I {month}", [title(draft)]


def title(draft: Draft) -> str:
    """The heading, which gives the year of months that stand alone."""
    return f"Møter i kommunene i {draft.year}"


def bearer(draft: Draft, day: date) -> Bearer:
    """Somebody who held a post on every day of the month and the next, so that a claim of a month holds too."""
    fitting = [one for one in BEARERS if one.since <= day.replace(day=1) and day + timedelta(days=31) <= one.until]
    return draft.chance.choice(fitting)


# --- the entries of a page


def event(draft: Draft, place: Municipality, when: Entry, kind: str, status: str, noun: str) -> tuple[str, Entry]:
    """A new event of the page without its quotes; the key is its identity, and holds the page it comes from."""
    key = f"{place.body.removesuffix('-kommune')}-{draft.name.rpartition('-')[2]}"
    entry: Entry = {
        "label": {"nb": f"{noun} i {place.name}", "en": f"{kind.replace('-', ' ').capitalize()} in {place.name}"},
        "kind": kind,
        "status": status,
        "when": when,
        "where": {"municipality": place.name},
    }
    return key, entry


def keep(draft: Draft, key: str, entry: Entry, quotes: list[str], contexts: list[str]) -> None:
    """The event stands among those of the page."""
    entry["quote"] = quotes if len(quotes) > 1 else quotes[0]
    if contexts:
        entry["context"] = contexts[0]
    draft.sections.setdefault("events", {})[key] = entry
    draft.claims += 1 + sum(len(entry.get(part, ())) for part in ("participations", "audiences", "utterances"))


def dialogue_meeting(draft: Draft, cast: Cast, day: date) -> None:
    """Organiser, introducer, a group from a police district or a council, something said: five to seven claims."""
    place, venue = draft.places.pop(), draft.venues.pop()
    when, begin, contexts = told(day, draft)
    words, topic = draft.chance.choice(SUBJECTS)
    key, entry = event(draft, place, when, "dialogue-meeting", "held", "Dialogmøte")
    entry |= {"series": f"moter-{draft.name.rpartition('-')[2]}", "topics": [topic]}
    quote = draft.say(f"{begin} arrangerte {place.name} kommune et dialogmøte om {words} i {venue}.")
    one = bearer(draft, day)
    other_words, other_topic = draft.chance.choice(SUBJECTS)
    parts: list[Entry] = [
        {"agent": place.body, "role": "organiser"},
        {
            "agent": one.person,
            "role": "introducer",
            "as": one.post,
            "about": [other_topic],
            "quote": draft.say(f"{one.with_title} innledet i {venue} om {other_words}."),
        },
    ]
    district, name = draft.chance.choice(cast.districts)
    group = f"representanter-fra-{district}"
    if group not in draft.groups:
        draft.groups[group] = {
            "words": f"representanter fra {name}",
            "label": {"nb": f"representanter fra {name}", "en": f"representatives of {name}"},
            "drawn_from": [district],
        }
    parts.append(
        {
            "agent": group,
            "role": "participant",
            "quote": draft.say(f"Blant dem som deltok i {venue}, var representanter fra {name}."),
        }
    )
    if draft.chance.random() < 0.5:
        crowd = f"ungdom-i-{place.body.removesuffix('-kommune')}"
        words = f"ungdom bosatt ved {venue}"
        draft.groups[crowd] = {"words": words, "label": {"nb": words, "en": f"young people who live by {venue}"}}
        parts.append({"agent": crowd, "role": "participant", "quote": draft.say(f"Også {words} tok del i samtalen.")})
    entry["participations"] = parts
    saying = draft.chance.choice(SAYINGS)
    entry["utterances"] = [
        {
            "by": one.person,
            "says": saying,
            "about": [other_topic],
            "quote": draft.say(f"{one.name} la i {venue} vekt på at {saying}."),
        }
    ]
    keep(draft, key, entry, [quote], contexts)
    remark(draft, venue)


def conference(draft: Draft, cast: Cast, day: date) -> None:
    """No organiser, two audiences, an opener on behalf of the government, a speaker, a host: five or six claims."""
    place, venue = draft.places.pop(), draft.venues.pop()
    when, begin, contexts = told(day, draft)
    words, topic = draft.chance.choice(SUBJECTS)
    key, entry = event(draft, place, when, "conference", "held", "Konferanse")
    entry |= {"topics": [topic], "open_list": "topics"}
    quote = draft.say(f"{begin} ble en konferanse om blant annet {words} holdt i {place.name}.")
    aim, other = draft.chance.sample(AUDIENCES, 2)
    aimed = draft.say(f"Dagen i {venue} rettet seg mot {aim[0]} og {other[0]} i {place.name} kommune.")
    entry["audiences"] = [
        {"words": aim[0], "label": {"nb": aim[0], "en": aim[1]}, "quote": aimed},
        {
            "words": f"{other[0]} i {place.name} kommune",
            "label": {"nb": f"{other[0]} i {place.name} kommune", "en": f"{other[1]} of {place.name}"},
            "drawn_from": [place.body],
            "quote": aimed,
        },
    ]
    one = bearer(draft, day)
    while one.person == "yousef-bartho-assidiq":  # of no ministry
        one = bearer(draft, day)
    parts: list[Entry] = [
        {
            "agent": one.person,
            "role": ["participant", "opener"],
            "as": one.post,
            "on_behalf_of": "norges-regjering",
            "quote": draft.say(f"Fra regjeringen stilte {one.with_title}, som åpnet dagen i {venue}."),
        }
    ]
    speaker = bearer(draft, day)
    if speaker != one:
        about, its_topic = draft.chance.choice(SUBJECTS)
        parts.append(
            {
                "agent": speaker.person,
                "role": "speaker",
                "as": speaker.post,
                "about": [its_topic],
                "quote": draft.say(f"{speaker.with_title} holdt deretter et innlegg i {venue} om {about}."),
            }
        )
    host = draft.places.pop()
    parts.append(
        {"agent": host.body, "role": "host", "quote": draft.say(f"{host.name} kommune var vert for dagen i {venue}.")}
    )
    entry["participations"] = parts
    keep(draft, key, entry, [quote], contexts)
    remark(draft, venue)


def either_or(draft: Draft, _: Cast, day: date) -> None:
    """Organiser, and two candidates of whom one at least took part: three claims."""
    place, venue = draft.places.pop(), draft.venues.pop()
    when, begin, contexts = told(day, draft)
    words, topic = draft.chance.choice(SUBJECTS)
    key, entry = event(draft, place, when, "dialogue-meeting", "held", "Dialogmøte")
    entry |= {"series": f"moter-{draft.name.rpartition('-')[2]}", "topics": [topic]}
    quote = draft.say(f"{begin} har også {place.name} kommune arrangert et dialogmøte om {words}.")
    (post, office), other = draft.chance.choice(OFFICES), bearer(draft, day)
    while other.post == post:
        other = bearer(draft, day)
    attended = draft.say(f"Samtalen i {venue} gikk med deltakelse fra {office} og/eller {other.name}.")
    entry["participations"] = [
        {"agent": place.body, "role": "organiser"},
        {"candidates": [{"holder_of": post}, other.person], "at_least": "1", "role": "participant", "quote": attended},
    ]
    keep(draft, key, entry, [quote], contexts)


def planned(draft: Draft, _: Cast, day: date) -> None:
    """Planned, with an organiser and an office that is expected: three claims."""
    place, venue = draft.places.pop(), draft.venues.pop()
    half = f"{day.year}-01/{day.year}-06" if day.month <= 6 else f"{day.year}-07/{day.year}-12"
    said = f"I løpet av {'første' if day.month <= 6 else 'andre'} halvår {day.year}"
    key, entry = event(draft, place, {"edtf": half, "said": said}, "meeting", "planned", "Møte")
    quote = draft.say(f"{said} skal {place.name} kommune etter planen arrangere et møte.")
    post, office = draft.chance.choice(OFFICES)
    entry["participations"] = [
        {"agent": place.body, "role": "organiser"},
        {
            "agent": {"holder_of": post},
            "role": "participant",
            "quote": draft.say(f"I {venue} ventes {office} å delta."),
        },
    ]
    keep(draft, key, entry, [quote], [])


def lone_meeting(draft: Draft, _: Cast, day: date) -> None:
    """A meeting of which the page says when and where: one claim, to make up the number."""
    place = draft.places.pop()
    when, begin, contexts = told(day, draft)
    key, entry = event(draft, place, when, "meeting", "held", "Møte")
    keep(draft, key, entry, [draft.say(f"{begin} var det også et møte i {place.name}.")], contexts)


def letter(draft: Draft, number: int, day: date) -> str:
    """A letter of the Prime Minister to people nobody names: one claim. Its key is returned."""
    key = f"brev-{number}-{draft.name.rpartition('-')[2]}"
    to, english = RECIPIENTS[number]
    month = MONTHS[day.month - 1]
    request = draft.chance.choice(REQUESTS)
    group = f"mottakere-{number}"
    draft.groups[group] = {"words": to, "label": {"nb": to, "en": english}}
    sent = draft.say(f"I {month} {day.year} sendte statsminister Erna Solberg brev til {to}.")
    asked = draft.say(f"I brevet til {to} ba hun om {request}.")
    draft.sections.setdefault("letters", {})[key] = {
        "label": {"nb": f"Brev til {to}", "en": f"Letter to {english}"},
        "sender": "erna-solberg",
        "as": "statsminister",
        "recipients": [group],
        "when": {"edtf": f"{day:%Y-%m}", "said": f"I {month} {day.year}"},
        "asks_for": request,
        "quote": [sent, asked],
    }
    draft.claims += 1
    return key


def opening(draft: Draft, day: date) -> None:
    """The series, the plan it rests on, two letters, and relations between them: eight claims."""
    number = draft.name.rpartition("-")[2]
    series, plan = f"moter-{number}", f"handlingsplan-{number}"
    words, topic = draft.chance.choice(SUBJECTS)
    draft.groups["en-rekke-kommuner"] = {
        "words": "en rekke kommuner",
        "label": {"nb": "en rekke kommuner", "en": "a number of municipalities"},
    }
    held = draft.say(f"I løpet av {draft.year} har en rekke kommuner arrangert dialogmøter om {words}.")
    draft.sections["series"] = {
        series: {
            "label": {
                "nb": f"{title(draft)} ({number})",
                "en": f"Meetings in municipalities in {draft.year} ({number})",
            },
            "kind": "dialogue-meeting",
            "status": "held",
            "when": {"edtf": str(draft.year), "said": f"I løpet av {draft.year}"},
            "topics": [topic],
            "quote": [title(draft), held],
            "participations": [{"agent": "en-rekke-kommuner", "role": "organiser"}],
        }
    }
    rests = draft.say("Dialogmøtene bygger på regjeringens handlingsplan for gode nærmiljøer.")
    draft.sections["plans"] = {
        plan: {
            "label": {
                "nb": f"Handlingsplan for gode nærmiljøer ({number})",
                "en": f"Action plan for good neighbourhoods ({number})",
            },
            "issuer": "norges-regjering",
            "topics": ["local-situation"],
            "quote": "regjeringens handlingsplan for gode nærmiljøer",
        }
    }
    coordinates = draft.say("Justisdepartementet samordner arbeidet med handlingsplanen.")
    first, second = (letter(draft, number, day - timedelta(days=30 * (2 - number))) for number in (0, 1))
    after = draft.say("Begge brev kom før dialogmøtene var kommet i gang, og møtene er et svar på dem.")
    draft.sections["relations"] = [
        {"subject": series, "relation": "references", "object": plan, "quote": rests},
        {
            "subject": plan,
            "relation": "coordinator",
            "object": "justis-og-beredskapsdepartementet",
            "quote": coordinates,
        },
        {"subject": series, "relation": "influenced-by", "object": first, "quote": after},
        {"subject": series, "relation": "influenced-by", "object": second, "quote": after},
    ]
    draft.claims += 2 + 1 + len(draft.sections["relations"])


def remark(draft: Draft, venue: str) -> None:
    """Now and then a sentence that claims nothing."""
    if draft.chance.random() < 0.3:
        sentence, reason = draft.chance.choice(REMARKS)
        draft.nothing.append({"quote": draft.say(sentence.format(venue=venue)), "reason": reason})


def shared(draft: Draft, pair: int, seed: int, cast: Cast) -> None:
    """The one event that two pages speak of: same key, label, place and day, in the same words. Two claims."""
    chance = random.Random(f"{seed}:pair:{pair}")
    place = chance.choice(cast.municipalities)
    draft.places = [other for other in draft.places if other != place]
    day = FIRST_DAY + timedelta(days=chance.randrange(60))
    said = f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    draft.paragraphs.append([])
    _, entry = event(draft, place, {"edtf": day.isoformat(), "said": said}, "summit", "held", "Toppmøte")
    entry["participations"] = [{"agent": place.body, "role": "organiser"}]
    quote = draft.say(f"Den {said} arrangerte {place.name} kommune et toppmøte.")
    keep(draft, f"{place.body.removesuffix('-kommune')}-toppmote-{pair}", entry, [quote], [])


# --- pages


SHAPES: tuple[tuple[Callable[[Draft, Cast, date], None], int, int], ...] = (
    (dialogue_meeting, 5, 7),
    (conference, 2, 6),
    (either_or, 2, 3),
    (planned, 2, 3),
)


def page(number: int, claims: int, seed: int, cast: Cast) -> Draft:
    """The page of that number, with as many claims as asked for (nine at the least)."""
    chance = random.Random(f"{seed}:page:{number}")
    day = FIRST_PUBLISHED + timedelta(days=chance.randrange((LAST_PUBLISHED - FIRST_PUBLISHED).days))
    places = chance.sample(cast.municipalities, len(cast.municipalities))
    venues = [head + tail for head in VENUE_HEADS for tail in VENUE_TAILS]
    chance.shuffle(venues)
    draft = Draft(f"oppdiktet-{number:05d}", day, chance, places, venues)
    draft.paragraphs.append([title(draft)])
    draft.paragraphs.append([])
    notice = draft.say("Denne siden er oppdiktet for en måling, og ingenting av det som står her, har hendt.")
    draft.nothing.append({"quote": notice, "reason": "says that the page is invented"})
    draft.paragraphs.append([])
    opening(draft, day)
    if number % PAIRED in (0, 1):
        shared(draft, number // PAIRED, seed, cast)
    while draft.claims < claims:
        left = claims - draft.claims
        fitting = [(make, weight) for make, weight, most in SHAPES if most <= left]
        draft.paragraphs.append([])
        make = chance.choices(*zip(*fitting, strict=True))[0] if fitting else lone_meeting
        shift = timedelta(days=chance.randrange(1, 150))
        make(
            draft, cast, min(day + shift, date(2015, 12, 1)) if make is planned else max(day - shift, date(2014, 11, 1))
        )
    return draft


def files_of(draft: Draft) -> Iterator[tuple[str, str]]:
    """The three files of a page."""
    text = "\n\n".join(" ".join(paragraph) for paragraph in draft.paragraphs) + "\n"
    about = {
        "url": f"https://example.org/{draft.name}",
        "title": title(draft),
        "language": "nb",
        "publisher": "norges-regjering",
        "published": dict.fromkeys(("earliest", "latest"), draft.published.isoformat()) | {"basis": BASIS},
        "licence": "invented for a measurement",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    yield "page.txt", text
    yield "page.yaml", to_yaml(about)
    yield "claims.yaml", to_yaml(draft.sections | {"groups": draft.groups, "no_claim": draft.nothing})


def to_yaml(data: object) -> str:
    """The data as YAML, in the order it has."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=118))


def generate(out: Path, pages: int, claims: int = 100, seed: int = 1) -> None:
    """The folder ``out``, which must not have a corpus yet, is a home of that many pages."""
    for name in ("registry", "ontology"):
        shutil.copytree(HOME / name, out / name, dirs_exist_ok=True)
    (out / "corpus").mkdir(parents=True)
    for number in range(pages):
        draft = page(number, claims, seed, cast())
        folder = out / "corpus" / draft.name
        folder.mkdir()
        for name, content in files_of(draft):
            (folder / name).write_text(content, encoding="utf-8", newline="")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Generate a home folder with a corpus of invented pages.")
    parser.add_argument("out", type=Path, help="the folder to write; it must not hold a corpus")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=100, help="claims a page")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if (options.out / "corpus").exists():
        parser.error(f"{options.out} holds a corpus already")
    generate(options.out, options.pages, options.claims, options.seed)


if __name__ == "__main__":
    main()
