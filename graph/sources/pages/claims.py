"""Resolve the entries of a claims file into claims, each with its proof, each word checked.

An entry that cannot be understood becomes a finding; the others are still read, so that all findings come at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.common.findings import Finding, did_you_mean
from graph.common.strict_files import Document
from graph.model.claims import Collective, Decision, NoClaim, PageActor, Reading
from graph.model.edtf import ANY_DAY
from graph.model.iris import local_name, slug
from graph.model.labels import LanguageMap
from graph.model.sources import Source
from graph.sources.form.entries import ClaimsForm, EventEntry, GroupEntry, LetterEntry, PlanEntry, label_of
from graph.sources.pages.actors import (
    RegisteredActor,
    actor_entries,
    actor_of,
    namesake_of,
    registered_actor,
    registered_entries,
    require_named,
    with_actors,
)
from graph.sources.pages.agents import body_of
from graph.sources.pages.context import Background, page_context
from graph.sources.pages.events import read_event
from graph.sources.pages.evidence import EntryError, Proof, locate_quote
from graph.sources.pages.inferences import wording
from graph.sources.pages.review import accepted_reading, groups_used
from graph.sources.pages.state import ReaderState
from graph.sources.pages.terms import thing_of
from graph.sources.pages.works import read_letter, read_plan, read_relation
from graph.sources.text.quotes import Passages, find, nearest, unlike_signs, words_at


def resolve_claims(
    form: ClaimsForm, document: Document, source: Source, background: Background, described: Sequence[PageActor] = ()
) -> tuple[Reading, ReaderState]:
    """Return the claims of a page as records, and the state in which it was read.

    ``described`` are actors that the page's description names, as its publisher. For every entry that cannot be
    understood the state has a finding, and the reading lacks its claims.
    """
    text = background.language(source.language).passages(source.text)
    findings: list[Finding] = []
    findings += _described_twice(form, document, described)
    actors = [*described, *_actors(form, document, source, text, background, findings)]
    registered = list(_registered(form, document, source, text, background, findings))
    context = page_context(text, source.language, with_actors(background, actors, registered))
    state = ReaderState(document, Proof(source.id, text), source, context, findings=findings)
    _declare(state, form, actors, registered)
    state.unknown_names = context.unknown_names
    for section, kind, entries in (("series", "series", form.series), ("events", "event", form.events)):
        for key, event in entries.items():
            if context.things[key] == f"{kind}:{key}":
                with state.whole(event):
                    read_event(state, f"{kind}:{key}", event, (section, key))
    for key, letter in form.letters.items():
        if context.things[key] == f"letter:{key}":
            with state.entry(letter, "letters", key):
                read_letter(state, f"letter:{key}", letter, ("letters", key))
    for key, plan in form.plans.items():
        if context.things[key] == f"plan:{key}":
            with state.entry(plan, "plans", key):
                read_plan(state, f"plan:{key}", plan, ("plans", key))
    for number, relation in enumerate(form.relations):
        with state.entry(relation, "relations", number):
            read_relation(state, relation, ("relations", number))
    no_claims = []
    for number, nothing in enumerate(form.no_claim):
        with state.whole(nothing), state.at("no_claim", number):
            no_claims.append(NoClaim(locate_quote(nothing.quote, state.base_proof, "quote"), wording(nothing.reason)))
    decisions = tuple(_decisions(state, form))
    if not state.has_errors:
        for key in context.groups.keys() - groups_used(context.groups, [claim for claim, _ in state.claims]):
            with state.at("groups", key):
                raise EntryError(f"no entry speaks of the group {key!r}")
    names = {each.id: _new_names(each, background) for each in registered}
    return accepted_reading(source, state, actors, tuple(no_claims), decisions, names), state


def _new_names(actor: RegisteredActor, background: Background) -> tuple[str, ...]:
    """Return the names of a page for somebody of the registry that the registry has not."""
    return tuple(name for name in actor.names if name not in background.registry.spellings[actor.id])


def _actors(
    form: ClaimsForm,
    document: Document,
    source: Source,
    text: Passages,
    background: Background,
    findings: list[Finding],
) -> Iterator[PageActor]:
    """Yield the people, bodies and offices of the file; those that cannot be understood become findings."""
    endings = _genitive_endings(source, background)
    for section, key, entry in actor_entries(form):
        try:
            actor = actor_of(source.id, source.language, section, key, entry, form, background)
            require_named((actor.name, *actor.also), text, endings)
        except EntryError as error:
            findings.append(document.finding((section, key, *error.path), str(error)))
        else:
            namesake = namesake_of(actor, background)
            if namesake:
                use = f"use that id, or write registry: {local_name(namesake)} here, unless it is another"
                message = f"the registry knows {namesake}, called {actor.name!r} too; {use}"
                findings.append(document.finding((section, key), message)._replace(severity="warning"))
            yield actor


def _registered(
    form: ClaimsForm,
    document: Document,
    source: Source,
    text: Passages,
    background: Background,
    findings: list[Finding],
) -> Iterator[RegisteredActor]:
    """Yield those of the registry whom the file calls by names of its own; what is wrong becomes a finding."""
    endings = _genitive_endings(source, background)
    for section, key, entry in registered_entries(form):
        try:
            actor = registered_actor(section, key, entry, background)
            require_named(actor.names, text, endings)
        except EntryError as error:
            findings.append(document.finding((section, key, *error.path), str(error)))
        else:
            yield actor


def _genitive_endings(source: Source, background: Background) -> tuple[str, ...]:
    pack = background.language(source.language).pack
    return pack.genitive.endings if pack else ()


def _described_twice(form: ClaimsForm, document: Document, described: Sequence[PageActor]) -> Iterator[Finding]:
    """Yield a warning for each body of the file that is called as the publisher, which the page's description names."""
    names = {actor.name.casefold() for actor in described}
    for key, body in form.bodies.items():
        if " ".join(body.name.split()).casefold() in names:
            message = f"the publisher is called {body.name!r} too; use the key publisher unless it is another"
            yield document.finding(("bodies", key), message)._replace(severity="warning")


