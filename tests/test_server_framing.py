"""Where requests begin and end in the bytes of a connection, and how many headers and chunks they have."""

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.server.errors import RequestError
from graph.server.http.framing import RequestFraming
from graph.server.limits import MAX_CHUNKS, MAX_HEADERS

pytestmark = pytest.mark.unit

REQUESTS = (
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\nHost: a\n\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + b" " * 20_000 + b"3\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\nContent-Length: 3\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: a\r\ncontent-length:  7\r\n\r\n\n\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTRANSFER-ENCODING: chunked\r\n\r\n"
    b"4;x=y\r\n0\r\n\r\r\nA\r\n\n\n\n\n\n\n\n\n\n\n\r\n0\r\nX: a\r\nY: b\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 20_000 + b"\r\nContent-Length: 1\r\n\r\n0",
)


def read_by_h11(data: bytes) -> int:
    """Return how many requests the parser of the server reads from these bytes."""
    connection, count = h11.Connection(h11.SERVER, 100_000), 0
    connection.receive_data(data)
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            return count
        if isinstance(event, h11.EndOfMessage):
            count += 1
            connection.send(h11.Response(status_code=200, headers=[("Content-Length", "0")]))
            connection.send(h11.EndOfMessage())
            connection.start_next_cycle()


@given(st.lists(st.sampled_from(REQUESTS), min_size=1, max_size=5), st.data())
def test_requests_end_where_the_parser_ends_them(requests: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(requests)
    cut = data.draw(st.integers(0, len(whole)))
    framing = RequestFraming()
    for piece in (whole[:cut], whole[cut:]):
        framing.feed(piece)
    assert (framing.completed, framing.arriving) == (len(requests), False) == (read_by_h11(whole), False)


@pytest.mark.parametrize("request_bytes", REQUESTS)
def test_a_part_of_a_request_is_arriving(request_bytes: bytes) -> None:
    framing = RequestFraming()
    for number in range(len(request_bytes) - 1):
        framing.feed(request_bytes[number : number + 1])
        assert (framing.completed, framing.arriving) == (0, True)
    framing.feed(request_bytes[-1:])
    assert (framing.completed, framing.arriving) == (1, False)


CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("before", "repeated", "limit", "status"),
    [
        (b"GET / HTTP/1.1\r\n", b"a:\r\n", MAX_HEADERS, 431),
        (CHUNKED, b"1\r\nx\r\n", MAX_CHUNKS, 413),
        (CHUNKED + b"1\r\nx\r\n0\r\n", b"a:\r\n", MAX_HEADERS, 431),
    ],
    ids=["headers", "chunks", "trailers"],
)
def test_headers_chunks_and_trailers_are_limited(before: bytes, repeated: bytes, limit: int, status: int) -> None:
    framing = RequestFraming()
    framing.feed(before + repeated * limit)
    with pytest.raises(RequestError) as error:
        framing.feed(repeated)
    assert error.value.status == status
    assert f"{limit:,}" in error.value.message


@pytest.mark.parametrize("lines", [b"Content-Length:\r\n 5", b"X: a\r\n\tb", b"X: a\r\n ", b"X: a\n \n"])
def test_headers_on_several_lines_are_refused(lines: bytes) -> None:
    with pytest.raises(RequestError) as error:
        RequestFraming().feed(b"POST / HTTP/1.1\r\n" + lines + b"\r\n\r\n")
    assert error.value.status == 400


@pytest.mark.parametrize("length", [b"9" * 5_000, b"-1", b"+1", b"1_0", b"x", b"", b"\xb2"])
def test_lengths_that_are_none_raise_nothing(length: bytes) -> None:
    framing = RequestFraming()
    framing.feed(b"POST / HTTP/1.1\r\nContent-Length: " + length + b"\r\n\r\n")
    framing.feed(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + length + b"\r\n")


def test_lines_of_a_body_are_not_counted() -> None:
    framing = RequestFraming()
    framing.feed(b"POST / HTTP/1.1\r\nContent-Length: 10000\r\n\r\n" + b"\n" * 10_000)
    assert framing.completed == 1


def test_memory_for_an_endless_line_is_limited() -> None:
    framing = RequestFraming()
    for _ in range(100):
        framing.feed(b"x" * 100_000)
    assert len(framing._line) < 300_000
