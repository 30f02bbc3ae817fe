"""Frames: how front and workers speak over pipes: a JSON object behind its length, and bytes that it announces."""

import json
import struct
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    # Here, not above: workers speak without it, and it would be a third of their start.
    from asyncio import StreamReader

LENGTH = struct.Struct("!I")
Said = dict[str, Any]


def framed(said: Said) -> bytes:
    """The object behind its length."""
    data = json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return LENGTH.pack(len(data)) + data


def heard(stream: BinaryIO) -> Said | None:
    """The next object, or None where the other side has ended."""
    length = stream.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    return _object(stream.read(LENGTH.unpack(length)[0]))


async def awaited(stream: "StreamReader") -> Said:
    """The next object; IncompleteReadError where the other side ends before it has said it."""
    length = await stream.readexactly(LENGTH.size)
    return _object(await stream.readexactly(LENGTH.unpack(length)[0]))


def _object(data: bytes) -> Said:
    said: Said = json.loads(data.decode("utf-8", "surrogatepass"))
    return said