def _decisions(state: ReaderState, form: ClaimsForm) -> Iterator[Decision]:
    """Yield what the reader decided about things of the file. Their keys do not depend on their order."""
    keys = set()
    for number, entry in enumerate(form.decisions):
        with state.at("decisions", number):
            page = f"source:{state.source.id}"
            about = page if entry.about == "page" else thing_of(state.context, entry.about, "about")
            decided, because = (LanguageMap(each) for each in (entry.decision, entry.because))
            words = "-".join(slug(decided.best("en")).split("-")[:6])
            key = f"{local_name(about)}.{words}"
            if key in keys:
                raise EntryError("another decision about this begins with the same six words", "decision")
            keys.add(key)
            yield Decision(key, about, decided, because)


def _declare(
    state: ReaderState, form: ClaimsForm, actors: Iterable[PageActor], registered: Iterable[RegisteredActor]
) -> None:
    """Register the keys of the file with their labels; a key that is used twice becomes a finding."""
    sections: tuple[tuple[str, str, Mapping[str, EventEntry | LetterEntry | PlanEntry]], ...] = (
        ("series", "series", form.series),
        ("events", "event", form.events),
        ("letters", "letter", form.letters),
        ("plans", "plan", form.plans),
    )
    for section, kind, entries in sections:
        for key, entry in entries.items():
            with state.at(section, key):
                state.name(key, f"{kind}:{key}")
                if entry.label:
                    state.labels[f"{kind}:{key}"] = label_of(entry.label, state.source.language)
    sections_of = {key: section for section, key, _ in actor_entries(form)}
    for actor in actors:
        key = actor.id.rpartition(".")[2]
        with state.at(sections_of.get(key, "bodies"), key):
            state.name(key, actor.id)
    for each in registered:
        with state.at("people" if each.key in form.people else "bodies", each.key):
            state.name(each.key, each.id)
    for key, group in form.groups.items():
        with state.at("groups", key):
            state.name(key, f"group:{state.source.id}.{key}")
            state.context.groups[key] = _group(state, key, group, form)


def _group(state: ReaderState, key: str, entry: GroupEntry, form: ClaimsForm) -> Collective:
    if entry.some_of is not None and entry.some_of not in form.groups:
        raise EntryError(f"there is no group {entry.some_of!r}.{did_you_mean(entry.some_of, form.groups)}", "some_of")
    if entry.some_of == key:
        raise EntryError(f"the group {key!r} cannot be some of itself", "some_of")
    spans = find(entry.words, state.context.text)
    if not spans:
        near = nearest(entry.words, state.context.text)
        hint = (f"; the page has {near!r}" if near else "") + unlike_signs(entry.words, state.context.text)
        raise EntryError(f"the words {entry.words!r} are not in the page{hint}", "words")
    words = words_at(state.context.text, *spans[0])
    return Collective(
        id=state.context.things[key],
        words=words,
        label=label_of(entry.label or words, state.source.language),
        drawn_from=tuple(body_of(state.context, name, ANY_DAY, "drawn_from") for name in entry.drawn_from or ()),
        some_of=f"group:{state.source.id}.{entry.some_of}" if entry.some_of else None,
    )
