"""Events: what an entry says of an event, and of who was there -> records, each with its proof."""

from graph.model.claims import AudienceClaim, Collective, EventClaim, Label, ParticipationClaim, UtteranceClaim
from graph.model.edtf import ANY_DAY, Bounds, bounds
from graph.model.iris import local_name, slug
from graph.sources.form.entries import AudienceEntry, EventEntry, ParticipationEntry, UtteranceEntry
from graph.sources.pages.agents import (
    agents_of,
    check_posts,
    name_in_proof,
    named_body,
    person_of,
    post_of,
    words_for,
)
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.pages.state import Path, ReaderState
from graph.sources.pages.terms import (
    attendance_of,
    concept_of,
    concepts_of,
    event_of,
    lists_of,
    place_of,
    proven,
    require_cues,
    status_of,
    time_of,
)
from graph.sources.pages.works import add_relation


def read_event(state: ReaderState, id: str, entry: EventEntry, path: Path) -> None:
    """The event's own claim, and those of the entries inside it, which lean on its proof."""
    when, proof = ANY_DAY, None
    with state.entry(entry, *path):
        proof = proven(entry, state.page)
        said = time_of(entry.when, proof, state.context.language)
        when = bounds(said.edtf, said.convention) if said else ANY_DAY
        if entry.status == "held" and when.earliest and when.earliest > state.published:
            raise EntryError(f"the page was published by {state.published}, before this can have been held", "status")
        state.add(
            EventClaim(
                key=local_name(id),
                event=id,
                quotes=proof.all,
                key_quotes=proof.own,
                line=state.document.line(path),
                kind=concept_of(state.context, "kind", entry.kind, "kind"),
                status=status_of(state.context, entry.status, proof),
                when=said,
                place=place_of(state.context, entry.where, when, proof) if entry.where else None,
                written=proof.require(entry.written, "written") if entry.written else None,
                public=entry.public is not None,
                topics=concepts_of(state.context, "topic", entry.topics, "topics"),
                open_lists=lists_of(state.context, entry.open_list, proof),
            ),
        )
        if entry.series:
            state.series[id] = event_of(state.context, entry.series, "series", "series")
        if entry.extends:
            add_relation(state, path, id, "extends", event_of(state.context, entry.extends, "event", "extends"), proof)
    # Where the event itself is not proven, its entries are read on the page alone, and no more is said of that.
    outer, state.review = state.review, entry.review if state.review == "accepted" else state.review
    proof = proof or Proof(state.page.page, state.page.text, unproven=True)
    for number, part in enumerate(entry.participations):
        with state.entry(part, *path, "participations", number):
            _participation(state, id, part, entry.status, when, proof, (*path, "participations", number))
    for number, audience in enumerate(entry.audiences):
        with state.entry(audience, *path, "audiences", number):
            _audience(state, id, audience, when, proof, (*path, "audiences", number))
    for number, utterance in enumerate(entry.utterances):
        with state.entry(utterance, *path, "utterances", number):
            _utterance(state, id, utterance, when, proof, (*path, "utterances", number))
    state.review = outer


def _participation(
    state: ReaderState,
    event: str,
    entry: ParticipationEntry,
    status: str | None,
    when: Bounds,
    above: Proof,
    path: Path,
) -> None:
    proof = proven(entry, above)
    agents = agents_of(state.context, entry, when)
    written = words_for(state.context, agents, entry, proof)
    roles = concepts_of(state.context, "role", entry.role, "role")
    require_cues(state.context, roles, proof)
    post = post_of(state.context, entry.in_capacity, "as")
    check_posts(state.context, post, agents, when, proof, "as")
    # Neither candidates nor roles have an order: written in another one, they are the same claim.
    pairs = sorted(zip(agents, written, strict=True), key=lambda pair: pair[0].name)
    roles = tuple(sorted(roles))
    names = "-or-".join(local_name(agent.name).rpartition(".")[2] for agent, _ in pairs)
    state.add(
        ParticipationClaim(
            key=f"{local_name(event)}.{names}.{'-'.join(map(local_name, roles))}",
            event=event,
            quotes=proof.all,
            key_quotes=proof.own,
            line=state.document.line(path),
            agents=tuple(agent for agent, _ in pairs),
            at_least=entry.at_least,
            roles=roles,
            attendance=attendance_of(state.context, entry, roles, status),
            in_capacity=post,
            on_behalf_of=named_body(state.context, entry.on_behalf_of, when, proof, "on_behalf_of"),
            written=tuple(words for _, words in pairs),
            topics=concepts_of(state.context, "topic", entry.about, "about"),
        ),
    )


def _audience(state: ReaderState, event: str, entry: AudienceEntry, when: Bounds, above: Proof, path: Path) -> None:
    proof = proven(entry, above)
    key = f"{local_name(event)}.{_head(entry.words, proof)}"
    bodies = tuple(
        name
        for each in entry.drawn_from or ()
        if (name := named_body(state.context, each, when, proof.innermost, "drawn_from"))
    )
    label = Label(entry.label.nb, entry.label.en) if entry.label else Label(entry.words)
    words = proof.require(entry.words, "words")
    collective = Collective(f"audience:{state.page.page}.{key}", words, label, drawn_from=bodies)
    line = state.document.line(path)
    state.add(
        AudienceClaim(key=key, event=event, quotes=proof.all, key_quotes=proof.own, line=line, audience=collective)
    )


def _utterance(state: ReaderState, event: str, entry: UtteranceEntry, when: Bounds, above: Proof, path: Path) -> None:
    proof = proven(entry, above)
    author = person_of(state.context, entry.by, when, "by")
    name_in_proof(state.context, author, proof, "by")
    key = f"{local_name(event)}.{local_name(author)}.{_head(entry.says, proof)}"
    state.add(
        UtteranceClaim(
            key=key,
            id=f"utterance:{state.page.page}.{key}",
            event=event,
            author=author,
            words=proof.require(entry.says, "says"),
            quotes=proof.all,
            key_quotes=proof.own,
            line=state.document.line(path),
            topics=concepts_of(state.context, "topic", entry.about, "about"),
            open_lists=lists_of(state.context, entry.open_list, proof),
        ),
    )


def _head(words: str, proof: Proof) -> str:
    """A readable key of the first words, with the place where they begin: other words may begin alike."""
    place = proof.place_of(words)
    return ".".join(part for part in (slug(" ".join(words.split()[:3])), str(place.start) if place else "") if part)
