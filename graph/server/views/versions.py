"""Versions: ``/versions/`` lists the builds that are kept, ``/versions/TAG/`` has the files of one."""

from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from graph.builds.manifest import MANIFEST
from graph.builds.versions import Version
from graph.model.days import date_in_words
from graph.model.labels import Label, interface_language
from graph.server.errors import RequestError
from graph.server.html.layout import render_page
from graph.server.html.page import Crumb, PageRequest, page_of
from graph.server.snapshot.reload import AppState
from graph.server.views.changes import chosen_format
from graph.server.views.files import TYPES
from graph.server.views.kept import Part, file_of, page_response, part_of, versions_of
from graph.server.views.responses import not_modified, state_of

# The digest of what stands there is a part of the address.
_IMMUTABLE = "public, max-age=31536000, immutable"
TEXTS = {
    "front": Label("Forsiden", "Front page"),
    "title": Label("Utgaver", "Builds"),
    "lead": Label(
        "Utgavene av grafen som er tatt vare på, den nyeste først. En utgave endres aldri; adressen til den gjelder så "
        "lenge den er tatt vare på.",
        "The builds of the graph that are kept, the newest first. A build never changes; its address holds as long as "
        "it is kept.",
    ),
    "build": Label("Utgave {}", "Build {}"),
    "tag": Label("Utgave", "Build"),
    "day": Label("Bygd", "Built"),
    "of": Label("Bygd av", "Built from"),
    "everything": Label("alle kilder", "all sources"),
    "known_on": Label("det som var kjent {}", "what was known on {}"),
    "built": Label("Bygd {} av {}.", "Built on {} from {}."),
    "served": Label("vises nå", "served now"),
    "changes": Label("Hva er endret", "What changed"),
    "files": Label("Filer", "Files"),
    "cite": Label("Siter", "Cite"),
    "size": Label("Størrelse", "Size"),
    "digest": Label("SHA-256", "SHA-256"),
    "changed": Label("Det som ble endret med denne utgaven", "What changed with this build"),
    "only_served": Label(
        "Denne utgaven er ikke tatt vare på for ettertiden: adressen gjelder bare så lenge den vises.",
        "This build is not kept: its address holds only as long as it is served.",
    ),
    "older": Label(
        "Dette er ikke utgaven som vises nå; sidene på nettstedet er av utgave {}.",
        "This is not the build that is served now; the pages of this site are of build {}.",
    ),
}
_ABOUT = {
    "motegraf.nq": Label("alle utsagn med grafene de står i (N-Quads)", "all statements with their graphs (N-Quads)"),
    "motegraf.ttl": Label("alle utsagn (Turtle)", "all statements (Turtle)"),
    MANIFEST: Label("filene med sjekksummer", "the files with their digests"),
}


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a version: its name, what it is, its size in bytes, its digest."""

    name: str
    about: Label
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version: its day, of what it was built, whether it is served now, its files, its steps in the history."""

    version: Version
    day: Label
    known: Label
    served: bool
    files: tuple[FileView, ...]
    steps: tuple[Version, ...]
    citation: Label


async def versions(request: Request) -> Response:
    """Return the list of versions."""
    state = state_of(request)
    every = versions_of(state)
    if chosen_format(request) == "json":
        return JSONResponse([_record(each) for each in _newest_of_tags(every)], headers={"Vary": "Accept"})
    part = part_of(request, _newest_of_tags(every))
    views = [_view(state, each, every, _root(request)) for each in part.versions]
    return await page_response(request, partial(_versions_page, views, part), part.number)


async def version(request: Request) -> Response:
    """Return the page of a version."""
    state = state_of(request)
    every = versions_of(state)
    chosen = _find(request, every)
    if chosen_format(request) == "json":
        return JSONResponse(_record(chosen), headers={"Vary": "Accept"})
    return await page_response(
        request, partial(_version_page, _view(state, chosen, every, _root(request)), state.snapshot.tag)
    )


