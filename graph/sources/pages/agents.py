"""Resolve agents: whom the words of an entry mean, in which office, and that the proof names them and nobody else.

Each function returns a compact name or a record, or raises EntryError with a sentence for the curator.
"""

from collections.abc import Iterable

from graph.model.claims import Agent, Collective, Inference
from graph.model.edtf import Bounds
from graph.model.iris import local_name
from graph.model.sources import Source, TextSelector
from graph.registry.lookup import find_agent, find_post, holding_certainty
from graph.sources.form.entries import AgentEntry, CandidateEntry, HolderEntry, InferredBodyEntry, ParticipationEntry
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import DependentError, EntryError, Proof
from graph.sources.pages.inferences import check_agent, inference_of
from graph.sources.pages.state import ReaderState
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention, first_word
from graph.sources.text.quotes import find_within, words_at


def agents_of(context: PageContext, entry: ParticipationEntry, when: Bounds) -> tuple[Agent, ...]:
    """Return the one agent of an entry, or its candidates: two or more, not all of whom need to have taken part."""
    if (entry.agent is None) == (entry.candidates is None):
        raise EntryError("write either agent: or candidates:")
    if entry.agent is not None:
        if entry.at_least is not None:
            raise EntryError("at_least: belongs to candidates:", "at_least")
        return (agent_of(context, entry.agent, when, "agent"),)
    candidates = tuple(_candidate_of(context, each, when) for each in entry.candidates or ())
    names = [each.name for each in candidates]
    if len(set(names)) < 2:
        raise EntryError("candidates are two or more; write agent: for one", "candidates")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise EntryError(f"{local_name(twice)!r} stands there twice", "candidates")
    if entry.at_least is None:
        raise EntryError("at_least: is missing; how many of the candidates took part?", "candidates")
    if entry.at_least >= len(candidates):
        raise EntryError("all of these took part then; write an entry with agent: for each", "at_least")
    return candidates


def _candidate_of(context: PageContext, entry: AgentEntry | CandidateEntry, when: Bounds) -> Agent:
    if not isinstance(entry, CandidateEntry):
        return agent_of(context, entry, when, "candidates")
    post = post_of(context, entry.in_capacity, "candidates")
    return agent_of(context, entry.agent, when, "candidates")._replace(in_capacity=post)


# What to do about somebody whom neither the registry nor the page's own file names.
_ENTER_IT = " Somebody whom only this page names is entered under people: or bodies:"


def agent_of(context: PageContext, entry: AgentEntry, when: Bounds, *path: int | str) -> Agent:
    """Return a person, a body, a group of this file, or whoever holds a post."""
    try:
        if isinstance(entry, HolderEntry):
            return Agent(holder_of=_post(context, entry.holder_of))
        if context.things.get(entry, "").startswith(("person:", "organisation:")):
            return Agent(id=find_agent(context.background.registry, local_name(context.things[entry]), when))
        if entry not in context.groups and context.things.get(entry, "").startswith("group:"):
            raise DependentError
        if entry in context.groups:
            for body in context.groups[entry].drawn_from:
                _require_existing(context, body, when, f"the group {entry!r} is drawn from ")
            return Agent(id=context.groups[entry].id)
        own = [key for key, id in context.things.items() if id.startswith(("person:", "organisation:"))]
        return Agent(id=find_agent(context.background.registry, entry, when, [*own, *context.groups]))
    except LookupError as error:
        unknown = " is no person or body " in str(error)
        raise EntryError(f"{error}{_ENTER_IT if unknown else ''}", *path) from error


def _require_existing(context: PageContext, body: str, when: Bounds, whose: str) -> None:
    try:
        find_agent(context.background.registry, local_name(body), when)
    except LookupError as error:
        raise LookupError(f"{whose}{error}") from error


def body_of(context: PageContext, name: str, when: Bounds, *path: int | str) -> str:
    """Return the body of that id or name which existed at the time."""
    agent = agent_of(context, name, when, *path)
    if agent.id is None or not agent.id.startswith("organisation:"):
        raise EntryError(f"{name!r} is no body", *path)
    return agent.id


def named_body(context: PageContext, name: str | None, when: Bounds, proof: Proof, *path: int | str) -> str | None:
    """Return the body of that id or name. Raise EntryError where the proof does not name it."""
    if name is None:
        return None
    body = body_of(context, name, when, *path)
    name_in_proof(context, body, proof, *path)
    return body


def body_meant(
    context: PageContext,
    entry: str | InferredBodyEntry | None,
    when: Bounds,
    proof: Proof,
    source: Source,
    *path: int | str,
) -> tuple[str | None, Inference | None]:
    """Return the body of an entry, and from what its reader inferred it where the words do not name it."""
    if entry is None or isinstance(entry, str):
        return named_body(context, entry, when, proof, *path), None
    body = body_of(context, entry.body, when, *path, "body")
    if entry.inferred_from is None:
        name_in_proof(context, body, proof, *path)
    check_agent(context, body, entry, source, *path, "from")
    return body, inference_of(entry, *path)


