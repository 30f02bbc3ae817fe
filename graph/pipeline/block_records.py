"""Records of blocks: how bundles of described blocks, and blocks in Turtle alone, are stored in the cache."""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from graph.common.spool import Spooled, bytes_of
from graph.pipeline.cache import Codec, Stored
from graph.publish.blocks import Block, GraphText, TurtleBlock
from graph.publish.void import TermCounts


class DescribedBlock(NamedTuple):
    """A block with its lines as N-Quads, and what is to be told of it; its texts are compressed.

    ``details`` are what the interactive page tells of the entities in it, as JSON. Of these so many are ``concluded``;
    ``mentions`` are what they and those that can be whole mention in the light dump, ``brief`` what those mention that
    can only be brief, both as JSON (``publish/light.py``); ``stands_whole`` says that all of it stands there where all
    of its entities are whole. ``looked_up`` are the spans of its N-Quads that the look-ups of the interactive page can
    read: first byte and end of each in turn.
    """

    block: Block
    nquads: bytes | Spooled
    statements: int
    details: bytes | Spooled
    concluded: int
    mentions: bytes | Spooled
    brief: bytes | Spooled
    stands_whole: bool
    looked_up: Sequence[int]

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the spans that look-ups can read."""
        return zip(self.looked_up[::2], self.looked_up[1::2], strict=True)


class CountedBlock(NamedTuple):
    """A described block, and the counts of its terms."""

    described: DescribedBlock
    counts: TermCounts


def encode(bundle: Iterable[CountedBlock]) -> Stored:
    """Return the blocks as they are stored, one after another, and their lengths."""
    headers, bodies = zip(*map(_encode, bundle), strict=True)
    return Stored({"blocks": headers}, b"".join(bodies))


def decode(stored: Stored) -> list[CountedBlock]:
    """Return the stored blocks. Raise LookupError, TypeError or ValueError where they are none."""
    begin, blocks = 0, []
    for header in stored.header["blocks"]:
        texts = [stored.body[first:end] for first, end in pairwise(accumulate(header["lengths"], initial=begin))]
        begin += sum(header["lengths"])
        blocks.append(_decode(header, *texts))
    return blocks


def _encode(counted: CountedBlock) -> tuple[Mapping[str, Any], bytes]:
    """Return a block as it is stored: its texts one after another, with their lengths and the rest as a header."""
    described, counts = counted
    block = described.block
    of_page = described.details, described.mentions, described.brief
    texts = [*map(bytes_of, (block.turtle, block.trig, block.jsonld, described.nquads, *of_page))]
    header = {
        "rank": block.rank,
        "graphs": [[graph, *text] for graph, text in block.graphs.items()],
        "turtle_prefixes": sorted(block.turtle_prefixes),
        "trig_prefixes": sorted(block.trig_prefixes),
        "counts": counts._asdict() | {"links": [[*link, count] for link, count in counts.links.items()]},
        "statements": described.statements,
        "concluded": described.concluded,
        "stands_whole": described.stands_whole,
        "looked_up": [*described.looked_up],
        "lengths": [*map(len, texts)],
    }
    return header, b"".join(texts)


def _decode(
    header: Mapping[str, Any],
    turtle: bytes,
    trig: bytes,
    jsonld: bytes,
    nquads: bytes,
    details: bytes,
    mentions: bytes,
    brief: bytes,
) -> CountedBlock:
    counts = header["counts"]
    links = {(predicate, target): count for predicate, target, count in counts["links"]}
    block = Block(
        rank=header["rank"],
        turtle=turtle,
        trig=trig,
        jsonld=jsonld,
        graphs={
            sys.intern(graph): GraphText(sys.intern(name), tuple(in_trig), tuple(in_jsonld))
            for graph, name, in_trig, in_jsonld in header["graphs"]
        },
        turtle_prefixes=_same(frozenset(header["turtle_prefixes"])),
        trig_prefixes=_same(frozenset(header["trig_prefixes"])),
    )
    looked_up = array("I", header["looked_up"])
    described = DescribedBlock(
        block=block,
        nquads=nquads,
        statements=header["statements"],
        details=details,
        concluded=header["concluded"],
        mentions=mentions,
        brief=brief,
        stands_whole=header["stands_whole"],
        looked_up=looked_up,
    )
    return CountedBlock(described, TermCounts(**(counts | {"links": links})))


@lru_cache(maxsize=10_000)
def _same(prefixes: frozenset[str]) -> frozenset[str]:
    """Return the first set that was equal to this one: blocks are alike."""
    return prefixes


BUNDLES: Codec[list[tuple[str, ...]]] = Codec(
    lambda keys: Stored({"bundles": [[*of_blocks] for of_blocks in keys]}, b""),
    lambda stored: [tuple(of_blocks) for of_blocks in stored.header["bundles"]],
)
BUNDLE: Codec[Iterable[CountedBlock]] = Codec(encode, decode)
TURTLE: Codec[TurtleBlock] = Codec(
    lambda block: Stored({"rank": block.rank, "prefixes": sorted(block.turtle_prefixes)}, bytes_of(block.turtle)),
    lambda stored: TurtleBlock(stored.header["rank"], stored.body, frozenset(stored.header["prefixes"])),
)
