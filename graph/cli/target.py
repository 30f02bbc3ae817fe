"""Where a command asks: a build on this machine, current or as known on a day, or an endpoint."""

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
class Target:
    """What the user said about where to ask, and whether to print nothing besides the answer."""

    as_known_on: date | None
    build: Path | None
    endpoint: str | None
    timeout: float | None
    insecure: bool
    home: Path
    quiet: bool


_BUILD_OPTIONS = (
    click.option("--as-known-on", type=Day(), help="Use only pages that were surely public by this day (YYYY-MM-DD)."),
    click.option(
        "--build",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder with a finished build.  [default: build/ in the --home folder]",
    ),
)
_ENDPOINT_OPTIONS = (
    click.option("--endpoint", metavar="URL", help="Ask the SPARQL endpoint at this URL instead of a build."),
    click.option(
        "--timeout",
        type=Seconds(0, 86_400, min_open=True),
        metavar="SECONDS",
        help="With --endpoint: seconds to wait for an answer.  [default: 60]",
    ),
    click.option("--insecure", is_flag=True, help="With --endpoint: allow a password to be sent over http://."),
)
_COMMON_OPTIONS = (
    home_option,
    click.option("-q", "--quiet", is_flag=True, help="Print only the answer and errors."),
)


def target_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say where to ask; the command gets them as ``target``."""
    return _add_options((*_BUILD_OPTIONS, *_ENDPOINT_OPTIONS, *_COMMON_OPTIONS), command, {})


def build_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that name a build on this machine; the command gets them as ``target``."""
    return _add_options(
        (*_BUILD_OPTIONS, *_COMMON_OPTIONS), command, {"endpoint": None, "timeout": None, "insecure": False}
    )


def _add_options(
    options: Sequence[Callable[..., Callable[..., None]]], command: Callable[..., None], fixed: Mapping[str, object]
) -> Callable[..., None]:
    @wraps(command)
    def wrapper(**values: object) -> None:
        fields = {name: fixed[name] if name in fixed else values.pop(name) for name in Target.__slots__}
        command(**values, target=Target(**fields))  # type: ignore[arg-type] # click checked them

    for option in reversed(options):
        wrapper = option(wrapper)
    return wrapper


def open_target(target: Target, allow_service: bool = False) -> "tuple[QueryFn, dict[str, str]]":
    """Return a function that queries the target, and the prefixes of its graph.

    Raise UsageError where both a build and an endpoint are named.
    """
    if target.endpoint is not None and (target.build or target.as_known_on):
        raise click.UsageError("--build and --as-known-on cannot be combined with --endpoint")
    if target.endpoint is None and (target.timeout or target.insecure):
        raise click.UsageError("--timeout and --insecure need --endpoint")

    from graph.builds.manifest import read_base
    from graph.model.iris import BASE, prefixes_under
    from graph.query.stores import connect_build

    if target.endpoint is not None:
        return _connect_remote(target, target.endpoint, allow_service), prefixes_under(BASE)
    folder = build_folder(target)
    return connect_build(folder), prefixes_under(read_base(folder))


def build_folder(target: Target) -> Path:
    """Return the folder of the build to ask, made first where it is one as known on a day."""
    from graph.builds.manifest import read_as_known_on

    if target.build and target.as_known_on:
        raise click.UsageError("give --build or --as-known-on, not both")
    folder = target.build or _default_build(target)
    day = read_as_known_on(folder)
    if day and not target.as_known_on and not target.quiet:
        click.echo(f"note: this build has only what was known on {day}", err=True)
    return folder


def _default_build(target: Target) -> Path:
    from graph.cli.builds import build_as_known_on, newer_source
    from graph.common.progress import no_progress, progress_bar

    if target.as_known_on:
        return build_as_known_on(target.home, target.as_known_on, no_progress if target.quiet else progress_bar)
    newer = None if target.quiet else newer_source(target.home / "build", target.home)
    if newer:
        note = f"note: {newer.relative_to(target.home)} is newer than the build; run motegraf build"
        click.echo(note, err=True)
    return target.home / "build"


def terminal_notifier(quiet: bool) -> Callable[[str], None]:
    """Return a function that prints a note to a person at a terminal, unless ``quiet``."""

    def notify(text: str) -> None:
        if sys.stderr.isatty() and not quiet:
            click.echo(text, err=True)

    return notify


def _connect_remote(target: Target, endpoint: str, allow_service: bool) -> "QueryFn":
    """Return a function that queries the endpoint; a person at a terminal is told of pauses."""
    from graph.query.endpoint.client import DEFAULT_TIMEOUT, connect_endpoint

    timeout, notify = target.timeout or DEFAULT_TIMEOUT, terminal_notifier(target.quiet)
    return connect_endpoint(
        endpoint, timeout=timeout, insecure=target.insecure, allow_service=allow_service, notify=notify
    )
