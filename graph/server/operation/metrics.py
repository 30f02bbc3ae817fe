"""Metrics for Prometheus: requests by view, and the state of the workers, in its text format 0.0.4.

Labels are names of views, classes of statuses and reasons: there are never more of them than the program has.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from graph import __version__
from graph.server.operation.exchange import Exchange

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
# When each counter was made is of no use here, and would double what is sent.
disable_created_metrics()  # type: ignore[no-untyped-call] # has no types
# In seconds: most pages take a few milliseconds, and no query takes longer than its limit.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


@dataclass(frozen=True, slots=True)
class ServerState:
    """The state of the server at one moment; ``ended`` counts the workers that have ended, by reason."""

    ready: bool
    build: str = ""
    known_on: str = ""
    workers: int = 0
    alive: int = 0
    running: int = 0
    waiting: int = 0
    connections: int = 0
    loads: int = 0
    failed_loads: int = 0
    result_hits: int = 0
    result_bytes: int = 0
    ended: dict[str, int] = field(default_factory=dict)


class Metrics:
    """Counters of requests, and what ``state`` says of the server whenever somebody looks."""

    def __init__(self, state: Callable[[], ServerState]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "motegraf_http_requests",
            "Requests by view and class of status; left: the client had left before the answer.",
            ("view", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "motegraf_http_request_duration_seconds",
            "Seconds from a request to the end of its answer, by view.",
            ("view",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._bytes = Counter(
            "motegraf_http_response_bytes",
            "Bytes of the bodies of answers, as sent.",
            ("view",),
            registry=self._registry,
        )
        self._registry.register(_StateCollector(state))
        ProcessCollector(registry=self._registry)

    def observe(self, exchange: Exchange) -> None:
        """Count a request."""
        requests, seconds, size = self._of(exchange.view, (exchange.status or 0) // 100)
        requests.inc()
        seconds.observe(exchange.seconds)
        size.inc(exchange.size)

    # To find them by their labels takes longer than to count.
    @lru_cache(maxsize=512)  # noqa: B019 - there is one of these as long as there is a server
    def _of(self, view: str, hundreds: int) -> tuple[Counter, Histogram, Counter]:
        status = f"{hundreds}xx" if hundreds else "left"
        return self._requests.labels(view, status), self._seconds.labels(view), self._bytes.labels(view)

    def text(self) -> bytes:
        """Return all metrics in the text format."""
        return generate_latest(self._registry)


class _StateCollector:
    def __init__(self, state: Callable[[], ServerState]) -> None:
        self._state = state

    def describe(self) -> list[Metric]:
        """Return nothing: there is no state to describe before somebody looks."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the state of the server as it is now."""
        state = self._state()
        build = GaugeMetricFamily(
            "motegraf_build_info", "The version of the program, and the build.", labels=("version", "build", "known_on")
        )
        build.add_metric((__version__, state.build, state.known_on), 1)
        yield build
        for name, meaning, value in (
            ("motegraf_ready", "Whether queries are answered.", int(state.ready)),
            ("motegraf_workers", "Queries that may run at once.", state.workers),
            ("motegraf_workers_alive", "Worker processes; one more than may be busy.", state.alive),
            ("motegraf_queries_running", "Queries that run.", state.running),
            ("motegraf_queries_waiting", "Queries that wait for a worker.", state.waiting),
            ("motegraf_connections", "Open connections.", state.connections),
            ("motegraf_result_cache_bytes", "Bytes of the results of queries that are kept.", state.result_bytes),
        ):
            yield GaugeMetricFamily(name, meaning, value)
        yield CounterMetricFamily("motegraf_build_loads", "Builds that were loaded, the first one too.", state.loads)
        yield CounterMetricFamily("motegraf_build_load_failures", "Builds that were not loaded.", state.failed_loads)
        yield CounterMetricFamily(
            "motegraf_result_cache_hits", "Queries that were answered by a result that was kept.", state.result_hits
        )
        ended = CounterMetricFamily("motegraf_workers_ended", "Workers that have ended, by reason.", labels=("reason",))
        for reason, count in sorted(state.ended.items()):
            ended.add_metric((reason,), count)
        yield ended
