"""Read the entry of an event, and of who was there, as claims, each with its proof."""

from graph.model.claims import AudienceClaim, Collective, EventClaim, ParticipationClaim, UtteranceClaim
from graph.model.edtf import ANY_DAY, Bounds, bounds
from graph.model.iris import local_name, slug
from graph.sources.form.entries import AudienceEntry, EventEntry, ParticipationEntry, UtteranceEntry, label_of
from graph.sources.pages.agents import (
    agents_of,
    body_meant,
    body_of,
    check_posts,
    evidence_for,
    name_in_proof,
    named_body,
    naming_places,
    origin_told,
    person_of,
    post_of,
    words_for,
)
from graph.sources.pages.candidates import check_candidates
from graph.sources.pages.denials import refuse_denials, refuse_exclusions
from graph.sources.pages.evidence import EntryError, Proof, locate_quote
from graph.sources.pages.genitives import refuse_owners
from graph.sources.pages.inferences import check_agent, inference_of
from graph.sources.pages.part_evidence import refuse_part_of_others
from graph.sources.pages.represented import refuse_represented
from graph.sources.pages.state import EntryPath, ReaderState
from graph.sources.pages.terms import (
    attendance_of,
    concept_of,
    concepts_of,
    event_of,
    lists_of,
    proof_of,
    status_of,
    unknown_roles,
)
from graph.sources.pages.when_where import check_online, check_public, place_of, time_of
from graph.sources.pages.works import add_relation


def read_event(state: ReaderState, id: str, entry: EventEntry, path: EntryPath) -> None:
    """Add the claim of an event, and those of the entries inside it, which share its proof."""
    when, proof = ANY_DAY, None
    with state.entry(entry, *path):
        proof = proof_of(entry, state.base_proof)
        time = time_of(state.context, entry.when, proof, state.source, entry.status)
        when = bounds(time.edtf, time.convention) if time else ANY_DAY
        published = state.source.published_latest
        if entry.status == "held" and when.earliest and when.earliest > published:
            raise EntryError(f"the page was published by {published}, before this can have been held", "status")
        if entry.online == "true" and entry.where:
            raise EntryError("an event on line is at no place; leave out where:, or write online: hybrid", "where")
        status, warning = status_of(state.context, entry.status, entry.status_word, proof)
        if warning:
            state.warn(warning, *path, "status")
        place = place_of(state.context, entry.where, when, proof, state.source) if entry.where else None
        not_public = check_public(state.context, entry.public, proof)
        if not_public:
            state.warn(not_public, *path, *(["public"] if entry.public else []))
        not_online = check_online(state.context, entry.online, place, entry.where, proof)
        if not_online:
            state.warn(not_online, *path, *(["online"] if entry.online else []))
        body, body_inference = body_meant(state.context, entry.of_body, when, proof, state.source, "of_body")
        state.add(
            EventClaim(
                key=local_name(id),
                event=id,
                quotes=proof.all,
                key_quotes=proof.own,
                line=state.document.line(path),
                kind=concept_of(state.context, "kind", entry.kind, "kind"),
                status=status,
                when=time,
                place=place,
                as_written=proof.require(entry.written, "written") if entry.written else None,
                public=None if entry.public is None else entry.public == "true",
                topics=concepts_of(state.context, "topic", entry.topics, "topics"),
                open_lists=lists_of(state.context, entry.open_list, proof),
                status_word=proof.require(entry.status_word, "status_word") if entry.status_word else None,
                of_body=body,
                body_inference=body_inference,
                online=entry.online,
                topics_as_written=tuple(proof.require(words, "topics_said") for words in entry.topics_said or ()),
            ),
        )
        if entry.moved_to:
            new = event_of(state.context, entry.moved_to, "event", "moved_to")
            add_relation(state, (*path, "moved_to"), id, "moved-to", new, proof)
        if entry.series:
            state.series[id] = event_of(state.context, entry.series, "series", "series")
        if entry.extends:
            wider = event_of(state.context, entry.extends, "event", "extends")
            add_relation(state, (*path, "extends"), id, "extends", wider, proof)
    # Where the event itself is not proven, its entries are read on the page alone, and no more is said of that.
    outer, state.review = state.review, entry.review if state.review == "accepted" else state.review
    proof = proof or Proof(state.source.id, state.context.text, unproven=True)
    for number, part in enumerate(entry.participations):
        with state.entry(part, *path, "participations", number):
            _participations(state, id, part, entry.status, when, proof, (*path, "participations", number))
    for number, audience in enumerate(entry.audiences):
        with state.entry(audience, *path, "audiences", number):
            _audience(state, id, audience, when, proof, (*path, "audiences", number))
    for number, utterance in enumerate(entry.utterances):
        with state.entry(utterance, *path, "utterances", number):
            _utterance(state, id, utterance, when, proof, (*path, "utterances", number))
    state.review = outer


def _participations(
    state: ReaderState,
    event: str,
    entry: ParticipationEntry,
    status: str | None,
    when: Bounds,
    above: Proof,
    path: EntryPath,
) -> None:
    """Read an entry that names one agent, candidates, or several agents each of whom has the part."""
    if entry.agents is None:
        _participation(state, event, entry, status, when, above, path)
        return
    if entry.agent is not None or entry.candidates is not None or entry.written is not None:
        raise EntryError("agents: are several who each have this part; agent:, candidates: and written: are of one")
    for number, agent in enumerate(entry.agents):
        one = entry.model_copy(update={"agent": agent, "agents": None})
        with state.at(*path, "agents", number):
            _participation(state, event, one, status, when, above, path)


