"""Claims: what a curator wrote about a page -> records, each with its proof, each word of it checked.

An entry that cannot be understood becomes a finding; the others are still read, so that all findings come at once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.background import Background
from graph.dates import ANY_DAY, Bounds, bounds, contradiction, years
from graph.entries import (
    AgentEntry,
    AudienceEntry,
    ClaimsForm,
    EventEntry,
    GroupEntry,
    HolderEntry,
    LetterEntry,
    ParticipationEntry,
    PlanEntry,
    Proven,
    RelationEntry,
    UtteranceEntry,
    WhenEntry,
    WhereEntry,
)
from graph.findings import Finding, Findings, did_you_mean
from graph.mentions import Mention, first_word, mentions
from graph.names import RELATIONS, local, slug
from graph.proofs import Misread, Proof, located
from graph.quotes import Passages
from graph.reading import Document
from graph.records import (
    Agent,
    AudienceClaim,
    Claim,
    Collective,
    EventClaim,
    Label,
    NoClaim,
    Page,
    ParticipationClaim,
    Place,
    Reading,
    RelationClaim,
    UtteranceClaim,
    When,
    WorkClaim,
)
from graph.registry import find_agent, find_municipality, find_post, holding_of

Path = tuple[int | str, ...]


def understand(form: ClaimsForm, document: Document, page: Page, text: Passages, against: Background) -> Reading:
    """The claims of a page as records; a Findings error names every entry that cannot be understood."""
    reader = _Reader(document, Proof(page.id, text), against, mentions(text, against.names))
    reader.declare(form)
    for section, entries in (("series", form.series), ("events", form.events)):
        for key, event in entries.items():
            reader.event(reader.things[key], event, (section, key))
    for key, letter in form.letters.items():
        with reader.entry(letter, "letters", key):
            reader.letter(reader.things[key], letter, ("letters", key))
    for key, plan in form.plans.items():
        with reader.entry(plan, "plans", key):
            reader.plan(reader.things[key], plan, ("plans", key))
    for number, relation in enumerate(form.relations):
        with reader.entry(relation, "relations", number):
            reader.relation(relation, ("relations", number))
    no_claims = []
    for number, nothing in enumerate(form.no_claim):
        with reader.at("no_claim", number):
            no_claims.append(NoClaim(located(nothing.quote, "quote", reader.page), nothing.reason))
    if reader.findings:
        raise Findings(reader.findings)
    return Reading(
        page=page,
        claims=tuple(claim for claim, review in reader.claims if review == "accepted"),
        groups=tuple(reader.groups.values()),
        labels=reader.labels,
        series=reader.series,
        no_claims=tuple(no_claims),
        reviews=Counter(review for _, review in reader.claims),
    )


@dataclass
class _Reader:
    """What has been read of one page so far. It lives only inside ``understand``."""

    document: Document
    page: Proof
    against: Background
    mentions: list[Mention]
    claims: list[tuple[Claim, str]] = field(default_factory=list)
    groups: dict[str, Collective] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    review: str = "accepted"
    findings: list[Finding] = field(default_factory=list)

    # --- the entries of the file, in its order

    def declare(self, form: ClaimsForm) -> None:
        """Every key of the file names one thing, whose label is ours."""
        sections: tuple[tuple[str, str, Mapping[str, EventEntry | LetterEntry | PlanEntry]], ...] = (
            ("series", "series", form.series),
            ("events", "event", form.events),
            ("letters", "letter", form.letters),
            ("plans", "plan", form.plans),
        )
        for section, kind, entries in sections:
            for key, entry in entries.items():
                with self.at(section, key):
                    if key in self.things:
                        raise Misread(f"{key!r} already names {self.things[key]}; one id is one thing")
                self.things.setdefault(key, f"{kind}:{key}")
                self.labels[f"{kind}:{key}"] = Label(entry.label.nb, entry.label.en)
        for key, group in form.groups.items():
            with self.at("groups", key):
                if key in self.things:
                    raise Misread(f"{key!r} already names {self.things[key]}; one id is one thing")
                self.groups[key] = self.group(key, group, form)

    def group(self, key: str, entry: GroupEntry, form: ClaimsForm) -> Collective:
        if entry.some_of is not None and entry.some_of not in form.groups:
            raise Misread(f"there is no group {entry.some_of!r}.{did_you_mean(entry.some_of, form.groups)}", "some_of")
        return Collective(
            id=f"group:{self.page.page}.{key}",
            words=entry.words,
            label=Label(entry.label.nb, entry.label.en) if entry.label else Label(entry.words),
            drawn_from=tuple(self.body(name, ANY_DAY, "drawn_from") for name in entry.drawn_from or ()),
            some_of=f"group:{self.page.page}.{entry.some_of}" if entry.some_of else None,
        )

    def event(self, id: str, entry: EventEntry, path: Path) -> None:
        """The event's own claim, and those of the entries inside it, which lean on its proof."""
        when, proof = ANY_DAY, self.page
        with self.entry(entry, *path):
            proof = self.proof(entry, self.page)
            said = self.when(entry.when, proof)
            when = bounds(said.edtf, said.convention) if said else ANY_DAY
            self.add(
                path,
                EventClaim(
                    key=local(id),
                    event=id,
                    quotes=proof.all,
                    line=self.document.line(path),
                    kind=self.concept("kind", entry.kind, "kind"),
                    status=self.concept("status", entry.status, "status") if entry.status else None,
                    when=said,
                    place=self.place(entry.where, when, proof) if entry.where else None,
                    public=entry.public is not None,
                    topics=self.concepts("topic", entry.topics, "topics"),
                    open_lists=self.concepts("list", entry.open_list, "open_list"),
                ),
            )
            if entry.series:
                self.series[id] = self.thing(entry.series, "series")
            if entry.extends:
                self.relate(path, id, "extends", self.thing(entry.extends, "extends"), proof)
        outer = self.review
        if entry.review != "accepted":
            self.review = entry.review
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
        proof = self.proof(entry, above)
        agents = self.agents(entry, when)
        written = self.written(agents, entry, proof)
        roles = self.concepts("role", entry.role, "role")
        post = find_post(self.against.registry, entry.in_capacity) if entry.in_capacity else None
        if post:
            self.check_post(post, agents, when, proof)
        names = "-or-".join(local(agent.name).rpartition(".")[2] for agent in agents)
        self.add(
            path,
            ParticipationClaim(
                key=f"{local(event)}.{names}.{'-'.join(map(local, roles))}",
                event=event,
                quotes=proof.all,
                line=self.document.line(path),
                agents=agents,
                at_least=entry.at_least,
                roles=roles,
                attendance=self.attendance(entry, roles, status),
                in_capacity=post,
                on_behalf_of=self.named_body(entry.on_behalf_of, when, proof, "on_behalf_of"),
                written=written,
                topics=self.concepts("topic", entry.about, "about"),
            ),
        )

    def audience(self, event: str, entry: AudienceEntry, when: Bounds, above: Proof, path: Path) -> None:
        proof = self.proof(entry, above)
        key = f"{local(event)}.{_head(entry.words)}"
        bodies = tuple(
            name for each in entry.drawn_from or () if (name := self.named_body(each, when, proof, "drawn_from"))
        )
        label = Label(entry.label.nb, entry.label.en) if entry.label else Label(entry.words)
        words = proof.require(entry.words, "words")
        collective = Collective(f"audience:{self.page.page}.{key}", words, label, drawn_from=bodies)
        line = self.document.line(path)
        self.add(path, AudienceClaim(key=key, event=event, quotes=proof.all, line=line, audience=collective))

    def utterance(self, event: str, entry: UtteranceEntry, when: Bounds, above: Proof, path: Path) -> None:
        proof = self.proof(entry, above)
        author = find_agent(self.against.registry, entry.by, when)
        self.require_name(author, proof, "by")
        key = f"{local(event)}.{local(author)}.{_head(entry.says)}"
        self.add(
            path,
            UtteranceClaim(
                key=key,
                id=f"utterance:{self.page.page}.{key}",
                event=event,
                author=author,
                words=proof.require(entry.says, "says"),
                quotes=proof.all,
                line=self.document.line(path),
                topics=self.concepts("topic", entry.about, "about"),
                open_lists=self.concepts("list", entry.open_list, "open_list"),
            ),
        )

    def letter(self, id: str, entry: LetterEntry, path: Path) -> None:
        proof = self.proof(entry, self.page)
        said = self.when(entry.when, proof)
        when = bounds(said.edtf, said.convention) if said else ANY_DAY
        sender = self.agent(entry.sender, when, "sender") if entry.sender else None
        if sender:
            self.require_name(sender.name, proof, "sender")
        post = find_post(self.against.registry, entry.in_capacity) if entry.in_capacity else None
        if post and sender:
            self.check_post(post, (sender,), when, proof)
        recipients = [self.agent(name, when, "recipients") for name in entry.recipients or ()]
        for recipient in recipients:
            self.require_name(recipient.name, proof, "recipients")
        self.add(
            path,
            WorkClaim(
                key=local(id),
                work=id,
                kind="kind:letter",
                when=said,
                sender=sender,
                in_capacity=post,
                recipients=tuple(recipient.name for recipient in recipients),
                issuer=None,
                asks_for=proof.require(entry.asks_for, "asks_for") if entry.asks_for else None,
                quotes=proof.all,
                line=self.document.line(path),
                topics=self.concepts("topic", entry.topics, "topics"),
            ),
        )

    def plan(self, id: str, entry: PlanEntry, path: Path) -> None:
        proof = self.proof(entry, self.page)
        self.add(
            path,
            WorkClaim(
                key=local(id),
                work=id,
                kind="kind:action-plan",
                when=self.when(entry.when, proof),
                sender=None,
                in_capacity=None,
                recipients=(),
                issuer=self.named_body(entry.issuer, ANY_DAY, proof, "issuer"),
                asks_for=None,
                quotes=proof.all,
                line=self.document.line(path),
                topics=self.concepts("topic", entry.topics, "topics"),
            ),
        )

    def relation(self, entry: RelationEntry, path: Path) -> None:
        proof = self.proof(entry, self.page)
        subject, other = self.thing(entry.subject, "subject"), self.thing(entry.object, "object")
        known = other in self.against.registry.spellings
        self.relate(
            path, subject, entry.relation, other, proof, self.require_name(other, proof, "object") if known else None
        )

    def relate(
        self, path: Path, subject: str, relation: str, other: str, proof: Proof, written: str | None = None
    ) -> None:
        if relation not in RELATIONS:
            raise Misread(f"{relation!r} is no relation.{did_you_mean(relation, RELATIONS)}", "relation")
        self.add(
            path,
            RelationClaim(
                key=f"{local(subject)}.{relation}.{local(other)}",
                subject=subject,
                relation=RELATIONS[relation],
                object=other,
                written=written,
                quotes=proof.all,
                line=self.document.line(path),
            ),
        )

    # --- the words of an entry

    def proof(self, entry: Proven, above: Proof) -> Proof:
        proof = above.with_quotes(entry.quote or (), entry.context or ())
        if not proof.quotes:
            raise Misread("no quote proves this entry; add quote: with words of the page")
        return proof

    def when(self, entry: WhenEntry | None, proof: Proof) -> When | None:
        if entry is None:
            return None
        try:
            bounds(entry.edtf, entry.convention)
            conflict = contradiction(entry.said, entry.edtf)
        except ValueError as error:
            raise Misread(str(error), "when", "edtf") from error
        if conflict:
            raise Misread(conflict, "when", "edtf")
        proof.require(entry.said, "when", "said")
        unproven = [year for year in years(entry.edtf) if not proof.says(year)]
        if unproven:
            raise Misread(f"no quote of this entry says {unproven[0]}; add context: with words that do", "when", "edtf")
        return When(entry.edtf, entry.said, entry.reading, entry.convention)

    def place(self, entry: WhereEntry, when: Bounds, proof: Proof) -> Place:
        try:
            area = find_municipality(self.against.registry, entry.municipality, entry.county, when)
        except LookupError as error:
            raise Misread(str(error), "where", "municipality") from error
        if entry.written:
            return Place(area, proof.require(entry.written, "where", "written"))
        name = self.against.registry.areas[area].name
        place = proof.place_of(name) or proof.place_of(f"{name}s")
        if place is None:
            raise Misread(f"no quote of this entry names {name}; add written: with the page's word", "where")
        return Place(area, name)

    def agents(self, entry: ParticipationEntry, when: Bounds) -> tuple[Agent, ...]:
        if (entry.agent is None) == (entry.candidates is None):
            raise Misread("write either agent: or candidates:")
        if entry.agent is not None:
            if entry.at_least is not None:
                raise Misread("at_least: belongs to candidates:", "at_least")
            return (self.agent(entry.agent, when, "agent"),)
        candidates = tuple(self.agent(each, when, "candidates") for each in entry.candidates or ())
        if len(set(candidates)) < 2:
            raise Misread("candidates are two or more; write agent: for one", "candidates")
        if entry.at_least is None:
            raise Misread("at_least: is missing; how many of the candidates took part?", "candidates")
        if entry.at_least >= len(candidates):
            raise Misread("all of these took part then; write an entry with agent: for each", "at_least")
        return candidates

    def agent(self, entry: AgentEntry, when: Bounds, *path: int | str) -> Agent:
        try:
            if isinstance(entry, HolderEntry):
                return Agent(holder_of=find_post(self.against.registry, entry.holder_of))
            if entry in self.groups:
                return Agent(id=self.groups[entry].id)
            return Agent(id=find_agent(self.against.registry, entry, when))
        except LookupError as error:
            hint = did_you_mean(entry, self.groups) if isinstance(entry, str) and "Did you" not in str(error) else ""
            raise Misread(f"{error}{hint}", *path) from error

    def body(self, name: str, when: Bounds, *path: int | str) -> str:
        agent = self.agent(name, when, *path)
        if agent.id is None or not agent.id.startswith("organisation:"):
            raise Misread(f"{name!r} is no body", *path)
        return agent.id

    def named_body(self, name: str | None, when: Bounds, proof: Proof, *path: int | str) -> str | None:
        if name is None:
            return None
        body = self.body(name, when, *path)
        self.require_name(body, proof, *path)
        return body

    def written(self, agents: tuple[Agent, ...], entry: ParticipationEntry, proof: Proof) -> tuple[str, ...]:
        """The page's words for each agent: as ``written:`` says, or a spelling of the registry in the proof."""
        if entry.written:
            if len(entry.written) != len(agents):
                raise Misread(f"written: has {len(entry.written)} names for {len(agents)} agents", "written")
            return tuple(proof.require(words, "written") for words in entry.written)
        return tuple(self.require_name(agent.name, proof, "agent") for agent in agents)

    def require_name(self, id: str, proof: Proof, *path: int | str) -> str:
        """How the proof names somebody; Misread where it does not."""
        group = next((group for group in self.groups.values() if group.id == id), None)
        if group:
            return proof.require(group.words, *path)
        own = Proof(proof.page, proof.text, proof.quotes[-1:])
        names = own.names(self.mentions, id) or proof.names(self.mentions, id)
        if not names:
            known = ", ".join(self.against.registry.spellings.get(id, ()))
            raise Misread(
                f"no quote of this entry names {id} (known spellings: {known}); quote it, or add written:", *path
            )
        return names[0]

    def check_post(self, post: str, agents: tuple[Agent, ...], when: Bounds, proof: Proof) -> None:
        """The page gives the title, and its bearer held or may have held the post at the time."""
        registry, person = self.against.registry, agents[0].id
        if len(agents) != 1 or person not in registry.people:
            raise Misread("as: belongs to a person named in agent:", "as")
        title = first_word(registry.posts[post].label.nb)
        if not proof.says(title):
            raise Misread(f"no quote of this entry says {title!r}; quote the words that give the title", "as")
        held = [holding for holding in registry.posts[post].holders if holding.person == person]
        if not any(holding_of(holding, when) != "no" for holding in held):
            known = (
                "; ".join(" ".join(holding.reported) or "dates not known" for holding in held)
                or "never, as far as known"
            )
            raise Misread(f"{person} did not hold {post} at the time (held: {known})", "as")

    def attendance(self, entry: ParticipationEntry, roles: tuple[str, ...], status: str | None) -> str | None:
        """As the page says; else whoever has an attending role was there if it was held, and is expected if planned."""
        if entry.attendance:
            return self.concept("attendance", entry.attendance, "attendance")
        if not any(self.against.vocabulary["role"][local(role)].implies_attendance for role in roles):
            return None
        return {"held": "attendance:present", "planned": "attendance:expected"}.get(status or "")

    def concept(self, scheme: str, name: str, *path: int | str) -> str:
        known = self.against.vocabulary[scheme]
        if name not in known:
            raise Misread(f"{name!r} is no {scheme}.{did_you_mean(name, known)}", *path)
        return known[name].id

    def concepts(self, scheme: str, names: tuple[str, ...] | None, *path: int | str) -> tuple[str, ...]:
        return tuple(self.concept(scheme, name, *path) for name in names or ())

    def thing(self, name: str, *path: int | str) -> str:
        """An event, series, letter, plan or body by its key; one that another page speaks of as ``event:key``."""
        kind, colon, key = name.partition(":")
        if colon and kind in ("event", "series", "letter", "plan") and key:
            return name
        if name in self.things:
            return self.things[name]
        try:
            return find_agent(self.against.registry, name)
        except LookupError as error:
            hint = did_you_mean(name, self.things)
            raise Misread(f"{name!r} is nothing that this file or the registry names.{hint}", *path) from error

    # --- keeping what was read

    def add(self, path: Path, claim: Claim) -> None:
        if any(claim.key == other.key and type(claim) is type(other) for other, _ in self.claims):
            raise Misread(f"{claim.key!r} is claimed twice on this page; put both quotes into one entry")
        self.claims.append((claim, self.review))

    @contextmanager
    def at(self, *path: int | str) -> Iterator[None]:
        """What goes wrong inside becomes a finding on the line of this path."""
        try:
            yield
        except Misread as error:
            self.findings.append(self.document.finding((*path, *error.path), str(error)))
        except (LookupError, ValueError) as error:
            self.findings.append(self.document.finding(path, str(error)))

    @contextmanager
    def entry(self, entry: Proven, *path: int | str) -> Iterator[None]:
        """As ``at``, for an entry that may not be accepted; what stands inside a proposal is no more than proposed."""
        outer = self.review
        if self.review == "accepted":
            self.review = entry.review
        with self.at(*path):
            yield
        self.review = outer


def _head(words: str) -> str:
    """A readable key of the first words."""
    return slug(" ".join(words.split()[:5]))