async def file(request: Request) -> Response:
    """Return a file of a version; it never changes."""
    state = state_of(request)
    chosen, name = _find(request, versions_of(state)), request.path_params["name"]
    path = file_of(state, chosen, name)
    if path is None:
        raise RequestError(404, f"this version has no file of that name; it has {', '.join((*chosen.files, MANIFEST))}")
    tag = f'"{chosen.files[name][1]}"' if name in chosen.files else f'"{chosen.tag}-{path.stat().st_mtime_ns:x}"'
    headers = {"ETag": tag, "Cache-Control": _IMMUTABLE if name in chosen.files else "no-cache"}
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    stem, _, ending = name.partition(".")
    return FileResponse(path, headers=headers, media_type=TYPES[path.suffix], filename=f"{stem}-{chosen.tag}.{ending}")


def _root(request: Request) -> str:
    return state_of(request).public or str(request.base_url)


def _find(request: Request, every: tuple[Version, ...]) -> Version:
    tag = request.path_params["tag"]
    found = next((each for each in every if each.tag == tag), None)
    if found is None:
        raise RequestError(404, "no build of this name is kept here, or not any more; versions/ lists those that are")
    return found


def _newest_of_tags(every: tuple[Version, ...]) -> list[Version]:
    """Return each version once, also where the graph came back to what it was before."""
    return list({each.tag: each for each in reversed(every)}.values())[::-1]


def _record(version: Version) -> dict[str, object]:
    files = {name: {"size": size, "sha256": digest} for name, (size, digest) in version.files.items()}
    return {
        "tag": version.tag,
        "built": version.built,
        "base": version.base,
        "known_on": version.known_on,
        "path": f"versions/{version.tag}/",
        "files": files,
    }


def _versions_page(views: list[VersionView], part: Part, asked: PageRequest) -> bytes:
    lang = interface_language(asked.lang)
    title = TEXTS["title"].by_language.best(lang)
    page = page_of(
        asked,
        title,
        description=TEXTS["lead"].by_language.best(lang),
        section="dumps/",
        breadcrumbs=(Crumb(TEXTS["front"].by_language.best(lang), ""), Crumb(title)),
        parameters=(("page", str(part.number)),) if part.number > 1 else (),
    )
    return render_page("versions.html", views, page, texts=TEXTS, part=part)


def _version_page(view: VersionView, served: str, asked: PageRequest) -> bytes:
    lang = interface_language(asked.lang)
    crumbs = (
        Crumb(TEXTS["front"].by_language.best(lang), ""),
        Crumb(TEXTS["title"].by_language.best(lang), "versions/"),
        Crumb(view.version.tag),
    )
    title = TEXTS["build"].by_language.best(lang).format(view.version.tag)
    page = page_of(asked, title, section="dumps/", breadcrumbs=crumbs, indexed=view.served)
    return render_page("version.html", view, page, texts=TEXTS, served=served)


def _view(state: AppState, version: Version, every: tuple[Version, ...], root: str) -> VersionView:
    """Return a version as its page shows it; ``root`` is the URL of this server."""
    day = date_in_words(version.day)
    files = tuple(FileView(name, _ABOUT[name], size, digest) for name, (size, digest) in version.files.items())
    address, name = f"{root}versions/{version.tag}/", f"{state.settings.name} ({version.day[:4]})"
    citation = Label(
        f"{name}: utgave {version.tag}, {day.nb}. {address}", f"{name}: build {version.tag}, {day.en}. {address}"
    )
    steps = tuple(each for each in every if each.tag == version.tag and each.previous)
    return VersionView(version, day, _known(version), version.tag == state.snapshot.tag, files, steps, citation)


def _known(version: Version) -> Label:
    """Return of what a version was built, in words."""
    if not version.known_on:
        return TEXTS["everything"]
    day, words = date_in_words(version.known_on), TEXTS["known_on"]
    return Label(words.nb.format(day.nb), str(words.en).format(day.en))
