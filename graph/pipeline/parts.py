"""Parts: what a page brings, and what is concluded of pages that speak of the same events, as statements.

A part is stored in the cache with what is to be known of it without reading its statements.
"""

import json
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from graph.common.compression import pack, unpack
from graph.common.findings import Finding
from graph.common.spool import bytes_of
from graph.pipeline.cache import Codec, Stored
from graph.pipeline.sorted_lines import PackedLines


class EventFacts(NamedTuple):
    """What a page tells of an event, as far as another page can contradict it; days as ISO 8601, or None if open."""

    event: str
    line: int
    earliest: str | None
    latest: str | None
    area: str | None
    area_name: str | None
    kind: str
    status: str | None
    words: str
    agents: Sequence[str] = ()
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a part; of a part of conclusions only its findings.

    ``published_latest`` is the last day on which its page can have been published. ``labels`` are the labels that
    the page gives things, by language, ``links`` the things by which pages are linked, ``lines`` those of its
    claims file on which things and claims stand, and of its description (``page.yaml:url``). ``findings`` are warnings
    and questions, which stop nothing. ``url``, ``text`` (the digest of its words) and ``sketch`` tell whether two pages
    are one, ``events`` whether they tell of different events under one key.
    """

    published_latest: date = date.min
    sentences: int = 0
    sentences_read: int = 0
    claims: int = 0
    evidence: int = 0
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    url: str = ""
    text: str = ""
    reprint_of: str | None = None
    sketch: tuple[int, ...] = ()
    events: tuple[EventFacts, ...] = ()


class Part(NamedTuple):
    """Sorted N-Quads lines, and facts about them. ``key`` is the digest of everything that they were made from.

    Lines of a part that is kept are compressed (``PackedLines``).
    """

    name: str
    key: str
    facts: Facts
    lines: Sequence[str]


class PackedDetails(Mapping[str, Any]):
    """Facts about many things, which are held compressed: labels or lines of all things of a page."""

    __slots__ = ("_packed", "_place")

    def __init__(self, packed: bytes, place: int) -> None:
        self._packed, self._place = packed, place

    def _read(self) -> dict[str, Any]:
        return _unpacked(self._packed)[self._place]

    def __getitem__(self, thing: str) -> Any:
        return self._read()[thing]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def items(self) -> ItemsView[str, Any]:
        """Return all of them, read once."""
        return self._read().items()


@lru_cache(maxsize=16)
def _unpacked(packed: bytes) -> list[dict[str, Any]]:
    details: list[dict[str, Any]] = json.loads(unpack(packed))
    return details


def packed(facts: Facts) -> Facts:
    """Return facts with those about many things compressed."""
    if isinstance(facts.labels, PackedDetails):
        return facts
    details = _packed(facts.labels, facts.lines)
    return replace(facts, labels=PackedDetails(details, 0), lines=PackedDetails(details, 1))


def _packed(labels: Mapping[str, Any], lines: Mapping[str, Any]) -> bytes:
    return pack(json.dumps([dict(labels), dict(lines)], ensure_ascii=False).encode())


def encode(part: Part) -> Stored:
    """Return the part as it is stored."""
    # Not as ``asdict`` gives them: it copies each of thousands of labels and lines.
    facts = {each.name: getattr(part.facts, each.name) for each in fields(part.facts)}
    facts["published_latest"] = part.facts.published_latest.isoformat()
    details = _packed(facts.pop("labels"), facts.pop("lines"))
    lines = bytes_of(PackedLines.of(part.lines).packed)
    header = {"name": part.name, "key": part.key, "facts": facts, "statements": len(part.lines), "lines": len(lines)}
    return Stored(header, lines + details)


def decode(stored: Stored) -> Part:
    """Return the stored part. Raise ValueError, LookupError or TypeError where it is none."""
    facts, end = stored.header["facts"], stored.header["lines"]
    details = stored.body[end:]
    return Part(
        name=stored.header["name"],
        key=stored.header["key"],
        facts=Facts(
            published_latest=date.fromisoformat(facts["published_latest"]),
            sentences=facts["sentences"],
            sentences_read=facts["sentences_read"],
            claims=facts["claims"],
            evidence=facts["evidence"],
            labels=PackedDetails(details, 0),
            links=tuple(facts["links"]),
            lines=PackedDetails(details, 1),
            findings=tuple(Finding(*finding) for finding in facts["findings"]),
            url=facts["url"],
            text=facts["text"],
            reprint_of=facts["reprint_of"],
            sketch=tuple(facts["sketch"]),
            events=tuple(EventFacts(*event) for event in facts["events"]),
        ),
        lines=PackedLines(stored.body[:end], stored.header["statements"]),
    )


PART: Codec[Part] = Codec(encode, decode)
