"""Claims: what a curator wrote about a page -> records, each with its proof, each word of it checked.

An entry that cannot be understood becomes a finding; the others are still read, so that all findings come at once.
"""

from collections.abc import Mapping

from graph.common.findings import FindingsError, did_you_mean
from graph.common.strict_files import Document
from graph.model.claims import (
    AudienceClaim,
    Collective,
    EventClaim,
    Label,
    NoClaim,
    ParticipationClaim,
    Reading,
    RelationClaim,
    UtteranceClaim,
    WorkClaim,
)
from graph.model.edtf import ANY_DAY, Bounds, bounds
from graph.model.iris import RELATIONS, local_name, slug
from graph.model.sources import Source
from graph.sources.form.entries import (
    AudienceEntry,
    ClaimsForm,
    EventEntry,
    GroupEntry,
    LetterEntry,
    ParticipationEntry,
    PlanEntry,
    RelationEntry,
    UtteranceEntry,
)
from graph.sources.pages.agents import (
    agent_of,
    agents_of,
    body_of,
    check_posts,
    name_in_proof,
    named_body,
    person_of,
    post_of,
    refuse_choice,
    require_drawn,
    words_for,
)
from graph.sources.pages.context import Background, known_of
from graph.sources.pages.evidence import Misread, Proof, located
from graph.sources.pages.review import accepted_reading, groups_used
from graph.sources.pages.state import Kept, Path
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
    thing_of,
    time_of,
)
from graph.sources.text.quotes import Passages, find, nearest


def understand(form: ClaimsForm, document: Document, page: Source, text: Passages, against: Background) -> Reading:
    """The claims of a page as records; a FindingsError names every entry that cannot be understood."""
    known = known_of(text, against)
    reader = _Reader(document, Proof(page.id, text), page.published_latest, known)
    declare(reader, form)
    for section, kind, entries in (("series", "series", form.series), ("events", "event", form.events)):
        for key, event in entries.items():
            if known.things[key] == f"{kind}:{key}":
                reader.event(f"{kind}:{key}", event, (section, key))
    for key, letter in form.letters.items():
        if known.things[key] == f"letter:{key}":
            with reader.entry(letter, "letters", key):
                reader.letter(f"letter:{key}", letter, ("letters", key))
    for key, plan in form.plans.items():
        if known.things[key] == f"plan:{key}":
            with reader.entry(plan, "plans", key):
                reader.plan(f"plan:{key}", plan, ("plans", key))
    for number, relation in enumerate(form.relations):
        with reader.entry(relation, "relations", number):
            reader.relation(relation, ("relations", number))
    no_claims = []
    for number, nothing in enumerate(form.no_claim):
        with reader.at("no_claim", number):
            no_claims.append(NoClaim(located(nothing.quote, reader.page, "quote"), nothing.reason))
    if not reader.findings:
        for key in known.groups.keys() - groups_used(known.groups, [claim for claim, _ in reader.claims]):
            with reader.at("groups", key):
                raise Misread(f"no entry speaks of the group {key!r}")
    if reader.findings:
        raise FindingsError(reader.findings)
    return accepted_reading(page, reader.claims, known.groups, reader.labels, reader.series, tuple(no_claims))


