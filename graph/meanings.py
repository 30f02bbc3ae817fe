"""Meanings: what the words of an entry stand for, checked against the page, the registry and the vocabulary.

Each function returns a compact name or a record, or raises Misread with a sentence for the curator.
"""

import re
from typing import NamedTuple

from graph.background import Background
from graph.dates import Bounds, bounds, contradiction, years
from graph.entries import AgentEntry, HolderEntry, ParticipationEntry, Proven, WhenEntry, WhereEntry
from graph.findings import did_you_mean
from graph.mentions import Mention, first_word
from graph.names import local
from graph.proofs import Misread, Proof, Unproven
from graph.quotes import find
from graph.records import Agent, Collective, Place, When
from graph.registry import find_agent, find_municipality, find_post, holding_of


class Known(NamedTuple):
    """What the words of a page can stand for: the background, the names in the page, and what its file names itself."""

    against: Background
    mentions: list[Mention]
    cues: list[Mention]
    groups: dict[str, Collective]
    things: dict[str, str]


def proven(entry: Proven, above: Proof) -> Proof:
    """What proves an entry: its own quotes, and those of the entry it stands in."""
    proof = above.with_quotes(entry.quote or (), entry.context or ())
    if not proof.quotes and above.unproven:
        raise Unproven
    if not proof.quotes:
        raise Misread("no quote proves this entry; add quote: with words of the page")
    return proof


def time_of(entry: WhenEntry | None, proof: Proof) -> When | None:
    """A time whose words stand in the proof, whose year does too, and which means what the words say."""
    if entry is None:
        return None
    try:
        bounds(entry.edtf, entry.convention)
        conflict = contradiction(entry.said, entry.edtf)
    except ValueError as error:
        raise Misread(str(error), "when", "edtf") from error
    if not (conflict and find(entry.said, proof.text)):
        proof.require(entry.said, "when", "said")
    if conflict:
        raise Misread(conflict, "when", "edtf")
    unproven = [year for year in years(entry.edtf) if not proof.says(year)]
    if unproven:
        raise Misread(f"no quote of this entry says {unproven[0]}; add context: with words that do", "when", "edtf")
    return When(entry.edtf, entry.said, entry.reading, entry.convention)


def place_of(known: Known, entry: WhereEntry, when: Bounds, proof: Proof) -> Place:
    """The municipality that there was at the time, and the proof's word for it."""
    try:
        area = find_municipality(known.against.registry, entry.municipality, entry.county, when)
    except LookupError as error:
        raise Misread(str(error), "where", "municipality") from error
    if entry.written:
        return Place(area, proof.require(entry.written, "where", "written"))
    for name in known.against.registry.spellings[area]:
        if proof.place_of(name) or proof.place_of(f"{name}s"):
            return Place(area, name)
    raise Misread(f"no quote of this entry names {entry.municipality}; add written: with the page's word", "where")


def agents_of(known: Known, entry: ParticipationEntry, when: Bounds) -> tuple[Agent, ...]:
    """The one agent of an entry, or its candidates: two or more, not all of whom need to have taken part."""
    if (entry.agent is None) == (entry.candidates is None):
        raise Misread("write either agent: or candidates:")
    if entry.agent is not None:
        if entry.at_least is not None:
            raise Misread("at_least: belongs to candidates:", "at_least")
        return (agent_of(known, entry.agent, when, "agent"),)
    candidates = tuple(agent_of(known, each, when, "candidates") for each in entry.candidates or ())
    if len(set(candidates)) < 2:
        raise Misread("candidates are two or more; write agent: for one", "candidates")
    if len(set(candidates)) < len(candidates):
        twice = next(each.name for each in candidates if candidates.count(each) > 1)
        raise Misread(f"{local(twice)!r} stands there twice", "candidates")
    if entry.at_least is None:
        raise Misread("at_least: is missing; how many of the candidates took part?", "candidates")
    if entry.at_least >= len(candidates):
        raise Misread("all of these took part then; write an entry with agent: for each", "at_least")
    return candidates


def agent_of(known: Known, entry: AgentEntry, when: Bounds, *path: int | str) -> Agent:
    """A person, a body, a group of this file, or whoever holds a post."""
    try:
        if isinstance(entry, HolderEntry):
            return Agent(holder_of=find_post(known.against.registry, entry.holder_of))
        if entry not in known.groups and known.things.get(entry, "").startswith("group:"):
            raise Unproven
        if entry in known.groups:
            for body in known.groups[entry].drawn_from:
                _was_there(known, body, when, f"the group {entry!r} is drawn from ")
            return Agent(id=known.groups[entry].id)
        return Agent(id=find_agent(known.against.registry, entry, when))
    except LookupError as error:
        group = isinstance(entry, str) and entry in known.groups
        hint = did_you_mean(entry, known.groups) if isinstance(entry, str) and not group else ""
        said = str(error).partition(" Did you mean")[0] if hint else str(error)
        raise Misread(f"{said}{hint}", *path) from error


def _was_there(known: Known, body: str, when: Bounds, whose: str) -> None:
    try:
        find_agent(known.against.registry, local(body), when)
    except LookupError as error:
        raise LookupError(f"{whose}{error}") from error


def body_of(known: Known, name: str, when: Bounds, *path: int | str) -> str:
    """The body of that id or name which there was at the time."""
    agent = agent_of(known, name, when, *path)
    if agent.id is None or not agent.id.startswith("organisation:"):
        raise Misread(f"{name!r} is no body", *path)
    return agent.id


def named_body(known: Known, name: str | None, when: Bounds, proof: Proof, *path: int | str) -> str | None:
    """The body, which the proof names."""
    if name is None:
        return None
    body = body_of(known, name, when, *path)
    name_in_proof(known, body, proof, *path)
    return body


