"""Texts in memory and in the cache, compressed: statements are alike, and take a tenth of the room and less.

They are compressed (Zstandard) faster than they could be written and read again.
"""

from threading import local
from typing import TYPE_CHECKING

from graph.common.spool import Spooled, bytes_of

if TYPE_CHECKING:
    from zstandard import ZstdCompressor, ZstdDecompressor

# The fastest level: what is compressed better takes longer than it saves.
LEVEL = 1


class _Tools(local):
    """What compresses and what decompresses, for each thread its own, made at the first use."""

    compressor: "ZstdCompressor | None" = None
    decompressor: "ZstdDecompressor | None" = None


_TOOLS = _Tools()


def pack(data: bytes) -> bytes:
    """Return some bytes compressed; none stay none."""
    if not data:
        return b""
    if _TOOLS.compressor is None:
        # Here and below, not above: who only asks needs none of it.
        from zstandard import ZstdCompressor

        _TOOLS.compressor = ZstdCompressor(level=LEVEL)
    return _TOOLS.compressor.compress(data)


def unpack(data: bytes | Spooled) -> bytes:
    """Return bytes that were compressed by ``pack``; they may be in the file of a spool."""
    data = bytes_of(data)
    if not data:
        return b""
    if _TOOLS.decompressor is None:
        from zstandard import ZstdDecompressor

        _TOOLS.decompressor = ZstdDecompressor()
    return _TOOLS.decompressor.decompress(data)