class _Reader(Kept):
    """The entries of the file, in its order."""

    def event(self, id: str, entry: EventEntry, path: Path) -> None:
        """The event's own claim, and those of the entries inside it, which lean on its proof."""
        when, proof = ANY_DAY, None
        with self.entry(entry, *path):
            proof = proven(entry, self.page)
            said = time_of(entry.when, proof)
            when = bounds(said.edtf, said.convention) if said else ANY_DAY
            if entry.status == "held" and when.earliest and when.earliest > self.published:
                raise Misread(f"the page was published by {self.published}, before this can have been held", "status")
            self.add(
                EventClaim(
                    key=local_name(id),
                    event=id,
                    quotes=proof.all,
                    key_quotes=proof.own,
                    line=self.document.line(path),
                    kind=concept_of(self.known, "kind", entry.kind, "kind"),
                    status=status_of(self.known, entry.status, proof),
                    when=said,
                    place=place_of(self.known, entry.where, when, proof) if entry.where else None,
                    written=proof.require(entry.written, "written") if entry.written else None,
                    public=entry.public is not None,
                    topics=concepts_of(self.known, "topic", entry.topics, "topics"),
                    open_lists=lists_of(self.known, entry.open_list, proof),
                ),
            )
            if entry.series:
                self.series[id] = event_of(self.known, entry.series, "series", "series")
            if entry.extends:
                self.relate(path, id, "extends", event_of(self.known, entry.extends, "event", "extends"), proof)
        # Where the event itself is not proven, its entries are read on the page alone, and no more is said of that.
        outer, self.review = self.review, entry.review if self.review == "accepted" else self.review
        proof = proof or Proof(self.page.page, self.page.text, unproven=True)
        for number, part in enumerate(entry.participations):
            with self.entry(part, *path, "participations", number):
                self.participation(id, part, entry.status, when, proof, (*path, "participations", number))
        for number, audience in enumerate(entry.audiences):
            with self.entry(audience, *path, "audiences", number):
                self.audience(id, audience, when, proof, (*path, "audiences", number))
        for number, utterance in enumerate(entry.utterances):
            with self.entry(utterance, *path, "utterances", number):
                self.utterance(id, utterance, when, proof, (*path, "utterances", number))
        self.review = outer

    def participation(
        self, event: str, entry: ParticipationEntry, status: str | None, when: Bounds, above: Proof, path: Path
    ) -> None:
        proof = proven(entry, above)
        agents = agents_of(self.known, entry, when)
        written = words_for(self.known, agents, entry, proof)
        roles = concepts_of(self.known, "role", entry.role, "role")
        require_cues(self.known, roles, proof)
        post = post_of(self.known, entry.in_capacity, "as")
        check_posts(self.known, post, agents, when, proof, "as")
        # Neither candidates nor roles have an order: written in another one, they are the same claim.
        pairs = sorted(zip(agents, written, strict=True), key=lambda pair: pair[0].name)
        roles = tuple(sorted(roles))
        names = "-or-".join(local_name(agent.name).rpartition(".")[2] for agent, _ in pairs)
        self.add(
            ParticipationClaim(
                key=f"{local_name(event)}.{names}.{'-'.join(map(local_name, roles))}",
                event=event,
                quotes=proof.all,
                key_quotes=proof.own,
                line=self.document.line(path),
                agents=tuple(agent for agent, _ in pairs),
                at_least=entry.at_least,
                roles=roles,
                attendance=attendance_of(self.known, entry, roles, status),
                in_capacity=post,
                on_behalf_of=named_body(self.known, entry.on_behalf_of, when, proof, "on_behalf_of"),
                written=tuple(words for _, words in pairs),
                topics=concepts_of(self.known, "topic", entry.about, "about"),
            ),
        )

    def audience(self, event: str, entry: AudienceEntry, when: Bounds, above: Proof, path: Path) -> None:
        proof = proven(entry, above)
        key = f"{local_name(event)}.{_head(entry.words, proof)}"
        bodies = tuple(
            name
            for each in entry.drawn_from or ()
            if (name := named_body(self.known, each, when, proof.innermost, "drawn_from"))
        )
        label = Label(entry.label.nb, entry.label.en) if entry.label else Label(entry.words)
        words = proof.require(entry.words, "words")
        collective = Collective(f"audience:{self.page.page}.{key}", words, label, drawn_from=bodies)
        line = self.document.line(path)
        self.add(
            AudienceClaim(key=key, event=event, quotes=proof.all, key_quotes=proof.own, line=line, audience=collective)
        )

    def utterance(self, event: str, entry: UtteranceEntry, when: Bounds, above: Proof, path: Path) -> None:
        proof = proven(entry, above)
        author = person_of(self.known, entry.by, when, "by")
        name_in_proof(self.known, author, proof, "by")
        key = f"{local_name(event)}.{local_name(author)}.{_head(entry.says, proof)}"
        self.add(
            UtteranceClaim(
                key=key,
                id=f"utterance:{self.page.page}.{key}",
                event=event,
                author=author,
                words=proof.require(entry.says, "says"),
                quotes=proof.all,
                key_quotes=proof.own,
                line=self.document.line(path),
                topics=concepts_of(self.known, "topic", entry.about, "about"),
                open_lists=lists_of(self.known, entry.open_list, proof),
            ),
        )

    def letter(self, id: str, entry: LetterEntry, path: Path) -> None:
        proof = proven(entry, self.page)
        said = time_of(entry.when, proof)
        when = bounds(said.edtf, said.convention) if said else ANY_DAY
        sender = agent_of(self.known, entry.sender, when, "sender") if entry.sender else None
        if sender:
            refuse_choice(self.known, sender.name, proof, "sender")
            name_in_proof(self.known, sender.name, proof, "sender")
        post = post_of(self.known, entry.in_capacity, "as")
        check_posts(self.known, post, (sender,) if sender else (), when, proof, "as")
        recipients = [agent_of(self.known, name, when, "recipients") for name in entry.recipients or ()]
        for recipient in recipients:
            require_drawn(self.known, recipient, proof, "recipients")
            refuse_choice(self.known, recipient.name, proof, "recipients")
            name_in_proof(self.known, recipient.name, proof, "recipients")
        self.add(
            WorkClaim(
                key=local_name(id),
                work=id,
                kind="kind:letter",
                when=said,
                sender=sender,
                in_capacity=post,
                recipients=tuple(recipient.name for recipient in recipients),
                issuer=None,
                asks_for=proof.require(entry.asks_for, "asks_for") if entry.asks_for else None,
                quotes=proof.all,
                key_quotes=proof.own,
                line=self.document.line(path),
                topics=concepts_of(self.known, "topic", entry.topics, "topics"),
            ),
        )

    def plan(self, id: str, entry: PlanEntry, path: Path) -> None:
        proof = proven(entry, self.page)
        self.add(
            WorkClaim(
                key=local_name(id),
                work=id,
                kind="kind:action-plan",
                when=time_of(entry.when, proof),
                sender=None,
                in_capacity=None,
                recipients=(),
                issuer=named_body(self.known, entry.issuer, ANY_DAY, proof, "issuer"),
                asks_for=None,
                quotes=proof.all,
                key_quotes=proof.own,
                line=self.document.line(path),
                topics=concepts_of(self.known, "topic", entry.topics, "topics"),
            ),
        )

    def relation(self, entry: RelationEntry, path: Path) -> None:
        proof = proven(entry, self.page)
        subject, other = thing_of(self.known, entry.subject, "subject"), thing_of(self.known, entry.object, "object")
        if subject in self.known.against.registry.spellings:
            name_in_proof(self.known, subject, proof, "subject")
        named = other in self.known.against.registry.spellings
        written = name_in_proof(self.known, other, proof, "object") if named else None
        self.relate(path, subject, entry.relation, other, proof, written)

    def relate(
        self, path: Path, subject: str, relation: str, other: str, proof: Proof, written: str | None = None
    ) -> None:
        if subject == other:
            raise Misread(f"{local_name(subject)!r} cannot stand in a relation to itself", "object")
        if relation not in RELATIONS:
            raise Misread(f"{relation!r} is no relation.{did_you_mean(relation, RELATIONS)}", "relation")
        self.add(
            RelationClaim(
                key=f"{local_name(subject)}.{relation}.{local_name(other)}",
                subject=subject,
                relation=RELATIONS[relation],
                object=other,
                written=written,
                quotes=proof.all,
                key_quotes=proof.own,
                line=self.document.line(path),
            ),
        )


