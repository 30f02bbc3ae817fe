"""Meanings: what the words of an entry stand for, when and where it was, checked against the page and the vocabulary.

Each function returns a compact name or a record, or raises EntryError with a sentence for the curator.
"""

import re

from graph.common.findings import did_you_mean
from graph.model.claims import Place, When
from graph.model.edtf import Bounds, bounds, years
from graph.model.iris import local_name
from graph.registry.lookup import find_agent, find_municipality
from graph.sources.form.entries import ParticipationEntry, Proven, WhenEntry, WhereEntry
from graph.sources.languages.alternatives import CANDIDATES
from graph.sources.languages.language import Language
from graph.sources.pages.agents import refuse_choice
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import DependentError, EntryError, Proof
from graph.sources.text.quotes import find


def proven(entry: Proven, above: Proof) -> Proof:
    """What proves an entry: its own quotes, and those of the entry it stands in."""
    proof = above.with_quotes(entry.quote or (), entry.context or ())
    if not proof.quotes and above.unproven:
        raise DependentError
    if not proof.quotes:
        raise EntryError("no quote proves this entry; add quote: with words of the page")
    return proof


def time_of(entry: WhenEntry | None, proof: Proof, language: Language) -> When | None:
    """A time whose words stand in the proof, whose year does too, and which means what the words say."""
    if entry is None:
        return None
    try:
        bounds(entry.edtf, entry.convention)
        conflict = language.conflicts(entry.said, entry.edtf)
    except ValueError as error:
        raise EntryError(str(error), "when", "edtf") from error
    if not (conflict and find(entry.said, proof.text)):
        proof.require(entry.said, "when", "said")
    if conflict:
        raise EntryError(conflict, "when", "edtf")
    unproven = [year for year in years(entry.edtf) if not proof.says(year)]
    if unproven:
        raise EntryError(f"no quote of this entry says {unproven[0]}; add context: with words that do", "when", "edtf")
    excess = language.is_narrower(entry.said, entry.edtf, entry.convention)
    if excess:
        raise EntryError(excess, "when", "edtf")
    return When(entry.edtf, entry.said, entry.reading, entry.convention)


def place_of(context: PageContext, entry: WhereEntry, when: Bounds, proof: Proof) -> Place:
    """The municipality that there was at the time, and the proof's word for it."""
    try:
        area = find_municipality(context.background.registry, entry.municipality, entry.county, when)
    except LookupError as error:
        raise EntryError(str(error), "where", "municipality") from error
    if entry.written:
        return Place(area, _written_for_place(context, area, entry.written, proof))
    refuse_choice(context, area, proof, "where", "municipality")
    for name in context.background.registry.spellings[area]:
        if proof.place_of(name) or proof.place_of(f"{name}s"):
            return Place(area, name)
    raise EntryError(f"no quote of this entry names {entry.municipality}; add written: with the page's word", "where")


def _written_for_place(context: PageContext, area: str, words: str, proof: Proof) -> str:
    """The page's words for a place: no name of another; the name of its body only after a word that says where."""
    written, place = proof.require(words, "where", "written"), proof.place_of(words)
    body = context.background.registry.areas[area].body
    for each in context.mentions:
        if place and place.start <= each.start and each.end <= place.end and area not in each.meant:
            name, before = proof.text.original[each.start : each.end], proof.text.original[: each.start].split()
            if body not in each.meant or before[-1:] not in [[word] for word in context.language.place_words]:
                raise EntryError(f"{name!r} is {' or '.join(sorted(each.meant))}, not where it was", "where", "written")
    return written


def attendance_of(
    context: PageContext, entry: ParticipationEntry, roles: tuple[str, ...], status: str | None
) -> str | None:
    """As the page says; else whoever has an attending role was there if it was held, and is expected if planned."""
    if entry.attendance:
        return concept_of(context, "attendance", entry.attendance, "attendance")
    if not any(context.background.vocabulary["role"][local_name(role)].implies_attendance for role in roles):
        return None
    return {"held": "attendance:present", "planned": "attendance:expected"}.get(status or "")