def words_for(known: Known, agents: tuple[Agent, ...], entry: ParticipationEntry, proof: Proof) -> tuple[str, ...]:
    """The page's words for each agent: as ``written:`` says, or a spelling of the registry in the proof."""
    if entry.written:
        if len(entry.written) != len(agents):
            raise Misread(f"written: has {len(entry.written)} names for {len(agents)} agents", "written")
        return tuple(proof.require(words, "written") for words in entry.written)
    return tuple(name_in_proof(known, agent.name, proof, "agent") for agent in agents)


def name_in_proof(known: Known, id: str, proof: Proof, *path: int | str) -> str:
    """How the proof names somebody; Misread where it does not."""
    group = next((group for group in known.groups.values() if group.id == id), None)
    if group:
        return proof.require(group.words, *path)
    own = Proof(proof.page, proof.text, proof.own)
    names = own.names(known.mentions, id) or proof.names(known.mentions, id)
    if not names and proof.unproven:
        raise Unproven
    if not names:
        spellings = ", ".join(known.against.registry.spellings.get(id, ()))
        mend = "quote it, or add written:" if path[:1] == ("agent",) else "quote words that do"
        raise Misread(f"no quote of this entry names {id} (spelt {spellings}); {mend}", *path)
    return names[0]


def post_of(known: Known, name: str | None) -> str | None:
    """The post that ``as:`` names."""
    try:
        return find_post(known.against.registry, name) if name else None
    except LookupError as error:
        raise Misread(str(error), "as") from error


def person_of(known: Known, name: str, when: Bounds, *path: int | str) -> str:
    """The person of that id or name."""
    person = agent_of(known, name, when, *path).id
    if person not in known.against.registry.people:
        raise Misread(f"{name!r} is no person of the registry", *path)
    return person


def check_post(known: Known, post: str, agents: tuple[Agent, ...], when: Bounds, proof: Proof) -> None:
    """The page gives the title, and its bearer held or may have held the post at the time."""
    registry, person = known.against.registry, agents[0].id
    if len(agents) != 1 or person not in registry.people:
        raise Misread("as: belongs to a person named in agent:", "as")
    title = first_word(registry.posts[post].label.nb)
    if not proof.says(title) and proof.unproven:
        raise Unproven
    if not proof.says(title):
        raise Misread(f"no quote of this entry says {title!r}; quote the words that give the title", "as")
    held = [holding for holding in registry.posts[post].holders if holding.person == person]
    if not any(holding_of(holding, when) != "no" for holding in held):
        spans = "; ".join(" ".join(holding.reported) for holding in held) or "never, as far as known"
        raise Misread(f"{person} did not hold {post} at the time (held: {spans})", "as")


def attendance_of(known: Known, entry: ParticipationEntry, roles: tuple[str, ...], status: str | None) -> str | None:
    """As the page says; else whoever has an attending role was there if it was held, and is expected if planned."""
    if entry.attendance:
        return concept_of(known, "attendance", entry.attendance, "attendance")
    if not any(known.against.vocabulary["role"][local(role)].implies_attendance for role in roles):
        return None
    return {"held": "attendance:present", "planned": "attendance:expected"}.get(status or "")


def require_cues(known: Known, roles: tuple[str, ...], proof: Proof) -> None:
    """For each role, some word of the proof gives it away; for taking part, any word of a role that attends."""
    told = {meant for cue in proof.within(known.cues) for meant in cue.meant}
    attending = {role.id for role in known.against.vocabulary["role"].values() if role.implies_attendance}
    for role in roles:
        if not (role in told or (role == "role:participant" and told & attending)) and not proof.unproven:
            cues = ", ".join(known.against.vocabulary["role"][local(role)].cues[:6])
            raise Misread(f"no word of the quotes tells that somebody is {local(role)} (such as {cues})", "role")


def concept_of(known: Known, scheme: str, name: str, *path: int | str) -> str:
    """A concept of a scheme by its name."""
    concepts = known.against.vocabulary[scheme]
    if name not in concepts:
        # The word may be right, and only not the id: pages and curators say "arrangør" for organiser.
        meant = [id for id, each in concepts.items() if name.casefold() in (*each.labels.values(), *each.cues)]
        hint = f" Did you mean {' or '.join(meant)}?" if meant else did_you_mean(name, concepts)
        raise Misread(f"{name!r} is no {scheme}.{hint}", *path)
    return concepts[name].id


def concepts_of(known: Known, scheme: str, names: tuple[str, ...] | None, *path: int | str) -> tuple[str, ...]:
    """Concepts of a scheme by their names."""
    return tuple(concept_of(known, scheme, name, *path, number) for number, name in enumerate(names or ()))


def event_of(known: Known, name: str, kind: str, *path: int | str) -> str:
    """The event or series (``kind``) of that key."""
    thing = thing_of(known, name, *path)
    if not thing.startswith(f"{kind}:"):
        raise Misread(f"{name!r} is {thing}, no {kind}", *path)
    return thing


def thing_of(known: Known, name: str, *path: int | str) -> str:
    """An event, series, letter, plan or body by its key; one that another page speaks of as ``event:key``."""
    kind, colon, key = name.partition(":")
    if colon and kind in ("event", "series", "letter", "plan"):
        if not re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", key):
            raise Misread(f"{name!r} is no id of another page, such as event:oslo-2014", *path)
        return name
    if name in known.things:
        return known.things[name]
    try:
        return find_agent(known.against.registry, name)
    except LookupError as error:
        hint = did_you_mean(name, known.things)
        raise Misread(f"{name!r} is nothing that this file or the registry names.{hint}", *path) from error