def _head(words: str, proof: Proof) -> str:
    """A readable key of the first words, with the place where they begin: other words may begin alike."""
    place = proof.place_of(words)
    return ".".join(part for part in (slug(" ".join(words.split()[:3])), str(place.start) if place else "") if part)


def declare(kept: Kept, form: ClaimsForm) -> None:
    """Every key of the file names one thing from now on, and has its label; what cannot be so is a finding."""
    sections: tuple[tuple[str, str, Mapping[str, EventEntry | LetterEntry | PlanEntry]], ...] = (
        ("series", "series", form.series),
        ("events", "event", form.events),
        ("letters", "letter", form.letters),
        ("plans", "plan", form.plans),
    )
    for section, kind, entries in sections:
        for key, entry in entries.items():
            with kept.at(section, key):
                kept.name(key, f"{kind}:{key}")
                kept.labels[f"{kind}:{key}"] = Label(entry.label.nb, entry.label.en)
    for key, group in form.groups.items():
        with kept.at("groups", key):
            kept.name(key, f"group:{kept.page.page}.{key}")
            kept.known.groups[key] = _group(kept, key, group, form)


def _group(kept: Kept, key: str, entry: GroupEntry, form: ClaimsForm) -> Collective:
    if entry.some_of is not None and entry.some_of not in form.groups:
        raise Misread(f"there is no group {entry.some_of!r}.{did_you_mean(entry.some_of, form.groups)}", "some_of")
    if entry.some_of == key:
        raise Misread(f"the group {key!r} cannot be some of itself", "some_of")
    found = find(entry.words, kept.page.text)
    if not found:
        near = nearest(entry.words, kept.page.text)
        hint = f"; the page has {near!r}" if near else ""
        raise Misread(f"the words {entry.words!r} are not in the page{hint}", "words")
    words = " ".join(kept.page.text.original[slice(*found[0])].split())
    return Collective(
        id=kept.known.things[key],
        words=words,
        label=Label(entry.label.nb, entry.label.en) if entry.label else Label(words),
        drawn_from=tuple(body_of(kept.known, name, ANY_DAY, "drawn_from") for name in entry.drawn_from or ()),
        some_of=f"group:{kept.page.page}.{entry.some_of}" if entry.some_of else None,
    )
