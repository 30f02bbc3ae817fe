"""Limits: what one query, and one client, may take."""

from dataclasses import dataclass

# Of a client's queries that wait for their turn, for each that may run.
WAITING_FOR_EACH = 16
# Of a request: headers, pieces of a body that comes in chunks, parameters in its address or its form (more than 100
# graphs are not named), and bytes of a header, a path, and, where no query is asked, an address. More would cost the
# front more time than an answer does.
MOST_HEADERS, MOST_PIECES, MOST_PARAMETERS, MOST_OF_HEADER = 200, 500, 200, 8_192
# How long an answer that nobody waits for any more may still take.
GRACE = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, megabytes, numbers. ``guarded`` is False only where the limits of workers themselves are tested."""

    timeout: float = 10.0
    memory: int = 512
    rows: int = 10_000
    workers: int = 4
    queries_of_client: int = 2
    query_bytes: int = 16_384
    answer: int = 20_000_000
    # Of the first line and the headers of a request; a query that is an address is there too.
    head: int = 65_536
    body: int = 65_536
    # Bytes of answers that lie in files until their clients have read them.
    unread: int = 400_000_000
    unread_of_client: int = 40_000_000
    connections: int = 400
    connections_of_client: int = 100
    slow: float = 10.0
    guarded: bool = True
