"""Options that say who runs a site, and the file that can say the same."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import print_findings

if TYPE_CHECKING:
    from graph.server.settings import Settings

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_MAX_LENGTH = 200
# The fields of the settings that people give, each with what is wrong with a value that is none.
_FIELDS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "name": (re.compile(r"\S.*"), "is empty"),
    "publisher": (re.compile(r"\S.*"), "is empty"),
    "contact_email": (_EMAIL, "is no e-mail address such as post@graph.example.org"),
    "contact_url": (_WEB_ADDRESS, "is no URL such as https://graph.example.org/contact"),
    "licence": (_WEB_ADDRESS, "is no URL such as https://creativecommons.org/licenses/by/4.0/"),
}


def site_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say who runs the site; the command gets them as ``site``."""

    @wraps(command)
    def wrapper(
        settings: Path | None,
        site_name: str | None,
        publisher: str | None,
        contact: str | None,
        licence: str | None,
        **values: object,
    ) -> None:
        with print_findings("nothing is served"):
            site = _site_settings(settings, site_name, publisher, contact, licence)
        command(**values, site=site)

    options = (
        click.option(
            "--settings",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help=f"YAML file with settings of the site: {', '.join(_FIELDS)}. Options go before it.",
        ),
        click.option(
            "--site-name", callback=_check("name"), metavar="TEXT", help="Name of the site.  [default: Møtegraf]"
        ),
        click.option("--publisher", callback=_check("publisher"), metavar="TEXT", help="Who publishes the site."),
        click.option(
            "--contact",
            callback=_check_contact,
            metavar="ADDRESS",
            help="E-mail address or URL where readers report errors.",
        ),
        click.option(
            "--licence",
            callback=_check("licence"),
            metavar="URL",
            help="URL of the licence of what is published.  [default: that of the build]",
        ),
    )
    with_options: Callable[..., None] = wrapper
    for option in reversed(options):
        with_options = option(with_options)
    return with_options


def _site_settings(
    file: Path | None, site_name: str | None, publisher: str | None, contact: str | None, licence: str | None
) -> "Settings":
    """Return the settings of the site by the options and, for the others, the file.

    Raise FindingsError where the file is wrong.
    """
    from graph.server.settings import Settings

    values = read_settings(file) if file else {}
    options = {"name": site_name, "publisher": publisher, "licence": licence}
    if contact:
        # One way to reach somebody, given here, is not that of the file besides.
        values = {name: value for name, value in values.items() if not name.startswith("contact_")}
        options["contact_email" if _EMAIL.fullmatch(contact) else "contact_url"] = contact
    return Settings(**values | {name: value for name, value in options.items() if value})


def read_settings(file: Path) -> dict[str, str]:
    """Return the settings in a YAML file, by field. Raise FindingsError where it has others, or no such values."""
    from graph.common.findings import Finding, FindingsError, did_you_mean
    from graph.common.strict_files import read_yaml
    from graph.common.text_files import read_text

    document = read_yaml(read_text(file, str(file)), str(file))
    if not isinstance(document.data, dict):
        message = f"is no list of settings such as name: Møtegraf; there are {', '.join(_FIELDS)}"
        raise FindingsError([Finding(str(file), 1, message)])
    findings: list[Finding] = []
    for name, value in document.data.items():
        if name not in _FIELDS:
            message = f"there is no setting {name!r}; there are {', '.join(_FIELDS)}.{did_you_mean(name, _FIELDS)}"
            findings.append(document.finding((name,), message))
        elif problem := _problem(name, value):
            findings.append(document.finding((name,), f"{name}: {problem}"))
    if findings:
        raise FindingsError(findings)
    return dict(document.data)


def _problem(field: str, value: object) -> str | None:
    from graph.common.strict_files import character_problem

    if not isinstance(value, str):
        return "is no text"
    if len(value) > _MAX_LENGTH:
        return f"is longer than {_MAX_LENGTH} characters"
    pattern, problem = _FIELDS[field]
    return character_problem(value) or (None if pattern.fullmatch(value) else f"{value!r} {problem}")


def _check(field: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    def check(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
        if value is not None and (problem := _problem(field, value)):
            raise click.BadParameter(problem)
        return value

    return check


def _check_contact(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is None or not _problem("contact_email", value):
        return value
    if _problem("contact_url", value):
        raise click.BadParameter(f"{value!r} is neither an e-mail address nor a URL")
    return value
