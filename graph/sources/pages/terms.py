"""Resolve terms: the concepts and things that an entry names, checked against the page and the vocabulary.

Each function returns a compact name or a record, or raises EntryError with a sentence for the curator.
"""

import re
from collections.abc import Iterable

from graph.common.findings import did_you_mean
from graph.model.iris import local_name
from graph.registry.lookup import find_agent
from graph.sources.form.entries import ParticipationEntry, Proven
from graph.sources.languages.alternatives import CANDIDATES
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import DependentError, EntryError, Proof
from graph.sources.text.quotes import words_at

# The file in which the concepts of a scheme are defined.
_FILES = {
    "attendance": "attendance.ttl",
    "kind": "kinds.ttl",
    "list": "lists.ttl",
    "role": "roles.ttl",
    "status": "statuses.ttl",
    "topic": "topics.ttl",
}


def proof_of(entry: Proven, above: Proof) -> Proof:
    """Return the proof of an entry: its own quotes, and those of the entry around it. Raise EntryError without any."""
    proof = above.with_quotes(entry.quote or (), entry.context or ())
    if not proof.quotes and above.unproven:
        raise DependentError
    if not proof.quotes:
        raise EntryError("no quote proves this entry; add quote: with words of the page")
    return proof


def attendance_of(
    context: PageContext, entry: ParticipationEntry, roles: tuple[str, ...], status: str | None
) -> str | None:
    """Return the attendance of the entry; else, where a role implies it, present if held and expected if planned."""
    if entry.attendance:
        return concept_of(context, "attendance", entry.attendance, "attendance")
    if not implies_attendance(context, roles):
        return None
    return {"held": "attendance:present", "planned": "attendance:expected"}.get(status or "")


def implies_attendance(context: PageContext, roles: Iterable[str]) -> bool:
    """Return whether one of the roles is that of somebody who is there."""
    vocabulary = context.background.vocabulary["role"]
    return any(vocabulary[local_name(role)].implies_attendance for role in roles)


def telling_of(context: PageContext, roles: Iterable[str]) -> set[str]:
    """Return what a cue may mean that tells one of the roles; of taking part, any role that attends does."""
    wanted = set(roles)
    if "role:participant" in wanted:
        wanted |= {each.id for each in context.background.vocabulary["role"].values() if each.implies_attendance}
        wanted.add("attendance:present")
    return wanted


def unknown_roles(
    context: PageContext, roles: tuple[str, ...], attendance: str | None, word: str | None, proof: Proof
) -> str | None:
    """Return a warning where no word of the proof is known to tell one of the roles; None where one is, or decides.

    ``word`` is the page's word by which the reader decided. For taking part, any word of a role that attends tells it,
    and any that says whether somebody came or was to come ("Forfall:", "inviteres"): of an ``attendance`` that is
    given, the warning names such words.
    """
    if word is not None:
        proof.require(word, "role_word")
        return None
    tellings = {id for cue in proof.within(context.cues) for id in cue.meanings}
    vocabulary = context.background.vocabulary
    attending = {role.id for role in vocabulary["role"].values() if role.implies_attendance}
    attending.update(each.id for each in vocabulary["attendance"].values())
    for role in roles if context.language.has_pack else ():
        if not (role in tellings or (role == "role:participant" and tellings & attending)) and not proof.unproven:
            scheme, name = "role", local_name(role)
            if role == "role:participant" and attendance in vocabulary["attendance"]:
                scheme, name = "attendance", str(attendance)
            cues = ", ".join(context.language.words_of(scheme, name, proof.words))
            return (
                f"none of the quoted words is known to mean {name!r} (such as {cues}); quote more, or give the page's"
                " word as role_word:"
            )
    return None


