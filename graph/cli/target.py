"""Where a command asks: a build on this machine, as it is or as known on a day, or an endpoint."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import Day, Seconds, home_option

if TYPE_CHECKING:
    from graph.query.results import QueryFn


@dataclass(frozen=True, slots=True)
class Place:
    """What was said of where to ask, and whether nothing is to be said besides the answer."""

    as_known_on: date | None
    build: Path | None
    endpoint: str | None
    timeout: float | None
    insecure: bool
    home: Path
    quiet: bool


_OF_A_BUILD = (
    click.option("--as-known-on", type=Day(), help="Ask what pages certainly published until that day say."),
    click.option(
        "--build",
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder of the build to ask.  [default: build/ in HOME]",
    ),
)
_OF_AN_ENDPOINT = (
    click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint, and no build on this machine."),
    click.option(
        "--timeout",
        type=Seconds(0, 86_400, min_open=True),
        help="Seconds to wait for it.  [default: 60]",
    ),
    click.option("--insecure", is_flag=True, help="Let credentials go to it unencrypted."),
)
_OF_BOTH = (
    home_option,
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but the answer and what is wrong."),
)


def place_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say where to ask; the command is given them as its ``place``."""
    return _with((*_OF_A_BUILD, *_OF_AN_ENDPOINT, *_OF_BOTH), command, {})


def build_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which build on this machine; the command is given them as its ``place``."""
    return _with((*_OF_A_BUILD, *_OF_BOTH), command, {"endpoint": None, "timeout": None, "insecure": False})


def _with(
    options: Sequence[Callable[..., Callable[..., None]]], command: Callable[..., None], known: Mapping[str, object]
) -> Callable[..., None]:
    @wraps(command)
    def asked(**given: object) -> None:
        said = {name: known[name] if name in known else given.pop(name) for name in Place.__slots__}
        command(**given, place=Place(**said))  # type: ignore[arg-type]

    for option in reversed(options):
        asked = option(asked)
    return asked


def opened(place: Place, allow_service: bool = False) -> "tuple[QueryFn, dict[str, str]]":
    """The place to ask, and the prefixes of what is there; wrong use where two places are named."""
    if place.endpoint is not None and (place.build or place.as_known_on):
        raise click.UsageError("--build and --as-known-on are of this machine; leave them or --endpoint out")
    if place.endpoint is None and (place.timeout or place.insecure):
        raise click.UsageError("--timeout and --insecure are of an endpoint; name it with --endpoint")

    from graph.builds.manifest import base_of
    from graph.model.iris import BASE, prefixes_under
    from graph.query.stores import connect_build

    if place.endpoint is not None:
        return _there(place, place.endpoint, allow_service), prefixes_under(BASE)
    folder = folder_of(place)
    return connect_build(folder), prefixes_under(base_of(folder))


def folder_of(place: Place) -> Path:
    """The folder of the build that is meant, made where it is one as known on a day."""
    from graph.builds.manifest import known_on

    if place.build and place.as_known_on:
        raise click.UsageError("--build names a build and --as-known-on makes one; give one of them")
    folder = place.build or _build(place)
    day = known_on(folder)
    if day and not place.as_known_on and not place.quiet:
        click.echo(f"note: this build is of what was known on {day}, not of all there is", err=True)
    return folder


def _build(place: Place) -> Path:
    from graph.cli.builds import build_as_known_on, newer_than
    from graph.common.progress import no_progress, progress_bar

    if place.as_known_on:
        return build_as_known_on(place.home, place.as_known_on, no_progress if place.quiet else progress_bar)
    newer = None if place.quiet else newer_than(place.home / "build", place.home)
    if newer:
        note = f"note: {newer.relative_to(place.home)} is newer than the build; motegraf build takes it in"
        click.echo(note, err=True)
    return place.home / "build"


def told_at_a_terminal(quiet: bool) -> Callable[[str], None]:
    """Says what is going on to who waits at a terminal, unless it is to be quiet there."""

    def say(text: str) -> None:
        if sys.stderr.isatty() and not quiet:
            click.echo(text, err=True)

    return say


def _there(place: Place, endpoint: str, allow_service: bool) -> "QueryFn":
    """The endpoint as a place to ask; who waits at a terminal is told of pauses."""
    from graph.query.endpoint.client import DEFAULT_TIMEOUT, connect_endpoint

    timeout, say = place.timeout or DEFAULT_TIMEOUT, told_at_a_terminal(place.quiet)
    return connect_endpoint(endpoint, timeout=timeout, insecure=place.insecure, allow_service=allow_service, say=say)
