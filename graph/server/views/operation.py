"""For those who run the server: ``/health``, ``/ready``, ``/metrics``. Nothing of them is about clients."""

from collections import Counter

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph import __version__
from graph.server.operation.metrics import MEDIA_TYPE, Metrics, ServerState
from graph.server.snapshot.reload import AppState
from graph.server.views.answer_cache import result_cache
from graph.server.workers.process import END_REASONS, is_alive

_NOT_STORED = {"Cache-Control": "no-store"}


async def health(request: Request) -> Response:
    """Return 200 as long as the process answers, and how the server is doing."""
    return JSONResponse(_report(request), headers=_NOT_STORED)


async def ready(request: Request) -> Response:
    """Return 200 where queries are answered; 503 while the build is loaded, without a worker, or before the end."""
    report = _report(request)
    is_ready = report["status"] == "ok"
    return JSONResponse(report, 200 if is_ready else 503, _NOT_STORED | ({} if is_ready else {"Retry-After": "1"}))


async def metrics(request: Request) -> Response:
    """Return the metrics in the text format of Prometheus."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(), headers={"Content-Type": MEDIA_TYPE, **_NOT_STORED})


def server_state(app: Starlette, connections: Counter[str]) -> ServerState:
    """Return the state of the server, for metrics."""
    state: AppState | None = getattr(app.state, "current", None)
    if state is None:
        return ServerState(ready=False, connections=connections.total(), ended=dict.fromkeys(END_REASONS, 0))
    pool, snapshot, results = state.pool, state.snapshot, result_cache(state.limits.max_result_cache_bytes)
    return ServerState(
        ready=_status(state) == "ok",
        build=snapshot.tag,
        known_on=snapshot.known_on or "",
        workers=state.limits.workers,
        alive=_alive(state),
        running=pool.scheduler.running.total(),
        waiting=len(pool.scheduler.waiting),
        connections=connections.total(),
        loads=state.loads,
        failed_loads=state.failed_loads,
        result_hits=results.hits,
        result_bytes=results.bytes,
        ended={reason: pool.ended[reason] for reason in END_REASONS},
    )


def _report(request: Request) -> dict[str, object]:
    state: AppState | None = getattr(request.app.state, "current", None)
    if state is None:
        return {"status": "loading", "version": __version__}
    return {
        "status": _status(state),
        "version": __version__,
        "build": state.snapshot.tag,
        "known_on": state.snapshot.known_on,
        "workers": state.limits.workers,
        "alive": _alive(state),
        "running": state.pool.scheduler.running.total(),
        "waiting": len(state.pool.scheduler.waiting),
        "without_network": state.pool.sandboxed,
    }


def _status(state: AppState) -> str:
    if state.pool.scheduler.closing.done():
        return "stopping"
    return "ok" if _alive(state) else "no worker"


def _alive(state: AppState) -> int:
    # One more than may be busy, unless one has just ended.
    return sum(is_alive(worker) for worker in state.pool.alive)