def status_of(context: PageContext, name: str | None, word: str | None, proof: Proof) -> tuple[str | None, str | None]:
    """Return the status, and a warning where no word of the quotes is known to tell it.

    ``word`` is the page's word by which the reader decided. Raise EntryError where the quotes tell another status.
    """
    if name is None:
        if word is not None:
            raise EntryError("status_word: belongs to status:", "status_word")
        return None, None
    status = concept_of(context, "status", name, "status")
    if not context.language.has_pack:
        return status, None
    # What only lends a year or a name is asked only where the quotes themselves tell nothing.
    near = list(proof.within(context.statuses))
    tellings = [each for each in near if proof.owns(each.start, each.end)] or near
    if word is not None:
        proof.require(word, "status_word")
        place = proof.locate(word)
        tellings = [each for each in tellings if place and each.start <= place.start and place.end <= each.end]
    if any(status in each.meanings for each in tellings):
        return status, None
    tellings = [each for each in tellings if each.sure]
    if word is not None and not tellings:
        return status, None
    if tellings:
        words = words_at(proof.text, tellings[0].start, tellings[0].end)
        says = " or ".join(sorted(map(local_name, tellings[0].meanings)))
        mend = "" if word else "; where they speak of something else, give the page's word for this as status_word:"
        raise EntryError(f"the quotes say {words!r}, which tells that it is {says}, not {name}{mend}", "status")
    denial = _denial(context, name, proof) if word is None and name in ("held", "planned") else None
    if denial:
        message = f"the quotes say {denial!r}, and no word that tells that it is {name}"
        raise EntryError(f"{message}; where they do tell it, give the page's word as status_word:", "status")
    cues = ", ".join(context.language.words_of("status", name, proof.words))
    return status, (
        f"none of the quoted words is known to mean {name!r} (such as {cues}); quote more, or give the page's word as"
        " status_word:"
    )


def _denial(context: PageContext, name: str, proof: Proof) -> str | None:
    """Return the word of an entry's own quotes that denies a status or leaves it open; None where there is none."""
    verbs = context.language.pack.verbs if context.language.pack else None
    if verbs is None:
        return None
    denials = {*verbs.negations, *verbs.unreal, *((*verbs.hedges, "?") if name == "held" else ())}
    quotes = (proof.text.original[quote.start : quote.end] for quote in proof.own)
    words = (word for quote in quotes for word in re.findall(r"\w+|\?", quote))
    return next((word for word in words if word.casefold() in denials), None)


def concept_of(context: PageContext, scheme: str, name: str, *path: int | str) -> str:
    """Return a concept of a scheme by its name. Raise EntryError, with those there are, for an unknown name."""
    concepts = context.background.vocabulary[scheme]
    if name not in concepts:
        # The word may be right, and only not the id: pages and curators say "arrangør" for organiser.
        meanings = [id for id, each in concepts.items() if name.casefold() in (*each.labels.values(), *each.cues())]
        hint = f" Did you mean {' or '.join(meanings)}?" if meanings else did_you_mean(name, concepts)
        known = ", ".join(sorted(concepts)[:20])
        raise EntryError(
            f"unknown {scheme} {name!r}; known are {known}{', …' if len(concepts) > 20 else ''}.{hint}"
            f" More are added in ontology/schemes ({_FILES[scheme]})",
            *path,
        )
    return concepts[name].id


def concepts_of(context: PageContext, scheme: str, names: tuple[str, ...] | None, *path: int | str) -> tuple[str, ...]:
    """Return concepts of a scheme by their names."""
    return tuple(concept_of(context, scheme, name, *path, number) for number, name in enumerate(names or ()))


def lists_of(context: PageContext, names: tuple[str, ...] | None, proof: Proof) -> tuple[str, ...]:
    """Return the lists that an entry leaves open. Raise EntryError where no word of the proof does so."""
    lists = concepts_of(context, "list", names, "open_list")
    if CANDIDATES in lists:
        raise EntryError("candidates stand under candidates: of a participation", "open_list")
    tellings = any("list:open" in cue.meanings for cue in proof.within(context.cues))
    if lists and not tellings and not proof.unproven and context.language.has_pack:
        cues = ", ".join(context.language.words_of("list", "open", proof.words))
        raise EntryError(f"no word of the quotes leaves a list open (such as {cues})", "open_list")
    return lists


def event_of(context: PageContext, name: str, kind: str, *path: int | str) -> str:
    """Return the event or series (``kind``) of that key."""
    thing = thing_of(context, name, *path)
    if not thing.startswith(f"{kind}:"):
        raise EntryError(f"{name!r} is {thing}, no {kind}", *path)
    return thing


def thing_of(context: PageContext, name: str, *path: int | str) -> str:
    """Return an event, series, letter, plan or body by its key, or by ``event:key`` where another page defines it."""
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
