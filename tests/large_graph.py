"""A graph of some thousands of names, made up as the page is given it: without sources to read, in a moment.

400 meetings, a new one every second day; 30 people, each at every 30th meeting; 300 bodies of the same kind; three
groups a meeting; and one meeting, the last, at which 900 more groups were. Every part has a claim with its words in a
page.
"""

from datetime import date, timedelta
from typing import Any, cast

from graph.explorer.data.chunks import split
from graph.explorer.data.columns import (
    counted_entities,
    counted_ties,
    encode_columns,
    entity_numbers,
    make_columns,
)
from graph.explorer.data.page_graph import PageGraph
from graph.explorer.data.records import Claim, Entity, Payload, Tie
from graph.explorer.data.summary import summarize
from graph.explorer.html import render
from graph.explorer.layout.initial import select_initial
from graph.explorer.map import map_outlines
from graph.explorer.network import draw, vis_network_source
from graph.model.labels import INTERFACE_LANGUAGES, fallback_order
from graph.query.counts import Counts

BASE = "https://example.org/"
MEETINGS, PEOPLE, BODIES, GROUPS, CROWD = 400, 30, 300, 3, 900
LARGE_MEETING = f"event:m{MEETINGS - 1:04}"
# So many meetings and everybody at them are few enough to be told at once.
FEWER = 120


def large_graph(meetings: int = MEETINGS) -> Payload:
    """Return what the page is given, before it is split; of the first meetings alone where so many are asked for."""
    entities: list[Entity] = []
    ties: list[Tie] = []
    claims: dict[str, Claim] = {}
    words: list[str] = []

    def entity(kind: str, name: str, label: str, **more: Any) -> str:
        iri = f"{BASE}{name.replace(':', '/')}"
        record = {"id": name, "kind": kind, "iri": iri, "label": {"nb": label}, "claims": [], "memberships": []}
        entities.append(cast(Entity, record | more))
        return name

    def part(actor: str, event: str, role: str) -> None:
        name = f"participation:{event.partition(':')[2]}.{actor.partition(':')[2]}"
        claim, sentence = name.replace("participation:", "claim:"), f"{actor} var med på {event}."
        start = sum(len(each) + 1 for each in words)
        words.append(sentence)
        passage = {"start": start, "end": start + len(sentence), "words": sentence}
        iri = f"{BASE}{claim.replace(':', '/')}"
        claims[claim] = cast(
            Claim, {"iri": iri, "source": "source:p", "label": {}, "keyEvidence": [passage], "context": []}
        )
        tie: dict[str, Any] = {
            "id": name,
            "iri": f"{BASE}{name.replace(':', '/')}",
            "kind": "part",
            "certainty": "certain",
        }
        tie |= {"from": actor, "to": event, "roles": [role], "attendance": "attendance:present"}
        ties.append(cast(Tie, tie | {"claims": [claim], "memberships": []}))

    people = [entity("person", f"person:p{number:02}", f"Person Åse {number:02}") for number in range(PEOPLE)]
    bodies = [entity("body", f"organisation:b{number:03}", f"Bedrift {number:03}") for number in range(BODIES)]
    for number in range(meetings):
        day = (date(2014, 1, 1) + timedelta(days=2 * number)).isoformat()
        status = "status:planned" if number % 4 == 3 else "status:held"
        name = f"event:m{number:04}"
        event = entity("event", name, f"Møte {number:04}", status=status, earliest=day, latest=day)
        part(people[number % PEOPLE], event, "role:introducer")
        part(bodies[number % BODIES], event, "role:organiser")
        for other in range(GROUPS + (CROWD if event == LARGE_MEETING else 0)):
            group = entity("group", f"group:g{number:04}.{other:03}", f"gruppe {number:04} {other:03}")
            part(group, event, "role:participant")
    entities.sort(key=lambda record: record["id"])
    text = "\n".join(words)
    known = {"iri": f"{BASE}source/p", "title": "Side", "address": "https://example.org/", "basis": {}}
    more = {"published": ["2014-12-01", "2014-12-01"], "retrieved": "", "language": "nb", "text": text}
    labels = {"role:introducer": "innleder", "role:organiser": "arrangør", "role:participant": "deltaker"}
    labels |= {"status:held": "avholdt", "status:planned": "planlagt"}
    held = sum(entity.get("status") == "status:held" for entity in entities)
    counts = Counts(events=meetings, held=held, planned=meetings - held, people=PEOPLE)
    payload = {
        "entities": entities,
        "ties": ties,
        "claims": claims,
        "sources": {"source:p": known | more},
        "memberships": {},
        "areas": {},
        "successors": {},
        "words": {
            name: {"label": {"nb": label}, "iri": f"{BASE}{name.replace(':', '/')}"} for name, label in labels.items()
        },
        "languages": {language: [*fallback_order(language)] for language in INTERFACE_LANGUAGES},
        "summary": summarize(entities, ties, counts),
        "questions": [],
    }
    return cast(Payload, payload)


def large_page(meetings: int = MEETINGS) -> bytes:
    """The page of it."""
    return page_of(large_graph(meetings))


def page_of(data: Payload) -> bytes:
    """The page of a payload, with all that there is."""
    graph = PageGraph(data, [*counted_entities(data)], [*counted_ties(data)])
    drawn = draw(*graph.whole(select_initial(*graph.outlines())))
    names = entity_numbers(graph.entities)
    first, chunks, answers = split(graph, [node["id"] for node in drawn["nodes"]], names)
    columns = encode_columns(make_columns(graph.entities, graph.ties))
    first |= {"drawing": drawn, "outlines": map_outlines(())}
    return render(first, vis_network_source(), chunks, columns, answers)
