"""Limits of the server: what one query, one request and one client may take."""

from dataclasses import dataclass

# Queries of one client that may wait, for each that may run.
WAITING_PER_RUNNING = 16
# Of one request: headers, chunks of a body, parameters in its address or form (nobody names more than 100 graphs), and
# bytes of a header, of a path and of an address without a query. More would cost the front more time than an answer.
MAX_HEADERS, MAX_CHUNKS, MAX_PARAMETERS, MAX_HEADER_LINE = 200, 500, 200, 8_192
# How long a query may still take when its client has disconnected, or the server is about to stop.
GRACE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, megabytes, numbers. ``validate_queries`` is False only where tests try the limits of workers alone."""

    timeout: float = 10.0
    memory: int = 512
    # That a large graph may take in all workers together; None is half of what there is, 0 leaves it on disk.
    graph_memory: int | None = None
    max_rows: int = 10_000
    workers: int = 4
    queries_per_client: int = 2
    max_query_bytes: int = 16_384
    max_response_bytes: int = 20_000_000
    # The first line of a request with its headers; a query in the address is part of it.
    max_header_bytes: int = 65_536
    max_body_bytes: int = 65_536
    # Results of queries that are kept for those who ask the same; 0 keeps none.
    max_result_cache_bytes: int = 16_000_000
    # Answers that wait in files until their clients have read them.
    max_unread_bytes: int = 400_000_000
    unread_bytes_per_client: int = 40_000_000
    max_connections: int = 400
    connections_per_client: int = 100
    # For a request to arrive, and for a client to take a piece of an answer.
    io_timeout: float = 10.0
    validate_queries: bool = True
