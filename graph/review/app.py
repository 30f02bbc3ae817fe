"""Serve the review of pages to a browser on this machine: what is asked and answered.

The reviewed page is text on the screen and never markup. Every change is made by ``decide``; the browser says which
entry it shows, and is told where somebody else was faster.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from graph.common.findings import FindingsError
from graph.common.page_files import PageFileError
from graph.review import decide, journal
from graph.review.claims_file import ConflictError, EntryPath, ReviewError
from graph.review.guard import (
    Access,
    OwnHeaders,
    guarded,
    internal_error,
    parse_json,
    read_decision,
    request_language,
    start_page,
    static_file,
)
from graph.review.page import Item, ReviewPage, Sentence, read_review_page
from graph.review.words import (
    REASONS,
    in_language,
    item_in_words,
    label_of,
    rule_in_words,
    state_in_words,
    strength_in_words,
    words_elsewhere,
)
from graph.sources.pages.context import Background
from graph.sources.pages.read import page_folders


@dataclass(frozen=True, slots=True)
class Settings:
    """What the application needs: the corpus, what pages are read with, the access key and the hosts it answers to."""

    corpus: Path
    background: Background
    key: str
    hosts: frozenset[str]


def application(settings: Settings) -> Starlette:
    """Return the application."""
    app = Starlette(
        routes=[
            Route("/", start),
            Route("/review.js", static),
            Route("/review.css", static),
            Route("/pages.json", pages),
            Route("/page.json", page_state),
            Route("/decide", decision, methods=["POST"]),
            Route("/check.json", check),
        ],
        middleware=[Middleware(OwnHeaders)],
        exception_handlers={
            ReviewError: _review_error,
            PageFileError: _review_error,
            FindingsError: _findings_error,
            Exception: internal_error,
        },
    )
    app.state.settings, app.state.access = settings, Access(settings.key, settings.hosts)
    return app


@guarded
async def start(request: Request) -> Response:
    """Return the page; the key in its address becomes a cookie, so that it stands in no history."""
    return start_page(request, "review.html")


@guarded
async def static(request: Request) -> Response:
    """Return the script or the style."""
    return static_file(request.url.path.removeprefix("/"))


@guarded
async def pages(request: Request) -> Response:
    """Return the pages with how many proposals are to be decided on each, or why one cannot be read."""
    settings: Settings = request.app.state.settings
    return JSONResponse(await to_thread.run_sync(_pages, settings))


def _pages(settings: Settings) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    for folder in page_folders(settings.corpus):
        try:
            page = read_review_page(folder, settings.background)
        except (FindingsError, ReviewError) as error:
            # One page that cannot be read does not hide the others, nor is it hidden itself.
            listed.append({"id": folder.name, "title": folder.name, "problem": str(error)})
            continue
        undecided = sum(item.state == "proposed" for item in page.items)
        if undecided:
            listed.append({"id": page.id, "title": page.title, "undecided": undecided})
    return listed


@guarded
async def page_state(request: Request) -> Response:
    """Return a page as it is now: its sentences with their entries, its events, and what there is to choose from."""
    settings: Settings = request.app.state.settings
    folder = _folder(settings, request.query_params.get("page", ""))
    lang = request_language(request)
    return JSONResponse(await to_thread.run_sync(_page, folder, settings.background, lang))


def _page(folder: Path, background: Background, lang: str) -> dict[str, Any]:
    page = read_review_page(folder, background)
    roles = background.vocabulary["role"]
    return {
        "id": page.id,
        "title": page.title,
        "language": page.language,
        "sentences": [_sentence(sentence, page, background, lang) for sentence in page.sentences],
        "events": [{"key": item.event, "words": label_of(item.entry)} for item in page.items if item.is_event],
        "names": sorted({str(entry.get("name")) for entry in page.sections["people"].values() if entry.get("name")}),
        "roles": [{"id": name, "words": concept.labels.get(lang, name)} for name, concept in roles.items()],
        "reasons": [{"en": in_language(reason, "en"), "words": in_language(reason, lang)} for reason in REASONS],
    }


def _sentence(sentence: Sentence, page: ReviewPage, background: Background, lang: str) -> dict[str, Any]:
    first, last = sentence.span
    return {
        "number": sentence.number,
        "words": page.text.original[first:last],
        "state": sentence.state,
        "said": state_in_words(sentence.state, lang),
        "reason": sentence.no_claim,
        "items": [
            {
                "path": list(item.path),
                "digest": item.digest,
                "event": None if item.is_event else item.event,
                "words": item_in_words(item, page, background, lang),
                "state": item.state,
                "said": state_in_words(item.state, lang),
                "strength": strength_in_words(item.strength, lang),
                "rule": rule_in_words(item.rule, lang),
                "role": _first(item.entry.get("role")),
                "elsewhere": words_elsewhere(item, sentence, page),
                "spans": [
                    [max(start, first) - first, min(end, last) - first]
                    for start, end in item.spans
                    if start < last and end > first
                ],
            }
            for item in sentence.items
        ],
    }


def _first(role: Any) -> str | None:
    return str(role[0]) if isinstance(role, list) and role else str(role) if role else None


@guarded
async def decision(request: Request) -> Response:
    """Carry out a decision, and return the page as it is then. 409: somebody else changed the entry."""
    settings: Settings = request.app.state.settings
    asked = await read_decision(request)
    if isinstance(asked, Response):
        return asked
    folder = _folder(settings, str(asked.get("page", "")))
    await to_thread.run_sync(_carry_out, folder, asked, settings.background)
    return JSONResponse(await to_thread.run_sync(_page, folder, settings.background, request_language(request)))


def _carry_out(folder: Path, asked: dict[str, Any], background: Background) -> None:
    what = asked.get("what")
    if what == "undo":
        decide.undo(folder)
        return
    if what == "no_claim":
        decide.no_claim(folder, str(asked.get("quote", "")), str(asked.get("reason", "")))
        return
    if what == "add":
        given = {name: str(asked.get(name, "")) for name in ("event", "name", "kind", "role", "quote")}
        decide.add_named(folder, **given, background=background)
        return
    page = read_review_page(folder, background)
    if what == "sentence":
        shown = _shown(asked.get("shown") or [])
        for item in page.sentences[_number(asked, page)].items:
            if item.state == "proposed" and item.path in shown:
                decide.decide(folder, _as_shown(item, shown[item.path]), "accept", background, check=False)
        return
    path = asked.get("path")
    item = _as_shown(_item(page, tuple(path) if isinstance(path, list) else ()), str(asked.get("digest", "")))
    if what in ("accept", "reject"):
        decide.decide(folder, item, what, background, check=False)
    elif what == "role":
        if str(asked.get("value")) not in background.vocabulary["role"]:
            raise ReviewError(f"{asked.get('value')!r} is no role")
        decide.change(folder, item, "role", str(asked["value"]), background, check=False)
    elif what == "event":
        decide.move(folder, item, str(asked.get("value", "")), background)
    else:
        raise ReviewError(f"{what!r} is no decision")


def _shown(entries: Any) -> dict[EntryPath, str]:
    """Return the digests of entries by their paths, as the browser showed them."""
    if not isinstance(entries, list) or not all(isinstance(each, list) and len(each) == 2 for each in entries):
        raise ReviewError("the entries that were shown are pairs of a path and a digest")
    return {_path(path): str(digest) for path, digest in entries}


def _number(asked: dict[str, Any], page: ReviewPage) -> int:
    number = asked.get("number")
    if not isinstance(number, int) or not 0 <= number < len(page.sentences):
        raise ConflictError("this sentence is not there any more; look at the page again")
    return number


def _item(page: ReviewPage, path: EntryPath) -> Item:
    found = next((item for item in page.items if item.path == path), None)
    if found is None:
        raise ConflictError("this entry is not there any more; look at the page again")
    return found


def _as_shown(item: Item, digest: str) -> Item:
    if item.digest != digest:
        raise ConflictError("this entry has changed since it was shown; look at it again")
    return item


@guarded
async def check(request: Request) -> Response:
    """Return what the check says of an entry, after it was accepted."""
    settings: Settings = request.app.state.settings
    folder = _folder(settings, request.query_params.get("page", ""))
    path = _path(parse_json(request.query_params.get("path", "[]")))
    findings = await to_thread.run_sync(decide.findings_at, folder, path, settings.background)
    return JSONResponse({"findings": findings, "decisions": len(journal.read(folder))})


def _path(steps: Any) -> EntryPath:
    if not isinstance(steps, list) or not steps or not all(isinstance(step, str | int) for step in steps):
        raise ReviewError("this is no path of an entry")
    return tuple(steps)


def _folder(settings: Settings, page: str) -> Path:
    folder = next((each for each in page_folders(settings.corpus) if each.name == page), None)
    if folder is None:
        raise ReviewError(f"{page!r} is no page of the corpus")
    return folder


def _review_error(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 409 if isinstance(error, ConflictError) else 400)


def _findings_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, FindingsError)
    return PlainTextResponse("".join(f"{finding}\n" for finding in error.findings), 409)
