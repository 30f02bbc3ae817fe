"""Read letters, plans, and relations between things as claims, each with its proof."""

from graph.common.findings import did_you_mean
from graph.model.claims import RelationClaim, WorkClaim
from graph.model.edtf import ANY_DAY, bounds
from graph.model.iris import RELATIONS, local_name
from graph.sources.form.entries import LetterEntry, PlanEntry, RelationEntry
from graph.sources.pages.agents import (
    agent_of,
    check_posts,
    name_in_proof,
    named_body,
    post_of,
    refuse_choice,
    require_drawn,
)
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.pages.state import EntryPath, ReaderState
from graph.sources.pages.terms import concepts_of, proof_of, thing_of
from graph.sources.pages.when_where import time_of


def read_letter(state: ReaderState, id: str, entry: LetterEntry, path: EntryPath) -> None:
    """Add the claim of a letter."""
    proof = proof_of(entry, state.base_proof)
    said = time_of(state.context, entry.when, proof, state.source)
    when = bounds(said.edtf, said.convention) if said else ANY_DAY
    sender = agent_of(state.context, entry.sender, when, "sender") if entry.sender else None
    if sender:
        refuse_choice(state.context, sender.name, proof, "sender")
        name_in_proof(state.context, sender.name, proof, "sender")
    post = post_of(state.context, entry.in_capacity, "as")
    check_posts(state.context, post, (sender,) if sender else (), when, proof, "as")
    recipients = [agent_of(state.context, name, when, "recipients") for name in entry.recipients or ()]
    for recipient in recipients:
        require_drawn(state.context, recipient, proof, "recipients")
        refuse_choice(state.context, recipient.name, proof, "recipients")
        name_in_proof(state.context, recipient.name, proof, "recipients")
    state.add(
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
            line=state.document.line(path),
            topics=concepts_of(state.context, "topic", entry.topics, "topics"),
        ),
    )


def read_plan(state: ReaderState, id: str, entry: PlanEntry, path: EntryPath) -> None:
    """Add the claim of a plan."""
    proof = proof_of(entry, state.base_proof)
    state.add(
        WorkClaim(
            key=local_name(id),
            work=id,
            kind="kind:action-plan",
            when=time_of(state.context, entry.when, proof, state.source),
            sender=None,
            in_capacity=None,
            recipients=(),
            issuer=named_body(state.context, entry.issuer, ANY_DAY, proof, "issuer"),
            asks_for=None,
            quotes=proof.all,
            key_quotes=proof.own,
            line=state.document.line(path),
            topics=concepts_of(state.context, "topic", entry.topics, "topics"),
        ),
    )


def read_relation(state: ReaderState, entry: RelationEntry, path: EntryPath) -> None:
    """Add the claim of a relation between two things."""
    proof = proof_of(entry, state.base_proof)
    subject, other = thing_of(state.context, entry.subject, "subject"), thing_of(state.context, entry.object, "object")
    if subject in state.context.background.registry.spellings:
        name_in_proof(state.context, subject, proof, "subject")
    named = other in state.context.background.registry.spellings
    written = name_in_proof(state.context, other, proof, "object") if named else None
    add_relation(state, path, subject, entry.relation, other, proof, written)


def add_relation(
    state: ReaderState,
    path: EntryPath,
    subject: str,
    relation: str,
    other: str,
    proof: Proof,
    written: str | None = None,
) -> None:
    """Add the claim that one thing stands in a relation to another. Raise EntryError where it cannot."""
    if subject == other:
        raise EntryError(f"{local_name(subject)!r} cannot stand in a relation to itself", "object")
    if relation not in RELATIONS:
        raise EntryError(f"{relation!r} is no relation.{did_you_mean(relation, RELATIONS)}", "relation")
    state.add(
        RelationClaim(
            key=f"{local_name(subject)}.{relation}.{local_name(other)}",
            subject=subject,
            relation=RELATIONS[relation],
            object=other,
            as_written=written,
            quotes=proof.all,
            key_quotes=proof.own,
            line=state.document.line(path),
        ),
    )
