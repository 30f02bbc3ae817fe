"""The log on stderr: a line for each request, and one for what happens to the server, as text or as JSON.

No line has an address of a client or its browser, and none the words of a query unless queries are asked for.
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any

from graph.server.operation.exchange import Exchange

FORMATS = ("text", "json")
_LOGGER = logging.getLogger("graph.server")
# The attribute of a record that holds the fields of a request.
_FIELDS = "fields"


def configure(format: str = FORMATS[0]) -> None:
    """Write the log to stderr in this format."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonFormatter() if format == "json" else _TextFormatter())
    _LOGGER.handlers[:] = [handler]
    _LOGGER.propagate = False
    _LOGGER.setLevel(logging.INFO)
    # Messages of uvicorn contain addresses of clients; the lines of this log have what is needed.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
    # asyncio warns of workers that were dead before they were killed.
    logging.getLogger("asyncio").setLevel(logging.ERROR)


def request_logger(with_queries: bool = False) -> Callable[[Exchange], None]:
    """Return a function that logs a request and its answer; ``with_queries``: with the query that it asks."""

    def log(exchange: Exchange) -> None:
        fields: dict[str, Any] = {
            "method": exchange.method,
            "view": exchange.view,
            "route": exchange.route,
            "path": exchange.path,
            "status": exchange.status,
            "bytes": exchange.size,
            "ms": round(exchange.seconds * 1000, 1),
            "request_id": exchange.request_id,
        }
        if with_queries and exchange.query is not None:
            fields["query"] = exchange.query
        # Not _LOGGER.info, which looks for the line that has called it, for each request.
        record = _LOGGER.makeRecord(_LOGGER.name, logging.INFO, "", 0, "request", (), None, extra={_FIELDS: fields})
        _LOGGER.handle(record)

    return log


class _TextFormatter(logging.Formatter):
    """``TIME METHOD VIEW STATUS BYTES B MILLISECONDS ms PATH ID``; messages as they are."""

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, _FIELDS, None)
        if fields is None:
            return record.getMessage()
        query = f" {fields['query']!r}" if "query" in fields else ""
        return (
            f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(record.created))} {fields['method']} {fields['view']} "
            f"{fields['status'] or 'left'} {fields['bytes']} B {fields['ms']:.0f} ms "
            f"{fields['path'] or fields['route']} {fields['request_id']}{query}"
        )


class _JsonFormatter(logging.Formatter):
    """One object a line, with ``time`` (UTC), ``level``, ``message`` and the fields of a request."""

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{at}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        return json.dumps(line | getattr(record, _FIELDS, {}))
