"""Propose the claims of a page from its text, and give them in the form that people and programs read."""

from dataclasses import dataclass
from typing import Any

from graph.common.errors import MotegrafError
from graph.model.edtf import Bounds
from graph.sources.pages.context import Background, page_context
from graph.sources.proposals.collected import Part
from graph.sources.proposals.events import Occasion
from graph.sources.proposals.occasions import occasions_of
from graph.sources.proposals.parts import parts_of
from graph.sources.proposals.reading import Reading
from graph.sources.proposals.wrapped import with_lines_joined


class ProposalError(MotegrafError):
    """Nothing can be proposed from a text; the message says why."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The events that a page seems to tell of, and who has which part in them."""

    reading: Reading
    events: list[Occasion]
    parts: list[Part]


def propose(
    text: str, language: str, published: Bounds | None, publisher: str | None, background: Background
) -> Proposals:
    """Return the proposals for a text. Raise ProposalError where its language has no pack."""
    own = background.language(language)
    if own.pack is None:
        raise ProposalError(f"nothing is proposed in {language!r}, which has no pack; write its claims by hand")
    context = page_context(own.passages(with_lines_joined(text)), language, background)
    reading = Reading(context, own.pack, published, publisher, text)
    occasions = occasions_of(reading)
    return Proposals(reading, occasions.events, parts_of(reading, occasions))


def json_of(proposals: Proposals) -> dict[str, Any]:
    """Return proposals as one JSON object: events with time, place, quotes and parts."""
    reading = proposals.reading
    parts: dict[int, list[Part]] = {}
    for part in proposals.parts:
        parts.setdefault(id(part.event), []).append(part)
    return {
        "events": [
            {
                "kind": event.kind,
                "label": event.title,
                "status": event.status,
                "time": _time(event),
                "place": _place(event),
                "quotes": [reading.original[start:end] for start, end in dict.fromkeys(event.evidence)],
                "strength": event.strength,
                "because": event.because,
                "parts": [_part(part, reading) for part in parts.get(id(event), ())],
            }
            for event in proposals.events
        ]
    }


def _time(event: Occasion) -> dict[str, Any] | None:
    time = event.time
    if time is None:
        return None
    return {
        "said": time.said,
        "earliest": time.earliest.isoformat() if time.earliest else None,
        "latest": time.latest.isoformat() if time.latest else None,
    }


def _place(event: Occasion) -> dict[str, Any] | None:
    if event.place_said is None and not event.online:
        return None
    return {"said": event.place_said, "municipality": event.municipality, "online": bool(event.online)}


def _part(part: Part, reading: Reading) -> dict[str, Any]:
    return {
        "name": part.name.who,
        "kind": "person" if part.name.kind == "other" else part.name.kind,
        "roles": part.roles,
        "attendance": part.attendance,
        "candidates": [each.who for each in part.candidates] or None,
        "quote": reading.original[slice(*part.evidence)],
        "strength": part.strength,
        "because": part.because,
    }