def _participation(
    state: ReaderState,
    event: str,
    entry: ParticipationEntry,
    status: str | None,
    when: Bounds,
    above: Proof,
    path: EntryPath,
) -> None:
    proof = proof_of(entry, above)
    heading = locate_quote(entry.list_heading, proof, "list") if entry.list_heading else None
    if heading:
        proof = proof.with_context(heading)
    inference = inference_of(entry)
    agents = agents_of(state.context, entry, when)
    if entry.inferred_from:
        for agent in agents:
            check_agent(state.context, agent.name, entry, state.source, "from")
    as_written = words_for(state.context, agents, entry, proof)
    roles = concepts_of(state.context, "role", entry.role, "role")
    warning = unknown_roles(state.context, roles, entry.attendance, entry.role_word, proof)
    if warning:
        state.warn(warning, *path, "role")
    post = post_of(state.context, entry.in_capacity, "as")
    check_posts(state.context, post, agents, when, proof, "as")
    affiliation = body_of(state.context, entry.affiliation, when, "affiliation") if entry.affiliation else None
    if affiliation and entry.affiliation_said is None:
        name_in_proof(state.context, affiliation, proof, "affiliation")
    principal, principal_inference = body_meant(
        state.context, entry.on_behalf_of, when, proof, state.source, "on_behalf_of"
    )
    origin = origin_told(state.context, agents, principal, proof) if principal else None
    if origin:
        message = f"the quotes say {origin!r}, which tells where somebody comes from; is that affiliation:?"
        state.warn(message, *path, "on_behalf_of")
    evidence = proof
    if as_written or not inference:
        evidence = evidence_for(state, agents, as_written, bool(entry.quote), proof, (affiliation, principal), post)
        refuse_owners(state.context, entry, agents, roles, evidence)
        refuse_part_of_others(state.context, entry, agents, as_written, roles, post, evidence if entry.quote else proof)
        check_candidates(state.context, entry, agents, evidence)
        refuse_exclusions(state.context, entry, agents, evidence)
        refuse_represented(state.context, entry, agents, roles, evidence)
    places = sorted(naming_places(state.context, agents, as_written, evidence, post))
    refuse_denials(state.context, entry, agents, roles, status, evidence, places)
    # Neither candidates nor roles have an order: written in another one, they are the same claim.
    order = sorted(range(len(agents)), key=lambda number: agents[number].name)
    roles = tuple(sorted(roles))
    names = "-or-".join(local_name(agents[number].name).rpartition(".")[2] for number in order)
    state.add(
        ParticipationClaim(
            key=f"{local_name(event)}.{names}.{'-'.join(map(local_name, roles))}",
            event=event,
            quotes=evidence.all,
            key_quotes=evidence.own,
            line=state.document.line(path),
            agents=tuple(agents[number] for number in order),
            at_least=entry.at_least,
            roles=roles,
            attendance=attendance_of(state.context, entry, roles, status),
            in_capacity=post,
            on_behalf_of=principal,
            principal_inference=principal_inference,
            names_as_written=tuple(as_written[number] for number in order) if as_written else (),
            topics=concepts_of(state.context, "topic", entry.about, "about"),
            inference=inference,
            role_word=proof.require(entry.role_word, "role_word") if entry.role_word else None,
            list_heading=heading,
            title_as_written=proof.require(entry.title_said, "title_said") if entry.title_said else None,
            affiliation=affiliation,
            affiliation_as_written=proof.require(entry.affiliation_said, "affiliation_said")
            if entry.affiliation_said
            else None,
            partly=entry.partly is not None,
            partly_as_written=proof.require(entry.partly, "partly") if entry.partly not in (None, "true") else None,
        ),
    )


def _audience(
    state: ReaderState, event: str, entry: AudienceEntry, when: Bounds, above: Proof, path: EntryPath
) -> None:
    proof = proof_of(entry, above)
    key = f"{local_name(event)}.{_head(entry.words, proof)}"
    bodies = tuple(
        name
        for each in entry.drawn_from or ()
        if (name := named_body(state.context, each, when, proof.innermost, "drawn_from"))
    )
    label = label_of(entry.label or entry.words, state.source.language)
    words = proof.require(entry.words, "words")
    collective = Collective(f"audience:{state.source.id}.{key}", words, label, drawn_from=bodies)
    line = state.document.line(path)
    state.add(
        AudienceClaim(key=key, event=event, quotes=proof.all, key_quotes=proof.own, line=line, audience=collective)
    )


def _utterance(
    state: ReaderState, event: str, entry: UtteranceEntry, when: Bounds, above: Proof, path: EntryPath
) -> None:
    proof = proof_of(entry, above)
    author = person_of(state.context, entry.by, when, "by")
    name_in_proof(state.context, author, proof, "by")
    key = f"{local_name(event)}.{local_name(author)}.{_head(entry.says, proof)}"
    state.add(
        UtteranceClaim(
            key=key,
            id=f"utterance:{state.source.id}.{key}",
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
    """Return a readable key: the first words, with their position, because other words may begin alike."""
    place = proof.locate(words)
    return ".".join(part for part in (slug(" ".join(words.split()[:3])), str(place.start) if place else "") if part)