def require_cues(context: PageContext, roles: tuple[str, ...], proof: Proof) -> None:
    """For each role, some word of the proof gives it away; for taking part, any word of a role that attends."""
    told = {meant for cue in proof.within(context.cues) for meant in cue.meant}
    attending = {role.id for role in context.background.vocabulary["role"].values() if role.implies_attendance}
    for role in roles if context.language.has_pack else ():
        if not (role in told or (role == "role:participant" and told & attending)) and not proof.unproven:
            cues = ", ".join(context.language.words_of("role", local_name(role)))
            raise EntryError(
                f"no word of the quotes tells that somebody is {local_name(role)} (such as {cues})", "role"
            )


def status_of(context: PageContext, name: str | None, proof: Proof) -> str | None:
    """The status, which some word of the quotes tells; what is told beside it may be of another event."""
    if name is None:
        return None
    status = concept_of(context, "status", name, "status")
    if not context.language.has_pack:
        return status
    # What only lends a year or a name is asked only where the quotes themselves tell nothing.
    near = list(proof.within(context.statuses))
    told = [each for each in near if proof.owns(each.start, each.end)] or near
    if any(status in each.meant for each in told):
        return status
    told = [each for each in told if each.sure]
    if told:
        words = " ".join(proof.text.original[told[0].start : told[0].end].split())
        says = " or ".join(sorted(map(local_name, told[0].meant)))
        raise EntryError(f"the quotes say {words!r}, which tells that it is {says}, not {name}", "status")
    cues = ", ".join(context.language.words_of("status", name))
    raise EntryError(f"no word of the quotes tells that it is {name} (such as {cues}); quote the verb too", "status")


def concept_of(context: PageContext, scheme: str, name: str, *path: int | str) -> str:
    """A concept of a scheme by its name."""
    concepts = context.background.vocabulary[scheme]
    if name not in concepts:
        # The word may be right, and only not the id: pages and curators say "arrangør" for organiser.
        meant = [id for id, each in concepts.items() if name.casefold() in (*each.labels.values(), *each.cues())]
        hint = f" Did you mean {' or '.join(meant)}?" if meant else did_you_mean(name, concepts)
        raise EntryError(f"{name!r} is no {scheme}.{hint}", *path)
    return concepts[name].id


def concepts_of(context: PageContext, scheme: str, names: tuple[str, ...] | None, *path: int | str) -> tuple[str, ...]:
    """Concepts of a scheme by their names."""
    return tuple(concept_of(context, scheme, name, *path, number) for number, name in enumerate(names or ()))


def lists_of(context: PageContext, names: tuple[str, ...] | None, proof: Proof) -> tuple[str, ...]:
    """The lists that an entry leaves open, which some word of the proof does too."""
    lists = concepts_of(context, "list", names, "open_list")
    if CANDIDATES in lists:
        raise EntryError("candidates stand under candidates: of a participation", "open_list")
    told = any("list:open" in cue.meant for cue in proof.within(context.cues))
    if lists and not told and not proof.unproven and context.language.has_pack:
        cues = ", ".join(context.language.words_of("list", "open"))
        raise EntryError(f"no word of the quotes leaves a list open (such as {cues})", "open_list")
    return lists


def event_of(context: PageContext, name: str, kind: str, *path: int | str) -> str:
    """The event or series (``kind``) of that key."""
    thing = thing_of(context, name, *path)
    if not thing.startswith(f"{kind}:"):
        raise EntryError(f"{name!r} is {thing}, no {kind}", *path)
    return thing


def thing_of(context: PageContext, name: str, *path: int | str) -> str:
    """An event, series, letter, plan or body by its key; one that another page speaks of as ``event:key``."""
    kind, colon, key = name.partition(":")
    if colon and kind in ("event", "series", "letter", "plan"):
        if not re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", key):
            raise EntryError(f"{name!r} is no id of another page, such as event:oslo-2014", *path)
        return name
    if name in context.things:
        return context.things[name]
    try:
        return find_agent(context.background.registry, name)
    except LookupError as error:
        hint = did_you_mean(name, context.things)
        raise EntryError(f"{name!r} is nothing that this file or the registry names.{hint}", *path) from error
