"""``motegraf same --against``: whom a reconciliation service holds things for, as proposals in words or as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from graph.cli.options import interruptible
from graph.cli.target import Target, open_target, terminal_notifier
from graph.model.labels import Label, interface_language

if TYPE_CHECKING:
    from graph.identity.service_client import ServiceCandidate, ServiceProposal
    from graph.identity.things import Thing

DEFAULT_TIMEOUT = 30.0
_NOBODY = Label("ingen kandidat", "no candidate")
_CERTAIN = Label("sikkert, ifølge tjenesten", "certain, the service says")


def list_service_candidates(
    url: str,
    type_id: str | None,
    kinds: Sequence[str],
    limit: int,
    timeout: float | None,
    as_json: bool,
    lang: str,
    target: Target,
) -> None:
    """Print whom a service holds the things of a build for: of the ``limit`` with most events, of all where it is 0."""
    from graph.common.text import pluralize
    from graph.identity.service_client import candidates_from_service
    from graph.identity.things import things_of

    run, prefixes = open_target(target)
    things = sorted(things_of(run, kinds), key=lambda thing: (-len(thing.events), thing.id))
    chosen = [thing for thing in things if thing.names][: limit or None]
    if not target.quiet:
        more = f", of {len(things):,} (--limit)" if len(chosen) < len(things) else ""
        click.echo(f"sending {pluralize(len(chosen), 'name')}{more}, and nothing else, to the service", err=True)
    seconds, notify = timeout or DEFAULT_TIMEOUT, terminal_notifier(target.quiet)
    with interruptible():
        proposals = candidates_from_service(url, chosen, type_id, timeout=seconds, notify=notify)
        if as_json:
            # Nothing is printed where the last answer is missing: half an object is none.
            click.echo(_document([*proposals], prefixes), nl=False)
            return
        for line in _lines(proposals, interface_language(lang)):
            click.echo(line)


def _lines(proposals: "Iterable[ServiceProposal]", lang: str) -> Iterator[str]:
    from graph.common.text import escape_control

    for proposal in proposals:
        yield f"{escape_control(proposal.name)}  {proposal.thing.id}"
        for each in proposal.candidates:
            yield f"  {_candidate_line(each, lang)}"
        if not proposal.candidates:
            yield f"  {getattr(_NOBODY, lang)}"


def _candidate_line(candidate: "ServiceCandidate", lang: str) -> str:
    described = f" – {candidate.description}" if candidate.description else ""
    certain = f"  ({getattr(_CERTAIN, lang)})" if candidate.match else ""
    return f"{candidate.score:g}  {candidate.iri or candidate.id}  {candidate.name}{described}{certain}"


def _document(proposals: "Sequence[ServiceProposal]", prefixes: Mapping[str, str]) -> str:
    document = {"asked": len(proposals), "proposals": [_proposal(each, prefixes) for each in proposals]}
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n"


def _proposal(proposal: "ServiceProposal", prefixes: Mapping[str, str]) -> dict[str, object]:
    from dataclasses import asdict

    from graph.identity.evidence import full_iri

    thing: Thing = proposal.thing
    return {
        "id": thing.id,
        "iri": full_iri(thing.id, prefixes),
        "kind": thing.kind,
        "name": proposal.name,
        "candidates": [asdict(each) for each in proposal.candidates],
    }
