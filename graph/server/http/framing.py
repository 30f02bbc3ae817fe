"""Follow where requests begin and end in the bytes of a connection, and count their headers and chunks.

The parser behind this reads headers and chunks one by one: a request of many tiny ones says little and takes long to
read. So they are counted before they are parsed. Limits alone depend on it: what is not HTTP, the parser refuses.
"""

from enum import Enum, auto

from graph.server.errors import RequestError
from graph.server.limits import MAX_CHUNKS, MAX_HEADERS

# Longer lines are cut here; the parser refuses them whole.
_MAX_LINE = 262_144
_MAX_DIGITS = 20


class _Part(Enum):
    HEAD = auto()
    BODY = auto()
    CHUNK_SIZE = auto()
    TRAILERS = auto()


class RequestFraming:
    """The requests of one connection. ``completed`` have arrived whole; ``arriving``: a part of the next has."""

    def __init__(self) -> None:
        self.completed = 0
        self._begin_request()

    def _begin_request(self) -> None:
        self.arriving = False
        self._part = _Part.HEAD
        self._line = bytearray()
        self._lines = self._chunks = 0
        self._chunked = False
        self._length = 0
        # Bytes that are still to come of a body, or of a chunk with the end of its line.
        self._left = 0

    def feed(self, data: bytes) -> None:
        """Take the next bytes.

        Raise RequestError where a request has more headers or chunks than it may, or continues a header on a further
        line (RFC 9112, section 5.2), which readers read differently.
        """
        position = 0
        while position < len(data):
            self.arriving = True
            if self._left:
                step = min(self._left, len(data) - position)
                self._left -= step
                position += step
                if not self._left and self._part is _Part.BODY:
                    self._end_request()
                continue
            end = data.find(b"\n", position) + 1
            stop = end or len(data)
            self._line += data[position : min(stop, position + _MAX_LINE - len(self._line))]
            position = stop
            if end:
                line = bytes(self._line).removesuffix(b"\n").removesuffix(b"\r")
                self._line.clear()
                self._take_line(line)

    def _take_line(self, line: bytes) -> None:
        if self._part is _Part.CHUNK_SIZE:
            self._take_chunk_size(line)
        elif line:
            if line.startswith((b" ", b"\t")):
                raise RequestError(400, "a header is not continued on a further line")
            self._lines += 1
            # The first line of a head is not one of its headers.
            if self._lines - (self._part is _Part.HEAD) > MAX_HEADERS:
                raise RequestError(431, f"a request has no more than {MAX_HEADERS:,} headers")
            if self._part is _Part.HEAD:
                self._take_header(line)
        elif self._part is _Part.TRAILERS:
            self._end_request()
        elif self._lines:
            self._end_head()

    def _take_header(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        if name.lower() == b"transfer-encoding":
            self._chunked = True
        elif name.lower() == b"content-length":
            # Several equal lengths are one; of any others, and of one with more digits, the parser makes an error.
            length = value.partition(b",")[0].strip()
            self._length = int(length) if length.isdigit() and len(length) < _MAX_DIGITS else 0

    def _end_head(self) -> None:
        if self._chunked:
            self._part = _Part.CHUNK_SIZE
        elif self._length:
            self._part, self._left = _Part.BODY, self._length
        else:
            self._end_request()

    def _take_chunk_size(self, line: bytes) -> None:
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            return
        if size > 0:
            self._chunks += 1
            if self._chunks > MAX_CHUNKS:
                raise RequestError(413, f"a body comes in no more than {MAX_CHUNKS:,} chunks")
            self._left = size + len(b"\r\n")
        else:
            self._part, self._lines = _Part.TRAILERS, 0

    def _end_request(self) -> None:
        self.completed += 1
        self._begin_request()
