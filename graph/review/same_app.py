"""Serve the review of candidates to a browser on this machine: a pair at a time, with what its sources say."""

from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from graph.common.errors import MotegrafError
from graph.common.findings import FindingsError
from graph.model.identity import VERDICTS
from graph.review.claims_file import ConflictError, ReviewError
from graph.review.guard import (
    Access,
    OwnHeaders,
    guarded,
    internal_error,
    read_decision,
    request_language,
    start_page,
    static_file,
)
from graph.review.same import Pair, SameReview, SameReviewError
from graph.review.same_evidence import Evidence
from graph.review.same_view import Shown
from graph.review.words import in_language

# A reason may be so long, in letters.
MAX_WHY = 2_000


@dataclass(frozen=True, slots=True)
class SameSettings:
    """What the application needs: the review, what looks up evidence, and who may see it."""

    review: SameReview
    evidence: Evidence
    access: Access


def same_application(settings: SameSettings) -> Starlette:
    """Return the application."""
    app = Starlette(
        routes=[
            Route("/", start),
            Route("/same.js", static),
            Route("/same.css", static),
            Route("/review.css", static),
            Route("/screen.json", screen),
            Route("/decide", decide, methods=["POST"]),
        ],
        middleware=[Middleware(OwnHeaders)],
        exception_handlers={
            SameReviewError: _refused,
            FindingsError: _findings_error,
            MotegrafError: _error,
            Exception: internal_error,
        },
    )
    app.state.settings, app.state.access = settings, settings.access
    return app


@guarded
async def start(request: Request) -> Response:
    """Return the page."""
    return start_page(request, "same.html")


@guarded
async def static(request: Request) -> Response:
    """Return the script or a style."""
    return static_file(request.url.path.removeprefix("/"))


@guarded
async def screen(request: Request) -> Response:
    """Return a pair by its number, or the next open one, with those that come after it."""
    shown, number = _shown(request), request.query_params.get("number")

    def found() -> dict[str, Any]:
        shown.review.refresh()
        if number is None:
            return shown.screen(next(iter(shown.review.upcoming(None, 1)), None))
        return shown.screen(_pair(shown.review, int(number) if number.isdecimal() and len(number) < 10 else None))

    return JSONResponse(await to_thread.run_sync(found))


@guarded
async def decide(request: Request) -> Response:
    """Carry out a decision, and return the screen that comes after it. 409: it cannot be made as things are now."""
    asked = await read_decision(request)
    if isinstance(asked, Response):
        return asked
    return JSONResponse(await to_thread.run_sync(_carry_out, _shown(request), asked))


def _carry_out(shown: Shown, asked: dict[str, Any]) -> dict[str, Any]:
    review, what = shown.review, asked.get("what")
    if what == "undo":
        return shown.screen(review.pairs[review.undo()])
    if what == "recall":
        review.recall()
        return shown.screen(next(iter(review.upcoming(None, 1)), None))
    pair = _pair(review, asked.get("number"))
    if what == "later":
        review.put_off(pair.number)
    elif what in VERDICTS:
        why = asked.get("why", "")
        if not isinstance(why, str) or len(why) > MAX_WHY:
            raise ReviewError(f"a reason is a text of {MAX_WHY:,} letters at most")
        kept = asked.get("kept", "")
        if kept not in ("", *pair.ids):
            raise ReviewError("the id that is kept is one of the two")
        why = why if why.strip() else shown.proposed_reason(pair, what)
        review.decide(pair.number, what, why, kept, shown.seen(pair))
    else:
        raise ReviewError(f"{what!r} is no decision")
    return shown.screen(next((each for each in review.upcoming(pair.number, 2) if each != pair), None))


def _pair(review: SameReview, number: object) -> Pair:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < len(review.pairs):
        raise ReviewError("there is no such pair; load the page again")
    return review.pairs[number]


def _shown(request: Request) -> Shown:
    settings: SameSettings = request.app.state.settings
    return Shown(settings.review, settings.evidence, request_language(request))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, SameReviewError)
    return PlainTextResponse(f"{in_language(error.label, request_language(request))}\n", 409)


def _findings_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, FindingsError)
    return PlainTextResponse("".join(f"{finding}\n" for finding in error.findings), 409)


def _error(request: Request, error: Exception) -> Response:
    # A decision that cannot be written is no fault of who asks.
    bad = isinstance(error, ReviewError) and not isinstance(error, ConflictError)
    return PlainTextResponse(f"{error}\n", 400 if bad else 409)