def person_of(context: PageContext, name: str, when: Bounds, *path: int | str) -> str:
    """Return the person of that id or name."""
    person = agent_of(context, name, when, *path).id
    if person not in context.background.registry.people:
        raise EntryError(f"{name!r} is no person of the registry", *path)
    return person


def words_for(
    context: PageContext, agents: tuple[Agent, ...], entry: ParticipationEntry, proof: Proof
) -> tuple[str, ...]:
    """Return the page's words for each agent: those of ``written:``, or a spelling of the registry in the proof."""
    key = "agent" if len(agents) == 1 else "candidates"
    for agent in agents:
        if key == "agent" and not entry.written:
            refuse_choice(context, agent.name, proof, key)
        require_drawn(context, agent, proof, key)
    if entry.inferred_from and not entry.written:
        return ()
    if entry.written:
        if len(entry.written) != len(agents):
            raise EntryError(f"written: has {len(entry.written)} names for {len(agents)} agents", "written")
        return tuple(
            _words_of_page(context, agent, words, proof) for agent, words in zip(agents, entry.written, strict=True)
        )
    return tuple(name_in_proof(context, agent.name, proof, key) for agent in agents)


def _words_of_page(context: PageContext, agent: Agent, words: str, proof: Proof) -> str:
    """Return the page's words for an agent. Raise EntryError where they are the name of somebody else."""
    written = proof.require(words, "written")
    registry, group = context.background.registry, _group(context, agent.name)
    own = {agent.name, *(group.drawn_from if group else ())}
    own |= {id for id, post in registry.posts.items() if agent.name in (id, *(each.person for each in post.holders))}
    own |= {body for id in own if id in registry.posts and (body := registry.posts[id].organisation)}
    place = proof.locate(words)
    for each in context.mentions:
        if place and place.start <= each.start and each.end <= place.end and not each.meanings & own:
            name, meanings = proof.text.original[each.start : each.end], " or ".join(sorted(each.meanings))
            raise EntryError(f"{name!r} is {meanings}, not {agent.name}", "written")
    if place and any(choice.span[0] <= place.start and place.end <= choice.span[1] for choice in context.alternatives):
        raise EntryError(f"the page says {words!r} only as one of several; write candidates:", "written")
    return written


def evidence_for(
    state: ReaderState,
    agents: tuple[Agent, ...],
    written: tuple[str, ...],
    quotes_own: bool,
    proof: Proof,
    bodies: Iterable[str | None] = (),
    post: str | None = None,
) -> Proof:
    """Return the proof of a participation, whose own quotes are those that name one of the agents.

    Of the event's quotes, only these prove a participation. Of the entry's own, one at least names an agent, an office
    that the entry gives them, or their group, or has the words of ``written:``; the others may say "hun", and prove too
    unless they name others and neither the agents nor the ``bodies`` that the entry gives them, which they come from or
    act for. Raise EntryError where no quote is left.
    """
    context = state.context
    ids = {agent.name for agent in agents}
    named = naming_places(context, agents, written, proof, post)
    own_ids = ids.union(filter(None, bodies))
    others = [
        (each.start, each.end)
        for each in proof.within(context.mentions)
        if _is_actor(each) and not each.meanings & own_ids
    ]
    others += [(each.start, each.end) for each in proof.within(state.unknown_names)]
    naming = tuple(quote for quote in proof.own if _holds_any(quote, named))
    if not quotes_own:
        if not naming:
            raise EntryError(f"no quote of this entry names {' or '.join(sorted(ids))}; only its context does", "agent")
        return proof._replace(quotes=naming, own=naming)
    own = tuple(quote for quote in proof.own if quote in naming or not _holds_any(quote, others))
    if not naming and not proof.unproven:
        who = " or ".join(sorted(ids))
        message = (
            f"no quote of this entry names {who}" if own else f"the quotes of this entry name others, and not {who}"
        )
        raise EntryError(f"{message}; quote words that do, or give the page's word for them as written:", "quote")
    return proof._replace(own=own)


def naming_places(
    context: PageContext, agents: tuple[Agent, ...], written: tuple[str, ...], proof: Proof, post: str | None
) -> list[Span]:
    """Return where the proof has a word for one of the agents.

    It is a name, an office that the entry gives them, the words for their group, or those of ``written:``.
    """
    ids = {agent.name for agent in agents}.union(filter(None, (post, *(agent.in_capacity for agent in agents))))
    words = [*written, *(group.words for group in context.groups.values() if group.id in ids)]
    named = [(each.start, each.end) for each in proof.within(context.mentions) if each.meanings & ids]
    return named + [
        place
        for each in words
        for quote in proof.all
        for place in find_within(each, proof.text, quote.start, quote.end)
    ]


def origin_told(context: PageContext, agents: Iterable[Agent], body: str, proof: Proof) -> str | None:
    """Return the words by which the proof says that an agent comes from a body; None where there are none.

    "Henrik Dahl fra HL-senteret" says where he comes from, and not that he is there for it.
    """
    ids, page = {agent.name for agent in agents}, proof.text.original
    near = list(proof.within(context.mentions))
    for who in near:
        for where in near:
            if who.meanings & ids and body in where.meanings:
                between = page[who.end : where.start].strip(" ,\n").casefold()
                if between in context.language.origin_words:
                    return " ".join(page[who.start : where.end].split())
    return None


def _is_actor(mention: Mention) -> bool:
    return any(id.startswith(("person:", "organisation:")) for id in mention.meanings)


def _holds_any(quote: TextSelector, places: Iterable[tuple[int, int]]) -> bool:
    return any(quote.start <= start and end <= quote.end for start, end in places)


def name_in_proof(context: PageContext, id: str, proof: Proof, *path: int | str) -> str:
    """Return the words by which the proof names somebody. Raise EntryError where it does not."""
    group = _group(context, id)
    if group:
        return proof.require(group.words, *path)
    own = Proof(proof.source, proof.text, proof.own)
    names = own.names(context.mentions, id) or proof.names(context.mentions, id)
    if not names and proof.unproven:
        raise DependentError
    if not names:
        spellings = ", ".join(context.background.registry.spellings.get(id, ()))
        mend = "quote it, or add written:" if path[:1] in (("agent",), ("candidates",)) else "quote words that do"
        if path and path[0] in ("of_body", "on_behalf_of"):
            mend = f"{mend}, or write {path[0]}: {{body: …, from: publisher}} (or title, url, source)"
        raise EntryError(f"no quote of this entry names {id} (spelt {spellings}); {mend}", *path)
    return names[0]


def require_drawn(context: PageContext, agent: Agent, proof: Proof, *path: int | str) -> None:
    """Raise EntryError where neither a quote of the entry nor a group's words name a body that it is drawn from."""
    group = _group(context, agent.name)
    if group is None or proof.unproven:
        return
    wider = [each for each in context.groups.values() if each.id == group.some_of]
    for each in (group, *wider):
        for body in each.drawn_from:
            if not proof.innermost.names(context.mentions, body):
                key = each.id.partition(".")[2]
                raise EntryError(f"the group {key!r} is drawn from {body}, which no quote of this entry names", *path)


def refuse_choice(context: PageContext, id: str, proof: Proof, *path: int | str) -> None:
    """Raise EntryError where the proof names somebody only as one of several alternatives: "A og/eller B"."""
    near = [each for each in proof.within(context.mentions) if id in each.meanings]
    tellings = [each for each in near if proof.owns(each.start, each.end)] or near
    left_open = [choice for each in tellings for choice in context.alternatives if each in choice.names]
    if tellings and all(any(each in choice.names for choice in left_open) for each in tellings):
        words = words_at(proof.text, *left_open[0].span)
        raise EntryError(
            f"the quotes say {words!r}, one or another; write candidates:, or list that in no_claim", *path
        )


def _group(context: PageContext, id: str) -> Collective | None:
    return next((group for group in context.groups.values() if group.id == id), None)


def post_of(context: PageContext, name: str | None, *path: int | str) -> str | None:
    """Return the post that ``as:`` names."""
    try:
        return _post(context, name) if name else None
    except LookupError as error:
        raise EntryError(str(error), *path) from error


def _post(context: PageContext, name: str) -> str:
    """Return the post of that key on the page, or of that id or name in the registry. Raise LookupError."""
    own = context.things.get(name, "")
    return own if own.startswith("post:") else find_post(context.background.registry, name)


def check_posts(
    context: PageContext, post: str | None, agents: tuple[Agent, ...], when: Bounds, proof: Proof, *path: int | str
) -> None:
    """Raise EntryError where an agent or a candidate cannot have held the post that the entry gives."""
    if post and len(agents) > 1:
        raise EntryError("as: belongs to one person; write {agent: …, as: …} among the candidates", *path)
    if post and agents:
        _check_post(context, post, agents[0], when, proof, *path)
    for agent in agents:
        if agent.in_capacity:
            _check_post(context, agent.in_capacity, agent, when, proof, "candidates")


def _check_post(context: PageContext, post: str, agent: Agent, when: Bounds, proof: Proof, *path: int | str) -> None:
    """Raise EntryError where the page does not give the title, or the person cannot have held the post at the time."""
    registry, person = context.background.registry, agent.id
    if person not in registry.people:
        raise EntryError("as: belongs to a person whom the page names", *path)
    title = first_word(registry.posts[post].label.nb)
    if not proof.contains(title) and proof.unproven:
        raise DependentError
    if not proof.contains(title):
        raise EntryError(f"no quote of this entry says {title!r}; quote the words that give the title", *path)
    held = [holding for holding in registry.posts[post].holders if holding.person == person]
    if not any(holding_certainty(holding, when) != "no" for holding in held):
        spans = "; ".join(" ".join(holding.reported) for holding in held) or "never, as far as known"
        raise EntryError(f"{person} did not hold {post} at the time (held: {spans})", *path)
